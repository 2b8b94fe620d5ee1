import Domain
import Foundation
import GRDBSQLite
import Operations
import Store

/// Measures how long a decision takes about somebody with a thousand grants, and prints it with what
/// SQLite alone takes to read those grants; nothing is asserted.
@main
struct Decisions {
  private static let grants = 1_000
  private static let now = Timestamp(milliseconds: 1_795_428_000_000)

  static func main() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("coreflow-decisions-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    // What can't be removed is left to the system's own cleaning.
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let office = try await Office.make(at: folder + "/books.db", now: now)
    print("| what | CoreFlow µs | bare SQLite µs | ratio |\n| --- | --- | --- | --- |")
    for spread in Spread.allCases {
      let user = try await office.hire(spread, grants: grants)
      let bare = try Self.bare(office.path, user)
      let rights = try await office.store.snapshot(of: office.business, as: .system) {
        try $0.rights(of: user)
      }
      say("\(spread.rawValue), warm", Self.median { Self.decide(by: rights, user) }, bare)
      let filtered = try await office.store.snapshot(of: office.business, as: .system) { snapshot in
        try Self.median {
          Self.decide(by: try snapshot.rights(of: user, for: .journalPost), user)
        }
      }
      say("\(spread.rawValue), read anew for it", filtered, bare)
      let whole = try await office.store.snapshot(of: office.business, as: .system) { snapshot in
        try Self.median { Self.decide(by: try snapshot.rights(of: user), user) }
      }
      say("\(spread.rawValue), all rights read anew", whole, bare)
    }
  }

  private static func say(_ what: String, _ ours: Double, _ bare: Double) {
    let figures = [ours, bare, ours / bare].map { String(format: "%.2f", $0) }
    print("| \(what) | \(figures.joined(separator: " | ")) |")
  }

  private static func decide(by rights: Rights, _ user: ID<User>) {
    var resource = Resource(
      creator: user, departments: [ID(1)], amount: Money(minorUnits: 12_345))
    resource.accounts = [ID(1), ID(2)]
    let decision = rights.decide(.journalPost, on: resource, in: Circumstances(now))
    precondition(decision.permission == .journalPost)
  }

  /// In microseconds, of many.
  private static func median(_ body: () throws -> Void) rethrows -> Double {
    var times: [Double] = []
    for _ in 0..<501 {
      let start = ContinuousClock.now
      try body()
      let time = ContinuousClock.now - start
      times.append(
        Double(time.components.seconds) * 1e6 + Double(time.components.attoseconds) / 1e12)
    }
    return times.sorted()[times.count / 2]
  }

  /// Every column of every grant, one after the other.
  private static func bare(_ path: String, _ user: ID<User>) throws -> Double {
    var database: OpaquePointer?
    var statement: OpaquePointer?
    defer {
      sqlite3_finalize(statement)
      sqlite3_close(database)
    }
    guard sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, nil) == SQLITE_OK,
      sqlite3_prepare_v2(
        database,
        """
        SELECT id, permission, effect, subject_type, subject_id, amount_limit, conditions,
          starts_at, ends_at, revoked_at
        FROM user_permissions WHERE business_id = 1 AND user_id = \(user.value) ORDER BY id
        """, -1, &statement, nil) == SQLITE_OK
    else { throw StoreError.noRow }
    var bytes = 0
    let time = median {
      while sqlite3_step(statement) == SQLITE_ROW {
        for column in 0..<sqlite3_column_count(statement) {
          bytes += Int(sqlite3_column_bytes(statement, column))
        }
      }
      sqlite3_reset(statement)
    }
    precondition(bytes > grants)
    return time
  }
}
