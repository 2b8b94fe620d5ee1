package import Domain
import Foundation

/// Conditions as the database keeps them (RULES §4.3): an object with these fields and no others,
/// amounts in minor units, departments and accounts by id, hours as `[8, 18]`.
struct ConditionsJSON: Codable, Hashable, Sendable, KnowsItsFields {
  var amountMin: Int64?
  var amountMax: Int64?
  var departments: [Int64]?
  var accounts: [Int64]?
  var accountClasses: [String]?
  var entryTypes: [String]?
  var sources: [String]?
  var ownOnly: Bool?
  var periods: [String]?
  var weekdays: [Int]?
  var hours: [Int]?
  var origins: [String]?
  var requiresReason: Bool?
  var mfa: Bool?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case amountMin = "amount_min"
    case amountMax = "amount_max"
    case departments
    case accounts
    case accountClasses = "account_classes"
    case entryTypes = "entry_types"
    case sources
    case ownOnly = "own_only"
    case periods
    case weekdays
    case hours
    case origins = "ip_or_tty"
    case requiresReason = "requires_reason"
    case mfa
  }

  /// Nil where it isn't such an object: a grant with conditions that nobody understands is none.
  static func read(_ text: String) -> Conditions? {
    if text == "{}" { return Conditions() }
    return try? JSONDecoder().decode(Known<ConditionsJSON>.self, from: Data(text.utf8)).value
      .meaning
  }

  init(_ conditions: Conditions) {
    amountMin = conditions.amountAtLeast?.minorUnits
    amountMax = conditions.amountAtMost?.minorUnits
    departments = conditions.departments?.map(\.value).sorted()
    accounts = conditions.accounts?.map(\.value).sorted()
    accountClasses = conditions.accountClasses?.map(\.rawValue).sorted()
    entryTypes = conditions.entryTypes?.map(\.rawValue).sorted()
    sources = conditions.sources?.map(\.rawValue).sorted()
    ownOnly = conditions.ownOnly ? true : nil
    periods = conditions.periods?.map(\.rawValue).sorted()
    weekdays = conditions.weekdays?.sorted()
    hours = conditions.hours.map { [$0.lowerBound, $0.upperBound] }
    origins = conditions.origins?.sorted()
    requiresReason = conditions.reason ? true : nil
    mfa = conditions.secondFactor ? true : nil
  }

  /// As the database keeps it.
  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else {
      preconditionFailure("numbers and words can always be written")
    }
    return String(decoding: data, as: UTF8.self)
  }

  /// Nil where a word or a number has no meaning.
  var meaning: Conditions? {
    var result = Conditions()
    guard let classes = Self.words(accountClasses, AccountType.Class.self),
      let types = Self.words(entryTypes, EntryType.self),
      let origins = Self.words(sources, EntrySource.self),
      let states = Self.words(periods, Conditions.PeriodState.self),
      weekdays?.allSatisfy((1...7).contains) ?? true, let hours = Self.range(hours)
    else { return nil }
    result.amountAtLeast = amountMin.map(Money.init)
    result.amountAtMost = amountMax.map(Money.init)
    result.departments = departments.map { Set($0.map(ID.init)) }
    result.accounts = accounts.map { Set($0.map(ID.init)) }
    result.accountClasses = classes.value
    result.entryTypes = types.value
    result.sources = origins.value
    result.ownOnly = ownOnly ?? false
    result.periods = states.value
    result.weekdays = weekdays.map(Set.init)
    result.hours = hours.value
    result.origins = self.origins.map(Set.init)
    result.reason = requiresReason ?? false
    result.secondFactor = mfa ?? false
    return result
  }

  /// What was read, which may be nothing; nil itself is a fault.
  private struct Found<Value> { let value: Value? }

  private static func words<Word: RawRepresentable & Hashable>(
    _ texts: [String]?, _: Word.Type
  ) -> Found<Set<Word>>? where Word.RawValue == String {
    guard let texts else { return Found(value: nil) }
    let words = texts.compactMap(Word.init)
    return words.count == texts.count ? Found(value: Set(words)) : nil
  }

  private static func range(_ hours: [Int]?) -> Found<Range<Int>>? {
    guard let hours else { return Found(value: nil) }
    guard hours.count == 2, 0 <= hours[0], hours[0] < hours[1], hours[1] <= 24 else { return nil }
    return Found(value: hours[0]..<hours[1])
  }
}

/// What has no fields but those it knows.
protocol KnowsItsFields {
  static var fields: Set<String> { get }
}

extension ConditionsJSON {
  static let fields = Set(CodingKeys.allCases.map(\.rawValue))
}

/// A document whose unknown fields are errors: a condition that is misspelt must not be left out.
struct Known<Value: Codable & Hashable & Sendable & KnowsItsFields>: Codable, Hashable, Sendable {
  let value: Value

  init(_ value: Value) { self.value = value }

  init(from decoder: any Decoder) throws {
    let names = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
    guard Value.fields.isSuperset(of: names) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "an unknown field"))
    }
    value = try Value(from: decoder)
  }

  func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }

  private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

extension Conditions {
  /// Those that a grant is kept with; nil where nobody understands them.
  package init?(json: String) {
    guard let conditions = ConditionsJSON.read(json) else { return nil }
    self = conditions
  }

  /// What a grant is kept with (RULES §4.3).
  package var json: String { ConditionsJSON(self).text }
}

extension PermissionPattern {
  /// What a column of names and patterns holds; text that is none of ours names nothing.
  static func names(inJSON text: String) -> [String] {
    (try? JSONDecoder().decode([String].self, from: Data(text.utf8))) ?? []
  }
}
