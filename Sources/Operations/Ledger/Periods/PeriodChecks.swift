package import Domain
package import Phrases
package import Store

/// The check-list of a period: what stands against closing it, each with what it was found in
/// (RULES §3.5, R24).
package struct PeriodChecks: Query {
  package static let permission: Permission? = .auditVerify
  /// Of one check; more are counted only.
  package static let mostFindings = 100
  let period: ID<Period>
  private let chain: AuditChain.End?

  /// With the audit chain verified up to `chain`, as `Value` has it; nil is from its beginning.
  package init(_ period: ID<Period>, chain: AuditChain.End? = nil) {
    self.period = period
    self.chain = chain
  }

  package struct Value: Hashable, Sendable {
    package let period: Periods.Row
    package let items: [Item]
    /// Where the audit chain ended, which is verified up to there; nil where it isn't sound.
    package let chain: AuditChain.End?

    package var pass: Bool { items.allSatisfy(\.passes) }
  }

  package struct Item: Hashable, Sendable {
    package let check: PeriodCheck
    /// How many things are wrong, of which the first are named.
    package let count: Int
    package let findings: [PeriodFinding]
    /// Of exactly what is found now.
    package let waiver: Waiver?

    package var passes: Bool { count == 0 || waiver != nil }
  }

  package struct Waiver: Hashable, Sendable {
    package let by: String
    package let reason: String
    package let at: Timestamp
  }

  /// What was found is named to whoever prepares closings; others see how much there is.
  package func run(in snapshot: Snapshot) throws -> Value {
    let period = try snapshot.period(period)
    let items = try snapshot.items(of: period, chain: chain)
    let isSound = items.allSatisfy { $0.check != .chain || $0.passes }
    let prepares = try snapshot.decide(.periodAdjust, on: Resource())?.isAllowed ?? true
    return Value(
      period: period,
      items: prepares
        ? items
        : items.map { Item(check: $0.check, count: $0.count, findings: [], waiver: $0.waiver) },
      chain: isSound ? try snapshot.auditChainEnd() : nil)
  }
}

/// One thing that a check found.
package enum PeriodFinding: Hashable, Sendable {
  /// An entry that isn't posted.
  case unposted(ID<Entry>, name: String, on: Day, EntryStatus)
  /// Debits less credits, in the base currency.
  case unbalanced(ID<Entry>, name: String, by: Money, in: String)
  case sum(ID<Account>, label: String, currency: String)
  case gap(series: String, count: Int, last: Int)
  /// What it comes to in its currency and in the base currency, debit-positive.
  case holds(ID<Account>, label: String, Money, in: String, base: Money, baseIn: String)
  case unvalued(ID<Entry>, name: String, lines: Int)
  case withoutParty(ID<Entry>, name: String, lines: Int)
  /// A foreign balance would gain so much in the base currency, or lose it.
  case unrevalued(ID<Account>, label: String, by: Money, in: String)
  case noRate(String, in: String, on: Day)
  /// Up to when it is reconciled; nil is not at all.
  case unreconciled(ID<Account>, label: String, since: Day?)
  /// What comes again by the template's name, and wasn't written.
  case unmade(String, on: Day)
  /// Of the audit log, by its number.
  case record(Int64, VerifyAudit.Finding.Kind)

  package var phrase: Phrase {
    switch self {
    case .unposted(_, let name, let day, let status): "\(name) of \(day.text): \(status.phrase)"
    case .unbalanced(_, let name, let difference, let currency):
      "\(name) is out by \(difference.shown(in: currency))"
    case .sum(_, let label, let currency):
      "\(label): the sum in \(currency) isn't that of its lines"
    case .gap(let series, let count, let last): "\(series): \(count) numbers up to \(last)"
    case .holds(_, let label, let balance, let currency, let base, let baseCurrency):
      currency == baseCurrency
        ? "\(label): \(balance.sided(in: currency))"
        : "\(label): \(balance.sided(in: currency)), \(base.sided(in: baseCurrency))"
    case .unvalued(_, let name, let lines): "\(name): \(lines) lines wait for a rate"
    case .withoutParty(_, let name, let lines): "\(name): \(lines) lines name no party"
    case .unrevalued(_, let label, let difference, let currency):
      difference < .zero
        ? "\(label): \(difference.shown(in: currency)) lost"
        : "\(label): \(difference.shown(in: currency)) gained"
    case .noRate(let code, let base, let day):
      "No rate of \(code) in \(base) up to \(day.text)"
    case .unreconciled(_, let label, let day?): "\(label): reconciled to \(day.text)"
    case .unreconciled(_, let label, nil): "\(label): not reconciled yet"
    case .unmade(let name, let day): "\(name) of \(day.text) isn't written"
    case .record(let sequence, let kind): "Record \(sequence) is \(Phrase(word: kind.rawValue))"
    }
  }
}

/// Accepts what was seen of what a check found, with a reason. It holds for that and nothing more.
package struct WaiveCheck: Command {
  package static let permission: Permission? = .periodClose
  package static let operation = "period.waive"
  package static let event = AuditEvent.approve
  package static let leastReason = 5
  let period: ID<Period>
  let check: PeriodCheck
  let seen: [PeriodFinding]
  let why: String

  package init(
    _ check: PeriodCheck, of period: ID<Period>, seen: [PeriodFinding], reason: String
  ) {
    self.period = period
    self.check = check
    self.seen = seen
    why = reason
  }

  package var subject: Subject { Subject(.period, period.value, name: check.rawValue) }
  package var reason: String? { why }

  package func run(in change: Change) throws {
    try change.requireReason(why, least: Self.leastReason)
    let row = try change.period(period)
    guard row.status == .open || row.status == .future else {
      throw Refusal.period(.ended(name: row.label, row.status))
    }
    guard check.isWaivable else { throw Refusal.waiver(.fact(check)) }
    let item = try change.item(of: row, check)
    guard !item.passes else { throw Refusal.waiver(.passes(check)) }
    guard item.count <= PeriodChecks.mostFindings else {
      throw Refusal.waiver(.tooMany(item.count))
    }
    guard item.findings == seen else { throw Refusal.changedMeanwhile }
    try change.execute(
      """
      INSERT INTO period_waivers (business_id, period_id, period_check, finding, reason, waived_by,
        waived_at)
      VALUES (:business, :period, :check, :finding, :reason, :actor, :now)
      """,
      [
        "period": period, "check": check.rawValue, "finding": item.findings.text, "reason": why,
        "actor": change.actor.user, "now": change.now,
      ])
  }
}

/// What stands against accepting what a check found.
package enum WaiverProblem: Hashable, Sendable {
  /// It is no matter of judgement.
  case fact(PeriodCheck)
  case passes(PeriodCheck)
  case tooMany(Int)
}

extension UserMessage {
  static func words(_ problem: WaiverProblem) -> Phrase {
    switch problem {
    case .fact(let check): "\(check.phrase): that is a fact, and nobody can accept it as it is."
    case .passes(let check): "\(check.phrase): it passes already."
    case .tooMany(let count):
      "\(count) findings are more than anybody has looked at. Clear some first."
    }
  }
}

extension PeriodCheck {
  package var phrase: Phrase {
    switch self {
    case .posted: "Everything dated in it is posted"
    case .balanced: "Every entry balances"
    case .ledger: "The ledger equals its lines"
    case .numbers: "The year's numbers have no gaps"
    case .suspense: "Nothing is left in suspense"
    case .opening: "Opening-balance equity is transferred"
    case .control: "Control accounts are kept by party"
    case .valued: "Every foreign amount is valued"
    case .revalued: "Foreign balances are revalued"
    case .reconciled: "Banks are reconciled to its end"
    case .recurring: "Recurring entries are written"
    case .chain: "The audit log is as it was written"
    case .intercompany: "Intercompany balances are agreed"
    }
  }
}

extension Money {
  /// `5.00 USD debit`.
  fileprivate func sided(in currency: String) -> Phrase {
    self < .zero ? "\(shown(in: currency)) credit" : "\(shown(in: currency)) debit"
  }
}

extension [PeriodFinding] {
  /// In the words by which a waiver is told from one of something else.
  fileprivate var text: String { map(\.phrase.english).joined(separator: "; ") }
}

extension Reading {
  /// What stands against closing a period, check by check, with the audit chain verified up to
  /// `chain`.
  func items(
    of period: Periods.Row, _ checks: [PeriodCheck] = PeriodCheck.allCases,
    chain: AuditChain.End? = nil
  ) throws -> [PeriodChecks.Item] {
    try checks.map { try item(of: period, $0, chain: chain) }
  }

  fileprivate func item(
    of period: Periods.Row, _ check: PeriodCheck, chain: AuditChain.End? = nil
  ) throws -> PeriodChecks.Item {
    let findings =
      switch check {
      case .posted: try unposted(from: period.start, through: period.end)
      case .balanced: try unbalanced(in: period.id)
      case .ledger: try wrongSums(in: period)
      case .numbers: try gaps(in: period.year)
      case .suspense: try held(on: .suspense, at: period)
      case .opening: try untransferred(at: period)
      case .control: try withoutParty(in: period)
      case .valued: try unvalued(in: period)
      case .revalued: try unrevalued(at: period)
      case .reconciled: try unreconciled(at: period)
      case .recurring: try unmade(at: period)
      case .chain:
        try brokenRecords(after: chain).map { PeriodFinding.record($0.sequence, $0.kind) }
      case .intercompany: try held(on: .intercompany, at: period)
      }
    let shown = Array(findings.prefix(PeriodChecks.mostFindings))
    return PeriodChecks.Item(
      check: check, count: findings.count, findings: shown,
      waiver: shown.isEmpty || shown.count < findings.count || !check.isWaivable
        ? nil : try waiver(of: check, period, shown))
  }

  private func waiver(
    of check: PeriodCheck, _ period: Periods.Row, _ findings: [PeriodFinding]
  ) throws -> PeriodChecks.Waiver? {
    try row(
      PeriodChecks.Waiver.init,
      """
      SELECT u.display_name, w.reason, w.waived_at
      FROM period_waivers w JOIN users u ON u.id = w.waived_by
      WHERE w.business_id = :business AND w.period_id = :period AND w.period_check = :check
        AND w.finding = :finding
      ORDER BY w.id DESC LIMIT 1
      """, ["period": period.id, "check": check.rawValue, "finding": findings.text])
  }

  /// Of all types: what waits has no period yet. `+` keeps SQLite from reading all that is posted for
  /// the sake of the order.
  func unposted(from start: Day, through end: Day) throws -> [PeriodFinding] {
    try rows(
      { (id: ID<Entry>, name: String, day: Day, status: EntryStatus) in
        .unposted(id, name: name, on: day, status)
      },
      """
      SELECT id, coalesce(number, 'D-' || draft_number), entry_date, status FROM journal_entries
      WHERE business_id = :business AND status IN ('draft', 'pending_approval', 'approved')
        AND entry_date BETWEEN :start AND :end
      ORDER BY +entry_date, id
      """, ["start": start, "end": end])
  }

  /// Posted entries of a period or of all. `+` keeps SQLite from walking all entries of the books for
  /// the order of the groups.
  func unbalanced(in period: ID<Period>? = nil) throws -> [PeriodFinding] {
    let currency = try businessFacts().baseCurrency
    return try rows(
      { (id: ID<Entry>, name: String, difference: Money) in
        .unbalanced(id, name: name, by: difference, in: currency)
      },
      """
      SELECT e.id, e.number, sum(l.base_debit - l.base_credit)
      FROM journal_entries e
      JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.id
      WHERE e.business_id = :business AND e.status IN ('posted', 'reversed')
        AND e.period_id BETWEEN :first AND :last
      GROUP BY +e.id HAVING sum(l.base_debit - l.base_credit) <> 0 OR count(*) < 2
      ORDER BY +e.id
      """, ["first": period?.value ?? 0, "last": period?.value ?? .max])
  }

  private func wrongSums(in period: Periods.Row) throws -> [PeriodFinding] {
    try ledgerCells(of: period.id).compactMap { cell in
      cell.expected == cell.found
        ? nil : .sum(cell.account, label: cell.label, currency: cell.currency)
    }
  }

  /// Of the numbers of a fiscal year or of all.
  func gaps(in year: Int? = nil) throws -> [PeriodFinding] {
    try rows(
      { (series: String, count: Int, last: Int) in .gap(series: series, count: count, last: last) },
      """
      SELECT series || '-' || fiscal_year, count(*), max(sequence)
      FROM journal_entries
      WHERE business_id = :business AND fiscal_year BETWEEN :first AND :last
      GROUP BY fiscal_year, series HAVING count(*) <> max(sequence) OR min(sequence) <> 1
      """, ["first": year ?? 0, "last": year ?? .max])
  }

  /// What accounts of a category hold after the days up to its end, of whichever years.
  private func held(
    on category: AccountCategory, at period: Periods.Row
  ) throws -> [PeriodFinding] {
    // CROSS: the planner would begin with every period.
    let baseCurrency = try businessFacts().baseCurrency
    return try rows(
      { (account: ID<Account>, label: String, balance: Money, currency: String, base: Money) in
        .holds(account, label: label, balance, in: currency, base: base, baseIn: baseCurrency)
      },
      """
      SELECT a.id, a.number || ' ' || a.name, sum(g.debit - g.credit), g.currency,
        sum(g.base_debit - g.base_credit)
      FROM accounts a
      CROSS JOIN general_ledger g ON g.business_id = :business AND g.account_id = a.id
      JOIN accounting_periods p ON p.business_id = :business AND p.id = g.period_id
        AND p.end_date <= :end
      WHERE a.business_id = :business AND a.category = :category
      GROUP BY a.id, g.currency
      HAVING sum(g.debit) <> sum(g.credit) OR sum(g.base_debit) <> sum(g.base_credit)
      ORDER BY a.number, g.currency
      """, ["category": category, "end": period.end])
  }

  /// Of the first month alone: later ones stand on it.
  private func untransferred(at period: Periods.Row) throws -> [PeriodFinding] {
    guard try periods().first(where: { $0.kind == .normal })?.id == period.id else { return [] }
    return try held(on: .openingBalanceEquity, at: period)
  }

  /// Revaluations are of a whole account.
  private func withoutParty(in period: Periods.Row) throws -> [PeriodFinding] {
    try rows(
      { (id: ID<Entry>, name: String, lines: Int) in .withoutParty(id, name: name, lines: lines) },
      """
      SELECT e.id, e.number, count(*)
      FROM accounts a INDEXED BY accounts_number
      CROSS JOIN journal_lines l ON l.business_id = :business AND l.account_id = a.id
        AND l.entry_date BETWEEN :start AND :end AND trim(l.counterparty) = ''
        AND l.debit + l.credit > 0
      CROSS JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
        AND e.period_id = :period AND trim(e.payee) = ''
      WHERE a.business_id = :business AND a.is_control = 1 AND a.deleted_at IS NULL
      GROUP BY e.id ORDER BY e.id
      """, ["start": period.start, "end": period.end, "period": period.id])
  }

  private func unrevalued(at period: Periods.Row) throws -> [PeriodFinding] {
    guard period.kind == .normal else { return [] }
    do {
      let currency = try businessFacts().baseCurrency
      return try revaluations(on: period.end).filter { !$0.revaluation.difference.isZero }.map {
        .unrevalued($0.account, label: $0.label, by: $0.revaluation.difference, in: currency)
      }
    } catch Refusal.rate(.missing(let code, let base, let day)) {
      return [.noRate(code, in: base, on: day)]
    }
  }

  /// Of banks whose statements somebody began to hold against the books, or that are here.
  private func unreconciled(at period: Periods.Row) throws -> [PeriodFinding] {
    guard period.kind == .normal else { return [] }
    return try rows(
      { (account: ID<Account>, label: String, day: Day?) in
        .unreconciled(account, label: label, since: day)
      },
      """
      SELECT a.id, a.number || ' ' || a.name, a.last_reconciled_on
      FROM accounts a
      WHERE a.business_id = :business AND a.deleted_at IS NULL AND a.category = 'bank'
        AND (a.last_reconciled_on IS NULL OR a.last_reconciled_on < :end)
        AND (EXISTS (SELECT 1 FROM reconciliations r
            WHERE r.business_id = :business AND r.account_id = a.id)
          OR EXISTS (SELECT 1 FROM bank_statements s
            WHERE s.business_id = :business AND s.account_id = a.id AND s.from_date <= :end))
        AND EXISTS (SELECT 1 FROM general_ledger g
          JOIN accounting_periods p ON p.business_id = :business AND p.id = g.period_id
            AND p.start_date <= :end
          WHERE g.business_id = :business AND g.account_id = a.id)
      ORDER BY lower(a.number)
      """, ["end": period.end])
  }

  private func unmade(at period: Periods.Row) throws -> [PeriodFinding] {
    guard period.kind == .normal else { return [] }
    return try unmadeOccurrences(through: period.end).map { .unmade($0.name, on: $0.day) }
  }

  private func unvalued(in period: Periods.Row) throws -> [PeriodFinding] {
    try rows(
      { (id: ID<Entry>, name: String, lines: Int) in .unvalued(id, name: name, lines: lines) },
      """
      SELECT e.id, e.number, count(*)
      FROM journal_entries e
      JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.id AND l.unvalued = 1
      WHERE e.business_id = :business AND e.period_id = :period
      GROUP BY e.id ORDER BY e.id
      """, ["period": period.id])
  }
}
