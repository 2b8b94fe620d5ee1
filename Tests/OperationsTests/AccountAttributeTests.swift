import Domain
import Operations
import TestSupport
import Testing

/// All that can be said of an account, and of which it is nothing (RULES §3.1, §3.2).
@Suite struct AccountAttributeTests {
  private static func account(
    _ type: AccountType = .asset, _ change: (inout AccountContent) -> Void = { _ in }
  ) -> AccountContent {
    var content = AccountContent(number: "1199", name: "New", type: type)
    change(&content)
    return content
  }

  @Test func `everything that is said of a bank account is kept, and can be changed`() async throws
  {
    let books = try await TestBooks.make()
    var content = AccountContent(
      number: "1199", name: "Dollar account", parent: books.account("1100"), type: .asset,
      category: .bank, isControl: true, currency: "USD", revalues: true,
      requiresDepartment: true, usualDepartment: books.department, cashFlow: .investing,
      description: "For the lease",
      bankName: "First Harbour", bankNumber: "DE1200004711", bankCode: "HARBDEFF")
    let account = try await books.workspace.perform(CreateAccount(content), as: books.director)
    let made = try await books.workspace.fetch(AccountToEdit(account), as: books.director)
    #expect(made.content == content)
    #expect(made.version == 1 && !made.isPosted)
    (content.name, content.currency, content.cashFlow) = ("Till", nil, nil)
    (content.isControl, content.revalues, content.requiresDepartment) = (false, false, false)
    content.usualDepartment = nil
    (content.description, content.bankName, content.bankNumber, content.bankCode) = ("", "", "", "")
    content.category = .cash
    try await books.workspace.perform(
      UpdateAccount(account, content: content, version: 1), as: books.director)
    let changed = try await books.workspace.fetch(AccountToEdit(account), as: books.director)
    #expect(changed.content == content)
    #expect(changed.version == 2)
  }

  @Test func `the log keeps only the end of a number at a bank, and readers don't see it at all`()
    async throws
  {
    let books = try await TestBooks.make()
    _ = try await books.workspace.perform(
      CreateAccount(Self.account { ($0.category, $0.bankNumber) = (.bank, "DE1200004711") }),
      as: books.owner)
    let kept = try #require(try await books.trail(1).first?.newValues)
    #expect(kept.contains("••••4711") && !kept.contains("00004711"), "\(kept)")
    await #expect(throws: Refusal.notPermitted(.accountEdit, .noGrant(.viewer))) {
      try await books.workspace.fetch(AccountToEdit(books.account("1120")), as: books.viewer)
    }
  }

  @Test func `who may change one account learns nothing of another's bank`() async throws {
    let books = try await TestBooks.make()
    let bank = books.account("1120")
    var grant = NewGrant(.allow, "account.edit", to: books.employee.user, reason: "New bank")
    grant.thing = Thing(.account, bank.value)
    _ = try await books.workspace.perform(GrantPermission(grant), as: books.owner)
    let own = try await books.workspace.fetch(AccountToEdit(bank), as: books.employee)
    #expect(own.content.number == "1120")
    await #expect(throws: Refusal.notPermitted(.accountEdit, .condition(.accounts))) {
      try await books.workspace.fetch(AccountToEdit(books.account("1130")), as: books.employee)
    }
  }

  @Test func `a heading carries nothing that only lines have`() {
    let heading = Self.account {
      $0.isHeader = true
      $0.isControl = true
      $0.currency = "USD"
      $0.revalues = true
      $0.requiresDepartment = true
      $0.usualDepartment = ID(1)
      $0.cashFlow = .operating
    }
    #expect(
      heading.problems == [
        .notOfHeading(.control), .notOfHeading(.currency), .notOfHeading(.revalues),
        .notOfHeading(.department), .notOfHeading(.usualDepartment), .notOfHeading(.cashFlow),
      ])
    #expect(Self.account { $0.isHeader = true }.problems == [])
  }

  private static let refused: [(String, AccountContent, AccountProblem)] = [
    ("an asset that is closed", account { $0.closes = true }, .neverCloses),
    ("a liability that is closed", account(.contraLiability) { $0.closes = true }, .neverCloses),
    (
      "dividends that aren't closed", account(.equity) { $0.category = .dividends },
      .dividendsClose
    ),
    (
      "dividends of contra equity that aren't closed",
      account(.contraEquity) { $0.category = .dividends }, .dividendsClose
    ),
    (
      "retained earnings that are closed",
      account(.equity) {
        $0.category = .retainedEarnings
        $0.closes = true
      }, .resultStays
    ),
    (
      "an income summary that is closed",
      account(.equity) {
        $0.category = .incomeSummary
        $0.closes = true
      }, .resultStays
    ),
    (
      "stock that is revalued",
      account {
        $0.category = .inventory
        $0.revalues = true
      }, .notMonetary
    ),
    ("equity that is revalued", account(.equity) { $0.revalues = true }, .notMonetary),
    ("an expense that is cash", account(.expense) { $0.cashFlow = .cash }, .neverCash),
    (
      "a till with a bank",
      account {
        $0.category = .cash
        $0.bankCode = "HARBDEFF"
      }, .onlyOfBanks(.bankCode)
    ),
    (
      "a name of 201 characters", account { $0.name = String(repeating: "x", count: 201) },
      .tooLong(.name, most: 200)
    ),
    (
      "a description of 1,001",
      account { $0.description = String(repeating: "x", count: 1_001) },
      .tooLong(.description, most: 1_000)
    ),
  ]

  @Test(arguments: refused.map(\.0))
  func `an account isn't made as`(_ name: String) async throws {
    let (_, content, problem) = try #require(Self.refused.first { $0.0 == name })
    #expect(content.problems == [problem])
    let books = try await TestBooks.make()
    await #expect(throws: Refusal.account(problem)) {
      try await books.workspace.perform(CreateAccount(content), as: books.owner)
    }
  }

  @Test func `drawings and dividends of equity close where they say so, and debts are revalued`() {
    #expect(
      Self.account(.equity) {
        $0.category = .dividends
        $0.closes = true
      }.problems == [])
    #expect(Self.account(.liability) { $0.revalues = true }.problems == [])
    #expect(Self.account { ($0.category, $0.bankName) = (.bank, "First Harbour") }.problems == [])
  }

  @Test func `what is posted to keeps type, currency and heading, and changes all else`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.post(100, debit: "1120", credit: "4100")
    let bank = try await books.workspace.fetch(
      AccountToEdit(books.account("1120")), as: books.owner)
    #expect(bank.isPosted)
    for change: @Sendable (inout AccountContent) -> Void in [
      { ($0.type, $0.category) = (.contraAsset, .suspense) }, { $0.currency = "USD" },
    ] {
      var content = bank.content
      content.revalues = false
      change(&content)
      await #expect(throws: Refusal.account(.fixedOncePosted)) {
        try await books.workspace.perform(
          UpdateAccount(bank.id, content: content, version: bank.version), as: books.owner)
      }
    }
    var content = bank.content
    content.number = "1121"
    content.parent = books.account("1000")
    content.category = .cash
    content.cashFlow = .operating
    content.requiresDepartment = true
    try await books.workspace.perform(
      UpdateAccount(bank.id, content: content, version: bank.version), as: books.owner)
    let after = try await books.workspace.fetch(AccountToEdit(bank.id), as: books.owner)
    #expect(after.content == content)
  }

  @Test func `what the books find an account by stays`() async throws {
    let books = try await TestBooks.make()
    let earnings = try await books.workspace.fetch(
      AccountToEdit(books.account("3300")), as: books.owner)
    var content = earnings.content
    content.category = .commonStock
    await #expect(throws: Refusal.account(.systemStays)) {
      try await books.workspace.perform(
        UpdateAccount(earnings.id, content: content, version: earnings.version), as: books.owner)
    }
    content.category = earnings.content.category
    content.name = "Profits kept"
    try await books.workspace.perform(
      UpdateAccount(earnings.id, content: content, version: earnings.version), as: books.owner)
  }

  @Test func `a cash-flow class that is said counts, and without one the category does`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.post(100_00, debit: "1120", credit: "3100")
    try await books.post(40_00, debit: "1310", credit: "1120")
    func invested() async throws -> Money? {
      try await books.workspace.fetch(
        StatementReport(cashFlowOf: .days(.first, .last), .indirect), as: books.owner
      ).amounts(of: .totalOf(.investing))?.first
    }
    #expect(try await invested()?.isZero != false)
    let stock = try await books.workspace.fetch(
      AccountToEdit(books.account("1310")), as: books.owner)
    var content = stock.content
    content.cashFlow = .investing
    try await books.workspace.perform(
      UpdateAccount(stock.id, content: content, version: stock.version), as: books.owner)
    #expect(try await invested() == Money(minorUnits: -40_00))
  }
}
