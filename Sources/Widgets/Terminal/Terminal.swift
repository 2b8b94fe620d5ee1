/// Something that shows surfaces and says what was pressed.
@MainActor
public protocol Terminal: Console {
  var capabilities: Capabilities { get }

  /// How roles look from the next drawing on.
  var theme: Theme { get set }

  /// Shows a surface, sending only what differs from what is shown. The cursor is hidden if nil.
  func draw(_ surface: Surface, cursor: Point?)

  /// Sends all of the screen anew, for when something else has written over it.
  func redraw()

  /// Turns a pointer's buttons and wheel into events, at the cost of the terminal's own way of
  /// selecting text.
  func setMouse(_ isOn: Bool)

  /// Puts text on the clipboard of whoever sits at the terminal, as far as that lets it (OSC 52).
  func copy(_ text: String)
}

/// What a terminal can show.
public struct Capabilities: Hashable, Sendable {
  public let colors: ColorDepth
  /// Whether text beyond ASCII can be shown; if not, it is written in similar ASCII characters.
  public let isUnicode: Bool
  /// Whether there may be a clipboard: no terminal says whether it took what it was sent.
  public let canCopy: Bool

  public init(colors: ColorDepth, isUnicode: Bool, canCopy: Bool = true) {
    self.colors = colors
    self.isUnicode = isUnicode
    self.canCopy = canCopy
  }
}
