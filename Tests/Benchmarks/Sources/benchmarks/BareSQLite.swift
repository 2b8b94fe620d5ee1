import CSQLite
import Foundation

/// SQLite without a program around it: the same rows, the same durability, nothing checked.
final class BareSQLite {
  private var database: OpaquePointer?

  init(_ path: String) throws {
    guard sqlite3_open(path, &database) == SQLITE_OK else {
      throw Failure(description: "\(path) can't be opened")
    }
    try execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
  }

  deinit { sqlite3_close(database) }

  func execute(_ statement: String) throws {
    guard sqlite3_exec(database, statement, nil, nil, nil) == SQLITE_OK else {
      throw Failure(description: String(cString: sqlite3_errmsg(database)))
    }
  }

  private func prepare(_ statement: String) throws -> OpaquePointer? {
    var prepared: OpaquePointer?
    guard sqlite3_prepare_v2(database, statement, -1, &prepared, nil) == SQLITE_OK else {
      throw Failure(description: String(cString: sqlite3_errmsg(database)))
    }
    return prepared
  }

  /// The rows of a query as text, and how long they took.
  func rows(_ statement: String) throws -> (rows: [[String]], seconds: Double) {
    let start = ContinuousClock.now
    let query = try prepare(statement)
    defer { sqlite3_finalize(query) }
    var rows: [[String]] = []
    while sqlite3_step(query) == SQLITE_ROW {
      rows.append(
        (0..<sqlite3_column_count(query)).map { column in
          sqlite3_column_text(query, column).map { String(cString: $0) } ?? ""
        })
    }
    return (rows, (ContinuousClock.now - start).seconds)
  }

  /// Makes the tables and indexes of another database and inserts all of its rows one by one, in one
  /// transaction. Gives the seconds that inserting took, reading them included.
  func insertAll(from path: String) throws -> Double {
    try execute("ATTACH '\(path)' AS books")
    let made = try rows(
      """
      SELECT type, name, sql FROM books.sqlite_master
      WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND type IN ('table', 'index')
        AND sql NOT LIKE 'CREATE VIRTUAL%'
      ORDER BY type = 'index'
      """
    ).rows
    for row in made { try execute(row[2]) }
    let start = ContinuousClock.now
    try execute("BEGIN")
    for row in made where row[0] == "table" { try insert(table: row[1]) }
    try execute("COMMIT")
    return (ContinuousClock.now - start).seconds
  }

  private func insert(table: String) throws {
    let query = try prepare("SELECT * FROM books.\"\(table)\"")
    defer { sqlite3_finalize(query) }
    let count = sqlite3_column_count(query)
    let places = (0..<count).map { _ in "?" }.joined(separator: ", ")
    let insert = try prepare("INSERT INTO main.\"\(table)\" VALUES (\(places))")
    defer { sqlite3_finalize(insert) }
    while sqlite3_step(query) == SQLITE_ROW {
      for column in 0..<count {
        sqlite3_bind_value(insert, column + 1, sqlite3_column_value(query, column))
      }
      guard sqlite3_step(insert) == SQLITE_DONE else {
        throw Failure(description: String(cString: sqlite3_errmsg(database)))
      }
      sqlite3_reset(insert)
    }
  }
}
