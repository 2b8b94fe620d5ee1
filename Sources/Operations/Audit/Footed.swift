package import Domain
package import Store

/// How far the books had come when something was read out of them, by which paper can be held to
/// them later (RULES §3.11, F4).
package struct Footing: Hashable, Sendable {
  /// The sequence of the audit log's last record: nothing later counts.
  package let highWater: Int64
  /// That record's hash, which rests on all records before it.
  package let chainHead: String
}

extension Footing {
  /// What holds paper to the books: how far they had come, and by which record that is proved.
  package var lines: [String] { words("") }

  /// The same of one of several businesses.
  package func lines(of slug: String) -> [String] { words(" of \(slug)") }

  private func words(_ whose: String) -> [String] {
    ["Ledger high-water\(whose): record \(highWater)", "Chain head\(whose): \(chainHead)"]
  }
}

/// What a query answers, with how far the books had come at the same moment.
package struct Footed<Q: Query>: Query {
  package static var permission: Permission? { Q.permission }
  let query: Q

  package init(_ query: Q) { self.query = query }

  package struct Answer: Equatable, Sendable {
    package let output: Q.Output
    package let footing: Footing
  }

  package func run(in snapshot: Snapshot) throws -> Answer {
    let footing = try snapshot.footing()
    return Answer(output: try query.run(in: snapshot), footing: footing)
  }
}

extension Snapshot {
  func footing() throws -> Footing {
    let footing = try row(
      Footing.init, "SELECT sequence, hash FROM audit_heads WHERE business_id = :business")
    guard let footing else { throw StoreError.noRow }
    return footing
  }
}
