/// A line of the bank or of the books, as matching looks at it (RULES §3.14).
package struct MatchableLine: Hashable, Sendable {
  package let day: Day
  /// Debit-positive, in minor units of the account's currency.
  package let amount: Money
  /// Letters and digits of its reference alone, as each side writes the rest in its own way.
  fileprivate let reference: String
  /// The same of all that it says.
  fileprivate let everything: String
  fileprivate let words: Set<String>

  package init(day: Day, amount: Money, reference: String = "", text: String = "") {
    self.day = day
    self.amount = amount
    self.reference = Self.plain(reference)
    everything = Self.plain(reference + text)
    words = Set(
      text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        .filter { $0.count >= Self.leastLetters })
  }

  /// Shorter words and references stand in too many texts.
  private static let leastLetters = 3

  private static func plain(_ text: String) -> String {
    text.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  /// Whether the reference of one of the two stands in what the other says.
  fileprivate func sharesReference(with other: MatchableLine) -> Bool {
    func names(_ one: MatchableLine, _ text: String) -> Bool {
      one.reference.count >= Self.leastLetters && text.contains(one.reference)
    }
    return names(self, other.everything) || names(other, everything)
  }

  /// How many of the words of the shorter text stand in the other, of a hundred.
  fileprivate func sharedWords(with other: MatchableLine) -> Int {
    let fewest = min(words.count, other.words.count)
    return fewest == 0 ? 0 : words.intersection(other.words).count * 100 / fewest
  }
}

/// How well a line of one side goes with one or some of the other's: 400 as the amounts are the
/// same, up to 300 for days, 30 less for each that lies between them, 200 for a reference, up to
/// 100 for words, and 25 less for each line more than one. Amounts that differ are no match at all.
package struct MatchScore: Hashable, Sendable {
  /// Between the one line and the farthest of the others.
  package let days: Int
  /// Whether a reference stands on both sides, of each line.
  package let sharesReference: Bool
  /// Of a hundred, on an average.
  package let sharedWords: Int
  /// How many the one stands against.
  package let lines: Int

  /// Nil where the amounts differ, or there is nothing to compare with.
  package init?(_ one: MatchableLine, with others: [MatchableLine]) {
    // What is larger than books can hold is no line's amount.
    guard !others.isEmpty, (try? others.map(\.amount).total()) == one.amount else { return nil }
    days = others.map { abs(Int($0.day.sinceEpoch) - Int(one.day.sinceEpoch)) }.max() ?? 0
    sharesReference = others.allSatisfy { one.sharesReference(with: $0) }
    sharedWords = others.map { one.sharedWords(with: $0) }.reduce(0, +) / others.count
    lines = others.count
  }

  /// 0 to 1000.
  package var value: Int {
    400 + max(0, 300 - 30 * days) + (sharesReference ? 200 : 0) + sharedWords - 25 * (lines - 1)
  }
}
