import Domain
import Store

/// Writes a schedule's template as an entry, and does with it what its owner may do and wants done.
/// It is the owner's work: whoever wrote the template has had a hand in it.
struct WriteOccurrence: Command {
  static let permission: Permission? = nil
  static let operation = "journal.recur.write"
  static let event = AuditEvent.create
  let schedule: ID<Schedule>
  let occurrence: Day
  /// The entry's.
  let day: Day
  /// Who had it written before or after its time: they had a hand in it.
  let asker: ID<User>?

  var subject: Subject { .entry(nil) }
  func subject(after made: MakeOccurrence.Made) -> Subject { .entry(made.entered.entry) }

  /// Throws what stands against it. What doesn't balance is kept as a draft all the same.
  func run(in change: Change) throws -> MakeOccurrence.Made {
    let record = try change.schedule(schedule)
    let template = try change.storedTemplate(record.content.template, on: day)
    guard !template.isDeleted else { throw Refusal.noSuch(.template(record.content.template)) }
    let resource = try change.resource(of: template, madeBy: record.owner)
    try asOwner(of: record, in: change) { try $0.decide(.journalCreate, on: resource)?.require() }
    let written = try change.content(of: template, for: record, occurrence)
    let content = try change.roundedOff(written.content)
    let fault = try change.requireWritable(content)
    let entry = try change.insertDraft(content)
    try change.noteWriter(template.owner, of: entry)
    if let asker { try change.noteWriter(asker, of: entry) }
    let ending = try asOwner(of: record, in: change) {
      try fault == nil ? $0.ending(of: entry, record.content.action) : .keepDraft
    }
    return MakeOccurrence.Made(
      entered: try change.end(entry, with: ending), fault: fault, templateLines: written.lines)
  }

  /// Decides as if the schedule's owner did it. What they may not is told of them.
  private func asOwner<Output>(
    of record: ScheduleRecord, in change: Change, _ decide: (Change) throws -> Output
  ) throws -> Output {
    do {
      return try decide(change.acting(as: Actor(user: record.owner, name: record.ownerName)))
    } catch Refusal.notAMember {
      throw Refusal.recurrence(.ownerGone(record.ownerName))
    } catch Refusal.notPermitted(let permission, _) {
      throw Refusal.recurrence(.ownerMayNot(record.ownerName, permission.rawValue))
    }
  }
}

extension Reading {
  /// Gives by how much it doesn't balance; throws whatever else is wrong with it.
  fileprivate func requireWritable(_ content: EntryContent) throws -> EntryFault? {
    var faults = try content.faults(
      by: EntryFacts(
        accounts: accountFacts(for: content), departments: departmentFacts(for: content),
        baseCurrency: businessFacts().baseCurrency))
    if let period = try period(of: content.type, on: content.date) {
      if let fault = try notOpen(period, on: content.date) { faults.append(fault) }
    } else {
      faults.append(.noPeriod(content.date))
    }
    let others = faults.filter { if case .unbalanced = $0 { false } else { true } }
    guard others.isEmpty else { throw Refusal.faults(others) }
    return faults.first
  }

  /// How far the actor may take what a schedule of theirs wrote: no further than by hand (RULES
  /// §3.3, §4.9). What they may not post is submitted. Throws `notPermitted`.
  fileprivate func ending(of entry: ID<Entry>, _ action: ScheduleAction) throws -> EntryEnding {
    guard action != .draft else { return .keepDraft }
    if action == .post, try mayPost(entry) { return .post }
    try requirePermission(.journalSubmit, on: entry)
    return .submit
  }

  private func mayPost(_ entry: ID<Entry>) throws -> Bool {
    guard let decision = try decide(.journalPost, on: try resource(of: entry)) else { return true }
    // Nobody is there to say why.
    return try decision.isAllowed && !decision.obligations.contains(.reason)
      && approvalsBeforePosting(of: self.entry(entry)).isEmpty
  }

  /// What a template says on the day of its content, and which of its lines, counted from one, that
  /// has: what comes to nothing is left out.
  fileprivate func content(
    of template: StoredTemplate, for schedule: ScheduleRecord, _ occurrence: Day
  ) throws -> (content: EntryContent, lines: [Int]) {
    var content = template.content
    if template.rules.contains(.last) {
      try takeLast(of: schedule.id, before: occurrence, template.rules, into: &content.lines)
    }
    try takeShares(template.rules, on: content.date, into: &content.lines)
    let kept = content.lines.indices.filter { !content.lines[$0].amount.isZero }
    content.lines = try valued(kept.map { content.lines[$0] }, on: content.date)
    return (content: content, lines: kept.map { $0 + 1 })
  }

  /// What a line was the last time: of several on one account the one in the same place among those
  /// that were written.
  private func takeLast(
    of schedule: ID<Schedule>, before day: Day, _ rules: [AmountRule],
    into lines: inout [LineContent]
  ) throws {
    let last = try row(
      { (entry: ID<Entry>, lines: String) in
        (entry: entry, lines: Set(lines.split(separator: " ").compactMap { Int($0) }))
      },
      """
      SELECT coalesce(c.id, o.entry_id), o.template_lines
      FROM recurring_occurrences o
      JOIN journal_entries e ON e.business_id = :business AND e.id = o.entry_id
      LEFT JOIN journal_entries c ON c.business_id = :business AND c.corrects_entry_id = e.id
        AND c.status = 'posted' AND e.status = 'reversed'
      WHERE o.business_id = :business AND o.schedule_id = :schedule AND o.occurrence_date < :day
        AND (e.status NOT IN ('reversed', 'voided') OR c.id IS NOT NULL)
      ORDER BY o.occurrence_date DESC, c.id DESC LIMIT 1
      """, ["schedule": schedule, "day": day])
    guard let last else { return }
    let written = try content(of: last.entry).lines
    let template = lines
    for index in lines.indices where rules[index] == .last && last.lines.contains(index + 1) {
      let line = template[index]
      func isAlike(_ other: LineContent) -> Bool {
        other.account == line.account && other.currency == line.currency
      }
      let before = template.indices.count {
        $0 < index && last.lines.contains($0 + 1) && isAlike(template[$0])
      }
      if let found = written.filter(isAlike).dropFirst(before).first {
        lines[index].amount = found.amount
      }
    }
  }

  /// Those of one balance are shared out together, so that nothing of it is lost.
  private func takeShares(
    _ rules: [AmountRule], on day: Day, into lines: inout [LineContent]
  ) throws {
    var sources: [SharedBalance: [(line: Int, millionths: Int64)]] = [:]
    for (index, rule) in rules.enumerated() {
      guard case .share(let millionths, let account) = rule else { continue }
      sources[SharedBalance(account: account, currency: lines[index].currency), default: []]
        .append((index, millionths))
    }
    let rounding = try businessFacts().rounding
    for (source, shares) in sources {
      let balance = try balance(of: source.account, in: source.currency, through: day)
      let parts = try balance.shares(shares.map(\.millionths), rounding)
      for (share, part) in zip(shares, parts) { lines[share.line].amount = part }
    }
  }

  /// Of what is posted; in the base currency of all that the account holds. Income and expenses
  /// count from the beginning of the fiscal year, whether or not the one before is closed.
  private func balance(
    of account: ID<Account>, in currency: String, through day: Day
  ) throws -> Money {
    try one(
      Money.self,
      """
      SELECT coalesce(sum(CASE WHEN :isBase THEN l.base_debit - l.base_credit
        ELSE l.debit - l.credit END), 0)
      FROM journal_lines l
      JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
      JOIN accounts a ON a.business_id = :business AND a.id = l.account_id
      WHERE l.business_id = :business AND l.account_id = :account AND l.entry_date <= :day
        AND (l.entry_date >= :from
          OR a.type NOT IN ('revenue', 'contra_revenue', 'expense', 'contra_expense'))
        AND e.status IN ('posted', 'reversed') AND (:isBase OR l.currency = :currency)
      """,
      [
        "isBase": currency == businessFacts().baseCurrency, "account": account, "day": day,
        "currency": currency, "from": fiscalYearStart(of: day) ?? Day.first,
      ])
  }

  /// At the rates of the day. Throws `rate` where one is missing.
  private func valued(_ lines: [LineContent], on day: Day) throws -> [LineContent] {
    let base = try businessFacts().baseCurrency
    let isForeign = lines.contains { $0.currency != base }
    let rates = try isForeign ? valuation(from: day, settles: false) : nil
    return try absorbingRounding(
      lines.map { line -> LineContent in
        var line = line
        line.base = line.amount
        guard line.currency != base, let rates else { return line }
        guard let currency = rates.currency(line.currency) else {
          throw Refusal.account(.unknownCurrency(line.currency))
        }
        let worth: LineContent
        do throws(ValuationError) {
          worth = try rates.line(
            WrittenAmount(line.amount, in: currency), on: line.account, day: day)
        } catch {
          switch error {
          case .noRate(let code, let base, let day):
            throw Refusal.rate(.missing(code, in: base, on: day))
          case .amount(let error): throw Refusal.amount(error)
          case .noDay, .nothingToSettle, .moreThanHeld:
            preconditionFailure("a rate of the day settles nothing")
          }
        }
        (line.base, line.rate, line.rateDay) = (worth.base, worth.rate, worth.rateDay)
        line.rateOrigin = worth.rateOrigin
        line.isUnvalued = false
        return line
      })
  }
}

extension Change {
  /// Whoever wrote what a schedule writes has had a hand in it, as if they had edited it: they
  /// neither approve it nor, where somebody else posts what one wrote, post it.
  fileprivate func noteWriter(_ user: ID<User>, of entry: ID<Entry>) throws {
    try execute(
      """
      INSERT INTO entry_editors (business_id, entry_id, user_id, round)
      VALUES (:business, :entry, :user, 0)
      ON CONFLICT DO NOTHING
      """, ["entry": entry, "user": user])
  }
}

/// What lines take shares of.
private struct SharedBalance: Hashable {
  let account: ID<Account>
  let currency: String
}
