import Migrations
import Testing

struct RegistryTests {
  @Test func `the registry is what lies in the folders`() throws {
    let ups = Migrations.all.map { "00\($0.number)_\($0.name).sql" }
    let downs = Migrations.all.map { "00\($0.number)_\($0.name).down.sql" }
    #expect(try Repository.names(in: "database/migrations") == ups)
    #expect(try Repository.names(in: "database/rollbacks") == downs)
  }

  @Test func `migrations are numbered from 1 without a gap`() {
    #expect(Migrations.all.map(\.number) == Array(1...Migrations.all.count))
  }

  @Test(arguments: Migrations.all.map(\.number))
  func `each file is embedded under its own name`(number: Int) throws {
    let migration = Migrations.all[number - 1]
    let file = "00\(number)_\(migration.name)"
    #expect(migration.up == (try Repository.text("database/migrations/\(file).sql")))
    #expect(migration.down == (try Repository.text("database/rollbacks/\(file).down.sql")))
  }

  @Test(arguments: Migrations.all.map(\.number))
  func `no file begins or ends a transaction or sets anything`(number: Int) {
    let migration = Migrations.all[number - 1]
    for line in (migration.up + migration.down).split(separator: "\n") {
      #expect(
        !["BEGIN;", "BEGIN ", "COMMIT", "END TRANS", "PRAGMA"].contains { line.hasPrefix($0) })
      #expect(line.count <= 100)
    }
  }

  @Test(arguments: Migrations.all.map(\.number))
  func `no migration touches what belongs to the runner`(number: Int) {
    let migration = Migrations.all[number - 1]
    for table in ["schema_migrations", "admin_keys"] {
      #expect(!migration.up.contains(table))
      #expect(!migration.down.contains(table))
    }
  }

  @Test func `the readme lists every code that the database refuses with, and no other`() throws {
    let readme = codes(in: try Repository.text("database/README.md"))
    let schema = codes(in: Migrations.all.map(\.up).joined())
    #expect(schema.subtracting(readme).sorted() == [])
    #expect(readme.subtracting(schema).sorted() == [])
  }

  @Test func `every code that the database refuses with is provoked by a test`() {
    let provoked = Set(Attempt.all.map(\.refusal))
    let schema = codes(in: Migrations.all.map(\.up).joined())
    #expect(schema.subtracting(provoked).sorted() == [])
  }

  private func codes(in text: String) -> Set<String> {
    Set(text.matches(of: /CF[0-9]{3}/).map { String($0.output) })
  }
}
