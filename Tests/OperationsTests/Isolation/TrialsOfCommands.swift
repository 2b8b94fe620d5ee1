import Domain
import Store
import TestSupport

@testable import Operations

extension Trial {
  static let commands = ledger + banks + access + people + administration + accounts + files

  private static let ledger: [Trial] = [
    .command("CreateEntry") { books, things in
      var content = books.entry(100)
      content.lines[0].account = things.account
      return CreateEntry(content)
    },
    .command("CreateEntry") { books, things in
      var content = books.entry(100)
      content.lines[0].department = things.department
      return CreateEntry(content)
    },
    .command("EditEntry") { EditEntry($1.draft, content: $0.entry(100), version: 1) },
    .command("DiscardEntry") { DiscardEntry($1.draft) },
    .command("SubmitEntry") { SubmitEntry($1.draft) },
    .command("ApproveEntry", by: .director) { ApproveEntry($1.pending) },
    .command("WithdrawEntry", by: .director) { WithdrawEntry($1.pending) },
    .command("RecallEntry", by: .director) { RecallEntry($1.pending) },
    .command("RejectEntry", by: .director) { RejectEntry($1.pending, reason: "Not ours.") },
    .command("VoidEntry") { VoidEntry($1.draft, reason: "Not ours.") },
    .command("PostEntry") { PostEntry($1.draft) },
    .command("CorrectEntry") {
      CorrectEntry($1.posted, by: $0.entry(100), reason: "Not ours.")
    },
    .command("CorrectEntry") { books, things in
      CorrectEntry(things.posted, by: books.entry(100), as: .difference, reason: "Not ours.")
    },
    .command("EnterOpening") { books, things in
      var lines = books.entry(100).lines
      lines[0].account = things.account
      return EnterOpening(lines)
    },
    .command("ReverseEntry") { ReverseEntry($1.posted, reason: "Not ours.") },
    .command("AttachFile") { AttachFile(.sample, to: .entry($1.draft)) },
    .command("AttachFile") { AttachFile(.sample, to: .entry($1.draft), line: 1) },
    .command("AttachFile") { AttachFile(.sample, to: .period($1.period, name: "2026-12")) },
    .command("RemoveAttachment") { RemoveAttachment($1.attachment, from: .entry($1.posted)) },
    .command("HideAttachment") {
      HideAttachment($1.attachment, of: .entry($1.posted), reason: "Not ours.")
    },
    .command("SaveAttachment") { SaveAttachment($1.attachment, of: .entry($1.posted)) },
    .command("SaveTemplate") { SaveTemplate("Lease", of: $1.posted) },
    .command("RemoveTemplate") { RemoveTemplate($1.template) },
    .command("RestoreTemplate") { RestoreTemplate($1.deletedTemplate) },
    .command("SetTemplateAmount") { SetTemplateAmount(.last, of: 1, in: $1.template) },
    .command("SetTemplateAmount") {
      SetTemplateAmount(.share(500_000, of: $1.account), of: 1, in: $1.template)
    },
    .command("AddAllocation") { books, things in
      AddAllocation(
        "Ours",
        Allocation(
          of: [books.account("6200"), things.account],
          to: [Allocation.Target(nil, books.department)], by: .headcount))
    },
    .command("AddAllocation") { books, things in
      AddAllocation(
        "Ours",
        Allocation(
          of: [books.account("6200")], in: things.department,
          to: [Allocation.Target(nil, things.department)], by: .balance(of: things.account)))
    },
    .command("EndAllocation") { EndAllocation($1.allocation) },
    .command("Allocate") { Allocate(by: $1.allocation, in: $1.period) },
    .command("Allocate") { books, things in
      Allocate(
        Allocation(
          of: [things.account], in: things.department,
          to: [Allocation.Target(nil, things.department)], by: .headcount), in: things.period)
    },
    .command("CreateSchedule") {
      CreateSchedule(ScheduleContent($1.template, try .sample(), then: .submit))
    },
    .command("ChangeSchedule") {
      ChangeSchedule($1.schedule, to: try .sample(), then: .post, version: 1)
    },
    .command("PauseSchedule") { PauseSchedule($1.schedule) },
    .command("ResumeSchedule") { ResumeSchedule($1.schedule) },
    .command("EndSchedule") { EndSchedule($1.schedule) },
    .other("RunSchedules") { books, _ in
      try await books.workspace.perform(RunSchedules(), as: books.owner)
    },
    .command("MakeOccurrence") {
      MakeOccurrence($1.flagged, of: $1.schedule, on: TestBooks.today)
    },
    .command("SkipOccurrence") {
      SkipOccurrence($1.flagged, of: $1.schedule, reason: "Not ours.")
    },
    .command("WriteOccurrence") {
      WriteOccurrence(
        schedule: $1.schedule, occurrence: $1.flagged, day: TestBooks.today, asker: nil)
    },
    .command("OpenPeriod") { OpenPeriod($1.period, name: "2026-12") },
    .command("ClosePeriod") { ClosePeriod($1.period, name: "2026-12") },
    .command("WaiveCheck") { WaiveCheck(.suspense, of: $1.period, seen: [], reason: "Not ours.") },
    .command("GrantPeriodException") { books, things in
      GrantPeriodException(
        to: books.employee.user, in: things.period, name: "2026-12",
        until: books.clock.now.adding(seconds: 60), reason: "Not ours.")
    },
    .command("EndPeriodException") { EndPeriodException($1.exception) },
    .command("SetBudget") {
      SetBudget(.sample(of: $1.account, for: $0.department, in: $1.period))
    },
    .command("SetBudget") { books, things in
      SetBudget(.sample(of: books.account("6200"), for: things.department, in: things.period))
    },
    .other("SetRate") { books, _ in
      try await books.workspace.perform(SetRate(.sample), as: books.owner)
    },
    .other("AddCurrency") { books, _ in
      try await books.workspace.perform(
        AddCurrency(Currency(code: "XAU", exponent: 4, name: "Gold")), as: books.owner)
    },
    .other("SupersedeRate") { books, _ in
      _ = try await books.revalue()
      return try await books.workspace.perform(SetRate(.sample), as: books.owner)
    },
    .command("ConfirmRate") {
      ConfirmRate($1.rate, seen: ExchangeRate(mantissa: 15, scale: 1))
    },
    .command("RemoveRate") { RemoveRate($1.rate) },
    .command("ImportBankStatement") {
      ImportBankStatement(
        Things.statement(of: "ours"), named: "ours.csv", into: $1.bank, opening: .zero)
    },
    .command("RemoveBankStatement") { RemoveBankStatement($1.bankStatement) },
    .command("ScheduleReversal") {
      ScheduleReversal(entry: $1.posted, day: TestBooks.today.adding(days: 10))
    },
    .other("Revalue") { books, _ in try await books.revalue() },
    .command("BookRevaluation") { books, things in
      BookRevaluation(
        revaluations: [
          try Revaluation(
            of: ForeignPosition(
              account: things.account, currency: "CHF", amount: .zero,
              base: Money(minorUnits: 100)), at: nil, foreignExponent: 2, baseExponent: 2,
            .halfAwayFromZero)
        ], isRealised: true, day: TestBooks.today)
    },
    .other("TakeSnapshot") { books, _ in
      try await books.workspace.perform(
        TakeSnapshot(.year(to: TestBooks.today), .unadjusted, currency: .transaction),
        as: books.owner)
    },
    .command("ApproveBudget") { ApproveBudget($1.budget, version: 1) },
    .command("CreateAccount") {
      CreateAccount(
        AccountContent(number: "1119", name: "Till", parent: $1.heading, type: .asset))
    },
    .command("CreateAccount") {
      CreateAccount(
        AccountContent(number: "1119", name: "Till", type: .asset, usualDepartment: $1.department))
    },
    .command("UpdateAccount") {
      UpdateAccount(
        $1.account, content: AccountContent(number: "1", name: "Ours", type: .asset), version: 1)
    },
    .command("UpdateAccount") { books, things in
      UpdateAccount(
        books.account("1120"),
        content: AccountContent(
          number: "1", name: "Ours", parent: things.heading, type: .asset, category: .bank),
        version: 1)
    },
    .command("MoveAccount") { MoveAccount($1.account, under: nil, version: 1) },
    .command("MoveAccount") {
      MoveAccount($0.account("1120"), under: $1.heading, version: 1)
    },
    .command("MergeAccounts") { MergeAccounts($1.spare, into: $0.account("1120")) },
    .command("MergeAccounts") { MergeAccounts($0.account("1130"), into: $1.account) },
    .command("ArchiveAccount") { ArchiveAccount($1.spare) },
    .command("RemoveAccount") { RemoveAccount($1.spare) },
    .command("RestoreAccount") { RestoreAccount($1.deletedAccount) },
  ]

  /// Lines are tried in the first reconciliation that there is too, which is one's own.
  private static let banks: [Trial] = [
    .command("StartReconciliation") {
      StartReconciliation($1.reconciled.account, .balance(.zero, on: TestBooks.today))
    },
    .command("StartReconciliation") {
      StartReconciliation($0.account("1110"), .statement($1.reconciled.statement))
    },
    .command("AmendReconciliation") {
      AmendReconciliation($1.reconciled.reconciliation, to: .zero, on: TestBooks.today, version: 2)
    },
    .command("AbandonReconciliation") { AbandonReconciliation($1.reconciled.reconciliation) },
    .command("MatchLines") {
      MatchLines(
        in: $1.reconciled.reconciliation, bank: [$1.reconciled.bankLine],
        books: [$1.reconciled.line])
    },
    .command("MatchLines") {
      MatchLines(in: ID(1), bank: [$1.reconciled.bankLine], books: [$1.reconciled.line])
    },
    .command("ClearLines") { ClearLines(.these([$1.reconciled.line]), in: ID(1)) },
    .command("ClearLines") {
      ClearLines(.through(TestBooks.today), in: $1.reconciled.reconciliation)
    },
    .command("IgnoreBankLine") {
      IgnoreBankLine($1.reconciled.bankLine, in: ID(1), reason: "Not ours.")
    },
    .command("UndoMatch") { UndoMatch(in: ID(1), bank: [$1.reconciled.matched]) },
    .command("UndoMatch") { UndoMatch(in: ID(1), books: [$1.reconciled.line]) },
    .command("CloseReconciliation", by: .director) {
      CloseReconciliation($1.reconciled.reconciliation, version: 2)
    },
    .command("ReopenReconciliation", by: .director) {
      ReopenReconciliation($1.reconciled.reconciliation, reason: "Not ours.")
    },
  ]

  private static let access: [Trial] = [
    .command("GrantPermission") {
      GrantPermission(NewGrant(.deny, "journal.*", to: $1.person, reason: "Not ours."))
    },
    .command("GrantPermission") { books, things in
      var grant = NewGrant(.deny, "journal.post", to: books.viewer.user, reason: "Not ours.")
      grant.conditions = "{\"accounts\":[\(things.account.value)]}"
      return GrantPermission(grant)
    },
    .command("GrantPermission") { books, things in
      var grant = NewGrant(.deny, "journal.post", to: books.viewer.user, reason: "Not ours.")
      grant.thing = Thing(.entry, things.posted.value)
      return GrantPermission(grant)
    },
    .command("RevokeGrant") { RevokeGrant($1.grant, reason: "Not ours.") },
    .command("AddToList") {
      AddToList(
        NewListRow(
          .role(.owner), .admin, of: Thing(.account, $1.account.value), reason: "Not ours."))
    },
    .command("AddToList") { books, things in
      AddToList(
        NewListRow(
          .user(things.person), .admin, of: Thing(.account, books.account("1120").value),
          reason: "Not ours."))
    },
    .command("AddToList") { books, things in
      AddToList(
        NewListRow(
          .department(things.department), .admin, of: Thing(.account, books.account("1120").value),
          reason: "Not ours."))
    },
    .command("RemoveFromList") { RemoveFromList($1.row, reason: "Not ours.") },
    .command("Delegate") { books, things in
      Delegate(
        NewDelegation(
          from: books.owner.user, to: things.person, until: books.clock.now.adding(seconds: 60),
          reason: "Not ours."))
    },
    .command("Delegate") { books, things in
      var lent = NewDelegation(
        from: books.owner.user, to: books.manager.user,
        until: books.clock.now.adding(seconds: 60), reason: "Not ours.")
      lent.department = things.department
      return Delegate(lent)
    },
    .command("EndDelegation") { EndDelegation($1.delegation) },
  ]

  private static let people: [Trial] = [
    .command("AssignRole") { AssignRole(.viewer, to: $1.member) },
    .command("SuspendMember") { SuspendMember($1.member, reason: "Not ours.") },
    .command("ReinstateMember") { ReinstateMember($1.former) },
    .command("RemoveMember") { RemoveMember($1.member, reason: "Not ours.") },
    .command("LimitMember") { LimitMember($1.member, to: nil) },
    .command("LetApprove") { LetApprove($1.member, may: false) },
    .command("SetTitle") { SetTitle("Ours", of: $1.member) },
    .command("SetSuperior") { SetSuperior(nil, of: $1.member) },
    .command("PlaceMember") { PlaceMember($1.member, in: nil) },
    .command("UnlockMember") { UnlockMember($1.member) },
    .command("CreateDepartment") {
      CreateDepartment(DepartmentContent(code: "EXP", name: "Export", parent: $1.department))
    },
    .command("CreateDepartment") {
      CreateDepartment(DepartmentContent(code: "EXP", name: "Export", head: $1.person))
    },
    .command("UpdateDepartment") {
      UpdateDepartment($1.department, content: DepartmentContent(code: "EXP", name: "Export"))
    },
    .command("Appoint") {
      Appoint($1.person, to: DepartmentPost(.lead, [.createRequests]), in: $1.department)
    },
    .command("EndPost") { EndPost($1.post) },
    .command("MergeDepartments") {
      MergeDepartments($1.empty, into: $0.department, from: TestBooks.today)
    },
    .command("MergeDepartments") {
      MergeDepartments($0.department, into: $1.empty, from: TestBooks.today)
    },
    .command("RemoveDepartment") { RemoveDepartment($1.empty) },
    .command("RestoreDepartment") { RestoreDepartment($1.deletedDepartment) },
    .other("InviteUser", namesThings: true) { books, things in
      try await books.workspace.invite(
        email: "new@books.example", name: "Nell", role: .viewer, department: things.department,
        as: books.owner)
    },
    .other("InviteUser") { books, _ in
      _ = try await books.workspace.invite(
        email: Neighbours.invited, name: "Nell", role: .viewer, as: books.owner)
      return try await books.workspace.fetch(Members(), as: books.owner)
    },
    .other("AcceptInvitation") { books, _ in
      let invited = try await books.workspace.invite(
        email: "new@books.example", name: "Nell", role: .viewer, as: books.owner)
      try await books.workspace.accept(
        invitation: invited.code, name: "Nell", password: TestBooks.password)
      return invited
    },
    .other("OpenSession", isOnRecordElsewhere: true, namesThings: true) { books, things in
      let lobby = try await books.workspace.signIn(
        email: "owner@books.example", password: TestBooks.password, from: TestBooks.origin)
      return try await books.workspace.enter(things.business, as: lobby)
    },
    .other("SignOut") { books, _ in
      try await books.workspace.perform(SignOut(), as: books.owner)
    },
    .other("DeniedRead") { books, _ in
      _ = try? await books.workspace.fetch(AuditPage(), as: books.employee)
      return try await books.trail(1).first?.errorCode as Any
    },
  ]

  private static let files: [Trial] = [
    .other("ImportJournal", importing), .other("ImportEntry", importing),
    .other("StoreRates", importing), .other("AdmitImport", importing),
    .other("ImportChart") { books, _ in
      let lamps = ForeignChartAccount(
        name: "Lamps", type: .asset, position: SourcePosition(file: "chart", line: 1))
      return try await books.workspace.perform(
        ImportChart(ForeignChart([lamps]), file: "chart"), as: books.owner)
    },
    .other("ExportJournal") { books, _ in
      try await books.workspace.perform(ExportJournal(to: "out"), as: books.owner)
    },
    .other("ExportList") { books, _ in
      try await books.workspace.perform(
        ExportList(ExportedList("Journal", rows: 1, to: "out")), as: books.owner) as Any
    },
    .other("ExportAuditList") { books, _ in
      try await books.workspace.perform(
        ExportAuditList(ExportedList("Log", rows: 1, to: "out")), as: books.owner) as Any
    },
    .other("OpenFiscalYear") { books, _ in
      let plan = FiscalYearPlan(holding: TestBooks.today.adding(months: 12), firstMonth: 1)
      return try await asSystem(OpenFiscalYear(plan), in: books)
    },
    .other("AddFiscalYear") { books, _ in
      try await books.workspace.perform(AddFiscalYear(), as: books.owner)
    },
    .other("CloseYear") { books, _ in
      try await settle(books)
      return try await asSystem(CloseYear(year: 2026), in: books) as Any
    },
    .other("ReopenYear") { books, _ in
      try await settle(books)
      _ = try await asSystem(CloseYear(year: 2026), in: books)
      return try await asSystem(ReopenYear(year: 2026, why: "Audit."), in: books)
    },
    .other("CreateBusiness", founding), .other("FoundBusiness", founding),
    .other("Initialise") { books, _ in
      try await books.workspace.initialise(
        BusinessPlan(name: "Third", baseCurrency: "USD", chart: nil),
        ownerEmail: "third@books.example", ownerName: "Tom", password: TestBooks.password)
    },
  ]

  /// Nothing waits, and every month is closed.
  private static func settle(_ books: TestBooks) async throws {
    try await books.store.change(in: books.business, as: .system) {
      try $0.execute(
        """
        UPDATE journal_entries SET status = 'voided', voided_at = :now, void_reason = 'test'
        WHERE business_id = :business AND status IN ('draft', 'pending_approval', 'approved')
        """, ["now": $0.now])
    }
    try await books.closeMonths()
  }

  @Sendable private static func importing(_ books: TestBooks, _: Things) async throws -> Any {
    try await books.workspace.perform(
      try Things.journal(in: "EUR", month: 9, file: "oil"), as: books.owner)
  }

  @Sendable private static func founding(_ books: TestBooks, _: Things) async throws -> Any {
    try await books.workspace.perform(
      CreateBusiness(BusinessPlan(name: "Third", baseCurrency: "USD", chart: nil)), as: books.owner)
  }

  private static func asSystem<C: Command>(
    _ command: C, in books: TestBooks
  ) async throws -> C.Output {
    try await books.store.change(in: books.business, as: .system) { change in
      Result { () throws -> C.Output in try change.perform(command) }
    }.get()
  }
}

extension TestBooks {
  /// Something that is worth more than it was.
  fileprivate func revalue() async throws -> [EnteredEntry] {
    _ = try await workspace.perform(SetRate(.sample), as: owner)
    let francs = LineContent(
      account: account("1140"), currency: "CHF", amount: Money(minorUnits: 100))
    _ = try await workspace.perform(
      CreateEntry(
        EntryContent(
          date: TestBooks.today, description: "Francs", lines: [francs, line("1120", -100)]),
        then: .post), as: owner)
    let end = TestBooks.today.lastOfMonth
    let rows = try await workspace.fetch(Revaluations(on: end), as: owner)
    return try await workspace.perform(Revalue(on: end, seen: rows), as: owner)
  }
}

extension NewAttachment {
  fileprivate static let sample = NewAttachment("a.txt", [1])
}

extension RateContent {
  fileprivate static let sample = RateContent(
    RateQuote(
      from: "CHF", to: "USD", day: TestBooks.today, rate: ExchangeRate(mantissa: 11, scale: 1)))
}

extension RecurrenceRule {
  fileprivate static func sample() throws -> RecurrenceRule {
    try RecurrenceRule(.weekly, from: TestBooks.today.adding(days: 7))
  }
}

extension BudgetContent {
  fileprivate static func sample(
    of account: ID<Account>, for department: ID<Department>, in period: ID<Period>
  ) -> BudgetContent {
    BudgetContent(
      account: account, department: department, period: period, edition: .revised,
      amount: Money(minorUnits: 700))
  }
}
