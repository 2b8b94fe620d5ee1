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
    CrashReport.redirect(
      toFolder: nil, environment: ProcessInfo.processInfo.environment)
    umask(0o077)
    // No core dump: passwords and books would be in it.
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    Task {
      let status = await CLI.run(
        Coreflow.self, arguments: Array(CommandLine.arguments.dropFirst()),
        in: .ofThisProcess())
      exit(status)
    }
    RunLoop.main.run()
  }
}
