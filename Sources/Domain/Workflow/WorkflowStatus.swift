/// Where an instance of a workflow is (RULES §5.4).
package enum WorkflowInstanceStatus: String, Codable, Sendable, CaseIterable {
  case draft
  case active
  case paused
  /// All that it is at wait for a time, for an event, or for the creator's changes.
  case waiting
  case completed
  case cancelled
  case failed
  case expired

  /// Nothing leaves it again. A failed one is not over: it can be retried.
  package var isOver: Bool { self == .completed || self == .cancelled || self == .expired }

  /// What may follow it directly; whatever isn't here is refused.
  package var next: Set<WorkflowInstanceStatus> {
    switch self {
    case .draft: [.active, .cancelled]
    case .active: [.paused, .waiting, .completed, .cancelled, .failed, .expired]
    case .waiting: [.active, .paused, .completed, .cancelled, .failed, .expired]
    case .paused: [.active, .waiting, .completed, .cancelled, .failed, .expired]
    case .failed: [.active, .cancelled]
    case .completed, .cancelled, .expired: []
    }
  }
}

/// Where one visit of a node is (RULES §5.4).
package enum WorkflowStepStatus: String, Codable, Sendable, CaseIterable {
  /// Come to, and not begun: a join that waits for branches, or what waits for a retry.
  case pending
  case active
  case completed
  case skipped
  case failed
  case cancelled
  case timeout

  /// Nothing leaves it again.
  package var isOver: Bool { self == .completed || self == .skipped || self == .cancelled }

  /// What may follow it directly; whatever isn't here is refused.
  package var next: Set<WorkflowStepStatus> {
    switch self {
    case .pending: [.active, .cancelled, .skipped]
    case .active: [.completed, .skipped, .failed, .cancelled, .timeout]
    case .failed: [.active, .cancelled]
    case .timeout: [.active, .completed, .cancelled]
    case .completed, .skipped, .cancelled: []
    }
  }
}

/// How much an instance matters; an escalation raises it by one.
package enum WorkflowPriority: String, Codable, Sendable, CaseIterable {
  case low
  case normal
  case high
  case urgent
  case critical

  package var raised: WorkflowPriority {
    switch self {
    case .low: .normal
    case .normal: .high
    case .high: .urgent
    case .urgent, .critical: .critical
    }
  }
}
