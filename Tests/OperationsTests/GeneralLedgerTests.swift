import Domain
import Store
import Synchronization
import TestSupport
import Testing

@testable import Operations

/// The general ledger line by line (RULES §3.10). Years of everything are in `LedgerSeasonTests`.
@Suite struct GeneralLedgerTests {
  private func day(_ number: Int) throws -> Day {
    try #require(Day(year: 2026, month: 11, day: number))
  }

  private func ledger(
    _ books: TestBooks, of accounts: Set<ID<Account>>? = nil, from: Day = .first, to: Day = .last,
    _ scope: LedgerScope = LedgerScope(), as who: Principal? = nil
  ) async throws -> [LedgerAccount] {
    try await books.generalLedger(of: accounts, in: .days(from, to), scope, as: who)
  }

  private func section(
    _ number: String, of ledger: [LedgerAccount]
  ) throws -> LedgerAccount {
    try #require(ledger.first { $0.number == number })
  }

  @Test func `an account's lines stand between what it held before and after`() async throws {
    let books = try await TestBooks.make()
    try await books.post(900_00, debit: "1120", credit: "3100", on: day(2))
    try await books.post(1_00, on: day(20))
    try await books.post(50, on: day(10))
    try await books.post(7, debit: "6250", on: day(20))
    try await books.post(3_00, on: day(21))
    let found = try await ledger(books, from: day(10), to: day(20))
    #expect(found.map(\.number) == ["1120", "3100", "6200", "6250"])
    let bank = try section("1120", of: found)
    #expect(bank.opening.minorUnits == 900_00)
    // By day, and on one day by number, whatever was posted first.
    #expect(bank.lines.map(\.number.last) == ["3", "2", "4"])
    #expect(bank.lines.map(\.date) == [try day(10), try day(20), try day(20)])
    #expect(bank.lines.map(\.balance.minorUnits) == [899_50, 898_50, 898_43])
    #expect(bank.lines.map(\.counterAccounts) == [["6200"], ["6200"], ["6250"]])
    #expect(bank.debit.isZero && bank.credit.minorUnits == 1_57)
    #expect(bank.closing.minorUnits == 898_43)
    let capital = try section("3100", of: found)
    #expect(capital.opening.minorUnits == -900_00 && capital.lines.isEmpty)
    #expect(capital.closing == capital.opening)
    let rent = try section("6200", of: found)
    #expect(rent.opening.isZero && rent.debit.minorUnits == 1_50 && rent.credit.isZero)
  }

  @Test func `without its lines it is the same accounts, whose lines a register has page by page`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.post(900_00, debit: "1120", credit: "3100", on: day(2))
    for number in 10...14 { try await books.post(Int64(number), on: day(number)) }
    let found = try await books.workspace.fetch(
      GeneralLedgerAccounts(in: .days(day(11), day(13))), as: books.owner)
    func amounts(_ row: GeneralLedgerAccounts.Row) -> [Int64] {
      [row.opening, row.debit, row.credit, row.closing].map(\.minorUnits)
    }
    #expect(found.rows.map(\.number) == ["1120", "3100", "6200"])
    #expect(amounts(found.rows[0]) == [899_90, 0, 36, 899_54])
    #expect(amounts(found.rows[1]) == [-900_00, 0, 0, -900_00])
    #expect(amounts(found.rows[2]) == [10, 36, 0, 46])
    // With its lines where they aren't more than may be.
    func whole(_ limit: Int) async throws -> [GeneralLedgerLines.Account]? {
      try await books.workspace.fetch(
        GeneralLedgerLines(in: .days(day(11), day(13)), limit: limit), as: books.owner)
    }
    #expect(try await whole(5) == nil)
    let accounts = try #require(try await whole(6))
    #expect(accounts.map(\.row) == found.rows)
    #expect(
      accounts.map { $0.lines.map(\.amount.minorUnits) } == [[-11, -12, -13], [], [11, 12, 13]])
    // From what the account opens with to what it closes with.
    let start = RegisterPage.Key(
      date: found.from, entry: nil, line: 0, balance: found.rows[0].opening)
    let scope = RegisterScope(from: found.from, to: found.to, opening: .ofYear)
    let lines = try await books.workspace.fetch(
      RegisterPage(books.account("1120"), in: scope, after: start), as: books.owner)
    #expect(lines.map(\.balance.minorUnits) == [899_79, 899_67, 899_54])
    for (who, department) in [
      (books.employee, nil), (books.manager, nil), (books.employee, books.department),
    ] as [(Principal, ID<Department>?)] {
      await #expect(throws: Refusal.self) {
        try await books.workspace.fetch(
          GeneralLedgerAccounts(
            in: .days(.first, .last), LedgerScope(department: department)), as: who)
      }
    }
  }

  @Test func `what stands against a line is on the other side of its entry`() async throws {
    let books = try await TestBooks.make()
    var content = books.entry(1)
    content.lines = [
      books.line("6250", 50), books.line("1120", -120), books.line("6200", 100),
      books.line("2110", -30), books.line("6250", 1), books.line("2110", -1),
    ]
    try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    let found = try await ledger(books)
    for (number, across) in [
      ("6200", ["1120", "2110"]), ("6250", ["1120", "2110"]), ("1120", ["6250", "6200"]),
      ("2110", ["6250", "6200"]),
    ] {
      let section = try section(number, of: found)
      #expect(section.lines.allSatisfy { $0.counterAccounts == across }, "\(section)")
    }
    let register = try await books.workspace.fetch(
      RegisterPage(books.account("2110")), as: books.owner)
    #expect(register.map(\.counterAccounts) == [["6250", "6200"], ["6250", "6200"]])
  }

  @Test func `only the accounts that are asked for are in it`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    try await books.post(200, debit: "6250")
    let asked: Set = [books.account("6250"), books.account("6400")]
    let found = try await ledger(books, of: asked)
    #expect(found.map(\.number) == ["6250"])
    #expect(found[0].lines.map(\.counterAccounts) == [["1120"]])
  }

  @Test func `a department's has its lines, to whoever reads its reports`() async throws {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    for (department, amount) in [(books.department, 7), (sales, 400)] {
      var content = books.entry(Int64(amount))
      for index in content.lines.indices { content.lines[index].department = department }
      try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    }
    try await books.post(1_000)
    func spent(in department: ID<Department>?, as who: Principal) async throws -> Int64 {
      let found = try await ledger(books, LedgerScope(department: department), as: who)
      return try section("6200", of: found).closing.minorUnits
    }
    #expect(try await spent(in: nil, as: books.viewer) == 1_407)
    #expect(try await spent(in: sales, as: books.viewer) == 400)
    #expect(try await spent(in: books.department, as: books.manager) == 7)
    for department in [sales, nil] {
      await #expect(throws: Refusal.self) {
        _ = try await spent(in: department, as: books.manager)
      }
    }
    await #expect(throws: Refusal.notPermitted(.reportRead, .reserved(.trialBalanceAndOwn))) {
      _ = try await spent(in: nil, as: books.employee)
    }
  }

  @Test func `known at a moment, it is what it was then`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    let before = try await ledger(books)
    let then = books.clock.now
    books.clock.advance(seconds: 60)
    try await books.post(5, on: day(1))
    #expect(try await ledger(books, LedgerScope(knownAt: then)) == before)
    #expect(try await ledger(books) != before)
  }

  @Test func `in one currency it has the lines in that, in their own amounts`() async throws {
    let books = try await TestBooks.make()
    func bought(_ units: Int64, for base: Int64, on day: Day) async throws {
      let euros = LineContent(
        account: books.account("1140"), currency: "EUR", amount: Money(minorUnits: units),
        base: Money(minorUnits: base))
      let content = EntryContent(
        date: day, description: "Abroad", lines: [euros, books.line("1120", -base)])
      try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    }
    try await bought(1_000, for: 1_080, on: day(3))
    try await bought(50, for: 55, on: day(10))
    // Dollars on the same account.
    try await books.post(7, debit: "1140", on: day(11))
    let days = StatementReport.Span.days(try day(5), try day(20))
    let euros = try await books.generalLedger(in: days, currency: "EUR")
    #expect(euros.map(\.number) == ["1140"])
    let bank = try section("1140", of: euros)
    #expect(bank.opening.minorUnits == 1_000 && bank.debit.minorUnits == 50)
    #expect(bank.lines.map(\.balance.minorUnits) == [1_050])
    #expect(bank.closing.minorUnits == 1_050)
    let all = try section("1140", of: try await books.generalLedger(in: days))
    #expect(all.opening.minorUnits == 1_080 && all.closing.minorUnits == 1_142)
  }

  @Test func `an entry that the basis leaves out is neither in the lines nor in what was held`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.post(100, on: day(3))
    var accrual = books.entry(30, credit: "2110", on: try day(5))
    accrual.type = .adjusting
    try await books.workspace.perform(CreateEntry(accrual, then: .post), as: books.owner)
    for from in [Day.first, try day(6)] {
      let adjusted = try await ledger(books, from: from, to: day(20), LedgerScope(.adjusted))
      #expect(try section("6200", of: adjusted).closing.minorUnits == 130)
      let without = try await ledger(books, from: from, to: day(20), LedgerScope(.unadjusted))
      #expect(try section("6200", of: without).closing.minorUnits == 100)
      #expect(!without.contains { $0.number == "2110" })
    }
  }

  @Test func `an account has as many lines as there are, whatever is read at once`() async throws {
    let books = try await TestBooks.make()
    var content = books.entry(1)
    content.lines = (1...1_001).map { _ in books.line("6200", 7) } + [books.line("1120", -7_007)]
    try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    let rent = try section("6200", of: try await ledger(books))
    #expect(rent.section.lines == 1_001 && rent.lines.count == 1_001)
    #expect(rent.lines.map(\.balance.minorUnits) == (1...1_001).map { $0 * 7 })
    #expect(rent.lines.allSatisfy { $0.counterAccounts == ["1120"] })
    #expect(rent.debit.minorUnits == 7_007 && rent.closing.minorUnits == 7_007)
  }

  @Test func `its lines can be walked again, and nothing is read behind where somebody stops`()
    async throws
  {
    struct Enough: Error {}
    let books = try await TestBooks.make()
    for amount in 1...4 { try await books.post(Int64(amount)) }
    let seen = Mutex<[Int64]>([])
    let query = GeneralLedgerDetail(of: [books.account("6200")], in: .days(.first, .last)) {
      walk in
      let rent = try #require(walk.ledger.sections.first)
      try walk.lines(of: rent) { line in seen.withLock { $0.append(line.balance.minorUnits) } }
      try walk.lines(of: rent) { line in
        seen.withLock { $0.append(line.balance.minorUnits) }
        if line.balance.minorUnits == 3 { throw Enough() }
      }
    }
    await #expect(throws: Enough.self) {
      _ = try await books.workspace.fetch(query, as: books.owner)
    }
    #expect(seen.withLock { $0 } == [1, 3, 6, 10, 1, 3])
    // And the books go on.
    try await books.post(5)
    let after = try await ledger(books)
    #expect(try section("6200", of: after).closing.minorUnits == 15)
  }

  @Test func `what is read with a footing says how far the books had come`() async throws {
    let books = try await TestBooks.make()
    func footed() async throws -> Footed<TrialBalanceReport>.Answer {
      try await books.workspace.fetch(
        Footed(TrialBalanceReport(asOf: .last)), as: books.employee)
    }
    let before = try await footed()
    let verified = try await books.workspace.fetch(VerifyAudit(), as: books.owner)
    #expect(before.footing.highWater == verified.headSequence)
    #expect(before.footing.chainHead == verified.headHash)
    try await books.post(100)
    let after = try await footed()
    #expect(after.footing.highWater > before.footing.highWater)
    #expect(after.footing.chainHead != before.footing.chainHead)
    let balance = try await books.workspace.fetch(
      TrialBalanceReport(asOf: .last), as: books.employee)
    #expect(after.output == balance)
  }
}
