public import Widgets

/// What the driver has to know before it opens the terminal.
public struct TerminalOptions: Sendable {
  public enum ColorChoice: Sendable {
    /// Colours where the terminal has them and NO_COLOR doesn't forbid them.
    case automatic
    case never
  }

  /// The name in the line that a crash leaves behind.
  public var program: String
  public var environment: [String: String]
  public var theme: Theme
  public var color = ColorChoice.automatic
  /// How long Esc alone may be the start of a longer sequence.
  public var escapeMilliseconds = 25
  public var devicePath = "/dev/tty"

  public init(program: String, environment: [String: String], theme: Theme) {
    self.program = program
    self.environment = environment
    self.theme = theme
  }

  /// NO_COLOR forbids colours whatever its value is, unless that is empty (no-color.org).
  var mayUseColor: Bool {
    color == .automatic && (environment["NO_COLOR"] ?? "").isEmpty
  }

  /// What the environment says about how the terminal writes characters. Where it says nothing, as
  /// in many containers, UTF-8 is likelier than not.
  var localeName: String {
    let values = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }
    return values.first { !$0.isEmpty } ?? "C.UTF-8"
  }

  var terminalName: String { environment["TERM"] ?? "" }
}

/// Why there can be no full screen. Its description says what to do.
public enum TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no terminal, as in a pipe or a scheduled job.
  case noTerminal
  /// The terminal can't move its cursor.
  case tooSimple(name: String)
  /// Neither its description nor a similar one is installed.
  case unknown(name: String)
  /// The operating system refused.
  case system(reason: String)

  public var description: String {
    switch self {
    case .noTerminal:
      "This needs a terminal, and there is none. Start it in a terminal window, or use one of the"
        + " commands that print (see --help)."
    case .tooSimple(let name):
      "The terminal \"\(SafeText(line: name))\" (TERM) can't show full screens. Use another"
        + " terminal, set TERM to what it really is, such as xterm-256color, or use one of the"
        + " commands that print (see --help)."
    case .unknown(let name):
      "Nothing is known here about the terminal \"\(SafeText(line: name))\" (TERM). Install its"
        + " terminfo entry (package ncurses-term), or set TERM to xterm-256color or vt100."
    case .system(let reason):
      "The terminal can't be used: \(reason)."
    }
  }
}
