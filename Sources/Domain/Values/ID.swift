/// Identity of a row, typed by what it identifies, so that an account's cannot be given for an entry's.
package struct ID<Thing>: Hashable, Sendable, Comparable {
  package let value: Int64

  package init(_ value: Int64) { self.value = value }

  package static func < (left: ID, right: ID) -> Bool { left.value < right.value }
}

extension ID: Codable {
  package init(from decoder: any Decoder) throws {
    value = try decoder.singleValueContainer().decode(Int64.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }
}
