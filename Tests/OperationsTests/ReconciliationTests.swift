import Domain
import Operations
import TestSupport
import Testing

/// Accounts held against what their banks say (RULES §3.14).
@Suite struct ReconciliationTests {
  private let desk: ReconciledBooks
  private var books: TestBooks { desk.books }

  init() async throws { desk = try await ReconciledBooks() }

  @Test func `what is proposed is matched, and what is proved is closed by somebody else`()
    async throws
  {
    try await books.post(5_000)
    try await books.post(9_000, debit: "1120", credit: "4100")
    try await books.post(700)
    let said = try await books.bankStatement(
      of: desk.bank, [BankText(-5_000, "Rent"), BankText(9_000, "Till")])
    let id = try await desk.start(said.id)
    // In the books 90.00 − 50.00 − 7.00; the bank says 40.00.
    var proof = try #require(try await desk.sheet(id).proof)
    #expect(proof.book.minorUnits == 3_300 && proof.statement.minorUnits == 4_000)
    #expect(proof.receipts.minorUnits == 9_000 && proof.payments.minorUnits == 5_700)
    #expect(proof.difference.minorUnits == 4_000)
    let proposals = try await books.workspace.fetch(ProposedMatches(id), as: books.employee)
    #expect(proposals.map { $0.books.map(\.amount.minorUnits) } == [[-5_000], [9_000]])
    for proposal in proposals { try await desk.perform(proposal.match(in: id)) }
    let sheet = try await desk.sheet(id)
    #expect(sheet.bank.map(\.status) == [.matched, .matched] && sheet.proposals == [])
    #expect(sheet.bank.map(\.match) == [1, 2])
    #expect(sheet.books.map(\.clearance) == [.cleared, .cleared, .uncleared])
    proof = try #require(sheet.proof)
    #expect(proof.outstanding.minorUnits == -700 && proof.isProved)
    await #expect(throws: Refusal.notPermitted(.reconApprove, .noGrant(.employee))) {
      try await desk.close(id, as: books.employee)
    }
    try await desk.close(id)
    #expect(try await desk.lastReconciled() == ["2026-11-23 4000"])
    let closed = try await desk.sheet(id)
    #expect(closed.books.map(\.clearance) == [.reconciled, .reconciled, .uncleared])
    #expect(closed.proof == proof && closed.reconciliation.approver == "Olive Owner")
    #expect(!closed.reconciliation.isSelfApproved)
    await #expect(throws: Refusal.reconciliation(.closed)) {
      try await desk.perform(UndoMatch(in: id, bank: [said.lines[0]]))
    }
    let record = try #require(try await books.trail(5).first { $0.operation == "recon.close" })
    #expect(record.outcome == .success)
  }

  @Test func `whoever began, matched or cleared has no say in closing`() async throws {
    try await books.post(100)
    try await books.post(200)
    let said = try await books.bankStatement(of: desk.bank, [BankText(-200)])
    let id = try await desk.start(-300, as: books.manager)
    try await desk.perform(
      ClearLines(.these([desk.booked(-100, in: id)]), in: id), as: books.director)
    let second = try await books.person("Dan Director", .director)
    try await desk.perform(
      MatchLines(in: id, bank: said.lines, books: [desk.booked(-200, in: id)]), as: second)
    for (who, hand) in [
      (books.manager, .created), (books.director, .edited), (second, .edited),
    ] as [(Principal, Involvement)] {
      await #expect(throws: Refusal.notPermitted(.reconApprove, .involved(hand))) {
        try await desk.close(id, as: who)
      }
    }
    try await desk.close(id)
  }

  @Test func `whoever said anew what the bank says, or ignored a line of it, has no say either`()
    async throws
  {
    let said = try await books.bankStatement(of: desk.bank, [BankText(900), BankText(-900)])
    let id = try await desk.start(5)
    try await desk.perform(
      AmendReconciliation(id, to: .zero, on: TestBooks.today, version: 1), as: books.manager)
    for line in said.lines {
      try await desk.perform(
        IgnoreBankLine(line, in: id, reason: "Sent by mistake"), as: books.director)
    }
    for who in [books.manager, books.director] {
      await #expect(throws: Refusal.notPermitted(.reconApprove, .involved(.edited))) {
        try await desk.close(id, as: who)
      }
    }
    try await desk.close(id)
    // It was a hand in that one, and is none in the next.
    books.clock.advance(seconds: 60)
    let next = try await desk.start(0, on: TestBooks.today.adding(days: 1))
    try await desk.close(next, as: books.director)
  }

  @Test func `nobody closes what somebody changed since they looked at it`() async throws {
    try await books.post(100)
    let id = try await desk.start(-100)
    let version = try await desk.sheet(id).reconciliation.version
    _ = try await desk.perform(ClearLines(.through(TestBooks.today), in: id))
    await #expect(throws: Refusal.changedMeanwhile) {
      try await desk.perform(CloseReconciliation(id, version: version), as: books.owner)
    }
  }

  @Test func `an account has one at a time, and the next goes on from the last`() async throws {
    let first = try await desk.start(0)
    await #expect(throws: Refusal.reconciliation(.begun(TestBooks.today))) {
      _ = try await desk.start(0)
    }
    try await desk.close(first)
    await #expect(throws: Refusal.reconciliation(.notAfter(TestBooks.today))) {
      _ = try await desk.start(0)
    }
    let later = TestBooks.today.adding(days: 3)
    let wrong = try await books.bankStatement(
      of: desk.bank, opening: 5, [BankText(-100, on: later)])
    await #expect(
      throws: Refusal.reconciliation(
        .chain(ended: .zero, begins: Money(minorUnits: 5), in: "USD"))
    ) { _ = try await desk.start(wrong.id) }
    let right = try await books.bankStatement(of: desk.bank, [BankText(-50, on: later)])
    let other = try await books.bankStatement(of: books.account("1130"), [BankText(1)])
    await #expect(throws: Refusal.reconciliation(.otherStatement)) {
      _ = try await desk.start(other.id)
    }
    let second = try await desk.start(right.id)
    let row = try await desk.sheet(second).reconciliation
    #expect(row.asOf == later && row.statementBalance.minorUnits == -50)
    #expect(row.opening == Money.zero && row.statement == right.id)
    let rows = try await books.workspace.fetch(Reconciliations(of: desk.bank), as: books.viewer)
    #expect(rows.map(\.id) == [second, first] && rows.map(\.isLatest) == [true, false])
  }

  @Test func `only what a bank can hold is reconciled`() async throws {
    for number in ["1000", "6200", "3100"] {
      let label = try #require(
        try await books.workspace.fetch(ChartOfAccounts(), as: books.owner)
          .first { $0.number == number }
      ).label
      await #expect(throws: Refusal.reconciliation(.notReconcilable(label))) {
        _ = try await desk.perform(
          StartReconciliation(books.account(number), .balance(.zero, on: TestBooks.today)))
      }
    }
    await #expect(throws: Refusal.notPermitted(.reconPrepare, .noGrant(.viewer))) {
      _ = try await desk.start(0, as: books.viewer)
    }
  }

  @Test func `whoever prepares the next hears what the bank says next`() async throws {
    let before = try await books.workspace.fetch(
      NextReconciliation(of: desk.bank), as: books.employee)
    #expect(before.statement == nil && before.open == nil && before.currency == "USD")
    let said = try await books.bankStatement(of: desk.bank, [BankText(120)])
    let id = try await desk.start(0, on: TestBooks.today.adding(days: -1))
    try await desk.close(id)
    let next = try await books.workspace.fetch(
      NextReconciliation(of: desk.bank), as: books.employee)
    #expect(next.reconciledTo == TestBooks.today.adding(days: -1) && next.opening == Money.zero)
    #expect(next.statement?.id == said.id && next.statement?.closing.minorUnits == 120)
  }
}
