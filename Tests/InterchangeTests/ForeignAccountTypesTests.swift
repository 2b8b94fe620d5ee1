import Domain
import Testing

/// Which type an account of another program's journal gets.
struct ForeignAccountTypesTests {
  private let position = SourcePosition(file: "journal", line: 1)

  @Test(arguments: [
    ("assets", AccountType.asset), ("Asset:Bank", .asset), ("LIABILITIES:Card", .liability),
    ("liability", .liability), ("debts:x", .liability), ("Debt", .liability), ("equity", .equity),
    ("Equity:Opening", .equity), ("income:x", .revenue), ("Revenues", .revenue),
    ("revenue", .revenue), ("Expenses:Food:Out", .expense), ("expense", .expense),
  ])
  func `English roots speak for what is below them`(path: String, type: AccountType) throws {
    #expect(try ForeignAccountTypes([path]).types[path] == type)
  }

  @Test func `the nearest type tag wins over roots and over tags further up`() throws {
    let declared = [
      account("Aktiva", .asset), account("Aktiva:Karte", .liability), account("Assets:X", .expense),
    ]
    let types = try ForeignAccountTypes(
      ["Aktiva:Kasse", "Aktiva:Karte:Visa", "Assets:X:Y"], declared: declared
    ).types
    #expect(types["Aktiva:Kasse"] == .asset)
    #expect(types["Aktiva:Karte:Visa"] == .liability)
    #expect(types["Assets:X:Y"] == .expense)
    #expect(types["Assets"] == .asset)
  }

  @Test func `what the person says wins over the journal`() throws {
    let types = try ForeignAccountTypes(
      ["Assets:A", "Foo:B"], declared: [account("Foo", .asset)],
      mapped: ["Foo": .revenue, "Assets:A": .contraAsset]
    ).types
    #expect(types["Foo:B"] == .revenue)
    #expect(types["Foo"] == .revenue)
    #expect(types["Assets:A"] == .contraAsset)
    #expect(types["Assets"] == .asset)
  }

  @Test func `everything unknown comes out as one error`() {
    let refusal = #expect(throws: UntypedAccounts.self) {
      try ForeignAccountTypes(["Foo:A", "Foo:B", "Bar", "Assets:C"])
    }
    #expect(refusal?.accounts == ["Bar", "Foo:A", "Foo:B"])
    #expect(refusal?.roots == ["Bar", "Foo"])
  }

  @Test func `a type for the untyped types them all`() throws {
    let types = try ForeignAccountTypes(["Foo:A", "income"], untyped: .expense).types
    #expect(types == ["Foo": .expense, "Foo:A": .expense, "income": .revenue])
  }

  @Test func `a group that nobody types takes what all below it share`() throws {
    let declared = [account("Foo:A", .asset), account("Foo:B", .cash)]
    #expect(try ForeignAccountTypes(["Foo:A"], declared: declared).types["Foo"] == .asset)
    #expect(throws: UntypedAccounts.self) {
      try ForeignAccountTypes(["Foo:A", "Foo:C"], declared: declared)
    }
  }

  @Test func `a group of several types has none, and is refused only where it is posted to`() throws
  {
    let declared = [account("Foo:A", .asset), account("Foo:B", .expense)]
    #expect(try ForeignAccountTypes(["Foo:A"], declared: declared).types["Foo"] == nil)
    let refusal = #expect(throws: UntypedAccounts.self) {
      try ForeignAccountTypes(["Foo"], declared: declared)
    }
    #expect(refusal?.accounts == ["Foo"])
  }

  @Test func `money at hand is told by tag or by name`() throws {
    let cash = try ForeignAccountTypes(
      ["assets:bank:checking", "assets:land", "Aktiva:Kasse", "assets:cash:lent"],
      declared: [account("Aktiva:Kasse", .cash), account("assets:cash:lent", .asset)]
        + [account("Aktiva", .asset)]
    ).cash
    #expect(cash == ["assets:bank:checking", "assets:bank", "assets:cash", "Aktiva:Kasse"])
  }

  @Test(arguments: [
    ("asset", AccountType.asset), ("Assets", .asset), ("contra asset", .contraAsset),
    ("contra-revenue", .contraRevenue), ("Income", .revenue), ("X", .expense), ("C", .asset),
    ("V", .equity), ("liabilities", .liability),
  ])
  func `a type is named in several ways`(word: String, type: AccountType) {
    #expect(AccountType(foreignWord: word) == type)
  }

  @Test func `a mapping is of an account or of a currency, as its value says`() throws {
    let mapping = try ForeignMapping(["Foo:Bar=asset", "$=USD", "a=b=income"])
    #expect(mapping.accountTypes == ["Foo:Bar": .asset, "a=b": .revenue])
    #expect(mapping.currencies == ["$": "USD"])
  }

  @Test(arguments: [
    ("Foo", ForeignMappingFault.noEqualsSign("Foo")), ("=asset", .noName("=asset")),
    ("Foo=thing", .neitherTypeNorCurrency("thing")), ("$=usd", .neitherTypeNorCurrency("usd")),
  ])
  func `a mapping that isn't one is refused`(pair: String, fault: ForeignMappingFault) {
    #expect(throws: fault) { try ForeignMapping([pair]) }
  }

  private func account(_ path: String, _ type: ForeignAccountType) -> ForeignAccount {
    ForeignAccount(path: path, type: type, position: position)
  }
}
