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
    var options = TerminalOptions(
      program: "coreflow", environment: surroundings.environment,
      theme: try Themes.theme(named: "default"))
    options.color = withColours ? .automatic : .never
    let terminal = try CursesTerminal(options)
    if terminal.capabilities.colors == .none { terminal.theme = try Themes.theme(named: "mono") }
    let navigator = Navigator(workspace: workspace, origin: surroundings.origin)
    for notice in terminal.notices { navigator.greet(with: notice) }
    await Interface(navigator: navigator, terminal: terminal).run()
    try workspace.close()
  }
}
