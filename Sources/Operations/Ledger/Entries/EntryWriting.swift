import Domain
import Store

extension Change {
  /// A new draft; it has no number and may be unbalanced. `key` is what an import recognises the
  /// entry by when the same file comes again; `corrects` is what it puts right.
  func insertDraft(
    _ content: EntryContent, key: String? = nil, reverses: ID<Entry>? = nil,
    corrects: ID<Entry>? = nil
  ) throws
    -> ID<Entry>
  {
    let total = try content.total()
    let entry = try insert(
      Entry.self,
      """
      INSERT INTO journal_entries (business_id, draft_number, entry_date, type, source, reference,
        payee, description, notes, tags, total, status, source_key, reverses_entry_id,
        corrects_entry_id, reverses_on, adjustment_kind, created_by, created_at)
      VALUES (:business,
        1 + coalesce(
          (SELECT last_number FROM draft_sequences WHERE business_id = :business), 0),
        :date, :type, :source, :reference, :payee, :description, :notes, :tags, :total, 'draft',
        :key, :reverses, :corrects, :reversesOn, :adjustment, :actor, :now)
      """,
      [
        "date": content.date, "type": content.type, "source": content.source,
        "reference": content.reference, "payee": content.payee,
        "description": content.description, "notes": content.notes, "tags": content.tags,
        "total": total,
        "key": key, "reverses": reverses, "corrects": corrects, "reversesOn": content.reversesOn,
        "adjustment": content.keptAdjustment, "actor": author, "now": now,
      ])
    try insertLines(of: content, into: entry)
    return entry
  }

  /// Whose work it is: of what the system does for somebody, theirs.
  var author: ID<User>? { actor.user ?? actor.actingFor }

  /// Puts `content` in the place of what the draft held, and remembers who did. What the system
  /// wrote isn't from there any more, unless it reverses something or comes again.
  func rewriteDraft(_ entry: ID<Entry>, with content: EntryContent) throws {
    let proved = try takeOffLines(of: entry)
    try execute(
      "DELETE FROM journal_lines WHERE business_id = :business AND entry_id = :entry",
      ["entry": entry])
    try execute(
      """
      UPDATE journal_entries SET entry_date = :date, type = :type, reference = :reference,
        payee = :payee, description = :description, notes = :notes, tags = :tags, total = :total,
        reverses_on = :reversesOn, adjustment_kind = :adjustment,
        source = CASE WHEN source = 'system' AND reverses_entry_id IS NULL
          AND (type <> 'recurring' OR :type <> 'recurring') THEN 'manual' ELSE source END,
        updated_by = :actor, updated_at = :now, version = version + 1
      WHERE business_id = :business AND id = :entry
      """,
      [
        "date": content.date, "type": content.type, "reference": content.reference,
        "payee": content.payee, "description": content.description, "notes": content.notes,
        "tags": content.tags, "total": try content.total(), "reversesOn": content.reversesOn,
        "adjustment": content.keptAdjustment, "actor": actor.user, "now": now, "entry": entry,
      ])
    try insertLines(of: content, into: entry)
    try prove(proved, by: content.lines, of: entry)
    try noteEditor(of: entry)
  }

  /// Remembers that whoever does this had a hand in what the entry is, since it was last submitted.
  func noteEditor(of entry: ID<Entry>) throws {
    try execute(
      """
      INSERT INTO entry_editors (business_id, entry_id, user_id, round)
      SELECT :business, id, :actor, submit_round FROM journal_entries
      WHERE business_id = :business AND id = :entry
      ON CONFLICT DO NOTHING
      """, ["entry": entry, "actor": actor.user])
  }

  /// A rate that was taken away since a line was valued with it is named by none.
  private func insertLines(of content: EntryContent, into entry: ID<Entry>) throws {
    for (index, line) in content.lines.enumerated() {
      let origin: RateOrigin? = line.rate == nil ? nil : line.rateOrigin
      try execute(
        """
        INSERT INTO journal_lines (business_id, entry_id, entry_date, line_number, account_id,
          currency, debit, credit, rate_mantissa, rate_scale, rate_date, rate_id, rate_source,
          base_debit, base_credit, unvalued, description, department_id, project, counterparty,
          reference, tax_code, tax_amount, quantity_mantissa, quantity_scale, unit, tags)
        VALUES (:business, :entry, :date, :number, :account, :currency, :debit, :credit,
          :mantissa, :scale, :rateDay,
          (SELECT id FROM exchange_rates WHERE business_id = :business AND id = :rateID),
          :rateSource, :baseDebit, :baseCredit, :unvalued, :description, :department, :project,
          :counterparty, :reference, nullif(:taxCode, ''), :tax, :quantity, :quantityScale,
          nullif(:unit, ''), :tags)
        """,
        [
          "entry": entry, "date": content.date, "number": index + 1, "account": line.account,
          "currency": line.currency, "debit": line.amount.debit, "credit": line.amount.credit,
          "mantissa": line.rate?.mantissa, "scale": line.rate?.scale, "rateDay": line.rateDay,
          "rateID": origin?.id, "rateSource": origin?.source,
          "baseDebit": line.base.debit, "baseCredit": line.base.credit,
          "unvalued": line.isUnvalued, "description": line.description,
          "department": line.department, "project": line.project,
          "counterparty": line.counterparty, "reference": line.reference,
          "taxCode": line.particulars.taxCode, "tax": line.particulars.tax,
          "quantity": line.particulars.quantity?.mantissa,
          "quantityScale": line.particulars.quantity?.scale,
          "unit": line.particulars.quantity?.unit, "tags": line.tags,
        ])
    }
  }
}

extension EntryContent {
  /// An entry that was an adjusting one, and is of another type now, is for none of it.
  fileprivate var keptAdjustment: AdjustmentKind? { type == .adjusting ? adjustment : nil }
}

/// The period that an entry falls into.
struct EntryPeriod {
  let id: ID<Period>
  let name: String
  let kind: PeriodKind
  let status: PeriodStatus
  let fiscalYear: Int
}

extension Reading {
  /// The period follows from the type and the day (V7); nil where no year has been made for it.
  /// Adjusting entries and corrections go to the adjusting period where that is open and the month
  /// isn't (R22); what takes `original` back on its own day goes where that is, so that no trial
  /// balance has one without the other (RULES §3.7).
  func period(
    of type: EntryType, on day: Day, reversing original: ID<Entry>? = nil
  ) throws -> EntryPeriod? {
    let kind: PeriodKind =
      switch type {
      case .opening: .opening
      case .closing: .closing
      case .standard, .adjusting, .reversing, .recurring, .correction: .normal
      }
    return try row(
      EntryPeriod.init,
      """
      WITH own (id) AS (
        SELECT period_id FROM journal_entries
        WHERE business_id = :business AND id = :original AND entry_date = :day)
      SELECT id, name, kind, status, fiscal_year FROM accounting_periods
      WHERE business_id = :business AND start_date <= :day AND end_date >= :day
        AND (kind = :kind OR kind = 'adjusting' AND (:adjusts OR id IN own))
      ORDER BY id IN own DESC, status = 'open' DESC, kind = 'adjusting' LIMIT 1
      """,
      [
        "kind": kind, "day": day, "adjusts": type == .adjusting || type == .correction,
        "original": original,
      ])
  }

  /// Whether the actor may post into a closed period for now (RULES §3.5): neither behind the closing
  /// of its year nor under what is locked.
  func hasException(for period: ID<Period>, series: String) throws -> Bool {
    try one(
      Bool.self,
      """
      SELECT EXISTS (
        SELECT 1 FROM period_exceptions x
        JOIN accounting_periods p ON p.business_id = :business AND p.id = x.period_id
        JOIN fiscal_years y ON y.business_id = :business AND y.year = p.fiscal_year
          AND y.status = 'open'
        WHERE x.business_id = :business AND x.period_id = :period AND x.user_id = :actor
          AND :now >= x.created_at AND :now < x.until_at AND x.revoked_at IS NULL
          AND (x.series IS NULL OR x.series = :series)
          AND NOT EXISTS (
            SELECT 1 FROM accounting_periods l
            WHERE l.business_id = :business AND l.fiscal_year = p.fiscal_year
              AND l.number > p.number AND l.status = 'locked'))
      """, ["period": period, "actor": actor.user, "now": now, "series": series])
  }

  /// Whether a file that isn't hidden proves an entry, or what it corrects: a correction rests on
  /// what proved that.
  private func hasEvidence(_ record: EntryRecord) throws -> Bool {
    try one(
      Bool.self,
      """
      SELECT EXISTS (
        SELECT 1 FROM attachments
        WHERE business_id = :business AND entry_id IN (:entry, :corrected)
          AND hidden_at IS NULL)
      """, ["entry": record.id, "corrected": record.corrects])
  }

  /// What keeps an entry of `day` out of its period, with the day it could move to (R23); nil where
  /// that is open.
  func notOpen(_ period: EntryPeriod, on day: Day) throws -> EntryFault? {
    guard period.status != .open else { return nil }
    return .periodNotOpen(
      name: period.name, period.status, firstOpen: try firstOpenDay(from: day.adding(days: 1)))
  }

  /// V1 to V9 for an entry that is about to be submitted or posted. Returns its period; throws
  /// `faults` with everything that is wrong. When submitting, a period that isn't open only waits.
  func check(
    _ content: EntryContent, of record: EntryRecord, for action: EntryAction
  ) throws -> EntryPeriod {
    if content.type == .opening, record.reverses == nil {
      try refuseSecondOpening(besides: record.id)
    }
    let accounts = try accountFacts(for: content)
    let business = try businessFacts()
    var faults = try content.faults(
      by: EntryFacts(
        accounts: accounts, departments: departmentFacts(for: content),
        baseCurrency: business.baseCurrency, reverses: record.reverses,
        evidenceFrom: business.evidenceFrom, hasEvidence: hasEvidence(record)))
    let period = try period(of: content.type, on: content.date, reversing: record.reverses)
    if let period {
      let mayPost =
        try period.status == .open
        || period.status == .closed
          && hasException(for: period.id, series: content.type.series)
      if action == .post, !mayPost, let fault = try notOpen(period, on: content.date) {
        faults.append(fault)
      }
      if action == .post, period.kind == .adjusting {
        try requirePermission(.periodAdjust, on: record.id)
      }
    } else {
      faults.append(.noPeriod(content.date))
    }
    if let day = content.reversesOn, let later = try self.period(of: .reversing, on: day),
      later.status == .closed || later.status == .locked, let fault = try notOpen(later, on: day)
    {
      faults.append(fault)
    }
    guard faults.isEmpty, let period else { throw Refusal.faults(faults) }
    // Books that are taken over have what they had.
    if action == .post, content.source != .imported { try requireNeededAccounts() }
    // Who asks for it is told by whoever posts it (R9).
    if action == .post, content.type.isByHand(from: content.source),
      accounts.values.contains(where: \.isControl)
    {
      try requirePermission(.accountControlPost, on: record.id)
    }
    return period
  }
}
