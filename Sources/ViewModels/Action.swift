package import Domain
package import Keys

/// One thing that a key does on a screen. Dispatch, footer, help and the reason shown for what
/// can't be done are all computed from it, so none of them can differ from the others.
package struct Action {
  /// `journal.post`; stable, as people's own key settings name it.
  package let id: String
  /// The first is the one that is shown.
  package let keys: [Key]
  /// For the footer, 14 characters at the most.
  package let title: String
  /// For the help, 40 characters at the most.
  package let summary: String
  /// What the core will ask for; an action whose permission isn't held isn't there. Nil needs none.
  package let permission: Permission?
  /// Why it can't be done just now, to what is selected.
  package let unavailable: String?
  package let perform: () -> [Effect]

  /// Those of its keys that the help has room for.
  package var shownKeys: ArraySlice<Key> { keys.prefix(3) }

  package init(
    _ id: String, keys: [Key], title: String, summary: String, permission: Permission? = nil,
    unavailable: String? = nil, perform: @escaping () -> [Effect]
  ) {
    self.id = id
    self.keys = keys
    self.title = title
    self.summary = summary
    self.permission = permission
    self.unavailable = unavailable
    self.perform = perform
  }
}

/// Work that takes time: it runs as a task, and what comes of it is applied in the one place where
/// state changes.
package struct Effect {
  /// What is said while it runs for long.
  package let title: String
  /// Gives what is to be done with the result, which may bring about more work.
  package let run: () async -> (() -> [Effect])

  package init(_ title: String, run: @escaping () async -> (() -> [Effect])) {
    self.title = title
    self.run = run
  }
}

/// Something that happened and that state follows from.
package enum Event {
  case key(Key)
  case paste(String)
  case resized(columns: Int, rows: Int)
  /// An effect's work is done; what is to be applied.
  case finished(() -> [Effect])
  /// Some process committed: what is on the screen may be old.
  case booksChanged
}

/// A line that tells what came of something.
package struct Message: Hashable, Sendable {
  package enum Severity: Hashable, Sendable {
    case done
    case notice
    case error
  }

  package let severity: Severity
  package let text: String

  package init(_ severity: Severity, _ text: String) {
    self.severity = severity
    self.text = text
  }
}
