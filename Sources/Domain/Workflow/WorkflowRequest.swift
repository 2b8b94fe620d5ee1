/// What somebody, a timer or the system asks of an instance, and what it must know to answer.
package struct WorkflowRequest: Hashable, Sendable {
  package let action: WorkflowAction
  /// Acts for who is named in it only if that is so by `WorkflowWorld.delegations` or the step's.
  package let actor: Actor
  package let reason: String
  /// What the subject was when they looked at it; nil is not compared.
  package let seenHash: String?

  package init(
    _ action: WorkflowAction, by actor: Actor, reason: String = "", seenHash: String? = nil
  ) {
    self.action = action
    self.actor = actor
    self.reason = reason
    self.seenHash = seenHash
  }
}

/// What can be done to an instance (RULES §5.4). Whether somebody may is decided before, by their
/// permissions; here is decided whether it is theirs, and whether it can be done now.
package enum WorkflowAction: Hashable, Sendable {
  case start(WorkflowStart)
  case claim(WorkflowStepKey)
  case release(WorkflowStepKey)
  case vote(WorkflowStepKey, ApprovalDecision)
  /// Of a task, with what was filled in.
  case complete(WorkflowStepKey, [String: GuardValue])
  /// Of a review.
  case acknowledge(WorkflowStepKey)
  /// Nil is on the instance.
  case comment(WorkflowStepKey?)
  /// One's own place, where the definition lets assignees do that.
  case passOn(WorkflowStepKey, to: WorkflowSeat)
  /// Somebody's place, by who may reassign.
  case reassign(WorkflowStepKey, from: ID<User>, to: WorkflowSeat)
  /// Lets somebody act for oneself in this step alone; one stays asked.
  case delegate(WorkflowStepKey, to: ID<User>)
  /// By whoever started it.
  case withdraw
  case cancel
  case pause
  case resume
  /// All that failed is tried again.
  case retry
  case skip(WorkflowStepKey)
  case escalate(WorkflowStepKey)
  /// After a return, with what the subject is now.
  case resubmit(subjectHash: String?, moneyHash: String?)
  case fire(WorkflowTimer)
  case actionSucceeded(WorkflowStepKey)
  case actionFailed(WorkflowStepKey, error: String, WorkflowActionFailure)
  case event(String)
  case subjectChanged(hash: String)
  case subjectVoided
}

/// Whether something that went wrong may go right when it is tried again.
package enum WorkflowActionFailure: String, Sendable, CaseIterable {
  case passing
  /// As when the period is closed: only somebody who changes something helps.
  case lasting
}

/// What an instance must know of the world for one request.
package struct WorkflowWorld: Sendable {
  package let now: Timestamp
  /// Of the subject; what the instance keeps in its variables is added.
  package let facts: GuardFacts
  /// Who made the subject what it is, and approves it in no step (RULES §4.6).
  package let excluded: [WorkflowExclusion]
  /// Of every node that `WorkflowInstance.nodesAhead` names who is to be asked; nobody of others.
  package let assignments: [String: WorkflowAssignment]
  /// Those in force now by which one may act in another's name.
  package let delegations: Set<WorkflowDelegation>
  package let calendar: BusinessCalendar

  package init(
    now: Timestamp, facts: GuardFacts = GuardFacts(), excluded: [WorkflowExclusion] = [],
    assignments: [String: WorkflowAssignment] = [:],
    delegations: Set<WorkflowDelegation> = [], calendar: BusinessCalendar = .standard
  ) {
    self.now = now
    self.facts = facts
    self.excluded = excluded
    self.assignments = assignments
    self.delegations = delegations
    self.calendar = calendar
  }
}

/// Whom a node's rules name now.
package struct WorkflowAssignment: Hashable, Sendable {
  /// In the order of the rule; who is in `excluded` doesn't count in any of these.
  package let seats: [WorkflowSeat]
  package let fallback: [WorkflowSeat]
  /// Of each escalation of the node's deadline.
  package let escalations: [[WorkflowSeat]]
  package let excluded: [WorkflowExclusion]

  package init(
    _ seats: [WorkflowSeat] = [], fallback: [WorkflowSeat] = [],
    escalations: [[WorkflowSeat]] = [], excluded: [WorkflowExclusion] = []
  ) {
    self.seats = seats
    self.fallback = fallback
    self.escalations = escalations
    self.excluded = excluded
  }
}
