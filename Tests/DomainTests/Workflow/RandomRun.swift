import Domain

/// One instance of a definition made by chance, in a world made by chance, to which things are done
/// by chance; after each of them it is looked at.
struct RandomRun {
  struct Fault: Error, CustomStringConvertible {
    let description: String
  }

  let definition: WorkflowDefinition
  private(set) var instance: WorkflowInstance
  private(set) var history: [WorkflowTransition] = []
  private(set) var refusals = 0
  private var chance: SplitMix
  private var now = Rehearsal.monday
  private let facts: GuardFacts
  private let excluded: [WorkflowExclusion]
  private let delegations: Set<WorkflowDelegation>
  private var people: [String: WorkflowAssignment] = [:]
  /// Actions of the system that were asked for and whose outcome hasn't come.
  private var asked: Set<WorkflowStepKey> = []
  private var armed: Set<WorkflowTimer> = []
  /// Steps of rounds that are over.
  private(set) var past: Set<WorkflowStepKey> = []

  private static let everybody: Int64 = 8

  init(seed: UInt64) {
    var chance = SplitMix(seed: seed)
    definition = RandomDefinition.make(&chance)
    facts = RandomDefinition.facts(&chance)
    instance = WorkflowInstance(ID(Int64(seed)))
    let maker = Int64(1 + chance.number(below: 3))
    excluded = [WorkflowExclusion(ID(1), .submitter), WorkflowExclusion(ID(maker), .creator)]
    delegations = Set(
      (0..<chance.number(below: 4)).map { _ in
        WorkflowDelegation(
          from: ID(Int64(1 + chance.number(below: 8))), to: ID(Int64(1 + chance.number(below: 8))))
      }.filter { $0.from != $0.to })
    self.chance = chance
    assign()
  }

  /// Starts it and does so many things, or fewer when it is over.
  mutating func run(actions: Int) throws {
    var variables: [String: GuardValue] = [:]
    if isLucky() { variables["pay_on"] = someDay() }
    if isLucky() { variables["urgent"] = .flag(isLucky()) }
    let start = WorkflowStart(subjectHash: "0", moneyHash: "m", variables: variables)
    try attempt(.start(start), by: 1, "")
    for _ in 0..<actions where !instance.status.isOver { try actOnce() }
    try checkReplay()
  }

  private mutating func actOnce() throws {
    now = now.adding(seconds: Int64(number(below: 3_600)))
    switch instance.status {
    case .paused where number(below: 3) > 0: try attempt(.resume, by: 9, "")
    case .failed where number(below: 3) > 0:
      // No retry finds a day that nobody can fill in any more.
      if case .lacksDay = instance.failure { return try attempt(.cancel, by: 9, "no day") }
      assign()
      try attempt(.retry, by: 9, "")
    case .waiting where instance.isReturned && number(below: 3) > 0:
      let money = isLucky() ? "m" : "m\(instance.round)"
      try attempt(
        .resubmit(subjectHash: "\(instance.sequence)", moneyHash: money), by: 1, "")
    default:
      switch number(below: 10) {
      case 0: try attempt(anything(), by: somebody(), isLucky() ? "because" : "")
      case 1, 2: try fireNext()
      default: try decide()
      }
    }
  }

  private mutating func fireNext() throws {
    guard let timer = instance.timers.min() else { return try decide() }
    if isLucky() { now = max(now, timer.due) }
    try attempt(.fire(timer), by: nil, "")
  }

  /// What a step waits for, by somebody who may well be asked.
  private mutating func decide() throws {
    guard let key = some(instance.live), let step = instance.steps[key],
      let node = definition.node(key.node)
    else { return }
    let person = number(below: 4) == 0 ? somebody() : some(step.seats)?.person.value
    switch node.kind {
    case .approval:
      let decisions: [ApprovalDecision] = [.reject, .return, .abstain, .abstain]
      let decision = number(below: 4) > 0 ? .approve : some(decisions) ?? .approve
      try attempt(.vote(key, decision), by: person, "because")
    case .task(let task):
      var values: [String: GuardValue] = [:]
      for field in task.form {
        values[field.variable] = field.variable == "pay_on" ? someDay() : .flag(isLucky())
      }
      try attempt(.complete(key, values), by: person, "")
    case .review: try attempt(.acknowledge(key), by: person, "")
    case .wait: try attempt(.event("bank.paid"), by: nil, "")
    case .system where number(below: 3) > 0:
      if asked.contains(key) { try attempt(.actionSucceeded(key), by: nil, "") }
    case .system:
      let failure: WorkflowActionFailure = number(below: 4) == 0 ? .lasting : .passing
      if asked.contains(key) {
        try attempt(.actionFailed(key, error: "busy", failure), by: nil, "")
      }
    case .start, .notification, .condition, .parallel, .join, .end: break
    }
  }

  /// Most of these are refused most of the time.
  private mutating func anything() -> WorkflowAction {
    let key = some(instance.live) ?? WorkflowStepKey("start")
    let seat = WorkflowSeat(ID(somebody()))
    let asked = instance.steps[key]?.seats.first?.person ?? ID(2)
    let actions: [WorkflowAction] = [
      .claim(key), .claim(key), .release(key), .comment(nil), .comment(key),
      .passOn(key, to: seat), .reassign(key, from: asked, to: seat),
      .reassign(key, from: asked, to: seat), .delegate(key, to: seat.person), .pause, .pause,
      .resume, .retry, .skip(key), .escalate(key), .escalate(key), .acknowledge(key),
      .actionSucceeded(key), .event("bank.paid"), .start(WorkflowStart()),
      .vote(WorkflowStepKey("start"), .approve),
      .resubmit(subjectHash: nil, moneyHash: nil), .subjectChanged(hash: "0"),
    ]
    let endings: [WorkflowAction] = [
      .withdraw, .cancel, .subjectChanged(hash: "other"), .subjectVoided,
    ]
    return some(number(below: 20) == 0 ? endings : actions) ?? .pause
  }

  private mutating func attempt(
    _ action: WorkflowAction, by person: Int64?, _ reason: String
  ) throws {
    let lender = number(below: 6) == 0 ? delegations.sorted { $0.from < $1.from }.first : nil
    let actor = Actor(
      user: person.map { ID($0) }, name: "", actingFor: person == nil ? nil : lender?.from)
    let world = WorkflowWorld(
      now: now, facts: facts, excluded: excluded, assignments: people, delegations: delegations)
    let request = WorkflowRequest(action, by: actor, reason: reason)
    let before = instance
    let turn: WorkflowTurn
    do {
      turn = try instance.turn(for: request, of: definition, in: world)
    } catch {
      refusals += 1
      return
    }
    for transition in turn.transitions { try instance.apply(transition) }
    history += turn.transitions
    let isAnew = turn.transitions.contains { transition in
      if case .instance(_, _, .resubmitted(_, _, false)) = transition.move { true } else { false }
    }
    if isAnew { past = Set(before.steps.keys) }
    guard instance == turn.instance else { throw fault("applying makes another state", action) }
    let ahead = before.nodesAhead(in: definition)
    for case .step(let key, _, _, .began) in turn.transitions.map(\.move)
    where definition.node(key.node)?.kind.assignees != nil && !ahead.contains(key.node) {
      throw fault("\(key.node) wasn't foreseen", action)
    }
    if case .vote(let key, _) = action { try checkVote(on: key, in: before) }
    note(turn.effects)
    if let problem = WorkflowLaws(self).problem { throw fault(problem, action) }
    guard armed == instance.armed else { throw fault("other timers are set", action) }
  }

  /// What those outside keep: timers that are set, and what they were told to do.
  private mutating func note(_ effects: [WorkflowEffect]) {
    asked = asked.filter { key in
      instance.steps[key]?.status == .active && !instance.timers.contains { $0.step == key }
    }
    for effect in effects {
      switch effect {
      case .set(let timer): armed.insert(timer)
      case .cancel(let timer): armed.remove(timer)
      case .run(_, let key, _): asked.insert(key)
      case .notify, .send, .subject, .report: break
      }
    }
  }

  /// Whether the system was told to do it and hasn't yet.
  func isAsked(_ key: WorkflowStepKey) -> Bool { asked.contains(key) }

  /// Nobody who is excluded has decided, nor anybody who wasn't asked.
  private func checkVote(on key: WorkflowStepKey, in before: WorkflowInstance) throws {
    guard let vote = instance.steps[key]?.votes.last, let step = before.steps[key] else { return }
    for person in [vote.person, vote.seat] where excluded.contains(where: { $0.person == person }) {
      throw fault("\(person.value) is excluded and decided", .vote(key, vote.decision))
    }
    let delegation = WorkflowDelegation(from: vote.seat, to: vote.person)
    let isLent = delegations.contains(delegation) || step.delegations.contains(delegation)
    guard step.isAsked(vote.seat), vote.seat == vote.person || isLent else {
      throw fault("\(vote.person.value) wasn't asked and decided", .vote(key, vote.decision))
    }
  }

  private func checkReplay() throws {
    guard try WorkflowInstance.replay(instance.id, history) == instance else {
      throw Fault(description: "\(instance.id.value): its history makes another state")
    }
  }

  private func fault(_ problem: String, _ action: WorkflowAction) -> Fault {
    let steps = instance.live.map { "\($0.node)/\($0.visit) \(instance.steps[$0]?.status as Any)" }
    return Fault(
      description: "seed \(instance.id.value), after \(action): \(problem); \(steps)")
  }

  /// Whom each node names; sometimes nobody, and sometimes too few.
  private mutating func assign() {
    for node in definition.nodes where node.kind.assignees != nil {
      let levels = node.kind.deadline?.escalations.count ?? 0
      let unable = number(below: 4) == 0 ? [WorkflowExclusion(ID(somebody()), .access)] : []
      people[node.id] = WorkflowAssignment(
        seats(number(below: 10) == 0 ? 0 : 5), fallback: isLucky() ? seats(2) : [],
        escalations: (0..<levels).map { _ in seats(2) }, excluded: unable)
    }
  }

  private mutating func seats(_ most: Int) -> [WorkflowSeat] {
    (0..<most).map { _ in WorkflowSeat(ID(somebody())) }
  }

  private mutating func somebody() -> Int64 {
    Int64(1 + number(below: Int(Self.everybody)))
  }

  private mutating func someDay() -> GuardValue {
    .day(Rehearsal.monday.day.adding(days: number(below: 4) - 1))
  }

  private mutating func some<Element>(_ elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[number(below: elements.count)]
  }

  private mutating func number(below bound: Int) -> Int {
    Int(chance.number(below: UInt64(bound)))
  }

  private mutating func isLucky() -> Bool { chance.number(below: 2) == 0 }
}
