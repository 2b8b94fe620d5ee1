import Domain
import Testing

/// What people decide, and who may (RULES §4.5, §4.6, §5.3).
@Suite struct WorkflowApprovalTests {
  private static let approve = WorkflowStepKey("approve")

  private static func started(
    _ mode: ApprovalMode = .any, asking people: WorkflowAssignment = .asking(2, 3),
    canPassOn: Bool = false
  ) throws -> Rehearsal {
    var rehearsal = Rehearsal(.approval("approve", mode, canPassOn: canPassOn))
    rehearsal.people = ["approve": people]
    try rehearsal.start()
    return rehearsal
  }

  /// From 1,000 on a director must approve too.
  private static let bands = WorkflowDefinition(
    key: "bands", name: "Bands",
    nodes: [
      WorkflowNode("start", .start), .approval("manager"), WorkflowNode("much", .condition),
      .approval("director"), WorkflowNode("end", .end(.approved)),
    ],
    edges: [
      WorkflowEdge("start", "manager"), WorkflowEdge("manager", "much"),
      WorkflowEdge("much", "director", when: Sound.expression("amount >= 1000")),
      WorkflowEdge("much", "end", isDefault: true), WorkflowEdge("director", "end"),
    ])

  @Test(arguments: [
    (Int64(99_999), WorkflowInstanceStatus.completed), (100_000, .active), (100_001, .active),
  ])
  func `an amount from the limit on needs the director too`(
    _ cents: Int64, _ status: WorkflowInstanceStatus
  ) throws {
    var rehearsal = Rehearsal(Self.bands)
    rehearsal.people = ["manager": .asking(2, 4), "director": .asking(2, 4)]
    rehearsal.facts.set(amount: Money(minorUnits: cents), exponent: 2)
    try rehearsal.start()
    #expect(rehearsal.live == ["manager:active"])
    try rehearsal.vote(.approve, on: "manager", by: 2)
    #expect(rehearsal.instance.status == status)
    guard status == .active else {
      #expect(rehearsal.effects.contains(.subject(.approved)))
      return
    }
    // Whoever approved as manager isn't asked as director.
    #expect(rehearsal.step("director")?.seats.map(\.person) == [ID(4)])
    #expect(rehearsal.step("director")?.excluded == [WorkflowExclusion(ID(2), .otherStep)])
    #expect(
      rehearsal.refusal(of: .vote(WorkflowStepKey("director"), .approve), by: 2)
        == .excluded(ID(2), .otherStep))
    try rehearsal.vote(.approve, on: "director", by: 4)
    #expect(rehearsal.instance.ending == .completed(.approved))
    #expect(rehearsal.effects.contains(.subject(.approved)))
    #expect(
      rehearsal.notices == ["1 ended"])
  }

  @Test func `a transition says who did what, when, to what`() throws {
    var rehearsal = try Self.started()
    rehearsal.pass(minutes: 5)
    try rehearsal.vote(.approve, on: "approve", by: 2)
    let vote = try #require(
      rehearsal.history.first { if case .step(_, _, _, .voted) = $0.move { true } else { false } })
    #expect(vote.move.fromStep == Self.approve && vote.move.toStep == Self.approve)
    #expect(vote.move.fromStatus == "active" && vote.move.toStatus == "active")
    #expect(vote.trigger == .userAction && vote.actor == ID(2) && vote.actingFor == nil)
    #expect(vote.reason == "because" && vote.dataHash == "first")
    #expect(vote.at == Rehearsal.monday.adding(seconds: 300))
    #expect(rehearsal.history.map(\.sequence) == Array(1...rehearsal.history.count))
    let last = try #require(rehearsal.history.last)
    #expect(last.move.fromStep == nil && last.move.fromStatus == "active")
    #expect(last.move.toStatus == "completed" && last.trigger == .autoComplete)
    #expect(last.actor == nil)
  }

  @Test func `a rejection says why, ends the instance, and names nothing approved`() throws {
    var rehearsal = try Self.started(.all)
    let reject = WorkflowAction.vote(Self.approve, .reject)
    #expect(rehearsal.refusal(of: reject, by: 2, " no  ") == .reasonRequired(atLeast: 5))
    #expect(rehearsal.refusal(of: reject, by: 2, "wrong") == nil)
    try rehearsal.act(reject, by: 2, "wrong account")
    #expect(rehearsal.instance.ending == .completed(.rejected))
    #expect(rehearsal.instance.status == .completed && rehearsal.live.isEmpty)
    #expect(rehearsal.step("approve")?.decision == .reject)
    #expect(rehearsal.effects.contains(.subject(.rejected)))
    #expect(
      rehearsal.refusal(of: .vote(Self.approve, .approve), by: 3)
        == .stepNotActive(.completed, by: ID(2), at: Rehearsal.monday))
  }

  @Test func `only who is asked decides, and who made it what it is never`() throws {
    var rehearsal = Rehearsal(.approval("approve"))
    rehearsal.excluded = [
      WorkflowExclusion(ID(1), .creator), WorkflowExclusion(ID(4), .editor),
      WorkflowExclusion(ID(5), .submitter),
    ]
    rehearsal.people = ["approve": .asking(1, 2, 4, 5, 2)]
    rehearsal.delegations = [
      WorkflowDelegation(from: ID(4), to: ID(6)), WorkflowDelegation(from: ID(2), to: ID(5)),
      WorkflowDelegation(from: ID(2), to: ID(7)),
    ]
    try rehearsal.start()
    #expect(rehearsal.step("approve")?.seats.map(\.person) == [ID(2)])
    #expect(rehearsal.step("approve")?.excluded == rehearsal.excluded)
    let approve = WorkflowAction.vote(Self.approve, .approve)
    #expect(rehearsal.refusal(of: approve, by: 1) == .excluded(ID(1), .creator))
    #expect(rehearsal.refusal(of: approve, by: 4) == .excluded(ID(4), .editor))
    // Neither in another's name nor by lending it.
    #expect(rehearsal.refusal(of: approve, by: 5, for: 2) == .excluded(ID(5), .submitter))
    #expect(rehearsal.refusal(of: approve, by: 6, for: 4) == .notYours(asked: [ID(2)]))
    #expect(rehearsal.refusal(of: approve, by: 3) == .notYours(asked: [ID(2)]))
    #expect(rehearsal.refusal(of: approve, by: nil) == .notYours(asked: [ID(2)]))
    #expect(rehearsal.refusal(of: approve, by: 7, for: 2) == nil)
    #expect(rehearsal.refusal(of: approve, by: 2) == nil)
  }

  @Test func `whoever is excluded after they were asked is refused`() throws {
    var rehearsal = try Self.started()
    rehearsal.excluded = [WorkflowExclusion(ID(2), .editor)]
    #expect(
      rehearsal.refusal(of: .vote(Self.approve, .approve), by: 2) == .excluded(ID(2), .editor))
  }

  @Test func `whose limit is too low decides for who lent them theirs`() throws {
    var rehearsal = Rehearsal(.approval("approve"))
    rehearsal.people = [
      "approve": .asking(2, 3, excluded: [WorkflowExclusion(ID(3), .limit)])
    ]
    try rehearsal.start()
    let approve = WorkflowAction.vote(Self.approve, .approve)
    #expect(rehearsal.refusal(of: approve, by: 3) == .excluded(ID(3), .limit))
    rehearsal.delegations = [WorkflowDelegation(from: ID(2), to: ID(3))]
    #expect(rehearsal.refusal(of: approve, by: 3) == nil)
  }

  @Test func `a person votes once, whoever lent them theirs, and may change it`() throws {
    var rehearsal = try Self.started(.all, asking: .asking(2, 3, 4))
    rehearsal.delegations = [
      WorkflowDelegation(from: ID(2), to: ID(9)), WorkflowDelegation(from: ID(3), to: ID(9)),
    ]
    try rehearsal.vote(.approve, on: "approve", by: 9)
    let vote = try #require(rehearsal.step("approve")?.votes.first)
    #expect(vote.person == ID(9) && vote.actingFor == ID(2))
    #expect(rehearsal.history.last?.actingFor == ID(2))
    let now = Rehearsal.monday
    let approve = WorkflowAction.vote(Self.approve, .approve)
    #expect(rehearsal.refusal(of: approve, by: 9, for: 3) == .alreadyVoted(for: ID(2), at: now))
    #expect(rehearsal.refusal(of: approve, by: 2) == .alreadyDecided(by: ID(9), at: now))
    try rehearsal.vote(.abstain, on: "approve", by: 9)
    #expect(rehearsal.step("approve")?.votes.map(\.decision) == [.abstain])
    try rehearsal.vote(.approve, on: "approve", by: 3)
    #expect(rehearsal.instance.status == .active)
    try rehearsal.vote(.approve, on: "approve", by: 4)
    #expect(rehearsal.instance.ending == .completed(.approved))
  }

  @Test func `one after the other each is asked when it is their turn`() throws {
    var rehearsal = try Self.started(.sequential, asking: .asking(4, 2, 3))
    #expect(rehearsal.notices == ["4 asked"])
    #expect(
      rehearsal.refusal(of: .vote(Self.approve, .approve), by: 2) == .notYourTurn(next: ID(4)))
    try rehearsal.vote(.approve, on: "approve", by: 4)
    #expect(rehearsal.notices == ["2 asked"])
    try rehearsal.vote(.abstain, on: "approve", by: 2)
    #expect(rehearsal.notices == ["3 asked"])
    try rehearsal.vote(.approve, on: "approve", by: 3)
    #expect(rehearsal.instance.ending == .completed(.approved))
  }

  @Test func `whoever approves in one branch is asked no more in another`() throws {
    var rehearsal = Rehearsal(
      WorkflowDefinition(
        key: "fork", name: "Fork",
        nodes: [
          WorkflowNode("start", .start), WorkflowNode("fork", .parallel(join: "join")),
          .approval("left", .all), .approval("right", .all), WorkflowNode("join", .join(.all)),
          WorkflowNode("end", .end(.approved)),
        ],
        edges: [
          WorkflowEdge("start", "fork"), WorkflowEdge("fork", "left"),
          WorkflowEdge("fork", "right"), WorkflowEdge("left", "join"),
          WorkflowEdge("right", "join"), WorkflowEdge("join", "end"),
        ]))
    rehearsal.people = ["left": .asking(2, 3), "right": .asking(2, 4, fallback: [5])]
    try rehearsal.start()
    try rehearsal.vote(.approve, on: "right", by: 4)
    #expect(rehearsal.live == ["left:active", "right:active"])
    // Who is left there has approved already.
    try rehearsal.vote(.approve, on: "left", by: 2)
    #expect(rehearsal.live == ["left:active", "join:pending"])
    #expect(rehearsal.step("right")?.status == .completed)
    #expect(rehearsal.step("right")?.completedBy == nil)
    try rehearsal.vote(.approve, on: "left", by: 3)
    #expect(rehearsal.instance.ending == .completed(.approved))
  }

  @Test func `nobody who can be asked is made up for by the fallback, and never by approval`()
    throws
  {
    var rehearsal = Rehearsal(.approval("approve"))
    rehearsal.excluded = [WorkflowExclusion(ID(1), .creator)]
    rehearsal.people = ["approve": .asking(1, fallback: [1, 6])]
    try rehearsal.start()
    #expect(rehearsal.step("approve")?.seats.map(\.person) == [ID(6)])
    #expect(rehearsal.step("approve")?.hasFallenBack == true)
    var lonely = Rehearsal(.approval("approve"))
    lonely.excluded = rehearsal.excluded
    lonely.people = ["approve": .asking(1, fallback: [1])]
    try lonely.start()
    #expect(lonely.instance.status == .failed && lonely.live == ["approve:failed"])
    #expect(lonely.instance.failure == .nobodyToAsk(node: "approve"))
    #expect(lonely.effects == [.report(.nobodyToAsk(node: "approve"))])
    #expect(
      lonely.refusal(of: .vote(Self.approve, .approve), by: 1) == .notRunning(.failed))
    // Somebody is found, and it is tried again.
    lonely.people = ["approve": .asking(2)]
    try lonely.act(.retry, by: 9)
    #expect(lonely.live == ["approve:active"] && lonely.instance.failure == nil)
    try lonely.vote(.approve, on: "approve", by: 2)
    #expect(lonely.instance.ending == .completed(.approved))
  }

  @Test func `too few for a quorum asks the next level, and then the fallback`() throws {
    var rehearsal = try Self.started(
      .quorum(2), asking: .asking(2, fallback: [5], escalations: [[2], [3]]))
    #expect(rehearsal.step("approve")?.seats.map(\.person) == [ID(2), ID(3)])
    #expect(rehearsal.step("approve")?.level == 2)
    try rehearsal.vote(.abstain, on: "approve", by: 2)
    #expect(rehearsal.step("approve")?.seats.map(\.person) == [ID(2), ID(3), ID(5)])
    #expect(rehearsal.notices == ["3,5 escalated"])
    #expect(rehearsal.instance.priority == .high)
    try rehearsal.vote(.approve, on: "approve", by: 3)
    try rehearsal.vote(.abstain, on: "approve", by: 5)
    #expect(rehearsal.instance.failure == .nobodyToAsk(node: "approve"))
  }

  @Test func `what changed since they looked is not approved`() throws {
    let rehearsal = try Self.started()
    let approve = WorkflowAction.vote(Self.approve, .approve)
    #expect(rehearsal.refusal(of: approve, by: 2, seen: "second") == .subjectChanged)
    #expect(rehearsal.refusal(of: approve, by: 2, seen: "first") == nil)
  }

  @Test func `a rule of the definition approves, and says which it was`() throws {
    var rehearsal = Rehearsal(
      WorkflowDefinition(
        key: "small", name: "Small",
        automaticApprovals: [
          AutomaticApproval(id: "small", when: Sound.expression("amount < 10"))
        ],
        nodes: [
          WorkflowNode("start", .start), .approval("approve"), WorkflowNode("end", .end(.approved)),
        ], edges: [WorkflowEdge("start", "approve"), WorkflowEdge("approve", "end")]))
    rehearsal.facts.set(amount: Money(minorUnits: 999), exponent: 2)
    var same = rehearsal
    try rehearsal.start()
    #expect(rehearsal.instance.ending == .completed(.approved))
    let rule = rehearsal.history.first { transition in
      if case .step(_, _, _, .approvedByRule("small")) = transition.move { true } else { false }
    }
    #expect(rule?.actor == nil && rule?.trigger == .conditionMet)
    same.facts.set(amount: Money(minorUnits: 1000), exponent: 2)
    same.people = ["approve": .asking(2)]
    try same.start()
    #expect(same.live == ["approve:active"])
  }

  @Test func `a claim keeps others away until it is released or old`() throws {
    var rehearsal = try Self.started()
    let claim = WorkflowAction.claim(Self.approve)
    try rehearsal.act(claim, by: 2)
    let until = Rehearsal.monday.adding(seconds: 8 * 3600)
    let claimed = WorkflowRefusal.claimed(by: ID(2), until: until)
    #expect(rehearsal.refusal(of: claim, by: 3) == claimed)
    #expect(rehearsal.refusal(of: .vote(Self.approve, .approve), by: 3) == claimed)
    #expect(rehearsal.refusal(of: .vote(Self.approve, .approve), by: 2) == nil)
    #expect(rehearsal.refusal(of: .release(Self.approve), by: 3) == .notClaimed)
    var released = rehearsal
    try released.act(.release(Self.approve), by: 2)
    #expect(released.refusal(of: claim, by: 3) == nil)
    rehearsal.pass(minutes: 480)
    try rehearsal.act(claim, by: 3)
    #expect(rehearsal.step("approve")?.claim?.person == ID(3))
    let all = try Self.started(.all)
    #expect(all.refusal(of: claim, by: 2) == .notClaimable)
    #expect(all.refusal(of: claim, by: 9) == .notClaimable)
  }

  @Test func `a place goes to somebody else five times at the most, and says why`() throws {
    var rehearsal = try Self.started(.all)
    func reassign(_ from: Int64, _ to: Int64) -> WorkflowAction {
      .reassign(Self.approve, from: ID(from), to: WorkflowSeat(ID(to)))
    }
    #expect(rehearsal.refusal(of: reassign(2, 4), by: 9) == .reasonRequired(atLeast: 1))
    #expect(rehearsal.refusal(of: reassign(2, 3), by: 9, "ill") == .alreadyAsked(ID(3)))
    #expect(rehearsal.refusal(of: reassign(5, 6), by: 9, "ill") == .notAsked(ID(5)))
    for person in Int64(10)..<15 {
      try rehearsal.act(reassign(person == 10 ? 2 : person - 1, person), by: 9, "ill")
    }
    #expect(rehearsal.step("approve")?.seats.map(\.person) == [ID(14), ID(3)])
    #expect(rehearsal.refusal(of: reassign(14, 15), by: 9, "ill") == .tooManyReassignments(most: 5))
    try rehearsal.vote(.approve, on: "approve", by: 3)
    #expect(
      rehearsal.refusal(of: reassign(3, 16), by: 9, "ill")
        == .alreadyDecided(by: ID(3), at: Rehearsal.monday))
    #expect(
      rehearsal.refusal(of: .vote(Self.approve, .approve), by: 2)
        == .notYours(asked: [ID(14), ID(3)]))
  }

  @Test func `an assignee passes on where that is allowed, and never to who is excluded`() throws {
    let strict = try Self.started()
    let passOn = WorkflowAction.passOn(Self.approve, to: WorkflowSeat(ID(4)))
    #expect(strict.refusal(of: passOn, by: 2, "away") == .notPassedOn)
    var free = try Self.started(canPassOn: true)
    #expect(free.refusal(of: passOn, by: 5, "away") == .notYours(asked: [ID(2), ID(3)]))
    free.excluded = [WorkflowExclusion(ID(4), .editor)]
    #expect(free.refusal(of: passOn, by: 2, "away") == .excluded(ID(4), .editor))
    free.excluded = []
    try free.act(passOn, by: 2, "away")
    #expect(free.step("approve")?.seats.map(\.person) == [ID(4), ID(3)])
  }

  @Test func `a delegate decides in the place of who asked them, who stays asked`() throws {
    var rehearsal = try Self.started(.all)
    let delegate = WorkflowAction.delegate(Self.approve, to: ID(8))
    #expect(rehearsal.refusal(of: delegate, by: 7) == .notYours(asked: [ID(2), ID(3)]))
    try rehearsal.act(delegate, by: 2)
    #expect(rehearsal.notices == ["8 asked"])
    #expect(rehearsal.refusal(of: delegate, by: 2) == .alreadyAsked(ID(8)))
    // What was lent isn't lent on.
    #expect(
      rehearsal.refusal(of: .delegate(Self.approve, to: ID(9)), by: 8)
        == .notYours(asked: [ID(2), ID(3)]))
    #expect(rehearsal.refusal(of: .vote(Self.approve, .approve), by: 2) == nil)
    try rehearsal.vote(.approve, on: "approve", by: 8)
    #expect(rehearsal.step("approve")?.votes.first?.actingFor == ID(2))
  }
}
