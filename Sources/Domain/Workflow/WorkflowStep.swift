/// Which step: a node of the definition, and how often the instance has come to it.
package struct WorkflowStepKey: Hashable, Codable, Sendable, Comparable {
  package let node: String
  /// From 1.
  package let visit: Int

  package init(_ node: String, visit: Int = 1) {
    self.node = node
    self.visit = visit
  }

  package static func < (left: WorkflowStepKey, right: WorkflowStepKey) -> Bool {
    (left.node, left.visit) < (right.node, right.visit)
  }
}

/// One of the ways that leave a fork.
package struct WorkflowBranch: Hashable, Codable, Sendable {
  package let fork: WorkflowStepKey
  /// Among the fork's edges, from 0.
  package let index: Int

  package init(of fork: WorkflowStepKey, _ index: Int) {
    self.fork = fork
    self.index = index
  }
}

/// Who is asked, and why they are.
package struct WorkflowSeat: Hashable, Codable, Sendable {
  package let person: ID<User>
  package let reason: String

  package init(_ person: ID<User>, reason: String = "") {
    self.person = person
    self.reason = reason
  }
}

/// Who isn't asked though the rule names them, and why not.
package struct WorkflowExclusion: Hashable, Codable, Sendable {
  package enum Reason: String, Codable, Sendable, CaseIterable {
    case creator
    case editor
    case submitter
    /// Lends their rights to one of these, or borrows them from one.
    case delegator
    /// Approves another step of the instance.
    case otherStep = "other_step"
    case limit
    /// May not, or can't sign in.
    case access

    /// Whether they don't even decide in somebody else's place; what else keeps them from their own
    /// is no matter there (RULES §4.5, §4.6).
    var isOfDuty: Bool {
      switch self {
      case .creator, .editor, .submitter, .delegator, .otherStep: true
      case .limit, .access: false
      }
    }
  }

  package let person: ID<User>
  package let reason: Reason

  package init(_ person: ID<User>, _ reason: Reason) {
    self.person = person
    self.reason = reason
  }
}

/// Who may act for whom.
package struct WorkflowDelegation: Hashable, Codable, Sendable {
  package let from: ID<User>
  package let to: ID<User>

  package init(from: ID<User>, to: ID<User>) {
    self.from = from
    self.to = to
  }
}

/// Who has taken a step upon themselves, and until when nobody else may.
package struct WorkflowClaim: Hashable, Codable, Sendable {
  package let person: ID<User>
  package let until: Timestamp

  /// After so many hours of the calendar others may take it over.
  package static let hours = 8

  package init(_ person: ID<User>, until: Timestamp) {
    self.person = person
    self.until = until
  }
}

/// How a step came out.
package enum WorkflowStepDecision: String, Codable, Sendable, CaseIterable {
  case approve
  case reject
  case `return`
  case done
  case expired
}

/// One visit of a node, as far as it has come.
package struct WorkflowStep: Hashable, Sendable {
  package let key: WorkflowStepKey
  /// The branches that it lies in, from the outermost.
  package let path: [WorkflowBranch]
  package internal(set) var status = WorkflowStepStatus.pending
  /// Everybody who is asked, in their order; none where no person has to do anything.
  package internal(set) var seats: [WorkflowSeat] = []
  package internal(set) var excluded: [WorkflowExclusion] = []
  /// Given for this step alone.
  package internal(set) var delegations: [WorkflowDelegation] = []
  package internal(set) var claim: WorkflowClaim?
  package internal(set) var votes: [ApprovalVote] = []
  package internal(set) var decision: WorkflowStepDecision?
  package internal(set) var completedBy: ID<User>?
  package internal(set) var activatedAt: Timestamp?
  package internal(set) var dueAt: Timestamp?
  package internal(set) var endedAt: Timestamp?
  /// How often its action was tried in vain, and how often of these since it was last begun.
  package internal(set) var attempts = 0
  package internal(set) var failures = 0
  package internal(set) var reassignments = 0
  /// How many levels of its escalation have been asked, and whether its fallback has.
  package internal(set) var level = 0
  package internal(set) var hasFallenBack = false
  /// Of a join: the branches that have come.
  package internal(set) var arrivals: Set<WorkflowBranch> = []
  package internal(set) var failure: WorkflowFailure?

  init(_ key: WorkflowStepKey, path: [WorkflowBranch]) {
    self.key = key
    self.path = path
  }

  /// Of an active step whose time is over; computed, never kept (RULES §5.5).
  package func isOverdue(at now: Timestamp) -> Bool {
    status == .active && dueAt.map { now > $0 } ?? false
  }

  package func isAsked(_ person: ID<User>) -> Bool { seats.contains { $0.person == person } }

  /// Whether it lies in a branch of that fork.
  func isWithin(_ fork: WorkflowStepKey) -> Bool { path.contains { $0.fork == fork } }
}

extension WorkflowStep {
  mutating func apply(_ change: WorkflowStepChange, of transition: WorkflowTransition) {
    switch change {
    case .arrived(let branch): arrivals.insert(branch)
    case .began(let activation): begin(activation, at: transition.at)
    case .claimed(let claim): self.claim = claim
    case .released: claim = nil
    case .voted(let vote):
      votes.removeAll { $0.person == vote.person }
      votes.append(vote)
    case .returned: decision = .return
    case .reassigned(let person, let seat):
      if let place = seats.firstIndex(where: { $0.person == person }) { seats[place] = seat }
      reassignments += 1
      release(person)
    case .delegated(let delegation): delegations.append(delegation)
    case .dropped(let exclusion):
      seats.removeAll { $0.person == exclusion.person }
      excluded.append(exclusion)
      release(exclusion.person)
    case .escalated(let escalation): escalate(escalation)
    case .attempted:
      attempts += 1
      failures += 1
    case .finished(let decision):
      self.decision = decision
      completedBy = transition.actor
    case .approvedByRule: decision = .approve
    case .skipped: completedBy = transition.actor
    case .broken(let failure): self.failure = failure
    case .fired, .commented, .cancelled: break
    }
  }

  /// Whoever sent it back is asked again; all others' votes stand.
  mutating func forgetReturn() {
    votes.removeAll { $0.decision == .return }
    if decision == .return { decision = nil }
  }

  mutating func forgetVotes() { votes = [] }

  mutating func shift(by milliseconds: Int64) {
    dueAt = dueAt?.shifted(by: milliseconds)
    claim = claim.map { WorkflowClaim($0.person, until: $0.until.shifted(by: milliseconds)) }
  }

  /// Whoever voted before it failed is asked again, if they still are.
  private mutating func begin(_ activation: WorkflowActivation, at now: Timestamp) {
    seats = activation.seats
    excluded = activation.excluded
    dueAt = activation.dueAt
    activatedAt = now
    votes = []
    claim = nil
    failures = 0
    level = activation.level
    hasFallenBack = activation.hasFallenBack
    failure = nil
  }

  private mutating func escalate(_ escalation: WorkflowEscalation) {
    if escalation.replaces {
      let voted = Set(votes.map(\.seat))
      seats.removeAll { !voted.contains($0.person) }
      claim = nil
    }
    seats += escalation.seats
    if escalation.isFallback { hasFallenBack = true } else { level += 1 }
  }

  /// What they took upon themselves or gave others is theirs no more.
  private mutating func release(_ person: ID<User>) {
    if claim?.person == person { claim = nil }
    delegations.removeAll { $0.from == person }
  }
}
