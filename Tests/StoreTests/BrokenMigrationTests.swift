import Domain
import Foundation
import Migrations
import Store
import TestSupport
import Testing

/// What a migration that can't be applied leaves behind: its record, and nothing else.
@Suite struct BrokenMigrationTests {
  private let folder: TemporaryFolder
  private static let now = TestBooks.start

  init() throws { folder = try TemporaryFolder() }

  private static let fine = Migration(
    6, "fine", up: "CREATE TABLE fine (id INTEGER PRIMARY KEY) STRICT;", down: "DROP TABLE fine;")

  private func migrator(_ last: Migration? = nil) throws -> Migrator {
    try Migrator(
      path: folder.path(), migrations: Migrations.all + [Self.fine] + (last.map { [$0] } ?? []),
      by: "tests")
  }

  private func failure(of last: Migration) throws -> MigrationError? {
    let migrator = try migrator(last)
    defer { try? migrator.close() }  // the test is over
    do {
      try migrator.run(at: Self.now)
      return nil
    } catch StoreError.migration(let error) { return error }
  }

  /// Whether `condition` holds of the file, whatever its schema is.
  private func holds(_ condition: String) throws -> Bool {
    let store = try Store.openAsItIs(at: folder.path(), clock: { Self.now })
    defer { try? store.close() }  // the test is over
    do {
      try store.script(
        "CREATE TEMP TABLE holds (ok INTEGER CHECK (ok = 1)); INSERT INTO holds SELECT \(condition)"
      )
      return true
    } catch StoreError.constraint { return false }
  }

  @Test(arguments: [
    (
      "CREATE TABLE half (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1);",
      MigrationError.broken(number: 7, message: "no such table: nowhere")
    ),
    (
      "CREATE TABLE half (id INTEGER REFERENCES fine (id)) STRICT; INSERT INTO half VALUES (1);",
      .foreignKeys(number: 7, table: "half", count: 1)
    ),
    (
      """
      CREATE TABLE half (id INTEGER CHECK (id > 0)) STRICT;
      PRAGMA ignore_check_constraints = ON;
      INSERT INTO half VALUES (0);
      PRAGMA ignore_check_constraints = OFF;
      """, .unsound(number: 7, finding: "CHECK constraint failed in half")
    ),
  ])
  func `it is taken back whole, and those before it stay`(
    up: String, error: MigrationError
  ) throws {
    let broken = Migration(7, "broken", up: up, down: "DROP TABLE half;")
    #expect(try failure(of: broken) == error)
    let migrator = try migrator(broken)
    #expect(try migrator.status().suffix(2).map(\.state) == [.applied, .failed])
    try migrator.close()
    #expect(try holds("count(*) = 1 FROM sqlite_schema WHERE name IN ('fine', 'half')"))
    #expect(
      try holds(
        "count(*) = 1 FROM schema_migrations WHERE number = 7 AND state = 'failed' AND error <> ''"
      ))
  }

  @Test func `it is tried again, and then it is as if it had never failed`() throws {
    let broken = Migration(7, "broken", up: "SELECT nothing;", down: "")
    #expect(try failure(of: broken) != nil)
    #expect(try failure(of: broken) != nil)
    let mended = Migration(7, "broken", up: "SELECT 1;", down: "SELECT 1;")
    let migrator = try migrator(mended)
    #expect(try migrator.run(at: Self.now) == [7])
    try migrator.requireCurrent()
    try migrator.close()
    #expect(try holds("count(*) = 7 FROM schema_migrations WHERE error IS NULL"))
  }

  @Test func `a rollback that fails leaves the migration applied`() throws {
    let stuck = Migration(7, "stuck", up: "CREATE TABLE half (id);", down: "DROP TABLE nowhere;")
    let migrator = try migrator(stuck)
    try migrator.run(at: Self.now)
    #expect(throws: StoreError.self) {
      try migrator.rollBack(to: 6, destroying: nil, at: Self.now)
    }
    #expect(try migrator.status().allSatisfy { $0.state == .applied })
    try migrator.close()
  }

  @Test func `each run is kept with who, with which program and after which backup`() async throws {
    let books = try await TestBooks.make(at: folder.path())
    try books.store.close()
    let migrator = try migrator()
    #expect(try migrator.run(at: Self.now) == [6])
    try migrator.close()
    let backup = try #require(try folder.names.first { $0.hasSuffix(".backup") })
    #expect(
      try holds(
        """
        applied_by = 'tests' AND app_version = '\(Release.version)'
          AND backup_path = '\(folder.path(backup))'
        FROM schema_migrations WHERE number = 6
        """))
    #expect(try holds("count(backup_path) = 0 FROM schema_migrations WHERE number < 6"))
    #expect(try TemporaryFolder.mode(folder.path(backup)) == 0o600)
  }

  @Test func `without a sound backup nothing is migrated`() async throws {
    let books = try await TestBooks.make(at: folder.path())
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = 1;
      PRAGMA ignore_check_constraints = ON;
      UPDATE accounts SET name = '' WHERE number = '1120';
      PRAGMA ignore_check_constraints = OFF;
      """)
    try books.store.close()
    let migrator = try migrator()
    #expect(throws: StoreError.damaged(message: "CHECK constraint failed in accounts")) {
      try migrator.run(at: Self.now)
    }
    #expect(try migrator.status().last?.state == .pending)
    try migrator.close()
    #expect(try folder.names.allSatisfy { !$0.contains("backup") })
  }

  @Test func `a program that knows fewer migrations neither opens nor migrates the file`() throws {
    let newer = try migrator()
    try newer.run(at: Self.now)
    try newer.close()
    let older = try Migrator(path: folder.path())
    let refusal = StoreError.migration(.unknown(number: 6, name: "fine"))
    #expect(throws: refusal) { try older.run(at: Self.now) }
    #expect(throws: refusal) { try older.requireCurrent() }
    try older.close()
    #expect(throws: refusal) { try Store.open(at: folder.path(), clock: { Self.now }) }
  }
}
