import Crypto
import Domain

/// One walk along the entries in the order of their numbers, which counts each and puts it to the
/// tests.
final class PopulationWalk {
  private(set) var entries = 0
  private(set) var firstDigits = FirstDigits()
  private var sha = SHA256()
  private let tests: [JournalTest]
  private let traits: JournalTraits
  private var numbers: [String: [Int: (first: Int, last: Int, count: Int)]] = [:]
  private var counts: [JournalTest: Int] = [:]
  private var findings: [JournalTest: [JournalTests.Finding]] = [:]

  init(_ tests: Set<JournalTest>, by traits: JournalTraits) {
    self.tests = JournalTest.allCases.filter(tests.contains)
    self.traits = traits
  }

  func visit(_ entry: TestedEntry) {
    entries += 1
    firstDigits.count(entry.total)
    sha.update(data: Array("\(entry.number) \(entry.contentHash)\n".utf8))
    let before = numbers[entry.series]?[entry.year]
    numbers[entry.series, default: [:]][entry.year] = (
      first: before?.first ?? entry.sequence, last: entry.sequence, count: (before?.count ?? 0) + 1
    )
    guard !entry.isBySystem else {
      if tests.contains(.system) { note(entry, .system, by: .system) }
      return
    }
    let posted = local(entry.postedAt)
    for test in tests {
      if let reason = reason(for: test, of: entry, at: posted) { note(entry, reason, by: test) }
    }
  }

  private func note(_ entry: TestedEntry, _ reason: JournalReason, by test: JournalTest) {
    counts[test, default: 0] += 1
    guard (counts[test] ?? 0) <= JournalTests.mostFindings else { return }
    findings[test, default: []].append(
      JournalTests.Finding(
        entry: entry.id, number: entry.number, date: entry.date, description: entry.description,
        total: entry.total, who: entry.poster, reason: reason))
  }

  /// `posted` is when it was, as the business's clock showed it.
  private func reason(
    for test: JournalTest, of entry: TestedEntry, at posted: Timestamp
  ) -> JournalReason? {
    let isImported = entry.source == .imported
    switch test {
    case .onePerson: return entry.isOnePersons ? .onePerson : nil
    case .round:
      return JournalTest.isRound(entry.total, exponent: traits.exponent) ? .round : nil
    case .weekend:
      let day = JournalTest.isWeekend(entry.date) ? entry.date : nil
      let later = JournalTest.isWeekend(posted.day) ? posted.day : nil
      return day == nil && later == nil ? nil : .weekend(dated: day, posted: later)
    case .night:
      return JournalTest.isAtNight(hour: posted.hour) ? .night(String(posted.clock.prefix(5))) : nil
    case .seldomUsed: return traits.seldomUsed[entry.id]
    case .unusualPoster: return traits.unusualPosters[entry.id]
    case .system: return nil
    case .afterClose:
      guard let closing = traits.closings[entry.period], entry.postedAt > closing.at else {
        return nil
      }
      return .afterClose(period: closing.label, closed: local(closing.at).day)
    case .periodEnd:
      guard let end = traits.ends[entry.period], entry.date == end.day else { return nil }
      return .periodEnd(period: end.label)
    case .backdated:
      return isImported ? nil : backdating(of: entry, on: posted.day)
    case .gap: return nil
    case .noText: return JournalTest.saysNothing(entry.description) ? .noText : nil
    case .belowBand:
      guard !isImported, !entry.isReversal else { return nil }
      return JournalTest.band(above: entry.total, in: traits.policy).map {
        .belowBand($0, in: traits.currency)
      }
    case .twice: return traits.twice[entry.id]
    }
  }

  private func backdating(of entry: TestedEntry, on posted: Day) -> JournalReason? {
    func isLate(_ day: Day) -> Bool { JournalTest.isBackdated(entry.date, postedOn: day) }
    if isLate(posted) { return .backdated(days: Int(posted.sinceEpoch - entry.date.sinceEpoch)) }
    guard let before = entry.dateBefore, let number = entry.numberBefore, isLate(before) else {
      return nil
    }
    return .outOfOrder(days: Int(before.sinceEpoch - entry.date.sinceEpoch), after: number)
  }

  /// As the business's clock shows it.
  private func local(_ moment: Timestamp) -> Timestamp {
    moment.adding(seconds: moment.seconds(ahead: traits.timeZone))
  }

  func result(of test: JournalTest) -> JournalTests.Result {
    JournalTests.Result(
      test: test, count: counts[test] ?? 0, findings: findings[test] ?? [])
  }

  /// What of the numbers of a series was seen on the way.
  func series(_ given: GivenNumbers) -> JournalTests.Series {
    let seen = numbers[given.series]?[given.year]
    let entries = seen?.count ?? 0
    return JournalTests.Series(
      year: given.year, series: given.series, first: seen?.first, last: seen?.last,
      entries: entries, others: given.held - entries, issued: given.issued)
  }

  func digest() -> String { hexadecimal(sha.finalize()) }
}
