import Domain
import Testing

/// Roll-forwards and worksheets from what was booked (RULES §3.7, §3.10).
@Suite struct RollForwardTests {
  private static let days = (Day(sinceEpoch: 20_758), Day(sinceEpoch: 20_787))

  static let chart = [
    (1, AccountType.asset), (2, .asset), (3, .equity), (4, .revenue), (5, .expense), (6, .expense),
  ].map { id, type in
    FinancialStatement.Account(
      id: ID(Int64(id)), number: "\(id)", name: "A\(id)", path: "A\(id)", parent: nil, type: type)
  }

  private func forward(
    _ booked: [Int64: (all: Int64, moved: Int64, debited: Int64, beforeYear: Int64)]
  ) throws -> RollForward {
    var cells: [AccountCell: RollForward.Booked] = [:]
    for (account, amounts) in booked {
      var own = RollForward.Booked()
      own.all = Money(minorUnits: amounts.all)
      own.moved = Money(minorUnits: amounts.moved)
      own.debited = Money(minorUnits: amounts.debited)
      own.beforeYear = Money(minorUnits: amounts.beforeYear)
      cells[AccountCell(ID(account), "JPY")] = own
    }
    return try RollForward(
      from: Self.days.0, through: Self.days.1, knownAt: nil, accounts: Self.chart, cells,
      exponents: ["JPY": 0])
  }

  private func lines(_ forward: RollForward) -> [String] {
    forward.rows.map { row in
      let amounts = [row.opening, row.debit, row.credit, row.closing].map { "\($0.minorUnits)" }
      return ([row.item.ofAccount?.number ?? "earlier"] + amounts).joined(separator: " ")
    }
  }

  @Test func `closing is opening and what was booked, and income opens with its year`() throws {
    let forward = try forward([
      1: (all: 900, moved: 250, debited: 300, beforeYear: 1_000),
      3: (all: -400, moved: 0, debited: 0, beforeYear: -400),
      4: (all: -1_000, moved: -300, debited: 0, beforeYear: -600),
      5: (all: 500, moved: 50, debited: 50, beforeYear: 350),
    ])
    #expect(
      lines(forward) == [
        "1 650 300 50 900", "3 -400 0 0 -400", "4 -100 0 300 -400", "5 100 50 0 150",
        "earlier -250 0 0 -250",
      ])
    #expect(forward.rows.allSatisfy { $0.currency == "JPY" && $0.exponent == 0 })
    #expect(try forward.isBalanced())
  }

  @Test func `a row is left out only where it has nothing before, in and after the days`() throws {
    let forward = try forward([
      1: (all: 0, moved: 0, debited: 70, beforeYear: 0),
      2: (all: 0, moved: 0, debited: 0, beforeYear: 0),
      3: (all: 0, moved: 5, debited: 5, beforeYear: 0),
      4: (all: 0, moved: -5, debited: 0, beforeYear: 0),
      5: (all: -3, moved: 0, debited: 0, beforeYear: -3),
      6: (all: 3, moved: 0, debited: 0, beforeYear: 3),
    ])
    #expect(lines(forward) == ["1 0 70 70 0", "3 -5 5 0 0", "4 5 0 5 0"])
    #expect(try forward.isBalanced())
  }

  @Test func `what doesn't come to nothing before the days isn't balanced`() throws {
    let forward = try forward([
      1: (all: 100, moved: 0, debited: 0, beforeYear: 0),
      3: (all: -99, moved: 0, debited: 0, beforeYear: 0),
    ])
    #expect(try !forward.isBalanced())
  }

  // MARK: Worksheets

  private func worksheet(
    _ booked: [Int64: (adjusted: Int64, adjusting: Int64, debit: Int64, beforeYear: Int64)]
  ) throws -> Worksheet {
    var own: [ID<Account>: Worksheet.Booked] = [:]
    for (account, amounts) in booked {
      var sums = Worksheet.Booked()
      sums.adjusted = Money(minorUnits: amounts.adjusted)
      sums.adjusting = Money(minorUnits: amounts.adjusting)
      sums.adjustingDebit = Money(minorUnits: amounts.debit)
      sums.beforeYear = Money(minorUnits: amounts.beforeYear)
      own[ID(account)] = sums
    }
    return try Worksheet(
      from: Self.days.0, asOf: Self.days.1, knownAt: nil, accounts: Self.chart, own)
  }

  private func totals(_ worksheet: Worksheet) throws -> [Int64] {
    try Worksheet.Column.allCases.map { try worksheet.total(of: $0).minorUnits }
  }

  /// Supplies of 300 were used up; income 800, rent 200.
  @Test func `net income is what income and balance columns differ by, and makes them equal`()
    throws
  {
    let worksheet = try worksheet([
      1: (adjusted: 1_000, adjusting: 0, debit: 0, beforeYear: 0),
      2: (adjusted: 200, adjusting: -300, debit: 0, beforeYear: 0),
      3: (adjusted: -900, adjusting: 0, debit: 0, beforeYear: 0),
      4: (adjusted: -800, adjusting: 0, debit: 0, beforeYear: 0),
      5: (adjusted: 300, adjusting: 300, debit: 300, beforeYear: 0),
      6: (adjusted: 200, adjusting: 0, debit: 0, beforeYear: 0),
    ])
    #expect(worksheet.netIncome == Money(minorUnits: 300))
    #expect(
      try totals(worksheet) == [1_700, 1_700, 300, 300, 1_700, 1_700, 800, 800, 1_200, 1_200])
    #expect(try worksheet.isBalanced())
    #expect(
      worksheet.rows.map { $0.item.ofAccount?.number } == ["1", "2", "3", "4", "5", "6", nil])
    #expect(worksheet.rows[1].unadjusted == Money(minorUnits: 500))
    #expect(worksheet.rows.last?.item == .netIncome)
  }

  @Test func `a loss stands on the other sides, and what earlier years earned in the balance`()
    throws
  {
    let worksheet = try worksheet([
      1: (adjusted: 60, adjusting: 0, debit: 0, beforeYear: 100),
      4: (adjusted: -100, adjusting: 0, debit: 0, beforeYear: -100),
      5: (adjusted: 40, adjusting: 0, debit: 0, beforeYear: 0),
    ])
    #expect(worksheet.netIncome == Money(minorUnits: -40))
    #expect(try totals(worksheet) == [100, 100, 0, 0, 100, 100, 40, 40, 100, 100])
    #expect(worksheet.rows.map { $0.item.ofAccount?.number } == ["1", "5", nil, nil])
    #expect(worksheet.rows[2].item == .earlierEarnings)
    #expect(worksheet.rows[2].balance == Money(minorUnits: -100))
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func `whatever was booked, what is earned is what is owned`(_ seed: UInt64) throws {
    var chance = SplitMix(seed: seed)
    for _ in 0..<200 {
      var booked: [ID<Account>: Worksheet.Booked] = [:]
      for _ in 0..<Int.random(in: 1...12, using: &chance) {
        let amount = Money(minorUnits: Int64.random(in: 1...9_999, using: &chance))
        let (debit, credit) = (
          ID<Account>(Int64.random(in: 1...6, using: &chance)),
          ID<Account>(Int64.random(in: 1...6, using: &chance))
        )
        booked[debit, default: .init()].adjusted = try (booked[debit]?.adjusted ?? .zero) + amount
        booked[credit, default: .init()].adjusted =
          try (booked[credit]?.adjusted ?? .zero) - amount
        guard Bool.random(using: &chance) else { continue }
        booked[debit, default: .init()].adjusting =
          try (booked[debit]?.adjusting ?? .zero) + amount
        booked[debit, default: .init()].adjustingDebit =
          try (booked[debit]?.adjustingDebit ?? .zero) + amount
        booked[credit, default: .init()].adjusting =
          try (booked[credit]?.adjusting ?? .zero) - amount
      }
      let worksheet = try Worksheet(
        from: Self.days.0, asOf: Self.days.1, knownAt: nil, accounts: Self.chart, booked)
      #expect(try worksheet.isBalanced())
      let accounts = worksheet.rows.filter { $0.item.ofAccount != nil }
      #expect(try accounts.map(\.income).total().negated() == worksheet.netIncome)
      #expect(try accounts.map(\.balance).total() == worksheet.netIncome)
    }
  }
}
