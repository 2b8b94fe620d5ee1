import GRDB
import Migrations
import Testing

/// What holds of every table, whatever it is for.
struct ShapeTests {
  private let books: Books
  private let tables: [String]

  init() throws {
    books = try Books()
    tables = try books.rows(
      """
      SELECT name FROM pragma_table_list
      WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite%' ORDER BY name
      """)
  }

  @Test func `every table that the specification names exists`() {
    let named = """
      businesses users business_memberships user_sessions api_keys departments department_roles
      permission_templates user_permissions role_hierarchies access_control_lists
      approval_delegations currencies exchange_rates accounts journal_entries journal_lines
      general_ledger trial_balance trial_balance_lines accounting_periods fiscal_years
      entry_templates recurring_schedules attachments bank_statements bank_statement_lines
      reconciliations budgets audit_logs workflow_definitions workflow_instances workflow_steps
      workflow_transitions activity_logs system_events price_list audit_checkpoints
      archive_segments confirmations
      """.split { $0.isWhitespace }.map(String.init)
    #expect(Set(named).subtracting(tables) == [])
  }

  @Test func `every table is strict and has no floating point in it`() throws {
    #expect(
      try books.rows(
        """
        SELECT name FROM pragma_table_list
        WHERE type = 'table' AND schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite%'
        """) == [])
    for table in tables {
      let types = try books.rows("SELECT DISTINCT type FROM pragma_table_info('\(table)')")
      #expect(Set(types).isSubset(of: ["INTEGER", "TEXT", "BLOB"]), "\(table)")
    }
  }

  @Test func `no two things are called the same`() throws {
    #expect(
      try books.rows("SELECT name FROM sqlite_schema GROUP BY name HAVING count(*) > 1") == [])
  }

  @Test func `nothing is deleted or emptied by deleting something else`() throws {
    for key in try foreignKeys() {
      #expect(key.onDelete == "RESTRICT" && key.onUpdate == "NO ACTION", "\(key)")
    }
  }

  @Test func `a key between two tables of businesses carries the business`() throws {
    let tenants = try tenantTables()
    for key in try foreignKeys() where tenants.contains(key.parent) && tenants.contains(key.table) {
      #expect(key.columns.first == "business_id", "\(key)")
      #expect(key.columns.count > 1, "\(key)")
    }
  }

  @Test func `every foreign key is led by an index`() throws {
    for key in try foreignKeys() {
      let leads = try indexes(of: key.table, key: key.columns)
        .contains { Array($0.prefix(key.columns.count)) == key.columns }
      #expect(leads, "\(key)")
    }
  }

  @Test func `every table of businesses has the business in front in an index`() throws {
    for table in try tenantTables() {
      #expect(
        try indexes(of: table, key: []).contains { $0.first == "business_id" }, "\(table)")
    }
  }

  @Test func `a trigger of every table of businesses refuses to move a row`() throws {
    for table in try tenantTables() {
      let triggers = try books.rows(
        "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = '\(table)'")
      let refuses = triggers.contains { sql in
        let head = sql.prefix { $0 != "\n" } + sql.drop { $0 != "\n" }.prefix(400)
        return head.contains("BEFORE UPDATE ON")
          || head.contains(/BEFORE UPDATE OF [^;]*business_id/)
      }
      #expect(refuses, "\(table)")
    }
  }

  private struct Key {
    let table: String
    let parent: String
    let columns: [String]
    let onUpdate: String
    let onDelete: String
  }

  private func foreignKeys() throws -> [Key] {
    try tables.flatMap { table in
      let rows = try books.queue.read { db in
        try Row.fetchAll(db, sql: "PRAGMA foreign_key_list('\(table)')")
      }
      return Dictionary(grouping: rows) { $0["id"] as Int }.values.map { parts in
        Key(
          table: table, parent: parts[0]["table"],
          columns: parts.sorted { ($0["seq"] as Int) < $1["seq"] }.map { $0["from"] },
          onUpdate: parts[0]["on_update"], onDelete: parts[0]["on_delete"])
      }
    }
  }

  private func tenantTables() throws -> [String] {
    try tables.filter {
      try books.rows("SELECT name FROM pragma_table_info('\($0)')").contains("business_id")
    }
  }

  /// The columns of each index that a search for all of `key` can use: not of a partial one, unless
  /// it only leaves out the nulls of a column of the key.
  private func indexes(of table: String, key: [String]) throws -> [[String]] {
    let primary = try books.rows(
      "SELECT name FROM pragma_table_info('\(table)') WHERE pk > 0 ORDER BY pk")
    let others = try books.queue.read { db in
      try Row.fetchAll(db, sql: "PRAGMA index_list('\(table)')").compactMap { row -> [String]? in
        let name: String = row["name"]
        let sql =
          try String.fetchOne(
            db, sql: "SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?",
            arguments: [name])
        let usable =
          row["partial"] == 0
          || key.contains { (sql ?? "").hasSuffix("WHERE \($0) IS NOT NULL") }
        guard usable else { return nil }
        return try Row.fetchAll(db, sql: "PRAGMA index_info('\(name)')").map { $0["name"] ?? "" }
      }
    }
    return others + [primary]
  }
}
