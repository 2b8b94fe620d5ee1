package import Domain
package import Phrases
package import Store

/// One entry with its lines, its approvals and what happened to it.
package struct EntryDetail: Query {
  package static let permission: Permission? = .journalRead
  let entry: ID<Entry>

  package init(_ entry: ID<Entry>) { self.entry = entry }

  package struct Value: Hashable, Sendable {
    package let head: EntryHead
    /// Nil is the system.
    package let creatorID: ID<User>?
    package let reference: String
    package let payee: String
    package let notes: String
    package let round: Int
    package let reverses: String?
    package let reversedBy: String?
    /// What it sets right, and what sets it right, as people call them.
    package let corrects: String?
    package let correctedBy: String?
    /// The day on which it is taken back by itself.
    package let reversesOn: Day?
    /// Whether whoever approved it had a hand in it.
    package let isSelfApproved: Bool
    /// Whether it corrects an entry of an earlier fiscal year straight in retained earnings
    /// (RULES §3.8).
    package var isPriorPeriod = false
    package var lines: [Line] = []
    /// What proves it, hidden files too.
    package var files: [AttachedFile] = []
    package var history: [Event] = []
    /// Whose approval it still waits for; empty unless it is pending.
    package var awaits: [Role] = []

    /// What the files are called that are in sight.
    package var fileNames: [String] { files.filter { $0.hiding == nil }.map(\.name) }

    /// Why it is a draft again; nil where nobody has sent it back.
    package var rejection: String? {
      guard head.status == .draft else { return nil }
      return history.last { $0.operation == RejectEntry.operation && $0.outcome == .success }?
        .reason
    }
  }

  package struct Line: Hashable, Sendable {
    package let account: ID<Account>
    package let number: String
    package let name: String
    package let path: String
    package let currency: String
    package let exponent: Int
    package let amount: Money
    package let base: Money
    package let description: String
    /// The document that it is of; empty where it is that of the entry.
    package let reference: String
    package let isUnvalued: Bool
    /// Its code; empty where the line is of none.
    package let department: String
    package let project: String
    /// Whom it is with; empty where it doesn't say by itself.
    package let counterparty: String
    /// Which tax it says; empty where none.
    package let taxCode: String
    /// In the line's currency, signed as it was written.
    package let tax: Money?
    let quantityMantissa: Int64?
    let quantityScale: Int?
    let unit: String?
    /// As lines keep them.
    let tags: String
    let rateMantissa: Int64?
    let rateScale: Int?
    package let rateDay: Day?
    /// The one that its rate is, or is the inverse of.
    package let rateID: ID<Rate>?
    /// Nil without a rate.
    package let rateSource: RateSource?

    /// What turned `amount` into `base`; nil where something else says what it is worth.
    package var rate: ExchangeRate? {
      rateMantissa.map { ExchangeRate(mantissa: $0, scale: rateScale ?? 0) }
    }

    /// How much it is of; nil where it doesn't say.
    package var quantity: LineQuantity? {
      LineQuantity(kept: quantityMantissa, scale: quantityScale, unit: unit)
    }

    /// `rent, trip:Kiel`.
    package var tagText: String { [EntryTag](json: tags).text }
  }

  package struct Event: Hashable, Sendable {
    package let at: Timestamp
    package let actor: String
    package let operation: String
    package let outcome: AuditOutcome
    package let reason: String?
    package let message: String?

    /// What was done, as people call it: `posted`. What else was refused about the entry is told by
    /// its operation.
    package var what: Phrase { Self.words[operation] ?? Phrase(verbatim: operation) }

    package static let words: [String: Phrase] = [
      CreateEntry.operation: "created", ImportEntry.operation: "imported",
      EditEntry.operation: EntryAction.edit.phrase,
      DiscardEntry.operation: EntryAction.discard.phrase,
      SubmitEntry.operation: EntryAction.submit.phrase,
      ApproveEntry.operation: EntryAction.approve.phrase,
      RejectEntry.operation: EntryAction.reject.phrase,
      WithdrawEntry.operation: EntryAction.withdraw.phrase,
      RecallEntry.operation: EntryAction.recall.phrase,
      PostEntry.operation: EntryAction.post.phrase, VoidEntry.operation: EntryAction.void.phrase,
      ReverseEntry.operation: EntryAction.reverse.phrase, CorrectEntry.operation: "corrected",
      BookRevaluation.operation: "created", EnterOpening.operation: "created",
      ScheduleReversal.operation: "created", WriteOccurrence.operation: "created",
      AttachFile.operation: "attached a file",
      RemoveAttachment.operation: "took a file off", HideAttachment.operation: "hid a file",
      SaveAttachment.operation: "copied a file", Permission.journalRead.rawValue: "shown",
    ]
  }

  package func run(in snapshot: Snapshot) throws -> Value {
    guard let head = try snapshot.entryHeads("[\(entry.value)]").first,
      var value = try snapshot.detail(of: head)
    else { throw Refusal.noSuch(.entry(entry)) }
    value.isPriorPeriod = try snapshot.isPriorPeriodAdjustment(entry)
    value.lines = try snapshot.detailLines(of: entry)
    value.files = try snapshot.files(of: .entry(entry))
    value.history = try snapshot.history(of: entry)
    if head.status == .pendingApproval {
      value.awaits = try snapshot.approvalPolicy().awaited(
        for: head.total, given: snapshot.approvingRoles(of: snapshot.entry(entry)))
    }
    return value
  }
}

extension Reading {
  /// All but lines and history.
  fileprivate func detail(of head: EntryHead) throws -> EntryDetail.Value? {
    try row(
      {
        EntryDetail.Value(
          head: head, creatorID: $0, reference: $1, payee: $2, notes: $3, round: $4, reverses: $5,
          reversedBy: $6, corrects: $7, correctedBy: $8, reversesOn: $9, isSelfApproved: $10)
      },
      """
      SELECT e.created_by, e.reference, e.payee, e.notes, e.submit_round,
        (SELECT o.number FROM journal_entries o
         WHERE o.business_id = :business AND o.id = e.reverses_entry_id),
        (SELECT o.number FROM journal_entries o
         WHERE o.business_id = :business AND o.id = e.reversed_by_entry_id),
        (SELECT o.number FROM journal_entries o
         WHERE o.business_id = :business AND o.id = e.corrects_entry_id),
        (SELECT group_concat(coalesce(o.number, 'D-' || o.draft_number), ', ')
         FROM journal_entries o
         WHERE o.business_id = :business AND o.corrects_entry_id = e.id AND o.status <> 'voided'),
        CASE WHEN e.status <> 'posted' OR EXISTS (
          SELECT 1 FROM journal_entries o
          WHERE o.business_id = :business AND o.reverses_entry_id = e.id AND o.status <> 'voided')
          THEN e.reverses_on END,
        e.self_approved
      FROM journal_entries e
      WHERE e.business_id = :business AND e.id = :entry
      """, ["entry": head.id])
  }

  fileprivate func detailLines(of entry: ID<Entry>) throws -> [EntryDetail.Line] {
    try rows(
      EntryDetail.Line.init,
      """
      SELECT l.account_id, a.number, a.name,
        (WITH RECURSIVE up (id, path) AS (
           SELECT a.parent_id, a.name
           UNION ALL
           SELECT p.parent_id, p.name || ':' || up.path
           FROM up JOIN accounts p ON p.business_id = :business AND p.id = up.id)
         SELECT coalesce(max(path), a.name) FROM up WHERE id IS NULL),
        l.currency, c.exponent, l.debit - l.credit, l.base_debit - l.base_credit, l.description,
        l.reference, l.unvalued, coalesce(d.code, ''), l.project, l.counterparty,
        coalesce(l.tax_code, ''), l.tax_amount, l.quantity_mantissa, l.quantity_scale,
        l.unit, l.tags,
        l.rate_mantissa, l.rate_scale, l.rate_date, l.rate_id, l.rate_source
      FROM journal_lines l
      JOIN accounts a ON a.business_id = :business AND a.id = l.account_id
      JOIN currencies c ON c.business_id = :business AND c.code = l.currency
      LEFT JOIN departments d ON d.business_id = :business AND d.id = l.department_id
      WHERE l.business_id = :business AND l.entry_id = :entry
      ORDER BY l.line_number
      """, ["entry": entry])
  }

  /// From the first thing that was done to it: somebody may have tried its id before it had one.
  /// What an act brings about is recorded before the act; here it stands after it. Acts of the
  /// system and of the demonstration have no correlation: their moments tell them apart.
  fileprivate func history(of entry: ID<Entry>) throws -> [EntryDetail.Event] {
    try rows(
      EntryDetail.Event.init,
      """
      SELECT at, actor_name, operation, status, reason, error_message FROM audit_logs
      WHERE business_id = :business AND resource_type = 'journal_entry' AND resource_id = :entry
        AND sequence >= (SELECT min(sequence) FROM audit_logs
          WHERE business_id = :business AND resource_type = 'journal_entry'
            AND resource_id = :entry AND status = 'success')
      ORDER BY min(sequence) OVER (PARTITION BY correlation_id, at),
        event_type NOT IN ('create', 'import'), sequence DESC
      """, ["entry": entry])
  }
}

/// The entry that people call `name`: its number, `D-31`, or part of neither. Throws `noSuchNamed`.
package struct EntryNamed: Query {
  package static let permission: Permission? = .journalRead
  let name: String

  package init(_ name: String) { self.name = name }

  package func run(in snapshot: Snapshot) throws -> ID<Entry> {
    let draft = name.uppercased().hasPrefix("D-") ? Int(name.dropFirst(2)) : nil
    let found = try snapshot.row(
      { (id: ID<Entry>) in id },
      draft == nil
        ? """
        SELECT id FROM journal_entries
        WHERE business_id = :business AND number = upper(:name) AND :draft IS NULL
        """
        : """
        SELECT id FROM journal_entries
        WHERE business_id = :business AND draft_number = :draft AND :name IS NOT NULL
        """, ["name": name, "draft": draft])
    guard let found else { throw Refusal.noSuchNamed(kind: .entry, name: name) }
    return found
  }
}
