import Foundation
import GRDB

/// How a connection is set up, and the proof that the settings took.
enum Opening {
  private static let busyMilliseconds = String(Int(WriteTicket.waitSeconds * 1000))

  private static let settings: [(name: String, set: String, expected: String)] = [
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", "2"),
    ("foreign_keys", "ON", "1"),
    // Without it INSERT OR REPLACE silently rewrites a posted entry.
    ("recursive_triggers", "ON", "1"),
    ("cell_size_check", "ON", "1"),
    ("secure_delete", "FAST", "2"),
    ("temp_store", "MEMORY", "2"),
    ("journal_size_limit", "67108864", "67108864"),
    ("busy_timeout", busyMilliseconds, busyMilliseconds),
  ]

  static func pool(at path: String) throws -> DatabasePool {
    umask(0o077)
    return try StoreError.translating(path: path) {
      let pool = try DatabasePool(path: path, configuration: configuration())
      // Now, not while the connection is prepared: GRDB lowers `synchronous` after that.
      try pool.writeWithoutTransaction { try set(on: $0, skipping: []) }
      return pool
    }
  }

  /// A connection that never changes anything and sees every commit, this process's too.
  static func watcher(at path: String) throws -> DatabaseQueue {
    var configuration = configuration()
    configuration.readonly = true
    return try StoreError.translating(path: path) {
      try DatabaseQueue(path: path, configuration: configuration)
    }
  }

  static func queueInMemory() throws -> DatabaseQueue {
    try StoreError.translating {
      let queue = try DatabaseQueue(configuration: configuration())
      try queue.writeWithoutTransaction {
        try set(on: $0, skipping: ["journal_mode", "secure_delete", "journal_size_limit"])
      }
      return queue
    }
  }

  /// Refuses what SQLite would answer with a riddle: a directory, a device, a file that others may
  /// read.
  static func checkFile(at path: String) throws {
    var facts = stat()
    guard stat(path, &facts) == 0 else {
      throw StoreError.cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
    guard facts.st_mode & S_IFMT == S_IFREG else {
      throw StoreError.cannotOpen(path: path, reason: "it is not a file")
    }
    guard facts.st_mode & 0o077 == 0 else {
      throw StoreError.cannotOpen(
        path: path, reason: "others may read it; close it to them with: chmod 600")
    }
  }

  private static func configuration() -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(WriteTicket.waitSeconds)
    configuration.maximumReaderCount = 4
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA recursive_triggers = ON; PRAGMA cell_size_check = ON")
    }
    return configuration
  }

  private static func set(on db: Database, skipping skipped: [String]) throws {
    for setting in settings where !skipped.contains(setting.name) {
      try db.execute(sql: "PRAGMA \(setting.name) = \(setting.set)")
      let found = try String.fetchOne(db, sql: "PRAGMA \(setting.name)") ?? "nothing"
      guard found == setting.expected else {
        throw StoreError.pragma(name: setting.name, wanted: setting.expected, found: found)
      }
    }
  }
}
