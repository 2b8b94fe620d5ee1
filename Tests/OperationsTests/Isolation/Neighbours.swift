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
  /// The one address of theirs that we know too.
  static let invited = "alpenrad-former@books.example"

  /// Where the neighbour never was; every use copies it.
  private let lonely: TestBooks
  let books: TestBooks
  let own: Things
  let foreign: Things
  /// What reads every row of the neighbour's, by table.
  private let readings: [String: String]

  private static let original = Task { try await Neighbours() }
  /// The digest before anything was done.
  static let untouched = Task { try await Self.original.value.digest() }

  /// Copies of their own, alike down to the chance in them.
  static func make() async throws -> Neighbours {
    try await Neighbours(copying: original.value)
  }

  private init(copying original: Neighbours) throws {
    lonely = original.lonely
    books = try original.books.copy(seed: 5)
    own = original.own
    foreign = original.foreign
    readings = original.readings
  }

  private init() async throws {
    lonely = try await TestBooks.make()
    own = try await Things(in: lonely, called: "Plain", prefix: "")
    books = try lonely.copy(seed: 3)
    let neighbour = try await books.neighbour()
    foreign = try await Things(in: neighbour, called: Self.canary, prefix: "alpenrad-")
    readings = try await Self.readings(of: neighbour)
    try await plantCanaries(in: neighbour)
  }

  func alone() throws -> TestBooks { try lonely.copy(seed: 5) }

  // MARK: What is the neighbour's

  private static func readings(of neighbour: TestBooks) async throws -> [String: String] {
    let business = neighbour.business
    return try await neighbour.store.snapshot(of: business, as: .system) { snapshot in
      let db = snapshot.scope.db
      func reading(_ table: String, _ condition: String) throws -> String {
        let columns = try db.columns(in: table).map { "quote(\"\($0.name)\")" }
        return """
          SELECT \(columns.joined(separator: " || ',' || ")) FROM "\(table)" WHERE \(condition)
          ORDER BY 1
          """
      }
      let members = "SELECT user_id FROM business_memberships WHERE business_id = \(business.value)"
      var readings = [
        "businesses": try reading("businesses", "id = \(business.value)"),
        "users": try reading("users", "id IN (\(members))"),
      ]
      for table in try Self.tenantTables(db) {
        readings[table] = try reading(table, "business_id = \(business.value)")
      }
      return readings
    }
  }

  /// Every row of the neighbour's by table, as text: what no command of ours may change.
  func digest() async throws -> [String: String] {
    try await books.store.snapshot(of: foreign.business, as: .system) { [readings] snapshot in
      try readings.mapValues { sql in
        try String.fetchAll(snapshot.scope.db, sql: sql).joined(separator: "\n")
      }
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

  /// Tables in which the neighbour has nothing that could leak.
  func emptyTables() async throws -> [String] {
    try await books.store.snapshot(of: foreign.business, as: .system) { [foreign] snapshot in
      let db = snapshot.scope.db
      return try Self.tenantTables(db).filter { table in
        try Bool.fetchOne(
          db,
          sql: """
            SELECT NOT EXISTS (
              SELECT 1 FROM "\(table)" WHERE business_id = \(foreign.business.value))
            """) == true
      }
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
    let words: Set = [
      "permission", "permissions", "first_permission", "second_permission", "operation", "series",
    ]
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
        email = CASE WHEN email = '\(Self.invited)' THEN email ELSE '\(Self.canary)' || email END
      WHERE id IN (SELECT user_id FROM business_memberships WHERE business_id = \(business));
      UPDATE businesses SET name = '\(Self.canary) ' || name WHERE id = \(business);
      """)
  }
}
