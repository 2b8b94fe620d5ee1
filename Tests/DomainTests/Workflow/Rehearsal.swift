import Domain
import Testing

/// An instance in a world that is made up: whoever acts is a number, and time passes when it is
/// told to. It begins on Monday, 2026-11-23, at nine.
struct Rehearsal {
  static let monday = Timestamp(milliseconds: 1_795_424_400_000)

  let definition: WorkflowDefinition
  private(set) var instance = WorkflowInstance(ID(7))
  private(set) var history: [WorkflowTransition] = []
  /// Of the last action.
  private(set) var effects: [WorkflowEffect] = []
  private(set) var now = Self.monday
  var facts = GuardFacts()
  var excluded: [WorkflowExclusion] = []
  var delegations: Set<WorkflowDelegation> = []
  /// Of each node whom its rules name.
  var people: [String: WorkflowAssignment] = [:]

  init(_ definition: WorkflowDefinition) { self.definition = definition }

  /// A definition that goes from node to node, with no ways between.
  init(_ nodes: WorkflowNode..., named edges: [WorkflowEdge]? = nil, timeoutHours: Int? = nil) {
    let all = [WorkflowNode("start", .start)] + nodes + [WorkflowNode("end", .end(.approved))]
    let ways = zip(all, all.dropFirst()).map { WorkflowEdge($0.id, $1.id) }
    self.init(
      WorkflowDefinition(
        key: "test", name: "Test", timeoutHours: timeoutHours, nodes: all, edges: edges ?? ways))
  }

  /// Does it, or throws why not and changes nothing.
  mutating func act(
    _ action: WorkflowAction, by person: Int64? = nil, for lender: Int64? = nil,
    _ reason: String = "", seen: String? = nil
  ) throws {
    let turn = try turn(action, by: person, for: lender, reason, seen: seen)
    for transition in turn.transitions { try instance.apply(transition) }
    #expect(instance == turn.instance)
    history += turn.transitions
    effects = turn.effects
  }

  /// Why it is refused; nil where it isn't. Nothing is done.
  func refusal(
    of action: WorkflowAction, by person: Int64? = nil, for lender: Int64? = nil,
    _ reason: String = "", seen: String? = nil
  ) -> WorkflowRefusal? {
    do {
      _ = try turn(action, by: person, for: lender, reason, seen: seen)
      return nil
    } catch {
      return error
    }
  }

  private func turn(
    _ action: WorkflowAction, by person: Int64?, for lender: Int64?, _ reason: String,
    seen: String?
  ) throws(WorkflowRefusal) -> WorkflowTurn {
    let actor = Actor(user: person.map { ID($0) }, name: "", actingFor: lender.map { ID($0) })
    let world = WorkflowWorld(
      now: now, facts: facts, excluded: excluded, assignments: people, delegations: delegations)
    let request = WorkflowRequest(action, by: actor, reason: reason, seenHash: seen)
    return try instance.turn(for: request, of: definition, in: world)
  }

  /// By person 1, with money that is worth `moneyHash`.
  mutating func start(moneyHash: String? = nil, _ variables: [String: GuardValue] = [:]) throws {
    let start = WorkflowStart(
      subjectHash: "first", moneyHash: moneyHash, variables: variables)
    try act(.start(start), by: 1)
  }

  mutating func vote(
    _ decision: ApprovalDecision, on node: String, by person: Int64, for lender: Int64? = nil,
    visit: Int = 1
  ) throws {
    try act(
      .vote(WorkflowStepKey(node, visit: visit), decision), by: person, for: lender, "because")
  }

  mutating func pass(minutes: Int64) { now = now.adding(seconds: minutes * 60) }

  /// Lets time pass, and fires whatever is due, each at its time.
  mutating func fire(untilMinutes minutes: Int64) throws {
    let end = now.adding(seconds: minutes * 60)
    while let timer = instance.armed.min(), timer.due <= end {
      now = max(now, timer.due)
      try act(.fire(timer))
    }
    now = end
  }

  func step(_ node: String, visit: Int = 1) -> WorkflowStep? {
    instance.steps[WorkflowStepKey(node, visit: visit)]
  }

  /// `approve:active`, as they were come to.
  var live: [String] {
    instance.live.map { "\($0.node):\(instance.steps[$0]?.status.rawValue ?? "")" }
  }

  /// Who is told what, as `2,3 asked`.
  var notices: [String] {
    effects.compactMap { effect in
      guard case .notify(let people, let notice, _) = effect else { return nil }
      let told = people.map { String($0.value) }.joined(separator: ",")
      if case .ended = notice { return "\(told) ended" }
      return "\(told) \(notice)"
    }
  }

  /// Minutes from now until each timer fires, by kind.
  func minutes(until kind: WorkflowTimer.Kind) -> [Int64] {
    instance.armed.filter { $0.kind == kind }.sorted().map {
      ($0.due.milliseconds - now.milliseconds) / 60_000
    }
  }
}

extension WorkflowAssignment {
  static func asking(
    _ people: Int64..., fallback: [Int64] = [], escalations: [[Int64]] = [],
    excluded: [WorkflowExclusion] = []
  ) -> WorkflowAssignment {
    func seats(_ people: [Int64]) -> [WorkflowSeat] {
      people.map { WorkflowSeat(ID($0), reason: "test") }
    }
    return WorkflowAssignment(
      seats(people), fallback: seats(fallback), escalations: escalations.map(seats),
      excluded: excluded)
  }
}

extension WorkflowNode {
  /// An approval by the manager; whom that is says the rehearsal.
  static func approval(
    _ id: String, _ mode: ApprovalMode = .any, veto hasVeto: Bool = false,
    needsOtherPersons: Bool = true, keepsVotes: Bool = false, canPassOn: Bool = false,
    deadline: Deadline = .none, maxVisits: Int? = nil
  ) -> WorkflowNode {
    let assignees = Assignees(.role(.manager), canPassOn: canPassOn)
    let step = ApprovalStep(
      assignees, mode: mode, hasVeto: hasVeto, needsOtherPersons: needsOtherPersons,
      keepsVotes: keepsVotes, deadline: deadline)
    return WorkflowNode(id, .approval(step), maxVisits: maxVisits)
  }

  static func task(
    _ id: String, form: [TaskField] = [], deadline: Deadline = .none, maxVisits: Int? = nil
  ) -> WorkflowNode {
    let step = TaskStep(Assignees(.role(.employee)), form: form, deadline: deadline)
    return WorkflowNode(id, .task(step), maxVisits: maxVisits)
  }
}
