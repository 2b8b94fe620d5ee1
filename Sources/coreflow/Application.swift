import CLI
import Configuration
import Curses
import Operations
import Screens
import Themes
import ViewModels
import Widgets

/// The interactive application.
@MainActor
enum Application {
  /// How a person perceives it.
  enum Medium {
    case screen(withColours: Bool)
    /// Lines that are only ever added, for screen readers and braille displays.
    case lines
  }

  /// Opens it on the books at `path` and returns when its user has left. Throws when the books or
  /// the terminal can't be opened.
  static func open(_ path: String, on medium: Medium, in surroundings: Surroundings) async throws {
    do {
      let configuration = try ConfigurationFile(in: surroundings)
      let workspace = try Workspace.open(
        at: path, clock: surroundings.clock, chance: surroundings.chance)
      switch medium {
      case .screen(let withColours):
        try await draw(workspace, configuration, withColours: withColours, in: surroundings)
      case .lines: try await say(workspace, configuration, in: surroundings)
      }
      try workspace.close()
    } catch let error as TerminalError {
      throw ScreenFault(error.description)
    } catch let error as ThemeError {
      throw ScreenFault(error.description)
    } catch let fault as SettingsFault {
      throw ScreenFault(fault.words)
    }
  }

  private static func draw(
    _ workspace: Workspace, _ configuration: ConfigurationFile, withColours: Bool,
    in surroundings: Surroundings
  ) async throws {
    // Themes are read before the terminal is taken over, so that one that can't be read leaves it be.
    let (theme, themeNotice) = try chosenTheme(in: configuration)
    let plain = try Themes.theme(named: "mono")
    var options = TerminalOptions(
      program: "coreflow", environment: surroundings.environment, theme: theme)
    options.color = withColours ? .automatic : .never
    options.escapeMilliseconds = configuration.escapeMilliseconds
    let terminal = try CursesTerminal(options)
    // Whatever is thrown from here on is told on the screen that the person had before.
    defer { terminal.close() }
    let hasColours = terminal.capabilities.colors != .none
    if !hasColours { terminal.theme = plain }
    var settings = configuration.settings
    settings.canCopy = terminal.capabilities.canCopy
    let navigator = Navigator(
      workspace: workspace, origin: surroundings.origin, settings: settings)
    for notice in terminal.notices + [themeNotice].compactMap(\.self) {
      navigator.greet(with: notice)
    }
    let wardrobe = Wardrobe(
      theme: { hasColours ? try configuration.themes.theme(named: $0) : plain },
      version: { hasColours ? configuration.themes.version(of: $0) : "" })
    await Interface(navigator: navigator, terminal: terminal, wardrobe: wardrobe).run()
  }

  private static func say(
    _ workspace: Workspace, _ configuration: ConfigurationFile, in surroundings: Surroundings
  ) async throws {
    var options = TerminalOptions(
      program: "coreflow", environment: surroundings.environment, theme: .plain)
    options.escapeMilliseconds = configuration.escapeMilliseconds
    let terminal = try LineTerminal(options)
    // Whatever is thrown from here on is told after the lines.
    defer { terminal.close() }
    var settings = configuration.settings
    settings.isLinear = true
    // Both take escape sequences.
    settings.hasMouse = false
    settings.canCopy = false
    let navigator = Navigator(
      workspace: workspace, origin: surroundings.origin, settings: settings)
    await Interface(navigator: navigator, saying: terminal).run()
  }

  /// A theme that can't be read is told of, and the default stands in for it.
  private static func chosenTheme(
    in configuration: ConfigurationFile
  ) throws -> (theme: Theme, notice: String?) {
    do {
      return (try configuration.themes.theme(named: configuration.settings.theme), nil)
    } catch {
      return (try Themes.theme(named: "default"), "\(error.words) The default theme is used.")
    }
  }
}

extension ConfigurationFile {
  /// That of the person who started the program. Throws `SettingsFault`.
  @MainActor init(in surroundings: Surroundings) throws {
    let places = Places(surroundings)
    try self.init(
      in: places.configuration(), workingFolder: places.absolute("."),
      memory: KeptTexts(at: places).memory)
  }
}
