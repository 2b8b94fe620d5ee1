import Crypto
package import Domain
import Foundation
import GRDB
package import Migrations

/// Brings a database to the schema that this program knows, or back (RULES §8).
package struct Migrator {
  private let writer: any DatabaseWriter
  private let path: String?

  init(writer: any DatabaseWriter, path: String?) {
    self.writer = writer
    self.path = path
  }

  /// For the file at `path`, which is made when there is none.
  package init(path: String) throws {
    let directory = (path as NSString).deletingLastPathComponent
    var isDirectory: ObjCBool = false
    guard
      directory.isEmpty
        || FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory)
          && isDirectory.boolValue
    else { throw StoreError.cannotOpen(path: path, reason: "\(directory) is not a directory") }
    if FileManager.default.fileExists(atPath: path) { try Opening.checkFile(at: path) }
    self.init(writer: try Opening.pool(at: path), path: path)
  }

  /// Each migration that the program or the database knows, in order.
  package func status() throws -> [MigrationStatus] {
    let recorded = try read { try Self.recorded(in: $0) }
    let known = Migrations.all.map { migration in
      status(of: migration, recorded.first { $0.number == migration.number })
    }
    return known
      + recorded.filter { row in !Migrations.all.contains { $0.number == row.number } }.map {
        MigrationStatus(
          number: $0.number, name: $0.name, checksum: $0.checksum, appliedAt: $0.appliedAt,
          milliseconds: $0.milliseconds, state: .unknown)
      }
  }

  private func status(of migration: Migration, _ row: Recorded?) -> MigrationStatus {
    let checksum = migration.checksum
    let state: MigrationStatus.State =
      switch row {
      case nil: .pending
      case .some(let row) where row.state == MigrationStatus.State.rolledBack.rawValue: .rolledBack
      case .some(let row): row.checksum == checksum ? .applied : .changed
      }
    return MigrationStatus(
      number: migration.number, name: migration.name, checksum: checksum,
      appliedAt: row?.appliedAt, milliseconds: row?.milliseconds, state: state)
  }

  /// Throws unless every migration is applied and none changed.
  package func requireCurrent() throws {
    let status = try status()
    try refuseChanged(status)
    let pending = status.filter { $0.state != .applied }.map(\.number)
    guard pending.isEmpty else {
      throw StoreError.migration(.pending(numbers: pending))
    }
  }

  private func refuseChanged(_ status: [MigrationStatus]) throws {
    for entry in status {
      if entry.state == .changed {
        throw StoreError.migration(.changed(number: entry.number, name: entry.name))
      }
      if entry.state == .unknown {
        throw StoreError.migration(.unknown(number: entry.number, name: entry.name))
      }
    }
  }

  /// Applies what is pending, each migration in one transaction, after a backup when there is data.
  /// Returns the numbers applied.
  @discardableResult
  package func run(at now: Timestamp) throws -> [Int] {
    try whileHeld {
      let status = try status()
      try refuseChanged(status)
      let pending = Migrations.all.filter { migration in
        status.contains { $0.number == migration.number && $0.state != .applied }
      }
      if pending.count < Migrations.all.count, !pending.isEmpty { try backUp(before: now) }
      for migration in pending {
        try step(migration, at: now, script: migration.up, state: .applied)
      }
      return pending.map(\.number)
    }
  }

  /// Throws what stands against undoing every migration back to `number`. Posted books are only
  /// destroyed when `destroying` repeats the name of the database's file.
  package func checkRollBack(to number: Int, destroying: String?) throws {
    guard Migrations.all.contains(where: { $0.number == number }) else {
      throw StoreError.migration(.noSuch(number: number))
    }
    guard try status().contains(where: { $0.number == number && $0.state == .applied }) else {
      throw StoreError.migration(.notApplied(number: number))
    }
    try refuseLoss(destroying: destroying)
  }

  /// Undoes every migration from the last back to `number`, after a backup. Returns the numbers
  /// rolled back. Throws as `checkRollBack`.
  package func rollBack(to number: Int, destroying: String?, at now: Timestamp) throws -> [Int] {
    try whileHeld {
      try checkRollBack(to: number, destroying: destroying)
      let applied = Set(try status().filter { $0.state == .applied }.map(\.number))
      try backUp(before: now)
      let undone = Migrations.all.filter { $0.number >= number && applied.contains($0.number) }
        .reversed()
      for migration in undone {
        try step(migration, at: now, script: migration.down, state: .rolledBack)
      }
      return undone.map(\.number)
    }
  }

  /// Keeps the hash of the key that opens the administration; no rollback touches it.
  package func setAdminKey(hash: String, at now: Timestamp) throws {
    try StoreError.translating {
      try writer.write { db in
        try Self.createLedger(in: db)
        try db.execute(
          sql: "INSERT INTO admin_keys (hash, created_at) VALUES (?, ?)",
          arguments: [hash, now.milliseconds])
      }
    }
  }

  package func close() throws { try writer.close() }
}

extension Migrator {
  private struct Recorded {
    let number: Int
    let name: String
    let checksum: String
    let appliedAt: Timestamp
    let milliseconds: Int
    let state: String
  }

  private static func recorded(in db: Database) throws -> [Recorded] {
    guard try db.tableExists("schema_migrations") else { return [] }
    return try Row.fetchAll(
      db,
      sql: """
        SELECT number, name, checksum, applied_at, milliseconds, state
        FROM schema_migrations ORDER BY number
        """
    ).map { row in
      Recorded(
        number: row[0], name: row[1], checksum: row[2],
        appliedAt: Timestamp(milliseconds: row[3]), milliseconds: row[4], state: row[5])
    }
  }

  private static func createLedger(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS schema_migrations (
          number INTEGER PRIMARY KEY,
          name TEXT NOT NULL,
          checksum TEXT NOT NULL,
          applied_at INTEGER NOT NULL,
          milliseconds INTEGER NOT NULL,
          state TEXT NOT NULL CHECK (state IN ('applied', 'rolled_back'))
        ) STRICT;
        CREATE TABLE IF NOT EXISTS admin_keys (
          id INTEGER PRIMARY KEY,
          hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
          created_at INTEGER NOT NULL
        ) STRICT;
        """)
  }

  private func read<Output>(_ body: (Database) throws -> Output) throws -> Output {
    try StoreError.translating(path: path ?? "") { try writer.read(body) }
  }

  private func whileHeld<Output>(_ body: () throws -> Output) throws -> Output {
    if let path { try WriteTicket(path: path + ".lock").whileHeld(body) } else { try body() }
  }

  /// One migration up or down: its script, the check of every foreign key and its own record in one
  /// transaction. Foreign keys are off meanwhile, as a table that is dropped has rows that point at
  /// it; inside a transaction the switch would be ignored.
  private func step(
    _ migration: Migration, at now: Timestamp, script: String, state: MigrationStatus.State
  ) throws {
    do {
      try writer.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA foreign_keys = OFF")
        defer { try? db.execute(sql: "PRAGMA foreign_keys = ON") }  // read back by the next opening
        let began = ContinuousClock.now
        try db.inTransaction(.immediate) {
          try Self.createLedger(in: db)
          try db.execute(sql: script)
          try Self.refuseDangling(in: db)
          let spent = (ContinuousClock.now - began) / .milliseconds(1)
          try db.execute(
            sql: """
              INSERT INTO schema_migrations
                (number, name, checksum, applied_at, milliseconds, state)
              VALUES (?, ?, ?, ?, ?, ?)
              ON CONFLICT (number) DO UPDATE SET name = excluded.name,
                checksum = excluded.checksum, applied_at = excluded.applied_at,
                milliseconds = excluded.milliseconds, state = excluded.state
              """,
            arguments: [
              migration.number, migration.name, migration.checksum, now.milliseconds,
              Int(spent.rounded(.up)), state.rawValue,
            ])
          return .commit
        }
      }
    } catch let error as DatabaseError {
      throw StoreError.migration(
        .broken(number: migration.number, message: error.message ?? "no message"))
    }
  }

  private static func refuseDangling(in db: Database) throws {
    let tables = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { $0["table"] as String }
    if let table = tables.first {
      throw StoreError.migration(
        .foreignKeys(table: table, count: tables.filter { $0 == table }.count))
    }
  }

  private func refuseLoss(destroying: String?) throws {
    let entries = try read { db in
      try db.tableExists("journal_entries")
        ? Int.fetchOne(
          db, sql: "SELECT count(*) FROM journal_entries WHERE status IN ('posted', 'reversed')")
          ?? 0
        : 0
    }
    let file = ((path ?? "") as NSString).lastPathComponent
    guard entries == 0 || destroying.map({ ($0 as NSString).lastPathComponent }) == file else {
      throw StoreError.migration(.wouldDestroy(entries: entries, file: file))
    }
  }

  private func backUp(before now: Timestamp) throws {
    guard let path else { return }
    let copy = Self.unusedName("\(path).\(now.text.filter(\.isNumber))", "backup")
    try StoreError.translating(path: copy) {
      try writer.writeWithoutTransaction {
        try $0.execute(sql: "VACUUM INTO ?", arguments: [copy])
      }
    }
  }

  /// `stem.suffix`, or with a number between where there is such a file: a backup never takes the
  /// place of another.
  private static func unusedName(_ stem: String, _ suffix: String) -> String {
    var name = "\(stem).\(suffix)"
    var count = 1
    while FileManager.default.fileExists(atPath: name) {
      count += 1
      name = "\(stem).\(count).\(suffix)"
    }
    return name
  }
}

extension Migration {
  /// SHA-256 of the text that brings the schema up, in hexadecimal.
  package var checksum: String { hexadecimal(SHA256.hash(data: Array(up.utf8))) }
}
