import Domain
import Interchange
import Operations
import TestSupport
import Testing

/// The books as a journal.
@Suite struct ExportJournalTests {
  @Test(arguments: OracleFile.own.filter { !$0.name.contains("costs") }.map(\.name))
  func `what is exported and imported elsewhere gives the same trial balance`(
    _ name: String
  ) async throws {
    let file = try #require(OracleFile.own.first { $0.name == name })
    let workspace = try TestBooks.emptyWorkspace(at: TestBooks.start)
    let first = try await TestBooks.owner(of: "first", in: workspace)
    let journal = try HledgerJournal.read(path: file.journal, defaultYear: OracleFile.year)
    do {
      try await workspace.perform(
        ImportJournal(journal, file: name, untyped: .asset), as: first)
    } catch Refusal.importing where !file.isPlain { return }
    let exported = try await workspace.perform(ExportJournal(to: "out"), as: first).journal
    let text = HledgerJournal.write(exported)
    let second = try await TestBooks.owner(of: "second", in: workspace)
    let report = try await workspace.perform(
      ImportJournal(try HledgerJournal.read(text: text), file: "out", untyped: .asset), as: second)
    #expect(report.entries == exported.entries.count)
    for currency in TrialBalanceReport.Currency.allCases {
      func lines(_ principal: Principal) async throws -> [String] {
        try await workspace.fetch(
          TrialBalanceReport(asOf: .last, currency: currency), as: principal
        ).lines.map { "\($0.path) \($0.currency) \($0.balance.minorUnits)" }.sorted()
      }
      #expect(try await lines(first) == lines(second))
    }
  }

  @Test func `tags and tax codes that can be typed are the same after they were exported`()
    async throws
  {
    let books = try await TestBooks.make()
    let workspace = books.workspace
    var chance = SeededChance(seed: 26)
    var lines: [LineContent] = []
    var tagged = 0
    for number in 1...300 {
      var line = books.line("6200", number.isMultiple(of: 2) ? -1 : 1)
      let code = Self.scrap(using: &chance).trimmingSpaces
      if code.fitsTag, code.unicodeScalars.count <= 32 { line.particulars.taxCode = code }
      if let tag = EntryTag(typed: Self.scrap(using: &chance)) {
        line.retag([tag])
        tagged += 1
      }
      lines.append(line)
    }
    #expect((50..<290).contains(tagged))
    #expect((50..<290).contains(lines.count { !$0.particulars.taxCode.isEmpty }))
    let content = EntryContent(date: TestBooks.today, description: "Scraps", lines: lines)
    try await workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    let text = HledgerJournal.write(
      try await workspace.perform(ExportJournal(to: "out"), as: books.owner).journal)
    let second = try await TestBooks.owner(of: "second", in: workspace)
    try await workspace.perform(
      ImportJournal(try HledgerJournal.read(text: text), file: "out", untyped: .asset), as: second)
    func scraps(_ who: Principal) async throws -> [[String]] {
      let entries = try await workspace.fetch(JournalPage(limit: 10), as: who)
      let entry = try #require(entries.first { $0.description == "Scraps" })
      return try await workspace.fetch(EntryDetail(entry.id), as: who).lines.map {
        [$0.tagText, $0.taxCode]
      }
    }
    #expect(try await scraps(books.owner) == scraps(second))
  }

  /// A few of what journals mean something by, and words between.
  private static func scrap(using chance: inout SeededChance) -> String {
    let pieces = [
      "trip", "rent", "V19", ":", ":", ",", ";", "[", "]", "1/31", "2026-01-31", " ", "date:",
      "date2:", " date:", "tax-amount", "tax-code", "quantity", "department", "type", "5", "%",
      "\u{301}", "\u{2028}", "\u{A0}", "=", "*", "!", "\"", "|", "#", "@", "(", "é",
    ]
    return (0..<Int.random(in: 1...4, using: &chance)).map { _ in
      pieces[Int.random(in: 0..<pieces.count, using: &chance)]
    }.joined()
  }

  @Test func `drafts stay inside, and so does what a role may not take out`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    try await books.workspace.perform(CreateEntry(books.entry(5)), as: books.employee)
    let exported = try await books.workspace.perform(ExportJournal(to: "out"), as: books.owner)
      .journal
    #expect(exported.entries.count == 1)
    #expect(try await books.trail(1).first?.event == .export)
    await #expect(throws: Refusal.notPermitted(.reportExport, .noGrant(.employee))) {
      try await books.workspace.perform(ExportJournal(to: "out"), as: books.employee)
    }
  }

  @Test(.enabled(if: Hledger.path != nil, "hledger is not installed"))
  func `hledger finds what every account holds in each currency, and what each department booked`()
    async throws
  {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    try await book(abroad: sales, in: books)
    let chart = try await books.workspace.fetch(ChartOfAccounts(), as: books.owner)
    let paths = Dictionary(uniqueKeysWithValues: chart.map { ($0.number, $0.path) })
    func held(_ sums: [(String, String, Int128)]) throws -> [OracleSum: Quantity] {
      Dictionary(
        uniqueKeysWithValues: try sums.map { number, code, cents in
          let path = try #require(paths[number])
          return (OracleSum(account: path, commodity: code), Quantity(cents, decimals: 2))
        })
    }
    let text = HledgerJournal.write(
      try await books.workspace.perform(ExportJournal(to: "out"), as: books.owner).journal)
    #expect(
      try Hledger.balances(of: text)
        == held([
          ("1120", "USD", -1_210_00), ("1140", "EUR", 1_000_00), ("1140", "USD", 20_00),
          ("2110", "EUR", -388_00), ("2110", "USD", -6_80), ("6200", "USD", 130_00),
          ("6400", "USD", 420_00), ("7400", "USD", -13_20),
        ]))
    #expect(
      try Hledger.balances(of: text, "-B")
        == held([
          ("1120", "USD", -1_210_00), ("1140", "USD", 1_100_00), ("2110", "USD", -426_80),
          ("6200", "USD", 130_00), ("6400", "USD", 420_00), ("7400", "USD", -13_20),
        ]))
    #expect(
      try Hledger.balances(of: text, "-B", "tag:department=^SAL$")
        == held([("6200", "USD", 100_00), ("6400", "USD", 420_00)]))
  }

  /// 1,000.00 EUR bought for 1,080.00 USD, and 388.00 EUR owed for 420.00 USD that a department spent,
  /// revalued at 1.10: 20.00 more in the bank, 6.80 more owed. Of 130.00 rent the department has 100.00.
  private func book(abroad department: ID<Department>, in books: TestBooks) async throws {
    let (today, monthEnd) = (TestBooks.today, TestBooks.today.lastOfMonth)
    func euros(_ number: String, _ units: Int64, _ base: Int64) -> LineContent {
      LineContent(
        account: books.account(number), currency: "EUR", amount: Money(minorUnits: units),
        base: Money(minorUnits: base))
    }
    var (abroad, rent) = (books.line("6400", 420_00), books.line("6200", 100_00))
    (abroad.department, rent.department) = (department, department)
    for lines in [
      [euros("1140", 1_000_00, 1_080_00), books.line("1120", -1_080_00)],
      [abroad, euros("2110", -388_00, -420_00)],
      [rent, books.line("6200", 30_00), books.line("1120", -130_00)],
    ] {
      try await books.workspace.perform(
        CreateEntry(EntryContent(date: today, description: "Abroad", lines: lines), then: .post),
        as: books.owner)
    }
    let quote = RateQuote(
      from: "EUR", to: "USD", day: monthEnd, rate: try #require(ExchangeRate(written: "1.1")))
    try await books.workspace.perform(SetRate(RateContent(quote)), as: books.director)
    let rows = try await books.workspace.fetch(Revaluations(on: monthEnd), as: books.manager)
    try await books.workspace.perform(Revalue(on: monthEnd, seen: rows), as: books.manager)
  }

  @Test(.enabled(if: Hledger.path != nil, "hledger is not installed"))
  func `hledger finds in three years of a business what its own trial balances say`() async throws {
    let workspace = try await TestBooks.demonstration(at: TestBooks.demonstrationDay)
    let lobby = try await workspace.signIn(
      email: "owner@demo.example", password: Demonstration.password, from: TestBooks.origin)
    let mine = try await workspace.fetch(MyBusinesses(), as: lobby)
    let owner = try await workspace.enter(
      try #require(mine.first { $0.slug == "harbour" }).id, as: lobby)
    func held(by department: ID<Department>? = nil) async throws -> [OracleSum: Quantity] {
      // No fiscal year holds the last day, so that income and expenses count since ever.
      try await workspace.fetch(
        TrialBalanceReport(asOf: .last, LedgerScope(department: department)), as: owner
      ).byAccount
    }
    let text = HledgerJournal.write(
      try await workspace.perform(ExportJournal(to: "out"), as: owner).journal)
    #expect(try await Hledger.balances(of: text, "-B") == held())
    let departments = try await workspace.fetch(Departments(), as: owner)
    let leaves = departments.filter { row in !departments.contains { $0.parent == row.id } }
    var booked = 0
    for leaf in leaves {
      let own = try await held(by: leaf.id)
      #expect(
        try Hledger.balances(of: text, "-B", "tag:department=^\(leaf.code)$") == own,
        "\(leaf.code)")
      booked += own.count
    }
    #expect(booked > 10)
  }
}

extension TrialBalance {
  /// What each account holds in each of its currencies; zeros are left out.
  var byAccount: [OracleSum: Quantity] {
    Dictionary(
      uniqueKeysWithValues: lines.filter { !$0.balance.isZero }.map {
        (
          OracleSum(account: $0.path, commodity: $0.currency),
          Quantity($0.balance, exponent: $0.exponent)
        )
      })
  }
}
