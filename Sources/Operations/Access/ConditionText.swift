package import Domain
import Foundation

/// What a grant depends on besides departments and accounts, as people type it:
/// `own amount<=500 type:adjusting days:mon-fri hours:8-18` (RULES §4.3).
extension Conditions {
  /// All of them, the ones with values with some.
  package static let examples = """
    own amount>=10 amount<=500 class:expense type:adjusting,opening source:import period:open \
    days:mon-fri hours:8-18 at:tty1 second-factor reason
    """

  /// Adds what `text` says. Throws `access(.condition)` with the word that says nothing.
  package mutating func add(_ text: String, exponent: Int) throws {
    for word in text.split(whereSeparator: \.isWhitespace).map(String.init) {
      guard try take(word, exponent) else { throw Refusal.access(.condition(word)) }
    }
  }

  /// What `add` reads again: nothing where it depends on nothing but departments and accounts.
  package func text(exponent: Int) -> String {
    func amount(_ sign: String, _ bound: Money?) -> String? {
      bound.map { "amount\(sign)\(AmountFormat().text($0, exponent: exponent))" }
    }
    let parts = [
      ownOnly ? "own" : nil, amount(">=", amountAtLeast), amount("<=", amountAtMost),
      Self.list("class", accountClasses), Self.list("type", entryTypes),
      Self.list("source", sources), Self.list("period", periods),
      weekdays.map { days in "days:" + days.sorted().map { Self.days[$0 - 1] }.commas },
      hours.map { "hours:\($0.lowerBound)-\($0.upperBound)" },
      origins.map { "at:" + $0.sorted().commas },
      secondFactor ? "second-factor" : nil, reason ? "reason" : nil,
    ]
    return parts.compactMap(\.self).joined(separator: " ")
  }

  private static let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  private static func list<Word: RawRepresentable<String>>(
    _ name: String, _ words: Set<Word>?
  ) -> String? {
    words.map { "\(name):" + $0.map(\.rawValue).sorted().commas }
  }

  /// False where the word says nothing.
  private mutating func take(_ word: String, _ exponent: Int) throws -> Bool {
    switch word {
    case "own": ownOnly = true
    case "second-factor": secondFactor = true
    case "reason": reason = true
    case _ where word.hasPrefix("amount>="):
      amountAtLeast = try AmountExpression.parse(String(word.dropFirst(8)), exponent: exponent)
    case _ where word.hasPrefix("amount<="):
      amountAtMost = try AmountExpression.parse(String(word.dropFirst(8)), exponent: exponent)
    default: return takeList(word)
    }
    return true
  }

  private mutating func takeList(_ word: String) -> Bool {
    let parts = word.split(separator: ":", maxSplits: 1)
    let values = parts.dropFirst().first.map { $0.split(separator: ",").map(String.init) } ?? []
    guard !values.isEmpty else { return false }
    func words<Word: RawRepresentable<String> & Hashable>(_: Word.Type) -> Set<Word>? {
      let found = Set(values.compactMap(Word.init(rawValue:)))
      return found.count == Set(values).count ? found : nil
    }
    return switch parts[0] {
    case "class": Self.set(&accountClasses, words(AccountType.Class.self))
    case "type": Self.set(&entryTypes, words(EntryType.self))
    case "source": Self.set(&sources, words(EntrySource.self))
    case "period": Self.set(&periods, words(PeriodState.self))
    case "days": Self.set(&weekdays, Self.weekdays(values))
    case "hours": Self.set(&hours, Self.hours(values))
    case "at": Self.set(&origins, Set(values))
    default: false
    }
  }

  /// Whether there was anything to set.
  private static func set<Value>(_ field: inout Value?, _ value: Value?) -> Bool {
    field = value
    return value != nil
  }

  /// `mon`, or `mon-fri`; nil where one isn't a day, or they are the wrong way round.
  private static func weekdays(_ values: [String]) -> Set<Int>? {
    var found: Set<Int> = []
    for value in values {
      let ends = value.split(separator: "-").map { days.firstIndex(of: String($0)) }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1],
        first <= last
      else { return nil }
      found.formUnion(first + 1...last + 1)
    }
    return found
  }

  private static func hours(_ values: [String]) -> Range<Int>? {
    let ends = values[0].split(separator: "-").map { Int($0) }
    guard values.count == 1, ends.count == 2, let first = ends[0], let last = ends[1],
      first >= 0, first < last, last <= 24
    else { return nil }
    return first..<last
  }
}

extension [String] {
  fileprivate var commas: String { joined(separator: ",") }
}
