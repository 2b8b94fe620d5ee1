import Domain
import Operations
import TestSupport
import Testing

/// What comes before and after closing.
@Suite struct ReconciliationLifeTests {
  private let desk: ReconciledBooks
  private var books: TestBooks { desk.books }

  init() async throws { desk = try await ReconciledBooks() }

  /// Cleared to −1.00 on the day before today and closed.
  private func closed() async throws -> ID<Reconciliation> {
    let day = TestBooks.today.adding(days: -1)
    try await books.post(100, on: day)
    let id = try await desk.start(-100, on: day)
    _ = try await desk.perform(ClearLines(.through(day), in: id))
    try await desk.close(id)
    return id
  }

  @Test func `a difference keeps it open`() async throws {
    try await books.post(100)
    let id = try await desk.start(-90)
    _ = try await desk.perform(ClearLines(.through(TestBooks.today), in: id))
    await #expect(throws: Refusal.reconciliation(.difference(Money(minorUnits: 10), in: "USD"))) {
      try await desk.close(id)
    }
    #expect(try await desk.lastReconciled() == ["- -"])
  }

  @Test func `what the bank says can be said anew until then`() async throws {
    try await books.post(100)
    let id = try await desk.start(-90)
    _ = try await desk.perform(ClearLines(.through(TestBooks.today), in: id))
    func amend(_ minorUnits: Int64, days: Int, version: Int) async throws {
      try await desk.perform(
        AmendReconciliation(
          id, to: Money(minorUnits: minorUnits), on: TestBooks.today.adding(days: days),
          version: version))
    }
    await #expect(throws: Refusal.changedMeanwhile) { try await amend(-100, days: 0, version: 1) }
    await #expect(throws: Refusal.reconciliation(.later(than: TestBooks.today.adding(days: -1)))) {
      try await amend(-100, days: -1, version: 2)
    }
    try await amend(-100, days: 1, version: 2)
    try await desk.close(id)
    #expect(try await desk.lastReconciled() == ["2026-11-24 -100"])
    await #expect(throws: Refusal.reconciliation(.closed)) {
      try await amend(-90, days: 1, version: 4)
    }
  }

  @Test func `one that is given up leaves everything as it was`() async throws {
    try await books.post(100)
    try await books.post(200)
    let said = try await books.bankStatement(of: desk.bank, [BankText(-100)])
    let id = try await desk.start(-300)
    try await desk.perform(
      MatchLines(in: id, bank: said.lines, books: [desk.booked(-100, in: id)]))
    _ = try await desk.perform(ClearLines(.through(TestBooks.today), in: id))
    try await desk.perform(AbandonReconciliation(id))
    #expect(
      try await books.workspace.fetch(Reconciliations(of: desk.bank), as: books.owner) == [])
    let again = try await desk.sheet(try await desk.start(-300))
    #expect(again.bank.map(\.status) == [.unmatched])
    #expect(again.books.map(\.clearance) == [.uncleared, .uncleared])
    let done = try await closedElsewhere()
    await #expect(throws: Refusal.reconciliation(.closed)) {
      try await desk.perform(AbandonReconciliation(done))
    }
  }

  private func closedElsewhere() async throws -> ID<Reconciliation> {
    let id = try await desk.perform(
      StartReconciliation(books.account("1130"), .balance(.zero, on: TestBooks.today)))
    try await desk.close(id)
    return id
  }

  @Test func `the latest is opened again, with a reason, and nothing before it`() async throws {
    let first = try await closed()
    try await books.post(50)
    let second = try await desk.start(-150)
    let reopening = ReopenReconciliation(first, reason: "A cheque came back")
    await #expect(throws: Refusal.reconciliation(.notLatest(TestBooks.today))) {
      try await desk.perform(reopening, as: books.owner)
    }
    await #expect(throws: Refusal.reconciliation(.notClosed)) {
      try await desk.perform(
        ReopenReconciliation(second, reason: "A cheque came back"), as: books.owner)
    }
    #expect(try await desk.sheet(second).books.map(\.amount.minorUnits) == [-50])
    _ = try await desk.perform(ClearLines(.through(TestBooks.today), in: second))
    try await desk.close(second)
    #expect(try await desk.lastReconciled() == ["2026-11-23 -150"])
    await #expect(throws: Refusal.reasonNeeded(least: 5)) {
      try await desk.perform(ReopenReconciliation(second, reason: "x"), as: books.owner)
    }
    await #expect(throws: Refusal.notPermitted(.reconApprove, .noGrant(.employee))) {
      try await desk.perform(ReopenReconciliation(second, reason: "A cheque came back"))
    }
    try await desk.perform(
      ReopenReconciliation(second, reason: "A cheque came back"), as: books.owner)
    #expect(try await desk.lastReconciled() == ["2026-11-22 -100"])
    let line = try await desk.booked(-50, in: second)
    try await desk.perform(UndoMatch(in: second, books: [line]))
    try await desk.perform(AbandonReconciliation(second))
    try await desk.perform(reopening, as: books.owner)
    #expect(try await desk.lastReconciled() == ["- -"])
  }

  @Test func `what a closed one proved stays, whatever is posted into its days later`()
    async throws
  {
    let first = try await closed()
    let proof = try await desk.sheet(first).proof
    books.clock.advance(seconds: 60)
    try await books.post(70, on: TestBooks.today.adding(days: -5))
    let sheet = try await desk.sheet(first)
    #expect(sheet.proof == proof && sheet.books.map(\.amount.minorUnits) == [-100])
    let next = try await desk.sheet(try await desk.start(-100))
    #expect(next.books.map(\.amount.minorUnits) == [-70])
    #expect(next.proof?.payments.minorUnits == 70 && next.proof?.isProved == true)
  }

  @Test func `what was ignored in one that is closed stays so, and its statement stays`()
    async throws
  {
    let said = try await books.bankStatement(of: desk.bank, [BankText(900), BankText(-900)])
    let first = try await desk.start(0)
    for line in said.lines {
      try await desk.perform(IgnoreBankLine(line, in: first, reason: "Sent by mistake"))
    }
    try await desk.close(first)
    books.clock.advance(seconds: 60)
    let next = try await desk.start(0, on: TestBooks.today.adding(days: 1))
    #expect(try await desk.sheet(next).bank == [])
    let rests = "CF051 a closed reconciliation rests on the statement"
    await #expect(throws: Refusal.rule(rests)) {
      try await desk.perform(UndoMatch(in: next, bank: [said.lines[0]]))
    }
    await #expect(throws: Refusal.bankStatement(.inUse)) {
      try await desk.perform(RemoveBankStatement(said.id))
    }
    #expect(try await desk.sheet(first).bank.map(\.status) == [.ignored, .ignored])
  }

  @Test func `a late line that is ignored is of the one that ignored it alone`() async throws {
    let first = try await closed()
    books.clock.advance(seconds: 60)
    let late = TestBooks.today.adding(days: -3)
    let said = try await books.bankStatement(of: desk.bank, [BankText(900, on: late)])
    let next = try await desk.start(-100)
    try await desk.perform(IgnoreBankLine(said.lines[0], in: next, reason: "Sent by mistake"))
    #expect(try await desk.sheet(next).bank.map(\.status) == [.ignored])
    #expect(try await desk.sheet(first).bank == [])
    try await desk.perform(UndoMatch(in: next, bank: said.lines))
    #expect(try await desk.sheet(next).bank.map(\.status) == [.unmatched])
    try await desk.perform(IgnoreBankLine(said.lines[0], in: next, reason: "Sent by mistake"))
    try await desk.close(next)
    #expect(try await desk.sheet(next).bank.map(\.status) == [.ignored])
    #expect(try await desk.sheet(first).bank == [])
  }

  @Test func `an entry is reversed although the bank has it, and what it has stays`()
    async throws
  {
    let entry = try await books.post(100)
    let first = try await desk.start(-100)
    _ = try await desk.perform(ClearLines(.through(TestBooks.today), in: first))
    try await desk.close(first)
    books.clock.advance(seconds: 60)
    _ = try await books.workspace.perform(
      ReverseEntry(entry, reason: "booked twice"), as: books.owner)
    #expect(try await desk.sheet(first).books.map(\.clearance) == [.reconciled])
    let next = try await desk.sheet(
      try await desk.start(-100, on: TestBooks.today.adding(days: 1)))
    #expect(next.books.map(\.amount.minorUnits) == [100])
    #expect(next.proof?.receipts.minorUnits == 100 && next.proof?.isProved == true)
  }

  @Test func `an account in another currency is reconciled in that`() async throws {
    let euros = try await books.workspace.perform(
      CreateAccount(
        AccountContent(
          number: "1161", name: "Euro bank", type: .asset, category: .bank, currency: "EUR")),
      as: books.owner)
    let line = LineContent(
      account: euros, currency: "EUR", amount: Money(minorUnits: 1_000),
      base: Money(minorUnits: 1_080))
    _ = try await books.workspace.perform(
      CreateEntry(
        EntryContent(
          date: TestBooks.today, description: "Euros", lines: [line, books.line("1120", -1_080)]),
        then: .post), as: books.owner)
    let id = try await desk.perform(
      StartReconciliation(euros, .balance(Money(minorUnits: 1_000), on: TestBooks.today)))
    let sheet = try await desk.sheet(id)
    #expect(sheet.reconciliation.currency == "EUR")
    #expect(sheet.books.map(\.amount.minorUnits) == [1_000])
    _ = try await desk.perform(ClearLines(.through(TestBooks.today), in: id))
    try await desk.close(id)
  }

  @Test func `whoever doesn't see all of it reconciles nothing`() async throws {
    try await books.post(100)
    let hidden = try await books.post(200)
    let id = try await desk.start(-300)
    let row = NewListRow(
      .user(books.director.user), .admin, of: Thing(.entry, hidden.value), reason: "Private")
    _ = try await books.workspace.perform(AddToList(row), as: books.owner)
    let seen = try await desk.sheet(id, as: books.employee)
    #expect(seen.books.map(\.amount.minorUnits) == [-100] && seen.proof == nil)
    await #expect(throws: Refusal.reconciliation(.notAllSeen)) {
      _ = try await desk.perform(ClearLines(.through(TestBooks.today), in: id))
    }
    #expect(try await desk.sheet(id).proof?.book.minorUnits == -300)
  }

  @Test func `what the bank wrote is only for whoever sees all of the account`() async throws {
    let hidden = try await books.post(200)
    let said = try await books.bankStatement(of: desk.bank, [BankText(-200)])
    let id = try await desk.start(said.id)
    #expect(try await desk.sheet(id, as: books.employee).bank.map(\.amount.minorUnits) == [-200])
    let row = NewListRow(
      .user(books.director.user), .admin, of: Thing(.entry, hidden.value), reason: "Private")
    _ = try await books.workspace.perform(AddToList(row), as: books.owner)
    let seen = try await desk.sheet(id, as: books.employee)
    #expect(seen.bank == [] && seen.books == [] && seen.proposals == [])
    let whole = try await desk.sheet(id)
    #expect(whole.bank.map(\.amount.minorUnits) == [-200] && whole.proposals.count == 1)
  }

  @Test func `alone, one closes one's own where an owner allows it, and it says so`() async throws {
    for member in try await books.workspace.fetch(Members(), as: books.owner)
    where [.director, .manager].contains(member.role) {
      try await books.workspace.perform(
        SuspendMember(member.id, reason: "On leave"), as: books.owner)
    }
    let id = try await desk.start(0, as: books.owner)
    await #expect(throws: Refusal.notPermitted(.reconApprove, .involved(.created))) {
      try await desk.close(id)
    }
    try await books.changeSettings { $0.allowsSelfApproval = true }
    try await desk.close(id)
    #expect(try await desk.sheet(id).reconciliation.isSelfApproved)
  }

  @Test func `an account that was ever reconciled isn't removed`() async throws {
    let spare = books.account("1130")
    _ = try await desk.perform(
      StartReconciliation(spare, .balance(.zero, on: TestBooks.today)))
    await #expect(throws: Refusal.account(.everUsed)) {
      try await books.workspace.perform(RemoveAccount(spare), as: books.owner)
    }
  }

  /// RULES R24.
  @Test func `a month isn't closed before its banks are reconciled, or that is accepted`()
    async throws
  {
    let periods = try await books.workspace.fetch(Periods(), as: books.owner)
    let november = try #require(periods.first { $0.name == "2026-11" })
    func item() async throws -> PeriodChecks.Item {
      let checks = try await books.workspace.fetch(PeriodChecks(november.id), as: books.owner)
      return try #require(checks.items.first { $0.check == .reconciled })
    }
    try await books.post(100)
    #expect(try await item().count == 0, "nobody holds it against a bank")
    let id = try await desk.start(-100)
    _ = try await desk.perform(ClearLines(.through(TestBooks.today), in: id))
    #expect(
      try await item().findings == [
        .unreconciled(desk.bank, label: "1120 Current account", since: nil)
      ])
    try await desk.close(id)
    let found = try await item().findings
    #expect(
      found == [
        .unreconciled(desk.bank, label: "1120 Current account", since: TestBooks.today)
      ])
    try await books.workspace.perform(
      WaiveCheck(.reconciled, of: november.id, seen: found, reason: "No statement until December"),
      as: books.owner)
    #expect(try await item().passes)
    let rest = try await desk.start(-100, on: november.end)
    try await desk.close(rest)
    #expect(try await item().count == 0)
  }
}
