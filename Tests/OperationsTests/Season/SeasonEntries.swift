import Domain
import Operations
import TestSupport

/// An entry at random, with what must come of it.
struct SeasonEntry {
  var content: EntryContent
  /// What is booked, with what rounding adds (R30).
  let lines: [SeasonLine]
  /// What is wrong with it.
  let faults: [EntryFault]

  /// Σ base debits.
  var total: Int64 { lines.map { max($0.sum.base, 0) }.reduce(0, +) }
}

/// What rounds away half of a unit away from zero (R28).
func divided(_ value: Int64, by divisor: Int64) -> Int64 {
  let half = (abs(value) + divisor / 2) / divisor
  return value < 0 ? -half : half
}

extension Season {
  private static let baseAccounts = ["1120", "1310", "3200", "4100", "4400", "6100", "6200"]
  private static let foreignAccounts = ["1140", "2110", "4100", "6400"]

  mutating func anyDay() -> Day {
    let month = Int.random(in: -1...12, using: &chance)
    let first = Self.start.adding(months: month)
    return Int.random(in: 0..<4, using: &chance) == 0
      ? first.lastOfMonth : first.adding(days: Int.random(in: 0..<28, using: &chance))
  }

  /// Ten-thousandths of a dollar for a euro, or for a yen.
  mutating func anyRate(of currency: String) -> Int64 {
    currency == "EUR"
      ? Int64.random(in: 9_000...12_500, using: &chance)
      : Int64.random(in: 60...75, using: &chance)
  }

  /// In cents: a yen has no smaller unit.
  func valued(_ amount: Int64, _ currency: String, at rate: Int64) -> Int64 {
    divided(amount * rate * (currency == "JPY" ? 100 : 1), by: 10_000)
  }

  func line(_ number: String, _ currency: String, _ amount: Int64, _ base: Int64) -> LineContent {
    LineContent(
      account: books.account(number), currency: currency, amount: Money(minorUnits: amount),
      base: Money(minorUnits: base))
  }

  /// An entry of these lines, each with its account, currency, amount and base amount.
  func entry(
    _ parts: [(String, String, Int64, Int64)], _ type: EntryType, on day: Day,
    faults: [EntryFault] = []
  ) -> SeasonEntry {
    var booked = parts
    let slip = parts.map(\.3).reduce(0, +)
    // R30: half a unit for each line at most, and only between currencies.
    if slip != 0, faults.isEmpty { booked.append(("7500", "USD", -slip, -slip)) }
    return SeasonEntry(
      content: EntryContent(
        date: day, type: type, description: "At random",
        lines: parts.map { line($0.0, $0.1, $0.2, $0.3) }),
      lines: booked.map {
        SeasonLine(
          cell: SeasonCell(account: $0.0, currency: $0.1),
          sum: SeasonSum(amount: $0.2, base: $0.3), day: day)
      }, faults: faults)
  }

  mutating func anyEntry(_ type: EntryType, on day: Day, whole: Bool = false) -> SeasonEntry {
    switch Int.random(in: 0..<10, using: &chance) {
    case 0..<4:
      let parts = baseParts()
      return entry(parts, type, on: day)
    case 4..<7:
      let parts = foreignParts()
      return entry(parts, type, on: day)
    default:
      var parts = mixedParts()
      let kind = Int.random(in: 0..<8, using: &chance)
      // What rounding may leave, and what is no rounding any more.
      let slip: Int64 = kind < 2 ? 1 : kind == 2 && !whole ? 50 : 0
      parts[parts.count - 1].2 += slip
      parts[parts.count - 1].3 += slip
      let fault = EntryFault.unbalanced(difference: Money(minorUnits: slip), currency: "USD")
      return entry(parts, type, on: day, faults: slip == 50 ? [fault] : [])
    }
  }

  private mutating func baseParts() -> [(String, String, Int64, Int64)] {
    let sign: Int64 = Bool.random(using: &chance) ? 1 : -1
    var parts: [(String, String, Int64, Int64)] = []
    for _ in 0..<Int.random(in: 1...3, using: &chance) {
      let amount = sign * Int64.random(in: 1...9_999, using: &chance)
      parts.append(
        (Self.baseAccounts.randomElement(using: &chance) ?? "1120", "USD", amount, amount))
    }
    let sum = parts.map(\.2).reduce(0, +)
    return parts + [("1120", "USD", -sum, -sum)]
  }

  private mutating func foreignParts() -> [(String, String, Int64, Int64)] {
    let currency = Bool.random(using: &chance) ? "EUR" : "JPY"
    let sign: Int64 = Bool.random(using: &chance) ? 1 : -1
    let parts = foreignParts(currency, Int.random(in: 1...3, using: &chance), sign)
    let (sum, base) = (parts.map(\.2).reduce(0, +), parts.map(\.3).reduce(0, +))
    return parts + [("1140", currency, -sum, -base)]
  }

  private mutating func foreignParts(
    _ currency: String, _ count: Int, _ sign: Int64
  ) -> [(String, String, Int64, Int64)] {
    let rate = anyRate(of: currency)
    return (0..<count).map { _ in
      let amount = sign * Int64.random(in: 10_000...900_000, using: &chance)
      return (
        Self.foreignAccounts.randomElement(using: &chance) ?? "1140", currency, amount,
        valued(amount, currency, at: rate)
      )
    }
  }

  /// Of two or three currencies; the last line is in dollars.
  private mutating func mixedParts() -> [(String, String, Int64, Int64)] {
    let sign: Int64 = Bool.random(using: &chance) ? 1 : -1
    var parts = foreignParts("EUR", Int.random(in: 1...2, using: &chance), sign)
    if Bool.random(using: &chance) { parts += foreignParts("JPY", 1, sign) }
    let base = parts.map(\.3).reduce(0, +)
    return parts + [("1120", "USD", -base, -base)]
  }
}
