import Domain
import Testing

/// Statements from sums, and what they are compared with (RULES §3.1, §3.11).
@Suite struct FinancialStatementTests {
  private static let column = FinancialStatement.Column(from: .first, to: .last)

  private static func account(
    _ id: Int64, _ type: AccountType, below parent: Int64? = nil
  ) -> FinancialStatement.Account {
    FinancialStatement.Account(
      id: ID(id), number: "\(id)", name: "A\(id)", path: "A\(id)", parent: parent.map { ID($0) },
      type: type)
  }

  private static func statement(
    _ kind: FinancialStatement.Kind, _ chart: [FinancialStatement.Account],
    _ sums: [Int64: Int64], ofYear: Int64 = 0
  ) throws -> [String] {
    let accounts = Dictionary(
      uniqueKeysWithValues: sums.map { (ID<Account>($0), Money(minorUnits: $1)) })
    let statement = try FinancialStatement(
      kind, chart: chart,
      [.init(column, accounts: accounts, ofYear: Money(minorUnits: ofYear))])
    return statement.rows.map { row in
      let item =
        switch row.item {
        case .section(let accountClass): "\(accountClass)"
        case .group(let account): "group \(account.number)"
        case .account(let account): "account \(account.number)"
        case .total(let accountClass): "total \(accountClass)"
        case .currentEarnings: "current"
        case .earlierEarnings: "earlier"
        case .liabilitiesAndEquity: "claims"
        case .netIncome: "net"
        default: "cash"
        }
      return
        ([String(repeating: ".", count: row.level) + item]
        + row.amounts.map { "\($0.minorUnits)" }).joined(separator: " ")
    }
  }

  @Test func `a contra account takes off its group, and unclosed earnings stand in equity`()
    throws
  {
    let chart = [
      Self.account(10, .asset), Self.account(11, .asset, below: 10),
      Self.account(12, .contraAsset, below: 10), Self.account(13, .asset, below: 10),
      Self.account(20, .liability), Self.account(30, .equity), Self.account(40, .revenue),
      Self.account(60, .expense),
    ]
    let sums: [Int64: Int64] = [11: 900, 12: -200, 20: -300, 30: -150, 40: -600, 60: 350]
    #expect(
      try Self.statement(.balanceSheet, chart, sums, ofYear: -210) == [
        "asset", ".group 10 700", "..account 11 900", "..account 12 -200", "total asset 700",
        "liability", ".account 20 300", "total liability 300", "equity", ".account 30 150",
        ".earlier 40", ".current 210", "total equity 400", "claims 700",
      ])
    #expect(
      try Self.statement(.incomeStatement, chart, sums) == [
        "revenue", ".account 40 600", "total revenue 600", "expense", ".account 60 350",
        "total expense 350", "net 250",
      ])
  }

  @Test func `an account with others below it shows its own lines apart`() throws {
    let chart = [Self.account(1, .expense), Self.account(2, .expense, below: 1)]
    #expect(
      try Self.statement(.incomeStatement, chart, [1: 5, 2: 7]) == [
        "revenue", "total revenue 0", "expense", ".group 1 12", "..account 1 5", "..account 2 7",
        "total expense 12", "net -12",
      ])
    // What adds up to nothing is shown as long as there is something in it.
    #expect(
      try Self.statement(.incomeStatement, chart, [1: 7, 2: -7])[3...5] == [
        ".group 1 0", "..account 1 7", "..account 2 -7",
      ])
  }

  @Test func `against a plan more income is better, more expense worse, and nothing is lost`()
    throws
  {
    let chart = [
      Self.account(1, .revenue), Self.account(2, .expense), Self.account(3, .asset),
      Self.account(4, .liability),
    ]
    let plan = FinancialStatement.Column(from: .first, to: .last, comparison: .budget)
    func sums(_ amounts: [Int64: Int64]) -> [ID<Account>: Money] {
      Dictionary(uniqueKeysWithValues: amounts.map { (ID<Account>($0), Money(minorUnits: $1)) })
    }
    let statement = try FinancialStatement(
      .incomeStatement, chart: chart,
      [
        .init(Self.column, accounts: sums([1: -120, 2: 50, 4: -70])),
        .init(plan, accounts: sums([1: -100, 2: 40, 3: 30, 4: 0])),
      ])
    let found = try statement.rows.compactMap { try statement.variance(of: $0, against: 1) }
    // Income and its total, expense and its total, and what is left.
    #expect(found.map(\.amount.minorUnits) == [20, 20, 10, 10, 10])
    #expect(found.map(\.tenths) == [200, 200, 250, 250, 167])
    #expect(found.map(\.isFavourable) == [true, true, false, false, true])
    #expect(statement.unplaced == 1)
    #expect(statement.dividedPlan == nil)
    // A part of the days that are planned is neither better nor worse.
    let part = try FinancialStatement(
      .incomeStatement, chart: chart,
      [
        .init(
          FinancialStatement.Column(from: .first, to: Day.last.adding(days: -1)),
          accounts: sums([1: -120, 2: 50])),
        .init(plan, accounts: sums([1: -100, 2: 40])),
      ])
    #expect(part.dividedPlan == plan)
    let open = try part.rows.compactMap { try part.variance(of: $0, against: 1) }
    #expect(open.map(\.amount.minorUnits) == [20, 20, 10, 10, 10])
    #expect(open.allSatisfy { $0.isFavourable == nil })
  }

  @Test func `what went to retained earnings for earlier years stands beneath, in no sum`() throws {
    let chart = [Self.account(1, .revenue)]
    func statement(_ adjusted: Int64) throws -> FinancialStatement {
      try FinancialStatement(
        .incomeStatement, chart: chart,
        [
          .init(
            Self.column, accounts: [ID<Account>(1): Money(minorUnits: -120)],
            priorPeriods: Money(minorUnits: adjusted))
        ])
    }
    let last = try #require(try statement(-15).rows.last)
    #expect(last.item == .priorPeriodAdjustments && last.amounts == [Money(minorUnits: -15)])
    #expect(try statement(-15).amounts(of: .netIncome) == [Money(minorUnits: 120)])
    #expect(try statement(0).rows.last?.item == .netIncome)
  }

  @Test func `a sum that no books hold is refused`() throws {
    let chart = [Self.account(1, .expense), Self.account(2, .expense)]
    #expect(throws: AmountError.tooLarge) {
      try Self.statement(.incomeStatement, chart, [1: .max, 2: 1])
    }
  }

  // MARK: Comparisons

  private static func day(_ text: String) throws -> Day { try #require(Day(text)) }

  /// Two years of thirteen weeks a quarter: 4, 4 and 5.
  private static func weeks() throws -> PeriodCalendar {
    var start = try day("2024-12-30")
    var spans: [PeriodCalendar.Span] = []
    for year in [2025, 2026] {
      for number in 1...12 {
        let end = start.adding(days: 7 * (number.isMultiple(of: 3) ? 5 : 4) - 1)
        spans.append(PeriodCalendar.Span(year: year, number: number, start: start, end: end))
        start = end.adding(days: 1)
      }
    }
    return PeriodCalendar(spans)
  }

  @Test(arguments: [
    (Comparison.priorPeriod, "2026-01-26", "2026-02-22", "2025-12-29..2026-01-25"),
    (.priorPeriod, "2025-12-29", "2026-01-25", "2025-11-24..2025-12-28"),
    (.priorPeriod, "2026-01-10", "2026-01-12", "2026-01-07..2026-01-09"),
    // Periods 2 and 3, of four and five weeks, after 12 and 1.
    (.priorPeriod, "2026-01-26", "2026-03-29", "2025-11-24..2026-01-25"),
    // The year so far, in period 3 and in period 1; whole ones are as many, 11 and 12.
    (.priorPeriod, "2025-12-29", "2026-03-04", "2025-12-29..2026-02-22"),
    (.priorPeriod, "2025-12-29", "2026-01-10", "2025-11-24..2025-12-28"),
    (.priorPeriod, "2025-12-29", "2026-02-22", "2025-10-27..2025-12-28"),
    // Days that begin within period 1.
    (.priorPeriod, "2025-12-30", "2026-01-27", "2025-12-01..2025-12-29"),
    (.priorYear, "2026-01-26", "2026-03-29", "2025-01-27..2025-03-30"),
    (.priorYear, "2025-12-29", "2026-02-22", "2024-12-30..2025-02-23"),
    (.priorYear, "2026-01-26", "2026-02-22", "2025-01-27..2025-02-23"),
    (.priorYear, "2026-01-28", "2026-02-01", "2025-01-29..2025-02-02"),
    (.yearToDate, "2026-01-26", "2026-02-22", "2025-12-29..2026-02-22"),
    (.priorYearToDate, "2026-01-26", "2026-02-22", "2024-12-30..2025-02-23"),
    (.budget, "2026-01-10", "2026-02-01", "2025-12-29..2026-02-22"),
  ])
  func `years of weeks are compared period by period`(
    _ comparison: Comparison, _ from: String, _ through: String, _ expected: String
  ) throws {
    let range = try Self.weeks().range(
      comparison, to: Self.day(from), Self.day(through))
    #expect("\(range.from.text)..\(range.through.text)" == expected)
  }

  @Test(arguments: [
    ("2026-03-04", "2025-12-29..2026-02-22"), ("2026-02-22", "2025-12-29..2026-01-25"),
    ("2026-12-27", "2025-12-29..2026-11-22"), ("2026-01-25", "2025-11-24..2025-12-28"),
    ("2030-05-05", "2030-05-04..2030-05-04"),
  ])
  func `a year so far is compared with it up to the period before`(
    _ through: String, _ expected: String
  ) throws {
    let range = try Self.weeks().yearToDateBefore(Self.day(through))
    #expect("\(range.from.text)..\(range.through.text)" == expected)
  }

  @Test(
    arguments: [
      ("2025-12-29", "2026-01-25", false), ("2025-12-29", "2026-01-26", true),
      ("2026-01-26", "2026-03-29", false), ("2025-11-24", "2026-01-10", false),
      ("2025-11-24", "2026-02-01", true), ("2030-05-05", "2030-05-06", true),
    ])
  func `a year so far begins with the year and is more than its first period`(
    _ from: String, _ through: String, _ isSoFar: Bool
  ) throws {
    #expect(try Self.weeks().isYearSoFar(Self.day(from), Self.day(through)) == isSoFar)
  }

  @Test func `where a year is missing the days before are what is compared`() throws {
    let spans = [(2023, "2023-12-01", "2023-12-31"), (2025, "2025-01-01", "2025-01-31")]
    let calendar = PeriodCalendar(
      try spans.map {
        PeriodCalendar.Span(
          year: $0.0, number: 1, start: try Self.day($0.1), end: try Self.day($0.2))
      })
    let range = calendar.range(
      .priorPeriod, to: try Self.day("2025-01-01"), try Self.day("2025-01-31"))
    #expect(range.from.text == "2024-12-01" && range.through.text == "2024-12-31")
  }

  @Test func `outside of all periods the calendar's year and month count`() throws {
    let none = PeriodCalendar([])
    #expect(try none.yearEarlier(Self.day("2028-02-29")) == Self.day("2027-02-28"))
    #expect(try none.yearEarlier(Self.day("2027-02-28")) == Self.day("2026-02-28"))
    #expect(try none.yearEarlier(Self.day("2029-02-28")) == Self.day("2028-02-29"))
    #expect(try none.period(of: Self.day("2026-02-14")).through == Self.day("2026-02-28"))
  }

  @Test(
    arguments: [
      (150, 100, 500, true), (100, 150, -333, false), (-100, 100, nil, false), (5, 0, nil, true),
      (0, 100, -1_000, false), (-50, -100, 500, true), (100, 100, 0, nil),
      (200_150, 100_000, 1_002, true),
    ] as [(Int64, Int64, Int64?, Bool?)])
  func `a variance has its share where that means something`(
    _ amount: Int64, _ other: Int64, _ tenths: Int64?, _ isFavourable: Bool?
  ) throws {
    let variance = try Variance(
      of: Money(minorUnits: amount), against: Money(minorUnits: other), isMoreBetter: true)
    #expect(variance.amount.minorUnits == amount - other)
    #expect(variance.tenths == tenths)
    #expect(variance.isFavourable == isFavourable)
    let cost = try Variance(
      of: Money(minorUnits: amount), against: Money(minorUnits: other), isMoreBetter: false)
    #expect(cost.isFavourable == isFavourable.map { !$0 })
    let neither = try Variance(
      of: Money(minorUnits: amount), against: Money(minorUnits: other), isMoreBetter: nil)
    #expect(neither.isFavourable == nil)
  }
}
