import Foundation
import GRDB
import Testing

/// Nothing of one business points at anything of another: each key between two of their tables is
/// tried by hand, with no trigger and no other rule in its way.
struct CompositeKeyTests {
  private struct Key: CustomTestStringConvertible {
    let table: String
    let parent: String
    /// The columns with those that they name, in the order of the key.
    let columns: [(from: String, to: String)]

    var testDescription: String { "\(table) (\(columns.map(\.from).joined(separator: ", ")))" }
  }

  private let books: Books
  private let tenants: [String]

  init() throws {
    books = try Books()
    tenants = try books.rows(
      """
      SELECT t.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
      WHERE t.type = 'table' AND t.sql NOT LIKE 'CREATE VIRTUAL%' AND c.name = 'business_id'
      ORDER BY t.name
      """)
    // Only the keys themselves are to stand in the way.
    for trigger in try books.rows("SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
      try books.run("DROP TRIGGER \"\(trigger)\"")
    }
    try books.queue.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA ignore_check_constraints = ON")
    }
  }

  @Test func `a row that points at another business's is refused, whatever else it is`() throws {
    var tried = 0
    for table in tenants {
      for key in try keys(of: table) where tenants.contains(key.parent) {
        #expect(key.columns.first?.from == "business_id", "\(key.testDescription)")
        #expect(try attempt(key, at: 1) == nil, "\(key.testDescription): one's own")
        #expect(
          try attempt(key, at: 2) == Attempt.foreignKey, "\(key.testDescription): a neighbour's")
        tried += 1
      }
    }
    #expect(tried > 130)
  }

  /// What names a thing without a key is held by what is named here, and by nothing less.
  @Test func `every column that names something has a key, or something that stands for one`()
    throws
  {
    let held: Set = [
      // A column that was added later: two triggers instead, CF044.
      "business_memberships.department_id",
      // Of the instance, not of the business: a trigger instead, CF042.
      "user_sessions.sign_in_id",
      // Which table is meant stands beside it, so that the program looks (`Change.requireThere`).
      "user_permissions.subject_id", "access_control_lists.subject_id",
      // `StartAccessReview` writes down what it finds, of whatever kind.
      "access_review_lines.thing_id",
      // What the command was done to that wrote it.
      "confirmations.subject_id", "notifications.subject_id",
      // Nothing writes this yet.
      "workflow_instances.subject_id",
    ]
    var without: Set<String> = []
    for table in tenants {
      let keyed = try keys(of: table).flatMap(\.columns).map(\.from)
      let columns = try books.rows(
        """
        SELECT name FROM pragma_table_info('\(table)')
        WHERE type = 'INTEGER' AND name LIKE '%\\_id' ESCAPE '\\'
        """)
      without.formUnion(Set(columns).subtracting(keyed).map { "\(table).\($0)" })
    }
    // The logs outlive what they name.
    #expect(without.filter { !$0.contains("_logs.") } == held)
  }

  // MARK: Rows made of nothing but keys

  /// What the database says to a row of business 1 whose `key` names a row of `business`.
  private func attempt(_ key: Key, at business: Int) throws -> String? {
    var refusal: String?
    try books.queue.inDatabase { db in
      try db.inTransaction {
        // A new one: what is called alike in both would be one's own too.
        let parent = try insert(into: key.parent, in: business, [:], db)
        var named: [String: DatabaseValue] = [:]
        for (from, to) in key.columns.dropFirst() { named[from] = parent[to] }
        do {
          _ = try insert(into: key.table, in: 1, named, db)
        } catch let error as DatabaseError { refusal = error.message }
        return .rollback
      }
    }
    return refusal
  }

  /// Any; people are new, as one may be in both businesses.
  private func row(of table: String, in business: Int, _ db: Database) throws -> Row {
    let condition =
      tenants.contains(table)
      ? "business_id = \(business)" : table == "businesses" ? "id = \(business)" : "0"
    let found = try Row.fetchOne(db, sql: "SELECT * FROM \"\(table)\" WHERE \(condition) LIMIT 1")
    return try found ?? insert(into: table, in: business, [:], db)
  }

  /// With `named` and else what the columns must have: what other keys name is made, too.
  private func insert(
    into table: String, in business: Int, _ named: [String: DatabaseValue], _ db: Database
  ) throws -> Row {
    let columns = try Row.fetchAll(db, sql: "PRAGMA table_info('\(table)')")
    let isKeyedByRow = columns.filter { $0["pk"] > 0 }.count == 1
    var values = named
    if tenants.contains(table) { values["business_id"] = business.databaseValue }
    for key in try keys(of: table, db) {
      let needed = key.columns.map(\.from).contains { column in
        values[column] == nil && columns.contains { $0["name"] == column && $0["notnull"] == 1 }
      }
      guard needed, key.parent != table else { continue }
      let parent = try row(of: key.parent, in: business, db)
      for (from, to) in key.columns where values[from] == nil { values[from] = parent[to] }
    }
    for column in columns where column["notnull"] == 1 && column["dflt_value"] == nil {
      let name: String = column["name"]
      let isRow = isKeyedByRow && column["pk"] > 0 && column["type"] == "INTEGER"
      guard values[name] == nil, !isRow else { continue }
      values[name] = try value(of: column["type"], db)
    }
    let names = values.keys.map { "\"\($0)\"" }.joined(separator: ", ")
    let places = values.map { _ in "?" }.joined(separator: ", ")
    let inserted = try Row.fetchOne(
      db, sql: "INSERT INTO \"\(table)\" (\(names)) VALUES (\(places)) RETURNING *",
      arguments: StatementArguments(values.values))
    return try #require(inserted)
  }

  /// One that no other row has.
  private func value(of type: String, _ db: Database) throws -> DatabaseValue {
    let number = try Int64.fetchOne(db, sql: "SELECT abs(random() / 2)") ?? 0
    return switch type {
    case "TEXT": "\(number)".databaseValue
    case "BLOB": Data("\(number)".utf8).databaseValue
    default: number.databaseValue
    }
  }

  private func keys(of table: String) throws -> [Key] {
    try books.queue.read { try keys(of: table, $0) }
  }

  private func keys(of table: String, _ db: Database) throws -> [Key] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT * FROM pragma_foreign_key_list('\(table)') ORDER BY id, seq")
    return Dictionary(grouping: rows) { $0["id"] as Int }.sorted { $0.key < $1.key }.map {
      _, rows in
      Key(
        table: table, parent: rows[0]["table"],
        columns: rows.map { (from: $0["from"], to: $0["to"]) })
    }
  }
}
