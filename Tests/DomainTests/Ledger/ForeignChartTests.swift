import Domain
import Testing

/// What the accounts of another program's chart become.
struct ForeignChartTests {
  private let position = SourcePosition(file: "chart", line: 1)

  private func account(
    _ name: String, below parent: Int? = nil, word: String = "", _ type: AccountType? = nil,
    _ category: AccountCategory? = nil, isHeading: Bool = false
  ) -> ForeignChartAccount {
    ForeignChartAccount(
      name: name, parent: parent, word: word, type: type, category: category,
      isHeading: isHeading, position: position)
  }

  private func kinds(
    _ accounts: [ForeignChartAccount], mapped: [String: AccountType] = [:],
    untyped: AccountType? = nil
  ) throws -> [String] {
    try ForeignChart(accounts).kinds(mapped: mapped, untyped: untyped).map {
      "\($0.type.rawValue) \($0.category.rawValue)\($0.isSaid ? " said" : "")"
    }
  }

  @Test func `a path is made of the names above`() {
    let chart = ForeignChart([
      account("Assets"), account("Bank", below: 0), account("Income"), account("Giro", below: 1),
    ])
    #expect(chart.paths == ["Assets", "Assets:Bank", "Income", "Assets:Bank:Giro"])
  }

  @Test func `a category counts where its class is that of the type`() throws {
    let found = try kinds([
      account("Till", .asset, .cash), account("Loan from the bank", .liability, .bank),
      account("Wear", .asset, .accumulatedDepreciation), account("Rounding", .revenue, .rounding),
      account("Other", .expense),
    ])
    #expect(
      found == [
        "asset cash", "liability current_liabilities", "contra_asset accumulated_depreciation",
        "revenue rounding", "expense other_expense",
      ])
  }

  @Test func `nothing is said of what a heading holds`() throws {
    let found = try kinds([
      account("Banks", .asset, .bank, isHeading: true),
      account("Wear", .asset, .accumulatedDepreciation, isHeading: true),
    ])
    #expect(found == ["asset other_assets", "contra_asset accumulated_depreciation"])
  }

  @Test func `the nearest word speaks, and a person's before the file's`() throws {
    let accounts = [
      account("Foo", word: "ALIEN"), account("Bar", below: 0, word: "ALIEN"),
      account("Cash", below: 0, word: "CASH", .asset, .cash), account("Other", word: "STRANGE"),
    ]
    // By path: what stands below and says nothing itself takes it too.
    #expect(
      try kinds(accounts, mapped: ["Foo": .equity], untyped: .expense) == [
        "equity owners_equity said", "equity owners_equity said", "asset cash",
        "expense other_expense said",
      ])
    // By the file's word, which a path speaks before.
    #expect(
      try kinds(accounts, mapped: ["ALIEN": .liability, "STRANGE": .asset, "Foo:Bar": .revenue])
        == [
          "liability current_liabilities said", "revenue other_income said", "asset cash",
          "asset other_assets said",
        ])
    // A type that a person gives is not made another by the file's category.
    #expect(
      try kinds([account("Wear", .asset, .accumulatedDepreciation)], mapped: ["Wear": .asset])
        == ["asset other_assets said"])
  }

  @Test func `all accounts of unknown type come out as one error`() {
    let refusal = #expect(throws: UntypedAccounts.self) {
      try ForeignChart([
        account("Foo", word: "ALIEN"), account("Assets", .asset), account("Bar", below: 0),
      ]).kinds()
    }
    #expect(refusal?.accounts == ["Foo", "Foo:Bar"])
  }

  @Test(arguments: [
    ("BANK", AccountType.asset, AccountCategory.bank), ("CASH", .asset, .cash),
    ("RECEIVABLE", .asset, .accountsReceivable), ("PAYABLE", .liability, .accountsPayable),
    ("MUTUAL", .asset, .investments),
  ])
  func `GnuCash's words have types and categories`(
    word: String, type: AccountType, category: AccountCategory
  ) {
    #expect(ForeignTypeWords.gnuCashType(word) == type)
    #expect(ForeignTypeWords.gnuCashCategory(word) == category)
  }

  @Test(arguments: [
    ("CREDIT", AccountType.liability), ("INCOME", .revenue), ("EXPENSE", .expense),
    ("EQUITY", .equity), ("TRADING", .equity),
  ])
  func `other words of GnuCash's have a type only`(word: String, type: AccountType) {
    #expect(ForeignTypeWords.gnuCashType(word) == type)
    #expect(ForeignTypeWords.gnuCashCategory(word) == nil)
  }

  @Test func `a tax is owed, or an expense where it stands among those`() {
    #expect(ForeignTypeWords.erpNextCategory("Tax", in: .liability) == .taxesPayable)
    #expect(ForeignTypeWords.erpNextCategory("Tax", in: .expense) == .taxExpense)
    #expect(ForeignTypeWords.erpNextType("Income") == .revenue)
    #expect(ForeignTypeWords.erpNextType("income") == nil)
    #expect(ForeignTypeWords.gnuCashType("ROOT") == nil)
  }
}
