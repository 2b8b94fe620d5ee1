import CLI
import Curses
import Operations
import Screens
import Themes
import ViewModels
import Widgets

/// The full-screen application.
@MainActor
enum Application {
  /// Opens it on the books at `path` and returns when its user has left. Throws when the books or
  /// the terminal can't be opened.
  static func open(_ path: String, withColours: Bool, in surroundings: Surroundings) async throws {
    do {
      let configuration = try Configuration(at: Places(surroundings))
      try await open(path, configuration, withColours: withColours, in: surroundings)
    } catch let error as TerminalError {
      throw ScreenFault(error.description)
    } catch let error as ThemeError {
      throw ScreenFault(error.description)
    } catch let error as ConfigurationError {
      throw ScreenFault(error.description)
    }
  }

  private static func open(
    _ path: String, _ configuration: Configuration, withColours: Bool,
    in surroundings: Surroundings
  ) async throws {
    let workspace = try Workspace.open(
      at: path, clock: surroundings.clock, chance: surroundings.chance)
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
    await Interface(navigator: navigator, terminal: terminal) { name in
      // One that can't be read is told of where it is chosen at the start; here the old one stays.
      hasColours ? try? configuration.theme(named: name) : plain
    }.run()
    try workspace.close()
  }

  /// A theme that can't be read is told of, and the default stands in for it.
  private static func chosenTheme(
    in configuration: Configuration
  ) throws -> (theme: Theme, notice: String?) {
    do {
      return (try configuration.theme(named: configuration.settings.theme), nil)
    } catch {
      return (try Themes.theme(named: "default"), "\(error) The default theme is used.")
    }
  }
}
