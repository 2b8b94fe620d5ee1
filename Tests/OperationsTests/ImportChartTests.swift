import Domain
import Interchange
import Operations
import Store
import TestSupport
import Testing

/// Taking over another program's chart of accounts (RULES §3.2).
@Suite struct ImportChartTests {
  private static let small = """
    {"tree": {
     "Assets": {"root_type": "Asset", "account_number": "1",
      "Cash": {"account_number": "11", "Till": {"account_type": "Cash", "account_number": "110"}},
      "Wear": {"account_type": "Accumulated Depreciation"}},
     "Earned": {"root_type": "Income", "Sales": {}}}}
    """

  private static func chart(_ text: String) throws -> ForeignChart {
    try ChartFile.read(
      path: "chart", format: .erpnext, files: .inMemory(["chart": Array(text.utf8)]))
  }

  private func run(
    _ chart: ForeignChart, in books: TestBooks, as principal: Principal? = nil,
    mapped: [String: AccountType] = [:], untyped: AccountType? = nil
  ) async throws -> ChartImportReport {
    try await books.workspace.perform(
      ImportChart(chart, file: "chart", mapped: mapped, untyped: untyped),
      as: principal ?? books.owner)
  }

  /// `number path type category`, and what else there is to say.
  private func accounts(_ books: TestBooks) async throws -> [String] {
    try await books.workspace.fetch(ChartOfAccounts(), as: books.owner).map {
      "\($0.number) \($0.path) \($0.type.rawValue) \($0.category.rawValue)"
        + ($0.isHeader ? " heading" : "") + ($0.revalues ? " revalued" : "")
        + ($0.version == 1 ? "" : " changed")
    }
  }

  /// What whoever is refused hears.
  private func refusal(_ body: () async throws -> ChartImportReport) async throws -> String? {
    do {
      _ = try await body()
      return nil
    } catch let refusal as Refusal { return UserMessage(refusal).text }
  }

  @Test func `accounts come in with their types, numbers and headings`() async throws {
    let books = try await TestBooks.make { $0.chart = nil }
    let report = try await run(Self.chart(Self.small), in: books)
    #expect(
      report.accounts == [
        "Assets", "Assets:Cash", "Assets:Cash:Till", "Assets:Wear", "Earned", "Earned:Sales",
      ])
    #expect(report.numbered == 3)
    #expect(report.known == 0 && report.said == 0 && report.leftOut.isEmpty)
    #expect(
      try await accounts(books) == [
        "1 Assets asset other_assets heading",
        "1.01 Assets:Wear contra_asset accumulated_depreciation",
        "11 Assets:Cash asset other_assets heading", "110 Assets:Cash:Till asset cash revalued",
        "4000 Earned revenue other_income heading", "4000.01 Earned:Sales revenue other_income",
      ])
  }

  @Test func `a second time changes nothing and says so`() async throws {
    let books = try await TestBooks.make { $0.chart = nil }
    _ = try await run(Self.chart(Self.small), in: books)
    let before = try await accounts(books)
    let again = try await run(Self.chart(Self.small), in: books)
    #expect(again.changedNothing)
    #expect(again.known == 6)
    #expect(try await accounts(books) == before)
  }

  @Test func `accounts that are there stay as they are, by number or by place`() async throws {
    let books = try await TestBooks.make()
    let before = try await accounts(books)
    let report = try await run(
      Self.chart(
        """
        {"Assets": {"root_type": "Asset", "account_type": "Bank",
          "Cash and banks": {
            "Another bank": {"account_type": "Bank"}, "Till": {"account_number": "1110"}}}}
        """), in: books)
    #expect(report.accounts == ["Assets:Cash and banks:Another bank"])
    #expect(report.known == 3)
    let after = try await accounts(books)
    let new = "1100.01 Assets:Cash and banks:Another bank asset bank revalued"
    #expect(after.filter { $0 != new } == before)
    #expect(after.contains(new))
  }

  private func account(
    _ name: String, below parent: Int? = nil, number: String = "", word: String = "",
    _ type: AccountType? = nil, description: String = "", line: Int = 1
  ) -> ForeignChartAccount {
    ForeignChartAccount(
      name: name, parent: parent, number: number, word: word, type: type,
      description: description, position: SourcePosition(file: "chart", line: line))
  }

  @Test func `accounts of unknown type are listed, and come in once somebody says it`()
    async throws
  {
    let books = try await TestBooks.make { $0.chart = nil }
    let chart = ForeignChart([
      account("Foo", word: "ALIEN"), account("Bar", below: 0, word: "ALIEN"),
      account("Baz"), account("Cash", .asset),
    ])
    #expect(
      try await refusal { try await run(chart, in: books) }
        == "The types of 3 accounts are unknown: Foo (ALIEN), Foo:Bar (ALIEN), Baz. Say them with "
        + "--map 'ALIEN=asset' --map 'Baz=asset' (asset, liability, equity, revenue or expense), "
        + "or name a type for all with --untyped.")
    #expect(try await accounts(books).isEmpty)
    let report = try await run(
      chart, in: books, mapped: ["ALIEN": .liability], untyped: .expense)
    #expect(report.accounts.count == 4)
    #expect(report.said == 3)
    #expect(
      try await accounts(books) == [
        "1000 Cash asset other_assets", "2000 Foo liability current_liabilities",
        "2000.01 Foo:Bar liability current_liabilities", "5000 Baz expense other_expense",
      ])
  }

  @Test func `what can't come in is left out, with what stands below it, and why`() async throws {
    let books = try await TestBooks.make()
    let before = try await accounts(books)
    let long = String(repeating: "n", count: 201)
    let report = try await run(
      ForeignChart([
        account("Assets", .asset), account("Debts", below: 0, .liability, line: 2),
        account("Bank", below: 1, .liability, line: 3),
        account("Sales", number: "1000", .revenue, line: 4), account(long, .asset, line: 5),
        account("Safe", number: String(repeating: "9", count: 33), .asset, line: 6),
      ]), in: books)
    #expect(
      report.leftOut.map(\.words) == [
        "chart:2:1: Assets:Debts is left out: what it stands below is of the class asset, "
          + "and it isn't.",
        "chart:3:1: Assets:Debts:Bank is left out: what it stands below is left out.",
        "chart:4:1: Sales is left out: 1000 Assets has its number and is of another class.",
        "chart:5:1: \(long.prefix(60))… is left out: its name is longer than 200 characters.",
        "chart:6:1: Safe is left out: its number is longer than 32 characters.",
      ])
    #expect(report.changedNothing)
    #expect(report.known == 1)
    #expect(try await accounts(books) == before)
  }

  @Test func `what is deeper than books are is left out`() async throws {
    let books = try await TestBooks.make { $0.chart = nil }
    let report = try await run(
      ForeignChart((0..<9).map { account("a", below: $0 == 0 ? nil : $0 - 1, .asset) }), in: books)
    #expect(report.accounts.count == 8)
    #expect(report.leftOut.map(\.reason) == [.tooDeep(most: 8)])
  }

  @Test func `a number of the file is given to no other account`() async throws {
    let books = try await TestBooks.make { $0.chart = nil }
    _ = try await run(
      ForeignChart([account("One", .asset), account("Two", number: "1000", .asset)]), in: books)
    #expect(
      try await accounts(books) == [
        "1000 Two asset other_assets", "1100 One asset other_assets",
      ])
  }

  @Test func `a description is kept, but not one that only says the name again`() async throws {
    let books = try await TestBooks.make { $0.chart = nil }
    let chart = ForeignChart([
      account("Fuel", .expense, description: "Gas, diesel, LPG …"),
      account("Fees", .expense, description: "Fees"),
    ])
    _ = try await run(chart, in: books)
    let kept = try await books.store.snapshot(of: books.business, as: .system) {
      try $0.rows(
        { (name: String, description: String) in "\(name): \(description)" },
        "SELECT name, description FROM accounts WHERE business_id = :business ORDER BY name")
    }
    #expect(kept == ["Fees: ", "Fuel: Gas, diesel, LPG …"])
    let wordy = ForeignChart([
      account("Wordy", .expense, description: String(repeating: "x", count: 1001))
    ])
    #expect(
      try await refusal { try await run(wordy, in: books) }
        == "chart:1:1: The description is longer than 1000 characters. Shorten it.")
  }

  @Test func `whoever imports needs the right to make accounts too`() async throws {
    let books = try await TestBooks.make()
    let chart = ForeignChart([account("New", .asset)])
    let before = try await accounts(books)
    #expect(
      try await refusal { try await run(chart, in: books, as: books.employee) }
        == "Your role (Employee) does not hold account.create.")
    #expect(
      try await refusal { try await run(chart, in: books, as: books.viewer) }
        == "Your role (Viewer) does not hold import.run.")
    #expect(try await accounts(books) == before)
    #expect(try await run(chart, in: books, as: books.director).accounts == ["New"])
  }

  @Test func `each account has one record, and the import one of its own`() async throws {
    let books = try await TestBooks.make { $0.chart = nil }
    let before = try await books.trail(1).first?.sequence ?? 0
    _ = try await run(Self.chart(Self.small), in: books)
    let records = try await books.trail(50).filter { $0.sequence > before }.reversed()
    #expect(
      records.map(\.operation)
        == Array(repeating: "account.create", count: 6) + ["import.accounts"])
    #expect(records.last?.newValues?.contains(#""accounts":6"#) ?? false)
    #expect(try await books.workspace.fetch(VerifyAudit(), as: books.owner).findings.isEmpty)
  }

  @Test func `a rehearsal tells everything and leaves nothing`() async throws {
    let books = try await TestBooks.make { $0.chart = nil }
    let command = ImportChart(try Self.chart(Self.small), file: "chart")
    let rehearsed = try await books.workspace.simulate(command, as: books.owner)
    #expect(try await accounts(books).isEmpty)
    #expect(try await books.workspace.perform(command, as: books.owner) == rehearsed)
  }

  /// Accounts of a file, which `COREFLOW_ORACLES` may name.
  @Test(
    .enabled(if: OracleFile.others != nil, "COREFLOW_ORACLES names no folder of oracles"),
    arguments: [
      ("erpnext-au-EXCERPT.json", ChartFile.Format.erpnext), ("frappe-fr-PCG.json", .erpnext),
      ("frappe-in.json", .erpnext), ("frappe-standardCOA.json", .erpnext),
      ("gnucash-C-business.gnucash-xea", .gnucash), ("gnucash-C-checkbook.gnucash-xea", .gnucash),
      ("gnucash-C-fixedassets.gnucash-xea", .gnucash),
    ])
  func `charts of other programs come in whole, and only once`(
    name: String, format: ChartFile.Format
  ) async throws {
    let chart = try ChartFile.read(
      path: #require(OracleFile.others) + "/charts/" + name, format: format)
    let books = try await TestBooks.make { $0.chart = nil }
    let report = try await run(chart, in: books)
    #expect(report.accounts == chart.paths)
    let found = try await books.workspace.fetch(ChartOfAccounts(), as: books.owner)
    #expect(found.map(\.path).sorted() == chart.paths.sorted())
    let again = try await run(chart, in: books)
    #expect(again.changedNothing)
    #expect(again.known == chart.accounts.count)
  }
}
