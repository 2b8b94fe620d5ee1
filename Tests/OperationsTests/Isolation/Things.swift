import Domain
import Interchange
import Operations
import TestSupport
import Testing

/// One of everything that a business has and somebody can name.
struct Things: Sendable {
  let business: ID<Business>
  let account: ID<Account>
  /// With nothing on it.
  let spare: ID<Account>
  let heading: ID<Account>
  let bank: ID<Account>
  let bankStatement: ID<BankStatement>
  let department: ID<Department>
  /// With nobody in it.
  let empty: ID<Department>
  let post: ID<DepartmentPost>
  /// Set by the director.
  let budget: ID<Budget>
  /// Drafted by the employee.
  let rate: ID<Rate>
  let snapshot: ID<TrialBalanceSnapshot>
  let draft: ID<Entry>
  let pending: ID<Entry>
  let posted: ID<Entry>
  let period: ID<Period>
  /// That of the import.
  let exception: ID<PeriodException>
  /// Attached to what is posted.
  let attachment: ID<Domain.Attachment>
  let template: ID<EntryTemplate>
  /// The last of December, once a year.
  let schedule: ID<Schedule>
  /// Of the schedule; no period holds it.
  let flagged: Day
  /// Of the account, which spread it in November.
  let allocation: ID<AllocationRule>
  let person: ID<User>
  let member: ID<Membership>
  /// Suspended.
  let former: ID<Membership>
  let grant: ID<Grant>
  let row: ID<Protection>
  let delegation: ID<Delegation>
  let administration: Administration
  let reconciled: BankThings
  let deletedAccount: ID<Account>
  let deletedDepartment: ID<Department>
  let deletedTemplate: ID<EntryTemplate>

  init(in books: TestBooks, called text: String, prefix: String) async throws {
    let make = Maker(books: books, text: text)
    business = books.business
    account = try await make.perform(make.account("1199", "till"))
    spare = try await make.perform(make.account("1198", "safe"))
    heading = books.account("1000")
    bank = books.account("1120")
    bankStatement = try await make.bankStatement(of: bank)
    department = books.department
    empty = try await make.perform(make.department("EMP", "barn"))
    try await make.perform(
      UpdateDepartment(
        empty,
        content: DepartmentContent(code: "EMP", name: "\(text) hall", parent: department)))
    post = try await make.perform(
      Appoint(books.employee.user, to: DepartmentPost(.senior), in: empty))
    draft = try await make.entry(on: account, then: .keepDraft, as: books.owner)
    pending = try await make.entry(on: account, then: .submit, as: books.employee)
    try await make.returned(try await make.entry(on: account, then: .submit, as: books.employee))
    posted = try await make.entry(on: account, then: .post, as: books.owner)
    let currency = try await books.workspace.fetch(WhereIAm(), as: books.owner).baseCurrency
    _ = try await make.perform(
      try Self.journal(in: currency, month: prefix.isEmpty ? 10 : 9, file: "\(text) oil"))
    period = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.name == "2026-12" }
    ).id
    exception = try #require(
      try await books.workspace.fetch(PeriodExceptions(), as: books.owner).first
    ).id
    try await make.waiver()
    attachment = try await make.attachments(to: posted, for: period)
    budget = try await make.budget(of: account, for: period)
    rate = try await make.rate(in: currency)
    snapshot = try await make.perform(TakeSnapshot(.year(to: TestBooks.today))).id
    template = try await make.perform(SaveTemplate("\(text) rent", of: posted))
    flagged = TestBooks.today.adding(months: -11).lastOfMonth
    schedule = try await make.schedule(of: posted, from: flagged)
    former = try await make.former(email: "\(prefix)former@books.example")
    let employee = try #require(
      try await books.workspace.fetch(Members(), as: books.owner).first {
        $0.user == books.employee.user
      })
    (person, member) = (employee.user, employee.id)
    grant = try await make.perform(
      GrantPermission(
        NewGrant(.deny, "journal.void", to: books.viewer.user, reason: "\(text) reason")))
    row = try await make.perform(
      AddToList(
        NewListRow(
          .role(.owner), .admin, of: Thing(.account, spare.value), reason: "\(text) reason")))
    delegation = try await make.perform(
      Delegate(
        NewDelegation(
          from: books.owner.user, to: books.viewer.user,
          until: books.clock.now.adding(seconds: 600), reason: "\(text) reason")))
    administration = try await Administration(in: books, called: text, prefix: prefix)
    reconciled = try await BankThings(in: books, called: text)
    (deletedAccount, deletedDepartment, deletedTemplate) = try await make.deleted(with: posted)
    allocation = try await make.allocation(of: account)
  }

  /// Makes things whose every text is one.
  private struct Maker {
    let books: TestBooks
    let text: String

    @discardableResult
    func perform<C: Command>(_ command: C) async throws -> C.Output {
      try await books.workspace.perform(command, as: books.owner)
    }

    func account(_ number: String, _ name: String) -> CreateAccount {
      CreateAccount(AccountContent(number: number, name: "\(text) \(name)", type: .asset))
    }

    func deleted(
      with entry: ID<Entry>
    ) async throws -> (
      ID<Account>, ID<Department>, ID<EntryTemplate>
    ) {
      let account = try await perform(self.account("1197", "chest"))
      let department = try await perform(self.department("OLD", "annex"))
      let template = try await perform(SaveTemplate("\(text) lease", of: entry))
      try await perform(RemoveAccount(account))
      try await perform(RemoveDepartment(department))
      try await perform(RemoveTemplate(template))
      return (account, department, template)
    }

    func bankStatement(of account: ID<Account>) async throws -> ID<BankStatement> {
      let report = try await perform(
        ImportBankStatement(
          Things.statement(of: text), named: "\(text).csv", into: account, opening: .zero))
      return try #require(report.statements.first).id
    }

    func department(_ code: String, _ name: String) -> CreateDepartment {
      CreateDepartment(DepartmentContent(code: code, name: "\(text) \(name)"))
    }

    /// Leaves something in suspense this month, and accepts that.
    func waiver() async throws {
      _ = try await entry(on: books.account("1900"), then: .post, as: books.owner)
      let month = try await books.workspace.fetch(Periods(), as: books.owner).first {
        $0.name == "2026-11"
      }
      let period = try #require(month).id
      let checks = try await books.workspace.fetch(PeriodChecks(period), as: books.owner)
      let seen = checks.items.first { $0.check == .suspense }?.findings ?? []
      try await perform(
        WaiveCheck(.suspense, of: period, seen: seen, reason: "\(text) reason"))
    }

    /// One that is in sight on the entry, and another that isn't on the period.
    func attachments(
      to entry: ID<Entry>, for period: ID<Period>
    ) async throws -> ID<Domain.Attachment> {
      let month = Evidenced.period(period, name: "2026-12")
      let wrong = try await perform(
        AttachFile(NewAttachment("\(text) wrong.txt", Array("\(text) wrong".utf8)), to: month))
      try await perform(HideAttachment(wrong, of: month, reason: "\(text) reason"))
      let receipt = NewAttachment(
        "\(text) receipt.txt", Array("\(text) paid".utf8), description: "\(text) receipt")
      return try await perform(AttachFile(receipt, to: .entry(entry)))
    }

    /// Sends an entry back with a reason and has its maker write it anew.
    func returned(_ entry: ID<Entry>) async throws {
      try await books.workspace.perform(
        RejectEntry(entry, reason: "\(text) receipt"), as: books.manager)
      let found = try await books.workspace.fetch(EntryToEdit(entry), as: books.employee)
      _ = try await books.workspace.perform(
        EditEntry(entry, content: found.content, version: found.version), as: books.employee)
    }

    func rate(in currency: String) async throws -> ID<Rate> {
      let quote = RateQuote(
        from: "GBP", to: currency, day: TestBooks.today,
        rate: ExchangeRate(mantissa: 15, scale: 1))
      return try await books.workspace.perform(
        SetRate(RateContent(quote)), as: books.employee
      ).id
    }

    func budget(of account: ID<Account>, for period: ID<Period>) async throws -> ID<Budget> {
      try await books.workspace.perform(
        SetBudget(
          BudgetContent(
            account: account, department: books.department, period: period,
            amount: Money(minorUnits: 500), note: "\(text) note")), as: books.director)
    }

    func schedule(of entry: ID<Entry>, from day: Day) async throws -> ID<Schedule> {
      let template = try await perform(SaveTemplate("\(text) hire", of: entry))
      let rule = try RecurrenceRule(.yearly, from: day)
      return try await perform(
        CreateSchedule(ScheduleContent(template, rule, then: .draft))
      ).id
    }

    func allocation(of account: ID<Account>) async throws -> ID<AllocationRule> {
      let month = try #require(
        try await books.workspace.fetch(Periods(), as: books.owner).first { $0.name == "2026-11" })
      let rule = try await perform(
        AddAllocation(
          "\(text) rent",
          Allocation(
            of: [account], in: books.department,
            to: [Allocation.Target(books.account("3100"), books.department)],
            by: .shares([1_000_000]))))
      _ = try await perform(Allocate(by: rule, in: month.id))
      return rule
    }

    func entry(
      on account: ID<Account>, then ending: EntryEnding, as who: Principal
    ) async throws -> ID<Entry> {
      let currency = try await books.workspace.fetch(WhereIAm(), as: who).baseCurrency
      let lines = [(account, 100), (books.account("3100"), -100)].map { account, amount in
        LineContent(
          account: account, currency: currency, amount: Money(minorUnits: amount),
          description: text, department: books.department, counterparty: text)
      }
      let content = EntryContent(
        date: TestBooks.today, reference: text, description: "\(text) rent", notes: text,
        payee: text, lines: lines)
      return try await books.workspace.perform(
        CreateEntry(content, then: ending), as: who
      ).entry
    }

    func former(email: String) async throws -> ID<Membership> {
      let invited = try await books.workspace.invite(
        email: email, name: text, role: .viewer, as: books.owner)
      try await books.workspace.accept(
        invitation: invited.code, name: "\(text) Former", password: TestBooks.password)
      try await perform(SuspendMember(invited.membership, reason: "\(text) left"))
      return invited.membership
    }
  }

  /// A file of a bank with one line, every text of which is `text`.
  static func statement(of text: String) -> ForeignStatement {
    ForeignStatement(lines: [
      ForeignStatementLine(
        position: SourcePosition(file: text, line: 1), booked: TestBooks.today,
        amount: Quantity(5), description: "\(text) fee", counterparty: text, reference: text,
        bankID: "\(text) 1", counterAccount: text)
    ])
  }

  /// What one has taken in, the other hasn't, however alike the files are.
  static func journal(in currency: String, month: Int, file: String) throws -> ImportJournal {
    let day = "2026-\(padded(month, to: 2))-02"
    let text = """
      P \(day) GBP 1.25 \(currency)
      P \(day) EUR 1.25 USD
      \(day) Lamp oil
          Expenses:Oil   12.50 \(currency)
          Assets:Box
      """
    return ImportJournal(
      try HledgerJournal.read(text: text, name: file, defaultYear: 2026), file: file)
  }
}

/// One of everything by which a business administers access.
struct Administration: Sendable {
  /// Asked for by a director, so that the owner may give it.
  let confirmation: ID<JointRequest>
  /// The owner's, of what the director asked for.
  let notice: ID<Notice>
  let emergency: ID<Emergency>
  let template: ID<PermissionTemplate>
  let assignment: ID<TemplateAssignment>
  let waiver: ID<DutyWaiver>
  let session: ID<Session>
  /// The owner's in the instance.
  let signIn: ID<Session>
  let key: ID<APIKey>
  let review: ID<AccessReview>
  /// A business that was taken away.
  let gone: ID<Business>

  init(in books: TestBooks, called text: String, prefix: String) async throws {
    func perform<C: Command>(_ command: C) async throws -> C.Output {
      try await books.workspace.perform(command, as: books.owner)
    }
    template = try await perform(
      CreatePermissionTemplate(
        TemplateContent("\(text) rights", items: [.init(.allow, "audit.read")])))
    assignment = try await perform(
      AssignTemplate(template, to: .role(.viewer), reason: "\(text) reason"))
    _ = try await perform(AddToGroup(books.employee.user, to: text))
    waiver = try await perform(
      WaiveConflict(
        .importRun, .reconApprove, of: books.manager.user,
        until: books.clock.now.adding(seconds: 600), reason: "\(text) reason"))
    let act = JointAct.breakGlass(minutes: 5)
    let asked = try await books.workspace.perform(
      RequestConfirmation(act, reason: "\(text) reason"), as: books.director)
    guard case .awaits(let request, _, _) = asked else { throw Refusal.notAMember }
    confirmation = request
    notice = try #require(
      try await books.workspace.fetch(Notices(), as: books.owner).first
    ).id
    _ = try await perform(RequestConfirmation(act, reason: "\(text) reason"))
    emergency = try #require(
      try await books.workspace.fetch(Emergencies(), as: books.owner).first
    ).id
    session = try #require(
      try await books.workspace.fetch(Sessions(), as: books.owner).last
    ).id
    let lobby = try await books.workspace.signIn(
      email: "\(prefix)owner@books.example", password: TestBooks.password, from: TestBooks.origin)
    gone = try await perform(
      CreateBusiness(
        BusinessPlan(
          name: "\(text) gone", slug: "\(prefix)gone", baseCurrency: "USD", chart: nil)))
    try await books.workspace.perform(
      RemoveBusiness(gone), as: try await books.workspace.enter(gone, as: lobby))
    signIn = try #require(
      try await books.workspace.fetch(OwnSessions(), as: lobby).last { $0.business == nil }
    ).id
    key = try await books.workspace.createKey(
      NewAPIKey("\(text) till", for: ["journal.read"]), as: books.owner
    ).id
    review = try await perform(StartAccessReview("\(text) review"))
  }
}
