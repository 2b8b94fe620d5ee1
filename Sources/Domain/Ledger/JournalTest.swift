/// The tests that auditors put journal entries to, each for a trait that mistakes and fraud have in
/// common (RULES §6.8, F6). What one finds is something to look into, and no proof of anything.
package enum JournalTest: String, Sendable, CaseIterable {
  /// Whoever made it posted it, and nobody else had a hand in it.
  case onePerson = "one-person"
  /// A multiple of a thousand.
  case round
  /// Dated or posted on a Saturday or a Sunday.
  case weekend
  /// Posted outside the hours in which people work.
  case night
  /// On an account that hardly anything is booked on.
  case seldomUsed = "seldom-used"
  /// Posted by somebody who hardly ever posts.
  case unusualPoster = "unusual-poster"
  /// Posted by the system: people posted all others.
  case system
  /// Posted into a period that had been closed before, opened again since or not.
  case afterClose = "after-close"
  /// Dated on the last day of its period, as all of an adjusting period is.
  case periodEnd = "period-end"
  /// Posted long after its date, or dated long before what has the number before it (R17).
  case backdated
  /// A number that no entry has.
  case gap
  /// Its text says nothing.
  case noText = "no-text"
  /// Just below an amount from which on somebody must approve.
  case belowBand = "below-band"
  /// The same amounts on the same accounts on the same day once more.
  case twice
}

// Where a trait begins. Days and hours are those of the business's own clock.
extension JournalTest {
  /// Of the base currency.
  package static let roundUnits: Int64 = 1_000
  package static let workingHours = 6..<22
  /// An account is seldom used that so many lines at the most are on …
  package static let seldomLines = 3
  /// … where there are so many lines at the least: of a few, all accounts have few.
  package static let leastLines = 100
  /// Somebody posts seldom who posted so many entries at the most …
  package static let seldomPosts = 3
  /// … where people posted so many at the least: of a few, everybody has few.
  package static let leastPosts = 50
  package static let lateDays = 30
  /// Spaces don't count.
  package static let leastCharacters = 4
  package static let bandPercent: Int128 = 5

  /// `exponent` is that of the base currency.
  package static func isRound(_ total: Money, exponent: Int) -> Bool {
    let step = (0..<exponent).reduce(Int128(roundUnits)) { step, _ in step * 10 }
    return total > .zero && Int128(total.minorUnits) % step == 0
  }

  package static func isWeekend(_ day: Day) -> Bool { day.weekday > 5 }

  package static func isAtNight(hour: Int) -> Bool { !workingHours.contains(hour) }

  package static func isBackdated(_ day: Day, postedOn posted: Day) -> Bool {
    posted > day.adding(days: lateDays)
  }

  package static func saysNothing(_ text: String) -> Bool {
    text.count { !$0.isWhitespace } < leastCharacters
  }

  /// The least minimum of an approval band that `total` is just below.
  package static func band(above total: Money, in policy: ApprovalPolicy) -> Money? {
    policy.bands.map(\.minimum).first { minimum in
      total < minimum
        && Int128(total.minorUnits) * 100 >= Int128(minimum.minorUnits) * (100 - bandPercent)
    }
  }
}

/// How often each digit leads an amount, beside how often Benford's law has it lead: a distribution
/// to look at, from which no single entry follows.
package struct FirstDigits: Hashable, Sendable {
  /// Of 1 to 9.
  package private(set) var found = Array(repeating: 0, count: 9)

  package init() {}

  /// Nothing leads an amount of zero.
  package mutating func count(_ amount: Money) {
    let digit = String(amount.minorUnits.magnitude).first?.wholeNumberValue ?? 0
    if digit > 0 { found[digit - 1] += 1 }
  }

  /// log10(1 + 1/d), in parts of 100,000.
  private static let shares: [Int64] = [
    30_103, 17_609, 12_494, 9_691, 7_918, 6_695, 5_799, 5_115, 4_576,
  ]

  /// Whole numbers that sum to what was found.
  package var expected: [Int] {
    let all = Money(minorUnits: Int64(found.reduce(0, +)))
    // The shares are more than nothing, and so is their sum.
    return ((try? all.split(by: Self.shares)) ?? []).map { Int($0.minorUnits) }
  }
}
