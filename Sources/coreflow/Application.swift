import CLI
import Configuration
import Curses
import Languages
import Operations
import Phrases
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

  /// Opens it on the books at `path` and returns when its user has left. Speaks the language of that
  /// code, or that of `surroundings`. Throws when the books or the terminal can't be opened.
  static func open(
    _ path: String, on medium: Medium, speaking code: String?, in surroundings: Surroundings
  ) async throws {
    do {
      let configuration = try ConfigurationFile(of: surroundings)
      var settings = try configuration.settings(in: surroundings)
      settings.language = try language(code, in: surroundings)
      let workspace = try Workspace.open(
        at: path, clock: surroundings.clock, chance: surroundings.chance,
        sealing: Places(surroundings).sealing(chance: surroundings.chance))
      switch medium {
      case .screen(let withColours):
        try await draw(
          workspace, settings, configuration.themes, withColours: withColours, in: surroundings)
      case .lines: try await say(workspace, settings, in: surroundings)
      }
      try workspace.close()
    } catch let error as TerminalError {
      throw ScreenFault(error.description)
    } catch let error as ThemeError {
      throw ScreenFault(error.description)
    } catch let fault as SettingsFault {
      throw ScreenFault(fault.words)
    } catch let error as CatalogueError {
      throw ScreenFault(error.description)
    }
  }

  private static func language(
    _ code: String?, in surroundings: Surroundings
  ) throws -> Language {
    try Languages.language(code: code ?? Languages.code(in: surroundings.environment)) ?? .english
  }

  private static func draw(
    _ workspace: Workspace, _ chosen: Settings, _ themes: ThemeFolder, withColours: Bool,
    in surroundings: Surroundings
  ) async throws {
    // Themes are read before the terminal is taken over, so that one that can't be read leaves it be.
    let (theme, themeNotice) = try theme(named: chosen.theme, of: themes)
    let plain = try Themes.theme(named: "mono")
    var options = TerminalOptions(
      program: "coreflow", environment: surroundings.environment, theme: theme)
    options.color = withColours ? .automatic : .never
    options.escapeMilliseconds = chosen.escapeMilliseconds
    let terminal = try CursesTerminal(options)
    // Whatever is thrown from here on is told on the screen that the person had before.
    defer { terminal.close() }
    let hasColours = terminal.capabilities.colors != .none
    var settings = chosen
    if !hasColours {
      terminal.theme = plain
      settings.overridden["theme"] = "no colours here"
    }
    settings.canCopy = terminal.capabilities.canCopy
    settings.isUnicode = terminal.capabilities.isUnicode
    let navigator = Navigator(
      workspace: workspace, origin: surroundings.origin, settings: settings)
    for notice in terminal.notices + [themeNotice].compactMap(\.self) {
      navigator.greet(with: notice)
    }
    let wardrobe = Wardrobe(
      theme: { hasColours ? try themes.theme(named: $0) : plain },
      version: { hasColours ? themes.version(of: $0) : "" })
    await Interface(navigator: navigator, terminal: terminal, wardrobe: wardrobe).run()
  }

  private static func say(
    _ workspace: Workspace, _ chosen: Settings, in surroundings: Surroundings
  ) async throws {
    var options = TerminalOptions(
      program: "coreflow", environment: surroundings.environment, theme: .plain)
    options.escapeMilliseconds = chosen.escapeMilliseconds
    let terminal = try LineTerminal(options)
    // Whatever is thrown from here on is told after the lines.
    defer { terminal.close() }
    var settings = chosen
    settings.isLinear = true
    settings.overridden["theme"] = "--linear"
    settings.overridden["mouse"] = "--linear"
    // Both take escape sequences.
    settings.hasMouse = false
    settings.canCopy = false
    let navigator = Navigator(
      workspace: workspace, origin: surroundings.origin, settings: settings)
    await Interface(navigator: navigator, saying: terminal).run()
  }

  /// A theme that can't be read is told of, and the default stands in for it.
  private static func theme(
    named name: String, of themes: ThemeFolder
  ) throws -> (theme: Theme, notice: String?) {
    do {
      return (try themes.theme(named: name), nil)
    } catch {
      return (try Themes.theme(named: "default"), "\(error.words) The default theme is used.")
    }
  }
}

@MainActor
extension ConfigurationFile {
  /// That of the person who started the program.
  init(of surroundings: Surroundings) throws {
    self.init(in: try Places(surroundings).configuration())
  }

  /// Throws `SettingsFault`.
  func settings(in surroundings: Surroundings) throws -> Settings {
    let places = Places(surroundings)
    var settings = Settings()
    settings.workingFolder = places.absolute(".")
    settings.memory = try KeptTexts(at: places).memory
    return try read(over: settings)
  }
}
