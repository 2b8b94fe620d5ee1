import Domain
import Operations
import Phrases
import Store
import TestSupport
import Testing

/// What the home screen counts, against figures that were worked out by hand.
@Suite struct OverviewTests {
  private func withThreshold() async throws -> TestBooks {
    try await TestBooks.make(bands: [
      ApprovalPolicy.Band(minimum: Money(minorUnits: 50_00), role: .manager),
      ApprovalPolicy.Band(minimum: Money(minorUnits: 500_00), role: .director),
    ])
  }

  private func enter(
    _ minorUnits: Int64, by role: Role, in books: TestBooks, _ ending: EntryEnding = .submit
  ) async throws -> ID<Entry> {
    try await books.workspace.perform(
      CreateEntry(books.entry(minorUnits), then: ending), as: books.principal(role)
    ).entry
  }

  private func work(of role: Role, in books: TestBooks) async throws -> WorkToDo.Value {
    try await books.workspace.fetch(WorkToDo(), as: books.principal(role))
  }

  private func tally(_ entries: Int, _ minorUnits: Int64) -> EntryTally {
    EntryTally(entries: entries, total: Money(minorUnits: minorUnits))
  }

  @Test func `what waits for somebody is what they may approve, never their own`() async throws {
    let books = try await withThreshold()
    _ = try await enter(100_00, by: .employee, in: books)
    _ = try await enter(600_00, by: .employee, in: books)
    _ = try await enter(70_00, by: .manager, in: books)
    // Of the owner's, who has no department, none is a manager's to approve.
    _ = try await enter(80_00, by: .owner, in: books)
    #expect(try await work(of: .manager, in: books).toApprove == tally(2, 700_00))
    #expect(try await work(of: .director, in: books).toApprove == tally(4, 850_00))
    #expect(try await work(of: .owner, in: books).toApprove == tally(3, 770_00))
    #expect(try await work(of: .employee, in: books).toApprove == .none)
    #expect(try await work(of: .viewer, in: books).toApprove == .none)
  }

  @Test func `whoever has approved waits for the other approval no more`() async throws {
    let books = try await withThreshold()
    let entry = try await enter(600_00, by: .employee, in: books)
    _ = try await books.workspace.perform(ApproveEntry(entry), as: books.manager)
    #expect(try await work(of: .manager, in: books).toApprove == .none)
    #expect(try await work(of: .director, in: books).toApprove == tally(1, 600_00))
    #expect(try await work(of: .employee, in: books).waiting == tally(1, 600_00))
  }

  @Test func `what is counted as waiting is what the gate lets approve`() async throws {
    let books = try await withThreshold()
    for (minorUnits, role) in [(60_00, Role.employee), (700_00, .manager), (90_00, .director)] {
      _ = try await enter(Int64(minorUnits), by: role, in: books)
    }
    let pending = try await books.workspace.fetch(JournalPage(.waiting), as: books.owner)
    for role in Role.allCases {
      var allowed = 0
      for entry in pending {
        do {
          _ = try await books.workspace.simulate(
            ApproveEntry(entry.id), as: books.principal(role))
          allowed += 1
        } catch is Refusal {
          // Not theirs to approve.
        }
      }
      #expect(try await work(of: role, in: books).toApprove.entries == allowed, "\(role)")
    }
  }

  @Test func `drafts are one's own, and those out of balance are told apart`() async throws {
    let books = try await TestBooks.make()
    _ = try await enter(10_00, by: .employee, in: books, .keepDraft)
    var lopsided = books.entry(5_00)
    lopsided.lines[1] = books.line("1120", -4_00)
    _ = try await books.workspace.perform(CreateEntry(lopsided), as: books.employee)
    _ = try await enter(99_00, by: .owner, in: books, .keepDraft)
    let work = try await work(of: .employee, in: books)
    #expect(work.drafts == tally(2, 15_00))
    #expect(work.unbalanced == tally(1, 5_00))
    #expect(work.unposted == tally(3, 114_00))
    #expect(try await self.work(of: .owner, in: books).unbalanced == .none)
  }

  @Test func `a rejected entry came back until it is submitted again`() async throws {
    let books = try await withThreshold()
    let entry = try await enter(100_00, by: .employee, in: books)
    try await books.workspace.perform(
      RejectEntry(entry, reason: "Receipt?"), as: books.manager)
    #expect(try await work(of: .employee, in: books).returned == tally(1, 100_00))
    #expect(try await work(of: .employee, in: books).waiting == .none)
    _ = try await books.workspace.perform(SubmitEntry(entry), as: books.employee)
    #expect(try await work(of: .employee, in: books).returned == .none)
    #expect(try await work(of: .employee, in: books).waiting == tally(1, 100_00))
  }

  @Test func `the journal finds what was counted`() async throws {
    let books = try await withThreshold()
    let first = try await enter(100_00, by: .employee, in: books)
    _ = try await enter(200_00, by: .employee, in: books)
    _ = try await enter(300_00, by: .owner, in: books)
    try await books.workspace.perform(
      RejectEntry(first, reason: "Receipt?"), as: books.manager)
    func found(_ text: String, _ role: Role) async throws -> [Int64] {
      try await books.workspace.fetch(
        JournalPage(.all, EntrySearch(text)), as: books.principal(role)
      ).map(\.total.minorUnits)
    }
    #expect(try await found("is:approvable", .manager) == [200_00])
    #expect(try await found("is:approvable", .director) == [300_00, 200_00])
    #expect(try await found("is:returned", .employee) == [100_00])
    #expect(try await found("is:returned is:approvable", .employee) == [])
    #expect(try await found("by:me", .employee) == [200_00, 100_00])
    #expect(
      EntrySearch("is:green").fault
        == "Entries can be approvable, returned, unbalanced, self-approved, scheduled.")
  }

  @Test func `what is taken back by itself is told until its period opens`() async throws {
    let books = try await TestBooks.make()
    let monthEnd = TestBooks.today.lastOfMonth
    var content = books.entry(50_00, debit: "6200", credit: "2130", on: monthEnd)
    (content.type, content.reversesOn) = (.adjusting, monthEnd.adding(days: 1))
    _ = try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    _ = try await enter(10_00, by: .owner, in: books, .keepDraft)
    #expect(try await work(of: .viewer, in: books).scheduled == tally(1, 50_00))
    let found = try await books.workspace.fetch(
      JournalPage(.all, EntrySearch("is:scheduled")), as: books.viewer)
    #expect(found.map(\.date.text) == ["2026-12-01"] && found.map(\.type) == [.reversing])
    let december = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.name == "2026-12" })
    try await books.workspace.perform(
      OpenPeriod(december.id, name: december.label), as: books.director)
    #expect(try await work(of: .viewer, in: books).scheduled == .none)
  }

  @Test func `it is told too where the year that it falls into isn't made yet`() async throws {
    let books = try await TestBooks.make()
    try await books.changeSettings { $0.openPeriodsMost = 20 }
    try await books.openPeriods()
    let yearEnd = try #require(Day("2026-12-31"))
    var content = books.entry(50_00, debit: "6200", credit: "2130", on: yearEnd)
    (content.type, content.reversesOn) = (.adjusting, yearEnd.adding(days: 1))
    _ = try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    #expect(try await work(of: .viewer, in: books).scheduled == tally(1, 50_00))
  }

  @Test func `cash is what its accounts hold today, and all of them together`() async throws {
    let books = try await TestBooks.make()
    try await books.post(1_000_00, debit: "1120", credit: "3100")
    try await books.post(250_00, debit: "1110", credit: "1120")
    try await books.post(40_00, on: TestBooks.today.adding(days: 3))
    let today = try await books.workspace.fetch(
      CashPosition(on: TestBooks.today), as: books.viewer)
    let held = today.accounts.filter { !$0.balance.isZero }
    #expect(held.map(\.label) == ["1110 Tills", "1120 Current account"])
    #expect(held.map(\.balance.minorUnits) == [250_00, 750_00])
    #expect(today.total == Money(minorUnits: 1_000_00))
    let later = try await books.workspace.fetch(
      CashPosition(on: TestBooks.today.lastOfMonth), as: books.viewer)
    #expect(later.total == Money(minorUnits: 960_00))
  }

  @Test func `twelve months have their results, and cash is carried on`() async throws {
    let books = try await TestBooks.make()
    try await books.openPeriods()
    let day = { (month: Int) in Day(year: 2026, month: month, day: 15) ?? .first }
    try await books.post(900_00, debit: "1120", credit: "4100", on: day(1))
    try await books.post(300_00, on: day(1))
    try await books.post(50_00, debit: "1120", credit: "4100", on: day(10))
    try await books.post(80_00, on: day(11))
    let months = try await books.workspace.fetch(
      MonthlyFigures(to: TestBooks.today), as: books.viewer)
    #expect(months.map(\.end.yearAndMonth).first == "2025-12")
    #expect(months.map(\.end.yearAndMonth).last == "2026-11")
    #expect(
      months.map(\.result.minorUnits) == [0, 600_00, 0, 0, 0, 0, 0, 0, 0, 0, 50_00, -80_00])
    #expect(
      months.map(\.cash.minorUnits)
        == [0] + Array(repeating: 600_00, count: 9) + [650_00, 570_00])
    // What came before the window is in what is carried on.
    let next = try await books.workspace.fetch(
      MonthlyFigures(to: TestBooks.today.adding(months: 6)), as: books.viewer)
    #expect(next.map(\.cash.minorUnits).first == 600_00)
    #expect(next.map(\.cash.minorUnits).last == 570_00)
  }

  @Test func `periods are overdue once they have ended and until they are closed`() async throws {
    let books = try await TestBooks.make()
    func overdue() async throws -> [String] {
      try await books.workspace.fetch(OverduePeriods(), as: books.viewer).map(\.name)
    }
    #expect(try await overdue() == [])
    try await books.openPeriods()
    #expect(try await overdue() == (1...10).map { "2026-\($0 < 10 ? "0" : "")\($0)" })
    try await books.closePeriod("2026-03")
    #expect(try await overdue().contains("2026-03") == false)
  }

  @Test func `a neighbour's books count for nothing`() async throws {
    let books = try await TestBooks.make()
    let neighbour = try await books.neighbour()
    var content = EntryContent(
      date: TestBooks.today, description: "Theirs",
      lines: [
        LineContent(
          account: neighbour.account("1120"), currency: "EUR", amount: Money(minorUnits: 70_00)),
        LineContent(
          account: neighbour.account("3100"), currency: "EUR", amount: Money(minorUnits: -70_00)),
      ])
    try await neighbour.workspace.perform(CreateEntry(content, then: .post), as: neighbour.owner)
    content.description = "Theirs too"
    try await neighbour.workspace.perform(
      CreateEntry(content, then: .submit), as: neighbour.employee)
    let work = try await work(of: .owner, in: books)
    #expect((work.toApprove, work.unposted) == (.none, .none))
    let cash = try await books.workspace.fetch(CashPosition(on: .last), as: books.owner)
    #expect(cash.total == .zero)
    let months = try await books.workspace.fetch(
      MonthlyFigures(to: TestBooks.today), as: books.owner)
    #expect(months.allSatisfy { $0.cash.isZero && $0.result.isZero })
    #expect(try await books.workspace.fetch(LedgerDifference(), as: books.owner) == .zero)
    let head = try await books.workspace.fetch(AuditHead(), as: books.owner)
    #expect(head == (try await books.trail(1).first?.sequence))
  }
}
