/// Where a journal entry is in its life.
package enum EntryStatus: String, Sendable, CaseIterable {
  case draft
  case pendingApproval = "pending_approval"
  case approved
  case posted
  case reversed
  case voided

  /// `pending approval`.
  package var title: String {
    switch self {
    case .pendingApproval: "pending approval"
    case .draft, .approved, .posted, .reversed, .voided: rawValue
    }
  }

  /// Whether its lines are in the ledger (the set L of RULES §3): a reversed original stays.
  package var isInLedger: Bool { self == .posted || self == .reversed }
}

/// What can be done to an entry that exists.
package enum EntryAction: String, Sendable, CaseIterable {
  case edit
  case discard
  case submit
  case withdraw
  case reject
  case approve
  case recall
  case post
  case void
  case reverse
}

/// The lifecycle of a journal entry as one table (RULES §3.3). Whatever isn't in it is refused.
package enum EntryLifecycle {
  package struct Transition: Hashable, Sendable {
    package let from: EntryStatus
    package let action: EntryAction
    /// Nil where the entry is gone afterwards.
    package let to: EntryStatus?
  }

  package static let transitions: [Transition] = [
    Transition(from: .draft, action: .edit, to: .draft),
    Transition(from: .draft, action: .discard, to: nil),
    Transition(from: .draft, action: .submit, to: .pendingApproval),
    Transition(from: .draft, action: .post, to: .posted),
    Transition(from: .draft, action: .void, to: .voided),
    Transition(from: .pendingApproval, action: .withdraw, to: .draft),
    Transition(from: .pendingApproval, action: .reject, to: .draft),
    Transition(from: .pendingApproval, action: .approve, to: .approved),
    Transition(from: .pendingApproval, action: .void, to: .voided),
    Transition(from: .approved, action: .recall, to: .draft),
    Transition(from: .approved, action: .post, to: .posted),
    Transition(from: .approved, action: .void, to: .voided),
    Transition(from: .posted, action: .reverse, to: .reversed),
  ]

  /// Where `action` takes an entry that is `status`, or nil when it is refused there.
  package static func transition(_ action: EntryAction, from status: EntryStatus) -> Transition? {
    transitions.first { $0.from == status && $0.action == action }
  }
}
