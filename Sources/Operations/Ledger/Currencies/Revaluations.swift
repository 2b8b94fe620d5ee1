package import Domain
package import Store

/// What foreign balances are worth at the closing rates of a day, and what that changes (R31): what
/// `Revalue` would book. Whoever doesn't see all of the balances is refused.
package struct Revaluations: Query {
  package static let permission: Permission? = .revaluationRun
  let day: Day

  package init(on day: Day) { self.day = day }

  package struct Row: Hashable, Sendable {
    package let revaluation: Revaluation
    package let number: String
    package let name: String
    /// Of the amount.
    package let exponent: Int

    package var account: ID<Account> { revaluation.position.account }
    package var label: String { "\(number) \(name)" }
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    guard snapshot.narrowing == nil else { throw Refusal.rate(.notAllSeen) }
    return try snapshot.revaluations(on: day)
  }
}

/// Books what foreign balances gained or lost up to a day: what is unrealised is taken back on the first
/// day of the next period; what is left in the base currency of a balance that is gone is realised
/// and stays. Done again at the same rates it finds nothing to do.
package struct Revalue: Command {
  package static let permission: Permission? = .revaluationRun
  package static let event = AuditEvent.create
  let day: Day
  let seen: [Revaluations.Row]

  /// `seen` is what was looked at before.
  package init(on day: Day, seen: [Revaluations.Row]) {
    self.day = day
    self.seen = seen
  }

  package var subject: Subject { .entry(nil) }
  package func subject(after entries: [EnteredEntry]) -> Subject { .entry(entries.first?.entry) }

  /// The entry of what is unrealised and that of what is realised, as far as there is any.
  package func run(in change: Change) throws -> [EnteredEntry] {
    guard try change.endsPeriod(day) else { throw Refusal.rate(.notAPeriodEnd(day)) }
    if let waiting = try change.waitingRevaluation(through: day) {
      throw Refusal.rate(.waits(waiting))
    }
    let rows = try change.revaluations(on: day)
    guard rows == seen else { throw Refusal.changedMeanwhile }
    let moved = rows.map(\.revaluation).filter { !$0.difference.isZero }
    guard !moved.isEmpty else { throw Refusal.rate(.nothingToRevalue(day)) }
    return try [false, true].compactMap { isRealised in
      let part = moved.filter { $0.isRealised == isRealised }
      return part.isEmpty
        ? nil
        : try change.perform(
          BookRevaluation(revaluations: part, isRealised: isRealised, day: day))
    }
  }
}

/// One of its entries.
struct BookRevaluation: Command {
  static let permission: Permission? = .revaluationRun
  static let operation = "revaluation.book"
  static let event = AuditEvent.create
  let revaluations: [Revaluation]
  let isRealised: Bool
  let day: Day

  var subject: Subject { .entry(nil) }
  func subject(after entered: EnteredEntry) -> Subject { .entry(entered.entry) }

  func run(in change: Change) throws -> EnteredEntry {
    try change.enter(revaluations, isRealised: isRealised, on: day)
  }
}

/// What a foreign position is told from the others by.
private struct Held: Hashable {
  let account: ID<Account>
  let currency: String
}

extension Reading {
  /// Of every monetary account and currency that holds something. Throws `rate` where a rate is missing.
  func revaluations(on day: Day) throws -> [Revaluations.Row] {
    let facts = try businessFacts()
    let positions = try foreignPositions(through: day)
    guard !positions.isEmpty else { return [] }
    let exponents = try exponents()
    let (closing, spot) = (try rateTable(.closing, on: day), try rateTable(.spot, on: day))
    return try monetaryAccounts().flatMap { account in
      try positions.filter { $0.account == account.id }.map { position in
        let code = position.currency
        let rates = [closing, spot].compactMap {
          $0.rate(of: code, in: facts.baseCurrency, on: day)
        }
        // The newer; of the same day that of closings.
        let rate = rates.max { $0.day < $1.day }
        if rate == nil, !position.amount.isZero {
          throw Refusal.rate(.missing(code, in: facts.baseCurrency, on: day))
        }
        let exponent = exponents[code] ?? facts.baseExponent
        return Revaluations.Row(
          revaluation: try Revaluation(
            of: position, at: position.amount.isZero ? nil : rate, foreignExponent: exponent,
            baseExponent: facts.baseExponent, facts.rounding),
          number: account.number, name: account.name, exponent: exponent)
      }
    }
  }

  /// What is held in foreign currencies at the end of a day, by account and currency.
  func foreignPositions(through day: Day) throws -> [ForeignPosition] {
    let base = try businessFacts().baseCurrency
    return try ledgerSums(through: day, LedgerScope()).filter { $0.currency != base }.positions()
  }

  private typealias Monetary = (id: ID<Account>, number: String, name: String)

  private func monetaryAccounts() throws -> [Monetary] {
    try rows(
      { (id: ID<Account>, number: String, name: String) in (id, number, name) },
      """
      SELECT id, number, name FROM accounts
      WHERE business_id = :business AND deleted_at IS NULL AND revalue = 1 AND is_header = 0
      ORDER BY lower(number)
      """)
  }

  /// Whether a month ends on `day`, or what is month here: elsewhere what is taken back at the next one's
  /// beginning would stand between.
  fileprivate func endsPeriod(_ day: Day) throws -> Bool {
    try one(
      Bool.self,
      """
      SELECT EXISTS (SELECT 1 FROM accounting_periods
        WHERE business_id = :business AND kind = 'normal' AND end_date = :day)
      """, ["day": day])
  }

  /// What was made up to a day and isn't posted: with it done again the same would be booked twice.
  fileprivate func waitingRevaluation(through day: Day) throws -> String? {
    try row(
      { (draft: Int) in "D-\(draft)" },
      """
      SELECT e.draft_number FROM journal_entries e
      WHERE e.business_id = :business AND e.status IN ('pending_approval', 'approved')
        AND e.type = 'adjusting' AND e.source = 'system' AND e.entry_date <= :day
      ORDER BY e.id LIMIT 1
      """, ["day": day])
  }
}

extension [LedgerSum] {
  /// What they come to by account and currency, where that is anything.
  func positions() throws -> [ForeignPosition] {
    var sums: [Held: (amount: Money, base: Money)] = [:]
    for sum in self {
      let key = Held(account: sum.account, currency: sum.currency)
      let known = sums[key] ?? (.zero, .zero)
      sums[key] = (try known.amount + sum.amount, try known.base + sum.base)
    }
    return sums.filter { !$0.value.amount.isZero || !$0.value.base.isZero }
      .map {
        ForeignPosition(
          account: $0.key.account, currency: $0.key.currency, amount: $0.value.amount,
          base: $0.value.base)
      }
      .sorted { ($0.account, $0.currency) < ($1.account, $1.currency) }
  }
}

extension Change {
  fileprivate func enter(
    _ revaluations: [Revaluation], isRealised: Bool, on day: Day
  ) throws -> EnteredEntry {
    let lines = revaluations.map {
      LineContent(
        account: $0.position.account, currency: $0.position.currency, amount: .zero,
        base: $0.difference, rate: $0.rate?.rate, rateDay: $0.rate?.day,
        rateOrigin: $0.rate?.origin ?? .manual)
    }
    let counter = LineContent(
      account: try account(for: isRealised ? .fxGainLoss : .fxUnrealised),
      currency: try businessFacts().baseCurrency,
      amount: try revaluations.map(\.difference).total().negated())
    let entry = try insertDraft(
      EntryContent(
        date: day, type: .adjusting, source: .system,
        description: isRealised
          ? "Exchange differences of settled balances, \(day.text)"
          : "Revaluation of foreign balances, \(day.text)",
        reversesOn: isRealised ? nil : day.adding(days: 1), adjustment: .revaluation,
        lines: lines + (counter.amount.isZero ? [] : [counter])))
    return try end(entry, with: .finish)
  }

  private func account(for category: AccountCategory) throws -> ID<Account> {
    guard let account = try bookedAccount(of: category) else {
      throw Refusal.rate(.noAccount(category))
    }
    return account
  }
}

extension Reading {
  /// The account that takes what the books themselves make of a category; nil where none is in use.
  func bookedAccount(of category: AccountCategory) throws -> ID<Account>? {
    try row(
      { (account: ID<Account>) in account },
      """
      SELECT id FROM accounts
      WHERE business_id = :business AND category = :category AND is_header = 0
        AND status = 'active'
      ORDER BY is_system DESC, id LIMIT 1
      """, ["category": category])
  }
}
