import Domain
import Interchange
import Store
import TestSupport
import Testing

@testable import Operations

/// The properties of RULES §3.16, of the books that four random seasons leave, and of each at least
/// ten thousand operations.
@Suite struct SeasonPropertyTests {
  private static let least = 10_000

  /// How many operations all seasons are, after each of which a property has to hold.
  private func operations(_ records: [SeasonRecord]) -> Int {
    records.map { $0.seen[.sums] ?? 0 }.reduce(0, +)
  }

  private func expectNone(_ property: SeasonProperty, in records: [SeasonRecord]) {
    for record in records {
      let found = record.failures[property] ?? []
      #expect(found.isEmpty, "\(found.count): \(found.prefix(3).joined(separator: "\n"))")
    }
  }

  @Test func `every set of currencies comes to nothing after any sequence of operations`()
    async throws
  {
    let records = try await Seasons.shared.records()
    expectNone(.sums, in: records)
    #expect(operations(records) >= Self.least)
    let sets = records.map(\.currencySets).reduce(Set()) { $0.union($1) }
    let wanted: Set = [
      "1 USD USD", "1 EUR EUR", "1 JPY JPY", "2 EUR USD", "2 JPY USD", "3 EUR USD",
    ]
    #expect(wanted.isSubset(of: sets), "\(sets.sorted())")
  }

  @Test func `the ledger is its lines summed up anew, and what a plain list comes to`() async throws
  {
    let records = try await Seasons.shared.records()
    expectNone(.ledger, in: records)
    #expect(operations(records) >= Self.least)
  }

  @Test func `nobody posts into a period that isn't open to them, on any day in any state`()
    async throws
  {
    let records = try await Seasons.shared.records()
    expectNone(.periodGuard, in: records)
    #expect(records.map { $0.seen[.periodGuard] ?? 0 }.reduce(0, +) >= Self.least)
    let guarded = records.map(\.guarded).reduce(Set()) { $0.union($1) }
    #expect(PeriodGuard.Case.all.subtracting(guarded).isEmpty)
  }

  @Test func `a revaluation books what balances gained, and done again nothing`() async throws {
    let records = try await Seasons.shared.records()
    expectNone(.revaluation, in: records)
    #expect(operations(records) >= Self.least)
    #expect(records.map(\.revaluations).reduce(0, +) > 50)
  }

  @Test func `settlements leave of each item what wasn't settled, in both currencies`()
    async throws
  {
    let records = try await Seasons.shared.records()
    expectNone(.openItems, in: records)
    #expect(operations(records) >= Self.least)
    #expect(records.map(\.settlements).reduce(0, +) > 50)
  }

  @Test func `posting and reversing leaves every balance as it was before anything was posted`()
    async throws
  {
    let records = try await Seasons.shared.records()
    for record in records {
      let books = try record.copied()
      try await openMonths(of: books)
      let day = Season.end.adding(days: 31)
      for entry in record.standing {
        _ = try await books.workspace.perform(
          ReverseEntry(entry, on: day, reason: "All of it."), as: books.owner)
      }
      #expect(try await Season.ledger(of: books).isEmpty)
      #expect(record.standing.count > 100)
    }
    #expect(operations(records) >= Self.least)
  }

  @Test func `what is exported gives the same trial balance in an empty business`() async throws {
    let records = try await Seasons.shared.records()
    for record in records {
      let books = try record.copied()
      let exported = try await books.workspace.perform(ExportJournal(to: "out"), as: books.owner)
        .journal
      let workspace = try TestBooks.emptyWorkspace(at: TestBooks.start)
      let owner = try await TestBooks.owner(of: "second", in: workspace)
      let text = HledgerJournal.write(exported)
      let report = try await workspace.perform(
        ImportJournal(try HledgerJournal.read(text: text), file: "out", untyped: .asset),
        as: owner)
      #expect(report.entries == exported.entries.count && report.entries > 100)
      let before = try await balances(in: books.workspace, as: books.owner)
      #expect(try await balances(in: workspace, as: owner) == before)
    }
    #expect(operations(records) >= Self.least)
  }

  @Test(.enabled(if: Hledger.path != nil, "hledger is not installed"))
  func `hledger reads in what is exported what every account holds in each currency`()
    async throws
  {
    for record in try await Seasons.shared.records() {
      let books = try record.copied()
      let exported = try await books.workspace.perform(ExportJournal(to: "out"), as: books.owner)
        .journal
      let text = HledgerJournal.write(exported)
      func held(_ currency: TrialBalanceReport.Currency) async throws -> [OracleSum: Quantity] {
        try await books.workspace.fetch(
          TrialBalanceReport(asOf: .last, currency: currency), as: books.owner
        ).byAccount
      }
      #expect(try await Hledger.balances(of: text, "-B") == held(.base))
      // What a revaluation changes is in dollars, on whatever account.
      let foreign = try await held(.transaction).filter { $0.key.commodity != "USD" }
      #expect(
        try Hledger.balances(of: text).filter { $0.key.commodity != "USD" } == foreign)
      #expect(foreign.count > 2)
    }
  }

  @Test func `closing the year and reopening it restores the adjusted trial balance`() async throws
  {
    let records = try await Seasons.shared.records()
    for record in records {
      let books = try record.copied()
      try await openMonths(of: books)
      for period in try await books.workspace.fetch(Periods(), as: books.owner)
      where period.end <= Season.end && period.status == .open {
        try await Season.close(period, in: books)
      }
      func held(_ basis: LedgerScope.Basis) async throws -> [String] {
        try await balances(in: books.workspace, as: books.owner, basis)
      }
      let before = try await held(.adjusted)
      try await Season.perform(CloseYear(year: 2026), in: books)
      #expect(try await held(.adjusted) == before)
      #expect(try await held(.postClosing) != before)
      try await Season.perform(ReopenYear(year: 2026, why: "At random."), in: books)
      #expect(try await held(.adjusted) == before)
      #expect(try await held(.postClosing) == before)
    }
    #expect(operations(records) >= Self.least)
  }

  @Test func `a group of one business is its own trial balance`() async throws {
    let records = try await Seasons.shared.records()
    for record in records {
      let books = try record.copied()
      let group = ConsolidationGroup(
        name: "One", currency: Currency(code: "USD", exponent: 2), members: [.init("harbour")],
        translation: "3500")
      let (consolidation, _) = try await books.workspace.consolidate(group, through: Season.end) {
        _ in books.owner
      }
      let own = try await books.workspace.fetch(
        TrialBalanceReport(asOf: Season.end), as: books.owner
      ).lines.filter { !$0.balance.isZero }
      let rows = consolidation.rows.filter { !$0.group.isZero }
      #expect(rows.map(\.line) == own.map { .account($0.number) })
      #expect(rows.map(\.group) == own.map(\.balance))
      #expect(own.count > 10)
    }
    #expect(operations(records) >= Self.least)
  }

  @Test func `the audit chain verifies at the end, and every other check finds nothing`()
    async throws
  {
    let records = try await Seasons.shared.records()
    for record in records {
      let books = record.books
      let chain = try await books.workspace.fetch(VerifyAudit(), as: books.viewer)
      #expect(chain.isSound && chain.records > 2_000)
      for check in try await books.workspace.fetch(Examination(), as: books.viewer) {
        #expect(check.findings.isEmpty, "\(check.name): \(check.findings.prefix(3))")
      }
    }
    #expect(operations(records) >= Self.least)
  }

  // MARK: Books of one's own

  /// With what waited for its month taken back.
  private func openMonths(of books: TestBooks) async throws {
    for period in try await books.workspace.fetch(Periods(), as: books.owner)
    where period.kind == .normal && period.start <= Season.end.adding(days: 1) {
      switch period.status {
      case .future:
        try await books.workspace.perform(
          OpenPeriod(period.id, name: period.label), as: books.director)
      case .closed: try await Season.reopen(period, in: books)
      case .open, .locked: break
      }
    }
  }

  /// The accounts that hold something at the end of the season's year, and how much.
  private func balances(
    in workspace: Workspace, as who: Principal, _ basis: LedgerScope.Basis = .adjusted
  ) async throws -> [String] {
    try await workspace.fetch(TrialBalanceReport(asOf: Season.end, LedgerScope(basis)), as: who)
      .lines.filter { !$0.balance.isZero }.map { "\($0.path) \($0.balance.minorUnits)" }.sorted()
  }
}

extension SeasonRecord {
  /// The same books, for one test to go on with.
  fileprivate func copied() throws -> TestBooks {
    let copy = try books.copy(seed: 99)
    copy.clock.set(books.clock.now)
    return copy
  }
}

/// The seasons are long: every property is tested of the same four.
private actor Seasons {
  static let shared = Seasons()
  private static let seeds: [UInt64] = [1, 2, 3, 4]
  private static let steps = 3_200

  private var made: Task<[SeasonRecord], any Error>?

  func records() async throws -> [SeasonRecord] {
    let task = made ?? Task { try await Self.make() }
    made = task
    return try await task.value
  }

  private static func make() async throws -> [SeasonRecord] {
    try await withThrowingTaskGroup(of: SeasonRecord.self) { group in
      for seed in Self.seeds {
        group.addTask { try await Season.record(seed: seed, steps: Self.steps) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }
}
