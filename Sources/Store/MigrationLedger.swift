import Domain
import Foundation
import GRDB
import Migrations

/// What the runner keeps of each migration, in tables that no rollback touches.
enum MigrationLedger {
  struct Entry {
    let number: Int
    let name: String
    let checksum: String
    let at: Timestamp
    let milliseconds: Int
    let state: String
  }

  /// What became of one migration in one run.
  struct Record {
    let migration: Migration
    let at: Timestamp
    let took: Duration
    let state: MigrationStatus.State
    let who: String
    /// The copy from before the run, where there was something to copy.
    let backup: String?
    /// Why it failed.
    let error: String?
  }

  static func create(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS schema_migrations (
          number INTEGER PRIMARY KEY,
          name TEXT NOT NULL,
          checksum TEXT NOT NULL,
          -- When it was applied, taken back or last tried.
          applied_at INTEGER NOT NULL,
          milliseconds INTEGER NOT NULL,
          state TEXT NOT NULL CHECK (state IN ('applied', 'rolled_back', 'failed')),
          applied_by TEXT NOT NULL DEFAULT '',
          app_version TEXT NOT NULL DEFAULT '',
          backup_path TEXT,
          error TEXT,
          CHECK ((state = 'failed') = (error IS NOT NULL))
        ) STRICT;
        CREATE TABLE IF NOT EXISTS admin_keys (
          id INTEGER PRIMARY KEY,
          hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
          created_at INTEGER NOT NULL
        ) STRICT;
        """)
  }

  static func entries(in db: Database) throws -> [Entry] {
    guard try db.tableExists("schema_migrations") else { return [] }
    return try Row.fetchAll(
      db,
      sql: """
        SELECT number, name, checksum, applied_at, milliseconds, state
        FROM schema_migrations ORDER BY number
        """
    ).map { row in
      Entry(
        number: row[0], name: row[1], checksum: row[2], at: Timestamp(milliseconds: row[3]),
        milliseconds: row[4], state: row[5])
    }
  }

  static func write(_ record: Record, in db: Database) throws {
    let milliseconds = (record.took / .milliseconds(1)).rounded(.up)
    try db.execute(
      sql: """
        INSERT INTO schema_migrations (number, name, checksum, applied_at, milliseconds, state,
          applied_by, app_version, backup_path, error)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (number) DO UPDATE SET name = excluded.name, checksum = excluded.checksum,
          applied_at = excluded.applied_at, milliseconds = excluded.milliseconds,
          state = excluded.state, applied_by = excluded.applied_by,
          app_version = excluded.app_version, backup_path = excluded.backup_path,
          error = excluded.error
        """,
      arguments: [
        record.migration.number, record.migration.name, record.migration.checksum,
        record.at.milliseconds, Int(milliseconds), record.state.rawValue, record.who,
        Release.version, record.backup, record.error,
      ])
  }
}
