import GRDB

/// What can go wrong between a statement and the file. The facts; `UserMessage` has the words.
package enum StoreError: Error, Hashable, Sendable {
  /// A statement that doesn't name the business it is for.
  case unscoped(sql: String)
  case column(name: String, wanted: String)
  /// A CHECK, a key or a trigger of the schema said no.
  case constraint(message: String)
  case noRow
  case oneRowExpected(found: Int)
  /// Another process held the books longer than we wait.
  case busy
  case full
  /// The disk, or a limit on this process, refused to read or write.
  case disk(message: String)
  case readOnly
  case cannotOpen(path: String, reason: String)
  case notADatabase(path: String)
  case damaged(message: String)
  /// A connection setting that didn't take: running on would risk the books.
  case pragma(name: String, wanted: String, found: String)
  case migration(MigrationError)
  case database(code: Int32, message: String)
}

package enum MigrationError: Error, Hashable, Sendable {
  /// The file's text isn't what was applied.
  case changed(number: Int, name: String)
  /// The database was made by a newer program.
  case unknown(number: Int, name: String)
  case pending(numbers: [Int])
  case noSuch(number: Int)
  case notApplied(number: Int)
  /// Rolling back would lose posted entries; the name of the file must be repeated.
  case wouldDestroy(entries: Int, file: String)
  case broken(number: Int, message: String)
  case foreignKeys(number: Int, table: String, count: Int)
  /// What SQLite found wrong with the file after the migration.
  case unsound(number: Int, finding: String)

  /// The migration that was tried and taken back; nil where none was tried.
  package var failed: Int? {
    switch self {
    case .broken(let number, _), .foreignKeys(let number, _, _), .unsound(let number, _): number
    case .changed, .unknown, .pending, .noSuch, .notApplied, .wouldDestroy: nil
    }
  }

  /// What the database keeps of a failure.
  var reason: String {
    switch self {
    case .broken(_, let message): message
    case .unsound(_, let finding): finding
    case .foreignKeys(_, let table, let count): "\(count) rows of \(table) point at nothing"
    case .changed, .unknown, .pending, .noSuch, .notApplied, .wouldDestroy: "\(self)"
    }
  }
}

extension StoreError {
  init(_ error: DatabaseError, path: String = "") {
    let message = error.message ?? "no message"
    self =
      switch error.resultCode {
      case .SQLITE_CONSTRAINT: .constraint(message: message)
      case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
      case .SQLITE_FULL: .full
      case .SQLITE_IOERR: .disk(message: message)
      case .SQLITE_READONLY: .readOnly
      case .SQLITE_CANTOPEN: .cannotOpen(path: path, reason: message)
      case .SQLITE_NOTADB: .notADatabase(path: path)
      case .SQLITE_CORRUPT: .damaged(message: message)
      default: .database(code: error.extendedResultCode.rawValue, message: message)
      }
  }

  /// Runs `body` so that no error of the library below gets out.
  static func translating<Output>(path: String = "", _ body: () throws -> Output) throws -> Output {
    do { return try body() } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    }
  }

  static func translating<Output>(_ body: () async throws -> Output) async throws -> Output {
    do { return try await body() } catch let error as DatabaseError { throw StoreError(error) }
  }
}
