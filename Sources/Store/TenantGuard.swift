import Domain
import GRDB
import Synchronization

/// A table whose rows belong to businesses.
struct TenantTable: Hashable {
  let name: String
  let columns: Set<String>
  /// Without those that point at a table that all businesses share.
  let ownColumns: Set<String>
  let hasBusinessAsRowID: Bool
}

/// The tables of businesses, and which statements were found to read them rightly.
final class TenantTables: Sendable {
  let all: [TenantTable]
  /// By the addresses of their texts, which are literals of the program.
  private let proved = Mutex<Set<UInt>>([])

  init(_ all: [TenantTable]) { self.all = all }

  /// Runs `check` for a statement that isn't known yet; those that pass aren't asked again.
  func prove(_ sql: StaticString, _ check: () -> Bool) -> Bool {
    let address = UInt(bitPattern: sql.utf8Start)
    if proved.withLock({ $0.contains(address) }) { return true }
    guard check() else { return false }
    proved.withLock { _ = $0.insert(address) }
    return true
  }
}

/// Refuses any row that a transaction of one business writes for another, whatever statement or
/// trigger wrote it. TEMP triggers of the writing connection: nothing of them is in the file.
enum TenantGuard {
  /// Of the schema that this program knows, once a database has shown them.
  private static let current = Mutex<TenantTables?>(nil)

  /// As `install`, where the schema is known to be this program's: its tables are read once, and a
  /// statement that was found right in one database is right in all.
  static func installCurrent(on writer: any DatabaseWriter) throws -> TenantTables {
    if let tables = current.withLock({ $0 }) {
      try install(tables, on: writer)
      return tables
    }
    let tables = try install(on: writer)
    current.withLock { $0 = tables }
    return tables
  }

  /// Makes the triggers and returns the tables that belong to businesses.
  static func install(on writer: any DatabaseWriter) throws -> TenantTables {
    let tables = try StoreError.translating {
      TenantTables(try writer.writeWithoutTransaction(tenantTables))
    }
    try install(tables, on: writer)
    return tables
  }

  static func install(_ tables: TenantTables, on writer: any DatabaseWriter) throws {
    try StoreError.translating {
      try writer.writeWithoutTransaction { db in
        try db.execute(sql: "CREATE TEMP TABLE scope (business_id INTEGER)")
        try db.execute(sql: "INSERT INTO temp.scope (business_id) VALUES (NULL)")
        for table in tables.all.map(\.name) {
          for (event, row) in [("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")] {
            try db.execute(
              sql: """
                CREATE TEMP TRIGGER "guard_\(table)_\(event)" AFTER \(event) ON main."\(table)"
                WHEN \(row).business_id IS NOT (SELECT business_id FROM temp.scope)
                BEGIN SELECT RAISE(ABORT, 'CF000 a row of another business'); END
                """)
          }
        }
      }
    }
  }

  /// From here to the end of the transaction only rows of `business` may be written.
  static func enter(_ business: ID<Business>, on db: Database) throws {
    try db.cachedStatement(sql: "UPDATE temp.scope SET business_id = ?")
      .execute(arguments: [business.value])
  }

  private static func tenantTables(in db: Database) throws -> [TenantTable] {
    let names = try String.fetchAll(
      db,
      sql: """
        SELECT t.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
        WHERE t.type = 'table' AND c.name = 'business_id' ORDER BY t.name
        """)
    return try names.map { name in
      let columns = Set(try db.columns(in: name).map(\.name))
      let shared = try db.foreignKeys(on: name).filter { !$0.originColumns.contains("business_id") }
      return TenantTable(
        name: name, columns: columns,
        ownColumns: columns.subtracting(shared.flatMap(\.originColumns)),
        hasBusinessAsRowID: try db.primaryKey(name).columns == ["business_id"])
    }
  }
}
