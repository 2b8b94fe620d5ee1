import Domain
import Interchange
import Operations
import Store
import TestSupport
import Testing

/// Booking another program's journal (issue items "Real input"; RULES §3.9).
@Suite struct ImportJournalTests {
  private static let small = """
    2026-11-03 * (R17) Corner Shop | Pens  ; project:office
        Expenses:Office   $12.50  ; blue ones
        Assets:Bank:Checking

    2026-11-05 Salary
        Assets:Bank:Checking   $2,000.00
        Income:Salary
    """

  private func run(
    _ text: String, in books: TestBooks, as principal: Principal? = nil, map: [String] = [],
    untyped: AccountType? = nil
  ) async throws -> ImportReport {
    let journal = try HledgerJournal.read(text: text, name: "books.journal", defaultYear: 2026)
    return try await books.workspace.perform(
      ImportJournal(
        journal, file: "books.journal", mapping: try ForeignMapping(map), untyped: untyped),
      as: principal ?? books.owner)
  }

  /// The trial balance by path, in each currency's own minor units.
  private func balances(_ books: TestBooks) async throws -> [String: Int64] {
    let report = try await books.workspace.fetch(
      TrialBalanceReport(asOf: .last, currency: .transaction), as: books.owner)
    return Dictionary(
      uniqueKeysWithValues: report.lines.map {
        ("\($0.path) \($0.currency)", $0.balance.minorUnits)
      })
  }

  private static func text(_ uses: [ImportReport.CurrencyUse]) -> [String] {
    uses.map {
      "\($0.commodity) is \($0.code) with \($0.decimals)\($0.isNew ? ", new" : "")"
    }
  }

  private func refusal(
    _ text: String, in books: TestBooks, as principal: Principal? = nil, map: [String] = []
  ) async throws -> String? {
    do {
      _ = try await run(text, in: books, as: principal, map: map)
      return nil
    } catch let refusal as Refusal { return UserMessage(refusal).text }
  }

  @Test func `accounts are made from their paths, with types, numbers and headings`() async throws {
    let books = try await TestBooks.make { $0.chart = nil }
    let report = try await run(Self.small, in: books)
    #expect(report.entries == 2)
    #expect(
      report.accounts == [
        "Assets", "Assets:Bank", "Assets:Bank:Checking", "Expenses", "Expenses:Office", "Income",
        "Income:Salary",
      ])
    let chart = try await books.workspace.fetch(ChartOfAccounts(), as: books.owner)
    #expect(
      chart.map { "\($0.number) \($0.path) \($0.type.rawValue) \($0.isHeader)" } == [
        "1000 Assets asset true", "1000.01 Assets:Bank asset true",
        "1000.01.01 Assets:Bank:Checking asset false", "4000 Income revenue true",
        "4000.01 Income:Salary revenue false", "5000 Expenses expense true",
        "5000.01 Expenses:Office expense false",
      ])
    #expect(
      try await balances(books) == [
        "Assets:Bank:Checking USD": 1_987_50, "Expenses:Office USD": 12_50,
        "Income:Salary USD": -2_000_00,
      ])
  }

  @Test func `accounts that are there are found, and new numbers clash with none`() async throws {
    let books = try await TestBooks.make()
    let report = try await run(
      """
      2026-11-03 Rent
          Running costs:Rent          10.00
          Assets:Cash and banks:Current account
      2026-11-03 Fuel
          Running costs:Boat:Fuel     3.00
          Assets:Cash and banks:Tills
      """, in: books)
    #expect(report.accounts == ["Running costs:Boat", "Running costs:Boat:Fuel"])
    #expect(
      try await books.balances() == [
        "1110": -3_00, "1120": -10_00, "6000.01.01": 3_00, "6200": 10_00,
      ])
  }

  @Test func `a heading that the file posts to takes lines from now on`() async throws {
    let books = try await TestBooks.make()
    let report = try await run(
      """
      2026-11-03 Something
          Running costs          10.00
          Assets:Cash and banks:Tills
      """, in: books)
    #expect(report.opened == ["Running costs"])
    #expect(try await books.balances()["6000"] == 10_00)
  }

  @Test func `groups may hold accounts of several classes`() async throws {
    let books = try await TestBooks.make { $0.chart = nil }
    _ = try await run(
      """
      account Household:Bank  ; type:A
      account Household:Food  ; type:X
      2026-11-03 Bread
          Household:Food    $3.00
          Household:Bank
      """, in: books)
    #expect(
      try await balances(books) == ["Household:Bank USD": -3_00, "Household:Food USD": 3_00])
    let report = try await books.workspace.fetch(TrialBalanceReport(asOf: .last), as: books.owner)
    #expect(report.lines.map(\.type) == [.asset, .expense])
  }

  @Test func `all accounts whose type nobody says come out as one problem`() async throws {
    let books = try await TestBooks.make { $0.chart = nil }
    let text = """
      2026-11-03 Brot
          Aufwand:Essen    $3.00
          Aktiva:Kasse
      """
    let words = try #require(try await refusal(text, in: books))
    #expect(words.contains("Aktiva:Kasse, Aufwand:Essen"))
    #expect(words.contains("--map 'Aktiva=asset' --map 'Aufwand=asset'"))
    let report = try await run(text, in: books, map: ["Aktiva=asset", "Aufwand=expense"])
    #expect(report.entries == 1)
    #expect(
      try await run(
        """
        2026-11-04 Brot
            Aufwand:Essen    $4.00
            Aktiva:Bank
        """, in: books
      ).accounts == ["Aktiva:Bank"])
  }

  @Test func `the base currency's own sign is the base currency, and the report says so`()
    async throws
  {
    let books = try await TestBooks.make { $0.chart = nil }
    let report = try await run(Self.small, in: books)
    #expect(Self.text(report.currencies) == ["$ is USD with 2"])
    #expect(report.totals.map(\.currency) == ["USD"])
    #expect(report.totals.map(\.debit) == [Money(minorUnits: 2_012_50)])
  }

  @Test func `a new unit keeps the decimals that the file needs, and its name`() async throws {
    let books = try await TestBooks.make { $0.chart = nil }
    let report = try await run(
      """
      2026-11-03 Buy
          Assets:Shares    2.0000005 "Acme Inc."
          Equity:Opening   -2.0000005 "Acme Inc."
      """, in: books)
    #expect(Self.text(report.currencies) == ["Acme Inc. is Acme Inc. with 7, new"])
    #expect(try await balances(books)["Assets:Shares Acme Inc."] == 20_000_005)
    #expect(report.unvalued == 2)
    #expect(try await books.workspace.fetch(UnvaluedLines(), as: books.owner) == 2)
    let trial = try await books.workspace.fetch(TrialBalanceReport(asOf: .last), as: books.owner)
    #expect(trial.unvalued == 2)
    #expect(trial.lines.isEmpty)
  }

  @Test(arguments: [
    (
      "2026-11-03 x\n    Assets:A   1.005 EUR\n    Assets:B\n", [String](),
      "books.journal:2:5: 1.005 has more digits than EUR keeps here (2); some would be lost."
    ),
    (
      "2026-11-03 x\n    Assets:A   1 £\n    Assets:B\n", ["£=QQQ"],
      "This business has no currency QQQ. Name one that it has with --map."
    ),
    (
      "2026-11-03 x\n    Assets:A   $1\n    Assets:B\n2026-11-04 x\n    Assets:A   1 \" x\"\n    Assets:B\n",
      [],
      "books.journal:5:5: “ x” can't be the code of a currency. Name another with --map ' x=USD'."
    ),
    (
      "P 2026-11-03 EUR 2 \"\(String(repeating: "x", count: 33))\"\n", [],
      "books.journal:1:1: “\(String(repeating: "x", count: 33))” can't be the code of a currency. "
        + "Name another with --map '\(String(repeating: "x", count: 33))=USD'."
    ),
    (
      "2026-11-03 x\n    (Budget:Food)   $1\n    Assets:A   $1\n    Assets:B\n", ["Budget=asset"],
      "books.journal:2:5: The lines in () don't balance in $, and books must. "
        + "Give them a counterpart, or leave them out."
    ),
    (
      "2026-11-03 x\n    Assets:A:B:C:D:E:F:G:H   $1\n    Assets:B\n", [],
      "books.journal:2:5: Assets:A:B:C:D:E:F:G:H has more than 8 levels. Shorten it with an alias."
    ),
    (
      "2026-11-03 x\n    Assets:A   1 EUR @ $-1\n    Assets:B   $1\n", [],
      "books.journal:2:5: The cost stands on the other side of its amount."
    ),
  ])
  func `what can't be booked exactly is refused with its place`(
    _ text: String, _ map: [String], _ words: String
  ) async throws {
    let books = try await TestBooks.make { $0.chart = nil }
    let before = try await books.workspace.fetch(ChartOfAccounts(), as: books.owner)
    #expect(try await refusal(text, in: books, map: map) == words)
    #expect(try await books.workspace.fetch(ChartOfAccounts(), as: books.owner) == before)
    let records = try await books.trail(1)
    #expect(records.map(\.operation) == ["import.run"])
    #expect(records.map(\.outcome) == [.failure])
  }

  @Test func `one entry that is refused keeps the whole file out`() async throws {
    let books = try await TestBooks.make { $0.chart = nil }
    let text = Self.small + "\n\n2026-11-06 x\n    Assets:A   0.005 EUR\n    Assets:B\n"
    #expect(try await refusal(text, in: books)?.hasPrefix("books.journal:10:5: ") == true)
    #expect(try await books.workspace.fetch(JournalPage(), as: books.owner).isEmpty)
    #expect(try await books.workspace.fetch(ChartOfAccounts(), as: books.owner).isEmpty)
  }

  @Test func `costs and rates give base amounts that balance to the cent`() async throws {
    let books = try await TestBooks.make { $0.chart = nil }
    let report = try await run(
      """
      P 2026-11-01 EUR 1.0855 USD
      2026-11-03 Three thirds
          Assets:Euro      10.00 EUR
          Income:A         -3.33 EUR
          Income:B         -3.33 EUR
          Income:C         -3.34 EUR
      2026-11-04 Bought
          Assets:Yen       1000 JPY @ 0.00667 USD
          Assets:Bank      -6.67 USD
      2026-11-05 Sold
          Assets:Bank      7.00 USD @@ 1000 JPY
          Assets:Yen       -1000 JPY
      """, in: books)
    #expect(report.rates == 1)
    #expect(report.unvalued == 0)
    let trial = try await books.workspace.fetch(TrialBalanceReport(asOf: .last), as: books.owner)
    let base = Dictionary(
      uniqueKeysWithValues: trial.lines.map { ($0.path, $0.balance.minorUnits) })
    // 10.00 EUR are 10.86 USD, but the other three come to 10.85: the largest line gives way.
    #expect(
      base == [
        "Assets:Euro": 10_85, "Income:A": -3_61, "Income:B": -3_61, "Income:C": -3_63,
        "Assets:Yen": -33, "Assets:Bank": 33,
      ])
  }

  @Test func `a rate older than a week says nothing, and none is invented`() async throws {
    let books = try await TestBooks.make { $0.chart = nil }
    let report = try await run(
      """
      P 2026-10-26 EUR 1.10 USD
      2026-11-02 Within the week
          Assets:Euro      1.00 EUR
          Income:A
      2026-11-03 Later
          Assets:Euro      1.00 EUR
          Income:A
      """, in: books)
    #expect(report.unvalued == 2)
    #expect(
      try await books.workspace.fetch(TrialBalanceReport(asOf: .last), as: books.owner)
        .lines.map(\.balance.minorUnits) == [1_10, -1_10])
  }

  @Test func `years are made, past months closed, and posted into by an exception that ends`()
    async throws
  {
    let books = try await TestBooks.make { $0.chart = nil }
    let report = try await run(
      """
      2024-03-03 Old
          Expenses:A    $1
          Assets:B
      2026-10-03 Last month
          Expenses:A    $1
          Assets:B
      2026-11-03 This month
          Expenses:A    $1
          Assets:B
      """, in: books)
    #expect(report.years == [2024])
    #expect(report.exceptions == ["2024-03", "2026-10"])
    let found = try await books.store.snapshot(of: books.business, as: .system) {
      try $0.rows(
        { (name: String, status: String, reason: String?, ended: Bool?) in
          "\(name) \(status) \(reason ?? "-") \(ended ?? false)"
        },
        """
        SELECT p.name, p.status, x.reason, x.revoked_at IS NOT NULL
        FROM accounting_periods p
        LEFT JOIN period_exceptions x ON x.business_id = :business AND x.period_id = p.id
        WHERE p.business_id = :business AND p.status <> 'future' ORDER BY p.start_date
        """)
    }
    #expect(
      found == [
        "2024-03 closed Import of books.journal true",
        "2026-10 closed Import of books.journal true", "2026-11 open - false",
      ])
    let numbers = try await books.workspace.fetch(JournalPage(), as: books.owner).map(\.number)
    #expect(numbers == ["GJ-2026-000002", "GJ-2026-000001", "GJ-2024-000001"])
  }

  @Test func `a period that was closed before refuses the file, naming the line`() async throws {
    let books = try await TestBooks.make { $0.chart = nil }
    let old = "2026-10-03 Old\n    Expenses:A    $1\n    Assets:B\n"
    _ = try await run(old, in: books)
    let words = try await refusal(
      Self.small + "\n\n2026-10-04 x\n    Expenses:A    $1\n    Assets:B\n", in: books)
    #expect(
      words == "books.journal:9:1: Period 2026-10 is closed. Reopen it, or leave this entry out.")
    #expect(try await books.workspace.fetch(JournalPage(), as: books.owner).count == 1)
  }

  @Test func `a locked period refuses the file too, and offers no way round`() async throws {
    let books = try await TestBooks.make { $0.chart = nil }
    _ = try await run("2026-10-03 Old\n    Expenses:A    $1\n    Assets:B\n", in: books)
    try await books.store.change(in: books.business, as: .system) { change in
      try change.execute(
        """
        UPDATE accounting_periods SET status = 'locked', locked_by = :other, locked_at = :now
        WHERE business_id = :business AND name = '2026-10'
        """, ["other": books.director.user, "now": change.now])
    }
    let words = try await refusal(
      Self.small + "\n\n2026-10-04 x\n    Expenses:A    $1\n    Assets:B\n", in: books)
    #expect(words == "books.journal:9:1: Period 2026-10 is locked. Leave this entry out.")
    #expect(try await books.workspace.fetch(JournalPage(), as: books.owner).count == 1)
  }

  @Test func `a commodity that the person names is the currency that they say`() async throws {
    let books = try await TestBooks.make {
      $0.chart = nil
      $0.baseCurrency = "EUR"
    }
    let report = try await run(Self.small, in: books, map: ["$=USD"])
    #expect(Self.text(report.currencies) == ["$ is USD with 2"])
    #expect(try await balances(books)["Assets:Bank:Checking USD"] == 1_987_50)
    let own = try await TestBooks.make {
      $0.chart = nil
      $0.baseCurrency = "EUR"
    }
    #expect(Self.text(try await run(Self.small, in: own).currencies) == ["$ is $ with 2, new"])
  }

  @Test func `what mixed currencies leave goes to the rounding account`() async throws {
    let books = try await TestBooks.make { $0.chart = nil }
    let report = try await run(
      """
      P 2026-11-01 EUR 1.0855 USD
      P 2026-11-01 GBP 1.2555 USD
      2026-11-03 Two purses
          Assets:Euro      10.00 EUR
          Income:A         -3.33 EUR
          Income:B         -3.33 EUR
          Income:C         -3.34 EUR
          Assets:Pounds    1.00 GBP
          Income:D         -1.00 GBP
      """, in: books)
    #expect(report.unvalued == 0)
    let trial = try await books.workspace.fetch(TrialBalanceReport(asOf: .last), as: books.owner)
    #expect(try trial.totalDebit() == trial.totalCredit())
    #expect(trial.lines.first { $0.path == "Rounding" }?.balance == Money(minorUnits: -1))
    #expect(trial.lines.first { $0.path == "Assets:Euro" }?.balance == Money(minorUnits: 10_86))
  }

  @Test func `the same file again changes nothing, a longer one brings what is new`() async throws {
    let books = try await TestBooks.make { $0.chart = nil }
    let coffee = "\n\n2026-11-06 Coffee\n    Expenses:Food    $3\n    Assets:Bank:Checking\n"
    _ = try await run(Self.small + coffee, in: books)
    let again = try await run(Self.small + coffee, in: books)
    #expect(again.changedNothing)
    #expect(again.known == 3)
    let longer = try await run(coffee + Self.small + coffee + coffee, in: books)
    #expect(longer.known == 3)
    #expect(longer.entries == 2, "two more coffees of the same day are two more coffees")
    #expect(try await balances(books)["Expenses:Food USD"] == 9_00)
  }

  @Test func `lines of zero are left out and counted`() async throws {
    let books = try await TestBooks.make { $0.chart = nil }
    let report = try await run(
      """
      2026-11-03 Mostly nothing
          Expenses:A    $1
          Expenses:B    $0
          Assets:C
      2026-11-04 Nothing
          Expenses:A    $0
          Assets:C
      """, in: books)
    #expect(report.zeroLines == 3)
    #expect(report.emptyEntries == 1)
    #expect(report.entries == 1)
  }

  @Test func `an employee imports drafts, into accounts that are there`() async throws {
    let books = try await TestBooks.make()
    let text = """
      2020-01-03 Rent
          Running costs:Rent          10.00
          Assets:Cash and banks:Current account
      """
    let report = try await run(text, in: books, as: books.employee)
    #expect(report.areDrafts)
    #expect(report.entries == 1)
    #expect(report.years.isEmpty)
    let page = try await books.workspace.fetch(JournalPage(), as: books.owner)
    #expect(page.map(\.status) == [.draft])
    #expect(
      try await refusal(Self.small, in: books, as: books.employee)
        == "Your role (Employee) does not hold account.create.")
    #expect(
      try await refusal(text.replacing("2020", with: "2021"), in: books, as: books.manager)
        == "Your role (Manager) does not hold period.open.")
    #expect(
      try await refusal(Self.small, in: books, as: books.viewer)
        == "Your role (Viewer) does not hold import.run.")
  }

  @Test func `each entry has one record, and the import one of its own`() async throws {
    let books = try await TestBooks.make { $0.chart = nil }
    let before = try await books.trail(1).first?.sequence ?? 0
    _ = try await run(Self.small, in: books)
    let records = try await books.trail(50).filter { $0.sequence > before }.reversed()
    #expect(
      records.map(\.operation) == Array(repeating: "account.create", count: 7)
        + ["import.entry", "import.entry", "import.run"])
    #expect(records.last?.newValues?.contains(#""entries":2"#) ?? false)
    #expect(try await books.workspace.fetch(VerifyAudit(), as: books.owner).findings.isEmpty)
  }

  @Test func `a rehearsal tells everything and leaves nothing`() async throws {
    let books = try await TestBooks.make { $0.chart = nil }
    let journal = try HledgerJournal.read(text: Self.small)
    let command = ImportJournal(journal, file: "books.journal")
    let rehearsed = try await books.workspace.simulate(command, as: books.owner)
    #expect(try await books.workspace.fetch(ChartOfAccounts(), as: books.owner).isEmpty)
    #expect(try await books.workspace.perform(command, as: books.owner) == rehearsed)
  }

  @Test func `what an entry says is kept, and comes out again`() async throws {
    let books = try await TestBooks.make { $0.chart = nil }
    _ = try await run(Self.small, in: books)
    let exported = try await books.workspace.perform(ExportJournal(to: "out"), as: books.owner)
      .journal
    let pens = try #require(exported.entries.first)
    #expect(pens.code == "R17")
    #expect(pens.status == .cleared)
    #expect(pens.payee == "Corner Shop")
    #expect(pens.description == "Pens")
    #expect(pens.comment.contains("project:office"))
    #expect(pens.postings[0].comment == "blue ones")
    #expect(exported.entries[1].status == .unmarked)
  }

  @Test func `a line with a day of its own is booked on its entry's, with a warning`() async throws
  {
    let books = try await TestBooks.make { $0.chart = nil }
    let report = try await run(
      """
      2026-11-03 Card
          Expenses:A    $1
          Assets:B      ; date:2026-11-09
      """, in: books)
    #expect(
      report.warnings.map(\.words) == [
        "books.journal:3:5: The line's own day 2026-11-09 is noted; it is booked on the day of its "
          + "entry."
      ])
  }
}
