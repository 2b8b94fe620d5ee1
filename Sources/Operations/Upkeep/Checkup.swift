package import Domain
import Foundation
import Store

/// Everything that can be checked of one database: the file, its schema and, business by business,
/// the books (RULES §3.16). It asks for nobody's permission: whoever may read the file may read all
/// that is in it.
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

  /// What became of a business whose sums weren't those of its lines.
  package struct Repair: Hashable, Sendable {
    package let business: String
    /// How many are again.
    package let sums: Int
    /// Why none is; nil where they are.
    package let refusal: Refusal?
  }

  /// Writes sums of the general ledger anew in each business where they aren't those of its lines,
  /// on record there in the name of the system. In a file that isn't sound nothing is touched:
  /// `reports` says what is wrong with it.
  package func repair(from origin: Origin) async throws -> [Repair] {
    guard try Self.openToOthers(path).isEmpty else { return [] }
    let store = try Store.openAsItIs(at: path, clock: clock)
    var repairs: [Repair] = []
    if try Self.damage(of: store).isEmpty,
      try store.migrations().allSatisfy({ $0.state == .applied })
    {
      for (business, slug) in try await businesses(in: store) {
        let wrong = try await store.snapshot(of: business, as: .system) {
          try VerifyLedger().run(in: $0).findings.count
        }
        guard wrong > 0 else { continue }
        repairs.append(try await repair(business, slug, in: store, from: origin))
      }
    }
    try store.close()
    return repairs
  }

  private func repair(
    _ business: ID<Business>, _ slug: String, in store: Store, from origin: Origin
  ) async throws -> Repair {
    let actor = Actor(user: nil, name: "system", origin: origin.text)
    let result = try await store.change(in: business, as: actor) { change in
      try Gate.answer(RepairLedger(), by: .unasked(actor, at: change.now), in: change)
    }
    switch result {
    case .success(let repaired):
      return Repair(business: slug, sums: repaired.cells.count, refusal: nil)
    case .failure(let refusal): return Repair(business: slug, sums: 0, refusal: refusal)
    }
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
