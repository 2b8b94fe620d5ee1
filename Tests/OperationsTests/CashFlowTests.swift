import Domain
import Store
import TestSupport
import Testing

@testable import Operations

/// Cash-flow statements out of real books (RULES §3.11). Those of whole cycles are in `CycleTests`,
/// those of years of everything in `LedgerSeasonTests`.
@Suite struct CashFlowTests {
  private func asSystem<C: Command>(_ command: C, in books: TestBooks) async throws -> C.Output {
    try await books.store.change(in: books.business, as: .system) { change in
      Result { () throws -> C.Output in try change.perform(command) }
    }.get()
  }

  private func flows(
    _ books: TestBooks, _ method: CashFlowMethod = .indirect, from: String = "2026-01-01",
    to: String = "2026-12-31", knownAt: Timestamp? = nil
  ) async throws -> FinancialStatement {
    let days = (try #require(Day(from)), try #require(Day(to)))
    return try await books.workspace.fetch(
      StatementReport(cashFlowOf: .days(days.0, days.1), method, knownAt: knownAt),
      as: books.owner)
  }

  private func first(_ item: FinancialStatement.Item, of statement: FinancialStatement) -> Int64? {
    statement.amounts(of: item)?.first?.minorUnits
  }

  /// `1210 -40`, for each account.
  private func accounts(_ statement: FinancialStatement) -> [String] {
    statement.rows.compactMap { row in
      guard case .account(let account) = row.item else { return nil }
      return "\(account.number) \(row.amounts[0].minorUnits)"
    }
  }

  /// The system's, as people write no base amounts alone.
  private func revalue(_ books: TestBooks, by amount: Int64, on day: Day) async throws {
    var content = books.entry(1, on: day, "Revaluation")
    (content.type, content.source) = (.adjusting, .system)
    content.lines = [
      LineContent(
        account: books.account("1140"), currency: "EUR", amount: .zero,
        base: Money(minorUnits: amount)),
      books.line("7400", -amount),
    ]
    _ = try await asSystem(CreateEntry(content, then: .post), in: books)
  }

  private func close(_ year: Int, in books: TestBooks) async throws {
    try await books.closeMonths()
    _ = try await asSystem(CloseYear(year: year), in: books)
  }

  @Test func `net income becomes cash by what wasn't paid, and what was paid for something else`()
    async throws
  {
    let books = try await TestBooks.make()
    for (amount, debit, credit) in [
      (900_00, "1120", "3100"), (500_00, "1210", "4100"), (200_00, "1120", "1210"),
      (300_00, "1520", "1120"), (25_00, "6700", "1525"), (80_00, "6200", "1120"),
      (7_00, "1900", "1120"), (50_00, "1110", "1120"),
    ] {
      try await books.post(Int64(amount), debit: debit, credit: credit)
    }
    let indirect = try await flows(books)
    #expect(first(.netIncome, of: indirect) == 395_00)
    #expect(first(.adjustments, of: indirect) == 25_00)
    #expect(first(.workingCapital, of: indirect) == -300_00)
    #expect(first(.totalOf(.operating), of: indirect) == 120_00)
    #expect(
      accounts(indirect) == [
        "1525 2500", "1210 -30000", "1520 -30000", "3100 90000", "1900 -700",
      ])
    let direct = try await flows(books, .direct)
    #expect(
      accounts(direct) == [
        "1210 20000", "6200 -8000", "1520 -30000", "3100 90000", "1900 -700",
      ])
    for statement in [indirect, direct] {
      #expect(first(.netChange, of: statement) == 713_00)
      #expect(first(.cashAtEnd, of: statement) == 713_00)
      #expect(first(.totalOf(.unclassified), of: statement) == -7_00)
      #expect(first(.unexplained, of: statement) == nil)
    }
  }

  @Test func `what an account says of itself goes before its category`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100, debit: "1120", credit: "4100")
    try await books.post(30, debit: "1110", credit: "1120")
    try await books.post(5, debit: "1900", credit: "1120")
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = \(books.business.value);
      UPDATE accounts SET cash_flow_class = 'investing' WHERE number IN ('1110', '1900');
      """)
    for method in CashFlowMethod.allCases {
      let statement = try await flows(books, method)
      #expect(first(.totalOf(.investing), of: statement) == -35)
      #expect(first(.totalOf(.unclassified), of: statement) == nil)
      #expect(first(.cashAtEnd, of: statement) == 65)
    }
  }

  @Test func `without an account of cash there is nothing to explain, and it says so`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.post(100, debit: "1120", credit: "4100")
    #expect(try await !flows(books).lacksCash)
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = \(books.business.value);
      UPDATE accounts SET cash_flow_class = 'operating' WHERE category IN ('cash', 'bank');
      """)
    for method in CashFlowMethod.allCases {
      let statement = try await flows(books, method)
      #expect(statement.lacksCash)
      #expect(first(.netChange, of: statement) == 0 && first(.cashAtEnd, of: statement) == 0)
    }
    #expect(first(.netIncome, of: try await flows(books)) == 100)
  }

  @Test func `a year that closes changes no cash flow, of its own days or of more`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100, debit: "1120", credit: "4100")
    try await books.post(30, debit: "3200", credit: "1120")
    var before: [FinancialStatement] = []
    for method in CashFlowMethod.allCases {
      before.append(try await flows(books, method))
      before.append(try await flows(books, method, from: "2025-03-01", to: "2027-12-31"))
    }
    try await close(2026, in: books)
    var after: [FinancialStatement] = []
    for method in CashFlowMethod.allCases {
      after.append(try await flows(books, method))
      after.append(try await flows(books, method, from: "2025-03-01", to: "2027-12-31"))
    }
    #expect(before == after)
    #expect(first(.netIncome, of: after[0]) == 100)
    #expect(accounts(after[0]) == ["3200 -30"])
    _ = try await asSystem(ReopenYear(year: 2026, why: "A mistake."), in: books)
    #expect(try await flows(books).rows == before[0].rows)
  }

  @Test func `opening balances were there before, and what takes them back was too`() async throws {
    let books = try await TestBooks.make()
    let periods = try await books.workspace.fetch(Periods(), as: books.owner)
    let opening = try #require(periods.first { $0.kind == .opening })
    try await books.workspace.perform(
      OpenPeriod(opening.id, name: opening.label), as: books.owner)
    var content = books.entry(500, debit: "1120", credit: "3400", on: opening.start)
    content.type = .opening
    let wrong = try await books.workspace.perform(
      CreateEntry(content, then: .post), as: books.owner
    ).entry
    try await books.post(20, debit: "6200", credit: "1120")
    func check(_ beginning: Int64) async throws {
      for method in CashFlowMethod.allCases {
        for from in ["2026-01-01", "2026-11-01"] {
          let statement = try await flows(books, method, from: from)
          #expect(first(.cashAtBeginning, of: statement) == beginning)
          #expect(first(.netChange, of: statement) == -20)
          #expect(first(.totalOf(.unclassified), of: statement) == nil)
          #expect(first(.unexplained, of: statement) == nil)
        }
      }
    }
    try await check(500)
    try await books.workspace.perform(
      ReverseEntry(wrong, reason: "Misread."), as: books.owner)
    content.lines = [books.line("1120", 480), books.line("3400", -480)]
    try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    try await check(480)
  }

  @Test func `what exchange rates made of cash stands apart from what came in`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100, debit: "1140", credit: "4100")
    try await revalue(books, by: 7, on: TestBooks.today)
    let indirect = try await flows(books)
    #expect(first(.netIncome, of: indirect) == 107)
    #expect(first(.exchangeAdjustment, of: indirect) == -7)
    #expect(first(.totalOf(.operating), of: indirect) == 100)
    let direct = try await flows(books, .direct)
    #expect(accounts(direct) == ["4100 100"])
    for statement in [indirect, direct] {
      #expect(first(.exchangeEffect, of: statement) == 7)
      #expect(first(.cashAtEnd, of: statement) == 107)
      #expect(first(.unexplained, of: statement) == nil)
    }
  }

  /// 1,000.00 EUR, kept at 1,090.00 USD, were changed into 1,100.00 USD less a fee of 4.00, in
  /// another account or in the same.
  @Test(arguments: ["1120", "1140"])
  func `what a transfer between currencies gained is an effect of exchange rates`(
    _ receiver: String
  ) async throws {
    let books = try await TestBooks.make()
    func euros(_ amount: Int64, at base: Int64) -> LineContent {
      LineContent(
        account: books.account("1140"), currency: "EUR", amount: Money(minorUnits: amount),
        base: Money(minorUnits: base))
    }
    var content = books.entry(1)
    content.lines = [euros(1_000_00, at: 1_090_00), books.line("4100", -1_090_00)]
    try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    content.lines = [
      books.line(receiver, 1_096_00), books.line("6200", 4_00), euros(-1_000_00, at: -1_090_00),
      books.line("7300", -10_00),
    ]
    let transfer = try await books.workspace.perform(
      CreateEntry(content, then: .post), as: books.owner
    ).entry
    let indirect = try await flows(books)
    #expect(first(.netIncome, of: indirect) == 1_096_00)
    #expect(first(.exchangeAdjustment, of: indirect) == -10_00)
    let direct = try await flows(books, .direct)
    #expect(accounts(direct) == ["4100 109000", "6200 -400"])
    for statement in [indirect, direct] {
      #expect(first(.totalOf(.operating), of: statement) == 1_086_00)
      #expect(first(.exchangeEffect, of: statement) == 10_00)
      #expect(first(.netChange, of: statement) == 1_096_00)
      #expect(first(.cashAtEnd, of: statement) == 1_096_00)
      #expect(first(.unexplained, of: statement) == nil)
    }
    try await books.workspace.perform(
      ReverseEntry(transfer, reason: "A mistake."), as: books.owner)
    for method in CashFlowMethod.allCases {
      let statement = try await flows(books, method)
      #expect(first(.exchangeEffect, of: statement) == nil)
      #expect(first(.totalOf(.operating), of: statement) == 1_090_00)
    }
  }

  @Test func `known at a moment, it shows what it showed then`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100, debit: "1120", credit: "4100")
    let then = books.clock.now
    var before: [FinancialStatement] = []
    for method in CashFlowMethod.allCases { before.append(try await flows(books, method)) }
    books.clock.advance(seconds: 60)
    try await books.post(5)
    try await revalue(books, by: 9, on: TestBooks.today)
    for (index, method) in CashFlowMethod.allCases.enumerated() {
      #expect(try await flows(books, method, knownAt: then) == before[index])
      #expect(try await flows(books, method) != before[index])
    }
  }

  @Test func `who may look at the trial balance alone, or at a department, is refused it`()
    async throws
  {
    let books = try await TestBooks.make()
    for who in [books.employee, books.manager] {
      await #expect(throws: Refusal.self) {
        try await books.workspace.fetch(
          StatementReport(cashFlowOf: .year(to: TestBooks.today), .direct), as: who)
      }
    }
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func `of random entries both methods explain all that cash did`(_ seed: UInt64) async throws {
    let books = try await TestBooks.make(seed: seed)
    var chance = SeededChance(seed: seed)
    let start = try #require(Day("2026-11-01"))
    let numbers = [
      "1110", "1120", "1140", "1210", "1520", "1525", "1900", "2110", "2320", "3100", "3200",
      "4100", "6200", "6700",
    ]
    for _ in 0..<60 {
      let day = start.adding(days: .random(in: 0...29, using: &chance))
      var content = books.entry(1, on: day)
      if Bool.random(using: &chance) { content.type = .adjusting }
      var sum: Int64 = 0
      content.lines = []
      for _ in 0..<Int.random(in: 1...5, using: &chance) {
        let amount = Int64.random(in: 1...999, using: &chance)
        let signed = Bool.random(using: &chance) ? amount : -amount
        let number = numbers.randomElement(using: &chance) ?? "1120"
        content.lines.append(books.line(number, signed))
        sum += signed
      }
      if sum == 0 { (content.lines, sum) = (content.lines + [books.line("1210", 1)], 1) }
      content.lines.append(books.line(numbers.randomElement(using: &chance) ?? "1120", -sum))
      let entry = try await books.workspace.perform(
        CreateEntry(content, then: .post), as: books.owner
      ).entry
      switch Int.random(in: 0..<8, using: &chance) {
      case 0:
        try await books.workspace.perform(
          ReverseEntry(entry, reason: "At random."), as: books.owner)
      case 1: try await revalue(books, by: .random(in: 1...99, using: &chance), on: day)
      default: break
      }
    }
    for isClosed in [false, true] {
      if isClosed { try await close(2026, in: books) }
      for _ in 0..<20 {
        let from = start.adding(days: .random(in: 0...29, using: &chance))
        let to = from.adding(days: .random(in: 0...60, using: &chance))
        let indirect = try await flows(books, from: from.text, to: to.text)
        let direct = try await flows(books, .direct, from: from.text, to: to.text)
        for item in [
          FinancialStatement.Item.netChange, .exchangeEffect, .cashAtBeginning, .cashAtEnd,
        ] {
          #expect(first(item, of: indirect) == first(item, of: direct), "\(from.text) \(item)")
        }
        for (statement, day) in [
          (indirect, from.adding(days: -1)), (indirect, to), (direct, to),
        ] {
          #expect(first(.unexplained, of: statement) == nil, "\(from.text) \(to.text)")
          let held = try await books.workspace.fetch(CashPosition(on: day), as: books.owner)
          #expect(
            first(day < from ? .cashAtBeginning : .cashAtEnd, of: statement)
              == held.total.minorUnits, "\(day.text)")
        }
      }
    }
  }
}
