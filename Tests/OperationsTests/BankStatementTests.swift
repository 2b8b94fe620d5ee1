import Domain
import Foundation
import Interchange
import Operations
import Phrases
import Store
import TestSupport
import Testing

/// Statements of banks in the books (RULES §3.14).
@Suite struct BankStatementTests {
  private static let rules = """
    skip 1
    fields date, description, amount, balance
    account2 6400
    """

  /// 1,000.00, less two coffees of 4.50 and a rent of 800.00.
  private static let november = """
    Date,Text,Amount,Balance
    2026-11-02,Coffee,-4.50,995.50
    2026-11-02,Coffee,-4.50,991.00
    2026-11-05,Rent,-800.00,191.00
    """

  private func read(_ csv: String, _ rules: String = Self.rules) throws -> ForeignStatement {
    try BankFile.read(
      path: "bank.csv", rules: "bank.rules",
      files: .inMemory(["bank.csv": Array(csv.utf8), "bank.rules": Array(rules.utf8)]))
  }

  @discardableResult
  private func run(
    _ csv: String = Self.november, _ rules: String = Self.rules, into number: String = "1120",
    in books: TestBooks, as who: Principal? = nil
  ) async throws -> BankStatementImport {
    try await books.workspace.perform(
      ImportBankStatement(
        read(csv, rules), named: "in/bank.csv", into: books.account(number)),
      as: who ?? books.employee)
  }

  private func statements(_ books: TestBooks) async throws -> [BankStatements.Row] {
    try await books.workspace.fetch(BankStatements(), as: books.viewer)
  }

  private func lines(
    _ statement: ID<BankStatement>, in books: TestBooks
  ) async throws -> [BankStatementLines.Row] {
    try await books.workspace.fetch(BankStatementLines(statement), as: books.viewer).lines
  }

  private func refusal(
    _ csv: String, _ rules: String = Self.rules, into number: String = "1120", in books: TestBooks
  ) async throws -> String? {
    do {
      try await run(csv, rules, into: number, in: books)
      return nil
    } catch let refusal as Refusal {
      return UserMessage(refusal).text
    }
  }

  @Test func `a statement is kept as the bank wrote it, and on record`() async throws {
    let books = try await TestBooks.make()
    let report = try await run(in: books)
    #expect(report.lines == 3 && report.known == 0 && report.warnings == [])
    #expect(report.statements.first?.content.map(\.text) == ["Coffee", "Coffee", "Rent"])
    let row = try #require(try await statements(books).first)
    #expect(row.number == "1120" && row.currency == "USD" && row.file == "bank.csv")
    #expect(
      row.span
        == StatementSpan(
          from: try #require(Day("2026-11-02")), to: try #require(Day("2026-11-05")),
          opening: Money(minorUnits: 100_000), closing: Money(minorUnits: 19_100)))
    #expect(row.lines == 3 && row.unmatched == 3 && !row.isClosed && row.gap == nil)
    #expect(row.importer == "Emma Employee" && row.importedAt == books.clock.now)
    let lines = try await lines(row.id, in: books)
    #expect(lines.map(\.text) == ["Coffee", "Coffee", "Rent"])
    #expect(lines.map(\.occurrence) == [1, 2, 1])
    #expect(lines.map(\.amount.minorUnits) == [-450, -450, -80_000])
    #expect(lines.map(\.balance.minorUnits) == [99_550, 99_100, 19_100])
    #expect(lines.allSatisfy { $0.status == .unmatched && $0.suggestion == "6400" })
    let record = try #require(try await books.trail(1).first)
    #expect(record.operation == "statement.import" && record.event == .imported)
    #expect(record.resourceType == "bank_statement" && record.resourceID == row.id.value)
    #expect(record.resourceName == "1120 2026-11-02 2026-11-05")
  }

  @Test func `the same file changes nothing twice`() async throws {
    let books = try await TestBooks.make()
    try await run(in: books)
    let again = try await run(in: books, as: books.owner)
    #expect(again.statements == [] && again.known == 3 && again.warnings == [])
    #expect(try await statements(books).count == 1)
  }

  @Test func `what is only tried leaves nothing`() async throws {
    let books = try await TestBooks.make()
    let report = try await books.workspace.simulate(
      ImportBankStatement(read(Self.november), named: "bank.csv", into: books.account("1120")),
      as: books.owner)
    #expect(report.lines == 3)
    #expect(try await statements(books) == [])
  }

  @Test func `a later file brings what is new, and the statements chain`() async throws {
    let books = try await TestBooks.make()
    try await run(in: books)
    let report = try await run(
      """
      Date,Text,Amount,Balance
      2026-11-05,RENT ,-800.00,191.00
      2026-11-05,Coffee,-4.50,186.50
      2026-11-09,Sale,20.00,206.50
      """, in: books)
    #expect(report.known == 1 && report.lines == 2 && report.warnings == [])
    let rows = try await statements(books)
    #expect(rows.map(\.span.opening.minorUnits) == [100_000, 19_100])
    #expect(rows.map(\.span.closing.minorUnits) == [19_100, 20_650])
    #expect(rows.map(\.gap) == [nil, nil])
  }

  @Test func `a gap is told, and closed by what is between`() async throws {
    let books = try await TestBooks.make()
    try await run(in: books)
    let report = try await run(
      "Date,Text,Amount,Balance\n2026-11-20,Sale,20.00,215.00", in: books)
    let warnings = report.warnings.map { report.phrase(of: $0).english }
    #expect(
      warnings == [
        "The statement to 2026-11-05 ends with 191.00 USD, but that from 2026-11-20 begins with "
          + "195.00 USD. Import what is between."
      ])
    #expect(try await statements(books).last?.gap == Money(minorUnits: 400))
    let between = try await run(
      "Date,Text,Amount,Balance\n2026-11-06,Fee,4.00,195.00\n2026-11-20,Sale,20.00,215.00",
      in: books)
    #expect(between.known == 1 && between.lines == 1)
    #expect(
      between.warnings.map { between.phrase(of: $0).english } == [
        "No statement tells of 2026-11-07 to 2026-11-19; the balances agree."
      ])
    #expect(try await statements(books).map(\.gap) == [nil, nil, nil])
  }

  @Test func `other words for lines that were taken come in, and are told`() async throws {
    let books = try await TestBooks.make()
    try await run(in: books)
    let other = Self.rules + "\ndescription Bank: %description"
    let report = try await run(Self.november, other, in: books)
    #expect(report.lines == 3)
    #expect(report.warnings.contains(.onCoveredDays(2)))
  }

  @Test func `what a bank calls its own is known by that, and by nothing else`() async throws {
    let books = try await TestBooks.make()
    let rules = "fields date, bank-id, description, amount, balance"
    try await run("2026-11-02,a,Coffee,-4.50,95.50", rules, in: books)
    let report = try await run(
      "2026-11-03,a,Espresso,-4.50,95.50\n2026-11-03,b,Espresso,-4.50,91.00", rules, in: books)
    #expect(report.known == 1 && report.lines == 1)
    #expect(
      try await refusal("2026-11-04,b,Espresso,-5.00,86.00", rules, in: books)
        == "bank.csv:1:1: The bank calls a line of another amount the same. Name another field "
        + "bank-id.")
  }

  @Test(arguments: [
    (
      "x\n2026-11-02,a,-1.00,10.00\n2026-11-03,b,-1.00,8.00",
      "bank.csv:3:1: By here the lines come to 9.00 USD, but the bank says 8.00 USD. A line is "
        + "missing, or they are the newest first."
    ),
    (
      "x\n2026-11-02,a,-1.00,",
      "Nothing says what was in the account. Name the balance before or after the lines."
    ),
    ("x\n", "There are no lines in the file. Check skip and separator in the rules."),
    (
      "x\n2026-11-02,a,-1.00 EUR,10.00",
      "bank.csv:2:1: This line is in EUR, the account in USD. Choose another account."
    ),
    (
      "x\n2026-11-02,a,-1.005,10.00",
      "bank.csv:2:1: The currency has 2 decimals; the amount has more."
    ),
    (
      "x\n2026-11-02,\(String(repeating: "a", count: 1_001)),-1.00,10.00",
      "bank.csv:2:1: The text has more than 1000 characters. Shorten it."
    ),
  ])
  func `what doesn't add up or can't be kept is refused, and leaves nothing`(
    csv: String, expected: String
  ) async throws {
    let books = try await TestBooks.make()
    #expect(try await refusal(csv, in: books) == expected)
    #expect(try await statements(books) == [])
  }

  @Test func `balances that a person names must be those that the lines lead to`() async throws {
    let books = try await TestBooks.make()
    let file = try read("x\n2026-11-02,a,-1.00,")
    func run(opening: Int64?, closing: Int64?) async throws -> BankStatementImport {
      try await books.workspace.perform(
        ImportBankStatement(
          file, named: "bank.csv", into: books.account("1120"), from: Day("2026-11-01"),
          to: Day("2026-11-30"), opening: opening.map { Money(minorUnits: $0) },
          closing: closing.map { Money(minorUnits: $0) }), as: books.owner)
    }
    let fault = BankStatementFault.unbalanced(
      opening: Money(minorUnits: 1_000), counted: Money(minorUnits: 900),
      closing: Money(minorUnits: 901))
    let dollars = Currency(code: "USD", exponent: 2, symbol: "$")
    await #expect(throws: Refusal.bankStatement(.fault(fault, at: nil, dollars))) {
      _ = try await run(opening: 1_000, closing: 901)
    }
    #expect(
      UserMessage(Refusal.bankStatement(.fault(fault, at: nil, dollars))).text
        == "From 10.00 USD the lines come to 9.00 USD, not to 9.01 USD. A line is missing, or "
        + "there twice.")
    let report = try await run(opening: nil, closing: 900)
    #expect(report.statements.map(\.span.opening.minorUnits) == [1_000])
    #expect(report.statements.first?.span.to.text == "2026-11-30")
  }

  @Test func `only an account of a bank or of cash in use takes statements`() async throws {
    let books = try await TestBooks.make()
    for number in ["6200", "1100", "2110"] {
      let message = try await refusal(Self.november, into: number, in: books)
      #expect(message?.contains("is no account of a bank or of cash in use") == true, "\(number)")
    }
    try await books.workspace.perform(ArchiveAccount(books.account("1130")), as: books.owner)
    #expect(try await refusal(Self.november, into: "1130", in: books) != nil)
    #expect(try await refusal(Self.november, into: "1110", in: books) == nil)
    let several = Self.rules + "\naccount1 bank:%description"
    #expect(
      try await refusal(Self.november, several, in: books)
        == "The file is about bank:Coffee, bank:Rent. Leave out all but one by if and skip in the "
        + "rules.")
  }

  @Test func `whoever prepares reconciliations imports, and a reader reads`() async throws {
    let books = try await TestBooks.make()
    await #expect(throws: Refusal.notPermitted(.reconPrepare, .noGrant(.viewer))) {
      try await run(in: books, as: books.viewer)
    }
    #expect(try await books.trail(1).first?.outcome == .failure)
    for role in [Role.manager, .director, .owner] {
      try await run(in: books, as: books.principal(role))
    }
  }

  @Test func `whoever doesn't see all entries sees no statement`() async throws {
    let books = try await TestBooks.make()
    let report = try await run(in: books)
    try await books.workspace.perform(
      AddToList(
        NewListRow(
          .role(.owner), .admin, of: Thing(.account, books.account("6200").value),
          reason: "Rents are private.")), as: books.owner)
    await #expect(throws: Refusal.bankStatement(.notAllSeen)) {
      try await books.workspace.fetch(BankStatements(), as: books.employee)
    }
    let id = try #require(report.statements.first).id
    await #expect(throws: Refusal.bankStatement(.notAllSeen)) {
      try await books.workspace.fetch(BankStatementLines(id), as: books.employee)
    }
    #expect(try await books.workspace.fetch(BankStatements(), as: books.owner).count == 1)
  }

  @Test func `a statement is taken out again, and its account stays used until then`() async throws
  {
    let books = try await TestBooks.make()
    let report = try await run(into: "1110", in: books)
    let id = try #require(report.statements.first).id
    await #expect(throws: Refusal.account(.everUsed)) {
      try await books.workspace.perform(RemoveAccount(books.account("1110")), as: books.owner)
    }
    try await books.workspace.perform(RemoveBankStatement(id), as: books.employee)
    #expect(try await statements(books) == [])
    let record = try #require(try await books.trail(1).first)
    #expect(record.resourceName == "1110 2026-11-02 2026-11-05")
    await #expect(throws: Refusal.noSuch(Subject(.bankStatement, id.value))) {
      try await books.workspace.perform(RemoveBankStatement(id), as: books.owner)
    }
    try await books.workspace.perform(RemoveAccount(books.account("1110")), as: books.owner)
  }

  @Test func `a statement that a reconciliation rests on stays`() async throws {
    let books = try await TestBooks.make()
    let report = try await run(in: books)
    let id = try #require(report.statements.first).id
    try await books.store.change(in: books.business, as: .system) {
      try $0.execute(
        """
        INSERT INTO reconciliations (business_id, account_id, statement_id, as_of_date,
          statement_balance, prepared_by, prepared_at)
        VALUES (:business, :account, :statement, '2026-11-05', 19100, :preparer, :now)
        """,
        [
          "account": books.account("1120"), "statement": id, "preparer": books.employee.user,
          "now": $0.now,
        ])
    }
    await #expect(throws: Refusal.bankStatement(.inUse)) {
      try await books.workspace.perform(RemoveBankStatement(id), as: books.owner)
    }
  }

  @Test func `a matched line keeps its statement`() async throws {
    let books = try await TestBooks.make()
    let report = try await run(in: books)
    let id = try #require(report.statements.first).id
    try await books.store.change(in: books.business, as: .system) {
      try $0.execute(
        """
        UPDATE bank_statement_lines SET status = 'matched'
        WHERE business_id = :business AND statement_id = :statement AND line_number = 1
        """, ["statement": id])
    }
    await #expect(throws: Refusal.bankStatement(.inUse)) {
      try await books.workspace.perform(RemoveBankStatement(id), as: books.owner)
    }
    #expect(try await lines(id, in: books).count == 3)
  }
}
