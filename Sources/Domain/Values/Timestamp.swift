/// A moment: milliseconds since 1970 in UTC.
package struct Timestamp: Hashable, Sendable, Comparable, Codable {
  package let milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.milliseconds < right.milliseconds
  }

  package func adding(seconds: Int64) -> Timestamp {
    Timestamp(milliseconds: milliseconds + seconds * 1000)
  }

  /// The civil day in UTC.
  package var day: Day { Day(sinceEpoch: Int32(milliseconds.flooredDivision(by: Self.perDay))) }

  /// `2026-11-23T14:02:11.345Z`, as ISO 8601 writes it.
  package var text: String { "\(day.text)T\(clock).\(padded(inDay % 1000, to: 3))Z" }

  /// `14:02:11`.
  package var clock: String {
    let seconds = inDay / 1000
    return [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, to: 2) }
      .joined(separator: ":")
  }

  /// `2026-11-23 14:05`.
  package var minute: String { "\(day.text) \(clock.prefix(5))" }

  /// 0 to 23.
  package var hour: Int { Int(inDay / 3_600_000) }

  /// Reads `2026-11-23`, `2026-11-23T14:02`, `…:11`, `…:11.345`, each with or without `Z`, and with one
  /// space in place of the `T`, as `minute` has it.
  /// A day alone is its last millisecond: "as the books stood on that day".
  package init?(_ text: String) {
    let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) {
      $0 == "T" || $0 == " "
    }
    guard let day = parts.first.flatMap({ Day(String($0)) }) else { return nil }
    let midnight = Int64(day.sinceEpoch) * Self.perDay
    guard parts.count == 2 else {
      self.init(milliseconds: midnight + Self.perDay - 1)
      return
    }
    guard let inDay = Self.milliseconds(ofClock: parts[1]) else { return nil }
    self.init(milliseconds: midnight + inDay)
  }

  /// The same where a time begins: a day alone is its first millisecond.
  package init?(startOf text: String) {
    self.init(Day(text) == nil ? text : "\(text)T00:00")
  }

  private static let perDay: Int64 = 86_400_000

  private var inDay: Int64 {
    milliseconds - milliseconds.flooredDivision(by: Self.perDay) * Self.perDay
  }

  private static func milliseconds(ofClock text: Substring) -> Int64? {
    let bare = text.hasSuffix("Z") ? text.dropLast() : text
    let halves = bare.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fields = halves[0].split(separator: ":", omittingEmptySubsequences: false).map {
      $0.count == 2 ? digits($0) : nil
    }
    guard (2...3).contains(fields.count), let hour = fields[0], let minute = fields[1],
      let second = fields.count == 3 ? fields[2] : 0,
      (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second)
    else { return nil }
    var fraction: Int64 = 0
    if halves.count == 2 {
      guard (1...3).contains(halves[1].count), fields.count == 3, let number = digits(halves[1])
      else { return nil }
      fraction = number * (halves[1].count == 1 ? 100 : halves[1].count == 2 ? 10 : 1)
    }
    return ((hour * 60 + minute) * 60 + second) * 1000 + fraction
  }

  /// Without the sign that Int64 would take.
  private static func digits(_ text: Substring) -> Int64? {
    let isNumber = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return isNumber ? Int64(text) : nil
  }
}

/// `number` with zeros before it, `width` digits at the least.
package func padded(_ number: some BinaryInteger, to width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension FixedWidthInteger {
  /// Division that rounds towards negative infinity, as calendars need it.
  package func flooredDivision(by divisor: Self) -> Self {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder != 0 && (remainder < 0) != (divisor < 0) ? quotient - 1 : quotient
  }
}
