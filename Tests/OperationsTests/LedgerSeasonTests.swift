import Domain
import Store
import TestSupport
import Testing

@testable import Operations

/// Years of random entries, adjustments, reversals, closings and re-openings beside a plain list of
/// what was booked: every trial balance and statement of any day and basis is what the list comes
/// to (RULES §3.16).
@Suite struct LedgerSeasonTests {
  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `after ten thousand operations every report is what a plain list comes to`(
    _ seed: UInt64
  ) async throws {
    var season = try await LedgerSeason(seed: seed)
    for step in 1...2_500 {
      try await season.step()
      if step.isMultiple(of: 125) {
        try await season.check(lineByLine: step.isMultiple(of: 500))
      }
    }
    try await season.checkWhatWasKnown()
    for check in try await season.books.workspace.fetch(Examination(), as: season.books.owner) {
      #expect(check.findings.isEmpty, "\(check.name)")
    }
    #expect(season.posted > 500 && season.refused > 200, "\(season.posted), \(season.refused)")
    #expect(season.yearsClosed > 1 && season.yearsReopened > 0, "\(season.yearsClosed)")
  }
}

/// What is known of each line without asking the books.
private struct BookedLine {
  let day: Day
  let account: String
  /// Debit-positive.
  let amount: Int64
  /// Whether the unadjusted trial balance of its fiscal year leaves it out.
  let adjusts: Bool
  let closes: Bool
}

private struct LedgerSeason {
  let books: TestBooks
  private var chance: SeededChance
  private var lines: [BookedLine] = []
  /// What can be reversed, with what it booked.
  private var standing: [(entry: ID<Entry>, period: String, lines: [BookedLine])] = []
  /// By the labels of periods.
  private var statuses: [String: PeriodStatus] = [:]
  private var periods: [Periods.Row] = []
  private var closedYears: Set<Int> = []
  private var closings: [Int: [BookedLine]] = [:]
  private var known: [(at: Timestamp, day: Day, balances: [String: Int64])] = []
  private(set) var posted = 0
  private(set) var refused = 0
  private(set) var yearsClosed = 0
  private(set) var yearsReopened = 0

  private static let income: Set = ["4100", "4400", "6100", "6200"]
  private static let accounts = income.sorted() + ["1120", "2110", "3200", "1310"]
  private static let years = 2025...2027
  private static let openPeriodsMost = 20

  init(seed: UInt64) async throws {
    books = try await TestBooks.make(seed: seed)
    try await books.changeSettings { $0.openPeriodsMost = Self.openPeriodsMost }
    chance = SeededChance(seed: seed)
    let first = FiscalYearPlan(holding: try #require(Day("2025-06-01")), firstMonth: 1)
    try await Self.asSystem(OpenFiscalYear(first), in: books)
    _ = try await books.workspace.perform(AddFiscalYear(), as: books.owner)
    periods = try await books.workspace.fetch(Periods(), as: books.owner)
    statuses = Dictionary(uniqueKeysWithValues: periods.map { ($0.label, $0.status) })
  }

  @discardableResult
  private static func asSystem<C: Command>(
    _ command: C, in books: TestBooks
  ) async throws -> C.Output {
    try await books.store.change(in: books.business, as: .system) { change in
      Result { () throws -> C.Output in try change.perform(command) }
    }.get()
  }

  mutating func step() async throws {
    books.clock.advance(seconds: 1)
    switch Int.random(in: 0..<100, using: &chance) {
    case 0..<60: try await post()
    case 60..<68: try await reverse()
    case 68..<78: try await open()
    case 78..<83: try await close()
    case 83..<93: try await reopen()
    case 93..<97: try await closeYear()
    default: try await reopenYear()
    }
  }

  /// Does it, and holds what came of it to what was foreseen.
  private mutating func attempt<Output>(
    foreseen: Bool, _ what: String, _ act: (TestBooks) async throws -> Output
  ) async throws -> Output? {
    do {
      let output = try await act(books)
      #expect(foreseen, "\(what) was done")
      return output
    } catch let refusal as Refusal {
      #expect(!foreseen, "\(what): \(refusal)")
      refused += 1
      return nil
    }
  }

  // MARK: Entries

  private func label(_ day: Day, _ kind: PeriodKind) -> String? {
    periods.first { $0.kind == kind && $0.start <= day && day <= $0.end }?.label
  }

  /// Where such an entry goes; nil where nothing takes it.
  private func place(of type: EntryType, on day: Day) -> String? {
    let month = label(day, .normal)
    if let month, statuses[month] == .open { return month }
    guard type == .adjusting || type == .correction, let last = label(day, .adjusting),
      statuses[last] == .open
    else { return nil }
    return last
  }

  private mutating func anyDay() -> Day {
    let (year, month) = (
      Int.random(in: Self.years, using: &chance), Int.random(in: 1...12, using: &chance)
    )
    let first = Day(year: year, month: month, day: 1) ?? .first
    return Bool.random(using: &chance)
      ? first.lastOfMonth : first.adding(days: Int.random(in: 0..<28, using: &chance))
  }

  private mutating func post() async throws {
    let types: [EntryType] = [.standard, .standard, .standard, .adjusting, .correction]
    let type = types.randomElement(using: &chance) ?? .standard
    let day = anyDay()
    var amounts: [(String, Int64)] = []
    for _ in 0..<Int.random(in: 1...4, using: &chance) {
      amounts.append(
        (
          Self.accounts.randomElement(using: &chance) ?? "1120",
          Int64.random(in: 1...9_999, using: &chance) * (Bool.random(using: &chance) ? 1 : -1)
        ))
    }
    let sum = amounts.map(\.1).reduce(0, +)
    amounts.append(("1120", sum == 0 ? 1 : -sum))
    if sum == 0 { amounts.append(("1310", -1)) }
    var content = books.entry(1)
    (content.date, content.type) = (day, type)
    content.lines = amounts.map { books.line($0, $1) }
    let period = place(of: type, on: day)
    let written = content
    let entered = try await attempt(foreseen: period != nil, "\(type) on \(day.text)") {
      try await $0.workspace.perform(CreateEntry(written, then: .post), as: $0.owner)
    }
    guard let entered, let period else { return }
    let booked = amounts.map {
      BookedLine(
        day: day, account: $0.0, amount: $0.1, adjusts: type == .adjusting, closes: false)
    }
    lines += booked
    standing.append((entered.entry, period, booked))
    posted += 1
  }

  private mutating func reverse() async throws {
    guard let index = standing.indices.randomElement(using: &chance) else { return }
    let original = standing[index]
    let day = max(anyDay(), original.lines[0].day)
    let isOnItsDay = day == original.lines[0].day
    let period = isOnItsDay ? original.period : label(day, .normal)
    let isOpen = period.flatMap { statuses[$0] } == .open
    let done = try await attempt(foreseen: isOpen, "a reversal on \(day.text)") {
      try await $0.workspace.perform(
        ReverseEntry(original.entry, on: day, reason: "At random."), as: $0.owner)
    }
    guard done != nil else { return }
    standing.remove(at: index)
    lines += original.lines.map {
      BookedLine(
        day: day, account: $0.account, amount: -$0.amount,
        adjusts: $0.adjusts && period == original.period, closes: false)
    }
    posted += 1
  }

  // MARK: Periods and years

  private mutating func anyPeriod() -> Periods.Row? {
    periods.filter { $0.kind == .normal || $0.kind == .adjusting }.randomElement(using: &chance)
  }

  /// The first that isn't closed, as people mostly close, or any.
  private mutating func likelyPeriod() -> Periods.Row? {
    guard Int.random(in: 0..<4, using: &chance) > 0 else { return anyPeriod() }
    return periods.first {
      $0.kind == .normal && (statuses[$0.label] == .open || statuses[$0.label] == .future)
        || $0.kind == .adjusting && statuses[$0.label] == .open
    }
  }

  private mutating func open() async throws {
    guard let period = anyPeriod() else { return }
    let done: Void? = try await attempt(
      foreseen: statuses[period.label] == .future && hasRoom(for: period),
      "opening \(period.label)"
    ) {
      try await $0.workspace.perform(OpenPeriod(period.id, name: period.label), as: $0.director)
    }
    if done != nil { statuses[period.label] = .open }
  }

  private mutating func close() async throws {
    guard let period = likelyPeriod() else { return }
    let status = statuses[period.label]
    let earlier = periods.prefix { $0.id != period.id }.contains {
      $0.kind == .normal && statuses[$0.label] != .closed
        || $0.kind == .adjusting && statuses[$0.label] == .open
    }
    let done: Void? = try await attempt(
      foreseen: (status == .open || status == .future) && !earlier, "closing \(period.label)"
    ) {
      try await $0.workspace.perform(ClosePeriod(period.id, name: period.label), as: $0.director)
    }
    if done != nil { statuses[period.label] = .closed }
  }

  /// R19, with as many as the season's business lets be open.
  private func hasRoom(for period: Periods.Row) -> Bool {
    let open = periods.count { $0.kind == .normal && statuses[$0.label] == .open }
    return period.kind != .normal || open < Self.openPeriodsMost
  }

  private mutating func reopen() async throws {
    guard let period = anyPeriod() else { return }
    let isClosed = statuses[period.label] == .closed
    let done: Void? = try await attempt(
      foreseen: isClosed && !closedYears.contains(period.year) && hasRoom(for: period),
      "reopening \(period.label)"
    ) {
      try await Self.asSystem(
        ReopenPeriod(period: period.id, name: period.label, why: "At random."), in: $0)
    }
    if done != nil { statuses[period.label] = .open }
  }

  private mutating func closeYear() async throws {
    let next = Self.years.first { !closedYears.contains($0) } ?? 2025
    let year =
      Bool.random(using: &chance) ? next : Int.random(in: Self.years, using: &chance)
    let own = periods.filter { $0.year == year }
    let isReady =
      year == next && !closedYears.contains(year)
      && own.allSatisfy {
        $0.kind == .normal
          ? statuses[$0.label] == .closed
          : statuses[$0.label] != .open
            || $0.kind != .adjusting
      }
    let done = try await attempt(foreseen: isReady, "closing \(year)") {
      try await Self.asSystem(CloseYear(year: year), in: $0)
    }
    guard done != nil else { return }
    yearsClosed += 1
    closedYears.insert(year)
    take(closing: year, of: own)
    for period in own where period.kind != .normal { statuses[period.label] = .closed }
    let first = periods.first { $0.kind == .normal && $0.start > own[0].end && $0.year > year }
    if let first, statuses[first.label] == .future, hasRoom(for: first) {
      statuses[first.label] = .open
    }
    // The last closing makes a year that nothing here is booked in.
    periods = try await books.workspace.fetch(Periods(), as: books.owner).filter {
      Self.years.contains($0.year)
    }
  }

  private mutating func take(closing year: Int, of own: [Periods.Row]) {
    let (start, end) = (own[0].start, own.map(\.end).max() ?? own[0].end)
    var sums: [String: Int64] = [:]
    for line in lines where (start...end).contains(line.day) {
      if Self.income.contains(line.account) || line.account == "3200" {
        sums[line.account, default: 0] += line.amount
      }
    }
    var closing = sums.filter { $0.value != 0 }.map {
      BookedLine(day: end, account: $0.key, amount: -$0.value, adjusts: false, closes: true)
    }
    let result = closing.map(\.amount).reduce(0, +)
    closing.append(
      BookedLine(day: end, account: "3300", amount: -result, adjusts: false, closes: true))
    closings[year] = closing
    lines += closing
  }

  private mutating func reopenYear() async throws {
    let latest = closedYears.max()
    let year =
      Bool.random(using: &chance)
      ? latest ?? 2025 : Int.random(in: Self.years, using: &chance)
    let done: Void? = try await attempt(foreseen: year == latest, "reopening \(year)") {
      try await Self.asSystem(ReopenYear(year: year, why: "At random."), in: $0)
    }
    guard done != nil else { return }
    yearsReopened += 1
    closedYears.remove(year)
    lines += (closings.removeValue(forKey: year) ?? []).map {
      BookedLine(
        day: $0.day, account: $0.account, amount: -$0.amount, adjusts: false, closes: true)
    }
  }

  // MARK: Looking

  /// What the list comes to, by account.
  private func balances(
    on day: Day, _ basis: LedgerScope.Basis, earnedSince first: Day = .first
  ) -> [String: Int64] {
    let start = Day(year: day.year, month: 1, day: 1) ?? .first
    var sums: [String: Int64] = [:]
    for line in lines where line.day <= day {
      if Self.income.contains(line.account), line.day < first { continue }
      if basis != .postClosing, line.closes, line.day == day { continue }
      if basis == .unadjusted, line.adjusts, line.day >= start { continue }
      sums[line.account, default: 0] += line.amount
    }
    return sums.filter { $0.value != 0 }
  }

  /// As a trial balance has it: what earlier years left on income and expenses has no number.
  private func trialBalance(on day: Day, _ basis: LedgerScope.Basis) -> [String: Int64] {
    let start = Day(year: day.year, month: 1, day: 1) ?? .first
    var sums = balances(on: day, basis, earnedSince: start)
    let earlier = lines.filter { Self.income.contains($0.account) && $0.day < start }
    sums[""] = earlier.map(\.amount).reduce(0, +)
    return sums.filter { $0.value != 0 }
  }

  private func report(on day: Day, _ scope: LedgerScope) async throws -> [String: Int64] {
    let report = try await books.workspace.fetch(
      TrialBalanceReport(asOf: day, scope), as: books.viewer)
    #expect(try report.totalDebit() == report.totalCredit())
    return Dictionary(
      uniqueKeysWithValues: report.lines.map { ($0.number, $0.balance.minorUnits) }
    ).filter { $0.value != 0 }
  }

  /// Reading every line takes longest.
  mutating func check(lineByLine: Bool) async throws {
    let day = anyDay()
    for basis in LedgerScope.Basis.allCases {
      let found = try await report(on: day, LedgerScope(basis))
      #expect(found == trialBalance(on: day, basis), "\(day.text), \(basis.rawValue)")
      #expect(found.values.reduce(0, +) == 0)
      try await checkStatements(on: day, basis)
      if lineByLine { try await checkDetail(on: day, basis) }
    }
    let all = try await report(on: day, LedgerScope())
    known.append((books.clock.now, day, all))
    #expect(
      try await books.workspace.fetch(VerifyLedger(), as: books.viewer).findings.isEmpty)
  }

  /// Line by line it comes to the same, wherever that begins (RULES §3.10).
  private func checkDetail(on day: Day, _ basis: LedgerScope.Basis) async throws {
    for from in [Day.first, day.adding(days: -200)] {
      let ledger = try await books.generalLedger(
        in: .days(from, day), LedgerScope(basis), as: books.viewer)
      for account in ledger {
        #expect((account.lines.last?.balance ?? account.opening) == account.closing)
      }
      let closings = ledger.map { ($0.number, $0.closing.minorUnits) }
      let year = Day(year: from.year, month: 1, day: 1) ?? .first
      #expect(
        Dictionary(uniqueKeysWithValues: closings).filter { $0.value != 0 }
          == balances(on: day, basis, earnedSince: year),
        "\(from.text) to \(day.text), \(basis.rawValue)")
      let heads = try await books.workspace.fetch(
        GeneralLedgerAccounts(in: .days(from, day), LedgerScope(basis)), as: books.viewer)
      #expect(heads.rows == ledger.map { $0.section.row }, "\(from.text) to \(day.text)")
      try await checkRegisters(from: from, to: day, basis)
    }
  }

  /// A register ends with what the list comes to, from either end.
  private func checkRegisters(
    from: Day, to day: Day, _ basis: LedgerScope.Basis
  ) async throws {
    let isWhole = from == .first
    let year = Day(year: from.year, month: 1, day: 1) ?? .first
    let expected = balances(on: day, basis, earnedSince: isWhole ? .first : year)
    let scope = RegisterScope(
      from: from, to: day, LedgerScope(basis), opening: isWhole ? .all : .ofYear)
    for number in Self.accounts {
      let account = books.account(number)
      let last = try await books.workspace.fetch(
        RegisterPage(account, in: scope, before: nil, limit: 1), as: books.viewer
      ).last
      guard let last else { continue }
      #expect(last.balance.minorUnits == expected[number] ?? 0, "\(number) to \(day.text)")
      // The others are alike, and reading them to the end takes long.
      guard number == "6200" else { continue }
      let whole = try await books.workspace.fetch(
        RegisterPage(account, in: scope, limit: .max), as: books.viewer)
      #expect(whole.last == last, "\(number) to \(day.text)")
    }
  }

  /// What a row of the income statement leads to comes to its amount.
  private func checkEarned(
    _ income: FinancialStatement, _ basis: LedgerScope.Basis
  ) async throws {
    for row in income.rows {
      guard let account = row.item.ofAccount, let days = income.columns.first else { continue }
      let scope = RegisterScope(
        from: days.from, to: days.to, LedgerScope(basis), opening: .nothing)
      let last = try await books.workspace.fetch(
        RegisterPage(account.id, in: scope, before: nil, limit: 1), as: books.viewer
      ).last
      let sign: Int64 = account.type.accountClass == .revenue ? -1 : 1
      #expect(
        last?.balance.minorUnits == row.amounts.first.map { sign * $0.minorUnits },
        "\(account.number) \(days.to.text) \(basis)")
    }
  }

  /// What the year earned is one figure, wherever it stands (R25).
  private func checkStatements(on day: Day, _ basis: LedgerScope.Basis) async throws {
    let sheet = try await books.workspace.fetch(
      StatementReport(balanceSheetOf: day, LedgerScope(basis)), as: books.viewer)
    func amount(_ item: FinancialStatement.Item, _ statement: FinancialStatement) -> Int64 {
      statement.amounts(of: item)?.first?.minorUnits ?? 0
    }
    #expect(amount(.total(.asset), sheet) == amount(.liabilitiesAndEquity, sheet))
    guard basis != .postClosing else { return }
    let income = try await books.workspace.fetch(
      StatementReport(incomeOf: .year(to: day), LedgerScope(basis)), as: books.viewer)
    #expect(amount(.currentEarnings, sheet) == amount(.netIncome, income), "\(day.text) \(basis)")
    try await checkEarned(income, basis)
    guard basis == .adjusted else { return }
    for method in CashFlowMethod.allCases {
      let flows = try await books.workspace.fetch(
        StatementReport(cashFlowOf: .year(to: day), method), as: books.viewer)
      #expect(flows.amounts(of: .unexplained) == nil, "\(day.text) \(method)")
      #expect(
        amount(.cashAtBeginning, flows) + amount(.netChange, flows) == amount(.cashAtEnd, flows))
      guard method == .indirect else { continue }
      #expect(amount(.netIncome, flows) == amount(.netIncome, income), "\(day.text)")
    }
  }

  /// What the books said at each moment, asked at the end.
  func checkWhatWasKnown() async throws {
    for (moment, day, balances) in known {
      #expect(
        try await report(on: day, LedgerScope(knownAt: moment)) == balances, "\(moment.text)")
    }
  }
}
