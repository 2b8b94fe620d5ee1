import Domain

/// Definitions with something wrong, and what.
enum Flawed {
  static func context(
    _ permissions: Set<Permission> = Set(Permission.allCases),
    people: @escaping (AssigneeRule) -> Int = { _ in 3 }
  ) -> PublishingContext {
    PublishingContext(exponent: 2, permissions: permissions, people: people)
  }

  /// What a node is, by its first letter: `s`tart, `e`nd, `a`pproval, `b`ounded task, `t`ask,
  /// `c`ondition, `f`ork to the join of its number, `j`oin, `r`eview.
  static func kind(_ id: String) -> WorkflowNode.Kind {
    switch id.first {
    case "s": .start
    case "e": .end(.done)
    case "a": .approval(ApprovalStep(Sound.manager))
    case "c": .condition
    case "f": .parallel(join: "j" + id.dropFirst())
    case "j": .join(.all)
    case "r": .review(ReviewStep(Sound.manager))
    default: .task(TaskStep(Sound.manager))
    }
  }

  /// Of edges as `s>a a>e`. Those that leave a condition have guards that exclude each other, and
  /// the last is the default.
  static func definition(_ text: String) -> WorkflowDefinition {
    let pairs = text.split(separator: " ").map { edge in
      edge.split(separator: ">", omittingEmptySubsequences: false).map(String.init)
    }
    var ids: [String] = []
    for id in pairs.flatMap({ $0 }) where !id.isEmpty && !ids.contains(id) { ids.append(id) }
    var edges: [WorkflowEdge] = []
    let whole = pairs.filter { $0.count == 2 }
    for (index, pair) in whole.enumerated() {
      let isChoice = pair[0].hasPrefix("c")
      let isLast = !whole[(index + 1)...].contains { $0[0] == pair[0] }
      let condition = Sound.expression("attachments = \(index)")
      edges.append(
        WorkflowEdge(
          pair[0], pair[1], when: isChoice && !isLast ? condition : nil,
          isDefault: isChoice && isLast))
    }
    return WorkflowDefinition(
      key: "a", name: "A",
      nodes: ids.map { WorkflowNode($0, kind($0), maxVisits: $0.hasPrefix("b") ? 3 : nil) },
      edges: edges)
  }

  static func replacing(
    _ edges: [WorkflowEdge], _ definition: WorkflowDefinition
  ) -> WorkflowDefinition {
    WorkflowDefinition(
      key: "a", name: "A", variables: definition.variables, nodes: definition.nodes, edges: edges)
  }

  static let graphs: [(String, [WorkflowFlaw])] = [
    ("s>t t>e", []),
    ("t>e", [.noStart]),
    ("", [.noStart, .noEnd]),
    ("s1>c s2>c c>e1 c>e2", [.severalStarts(["s1", "s2"])]),
    ("s>c c>e c>b b>s", [.entersStart(from: "b")]),
    ("s>t", [.noEnd, .deadEnd("t")]),
    ("s>e t>e", [.unreachable("t")]),
    ("s>c c>t c>e", [.deadEnd("t")]),
    ("s>c c>e c>b1 b1>b2 b2>b1", [.noWayToEnd("b1"), .noWayToEnd("b2")]),
    ("s>t t>e1 t>e2", [.severalWays("t")]),
    ("s>e e>e2", [.leavesEnd("e")]),
    ("s>c c>e", [.tooFewWays("c")]),
    ("s>f f>j j>e", [.tooFewWays("f")]),
    // Loops.
    ("s>b b>c c>e c>b", []),
    ("s>t t>c c>e c>t", [.endlessLoop(["t", "c"])]),
    ("s>a a>c c>e c>a", [.endlessLoop(["a", "c"])]),
    ("s>r r>c c>e c>r", [.endlessLoop(["r", "c"])]),
    ("s>c1 c1>c2 c1>e c2>c1 c2>e", [.endlessLoop(["c1", "c2"])]),
    ("s>c c>c c>e", [.endlessLoop(["c"])]),
    ("s>b b>c1 c1>c2 c1>e c2>b c2>t t>c1", [.endlessLoop(["c1", "c2", "t"])]),
    ("s>b b>f f>t f>j t>j j>c c>b c>e", []),
    // Blocks.
    ("s>f f>t f>a t>j a>j j>e", []),
    ("s>f f>j f>j j>e", []),
    ("s>f f>c f>a c>j c>t t>j a>j j>e", []),
    ("s>f1 f1>f2 f1>a f2>t1 f2>t2 t1>j2 t2>j2 j2>j1 a>j1 j1>e", []),
    ("s>f f>t1 f>t2 t1>e t2>e", [.unknownJoin(fork: "f", join: "j")]),
    ("s>c c>t c>e t>j j>e", [.joinWithoutFork("j")]),
    ("s>f f>t f>a t>j a>e1 j>e2", [.endInBlock("e1", fork: "f")]),
    ("s>f f>t f>c t>j c>j c>x j>x x>e", [.reachedAcross("x", from: ["c", "j"])]),
    ("s>c c>f c>x f>t f>x t>j x>j j>e", [.foreignJoin("j", from: "x")]),
    ("s>f f>t f>t t>j j>e", [.reachedAcross("t", from: ["f", "f"])]),
    ("s>f f>t f>a t>x a>x x>j j>e", [.reachedAcross("x", from: ["t", "a"])]),
    (
      "s>f1 f1>f2 f1>a f2>t1 f2>t2 t1>j1 t2>j2 j2>j1 a>j1 j1>e",
      [.foreignJoin("j1", from: "t1")]
    ),
    ("s>f f>t f>c t>j c>j c>b j>e b>f", [.reachedAcross("f", from: ["s", "b"])]),
  ]

  /// Leads along each guard to an end of its own, and by default to another.
  static func choice(_ guards: [String]) -> WorkflowDefinition {
    let ids = guards.indices.map { "e\($0)" }
    return WorkflowDefinition(
      key: "a", name: "A",
      variables: [
        WorkflowVariable("urgent", .flag), WorkflowVariable("pay_on", .day),
        WorkflowVariable("people", .number),
      ],
      nodes: [
        WorkflowNode("start", .start), WorkflowNode("choice", .condition),
        WorkflowNode("other", .end(.done)),
      ] + ids.map { WorkflowNode($0, .end(.done)) },
      edges: [WorkflowEdge("start", "choice")]
        + zip(ids, guards).map { WorkflowEdge("choice", $0, when: Sound.expression($1)) }
        + [WorkflowEdge("choice", "other", isDefault: true)])
  }

  private static func never(_ text: String) -> WorkflowFlaw {
    .neverTaken("choice", Sound.expression(text))
  }

  private static func both(_ first: String, _ second: String) -> WorkflowFlaw {
    .overlapping("choice", Sound.expression(first), Sound.expression(second))
  }

  static let guards: [([String], [WorkflowFlaw])] = [
    (["amount >= 10000"], []),
    (["amount < 100", "amount >= 100 and amount < 200", "amount >= 200"], []),
    (["amount <= 99.99", "amount > 99.99"], []),
    (["amount < 100", "amount > 99.98"], [both("amount < 100", "amount > 99.98")]),
    // There is nothing between cents.
    (["amount < 100", "amount > 99.99"], []),
    (["amount > 99.99 and amount < 100"], [never("amount > 99.99 and amount < 100")]),
    (["people > 1 and people < 2"], []),
    (["attachments > 1 and attachments < 2"], [never("attachments > 1 and attachments < 2")]),
    (["attachments = 1.5"], [never("attachments = 1.5")]),
    (["amount >= 100", "amount >= 1000"], [both("amount >= 100", "amount >= 1000")]),
    (["amount < 0"], [never("amount < 0")]),
    (["amount > 5 and amount < 5"], [never("amount > 5 and amount < 5")]),
    (
      ["pay_on > 2026-01-01 and pay_on < 2026-01-02"],
      [
        never("pay_on > 2026-01-01 and pay_on < 2026-01-02")
      ]
    ),
    (["pay_on < 2026-01-01", "pay_on >= 2026-01-01", "not exists pay_on"], []),
    (["urgent", "urgent = false", "not exists urgent"], []),
    (["urgent", "not urgent"], []),
    (["urgent", "exists urgent"], [both("urgent", "exists urgent")]),
    (["urgent and not urgent"], [never("urgent and not urgent")]),
    (
      ["source = manual", "source in (bill, manual)"],
      [
        both("source = manual", "source in (bill, manual)")
      ]
    ),
    (["source = manual and source = bill"], [never("source = manual and source = bill")]),
    // An entry has several lines.
    (["department = A and department = B"], []),
    (
      ["account_class = asset", "account_class = expense"],
      [
        both("account_class = asset", "account_class = expense")
      ]
    ),
    (["exists creator_role", "not exists creator_role"], []),
    (["not exists amount"], [never("not exists amount")]),
    // Guards on different names may hold at once, the first of them is taken; but it must leave
    // something to the others.
    (["amount >= 100", "source = manual"], []),
    (
      ["amount >= 100", "source = manual and amount > 500"],
      [
        never("source = manual and amount > 500")
      ]
    ),
    (
      ["colour = red"],
      [
        .expression(.edge(from: "choice", to: "e0"), .unknownName("colour"))
      ]
    ),
  ]

  static func single(
    _ kind: WorkflowNode.Kind, subject: WorkflowSubject = .entry
  ) -> WorkflowDefinition {
    WorkflowDefinition(
      key: "a", name: "A", trigger: WorkflowTrigger(subject),
      variables: [WorkflowVariable("urgent", .flag), WorkflowVariable("pay_on", .day)],
      timeoutHours: 24,
      nodes: [
        WorkflowNode("start", .start), WorkflowNode("step", kind), WorkflowNode("end", .end(.done)),
      ], edges: [WorkflowEdge("start", "step"), WorkflowEdge("step", "end")])
  }

  private static func task(
    form: [TaskField] = [], due: Int? = nil, after: [Int] = []
  ) -> WorkflowNode.Kind {
    .task(
      TaskStep(
        Sound.manager, form: form,
        deadline: Deadline(
          due: due.map { WorkflowDuration(minutes: $0) },
          escalations: after.map {
            Escalation(after: WorkflowDuration(minutes: $0), to: .role(.owner))
          })))
  }

  private static func tell(_ template: String, to rules: AssigneeRule...) -> WorkflowNode.Kind {
    .notification(NotificationStep(to: rules, template: template))
  }

  static let steps: [(WorkflowNode.Kind, [WorkflowFlaw])] = [
    (task(form: [TaskField("urgent")], due: 1_440), []),
    (task(form: [TaskField("size")]), [.unknownVariable("step", variable: "size")]),
    (task(due: 1_441), [.afterTimeout("step")]),
    (task(due: 0), [.noTime("step")]),
    (task(due: 1_380, after: [0, 60]), []),
    (task(due: 1_380, after: [0, 61]), [.afterTimeout("step")]),
    (task(due: 60, after: [60, 30]), [.escalationsOutOfOrder("step")]),
    (task(after: [0]), [.escalatesWithoutDue("step")]),
    (.wait(.lasting(WorkflowDuration(minutes: 1_440, .working))), []),
    (.wait(.lasting(WorkflowDuration(minutes: 1_441, .working))), [.afterTimeout("step")]),
    (.wait(.lasting(WorkflowDuration(minutes: 0))), [.noTime("step")]),
    (.wait(.dayOf(variable: "pay_on")), []),
    (.wait(.dayOf(variable: "urgent")), [.notADay("step", variable: "urgent")]),
    (.wait(.dayOf(variable: "when")), [.unknownVariable("step", variable: "when")]),
    (tell("{amount}, {pay_on} {", to: .role(.owner)), []),
    (
      tell("{amuont} or {pay_on}", to: .role(.owner)),
      [
        .unknownVariable("step", variable: "amuont")
      ]
    ),
    (tell("now"), [.noRecipients("step")]),
  ]
}
