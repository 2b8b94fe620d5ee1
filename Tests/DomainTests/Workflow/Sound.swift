import Domain

/// Definitions that nothing is wrong with.
enum Sound {
  static func expression(_ text: String) -> GuardExpression {
    do {
      return try GuardExpression.parse(text)
    } catch {
      preconditionFailure("\(text): \(error)")
    }
  }

  static let manager = Assignees(.role(.manager))

  static let approval = WorkflowDefinition(
    key: "approval", name: "Approval",
    trigger: WorkflowTrigger(.entry, when: expression("amount >= 100")),
    nodes: [
      WorkflowNode("start", .start),
      WorkflowNode("approve", .approval(ApprovalStep(manager))),
      WorkflowNode("done", .end(.approved)),
    ], edges: [WorkflowEdge("start", "approve"), WorkflowEdge("approve", "done")])

  /// Asks for a laptop.
  static let request = WorkflowDefinition(
    key: "laptop", name: "A laptop", type: .procurement, trigger: WorkflowTrigger(.request),
    variables: [
      WorkflowVariable("price", .amount), WorkflowVariable("size", .choice(["small", "large"])),
      WorkflowVariable("complete", .flag),
    ],
    nodes: [
      WorkflowNode("start", .start),
      WorkflowNode(
        "fill",
        .task(
          TaskStep(
            Assignees(.reportsTo(levels: 1)),
            form: [
              TaskField("price", label: "What it costs"), TaskField("size", isRequired: false),
              TaskField("complete"),
            ])), maxVisits: 3),
      WorkflowNode("enough", .condition),
      WorkflowNode("done", .end(.done)),
    ],
    edges: [
      WorkflowEdge("start", "fill"), WorkflowEdge("fill", "enough"),
      WorkflowEdge("enough", "done", when: expression("complete and price < 2000")),
      WorkflowEdge("enough", "fill", isDefault: true),
    ])

  /// Every kind of node, with nothing as usual.
  static let everything = WorkflowDefinition(
    key: "all.of-it_1", version: 7, name: "Everything", description: "Two\nlines",
    type: .invoice, trigger: WorkflowTrigger(.entry),
    variables: [
      WorkflowVariable("checked", .flag), WorkflowVariable("pay_on", .day),
      WorkflowVariable("people", .number), WorkflowVariable("note", .text),
    ], timeoutHours: 240,
    automaticApprovals: [
      AutomaticApproval(id: "small", when: expression("amount < 10 and attachments >= 1"))
    ], canBeCancelled: false, canBePaused: false, requiresComments: true,
    nodes: [
      WorkflowNode("start", .start, name: "Start"),
      WorkflowNode("fork", .parallel(join: "meet")),
      WorkflowNode(
        "check",
        .task(
          TaskStep(
            Assignees(
              .department(ID(4), .head), fallback: .department(nil, .manager), canPassOn: true),
            form: [TaskField("checked"), TaskField("pay_on")],
            deadline: Deadline(
              due: WorkflowDuration(minutes: 960, .working),
              escalations: [
                Escalation(to: .group("auditors")),
                Escalation(
                  after: WorkflowDuration(minutes: 60), to: .user(ID(9)), .replaces),
              ]))), maxVisits: 2),
      WorkflowNode("well", .condition),
      WorkflowNode(
        "look",
        .review(
          ReviewStep(
            Assignees(.departmentHeads, fallback: .role(.owner)), mustAcknowledge: true,
            deadline: Deadline(due: WorkflowDuration(minutes: 90))))),
      WorkflowNode("meet", .join(.count(2))),
      WorkflowNode(
        "approve",
        .approval(
          ApprovalStep(
            Assignees(.limitChain), mode: .quorum(2), hasVeto: true, needsOtherPersons: false,
            isWithinLimits: false, keepsVotes: true))),
      WorkflowNode(
        "tell",
        .notification(
          NotificationStep(
            to: [.reportsTo(levels: 2), .role(.director)], template: "{amount} on {pay_on}"))),
      WorkflowNode("until", .wait(.dayOf(variable: "pay_on"))),
      WorkflowNode("pause", .wait(.lasting(WorkflowDuration(minutes: 5)))),
      WorkflowNode("year", .wait(.day(Day(sinceEpoch: 20_819)))),
      WorkflowNode("paid", .wait(.event("bank.paid"))),
      WorkflowNode("post", .system(SystemStep(.postEntry, retries: 5))),
      WorkflowNode("done", .end(.done)),
    ],
    edges: [
      WorkflowEdge("start", "fork"), WorkflowEdge("fork", "check"), WorkflowEdge("fork", "look"),
      WorkflowEdge("check", "well"),
      WorkflowEdge("well", "meet", when: expression("checked")),
      WorkflowEdge("well", "check", isDefault: true),
      WorkflowEdge("look", "meet"), WorkflowEdge("meet", "approve"),
      WorkflowEdge("approve", "tell"), WorkflowEdge("tell", "until"),
      WorkflowEdge("until", "pause"), WorkflowEdge("pause", "year"), WorkflowEdge("year", "paid"),
      WorkflowEdge("paid", "post"), WorkflowEdge("post", "done"),
    ])
}
