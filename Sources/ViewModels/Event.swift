package import Keys
package import Phrases

/// Work that takes time: it runs as a task, and what comes of it is applied in the one place where
/// state changes. Each is itself and no other: many have the same title.
package final class Effect {
  /// What is said while it runs for long.
  package let title: Phrase
  /// How far it has come, where that can be known.
  let progress: WorkProgress?
  /// What of that which is typed meanwhile is meant for what comes of it.
  let holding: Holding
  /// Gives what is to be done with the result, which may bring about more work.
  package let run: () async -> (() -> [Effect])

  package init(
    _ title: Phrase, progress: WorkProgress? = nil, holding: Holding = .nothing,
    run: @escaping () async -> (() -> [Effect])
  ) {
    self.title = title
    self.holding = holding
    self.progress = progress
    self.run = run
  }
}

/// What waits for the end of work.
package enum Holding: Comparable {
  case nothing
  /// Keys that do something; text goes on into its field.
  case commands
  case keys
}

/// How far work has come that goes through many things: the work counts, the screen reads.
package final class WorkProgress {
  private var done = 0
  private let count: Int

  init(of count: Int) { self.count = count }

  func advance() { done += 1 }

  /// From 0 to 1.
  package var fraction: Double { count == 0 ? 1 : Double(done) / Double(count) }
}

/// Something that happened and that state follows from.
package enum Event {
  case key(Key)
  /// `leftOut` is what the terminal sent beyond what is taken, in bytes.
  case paste(String, leftOut: Int)
  case click(Target)
  case wheel(Movement)
  case resized(columns: Int, rows: Int)
  /// An effect's work is done; what is to be applied.
  case finished(Effect, () -> [Effect])
  /// Nothing was done for as long as the screen stays open without anybody.
  case leftAlone
  /// Some process committed: what is on the screen may be old.
  case booksChanged
  /// The file of the theme in use was read again, or that of another for the first time.
  case themeRead(fault: (any Error)?)
  /// The message has stood for as long as such a message stands.
  case expired(Message)

  var isTyped: Bool {
    switch self {
    case .key, .paste: true
    case .click, .wheel, .resized, .finished, .leftAlone, .booksChanged, .themeRead, .expired: false
    }
  }

  /// Whether a person did it.
  var isByHand: Bool {
    switch self {
    case .key, .paste, .click, .wheel: true
    case .resized, .finished, .leftAlone, .booksChanged, .themeRead, .expired: false
    }
  }
}

/// What on the screen a pointer can point at.
package enum Target: Hashable, Sendable {
  case section(Int)
  /// A place in the path that led here, 0 the first.
  case crumb(Int)
  /// A hint of the footer, by its action's id.
  case action(String)
  case row(panel: Int, Int)
  case column(panel: Int, Int)
  case field(Int)
  case cell(GridState.Place)
  case choice(Int)
  /// Of a dialog; 0 confirms.
  case button(Int)
  /// Of the month that lies over a form.
  case day(DayPicker.Parts)
  /// Of the list that lies over the screen.
  case entry(Int)
  /// Anywhere but in what lies over the screen.
  case away
}

/// A line that tells what came of something.
package struct Message: Hashable, Sendable {
  package enum Severity: Hashable, Sendable {
    case done
    case notice
    case error
    /// Something that was done to the books; it is kept among the messages and not said.
    case activity
  }

  package let severity: Severity
  package let text: Phrase
  /// Which message it is since the program started.
  package let number: Int
  /// When it was said, as hours, minutes and seconds of UTC.
  package let time: String

  package init(_ severity: Severity, _ text: Phrase, number: Int = 0, at time: String = "") {
    self.severity = severity
    self.text = text
    self.number = number
    self.time = time
  }
}

/// What the program asks of the terminal besides being drawn.
package enum TerminalRequest: Hashable, Sendable {
  case suspend
  case redraw
  case copy(String)
  case mouse(Bool)
  case theme(String)
  /// To say again where the cursor is, or all that the screen shows: only where lines are read.
  case read(Extent)

  package enum Extent: Hashable, Sendable {
    case here
    case everything
  }
}
