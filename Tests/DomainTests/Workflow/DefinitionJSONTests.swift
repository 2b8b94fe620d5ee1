import Domain
import Testing

@Suite struct DefinitionJSONTests {
  @Test func `what is written is read back as it was`() throws {
    for definition in [Sound.approval, Sound.everything, Sound.request] {
      #expect(try WorkflowDefinition(definition.json) == definition)
      #expect(try WorkflowDefinition(definition.json).json.text == definition.json.text)
    }
  }

  @Test func `it is written in one way, without what is as usual`() {
    #expect(
      Sound.approval.json.text == """
        {"key":"approval","name":"Approval","start_on":{"subject":"journal_entry",\
        "when":"amount >= 100"},"steps":{"edges":[{"from":"start","to":"approve"},\
        {"from":"approve","to":"done"}],"nodes":[{"id":"start","kind":"start"},\
        {"assignee":{"role":"manager"},"id":"approve","kind":"approval"},\
        {"id":"done","kind":"end","result":"approved"}]},"type":"approval","version":1}
        """)
  }

  @Test func `people and departments can be named`() throws {
    let json = document([
      node("a", "task", ["assignee": ["user": .string("ana")]]),
      node(
        "b", "task",
        ["assignee": ["department_role": .string("head"), "department": .string("FIN")]]),
    ])
    let names = DefinitionNames(
      user: { $0 == "ana" ? ID(7) : nil }, department: { $0 == "FIN" ? ID(3) : nil })
    let definition = try WorkflowDefinition(json, names: names)
    #expect(definition.node("a")?.kind.assignees?.rule == .user(ID(7)))
    #expect(definition.node("b")?.kind.assignees?.rule == .department(ID(3), .head))
    #expect(throws: DefinitionFault(.node(id: "a"), "assignee.user", .unknownUser("ana"))) {
      try WorkflowDefinition(json)
    }
  }

  @Test func `hours and days are minutes`() throws {
    let json = document([
      node("a", "wait", ["for": ["hours": .integer(16), "clock": .string("working")]]),
      node("b", "wait", ["for": ["days": .integer(2)]]),
    ])
    let definition = try WorkflowDefinition(json)
    #expect(definition.nodes[0].kind == .wait(.lasting(WorkflowDuration(minutes: 960, .working))))
    #expect(definition.nodes[1].kind == .wait(.lasting(WorkflowDuration(minutes: 2_880))))
  }

  private static let badNodes: [(JSON, String, DefinitionFault.Reason)] = [
    (["kind": .string("start"), "colour": .string("red")], "colour", .unknownKey),
    (["kind": .integer(5)], "kind", .expected(.text)),
    ([:], "kind", .missing),
    (["kind": .string("task")], "assignee", .missing),
    (
      ["kind": .string("task"), "assignee": ["user": .integer(1), "group": .string("x")]],
      "assignee",
      .oneOf([
        "user", "role", "department_role", "reports_to", "group", "limit_chain",
        "department_heads",
      ])
    ),
    (
      ["kind": .string("task"), "assignee": ["role": .string("boss")]], "assignee.role",
      .unknownWord(known: ["owner", "director", "manager", "employee", "viewer"])
    ),
    (
      ["kind": .string("task"), "assignee": ["user": .integer(1), "department": .integer(1)]],
      "assignee.department", .unknownKey
    ),
    (
      ["kind": .string("task"), "assignee": ["reports_to": .integer(11)]],
      "assignee.reports_to", .range(1...10)
    ),
    (
      [
        "kind": .string("task"), "assignee": .string("limit_chain"),
        "due": ["minutes": .integer(5), "hours": .integer(5)],
      ], "due", .oneOf(["minutes", "hours", "days"])
    ),
    (
      [
        "kind": .string("task"), "assignee": .string("limit_chain"),
        "due": ["days": .integer(5), "clock": .string("working")],
      ], "due.days", .unknownKey
    ),
    (
      [
        "kind": .string("task"), "assignee": .string("limit_chain"),
        "escalations": .array([
          ["to": .string("limit_chain")], ["to": ["role": .integer(1)]],
        ]),
      ], "escalations.2.to.role", .expected(.text)
    ),
    (
      ["kind": .string("approval"), "assignee": .string("limit_chain"), "mode": .string("most")],
      "mode", .unknownWord(known: ["any", "all", "sequential"])
    ),
    (
      [
        "kind": .string("approval"), "assignee": .string("limit_chain"),
        "mode": ["quorum": .integer(0)],
      ], "mode.quorum", .range(1...100)
    ),
    (["kind": .string("wait")], "", .oneOf(["day", "day_of", "for", "event"])),
    (["kind": .string("wait"), "day": .string("2026-02-30")], "day", .expected(.day)),
    (
      ["kind": .string("system"), "action": .string("rm -rf")], "action",
      .unknownWord(known: ["journal.approve", "journal.post", "create_reversal", "run_check"])
    ),
    (
      ["kind": .string("end")], "result", .missing
    ),
    (["kind": .string("start"), "name": .string("a\u{1B}[2J")], "name", .unseenCharacter),
    (
      ["kind": .string("start"), "name": .string(String(repeating: "x", count: 101))], "name",
      .tooLong(most: 100)
    ),
    (["kind": .string("start"), "max_visits": .integer(0)], "max_visits", .range(1...100)),
    (
      ["kind": .string("start"), "max_visits": .string("2")], "max_visits", .expected(.wholeNumber)
    ),
  ]

  @Test(arguments: badNodes.indices)
  func `what is wrong with a node is told with its id and the key`(_ index: Int) {
    let (json, key, reason) = Self.badNodes[index]
    guard case .object(let fields) = json else { return }
    let node = JSON.object([JSON.Field("id", .string("odd"))] + fields)
    #expect(throws: DefinitionFault(.node(id: "odd"), key, reason)) {
      try WorkflowDefinition(document([node]))
    }
  }

  @Test func `what is wrong elsewhere is told with its place`() {
    func fault(_ json: JSON) -> DefinitionFault? {
      #expect(throws: DefinitionFault.self) { try WorkflowDefinition(json) }
    }
    #expect(fault(.null) == DefinitionFault(.definition, "", .expected(.object)))
    #expect(fault([:]) == DefinitionFault(.definition, "key", .missing))
    #expect(
      fault(["key": .string("A b")]) == DefinitionFault(.definition, "key", .notAKey))
    #expect(
      fault(["key": .string("a"), "key": .string("b")])
        == DefinitionFault(.definition, "key", .repeated))
    #expect(
      fault(["key": .string("a"), "name": .string("a"), "steps": .string("x")])
        == DefinitionFault(.definition, "steps", .expected(.object)))
    #expect(
      fault(document([], more: [JSON.Field("colour", .null), JSON.Field("size", .null)]))
        == DefinitionFault(.definition, "colour", .unknownKey))
    #expect(
      fault(document([.integer(1)])) == DefinitionFault(.nodeNumber(1), "", .expected(.object)))
    #expect(fault(document([[:]])) == DefinitionFault(.nodeNumber(1), "id", .missing))
    #expect(
      fault(document([node("a", "start"), node("a", "condition")]))
        == DefinitionFault(.node(id: "a"), "id", .repeated))
    let edge: JSON = ["from": .string("a"), "to": .string("b"), "when": .string("amount >")]
    #expect(
      fault(document([], edges: [["from": .string("a"), "to": .string("b")], edge]))?.place
        == .edge(2))
  }

  @Test func `more than anybody means is refused before it is read`() {
    let nodes = (1...10_000).map { JSON.string("node \($0)") }
    #expect(throws: DefinitionFault(.definition, "steps.nodes", .tooMany(most: 200))) {
      try WorkflowDefinition(document(nodes))
    }
    #expect(throws: DefinitionFault(.definition, "steps.edges", .tooMany(most: 400))) {
      try WorkflowDefinition(document([], edges: nodes))
    }
    var nested = JSON.integer(1)
    for _ in 0..<10_000 { nested = .array([nested]) }
    #expect(throws: DefinitionFault(.node(id: "a"), "name", .expected(.text))) {
      try WorkflowDefinition(document([node("a", "start", ["name": nested])]))
    }
    var deep: JSON = [:]
    for _ in 0..<10_000 { deep = ["user": deep] }
    #expect(throws: DefinitionFault(.node(id: "a"), "assignee.user", .expected(.text))) {
      try WorkflowDefinition(document([node("a", "task", ["assignee": deep])]))
    }
  }

  private func node(_ id: String, _ kind: String, _ more: JSON = [:]) -> JSON {
    guard case .object(let fields) = more else { return more }
    return .object([JSON.Field("id", .string(id)), JSON.Field("kind", .string(kind))] + fields)
  }

  private func document(
    _ nodes: [JSON], edges: [JSON] = [], more: [JSON.Field] = []
  ) -> JSON {
    .object(
      [
        JSON.Field("key", .string("a")), JSON.Field("name", .string("A")),
        JSON.Field("steps", ["nodes": .array(nodes), "edges": .array(edges)]),
      ] + more)
  }
}
