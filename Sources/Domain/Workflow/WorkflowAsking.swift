/// Who is asked, and what happens where too few are left who can be. Nothing is approved because
/// nobody could (RULES §5.1, §5.3).
extension WorkflowTurn {
  /// Begins a step of people.
  mutating func ask(_ key: WorkflowStepKey, _ node: WorkflowNode) {
    if case .approval = node.kind,
      let rule = definition.automaticApprovals.first(where: { $0.condition.holds(of: facts) })
    {
      change(key, .began(WorkflowActivation()), to: .active)
      return leave(
        key, by: .approvedByRule(id: rule.id), to: .completed, because: .condition)
    }
    var activation = WorkflowActivation()
    activation.excluded = excluded(from: key, node)
    activation.seats = newcomers(assignment(node).seats, activation.seats, activation.excluded)
    var asking = Asking(activation)
    while isShort(node, asking.seats), let source = asking.next(of: assignment(node)) {
      asking.take(source, newcomers(source.seats, asking.seats, activation.excluded))
    }
    activation.seats = asking.seats
    activation.level = asking.level
    activation.hasFallenBack = asking.hasFallenBack
    let isShort = isShort(node, activation.seats)
    if !isShort { setTimes(&activation, key, node) }
    change(key, .began(activation), to: .active)
    if isShort { return breakDown(key, .nobodyToAsk(node: node.id)) }
    notifyAsked(key, .asked)
  }

  /// Where more people come from: the fallback where there is nobody, the levels of the escalation
  /// in their order, and the fallback when these are at an end.
  struct Asking {
    var seats: [WorkflowSeat]
    var level: Int
    var hasFallenBack: Bool

    enum Source {
      case fallback([WorkflowSeat])
      case level(Int, [WorkflowSeat])

      var seats: [WorkflowSeat] {
        switch self {
        case .fallback(let seats), .level(_, let seats): seats
        }
      }
    }

    init(_ activation: WorkflowActivation) {
      seats = activation.seats
      level = 0
      hasFallenBack = false
    }

    init(_ step: WorkflowStep) {
      seats = step.seats
      level = step.level
      hasFallenBack = step.hasFallenBack
    }

    func next(of assignment: WorkflowAssignment) -> Source? {
      if seats.isEmpty, !hasFallenBack { return .fallback(assignment.fallback) }
      if level < assignment.escalations.count {
        return .level(level, assignment.escalations[level])
      }
      return hasFallenBack ? nil : .fallback(assignment.fallback)
    }

    mutating func take(_ source: Source, _ newcomers: [WorkflowSeat]) {
      seats += newcomers
      switch source {
      case .fallback: hasFallenBack = true
      case .level: level += 1
      }
    }
  }

  /// Asks more people until an active step has enough; it fails where nobody is left. Those who are
  /// asked stay, also where a level is to replace them: there are too few.
  mutating func askMore(_ key: WorkflowStepKey, _ node: WorkflowNode) {
    while let step = instance.steps[key], isShort(node, step) {
      guard let source = Asking(step).next(of: assignment(node)) else {
        return breakDown(key, .nobodyToAsk(node: node.id))
      }
      escalate(key, node, to: source, .adds, because: .consequence)
    }
    notifyAsked(key, .escalated)
  }

  /// Asks those of one source who aren't asked yet, if there are any.
  mutating func escalate(
    _ key: WorkflowStepKey, _ node: WorkflowNode, to source: Asking.Source,
    _ effect: Escalation.Effect, because cause: Cause, from timer: WorkflowTimer? = nil
  ) {
    let seats = newcomers(from: source, for: key, node)
    let isFallback = if case .fallback = source { true } else { false }
    let later = instance.timers.filter { $0.kind == .escalate && $0.step == key }.min()
    let escalation = WorkflowEscalation(
      seats: seats, replaces: effect == .replaces && !seats.isEmpty, isFallback: isFallback,
      instead: isFallback || timer != nil ? nil : later)
    change(key, .escalated(escalation), to: .active, because: cause)
  }

  func newcomers(
    from source: Asking.Source, for key: WorkflowStepKey, _ node: WorkflowNode
  ) -> [WorkflowSeat] {
    guard let step = instance.steps[key] else { return [] }
    return newcomers(source.seats, step.seats, excluded(from: key, node) + step.excluded)
  }

  func assignment(_ node: WorkflowNode) -> WorkflowAssignment {
    world.assignments[node.id] ?? WorkflowAssignment()
  }

  /// Whether those who were asked are asked no more.
  func effect(of source: Asking.Source, _ node: WorkflowNode) -> Escalation.Effect {
    let escalations = node.kind.deadline?.escalations ?? []
    guard case .level(let level, _) = source, level < escalations.count else { return .adds }
    return escalations[level].effect
  }

  private func newcomers(
    _ seats: [WorkflowSeat], _ asked: [WorkflowSeat], _ excluded: [WorkflowExclusion]
  ) -> [WorkflowSeat] {
    var known = Set(asked.map(\.person)).union(excluded.map(\.person))
    return seats.filter { known.insert($0.person).inserted }
  }

  /// Whoever may not be asked, and why.
  func excluded(from key: WorkflowStepKey, _ node: WorkflowNode) -> [WorkflowExclusion] {
    let excluded = assignment(node).excluded
    guard case .approval = node.kind else { return excluded }
    let others = instance.approvals.keys.sorted().filter { approvesOther($0, than: key) }
    return excluded + world.excluded + others.map { WorkflowExclusion($0, .otherStep) }
  }

  /// Whether they approved another step, and one of the two asks for different persons.
  func approvesOther(_ person: ID<User>, than key: WorkflowStepKey) -> Bool {
    (instance.approvals[person] ?? []).contains { other in
      other != key && (needsOthers(key) || needsOthers(other))
    }
  }

  func needsOthers(_ key: WorkflowStepKey) -> Bool {
    guard case .approval(let approval) = definition.node(key.node)?.kind else { return false }
    return approval.needsOtherPersons
  }

  private func isShort(_ node: WorkflowNode, _ seats: [WorkflowSeat]) -> Bool {
    guard case .approval(let approval) = node.kind else { return seats.isEmpty }
    let count = ApprovalCount(approval.mode, eligible: seats.map(\.person))
    return count.outcome == .short
  }

  private func isShort(_ node: WorkflowNode, _ step: WorkflowStep) -> Bool {
    guard case .approval(let approval) = node.kind else { return step.seats.isEmpty }
    return step.count(for: approval).outcome == .short
  }

  /// Tells those whose turn it is.
  mutating func notifyAsked(_ key: WorkflowStepKey, _ notice: WorkflowNotice) {
    guard let step = instance.steps[key], step.status == .active else { return }
    var asked = step.seats.map(\.person)
    if case .approval(let approval) = definition.node(key.node)?.kind {
      asked = step.count(for: approval).asked
    }
    if !asked.isEmpty { effects.append(.notify(asked, notice, step: key)) }
  }
}

extension WorkflowStep {
  package func count(for approval: ApprovalStep) -> ApprovalCount {
    ApprovalCount(
      approval.mode, hasVeto: approval.hasVeto, eligible: seats.map(\.person), votes: votes)
  }
}
