package import Domain
import Phrases
package import Store

/// Takes over what accounts hold when the books begin: one entry of the first opening period, whose
/// last line takes to opening-balance equity what the others leave (RULES §3.8).
package struct EnterOpening: Command {
  package static let permission: Permission? = .journalCreate
  package static let operation = "journal.opening"
  package static let event = AuditEvent.create
  let lines: [LineContent]
  let ending: EntryEnding
  let isTried: Bool

  /// A line in a foreign currency says what it is worth in the base currency too. `isTried` is for
  /// whoever only wants to see what would be entered once the draft that stands is discarded.
  package init(
    _ lines: [LineContent], then ending: EntryEnding = .keepDraft, isTried: Bool = false
  ) {
    self.lines = lines
    self.ending = ending
    self.isTried = isTried
  }

  package struct Outcome: Hashable, Sendable {
    package let entered: EnteredEntry
    package let day: Day
    /// Σ of the debits of the whole entry, in minor units of the base currency.
    package let total: Money
    /// `3400 Opening balances`.
    package let equity: String
    /// What that takes, debit-positive; zero where the lines balance by themselves.
    package let toEquity: Money
    /// The draft that stands in the way, where it was only tried.
    package let standing: String?
  }

  package var subject: Subject { .entry(nil) }
  package func subject(after outcome: Outcome) -> Subject { .entry(outcome.entered.entry) }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(
      of: EntryContent(date: .first, type: .opening, description: "", lines: lines),
      madeBy: change.actor.user)
  }

  /// Throws `opening` where the batch stands, or has no place.
  package func run(in change: Change) throws -> Outcome {
    let standing = try change.standingOpening()
    if let standing, !isTried || standing.status != .draft {
      throw Refusal.opening(.stands(standing.name, standing.status))
    }
    guard let period = try change.openingPeriod() else { throw Refusal.opening(.noPeriod) }
    if ending != .keepDraft, period.status != .open,
      try !change.hasException(for: period.id, series: EntryType.opening.series)
    {
      throw Refusal.opening(.periodNotOpen(period.label, period.status))
    }
    let equity = try change.openingEquity()
    var content = EntryContent(
      date: period.start, type: .opening, description: "Opening balances", lines: lines)
    let rest = try content.lines.map(\.base).total().negated()
    if !rest.isZero {
      content.lines.append(
        LineContent(
          account: equity.id, currency: try change.businessFacts().baseCurrency, amount: rest))
    }
    try change.refuseUnwritableLines(in: content)
    let entered = try change.end(try change.insertDraft(content), with: ending)
    return Outcome(
      entered: entered, day: content.date, total: try content.total(), equity: equity.label,
      toEquity: rest, standing: standing?.name)
  }
}

extension Refusal {
  /// The same of the lines of a file: `places` has the line there of each of the entry's, from 1.
  package func placed(on places: [Int]) -> Refusal {
    guard case .faults(let faults) = self else { return self }
    return .faults(
      faults.map { fault in
        guard case .line(let index, let line) = fault, places.indices.contains(index) else {
          return fault
        }
        return .line(places[index] - 1, line)
      })
  }
}

/// What stands against taking over what accounts hold.
package enum OpeningProblem: Hashable, Sendable {
  /// The entry called so takes them over already, or is about to.
  case stands(String, EntryStatus)
  case periodNotOpen(String, PeriodStatus)
  /// No fiscal year has been made.
  case noPeriod
  /// No account in use is of the category opening-balance equity.
  case noAccount
  /// Opening-balance equity is zero.
  case nothingLeft
}

extension UserMessage {
  static func words(_ problem: OpeningProblem) -> Phrase {
    switch problem {
    case .stands(let name, .posted):
      "\(name) has the opening balances. Reverse it, then enter them anew."
    case .stands(let name, let status):
      """
      \(name), \(status.phrase), has the opening balances. Go on with it, or take it back and \
      discard it.
      """
    case .periodNotOpen(let label, let status):
      status == .future
        ? """
        Opening balances go into period \(label), which is not open yet. Open it, or keep a draft.
        """
        : """
        Opening balances go into period \(label), which is \(status.phrase). Have it reopened, or \
        keep a draft.
        """
    case .noPeriod: "There is no fiscal year yet that could open with balances. Make one."
    case .noAccount:
      "No account is of the category opening balance equity. Make one: it takes what is left."
    case .nothingLeft: "Opening-balance equity is zero: there is nothing to transfer."
    }
  }
}

extension Reading {
  /// Throws `opening` where one stands; once there is another entry, as soon as somebody was asked
  /// about it (RULES §3.8: one batch).
  func refuseSecondOpening(besides entry: ID<Entry>) throws {
    if let standing = try standingOpening(besides: entry) {
      throw Refusal.opening(.stands(standing.name, standing.status))
    }
  }

  /// A draft only where nothing more stands.
  fileprivate func standingOpening(
    besides entry: ID<Entry>? = nil
  ) throws -> (name: String, status: EntryStatus)? {
    try row(
      { (name: String, status: EntryStatus) in (name: name, status: status) },
      """
      SELECT coalesce(number, 'D-' || draft_number), status FROM journal_entries
      WHERE business_id = :business AND type = 'opening' AND status NOT IN ('reversed', 'voided')
        AND (:entry IS NULL OR id <> :entry AND status <> 'draft')
      ORDER BY status = 'draft', id LIMIT 1
      """, ["entry": entry])
  }

  /// That of the first fiscal year; nil where there is none.
  fileprivate func openingPeriod() throws -> Periods.Row? {
    try periods().first { $0.kind == .opening }
  }

  fileprivate func openingEquity() throws -> (id: ID<Account>, label: String) {
    guard let account = try bookedAccount(of: .openingBalanceEquity) else {
      throw Refusal.opening(.noAccount)
    }
    return (account, try label(of: account))
  }

  private func label(of account: ID<Account>) throws -> String {
    try one(
      String.self,
      "SELECT number || ' ' || name FROM accounts WHERE business_id = :business AND id = :account",
      ["account": account])
  }
}

/// The entry that takes what is left on opening-balance equity to retained earnings or to another
/// account: it goes to nobody by itself (RULES §3.8).
package struct OpeningTransfer: Query {
  package static let permission: Permission? = .reportRead
  let target: ID<Account>?

  /// Nil is retained earnings.
  package init(to target: ID<Account>? = nil) { self.target = target }

  /// Of the first day that is open, so that the first period can be closed without it.
  package func run(in snapshot: Snapshot) throws -> EntryContent {
    let held = try snapshot.openingEquityHeld()
    guard !held.isEmpty else { throw Refusal.opening(.nothingLeft) }
    guard let opening = try snapshot.openingPeriod() else { throw Refusal.opening(.noPeriod) }
    guard let target = try target ?? snapshot.bookedAccount(of: .retainedEarnings) else {
      throw Refusal.year(.noRetainedEarnings)
    }
    var lines = try held.map {
      LineContent(
        account: $0.account, currency: $0.currency, amount: try $0.amount.negated(),
        base: try $0.base.negated())
    }
    let rest = try held.map(\.base).total()
    if !rest.isZero {
      lines.append(
        LineContent(
          account: target, currency: try snapshot.businessFacts().baseCurrency, amount: rest))
    }
    return EntryContent(
      date: try snapshot.firstOpenDay(from: opening.start) ?? opening.start,
      description: "Transfer of opening-balance equity", lines: lines)
  }
}

extension Reading {
  fileprivate func openingEquityHeld() throws -> [LedgerSum] {
    try rows(
      LedgerSum.init,
      """
      SELECT g.account_id, g.currency, sum(g.debit - g.credit), sum(g.base_debit - g.base_credit),
        sum(g.debit), sum(g.base_debit)
      FROM accounts a
      CROSS JOIN general_ledger g ON g.business_id = :business AND g.account_id = a.id
      WHERE a.business_id = :business AND a.category = 'opening_balance_equity'
        AND a.deleted_at IS NULL
      GROUP BY a.id, g.currency
      HAVING sum(g.debit) <> sum(g.credit) OR sum(g.base_debit) <> sum(g.base_credit)
      ORDER BY a.number, g.currency
      """)
  }
}
