import GRDB
import Migrations
import Testing

struct RollbackTests {
  @Test func `rolling everything back leaves nothing but what the runner keeps`() throws {
    let books = try Books.empty()
    try books.run("CREATE TABLE schema_migrations (number INTEGER); CREATE TABLE admin_keys (hash)")
    let before = try books.schema()
    for migration in Migrations.all { try books.run(migration.up) }
    for migration in Migrations.all.reversed() { try books.run(migration.down) }
    #expect(try books.schema() == before)
  }

  @Test func `each rollback takes back exactly what its migration made`() throws {
    let books = try Books.empty()
    var stages: [[String]] = []
    for migration in Migrations.all {
      stages.append(try books.schema())
      try books.run(migration.up)
    }
    for migration in Migrations.all.reversed() {
      try books.run(migration.down)
      #expect(try books.schema() == stages.removeLast(), "after \(migration.name)")
    }
  }

  @Test func `up, down and up again is the same as up`() throws {
    let books = try Books.empty()
    for migration in Migrations.all { try books.run(migration.up) }
    let once = try books.schema()
    for migration in Migrations.all.reversed() { try books.run(migration.down) }
    for migration in Migrations.all { try books.run(migration.up) }
    #expect(try books.schema() == once)
  }

  /// With rows in it a table is only dropped as the runner does it: foreign keys off meanwhile.
  @Test func `books with entries in them roll back too`() throws {
    let books = try Books()
    try books.queue.inDatabase { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      for migration in Migrations.all.reversed() {
        try db.inTransaction {
          try db.execute(sql: migration.down)
          return .commit
        }
      }
    }
    #expect(try books.schema() == [])
  }

  @Test func `indexes come back over the entries that are there`() throws {
    let books = try Books()
    let indexes = try #require(
      Migrations.all.first { $0.name == "additional_indexes" })
    try books.run(indexes.down)
    try books.run(indexes.up)
    #expect(
      try books.rows("SELECT count(*) FROM journal_entries_fts ('cafe')")
        == books.rows("SELECT count(*) FROM journal_entries"))
  }
}
