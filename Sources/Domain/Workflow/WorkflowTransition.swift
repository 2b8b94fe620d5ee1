/// One change of an instance or of one of its steps. What an instance is follows from these alone
/// (RULES §5.4).
package struct WorkflowTransition: Hashable, Codable, Sendable {
  package enum Trigger: String, Codable, Sendable, CaseIterable {
    case userAction = "user_action"
    case autoComplete = "auto_complete"
    case timeout
    case conditionMet = "condition_met"
    case systemEvent = "system_event"
    case apiCall = "api_call"
  }

  /// From 1 in each instance.
  package let sequence: Int
  package let move: WorkflowMove
  package let trigger: Trigger
  /// Nil is the system.
  package let actor: ID<User>?
  package let actingFor: ID<User>?
  package let reason: String
  /// What the subject was then.
  package let dataHash: String?
  package let at: Timestamp

  package init(
    sequence: Int, move: WorkflowMove, trigger: Trigger, actor: ID<User>? = nil,
    actingFor: ID<User>? = nil, reason: String = "", dataHash: String? = nil, at: Timestamp
  ) {
    self.sequence = sequence
    self.move = move
    self.trigger = trigger
    self.actor = actor
    self.actingFor = actingFor
    self.reason = reason
    self.dataHash = dataHash
    self.at = at
  }
}

/// Whose status a transition is about, and what else it changes. A status may stay what it was, as
/// when a vote leaves a step active.
package enum WorkflowMove: Hashable, Codable, Sendable {
  case instance(
    from: WorkflowInstanceStatus, to: WorkflowInstanceStatus, WorkflowInstanceChange)
  /// A step that is come to, from where, and the branches that it lies in; nil is from outside.
  case arrival(WorkflowStepKey, from: WorkflowStepKey?, path: [WorkflowBranch])
  case step(
    WorkflowStepKey, from: WorkflowStepStatus, to: WorkflowStepStatus, WorkflowStepChange)

  /// Where from, where to and the two statuses, as the table of transitions has them.
  package var fromStep: WorkflowStepKey? {
    switch self {
    case .instance: nil
    case .arrival(_, let origin, _): origin
    case .step(let step, _, _, _): step
    }
  }

  package var toStep: WorkflowStepKey? {
    switch self {
    case .instance: nil
    case .arrival(let step, _, _), .step(let step, _, _, _): step
    }
  }

  package var fromStatus: String? {
    switch self {
    case .instance(let status, _, _): status.rawValue
    case .arrival: nil
    case .step(_, let status, _, _): status.rawValue
    }
  }

  package var toStatus: String {
    switch self {
    case .instance(_, let status, _): status.rawValue
    case .arrival: WorkflowStepStatus.pending.rawValue
    case .step(_, _, let status, _): status.rawValue
    }
  }

  /// Whether the tables of RULES §5.4 know it.
  package var isAllowed: Bool {
    switch self {
    case .instance(let from, let to, _): from == to || from.next.contains(to)
    case .arrival: true
    case .step(_, let from, let to, _): from == to || from.next.contains(to)
    }
  }
}

package enum WorkflowInstanceChange: Hashable, Codable, Sendable {
  case started(WorkflowStart, deadline: Timestamp?)
  /// It waits, or goes on.
  case settled
  case paused
  case resumed
  /// Because of a step that is broken.
  case failed
  case retried
  case resubmitted(subjectHash: String?, moneyHash: String?, keepsVotes: Bool)
  case filled([String: GuardValue])
  /// An event that is waited for came while nothing goes on.
  case heard(event: String)
  /// When it was to happen is in the timer, when it did in the transition.
  case fired(WorkflowTimer)
  case commented
  case ended(WorkflowEnding)
}

package enum WorkflowStepChange: Hashable, Codable, Sendable {
  /// A branch came to a join.
  case arrived(WorkflowBranch)
  case began(WorkflowActivation)
  case claimed(WorkflowClaim)
  case released
  case voted(ApprovalVote)
  /// For changes; it stays where it is until they are made.
  case returned
  case reassigned(from: ID<User>, to: WorkflowSeat)
  case delegated(WorkflowDelegation)
  /// Who is asked no more.
  case dropped(WorkflowExclusion)
  case escalated(WorkflowEscalation)
  /// In vain, and it is tried again then.
  case attempted(error: String, retryAt: Timestamp)
  /// When it was to happen is in the timer, when it did in the transition.
  case fired(WorkflowTimer)
  case commented
  case finished(WorkflowStepDecision?)
  /// By a rule of the definition (RULES §5.3), which never changes.
  case approvedByRule(id: String)
  case skipped
  case broken(WorkflowFailure)
  case cancelled
}

/// What an instance begins with.
package struct WorkflowStart: Hashable, Codable, Sendable {
  /// What the subject is; nil where it is nothing of the books.
  package let subjectHash: String?
  /// What counts of it (RULES §5.3): while that is the same, only texts and attachments changed.
  package let moneyHash: String?
  package let variables: [String: GuardValue]
  package let priority: WorkflowPriority

  package init(
    subjectHash: String? = nil, moneyHash: String? = nil, variables: [String: GuardValue] = [:],
    priority: WorkflowPriority = .normal
  ) {
    self.subjectHash = subjectHash
    self.moneyHash = moneyHash
    self.variables = variables
    self.priority = priority
  }
}

/// What a step begins with, or begins with again.
package struct WorkflowActivation: Hashable, Codable, Sendable {
  package var seats: [WorkflowSeat] = []
  package var excluded: [WorkflowExclusion] = []
  package var dueAt: Timestamp?
  package var timers: [WorkflowTimer] = []
  /// How many levels of its escalation are asked already, because too few were there.
  package var level = 0
  package var hasFallenBack = false
}

/// Who is asked besides those who are, or in their stead.
package struct WorkflowEscalation: Hashable, Codable, Sendable {
  package let seats: [WorkflowSeat]
  /// Whether those who haven't voted are asked no more.
  package let replaces: Bool
  /// Whether these are the fallback, not the next level.
  package let isFallback: Bool
  /// What would have asked them later.
  package let instead: WorkflowTimer?
}

/// How an instance ends.
package enum WorkflowEnding: Hashable, Codable, Sendable {
  case completed(WorkflowResult)
  case withdrawn
  case cancelled
  /// Somebody changed what it is about while it was decided on.
  case subjectChanged
  /// What it is about is no more.
  case subjectVoided
  case expired

  package var status: WorkflowInstanceStatus {
    switch self {
    case .completed: .completed
    case .withdrawn, .cancelled, .subjectChanged, .subjectVoided: .cancelled
    case .expired: .expired
    }
  }
}

extension WorkflowResult: Codable {}

/// Why an instance can't go on by itself.
package enum WorkflowFailure: Hashable, Codable, Sendable {
  /// Too few are left who may decide, the fallback and all escalations included.
  case nobodyToAsk(node: String)
  case tooManyVisits(node: String, most: Int)
  /// What the system was to do can't be done, or could not after all retries.
  case action(node: String, error: String)
  /// What a wait waits for isn't known.
  case lacksDay(node: String, variable: String)
  /// It goes round without anybody having to do anything; no sound definition does.
  case endless(node: String)
  /// The definition leads nowhere from there; no sound one does.
  case unsound(node: String)
}
