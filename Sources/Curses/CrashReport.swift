internal import CTerminal
internal import Glibc

/// What is left of the program when it traps, and what others may see of it before.
public enum CrashReport {
  private static let variable = "SWIFT_BACKTRACE"
  private static let quietly = "interactive=no,color=no"
  private static let toFile = quietly + ",output-to="

  /// Starts `program` again in this process, once, so that a crash writes its trace to a file of
  /// `folder` instead of waiting half a minute for a key at a terminal that shows nothing. To be said
  /// first thing in `main`, before anything is opened: the runtime reads its settings before `main`.
  ///
  /// A setting that the environment already has is left alone. Where `folder` is nil the trace goes
  /// to standard error.
  public static func redirect(
    _ program: String, toFolder folder: String?, environment: [String: String]
  ) {
    if let setting = environment[variable] {
      // Of this process, as it was before it started again.
      guard setting.hasPrefix(toFile), setting.hasSuffix(ending) else { return }
      _ = cterminal_watch_crashes(program, String(setting.dropFirst(toFile.count)))
      return
    }
    // A comma would end the path within the setting.
    let target = folder.flatMap { $0.contains(",") ? nil : "\($0)/crash-\(moment)\(ending)" }
    setenv(variable, target.map { toFile + $0 } ?? quietly, 1)
    var arguments = CommandLine.arguments.map { strdup($0) }
    arguments.append(nil)
    cterminal_execute_again(&arguments)
    // It couldn't be done: the program goes on, and only a crash would be less comfortable.
    for argument in arguments { free(argument) }
  }

  /// Closes the process's memory to whoever would look into it; where the system refuses, it stays
  /// as open as any program's.
  public static func keepMemoryPrivate() { _ = cterminal_keep_memory_private() }

  private static var ending: String { "-\(getpid()).txt" }

  /// `20261124T101500Z`.
  private static var moment: String {
    var (now, parts) = (time(nil), tm())
    gmtime_r(&now, &parts)
    var text = [CChar](repeating: 0, count: 32)
    let count = strftime(&text, text.count, "%Y%m%dT%H%M%SZ", &parts)
    return String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
