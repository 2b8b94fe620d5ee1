internal import CTerminal
internal import Glibc
public import Keys
public import Widgets

/// A real terminal as a stream of lines: no ncurses, no screen of its own, not one escape sequence,
/// so that any terminal will do, its description missing or its name "dumb".
///
/// Pasted text can't be told from typed text, since asking for that takes an escape sequence.
///
/// Only one can be open in a process, as with `CursesTerminal`. It is given back by `close()`, by
/// any crash, and while the program is suspended.
public final class LineTerminal: LineConsole {
  /// Lines know no size; lists page by as many rows as on a screen of this one.
  public let size = Size(columns: 80, rows: 24)
  /// Whether text beyond ASCII can be written.
  public let isUnicode: Bool
  public var events: AsyncStream<[InputEvent]> { input.events }

  private let descriptor: CInt
  private let input: TerminalInput
  private let before: termios
  /// Whether the last line hasn't ended.
  private var isTyping = false
  private var isClosed = false

  /// Opens the terminal, takes over its keys and the signals.
  ///
  /// - Throws: `TerminalError`, which says what to do.
  public init(_ options: TerminalOptions) throws(TerminalError) {
    isUnicode = cterminal_use_locale(options.localeName)
    descriptor = open(options.devicePath, O_RDWR | O_NOCTTY | O_CLOEXEC)
    var modes = termios()
    guard descriptor >= 0, tcgetattr(descriptor, &modes) == 0 else {
      if descriptor >= 0 { Glibc.close(descriptor) }
      throw .noTerminal
    }
    before = modes
    let signals = cterminal_guard(descriptor, options.program)
    guard signals >= 0 else {
      let reason = String(cString: strerror(errno))
      Glibc.close(descriptor)
      throw .system(reason: reason)
    }
    input = TerminalInput(
      terminal: descriptor, signals: signals, escapeMilliseconds: options.escapeMilliseconds)
    enter()
    input.start { [weak self] signal in self?.receive(signal) }
  }

  public func say(_ lines: [String]) {
    guard !isClosed else { return }
    let text = lines.map { safe($0) + "\n" }.joined()
    write((isTyping ? "\n" : "") + text)
    isTyping = false
  }

  public func echo(_ text: String) {
    guard !isClosed, !text.isEmpty else { return }
    write(safe(text))
    isTyping = true
  }

  public func suspend() {
    guard !isClosed else { return }
    leave()
    cterminal_stop()
    // Being resumed has been noted as a signal too.
    let signals = input.takeSignals()
    resume()
    for signal in signals where signal != SIGCONT { receive(signal) }
  }

  public func close() {
    guard !isClosed else { return }
    input.stop()
    leave()
    isClosed = true
    cterminal_unguard()
    Glibc.close(descriptor)
  }

  private func receive(_ signal: CInt) {
    guard !isClosed else { return }
    switch signal {
    case SIGTSTP: suspend()
    // Somebody stopped the program without asking it: the modes may be the shell's now.
    case SIGCONT: resume()
    default: break
    }
  }

  private func resume() {
    enter()
    input.send([.resize(columns: size.columns, rows: size.rows)])
  }

  /// Every key is ours, and nothing is echoed but by us; how lines end stays the terminal's business.
  private func enter() {
    var modes = before
    cfmakeraw(&modes)
    modes.c_oflag |= tcflag_t(OPOST | ONLCR)
    set(modes)
  }

  private func leave() {
    if isTyping { write("\n") }
    isTyping = false
    set(before)
  }

  private func set(_ modes: termios) {
    var modes = modes
    while tcsetattr(descriptor, TCSANOW, &modes) != 0, errno == EINTR {}
  }

  private func safe(_ line: String) -> String {
    let text = SafeText(line: line)
    return isUnicode ? text.description : text.inASCII
  }

  private func write(_ text: String) { TerminalDevice.write(text, to: descriptor) }
}
