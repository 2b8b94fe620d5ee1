/// What is done to a whole instance, and by whoever watches over it (RULES §5.4).
extension WorkflowTurn {
  mutating func perform(_ action: WorkflowAction) throws(WorkflowRefusal) {
    switch action {
    case .start(let start): try begin(start)
    case .claim(let key): try claim(key)
    case .release(let key): try release(key)
    case .vote(let key, let decision): try vote(key, decision)
    case .complete(let key, let values): try complete(key, values)
    case .acknowledge(let key): try acknowledge(key)
    case .comment(let key): try comment(key)
    case .passOn(let key, let seat): try passOn(key, to: seat)
    case .reassign(let key, let person, let seat): try reassign(key, from: person, to: seat)
    case .delegate(let key, let person): try delegate(key, to: person)
    case .withdraw: try withdraw()
    case .cancel: try cancel()
    case .pause: try pause()
    case .resume: try resume()
    case .retry: try retry()
    case .skip(let key): try skip(key)
    case .escalate(let key): try escalate(key)
    case .resubmit(let hash, let moneyHash): try resubmit(hash, moneyHash)
    case .fire(let timer): try fire(timer)
    case .actionSucceeded(let key): try succeed(key)
    case .actionFailed(let key, let error, let failure): try fail(key, error, failure)
    case .event(let event): try hear(event)
    case .subjectChanged(let hash): try subjectChanged(hash)
    case .subjectVoided:
      try checkBegun()
      end(.subjectVoided, because: .request)
    }
  }

  private mutating func begin(_ start: WorkflowStart) throws(WorkflowRefusal) {
    guard instance.status == .draft else { throw .alreadyStarted }
    try check(start.variables, Set(definition.variables.map(\.name)))
    guard let node = definition.start else {
      preconditionFailure("a definition without one start isn't published")
    }
    let deadline = definition.timeout.map { world.calendar.adding($0, to: now) }
    change(.started(start, deadline: deadline), to: .active, because: .request)
    know(start.variables)
    come(to: node.id, from: nil, because: .request)
  }

  /// Neither a draft nor over.
  private func checkBegun() throws(WorkflowRefusal) {
    guard instance.status != .draft, !instance.status.isOver else {
      throw .notRunning(instance.status)
    }
  }

  private mutating func comment(_ key: WorkflowStepKey?) throws(WorkflowRefusal) {
    try checkBegun()
    try requireReason()
    guard let key else { return change(.commented, because: .request) }
    guard instance.steps[key] != nil else { throw .unknownStep(key) }
    change(key, .commented, because: .request)
  }

  private mutating func withdraw() throws(WorkflowRefusal) {
    guard request.actor.user == instance.startedBy else {
      throw .notInitiator(instance.startedBy)
    }
    switch instance.status {
    case .active, .waiting, .paused: end(.withdrawn, because: .request)
    case .draft, .completed, .cancelled, .failed, .expired: throw .notRunning(instance.status)
    }
  }

  private mutating func cancel() throws(WorkflowRefusal) {
    guard !instance.status.isOver else { throw .notRunning(instance.status) }
    guard definition.canBeCancelled else { throw .notCancellable }
    try requireReason()
    end(.cancelled, because: .request)
  }

  private mutating func pause() throws(WorkflowRefusal) {
    guard instance.status == .active || instance.status == .waiting else {
      throw .notRunning(instance.status)
    }
    guard definition.canBePaused else { throw .notPausable }
    change(.paused, to: .paused, because: .request)
  }

  private mutating func resume() throws(WorkflowRefusal) {
    guard instance.status == .paused else { throw .notRunning(instance.status) }
    let heard = instance.heard
    change(.resumed, to: isIdle ? .waiting : .active, because: .request)
    goOn(heard)
  }

  /// Tries again what failed, and begins what was come to meanwhile.
  private mutating func retry() throws(WorkflowRefusal) {
    guard instance.status == .failed else { throw .notRunning(instance.status) }
    let heard = instance.heard
    change(.retried, to: .active, because: .request)
    for key in instance.live where instance.isRunning {
      // A join that has enough cancels others of these.
      guard let step = instance.steps[key], step.status == .failed || step.status == .pending
      else { continue }
      if step.arrivals.isEmpty { begin(key) } else { gather(key) }
    }
    goOn(heard)
  }

  private mutating func skip(_ key: WorkflowStepKey) throws(WorkflowRefusal) {
    let (step, node) = try active(key)
    try requireReason()
    if case .approval = node.kind,
      needsOthers(key) || !step.excluded.isEmpty || !excluded(from: key, node).isEmpty
    {
      throw .approvalNotSkipped
    }
    leave(key, by: .skipped, to: .skipped, because: .request)
  }

  /// Asks the next who can be asked, before their time.
  private mutating func escalate(_ key: WorkflowStepKey) throws(WorkflowRefusal) {
    let (step, node) = try active(key)
    guard node.kind.assignees != nil else { throw .wrongKind(node.kind.name) }
    var asking = Asking(step)
    var sources: [Asking.Source] = []
    while let source = asking.next(of: assignment(node)) {
      sources.append(source)
      guard newcomers(from: source, for: key, node).isEmpty else {
        for source in sources {
          escalate(key, node, to: source, effect(of: source, node), because: .request)
        }
        return askMore(key, node)
      }
      asking.take(source, [])
    }
    throw .nobodyToEscalateTo
  }

  private mutating func resubmit(
    _ hash: String?, _ moneyHash: String?
  ) throws(WorkflowRefusal) {
    guard instance.isReturned else { throw .notReturned }
    guard instance.status == .waiting else { throw .notRunning(instance.status) }
    let isSameMoney = moneyHash != nil && moneyHash == instance.moneyHash
    let keepsVotes = isSameMoney && instance.steps.values.allSatisfy { standsUnchanged($0) }
    let heard = instance.heard
    change(
      .resubmitted(subjectHash: hash, moneyHash: moneyHash, keepsVotes: keepsVotes),
      to: .active, because: .request)
    if keepsVotes {
      for key in instance.live { notifyAsked(key, .asked) }
      goOn(heard)
    } else if let start = definition.start {
      cancel { _ in true }
      come(to: start.id, from: nil)
    }
  }

  /// Whether a change of texts alone voids no vote on it.
  private func standsUnchanged(_ step: WorkflowStep) -> Bool {
    guard case .approval(let approval) = definition.node(step.key.node)?.kind else { return true }
    return approval.keepsVotes || !step.votes.contains { $0.round == instance.round }
  }

  private mutating func subjectChanged(_ hash: String) throws(WorkflowRefusal) {
    try checkBegun()
    // Whoever it was returned to is expected to change it.
    guard !instance.isReturned, hash != instance.subjectHash else { return }
    end(.subjectChanged, because: .request)
  }
}
