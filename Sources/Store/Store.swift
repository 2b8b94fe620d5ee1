package import Domain
import Foundation
import GRDB
import GRDBSQLite

/// What measures how long things take; nothing else depends on it.
package typealias Stopwatch = @Sendable () -> ContinuousClock.Instant

/// An open database: the transactions that `Change` and `Snapshot` live in.
package struct Store: Sendable {
  /// Where the file is; nil in memory.
  package let path: String?
  private let writer: any DatabaseWriter
  private let watcher: DatabaseQueue?
  private let ticket: WriteTicket?
  private let tenantTables: TenantTables
  private let clock: @Sendable () -> Timestamp
  /// Of `change`, each when it is done.
  package let commits = Commits()
  package var stopwatch: Stopwatch = { ContinuousClock.now }

  /// Opens the database at `path`, which must have every migration and none that changed.
  package static func open(
    at path: String, clock: @escaping @Sendable () -> Timestamp
  ) throws
    -> Store
  {
    try open(at: path, clock: clock) { migrator, writer in
      try migrator.requireCurrent()
      return try TenantGuard.installCurrent(on: writer)
    }
  }

  /// Opens the database at `path` whatever its schema is: to examine it, or to record what happens
  /// to the schema.
  package static func openAsItIs(
    at path: String, clock: @escaping @Sendable () -> Timestamp
  ) throws
    -> Store
  {
    try open(at: path, clock: clock) { try TenantGuard.install(on: $1) }
  }

  private static func open(
    at path: String, clock: @escaping @Sendable () -> Timestamp,
    guarding: (Migrator, any DatabaseWriter) throws -> TenantTables
  ) throws -> Store {
    try Opening.checkFile(at: path)
    let pool = try Opening.pool(at: path)
    let tables = try guarding(Migrator(writer: pool, path: path), pool)
    return Store(
      path: path, writer: pool, watcher: try Opening.watcher(at: path),
      ticket: WriteTicket(path: path + ".lock"), tenantTables: tables, clock: clock)
  }

  /// A database of its own in memory, fully migrated.
  package static func inMemory(clock: @escaping @Sendable () -> Timestamp) throws -> Store {
    let queue = try Opening.queueInMemory()
    try Migrator(writer: queue, path: nil).run(at: clock())
    return Store(
      path: nil, writer: queue, watcher: nil, ticket: nil,
      tenantTables: try TenantGuard.install(on: queue), clock: clock)
  }

  /// For tests that begin alike: a database in memory with all that this one holds.
  package func copyInMemory(clock: @escaping @Sendable () -> Timestamp) throws -> Store {
    let queue = try Opening.queueInMemory()
    try StoreError.translating { try writer.backup(to: queue) }
    try TenantGuard.install(tenantTables, on: queue)
    return Store(
      path: nil, writer: queue, watcher: nil, ticket: nil, tenantTables: tenantTables, clock: clock)
  }

  package func now() -> Timestamp { clock() }

  /// Runs `body` in one IMMEDIATE transaction.
  package func change<Output: Sendable>(
    in business: ID<Business>, as actor: Actor, _ body: @Sendable (Change) throws -> Output
  ) async throws -> Output {
    let output = try await transaction(in: business, as: actor, ending: .commit, body)
    commits.announce()
    return output
  }

  /// Runs `body` in one IMMEDIATE transaction and takes everything back. It holds the turn to write
  /// while it runs.
  package func rehearse<Output: Sendable>(
    in business: ID<Business>, as actor: Actor, _ body: @Sendable (Change) throws -> Output
  ) async throws -> Output {
    try await transaction(in: business, as: actor, ending: .rollback, body)
  }

  private func transaction<Output: Sendable>(
    in business: ID<Business>, as actor: Actor, ending: Database.TransactionCompletion,
    _ body: @Sendable (Change) throws -> Output
  ) async throws -> Output {
    try await StoreError.translating {
      try await writer.writeWithoutTransaction { db in
        try withTicket {
          var output: Output?
          try db.inTransaction(.immediate) {
            try TenantGuard.enter(business, on: db)
            let scope = Scope(
              db, business: business, tenantTables: tenantTables, stopwatch: stopwatch)
            output = try body(Change(scope: scope, now: clock(), actor: actor))
            return ending
          }
          guard let output else { preconditionFailure("the transaction ran its body or threw") }
          return output
        }
      }
    }
  }

  private func withTicket<Output>(_ body: () throws -> Output) throws -> Output {
    if let ticket { try ticket.whileHeld(body) } else { try body() }
  }

  package func snapshot<Output: Sendable>(
    of business: ID<Business>, as actor: Actor, _ body: @Sendable (Snapshot) throws -> Output
  ) async throws -> Output {
    try await StoreError.translating {
      guard path == nil else {
        return try await writer.read { try body(snapshot(of: business, as: actor, on: $0)) }
      }
      // Where one connection does all, GRDB's `read` turns `query_only` on and off around it, for
      // which SQLite prepares every statement anew.
      return try await writer.writeWithoutTransaction { db in
        var output: Output?
        try db.inTransaction(.deferred) {
          output = try body(snapshot(of: business, as: actor, on: db))
          return .rollback
        }
        guard let output else { preconditionFailure("the transaction ran its body or threw") }
        return output
      }
    }
  }

  private func snapshot(
    of business: ID<Business>, as actor: Actor, on db: Database
  ) -> Snapshot {
    let scope = Scope(
      db, business: business, tenantTables: tenantTables, stopwatch: stopwatch, mayWrite: false)
    return Snapshot(scope: scope, now: clock(), actor: actor)
  }

  /// A number that moves whenever any connection of any process has committed.
  package func version() throws -> Int64 {
    try StoreError.translating {
      guard let watcher else {
        return try writer.unsafeRead { Int64($0.totalChangesCount) }
      }
      return try watcher.unsafeRead {
        try Int64.fetchOne($0.cachedStatement(sql: "PRAGMA data_version")) ?? 0
      }
    }
  }

  /// Puts the whole write-ahead log into the file, which then is the database by itself. Throws
  /// `busy` while somebody reads or writes.
  package func flush() throws {
    try StoreError.translating {
      _ = try writer.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    }
  }

  /// Ends every connection.
  package func close() throws {
    try StoreError.translating {
      try watcher?.close()
      try writer.close()
    }
  }

  /// Puts a consistent copy into a new file at `destination`, examined before it gets that name.
  package func backUp(to destination: String) throws {
    try VerifiedCopy.make(of: writer, at: destination)
  }

  /// Where the schema stands, migration by migration.
  package func migrations() throws -> [MigrationStatus] {
    try Migrator(writer: writer, path: path).status()
  }

  package func hasTable(_ name: String) throws -> Bool {
    try StoreError.translating { try writer.read { try $0.tableExists(name) } }
  }

  /// What SQLite itself says of the file: empty when pages and full-text indexes are whole.
  package func integrityFindings() throws -> [String] {
    try StoreError.translating { try writer.unsafeRead { try $0.pageFindings() } }
  }

  /// Of the rows: empty where whatever they point at is there.
  package func danglingFindings() throws -> [String] {
    try StoreError.translating {
      try writer.unsafeRead { db in
        try db.danglingTables().map { "a row of \($0) points at nothing" }
      }
    }
  }

  /// For tests that break rules by hand: runs any SQL on the writer.
  package func script(_ sql: String) throws {
    try StoreError.translating {
      try writer.writeWithoutTransaction { try $0.execute(sql: sql) }
    }
  }
}
