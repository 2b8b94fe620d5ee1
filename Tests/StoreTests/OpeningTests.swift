import Domain
import Foundation
import Store
import TestSupport
import Testing

/// What is opened, what isn't, and how it is set up once it is (RELIABILITY §0b).
@Suite struct OpeningTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open(_ path: String) throws -> Store {
    try Store.open(at: path, clock: { TestBooks.start })
  }

  private func reason(_ path: String) -> String? {
    do {
      _ = try open(path)
      return nil
    } catch StoreError.cannotOpen(_, let reason) { return reason } catch { return "\(error)" }
  }

  @Test func `a missing file, a folder and a device are refused by name`() throws {
    #expect(reason(folder.path("none.db")) == "No such file or directory")
    #expect(reason(folder.path("")) == "it is not a file")
    #expect(reason("/dev/null") == "it is not a file")
    #expect(throws: StoreError.self) { try Migrator(path: folder.path("none/books.db")) }
  }

  @Test func `a file that others may read is refused`() async throws {
    let books = try await TestBooks.make(at: folder.path())
    try books.store.close()
    for mode in [0o644, 0o640, 0o606] {
      try FileManager.default.setAttributes(
        [.posixPermissions: mode], ofItemAtPath: folder.path())
      #expect(reason(folder.path())?.contains("chmod 600") == true)
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.path())
    try open(folder.path()).close()
  }

  @Test func `a file that is something else is refused, and stays as it is`() throws {
    let text = Data(repeating: 0x41, count: 8192)
    try text.write(to: URL(filePath: folder.path("text.db")))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600], ofItemAtPath: folder.path("text.db"))
    #expect(throws: StoreError.notADatabase(path: folder.path("text.db"))) {
      try open(folder.path("text.db"))
    }
    #expect(try Data(contentsOf: URL(filePath: folder.path("text.db"))) == text)
  }

  @Test(arguments: [
    ("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1"),
    ("recursive_triggers", "1"), ("cell_size_check", "1"), ("secure_delete", "2"),
    ("temp_store", "2"), ("journal_size_limit", "67108864"), ("busy_timeout", "10000"),
  ])
  func `the writer has the settings that books need`(
    _ name: String, _ wanted: String
  ) async throws {
    let books = try await TestBooks.make(at: folder.path())
    let column = name == "busy_timeout" ? "timeout" : name
    // There is no way to bind a pragma's name; the script fails where the setting differs.
    try books.store.script(
      """
      CREATE TEMP TABLE IF NOT EXISTS wanted (ok INTEGER CHECK (ok = 1));
      INSERT INTO temp.wanted SELECT "\(column)" = \(Int(wanted) == nil ? "'\(wanted)'" : wanted)
      FROM pragma_\(name);
      """)
  }

  @Test func `every file beside the database is its owner's alone`() async throws {
    let books = try await TestBooks.make(at: folder.path())
    try await books.post(100)
    try books.store.backUp(to: folder.path("copy.db"))
    let names = try folder.names
    #expect(Set(names).isSuperset(of: ["books.db", "books.db-wal", "books.db.lock", "copy.db"]))
    for name in names { #expect(try TemporaryFolder.mode(folder.path(name)) == 0o600, "\(name)") }
    try open(folder.path("copy.db")).close()
  }

  @Test func `whatever file is opened, no row of another business is written`() async throws {
    let books = try await TestBooks.make(at: folder.path())
    let foreign = try await books.neighbour().business.value
    try books.store.close()
    for _ in 0..<2 {
      let store = try open(folder.path())
      await #expect(throws: StoreError.constraint(message: "CF000 a row of another business")) {
        try await store.change(in: books.business, as: .system) {
          try $0.execute(
            "UPDATE accounts SET name = 'Ours' WHERE business_id = :other AND :business > 0",
            ["other": foreign])
        }
      }
      try store.close()
    }
  }

  @Test func `a connection that may only read says so`() async throws {
    let books = try await TestBooks.make(at: folder.path())
    try books.store.script("PRAGMA query_only = ON")
    await #expect(throws: StoreError.readOnly) { try await books.post(100) }
    try books.store.script("PRAGMA query_only = OFF")
    try await books.post(100)
  }

  @Test func `a full disk loses nothing and halves nothing`() async throws {
    let books = try await TestBooks.make(at: folder.path())
    let store = books.store
    // SQLite never makes the limit smaller than the file is: this is its size, and no page more.
    try store.script("PRAGMA max_page_count = 1")
    var posted: Int64 = 0
    await #expect(throws: StoreError.full) {
      while posted < 10_000 {
        try await books.post(1)
        posted += 1
      }
    }
    #expect(try store.integrityFindings().isEmpty)
    #expect(try await books.balances()["6200", default: 0] == posted)
    try store.script("PRAGMA max_page_count = 1000000")
    try await books.post(1)
    #expect(try await books.balances()["6200"] == posted + 1)
  }
}
