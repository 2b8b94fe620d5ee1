import Domain

/// Well-formed definitions by chance: blocks within blocks, so that what forks meets again and what
/// loops is bounded.
struct RandomDefinition {
  /// Against which they have no flaws: every rule finds three people.
  static var context: PublishingContext {
    PublishingContext(exponent: 2, permissions: Set(Permission.allCases), people: { _ in 3 })
  }

  static func make(_ chance: inout SplitMix) -> WorkflowDefinition {
    var random = RandomDefinition(chance: chance)
    let definition = random.definition()
    chance = random.chance
    return definition
  }

  /// What something could be that comes to such a definition.
  static func facts(_ chance: inout SplitMix) -> GuardFacts {
    var facts = GuardFacts()
    facts.set(amount: Money(minorUnits: Int64(chance.number(below: 200_000))), exponent: 2)
    let sources = EntrySource.allCases
    facts.set(
      entryType: .standard, source: sources[Int(chance.number(below: UInt64(sources.count)))])
    facts.set(attachments: Int(chance.number(below: 4)))
    for name in ["urgent", "checked"] where chance.number(below: 3) > 0 {
      facts[name] = [.flag(chance.number(below: 2) == 0)]
    }
    return facts
  }

  /// An edge whose other end isn't made yet.
  private struct Loose {
    let from: String
    var condition: GuardExpression?
    var isDefault = false
  }

  private static let mostNodes = 60
  private static let deepest = 4

  private var chance: SplitMix
  private var nodes: [WorkflowNode] = []
  private var edges: [WorkflowEdge] = []

  private init(chance: SplitMix) { self.chance = chance }

  private mutating func definition() -> WorkflowDefinition {
    let start = add("start", .start, after: [])
    let loose = sequence(after: start, depth: 0, isInBranch: false)
    _ = add("end", .end(result()), after: loose)
    return WorkflowDefinition(
      key: "random", name: "Random",
      variables: [
        WorkflowVariable("urgent", .flag), WorkflowVariable("checked", .flag),
        WorkflowVariable("pay_on", .day),
      ], timeoutHours: isLucky() ? 1_000 : nil, nodes: nodes, edges: edges)
  }

  private mutating func sequence(
    after loose: [Loose], depth: Int, isInBranch: Bool
  ) -> [Loose] {
    var loose = loose
    for _ in 0...number(below: 3) {
      loose = block(after: loose, depth: depth, isInBranch: isInBranch)
    }
    return loose
  }

  private mutating func block(after loose: [Loose], depth: Int, isInBranch: Bool) -> [Loose] {
    guard depth < Self.deepest, nodes.count < Self.mostNodes else { return step(after: loose) }
    switch number(below: 6) {
    case 0: return choice(after: loose, depth: depth, isInBranch: isInBranch)
    case 1: return parallel(after: loose, depth: depth)
    case 2: return loop(after: loose, depth: depth, isInBranch: isInBranch)
    default: return step(after: loose)
    }
  }

  private mutating func choice(after loose: [Loose], depth: Int, isInBranch: Bool) -> [Loose] {
    guard let condition = add("choice", .condition, after: loose).first?.from else { return loose }
    var ways = guards().map { Loose(from: condition, condition: $0) }
    ways.insert(Loose(from: condition, isDefault: true), at: number(below: ways.count + 1))
    // The first goes on, so that what follows can be come to.
    var open = [ways[0]]
    if isLucky() { open = sequence(after: open, depth: depth + 1, isInBranch: isInBranch) }
    for way in ways.dropFirst() {
      switch number(below: 4) {
      case 0: open.append(way)
      case 1 where !isInBranch:
        _ = add("end", .end(result()), after: [way])
      default: open += sequence(after: [way], depth: depth + 1, isInBranch: isInBranch)
      }
    }
    return open
  }

  /// No two hold at once.
  private mutating func guards() -> [GuardExpression] {
    switch number(below: 4) {
    case 0: return [Sound.expression("urgent")]
    case 1:
      return [
        Sound.expression("source in (import, system)"), Sound.expression("source = payroll"),
      ]
    case 2: return [Sound.expression("attachments = 0"), Sound.expression("attachments > 2")]
    default:
      let threshold = 1 + number(below: 1_000)
      return [
        Sound.expression("amount < \(threshold)"),
        Sound.expression("amount >= \(threshold) and amount < \(threshold + 500).50"),
      ]
    }
  }

  private mutating func parallel(after loose: [Loose], depth: Int) -> [Loose] {
    let join = "join\(nodes.count)"
    guard let fork = add("fork", .parallel(join: join), after: loose).first?.from else {
      return loose
    }
    let branches = 2 + number(below: 3)
    let hasEmpty = isLucky()
    var open: [Loose] = []
    for branch in 0..<branches {
      let way = [Loose(from: fork)]
      let isEmpty = branch == 0 && hasEmpty
      open += isEmpty ? way : sequence(after: way, depth: depth + 1, isInBranch: true)
    }
    let modes: [JoinMode] = [.all, .all, .any, .count(1 + number(below: branches))]
    return add(named: join, .join(modes[number(below: modes.count)]), after: open)
  }

  private mutating func loop(after loose: [Loose], depth: Int, isInBranch: Bool) -> [Loose] {
    let visits = 2 + number(below: 3)
    let task = TaskStep(assignees(), form: [TaskField("checked"), TaskField("pay_on")])
    let kind: WorkflowNode.Kind =
      isLucky() ? .task(task) : .approval(ApprovalStep(assignees(), mode: .any))
    let first = add("again", kind, after: loose, maxVisits: visits)
    let body =
      isLucky() ? sequence(after: first, depth: depth + 1, isInBranch: isInBranch) : first
    guard let back = first.first?.from,
      let condition = add("checked", .condition, after: body).first?.from
    else { return loose }
    edges.append(WorkflowEdge(condition, back, isDefault: true))
    return [Loose(from: condition, condition: Sound.expression("checked"))]
  }

  private mutating func step(after loose: [Loose]) -> [Loose] {
    let kinds: [WorkflowNode.Kind] = [
      .task(TaskStep(assignees(), form: [TaskField("urgent")], deadline: deadline())),
      .approval(approval()), .approval(approval()),
      .review(ReviewStep(assignees(), mustAcknowledge: isLucky(), deadline: deadline())),
      .notification(NotificationStep(to: [.role(.owner)], template: "{amount}")),
      .wait(.lasting(WorkflowDuration(minutes: 1 + number(below: 500)))),
      .wait(.dayOf(variable: "pay_on")), .wait(.event("bank.paid")),
      .system(SystemStep(.runChecks, retries: number(below: 4))),
    ]
    return add("step", kinds[number(below: kinds.count)], after: loose)
  }

  private mutating func approval() -> ApprovalStep {
    let modes: [ApprovalMode] = [.any, .all, .sequential, .quorum(1 + number(below: 3))]
    return ApprovalStep(
      assignees(), mode: modes[number(below: modes.count)], hasVeto: isLucky(),
      needsOtherPersons: isLucky(), isWithinLimits: isLucky(), keepsVotes: isLucky(),
      deadline: deadline())
  }

  private mutating func assignees() -> Assignees {
    let rules: [AssigneeRule] = [
      .role(.manager), .user(ID(3)), .reportsTo(levels: 1), .limitChain, .departmentHeads,
      .department(nil, .head), .group("auditors"),
    ]
    return Assignees(
      rules[number(below: rules.count)], fallback: isLucky() ? .role(.owner) : nil)
  }

  private mutating func deadline() -> Deadline {
    guard isLucky() else { return .none }
    let due = WorkflowDuration(
      minutes: 60 * (1 + number(below: 100)), isLucky() ? .working : .calendar)
    let escalations = (0..<number(below: 3)).map {
      Escalation(after: WorkflowDuration(minutes: $0 * 60), to: .role(.director))
    }
    return Deadline(due: due, escalations: escalations)
  }

  private mutating func result() -> WorkflowResult {
    WorkflowResult.allCases[number(below: WorkflowResult.allCases.count)]
  }

  private mutating func add(
    _ name: String, _ kind: WorkflowNode.Kind, after loose: [Loose], maxVisits: Int? = nil
  ) -> [Loose] {
    add(named: "\(name)\(nodes.count)", kind, after: loose, maxVisits: maxVisits)
  }

  private mutating func add(
    named id: String, _ kind: WorkflowNode.Kind, after loose: [Loose], maxVisits: Int? = nil
  ) -> [Loose] {
    nodes.append(WorkflowNode(id, kind, maxVisits: maxVisits))
    edges += loose.map {
      WorkflowEdge($0.from, id, when: $0.condition, isDefault: $0.isDefault)
    }
    return [Loose(from: id)]
  }

  private mutating func number(below bound: Int) -> Int {
    Int(chance.number(below: UInt64(bound)))
  }

  private mutating func isLucky() -> Bool { chance.number(below: 2) == 0 }
}
