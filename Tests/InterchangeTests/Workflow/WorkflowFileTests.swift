import Domain
import Interchange
import Testing

/// The file in which a workflow is written.
struct WorkflowFileTests {
  private func definition(_ text: String) throws -> WorkflowDefinition {
    try WorkflowFile.read(text: text).definition()
  }

  /// In each way that has more than one.
  private func everything() throws -> WorkflowDefinition {
    let superior = Escalation(
      after: WorkflowDuration(minutes: 90), to: .reportsTo(levels: 2), .replaces)
    let approval = ApprovalStep(
      Assignees(.role(.manager), fallback: .limitChain, canPassOn: true), mode: .quorum(2),
      hasVeto: true, needsOtherPersons: false, isWithinLimits: false, keepsVotes: true,
      deadline: Deadline(
        due: WorkflowDuration(minutes: 2_880),
        escalations: [Escalation(to: .group("board")), superior]))
    let task = TaskStep(
      Assignees(.department(ID(3), .head)),
      form: [TaskField("kind", label: "What kind?"), TaskField("kind", isRequired: false)],
      deadline: Deadline(due: WorkflowDuration(minutes: 960, .working)))
    return WorkflowDefinition(
      key: "every.thing", version: 7, name: "Everything", description: "Two\nlines, & more: *\n",
      type: .custom, trigger: WorkflowTrigger(.entry, when: try .parse("amount >= 0.5")),
      variables: [
        WorkflowVariable("kind", .choice(["a", "1", "yes", "", "null"])),
        WorkflowVariable("day", .day), WorkflowVariable("is_new", .flag),
      ],
      timeoutHours: 100,
      automaticApprovals: [AutomaticApproval(id: "small", when: try .parse("amount < 10"))],
      canBeCancelled: false, canBePaused: false, requiresComments: true,
      nodes: [
        WorkflowNode("start", .start), WorkflowNode("fork", .parallel(join: "join")),
        WorkflowNode("approve", .approval(approval), name: "- Approve?", maxVisits: 3),
        WorkflowNode("order", .approval(ApprovalStep(Assignees(.user(ID(5))), mode: .sequential))),
        WorkflowNode("task", .task(task)),
        WorkflowNode(
          "review", .review(ReviewStep(Assignees(.departmentHeads), mustAcknowledge: true))),
        WorkflowNode("join", .join(.count(2))), WorkflowNode("any", .join(.any)),
        WorkflowNode("tell", .notification(NotificationStep(to: [], template: "It's {amount}: #"))),
        WorkflowNode("day", .wait(.day(Day(sinceEpoch: 20_000)))),
        WorkflowNode("day_of", .wait(.dayOf(variable: "day"))),
        WorkflowNode("hour", .wait(.lasting(WorkflowDuration(minutes: 60)))),
        WorkflowNode("event", .wait(.event("paid"))),
        WorkflowNode("post", .system(SystemStep(.postEntry, retries: 0))),
        WorkflowNode("end", .end(.done)),
      ],
      edges: [
        WorkflowEdge("start", "end", when: try .parse("department in (FIN, \"R&D, *\", \"'\")")),
        WorkflowEdge("start", "end", isDefault: true),
      ])
  }

  @Test func `what is written is read as the same`() throws {
    let definition = try everything()
    let text = WorkflowFile.text(of: definition)
    #expect(try self.definition(text) == definition, "\(text)")
    #expect(try WorkflowFile.text(of: self.definition(text)) == text)
  }

  @Test(arguments: [
    "yes", "No", "true", "null", "~", "1", "-0", "1.50", "1e3", "0x1F", "2026-11-23", "12:30", "<<",
    "=", "*a", "&a", "!a", "%a", "@a", "`a", "- a", "-", "?", ": a", "a: b", "a #b", "#a", "[a",
    "{a}", "a, b", "'", "\"", "\\", "\\n", "|", ">", " a", "a ", "  ", "ä", "日本", "👩‍👩‍👧", "a\u{FEFF}",
    "---", "...", "a\u{2028}b", "\u{200F}a", "R&D", String(repeating: "word ", count: 19) + "end",
  ])
  func `a text comes back as it was`(_ word: String) throws {
    let definition = WorkflowDefinition(
      key: "a", name: "x" + word, description: word, variables: [],
      nodes: [
        WorkflowNode("a", .start, name: word),
        WorkflowNode("b", .notification(NotificationStep(to: [.group(word)], template: word))),
        WorkflowNode("c", .notification(NotificationStep(to: [], template: "\n\(word)\n \n"))),
      ], edges: [])
    let text = WorkflowFile.text(of: definition)
    #expect(try self.definition(text) == definition, "\(text)")
  }

  @Test func `a definition is written in the order in which people read it`() throws {
    let definition = WorkflowDefinition(
      key: "leave", name: "yes", type: .leave, trigger: WorkflowTrigger(.request),
      nodes: [
        WorkflowNode("start", .start),
        WorkflowNode(
          "ask",
          .approval(
            ApprovalStep(
              Assignees(.department(nil, .head), fallback: .role(.owner)),
              deadline: Deadline(
                due: WorkflowDuration(minutes: 2_880),
                escalations: [
                  Escalation(
                    after: WorkflowDuration(minutes: 120, .working), to: .role(.director))
                ]))), name: "Ask"),
        WorkflowNode("end", .end(.done)),
      ],
      edges: [WorkflowEdge("start", "ask"), WorkflowEdge("ask", "end")])
    let expected = """
      key: leave
      version: 1
      name: "yes"
      type: leave
      start_on: {subject: request}
      steps:
        nodes:
        - {id: start, kind: start}
        - id: ask
          kind: approval
          name: Ask
          assignee: {department_role: head}
          fallback: {role: owner}
          due: {days: 2}
          escalations:
          - after: {hours: 2, clock: working}
            to: {role: director}
        - {id: end, kind: end, result: done}
        edges:
        - {from: start, to: ask}
        - {from: ask, to: end}

      """
    #expect(WorkflowFile.text(of: definition) == expected)
  }

  @Test func `JSON is read too`() throws {
    let definition = try everything()
    #expect(try self.definition(definition.json.text) == definition)
    let indented = "{\n\t\"key\": \"a\",\r\n\t\"name\": \"\\u00e4\\/\",\n\t\"steps\": {}}"
    #expect(try self.definition(indented).name == "ä/")
  }

  @Test func `people and departments are found by their names`() throws {
    let text = """
      key: a
      name: A
      steps:
        nodes:
        - {id: a, kind: task, assignee: {user: ada}}
        - {id: b, kind: task, assignee: {department_role: head, department: FIN}}
        - id: c
          kind: task
          assignee:
            user: eve
      """
    let document = try WorkflowFile.read(text: text, path: "a.yaml")
    func names(_ known: Set<String>) -> DefinitionNames {
      DefinitionNames(user: { known.contains($0) ? ID(7) : nil }, department: { _ in ID(8) })
    }
    let found = try document.definition(names: names(["ada", "eve"]))
    #expect(
      found.nodes.compactMap { $0.kind.assignees?.rule }
        == [.user(ID(7)), .department(ID(8), .head), .user(ID(7))])
    let fault = #expect(throws: YAMLFileFault.self) {
      try document.definition(names: names(["ada"]))
    }
    #expect(fault?.words == "a.yaml:10: nobody is called “eve” in node “c”.")
  }
}
