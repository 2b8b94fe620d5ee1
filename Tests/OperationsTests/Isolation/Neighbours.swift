import Domain
import GRDB
import Interchange
import Operations
import TestSupport
import Testing

@testable import Store

/// Two businesses in one database with the same kinds of things in both, and the first of them in a
/// database where the second never was.
struct Neighbours: Sendable {
  /// In every free text of the neighbour's, and in nothing else.
  static let canary = "ZQX"

  let books: TestBooks
  let alone: TestBooks
  let own: Things
  let foreign: Things

  private static let original = Task { try await Neighbours() }

  /// Copies of their own, alike down to the chance in them.
  static func make() async throws -> Neighbours {
    let original = try await original.value
    return Neighbours(
      books: try original.books.copy(seed: 5), alone: try original.alone.copy(seed: 5),
      own: original.own, foreign: original.foreign)
  }

  private init(books: TestBooks, alone: TestBooks, own: Things, foreign: Things) {
    self.books = books
    self.alone = alone
    self.own = own
    self.foreign = foreign
  }

  private init() async throws {
    alone = try await TestBooks.make()
    own = try await Things(in: alone, called: "Plain", prefix: "")
    books = try alone.copy(seed: 3)
    let neighbour = try await books.neighbour()
    foreign = try await Things(in: neighbour, called: Self.canary, prefix: "alpenrad-")
    try await plantCanaries(in: neighbour)
  }

  // MARK: What is the neighbour's

  /// Every row of the neighbour's by table, as text: what no command of ours may change.
  func digest() async throws -> [String: String] {
    try await books.store.snapshot(of: foreign.business, as: .system) { [foreign] snapshot in
      let db = snapshot.scope.db
      func text(_ table: String, _ condition: String) throws -> String {
        let columns = try db.columns(in: table).map { "quote(\"\($0.name)\")" }
        return try String.fetchAll(
          db,
          sql: """
            SELECT \(columns.joined(separator: " || ',' || ")) FROM "\(table)" WHERE \(condition)
            ORDER BY 1
            """
        ).joined(separator: "\n")
      }
      let business = foreign.business.value
      var digest = [
        "businesses": try text("businesses", "id = \(business)"),
        "users": try text(
          "users",
          """
          id IN (SELECT user_id FROM business_memberships WHERE business_id = \(business))
          """),
      ]
      for table in try Self.tenantTables(db) {
        digest[table] = try text(table, "business_id = \(business)")
      }
      return digest
    }
  }

  /// The columns in which the neighbour has texts, and no canary among them.
  func plainColumns() async throws -> Set<String> {
    try await books.store.snapshot(of: foreign.business, as: .system) { [foreign] snapshot in
      let db = snapshot.scope.db
      return try Set(
        Self.textColumns(db).filter { table, column in
          try Bool.fetchOne(
            db,
            sql: """
              SELECT EXISTS (SELECT 1 FROM "\(table)" WHERE business_id = \(foreign.business.value)
                AND "\(column)" <> '')
              AND NOT EXISTS (SELECT 1 FROM "\(table)" WHERE business_id = \(foreign.business.value)
                AND "\(column)" LIKE '%\(Self.canary)%')
              """) == true
        }.map { "\($0).\($1)" })
    }
  }

  private static func tenantTables(_ db: Database) throws -> [String] {
    try String.fetchAll(
      db,
      sql: """
        SELECT t.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
        WHERE t.type = 'table' AND t.sql NOT LIKE 'CREATE VIRTUAL%' AND c.name = 'business_id'
        ORDER BY t.name
        """)
  }

  private static func textColumns(_ db: Database) throws -> [(table: String, column: String)] {
    try tenantTables(db).flatMap { table in
      try String.fetchAll(
        db, sql: "SELECT name FROM pragma_table_info(?) WHERE type = 'TEXT'", arguments: [table]
      ).map { (table, $0) }
    }
  }

  /// Wherever the schema lets a text be any text.
  private func plantCanaries(in neighbour: TestBooks) async throws {
    let business = neighbour.business.value
    let columns = try await books.store.snapshot(of: neighbour.business, as: .system) {
      try Self.textColumns($0.scope.db)
    }
    // What the program compares with words of its own stays as it is, or a leak of it would do
    // nothing that anybody could see; what the schema refuses says so and stays too.
    let words: Set = ["permission", "permissions", "operation", "series"]
    for (table, column) in columns where !words.contains(column) {
      try? books.store.script(
        """
        UPDATE temp.scope SET business_id = \(business);
        UPDATE "\(table)" SET "\(column)" = '\(Self.canary) ' || "\(column)"
        WHERE business_id = \(business) AND "\(column)" <> ''
          AND "\(column)" NOT LIKE '%\(Self.canary)%';
        """)
    }
    try books.store.script(
      """
      UPDATE users SET display_name = '\(Self.canary) ' || display_name,
        email = '\(Self.canary)' || email
      WHERE id IN (SELECT user_id FROM business_memberships WHERE business_id = \(business));
      UPDATE businesses SET name = '\(Self.canary) ' || name WHERE id = \(business);
      """)
  }
}

/// One of everything that a business has and somebody can name.
struct Things: Sendable {
  let business: ID<Business>
  let account: ID<Account>
  /// With nothing on it.
  let spare: ID<Account>
  let heading: ID<Account>
  let department: ID<Department>
  /// With nobody in it.
  let empty: ID<Department>
  let draft: ID<Entry>
  let pending: ID<Entry>
  let posted: ID<Entry>
  let period: ID<Period>
  let template: ID<EntryTemplate>
  let person: ID<User>
  let member: ID<Membership>
  /// Suspended.
  let former: ID<Membership>
  let grant: ID<Grant>
  let row: ID<Protection>
  let delegation: ID<Delegation>
  let deletedAccount: ID<Account>
  let deletedDepartment: ID<Department>
  let deletedTemplate: ID<EntryTemplate>

  init(in books: TestBooks, called text: String, prefix: String) async throws {
    let make = Maker(books: books, text: text)
    business = books.business
    account = try await make.perform(make.account("1199", "till"))
    spare = try await make.perform(make.account("1198", "safe"))
    heading = books.account("1000")
    department = books.department
    empty = try await make.perform(make.department("EMP", "hall"))
    draft = try await make.entry(on: account, then: .keepDraft, as: books.owner)
    pending = try await make.entry(on: account, then: .submit, as: books.employee)
    posted = try await make.entry(on: account, then: .post, as: books.owner)
    let currency = try await books.workspace.fetch(WhereIAm(), as: books.owner).baseCurrency
    _ = try await make.perform(
      try Self.journal(in: currency, month: prefix.isEmpty ? 10 : 9, file: "\(text) oil"))
    period = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.name == "2026-12" }
    ).id
    template = try await make.perform(SaveTemplate("\(text) rent", of: posted))
    former = try await make.former(email: "\(prefix)former@books.example")
    let employee = try #require(
      try await books.workspace.fetch(Members(), as: books.owner).first {
        $0.user == books.employee.user
      })
    (person, member) = (employee.user, employee.id)
    grant = try await make.perform(
      GrantPermission(
        NewGrant(.deny, "journal.void", to: books.viewer.user, reason: "\(text) reason")))
    row = try await make.perform(
      AddToList(
        NewListRow(
          .role(.owner), .admin, of: Thing(.account, spare.value), reason: "\(text) reason")))
    delegation = try await make.perform(
      Delegate(
        NewDelegation(
          from: books.owner.user, to: books.viewer.user,
          until: books.clock.now.adding(seconds: 600), reason: "\(text) reason")))
    deletedAccount = try await make.perform(make.account("1197", "chest"))
    try await make.perform(RemoveAccount(deletedAccount))
    deletedDepartment = try await make.perform(make.department("OLD", "annex"))
    try await make.perform(RemoveDepartment(deletedDepartment))
    deletedTemplate = try await make.perform(SaveTemplate("\(text) lease", of: posted))
    try await make.perform(RemoveTemplate(deletedTemplate))
  }

  /// Makes things whose every text is one.
  private struct Maker {
    let books: TestBooks
    let text: String

    @discardableResult
    func perform<C: Command>(_ command: C) async throws -> C.Output {
      try await books.workspace.perform(command, as: books.owner)
    }

    func account(_ number: String, _ name: String) -> CreateAccount {
      CreateAccount(AccountContent(number: number, name: "\(text) \(name)", type: .asset))
    }

    func department(_ code: String, _ name: String) -> CreateDepartment {
      CreateDepartment(DepartmentContent(code: code, name: "\(text) \(name)"))
    }

    func entry(
      on account: ID<Account>, then ending: EntryEnding, as who: Principal
    ) async throws -> ID<Entry> {
      let currency = try await books.workspace.fetch(WhereIAm(), as: who).baseCurrency
      let lines = [(account, 100), (books.account("3100"), -100)].map { account, amount in
        LineContent(
          account: account, currency: currency, amount: Money(minorUnits: amount),
          description: text, department: books.department, counterparty: text)
      }
      let content = EntryContent(
        date: TestBooks.today, reference: text, description: "\(text) rent", notes: text,
        payee: text, lines: lines)
      return try await books.workspace.perform(
        CreateEntry(content, then: ending), as: who
      ).entry
    }

    func former(email: String) async throws -> ID<Membership> {
      let invited = try await books.workspace.invite(
        email: email, name: text, role: .viewer, as: books.owner)
      try await books.workspace.accept(
        invitation: invited.code, name: "\(text) Former", password: TestBooks.password)
      try await perform(SuspendMember(invited.membership, reason: "\(text) left"))
      return invited.membership
    }
  }

  /// What one has taken in, the other hasn't, however alike the files are.
  static func journal(in currency: String, month: Int, file: String) throws -> ImportJournal {
    let day = "2026-\(padded(month, to: 2))-02"
    let text = """
      P \(day) GBP 1.25 \(currency)
      P \(day) EUR 1.25 USD
      \(day) Lamp oil
          Expenses:Oil   12.50 \(currency)
          Assets:Box
      """
    return ImportJournal(
      try HledgerJournal.read(text: text, name: file, defaultYear: 2026), file: file)
  }
}
