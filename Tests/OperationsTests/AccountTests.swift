import Domain
import Operations
import TestSupport
import Testing

/// The chart of accounts (RULES §3.2).
@Suite struct AccountTests {
  @Test func `an account is made below a heading and takes lines at once`() async throws {
    let books = try await TestBooks.make()
    let account = try await books.workspace.perform(
      CreateAccount(
        AccountContent(
          number: "6460", name: "Fairs", parent: books.account("6000"), type: .expense)),
      as: books.director)
    try await books.workspace.perform(
      CreateEntry(
        EntryContent(
          date: TestBooks.today, description: "Stand",
          lines: [
            LineContent(account: account, currency: "USD", amount: Money(minorUnits: 1)),
            books.line("1120", -1),
          ]), then: .post), as: books.employee)
    let chart = try await books.workspace.fetch(ChartOfAccounts(), as: books.viewer)
    let row = try chart.named("Running costs:Fairs")
    #expect(row.number == "6460")
    #expect(row.level == 1)
    #expect(row.balance == Money(minorUnits: 1))
  }

  // MARK: What the books can't do without (R10)

  /// Books without a chart but of an account of expense and one of money, with what is posted on them.
  private func bare() async throws -> (books: TestBooks, entry: EntryContent) {
    let books = try await TestBooks.make { $0.chart = nil }
    var lines: [LineContent] = []
    let things: [(String, AccountType, Int64)] = [("6000", .expense, 5), ("1000", .asset, -5)]
    for (number, type, amount) in things {
      let account = try await books.workspace.perform(
        CreateAccount(AccountContent(number: number, name: "Thing \(number)", type: type)),
        as: books.owner)
      lines.append(
        LineContent(account: account, currency: "USD", amount: Money(minorUnits: amount)))
    }
    return (books, EntryContent(date: TestBooks.today, description: "Stand", lines: lines))
  }

  private func make(
    _ category: AccountCategory, _ number: String, in books: TestBooks
  ) async throws -> ID<Account> {
    try await books.workspace.perform(
      CreateAccount(
        AccountContent(
          number: number, name: "Own \(number)", type: category.types[0], category: category)),
      as: books.owner)
  }

  @Test func `nothing is posted before what the books book on themselves is there`() async throws {
    let (books, entry) = try await bare()
    let needed: [AccountCategory] = [
      .retainedEarnings, .openingBalanceEquity, .rounding, .fxGainLoss, .fxUnrealised, .suspense,
    ]
    for (index, category) in needed.enumerated() {
      await #expect(throws: Refusal.account(.missing(Array(needed[index...])))) {
        try await books.workspace.perform(CreateEntry(entry, then: .post), as: books.owner)
      }
      _ = try await make(category, String(9000 + index), in: books)
    }
    try await books.workspace.perform(CreateEntry(entry, then: .post), as: books.owner)
    #expect(try await books.balances() == ["6000": 5, "1000": -5])
  }

  @Test func `the last account of what the books book on stays`() async throws {
    let (books, _) = try await bare()
    let suspense = try await make(.suspense, "1900", in: books)
    await #expect(throws: Refusal.account(.isSystem)) {
      try await books.workspace.perform(ArchiveAccount(suspense), as: books.owner)
    }
    await #expect(throws: Refusal.account(.isSystem)) {
      try await books.workspace.perform(RemoveAccount(suspense), as: books.owner)
    }
    func makeOther(of category: AccountCategory) async throws {
      let row = try await books.workspace.fetch(AccountToEdit(suspense), as: books.owner)
      var content = row.content
      content.category = category
      try await books.workspace.perform(
        UpdateAccount(suspense, content: content, version: row.version), as: books.owner)
    }
    await #expect(throws: Refusal.account(.systemStays)) { try await makeOther(of: .cash) }
    let other = try await make(.suspense, "1910", in: books)
    try await makeOther(of: .cash)
    try await makeOther(of: .suspense)
    try await books.workspace.perform(ArchiveAccount(suspense), as: books.owner)
    await #expect(throws: Refusal.account(.isSystem)) {
      try await books.workspace.perform(ArchiveAccount(other), as: books.owner)
    }
  }

  private static let refused: [(String, @Sendable (TestBooks) -> AccountContent, Refusal)] = [
    (
      "a number that is taken, whatever its case",
      { _ in AccountContent(number: "1120", name: "Bank", type: .asset) },
      .taken(kind: .account, name: "1120")
    ),
    (
      "a number with spaces around it",
      { _ in AccountContent(number: " 99", name: "Bank", type: .asset) }, .account(.numberInvalid)
    ),
    (
      "a number of 33 characters",
      { _ in AccountContent(number: String(repeating: "9", count: 33), name: "Bank", type: .asset)
      },
      .account(.numberInvalid)
    ),
    (
      "no name", { _ in AccountContent(number: "1199", name: "  ", type: .asset) },
      .account(.nameMissing)
    ),
    (
      "a parent of another class",
      {
        AccountContent(number: "1199", name: "Bank", parent: $0.account("2000"), type: .asset)
      }, .account(.parentOfOtherClass(.liability))
    ),
    (
      "a category of another type",
      { _ in AccountContent(number: "1199", name: "Bank", type: .asset, category: .rent) },
      .account(.categoryOfOtherType(.rent, .asset))
    ),
    (
      "a currency that the business hasn't got",
      { _ in AccountContent(number: "1199", name: "Bank", type: .asset, currency: "ZZZ") },
      .account(.unknownCurrency("ZZZ"))
    ),
  ]

  @Test(arguments: refused.map(\.0))
  func `an account isn't made with`(_ name: String) async throws {
    let books = try await TestBooks.make()
    let (_, content, refusal) = try #require(Self.refused.first { $0.0 == name })
    await #expect(throws: refusal) {
      try await books.workspace.perform(CreateAccount(content(books)), as: books.owner)
    }
  }

  @Test func `name and number can change, type and currency can't once something is posted`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.post(100)
    func update(_ change: (inout AccountContent) -> Void) async throws {
      let chart = try await books.workspace.fetch(ChartOfAccounts(), as: books.owner)
      let row = try chart.named("6200")
      var content = AccountContent(
        number: row.number, name: row.name, parent: row.parent, type: row.type,
        category: row.category)
      change(&content)
      try await books.workspace.perform(
        UpdateAccount(row.id, content: content, version: row.version), as: books.owner)
    }
    try await update { $0.name = "Rent and rates" }
    await #expect(throws: Refusal.account(.fixedOncePosted)) {
      try await update { $0.currency = "USD" }
    }
    await #expect(throws: Refusal.account(.fixedOncePosted)) {
      try await update { $0.isHeader = true }
    }
    await #expect(throws: Refusal.changedMeanwhile) {
      try await books.workspace.perform(
        UpdateAccount(
          books.account("6200"),
          content: AccountContent(number: "6200", name: "Rent", type: .expense), version: 1),
        as: books.owner)
    }
  }

  @Test func `an account is archived when it is empty and nothing waits for it`() async throws {
    let books = try await TestBooks.make()
    let entry = try await books.post(100)
    let rent = books.account("6200")
    await #expect(throws: Refusal.account(.balanceLeft(Money(minorUnits: 100)))) {
      try await books.workspace.perform(ArchiveAccount(rent), as: books.owner)
    }
    try await books.workspace.perform(ReverseEntry(entry, reason: "A mistake."), as: books.owner)
    let draft = try await books.workspace.perform(
      CreateEntry(books.entry(5)), as: books.employee
    ).entry
    await #expect(throws: Refusal.account(.linesWaiting(1))) {
      try await books.workspace.perform(ArchiveAccount(rent), as: books.owner)
    }
    try await books.workspace.perform(DiscardEntry(draft), as: books.employee)
    try await books.workspace.perform(ArchiveAccount(rent), as: books.owner)
    await #expect(throws: Refusal.faults([.line(0, .archived("6200 Rent"))])) {
      try await books.workspace.perform(
        CreateEntry(books.entry(5), then: .post), as: books.employee)
    }
    try await books.workspace.perform(ArchiveAccount(rent, .restore), as: books.owner)
    try await books.post(5)
    await #expect(throws: Refusal.account(.isSystem)) {
      try await books.workspace.perform(
        ArchiveAccount(books.account("3300")), as: books.owner)
    }
  }

  @Test func `an account that holds one currency takes no other`() async throws {
    let books = try await TestBooks.make()
    let euro = try await books.workspace.perform(
      CreateAccount(
        AccountContent(number: "1199", name: "Euro till", type: .asset, currency: "EUR")),
      as: books.owner)
    var content = books.entry(100)
    content.lines[0].account = euro
    await #expect(
      throws: Refusal.faults([
        .line(0, .wrongCurrency(account: "1199 Euro till", holds: "EUR"))
      ])
    ) {
      try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    }
  }
}
