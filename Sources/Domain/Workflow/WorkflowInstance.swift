/// A workflow that runs: where it is, and who is asked for what. Its state is what its transitions
/// make of a draft, and nothing else (RULES §5.4).
package struct WorkflowInstance: Hashable, Sendable {
  package let id: ID<WorkflowInstance>
  package private(set) var status = WorkflowInstanceStatus.draft
  package private(set) var ending: WorkflowEnding?
  package private(set) var startedBy: ID<User>?
  package private(set) var startedAt: Timestamp?
  package private(set) var endedAt: Timestamp?
  package private(set) var pausedAt: Timestamp?
  /// When it expires.
  package private(set) var deadline: Timestamp?
  package private(set) var subjectHash: String?
  package private(set) var moneyHash: String?
  package private(set) var variables: [String: GuardValue] = [:]
  package private(set) var priority = WorkflowPriority.normal
  /// From 1; the next begins when the subject is submitted again after a return.
  package private(set) var round = 1
  /// Whether it waits for the subject to be changed and submitted again.
  package private(set) var isReturned = false
  package private(set) var failure: WorkflowFailure?
  package private(set) var steps: [WorkflowStepKey: WorkflowStep] = [:]
  /// The steps that aren't over, in the order they were come to: where the instance is.
  package private(set) var live: [WorkflowStepKey] = []
  /// All that are to fire; none does while nothing goes on.
  package private(set) var timers: Set<WorkflowTimer> = []
  /// Events that are waited for and came while nothing went on.
  package private(set) var heard: Set<String> = []
  /// Who approved what in this round, in their own name or by lending it.
  package private(set) var approvals: [ID<User>: Set<WorkflowStepKey>] = [:]
  /// Of each node how often it was come to, and how often before this round.
  private(set) var visits: [String: Int] = [:]
  private(set) var visitsBefore: [String: Int] = [:]
  /// Of each fork the join to which a branch of it came.
  private(set) var joins: [WorkflowStepKey: WorkflowStepKey] = [:]
  /// Of the last transition.
  package private(set) var sequence = 0
  private var stoppedAt: Timestamp?

  /// One that nobody has started.
  package init(_ id: ID<WorkflowInstance>) { self.id = id }

  /// What `transitions` made of it, which are in order and complete.
  package static func replay(
    _ id: ID<WorkflowInstance>, _ transitions: some Sequence<WorkflowTransition>
  ) throws(WorkflowHistoryFault) -> WorkflowInstance {
    var instance = WorkflowInstance(id)
    for transition in transitions { try instance.apply(transition) }
    return instance
  }

  /// Whether it was begun and nothing has ended or stopped it: only then is anything decided.
  package var isRunning: Bool { (status == .active || status == .waiting) && !isReturned }

  /// Those that fire when they are due.
  package var armed: Set<WorkflowTimer> { isRunning ? timers : [] }

  /// How often a node was come to in this round.
  func visits(of node: String) -> Int { (visits[node] ?? 0) - (visitsBefore[node] ?? 0) }
}

/// A transition that can't have followed those before it: the history isn't whole.
package struct WorkflowHistoryFault: Error, Hashable, Sendable {
  package let sequence: Int
}

extension WorkflowInstance {
  /// Makes one more change. It is deciding that refuses; here is only found that a history is
  /// broken, and then nothing is changed.
  package mutating func apply(_ transition: WorkflowTransition) throws(WorkflowHistoryFault) {
    guard transition.sequence == sequence + 1, transition.move.isAllowed, fits(transition.move)
    else { throw WorkflowHistoryFault(sequence: transition.sequence) }
    let wasStopped = isStopped
    sequence = transition.sequence
    switch transition.move {
    case .instance(_, let to, let change):
      status = to
      apply(change, of: transition)
    case .arrival(let key, _, let path):
      steps[key] = WorkflowStep(key, path: path)
      live.append(key)
      visits[key.node] = key.visit
    case .step(let key, _, let to, let change):
      steps[key]?.status = to
      steps[key]?.apply(change, of: transition)
      apply(change, of: key)
      if to.isOver { leave(key, at: transition.at) }
    }
    if isStopped != wasStopped { stopOrShift(at: transition.at) }
  }

  private var isStopped: Bool { status == .paused || status == .failed || isReturned }

  /// Whether things are as the move says they were.
  private func fits(_ move: WorkflowMove) -> Bool {
    switch move {
    case .instance(let from, _, _): from == status
    case .arrival(let key, _, _): key.visit == (visits[key.node] ?? 0) + 1
    case .step(let key, let from, _, _): steps[key]?.status == from
    }
  }

  /// What was due while nothing went on is due later by as long (RULES §5.4).
  private mutating func stopOrShift(at now: Timestamp) {
    guard let since = stoppedAt else {
      stoppedAt = now
      return
    }
    stoppedAt = nil
    heard = []
    guard !status.isOver else { return }
    let passed = now.milliseconds - since.milliseconds
    timers = Set(timers.map { $0.shifted(by: passed) })
    deadline = deadline?.shifted(by: passed)
    for key in live { steps[key]?.shift(by: passed) }
  }

  private mutating func leave(_ key: WorkflowStepKey, at now: Timestamp) {
    live.removeAll { $0 == key }
    timers = timers.filter { $0.step != key }
    steps[key]?.endedAt = now
    steps[key]?.claim = nil
  }

  private mutating func apply(
    _ change: WorkflowInstanceChange, of transition: WorkflowTransition
  ) {
    switch change {
    case .started(let start, let deadline):
      startedBy = transition.actor
      startedAt = transition.at
      subjectHash = start.subjectHash
      moneyHash = start.moneyHash
      variables = start.variables
      priority = start.priority
      self.deadline = deadline
      if let deadline { timers.insert(WorkflowTimer(.expire, of: nil, due: deadline)) }
    case .paused: pausedAt = transition.at
    case .resumed: pausedAt = nil
    case .retried: failure = nil
    case .resubmitted(let subjectHash, let moneyHash, let keepsVotes):
      self.subjectHash = subjectHash
      self.moneyHash = moneyHash
      isReturned = false
      round += 1
      if !keepsVotes { approvals = [:] }
      if !keepsVotes { visitsBefore = visits }
      for key in live {
        if keepsVotes { steps[key]?.forgetReturn() } else { steps[key]?.forgetVotes() }
      }
    case .filled(let values): variables.merge(values) { $1 }
    case .heard(let event): heard.insert(event)
    case .fired(let timer): timers.remove(timer)
    case .ended(let ending):
      self.ending = ending
      endedAt = transition.at
      isReturned = false
      pausedAt = nil
      timers = []
    case .settled, .failed, .commented: break
    }
  }

  /// What a step's change means for the instance.
  private mutating func apply(_ change: WorkflowStepChange, of key: WorkflowStepKey) {
    switch change {
    case .arrived(let branch): joins[branch.fork] = key
    case .began(let activation):
      timers.formUnion(activation.timers)
      approve(key)
    case .voted: approve(key)
    case .returned: isReturned = true
    case .escalated(let escalation):
      if let timer = escalation.instead { timers.remove(timer) }
      priority = priority.raised
    case .attempted(_, let retryAt): timers.insert(WorkflowTimer(.retry, of: key, due: retryAt))
    case .fired(let timer): timers.remove(timer)
    case .broken(let failure):
      self.failure = failure
      timers = timers.filter { $0.step != key }
    case .claimed, .released, .reassigned, .delegated, .dropped, .commented, .finished,
      .approvedByRule, .skipped, .cancelled:
      break
    }
  }

  /// Whoever approves the step now, and nobody who did before.
  private mutating func approve(_ key: WorkflowStepKey) {
    for person in approvals.keys { approvals[person]?.remove(key) }
    for vote in steps[key]?.votes ?? [] where vote.decision == .approve {
      for person in vote.persons { approvals[person, default: []].insert(key) }
    }
    approvals = approvals.filter { !$0.value.isEmpty }
  }
}

extension ApprovalVote {
  /// Whoever voted, and whoever lent them their place.
  var persons: [ID<User>] { [person] + (actingFor.map { [$0] } ?? []) }
}
