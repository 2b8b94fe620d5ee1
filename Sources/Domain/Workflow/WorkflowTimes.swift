/// What happens because time passes, or because something outside does (RULES §5.5, §5.7).
extension WorkflowTurn {
  /// Reminders go out when so much of the time has passed.
  private static let remindersPercent = [50, 90, 100]

  /// When a step of people is due, and what happens before and after.
  func setTimes(
    _ activation: inout WorkflowActivation, _ key: WorkflowStepKey, _ node: WorkflowNode
  ) {
    guard let deadline = node.kind.deadline, let due = deadline.due else { return }
    let dueAt = world.calendar.adding(due, to: now)
    var timers: Set<WorkflowTimer> = []
    for percent in Self.remindersPercent {
      let share = WorkflowDuration(minutes: due.minutes * percent / 100, due.clock)
      let at = world.calendar.adding(share, to: now)
      if at > now { timers.insert(WorkflowTimer(.remind, of: key, due: at)) }
    }
    for escalation in deadline.escalations.dropFirst(activation.level) {
      var at = world.calendar.adding(escalation.after, to: dueAt)
      // Two levels at one time are two timers still.
      while !timers.insert(WorkflowTimer(.escalate, of: key, due: at)).inserted {
        at = at.shifted(by: 1)
      }
    }
    if case .review(let review) = node.kind, !review.mustAcknowledge {
      timers.insert(WorkflowTimer(.expire, of: key, due: dueAt))
    }
    activation.dueAt = dueAt
    activation.timers = timers.sorted()
  }

  mutating func hold(_ key: WorkflowStepKey, _ wait: WaitStep) {
    var activation = WorkflowActivation()
    switch wait {
    case .event: break
    case .lasting(let duration): activation.dueAt = world.calendar.adding(duration, to: now)
    case .day(let day): activation.dueAt = world.calendar.beginning(of: day)
    case .dayOf(let variable):
      guard case .day(let day) = instance.variables[variable] else {
        change(key, .began(activation), to: .active)
        return breakDown(key, .lacksDay(node: key.node, variable: variable))
      }
      activation.dueAt = world.calendar.beginning(of: day)
    }
    if let dueAt = activation.dueAt, dueAt > now {
      activation.timers = [WorkflowTimer(.wake, of: key, due: dueAt)]
    }
    change(key, .began(activation), to: .active)
    if activation.dueAt != nil, activation.timers.isEmpty { complete(key, .done) }
  }

  mutating func fire(_ timer: WorkflowTimer) throws(WorkflowRefusal) {
    guard instance.timers.contains(timer) else { throw .noSuchTimer }
    try checkRunning()
    guard now >= timer.due else { throw .notDue(until: timer.due) }
    guard let key = timer.step else {
      change(.fired(timer), because: .request)
      return end(.expired, because: .request)
    }
    let (step, node) = try active(key)
    switch timer.kind {
    case .remind:
      change(key, .fired(timer), because: .request)
      let isOver = step.dueAt.map { now >= $0 } ?? false
      notifyAsked(key, isOver ? .overdue : .reminded)
    case .escalate:
      change(key, .fired(timer), to: .timeout, because: .request)
      if let source = Asking(step).next(of: assignment(node)), case .level = source {
        escalate(
          key, node, to: source, effect(of: source, node), because: .consequence, from: timer)
      } else {
        let nobody = WorkflowEscalation(seats: [], replaces: false, isFallback: false, instead: nil)
        change(key, .escalated(nobody), to: .active)
      }
      askMore(key, node)
    case .expire:
      change(key, .fired(timer), to: .timeout, because: .request)
      complete(key, .expired)
    case .wake:
      change(key, .fired(timer), because: .request)
      complete(key, .done)
    case .retry:
      // The action is to be done again as soon as no retry waits.
      change(key, .fired(timer), because: .request)
    }
  }

  mutating func succeed(_ key: WorkflowStepKey) throws(WorkflowRefusal) {
    _ = try system(key)
    complete(key, .done, because: .request)
  }

  mutating func fail(
    _ key: WorkflowStepKey, _ error: String, _ failure: WorkflowActionFailure
  ) throws(WorkflowRefusal) {
    let (step, system) = try system(key)
    if let retry = instance.timers.first(where: { $0.step == key }) {
      throw .notDue(until: retry.due)
    }
    guard failure == .passing, step.failures < system.retries else {
      return breakDown(key, .action(node: key.node, error: error))
    }
    let minutes = SystemStep.backOffMinutes(beforeRetry: step.failures + 1)
    let retryAt = now.adding(seconds: Int64(minutes) * 60)
    change(key, .attempted(error: error, retryAt: retryAt), because: .request)
  }

  private func system(
    _ key: WorkflowStepKey
  ) throws(WorkflowRefusal) -> (step: WorkflowStep, system: SystemStep) {
    let (step, node) = try active(key)
    guard case .system(let system) = node.kind else { throw .wrongKind(node.kind.name) }
    return (step, system)
  }

  mutating func hear(_ event: String) throws(WorkflowRefusal) {
    let waiting = waiting(for: event)
    switch instance.status {
    case .draft, .completed, .cancelled, .expired: throw .notRunning(instance.status)
    case .active, .waiting, .paused, .failed: break
    }
    guard !waiting.isEmpty else { throw .notWaitedFor(event: event) }
    guard instance.isRunning else {
      if !instance.heard.contains(event) { change(.heard(event: event), because: .request) }
      return
    }
    for key in waiting { complete(key, .done, because: .request) }
  }

  /// Does what events that came meanwhile make possible.
  mutating func goOn(_ heard: Set<String>) {
    guard instance.isRunning else { return }
    for event in heard.sorted() {
      for key in waiting(for: event) where instance.steps[key]?.status == .active {
        complete(key, .done)
      }
    }
  }

  private func waiting(for event: String) -> [WorkflowStepKey] {
    instance.live.filter { definition.node($0.node)?.kind == .wait(.event(event)) }
  }
}
