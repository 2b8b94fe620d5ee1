import Domain
import Store

/// What commands decide on: the state of one entry, read in the transaction that acts.
struct EntryRecord {
  let id: ID<Entry>
  let type: EntryType
  let status: EntryStatus
  let version: Int
  /// Nil is the system.
  let creator: ID<User>?
  let submitter: ID<User>?
  let total: Money
  let round: Int
  let contentHash: String?
  let wasSubmitted: Bool
  let reverses: ID<Entry>?
  let corrects: ID<Entry>?
  let source: EntrySource
  let periodStatus: PeriodStatus?
  let periodKind: PeriodKind?

  /// The submission after which what is submitted now, or is a draft, was written.
  fileprivate var writtenRound: Int { status == .draft ? round : round - 1 }

  /// Nil where no period holds its day.
  fileprivate var periodState: Set<Conditions.PeriodState>? {
    guard let periodStatus, let periodKind else { return nil }
    return Set(
      (periodStatus == .open ? [.open] : []) + (periodKind == .adjusting ? [.adjusting] : []))
  }
}

extension Resource {
  /// The thing itself and what it has a part in: whoever may not see one of them doesn't see it.
  var parts: Set<Thing> {
    Set(
      [thing].compactMap(\.self) + (accounts ?? []).map { Thing(.account, $0.value) }
        + (departments ?? []).map { Thing(.department, $0.value) })
  }
}

extension Reading {
  /// Throws `noSuch`.
  func entry(_ id: ID<Entry>) throws -> EntryRecord {
    let found = try row(
      EntryRecord.init,
      """
      SELECT e.id, e.type, e.status, e.version, e.created_by, e.submitted_by, e.total,
        e.submit_round, e.content_hash, e.ever_submitted, e.reverses_entry_id,
        e.corrects_entry_id, e.source, p.status, p.kind
      FROM journal_entries e
      LEFT JOIN accounting_periods p ON p.business_id = :business AND p.id = coalesce(
        e.period_id, (SELECT d.id FROM accounting_periods d
          LEFT JOIN journal_entries o ON o.business_id = :business
            AND o.id = e.reverses_entry_id AND o.entry_date = e.entry_date
          WHERE d.business_id = :business AND e.entry_date BETWEEN d.start_date AND d.end_date
            AND (d.kind = 'normal' OR d.kind = 'adjusting'
              AND (e.type IN ('adjusting', 'correction') OR d.id = o.period_id))
          ORDER BY d.id = o.period_id DESC, d.status = 'open' DESC, d.kind = 'adjusting'
          LIMIT 1))
      WHERE e.business_id = :business AND e.id = :entry
      """, ["entry": id])
    guard let found else { throw Refusal.noSuch(.entry(id)) }
    return found
  }

  /// Throws `wrongStatus` unless the lifecycle has the step, and `notPermitted` where more is needed
  /// for what others wrote.
  func entry(_ id: ID<Entry>, for action: EntryAction) throws -> EntryRecord {
    let record = try entry(id)
    guard EntryLifecycle.transition(action, from: record.status) != nil else {
      throw Refusal.wrongStatus(action, record.status)
    }
    try requireOwn(record, or: action)
    return record
  }

  func content(of entry: ID<Entry>) throws -> EntryContent {
    let found = try row(
      {
        (
          date: Day, type: EntryType, source: EntrySource, reference: String, description: String,
          notes: String, payee: String, tags: String, reversesOn: Day?, adjustment: AdjustmentKind?
        ) in
        EntryContent(
          date: date, type: type, source: source, reference: reference, description: description,
          notes: notes, payee: payee, tags: tags, reversesOn: reversesOn,
          adjustment: adjustment, lines: [])
      },
      """
      SELECT entry_date, type, source, reference, description, notes, payee, tags, reverses_on,
        adjustment_kind
      FROM journal_entries WHERE business_id = :business AND id = :entry
      """, ["entry": entry])
    guard var content = found else { throw Refusal.noSuch(.entry(entry)) }
    content.lines = try lines(of: entry)
    return content
  }

  private func lines(of entry: ID<Entry>) throws -> [LineContent] {
    try rows(
      {
        (
          account: ID<Account>, currency: String, amount: Money, base: Money,
          mantissa: Int64?, scale: Int?, rateDay: Day?, rateID: ID<Rate>?,
          rateSource: RateSource?, unvalued: Bool, description: String, department: ID<Department>?,
          project: String, counterparty: String, reference: String, taxCode: String, tax: Money?,
          quantity: Int64?, quantityScale: Int?, unit: String?, tags: String
        ) in
        LineContent(
          account: account, currency: currency, amount: amount, base: base,
          rate: mantissa.map { ExchangeRate(mantissa: $0, scale: scale ?? 0) },
          rateDay: rateDay, rateOrigin: RateOrigin(rateSource ?? .manual, rateID),
          isUnvalued: unvalued, description: description, department: department,
          project: project, counterparty: counterparty, reference: reference,
          particulars: LineParticulars(
            taxCode: taxCode, tax: tax,
            quantity: LineQuantity(kept: quantity, scale: quantityScale, unit: unit)),
          tags: tags)
      },
      """
      SELECT account_id, currency, debit - credit, base_debit - base_credit, rate_mantissa,
        rate_scale, rate_date, rate_id, rate_source, unvalued, description, department_id,
        project, counterparty, reference, coalesce(tax_code, ''), tax_amount, quantity_mantissa,
        quantity_scale, unit, tags
      FROM journal_lines WHERE business_id = :business AND entry_id = :entry
      ORDER BY line_number
      """, ["entry": entry])
  }

  /// What access depends on: who made it, whose departments, how much, who had a hand in it.
  func resource(of entry: ID<Entry>) throws -> Resource {
    let record = try self.entry(entry)
    var involved: [ID<User>: Involvement] = [:]
    var writers: Set<ID<User>> = []
    let hands = try rows(
      { (user: ID<User>, hand: String?, wrote: Bool) in (user, hand, wrote) },
      """
      SELECT user_id, CASE round WHEN :written THEN 'edited' END, TRUE FROM entry_editors
      WHERE business_id = :business AND entry_id = :entry
      UNION ALL
      SELECT submitted_by, 'submitted', FALSE FROM journal_entries
      WHERE business_id = :business AND id = :entry AND submitted_by IS NOT NULL
      UNION ALL
      SELECT created_by, 'created', TRUE FROM journal_entries
      WHERE business_id = :business AND id = :entry AND created_by IS NOT NULL
      UNION ALL
      SELECT user_id, 'already decided', FALSE FROM journal_approvals
      WHERE business_id = :business AND entry_id = :entry AND round = :round
      UNION ALL
      SELECT acting_for, 'already decided', FALSE FROM journal_approvals
      WHERE business_id = :business AND entry_id = :entry AND round = :round
        AND acting_for IS NOT NULL
      """, ["entry": entry, "round": record.round, "written": record.writtenRound])
    for (user, hand, wrote) in hands {
      if wrote { writers.insert(user) }
      if let hand = hand.flatMap(Involvement.init) { involved[user] = hand }
    }
    var resource = Resource(
      creator: record.creator,
      departments: Set(try departments(of: entry, madeBy: record.creator)),
      amount: record.total, involved: involved)
    resource.thing = Thing(.entry, entry.value)
    resource.writers = writers
    resource.entryType = record.type
    resource.source = record.source
    resource.period = record.periodState
    let accounts = try accounts(of: entry)
    resource.accounts = Set(accounts.map(\.0))
    resource.accountClasses = Set(accounts.map(\.1.accountClass))
    resource.protections = try protections(of: resource.parts)
    if record.status == .pendingApproval {
      resource.allowsSelfApproval = try allowsSelfApproval(of: resource, by: .journalApprove) {
        try approvalPolicy().wants($0, for: record.total, given: approvingRoles(of: record))
      }
    }
    resource.allowsOwnPosting =
      try record.type == .closing || businessFacts().allowsOwnPosting
    return resource
  }

  /// An entry that isn't written down yet, as what is done to it is decided. What it will amount to
  /// in the base currency is what its lines say so far.
  func resource(of content: EntryContent, madeBy creator: ID<User>?) throws -> Resource {
    var resource = Resource(creator: creator)
    let named = Set(content.lines.compactMap(\.department))
    resource.departments = named.isEmpty ? Set(try home(of: creator)) : named
    resource.amount = try content.lines.map(\.base.debit).total()
    resource.entryType = content.type
    resource.source = content.source
    resource.accounts = Set(content.lines.map(\.account))
    resource.accountClasses = Set(
      try rows(
        { (type: AccountType) in type.accountClass },
        """
        SELECT type FROM accounts
        WHERE business_id = :business AND id IN (SELECT value FROM json_each(:ids))
        """, ["ids": JSON.list(content.lines.map(\.account))]))
    resource.protections = try protections(of: resource.parts)
    return resource
  }

  private func accounts(of entry: ID<Entry>) throws -> [(ID<Account>, AccountType)] {
    try rows(
      { (id: ID<Account>, type: AccountType) in (id, type) },
      """
      SELECT DISTINCT a.id, a.type
      FROM journal_lines l JOIN accounts a ON a.business_id = :business AND a.id = l.account_id
      WHERE l.business_id = :business AND l.entry_id = :entry
      """, ["entry": entry])
  }

  private func departments(
    of entry: ID<Entry>, madeBy creator: ID<User>?
  ) throws
    -> [ID<Department>]
  {
    let named = try rows(
      { (id: ID<Department>) in id },
      """
      SELECT DISTINCT department_id FROM journal_lines
      WHERE business_id = :business AND entry_id = :entry AND department_id IS NOT NULL
      """, ["entry": entry])
    return named.isEmpty ? try home(of: creator) : named
  }

  /// The department that somebody is in, or none.
  func home(of user: ID<User>?) throws -> [ID<Department>] {
    try rows(
      { (id: ID<Department>) in id },
      """
      SELECT department_id FROM business_memberships
      WHERE business_id = :business AND user_id = :user AND department_id IS NOT NULL
      """, ["user": user])
  }

  /// The facts of each account that `content` names.
  func accountFacts(for content: EntryContent) throws -> [ID<Account>: AccountFacts] {
    var facts: [ID<Account>: AccountFacts] = [:]
    for account in Set(content.lines.map(\.account)) {
      facts[account] = try row(
        {
          (
            label: String, isActive: Bool, isHeader: Bool, isControl: Bool, currency: String?,
            requiresDepartment: Bool
          ) in
          AccountFacts(
            label: label, isActive: isActive, isHeader: isHeader, isControl: isControl,
            currency: currency, requiresDepartment: requiresDepartment)
        },
        """
        SELECT number || ' ' || name, status = 'active', is_header, is_control, currency,
          requires_department
        FROM accounts WHERE business_id = :business AND id = :account AND deleted_at IS NULL
        """, ["account": account])
    }
    return facts
  }
}

extension Reading {
  /// The facts of each department that `content` names.
  func departmentFacts(for content: EntryContent) throws -> [ID<Department>: DepartmentFacts] {
    var facts: [ID<Department>: DepartmentFacts] = [:]
    for department in Set(content.lines.compactMap(\.department)) {
      facts[department] = try row(
        { (label: String, end: Day?) in DepartmentFacts(label: label, inactiveFrom: end) },
        """
        SELECT code || ' ' || name, inactive_from_date
        FROM departments WHERE business_id = :business AND id = :department
          AND deleted_at IS NULL
        """, ["department": department])
    }
    return facts
  }
}

/// What the rules ask of a business.
struct BusinessFacts {
  let baseCurrency: String
  let baseExponent: Int
  let rounding: Rounding
  let allowsSelfApproval: Bool
  let allowsOwnPosting: Bool
  let postsOnApproval: Bool
  let evidenceFrom: Money?
  let budgetCheck: BudgetCheck
  let rateAgeDays: Int
}

extension Reading {
  func businessFacts() throws -> BusinessFacts {
    let found = try row(
      BusinessFacts.init,
      """
      SELECT b.base_currency, c.exponent, b.rounding, b.self_approval, b.own_posting,
        b.posts_on_approval, b.evidence_from, b.budget_check, b.rate_age_days
      FROM businesses b
      JOIN currencies c ON c.business_id = :business AND c.code = b.base_currency
      WHERE b.id = :business
      """)
    guard let found else { throw Refusal.noSuch(.business(business)) }
    return found
  }

  func approvalPolicy() throws -> ApprovalPolicy {
    ApprovalPolicy(
      bands: try rows(
        { (minimum: Money, role: Role) in ApprovalPolicy.Band(minimum: minimum, role: role) },
        "SELECT minimum_amount, role FROM approval_bands WHERE business_id = :business"))
  }
}
