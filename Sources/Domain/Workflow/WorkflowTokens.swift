/// How tokens go from node to node. A fork makes one of each of its branches, and its join one of
/// them again, so that none is lost and none is doubled.
extension WorkflowTurn {
  mutating func arriveAll() {
    var arrivals = 0
    while !coming.isEmpty {
      let token = coming.removeFirst()
      arrivals += 1
      arrive(token, isEndless: arrivals > Self.mostArrivals)
    }
  }

  mutating func come(
    to node: String, from step: WorkflowStepKey?, path: [WorkflowBranch] = [],
    because cause: Cause = .consequence
  ) {
    coming.append(Token(node: node, from: step, path: path, cause: cause))
  }

  private mutating func arrive(_ token: Token, isEndless: Bool) {
    if case .join = definition.node(token.node)?.kind, let branch = token.path.last {
      return join(token, branch)
    }
    let key = addStep(token, path: token.path)
    guard instance.isRunning else { return }
    if isEndless {
      change(key, .began(WorkflowActivation()), to: .active)
      breakDown(key, .endless(node: token.node))
    } else {
      begin(key)
    }
  }

  private mutating func addStep(
    _ token: Token, path: some Sequence<WorkflowBranch>
  ) -> WorkflowStepKey {
    let visit = (instance.visits[token.node] ?? 0) + 1
    let key = WorkflowStepKey(token.node, visit: visit)
    record(.arrival(key, from: token.from, path: Array(path)), because: token.cause)
    return key
  }

  /// Begins a step that was come to, or once more one that failed. One that comes too often fails;
  /// whoever retries it grants one visit more.
  mutating func begin(_ key: WorkflowStepKey) {
    guard let node = definition.node(key.node) else {
      change(key, .began(WorkflowActivation()), to: .active)
      return breakDown(key, .unsound(node: key.node))
    }
    let isNew = instance.steps[key]?.status == .pending
    if isNew, let most = node.maxVisits, instance.visits(of: node.id) > most {
      change(key, .began(WorkflowActivation()), to: .active)
      return breakDown(key, .tooManyVisits(node: node.id, most: most))
    }
    switch node.kind {
    case .task, .approval, .review: ask(key, node)
    case .wait(let wait): hold(key, wait)
    case .start, .notification, .condition, .parallel, .join, .system, .end:
      change(key, .began(WorkflowActivation()), to: .active)
      pass(key, node)
    }
  }

  /// Nodes that are done at once.
  private mutating func pass(_ key: WorkflowStepKey, _ node: WorkflowNode) {
    switch node.kind {
    case .start: complete(key, nil)
    case .notification:
      effects.append(.send(key))
      complete(key, nil)
    case .condition: choose(key)
    case .parallel: fork(key)
    case .end(let result):
      change(key, .finished(nil), to: .completed)
      end(.completed(result))
    case .join: breakDown(key, .unsound(node: node.id))
    // The system's action is an effect; its outcome comes back.
    case .system, .task, .approval, .review, .wait: break
    }
  }

  /// Finishes an active step and goes on along its edge.
  mutating func complete(
    _ key: WorkflowStepKey, _ decision: WorkflowStepDecision?, because cause: Cause = .consequence,
    for seat: ID<User>? = nil
  ) {
    leave(key, by: .finished(decision), to: .completed, because: cause, for: seat)
  }

  mutating func leave(
    _ key: WorkflowStepKey, by change: WorkflowStepChange, to status: WorkflowStepStatus,
    because cause: Cause, for seat: ID<User>? = nil
  ) {
    guard let edge = definition.edges(from: key.node).first else {
      return breakDown(key, .unsound(node: key.node))
    }
    self.change(key, change, to: status, because: cause, for: seat)
    come(to: edge.to, from: key, path: path(of: key))
  }

  private func path(of key: WorkflowStepKey) -> [WorkflowBranch] {
    instance.steps[key]?.path ?? []
  }

  private mutating func choose(_ key: WorkflowStepKey) {
    let edges = definition.edges(from: key.node)
    let chosen =
      edges.first { !$0.isDefault && $0.condition?.holds(of: facts) ?? false }
      ?? edges.first(where: \.isDefault)
    guard let chosen else { return breakDown(key, .unsound(node: key.node)) }
    change(key, .finished(nil), to: .completed)
    come(to: chosen.to, from: key, path: path(of: key), because: .condition)
  }

  private mutating func fork(_ key: WorkflowStepKey) {
    let path = path(of: key)
    change(key, .finished(nil), to: .completed)
    for (index, edge) in definition.edges(from: key.node).enumerated() {
      come(to: edge.to, from: key, path: path + [WorkflowBranch(of: key, index)])
    }
  }

  private mutating func join(_ token: Token, _ branch: WorkflowBranch) {
    let key = instance.joins[branch.fork] ?? addStep(token, path: token.path.dropLast())
    change(key, .arrived(branch))
    if instance.isRunning { gather(key) }
  }

  /// Makes one token of those that came to a join, when there are enough.
  mutating func gather(_ key: WorkflowStepKey) {
    guard case .join(let mode) = definition.node(key.node)?.kind,
      let arrivals = instance.steps[key]?.arrivals, let fork = arrivals.first?.fork
    else { return }
    let needed =
      switch mode {
      case .all: definition.edges(from: fork.node).count
      case .any: 1
      case .count(let count): count
      }
    guard arrivals.count >= needed else { return }
    cancel { $0.isWithin(fork) }
    coming.removeAll { $0.path.contains { $0.fork == fork } }
    change(key, .began(WorkflowActivation()), to: .active)
    complete(key, nil)
  }

  mutating func cancel(_ isOver: (WorkflowStep) -> Bool) {
    for key in instance.live {
      guard let step = instance.steps[key], isOver(step) else { continue }
      change(key, .cancelled, to: .cancelled)
    }
  }

  /// A step that can't go on; nothing of the instance does until it is retried.
  mutating func breakDown(_ key: WorkflowStepKey, _ failure: WorkflowFailure) {
    change(key, .broken(failure), to: .failed)
    if instance.status != .failed { change(.failed, to: .failed) }
    effects.append(.report(failure))
  }

  mutating func end(_ ending: WorkflowEnding, because cause: Cause = .consequence) {
    cancel { _ in true }
    coming = []
    change(.ended(ending), to: ending.status, because: cause)
    switch ending {
    case .completed(.approved): effects.append(.subject(.approved))
    case .completed(.rejected): effects.append(.subject(.rejected))
    case .completed(.done), .subjectVoided: break
    case .completed(.cancelled), .withdrawn, .cancelled, .subjectChanged, .expired:
      effects.append(.subject(.returnedToDraft))
    }
    tellInitiator(.ended(ending))
  }

  mutating func tellInitiator(_ notice: WorkflowNotice) {
    guard let initiator = instance.startedBy else { return }
    effects.append(.notify([initiator], notice, step: nil))
  }
}
