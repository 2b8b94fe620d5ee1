/// As transitions keep what an instance's variables hold: `{"number":"12.5"}`. Numbers never pass
/// through floating point.
extension GuardValue: Codable {
  private enum CodingKeys: String, CodingKey {
    case number
    case text
    case flag
    case day
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    guard let key = container.allKeys.first, container.allKeys.count == 1 else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "not one value"))
    }
    func unreadable() -> DecodingError {
      .dataCorruptedError(forKey: key, in: container, debugDescription: "not a \(key.rawValue)")
    }
    switch key {
    case .number:
      let number = Quantity(try container.decode(String.self, forKey: key))
      guard let number else { throw unreadable() }
      self = .number(number)
    case .text: self = .text(try container.decode(String.self, forKey: key))
    case .flag: self = .flag(try container.decode(Bool.self, forKey: key))
    case .day:
      let day = Day(try container.decode(String.self, forKey: key))
      guard let day else { throw unreadable() }
      self = .day(day)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .number(let number): try container.encode(number.text, forKey: .number)
    case .text(let text): try container.encode(text, forKey: .text)
    case .flag(let flag): try container.encode(flag, forKey: .flag)
    case .day(let day): try container.encode(day.text, forKey: .day)
    }
  }
}
