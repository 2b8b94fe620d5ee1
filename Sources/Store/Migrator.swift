import Crypto
package import Domain
import Foundation
import GRDB
package import Migrations

/// Brings a database to the schema that this program knows, or back (RULES §8).
package struct Migrator {
  private let writer: any DatabaseWriter
  private let path: String?
  private let migrations: [Migration]
  /// In whose name it runs, as the database keeps it.
  private let who: String

  init(
    writer: any DatabaseWriter, path: String?, migrations: [Migration] = Migrations.all,
    by who: String = ""
  ) {
    self.writer = writer
    self.path = path
    self.migrations = migrations
    self.who = who
  }

  /// For the file at `path`, which is made when there is none.
  package init(
    path: String, migrations: [Migration] = Migrations.all, by who: String = ""
  ) throws {
    let directory = (path as NSString).deletingLastPathComponent
    var isDirectory: ObjCBool = false
    guard
      directory.isEmpty
        || FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory)
          && isDirectory.boolValue
    else { throw StoreError.cannotOpen(path: path, reason: "\(directory) is not a directory") }
    if FileManager.default.fileExists(atPath: path) { try Opening.checkFile(at: path) }
    self.init(
      writer: try Opening.pool(at: path), path: path, migrations: migrations, by: who)
  }

  /// Each migration that the program knows or the database has, in order.
  package func status() throws -> [MigrationStatus] {
    let entries = try read { try MigrationLedger.entries(in: $0) }
    let known = migrations.map { migration in
      status(of: migration, entries.first { $0.number == migration.number })
    }
    // What a newer program took back, or never brought about, is nothing to this one.
    let newer = entries.filter { entry in
      entry.state == MigrationStatus.State.applied.rawValue
        && !migrations.contains { $0.number == entry.number }
    }
    return known
      + newer.map {
        MigrationStatus(
          number: $0.number, name: $0.name, checksum: $0.checksum, appliedAt: $0.at,
          milliseconds: $0.milliseconds, state: .unknown)
      }
  }

  private func status(of migration: Migration, _ entry: MigrationLedger.Entry?) -> MigrationStatus {
    MigrationStatus(
      number: migration.number, name: migration.name, checksum: migration.checksum,
      appliedAt: entry?.at, milliseconds: entry?.milliseconds,
      state: entry.map { state(of: migration, $0) } ?? .pending)
  }

  private func state(
    of migration: Migration, _ entry: MigrationLedger.Entry
  ) -> MigrationStatus.State {
    switch MigrationStatus.State(rawValue: entry.state) {
    case .rolledBack: .rolledBack
    case .failed: .failed
    case .applied, .pending, .changed, .unknown, nil:
      entry.checksum == migration.checksum ? .applied : .changed
    }
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
  /// Tells `applied` of each as soon as it is there: a later one that fails takes back only itself.
  /// Returns the numbers applied.
  @discardableResult
  package func run(at now: Timestamp, applied: (Int) -> Void = { _ in }) throws -> [Int] {
    try whileHeld {
      let status = try status()
      try refuseChanged(status)
      let pending = migrations.filter { migration in
        status.contains { $0.number == migration.number && $0.state != .applied }
      }
      let isFilled = pending.count < migrations.count && !pending.isEmpty
      let backup = isFilled ? try backUp(before: now) : nil
      for migration in pending {
        try step(migration, to: .applied, at: now, backup: backup)
        applied(migration.number)
      }
      return pending.map(\.number)
    }
  }

  /// Throws what stands against undoing every migration back to `number`. Posted books are only
  /// destroyed when `destroying` repeats the name of the database's file.
  package func checkRollBack(to number: Int, destroying: String?) throws {
    guard migrations.contains(where: { $0.number == number }) else {
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
      let backup = try backUp(before: now)
      let undone = migrations.filter { $0.number >= number && applied.contains($0.number) }
        .reversed()
      for migration in undone {
        try step(migration, to: .rolledBack, at: now, backup: backup)
      }
      return undone.map(\.number)
    }
  }

  /// Keeps the hash of the key that opens the administration; no rollback touches it.
  package func setAdminKey(hash: String, at now: Timestamp) throws {
    try StoreError.translating {
      try writer.write { db in
        try MigrationLedger.create(in: db)
        try db.execute(
          sql: "INSERT INTO admin_keys (hash, created_at) VALUES (?, ?)",
          arguments: [hash, now.milliseconds])
      }
    }
  }

  package func close() throws { try writer.close() }
}

extension Migrator {
  private func read<Output>(_ body: (Database) throws -> Output) throws -> Output {
    try StoreError.translating(path: path ?? "") { try writer.read(body) }
  }

  private func whileHeld<Output>(_ body: () throws -> Output) throws -> Output {
    if let path { try WriteTicket(path: path + ".lock").whileHeld(body) } else { try body() }
  }

  /// One migration up or down, whole or not at all. That one up failed is kept; one down that
  /// failed is still applied.
  private func step(
    _ migration: Migration, to state: MigrationStatus.State, at now: Timestamp, backup: String?
  ) throws {
    let began = ContinuousClock.now
    func record(_ state: MigrationStatus.State, error: String? = nil) -> MigrationLedger.Record {
      MigrationLedger.Record(
        migration: migration, at: now, took: ContinuousClock.now - began, state: state, who: who,
        backup: backup, error: error)
    }
    do {
      try apply(state == .applied ? migration.up : migration.down, of: migration.number) {
        try MigrationLedger.write(record(state), in: $0)
      }
    } catch let error as MigrationError {
      if state == .applied {
        // Where even that can't be written, what went wrong is still what has to be told.
        try? writer.write { db in
          try MigrationLedger.create(in: db)
          try MigrationLedger.write(record(.failed, error: error.reason), in: db)
        }
      }
      throw StoreError.migration(error)
    }
  }

  /// The script, the checks of every page and every foreign key and the record in one transaction.
  /// Foreign keys are off meanwhile, as a table that is dropped has rows that point at it; inside a
  /// transaction the switch would be ignored.
  private func apply(
    _ script: String, of number: Int, _ record: (Database) throws -> Void
  ) throws {
    do {
      try writer.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA foreign_keys = OFF")
        defer { try? db.execute(sql: "PRAGMA foreign_keys = ON") }  // read back by the next opening
        try db.inTransaction(.immediate) {
          try MigrationLedger.create(in: db)
          try db.execute(sql: script)
          try Self.refuseUnsound(in: db, after: number)
          try record(db)
          return .commit
        }
      }
    } catch let error as DatabaseError {
      throw MigrationError.broken(number: number, message: error.message ?? "no message")
    }
  }

  private static func refuseUnsound(in db: Database, after number: Int) throws {
    let tables = try db.danglingTables()
    if let table = tables.first {
      let count = tables.filter { $0 == table }.count
      throw MigrationError.foreignKeys(number: number, table: table, count: count)
    }
    if let finding = try db.pageFindings().first {
      throw MigrationError.unsound(number: number, finding: finding)
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

  /// The path of the copy; nil in memory, where there is nothing to go back to.
  private func backUp(before now: Timestamp) throws -> String? {
    guard let path else { return nil }
    let copy = Self.unusedName("\(path).\(now.text.filter(\.isNumber))", "backup")
    try VerifiedCopy.make(of: writer, at: copy)
    return copy
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
