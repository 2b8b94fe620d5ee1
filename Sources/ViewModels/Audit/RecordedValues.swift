import Foundation

/// What a record says that a thing was or became: its fields by their names, those of lines by the
/// line's number too, `line 2 debit`.
struct RecordedValues {
  /// In the order of their names, lines in their own.
  let fields: [(name: String, value: String)]

  /// Of the canonical JSON of RULES §6.2; nothing of what isn't.
  init(_ text: String?) {
    // What can't be read is shown by nobody's guess; the record's hash proves the text itself.
    let value = text.flatMap { try? JSONDecoder().decode(Value.self, from: Data($0.utf8)) }
    fields = value.map { Self.flat($0, named: "") } ?? []
  }

  /// Both sides, each field once.
  static func changes(from old: String?, to new: String?) -> [DiffPanel.Field] {
    let (old, new) = (RecordedValues(old).fields, RecordedValues(new).fields)
    let before = Dictionary(old.map { ($0.name, $0.value) }) { first, _ in first }
    let after = Dictionary(new.map { ($0.name, $0.value) }) { first, _ in first }
    let names = old.map(\.name) + new.map(\.name).filter { before[$0] == nil }
    return names.map { DiffPanel.Field(name: $0, old: before[$0], new: after[$0]) }
  }

  private static func flat(_ value: Value, named name: String) -> [(name: String, value: String)] {
    func within(_ part: String) -> String { name.isEmpty ? part : "\(name) \(part)" }
    switch value {
    case .leaf(let text): return text.isEmpty ? [] : [(name.replacing("_", with: " "), text)]
    case .list(let items):
      // `line 2 debit`; what a line has nothing of isn't worth a row.
      let one = name.hasSuffix("s") ? String(name.dropLast()) : name
      return items.enumerated().flatMap { flat($1, named: "\(one) \($0 + 1)") }
        .filter { $0.value != "0" }
    case .object(let fields):
      return fields.sorted { $0.key < $1.key }.flatMap { flat($1, named: within($0)) }
    }
  }

  private enum Value: Decodable {
    case leaf(String)
    case list([Value])
    case object([String: Value])

    init(from decoder: any Decoder) throws {
      let here = try decoder.singleValueContainer()
      if here.decodeNil() {
        self = .leaf("")
      } else if let flag = try? here.decode(Bool.self) {
        self = .leaf(flag ? "yes" : "no")
      } else if let number = try? here.decode(Int64.self) {
        self = .leaf(String(number))
      } else if let text = try? here.decode(String.self) {
        self = .leaf(text)
      } else if let items = try? here.decode([Value].self) {
        self = .list(items)
      } else {
        self = .object(try here.decode([String: Value].self))
      }
    }
  }
}
