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
    let workspace = try Workspace.open(
      at: path, clock: surroundings.clock, chance: surroundings.chance)
    let terminal = try terminal(withColours: withColours, in: surroundings)
    // Whatever is thrown from here on is told on the screen that the person had before.
    defer { terminal.close() }
    let navigator = Navigator(workspace: workspace, origin: surroundings.origin)
    for notice in terminal.notices { navigator.greet(with: notice) }
    await Interface(navigator: navigator, terminal: terminal).run()
    try workspace.close()
  }

  /// Themes are read before the terminal is taken over, so that one that can't be read leaves it be.
  private static func terminal(
    withColours: Bool, in surroundings: Surroundings
  ) throws -> CursesTerminal {
    do {
      let (theme, plain) = try (Themes.theme(named: "default"), Themes.theme(named: "mono"))
      var options = TerminalOptions(
        program: "coreflow", environment: surroundings.environment, theme: theme)
      options.color = withColours ? .automatic : .never
      let terminal = try CursesTerminal(options)
      if terminal.capabilities.colors == .none { terminal.theme = plain }
      return terminal
    } catch let error as TerminalError {
      throw ScreenFault(error.description)
    } catch let error as ThemeError {
      throw ScreenFault(error.description)
    }
  }
}
