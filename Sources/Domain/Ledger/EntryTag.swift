import Foundation

/// A word that entries and their lines are found by, with a value or without one: `trip:Kiel`.
package struct EntryTag: Hashable, Sendable {
  package let name: String
  package let value: String

  package init(_ name: String, _ value: String = "") {
    self.name = name
    self.value = value
  }

  /// In Unicode's code points, its value included.
  package static let mostCharacters = 100

  /// As people write it. Nil where that is none: a name is one word, and a journal must give back
  /// what is typed.
  package init?(typed text: String) {
    let text = text.trimmingSpaces
    // Of scalars, as journals are read: an accent on a colon makes no other character of it.
    let parts = text.unicodeScalars.split(
      separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = parts.first.map({ String($0) }), !name.isEmpty, text.fitsTag,
      !name.contains(where: \.isWhitespace), text.unicodeScalars.count <= Self.mostCharacters
    else { return nil }
    self.init(name, parts.count == 2 ? String(parts[1]).trimmingSpaces : "")
    guard !isNote, !saysField else { return nil }
  }

  /// Whether it is written as a journal writes what a line has a field for: `tax-amount:5`.
  package static func saysField(typed text: String) -> Bool {
    let name = text.trimmingSpaces.unicodeScalars.prefix { $0 != ":" }
    return EntryTag(String(name)).saysField
  }

  private var saysField: Bool { Self.fields.contains(name) }

  /// As people write it.
  package var text: String { value.isEmpty ? name : "\(name):\(value)" }

  /// Whether it notes what a journal says by other means, for its export: marks, days, costs, and what
  /// has a column of its own here.
  package var isNote: Bool { Self.notes.contains(name) }

  /// Of which project a line is, in journals.
  package static let project = "project"
  /// Whom a line is with.
  package static let party = "party"
  /// By its code, of which department a line is. One that the books don't know is a tag like others.
  package static let department = "department"
  /// The document that a line is of.
  package static let reference = "reference"

  /// Which tax a line says.
  package static let taxCode = "tax-code"
  /// How much of it, a plain decimal in the line's currency. What is none is a tag like others.
  package static let taxAmount = "tax-amount"
  /// How much a line is of: `12.5 kg`. What is none is a tag like others.
  package static let quantity = "quantity"

  private static let fields: Set<String> = [
    department, project, party, reference, taxCode, taxAmount, quantity,
  ]
  private static let notes: Set<String> = [
    "*", "!", "date", "date2", "cost", "cost-in", "number", "type", project, party, reference,
  ]
}

extension String {
  /// Whether a tag of a journal can say it: nothing in it ends the tag or the line, or is read as the
  /// day of a posting, as ` date:` and `[1/31]` are.
  package var fitsTag: Bool {
    unseen == nil
      && !unicodeScalars.contains { $0 == "," || $0 == "\u{2028}" || $0 == "\u{2029}" }
      && !contains(/[ ;]date2?:|\[[\-\/.=0-9]+\]/.matchingSemantics(.unicodeScalar))
  }
}

extension [EntryTag] {
  /// Of such an array as `json` makes; nothing where it is none.
  package init(json: String) {
    guard json != "[]" else {
      self = []
      return
    }
    // What isn't pairs of texts was written by nobody who writes tags.
    let pairs = (try? JSONDecoder().decode([[String]].self, from: Data(json.utf8))) ?? []
    self = pairs.filter { $0.count == 2 }.map { EntryTag($0[0], $0[1]) }
  }

  /// As entries and lines keep them: a JSON array of `[name, value]`.
  package var json: String {
    JSON.array(map { .array([.string($0.name), .string($0.value)]) }).text
  }

  /// As people read them: `rent, trip:Kiel`, without what only exports need.
  package var text: String { filter { !$0.isNote }.map(\.text).joined(separator: ", ") }
}

extension LineContent {
  /// Puts `tags` in the place of those that people gave it; what an import noted stays.
  package mutating func retag(_ new: [EntryTag]) {
    tags = ([EntryTag](json: tags).filter(\.isNote) + new).json
  }
}
