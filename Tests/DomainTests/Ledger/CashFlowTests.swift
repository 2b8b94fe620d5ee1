import Domain
import Testing

/// Cash-flow statements from what moved (RULES §3.11).
@Suite struct CashFlowTests {
  private static let column = FinancialStatement.Column(from: .first, to: .last)

  private static func account(
    _ id: Int64, _ type: AccountType, _ cashFlow: CashFlowClass?
  ) -> FinancialStatement.Account {
    FinancialStatement.Account(
      id: ID(id), number: "\(id)", name: "A\(id)", path: "A\(id)", parent: nil, type: type,
      cashFlow: cashFlow)
  }

  private static let chart = [
    account(1, .asset, .cash), account(2, .asset, .operating), account(3, .asset, .investing),
    account(4, .contraAsset, .noncash), account(5, .liability, .financing),
    account(6, .asset, nil), account(7, .revenue, .operating), account(8, .expense, .noncash),
  ]

  /// Of what each account brought, in one column.
  private static func flows(
    _ sources: [Int64: Int64], exchange: Int64 = 0, from beginning: Int64 = 0, to end: Int64
  ) -> FinancialStatement.CashFlows {
    FinancialStatement.CashFlows(
      column,
      accounts: Dictionary(
        uniqueKeysWithValues: sources.map { (ID<Account>($0), Money(minorUnits: $1)) }),
      exchange: Money(minorUnits: exchange), beginning: Money(minorUnits: beginning),
      end: Money(minorUnits: end))
  }

  private static func rows(
    _ method: CashFlowMethod, _ flows: FinancialStatement.CashFlows...
  ) throws -> [String] {
    try FinancialStatement(method, chart: chart, flows).rows.map { row in
      let item =
        switch row.item {
        case .activity(let activity): "\(activity)"
        case .totalOf(let activity): "total \(activity)"
        case .account(let account): account.number
        default: "\(row.item)"
        }
      return
        ([String(repeating: ".", count: row.level) + item]
        + row.amounts.map { "\($0.minorUnits)" }).joined(separator: " ")
    }
  }

  @Test func `from net income to cash, each account stands where its class says`() throws {
    let sources: [Int64: Int64] = [2: -40, 3: -70, 4: 20, 5: 50, 6: -3, 7: 100, 8: -20]
    #expect(
      try Self.rows(.indirect, Self.flows(sources, exchange: 5, from: 8, to: 50)) == [
        "operating", ".netIncome 80", ".adjustments 15", "..4 20", "..exchangeAdjustment -5",
        ".workingCapital -40", "..2 -40", "total operating 55", "investing", ".3 -70",
        "total investing -70", "financing", ".5 50", "total financing 50", "unclassified", ".6 -3",
        "total unclassified -3", "exchangeEffect 5", "netChange 37", "cashAtBeginning 8",
        "unexplained 5", "cashAtEnd 50",
      ])
  }

  @Test func `directly, income and expenses stand with the activity that they are of`() throws {
    let sources: [Int64: Int64] = [2: 30, 3: -10, 7: 100, 8: -20]
    #expect(
      try Self.rows(.direct, Self.flows(sources, to: 100)) == [
        "operating", ".2 30", ".7 100", ".8 -20", "total operating 110", "investing", ".3 -10",
        "total investing -10", "financing", "total financing 0", "netChange 100",
        "cashAtBeginning 0", "cashAtEnd 100",
      ])
  }

  @Test func `columns stand beside each other, and a row that is empty in one is kept`() throws {
    let found = try Self.rows(
      .indirect, Self.flows([2: -4, 7: 9], to: 5), Self.flows([7: 1], from: 4, to: 5))
    #expect(
      found == [
        "operating", ".netIncome 9 1", ".workingCapital -4 0", "..2 -4 0", "total operating 5 1",
        "investing", "total investing 0 0", "financing", "total financing 0 0", "netChange 5 1",
        "cashAtBeginning 0 4", "cashAtEnd 5 5",
      ])
  }

  @Test func `whether there is any cash is told, and income is never cash`() throws {
    let own = try FinancialStatement(.direct, chart: Self.chart, [Self.flows([:], to: 0)])
    #expect(!own.lacksCash)
    let income = Self.account(7, .revenue, .cash)
    let none = try FinancialStatement(.direct, chart: [income], [Self.flows([7: 1], to: 1)])
    #expect(none.lacksCash)
    #expect(none.amounts(of: .totalOf(.operating)) == [Money(minorUnits: 1)])
  }

  @Test func `a sum that no books hold is refused`() {
    #expect(throws: AmountError.tooLarge) {
      try Self.rows(.direct, Self.flows([2: .max, 7: 1], to: 0))
    }
  }

  // MARK: Sources

  /// Of accounts numbered in the order of the lines.
  private static func sources(_ cash: Int64, _ lines: [Int64]) throws -> [Int64: Int64] {
    var movement = CashMovement()
    movement.cash = Money(minorUnits: cash)
    movement.lines = lines.enumerated().map {
      CashMovement.Line(ID(Int64($0.offset)), Money(minorUnits: $0.element))
    }
    return Dictionary(
      uniqueKeysWithValues: try movement.sources().map {
        ($0.account.value, $0.amount.minorUnits)
      })
  }

  @Test(
    arguments: [
      // One thing sold, and one paid.
      (100, [-100], [0: 100]), (-100, [100], [0: -100]),
      // With tax; less what was allowed.
      (119, [-100, -19], [0: 100, 1: 19]), (98, [2, -100], [1: 98]),
      // Bought for more than was paid.
      (-20, [100, -80], [0: -20]),
      // What was sold leaves the stock.
      (50, [-50, 31, -31], [0: 50]), (50, [-50, 50, -50], [0: 25, 2: 25]),
      // Thirds, of which the first takes what is left.
      (-100, [60, 60, 60, -80], [0: -34, 1: -33, 2: -33]),
      // Cash that changed its place beside something else.
      (0, [7, -7], [:]),
    ] as [(Int64, [Int64], [Int64: Int64])])
  func `cash came from the lines on its other side`(
    _ cash: Int64, _ lines: [Int64], _ expected: [Int64: Int64]
  ) throws {
    #expect(try Self.sources(cash, lines) == expected)
  }

  @Test func `of random entries the sources are all of the cash, and none has the other sign`()
    throws
  {
    var generator = SplitMix(seed: 311)
    for _ in 0..<2_000 {
      var lines = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
        Int64.random(in: -99...99, using: &generator)
      }
      lines.append(-(lines.first ?? 0))
      let cash = -lines.reduce(0, +)
      let sources = try Self.sources(cash, lines)
      #expect(sources.values.reduce(0, +) == cash, "\(lines)")
      #expect(sources.values.allSatisfy { $0.signum() * cash.signum() >= 0 }, "\(lines)")
    }
  }

  private typealias Part = (line: CashMovement.Line, kind: CashMovement.Kind)

  private static func part(_ account: Int64, _ amount: Int64, _ kind: CashMovement.Kind) -> Part {
    (line: CashMovement.Line(ID(account), Money(minorUnits: amount)), kind: kind)
  }

  @Test func `a difference of exchange where cash changed its place is no source of it`() throws {
    let (here, there) = (
      Self.part(1, 1_100, .cash(foreign: nil)), Self.part(2, -1_090, .cash(foreign: "EUR"))
    )
    let plain = try CashMovement([here, there, Self.part(3, -10, .difference)])
    #expect(plain.exchange.minorUnits == 10 && plain.cash == .zero)
    #expect(try plain.sources() == [])
    // A fee of five beside it is paid.
    let fee = try CashMovement([
      Self.part(1, 1_095, .cash(foreign: nil)), there,
      Self.part(4, 5, .other(isForeign: false)), Self.part(3, -10, .difference),
    ])
    #expect(fee.exchange.minorUnits == 10)
    #expect(try fee.sources() == [CashMovement.Line(ID(4), Money(minorUnits: -5))])
  }

  @Test func `cash that changed its currency within an account changed its place`() throws {
    let (dollars, euros) = (
      Self.part(1, 1_100, .cash(foreign: nil)), Self.part(1, -1_090, .cash(foreign: "EUR"))
    )
    let changed = try CashMovement([dollars, euros, Self.part(3, -10, .difference)])
    #expect(changed.exchange.minorUnits == 10 && changed.cash == .zero)
    #expect(try changed.sources() == [])
    // 700 of one and 390 of another currency went.
    let both = try CashMovement([
      dollars, Self.part(1, -700, .cash(foreign: "EUR")), Self.part(1, -390, .cash(foreign: "CHF")),
      Self.part(3, -10, .difference),
    ])
    #expect(both.exchange.minorUnits == 10 && both.cash == .zero)
    // What went from the same money to which it came stayed there: 10 of it were gained elsewhere.
    let back = try CashMovement([
      Self.part(1, 1_100, .cash(foreign: "EUR")), euros, Self.part(3, -10, .difference),
    ])
    #expect(back.exchange == .zero && back.cash.minorUnits == 10)
  }

  @Test func `a difference of exchange of what else was settled comes with what was paid`() throws {
    let paid = try CashMovement([
      Self.part(1, 1_100, .cash(foreign: nil)), Self.part(2, -1_090, .other(isForeign: true)),
      Self.part(3, -10, .difference),
    ])
    #expect(paid.exchange == .zero && paid.cash.minorUnits == 1_100)
    #expect(try paid.sources().map(\.amount.minorUnits) == [1_090, 10])
    // Beside cash that changed its place it may be of either.
    let both = try CashMovement([
      Self.part(1, 1_100, .cash(foreign: "EUR")), Self.part(5, -100, .cash(foreign: "EUR")),
      Self.part(2, -990, .other(isForeign: true)), Self.part(3, -10, .difference),
    ])
    #expect(both.exchange == .zero && both.cash.minorUnits == 1_000)
    let revalued = try CashMovement([
      Self.part(1, 7, .worthOfCash), Self.part(3, -7, .difference),
    ])
    #expect(revalued.exchange == .zero && revalued.cash == .zero)
  }

  // MARK: Classes

  /// Typed from RULES §3.11.
  @Test func `every category has its place, or none`() {
    let expected: [CashFlowClass?: String] = [
      .cash: "cash bank", .investing: "fixed_assets intangibles investments",
      .financing: "notes_payable long_term_liabilities owners_equity retained_earnings "
        + "common_stock dividends treasury_stock debt_discount",
      .noncash: "accumulated_depreciation depreciation",
      nil: "opening_balance_equity income_summary translation_adjustment suspense intercompany",
    ]
    var told: Set<String> = []
    for (cashFlow, names) in expected {
      let found = AccountCategory.allCases.filter { $0.cashFlowClass == cashFlow }
      #expect(found.map(\.rawValue).joined(separator: " ") == names)
      told.formUnion(found.map(\.rawValue))
    }
    for category in AccountCategory.allCases where !told.contains(category.rawValue) {
      #expect(category.cashFlowClass == .operating, "\(category)")
    }
  }
}
