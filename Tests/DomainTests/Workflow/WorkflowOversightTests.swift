import Domain
import Testing

/// What is done to a whole instance (RULES §5.3, §5.4).
@Suite struct WorkflowOversightTests {
  private static let first = WorkflowStepKey("first")

  private static func started(
    keepsVotes: Bool = false, canBeCancelled: Bool = true, canBePaused: Bool = true
  ) throws -> Rehearsal {
    var rehearsal = Rehearsal(
      WorkflowDefinition(
        key: "two", name: "Two", canBeCancelled: canBeCancelled, canBePaused: canBePaused,
        nodes: [
          WorkflowNode("start", .start), .approval("first", keepsVotes: keepsVotes, maxVisits: 1),
          .approval("second", .all, keepsVotes: keepsVotes), WorkflowNode("end", .end(.approved)),
        ],
        edges: [
          WorkflowEdge("start", "first"), WorkflowEdge("first", "second"),
          WorkflowEdge("second", "end"),
        ]))
    rehearsal.people = ["first": .asking(2), "second": .asking(3, 4)]
    try rehearsal.start(moneyHash: "money")
    return rehearsal
  }

  /// Approved by 2 and 3, and sent back by 4.
  private static func returned(keepsVotes: Bool) throws -> Rehearsal {
    var rehearsal = try started(keepsVotes: keepsVotes)
    try rehearsal.vote(.approve, on: "first", by: 2)
    try rehearsal.vote(.approve, on: "second", by: 3)
    let send = WorkflowAction.vote(WorkflowStepKey("second"), .return)
    #expect(rehearsal.refusal(of: send, by: 4, "why") == .reasonRequired(atLeast: 5))
    try rehearsal.act(send, by: 4, "wrong account")
    return rehearsal
  }

  @Test func `what is returned waits for its changes, and its subject is a draft`() throws {
    var rehearsal = try Self.returned(keepsVotes: true)
    #expect(rehearsal.instance.status == .waiting && rehearsal.instance.isReturned)
    #expect(rehearsal.effects.contains(.subject(.returnedToDraft)))
    #expect(rehearsal.notices == ["1 returned"])
    let second = WorkflowStepKey("second")
    #expect(rehearsal.refusal(of: .vote(second, .approve), by: 4) == .awaitsChanges)
    // Whoever it went to is expected to change it.
    try rehearsal.act(.subjectChanged(hash: "second"), by: 1)
    #expect(rehearsal.instance.isReturned)
    try rehearsal.act(.withdraw, by: 1)
    #expect(rehearsal.instance.ending == .withdrawn)
  }

  @Test func `a change of money makes all votes void, and the next round begins at the start`()
    throws
  {
    var rehearsal = try Self.returned(keepsVotes: true)
    try rehearsal.act(.resubmit(subjectHash: "new", moneyHash: "other"), by: 1)
    #expect(rehearsal.instance.round == 2 && rehearsal.live == ["first:active"])
    #expect(rehearsal.step("second")?.status == .cancelled)
    #expect(rehearsal.step("second")?.decision == .return)
    #expect(rehearsal.instance.subjectHash == "new")
    // One visit is allowed in each round.
    #expect(rehearsal.instance.live == [WorkflowStepKey("first", visit: 2)])
    try rehearsal.vote(.approve, on: "first", by: 2, visit: 2)
    #expect(rehearsal.step("first", visit: 2)?.votes.map(\.round) == [2])
    try rehearsal.vote(.approve, on: "second", by: 3, visit: 2)
    try rehearsal.vote(.approve, on: "second", by: 4, visit: 2)
    #expect(rehearsal.instance.ending == .completed(.approved))
  }

  @Test func `a change of texts alone keeps the votes where the definition says so`() throws {
    var rehearsal = try Self.returned(keepsVotes: true)
    try rehearsal.act(.resubmit(subjectHash: "new", moneyHash: "money"), by: 1)
    #expect(rehearsal.instance.round == 2 && rehearsal.live == ["second:active"])
    #expect(rehearsal.step("second")?.votes.map(\.person) == [ID(3)])
    #expect(rehearsal.notices == ["4 asked"] && rehearsal.step("second")?.decision == nil)
    try rehearsal.vote(.approve, on: "second", by: 4)
    #expect(rehearsal.instance.ending == .completed(.approved))
    var strict = try Self.returned(keepsVotes: false)
    try strict.act(.resubmit(subjectHash: "new", moneyHash: "money"), by: 1)
    #expect(strict.live == ["first:active"])
    #expect(
      strict.refusal(of: .resubmit(subjectHash: "new", moneyHash: nil), by: 1) == .notReturned)
  }

  @Test func `whoever started it withdraws it until it is over`() throws {
    var rehearsal = try Self.started()
    #expect(rehearsal.refusal(of: .withdraw, by: 2) == .notInitiator(ID(1)))
    var ended = rehearsal
    // A refused withdrawal changes nothing, and neither does a decision before it.
    try rehearsal.vote(.approve, on: "first", by: 2)
    try rehearsal.act(.withdraw, by: 1)
    #expect(rehearsal.instance.status == .cancelled && rehearsal.instance.ending == .withdrawn)
    #expect(rehearsal.effects.contains(.subject(.returnedToDraft)))
    try ended.vote(.reject, on: "first", by: 2)
    #expect(ended.refusal(of: .withdraw, by: 1) == .notRunning(.completed))
  }

  @Test func `it is cancelled with a reason, and paused, where the definition allows it`() throws {
    var rehearsal = try Self.started()
    #expect(rehearsal.refusal(of: .cancel, by: 9) == .reasonRequired(atLeast: 1))
    try rehearsal.act(.cancel, by: 9, "a mistake")
    #expect(rehearsal.instance.ending == .cancelled && rehearsal.live.isEmpty)
    #expect(rehearsal.history.last?.reason == "a mistake")
    #expect(rehearsal.refusal(of: .cancel, by: 9, "again") == .notRunning(.cancelled))
    let strict = try Self.started(canBeCancelled: false, canBePaused: false)
    #expect(strict.refusal(of: .cancel, by: 9, "why not") == .notCancellable)
    #expect(strict.refusal(of: .pause, by: 9) == .notPausable)
    #expect(strict.refusal(of: .resume, by: 9) == .notRunning(.active))
    #expect(strict.refusal(of: .retry, by: 9) == .notRunning(.active))
  }

  @Test func `an approval isn't skipped where four eyes are asked for`() throws {
    var rehearsal = try Self.started()
    #expect(rehearsal.refusal(of: .skip(Self.first), by: 9, "late") == .approvalNotSkipped)
    var plain = Rehearsal(.approval("first", needsOtherPersons: false), .task("do"))
    plain.people = ["first": .asking(2), "do": .asking(2)]
    try plain.start()
    #expect(plain.refusal(of: .skip(Self.first), by: 9) == .reasonRequired(atLeast: 1))
    rehearsal = plain
    rehearsal.excluded = [WorkflowExclusion(ID(1), .creator)]
    #expect(rehearsal.refusal(of: .skip(Self.first), by: 9, "late") == .approvalNotSkipped)
    try plain.act(.skip(Self.first), by: 9, "late")
    #expect(plain.step("first")?.status == .skipped && plain.step("first")?.completedBy == ID(9))
    try plain.act(.skip(WorkflowStepKey("do")), by: 9, "late")
    #expect(plain.instance.ending == .completed(.approved))
  }

  @Test func `a subject that changes or is voided meanwhile ends it, and says why`() throws {
    var changed = try Self.started()
    try changed.act(.subjectChanged(hash: "first"))
    #expect(changed.instance.status == .active && changed.effects.isEmpty)
    try changed.act(.subjectChanged(hash: "other"), by: 1)
    #expect(changed.instance.status == .cancelled && changed.instance.ending == .subjectChanged)
    #expect(changed.effects.contains(.subject(.returnedToDraft)))
    var voided = try Self.started()
    try voided.act(.pause, by: 9)
    try voided.act(.subjectVoided)
    #expect(voided.instance.ending == .subjectVoided)
    #expect(!voided.effects.contains(.subject(.returnedToDraft)))
  }

  @Test func `a comment changes nothing else`() throws {
    var rehearsal = try Self.started()
    let before = rehearsal.instance
    #expect(rehearsal.refusal(of: .comment(nil), by: 5) == .reasonRequired(atLeast: 1))
    try rehearsal.act(.comment(Self.first), by: 5, "see the invoice")
    try rehearsal.act(.comment(nil), by: 5, "thanks")
    #expect(rehearsal.instance.steps == before.steps && rehearsal.effects.isEmpty)
    #expect(rehearsal.history.suffix(2).map(\.reason) == ["see the invoice", "thanks"])
    #expect(
      rehearsal.refusal(of: .comment(WorkflowStepKey("third")), by: 5, "well")
        == .unknownStep(WorkflowStepKey("third")))
  }

  @Test func `nothing is done to what hasn't begun, and nothing begins twice`() throws {
    let draft = Rehearsal(.approval("first"))
    #expect(draft.refusal(of: .pause, by: 9) == .notRunning(.draft))
    #expect(draft.refusal(of: .event("bank.paid")) == .notRunning(.draft))
    #expect(draft.refusal(of: .vote(Self.first, .approve), by: 2) == .unknownStep(Self.first))
    #expect(draft.refusal(of: .comment(nil), by: 2, "well") == .notRunning(.draft))
    #expect(draft.refusal(of: .cancel, by: 2, "no") == nil)
    let started = try Self.started()
    #expect(started.refusal(of: .start(WorkflowStart()), by: 1) == .alreadyStarted)
    #expect(
      started.refusal(of: .acknowledge(Self.first), by: 2) == .wrongKind(.approval))
  }

  @Test func `comments are asked for where the definition says so`() throws {
    var rehearsal = Rehearsal(
      WorkflowDefinition(
        key: "comments", name: "Comments", requiresComments: true,
        nodes: [
          WorkflowNode("start", .start), .approval("first"), WorkflowNode("end", .end(.approved)),
        ], edges: [WorkflowEdge("start", "first"), WorkflowEdge("first", "end")]))
    rehearsal.people = ["first": .asking(2)]
    try rehearsal.start()
    let approve = WorkflowAction.vote(Self.first, .approve)
    #expect(rehearsal.refusal(of: approve, by: 2) == .reasonRequired(atLeast: 1))
    #expect(rehearsal.refusal(of: approve, by: 2, "fine") == nil)
  }

  @Test func `a history with a gap, or that goes where nothing leads, is no history`() throws {
    let rehearsal = try Self.started()
    let history = rehearsal.history
    #expect(try WorkflowInstance.replay(ID(7), history) == rehearsal.instance)
    expectFault(3, in: Array(history.prefix(1) + history.dropFirst(2)))
    let last = try #require(history.last)
    let next = last.sequence + 1
    func transition(_ move: WorkflowMove) -> WorkflowTransition {
      WorkflowTransition(sequence: next, move: move, trigger: .userAction, at: last.at)
    }
    let wrong = transition(.step(Self.first, from: .pending, to: .active, .released))
    expectFault(next, in: history + [wrong])
    expectFault(next, in: history + [transition(.instance(from: .active, to: .draft, .settled))])
    expectFault(next, in: history + [transition(.arrival(Self.first, from: nil, path: []))])
  }

  private func expectFault(_ sequence: Int, in history: [WorkflowTransition]) {
    do {
      _ = try WorkflowInstance.replay(ID(7), history)
      Issue.record("a broken history was taken")
    } catch {
      #expect(error.sequence == sequence)
    }
  }
}
