import Domain
import TestSupport

@testable import Operations

/// The day of what was imported.
private let imported = Day(sinceEpoch: TestBooks.today.sinceEpoch - 52)

/// To advertising, whole.
private func allocation(
  of sources: [ID<Account>], in books: TestBooks, department: ID<Department>? = nil,
  by basis: Allocation.Basis = .shares([1_000_000])
) -> Allocation {
  Allocation(
    of: sources, in: department, to: [Allocation.Target(books.account("6400"))], by: basis)
}

extension Trial {
  static let queries: [Trial] = [
    .query("APIKeys") { _, _ in APIKeys() },
    .query("AccessDiff") {
      AccessDiff($1.person, from: TestBooks.start, to: TestBooks.start)
    },
    .query("AccessGrid") { _, _ in AccessGrid() },
    .query("AccessLists") { _, _ in AccessLists() },
    .query("AccessReviewDetail") { AccessReviewDetail($1.administration.review) },
    .query("AccessReviews") { _, _ in AccessReviews() },
    .query("AccountToEdit") { AccountToEdit($1.account) },
    .query("AllocationEntry") {
      AllocationEntry(
        allocation(of: [$0.account("6200"), $1.account], in: $0), in: $1.period)
    },
    .query("AllocationEntry") {
      AllocationEntry(
        allocation(of: [$0.account("6200")], in: $0, department: $1.department), in: $1.period)
    },
    .query("AllocationEntry") {
      AllocationEntry(
        allocation(of: [$0.account("6200")], in: $0, by: .balance(of: $1.account)),
        in: $1.period)
    },
    .query("AllocationEntry") {
      AllocationEntry(allocation(of: [$0.account("6200")], in: $0), in: $1.period)
    },
    .query("Allocations") { _, _ in Allocations() },
    .query("Attachments") { Attachments(of: .entry($1.posted)) },
    .query("Attachments") { Attachments(of: .period($1.period, name: "2026-12")) },
    .query("AttachedTo") { AttachedTo($1.attachment) },
    .query("AttachmentContent") { AttachmentContent($1.attachment, of: .entry($1.posted)) },
    .query("AuditChain") { _, _ in AuditChain() },
    .query("AuditHead") { _, _ in AuditHead() },
    .query("AuditPage") { _, _ in AuditPage(limit: 1_000) },
    .query("AuditPage") { AuditPage(of: $1.posted) },
    .query("BankStatements") { _, _ in BankStatements() },
    .query("BankStatements") { BankStatements(of: $1.bank) },
    .query("BankStatementLines") { BankStatementLines($1.bankStatement) },
    .query("BusinessDetail") { _, _ in BusinessDetail() },
    .query("CashPosition") { _, _ in CashPosition(on: .last) },
    .query("ChartOfAccounts") { _, _ in ChartOfAccounts() },
    .query("Confirmations") { _, _ in Confirmations(decidedToo: true) },
    .query("ConsolidationBalances") { _, _ in ConsolidationBalances(through: .last) },
    .query("ConsolidationBalances") { _, _ in
      ConsolidationBalances(through: .last, knownAt: TestBooks.start)
    },
    .query("Currencies") { _, _ in Currencies() },
    .query("Delegations") { _, _ in Delegations() },
    .query("Budgets") { _, _ in Budgets() },
    .query("Budgets") { _, _ in Budgets(ofWholeBusinessIn: nil) },
    .query("Budgets") { Budgets(department: $1.department, period: $1.period) },
    .query("DeletedAccounts") { _, _ in DeletedAccounts() },
    .query("DeletedDepartments") { _, _ in DeletedDepartments() },
    .query("DeletedTemplates") { _, _ in DeletedTemplates() },
    .query("PostsToGive") { _, _ in PostsToGive() },
    .query("DepartmentPosts") { DepartmentPosts($1.department) },
    .query("Departments") { _, _ in Departments() },
    .query("DepartmentStatement") { _, _ in DepartmentStatement(of: .days(.first, .last)) },
    .query("DutyConflicts") { _, _ in DutyConflicts() },
    .query("Emergencies") { _, _ in Emergencies() },
    .query("EntryDetail") { EntryDetail($1.posted) },
    .query("EntryDetail") { EntryDetail($1.pending) },
    .query("EntryFormFacts") { _, _ in EntryFormFacts() },
    .query("EntryNamed") { _, _ in EntryNamed("GJ-2026-000001") },
    .query("EntrySuggestions") { _, _ in EntrySuggestions("r") },
    .query("EntrySuggestions") { _, _ in EntrySuggestions(Neighbours.canary.lowercased()) },
    .query("EntryTemplates") { _, _ in EntryTemplates() },
    .query("EntryToCorrect") { EntryToCorrect($1.posted) },
    .query("EntryToEdit") { EntryToEdit($1.draft) },
    .query("Examination") { _, _ in Examination() },
    .query("ExplainAccess") {
      ExplainAccess(.journalPost, of: $0.director.user, on: .entry($1.draft))
    },
    .query("ExplainAccess") { ExplainAccess(.journalPost, of: $1.person) },
    .query("ExplainAccess") {
      ExplainAccess(
        .reconApprove, of: $0.director.user, on: .reconciliation($1.reconciled.reconciliation))
    },
    .query("Exported") { _, _ in Exported(JournalPage(limit: 1_000)) },
    .query("Exported") { Exported(RegisterPage($1.account)) },
    .query("Footed") { _, _ in Footed(TrialBalanceReport(asOf: .last)) },
    .query("GeneralLedgerAccounts") { _, _ in GeneralLedgerAccounts(in: .days(.first, .last)) },
    .query("GeneralLedgerAccounts") {
      GeneralLedgerAccounts(
        in: .days(.first, .last), LedgerScope(.unadjusted, department: $1.department))
    },
    .other("GeneralLedgerDetail") { books, _ in
      try await books.generalLedger(in: .days(.first, .last))
    },
    .other("GeneralLedgerDetail", namesThings: true) { books, things in
      try await books.generalLedger(
        of: [things.account], in: .days(.first, .last),
        LedgerScope(.unadjusted, department: things.department))
    },
    .query("GeneralLedgerLines") { _, _ in
      GeneralLedgerLines(in: .days(.first, .last), limit: 1_000)
    },
    .query("GeneralLedgerLines") {
      GeneralLedgerLines(
        in: .days(.first, .last), LedgerScope(.unadjusted, department: $1.department), limit: 1_000)
    },
    .query("GrantsOf") { GrantsOf($1.person) },
    .query("Groups") { _, _ in Groups() },
    .query("IntactFiles") { _, _ in IntactFiles(after: "") },
    .query("JournalPage") { _, _ in JournalPage(limit: 1_000) },
    .query("JournalPage") { _, _ in
      JournalPage(.all, EntrySearch(Neighbours.canary.lowercased()), limit: 1_000)
    },
    .query("JournalSample") { _, _ in
      JournalSample(.monetaryUnit, size: 5, seed: 7, through: .last)
    },
    .query("JournalSize") { _, _ in JournalSize(.all) },
    .query("JournalTests") { _, _ in JournalTests(through: .last) },
    .query("JournalTests") { _, _ in JournalTests(through: TestBooks.today, only: [.twice]) },
    .query("JournalSize") { _, _ in JournalSize(.all, EntrySearch("rent")) },
    .query("LedgerDifference") { _, _ in LedgerDifference() },
    .query("Members") { _, _ in Members() },
    .query("MonthlyFigures") { _, _ in MonthlyFigures(to: TestBooks.today) },
    .query("MyBusinesses") { _, _ in MyBusinesses() },
    .query("MySecondFactor") { _, _ in MySecondFactor() },
    .query("Notices") { _, _ in Notices() },
    .query("Notices") { _, _ in Notices(after: nil) },
    .query("OpenItems") { OpenItems($1.account, asOf: .last) },
    .query("OpenItems") { books, _ in OpenItems(books.account("1210"), asOf: .last) },
    .query("OpenItemLines") {
      OpenItemLines(of: try .sample, on: $1.account, asOf: .last)
    },
    .query("OpenItemLines") { books, _ in
      OpenItemLines(of: try .sample, on: books.account("1210"), asOf: .last)
    },
    .other("OpeningTransfer") { books, _ in
      try await books.post(100, debit: "1120", credit: "3400")
      return try await books.workspace.fetch(OpeningTransfer(), as: books.owner)
    },
    .query("OverduePeriods") { _, _ in OverduePeriods() },
    .query("Periods") { _, _ in Periods() },
    .query("FiscalYears") { _, _ in FiscalYears() },
    .query("PeriodOverview") { _, _ in PeriodOverview() },
    .query("PeriodChecks") { PeriodChecks($1.period) },
    .query("PeriodExceptions") { _, _ in PeriodExceptions() },
    .query("OwnSessions") { _, _ in OwnSessions() },
    .query("PermissionTemplates") { _, _ in PermissionTemplates() },
    .query("Rates") { _, _ in Rates() },
    .query("Rates") { _, _ in Rates(of: "GBP") },
    .query("Reconciliations") { _, _ in Reconciliations() },
    .query("Reconciliations") { Reconciliations(of: $1.reconciled.account) },
    .query("NextReconciliation") { NextReconciliation(of: $1.reconciled.account) },
    .query("ReconciliationSheet") { ReconciliationSheet($1.reconciled.reconciliation) },
    .query("ProposedMatches") { ProposedMatches($1.reconciled.reconciliation) },
    .query("RateOfDay") { _, _ in RateOfDay(of: "GBP", in: "USD", on: imported) },
    .query("Revaluations") { _, _ in Revaluations(on: TestBooks.today) },
    .query("RegisterPage") { RegisterPage($1.account) },
    .query("RegisterPage") {
      RegisterPage($1.account, in: RegisterScope(own: .department($1.department)))
    },
    .query("RegisterSize") { RegisterSize($1.account) },
    .query("RegisterSize") {
      RegisterSize($1.account, in: RegisterScope(LedgerScope(knownAt: TestBooks.start)))
    },
    .query("RegisterSize") {
      RegisterSize(
        $1.account, in: RegisterScope(LedgerScope(.unadjusted, department: $1.department)))
    },
    .query("Schedules") { _, _ in Schedules() },
    .query("Sessions") { _, _ in Sessions() },
    .query("SettledItems") { SettledItems(at: ItemPlace(account: $1.account, currency: "EUR")) },
    .query("SettledItems") { books, _ in
      SettledItems(at: ItemPlace(account: books.account("1210"), currency: "EUR"))
    },
    .query("SnapshotDetail") { SnapshotDetail($1.snapshot) },
    .query("Snapshots") { _, _ in Snapshots() },
    .query("VerifySnapshot") { VerifySnapshot($1.snapshot) },
    .query("SimulateRole") { SimulateRole(.owner, for: $1.person) },
    .query("StatementReport") { _, _ in StatementReport(balanceSheetOf: .last) },
    .query("StatementReport") {
      StatementReport(
        incomeOf: .days(.first, .last), comparing: Comparison.allCases,
        LedgerScope(.unadjusted, department: $1.department),
        budget: BudgetChoice(countsDrafts: true))
    },
    .query("StatementReport") { _, _ in
      StatementReport(
        cashFlowOf: .days(.first, .last), .indirect, comparing: Comparison.allCases)
    },
    .query("StatementReport") { _, _ in
      StatementReport(cashFlowOf: .days(.first, .last), .direct, comparing: Comparison.allCases)
    },
    .query("TemplateAssignments") { _, _ in TemplateAssignments() },
    .query("TrialBalanceReport") { _, _ in TrialBalanceReport(asOf: .last) },
    .query("TrialBalanceReport") {
      TrialBalanceReport(asOf: .last, LedgerScope(.unadjusted, department: $1.department))
    },
    .query("TrialBalanceReport") { _, _ in
      TrialBalanceReport(
        asOf: TestBooks.today, currency: .transaction, comparing: [.priorPeriod, .priorYear])
    },
    .query("RollForwardReport") { _, _ in RollForwardReport(.days(.first, .last)) },
    .query("RollForwardReport") {
      RollForwardReport(
        .period(of: TestBooks.today), LedgerScope(department: $1.department),
        currency: .transaction)
    },
    .query("WorksheetReport") { _, _ in WorksheetReport(asOf: TestBooks.today) },
    .query("Unconfirmable") { _, _ in Unconfirmable() },
    .query("UnreadNotices") { _, _ in UnreadNotices() },
    .query("UnpostedBalances") { _, _ in UnpostedBalances(asOf: .last) },
    .query("UnpostedBalances") {
      UnpostedBalances(
        asOf: .last, .unadjusted, department: $1.department, currency: .transaction)
    },
    .query("UnvaluedLines") { _, _ in UnvaluedLines() },
    .query("VerifyLedger") { _, _ in VerifyLedger() },
    .query("VerifyLedger") { VerifyLedger(of: $1.period) },
    .query("VerifyAudit") { _, _ in VerifyAudit() },
    .query("WhatCan") { WhatCan($1.person) },
    .query("WhereIAm") { _, _ in WhereIAm() },
    .query("WhatIsDenied") {
      WhatIsDenied([.take(.post), .use(.journalReverse)], to: .entry($1.draft))
    },
    .query("WhatIsDenied") { WhatIsDenied([.govern(.userSuspend)], to: .member($1.person)) },
    .query("WhatIsDenied") {
      WhatIsDenied([.use(.reconApprove)], to: .reconciliation($1.reconciled.reconciliation))
    },
    .query("WhatMerges") { WhatMerges($1.spare, into: $0.account("1120")) },
    .query("WhatMerges") { WhatMerges($0.account("1130"), into: $1.account) },
    .query("WhoCan") { WhoCan(.journalPost, on: .entry($1.draft)) },
    .query("WorkToDo") { _, _ in WorkToDo() },
    .other("DeletedBusinesses") { books, _ in
      let lobby = try await books.workspace.signIn(
        email: "owner@books.example", password: TestBooks.password, from: TestBooks.origin)
      return try await books.workspace.fetch(DeletedBusinesses(), as: lobby)
    },
    .query("DeletedBusinesses") { _, _ in DeletedBusinesses() },
    .other("MyBusinesses") { books, _ in
      let lobby = try await books.workspace.signIn(
        email: "owner@books.example", password: TestBooks.password, from: TestBooks.origin)
      return try await books.workspace.fetch(MyBusinesses(), as: lobby)
    },
  ]
}

extension OpenItem {
  /// Whose lines a neighbour has, as far as they are called.
  fileprivate static var sample: OpenItem {
    get throws {
      try OpenItem(
        party: Neighbours.canary, reference: Neighbours.canary, currency: "USD", exponent: 2,
        first: TestBooks.today, lines: 1, invoiced: .zero, settled: .zero)
    }
  }
}
