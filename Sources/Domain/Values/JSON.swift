/// A JSON document to write. Objects keep the order they are given in; `sorted` is the canonical
/// form of RULES §6.2.
package indirect enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// Digits as they are to stand, such as `-1234.50`: amounts never pass through floating point.
  case decimal(String)
  case string(String)
  case array([JSON])
  case object([Field])
  /// A document that is written already.
  case written(String)

  package struct Field: Hashable, Sendable {
    package let name: String
    package let value: JSON

    package init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  /// Without spaces or line ends.
  package var text: String {
    switch self {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .integer(let number): String(number)
    case .decimal(let digits): digits
    case .string(let text): Self.quoted(text)
    case .array(let items): "[\(items.map(\.text).joined(separator: ","))]"
    case .object(let fields):
      "{\(fields.map { "\(Self.quoted($0.name)):\($0.value.text)" }.joined(separator: ","))}"
    case .written(let text): text
    }
  }

  package static func text(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }

  /// An identifier, which scripts get as a string.
  package static func id(_ value: Int64?) -> JSON { value.map { .string(String($0)) } ?? .null }

  /// With its fields in the order of their names.
  package static func sorted(_ fields: [Field]) -> JSON {
    .object(fields.sorted { $0.name < $1.name })
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
        result += "\\u00" + hexadecimal(UInt8(scalar.value))
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension JSON: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { Field($0.0, $0.1) })
  }
}

private let digits = Array("0123456789abcdef")

/// Two lower-case digits.
package func hexadecimal(_ byte: UInt8) -> String {
  String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
}

package func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { hexadecimal($0) }.joined()
}
