package import Domain
package import Store

/// A balance sheet, an income statement or a cash-flow statement in the base currency, for one or
/// more days or ranges of days beside each other. A department's counts its lines only.
package struct StatementReport: Query, Hashable {
  package static let permission: Permission? = .reportRead
  let kind: FinancialStatement.Kind
  let span: Span
  let comparisons: [Comparison]
  let scope: LedgerScope
  let budget: BudgetChoice

  /// What the books hold at the end of a day, and beside it what they held; nobody plans that.
  package init(
    balanceSheetOf day: Day, comparing comparisons: [Comparison] = [],
    _ scope: LedgerScope = LedgerScope()
  ) {
    kind = .balanceSheet
    span = .days(day, day)
    self.comparisons = comparisons.filter { $0 != .budget }
    self.scope = scope
    budget = BudgetChoice()
  }

  /// What was earned and spent in some days, before closings took it away. `budget` says which plan
  /// it is compared with, where it is.
  package init(
    incomeOf span: Span, comparing comparisons: [Comparison] = [],
    _ scope: LedgerScope = LedgerScope(), budget: BudgetChoice = BudgetChoice()
  ) {
    kind = .incomeStatement
    self.span = span
    self.comparisons = comparisons
    self.scope = scope
    self.budget = budget
  }

  /// What brought cash in some days, and what took it. It is of the whole business, as cash is of no
  /// department, and of all entries but closings, as cash is the same without adjustments. Nobody
  /// plans it.
  package init(
    cashFlowOf span: Span, _ method: CashFlowMethod, comparing comparisons: [Comparison] = [],
    knownAt: Timestamp? = nil
  ) {
    kind = method.kind
    self.span = span
    self.comparisons = comparisons.filter { $0 != .budget }
    scope = LedgerScope(.adjusted, knownAt: knownAt)
    budget = BudgetChoice()
  }

  /// Which days count.
  package enum Span: Hashable, Sendable {
    /// Both inclusive.
    case days(Day, Day)
    /// From the first day of the fiscal year.
    case year(to: Day)
    /// The whole period that holds a day.
    case period(of: Day)

    /// Both inclusive.
    func days(by calendar: PeriodCalendar) -> (from: Day, through: Day) {
      switch self {
      case .days(let from, let through): (from, through)
      case .year(let day): (calendar.yearStart(of: day), day)
      case .period(let day): calendar.period(of: day)
      }
    }

    /// Those that it is compared with. Whole periods are as many before them, but a year so far is
    /// the year so far of the period before, also at a period's end.
    func days(
      _ comparison: Comparison, by calendar: PeriodCalendar
    ) -> (from: Day, through: Day) {
      if case .year(let day) = self, comparison == .priorPeriod {
        return calendar.yearToDateBefore(day)
      }
      let (from, through) = days(by: calendar)
      return calendar.range(comparison, to: from, through)
    }

    /// Of such days, or of those that it is compared with. The first month is a year so far where it
    /// is asked for as that.
    func takenOver(
      _ comparison: Comparison?, _ from: Day, _ through: Day, by calendar: PeriodCalendar
    ) -> FinancialStatement.Column.TakenOver {
      if calendar.isYearSoFar(from, through) { return .counted }
      switch (comparison, self) {
      case (.yearToDate, _), (.priorYearToDate, _), (_, .year):
        return from <= calendar.yearStart(of: through) ? .counted : .leftOut
      case (_, .days), (_, .period): return .leftOut
      }
    }
  }

  /// Throws `notPermitted` for whoever reads no reports of the department, or not of all of them.
  package func run(in snapshot: Snapshot) throws -> FinancialStatement {
    try snapshot.requireReports(of: scope.department)
    let asked = try columns(by: snapshot.periodCalendar())
    let counted = asked.filter { $0.comparison != .budget }
    let unvalued = try UnvaluedLines(
      asOf: counted.map(\.to).max() ?? .last, knownAt: scope.knownAt
    ).run(in: snapshot)
    let chart = try snapshot.reportedAccounts().map(FinancialStatement.Account.init)
    var statement = try self.statement(asked, chart, unvalued: unvalued, in: snapshot)
    statement.reopened = try snapshot.reopenedPeriods(
      of: counted.map { column in
        kind == .balanceSheet ? column.to...column.to : column.from...max(column.from, column.to)
      }, knownAt: scope.knownAt)
    return statement
  }

  private func statement(
    _ asked: [FinancialStatement.Column], _ chart: [FinancialStatement.Account], unvalued: Int,
    in snapshot: Snapshot
  ) throws -> FinancialStatement {
    if let method = kind.method {
      return try FinancialStatement(
        method, chart: chart,
        asked.map { try snapshot.cashFlows(method, in: $0, chart, scope) }, unvalued: unvalued)
    }
    var sums = try asked.map { column in
      if column.comparison == .budget { return try planned(column, in: snapshot) }
      return try kind == .balanceSheet
        ? held(column, chart, in: snapshot) : earned(column, in: snapshot)
    }
    if kind == .incomeStatement, let taken = try takenOver(in: asked, chart, in: snapshot) {
      sums.append(taken)
    }
    return try FinancialStatement(kind, chart: chart, sums, unvalued: unvalued)
  }

  private func columns(by calendar: PeriodCalendar) -> [FinancialStatement.Column] {
    let (from, through) = span.days(by: calendar)
    let others = comparisons.map { comparison in
      let (start, end) =
        kind == .balanceSheet
        ? (from, calendar.day(comparison, to: from))
        : span.days(comparison, by: calendar)
      return FinancialStatement.Column(
        from: start, to: end, comparison: comparison,
        takenOver: span.takenOver(comparison, start, end, by: calendar))
    }
    let first = FinancialStatement.Column(
      from: from, to: through, takenOver: span.takenOver(nil, from, through, by: calendar))
    return [first] + others
  }

  private func earned(
    _ column: FinancialStatement.Column, in snapshot: Snapshot
  ) throws -> FinancialStatement.Sums {
    FinancialStatement.Sums(
      column, accounts: try snapshot.earnedSums(column, scope).byAccount(),
      priorPeriods: try snapshot.priorPeriodAdjustments(
        from: column.from, through: column.to, scope))
  }

  /// What was taken over of the first of `columns` that counts any lines; nil where none does.
  private func takenOver(
    in columns: [FinancialStatement.Column], _ chart: [FinancialStatement.Account],
    in snapshot: Snapshot
  ) throws -> FinancialStatement.Sums? {
    let earnings = Set(chart.filter(\.type.isTemporary).map(\.id))
    let counted = columns.filter { $0.comparison != .budget && $0.takenOver == .counted }
    for column in counted {
      let taken = try snapshot.openingSums(from: column.from, through: column.to, scope)
        .byAccount().filter { earnings.contains($0.key) && !$0.value.isZero }
      if taken.isEmpty { continue }
      return FinancialStatement.Sums(
        FinancialStatement.Column(from: column.from, to: column.to, takenOver: .alone),
        accounts: taken)
    }
    return nil
  }

  private func planned(
    _ column: FinancialStatement.Column, in snapshot: Snapshot
  ) throws -> FinancialStatement.Sums {
    FinancialStatement.Sums(
      column,
      accounts: try snapshot.planned(budget, from: column.from, through: column.to, scope))
  }

  private func held(
    _ column: FinancialStatement.Column, _ chart: [FinancialStatement.Account],
    in snapshot: Snapshot
  ) throws -> FinancialStatement.Sums {
    let day = column.to
    let start = try snapshot.fiscalYearStart(of: day) ?? day
    let ofYear = try snapshot.ledgerSums(from: start, through: day, scope).byAccount()
    return FinancialStatement.Sums(
      FinancialStatement.Column(from: start, to: day, comparison: column.comparison),
      accounts: try snapshot.ledgerSums(through: day, scope).byAccount(),
      ofYear: try chart.filter(\.type.isTemporary).compactMap { ofYear[$0.id] }.total(),
      priorPeriods: try snapshot.priorPeriodAdjustments(from: start, through: day, scope))
  }
}

extension [LedgerSum] {
  /// In the base currency. Throws where a sum is larger than books can hold.
  func byAccount() throws -> [ID<Account>: Money] {
    var sums: [ID<Account>: Money] = [:]
    for sum in self { sums[sum.account] = try (sums[sum.account] ?? .zero) + sum.base }
    return sums
  }
}

extension FinancialStatement.Account {
  init(_ row: ReportedAccount) {
    self.init(
      id: row.id, number: row.number, name: row.name, path: row.path, parent: row.parent,
      type: row.type, cashFlow: row.cashFlow ?? row.category.cashFlowClass)
  }
}

extension Reading {
  func periodCalendar() throws -> PeriodCalendar {
    PeriodCalendar(
      try rows(
        PeriodCalendar.Span.init,
        """
        SELECT fiscal_year, number, start_date, end_date FROM accounting_periods
        WHERE business_id = :business AND kind = 'normal'
        """))
  }

  /// Throws `notPermitted` where the reader may not look at all that is booked for a department, or,
  /// where none is named, at all that is booked.
  func requireReports(of department: ID<Department>?) throws {
    if department == nil, try readsAllReports() { return }
    if let department { try requireThere(Thing(.department, department.value)) }
    let resource = try department.map { try self.resource(of: $0) }
    guard let decision = try decide(.reportRead, on: resource) else { return }
    try decision.require()
    let only = Reservation.trialBalanceAndOwn
    if decision.obligations.contains(.only(only)) {
      throw Refusal.notPermitted(.reportRead, .reserved(only))
    }
    if department == nil { throw Refusal.notPermitted(.reportRead, .otherDepartment) }
  }

  /// Of which departments a report of one has the lines, as JSON; nil is of all: of that one, and of
  /// those that stood below it on the report's last day (R37). Access goes by today's tree: what
  /// stands elsewhere now is left out for whoever may not read its reports.
  func departments(within department: ID<Department>?, on day: Day) throws -> String? {
    guard let department else { return nil }
    let then = try departmentTree(on: day).below([department])
    guard !actor.reach.isEverything else { return JSON.list(then) }
    let now = try departmentTree(on: today()).below([department])
    return JSON.list(then.filter { now.contains($0) || reaches($0) })
  }

  private func reaches(_ department: ID<Department>) -> Bool {
    let resource = Resource(departments: [department])
    return actor.reach.contains(resource, parts: resource.parts)
  }

  /// Those whose reports the reader may read, with what stands below them now, as JSON; nil is all.
  func departmentsSeen() throws -> String? {
    guard !actor.reach.isEverything else { return nil }
    let all = try rows(
      { (department: ID<Department>) in department },
      "SELECT id FROM departments WHERE business_id = :business")
    return JSON.list(try departmentTree(on: today()).below(all.filter(reaches)))
  }

  /// Whether the reader's reports are of the whole business, and not the trial balance alone.
  func readsAllReports() throws -> Bool {
    guard let user = actor.user else { return true }
    return try ownRights(of: user).reach(
      of: .reportRead, lists: protections(), in: circumstances(), reservedIsOwn: true
    ).isWhole
  }
}
