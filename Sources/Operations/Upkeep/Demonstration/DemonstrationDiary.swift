import Domain

/// What happened in a business from its first day to its last, in the order of time.
///
/// Entries are written down on their day or soon after, and decided on within two days; months are
/// opened when they begin and closed when all of that is done; a year is closed in its successor's
/// first month.
struct DemonstrationDiary {
  /// Entries go to whoever keeps the books.
  static let bookkeeper = Role.employee
  /// A bookkeeper would only ask for adjusting entries (RULES §4.9, 32).
  private static let adjuster = Role.manager
  /// A month is closed on this day of the next.
  private static let closingDay = 8
  private static let yearClosingDay = 25

  let first: Day
  let end: Timestamp
  let policy: ApprovalPolicy
  var chance: DemonstrationChance
  private var found: [(order: Int, step: DemonstrationStep)] = []
  private var keys = 0

  init(
    firstMonth: Int, end: Timestamp, policy: ApprovalPolicy, seed: UInt64
  ) {
    let year = FiscalYearPlan(holding: end.day, firstMonth: firstMonth)
    first = year.start.adding(months: -24)
    self.end = end
    self.policy = policy
    chance = DemonstrationChance(seed: seed)
  }

  /// When the business began.
  var start: Timestamp { Self.moment(first, minutes: 7 * 60) }

  /// The first day of each month up to today.
  var months: [Day] {
    var months: [Day] = []
    var month = first
    while month <= end.day {
      months.append(month)
      month = month.adding(months: 1)
    }
    return months
  }

  /// Everything that happened up to the end.
  var steps: [DemonstrationStep] {
    found.filter { $0.step.at <= end }
      .sorted { ($0.step.at, $0.order) < ($1.step.at, $1.order) }.map(\.step)
  }

  mutating func add(_ deed: DemonstrationStep.Deed, by role: Role, at moment: Timestamp) {
    found.append((found.count, DemonstrationStep(at: moment, by: role, deed: deed)))
  }

  /// Months open as they begin and close after the next has; years close once all of theirs have.
  mutating func addPeriods() {
    for month in months {
      let next = month.adding(months: 1)
      if month > first {
        if (month.sinceEpoch - first.sinceEpoch) > 300, month.month == first.month {
          add(.openYear(holding: month), by: .owner, at: Self.moment(month, minutes: 0))
          add(
            .closeYear(
              FiscalYearPlan(holding: month.adding(days: -1), firstMonth: first.month).year),
            by: .owner,
            at: Self.moment(month.adding(days: Self.yearClosingDay - 1), minutes: 18 * 60))
        }
        add(.openPeriod(holding: month), by: .owner, at: Self.moment(month, minutes: 1))
      }
      add(
        .closePeriod(holding: month), by: .owner,
        at: Self.moment(next.adding(days: Self.closingDay - 1), minutes: 18 * 60))
    }
  }

  /// Writes an entry of `day` down, and has it approved by whom its amount asks for. Nothing of a
  /// day that hasn't come yet.
  mutating func enter(
    on day: Day, _ description: String, _ lines: [DemonstrationEntry.Line],
    _ change: (inout DemonstrationEntry) -> Void = { _ in }
  ) {
    guard day <= end.day else { return }
    keys += 1
    var entry = DemonstrationEntry(
      key: keys, date: day, description: description, lines: lines.filter { $0.amount != 0 })
    change(&entry)
    let written = Self.moment(
      Self.workday(day), minutes: 8 * 60 + Int(chance.number(0...420)))
    let writer = entry.type == .adjusting ? Self.adjuster : Self.bookkeeper
    add(.enter(entry, .finish), by: writer, at: written)
    let required = policy.required(for: entry.total)
    guard !required.isEmpty else { return }
    var decided = written
    if chance.happens(oneIn: 60) {
      decided = after(decided)
      add(
        .reject(entry.key, reason: chance.pick(Self.doubts)), by: required[0], at: decided)
      entry.notes = "Receipt attached to the paper file."
      decided = decided.adding(seconds: 60 * chance.number(20...90))
      add(.resubmit(entry.key, entry), by: Self.bookkeeper, at: decided)
    }
    for role in required {
      decided = after(decided)
      add(.approve(entry.key), by: role, at: decided)
    }
  }

  /// A new name for an entry that its business writes by itself.
  mutating func newKey() -> Int {
    keys += 1
    return keys
  }

  /// When somebody who is asked finds the time: within the day.
  private mutating func after(_ moment: Timestamp) -> Timestamp {
    moment.adding(seconds: 60 * chance.number(15...900))
  }

  private static let doubts = [
    "The receipt is missing.", "Which department is this for?", "Please say what was bought.",
  ]

  /// `day` itself, or the Monday after a weekend.
  private static func workday(_ day: Day) -> Day {
    day.weekday > 5 ? day.adding(days: 8 - day.weekday) : day
  }

  static func moment(_ day: Day, minutes: Int) -> Timestamp {
    Timestamp(milliseconds: Int64(day.sinceEpoch) * 86_400_000 + Int64(minutes) * 60_000)
  }
}
