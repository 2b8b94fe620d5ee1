public import Keys

/// What a person sits at, however they perceive what is shown.
@MainActor
public protocol Console: AnyObject {
  /// How large it is now; at least 1 by 1.
  var size: Size { get }

  /// What was pressed, in batches: all that had come by the time it was read. Showing once after
  /// each batch means that no key waits for a frame. Ends when the terminal is gone. For one
  /// reader.
  var events: AsyncStream<[InputEvent]> { get }

  /// Hands the terminal back to the shell until it resumes the program, then reports a resize.
  func suspend()

  /// Gives the terminal back as it was. Can be said twice.
  func close()
}

/// A console that lines are only ever added to, for screen readers and braille displays: nothing
/// moves, nothing is coloured, nothing that was said changes.
@MainActor
public protocol LineConsole: Console {
  /// Adds whole lines.
  func say(_ lines: [String])

  /// Adds to the line that somebody types on; the next whole line begins a new one.
  func echo(_ text: String)
}
