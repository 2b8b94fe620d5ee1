package import Domain
package import Store

/// What an exchange rate is told from the others by, and what it is.
package struct RateContent: Hashable, Sendable {
  package let quote: RateQuote
  package let kind: RateKind

  package init(_ quote: RateQuote, _ kind: RateKind = .spot) {
    self.quote = quote
    self.kind = kind
  }
}

/// Keeps the rate of a day, or puts it in the place of what was kept: as a draft, with which nothing is
/// valued, where whoever says it may do no more (RULES §4.9, row 49). Posted lines keep theirs (R29).
package struct SetRate: Command {
  package static let permission: Permission? = .rateEdit
  package static let operation = "rate.set"
  package static let event = AuditEvent.update
  let content: RateContent
  let replaces: Bool

  /// What is kept of that day stands, and is told, unless it `replaces` that.
  package init(_ content: RateContent, replacing replaces: Bool = true) {
    self.content = content
    self.replaces = replaces
  }

  package var subject: Subject { Subject(.rate) }
  package func subject(after kept: Kept) -> Subject { Subject(.rate, kept.id.value) }

  package struct Kept: Hashable, Sendable {
    package let id: ID<Rate>
    package let status: RateStatus
  }

  package func run(in change: Change) throws -> Kept {
    let quote = content.quote
    guard quote.from != quote.to else { throw Refusal.rate(.ofItself(quote.from)) }
    for code in [quote.from, quote.to] {
      guard try change.hasCurrency(code) else { throw Refusal.account(.unknownCurrency(code)) }
    }
    let status: RateStatus = try change.editsDraftsOnly() ? .draft : .confirmed
    try change.refuseOtherWay(of: quote, content.kind)
    if let kept = try change.rate(like: quote, content.kind, status) {
      guard replaces else {
        throw Refusal.rate(.kept(try change.rate(kept).quote.rate.text))
      }
      try change.makeRoom(from: kept)
    }
    return Kept(
      id: try change.insert(quote, content.kind, source: .manual, status), status: status)
  }
}

/// Lets entries be valued with what somebody else said the rate is, in the place of what was kept.
package struct ConfirmRate: Command {
  package static let permission: Permission? = .rateEdit
  package static let operation = "rate.confirm"
  package static let event = AuditEvent.approve
  let rate: ID<Rate>
  let seen: ExchangeRate

  /// `seen` is what it was when somebody looked at it.
  package init(_ rate: ID<Rate>, seen: ExchangeRate) {
    self.rate = rate
    self.seen = seen
  }

  package var subject: Subject { Subject(.rate, rate.value) }

  package func run(in change: Change) throws {
    guard try !change.editsDraftsOnly() else { throw Refusal.rate(.draftsOnly) }
    let found = try change.rate(rate)
    guard found.status == .draft else { throw Refusal.rate(.confirmed) }
    guard found.quote.rate == seen else { throw Refusal.changedMeanwhile }
    try change.refuseOtherWay(of: found.quote, found.kind)
    if let kept = try change.rate(like: found.quote, found.kind, .confirmed) {
      try change.makeRoom(from: kept)
    }
    try change.execute(
      """
      UPDATE exchange_rates SET status = 'confirmed'
      WHERE business_id = :business AND id = :rate
      """, ["rate": rate])
  }
}

/// Lets another take the place of a rate that lines rest on, which stays theirs (R29).
struct SupersedeRate: Command {
  static let permission: Permission? = .rateEdit
  static let operation = "rate.supersede"
  static let event = AuditEvent.update
  let rate: ID<Rate>

  var subject: Subject { Subject(.rate, rate.value) }

  func run(in change: Change) throws {
    guard try !change.editsDraftsOnly() else { throw Refusal.rate(.draftsOnly) }
    _ = try change.rate(rate)
    try change.execute(
      """
      UPDATE exchange_rates SET superseded_at = :now WHERE business_id = :business AND id = :rate
      """, ["now": change.now, "rate": rate])
  }
}

/// Takes a rate away; who edits drafts only takes their own drafts away. One that lines rest on stays.
package struct RemoveRate: Command {
  package static let permission: Permission? = .rateEdit
  package static let operation = "rate.remove"
  package static let event = AuditEvent.delete
  let rate: ID<Rate>

  package init(_ rate: ID<Rate>) { self.rate = rate }

  package var subject: Subject { Subject(.rate, rate.value) }

  package func run(in change: Change) throws {
    let found = try change.rate(rate)
    if try change.editsDraftsOnly(),
      found.status == .confirmed || found.setterID != change.actor.user
    {
      throw Refusal.rate(.draftsOnly)
    }
    guard !found.isUsed else { throw Refusal.rate(.used) }
    try change.execute(
      "DELETE FROM exchange_rates WHERE business_id = :business AND id = :rate", ["rate": rate])
  }
}

/// The rates that are kept, newest first, but for what others took the place of.
package struct Rates: Query {
  package static let permission: Permission? = .accountRead
  let days: ClosedRange<Day>
  let currency: String?

  /// Those of some days, of one currency or of all.
  package init(_ days: ClosedRange<Day> = .first ... .last, of currency: String? = nil) {
    self.days = days
    self.currency = currency
  }

  package struct Row: Hashable, Sendable {
    package let id: ID<Rate>
    package let quote: RateQuote
    package let kind: RateKind
    package let source: String
    package let status: RateStatus
    package let setterID: ID<User>?
    /// Empty for what the system kept.
    package let setter: String
    /// Lines rest on it, so that it can't be taken away (R29).
    package let isUsed: Bool

    /// `USD in EUR, 2026-11-30`.
    package var label: String { "\(quote.from) in \(quote.to), \(quote.day.text)" }
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    try snapshot.rateRows(days, of: currency)
  }
}

/// The rate that an amount of a day is valued with, and what it follows from (R29).
package struct RateOfDay: Query {
  package static let permission: Permission? = .accountRead
  let from: String
  let to: String
  let day: Day
  let kind: RateKind

  package init(of from: String, in to: String, on day: Day, _ kind: RateKind = .spot) {
    self.from = from
    self.to = to
    self.day = day
    self.kind = kind
  }

  package func run(in snapshot: Snapshot) throws -> FoundRate {
    guard from != to else { throw Refusal.rate(.ofItself(from)) }
    let found = try snapshot.rateTable(kind, on: day).rate(of: from, in: to, on: day)
    guard let found else { throw Refusal.rate(.missing(from, in: to, on: day)) }
    return found
  }
}

extension Reading {
  func rateRows(
    _ days: ClosedRange<Day>, of currency: String? = nil, id: ID<Rate>? = nil
  ) throws -> [Rates.Row] {
    try rows(
      {
        (
          id: ID<Rate>, from: String, to: String, day: Day, mantissa: Int64, scale: Int,
          kind: RateKind, source: String, status: RateStatus, setterID: ID<User>?, setter: String,
          isUsed: Bool
        ) in
        Rates.Row(
          id: id,
          quote: RateQuote(
            from: from, to: to, day: day, rate: ExchangeRate(mantissa: mantissa, scale: scale)),
          kind: kind, source: source, status: status, setterID: setterID, setter: setter,
          isUsed: isUsed)
      },
      """
      SELECT r.id, r.from_currency, r.to_currency, r.rate_date, r.rate_mantissa, r.rate_scale,
        r.kind, r.source, r.status, r.created_by, coalesce(n.name, ''), EXISTS (
          SELECT 1 FROM main.journal_lines l WHERE l.business_id = :business AND l.rate_id = r.id)
      FROM exchange_rates r
      LEFT JOIN member_names n ON n.business_id = :business AND n.user_id = r.created_by
      WHERE r.business_id = :business AND r.superseded_at IS NULL
        AND r.rate_date BETWEEN :from AND :to
        AND (:currency IS NULL OR :currency IN (r.from_currency, r.to_currency))
        AND (:id IS NULL OR r.id = :id)
      ORDER BY r.rate_date DESC, r.from_currency, r.to_currency, r.kind, r.status
      """,
      ["from": days.lowerBound, "to": days.upperBound, "currency": currency, "id": id])
  }

  /// Throws `noSuch`.
  fileprivate func rate(_ id: ID<Rate>) throws -> Rates.Row {
    guard let found = try rateRows(.first ... .last, id: id).first else {
      throw Refusal.noSuch(Subject(.rate, id.value))
    }
    return found
  }

  /// Whether whoever asks may only say what a rate may be.
  func editsDraftsOnly() throws -> Bool {
    try decide(.rateEdit, on: Resource())?.obligations.contains(.only(.asDraft)) ?? false
  }

  /// The one that is kept of the pair, day and kind.
  fileprivate func rate(
    like quote: RateQuote, _ kind: RateKind, _ status: RateStatus
  ) throws -> ID<Rate>? {
    try row(
      { (id: ID<Rate>) in id },
      """
      SELECT id FROM exchange_rates
      WHERE business_id = :business AND from_currency = :from AND to_currency = :to
        AND kind = :kind AND rate_date = :day AND status = :status AND superseded_at IS NULL
      """,
      [
        "from": quote.from, "to": quote.to, "kind": kind, "day": quote.day, "status": status,
      ])
  }

  /// One direction is enough; two wouldn't agree.
  fileprivate func refuseOtherWay(of quote: RateQuote, _ kind: RateKind) throws {
    let other = RateQuote(from: quote.to, to: quote.from, day: quote.day, rate: quote.rate)
    guard try rate(like: other, kind, .confirmed) == nil else {
      throw Refusal.rate(.keptTheOtherWay(quote.to, in: quote.from))
    }
  }

  /// Those that count, of one kind and some days.
  func rateQuotes(
    _ kind: RateKind, _ days: ClosedRange<Day> = .first ... .last
  ) throws -> [RateQuote] {
    try rows(
      {
        (
          from: String, to: String, day: Day, mantissa: Int64, scale: Int, source: RateSource,
          id: ID<Rate>
        ) in
        RateQuote(
          from: from, to: to, day: day, rate: ExchangeRate(mantissa: mantissa, scale: scale),
          origin: RateOrigin(source, id))
      },
      """
      SELECT from_currency, to_currency, rate_date, rate_mantissa, rate_scale, source, id
      FROM exchange_rates
      WHERE business_id = :business AND kind = :kind AND status = 'confirmed'
        AND superseded_at IS NULL AND rate_date BETWEEN :from AND :to
      """, ["kind": kind, "from": days.lowerBound, "to": days.upperBound])
  }

  /// What values amounts of `day`.
  func rateTable(_ kind: RateKind, on day: Day) throws -> RateTable {
    let facts = try businessFacts()
    return RateTable(
      try rateQuotes(kind, day.adding(days: -facts.rateAgeDays)...day),
      base: facts.baseCurrency, mostAgeDays: facts.rateAgeDays)
  }
}

extension Change {
  /// Takes away what another is kept in the place of, unless lines rest on it.
  fileprivate func makeRoom(from rate: ID<Rate>) throws {
    if try self.rate(rate).isUsed {
      try perform(SupersedeRate(rate: rate))
    } else {
      try perform(RemoveRate(rate))
    }
  }

  @discardableResult
  func insert(
    _ quote: RateQuote, _ kind: RateKind, source: RateSource, _ status: RateStatus
  ) throws -> ID<Rate> {
    try insert(
      Rate.self,
      """
      INSERT INTO exchange_rates (business_id, from_currency, to_currency, rate_date, kind, source,
        rate_mantissa, rate_scale, status, created_by, created_at)
      VALUES (:business, :from, :to, :day, :kind, :source, :mantissa, :scale, :status, :actor, :now)
      """,
      [
        "from": quote.from, "to": quote.to, "day": quote.day, "kind": kind, "source": source,
        "mantissa": quote.rate.mantissa, "scale": quote.rate.scale, "status": status,
        "actor": actor.user, "now": now,
      ])
  }
}
