import Foundation
import GRDB
import Migrations

/// A database of its own for each test: all migrations applied, two businesses in it, with an entry
/// in every state. SQL is run on it by hand, as somebody with the file and a shell would.
struct Books {
  let queue: DatabaseQueue

  /// A copy of `filled`.
  init() throws {
    queue = try Books.connect()
    try Books.filled.get().backup(to: queue)
  }

  private init(empty: Void) throws { queue = try Books.connect() }

  /// No migration applied yet.
  static func empty() throws -> Books { try Books(empty: ()) }

  private static let filled = Result {
    let books = try Books.empty()
    for migration in Migrations.all { try books.run(migration.up) }
    try books.run(Seed.tenants + Seed.chart + Seed.entries)
    return books.queue
  }

  private static func connect() throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA recursive_triggers = ON") }
    return try DatabaseQueue(configuration: configuration)
  }

  /// Runs all statements of `sql` in one transaction.
  func run(_ sql: String) throws {
    try queue.write { try $0.execute(sql: sql) }
  }

  /// What the database says to `sql`; nil where it does it.
  func refusal(of sql: String) -> String? {
    do {
      try run(sql)
      return nil
    } catch {
      return (error as? DatabaseError)?.message ?? "\(error)"
    }
  }

  /// The rows that `sql` yields, each as its columns with `|` between them.
  func rows(_ sql: String) throws -> [String] {
    try queue.read { db in
      try Row.fetchAll(db, sql: sql).map { row in
        row.databaseValues.map { $0.isNull ? "–" : "\($0.storage.value ?? "–")" }
          .joined(separator: "|")
      }
    }
  }

  /// How SQLite would find what `sql` asks for, step by step.
  func plan(_ sql: String) throws -> [String] {
    try queue.read { db in
      let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
      statement.setUncheckedArguments(StatementArguments())
      return try Row.fetchAll(statement).map { $0["detail"] }
    }
  }

  /// Every object of the schema with its text, but for what SQLite makes by itself.
  func schema() throws -> [String] {
    try rows(
      """
      SELECT type, name, tbl_name, sql FROM sqlite_schema
      WHERE name <> 'sqlite_sequence' ORDER BY type, name
      """)
  }
}

/// Where the repository is, for what a test reads of its files.
enum Repository {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The names in a folder, but for hidden ones.
  static func names(in path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appending(path: path).path)
      .filter { !$0.hasPrefix(".") }.sorted()
  }
}
