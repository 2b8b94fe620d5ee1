import Domain
import Operations
import Store
import TestSupport
import Testing

/// One account of two (RULES §3.2, R8, R11): `6400 Advertising` and `6350 Packaging used` of the
/// trading chart are alike.
@Suite struct MergeAccountsTests {
  private func period(_ name: String, in books: TestBooks) async throws -> ID<Period> {
    try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.name == name }
    ).id
  }

  /// Planned by the director for the department.
  @discardableResult
  private func plan(
    _ minorUnits: Int64, on number: String, _ period: String = "2026-11", in books: TestBooks
  ) async throws -> ID<Budget> {
    try await books.workspace.perform(
      SetBudget(
        BudgetContent(
          account: books.account(number), department: books.department,
          period: try await self.period(period, in: books),
          amount: Money(minorUnits: minorUnits))), as: books.director)
  }

  private func merge(
    _ number: String = "6400", into other: String = "6350", in books: TestBooks,
    as who: Principal? = nil
  ) async throws -> AccountUse {
    try await books.workspace.perform(
      MergeAccounts(books.account(number), into: books.account(other)), as: who ?? books.director
    ).use
  }

  private func script(_ sql: String, in books: TestBooks) throws {
    try books.store.script(
      "UPDATE temp.scope SET business_id = \(books.business.value); \(sql)")
  }

  @Test func `drafts, templates and budgets go over, and the first is deleted`() async throws {
    let books = try await TestBooks.make()
    let draft = try await books.workspace.perform(
      CreateEntry(books.entry(500, debit: "6400")), as: books.employee
    ).entry
    try await books.workspace.perform(SaveTemplate("Ads", of: draft), as: books.employee)
    try await plan(1_000, on: "6400", in: books)
    try await plan(250, on: "6350", in: books)
    try await plan(300, on: "6400", "2026-12", in: books)
    let seen = try await books.workspace.fetch(
      WhatMerges(books.account("6400"), into: books.account("6350")), as: books.director)
    #expect([seen.drafts, seen.templates, seen.budgets] == [1, 1, 2])
    #expect(try await merge(in: books) == seen)

    let content = try await books.workspace.fetch(EntryToEdit(draft), as: books.owner).content
    #expect(content.lines.map(\.account) == [books.account("6350"), books.account("1120")])
    let template = try #require(
      try await books.workspace.fetch(EntryTemplates(), as: books.owner).first)
    #expect(template.content.lines.first?.account == books.account("6350"))
    let budgets = try await books.workspace.fetch(Budgets(), as: books.owner)
    #expect(budgets.map { "\($0.number) \($0.periodName)" } == ["6350 2026-11", "6350 2026-12"])
    #expect(budgets.map(\.amount.minorUnits) == [1_250, 300])
    let chart = try await books.workspace.fetch(ChartOfAccounts(), as: books.owner)
    #expect(!chart.contains { $0.number == "6400" })
    let deleted = try await books.workspace.fetch(DeletedAccounts(), as: books.owner)
    #expect(deleted.map(\.key) == ["6400"])

    let trail = try await books.trail(2)
    #expect(trail.map(\.operation) == ["account.merge", "journal.edit.own"])
    #expect(trail[0].resourceName == "6400 Advertising")
    let kept = try #require(trail[0].newValues)
    for part in [
      #""merged_into":"6350 Packaging used""#, #""moved_drafts":["D-1"]"#,
      #""moved_templates":["Ads"]"#, #""moved_budgets":2"#, #""status":"deleted""#,
    ] { #expect(kept.contains(part), "\(kept)") }
    try await books.workspace.perform(PostEntry(draft), as: books.owner)
    #expect(try await books.balances() == ["6350": 500, "1120": -500])
  }

  @Test func `budgets that are added up are approved only where both were`() async throws {
    let books = try await TestBooks.make()
    for (number, name) in [("6400", "2026-11"), ("6350", "2026-11"), ("6400", "2026-12")] {
      let budget = try await plan(100, on: number, name, in: books)
      try await books.workspace.perform(ApproveBudget(budget, version: 1), as: books.owner)
    }
    try await plan(50, on: "6350", "2026-12", in: books)
    _ = try await merge(in: books, as: books.owner)
    let budgets = try await books.workspace.fetch(Budgets(), as: books.owner)
    #expect(budgets.map(\.amount.minorUnits) == [200, 150])
    #expect(budgets.map(\.status) == [.approved, .draft])
    #expect(budgets.map(\.setter) == ["Dora Director", "Olive Owner"])
  }

  @Test func `whoever merges has written the drafts and doesn't approve them`() async throws {
    let books = try await TestBooks.withThreshold()
    let draft = try await books.workspace.perform(
      CreateEntry(books.entry(6_000, debit: "6400")), as: books.employee
    ).entry
    _ = try await merge(in: books)
    try await books.workspace.perform(SubmitEntry(draft), as: books.employee)
    await #expect(throws: Refusal.notPermitted(.journalApprove, .involved(.edited))) {
      try await books.workspace.perform(ApproveEntry(draft), as: books.director)
    }
    try await books.workspace.perform(ApproveEntry(draft), as: books.manager)
  }

  @Test func `whoever may not change a draft doesn't merge the account that it names`()
    async throws
  {
    let books = try await TestBooks.make()
    let draft = try await books.workspace.perform(
      CreateEntry(books.entry(500, debit: "6400")), as: books.manager
    ).entry
    try await books.workspace.perform(
      GrantPermission(
        NewGrant(.allow, "account.archive", to: books.employee.user, reason: "Tidies up")),
      as: books.owner)
    await #expect(throws: Refusal.self) {
      try await merge(in: books, as: books.employee)
    }
    #expect(try await books.trail(1).first?.errorCode == "no-grant")
    let content = try await books.workspace.fetch(EntryToEdit(draft), as: books.owner).content
    #expect(content.lines.first?.account == books.account("6400"))
    try await books.workspace.perform(DiscardEntry(draft), as: books.manager)
    _ = try await merge(in: books, as: books.employee)
  }

  private struct Case: Sendable {
    let name: String
    var account = "6400"
    var other = "6350"
    let problem: AccountProblem
    var prepare: @Sendable (TestBooks) async throws -> Void = { _ in }
  }

  private static let refused = [
    Case(name: "itself", other: "6400", problem: .merging(.itself)),
    Case(name: "a heading", account: "6000", problem: .merging(.heading)),
    Case(name: "into a heading", other: "6000", problem: .merging(.heading)),
    Case(name: "what the books need", account: "7500", other: "7100", problem: .isSystem),
    Case(name: "another type", other: "5400", problem: .merging(.differs(.type))),
    Case(
      name: "another rule", account: "1230", other: "1120", problem: .merging(.differs(.revalues))),
    Case(name: "what was posted to", problem: .merging(.posted)) {
      try await $0.post(100, debit: "6400")
    },
    Case(name: "what was reversed", problem: .merging(.posted)) {
      let entry = try await $0.post(100, debit: "6400")
      try await $0.workspace.perform(ReverseEntry(entry, reason: "A mistake."), as: $0.owner)
    },
    Case(name: "into what is archived", problem: .merging(.archived("6350 Packaging used"))) {
      try await $0.workspace.perform(ArchiveAccount($0.account("6350")), as: $0.owner)
    },
    Case(name: "what has others below it", problem: .hasBelow("6401 Print")) {
      try await $0.workspace.perform(
        CreateAccount(
          AccountContent(
            number: "6401", name: "Print", parent: $0.account("6400"), type: .expense)),
        as: $0.owner)
    },
    Case(name: "what a list keeps apart", problem: .merging(.listed)) {
      _ = try await $0.workspace.perform(
        AddToList(
          NewListRow(
            .role(.owner), .admin, of: Thing(.account, $0.account("6400").value),
            reason: "Confidential")), as: $0.owner)
    },
  ]

  @Test func `no template takes a share of a balance that its owner may not see`() async throws {
    let books = try await TestBooks.make()
    let draft = try await books.workspace.perform(
      CreateEntry(books.entry(500)), as: books.employee
    ).entry
    let template = try await books.workspace.perform(
      SaveTemplate("Ads", of: draft), as: books.employee)
    try await books.workspace.perform(
      SetTemplateAmount(.share(10_000, of: books.account("6400")), of: 1, in: template),
      as: books.employee)
    var denial = NewGrant(.deny, "journal.read", to: books.employee.user, reason: "Confidential")
    denial.conditions = #"{"accounts":[\#(books.account("6350").value)]}"#
    let grant = try await books.workspace.perform(GrantPermission(denial), as: books.owner)
    let unseen = Refusal.account(.merging(.unseen(template: "Ads", by: "Emma Employee")))
    await #expect(throws: unseen) {
      try await books.workspace.fetch(
        WhatMerges(books.account("6400"), into: books.account("6350")), as: books.director)
    }
    await #expect(throws: unseen) { try await merge(in: books) }
    try await books.workspace.perform(RevokeGrant(grant, reason: "Shown now"), as: books.owner)
    #expect(try await merge(in: books).templates == 1)
  }

  @Test(arguments: refused.map(\.name))
  func `it is refused to merge`(_ name: String) async throws {
    let books = try await TestBooks.make()
    let trial = try #require(Self.refused.first { $0.name == name })
    try await trial.prepare(books)
    let (account, other) = (books.account(trial.account), books.account(trial.other))
    await #expect(throws: Refusal.account(trial.problem)) {
      try await books.workspace.fetch(WhatMerges(account, into: other), as: books.owner)
    }
    await #expect(throws: Refusal.account(trial.problem)) {
      try await books.workspace.perform(MergeAccounts(account, into: other), as: books.owner)
    }
  }

  @Test func `what waits for approval, was voided or reconciled stays where it is`() async throws {
    let books = try await TestBooks.withThreshold()
    let pending = try await books.workspace.perform(
      CreateEntry(books.entry(6_000, debit: "6400"), then: .submit), as: books.employee
    ).entry
    await #expect(throws: Refusal.account(.merging(.waiting(1)))) { try await merge(in: books) }
    try await books.workspace.perform(WithdrawEntry(pending), as: books.employee)
    try script(
      """
      UPDATE journal_entries SET status = 'voided', voided_by = \(books.owner.user.value),
        voided_at = 1, void_reason = 'A mistake', version = version + 1
      WHERE id = \(pending.value);
      INSERT INTO bank_statements (business_id, account_id, currency, from_date, to_date,
        opening_balance, closing_balance, imported_by, imported_at)
      VALUES (\(books.business.value), \(books.account("6450").value), 'USD', '2026-11-01',
        '2026-11-30', 0, 0, \(books.owner.user.value), 1);
      """, in: books)
    await #expect(throws: Refusal.account(.merging(.voided))) { try await merge(in: books) }
    await #expect(throws: Refusal.account(.merging(.reconciled))) {
      try await merge("6450", in: books)
    }
    await #expect(throws: Refusal.account(.everUsed)) {
      try await books.workspace.perform(RemoveAccount(books.account("6450")), as: books.owner)
    }
  }

  @Test func `a merged account that is brought back is an empty one`() async throws {
    let books = try await TestBooks.make()
    try await plan(1_000, on: "6400", in: books)
    _ = try await merge(in: books)
    try await books.workspace.perform(RestoreAccount(books.account("6400")), as: books.owner)
    let budgets = try await books.workspace.fetch(Budgets(), as: books.owner)
    #expect(budgets.map(\.number) == ["6350"])
    #expect(try await merge(in: books).budgets == 0)
  }
}
