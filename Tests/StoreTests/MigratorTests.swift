import Domain
import Migrations
import Store
import TestSupport
import Testing

/// Bringing a file to the schema and back (RULES §8).
@Suite struct MigratorTests {
  private let folder: TemporaryFolder
  private static let now = TestBooks.start
  private static let numbers = Migrations.all.map(\.number)

  init() throws { folder = try TemporaryFolder() }

  private func states(_ migrator: Migrator) throws -> [MigrationStatus.State] {
    try migrator.status().map(\.state)
  }

  @Test func `every migration runs once, in order, into a file that only its owner reads`() throws {
    let migrator = try Migrator(path: folder.path())
    #expect(try states(migrator) == Self.numbers.map { _ in .pending })
    #expect(try migrator.run(at: Self.now) == Self.numbers)
    #expect(try states(migrator) == Self.numbers.map { _ in .applied })
    #expect(try migrator.run(at: Self.now) == [])
    let status = try #require(try migrator.status().first)
    #expect(status.name == "core_tenant_users")
    #expect(status.checksum.count == 64)
    #expect(status.appliedAt == Self.now)
    #expect(try TemporaryFolder.mode(folder.path()) == 0o600)
    #expect(try folder.names.filter { $0.hasSuffix(".backup") }.isEmpty)
    try migrator.close()
  }

  @Test func `rolling back undoes the later ones first, after a backup`() throws {
    let migrator = try Migrator(path: folder.path())
    try migrator.run(at: Self.now)
    let later = Self.numbers.filter { $0 >= 3 }
    #expect(try migrator.rollBack(to: 3, destroying: nil, at: Self.now) == later.reversed())
    #expect(try states(migrator) == Self.numbers.map { $0 < 3 ? .applied : .rolledBack })
    let backups = try folder.names.filter { $0.hasSuffix(".backup") }
    #expect(backups.count == 1)
    #expect(try TemporaryFolder.mode(folder.path(backups.first ?? "")) == 0o600)
    #expect(try migrator.run(at: Self.now.adding(seconds: 1)) == later)
    try migrator.requireCurrent()
    try migrator.close()
  }

  @Test func `what isn't applied, or isn't there, isn't rolled back`() throws {
    let migrator = try Migrator(path: folder.path())
    #expect(throws: StoreError.migration(.notApplied(number: 3))) {
      try migrator.rollBack(to: 3, destroying: nil, at: Self.now)
    }
    try migrator.run(at: Self.now)
    #expect(throws: StoreError.migration(.noSuch(number: 99))) {
      try migrator.rollBack(to: 99, destroying: nil, at: Self.now)
    }
    try migrator.close()
  }

  @Test func `posted books are destroyed only by who names the file`() async throws {
    let books = try await TestBooks.make(at: folder.path())
    try await books.post(100)
    try books.store.close()
    let migrator = try Migrator(path: folder.path())
    for destroying in [nil, "other.db"] as [String?] {
      #expect(
        throws: StoreError.migration(.wouldDestroy(entries: 1, file: "books.db"))
      ) { try migrator.rollBack(to: 3, destroying: destroying, at: Self.now) }
    }
    #expect(try states(migrator).allSatisfy { $0 == .applied })
    #expect(
      try migrator.rollBack(to: 3, destroying: "books.db", at: Self.now) == [5, 4, 3])
    try migrator.close()
  }

  @Test func `a migration that changed since it was applied is refused everywhere`() async throws {
    let books = try await TestBooks.make(at: folder.path())
    try books.store.script(
      "UPDATE schema_migrations SET checksum = 'other' WHERE number = 2")
    try books.store.close()
    let migrator = try Migrator(path: folder.path())
    #expect(try states(migrator)[1] == .changed)
    let refusal = StoreError.migration(.changed(number: 2, name: "rbac_departments"))
    #expect(throws: refusal) { try migrator.run(at: Self.now) }
    try migrator.close()
    #expect(throws: refusal) { try Store.open(at: folder.path(), clock: { Self.now }) }
  }

  @Test func `a file of a newer program isn't opened`() async throws {
    let books = try await TestBooks.make(at: folder.path())
    try books.store.script(
      """
      INSERT INTO schema_migrations (number, name, checksum, applied_at, milliseconds, state)
      VALUES (999, 'future', 'x', 0, 0, 'applied')
      """)
    try books.store.close()
    #expect(throws: StoreError.migration(.unknown(number: 999, name: "future"))) {
      try Store.open(at: folder.path(), clock: { Self.now })
    }
  }

  @Test func `what a newer program took back again is nothing to this one`() async throws {
    let books = try await TestBooks.make(at: folder.path())
    try books.store.script(
      """
      INSERT INTO schema_migrations (number, name, checksum, applied_at, milliseconds, state, error)
      VALUES (98, 'future', 'x', 0, 0, 'rolled_back', NULL), (99, 'later', 'x', 0, 0, 'failed', 'no')
      """)
    try books.store.close()
    try Store.open(at: folder.path(), clock: { Self.now }).close()
  }

  @Test func `a file that lacks migrations says which`() throws {
    let migrator = try Migrator(path: folder.path())
    try migrator.run(at: Self.now)
    _ = try migrator.rollBack(to: 4, destroying: nil, at: Self.now)
    try migrator.close()
    #expect(throws: StoreError.migration(.pending(numbers: Self.numbers.filter { $0 >= 4 }))) {
      try Store.open(at: folder.path(), clock: { Self.now })
    }
  }
}
