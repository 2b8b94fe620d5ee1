import Domain
import Store
import TestSupport
import Testing

@testable import Operations

/// Trial balances that are kept for ever, and what proves them (RULES §3.5 R20, §3.6, §3.7).
@Suite struct SnapshotTests {
  private func asSystem<C: Command>(_ command: C, in books: TestBooks) async throws -> C.Output {
    try await books.store.change(in: books.business, as: .system) { change in
      Result { () throws -> C.Output in try change.perform(command) }
    }.get()
  }

  private func take(
    _ span: StatementReport.Span = .period(of: TestBooks.today), in books: TestBooks
  ) async throws -> ID<TrialBalanceSnapshot> {
    try await books.workspace.perform(TakeSnapshot(span), as: books.manager).id
  }

  private func verify(
    _ snapshot: ID<TrialBalanceSnapshot>, in books: TestBooks
  ) async throws -> VerifySnapshot.Verdict {
    try await books.workspace.fetch(VerifySnapshot(snapshot), as: books.viewer)
  }

  private func rows(_ books: TestBooks) async throws -> [Snapshots.Row] {
    try await books.workspace.fetch(Snapshots(), as: books.viewer)
  }

  private func tamper(_ sql: String, in books: TestBooks) throws {
    try books.store.script(
      "UPDATE temp.scope SET business_id = \(books.business.value); \(sql)")
  }

  @Test func `a snapshot keeps every row, what it is of and how far the log was`() async throws {
    let books = try await TestBooks.make()
    try await books.post(500, debit: "1120", credit: "4100")
    try await books.post(200)
    let last = try #require(try await books.trail(1).first)
    let id = try await take(in: books)
    let detail = try await books.workspace.fetch(SnapshotDetail(id), as: books.viewer)
    let lines = detail.lines.map { line in
      let amounts = [line.opening, line.debit, line.credit, line.closing]
      return ([line.number] + amounts.map { "\($0.minorUnits)" }).joined(separator: " ")
    }
    #expect(lines == ["1120 0 500 200 300", "4100 0 0 500 -500", "6200 0 200 0 200"])
    #expect(detail.lines.map(\.name) == ["Current account", "Sales in the shop", "Rent"])
    let head = detail.head
    #expect([head.from.text, head.asOf.text] == ["2026-11-01", "2026-11-30"])
    #expect(head.totalDebit == Money(minorUnits: 500) && head.totalCredit == head.totalDebit)
    #expect(head.auditSequence == last.sequence)
    #expect(head.takenBy == "Max Manager" && head.takenAt == books.clock.now)
    #expect(head.run == 1 && head.supersededAt == nil && head.knownAt == nil)
    let record = try #require(try await books.trail(1).first)
    #expect(record.operation == "snapshot.create" && record.resourceID == id.value)
    #expect(record.newValues?.contains(head.sha256) == true)
    // The same days once more: another run, another place in the log, another hash.
    let again = try await take(in: books)
    let newest = try #require(try await rows(books).first)
    #expect(newest.id == again && newest.run == 2 && newest.sha256 != head.sha256)
  }

  @Test func `it is proved, whatever was posted and renamed since`() async throws {
    let books = try await TestBooks.make()
    try await books.post(500, debit: "1120", credit: "4100")
    let id = try await take(in: books)
    let before = try await verify(id, in: books)
    #expect(before.isIntact && before.isReproduced && before.postedSince == 0)
    books.clock.advance(seconds: 1)
    try await books.post(70)
    try await books.post(9, on: TestBooks.today.adding(days: -3))
    try tamper(
      "UPDATE accounts SET number = '9999', name = 'Bank' WHERE number = '1120';", in: books)
    let after = try await verify(id, in: books)
    #expect(after.isIntact && after.isReproduced, "\(after.differences)")
    #expect(after.postedSince == 2 && after.differences.isEmpty)
    #expect(after.reportedHash == before.reportedHash)
  }

  @Test func `of a moment before, it is what was known then`() async throws {
    let books = try await TestBooks.make()
    try await books.post(500, debit: "1120", credit: "4100")
    let then = books.clock.now
    books.clock.advance(seconds: 60)
    try await books.post(70)
    let id = try await books.workspace.perform(
      TakeSnapshot(.year(to: TestBooks.today), .adjusted, knownAt: then), as: books.owner
    ).id
    let detail = try await books.workspace.fetch(SnapshotDetail(id), as: books.owner)
    #expect(detail.head.knownAt == then)
    #expect(detail.lines.map(\.number) == ["1120", "4100"])
    #expect(detail.head.totalDebit == Money(minorUnits: 500))
    let verdict = try await verify(id, in: books)
    #expect(verdict.isIntact && verdict.isReproduced && verdict.postedSince == 1)
    // What is still to come can't be known: it is of now.
    let later = try await books.workspace.perform(
      TakeSnapshot(
        .year(to: TestBooks.today), knownAt: books.clock.now.adding(seconds: 9_000)),
      as: books.owner
    ).id
    #expect(try await rows(books).first { $0.id == later }?.knownAt == nil)
  }

  @Test func `a row that was altered is told, and so are books that were`() async throws {
    let books = try await TestBooks.make()
    try await books.post(500, debit: "1120", credit: "4100")
    let id = try await take(in: books)
    try tamper(
      """
      DROP TRIGGER trial_balance_lines_update;
      UPDATE trial_balance_lines SET debit = debit + 1, closing = closing + 1
      WHERE account_number = '1120';
      """, in: books)
    let altered = try await verify(id, in: books)
    #expect(!altered.isIntact && altered.isReproduced)
    #expect(altered.differences == ["1120 USD"])
    try tamper(
      """
      UPDATE trial_balance_lines SET debit = debit - 1, closing = closing - 1
      WHERE account_number = '1120';
      DROP TRIGGER general_ledger_update;
      UPDATE general_ledger SET base_credit = base_credit + 3
      WHERE account_id = \(books.account("4100").value);
      """, in: books)
    let changed = try await verify(id, in: books)
    #expect(changed.isIntact && !changed.isReproduced)
    #expect(changed.differences == ["4100 USD"])
  }

  @Test func `in their own currencies rows are kept with base sums`() async throws {
    let books = try await TestBooks.make()
    let bought = LineContent(
      account: books.account("1140"), currency: "EUR", amount: Money(minorUnits: 1_000),
      base: Money(minorUnits: 1_080))
    _ = try await books.workspace.perform(
      CreateEntry(
        EntryContent(
          date: TestBooks.today, description: "Euros", lines: [bought, books.line("1120", -1_080)]),
        then: .post), as: books.owner)
    let id = try await books.workspace.perform(
      TakeSnapshot(.year(to: TestBooks.today), currency: .transaction), as: books.owner
    ).id
    let detail = try await books.workspace.fetch(SnapshotDetail(id), as: books.owner)
    #expect(detail.lines.map(\.currency) == ["USD", "EUR"])
    #expect(detail.lines.map(\.closing.minorUnits) == [-1_080, 1_000])
    #expect(detail.head.totalDebit == Money(minorUnits: 1_080))
    let verdict = try await verify(id, in: books)
    #expect(verdict.isIntact && verdict.isReproduced)
  }

  @Test func `opening a period again marks what was kept of it and of later days`() async throws {
    let books = try await TestBooks.make()
    try await books.changeSettings { $0.openPeriodsMost = 12 }
    try await books.openPeriods()
    let september = try await take(.year(to: try #require(Day("2026-09-30"))), in: books)
    let october = try await take(.period(of: try #require(Day("2026-10-05"))), in: books)
    let november = try await take(in: books)
    try await books.closePeriod("2026-10")
    let period = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.name == "2026-10" })
    books.clock.advance(seconds: 5)
    try await asSystem(
      ReopenPeriod(period: period.id, name: period.label, why: "Late bill"), in: books)
    let marked = try await rows(books).filter { $0.supersededAt == books.clock.now }.map(\.id)
    #expect(marked == [november, october])
    #expect(try await rows(books).last?.id == september)
    // They are kept, and still what was reported.
    let verdict = try await verify(october, in: books)
    #expect(verdict.isIntact && verdict.isReproduced)
  }

  @Test func `the closing of a year is kept by the system, until the year is opened again`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.post(500, debit: "1120", credit: "4100")
    try await books.post(200)
    try await books.closeMonths()
    _ = try await asSystem(CloseYear(year: 2026), in: books)
    let closed = try #require(try await rows(books).first)
    #expect(closed.takenBy == nil && closed.basis == .postClosing)
    #expect([closed.from.text, closed.asOf.text] == ["2026-01-01", "2026-12-31"])
    #expect(closed.totalDebit == Money(minorUnits: 300))
    let detail = try await books.workspace.fetch(SnapshotDetail(closed.id), as: books.viewer)
    let left = detail.lines.filter { !$0.closing.isZero }.map(\.number)
    #expect(left == ["1120", "3300"])
    #expect(detail.lines.first { $0.number == "4100" }?.debit == Money(minorUnits: 500))
    let verdict = try await verify(closed.id, in: books)
    #expect(verdict.isIntact && verdict.isReproduced, "\(verdict.differences)")
    #expect(closed.supersededAt == nil)
    books.clock.advance(seconds: 60)
    try await asSystem(ReopenYear(year: 2026, why: "A late bill"), in: books)
    let superseded = try #require(try await rows(books).first { $0.id == closed.id })
    #expect(superseded.supersededAt == books.clock.now)
  }

  @Test func `whoever keeps trial balances needn't see all of them, and then sees none`()
    async throws
  {
    let books = try await TestBooks.make()
    let entry = try await books.post(500, debit: "1120", credit: "4100")
    let id = try await take(in: books)
    await #expect(throws: Refusal.notPermitted(.snapshotCreate, .noGrant(.viewer))) {
      try await books.workspace.perform(
        TakeSnapshot(.year(to: TestBooks.today)), as: books.viewer)
    }
    for (who, denial) in [
      (books.manager, Denial.otherDepartment),
      (books.employee, .reserved(.trialBalanceAndOwn)),
    ] {
      let refusal = Refusal.notPermitted(.reportRead, denial)
      await #expect(throws: refusal) {
        try await books.workspace.fetch(Snapshots(), as: who)
      }
      await #expect(throws: refusal) {
        try await books.workspace.fetch(SnapshotDetail(id), as: who)
      }
      await #expect(throws: refusal) {
        try await books.workspace.fetch(VerifySnapshot(id), as: who)
      }
    }
    // Who reads all reports but one entry would see it in the sums.
    var denial = NewGrant(.deny, "journal.read", to: books.director.user, reason: "Private")
    denial.thing = Thing(.entry, entry.value)
    try await books.workspace.perform(GrantPermission(denial), as: books.owner)
    await #expect(throws: Refusal.notAllSeen) {
      try await books.workspace.fetch(SnapshotDetail(id), as: books.director)
    }
    await #expect(throws: Refusal.noSuch(Subject(.snapshot, 999))) {
      try await books.workspace.fetch(SnapshotDetail(ID(999)), as: books.owner)
    }
  }
}
