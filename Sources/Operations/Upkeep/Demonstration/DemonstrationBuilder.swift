import Domain
import Store

/// Makes one business of the demonstration inside a transaction of its own.
struct DemonstrationBuilder {
  private let business: any DemonstrationBusiness
  private let diary: DemonstrationDiary
  private let owner: ID<User>
  private let passwordHash: String
  private let change: Change
  private var standings: [Role: Standing] = [:]
  private var departments: [String: ID<Department>] = [:]
  private var accounts: [String: ID<Account>] = [:]
  private var entries: [Int: ID<Entry>] = [:]
  private let currency: String

  init(
    _ business: any DemonstrationBusiness, owner: ID<User>, passwordHash: String,
    in change: Change
  ) throws {
    self.business = business
    diary = try business.diary()
    self.owner = owner
    self.passwordHash = passwordHash
    self.change = change
    currency = business.plan.baseCurrency
  }

  mutating func build() throws {
    try found()
    for step in diary.steps { try perform(step) }
  }

  private var system: Standing {
    .unasked(.system, at: diary.start)
  }

  private func at(_ moment: Timestamp) -> Change { change.acting(as: .system, at: moment) }

  private mutating func found() throws {
    let start = at(diary.start)
    try FoundBusiness.insertRow(business.plan, in: start)
    try start.perform(
      FoundBusiness(business: start.business, plan: business.plan, owner: owner), by: system)
    standings[.owner] = try standing(of: owner, business.owner)
    try makeDepartments()
    for member in business.members.dropFirst() { try invite(member) }
    for account in try ChartOfAccounts().run(in: start.snapshot) {
      accounts[account.number] = account.id
    }
    for account in business.accounts {
      let content = AccountContent(
        number: account.number, name: account.name, parent: accounts[account.parent],
        type: account.type, category: account.category)
      accounts[account.number] = try start.perform(
        CreateAccount(content), by: try standing(.owner))
    }
  }

  private mutating func makeDepartments() throws {
    for department in business.departments {
      departments[department.code] = try at(diary.start).perform(
        CreateDepartment(
          DepartmentContent(
            code: department.code, name: department.name, type: department.type,
            parent: department.parent.flatMap { departments[$0] })),
        by: try standing(.owner))
    }
  }

  private mutating func invite(_ member: DemonstrationMember) throws {
    let start = at(diary.start)
    let invitation = try start.perform(
      InviteUser(
        email: member.email, name: member.name, role: member.role,
        department: member.department.flatMap { departments[$0] },
        code: "\(member.email) \(start.business.value)"), by: try standing(.owner))
    let (user, isKnown) =
      try start.row(
        { (user: ID<User>, isKnown: Bool) in (user, isKnown) },
        """
        SELECT m.user_id, u.password_hash IS NOT NULL
        FROM business_memberships m JOIN users u ON u.id = m.user_id
        WHERE m.business_id = :business AND m.id = :membership
        """, ["membership": invitation.membership]) ?? (ID(0), false)
    try start.perform(
      AcceptInvitation(
        membership: invitation.membership, codeHash: OneTimeCode.hash(of: invitation.code),
        invitee: isKnown
          ? .known(user)
          : .newcomer(name: member.name, passwordHash: .success(passwordHash))), by: system)
    try start.execute(
      """
      UPDATE business_memberships SET job_title = :title
      WHERE business_id = :business AND id = :membership
      """, ["title": member.title, "membership": invitation.membership])
    standings[member.role] = try standing(of: user, member)
  }

  private func standing(of user: ID<User>, _ member: DemonstrationMember) throws -> Standing {
    let actor = Actor(
      user: user, name: member.name, origin: "coreflow tty\(user.value)@demonstration")
    return Standing(
      actor: actor, rights: try at(diary.start).rights(of: user),
      circumstances: Circumstances(diary.start))
  }

  private func standing(_ role: Role) throws -> Standing {
    guard let standing = standings[role] else { throw Refusal.notAMember }
    return standing
  }

  private mutating func perform(_ step: DemonstrationStep) throws {
    let then = at(step.at)
    let standing = step.isOfSystem ? system : try standing(step.by)
    do {
      switch step.deed {
      case .enter(let entry, let ending):
        let command = CreateEntry(try content(of: entry), then: ending)
        entries[entry.key] = try then.perform(command, by: standing).entry
      case .approve(let key): try then.perform(ApproveEntry(try entry(key)), by: standing)
      case .reject(let key, let reason):
        try then.perform(RejectEntry(try entry(key), reason: reason), by: standing)
      case .resubmit(let key, let content):
        let id = try entry(key)
        let edit = EditEntry(
          id, content: try self.content(of: content), version: try then.entry(id).version,
          then: .submit)
        try then.perform(edit, by: standing)
      case .reverse(let key, let reason):
        try then.perform(ReverseEntry(try entry(key), reason: reason), by: standing)
      case .openYear(let day):
        let plan = FiscalYearPlan(holding: day, firstMonth: business.plan.firstMonth)
        try then.perform(OpenFiscalYear(plan), by: standing)
      case .openPeriod(let day):
        // A new year's first month is open already.
        guard let period = try then.period(of: .standard, on: day), period.status == .future
        else { return }
        try then.perform(OpenPeriod(period.id, name: period.name), by: standing)
      case .closePeriod(let day):
        guard let period = try then.period(of: .standard, on: day) else { return }
        // All of the chain was made here.
        let closing = ClosePeriod(period.id, name: period.name, chain: try then.auditChainEnd())
        try then.perform(closing, by: standing)
      case .closeYear(let year): _ = try then.perform(CloseYear(year: year), by: standing)
      }
    } catch let refusal as Refusal {
      guard case .enter(_, let ending) = step.deed, ending == .post else { throw refusal }
      // What somebody may not do is part of the books: the audit log has it.
    }
  }

  private func entry(_ key: Int) throws -> ID<Entry> {
    guard let entry = entries[key] else { throw Refusal.noSuch(.entry(nil)) }
    return entry
  }

  private func content(of entry: DemonstrationEntry) throws -> EntryContent {
    EntryContent(
      date: entry.date, type: entry.type, source: entry.source, reference: entry.reference,
      description: entry.description, notes: entry.notes, payee: entry.payee,
      lines: try entry.lines.map { line in
        guard let account = accounts[line.number] else {
          throw Refusal.noSuchNamed(kind: .account, name: line.number)
        }
        return LineContent(
          account: account, currency: currency, amount: Money(minorUnits: line.amount),
          description: line.description, department: line.department.flatMap { departments[$0] },
          counterparty: entry.payee)
      })
  }
}
