import Domain
import Testing

/// Where an instance goes (RULES §5.1).
@Suite struct WorkflowTokenTests {
  /// Three branches, and after them one approval more.
  private static func fork(_ mode: JoinMode) -> WorkflowDefinition {
    let branches = ["a", "b", "c"]
    return WorkflowDefinition(
      key: "fork", name: "Fork",
      nodes: [
        WorkflowNode("start", .start), WorkflowNode("fork", .parallel(join: "join")),
        .approval("a"), .approval("b"), .task("c"), WorkflowNode("join", .join(mode)),
        .approval("last", needsOtherPersons: false), WorkflowNode("end", .end(.done)),
      ],
      edges: [WorkflowEdge("start", "fork")] + branches.map { WorkflowEdge("fork", $0) }
        + branches.map { WorkflowEdge($0, "join") }
        + [WorkflowEdge("join", "last"), WorkflowEdge("last", "end")])
  }

  private static func started(_ mode: JoinMode) throws -> Rehearsal {
    var rehearsal = Rehearsal(fork(mode))
    rehearsal.people = [
      "a": .asking(2), "b": .asking(3), "c": .asking(4), "last": .asking(5),
    ]
    try rehearsal.start()
    #expect(rehearsal.live == ["a:active", "b:active", "c:active"])
    return rehearsal
  }

  @Test func `any branch is enough, and the others are cancelled`() throws {
    var rehearsal = try Self.started(.any)
    try rehearsal.vote(.approve, on: "b", by: 3)
    #expect(rehearsal.live == ["last:active"])
    #expect(rehearsal.step("a")?.status == .cancelled && rehearsal.step("c")?.status == .cancelled)
    #expect(
      rehearsal.refusal(of: .vote(WorkflowStepKey("a"), .approve), by: 2)
        == .stepNotActive(.cancelled, by: nil, at: Rehearsal.monday))
    #expect(rehearsal.instance.steps.keys.filter { $0.node == "last" }.count == 1)
  }

  @Test func `so many branches are waited for, and the rest is cancelled`() throws {
    var rehearsal = try Self.started(.count(2))
    try rehearsal.vote(.approve, on: "b", by: 3)
    #expect(rehearsal.live == ["a:active", "c:active", "join:pending"])
    try rehearsal.act(.complete(WorkflowStepKey("c"), [:]), by: 4)
    #expect(rehearsal.live == ["last:active"])
    #expect(rehearsal.step("a")?.status == .cancelled)
  }

  @Test func `all branches are waited for, and one goes on`() throws {
    var rehearsal = try Self.started(.all)
    try rehearsal.vote(.approve, on: "a", by: 2)
    try rehearsal.act(.complete(WorkflowStepKey("c"), [:]), by: 4)
    #expect(rehearsal.live == ["b:active", "join:pending"])
    try rehearsal.vote(.approve, on: "b", by: 3)
    #expect(rehearsal.live == ["last:active"])
    #expect(rehearsal.step("join")?.status == .completed)
    try rehearsal.vote(.approve, on: "last", by: 5)
    #expect(rehearsal.instance.ending == .completed(.done))
    #expect(!rehearsal.effects.contains(.subject(.approved)))
  }

  @Test func `a rejection in one branch ends all`() throws {
    var rehearsal = try Self.started(.any)
    try rehearsal.vote(.reject, on: "a", by: 2)
    #expect(rehearsal.instance.ending == .completed(.rejected) && rehearsal.live.isEmpty)
  }

  @Test func `a branch that can't go on stops the others until it can`() throws {
    var rehearsal = Rehearsal(Self.fork(.any))
    rehearsal.people = ["b": .asking(3), "c": .asking(4), "last": .asking(5)]
    try rehearsal.start()
    #expect(rehearsal.live == ["a:failed", "b:pending", "c:pending"])
    #expect(
      rehearsal.refusal(of: .vote(WorkflowStepKey("b"), .approve), by: 3) == .notRunning(.failed))
    try rehearsal.act(.retry, by: 9)
    #expect(rehearsal.live == ["a:failed", "b:pending", "c:pending"])
    rehearsal.people["a"] = .asking(2)
    try rehearsal.act(.retry, by: 9)
    #expect(rehearsal.live == ["a:active", "b:active", "c:active"])
  }

  /// Filled in until it is complete.
  private static func loop(_ flags: [Bool]) throws -> Rehearsal {
    var rehearsal = Rehearsal(Sound.request)
    rehearsal.people = ["fill": .asking(2)]
    try rehearsal.act(.start(WorkflowStart(priority: .high)), by: 1)
    for (visit, flag) in flags.enumerated() {
      let values: [String: GuardValue] = [
        "price": .number(Quantity(1999)), "complete": .flag(flag),
      ]
      try rehearsal.act(.complete(WorkflowStepKey("fill", visit: visit + 1), values), by: 2)
    }
    return rehearsal
  }

  @Test func `a loop comes back as often as it may, and no more`() throws {
    let twice = try Self.loop([false, false])
    #expect(
      twice.live == ["fill:active"] && twice.instance.live == [WorkflowStepKey("fill", visit: 3)])
    let done = try Self.loop([false, false, true])
    #expect(done.instance.ending == .completed(.done))
    var tooOften = try Self.loop([false, false, false])
    #expect(tooOften.instance.failure == .tooManyVisits(node: "fill", most: 3))
    #expect(tooOften.live == ["fill:failed"] && tooOften.instance.status == .failed)
    // Whoever retries it grants one visit more.
    try tooOften.act(.retry, by: 9)
    #expect(tooOften.live == ["fill:active"])
  }

  @Test func `a task takes what it asks for and nothing else`() throws {
    var rehearsal = Rehearsal(Sound.request)
    rehearsal.people = ["fill": .asking(2)]
    try rehearsal.act(.start(WorkflowStart()), by: 1)
    func refusal(_ values: [String: GuardValue]) -> WorkflowRefusal? {
      rehearsal.refusal(of: .complete(WorkflowStepKey("fill"), values), by: 2)
    }
    let price = GuardValue.number(Quantity(5))
    #expect(refusal(["price": price]) == .valueRequired("complete"))
    let both: [String: GuardValue] = ["price": price, "complete": .flag(true)]
    #expect(refusal(both) == nil)
    #expect(refusal(both.merging(["size": .text("huge")]) { $1 }) == .valueUnfit("size"))
    #expect(refusal(both.merging(["colour": .text("red")]) { $1 }) == .valueUnknown("colour"))
    #expect(
      Rehearsal(Sound.request).refusal(
        of: .start(WorkflowStart(variables: ["colour": .text("red")])), by: 1)
        == .valueUnknown("colour"))
  }

  @Test func `what is filled in is what guards ask for, at once and later`() throws {
    var rehearsal = try Self.loop([])
    let dear: [String: GuardValue] = ["price": .number(Quantity(2000)), "complete": .flag(true)]
    try rehearsal.act(.complete(WorkflowStepKey("fill"), dear), by: 2)
    #expect(rehearsal.live == ["fill:active"])
    #expect(rehearsal.instance.variables == dear)
  }

  @Test func `who may be asked next is known before`() throws {
    var rehearsal = Rehearsal(Self.fork(.all))
    #expect(rehearsal.instance.nodesAhead(in: rehearsal.definition) == ["a", "b", "c"])
    rehearsal = try Self.started(.all)
    #expect(rehearsal.instance.nodesAhead(in: rehearsal.definition) == ["a", "b", "c", "last"])
    rehearsal = try Self.started(.any)
    try rehearsal.vote(.approve, on: "a", by: 2)
    #expect(rehearsal.instance.nodesAhead(in: rehearsal.definition) == ["last"])
  }

  @Test func `a definition that leads nowhere fails instead of losing its way`() throws {
    var rehearsal = Rehearsal(
      WorkflowDefinition(
        key: "gap", name: "Gap", nodes: [WorkflowNode("start", .start), .approval("gap")],
        edges: [WorkflowEdge("start", "gap")]))
    rehearsal.people = ["gap": .asking(2)]
    try rehearsal.start()
    try rehearsal.vote(.approve, on: "gap", by: 2)
    #expect(rehearsal.instance.failure == .unsound(node: "gap"))
    var round = Rehearsal(
      WorkflowDefinition(
        key: "round", name: "Round",
        nodes: [
          WorkflowNode("start", .start),
          WorkflowNode("say", .notification(NotificationStep(to: [], template: "again"))),
        ], edges: [WorkflowEdge("start", "say"), WorkflowEdge("say", "say")]))
    try round.start()
    #expect(round.instance.failure == .endless(node: "say"))
    var lost = Rehearsal(
      WorkflowDefinition(
        key: "lost", name: "Lost", nodes: [WorkflowNode("start", .start)],
        edges: [WorkflowEdge("start", "nowhere")]))
    try lost.start()
    #expect(lost.instance.failure == .unsound(node: "nowhere"))
  }
}
