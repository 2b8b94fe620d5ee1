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

  /// Books with an income summary that takes nothing yet.
  private func made() async throws -> (books: TestBooks, summary: ID<Account>) {
    let books = try await TestBooks.make()
    let summary = try await books.workspace.perform(
      CreateAccount(
        AccountContent(
          number: "3600", name: "Income summary", type: .equity, category: .incomeSummary)),
      as: books.owner)
    return (books, summary)
  }

  /// The same with the example of §3.6.
  private func traded() async throws -> (books: TestBooks, summary: ID<Account>) {
    let (books, summary) = try await made()
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

  private func post(
    _ minorUnits: Int64, debit: String, credit: String, of department: ID<Department>,
    in books: TestBooks
  ) async throws {
    var content = books.entry(minorUnits, debit: debit, credit: credit)
    for index in content.lines.indices { content.lines[index].department = department }
    let written = content
    try await books.workspace.perform(CreateEntry(written, then: .post), as: books.owner)
  }

  /// So many cents of euros, at whatever they were worth then.
  private func post(
    euros: Int64, worth: Int64, debit: String, credit: String, in books: TestBooks
  ) async throws {
    var content = books.entry(worth, debit: debit, credit: credit)
    for (index, amount) in [euros, -euros].enumerated() {
      content.lines[index].currency = "EUR"
      content.lines[index].amount = Money(minorUnits: amount)
    }
    let written = content
    try await books.workspace.perform(CreateEntry(written, then: .post), as: books.owner)
  }

  /// `1120 EUR 200` for whatever an account holds at the end of the year in each currency.
  private func held(_ books: TestBooks) async throws -> Set<String> {
    let report = try await books.workspace.fetch(
      TrialBalanceReport(asOf: Self.yearEnd, currency: .transaction), as: books.owner)
    return Set(report.lines.map { "\($0.number) \($0.currency) \($0.balance.minorUnits)" })
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
    // The last goes first, each on the day that it is of.
    let found = try await closings(books).keys.sorted().suffix(4)
    #expect(
      Array(found)
        == (1...4).map {
          "CL-2026-00000\(4 + $0) Re-opening of 2026: CL-2026-00000\(5 - $0)"
        })
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
    try await post(40_00, debit: "1120", credit: "4100", of: books.department, in: books)
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

  @Test func `each department's result passes by the income summary and leaves nothing there`()
    async throws
  {
    let (books, summary) = try await made()
    let sales = try await books.department("SAL", under: nil)
    let accounting = books.department
    try await post(100_00, debit: "1120", credit: "4100", of: accounting, in: books)
    try await post(60_00, debit: "6200", credit: "1120", of: accounting, in: books)
    try await post(30_00, debit: "1120", credit: "4100", of: sales, in: books)
    try await books.post(7_00, debit: "6200", credit: "1120")
    try await books.closeMonths()
    _ = try await asSystem(CloseYear(year: 2026, byDepartment: true, twoStage: true), in: books)
    var found: [String: [Int64: Int64]] = [:]
    for head in try await books.entries() where head.name.hasPrefix("CL-") {
      let content = try await books.store.snapshot(of: books.business, as: .system) {
        try $0.content(of: head.id)
      }
      found[content.description] = Dictionary(
        content.lines.filter { $0.account == summary }.map {
          ($0.department?.value ?? 0, $0.base.minorUnits)
        }, uniquingKeysWith: +)
    }
    #expect(
      found == [
        "Closing of 2026: income": [accounting.value: -100_00, sales.value: -30_00],
        "Closing of 2026: expenses": [accounting.value: 60_00, 0: 7_00],
        "Closing of 2026: income summary": [
          accounting.value: 40_00, sales.value: 30_00, 0: -7_00,
        ],
      ])
    try await expectSound(books)
  }

  @Test func `a profit of nothing takes nothing to retained earnings`() async throws {
    let (books, _) = try await made()
    try await books.post(25_00, debit: "1120", credit: "4100")
    try await books.post(25_00, debit: "6200", credit: "1120")
    try await books.closeMonths()
    _ = try await asSystem(CloseYear(year: 2026, twoStage: true), in: books)
    #expect(
      try await closings(books).keys.sorted() == [
        "CL-2026-000001 Closing of 2026: income", "CL-2026-000002 Closing of 2026: expenses",
      ])
    #expect(try await books.balances() == [:])
    try await expectSound(books)
  }

  /// 100 euros were sold and 98 taken back, when those were worth as much.
  @Test(arguments: [false, true])
  func `what is left in another currency alone goes along, worth nothing`(
    twoStage: Bool
  )
    async throws
  {
    let (books, _) = try await made()
    try await post(euros: 100_00, worth: 108_00, debit: "1120", credit: "4100", in: books)
    try await post(euros: 98_00, worth: 108_00, debit: "4100", credit: "1120", in: books)
    try await books.closeMonths()
    #expect(try await held(books) == ["1120 EUR 200", "4100 EUR -200"])
    _ = try await asSystem(CloseYear(year: 2026, twoStage: twoStage), in: books)
    #expect(try await held(books) == ["1120 EUR 200", "3300 EUR -200"])
    #expect(try await closings(books).count == (twoStage ? 2 : 1))
    try await expectSound(books)
  }

  @Test func `expenses that come to nothing but in another currency close before the rest`()
    async throws
  {
    let (books, summary) = try await made()
    try await books.post(40_00, debit: "1120", credit: "4100")
    try await post(euros: 100_00, worth: 108_00, debit: "6200", credit: "1120", in: books)
    try await post(euros: 98_00, worth: 108_00, debit: "1120", credit: "6250", in: books)
    try await books.closeMonths()
    _ = try await asSystem(CloseYear(year: 2026, twoStage: true), in: books)
    #expect(try await held(books) == ["1120 USD 4000", "1120 EUR -200", "3300 USD -4000"])
    let found = try await closings(books)
    #expect(
      found["CL-2026-000002 Closing of 2026: expenses"]
        == [
          books.account("6200").value: -108_00, books.account("6250").value: 108_00,
          summary.value: 0,
        ])
    try await expectSound(books)
  }

  @Test func `reports of a closed year leave all four entries out, or count them`() async throws {
    let (books, _) = try await traded()
    try await books.closeMonths()
    _ = try await asSystem(CloseYear(year: 2026, twoStage: true), in: books)
    func amount(
      _ item: FinancialStatement.Item, of report: StatementReport
    ) async throws -> Int64? {
      try await books.workspace.fetch(report, as: books.owner)
        .amounts(of: item)?.first?.minorUnits
    }
    let year = StatementReport.Span.year(to: Self.yearEnd)
    #expect(try await amount(.netIncome, of: StatementReport(incomeOf: year)) == 38_000_00)
    for method in CashFlowMethod.allCases {
      let report = StatementReport(cashFlowOf: year, method)
      #expect(try await amount(.netChange, of: report) == 33_000_00)
      #expect(try await amount(.totalOf(.financing), of: report) == -5_000_00)
      #expect(try await amount(.totalOf(.unclassified), of: report) == nil)
      #expect(try await amount(.unexplained, of: report) == nil)
    }
    let sheet = StatementReport(balanceSheetOf: Self.yearEnd)
    #expect(try await amount(.total(.equity), of: sheet) == 33_000_00)
    #expect(try await amount(.currentEarnings, of: sheet) == nil)
    let adjusted = try await books.workspace.fetch(
      TrialBalanceReport(asOf: Self.yearEnd, LedgerScope(.adjusted)), as: books.owner)
    #expect(
      Dictionary(uniqueKeysWithValues: adjusted.lines.map { ($0.number, $0.balance.minorUnits) })
        == [
          "1120": 33_000_00, "3200": 5_000_00, "4100": -100_000_00, "4400": 2_000_00,
          "6100": 60_000_00,
        ])
  }

  @Test(arguments: [false, true])
  func `a year that had nothing to close is reopened without an entry, and closes again`(
    twoStage: Bool
  ) async throws {
    let (books, _) = try await made()
    try await books.closeMonths()
    #expect(try await asSystem(CloseYear(year: 2026, twoStage: twoStage), in: books) == nil)
    try await asSystem(ReopenYear(year: 2026, why: "Audit"), in: books)
    let closing = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first {
        $0.year == 2026 && $0.kind == .closing
      })
    #expect(closing.status == .closed)
    #expect(try await closings(books).isEmpty)
    #expect(try await asSystem(CloseYear(year: 2026, twoStage: twoStage), in: books) == nil)
    try await expectSound(books)
  }

  @Test func `two people close a year as it was asked for`() async throws {
    let (books, _) = try await traded()
    let second = try await books.person("Otto Owner", .owner)
    try await books.closeMonths()
    let act = JointAct.closeYear(2026, twoStage: true)
    let asked = try await books.workspace.perform(
      RequestConfirmation(act, reason: "Audited"), as: books.owner)
    guard case .awaits(let request, _, _) = asked else {
      Issue.record("\(asked)")
      return
    }
    // What is kept of it doesn't change from one time to the next.
    await #expect(throws: Refusal.confirmation(.askedAlready(request.value))) {
      try await books.workspace.perform(
        RequestConfirmation(act, reason: "Audited"), as: second)
    }
    #expect(
      try await books.workspace.fetch(Confirmations(), as: second).map(\.act) == [act])
    try await books.workspace.perform(Confirm(request), as: second)
    #expect(try await closings(books).count == 4)
  }
}
