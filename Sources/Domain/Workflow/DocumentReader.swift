/// Takes one key after another out of an object; what is left when all are taken is nobody's.
struct DocumentReader {
  let place: DefinitionFault.Place
  /// The keys that it stands under, with a point behind the last.
  private let prefix: String
  private var fields: [String: JSON]

  init(
    _ json: JSON, at place: DefinitionFault.Place, key: String = ""
  ) throws(DefinitionFault) {
    guard case .object(let list) = json else {
      throw DefinitionFault(place, key, .expected(.object))
    }
    self.place = place
    prefix = key.isEmpty ? "" : key + "."
    fields = [:]
    for field in list {
      guard fields.updateValue(field.value, forKey: field.name) == nil else {
        throw fault(field.name, .repeated)
      }
    }
  }

  func fault(_ key: String, _ reason: DefinitionFault.Reason) -> DefinitionFault {
    // A key that isn't ours may be as long as somebody likes.
    DefinitionFault(place, String((prefix + key).prefix(WorkflowLimits.textCharacters)), reason)
  }

  /// Throws where a key is left that nobody took.
  func finish() throws(DefinitionFault) {
    if let key = fields.keys.min() { throw fault(key, .unknownKey) }
  }

  /// Nil where it isn't there or null.
  mutating func take(_ key: String) -> JSON? {
    let value = fields.removeValue(forKey: key)
    return value == .null ? nil : value
  }

  mutating func need(_ key: String) throws(DefinitionFault) -> JSON {
    guard let value = take(key) else { throw fault(key, .missing) }
    return value
  }

  mutating func object(_ key: String) throws(DefinitionFault) -> DocumentReader {
    try under(key, need(key))
  }

  mutating func objectIfAny(_ key: String) throws(DefinitionFault) -> DocumentReader? {
    guard let value = take(key) else { return nil }
    return try under(key, value)
  }

  /// What stands under `key`, which was taken.
  func under(_ key: String, _ json: JSON) throws(DefinitionFault) -> DocumentReader {
    try DocumentReader(json, at: place, key: prefix + key)
  }

  /// Empty where it isn't there.
  mutating func list(_ key: String, most: Int) throws(DefinitionFault) -> [JSON] {
    guard let value = take(key) else { return [] }
    guard case .array(let items) = value else { throw fault(key, .expected(.list)) }
    guard items.count <= most else { throw fault(key, .tooMany(most: most)) }
    return items
  }

  /// The objects of a list, each at the key and its number.
  mutating func objects(_ key: String, most: Int) throws(DefinitionFault) -> [DocumentReader] {
    var readers: [DocumentReader] = []
    for (index, item) in try list(key, most: most).enumerated() {
      readers.append(try DocumentReader(item, at: place, key: "\(prefix)\(key).\(index + 1)"))
    }
    return readers
  }

  mutating func text(
    _ key: String, most: Int = WorkflowLimits.nameCharacters
  ) throws(DefinitionFault) -> String {
    try text(need(key), key, most: most)
  }

  mutating func textIfAny(
    _ key: String, most: Int = WorkflowLimits.nameCharacters
  ) throws(DefinitionFault) -> String? {
    guard let value = take(key) else { return nil }
    return try text(value, key, most: most)
  }

  /// Lines may end in what is long.
  func text(_ value: JSON, _ key: String, most: Int) throws(DefinitionFault) -> String {
    guard case .string(let text) = value else { throw fault(key, .expected(.text)) }
    guard text.unicodeScalars.count <= most else { throw fault(key, .tooLong(most: most)) }
    let isLong = most > WorkflowLimits.nameCharacters
    guard (isLong ? text.replacing("\n", with: "") : text).unseen == nil else {
      throw fault(key, .unseenCharacter)
    }
    return text
  }

  /// What something is known by: `[a-z0-9_.-]`.
  mutating func identifier(_ key: String) throws(DefinitionFault) -> String {
    let text = try text(key, most: WorkflowLimits.keyCharacters)
    guard text.isWorkflowKey else { throw fault(key, .notAKey) }
    return text
  }

  mutating func number(
    _ key: String, _ range: ClosedRange<Int>
  ) throws(DefinitionFault) -> Int? {
    guard let value = take(key) else { return nil }
    guard case .integer(let number) = value else { throw fault(key, .expected(.wholeNumber)) }
    guard let number = Int(exactly: number), range.contains(number) else {
      throw fault(key, .range(range))
    }
    return number
  }

  mutating func flag(_ key: String, usual: Bool) throws(DefinitionFault) -> Bool {
    guard let value = take(key) else { return usual }
    guard case .bool(let flag) = value else { throw fault(key, .expected(.yesOrNo)) }
    return flag
  }

  mutating func word<Word>(_ key: String) throws(DefinitionFault) -> Word
  where Word: RawRepresentable<String> & CaseIterable {
    try word(need(key), key)
  }

  mutating func word<Word>(_ key: String, usual: Word) throws(DefinitionFault) -> Word
  where Word: RawRepresentable<String> & CaseIterable {
    try wordIfAny(key, Word.self) ?? usual
  }

  mutating func wordIfAny<Word>(
    _ key: String, _ type: Word.Type
  ) throws(DefinitionFault) -> Word?
  where Word: RawRepresentable<String> & CaseIterable {
    guard let value = take(key) else { return nil }
    return try word(value, key)
  }

  private func word<Word>(_ value: JSON, _ key: String) throws(DefinitionFault) -> Word
  where Word: RawRepresentable<String> & CaseIterable {
    guard case .string(let text) = value else { throw fault(key, .expected(.text)) }
    guard let word = Word(rawValue: text) else {
      throw fault(key, .unknownWord(known: Word.allCases.map(\.rawValue)))
    }
    return word
  }

  mutating func expression(_ key: String) throws(DefinitionFault) -> GuardExpression? {
    guard let value = take(key) else { return nil }
    guard case .string(let text) = value else { throw fault(key, .expected(.text)) }
    do throws(GuardParseError) {
      return try GuardExpression.parse(text)
    } catch {
      throw fault(key, .expression(error))
    }
  }
}

extension String {
  /// Whether the schema takes it as the key of a definition.
  package var isWorkflowKey: Bool {
    (1...WorkflowLimits.keyCharacters).contains(utf8.count)
      && utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
          true
        default: false
        }
      }
  }
}
