package import Domain
import Foundation
import Store

/// Everything that can be checked of one database: the file, its schema and, business by business,
/// the books (RULES §3.16). It only reads, and asks for nobody's permission: whoever may read the
/// file may read all that is in it.
package struct Checkup: Sendable {
  let path: String
  let clock: @Sendable () -> Timestamp

  package init(of path: String, clock: @escaping @Sendable () -> Timestamp) {
    self.path = path
    self.clock = clock
  }

  package struct Report: Hashable, Sendable {
    /// Whose books; nil is the file and the instance itself.
    package let business: String?
    package let check: Examination.Check
  }

  /// Throws where the file can't be opened at all; what is wrong inside comes out as findings.
  package func reports() async throws -> [Report] {
    let modes = try Self.openToOthers(path)
    var reports = [Report(business: nil, check: .init("file modes", findings: modes))]
    // Such a file isn't opened: who can read it may have changed it too.
    guard modes.isEmpty else { return reports }
    let store = try Store.openAsItIs(at: path, clock: clock)
    let damage = try Self.damage(of: store)
    // What a damaged file says of itself means nothing.
    guard damage.isEmpty else {
      return reports + [Report(business: nil, check: .init("integrity", findings: damage))]
    }
    reports.append(
      Report(business: nil, check: .init("integrity", findings: try store.danglingFindings())))
    let migrations = try store.migrations().filter { $0.state != .applied }
    reports.append(
      Report(
        business: nil,
        check: .init(
          "migrations", findings: migrations.map { "\($0.label) is \($0.state.rawValue)" })))
    if migrations.isEmpty { reports += try await books(in: store) }
    try store.close()
    return reports
  }

  private func books(in store: Store) async throws -> [Report] {
    let instance = try await store.snapshot(of: Business.instance, as: .system) { snapshot in
      let chain =
        try snapshot.hasChain()
        ? Examination.auditChain(in: snapshot)
        : .init("audit chain", findings: ["no business was ever made here: coreflow init"])
      return Report(business: nil, check: chain)
    }
    var reports = [instance]
    for (business, slug) in try await businesses(in: store) {
      let checks = try await store.snapshot(of: business, as: .system) {
        try Examination().run(in: $0)
      }
      reports += checks.map { Report(business: slug, check: $0) }
    }
    return reports
  }

  private func businesses(in store: Store) async throws -> [(ID<Business>, String)] {
    try await store.snapshot(of: Business.instance, as: .system) { snapshot in
      try snapshot.rows(
        { (id: ID<Business>, slug: String) in (id, slug) },
        "SELECT id, slug FROM businesses WHERE id > :business ORDER BY id")
    }
  }

  private static func damage(of store: Store) throws -> [String] {
    do { return try store.integrityFindings() } catch StoreError.damaged(let message) {
      return [message]
    }
  }

  /// Of the database and the files beside it, those that others than their owner may read or write.
  private static func openToOthers(_ path: String) throws -> [String] {
    var facts = stat()
    guard stat(path, &facts) == 0 else {
      throw StoreError.cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
    return ["", "-wal", "-shm", ".lock"].map { path + $0 }.filter {
      stat($0, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG && facts.st_mode & 0o077 != 0
    }.map { "others may read \($0): chmod 600 it" }
  }
}
