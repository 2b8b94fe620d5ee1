internal import CTerminal
internal import Glibc

/// How Swift's runtime behaves when the program traps.
public enum CrashReport {
  private static let variable = "SWIFT_BACKTRACE"

  /// Starts the program again in this process, once, so that a crash writes its trace into a folder
  /// instead of waiting half a minute for a key at a terminal that shows nothing. To be said first
  /// thing in `main`, before anything is opened: the runtime reads its settings before `main`.
  ///
  /// A setting that the environment already has is left alone.
  public static func redirect(toFolder folder: String?, environment: [String: String]) {
    guard environment[variable] == nil else { return }
    let quiet = "interactive=no,color=no"
    // A comma would end the path within the setting.
    let target = folder.flatMap { $0.contains(",") ? nil : ",output-to=\($0)" } ?? ""
    setenv(variable, quiet + target, 1)
    var arguments = CommandLine.arguments.map { strdup($0) }
    arguments.append(nil)
    cterminal_execute_again(&arguments)
    // It couldn't be done: the program goes on, and only a crash would be less comfortable.
    for argument in arguments { free(argument) }
  }
}
