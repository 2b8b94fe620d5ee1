import Domain
import Testing

/// Groups of businesses (RULES §3.12), with figures worked out by hand.
@Suite struct ConsolidationTests {
  /// A port in US dollars, which was paid 500.00 euros of fees and is owed 1,000.00.
  private static let port = Group.member(
    "port", Group.dollar,
    [
      .init("1100", .asset, 500_000), .init("1250", .asset, 110_000, document: ("EUR", 100_000)),
      .init("1600", .asset, 84_000), .init("2160", .liability, 0),
      .init("3100", .equity, -500_000), .init("3500", .equity, 0),
      .init("4100", .revenue, -54_000, document: ("EUR", -50_000)),
      .init("4200", .revenue, -240_000), .init("6100", .expense, 100_000),
    ])

  /// An island in euros, of whose capital of 1,000.00 the port bought 80 % at 1.05.
  private static let isle = Group.member(
    "isle", Group.euro,
    [
      .init("1100", .asset, 260_000), .init("2160", .liability, -100_000),
      .init("3100", .equity, -100_000), .init("8400", .revenue, -150_000),
      .init("6100", .expense, 40_000), .init("6150", .expense, 50_000),
    ])

  private static let rates = ConsolidationGroup.Rates(
    closing: Group.rate("1.10"), average: Group.rate("1.08"), historical: Group.rate("1.05"))

  private static func group(
    ownership: String = "80", rates: ConsolidationGroup.Rates = rates,
    accounts: [String: String] = ["8400": "4200"], translation: String? = "3500",
    pairs: [ConsolidationGroup.Pair] = [], tolerance: Int64 = 0,
    adjustments: [ConsolidationGroup.Adjustment] = []
  ) -> ConsolidationGroup {
    ConsolidationGroup(
      name: "Port and isle", currency: Group.dollar,
      members: [
        .init("port"),
        .init("isle", ownership: Group.ownership(ownership), accounts: accounts, rates: rates),
      ],
      accounts: [
        .init(
          id: ID(-1), number: "6150", name: "Fees", path: "Fees", parent: nil, type: .expense)
      ],
      translation: translation, pairs: pairs, tolerance: Money(minorUnits: tolerance),
      adjustments: adjustments)
  }

  private static let pairs: [ConsolidationGroup.Pair] = [
    .init(.receivable, .init("port", ["1250"]), .init("isle", ["2160"])),
    .init(.revenue, .init("port", ["4100"]), .init("isle", ["6150"])),
    .init(.investment, .init("port", ["1600"]), .init("isle", ["3100"])),
  ]

  private static let fee = ConsolidationGroup.Adjustment(
    "Audit of the group",
    [.init("6100", Money(minorUnits: 5_000)), .init("1100", Money(minorUnits: -5_000))])

  private func faults(
    _ group: ConsolidationGroup, _ members: [MemberBalances] = [port, isle]
  ) throws -> [ConsolidationFault] {
    do {
      _ = try Consolidation(group, of: members)
      return []
    } catch let faults as ConsolidationFaults { return faults.faults }
  }

  @Test func `a parent and four fifths of a subsidiary in another currency`() throws {
    let consolidation = try Consolidation(
      Self.group(pairs: Self.pairs, adjustments: [Self.fee]), of: [Self.port, Self.isle])
    // The isle at 1.10, 1.08 and 1.05 leaves 62.00. Others own a fifth of 1,112.00 of equity and of
    // 648.00 of earnings: 222.40 and 129.60.
    #expect(
      consolidation.words == [
        "1100: 500000 286000 | 0 -5000 | 781000",
        "1250: 110000 0 | -110000 0 | 0",
        "1600: 84000 0 | -84000 0 | 0",
        "2160: 0 -110000 | 110000 0 | 0",
        "3100: -500000 -105000 | 105000 0 | -500000",
        "3500: 0 -6200 | 1240 0 | -4960",
        "4100: -54000 0 | 54000 0 | 0",
        "4200: -240000 -162000 | 0 0 | -402000",
        "6100: 100000 43200 | 0 5000 | 148200",
        "6150: 0 54000 | -54000 0 | 0",
        "others: 0 0 | -35200 0 | -35200",
        "others' income: 0 0 | 12960 0 | 12960",
      ])
    #expect(consolidation.shares.map(\.equity.minorUnits) == [0, -22_240])
    #expect(consolidation.shares.map(\.income.minorUnits) == [0, -12_960])
    #expect(consolidation.othersIncome.minorUnits == 12_960)
    #expect(
      consolidation.eliminations.flatMap { $0.matches.map(\.pass) } == [.exact, .exact, .exact])
  }

  @Test func `the statements of the group balance, with what others own apart`() throws {
    let consolidation = try Consolidation(
      Self.group(pairs: Self.pairs, adjustments: [Self.fee]), of: [Self.port, Self.isle])
    let balance = try consolidation.statement(.balanceSheet) { "\($0)" }
    func last(_ item: FinancialStatement.Item) -> Int64? {
      balance.amounts(of: item)?.last?.minorUnits
    }
    #expect(last(.total(.asset)) == 781_000)
    // 5,000.00 of capital, 49.60 of translation, 352.00 of others less their 129.60, 2,538.00 earned.
    #expect(last(.total(.equity)) == 781_000)
    #expect(last(.currentEarnings) == 253_800)
    #expect(last(.liabilitiesAndEquity) == 781_000)
    let income = try consolidation.statement(.incomeStatement) { "\($0)" }
    let net = try #require(income.amounts(of: .netIncome)).map(\.minorUnits)
    // The port, the isle at the average rate, nothing eliminated in sum, the audit, the group.
    #expect(net == [194_000, 64_800, 0, -5_000, 253_800])
    #expect(consolidation.columns == ["port", "isle", "eliminations", "adjustments", "group"])
  }

  @Test func `equity has the rate of its own account, else the historical, else the closing one`()
    throws
  {
    func capital(_ rates: ConsolidationGroup.Rates) throws -> Int64? {
      try Consolidation(Self.group(ownership: "100", rates: rates), of: [Self.port, Self.isle])
        .rows.first { $0.line == .account("3100") }?.members[1].minorUnits
    }
    var rates = Self.rates
    #expect(try capital(rates) == -105_000)
    rates.equity = ["3100": Group.rate("1.02")]
    #expect(try capital(rates) == -102_000)
    rates.equity = [:]
    rates.historical = nil
    #expect(try capital(rates) == -110_000)
    func atClosingRate(_ rates: ConsolidationGroup.Rates) throws -> [String] {
      try Consolidation(Self.group(ownership: "100", rates: rates), of: [Self.port, Self.isle])
        .atClosingRate
    }
    #expect(try atClosingRate(rates) == ["isle"])
    #expect(try atClosingRate(Self.rates) == [])
  }

  @Test func `one member that is owned whole, in the group's currency, is its own trial balance`()
    throws
  {
    let group = ConsolidationGroup(
      name: "Port", currency: Group.dollar, members: [.init("port")])
    let consolidation = try Consolidation(group, of: [Self.port])
    let held = Self.port.chart.compactMap { account in
      Self.port.positions.first { $0.account == account.id }.map { (account.number, $0.base) }
    }
    #expect(consolidation.rows.map(\.line) == held.map { .account($0.0) })
    #expect(consolidation.rows.map(\.group) == held.map(\.1))
  }

  @Test func `what was earned before the days is equity, at its rate`() throws {
    let isle = Group.member(
      "isle", Group.euro,
      [.init("1100", .asset, 30_000), .init("4200", .revenue, -10_000)], earlier: -20_000)
    let consolidation = try Consolidation(
      Self.group(ownership: "100"), of: [Self.port, isle])
    let row = try #require(consolidation.rows.first { $0.line == .earlierEarnings })
    #expect(row.members.map(\.minorUnits) == [0, -21_000])
    // 330.00 − 108.00 − 210.00
    #expect(
      consolidation.rows.first { $0.line == .account("3500") }?.members[1].minorUnits == -1_200)
  }

  @Test func `halves are rounded as the group says`() throws {
    let isle = Group.member(
      "isle", Group.euro, [.init("1100", .asset, 5), .init("3100", .equity, -5)])
    func bank(_ rounding: Rounding) throws -> Int64? {
      let group = ConsolidationGroup(
        name: "", currency: Group.dollar,
        members: [
          .init("port"),
          .init("isle", rates: .init(closing: Group.rate("1.3"), average: Group.rate("1.3"))),
        ],
        translation: "3500", rounding: rounding)
      return try Consolidation(group, of: [Self.port, isle])
        .rows.first { $0.line == .account("1100") }?.members[1].minorUnits
    }
    // 0.05 × 1.3 = 0.065
    #expect(try bank(.halfAwayFromZero) == 7)
    #expect(try bank(.halfEven) == 6)
  }

  @Test func `everything that stands against it is said at once`() throws {
    let group = Self.group(
      rates: .init(closing: Group.rate("1.10")), accounts: ["6100": "4200"],
      translation: "1100",
      pairs: [
        .init(.receivable, .init("port", ["1250", "9999"]), .init("isle", ["2160"])),
        .init(.loan, .init("port", ["1600"]), .init("isle", ["2160"])),
      ],
      adjustments: [
        .init("Half", [.init("6100", Money(minorUnits: 5))]),
        .init("Nowhere", [.init("7777", .zero)]),
      ])
    #expect(
      try faults(group) == [
        .noTranslationAccount,
        .unknownAccount(member: "port", account: "9999"),
        .pairedTwice(member: "isle", account: "2160"),
        .adjustsUnbalanced("Half", Money(minorUnits: 5)),
        .adjustsUnknown("Nowhere", account: "7777"),
        .noRate(member: "isle", .average, of: "EUR", in: "USD"),
        .unmapped(member: "isle", account: "8400 A8400", to: "8400"),
        .otherClass(
          member: "isle", account: "6100 A6100", .expense, to: "4200 A4200", .revenue),
      ])
    #expect(
      try faults(Self.group(translation: nil)) == [.noTranslationAccount])
  }

  @Test func `books that don't balance aren't made to by translating them`() throws {
    let isle = Group.member(
      "isle", Group.euro, [.init("1100", .asset, 30_000), .init("3100", .equity, -29_000)])
    #expect(
      try faults(Self.group(), [Self.port, isle])
        == [.unbalanced(member: "isle", Money(minorUnits: 1_000), Group.euro)])
  }

  @Test func `what is larger than books can hold is refused`() {
    let isle = Group.member(
      "isle", Group.euro,
      [.init("1100", .asset, Int64.max - 1), .init("3100", .equity, 1 - Int64.max)])
    #expect(throws: AmountError.tooLarge) {
      _ = try Consolidation(Self.group(), of: [Self.port, isle])
    }
  }

  @Test(arguments: ["0", "-1", "100.000000001", "80.0000000001"])
  func `ownership is a percentage above nothing and up to all`(_ text: String) throws {
    #expect(Ownership(percent: try #require(Quantity(text))) == nil)
  }

  @Test func `what others own is exact to the last digit of the percentage`() throws {
    // A third, as far as it is written: 33.333333333 % of 1,000,000.00 is 333,333.33333.
    let third = Group.ownership("66.666666667")
    #expect(
      try third.others(of: Money(minorUnits: 100_000_000), .halfAwayFromZero).minorUnits
        == 33_333_333)
    #expect(
      try Ownership.whole.others(of: Money(minorUnits: .max), .halfAwayFromZero) == .zero)
  }
}
