import Domain
import Store
import TestSupport
import Testing

@testable import Operations

/// What two people do together (RULES §4.9, "2").
@Suite struct ConfirmationTests {
  /// January, closed by `closer`.
  private func closed(_ books: TestBooks, by closer: Principal) async throws -> Periods.Row {
    func january() async throws -> Periods.Row {
      try #require(
        try await books.workspace.fetch(Periods(), as: books.owner).first { $0.name == "2026-01" })
    }
    let period = try await january()
    try await books.workspace.perform(OpenPeriod(period.id, name: period.name), as: closer)
    try await books.workspace.perform(ClosePeriod(period.id, name: period.name), as: closer)
    return try await january()
  }

  private func ask(
    _ books: TestBooks, _ act: JointAct, as who: Principal
  ) async throws -> ID<JointRequest> {
    let outcome = try await books.workspace.perform(
      RequestConfirmation(act, reason: "Late invoice"), as: who)
    guard case .awaits(let id, _, _) = outcome else {
      Issue.record("it was done alone")
      return ID(0)
    }
    return id
  }

  private func reopening(_ period: Periods.Row) -> JointAct {
    .reopenPeriod(period: period.id, name: period.name)
  }

  private func status(_ books: TestBooks, _ period: Periods.Row) async throws -> PeriodStatus? {
    try await books.workspace.fetch(Periods(), as: books.owner).first { $0.id == period.id }?.status
  }

  @Test func `one asks, another confirms, and it is done in both their names`() async throws {
    let books = try await TestBooks.make()
    let period = try await closed(books, by: books.owner)
    let outcome = try await books.workspace.perform(
      RequestConfirmation(reopening(period), reason: "Late invoice"), as: books.director)
    #expect(
      outcome
        == .awaits(
          ID(1), anyOf: ["Olive Owner"], until: books.clock.now.adding(seconds: 7 * 86_400)))
    #expect(try await status(books, period) == .closed)
    let asked = Notice.confirmationAsked(
      by: "Dora Director", act: reopening(period), reason: "Late invoice")
    #expect(try await books.notices(of: books.owner) == [asked])
    try await books.workspace.perform(Confirm(ID(1)), as: books.owner)
    #expect(try await status(books, period) == .open)
    let record = try #require(
      try await books.trail(5).first { $0.operation == "period.reopen" })
    #expect(record.actor == "Olive Owner")
    #expect(record.decision.hasPrefix("confirmed; asked for by Dora Director; "))
    let row = try #require(
      try await books.workspace.fetch(Confirmations(decidedToo: true), as: books.viewer).first)
    #expect(
      [row.status, row.requester, row.decider] == ["confirmed", "Dora Director", "Olive Owner"])
    #expect(try await books.workspace.fetch(Confirmations(), as: books.owner).isEmpty)
    #expect(
      try await books.notices(of: books.director) == [
        .periodReopened(name: "2026-01", by: "Olive Owner", reason: "Late invoice"),
        .confirmed(by: "Olive Owner", act: reopening(period)),
      ])
  }

  @Test func `where nobody else holds the right nobody can ask`() async throws {
    let books = try await TestBooks.make()
    let archive = JointAct.archiveBusiness(business: books.business)
    #expect(
      try await books.workspace.fetch(Unconfirmable(), as: books.owner)
        == [.businessArchive, .periodLock, .yearReopen])
    await #expect(throws: Refusal.confirmation(.nobodyElse(.businessArchive))) {
      try await ask(books, archive, as: books.owner)
    }
    await #expect(throws: Refusal.notPermitted(.businessArchive, .noGrant(.director))) {
      try await ask(books, archive, as: books.director)
    }
    let second = try await books.person("Otto Owner", .owner)
    let key = try await books.workspace.createKey(
      NewAPIKey("Till", for: ["journal.read"]), as: books.owner)
    let id = try await ask(books, archive, as: books.owner)
    try await books.workspace.perform(Confirm(id), as: second)
    await #expect(throws: Refusal.notPermitted(.journalCreate, .readOnly(.inactive))) {
      try await books.workspace.perform(CreateEntry(books.entry(1)), as: books.owner)
    }
    #expect(try await books.workspace.fetch(BusinessDetail(), as: books.viewer).state == .inactive)
    await #expect(throws: Refusal.key(.revoked)) {
      try await books.workspace.open(key: key.key, from: TestBooks.origin)
    }
  }

  @Test func `who closed a period has no part in locking it`() async throws {
    let books = try await TestBooks.make()
    let period = try await closed(books, by: books.owner)
    let lock = JointAct.lockPeriod(period: period.id, name: period.name)
    let second = try await books.person("Otto Owner", .owner)
    await #expect(throws: Refusal.confirmation(.outsider)) {
      try await ask(books, lock, as: books.owner)
    }
    await #expect(throws: Refusal.confirmation(.nobodyElse(.periodLock))) {
      try await ask(books, lock, as: second)
    }
    let third = try await books.person("Ida Owner", .owner)
    let id = try await ask(books, lock, as: second)
    await #expect(throws: Refusal.confirmation(.outsider)) {
      try await books.workspace.perform(Confirm(id), as: books.owner)
    }
    try await books.workspace.perform(Confirm(id), as: third)
    #expect(try await status(books, period) == .locked)
    await #expect(throws: Refusal.period(.notClosed(name: "2026-01", .locked))) {
      try await ask(books, reopening(period), as: books.director)
    }
  }

  @Test func `a request is answered once, by somebody else, within a week`() async throws {
    let books = try await TestBooks.make()
    let period = try await closed(books, by: books.owner)
    let act = reopening(period)
    let first = try await ask(books, act, as: books.director)
    await #expect(throws: Refusal.confirmation(.askedAlready(first.value))) {
      try await ask(books, act, as: books.owner)
    }
    await #expect(throws: Refusal.confirmation(.ownRequest)) {
      try await books.workspace.perform(Confirm(first), as: books.director)
    }
    await #expect(throws: Refusal.notPermitted(.periodReopen, .noGrant(.manager))) {
      try await books.workspace.perform(Confirm(first), as: books.manager)
    }
    await #expect(throws: Refusal.confirmation(.somebodyElses)) {
      try await books.workspace.perform(WithdrawConfirmation(first), as: books.owner)
    }
    await #expect(throws: Refusal.notPermitted(.periodReopen, .noGrant(.manager))) {
      try await books.workspace.perform(
        DeclineConfirmation(first, reason: "No need"), as: books.manager)
    }
    try await books.workspace.perform(
      DeclineConfirmation(first, reason: "No need"), as: books.owner)
    await #expect(throws: Refusal.confirmation(.over("declined"))) {
      try await books.workspace.perform(Confirm(first), as: books.owner)
    }
    let second = try await ask(books, act, as: books.director)
    try await books.workspace.perform(WithdrawConfirmation(second), as: books.director)
    let third = try await ask(books, act, as: books.director)
    books.clock.advance(seconds: 7 * 86_400)
    // Everybody's session has ended by then too.
    let lobby = try await books.workspace.signIn(
      email: "owner@books.example", password: TestBooks.password, from: TestBooks.origin)
    let owner = try await books.workspace.enter(books.business, as: lobby)
    await #expect(throws: Refusal.confirmation(.over("expired"))) {
      try await books.workspace.perform(Confirm(third), as: owner)
    }
    let rows = try await books.workspace.fetch(Confirmations(decidedToo: true), as: owner)
    #expect(rows.map(\.status) == ["expired", "withdrawn", "declined"])
  }

  @Test func `whoever asked must still hold the right when it is confirmed`() async throws {
    let books = try await TestBooks.make()
    let period = try await closed(books, by: books.owner)
    let id = try await ask(books, reopening(period), as: books.director)
    let deny = NewGrant(.deny, "period.*", to: books.director.user, reason: "Under review")
    _ = try await books.workspace.perform(GrantPermission(deny), as: books.owner)
    await #expect(throws: Refusal.confirmation(.requesterMayNot("Dora Director"))) {
      try await books.workspace.perform(Confirm(id), as: books.owner)
    }
    #expect(try await status(books, period) == .closed)
  }

  @Test func `a right that is lent makes no second person`() async throws {
    let books = try await TestBooks.make()
    let period = try await closed(books, by: books.owner)
    var lent = NewDelegation(
      from: books.director.user, to: books.employee.user,
      until: books.clock.now.adding(seconds: 3_600), reason: "Leave")
    lent.permissions = ["period.*"]
    _ = try await books.workspace.perform(Delegate(lent), as: books.director)
    let id = try await ask(books, reopening(period), as: books.director)
    await #expect(throws: Refusal.notPermitted(.periodReopen, .noGrant(.employee))) {
      try await books.workspace.perform(Confirm(id), as: books.employee)
    }
  }

  @Test func `nobody is asked for what can't be done`() async throws {
    let books = try await TestBooks.make()
    let periods = try await books.workspace.fetch(Periods(), as: books.owner)
    let november = try #require(periods.first { $0.name == "2026-11" })
    await #expect(throws: Refusal.period(.notClosed(name: "2026-11", .open))) {
      try await ask(books, reopening(november), as: books.director)
    }
    // What is confirmed is the period whose name one reads.
    await #expect(throws: Refusal.self) {
      try await ask(
        books, .reopenPeriod(period: november.id, name: "2026-01"), as: books.director)
    }
    #expect(try await books.workspace.fetch(Confirmations(), as: books.owner).isEmpty)
  }
}

extension TestBooks {
  /// What somebody has been told, the oldest first, whether they are signed in or not.
  func notices(of person: Principal) async throws -> [Notice] {
    try await store.snapshot(of: business, as: .system) { snapshot in
      try snapshot.rows(
        { (notice: String) in Notice(json: notice) },
        """
        SELECT notice FROM notifications WHERE business_id = :business AND user_id = :user
        ORDER BY id
        """, ["user": person.user]
      ).compactMap(\.self)
    }
  }
}
