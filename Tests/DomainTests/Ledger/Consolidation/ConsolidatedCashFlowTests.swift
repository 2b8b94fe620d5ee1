import Domain
import Testing

/// The cash flow of a port in US dollars and of an isle in euros, worked out by hand (RULES §3.12).
@Suite struct ConsolidatedCashFlowTests {
  private typealias Statement = FinancialStatement

  /// Of both.
  private static let chart: [(number: String, type: AccountType, cashFlow: CashFlowClass?)] = [
    ("1100", .asset, .cash), ("1200", .asset, .operating), ("1500", .asset, .investing),
    ("1600", .asset, .investing), ("1900", .asset, nil), ("3100", .equity, .financing),
    ("3500", .equity, nil), ("4200", .revenue, .operating), ("6100", .expense, .operating),
    ("7400", .revenue, .operating),
  ]

  private static func member(
    _ slug: String, _ currency: Currency, _ flows: [String: Int64], exchange: Int64 = 0,
    beginning: Int64, end: Int64
  ) -> MemberBalances {
    let accounts = chart.enumerated().map { index, account in
      Statement.Account(
        id: ID(Int64(index) + 1), number: account.number, name: "A\(account.number)",
        path: "A\(account.number)", parent: nil, type: account.type, cashFlow: account.cashFlow)
    }
    var moved: [ID<Account>: Money] = [:]
    for account in accounts {
      moved[account.id] = flows[account.number].map { Money(minorUnits: $0) }
    }
    return MemberBalances(
      slug: slug, name: slug, currency: currency, from: Group.from, through: Group.through,
      chart: accounts, positions: [],
      cashFlows: Statement.CashFlows(
        Statement.Column(from: Group.from, to: Group.through), accounts: moved,
        exchange: Money(minorUnits: exchange), beginning: Money(minorUnits: beginning),
        end: Money(minorUnits: end)))
  }

  /// It paid 51.00 into the isle, and 3.00 is what its own euros gained.
  private static let port = member(
    "port", Group.dollar, ["6100": -40_00, "7400": 3_00, "1600": -51_00, "1900": 7_00],
    exchange: 3_00, beginning: 500_00, end: 419_00)

  private static let isle = member(
    "isle", Group.euro, ["4200": 60_00, "1200": -20_00, "3100": 50_00, "1500": -30_00],
    beginning: 100_00, end: 160_00)

  private static let rates = ConsolidationGroup.Rates(
    opening: Group.rate("1.00"), closing: Group.rate("1.10"), average: Group.rate("1.05"),
    historical: Group.rate("1.02"))

  private static func group(
    ownership: String = "100", _ rates: ConsolidationGroup.Rates = rates, isPaired: Bool = true,
    adjustments: [ConsolidationGroup.Adjustment] = []
  ) -> ConsolidationGroup {
    ConsolidationGroup(
      name: "", currency: Group.dollar,
      members: [
        .init("port"), .init("isle", ownership: Group.ownership(ownership), rates: rates),
      ],
      translation: "3500",
      pairs: isPaired
        ? [.init(.investment, .init("port", ["1600"]), .init("isle", ["3100"]))] : [],
      adjustments: adjustments)
  }

  private func statement(
    _ group: ConsolidationGroup, _ isle: MemberBalances = isle
  ) throws -> FinancialStatement {
    try Consolidation(group, of: [Self.port, isle]).cashFlow { _ in "other" }
  }

  /// `A1200: 0 -2100 0 0 -2100`, for each account.
  private func accounts(_ statement: FinancialStatement) -> [String] {
    statement.rows.compactMap { row in
      guard case .account(let account) = row.item else { return nil }
      return "\(account.name): " + row.amounts.map { "\($0.minorUnits)" }.joined(separator: " ")
    }
  }

  private func amounts(
    _ item: Statement.Item, _ statement: FinancialStatement
  ) -> [Int64]? {
    statement.amounts(of: item)?.map(\.minorUnits)
  }

  @Test func `what moved is at the average rate, and cash at that of its day`() throws {
    let statement = try statement(Self.group())
    #expect(
      accounts(statement) == [
        "A1200: 0 -2100 0 0 -2100", "A1500: 0 -3150 0 0 -3150", "A1600: -5100 0 5100 0 0",
        "A3100: 0 5100 -5100 0 0", "A1900: 700 0 0 0 700",
      ])
    #expect(amounts(.netIncome, statement) == [-37_00, 63_00, 0, 0, 26_00])
    #expect(amounts(.exchangeAdjustment, statement) == [-3_00, 0, 0, 0, -3_00])
    #expect(amounts(.totalOf(.operating), statement) == [-40_00, 42_00, 0, 0, 2_00])
    #expect(amounts(.totalOf(.investing), statement) == [-51_00, -31_50, 51_00, 0, -31_50])
    #expect(amounts(.totalOf(.financing), statement) == [0, 51_00, -51_00, 0, 0])
    #expect(amounts(.totalOf(.unclassified), statement) == [7_00, 0, 0, 0, 7_00])
    // The isle's 60.00, -20.00 and -30.00 at 1.05 and 50.00 at 1.02 are 61.50. Its cash went from
    // 100.00 at 1.00 to 160.00 at 1.10, which is 76.00: 14.50 more.
    #expect(amounts(.exchangeEffect, statement) == [3_00, 14_50, 0, 0, 17_50])
    #expect(amounts(.netChange, statement) == [-81_00, 76_00, 0, 0, -5_00])
    #expect(amounts(.cashAtBeginning, statement) == [500_00, 100_00, 0, 0, 600_00])
    #expect(amounts(.cashAtEnd, statement) == [419_00, 176_00, 0, 0, 595_00])
    #expect(amounts(.unexplained, statement) == nil)
  }

  @Test func `what others paid in, and what the group alone books, stand apart`() throws {
    let fee = ConsolidationGroup.Adjustment(
      "Audit",
      [.init("6100", Money(minorUnits: 5_00)), .init("1100", Money(minorUnits: -5_00))])
    let statement = try statement(
      Self.group(ownership: "80", isPaired: false, adjustments: [fee]))
    // A fifth of 51.00.
    #expect(accounts(statement).contains("A3100: 0 5100 -1020 0 4080"))
    #expect(accounts(statement).contains("other: 0 0 1020 0 1020"))
    #expect(amounts(.totalOf(.financing), statement) == [0, 51_00, 0, 0, 51_00])
    #expect(amounts(.netIncome, statement) == [-37_00, 63_00, 0, -5_00, 21_00])
    #expect(amounts(.cashAtEnd, statement) == [419_00, 176_00, 0, -5_00, 590_00])
    #expect(amounts(.unexplained, statement) == nil)
  }

  @Test func `what two sides of a pair differ by is listed as unclassified`() throws {
    var rates = Self.rates
    rates.historical = Group.rate("1.00")
    let statement = try statement(Self.group(rates))
    // 51.00 went, and 50.00 at 1.00 came.
    #expect(accounts(statement).contains("other: 0 0 -100 0 -100"))
    #expect(amounts(.totalOf(.unclassified), statement) == [7_00, 0, -1_00, 0, 6_00])
    #expect(amounts(.netChange, statement) == [-81_00, 76_00, 0, 0, -5_00])
  }

  @Test func `cash without a rate of the day before, or that nothing explains, is refused`() throws
  {
    func faults(
      _ group: ConsolidationGroup, _ isle: MemberBalances = Self.isle
    ) throws -> [ConsolidationFault] {
      do {
        _ = try statement(group, isle)
        return []
      } catch let faults as ConsolidationFaults { return faults.faults }
    }
    var rates = Self.rates
    rates.opening = nil
    #expect(
      try faults(Self.group(rates)) == [
        .noOpeningRate(
          member: "isle", of: "EUR", in: "USD", on: Group.from.adding(days: -1))
      ])
    let odd = Self.member("isle", Group.euro, ["4200": 60_00], beginning: 0, end: 61_00)
    #expect(
      try faults(Self.group(), odd)
        == [.unbalanced(member: "isle", Money(minorUnits: 1_00), Group.euro)])
  }
}
