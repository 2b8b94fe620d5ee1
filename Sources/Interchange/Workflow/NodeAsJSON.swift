import Domain
import Yams

/// Makes JSON of a document, and keeps in which line each thing stands. Only `true`, `false`,
/// `null` and what JSON takes for a number are anything but text: no `yes`, no days.
struct NodeAsJSON {
  let path: String

  func read(_ node: Node, line: Int?) throws(YAMLFileFault) -> (JSON, DocumentPlace) {
    var place = DocumentPlace(line: line)
    switch node {
    case .scalar(let scalar):
      place.text = scalar.string
      return (
        scalar.style == .plain ? JSON(plain: scalar.string) : .string(scalar.string), place
      )
    case .sequence(let sequence):
      var items: [JSON] = []
      for item in sequence {
        let (json, inner) = try read(item, line: item.mark?.line)
        items.append(json)
        place.below["\(items.count)"] = inner
      }
      return (.array(items), place)
    case .mapping(let mapping):
      var fields: [JSON.Field] = []
      for (key, value) in mapping {
        guard let name = key.scalar?.string else {
          throw YAMLFileFault(
            path: path, line: key.mark?.line, reason: "here should be a word and : behind it")
        }
        let (json, inner) = try read(value, line: key.mark?.line)
        fields.append(JSON.Field(name, json))
        place.below[name] = inner
      }
      return (.object(fields), place)
    case .alias:
      preconditionFailure("YAMLFile refuses aliases")
    }
  }
}

extension JSON {
  /// What a word without quotes is.
  init(plain text: String) {
    switch text {
    case "true": self = .bool(true)
    case "false": self = .bool(false)
    case "null", "~", "": self = .null
    default:
      self = text.isNumber ? Int64(text).map(JSON.integer) ?? .decimal(text) : .string(text)
    }
  }

  subscript(name: String) -> JSON? {
    guard case .object(let fields) = self else { return nil }
    return fields.first { $0.name == name }?.value
  }
}

extension String {
  /// Whether JSON takes it for a number.
  fileprivate var isNumber: Bool {
    var rest = utf8[...]
    func takeDigits() -> Int {
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      rest = rest[digits.endIndex...]
      return digits.count
    }
    func take(_ signs: String) -> Bool {
      guard let first = rest.first, signs.utf8.contains(first) else { return false }
      rest.removeFirst()
      return true
    }
    _ = take("-")
    let isZero = rest.first == UInt8(ascii: "0")
    let digits = takeDigits()
    guard digits == 1 || digits > 1 && !isZero else { return false }
    if take("."), takeDigits() == 0 { return false }
    if take("eE") {
      _ = take("+-")
      if takeDigits() == 0 { return false }
    }
    return rest.isEmpty
  }
}
