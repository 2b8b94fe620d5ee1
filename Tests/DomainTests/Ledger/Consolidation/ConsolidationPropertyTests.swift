import Domain
import Testing

/// What holds of every group (RULES §3.12), on groups made by chance.
@Suite struct ConsolidationPropertyTests {
  private static let seeds: [UInt64] = [1, 2, 3, 5, 8, 13, 21, 34]
  private static let groupsEach = 60

  private static let currencies = [
    Group.dollar, Group.euro, Currency(code: "JPY", exponent: 0),
    Currency(code: "KWD", exponent: 3),
  ]
  private static let accounts: [(number: String, type: AccountType)] = [
    ("1100", .asset), ("1250", .asset), ("1515", .contraAsset), ("2160", .liability),
    ("3100", .equity), ("3200", .contraEquity), ("4100", .revenue), ("4400", .contraRevenue),
    ("6100", .expense),
  ]

  /// Each column, from the sums of its rows.
  private func sums(_ consolidation: Consolidation) throws -> [Int64] {
    try consolidation.columns.indices.map { index in
      try consolidation.rows.map { $0.columns[index] }.total().minorUnits
    }
  }

  @Test(arguments: seeds)
  func `every column comes to nothing, and the group is the sum of the others`(
    _ seed: UInt64
  ) throws {
    var chance = SplitMix(seed: seed)
    for _ in 0..<Self.groupsEach {
      let (group, members) = Self.group(using: &chance)
      let consolidation = try Consolidation(group, of: members)
      #expect(try sums(consolidation).allSatisfy { $0 == 0 })
      for row in consolidation.rows {
        let parts = row.columns.dropLast().map(\.minorUnits)
        #expect(row.group.minorUnits == parts.reduce(0, +))
        #expect(row.columns.contains { !$0.isZero })
      }
      let balance = try consolidation.statement(.balanceSheet) { "\($0)" }
      #expect(
        balance.amounts(of: .total(.asset)) == balance.amounts(of: .liabilitiesAndEquity))
    }
  }

  @Test(arguments: seeds)
  func `every item of a pair is matched once, and its line says what the match differs by`(
    _ seed: UInt64
  ) throws {
    var chance = SplitMix(seed: seed)
    for _ in 0..<Self.groupsEach {
      let (group, members) = Self.group(using: &chance)
      let consolidation = try Consolidation(group, of: members)
      for elimination in consolidation.eliminations {
        var differences: [Elimination.Pass: Int64] = [:]
        for match in elimination.matches {
          let items = match.here + match.there
          #expect(Set(items).count == items.count)
          #expect(match.difference.minorUnits == items.reduce(0) { $0 + $1.amount.minorUnits })
          switch match.pass {
          case .exact: #expect(match.difference.isZero)
          case .document: #expect(match.here[0].currency == match.there[0].currency)
          case .tolerance:
            #expect(
              match.difference.minorUnits.magnitude <= group.tolerance.minorUnits.magnitude)
          case .unmatched: break
          }
          differences[match.pass, default: 0] += match.difference.minorUnits
        }
        for (pass, difference) in differences {
          let row = consolidation.rows.first { $0.line == .difference(elimination.pair, pass) }
          #expect((row?.eliminations.minorUnits ?? 0) == difference)
        }
      }
    }
  }

  @Test(arguments: seeds)
  func `others own their part of equity and earnings, within a minor unit of the exact one`(
    _ seed: UInt64
  ) throws {
    var chance = SplitMix(seed: seed)
    for _ in 0..<Self.groupsEach {
      let (group, members) = Self.group(using: &chance)
      let consolidation = try Consolidation(group, of: members)
      var owned: Int64 = 0
      for (index, member) in group.members.enumerated() {
        func held(_ isEarned: Bool) -> Int128 {
          consolidation.rows.filter {
            let type = consolidation.type(of: $0.line)
            return isEarned ? type.isTemporary : type.accountClass == .equity
          }.reduce(0) { $0 + Int128($1.members[index].minorUnits) }
        }
        // In thousandths of a per cent, as `group` makes them.
        let percent = try member.ownership.percent.rounded(to: 3).mantissa
        let share = consolidation.shares[index]
        for (amount, exact) in [
          (share.equity, held(false) * (100_000 - percent)),
          (share.income, held(true) * (100_000 - percent)),
        ] {
          let distance = (Int128(amount.minorUnits) * 100_000 - exact).magnitude
          #expect(distance <= 50_000)
        }
        owned += share.equity.minorUnits + share.income.minorUnits
      }
      let row = consolidation.rows.first { $0.line == .nonControllingInterest }
      #expect((row?.group.minorUnits ?? 0) == owned)
    }
  }

  @Test(arguments: seeds)
  func `one member that is owned whole, in the group's currency, is its own trial balance`(
    _ seed: UInt64
  ) throws {
    var chance = SplitMix(seed: seed)
    for _ in 0..<Self.groupsEach {
      let currency = Self.currencies.randomElement(using: &chance) ?? Group.dollar
      let member = Self.member("port", currency, using: &chance)
      let consolidation = try Consolidation(
        ConsolidationGroup(name: "", currency: currency, members: [.init("port")]),
        of: [member])
      var own: [String: Int64] = [:]
      for account in member.chart {
        let held = member.positions.filter { $0.account == account.id }.map(\.base.minorUnits)
        own[account.number] = held.reduce(0, +)
      }
      for row in consolidation.rows {
        guard case .account(let number) = row.line else {
          Issue.record("\(row.line)")
          continue
        }
        #expect(row.group.minorUnits == own[number])
      }
      #expect(consolidation.rows.count == own.values.count { $0 != 0 })
    }
  }

  // MARK: Groups by chance

  private static func group(
    using chance: inout SplitMix
  ) -> (ConsolidationGroup, [MemberBalances]) {
    let slugs = Array(["port", "isle", "reef", "cape"].prefix(.random(in: 1...4, using: &chance)))
    let members = slugs.map { slug in
      member(slug, currencies.randomElement(using: &chance) ?? Group.dollar, using: &chance)
    }
    let kinds = ConsolidationGroup.Pair.Kind.allCases
    var open = slugs.flatMap { slug in
      accounts.map { ConsolidationGroup.Pair.Side(slug, [$0.number]) }
    }
    open.shuffle(using: &chance)
    var pairs: [ConsolidationGroup.Pair] = []
    while let here = open.popLast(), pairs.count < 6,
      let there = open.firstIndex(where: { $0.member != here.member })
    {
      let kind = kinds.randomElement(using: &chance) ?? .loan
      pairs.append(.init(kind, here, open.remove(at: there)))
    }
    let adjusted = Int64.random(in: -9_000...9_000, using: &chance)
    let group = ConsolidationGroup(
      name: "", currency: currencies.randomElement(using: &chance) ?? Group.dollar,
      members: slugs.enumerated().map { index, slug in
        ConsolidationGroup.Member(
          slug, ownership: index == 0 ? .whole : ownership(using: &chance),
          rates: .init(
            closing: rate(using: &chance), average: rate(using: &chance),
            historical: Bool.random(using: &chance) ? rate(using: &chance) : nil))
      },
      translation: "3100", pairs: pairs,
      tolerance: Money(minorUnits: .random(in: 0...500_000, using: &chance)),
      adjustments: [
        .init(
          "",
          [
            .init("1100", Money(minorUnits: adjusted)),
            .init("6100", Money(minorUnits: -adjusted)),
          ])
      ], rounding: Rounding.allCases.randomElement(using: &chance) ?? .halfEven)
    return (group, members)
  }

  private static func ownership(using chance: inout SplitMix) -> Ownership {
    let thousandths = Int128.random(in: 1...100_000, using: &chance)
    return Ownership(percent: Quantity(thousandths, decimals: 3)) ?? .whole
  }

  private static func rate(using chance: inout SplitMix) -> ExchangeRate {
    ExchangeRate(mantissa: .random(in: 1...30_000, using: &chance), scale: 4)
  }

  private static func member(
    _ slug: String, _ currency: Currency, using chance: inout SplitMix
  ) -> MemberBalances {
    var posted: [Group.Posted] = []
    for account in accounts {
      for code in ["USD", "EUR"] {
        let base = Int64.random(in: -2_000_000...2_000_000, using: &chance)
        posted.append(
          Group.Posted(
            account.number, account.type, Bool.random(using: &chance) ? base : 0,
            document: Bool.random(using: &chance)
              ? (code, .random(in: -99...99, using: &chance)) : nil))
      }
    }
    let rest = posted.reduce(0) { $0 + $1.base }
    posted.append(Group.Posted("1100", .asset, -rest))
    return Group.member(slug, currency, posted)
  }
}
