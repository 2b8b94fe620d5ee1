import Domain
import Testing

@Suite struct AccountTypeTests {
  /// RULES §3.1, typed by hand: the side, the class, whether it deducts, whether year-end empties it.
  @Test(arguments: [
    (AccountType.asset, Side.debit, AccountType.Class.asset, false, false),
    (.contraAsset, .credit, .asset, true, false),
    (.liability, .credit, .liability, false, false),
    (.contraLiability, .debit, .liability, true, false),
    (.equity, .credit, .equity, false, false),
    (.contraEquity, .debit, .equity, true, false),
    (.revenue, .credit, .revenue, false, true),
    (.contraRevenue, .debit, .revenue, true, true),
    (.expense, .debit, .expense, false, true),
    (.contraExpense, .credit, .expense, true, true),
  ])
  func `a type decides side, class and close`(
    _ type: AccountType, _ side: Side, _ accountClass: AccountType.Class, _ isContra: Bool,
    _ isTemporary: Bool
  ) {
    #expect(type.normalSide == side)
    #expect(type.accountClass == accountClass)
    #expect(type.isContra == isContra)
    #expect(type.isTemporary == isTemporary)
  }

  @Test(arguments: [
    (AccountType.Class.asset, Side.debit), (.liability, .credit), (.equity, .credit),
    (.revenue, .credit), (.expense, .debit),
  ])
  func `a group stands on the side of its class`(_ group: AccountType.Class, _ side: Side) {
    #expect(group.normalSide == side)
    #expect(side.opposite != side)
  }

  @Test func `the database's words for types stay as they are`() {
    #expect(
      AccountType.allCases.map(\.rawValue) == [
        "asset", "contra_asset", "liability", "contra_liability", "equity", "contra_equity",
        "revenue", "contra_revenue", "expense", "contra_expense",
      ])
    #expect(AccountType.contraAsset.title == "contra asset")
    #expect(Side.allCases.map(\.letter) == ["D", "C"])
  }

  @Test func `a contra account lowers its group without special code`() throws {
    let cost = Money(minorUnits: 100_000)
    let depreciation = Money(minorUnits: -40_000)
    #expect(try depreciation.shown(on: AccountType.contraAsset.normalSide).minorUnits == 40_000)
    let group = try (cost + depreciation).shown(on: AccountType.Class.asset.normalSide)
    #expect(group.minorUnits == 60_000)
  }
}
