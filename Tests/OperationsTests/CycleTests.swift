import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Operations

/// Whole accounting cycles, whose figures were worked out before, booked through the gate by the
/// people of a business: opened, adjusted, closed by two of them, and gone on with.
struct Cycle: Sendable, CustomTestStringConvertible {
  let folder: String
  let currency: String
  /// So that the business's own year doesn't lie upon those of the cycle.
  let firstMonth: Int
  let years: [(start: String, end: String)]
  /// `type name`, with what else is to be known of it behind.
  let accounts: String
  let stages: [(phases: [String], name: String)]

  var testDescription: String { folder }

  private static let trade: [(phases: [String], name: String)] = [
    (["opening", "journal"], "unadjusted"), (["adjusting"], "adjusted"),
    (["closing"], "post-closing"), (["reversing"], "after-reversing"),
  ]

  static let all = [
    Cycle(
      folder: "A-service-usd", currency: "USD", firstMonth: 2,
      years: [("2025-01-01", "2025-01-31"), ("2025-02-01", "2026-01-31")],
      accounts: """
        asset Assets:Cash; cash
        asset Assets:Accounts Receivable
        contra_asset Assets:Allowance for Doubtful Accounts; accounts_receivable
        asset Assets:Supplies
        asset Assets:Prepaid Insurance
        asset Assets:Equipment; fixed_assets
        contra_asset Assets:Accumulated Depreciation
        liability Liabilities:Accounts Payable
        liability Liabilities:Unearned Revenue
        liability Liabilities:Salaries Payable
        equity Equity:Capital; retained_earnings
        contra_equity Equity:Drawings; closes
        revenue Income:Service Revenue
        contra_revenue Income:Service Allowances
        expense Expenses:Salaries
        expense Expenses:Rent
        expense Expenses:Insurance
        expense Expenses:Supplies
        expense Expenses:Depreciation
        expense Expenses:Bad Debts
        """, stages: trade),
    Cycle(
      folder: "B-trading-usd", currency: "USD", firstMonth: 2,
      years: [("2025-01-01", "2025-01-31"), ("2025-02-01", "2026-01-31")],
      accounts: """
        asset Assets:Bank; bank
        asset Assets:Accounts Receivable
        contra_asset Assets:Allowance for Doubtful Accounts; accounts_receivable
        asset Assets:Inventory
        asset Assets:Input VAT
        asset Assets:Prepaid Insurance
        asset Assets:Shop Fittings; fixed_assets
        contra_asset Assets:Accumulated Depreciation
        liability Liabilities:Accounts Payable
        liability Liabilities:Output VAT
        liability Liabilities:VAT Payable
        liability Liabilities:Wages Payable
        liability Liabilities:Interest Payable
        liability Liabilities:Dividends Payable
        liability Liabilities:Bank Loan; long_term_liabilities
        equity Equity:Share Capital
        equity Equity:Additional Paid-in Capital
        equity Equity:Retained Earnings; retained_earnings
        contra_equity Equity:Treasury Shares; treasury_stock
        contra_equity Equity:Dividends; closes
        revenue Income:Sales
        contra_revenue Income:Sales Returns
        contra_revenue Income:Sales Discounts
        expense Expenses:Cost of Goods Sold
        expense Expenses:Inventory Shrinkage
        expense Expenses:Wages
        expense Expenses:Rent
        expense Expenses:Utilities
        expense Expenses:Insurance
        expense Expenses:Depreciation
        expense Expenses:Interest
        expense Expenses:Bad Debts
        contra_expense Expenses:Purchase Discounts
        """, stages: trade),
    Cycle(
      folder: "C-currencies-eur", currency: "EUR", firstMonth: 1,
      years: [("2024-01-01", "2024-12-31"), ("2025-01-01", "2025-12-31")],
      accounts: """
        asset Assets:Bank EUR
        asset Assets:Bank USD; revalues
        asset Assets:Receivables EUR; revalues
        asset Assets:Receivables USD; revalues
        asset Assets:Equipment
        contra_asset Assets:Accumulated Depreciation
        liability Liabilities:Accounts Payable; revalues
        liability Liabilities:Customer Deposits
        liability Liabilities:Loan JPY; revalues
        liability Liabilities:Interest Payable JPY; revalues
        equity Equity:Share Capital
        equity Equity:Retained Earnings; retained_earnings
        revenue Income:Services
        revenue Income:FX Realised; fx_gain_loss
        revenue Income:FX Unrealised; fx_unrealised
        expense Expenses:Subcontractors
        expense Expenses:Software
        expense Expenses:Hosting
        expense Expenses:Training
        expense Expenses:Salaries
        expense Expenses:Rent
        expense Expenses:Depreciation
        expense Expenses:Interest
        expense Expenses:Rounding; rounding
        """,
      stages: [
        (["opening", "journal"], "unadjusted"), (["adjusting"], "adjusted"),
        (["closing"], "post-closing"), (["reversing"], "after-reversing"), (["next"], "settled"),
      ]),
  ]

  fileprivate func table(_ file: String) throws -> [[String]] {
    let path =
      URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/cycles/\(folder)/\(file)")
    return try String(contentsOf: path, encoding: .utf8).split(whereSeparator: \.isNewline)
      .dropFirst().map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
  }

  /// What a file says that each account holds, in its two columns.
  fileprivate func expected(_ stage: String) throws -> [String: [String]] {
    Dictionary(
      uniqueKeysWithValues: try table("expected.\(stage).trial-balance.csv").map {
        ($0[0], Array($0[1...]))
      })
  }
}

@Suite struct CycleTests {
  @Test(arguments: Cycle.all)
  func `every stage has the trial balance that was worked out`(_ cycle: Cycle) async throws {
    let run = try await CycleRun(cycle)
    for stage in cycle.stages {
      for phase in stage.phases { try await run.book(phase) }
      // What revalues balances is taken back when the next year begins, which closing this one does.
      let day = stage.name == "post-closing" ? try #require(Day(cycle.years[0].end)) : .last
      #expect(try await run.trialBalance(on: day) == cycle.expected(stage.name), "\(stage.name)")
      if cycle.currency == "EUR" { try await run.expectForeign(at: stage.name, on: day) }
      for check in try await run.books.workspace.fetch(Examination(), as: run.books.owner) {
        #expect(check.findings.isEmpty, "\(stage.name), \(check.name)")
      }
    }
    // What went on afterwards changes no earlier day on its own basis.
    let end = try #require(Day(cycle.years[0].end))
    for (basis, stage) in [
      (LedgerScope.Basis.unadjusted, "unadjusted"), (.adjusted, "adjusted"),
      (.postClosing, "post-closing"),
    ] {
      #expect(
        try await run.trialBalance(on: end, LedgerScope(basis)) == cycle.expected(stage),
        "\(stage), afterwards")
    }
  }

  @Test(arguments: Cycle.all.filter { $0.currency == "USD" })
  func `the cash-flow statement is what was worked out, before the closing and after it`(
    _ cycle: Cycle
  ) async throws {
    let run = try await CycleRun(cycle)
    // What is owed to the owners isn't a part of the business.
    try run.books.store.script(
      """
      UPDATE temp.scope SET business_id = \(run.books.business.value);
      UPDATE accounts SET cash_flow_class = 'financing' WHERE name LIKE '%Dividends Payable';
      """)
    for stage in cycle.stages {
      for phase in stage.phases { try await run.book(phase) }
      guard stage.name != "unadjusted" else { continue }
      for method in CashFlowMethod.allCases {
        let expected = try cycle.table("expected.cash-flow.csv").filter {
          $0[0] == method.rawValue
        }
        #expect(
          try await run.cashFlow(method) == expected.map { Array($0[1...]) },
          "\(stage.name), \(method)")
      }
    }
  }
}

/// The books of a cycle as they are written.
private struct CycleRun {
  let cycle: Cycle
  let books: TestBooks
  private let second: Principal
  private let accounts: [String: ID<Account>]

  init(_ cycle: Cycle) async throws {
    self.cycle = cycle
    let books = try await TestBooks.make {
      ($0.chart, $0.baseCurrency, $0.firstMonth) = (nil, cycle.currency, cycle.firstMonth)
    }
    self.books = books
    second = try await books.person("Otto Owner", .owner)
    accounts = try await Self.makeAccounts(cycle, in: books)
    for (start, end) in cycle.years {
      let (first, last) = (try #require(Day(start)), try #require(Day(end)))
      let plan = try FiscalYearPlan(from: first, through: last)
      try await Self.asSystem(in: books) { try $0.perform(OpenFiscalYear(plan)) }
    }
    let year = try #require(Day(cycle.years[0].end)).year
    for label in ["Opening \(year)", String(cycle.years[0].end.prefix(7))] {
      let period = try await period(label)
      try await books.workspace.perform(OpenPeriod(period.id, name: label), as: books.director)
    }
  }

  private static func asSystem(
    in books: TestBooks, _ act: @escaping @Sendable (Change) throws -> Void
  ) async throws {
    try await books.store.change(in: books.business, as: .system) { change in
      Result { try act(change) }
    }.get()
  }

  private static func makeAccounts(
    _ cycle: Cycle, in books: TestBooks
  ) async throws -> [String: ID<Account>] {
    var made: [String: ID<Account>] = [:]
    for (index, line) in cycle.accounts.split(separator: "\n").enumerated() {
      let halves = line.split(separator: "; ")
      let words = halves[0].split(separator: " ", maxSplits: 1).map(String.init)
      var content = AccountContent(
        number: String(1000 + index), name: words[1],
        type: try #require(AccountType(rawValue: words[0])))
      switch halves.count > 1 ? halves[1] : "" {
      case "closes": content.closes = true
      case "revalues": content.revalues = true
      case let category:
        content.category = AccountCategory(rawValue: String(category)) ?? content.category
      }
      made[words[1]] = try await books.workspace.perform(
        CreateAccount(content), as: books.owner)
    }
    // Nothing is booked on them.
    for (index, category) in AccountCategory.needed.enumerated() {
      let content = AccountContent(
        number: String(9000 + index), name: category.rawValue, type: category.types[0],
        category: category)
      _ = try await books.workspace.perform(CreateAccount(content), as: books.owner)
    }
    return made
  }

  private func period(_ label: String) async throws -> Periods.Row {
    try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.label == label },
      "\(label)")
  }

  // MARK: Booking

  func book(_ phase: String) async throws {
    switch phase {
    case "closing": try await close()
    case "adjusting" where cycle.currency == "EUR": try await revalue()
    case "reversing" where cycle.currency == "EUR": break
    case "reversing": try await reverse()
    default:
      for (_, lines) in try entries(of: phase) { try await post(try content(of: lines)) }
    }
  }

  private func entries(of phase: String) throws -> [(key: Int, value: [[String]])] {
    let rows = try cycle.table("entries.csv").filter { $0[2] == phase }
    return Dictionary(grouping: rows) { Int($0[0]) ?? 0 }.sorted { $0.key < $1.key }
  }

  private func content(of rows: [[String]]) throws -> EntryContent {
    let types: [String: EntryType] = ["opening": .opening, "adjusting": .adjusting]
    let lines = try rows.map { row in
      let base = try money(row[5], cycle.currency) - money(row[6], cycle.currency)
      let foreign = row[7]
      return LineContent(
        account: try #require(accounts[row[4]], "\(row[4])"),
        currency: foreign.isEmpty ? cycle.currency : foreign,
        amount: foreign.isEmpty ? base : try money(row[8], foreign), base: base)
    }
    return EntryContent(
      date: try #require(Day(rows[0][1])), type: types[rows[0][2]] ?? .standard,
      description: rows[0][3], lines: lines)
  }

  private func money(_ text: String, _ currency: String) throws -> Money {
    let exponent = try #require(Currency.iso(currency)).exponent
    return text.isEmpty ? .zero : try AmountExpression.parse(text, exponent: exponent)
  }

  private func post(_ content: EntryContent) async throws {
    _ = try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
  }

  /// At the rates that the cycle names, which somebody keeps before.
  private func revalue() async throws {
    let end = try #require(Day(cycle.years[0].end))
    for row in try cycle.table("rates.csv") {
      let rate = try #require(ExchangeRate(written: row[3]))
      let quote = RateQuote(from: row[1], to: row[2], day: try #require(Day(row[0])), rate: rate)
      _ = try await books.workspace.perform(SetRate(RateContent(quote)), as: books.director)
    }
    let rows = try await books.workspace.fetch(Revaluations(on: end), as: books.manager)
    let entries = try await books.workspace.perform(
      Revalue(on: end, seen: rows), as: books.manager)
    #expect(entries.count == 1)
    await #expect(throws: Refusal.rate(.nothingToRevalue(end))) {
      let again = try await books.workspace.fetch(Revaluations(on: end), as: books.manager)
      _ = try await books.workspace.perform(Revalue(on: end, seen: again), as: books.manager)
    }
  }

  /// The periods by the director, the year by two owners.
  private func close() async throws {
    let end = try #require(Day(cycle.years[0].end))
    let periods = try await books.workspace.fetch(Periods(), as: books.owner)
    for period in periods
    where period.end <= end && (period.kind == .normal || period.status == .open) {
      try await books.workspace.perform(
        ClosePeriod(period.id, name: period.label), as: books.director)
    }
    let asked = try await books.workspace.perform(
      RequestConfirmation(.closeYear(end.year), reason: "All is in."), as: books.owner)
    guard case .awaits(let request, _, _) = asked else {
      throw Refusal.noSuch(Subject(.confirmation))
    }
    try await books.workspace.perform(Confirm(request), as: second)
  }

  /// Each of the phase takes back one that was posted, which has its lines the other way round.
  private func reverse() async throws {
    for (_, rows) in try entries(of: "reversing") {
      let wanted = try content(of: rows)
      let lines = Set(try wanted.reversed().lines)
      var original: ID<Entry>?
      for head in try await books.entries() {
        let found = try await books.store.snapshot(of: books.business, as: .system) {
          try $0.content(of: head.id)
        }
        let same = found.lines.map {
          LineContent(account: $0.account, currency: $0.currency, amount: $0.amount, base: $0.base)
        }
        if Set(same) == lines { original = head.id }
      }
      try await books.workspace.perform(
        ReverseEntry(
          try #require(original, "\(wanted.description)"), on: wanted.date, reason: "As planned."),
        as: books.owner)
    }
  }

  // MARK: Looking

  func trialBalance(
    on day: Day = .last, _ scope: LedgerScope = LedgerScope()
  ) async throws -> [String: [String]] {
    let balance = try await books.workspace.fetch(
      TrialBalanceReport(asOf: day, scope), as: books.owner)
    func shown(_ money: Money) -> String { money.isZero ? "" : Quantity(money, exponent: 2).text }
    var found = Dictionary(
      uniqueKeysWithValues: balance.lines.map {
        ($0.path, [shown($0.balance.debit), shown($0.balance.credit)])
      })
    found["TOTAL"] = [shown(try balance.totalDebit()), shown(try balance.totalCredit())]
    return found
  }

  /// Of the cycle's first year, as its file has it.
  func cashFlow(_ method: CashFlowMethod) async throws -> [[String]] {
    let (start, end) = cycle.years[0]
    let days = (try #require(Day(start)), try #require(Day(end)))
    let statement = try await books.workspace.fetch(
      StatementReport(cashFlowOf: .days(days.0, days.1), method), as: books.owner)
    return statement.rows.map { row in
      let (item, account): (String, String) =
        switch row.item {
        case .account(let account): ("account", account.path)
        case .activity(let activity): (activity.rawValue, "")
        case .totalOf(let activity): ("total_\(activity.rawValue)", "")
        case .netIncome: ("net_income", "")
        case .adjustments: ("adjustments", "")
        case .workingCapital: ("working_capital", "")
        case .netChange: ("net_change", "")
        case .cashAtBeginning: ("cash_at_beginning", "")
        case .cashAtEnd: ("cash_at_end", "")
        default: ("\(row.item)", "")
        }
      return [item, account, row.amounts.first.map { Quantity($0, exponent: 2).text } ?? ""]
    }
  }

  func expectForeign(at stage: String, on day: Day) async throws {
    let sums = try await books.store.snapshot(of: books.business, as: .system) {
      try $0.ledgerSums(through: day, LedgerScope())
    }
    let names = Dictionary(uniqueKeysWithValues: accounts.map { ($1, $0) })
    let found = try Dictionary(grouping: sums) { "\(names[$0.account] ?? "?"),\($0.currency)" }
      .compactMap { name, parts -> String? in
        let (amount, base) = (try parts.map(\.amount).total(), try parts.map(\.base).total())
        guard !amount.isZero || !base.isZero else { return nil }
        let exponent = try #require(Currency.iso(parts[0].currency)).exponent
        return [
          name, Quantity(amount, exponent: exponent).text, Quantity(base, exponent: 2).text,
        ].joined(separator: ",")
      }
    let expected = try cycle.table("expected.\(stage).foreign.csv").map {
      $0.joined(separator: ",")
    }
    #expect(found.sorted() == expected.sorted(), "\(stage)")
  }
}
