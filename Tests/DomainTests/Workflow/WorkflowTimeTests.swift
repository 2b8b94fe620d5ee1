import Domain
import Testing

/// Timers, waits, and what the system does (RULES §5.5, §5.7).
@Suite struct WorkflowTimeTests {
  private static let approve = WorkflowStepKey("approve")
  private static let hour = WorkflowDuration(minutes: 60)

  private static func started(
    _ deadline: Deadline, asking people: WorkflowAssignment, _ mode: ApprovalMode = .any
  ) throws -> Rehearsal {
    var rehearsal = Rehearsal(.approval("approve", mode, deadline: deadline))
    rehearsal.people = ["approve": people]
    try rehearsal.start()
    return rehearsal
  }

  @Test func `reminders go out at half the time, near its end and at it`() throws {
    var rehearsal = try Self.started(
      Deadline(due: WorkflowDuration(minutes: 600)), asking: .asking(2, 3))
    #expect(rehearsal.minutes(until: .remind) == [300, 540, 600])
    try rehearsal.fire(untilMinutes: 300)
    #expect(rehearsal.notices == ["2,3 reminded"])
    #expect(rehearsal.step("approve")?.isOverdue(at: rehearsal.now) == false)
    try rehearsal.fire(untilMinutes: 300)
    #expect(rehearsal.notices == ["2,3 overdue"])
    rehearsal.pass(minutes: 1)
    #expect(rehearsal.step("approve")?.isOverdue(at: rehearsal.now) == true)
    // Time that passes approves nothing.
    #expect(rehearsal.live == ["approve:active"])
    try rehearsal.vote(.approve, on: "approve", by: 2)
    #expect(rehearsal.instance.timers.isEmpty)
  }

  @Test func `working time is counted by the business's hours`() throws {
    let rehearsal = try Self.started(
      Deadline(due: WorkflowDuration(minutes: 960, .working)), asking: .asking(2))
    // Sixteen hours of work from Monday at nine are over on Tuesday at five.
    #expect(rehearsal.step("approve")?.dueAt?.minute == "2026-11-24 17:00")
    #expect(rehearsal.minutes(until: .remind) == [480, 1824, 1920])
  }

  @Test func `whoever has it is joined by the next, and then replaced`() throws {
    let deadline = Deadline(
      due: Self.hour,
      escalations: [
        Escalation(to: .role(.director)),
        Escalation(after: Self.hour, to: .role(.owner), .replaces),
      ])
    var rehearsal = try Self.started(
      deadline, asking: .asking(2, escalations: [[2, 4], [5]]), .all)
    #expect(rehearsal.minutes(until: .escalate) == [60, 120])
    try rehearsal.fire(untilMinutes: 60)
    #expect(rehearsal.step("approve")?.seats.map(\.person) == [ID(2), ID(4)])
    #expect(rehearsal.step("approve")?.status == .active)
    #expect(rehearsal.instance.priority == .high)
    try rehearsal.vote(.approve, on: "approve", by: 2)
    try rehearsal.fire(untilMinutes: 60)
    // Who has voted stays, who hasn't goes.
    #expect(rehearsal.step("approve")?.seats.map(\.person) == [ID(2), ID(5)])
    #expect(rehearsal.notices == ["5 escalated"] && rehearsal.instance.priority == .urgent)
    try rehearsal.vote(.approve, on: "approve", by: 5)
    #expect(rehearsal.instance.ending == .completed(.approved))
  }

  @Test func `a time-out is recorded as one, by the system, when it was and when it was to be`()
    throws
  {
    let deadline = Deadline(due: Self.hour, escalations: [Escalation(to: .role(.director))])
    var rehearsal = try Self.started(deadline, asking: .asking(2, escalations: [[4]]))
    let timer = try #require(rehearsal.instance.armed.first { $0.kind == .escalate })
    #expect(rehearsal.refusal(of: .fire(timer)) == .notDue(until: timer.due))
    rehearsal.pass(minutes: 200)
    try rehearsal.act(.fire(timer))
    let fired = try #require(
      rehearsal.history.first { $0.move.toStatus == "timeout" })
    #expect(fired.trigger == .timeout && fired.actor == nil)
    #expect(fired.at == Rehearsal.monday.adding(seconds: 200 * 60))
    #expect(timer.due == Rehearsal.monday.adding(seconds: 3600))
    guard case .step(Self.approve, .active, .timeout, .fired(timer)) = fired.move else {
      Issue.record("\(fired.move)")
      return
    }
    #expect(rehearsal.refusal(of: .fire(timer)) == .noSuchTimer)
  }

  @Test func `somebody escalates before the time, and the timer of that level is gone`() throws {
    let deadline = Deadline(due: Self.hour, escalations: [Escalation(to: .role(.director))])
    var rehearsal = try Self.started(deadline, asking: .asking(2, escalations: [[4]]))
    try rehearsal.act(.escalate(Self.approve), by: 2)
    #expect(rehearsal.step("approve")?.seats.map(\.person) == [ID(2), ID(4)])
    #expect(rehearsal.minutes(until: .escalate).isEmpty)
    #expect(rehearsal.refusal(of: .escalate(Self.approve), by: 2) == .nobodyToEscalateTo)
  }

  @Test func `a review goes on without when it was due, unless it must be acknowledged`() throws {
    func started(_ mustAcknowledge: Bool) throws -> Rehearsal {
      let review = ReviewStep(
        Assignees(.role(.manager)), mustAcknowledge: mustAcknowledge,
        deadline: Deadline(due: Self.hour))
      var rehearsal = Rehearsal(WorkflowNode("look", .review(review)))
      rehearsal.people = ["look": .asking(2)]
      try rehearsal.start()
      return rehearsal
    }
    var free = try started(false)
    try free.fire(untilMinutes: 60)
    #expect(free.step("look")?.status == .completed && free.step("look")?.decision == .expired)
    #expect(free.instance.status == .completed)
    var strict = try started(true)
    try strict.fire(untilMinutes: 600)
    #expect(strict.live == ["look:active"])
    #expect(
      strict.refusal(of: .acknowledge(WorkflowStepKey("look")), by: 3)
        == .notYours(asked: [ID(2)]))
    try strict.act(.acknowledge(WorkflowStepKey("look")), by: 2)
    #expect(strict.step("look")?.decision == .done && strict.instance.status == .completed)
  }

  @Test func `an instance expires, and its subject is a draft again`() throws {
    var rehearsal = Rehearsal(.approval("approve"), timeoutHours: 48)
    rehearsal.people = ["approve": .asking(2)]
    try rehearsal.start()
    #expect(rehearsal.minutes(until: .expire) == [2880])
    try rehearsal.fire(untilMinutes: 2880)
    #expect(rehearsal.instance.status == .expired && rehearsal.instance.ending == .expired)
    #expect(rehearsal.step("approve")?.status == .cancelled)
    #expect(rehearsal.effects.contains(.subject(.returnedToDraft)))
    #expect(rehearsal.notices == ["1 ended"])
  }

  @Test func `a pause shifts what is due by as long as it lasts`() throws {
    let deadline = Deadline(due: Self.hour, escalations: [Escalation(to: .role(.director))])
    var rehearsal = Rehearsal(.approval("approve", deadline: deadline), timeoutHours: 2)
    rehearsal.people = ["approve": .asking(2, escalations: [[4]])]
    try rehearsal.start()
    rehearsal.pass(minutes: 20)
    let timers = rehearsal.instance.armed
    try rehearsal.act(.pause, by: 9)
    #expect(rehearsal.instance.status == .paused && rehearsal.instance.armed.isEmpty)
    #expect(Set(rehearsal.effects) == Set(timers.map(WorkflowEffect.cancel)))
    #expect(rehearsal.refusal(of: .vote(Self.approve, .approve), by: 2) == .notRunning(.paused))
    let due = try #require(timers.min())
    rehearsal.pass(minutes: 500)
    #expect(rehearsal.refusal(of: .fire(due)) == .notRunning(.paused))
    try rehearsal.act(.resume, by: 9)
    #expect(rehearsal.minutes(until: .escalate) == [40])
    #expect(rehearsal.minutes(until: .remind) == [10, 34, 40])
    #expect(rehearsal.minutes(until: .expire) == [100])
    #expect(rehearsal.step("approve")?.dueAt == Rehearsal.monday.adding(seconds: 560 * 60))
    #expect(rehearsal.effects.count == 5)
  }

  @Test func `a wait lasts as long as it says, until a day, or until something happens`() throws {
    let day = try #require(Day("2026-11-25"))
    func wait(_ id: String, _ step: WaitStep) -> WorkflowNode { WorkflowNode(id, .wait(step)) }
    var rehearsal = Rehearsal(
      WorkflowDefinition(
        key: "waits", name: "Waits", variables: [WorkflowVariable("pay_on", .day)],
        nodes: [
          WorkflowNode("start", .start), wait("while", .lasting(Self.hour)),
          wait("until", .day(day)), wait("pay", .dayOf(variable: "pay_on")),
          wait("paid", .event("bank.paid")), WorkflowNode("end", .end(.done)),
        ],
        edges: [
          WorkflowEdge("start", "while"), WorkflowEdge("while", "until"),
          WorkflowEdge("until", "pay"), WorkflowEdge("pay", "paid"), WorkflowEdge("paid", "end"),
        ]))
    // A day that has come already is not waited for.
    try rehearsal.start(["pay_on": .day(day.adding(days: -1))])
    #expect(rehearsal.instance.status == .waiting)
    #expect(rehearsal.minutes(until: .wake) == [60])
    try rehearsal.fire(untilMinutes: 60)
    #expect(rehearsal.live == ["until:active"])
    #expect(rehearsal.minutes(until: .wake) == [38 * 60])
    #expect(rehearsal.refusal(of: .event("bank.paid")) == .notWaitedFor(event: "bank.paid"))
    try rehearsal.fire(untilMinutes: 38 * 60)
    #expect(rehearsal.live == ["paid:active"] && rehearsal.instance.status == .waiting)
    // What comes while nothing goes on isn't lost.
    try rehearsal.act(.pause, by: 9)
    try rehearsal.act(.event("bank.paid"))
    #expect(rehearsal.live == ["paid:active"])
    try rehearsal.act(.resume, by: 9)
    #expect(rehearsal.instance.ending == .completed(.done))
  }

  @Test func `what happens while a subject is changed is known when it is submitted again`() throws
  {
    var rehearsal = Rehearsal(
      WorkflowDefinition(
        key: "fork", name: "Fork",
        nodes: [
          WorkflowNode("start", .start), WorkflowNode("fork", .parallel(join: "join")),
          .approval("approve", keepsVotes: true), WorkflowNode("paid", .wait(.event("bank.paid"))),
          WorkflowNode("join", .join(.all)), WorkflowNode("end", .end(.approved)),
        ],
        edges: [
          WorkflowEdge("start", "fork"), WorkflowEdge("fork", "approve"),
          WorkflowEdge("fork", "paid"), WorkflowEdge("approve", "join"),
          WorkflowEdge("paid", "join"), WorkflowEdge("join", "end"),
        ]))
    rehearsal.people = ["approve": .asking(2)]
    try rehearsal.start(moneyHash: "money")
    try rehearsal.vote(.return, on: "approve", by: 2)
    try rehearsal.act(.event("bank.paid"))
    try rehearsal.act(.pause, by: 9)
    #expect(
      rehearsal.refusal(of: .resubmit(subjectHash: "new", moneyHash: "money"), by: 1)
        == .notRunning(.paused))
    // It is still with whoever changes it.
    try rehearsal.act(.resume, by: 9)
    #expect(rehearsal.instance.status == .waiting && rehearsal.instance.isReturned)
    #expect(rehearsal.live == ["approve:active", "paid:active"])
    try rehearsal.act(.resubmit(subjectHash: "new", moneyHash: "money"), by: 1)
    #expect(rehearsal.live == ["approve:active", "join:pending"])
    try rehearsal.vote(.approve, on: "approve", by: 2)
    #expect(rehearsal.instance.ending == .completed(.approved))
  }

  @Test func `a day that isn't known fails, and says which`() throws {
    var rehearsal = Rehearsal(WorkflowNode("pay", .wait(.dayOf(variable: "pay_on"))))
    try rehearsal.start()
    #expect(rehearsal.instance.failure == .lacksDay(node: "pay", variable: "pay_on"))
  }

  private static let post = WorkflowStepKey("post")

  private static func posting(retries: Int = 3) throws -> Rehearsal {
    var rehearsal = Rehearsal(
      WorkflowNode("post", .system(SystemStep(.postEntry, retries: retries))))
    try rehearsal.start()
    return rehearsal
  }

  private static let run = WorkflowEffect.run(.postEntry, post, key: "7/post/1")

  @Test func `what the system does is asked for once under a key`() throws {
    var rehearsal = try Self.posting()
    #expect(rehearsal.effects == [Self.run])
    #expect(rehearsal.instance.status == .active)
    try rehearsal.act(.actionSucceeded(Self.post))
    #expect(rehearsal.step("post")?.decision == .done)
    #expect(rehearsal.instance.ending == .completed(.approved))
    #expect(
      rehearsal.refusal(of: .actionSucceeded(Self.post))
        == .stepNotActive(.completed, by: nil, at: Rehearsal.monday))
  }

  @Test func `what fails is tried again after 1, 5 and 30 minutes, and then it has failed`() throws
  {
    var rehearsal = try Self.posting()
    let busy = WorkflowAction.actionFailed(Self.post, error: "busy", .passing)
    for minutes: Int64 in [1, 5, 30] {
      try rehearsal.act(busy)
      #expect(rehearsal.minutes(until: .retry) == [minutes])
      #expect(rehearsal.instance.status == .waiting && !rehearsal.effects.contains(Self.run))
      let due = rehearsal.now.adding(seconds: minutes * 60)
      #expect(rehearsal.refusal(of: busy) == .notDue(until: due))
      try rehearsal.fire(untilMinutes: minutes)
      #expect(rehearsal.effects.contains(Self.run) && rehearsal.instance.status == .active)
    }
    try rehearsal.act(busy)
    let failure = WorkflowFailure.action(node: "post", error: "busy")
    #expect(rehearsal.instance.status == .failed && rehearsal.instance.failure == failure)
    #expect(rehearsal.effects == [.report(failure)] && rehearsal.step("post")?.attempts == 3)
    // The same key again, and as many retries.
    try rehearsal.act(.retry, by: 9)
    #expect(rehearsal.effects == [Self.run])
    try rehearsal.act(busy)
    #expect(rehearsal.minutes(until: .retry) == [1])
  }

  @Test func `what only somebody can mend fails at once`() throws {
    var rehearsal = try Self.posting()
    try rehearsal.act(.actionFailed(Self.post, error: "the period is closed", .lasting))
    #expect(rehearsal.live == ["post:failed"] && rehearsal.instance.status == .failed)
    var never = try Self.posting(retries: 0)
    try never.act(.actionFailed(Self.post, error: "busy", .passing))
    #expect(never.live == ["post:failed"])
  }
}
