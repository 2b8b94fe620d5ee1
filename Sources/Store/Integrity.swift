import Foundation
import GRDB

extension Database {
  /// What SQLite itself says of the pages, indexes and constraints; empty where all is whole.
  func pageFindings() throws -> [String] {
    try String.fetchAll(self, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
  }

  /// The table of each row that points at a row which isn't there.
  func danglingTables() throws -> [String] {
    try Row.fetchAll(self, sql: "PRAGMA foreign_key_check").map { $0["table"] }
  }
}

/// A copy of a whole database that was examined before it got its name.
enum VerifiedCopy {
  /// Throws `damaged` where the copy isn't sound; then nothing of it is left.
  static func make(of writer: any DatabaseWriter, at path: String) throws {
    let draft = path + ".new"
    defer { remove(draft) }
    remove(draft)
    try StoreError.translating(path: path) {
      try writer.writeWithoutTransaction {
        try $0.execute(sql: "VACUUM INTO ?", arguments: [draft])
      }
      let copy = try DatabaseQueue(path: draft)
      let findings = Result {
        try copy.read { db in
          try db.pageFindings() + db.danglingTables().map { "a row of \($0) points at nothing" }
        }
      }
      try copy.close()
      if let finding = try findings.get().first { throw StoreError.damaged(message: finding) }
    }
    try sync(draft)
    // Not a rename: that would replace what somebody else has made meanwhile.
    guard link(draft, path) == 0 else {
      throw StoreError.cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
  }

  private static func sync(_ path: String) throws {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    guard file >= 0, fsync(file) == 0 else {
      throw StoreError.cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
  }

  private static func remove(_ draft: String) {
    for suffix in ["", "-journal", "-wal", "-shm"] { unlink(draft + suffix) }
  }
}
