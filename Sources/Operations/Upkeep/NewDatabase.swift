import Crypto
package import Domain
import Foundation
import Store

/// A database that is yet to be made.
///
/// Everything is made in a file beside the wanted one and then given its name, so that a failure or
/// a power cut leaves nothing half done.
package struct NewDatabase: Sendable {
  let path: String
  let origin: String
  let clock: @Sendable () -> Timestamp
  let chance: @Sendable (Int) -> [UInt8]

  package init(
    at path: String, from origin: Origin, clock: @escaping @Sendable () -> Timestamp,
    chance: @escaping @Sendable (Int) -> [UInt8] = systemChance
  ) {
    self.path = path
    self.origin = origin.text
    self.clock = clock
    self.chance = chance
  }

  /// A key for its administration: 256 unguessable bits.
  package func newAdminKey() -> String { "cfa_" + hexadecimal(chance(32)) }

  /// Makes it with what `fill` puts in. Of `adminKey` only the hash is kept.
  ///
  /// A file that is there already is only taken where it has no business yet. Throws
  /// `instanceExists`, or what `fill` throws.
  package func make(
    adminKey: String, _ fill: @Sendable (Workspace) async throws -> Void
  ) async throws {
    let turn = try await turn()
    defer { close(turn) }
    guard !FileManager.default.fileExists(atPath: path) else {
      return try await make(path, adminKey, fill)
    }
    try await inDraft(adminKey, fill) { draft in
      // Not a rename: that would replace what somebody else has made meanwhile.
      link(draft, path)
    }
  }

  /// Makes it in the place of a file that nobody has open.
  package func replace(
    adminKey: String, _ fill: @Sendable (Workspace) async throws -> Void
  ) async throws {
    let turn = try await turn()
    defer { close(turn) }
    try await inDraft(adminKey, fill) { draft in
      for suffix in ["-wal", "-shm"] { unlink(path + suffix) }
      return rename(draft, path)
    }
  }

  /// Waits until no other process makes a database in the same folder: all drafts of one name are
  /// one file. Closing what it gives lets the next go on. Throws `cannotOpen`.
  private func turn() async throws -> Int32 {
    let folder = open(URL(filePath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
    while folder < 0 || flock(folder, LOCK_EX | LOCK_NB) != 0 {
      guard folder >= 0, errno == EWOULDBLOCK || errno == EINTR else {
        throw StoreError.cannotOpen(path: path, reason: String(cString: strerror(errno)))
      }
      try await Task.sleep(for: .milliseconds(Self.askAgainMilliseconds))
    }
    return folder
  }

  private static let askAgainMilliseconds = 50

  /// `name` gives the finished file its name, as a system call that answers 0 when it did.
  private func inDraft(
    _ adminKey: String, _ fill: @Sendable (Workspace) async throws -> Void,
    name: (_ draft: String) -> Int32
  ) async throws {
    let draft = path + ".new"
    defer { Self.remove(draft) }
    Self.remove(draft)
    try await make(draft, adminKey, fill)
    guard name(draft) == 0 else {
      throw StoreError.cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
  }

  private func make(
    _ path: String, _ adminKey: String, _ fill: @Sendable (Workspace) async throws -> Void
  ) async throws {
    let migrator = try Migrator(path: path, by: origin)
    try migrator.run(at: clock())
    let workspace = try Workspace.open(at: path, clock: clock, chance: chance)
    let isEmpty = try await workspace.store.snapshot(of: Business.instance, as: .system) {
      try $0.one(Bool.self, "SELECT count(*) = 0 FROM businesses WHERE id > :business")
    }
    guard isEmpty else { throw Refusal.instanceExists(path: path) }
    try await fill(workspace)
    try migrator.setAdminKey(
      hash: hexadecimal(SHA256.hash(data: Array(adminKey.utf8))), at: clock())
    try migrator.close()
    // Closing doesn't: the last connection to close may be one that only reads.
    try workspace.store.flush()
    try workspace.close()
  }

  private static func remove(_ path: String) {
    for suffix in ["", "-wal", "-shm", ".lock"] { unlink(path + suffix) }
  }
}
