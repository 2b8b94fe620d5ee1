/// Whatever can come from the person at the terminal, or from the terminal itself.
public enum InputEvent: Hashable, Sendable {
  case key(Key)
  /// Text pasted in one go. It never counts as keys, so nothing pasted can run a command.
  case paste(Paste)
  case mouse(Mouse)
  /// The terminal is now this large, or must be drawn again at the size it has.
  case resize(columns: Int, rows: Int)
  /// The terminal's window got (true) or lost the keyboard.
  case focus(Bool)
  /// An answer to a question about a private mode (DECRPM): 1 or 2 mean that the mode is there.
  case modeReport(mode: Int, setting: Int)
  /// The program has been asked to leave: keep what was typed, close the terminal, go.
  case ending(Ending)
}

/// Pasted text: line ends are "\n", and of the control characters only "\n" and "\t" are left.
public struct Paste: Hashable, Sendable {
  public let text: String
  /// How much was left out because it went beyond `KeyDecoder.pasteLimitBytes`.
  public let droppedBytes: Int

  public init(text: String, droppedBytes: Int = 0) {
    self.text = text
    self.droppedBytes = droppedBytes
  }
}

/// A press or a turn of the wheel at a cell, counted from the upper left, which is 0, 0.
public struct Mouse: Hashable, Sendable {
  public enum Action: Hashable, Sendable {
    /// 1 left, 2 middle, 3 right.
    case press(button: Int)
    case release(button: Int)
    case wheelUp
    case wheelDown
  }

  public let action: Action
  public let column: Int
  public let row: Int
  public let modifiers: Key.Modifiers

  public init(_ action: Action, column: Int, row: Int, modifiers: Key.Modifiers = []) {
    self.action = action
    self.column = column
    self.row = row
    self.modifiers = modifiers
  }
}

/// Why the program has to leave.
public enum Ending: Hashable, Sendable {
  /// SIGINT from outside; Ctrl-C at the keyboard is an ordinary key.
  case interrupted
  case quit
  case terminated
  /// The terminal has gone away; nothing more can be shown.
  case hungUp
}
