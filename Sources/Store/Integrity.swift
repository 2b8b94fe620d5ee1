import Domain
import Foundation
import GRDB

extension Database {
  /// What SQLite itself says of the pages, indexes and constraints; empty where all is whole.
  func pageFindings() throws -> [String] {
    try String.fetchAll(self, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
  }

  /// The table of each row that points at a row which isn't there.
  func danglingTables() throws -> [String] {
    try Row.fetchAll(self, sql: "PRAGMA foreign_key_check").map { $0["table"] }
  }

  /// The keys by which rows of businesses point at others of the same one.
  fileprivate func keysWithinBusinesses() throws -> [BusinessKey] {
    try Row.fetchAll(
      self,
      sql: """
        SELECT t.name, k."from", k."table", k."to"
        FROM sqlite_schema t
        JOIN pragma_foreign_key_list(t.name) k ON k."from" <> 'business_id'
        JOIN pragma_foreign_key_list(t.name) b ON b.id = k.id AND b."from" = 'business_id'
        WHERE t.type = 'table' ORDER BY t.name, k."from"
        """
    ).map { BusinessKey(table: $0[0], column: $0[1], target: $0[2], targetColumn: $0[3]) }
  }
}

/// A foreign key beside its `business_id`.
private struct BusinessKey {
  let table: String
  let column: String
  let target: String
  let targetColumn: String
}

extension Reading {
  /// What rows of the business name that it doesn't have, by every foreign key that the schema has:
  /// another business's, or nothing. Of each key the first hundred.
  package func strayRows() throws -> [String] {
    let db = scope.db
    return try StoreError.translating {
      try db.keysWithinBusinesses().flatMap { key in
        try String.fetchAll(
          db,
          sql: """
            SELECT DISTINCT CAST(c."\(key.column)" AS TEXT)
            FROM main."\(key.table)" c
            LEFT JOIN main."\(key.target)" p
              ON p.business_id = c.business_id AND p."\(key.targetColumn)" = c."\(key.column)"
            WHERE c.business_id = ? AND c."\(key.column)" IS NOT NULL AND p.business_id IS NULL
            LIMIT 100
            """, arguments: [business.value]
        ).map { "\(key.table).\(key.column) \($0) isn't in \(key.target) of this business" }
      }
    }
  }
}

/// A copy of a whole database that was examined before it got its name.
enum VerifiedCopy {
  /// Throws `damaged` where the copy isn't sound; then nothing of it is left.
  static func make(of writer: any DatabaseWriter, at path: String) throws {
    let draft = path + ".new"
    defer { remove(draft) }
    remove(draft)
    try StoreError.translating(path: path) {
      try writer.writeWithoutTransaction {
        try $0.execute(sql: "VACUUM INTO ?", arguments: [draft])
      }
      let copy = try DatabaseQueue(path: draft)
      let findings = Result {
        try copy.read { db in
          try db.pageFindings() + db.danglingTables().map { "a row of \($0) points at nothing" }
        }
      }
      try copy.close()
      if let finding = try findings.get().first { throw StoreError.damaged(message: finding) }
    }
    try sync(draft)
    // Not a rename: that would replace what somebody else has made meanwhile.
    guard link(draft, path) == 0 else {
      throw StoreError.cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
  }

  private static func sync(_ path: String) throws {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    guard file >= 0, fsync(file) == 0 else {
      throw StoreError.cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
  }

  private static func remove(_ draft: String) {
    for suffix in ["", "-journal", "-wal", "-shm"] { unlink(draft + suffix) }
  }
}
