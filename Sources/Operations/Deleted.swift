package import Domain

/// Something that is marked deleted and can be brought back.
package struct Deleted<Thing>: Hashable, Sendable {
  package let id: ID<Thing>
  /// What it is told by: a code, a number or a name.
  package let key: String
  /// What else people call it.
  package let name: String
  package let at: Timestamp
}

extension Array {
  /// The last that people called so. Throws `noSuchNamed`.
  package func called<Thing>(
    _ name: String, _ kind: Subject.Kind
  ) throws(Refusal) -> Deleted<Thing> where Element == Deleted<Thing> {
    let folded = name.lowercased()
    let found =
      first { $0.key.lowercased() == folded } ?? first { $0.name.lowercased() == folded }
    guard let found else { throw Refusal.noSuchNamed(kind: kind, name: name) }
    return found
  }
}
