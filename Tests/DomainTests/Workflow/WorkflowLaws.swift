import Domain

/// What is so of every instance after everything that is done to it.
struct WorkflowLaws {
  private let run: RandomRun
  private let instance: WorkflowInstance
  private let definition: WorkflowDefinition
  /// Of each fork the join that some branch of it came to.
  private let joins: [WorkflowStepKey: WorkflowStep]

  init(_ run: RandomRun) {
    self.run = run
    instance = run.instance
    definition = run.definition
    var joins: [WorkflowStepKey: WorkflowStep] = [:]
    for step in run.instance.steps.values {
      if let branch = step.arrivals.first { joins[branch.fork] = step }
    }
    self.joins = joins
  }

  /// The first that isn't so.
  var problem: String? {
    tokenProblem ?? statusProblem ?? instance.live.lazy.compactMap(waitingProblem).first
      ?? personProblem
  }

  private func kind(_ key: WorkflowStepKey) -> WorkflowNode.Kind? {
    definition.node(key.node)?.kind
  }

  private func isJoin(_ key: WorkflowStepKey) -> Bool { kind(key)?.name == .join }

  /// Each branch of a fork that isn't joined has one token: a step, a fork of its own that isn't
  /// joined, or it has come to the join. So has the instance itself.
  private var tokenProblem: String? {
    let live = Set(instance.steps.values.filter { !$0.status.isOver }.map(\.key))
    guard live == Set(instance.live), live.count == instance.live.count else {
      return "other steps are alive"
    }
    guard instance.status != .draft else { return live.isEmpty ? nil : "a draft is somewhere" }
    guard !instance.status.isOver else { return live.isEmpty ? nil : "it is over and somewhere" }
    var tokens: [WorkflowBranch?: Int] = [:]
    for step in instance.steps.values where !run.past.contains(step.key) {
      let isToken = !step.status.isOver && !isJoin(step.key)
      if isToken || isOpenFork(step) { tokens[step.path.last, default: 0] += 1 }
      for branch in step.arrivals where !step.status.isOver { tokens[branch, default: 0] += 1 }
    }
    if tokens[nil] != 1 { return "it is at \(tokens[nil] ?? 0) places" }
    for step in instance.steps.values where !run.past.contains(step.key) && isOpenFork(step) {
      for index in definition.edges(from: step.key.node).indices {
        let count = tokens[WorkflowBranch(of: step.key, index)] ?? 0
        if count != 1 { return "branch \(index) of \(step.key.node) is at \(count) places" }
      }
    }
    return nil
  }

  /// Of which, and of all around which, some branches are still on their way.
  private func isOpenFork(_ step: WorkflowStep) -> Bool {
    guard kind(step.key)?.name == .parallel, step.status == .completed else { return false }
    return !isJoined(step.key) && !step.path.contains { isJoined($0.fork) }
  }

  private func isJoined(_ fork: WorkflowStepKey) -> Bool { joins[fork]?.status.isOver ?? false }

  private var statusProblem: String? {
    let live = Set(instance.live)
    if let stray = instance.timers.first(where: { $0.step.map { !live.contains($0) } ?? false }) {
      return "a timer of \(stray.step?.node ?? "") goes on"
    }
    let isBroken = instance.live.contains { instance.steps[$0]?.status == .failed }
    switch instance.status {
    case .failed: return isBroken && instance.failure != nil ? nil : "nothing failed"
    case .active, .waiting, .paused:
      if isBroken { return "something failed, and it goes on" }
      if instance.status == .waiting, !instance.isReturned,
        instance.live.contains(where: { kind($0)?.assignees != nil })
      {
        return "it waits while people are asked"
      }
      return nil
    case .completed: return instance.ending == nil ? "it ended nowhere" : nil
    case .draft, .cancelled, .expired: return nil
    }
  }

  /// What is active waits for somebody who can act, a timer, an event, or the system.
  private func waitingProblem(_ key: WorkflowStepKey) -> String? {
    guard instance.isRunning, let step = instance.steps[key], let kind = kind(key) else {
      return nil
    }
    if case .join = kind { return step.status == .pending ? nil : "a join hangs" }
    guard step.status == .active else { return "\(key.node) is \(step.status) for good" }
    switch kind {
    case .task, .review: return step.seats.isEmpty ? "\(key.node) asks nobody" : nil
    case .approval(let approval):
      let count = step.count(for: approval)
      guard count.outcome == .open, !count.asked.isEmpty else {
        return "\(key.node) is decided and waits"
      }
      let isBarred = step.excluded.contains { count.asked.contains($0.person) }
      return isBarred || count.asked.contains(where: { approves($0, otherThan: key) })
        ? "\(key.node) asks who may not" : nil
    case .wait(.event): return nil
    case .wait: return hasTimer(.wake, key) ? nil : "nothing wakes \(key.node)"
    case .system:
      return hasTimer(.retry, key) || run.isAsked(key) ? nil : "nobody does \(key.node)"
    case .start, .notification, .condition, .parallel, .join, .end: return "\(key.node) hangs"
    }
  }

  private func approves(_ person: ID<User>, otherThan key: WorkflowStepKey) -> Bool {
    (instance.approvals[person] ?? []).contains { $0 != key && (isStrict($0) || isStrict(key)) }
  }

  private func hasTimer(_ kind: WorkflowTimer.Kind, _ key: WorkflowStepKey) -> Bool {
    instance.armed.contains { $0.kind == kind && $0.step == key }
  }

  /// An approval that is done was approved by somebody, and where other persons are asked for, by
  /// nobody who approved another in this round.
  private var personProblem: String? {
    var steps: [ID<User>: [WorkflowStepKey]] = [:]
    for step in instance.steps.values where !run.past.contains(step.key) {
      guard case .approval = kind(step.key) else { continue }
      let approvals = step.votes.filter { $0.decision == .approve }
      if step.status == .completed, step.decision == .approve, approvals.isEmpty {
        return "nobody approved \(step.key.node)"
      }
      for vote in approvals {
        for person in Set([vote.person, vote.seat]) { steps[person, default: []].append(step.key) }
      }
    }
    for (person, approved) in steps where approved.count > 1 && approved.contains(where: isStrict) {
      return "\(person.value) approved \(approved.map(\.node))"
    }
    return nil
  }

  private func isStrict(_ key: WorkflowStepKey) -> Bool {
    guard case .approval(let approval) = kind(key) else { return false }
    return approval.needsOtherPersons
  }
}
