import Domain
import Foundation
import Migrations
import Operations
import Store
import TestSupport
import Testing

/// Migrating a file of books, and what the instance's chain says of it.
@Suite struct SchemaTests {
  private static let fine = Migration(
    6, "fine", up: "CREATE TABLE fine (id INTEGER PRIMARY KEY) STRICT;", down: "DROP TABLE fine;")
  private static let broken = Migration(
    7, "broken", up: "INSERT INTO nowhere VALUES (1);", down: "")

  @Test func `what was applied before a failure is in the chain, and so is the failure`()
    async throws
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: "coreflow-\(UUID())")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }  // a leftover harms nobody
    let path = folder.appending(path: "books.db").path
    try await TestBooks.make(at: path).store.close()
    let schema = Schema(
      of: path, from: TestBooks.origin, clock: { TestBooks.start },
      open: {
        try Migrator(path: $0, migrations: Migrations.all + [Self.fine, Self.broken], by: $1)
      })
    await #expect(
      throws: StoreError.migration(.broken(number: 7, message: "no such table: nowhere"))
    ) { try await schema.run() }
    #expect(try schema.status().suffix(2).map(\.state) == [.applied, .failed])
    let store = try Store.openAsItIs(at: path, clock: { TestBooks.start })
    let records = try await store.snapshot(of: Business.instance, as: .system) { snapshot in
      try snapshot.rows(
        { (name: String, status: String, origin: String) in "\(name) \(status) \(origin)" },
        """
        SELECT resource_name, status, origin FROM audit_logs
        WHERE business_id = :business AND operation = 'migration.run' ORDER BY sequence
        """)
    }
    try store.close()
    #expect(
      records == [
        "006 success \(TestBooks.origin.text)", "007 failure \(TestBooks.origin.text)",
      ])
  }

  @Test(arguments: [
    (
      MigrationError.unknown(number: 6, name: "future"),
      "The database has migration 006, which is newer than this program. Install the newer program."
    ),
    (
      .broken(number: 7, message: "no such table: x"),
      "Migration 007 failed and was taken back: no such table: x."
    ),
    (
      .foreignKeys(number: 7, table: "x", count: 2),
      "Migration 007 would leave 2 rows of x that point at nothing. It was taken back."
    ),
    (
      .unsound(number: 7, finding: "CHECK constraint failed in x"),
      "Migration 007 would damage the database (CHECK constraint failed in x). It was taken back."
    ),
  ])
  func `why a file isn't migrated is said in words`(error: MigrationError, words: String) {
    #expect(UserMessage(StoreError.migration(error)).text == words)
  }
}
