import Domain
import Operations
import TestSupport

/// The day of what was imported.
private let imported = Day(sinceEpoch: TestBooks.today.sinceEpoch - 52)

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
    .query("AuditHead") { _, _ in AuditHead() },
    .query("AuditPage") { _, _ in AuditPage(limit: 1_000) },
    .query("BusinessDetail") { _, _ in BusinessDetail() },
    .query("CashPosition") { _, _ in CashPosition(on: .last) },
    .query("ChartOfAccounts") { _, _ in ChartOfAccounts() },
    .query("Confirmations") { _, _ in Confirmations(decidedToo: true) },
    .query("Currencies") { _, _ in Currencies() },
    .query("Delegations") { _, _ in Delegations() },
    .query("Budgets") { _, _ in Budgets() },
    .query("Budgets") { Budgets(department: $1.department, period: $1.period) },
    .query("DeletedAccounts") { _, _ in DeletedAccounts() },
    .query("DeletedDepartments") { _, _ in DeletedDepartments() },
    .query("DeletedTemplates") { _, _ in DeletedTemplates() },
    .query("PostsToGive") { _, _ in PostsToGive() },
    .query("DepartmentPosts") { DepartmentPosts($1.department) },
    .query("Departments") { _, _ in Departments() },
    .query("DutyConflicts") { _, _ in DutyConflicts() },
    .query("Emergencies") { _, _ in Emergencies() },
    .query("EntryDetail") { EntryDetail($1.posted) },
    .query("EntryDetail") { EntryDetail($1.pending) },
    .query("EntryFormFacts") { _, _ in EntryFormFacts() },
    .query("EntryNamed") { _, _ in EntryNamed("GJ-2026-000001") },
    .query("EntrySuggestions") { _, _ in EntrySuggestions("r") },
    .query("EntrySuggestions") { _, _ in EntrySuggestions(Neighbours.canary.lowercased()) },
    .query("EntryTemplates") { _, _ in EntryTemplates() },
    .query("EntryToEdit") { EntryToEdit($1.draft) },
    .query("Examination") { _, _ in Examination() },
    .query("ExplainAccess") {
      ExplainAccess(.journalPost, of: $0.director.user, on: .entry($1.draft))
    },
    .query("ExplainAccess") { ExplainAccess(.journalPost, of: $1.person) },
    .query("Exported") { _, _ in Exported(JournalPage(limit: 1_000)) },
    .query("Exported") { Exported(RegisterPage($1.account)) },
    .query("GrantsOf") { GrantsOf($1.person) },
    .query("Groups") { _, _ in Groups() },
    .query("JournalPage") { _, _ in JournalPage(limit: 1_000) },
    .query("JournalPage") { _, _ in
      JournalPage(.all, EntrySearch(Neighbours.canary.lowercased()), limit: 1_000)
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
    .query("RateOfDay") { _, _ in RateOfDay(of: "GBP", in: "USD", on: imported) },
    .query("Revaluations") { _, _ in Revaluations(on: TestBooks.today) },
    .query("RegisterPage") { RegisterPage($1.account) },
    .query("RegisterSize") { RegisterSize($1.account) },
    .query("Sessions") { _, _ in Sessions() },
    .query("SimulateRole") { SimulateRole(.owner, for: $1.person) },
    .query("StatementReport") { _, _ in StatementReport(balanceSheetOf: .last) },
    .query("StatementReport") {
      StatementReport(
        incomeOf: .days(.first, .last), comparing: Comparison.allCases,
        LedgerScope(.unadjusted, department: $1.department))
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
    .query("Unconfirmable") { _, _ in Unconfirmable() },
    .query("UnreadNotices") { _, _ in UnreadNotices() },
    .query("UnvaluedLines") { _, _ in UnvaluedLines() },
    .query("VerifyLedger") { _, _ in VerifyLedger() },
    .query("VerifyAudit") { _, _ in VerifyAudit() },
    .query("WhatCan") { WhatCan($1.person) },
    .query("WhereIAm") { _, _ in WhereIAm() },
    .query("WhatIsDenied") {
      WhatIsDenied([.take(.post), .use(.journalReverse)], to: .entry($1.draft))
    },
    .query("WhatIsDenied") { WhatIsDenied([.govern(.userSuspend)], to: .member($1.person)) },
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
