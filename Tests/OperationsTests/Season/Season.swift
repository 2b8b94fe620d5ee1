import Domain
import Store
import TestSupport
import Testing

@testable import Operations

/// What an account has in a currency.
struct SeasonCell: Hashable {
  let account: String
  let currency: String
}

/// Debit-positive, in minor units of the currency and of the base currency.
struct SeasonSum: Hashable {
  var amount: Int64 = 0
  var base: Int64 = 0
}

/// One line as the season knows it without asking the books.
struct SeasonLine {
  let cell: SeasonCell
  let sum: SeasonSum
  var day: Day

  /// As a reversal of `day` has it.
  func reversed(on day: Day) -> SeasonLine {
    SeasonLine(cell: cell, sum: SeasonSum(amount: -sum.amount, base: -sum.base), day: day)
  }
}

/// What a season holds its books to after every deed.
enum SeasonProperty: Hashable {
  case periodGuard
  case sums
  case ledger
  case revaluation
  case openItems
}

/// What is left of a season for the tests of its properties.
struct SeasonRecord: Sendable {
  let books: TestBooks
  /// Deeds tried, by what was held to account.
  let seen: [SeasonProperty: Int]
  /// What was other than foreseen; empty is well.
  let failures: [SeasonProperty: [String]]
  let guarded: Set<PeriodGuard.Case>
  /// Sets of currencies that entries were of.
  let currencySets: Set<String>
  let revaluations: Int
  let settlements: Int
  /// What can be reversed still.
  let standing: [ID<Entry>]
}

/// Random entries in three currencies by five people, revaluations, settlements, corrections and
/// periods that open and close, beside a plain list of what must come of each.
struct Season {
  let books: TestBooks
  var chance: SeededChance
  var lines: [SeasonLine] = []
  var standing: [(entry: ID<Entry>, lines: [SeasonLine], period: Periods.Row?)] = []
  /// Entries that the season doesn't reverse itself.
  var kept: [ID<Entry>] = []
  /// What is taken back by itself, once its period opens.
  var waiting: [[SeasonLine]] = []
  var periods: [Periods.Row] = []
  /// By the labels of periods.
  var statuses: [String: PeriodStatus] = [:]
  /// Until when the employee may post into a closed one.
  var exceptions: [String: Timestamp] = [:]
  var items: [SeasonItem] = []
  var seen: [SeasonProperty: Int] = [:]
  var failures: [SeasonProperty: [String]] = [:]
  var guarded: Set<PeriodGuard.Case> = []
  var currencySets: Set<String> = []
  var revaluations = 0
  var settlements = 0

  static let start = Day(year: 2026, month: 1, day: 1) ?? .first
  static let end = Day(year: 2026, month: 12, day: 31) ?? .last

  init(seed: UInt64) async throws {
    books = try await TestBooks.make(seed: seed)
    chance = SeededChance(seed: seed)
    try await books.changeSettings { $0.openPeriodsMost = 20 }
    _ = try await books.workspace.perform(AddFiscalYear(), as: books.owner)
    let after = Self.end.adding(days: 1)
    periods = try await books.workspace.fetch(Periods(), as: books.owner).filter {
      $0.kind == .normal && $0.start <= after || $0.kind == .adjusting && $0.start <= Self.end
    }
    statuses = Dictionary(uniqueKeysWithValues: periods.map { ($0.label, $0.status) })
    for period in periods.filter({ $0.kind == .normal }).prefix(8) { try await open(period) }
  }

  /// A whole season.
  static func record(seed: UInt64, steps: Int) async throws -> SeasonRecord {
    var season = try await Season(seed: seed)
    for step in 1...steps {
      try await season.step()
      season.seen[.sums, default: 0] += 1
      season.seen[.ledger, default: 0] += 1
      if step.isMultiple(of: 200) { try await season.check() }
    }
    return SeasonRecord(
      books: season.books, seen: season.seen, failures: season.failures,
      guarded: season.guarded, currencySets: season.currencySets,
      revaluations: season.revaluations, settlements: season.settlements,
      standing: season.standing.map(\.entry) + season.kept)
  }

  private mutating func step() async throws {
    books.clock.advance(seconds: 1)
    switch Int.random(in: 0..<100, using: &chance) {
    case 0..<64: try await post()
    case 64..<73: try await reverse()
    case 73..<79: try await correct()
    case 79..<85: try await settle()
    case 85..<88: try await revalue()
    case 88..<91: try await openAny()
    case 91..<94: try await closeAny()
    case 94..<97: try await reopenAny()
    case 97..<99: try await exceptAny()
    default: try await lockFirst()
    }
  }

  mutating func fail(_ property: SeasonProperty, _ what: String) {
    failures[property, default: []].append(what)
  }

  // MARK: Foreseeing

  func period(of type: EntryType, on day: Day) -> Periods.Row? {
    let month = periods.first { $0.kind == .normal && $0.start <= day && day <= $0.end }
    guard type == .adjusting || type == .correction, let month, statuses[month.label] != .open,
      let last = periods.first(where: { $0.kind == .adjusting && $0.start == day }),
      statuses[last.label] == .open
    else { return month }
    return last
  }

  func isOpen(_ day: Day) -> Bool {
    period(of: .standard, on: day).map { statuses[$0.label] == .open } ?? false
  }

  private func state(of period: Periods.Row?) -> PeriodGuard.State {
    guard let period else { return .unmade }
    switch statuses[period.label] {
    case .open: return .open
    case .closed:
      return exceptions[period.label].map { $0 > books.clock.now } ?? false ? .excepted : .closed
    case .locked: return .locked
    case .future, nil: return .future
    }
  }

  private func firstOpen(after day: Day) -> Day? {
    periods.filter { $0.kind == .normal && statuses[$0.label] == .open && $0.end > day }
      .map { max($0.start, day.adding(days: 1)) }.min()
  }

  /// Which refusal such an entry meets; nil where it is posted. `faults` are those of its content,
  /// `own` is the period of what it takes back on the same day.
  mutating func foresee(
    _ type: EntryType, on day: Day, by role: Role, total: Int64 = 0,
    faults: [EntryFault] = [], reversesOn: Day? = nil, own: Periods.Row? = nil
  ) -> Refusal? {
    seen[.periodGuard, default: 0] += 1
    let period = own ?? period(of: type, on: day)
    let tried = PeriodGuard.Case(state: state(of: period), role: role)
    guarded.insert(tried)
    guard role != .viewer else { return .notPermitted(.journalCreate, .noGrant(.viewer)) }
    // Who may do it only by asking is told so before anything else (RULES §4.9, 32).
    if type == .adjusting, role == .employee {
      return .needsApproval(by: [.manager], amount: Money(minorUnits: total))
    }
    if period?.kind == .adjusting, role == .employee {
      return .notPermitted(.periodAdjust, .noGrant(.employee))
    }
    var all = faults
    let fault = PeriodGuard.fault(
      tried, on: day, in: period?.name ?? "", firstOpen: firstOpen(after: day))
    if let fault { all.append(fault) }
    if let reversesOn, let later = self.period(of: .reversing, on: reversesOn),
      let status = statuses[later.label], status == .closed || status == .locked
    {
      all.append(
        .periodNotOpen(name: later.name, status, firstOpen: firstOpen(after: reversesOn)))
    }
    return all.isEmpty ? nil : .faults(all)
  }

  /// Does it, and holds what came of it to what was foreseen.
  mutating func attempt<Output>(
    _ what: String, foreseen: Refusal?, _ act: (TestBooks) async throws -> Output
  ) async throws -> Output? {
    do {
      let output = try await act(books)
      if let foreseen { fail(.periodGuard, "\(what) was done, not met by \(foreseen)") }
      return output
    } catch let refusal as Refusal {
      if refusal != foreseen {
        fail(.periodGuard, "\(what) met \(refusal), not \(foreseen.map { "\($0)" } ?? "nothing")")
      }
      return nil
    }
  }

  // MARK: Looking

  /// What the list comes to, through a day.
  func sums(through day: Day = .last) -> [SeasonCell: SeasonSum] {
    var sums: [SeasonCell: SeasonSum] = [:]
    for line in lines where line.day <= day {
      sums[line.cell, default: SeasonSum()].amount += line.sum.amount
      sums[line.cell, default: SeasonSum()].base += line.sum.base
    }
    return sums.filter { $0.value != SeasonSum() }
  }

  /// What the general ledger of the books comes to.
  static func ledger(of books: TestBooks) async throws -> [SeasonCell: SeasonSum] {
    let found = try await books.store.snapshot(of: books.business, as: .system) { snapshot in
      try snapshot.rows(
        { (account: String, currency: String, amount: Int64, base: Int64) in
          (SeasonCell(account: account, currency: currency), SeasonSum(amount: amount, base: base))
        },
        """
        SELECT a.number, g.currency, sum(g.debit - g.credit), sum(g.base_debit - g.base_credit)
        FROM general_ledger g
        JOIN accounts a ON a.business_id = :business AND a.id = g.account_id
        WHERE g.business_id = :business
        GROUP BY a.id, g.currency
        """)
    }
    return Dictionary(uniqueKeysWithValues: found).filter { $0.value != SeasonSum() }
  }

  private mutating func check() async throws {
    let (found, expected) = (try await Self.ledger(of: books), sums())
    if found != expected { fail(.ledger, "\(books.clock.now.text): \(found), not \(expected)") }
    let cells = try await books.workspace.fetch(VerifyLedger(), as: books.viewer).findings
    for cell in cells { fail(.ledger, "\(cell)") }
    try await checkSums()
    try await checkItems()
  }

  /// Of all entries of one set of currencies the base amounts come to nothing; of a set of one so do
  /// its own.
  private mutating func checkSums() async throws {
    let sets = try await books.store.snapshot(of: books.business, as: .system) { snapshot in
      try snapshot.rows(
        { (set: String, count: Int, base: Int64, own: Int64) in (set, count, base, own) },
        """
        SELECT currencies || ' ' || low || ' ' || high, currencies, sum(base), sum(own)
        FROM (
          SELECT count(DISTINCT l.currency) AS currencies, min(l.currency) AS low,
            max(l.currency) AS high, sum(l.base_debit - l.base_credit) AS base,
            sum(l.debit - l.credit) AS own
          FROM journal_entries e
          JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.id
          WHERE e.business_id = :business AND e.status IN ('posted', 'reversed')
          GROUP BY e.id)
        GROUP BY currencies, low, high
        """)
    }
    for (set, count, base, own) in sets {
      currencySets.insert(set)
      if base != 0 || count == 1 && own != 0 { fail(.sums, "\(set) is out by \(base), \(own)") }
    }
  }
}
