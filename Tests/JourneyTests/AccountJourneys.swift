import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

/// Working on the chart of accounts: all that can be said of an account, where it stands, and two
/// made one.
@Suite struct AccountJourneys {
  private func field(_ attribute: AccountAttribute, _ driver: Driver) throws -> FieldState {
    let place = try #require(AccountAttribute.allCases.firstIndex(of: attribute))
    return try #require(driver.form?.fields)[place]
  }

  // MARK: The form

  @Test func `the form shows all that is said of an account and keeps what is left alone`()
    async throws
  {
    let books = try await TestBooks.make()
    let account = try await books.workspace.perform(
      CreateAccount(
        AccountContent(
          number: "1105", name: "Lease account", parent: books.account("1100"), type: .asset,
          category: .bank, isControl: true, currency: "USD", revalues: true,
          cashFlow: .investing, bankName: "First Harbour", bankNumber: "4711")), as: books.owner)
    let driver = await Driver(.owner, in: books, startsAt: "3")
    await driver.press("j", "j", "e")
    #expect(driver.path == ["Accounts", "1105 Lease account"])
    let texts = try AccountAttribute.allCases.map { try field($0, driver).text }
    #expect(
      texts == [
        "1105", "Lease account", "1100 Cash and banks", "asset", "bank", "no", "yes", "USD", "no",
        "yes", "no", "", "investing", "", "First Harbour", "4711", "",
      ])
    await driver.press(.tab, "Cars", .function(10))
    #expect(driver.message == "ok 1105 Cars is saved.")
    let after = try await books.workspace.fetch(AccountToEdit(account), as: books.owner)
    #expect(after.content.name == "Cars")
    #expect(after.content.isControl && after.content.cashFlow == .investing)
    #expect(after.content.bankNumber == "4711")
  }

  @Test func `beside a field stands why it is nothing for such an account`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make(), startsAt: "3")
    await driver.press("j", "n")
    #expect(try field(.closes, driver).note == "not for its type")
    #expect(try field(.bankName, driver).note == "only for a bank")
    #expect(try field(.cashFlow, driver).note == "operating, by its category")
    #expect(try field(.currency, driver).note == "")
    await driver.press("1199", .tab, "Group", .tab, .tab, .tab, .tab, "yes", .tab)
    #expect(try field(.currency, driver).note == "not for a heading")
    await driver.press(.tab, "USD", .function(10))
    #expect(
      try field(.currency, driver).fault == "Currency: not for a heading, which takes no lines.")
    #expect(driver.form?.focus == 7)
    #expect(driver.path.last == "New account")
  }

  @Test func `what posting has fixed is said in place, and nothing typed is lost`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    let driver = await Driver(.owner, in: books, startsAt: "3")
    await driver.press("/", "6200", .enter, "e")
    #expect(try field(.type, driver).note == "fixed: something is posted")
    #expect(try field(.heading, driver).note == "fixed: something is posted")
    await driver.press(.tab, "Premises", .function(10))
    #expect(driver.message == "ok 6200 Premises is saved.")
    await driver.press("e")
    for _ in 0..<7 { await driver.press(.tab) }
    await driver.press("USD", .function(10))
    #expect(
      try field(.currency, driver).fault
        == "Type, currency and heading are fixed once something is posted to the account.")
    #expect(try field(.currency, driver).text == "USD")
  }

  @Test func `the form fits 80 by 24`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make(), startsAt: "3")
    await driver.press("j", "n")
    driver.resize(columns: 80, rows: 24)
    await driver.settle()
    for label in ["Number", "Control account", "Cash flow", "Bank code"] {
      #expect(driver.shows(label), "\(driver.screen)")
    }
  }

  // MARK: In the tree

  @Test func `an account is put under another heading, and at the top`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.director, in: books, startsAt: "3")
    await driver.press("j", "j", "m", "Stock", .enter)
    #expect(driver.message == "ok 1110 Tills has moved: 1300 Stock.", "\(driver.screen)")
    let chart = try await books.workspace.fetch(ChartOfAccounts(), as: books.owner)
    #expect(chart.first { $0.number == "1110" }?.parent == books.account("1300"))
    // The cursor goes with it.
    await driver.press("m", "at the top", .enter)
    #expect(driver.message == "ok 1110 Tills has moved: at the top.", "\(driver.screen)")
    #expect(driver.table?.rows.first { $0.cells[0] == "1110 Tills" }?.shape.level == 0)
  }

  @Test func `only headings that an account may stand under are offered`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make(), startsAt: "3")
    await driver.press("/", "1300", .enter, "m")
    #expect(driver.shows("1500 Fixed assets") && driver.shows("at the top"), "\(driver.screen)")
    #expect(!driver.shows("2000 Liabilities"))
    await driver.press(.escape)
    let manager = await Driver(.manager, in: try await TestBooks.make(), startsAt: "3")
    await manager.press("j", "m")
    #expect(manager.navigator.overlay == nil)
  }

  @Test func `the tree folds and unfolds by levels`() async throws {
    let driver = await Driver(.viewer, in: try await TestBooks.make(), startsAt: "3")
    let all = driver.rows.count
    await driver.press("-")
    #expect(driver.shows("1100 Cash and banks") && !driver.shows("1110 Tills"))
    await driver.press("-")
    #expect(driver.rows.count == 7, "\(driver.screen)")
    await driver.press("-", "-")
    #expect(driver.rows.count == 7)
    await driver.press("+", "+", "+")
    #expect(driver.rows.count == all)
    await driver.press("/", "1110", .enter, "+")
    #expect(driver.message == "! What is filtered or sorted has no levels.")
  }

  // MARK: Two made one

  @Test func `what goes over is said before two accounts become one`() async throws {
    let books = try await TestBooks.make()
    try await books.workspace.perform(
      CreateEntry(books.entry(500, debit: "6400")), as: books.employee)
    let driver = await Driver(.director, in: books, startsAt: "3")
    await driver.press("/", "6400", .enter, "M")
    #expect(
      driver.navigator.message?.text.english
        == "Listed are accounts in use of the same type, currency and rules.")
    await driver.press("6350", .enter)
    #expect(driver.shows("Merge 6400 Advertising into 6350 Packaging used?"), "\(driver.screen)")
    #expect(driver.shows("drafts 1, templates 0"))
    await driver.press(.escape)
    #expect(!driver.rows.isEmpty)
    await driver.press("M", "6350", .enter, "y")
    #expect(driver.message == "ok 6400 Advertising is merged into 6350 Packaging used.")
    #expect(driver.rows.isEmpty)
  }

  @Test func `a share of a balance that somebody may not see is told before anything is asked`()
    async throws
  {
    let books = try await TestBooks.make()
    let draft = try await books.draft(by: .employee)
    let template = try await books.workspace.perform(
      SaveTemplate("Ads", of: draft), as: books.employee)
    try await books.workspace.perform(
      SetTemplateAmount(.share(10_000, of: books.account("6400")), of: 1, in: template),
      as: books.employee)
    var denial = NewGrant(.deny, "journal.read", to: books.employee.user, reason: "Confidential")
    denial.conditions = #"{"accounts":[\#(books.account("6350").value)]}"#
    _ = try await books.workspace.perform(GrantPermission(denial), as: books.owner)
    let driver = await Driver(.director, in: books, startsAt: "3")
    await driver.press("/", "6400", .enter, "M", "6350", .enter)
    #expect(
      driver.navigator.message?.text.english
        == "Ads takes a share of it for Emma Employee, who may not see the other. Let them, or "
        + "have them take that share away first.")
    #expect(!driver.rows.isEmpty)
  }

  @Test func `what can't be merged says why`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    let driver = await Driver(.owner, in: books, startsAt: "3")
    for (number, words) in [
      ("6000", "A heading isn't merged. Move what stands below it instead."),
      ("7500", "The books need this account; it can't be archived."),
      ("6200", "Something was posted to the account, and stays there. Archive it instead."),
    ] {
      await driver.press("/", .ctrl("u"), Stroke(stringLiteral: number), .enter, "M")
      #expect(driver.message == "! " + words, "\(number)")
      #expect(driver.navigator.overlay == nil)
    }
    // The only other one of its type closes.
    await driver.press("/", .ctrl("u"), "3150", .enter, "M")
    #expect(driver.message == "! No other account is of the same type, currency and rules.")
  }

  // MARK: Out of the ordinary

  @Test func `a balance on the other side than usual is flagged, and never turned`() async throws {
    let books = try await TestBooks.make()
    try await books.post(10_000)
    let driver = await Driver(.owner, in: books, startsAt: "3")
    let rows = driver.table.map { Array($0.rows) } ?? []
    let bank = try #require(rows.first { $0.cells[0] == "1120 Current account" })
    #expect(bank.cells[2] == "-100.00" && bank.cells[3] == "D!")
    #expect(bank.shape.tone == .warning)
    let rent = try #require(rows.first { $0.cells[0] == "6200 Rent" })
    #expect(rent.cells[3] == "D" && rent.shape.tone == .plain)
    await driver.press("4")
    #expect(driver.rows.map { [$0[0], $0[4]] } == [["1120", "!"], ["6200", ""]])
    #expect(driver.table?.rows.first?.shape.tone == .warning)
    await driver.press("t")
    let line = try #require(driver.rows.first { $0[0].hasPrefix("1120") })
    #expect(line[1] == "-100.00" && line[2] == "!")
    await driver.press("t", "t")
    #expect(driver.rows.allSatisfy { $0[2] == "" }, "cash only moves")
  }
}
