import Domain
import Store
import TestSupport
import Testing

@testable import Operations

/// The close of a year by way of the income summary (RULES §3.6, step 4).
@Suite struct TwoStageClosingTests {
  private static let yearEnd = Day("2026-12-31") ?? .last

  private func asSystem<C: Command>(_ command: C, in books: TestBooks) async throws -> C.Output {
    try await books.store.change(in: books.business, as: .system) { change in
      Result { () throws -> C.Output in try change.perform(command) }
    }.get()
  }

  /// The example of §3.6, and an income summary that takes nothing yet.
  private func traded() async throws -> (books: TestBooks, summary: ID<Account>) {
    let books = try await TestBooks.make()
    let summary = try await books.workspace.perform(
      CreateAccount(
        AccountContent(
          number: "3600", name: "Income summary", type: .equity, category: .incomeSummary)),
      as: books.owner)
    try await books.post(100_000_00, debit: "1120", credit: "4100")
    try await books.post(2_000_00, debit: "4400", credit: "1120")
    try await books.post(60_000_00, debit: "6100", credit: "1120")
    try await books.post(5_000_00, debit: "3200", credit: "1120")
    return (books, summary)
  }

  /// Number and description of each closing entry with what it books by account, debit-positive.
  private func closings(_ books: TestBooks) async throws -> [String: [Int64: Int64]] {
    var found: [String: [Int64: Int64]] = [:]
    for head in try await books.entries() where head.name.hasPrefix("CL-") {
      let content = try await books.store.snapshot(of: books.business, as: .system) {
        try $0.content(of: head.id)
      }
      #expect(content.type == .closing && content.date == Self.yearEnd)
      found["\(head.name) \(content.description)"] = Dictionary(
        content.lines.map { ($0.account.value, $0.base.minorUnits) }, uniquingKeysWith: +)
    }
    return found
  }

  private func expectSound(_ books: TestBooks) async throws {
    for check in try await books.workspace.fetch(Examination(), as: books.owner) {
      #expect(check.findings.isEmpty, "\(check.name)")
    }
  }

  @Test func `four entries take the example of the rules to retained earnings`() async throws {
    let (books, summary) = try await traded()
    try await books.closeMonths()
    _ = try await asSystem(CloseYear(year: 2026, twoStage: true), in: books)
    func account(_ number: String) -> Int64 { books.account(number).value }
    let expected: [String: [Int64: Int64]] = [
      "CL-2026-000001 Closing of 2026: income": [
        account("4100"): 100_000_00, account("4400"): -2_000_00, summary.value: -98_000_00,
      ],
      "CL-2026-000002 Closing of 2026: expenses": [
        account("6100"): -60_000_00, summary.value: 60_000_00,
      ],
      "CL-2026-000003 Closing of 2026: income summary": [
        summary.value: 38_000_00, account("3300"): -38_000_00,
      ],
      "CL-2026-000004 Closing of 2026: equity": [
        account("3200"): -5_000_00, account("3300"): 5_000_00,
      ],
    ]
    #expect(try await closings(books) == expected)
    #expect(try await books.balances() == ["1120": 33_000_00, "3300": -33_000_00])
    await #expect(throws: Refusal.year(.closed(2026))) {
      _ = try await asSystem(CloseYear(year: 2026, twoStage: true), in: books)
    }
    try await expectSound(books)
  }

  @Test func `reopening takes all of them back, and the year closes again in either way`()
    async throws
  {
    let (books, _) = try await traded()
    try await books.closeMonths()
    let before = try await books.balances()
    _ = try await asSystem(CloseYear(year: 2026, twoStage: true), in: books)
    try await asSystem(ReopenYear(year: 2026, why: "Audit adjustments"), in: books)
    #expect(try await books.balances() == before)
    let heads = try await books.entries().filter { $0.name.hasPrefix("CL-") }
    #expect(heads.count == 8)
    #expect(heads.filter { $0.status == .reversed }.count == 4)
    _ = try await asSystem(CloseYear(year: 2026), in: books)
    #expect(try await books.balances() == ["1120": 33_000_00, "3300": -33_000_00])
    try await asSystem(ReopenYear(year: 2026, why: "Once more"), in: books)
    _ = try await asSystem(CloseYear(year: 2026, twoStage: true), in: books)
    #expect(try await books.balances() == ["1120": 33_000_00, "3300": -33_000_00])
    try await expectSound(books)
  }

  @Test func `a stage without anything to close has no entry`() async throws {
    let (books, _) = try await traded()
    try await books.closeMonths()
    _ = try await asSystem(CloseYear(year: 2026), in: books)
    try await books.post(7_00, debit: "6200", credit: "1120", on: Self.yearEnd.adding(days: 1))
    try await books.closeMonths()
    _ = try await asSystem(CloseYear(year: 2027, twoStage: true), in: books)
    let found = try await books.entries().filter { $0.name.hasPrefix("CL-2027") }.map(\.total)
    #expect(found == [Money(minorUnits: 7_00), Money(minorUnits: 7_00)])
    #expect(try await books.balances()["3300"] == -32_993_00)
  }

  @Test func `what the income summary held before goes with it, so that it ends at zero`()
    async throws
  {
    let (books, summary) = try await traded()
    var byHand = books.entry(1_000_00, debit: "1120", credit: "4100")
    for index in byHand.lines.indices where byHand.lines[index].account == books.account("4100") {
      byHand.lines[index].account = summary
    }
    let written = byHand
    try await books.workspace.perform(CreateEntry(written, then: .post), as: books.owner)
    try await books.closeMonths()
    _ = try await asSystem(CloseYear(year: 2026, twoStage: true), in: books)
    #expect(try await books.balances() == ["1120": 34_000_00, "3300": -34_000_00])
    try await expectSound(books)
  }

  @Test func `departments close by themselves in two stages too`() async throws {
    let (books, _) = try await traded()
    var sale = books.entry(40_00, debit: "1120", credit: "4100")
    for index in sale.lines.indices { sale.lines[index].department = books.department }
    let written = sale
    try await books.workspace.perform(CreateEntry(written, then: .post), as: books.owner)
    try await books.closeMonths()
    _ = try await asSystem(
      CloseYear(year: 2026, byDepartment: true, twoStage: true), in: books)
    let held = try await books.workspace.fetch(
      TrialBalanceReport(asOf: Self.yearEnd, LedgerScope(department: books.department)),
      as: books.owner)
    #expect(
      Dictionary(uniqueKeysWithValues: held.lines.map { ($0.number, $0.balance.minorUnits) })
        == ["1120": 40_00, "3300": -40_00])
    #expect(try await books.balances() == ["1120": 33_040_00, "3300": -33_040_00])
    try await expectSound(books)
  }

  @Test func `foreign income leaves nothing in its own currency`() async throws {
    let (books, _) = try await traded()
    // 100 euros at 1.08.
    var content = books.entry(1)
    content.lines = [("1120", 1), ("4100", -1)].map { number, sign in
      LineContent(
        account: books.account(number), currency: "EUR",
        amount: Money(minorUnits: sign * 100_00), base: Money(minorUnits: sign * 108_00))
    }
    let written = content
    try await books.workspace.perform(CreateEntry(written, then: .post), as: books.owner)
    try await books.closeMonths()
    _ = try await asSystem(CloseYear(year: 2026, twoStage: true), in: books)
    let report = try await books.workspace.fetch(
      TrialBalanceReport(asOf: Self.yearEnd, currency: .transaction), as: books.owner)
    #expect(Set(report.lines.map(\.number)) == ["1120", "3300"])
    #expect(try await books.balances() == ["1120": 33_108_00, "3300": -33_108_00])
    try await expectSound(books)
  }

  @Test func `without an income summary it is refused, and in one stage it isn't`() async throws {
    let books = try await TestBooks.make()
    try await books.post(10_00, debit: "1120", credit: "4100")
    try await books.closeMonths()
    await #expect(throws: Refusal.year(.noIncomeSummary)) {
      _ = try await asSystem(CloseYear(year: 2026, twoStage: true), in: books)
    }
    _ = try await asSystem(CloseYear(year: 2026), in: books)
    #expect(try await books.balances() == ["1120": 10_00, "3300": -10_00])
  }
}
