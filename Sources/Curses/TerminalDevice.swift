internal import CNcurses
internal import CTerminal
internal import Glibc
internal import Widgets

/// The terminal as ncurses and the kernel have it: opened once, closed once.
final class TerminalDevice {
  /// Names of terminals that understand what xterm does; their own descriptions are often missing
  /// on the far side of ssh.
  private static let xtermLike = [
    "xterm", "alacritty", "kitty", "ghostty", "foot", "wezterm", "konsole", "gnome", "vte", "st-",
    "contour", "tmux", "screen", "rxvt",
  ]

  /// The name of the description in use.
  let name: String
  let notices: [String]
  let descriptor: CInt
  /// Where signals are noted, one byte each.
  let signals: CInt
  let window: OpaqueWindow
  private let screen: OpaquePointer
  private let file: UnsafeMutablePointer<FILE>

  init(_ options: TerminalOptions) throws(TerminalError) {
    let wanted = options.terminalName
    guard wanted != "dumb" else { throw .tooSimple(name: wanted) }
    descriptor = open(options.devicePath, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0, isatty(descriptor) == 1, let file = fdopen(descriptor, "r+") else {
      if descriptor >= 0 { Glibc.close(descriptor) }
      throw .noTerminal
    }
    self.file = file
    // Before ncurses, which leaves alone the signals that somebody handles already.
    signals = cterminal_guard(descriptor, options.program)
    guard signals >= 0 else {
      let reason = String(cString: strerror(errno))
      fclose(file)
      throw .system(reason: reason)
    }
    guard let (name, screen) = Self.newScreen(wanted, file: file) else {
      cterminal_unguard()
      fclose(file)
      throw .unknown(name: wanted)
    }
    self.name = name
    self.screen = screen
    notices =
      name == wanted
      ? []
      : ["The terminal \"\(SafeText(line: wanted))\" isn't known here; \(name) is taken for it."]
    guard cncurses_capability("cup") != nil, let window = newwin(0, 0, 0, 0) else {
      endwin()
      delscreen(screen)
      cterminal_unguard()
      fclose(file)
      throw .tooSimple(name: wanted)
    }
    self.window = window
    setInputModes()
    if let size = readSize() { resize(to: size) }
  }

  private static func newScreen(
    _ wanted: String, file: UnsafeMutablePointer<FILE>
  )
    -> (name: String, screen: OpaquePointer)?
  {
    // LINES and COLUMNS, which shells leave behind after a resize, would win over the kernel's
    // answer.
    use_env(false)
    use_tioctl(true)
    let isXtermLike = xtermLike.contains { wanted.hasPrefix($0) }
    for name in [wanted, isXtermLike ? "xterm-256color" : "vt100"] where !name.isEmpty {
      if let screen = newterm(name, file, file) { return (name, screen) }
    }
    return nil
  }

  private func setInputModes() {
    // Every key is ours, Ctrl-C, Ctrl-Z, Ctrl-S and Ctrl-Q too; the program says what they do.
    raw()
    noecho()
    nonl()
    intrflush(window, false)
    // Input is read by us, so ncurses mustn't look at it to put off drawing.
    typeahead(-1)
    idlok(window, true)
    leaveok(window, false)
  }

  /// How many colours it has; to be asked once, before the first drawing in colour.
  var colors: ColorDepth {
    // Where there are no colours, ncurses' colour functions fail, and some crash.
    guard has_colors(), tigetnum("pairs") > 0, start_color() == OK, use_default_colors() == OK
    else {
      return .none
    }
    return ColorDepth(colors: Int(tigetnum("colors")))
  }

  var size: Size {
    Size(columns: max(Int(getmaxx(window)), 1), rows: max(Int(getmaxy(window)), 1))
  }

  func readSize() -> Size? {
    var window = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0
    else { return nil }
    return Size(columns: Int(window.ws_col), rows: Int(window.ws_row))
  }

  func resize(to size: Size) {
    resize_term(CInt(size.rows), CInt(size.columns))
    wresize(window, CInt(size.rows), CInt(size.columns))
    werase(window)
    clearok(window, true)
  }

  /// Writes bytes of our own, which ncurses doesn't know about. Only between its updates.
  func write(_ text: String) { Self.write(text, to: descriptor) }

  static func write(_ text: String, to descriptor: CInt) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      // A terminal that has gone away is noticed where it is read.
      guard written > 0 || errno == EINTR else { return }
      bytes = bytes.dropFirst(max(written, 0))
    }
  }

  /// Tells the crash handler how to put the screen back.
  func setRestore(_ modesOff: String) {
    let names = ["rmacs", "sgr0", "op", "rmcup", "cnorm"]
    let bytes = Array((modesOff + names.map(Self.capability).joined() + "\r\n").utf8)
    let isSet = bytes.withUnsafeBytes { buffer in
      cterminal_set_restore(buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
    }
    precondition(isSet, "no terminal's description is so long")
  }

  /// A capability's bytes, without the delays that only paper terminals needed.
  private static func capability(_ name: String) -> String {
    guard let value = cncurses_capability(name) else { return "" }
    let parts = String(cString: value).split(separator: "$<", omittingEmptySubsequences: false)
    return parts.dropFirst().reduce(String(parts[0])) { text, part in
      text + (part.split(separator: ">", maxSplits: 1, omittingEmptySubsequences: false).last ?? "")
    }
  }

  /// Gives the terminal back for a while.
  func leave() {
    endwin()
  }

  /// Takes the terminal over again, after `leave()` or after somebody else has used it.
  func enter() {
    reset_prog_mode()
    clearok(window, true)
    wnoutrefresh(window)
    doupdate()
  }

  func close() {
    delwin(window)
    delscreen(screen)
    cterminal_unguard()
    fclose(file)
  }
}

typealias OpaqueWindow = UnsafeMutablePointer<WINDOW>
