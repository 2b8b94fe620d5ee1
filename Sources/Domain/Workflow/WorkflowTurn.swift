/// What follows from one request: the transitions, in order, what is to be done outside, and what
/// the instance is then. Nothing is changed by finding it out.
package struct WorkflowTurn: Sendable {
  package internal(set) var instance: WorkflowInstance
  package private(set) var transitions: [WorkflowTransition] = []
  package internal(set) var effects: [WorkflowEffect] = []

  let definition: WorkflowDefinition
  let world: WorkflowWorld
  let request: WorkflowRequest
  /// What guards are asked about, the instance's variables included.
  var facts: GuardFacts
  var coming: [Token] = []

  /// On its way to a node.
  struct Token {
    let node: String
    let from: WorkflowStepKey?
    let path: [WorkflowBranch]
    let cause: Cause
  }

  /// Why something happens: because it was asked for, or because of what happened before.
  enum Cause {
    case request
    case consequence
    case condition
  }

  /// So many steps are come to in one turn at the most. No sound definition comes near it.
  static let mostArrivals = 1_000
}

extension WorkflowInstance {
  /// What follows from a request now. The instance is one of `definition`.
  package func turn(
    for request: WorkflowRequest, of definition: WorkflowDefinition, in world: WorkflowWorld
  ) throws(WorkflowRefusal) -> WorkflowTurn {
    var turn = WorkflowTurn(
      instance: self, definition: definition, world: world, request: request, facts: world.facts)
    turn.know(variables)
    try turn.perform(request.action)
    turn.arriveAll()
    turn.settle()
    turn.addEffects(since: self)
    return turn
  }
}

extension WorkflowTurn {
  var now: Timestamp { world.now }

  mutating func know(_ variables: [String: GuardValue]) {
    for (name, value) in variables { facts[name] = [value] }
  }

  /// A change of the instance; its status stays unless another is given.
  mutating func change(
    _ change: WorkflowInstanceChange, to status: WorkflowInstanceStatus? = nil,
    because cause: Cause = .consequence
  ) {
    let from = instance.status
    record(.instance(from: from, to: status ?? from, change), because: cause)
  }

  /// A change of a step; its status stays unless another is given.
  mutating func change(
    _ key: WorkflowStepKey, _ change: WorkflowStepChange, to status: WorkflowStepStatus? = nil,
    because cause: Cause = .consequence, for seat: ID<User>? = nil
  ) {
    guard let from = instance.steps[key]?.status else {
      preconditionFailure("only steps that were come to are changed")
    }
    record(.step(key, from: from, to: status ?? from, change), because: cause, for: seat)
  }

  mutating func record(
    _ move: WorkflowMove, because cause: Cause, for seat: ID<User>? = nil
  ) {
    let isAsked = if case .request = cause { true } else { false }
    let actor = request.actor
    let transition = WorkflowTransition(
      sequence: instance.sequence + 1, move: move, trigger: trigger(cause),
      actor: isAsked ? actor.user : nil, actingFor: isAsked ? seat : nil,
      reason: isAsked ? request.reason : "", dataHash: instance.subjectHash, at: now)
    do {
      try instance.apply(transition)
    } catch {
      preconditionFailure("what is decided is what the tables of states allow: \(move)")
    }
    transitions.append(transition)
  }

  private func trigger(_ cause: Cause) -> WorkflowTransition.Trigger {
    switch (cause, request.action) {
    case (.condition, _): .conditionMet
    case (.consequence, _): .autoComplete
    case (.request, .fire): .timeout
    case (.request, _) where request.actor.key != nil: .apiCall
    case (.request, _): request.actor.user == nil ? .systemEvent : .userAction
    }
  }

  /// Whether all that the instance is at waits for something that nobody has to do now.
  var isIdle: Bool {
    instance.isReturned
      || instance.live.allSatisfy { key in
        switch definition.node(key.node)?.kind {
        case .wait, .join: true
        case .system: instance.timers.contains { $0.step == key }
        case .start, .task, .approval, .review, .notification, .condition, .parallel, .end, nil:
          false
        }
      }
  }

  fileprivate mutating func settle() {
    guard instance.status == .active || instance.status == .waiting else { return }
    let status: WorkflowInstanceStatus = isIdle ? .waiting : .active
    if status != instance.status { change(.settled, to: status) }
  }

  /// Timers that are to fire now and weren't, and the other way round; and the same of actions.
  fileprivate mutating func addEffects(since before: WorkflowInstance) {
    effects += before.armed.subtracting(instance.armed).sorted().map(WorkflowEffect.cancel)
    effects += instance.armed.subtracting(before.armed).sorted().map(WorkflowEffect.set)
    let earlier = Set(before.actions(of: definition).map(\.step))
    for (step, action) in instance.actions(of: definition) where !earlier.contains(step) {
      let key = "\(instance.id.value)/\(step.node)/\(step.visit)"
      effects.append(.run(action, step, key: key))
    }
  }
}

extension WorkflowInstance {
  /// What the system is to do now.
  fileprivate func actions(
    of definition: WorkflowDefinition
  ) -> [(step: WorkflowStepKey, action: SystemAction)] {
    guard isRunning else { return [] }
    return live.compactMap { key in
      guard case .system(let step) = definition.node(key.node)?.kind,
        steps[key]?.status == .active, !timers.contains(where: { $0.step == key })
      else { return nil }
      return (key, step.action)
    }
  }

  /// The nodes whose assignees the next turn may ask for: those with people that it can come to
  /// without anybody doing anything, and those where it is.
  package func nodesAhead(in definition: WorkflowDefinition) -> Set<String> {
    var left = live.map(\.node)
    if status == .draft || isReturned, let start = definition.start { left.append(start.id) }
    var seen = Set(left)
    for node in live.map(\.node) { left += definition.edges(from: node).map(\.to) }
    seen.formUnion(left)
    while let id = left.popLast() {
      guard let node = definition.node(id), node.kind.assignees == nil else { continue }
      for edge in definition.edges(from: id) where seen.insert(edge.to).inserted {
        left.append(edge.to)
      }
    }
    return seen.filter { definition.node($0)?.kind.assignees != nil }
  }
}
