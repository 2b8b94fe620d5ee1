import Foundation

/// The bytes that a hash is taken of: each field as a type byte, eight bytes of length (big-endian)
/// and its bytes, so that no two records have the same (RULES §6.2). Absent is not empty.
package struct CanonicalBytes: Sendable {
  package private(set) var bytes: [UInt8] = []

  /// `version` names the layout, so that a later one can't be taken for this.
  package init(version: String) {
    add(version)
  }

  package mutating func add(_ text: String?) {
    guard let text else { return append("n", []) }
    let composed =
      text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCanonicalMapping
    append("t", composed.utf8)
  }

  package mutating func add(_ number: Int64?) {
    guard let number else { return append("n", []) }
    append("i", withUnsafeBytes(of: number.bigEndian, Array.init))
  }

  package mutating func add(_ number: Int?) { add(number.map(Int64.init)) }

  package mutating func add(_ flag: Bool) { add(flag ? 1 as Int64 : 0) }

  private mutating func append(_ type: Unicode.Scalar, _ content: some Collection<UInt8>) {
    bytes.append(UInt8(ascii: type))
    bytes.append(contentsOf: withUnsafeBytes(of: Int64(content.count).bigEndian, Array.init))
    bytes.append(contentsOf: content)
  }
}
