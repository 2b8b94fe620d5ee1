package import Domain
package import Store

/// The journal put to the tests that auditors use, with the proof that all of it was (RULES §6.8,
/// F6).
///
/// It takes `audit.export`, which owners, directors and viewers hold and no other role: what is
/// found are other people's entries by name. Of those it shows what its reader may see by
/// `journal.read`, as every query does; whoever doesn't see all is told that it isn't all.
///
/// What the system books by itself, such as closings, is counted with the rest and looked at by the
/// tests of numbers and of the system only: all others are about what people do. Imports are neither backdated nor
/// just below a band, as they bring earlier years and need nobody's approval; nor are reversals
/// below a band, which are as large as what they reverse. Bands are those of today.
package struct JournalTests: Query, Hashable {
  package static let permission: Permission? = .auditExport
  /// Of one test; more are counted only.
  package static let mostFindings = 500
  let from: Day?
  let through: Day
  let tests: Set<JournalTest>

  /// Of the entries that are dated from a day through another; where only that is given, from the
  /// first day of its fiscal year.
  package init(from: Day? = nil, through: Day, only tests: Set<JournalTest>? = nil) {
    self.from = from
    self.through = through
    self.tests = tests ?? Set(JournalTest.allCases)
  }

  package struct Value: Hashable, Sendable {
    package let from: Day
    package let through: Day
    /// All there are, in the order of time.
    package let years: [FiscalYears.Row]
    package let population: Population
    /// In the order of the tests.
    package let results: [Result]
  }

  /// All posted entries of the days, reversed ones too: each was tested.
  package struct Population: Hashable, Sendable {
    package let entries: Int
    package let lines: Int
    /// In the base currency.
    package let debits: Money
    package let credits: Money
    /// Those of every fiscal year that has one of the days.
    package let series: [Series]
    package let firstDigits: FirstDigits
    /// SHA-256 of a line `GJ-2026-000123 CONTENT-HASH` for each entry, in the order of years,
    /// series and numbers: two runs over the same entries have the same.
    package let digest: String
    /// Whether its reader sees every entry there is.
    package let isWhole: Bool

    /// Whether nothing is left out, hidden or missing.
    package var isComplete: Bool {
      isWhole && debits == credits && series.allSatisfy { $0.missing == 0 }
    }
  }

  /// Each number that a series has given in a fiscal year, by where it is (RULES §3.4, R16).
  package struct Series: Hashable, Sendable {
    package let year: Int
    package let series: String
    /// Of the entries that were tested; nil where none was.
    package let first: Int?
    package let last: Int?
    /// How many were tested.
    package let entries: Int
    /// How many others have numbers of it: dated on other days, or not their reader's to see.
    package let others: Int
    /// The last number that it gave.
    package let issued: Int

    package var missing: Int { issued - entries - others }
    package var name: String { "\(series)-\(year)" }
  }

  package struct Result: Hashable, Sendable {
    package let test: JournalTest
    /// How many there are, of which the first are named.
    package let count: Int
    package let findings: [Finding]
  }

  package struct Finding: Hashable, Sendable {
    /// Nil of a number that is missing.
    package let entry: ID<Entry>?
    /// Of missing ones the first.
    package let number: String
    package let date: Day?
    package let description: String
    /// Debits in the base currency.
    package let total: Money?
    /// Who posted it: a person or `system`.
    package let who: String
    package let reason: JournalReason
  }

  package func run(in snapshot: Snapshot) throws -> Value {
    let start = try from ?? snapshot.fiscalYearStart(of: through) ?? .first
    let days = start...max(start, through)
    let walk = PopulationWalk(tests, by: try snapshot.traits(of: tests, on: days))
    for entry in try snapshot.testedEntries(on: days) { walk.visit(entry) }
    let gaps = try tests.contains(.gap) ? snapshot.whole.missingNumbers(on: days) : []
    let totals = try snapshot.controlTotals(on: days)
    // That a number was given is no secret: whoever sees the next one knows it.
    let given = try snapshot.whole.givenNumbers(on: days)
    return Value(
      from: start, through: days.upperBound, years: try snapshot.fiscalYears(),
      population: Population(
        entries: walk.entries, lines: totals.lines, debits: totals.debits,
        credits: totals.credits, series: given.map(walk.series), firstDigits: walk.firstDigits,
        digest: walk.digest(), isWhole: snapshot.narrowing == nil),
      results: JournalTest.allCases.filter(tests.contains).map { test in
        test == .gap
          ? Result(
            test: test, count: gaps.count, findings: Array(gaps.prefix(Self.mostFindings)))
          : walk.result(of: test)
      })
  }
}

/// An entry as the tests look at it.
struct TestedEntry {
  let id: ID<Entry>
  let year: Int
  let series: String
  let sequence: Int
  let number: String
  let contentHash: String
  let date: Day
  let postedAt: Timestamp
  let period: ID<Period>
  let source: EntrySource
  let isReversal: Bool
  let isBySystem: Bool
  let description: String
  let total: Money
  let poster: String
  let isOnePersons: Bool
  /// Of the number before it in its series and year; nil where that isn't to be seen.
  let dateBefore: Day?
  let numberBefore: String?
}

/// The numbers of a series in a fiscal year, over all days.
struct GivenNumbers {
  let year: Int
  let series: String
  /// How many entries have one.
  let held: Int
  let issued: Int
}

/// What no entry says by itself.
struct JournalTraits {
  let timeZone: String
  let currency: String
  let exponent: Int
  let policy: ApprovalPolicy
  /// When each period was closed for the first time.
  let closings: [ID<Period>: (label: String, at: Timestamp)]
  /// Each period with its last day.
  let ends: [ID<Period>: (label: String, day: Day)]
  let seldomUsed: [ID<Entry>: JournalReason]
  let unusualPosters: [ID<Entry>: JournalReason]
  let twice: [ID<Entry>: JournalReason]
}

extension Reading {
  fileprivate func traits(
    of tests: Set<JournalTest>, on days: ClosedRange<Day>
  ) throws -> JournalTraits {
    let facts = try businessFacts()
    return JournalTraits(
      timeZone: try timeZone(), currency: facts.baseCurrency, exponent: facts.baseExponent,
      policy: try approvalPolicy(), closings: try firstClosings(), ends: try periodEnds(),
      seldomUsed: try tests.contains(.seldomUsed) ? seldomUsed(on: days) : [:],
      unusualPosters: try tests.contains(.unusualPoster) ? unusualPosters(on: days) : [:],
      twice: try tests.contains(.twice) ? bookedTwice(on: days) : [:])
  }

  /// In the order of their numbers. Whoever only sent it back, or approved of it before it was
  /// recalled, had no hand in what was posted.
  fileprivate func testedEntries(on days: ClosedRange<Day>) throws -> [TestedEntry] {
    try rows(
      TestedEntry.init,
      """
      SELECT e.id, e.fiscal_year, e.series, e.sequence, e.number, e.content_hash, e.entry_date,
        e.posted_at, e.period_id, e.source, e.reverses_entry_id IS NOT NULL,
        e.posted_by IS NULL, e.description, e.total, coalesce(n.name, 'system'),
        e.created_by IS NOT NULL AND e.posted_by IS e.created_by
          AND coalesce(e.updated_by, e.created_by) IS e.created_by
          AND coalesce(e.submitted_by, e.created_by) IS e.created_by
          AND coalesce(e.approved_by, e.created_by) IS e.created_by
          AND NOT EXISTS (
            SELECT 1 FROM entry_editors h
            WHERE h.business_id = :business AND h.entry_id = e.id AND h.user_id <> e.created_by)
          AND (e.approved_at IS NULL OR NOT EXISTS (
            SELECT 1 FROM journal_approvals v
            WHERE v.business_id = :business AND v.entry_id = e.id AND v.round = e.submit_round
              AND v.decision = 'approve' AND v.user_id <> e.created_by)),
        b.entry_date, b.number
      FROM journal_entries e
      LEFT JOIN journal_entries b ON b.business_id = :business AND b.fiscal_year = e.fiscal_year
        AND b.series = e.series AND b.sequence = e.sequence - 1
      LEFT JOIN member_names n ON n.business_id = :business AND n.user_id = e.posted_by
      WHERE e.business_id = :business AND e.status IN ('posted', 'reversed')
        AND e.entry_date BETWEEN :from AND :through
      ORDER BY e.fiscal_year, e.series, e.sequence
      """, ["from": days.lowerBound, "through": days.upperBound])
  }

  fileprivate func controlTotals(
    on days: ClosedRange<Day>
  ) throws -> (lines: Int, debits: Money, credits: Money) {
    let found = try row(
      { (lines: Int, debits: Money, credits: Money) in
        (lines: lines, debits: debits, credits: credits)
      },
      """
      SELECT count(*), coalesce(sum(l.base_debit), 0), coalesce(sum(l.base_credit), 0)
      FROM journal_entries e
      JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.id
      WHERE e.business_id = :business AND e.status IN ('posted', 'reversed')
        AND e.entry_date BETWEEN :from AND :through
      """, ["from": days.lowerBound, "through": days.upperBound])
    guard let found else { preconditionFailure("an aggregate has a row") }
    return found
  }

  /// Only what is posted has a fiscal year.
  fileprivate func givenNumbers(on days: ClosedRange<Day>) throws -> [GivenNumbers] {
    try rows(
      GivenNumbers.init,
      """
      WITH years (year) AS (
        SELECT year FROM fiscal_years
        WHERE business_id = :business AND start_date <= :through AND end_date >= :from),
      given (year, series, held, issued) AS (
        SELECT fiscal_year, series, 1, sequence FROM journal_entries
        WHERE business_id = :business AND fiscal_year IN (SELECT year FROM years)
        UNION ALL
        SELECT fiscal_year, series, 0, last_number FROM entry_sequences
        WHERE business_id = :business AND last_number > 0
          AND fiscal_year IN (SELECT year FROM years))
      SELECT year, series, sum(held), max(issued) FROM given
      GROUP BY year, series ORDER BY year, series
      """, ["from": days.lowerBound, "through": days.upperBound])
  }

  /// Of the fiscal years that have one of the days, numbers that follow each other in one finding.
  fileprivate func missingNumbers(on days: ClosedRange<Day>) throws -> [JournalTests.Finding] {
    try rows(
      { (year: Int, series: String, first: Int, last: Int) -> JournalTests.Finding in
        func number(_ sequence: Int) -> String {
          EntryNumber(series: series, fiscalYear: year, sequence: sequence).text
        }
        return JournalTests.Finding(
          entry: nil, number: number(first), date: nil, description: "", total: nil, who: "",
          reason: .gap(through: number(last), count: last - first + 1))
      },
      """
      WITH years (year) AS (
        SELECT year FROM fiscal_years
        WHERE business_id = :business AND start_date <= :through AND end_date >= :from),
      given (year, series, number) AS (
        SELECT fiscal_year, series, sequence FROM journal_entries
        WHERE business_id = :business AND fiscal_year IN (SELECT year FROM years)
        UNION ALL
        SELECT fiscal_year, series, last_number + 1 FROM entry_sequences
        WHERE business_id = :business AND fiscal_year IN (SELECT year FROM years)),
      steps (year, series, first, last) AS (
        SELECT year, series,
          lag(number, 1, 0) OVER (PARTITION BY year, series ORDER BY number) + 1, number - 1
        FROM given)
      SELECT year, series, first, last FROM steps WHERE first <= last
      ORDER BY year, series, first
      """, ["from": days.lowerBound, "through": days.upperBound])
  }

  /// The log knows of a closing that was taken back since, which the period doesn't.
  fileprivate func firstClosings() throws -> [ID<Period>: (label: String, at: Timestamp)] {
    let found = try rows(
      { (period: ID<Period>, year: Int, name: String, kind: PeriodKind, at: Timestamp) in
        (period, (label: Periods.label(name, kind, of: year), at: at))
      },
      """
      SELECT p.id, p.fiscal_year, p.name, p.kind, min(coalesce(a.at, p.closed_at))
      FROM accounting_periods p
      LEFT JOIN audit_logs a ON a.business_id = :business AND a.resource_type = :subject
        AND a.resource_id = p.id AND a.operation = :operation AND a.status = 'success'
      WHERE p.business_id = :business AND coalesce(a.at, p.closed_at) IS NOT NULL
      GROUP BY p.id
      """,
      ["subject": Subject.Kind.period.rawValue, "operation": ClosePeriod.operation])
    return Dictionary(uniqueKeysWithValues: found)
  }

  private func periodEnds() throws -> [ID<Period>: (label: String, day: Day)] {
    let found = try periods().map { ($0.id, (label: $0.label, day: $0.end)) }
    return Dictionary(uniqueKeysWithValues: found)
  }

  /// Each entry of whoever posted hardly any other in all the days.
  fileprivate func unusualPosters(
    on days: ClosedRange<Day>
  ) throws -> [ID<Entry>: JournalReason] {
    let found = try rows(
      { (entry: ID<Entry>, entries: Int) in
        (entry, JournalReason.unusualPoster(entries: entries))
      },
      """
      WITH people AS MATERIALIZED (
        SELECT id, count(*) OVER (PARTITION BY posted_by) AS own, count(*) OVER () AS entries
        FROM journal_entries
        WHERE business_id = :business AND status IN ('posted', 'reversed')
          AND posted_by IS NOT NULL AND entry_date BETWEEN :from AND :through)
      SELECT id, own FROM people WHERE own <= :most AND entries >= :least
      """,
      [
        "from": days.lowerBound, "through": days.upperBound, "most": JournalTest.seldomPosts,
        "least": JournalTest.leastPosts,
      ])
    return Dictionary(uniqueKeysWithValues: found)
  }

  /// Each entry with the first of its accounts that hardly anything else is on. What the system
  /// books touches every account, and counts for none.
  fileprivate func seldomUsed(
    on days: ClosedRange<Day>
  ) throws -> [ID<Entry>: JournalReason] {
    let found = try rows(
      { (entry: ID<Entry>, account: String, lines: Int) in
        (entry, JournalReason.seldomUsed(account: account, lines: lines))
      },
      """
      WITH used AS MATERIALIZED (
        SELECT e.id, l.account_id, count(*) OVER (PARTITION BY l.account_id) AS uses,
          count(*) OVER () AS lines
        FROM journal_entries e
        CROSS JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.id
        WHERE e.business_id = :business AND e.status IN ('posted', 'reversed')
          AND e.posted_by IS NOT NULL AND e.entry_date BETWEEN :from AND :through)
      SELECT DISTINCT u.id, a.number || ' ' || a.name, u.uses
      FROM used u
      CROSS JOIN accounts a ON a.business_id = :business AND a.id = u.account_id
      WHERE u.uses <= :most AND u.lines >= :least
      ORDER BY u.id, a.number
      """,
      [
        "from": days.lowerBound, "through": days.upperBound, "most": JournalTest.seldomLines,
        "least": JournalTest.leastLines,
      ])
    return Dictionary(found) { first, _ in first }
  }

  /// Each entry after the first that books the same. What is reversed was set right, and what is
  /// written anew after that isn't twice there.
  fileprivate func bookedTwice(
    on days: ClosedRange<Day>
  ) throws -> [ID<Entry>: JournalReason] {
    let lines = try rows(
      AlikeLine.init,
      """
      WITH alike AS MATERIALIZED (
        SELECT id, fiscal_year, series, sequence, number, entry_date,
          count(*) OVER (PARTITION BY entry_date, total) AS entries
        FROM journal_entries
        WHERE business_id = :business AND status = 'posted' AND posted_by IS NOT NULL
          AND reverses_entry_id IS NULL AND entry_date BETWEEN :from AND :through)
      SELECT k.id, k.number, k.entry_date, l.account_id, l.currency, l.debit - l.credit,
        l.base_debit - l.base_credit
      FROM alike k
      CROSS JOIN journal_lines l ON l.business_id = :business AND l.entry_id = k.id
      WHERE k.entries > 1
      ORDER BY k.fiscal_year, k.series, k.sequence, l.account_id, l.currency,
        l.debit - l.credit, l.base_debit - l.base_credit
      """, ["from": days.lowerBound, "through": days.upperBound])
    var firsts: [[AlikeLine.Booked]: String] = [:]
    var found: [ID<Entry>: JournalReason] = [:]
    var rest = lines[...]
    while let head = rest.first {
      let own = rest.prefix { $0.entry == head.entry }
      rest = rest.dropFirst(own.count)
      let booked = own.map(\.booked)
      if let first = firsts[booked] {
        found[head.entry] = .twice(first)
      } else {
        firsts[booked] = head.number
      }
    }
    return found
  }
}

/// A line of an entry that another one of its day equals in its sum.
private struct AlikeLine {
  struct Booked: Hashable {
    let day: Day
    let account: ID<Account>
    let currency: String
    let amount: Money
    let base: Money
  }

  let entry: ID<Entry>
  let number: String
  let booked: Booked

  init(
    _ entry: ID<Entry>, _ number: String, _ day: Day, _ account: ID<Account>, _ currency: String,
    _ amount: Money, _ base: Money
  ) {
    self.entry = entry
    self.number = number
    booked = Booked(day: day, account: account, currency: currency, amount: amount, base: base)
  }
}
