/// What is due when. An instance has no two that are equal.
package struct WorkflowTimer: Hashable, Codable, Sendable, Comparable {
  package enum Kind: String, Codable, Sendable, CaseIterable {
    case remind
    case escalate
    /// Of a step: it goes on without. Of the instance: it is over.
    case expire
    case wake
    case retry
  }

  package let kind: Kind
  /// Nil is the instance's.
  package let step: WorkflowStepKey?
  package let due: Timestamp

  package init(_ kind: Kind, of step: WorkflowStepKey?, due: Timestamp) {
    self.kind = kind
    self.step = step
    self.due = due
  }

  /// By when they are due.
  package static func < (left: WorkflowTimer, right: WorkflowTimer) -> Bool {
    let own = (left.due, left.kind.rawValue, left.step?.node ?? "", left.step?.visit ?? 0)
    return own < (right.due, right.kind.rawValue, right.step?.node ?? "", right.step?.visit ?? 0)
  }

  func shifted(by milliseconds: Int64) -> WorkflowTimer {
    WorkflowTimer(kind, of: step, due: due.shifted(by: milliseconds))
  }
}

extension Timestamp {
  func shifted(by milliseconds: Int64) -> Timestamp {
    Timestamp(milliseconds: self.milliseconds + milliseconds)
  }
}
