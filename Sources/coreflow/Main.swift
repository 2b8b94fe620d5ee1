import CLI
import Curses
import Foundation

/// The program's start: what the process needs before anything is opened, then one task that does
/// what was asked while the main thread serves the main actor.
///
/// Not an `async` main: with one, jobs of the main actor move to another thread, and the terminal's
/// library must stay on one.
@main
enum Main {
  static func main() {
    let surroundings = Surroundings.ofThisProcess()
    umask(0o077)
    // Without a place for it the report goes where errors go.
    CrashReport.redirect(
      "coreflow", toFolder: try? Places(surroundings).state(),
      environment: surroundings.environment)
    CrashReport.keepMemoryPrivate()
    // No core dump: passwords and books would be in it.
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    Task {
      let status = await CLI.run(
        Coreflow.self, arguments: Array(CommandLine.arguments.dropFirst()),
        in: surroundings)
      exit(status)
    }
    RunLoop.main.run()
  }
}
