package import Domain
package import Store

/// Posts an entry that is approved, or a draft that needs nobody's approval: it gets the next
/// number of its series and its lines reach the general ledger, in this transaction or not at all.
package struct PostEntry: Command {
  package static let permission: Permission? = .journalPost
  package static let event = AuditEvent.update
  let entry: ID<Entry>
  /// Why no approval is needed, where that isn't the amount: an import, a reversal.
  let exemption: String?

  package init(_ entry: ID<Entry>) { self.init(entry, exemption: nil) }

  init(_ entry: ID<Entry>, exemption: String?) {
    self.entry = entry
    self.exemption = exemption
  }

  package struct Posted: Hashable, Sendable, CarriesContentHash {
    package let number: String
    /// What was submitted was held against the budgets then.
    package let overBudget: [OverBudget]
    let contentHash: String?
  }

  package var subject: Subject { .entry(entry) }

  package func resource(in change: Change) throws -> Resource { try change.resource(of: entry) }

  package func run(in change: Change) throws -> Posted {
    let record = try change.entry(entry, for: .post)
    let content = try change.content(of: entry)
    let exemption = try self.exemption ?? change.exemption(of: record)
    if record.status == .approved, try change.seal(of: entry) != record.contentHash {
      throw Refusal.contentChanged
    }
    // Without that both would count.
    if let original = record.corrects, let waiting = try change.waitingReversal(of: original) {
      throw Refusal.irreversible(.waits(waiting))
    }
    let period = try change.check(content, of: record, for: .post)
    let isUnasked = record.status == .draft && self.exemption == nil
    let overBudget = try isUnasked ? change.overBudget(by: record) : []
    let number = try change.nextNumber(of: content.type, in: period.fiscalYear)
    let hash = try change.seal(of: entry, posted: (number.text, period.id))
    try change.execute(
      """
      UPDATE journal_entries SET status = 'posted', series = :series, sequence = :sequence,
        fiscal_year = :year, number = :number, period_id = :period, posted_by = :actor,
        posted_at = :now, content_hash = :hash, exemption = coalesce(:exemption, exemption),
        version = version + 1
      WHERE business_id = :business AND id = :entry
      """,
      [
        "series": number.series, "sequence": number.sequence, "year": number.fiscalYear,
        "number": number.text, "period": period.id, "actor": change.actor.user,
        "now": change.now, "hash": hash, "exemption": exemption, "entry": entry,
      ])
    if let original = record.reverses {
      try change.execute(
        """
        UPDATE journal_entries SET status = 'reversed', reversed_at = :now,
          reversed_by_entry_id = :entry
        WHERE business_id = :business AND id = :original
        """, ["now": change.now, "entry": entry, "original": original])
    }
    if let day = content.reversesOn { try change.scheduleReversal(of: entry, on: day) }
    return Posted(number: number.text, overBudget: overBudget, contentHash: hash)
  }
}

extension Change {
  /// Nil for what is approved; why not needed for a draft. Throws `needsApproval`.
  fileprivate func exemption(of record: EntryRecord) throws -> String? {
    guard record.status == .draft else { return nil }
    let required = try approvalsBeforePosting(of: record)
    guard required.isEmpty else {
      throw Refusal.needsApproval(by: required, amount: record.total)
    }
    guard let original = record.reverses else { return "below every approval band" }
    return "reversal of \(try number(of: original))"
  }

  private func nextSequence(of series: String, in year: Int) throws -> Int {
    try row(
      { (last: Int) in last + 1 },
      """
      SELECT last_number FROM entry_sequences
      WHERE business_id = :business AND fiscal_year = :year AND series = :series
      """, ["year": year, "series": series]) ?? 1
  }

  fileprivate func nextNumber(of type: EntryType, in year: Int) throws -> EntryNumber {
    EntryNumber(
      series: type.series, fiscalYear: year,
      sequence: try nextSequence(of: type.series, in: year))
  }
}

extension Reading {
  /// Whose approval a draft needs before the actor may post it; empty where nobody's.
  ///
  /// A reversal needs what asking for it needed (RULES §4.9, 31), or else a rejected one, which is a
  /// draft again, could be posted by whoever wasn't to reverse alone; and so does what corrects an
  /// entry. So do adjusting entries (32), what is posted by hand to control accounts (21), and what
  /// the actor wrote where somebody else posts that.
  func approvalsBeforePosting(of record: EntryRecord) throws -> [Role] {
    let original = record.reverses ?? record.corrects
    if let original { try requirePermission(.journalReverse, on: original) }
    let policy = try approvalPolicy()
    guard try mayPostAlone(record) else { return policy.asked(for: record.total) }
    return record.reverses == nil ? policy.required(for: record.total) : []
  }

  private func mayPostAlone(_ record: EntryRecord) throws -> Bool {
    if let original = record.reverses ?? record.corrects,
      try !holdsAlone(.journalReverse, on: original)
    {
      return false
    }
    if record.type == .adjusting, try !holdsAlone(.journalTypeAdjusting, on: record.id) {
      return false
    }
    if try isByHandOnControlAccount(record),
      try decide(.accountControlPost, on: try resource(of: record.id))?.isAllowed == false
    {
      return false
    }
    guard let user = actor.user, try !businessFacts().allowsOwnPosting else { return true }
    // An emergency lifts it.
    return try rights(of: user, for: .journalPost).decide(
      .journalPost, on: try resource(of: record.id), in: try circumstances()
    ).denial != .ownPosting
  }

  /// Whether a person wrote what a subledger should (R9).
  private func isByHandOnControlAccount(_ record: EntryRecord) throws -> Bool {
    guard record.type.isByHand(from: record.source) else { return false }
    return try one(
      Bool.self,
      """
      SELECT EXISTS (
        SELECT 1 FROM journal_lines l
        JOIN accounts a ON a.business_id = :business AND a.id = l.account_id AND a.is_control = 1
        WHERE l.business_id = :business AND l.entry_id = :entry)
      """, ["entry": record.id])
  }

  /// Whether the actor's grant is more than asking for it.
  func holdsAlone(_ permission: Permission, on entry: ID<Entry>) throws -> Bool {
    try decide(permission, on: try resource(of: entry))?.obligations.contains(.only(.bySubmission))
      != true
  }

  /// What people call a posted entry.
  func number(of entry: ID<Entry>) throws -> String {
    try one(
      String.self,
      "SELECT number FROM journal_entries WHERE business_id = :business AND id = :entry",
      ["entry": entry])
  }
}
