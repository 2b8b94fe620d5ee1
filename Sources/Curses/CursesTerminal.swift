internal import CNcurses
internal import CTerminal
internal import Glibc
public import Keys
public import Widgets

/// A real terminal, drawn on by ncurses, with its keys decoded here.
///
/// Only one can be open in a process, since ncurses and signal handlers belong to the process. It
/// is given back by `close()`, by any crash, and while the program is suspended.
public final class CursesTerminal: Terminal {
  public private(set) var size: Size
  public let capabilities: Capabilities
  /// What the person should know about their terminal, each a sentence: such as that its kind is
  /// not known here and another is taken for it.
  public let notices: [String]
  public var theme: Theme {
    didSet { if theme != oldValue { forgetStyles() } }
  }
  public var events: AsyncStream<[InputEvent]> { input.events }

  private let device: TerminalDevice
  private let modes: TerminalModes
  private let input: TerminalInput
  private var painter: Painter
  /// What the terminal shows; nil if that isn't known.
  private var shown: Surface?
  private var isClosed = false

  /// Opens the terminal, takes over its screen and the signals.
  ///
  /// - Throws: `TerminalError`, which says what to do.
  public init(_ options: TerminalOptions) throws(TerminalError) {
    let isUnicode = cterminal_use_locale(options.localeName)
    device = try TerminalDevice(options)
    modes = TerminalModes(terminalName: device.name)
    notices = device.notices
    let colors = options.mayUseColor ? device.colors : .none
    capabilities = Capabilities(
      colors: colors, isUnicode: isUnicode, canCopy: modes.hasMouse)
    theme = options.theme
    size = device.size
    painter = Painter(window: device.window, theme: options.theme, colors: colors)
    input = TerminalInput(
      terminal: device.descriptor, signals: device.signals,
      escapeMilliseconds: options.escapeMilliseconds)
    device.setRestore(modes.off)
    device.write(modes.on + modes.question)
    input.expectsReport = !modes.question.isEmpty
    input.start { [weak self] signal in self?.receive(signal) }
  }

  public func draw(_ surface: Surface, cursor: Point?) {
    guard !isClosed else { return }
    let bordered = surface.withBorders(theme.borders)
    let wanted = capabilities.isUnicode ? bordered : bordered.inASCII
    let changedRows = painter.paint(wanted, over: shown)
    shown = wanted
    painter.place(cursor: cursor.flatMap { wanted.bounds.contains($0) ? $0 : nil })
    // Small changes are done before a frame ends; wrapping them would only cost bytes.
    let isWrapped = input.canSynchronize && changedRows * 4 > wanted.size.rows
    if isWrapped { device.write(TerminalModes.synchronize) }
    doupdate()
    if isWrapped { device.write(TerminalModes.endSynchronize) }
  }

  public func suspend() {
    guard !isClosed else { return }
    leave()
    cterminal_stop()
    // Being resumed has been noted as a signal too, which would have everything drawn twice.
    let signals = input.takeSignals()
    enter()
    for signal in signals where signal != SIGCONT { receive(signal) }
  }

  public func close() {
    guard !isClosed else { return }
    isClosed = true
    input.stop()
    leave()
    device.close()
  }

  public func redraw() {
    guard !isClosed else { return }
    forgetStyles()
    redrawwin(device.window)
  }

  public func setMouse(_ isOn: Bool) {
    guard !isClosed, modes.hasMouse else { return }
    device.write(isOn ? TerminalModes.mouseOn : TerminalModes.mouseOff)
  }

  public func copy(_ text: String) {
    guard !isClosed, capabilities.canCopy else { return }
    device.write(TerminalModes.copying(text, terminalName: device.name))
  }

  private func receive(_ signal: CInt) {
    guard !isClosed else { return }
    switch signal {
    case SIGWINCH: takeSize()
    case SIGTSTP: suspend()
    // Somebody stopped the program without asking it: the screen may be the shell's now.
    case SIGCONT: enter()
    default: break
    }
  }

  private func takeSize() {
    let now = device.readSize() ?? size
    size = now
    device.resize(to: now)
    painter = Painter(window: device.window, theme: theme, colors: capabilities.colors)
    shown = nil
    input.send([.resize(columns: now.columns, rows: now.rows)])
  }

  private func leave() {
    device.write(modes.off)
    painter.place(cursor: Point(column: 0, row: 0))
    device.leave()
  }

  private func enter() {
    device.enter()
    device.write(modes.on)
    takeSize()
  }

  private func forgetStyles() {
    painter = Painter(window: device.window, theme: theme, colors: capabilities.colors)
    shown = nil
  }
}
