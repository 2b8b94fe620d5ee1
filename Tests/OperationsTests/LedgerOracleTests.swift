import Domain
import Foundation
import Interchange
import Operations
import TestSupport
import Testing

/// Registers and statements of journals are what hledger answered of them.
@Suite struct LedgerOracleTests {
  private static let plain = OracleFile.foreign.filter(\.isPlain)
  /// hledger tells types of accounts by English names alone.
  private static let typed = plain.filter { !$0.name.contains("unicode") }

  @Test(.enabled(if: OracleFile.others != nil), arguments: plain)
  func `the register of every account and currency has hledger's lines and balances`(
    _ file: OracleFile
  ) async throws {
    let books = try await ImportedBooks(file)
    // What hledger has on a day of its own is booked on its entry's, so that only amounts compare.
    let haveOwnDays = books.report.warnings.contains {
      if case .lineOnOtherDay = $0.fact { true } else { false }
    }
    func told(_ day: String, _ amount: Quantity, _ balance: Quantity) -> String {
      haveOwnDays ? amount.reduced().text : said(day, amount, balance)
    }
    var expected: [OracleSum: [String]] = [:]
    var held: [OracleSum: Quantity] = [:]
    for row in try file.recorded("reg.csv").dropFirst() {
      for (code, amount) in try books.amounts(row[5]) where !amount.isZero {
        let key = OracleSum(account: row[4], commodity: code)
        let balance = try (held[key] ?? .zero) + amount
        held[key] = balance
        expected[key, default: []].append(told(row[1], amount, balance))
      }
    }
    try #require(!expected.isEmpty)
    var found: [OracleSum: [String]] = [:]
    for path in books.accounts.keys {
      for use in books.report.currencies {
        let lines = try await books.register(of: path, in: use).map {
          told($0.row.date.text, $0.amount, $0.balance)
        }
        if !lines.isEmpty { found[OracleSum(account: path, commodity: use.code)] = lines }
      }
    }
    if haveOwnDays {
      expected = expected.mapValues { $0.sorted() }
      found = found.mapValues { $0.sorted() }
    }
    let different = Set(found.keys).union(expected.keys).filter { found[$0] != expected[$0] }
    #expect(different.isEmpty, "\(file.name): \(different.prefix(8))")
  }

  @Test(.enabled(if: OracleFile.others != nil), arguments: plain)
  func `an account's balance after each entry is that of hledger's own register`(
    _ file: OracleFile
  ) async throws {
    let books = try await ImportedBooks(file)
    let rows = try file.recorded("areg.busiest.csv").dropFirst()
    for use in books.report.currencies {
      let expected = try rows.compactMap { row -> String? in
        guard let change = try books.amounts(row[5])[use.code] else { return nil }
        return said(row[1], change, try books.amounts(row[6])[use.code] ?? .zero)
      }
      var found: [(entry: ID<Entry>, day: String, change: Quantity, balance: Quantity)] = []
      for line in try await books.register(of: file.busiest(), in: use) {
        let earlier = found.last?.entry == line.row.entry ? found.removeLast().change : .zero
        found.append(
          (line.row.entry, line.row.date.text, try earlier + line.amount, line.balance))
      }
      let lines = found.filter { !$0.change.isZero }.map { said($0.day, $0.change, $0.balance) }
      #expect(lines == expected, "\(file.name) in \(use.code)")
    }
    #expect(!rows.isEmpty)
  }

  @Test(.enabled(if: OracleFile.others != nil), arguments: typed)
  func `the income statement is hledger's, to every account and total`(
    _ file: OracleFile
  ) async throws {
    let books = try await ImportedBooks(file)
    let (first, last) = try Self.days(of: file)
    let statement = try await books.workspace.fetch(
      StatementReport(incomeOf: .days(first, last)), as: books.owner)
    let expected = try books.statement(file.recorded("is.csv"))
    #expect(try books.figures(of: statement) == expected)
    #expect(!expected.isEmpty)
  }

  @Test(.enabled(if: OracleFile.others != nil), arguments: typed)
  func `the balance sheet is hledger's, to every account and total but those with earnings`(
    _ file: OracleFile
  ) async throws {
    let books = try await ImportedBooks(file)
    let statement = try await books.workspace.fetch(
      StatementReport(balanceSheetOf: Self.days(of: file).last), as: books.owner)
    // hledger counts what was earned in no equity.
    let withEarnings: Set = ["total Equity", "Net:"]
    let expected = try books.statement(file.recorded("bse.csv")).filter {
      !withEarnings.contains($0.key)
    }
    #expect(
      try books.figures(of: statement).filter { !withEarnings.contains($0.key) } == expected)
    #expect(!expected.isEmpty)
  }

  private func said(_ day: String, _ amount: Quantity, _ balance: Quantity) -> String {
    "\(day) \(amount.reduced().text) \(balance.reduced().text)"
  }

  /// The first and the last that anything is booked on.
  private static func days(of file: OracleFile) throws -> (first: Day, last: Day) {
    let days = try file.recorded("reg.csv").dropFirst().compactMap { Day($0[1]) }
    return (try #require(days.min()), try #require(days.max()))
  }
}

/// A journal in books of its own, in the currency that its statements are compared in.
private struct ImportedBooks {
  let workspace: Workspace
  let owner: Principal
  let report: ImportReport
  /// By their paths.
  let accounts: [String: ID<Account>]
  private let base: String

  /// Where it isn't dollars.
  private static let bases = [
    "journals/hl-vat.journal": "GBP", "journals/own-formats-eu.journal": "EUR",
  ]

  init(_ file: OracleFile) async throws {
    base = Self.bases[file.name] ?? "USD"
    workspace = try TestBooks.emptyWorkspace(at: TestBooks.start)
    owner = try await TestBooks.owner(of: file.name, in: workspace, base: base)
    let journal = try HledgerJournal.read(path: file.journal, defaultYear: OracleFile.year)
    report = try await workspace.perform(
      ImportJournal(journal, file: file.name, untyped: .asset), as: owner)
    let chart = try await workspace.fetch(ChartOfAccounts(), as: owner)
    accounts = Dictionary(uniqueKeysWithValues: chart.map { ($0.path, $0.id) })
  }

  func register(
    of path: String, in use: ImportReport.CurrencyUse
  ) async throws -> [(row: RegisterPage.Row, amount: Quantity, balance: Quantity)] {
    let account = try #require(accounts[path])
    return try await workspace.fetch(
      RegisterPage(account, in: RegisterScope(currency: use.code), limit: .max), as: owner
    ).map { row in
      (
        row, Quantity(row.amount, exponent: use.decimals),
        Quantity(row.balance, exponent: use.decimals)
      )
    }
  }

  /// What hledger writes as `1000,05 EUR, £-0.01`, by the codes that the books have for it.
  func amounts(_ text: String) throws -> [String: Quantity] {
    var amounts: [String: Quantity] = [:]
    for part in text.replacing(", ", with: "\n").split(separator: "\n") {
      let digits = part.filter { "0123456789.,-".contains($0) }.replacing(",", with: ".")
      let commodity = String(part.filter { !"0123456789.,- ".contains($0) })
      let use = report.currencies.first { $0.commodity == commodity }
      guard let code = use?.code else { continue }
      let amount = try #require(Quantity(digits), "\(part)")
      amounts[code] = amount
    }
    return amounts
  }

  /// What hledger's statement has in the base currency: accounts by their paths, totals by their
  /// sections, and what is left; zeros are left out.
  func statement(_ records: [[String]]) throws -> [String: Quantity] {
    var figures: [String: Quantity] = [:]
    var section = ""
    for cells in records.dropFirst(2) {
      let amount = cells.count > 1 ? cells[1] : ""
      if amount.isEmpty, cells[0] != "total", cells[0] != "Net:" { section = cells[0] }
      let name = cells[0] == "total" ? "total \(section)" : cells[0]
      figures[name] = try amounts(amount)[base]
    }
    return figures.filter { !$0.value.isZero }
  }

  /// The same of ours.
  func figures(of statement: FinancialStatement) throws -> [String: Quantity] {
    let exponent = try #require(Currency.iso(base)).exponent
    var figures: [String: Quantity] = [:]
    for row in statement.rows {
      let name: String? =
        switch row.item {
        case .account(let account): account.path
        case .total(.revenue): "total Revenues"
        case .total(.expense): "total Expenses"
        case .total(.asset): "total Assets"
        case .total(.liability): "total Liabilities"
        case .total(.equity): "total Equity"
        case .netIncome: "Net:"
        default: nil
        }
      if let name { figures[name] = row.amounts.first.map { Quantity($0, exponent: exponent) } }
    }
    return figures.filter { !$0.value.isZero }
  }
}
