import Domain
import Operations
import Phrases
import TestSupport
import Testing

/// What becomes of entries that take more than is planned (RULES R36).
@Suite struct OverBudgetTests {
  /// What account 6200 may take in November 2026.
  private func plan(
    _ minorUnits: Int64, for department: ID<Department>?, _ edition: BudgetEdition = .original,
    isApproved: Bool = true, in books: TestBooks
  ) async throws {
    let periods = try await books.workspace.fetch(Periods(), as: books.owner)
    let content = BudgetContent(
      account: books.account("6200"), department: department,
      period: try #require(periods.first { $0.name == "2026-11" }).id, edition: edition,
      amount: Money(minorUnits: minorUnits))
    let id = try await books.workspace.perform(SetBudget(content), as: books.director)
    guard isApproved else { return }
    try await books.workspace.perform(ApproveBudget(id, version: 1), as: books.owner)
  }

  private func books(_ check: BudgetCheck) async throws -> TestBooks {
    let books = try await TestBooks.make()
    try await books.changeSettings { $0.budgetCheck = check }
    return books
  }

  /// Rent in `department`, paid from the bank.
  private func enter(
    _ minorUnits: Int64, in department: ID<Department>?, then ending: EntryEnding = .post,
    as who: Principal? = nil, _ books: TestBooks
  ) async throws -> EnteredEntry {
    var content = books.entry(minorUnits)
    content.lines[0].department = department
    return try await books.workspace.perform(
      CreateEntry(content, then: ending), as: who ?? books.owner)
  }

  private func label(in books: TestBooks) async throws -> String {
    let chart = try await books.workspace.fetch(ChartOfAccounts(), as: books.owner)
    let row = try #require(chart.first { $0.number == "6200" })
    return "\(row.number) \(row.name)"
  }

  private func figures(
    _ department: String?, _ budget: Int64, actual: Int64, committed: Int64, entry: Int64,
    over excess: Int64
  ) -> OverBudget.Figures {
    OverBudget.Figures(
      department: department, period: "2026-11", budget: Money(minorUnits: budget),
      actual: Money(minorUnits: actual), committed: Money(minorUnits: committed),
      entry: Money(minorUnits: entry), excess: Money(minorUnits: excess), currency: "USD")
  }

  @Test func `what is posted, what waits and the entry itself may fill a budget, not exceed it`()
    async throws
  {
    let books = try await books(.warn)
    let label = try await label(in: books)
    try await plan(10_000, for: books.department, in: books)
    #expect(try await enter(6_000, in: books.department, books).overBudget == [])
    #expect(
      try await enter(3_000, in: books.department, then: .submit, books).overBudget == [])
    // A draft is nobody's promise.
    _ = try await enter(50_000, in: books.department, then: .keepDraft, books)
    #expect(try await enter(1_000, in: books.department, books).overBudget == [])
    let over = try await enter(1, in: books.department, books)
    let figures = figures("ACC", 10_000, actual: 7_000, committed: 3_000, entry: 1, over: 1)
    #expect(over.overBudget == [OverBudget(account: label, figures: figures)])
    #expect(over.name.hasPrefix("GJ-"), "it goes through all the same")
    #expect(
      over.overBudget.map(\.words.english) == [
        "Over budget by 0.01 USD: \(label) of ACC in 2026-11; budget 100.00 USD, "
          + "actual 70.00 USD, committed 30.00 USD, this 0.01 USD."
      ])
    let listed = try await books.workspace.fetch(Budgets(), as: books.owner)
    #expect(listed.map(\.used.minorUnits) == [7_001])
    #expect(listed.map(\.committed.minorUnits) == [3_000])
    #expect(listed.map(\.left.minorUnits) == [2_999])
  }

  @Test func `a business that doesn't ask hears nothing`() async throws {
    let books = try await TestBooks.make()
    try await plan(0, for: nil, in: books)
    #expect(try await enter(1, in: nil, books).overBudget == [])
  }

  @Test func `a business that blocks lets nothing go beyond, and keeps the draft`() async throws {
    let books = try await books(.block)
    try await plan(10_000, for: books.department, in: books)
    let draft = try await enter(10_001, in: books.department, then: .keepDraft, books).entry
    let over = Refusal.budget(
      .over([
        OverBudget(
          account: try await label(in: books),
          figures: figures("ACC", 10_000, actual: 0, committed: 0, entry: 10_001, over: 1))
      ]))
    await #expect(throws: over) {
      try await books.workspace.perform(SubmitEntry(draft), as: books.owner)
    }
    #expect(try await books.trail(1).first?.errorCode == "over-budget")
    await #expect(throws: over) {
      try await books.workspace.perform(PostEntry(draft), as: books.owner)
    }
    #expect(
      UserMessage(over).text.hasSuffix(
        "Change the entry, or have a revised budget approved first."))
    #expect(try await books.entries().map(\.status) == [.draft])
    try await plan(10_001, for: books.department, .revised, in: books)
    let posted = try await books.workspace.perform(PostEntry(draft), as: books.owner)
    #expect(posted.overBudget == [])
  }

  @Test func `what was submitted in time is posted, and anything is taken back`() async throws {
    let books = try await books(.off)
    let waiting = try await enter(
      9_000, in: books.department, then: .submit, as: books.employee, books)
    let posted = try await enter(8_000, in: books.department, books)
    try await plan(100, for: books.department, in: books)
    try await books.changeSettings { $0.budgetCheck = .block }
    let outcome = try await books.workspace.perform(
      ApproveEntry(waiting.entry), as: books.manager)
    guard case .posted = outcome else {
      Issue.record("\(outcome)")
      return
    }
    _ = try await books.workspace.perform(
      ReverseEntry(posted.entry, reason: "Booked twice"), as: books.owner)
    // A refund takes nothing, though there is still too little.
    #expect(try await enter(-50, in: books.department, books).overBudget == [])
  }

  @Test func `only approved budgets count, and a revised one in the place of the original`()
    async throws
  {
    let books = try await books(.block)
    try await plan(1, for: books.department, isApproved: false, in: books)
    try await plan(1, for: books.department, .forecast, in: books)
    _ = try await enter(500, in: books.department, books)
    try await plan(600, for: nil, in: books)
    try await plan(550, for: nil, .revised, in: books)
    _ = try await enter(50, in: books.department, books)
    let over = OverBudget(
      account: try await label(in: books),
      figures: figures(nil, 550, actual: 550, committed: 0, entry: 1, over: 1))
    await #expect(throws: Refusal.budget(.over([over]))) {
      _ = try await enter(1, in: nil, books)
    }
  }

  @Test func `a line takes from its department, from what that stands below, and from the whole`()
    async throws
  {
    let books = try await books(.warn)
    let sales = try await books.department("SAL", under: nil)
    let export = try await books.department("EXP", under: sales)
    try await plan(100, for: export, in: books)
    try await plan(200, for: sales, in: books)
    try await plan(300, for: nil, in: books)
    func over(_ minorUnits: Int64, in department: ID<Department>?) async throws -> [String] {
      try await enter(minorUnits, in: department, books).overBudget.map {
        $0.figures?.department ?? "all"
      }
    }
    #expect(try await over(100, in: export) == [])
    #expect(try await over(101, in: export) == ["EXP", "SAL"])
    #expect(try await over(100, in: nil) == ["all"])
    #expect(try await over(1, in: sales) == ["all", "SAL"])
    let elsewhere = try await books.workspace.perform(
      CreateEntry(books.entry(999, debit: "6100"), then: .post), as: books.owner)
    #expect(elsewhere.overBudget == [], "another account")
  }

  @Test func `whoever may not read a budget hears that it is over, and nothing of it`()
    async throws
  {
    let books = try await books(.warn)
    let label = try await label(in: books)
    try await plan(100, for: books.department, in: books)
    try await plan(100, for: nil, in: books)
    let unknown = OverBudget(account: label, figures: nil)
    #expect(unknown.words.english == "Over budget: \(label).")
    let mine = try await enter(
      101, in: books.department, then: .submit, as: books.employee, books)
    #expect(mine.overBudget == [unknown], "once, of both")
    let ours = try await enter(5, in: books.department, then: .submit, as: books.manager, books)
    #expect(
      ours.overBudget == [
        unknown,
        OverBudget(
          account: label,
          figures: figures("ACC", 100, actual: 0, committed: 101, entry: 5, over: 6)),
      ])
  }
}
