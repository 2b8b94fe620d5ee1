import Domain
import Phrases
import Store
import TestSupport
import Testing

@testable import Operations

/// The life of periods: their checks, closing, exceptions and the adjusting period (RULES §3.5).
@Suite struct PeriodTests {
  private func period(_ label: String, in books: TestBooks) async throws -> Periods.Row {
    try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.label == label })
  }

  private func checks(_ label: String, in books: TestBooks) async throws -> PeriodChecks.Value {
    try await books.workspace.fetch(
      PeriodChecks(period(label, in: books).id), as: books.manager)
  }

  private func item(
    _ check: PeriodCheck, of label: String, in books: TestBooks
  ) async throws -> PeriodChecks.Item {
    try #require(
      try await checks(label, in: books).items.first { $0.check == check })
  }

  private func seen(
    _ check: PeriodCheck, _ period: Periods.Row, in books: TestBooks
  ) async throws -> [PeriodFinding] {
    try await item(check, of: period.label, in: books).findings
  }

  private func close(
    _ label: String, in books: TestBooks, as who: Principal? = nil
  ) async throws {
    let period = try await period(label, in: books)
    try await books.workspace.perform(
      ClosePeriod(period.id, name: label), as: who ?? books.director)
  }

  /// What keeps an entry out of a month before November, which is open.
  private static func late(_ month: String) -> EntryFault {
    .periodNotOpen(name: month, .closed, firstOpen: TestBooks.today.firstOfMonth)
  }

  /// With everything before November closed.
  private func books() async throws -> TestBooks {
    let books = try await TestBooks.make()
    for month in 1...10 { try await close("2026-\(padded(month, to: 2))", in: books) }
    return books
  }

  private func plant(_ sql: String, in books: TestBooks) throws {
    try books.store.script(
      "UPDATE temp.scope SET business_id = \(books.business.value); \(sql)")
  }

  @Test func `a month that was never needed is closed without being opened`() async throws {
    let books = try await books()
    let january = try await period("2026-01", in: books)
    #expect(january.status == .closed)
    #expect(try await period("2026-11", in: books).status == .open)
    #expect(try await period("2026-12", in: books).status == .future)
  }

  @Test func `a sound month passes all checks, and closes`() async throws {
    let books = try await books()
    try await books.post(100)
    let checks = try await checks("2026-11", in: books)
    #expect(checks.items.map(\.check) == PeriodCheck.allCases)
    #expect(checks.pass)
    try await close("2026-11", in: books)
    #expect(try await period("2026-11", in: books).status == .closed)
  }

  @Test func `what waits is named, and stands in the way`() async throws {
    let books = try await books()
    let draft = try await books.workspace.perform(
      CreateEntry(books.entry(5)), as: books.employee
    ).entry
    let found = try await item(.posted, of: "2026-11", in: books)
    #expect(!found.passes && found.count == 1)
    #expect(found.findings == [.unposted(draft, name: "D-1", on: TestBooks.today, .draft)])
    await #expect(throws: Refusal.period(.entriesWaiting(1))) {
      try await close("2026-11", in: books)
    }
    let november = try await period("2026-11", in: books)
    await #expect(throws: Refusal.waiver(.fact(.posted))) {
      try await books.workspace.perform(
        WaiveCheck(
          .posted, of: november.id, seen: seen(.posted, november, in: books), reason: "It can wait."
        ), as: books.director)
    }
  }

  @Test func `what is left in suspense is accepted as it is, and asked anew once it differs`()
    async throws
  {
    let books = try await books()
    let november = try await period("2026-11", in: books)
    await #expect(throws: Refusal.waiver(.passes(.suspense))) {
      try await books.workspace.perform(
        WaiveCheck(
          .suspense, of: november.id, seen: seen(.suspense, november, in: books),
          reason: "Nothing is there."), as: books.director)
    }
    try await books.post(5_00, debit: "1900", credit: "1120")
    let found = try await item(.suspense, of: "2026-11", in: books)
    #expect(found.findings.map(\.phrase.english) == ["1900 Suspense: 5.00 USD debit"])
    await #expect(throws: Refusal.period(.checks([.suspense]))) {
      try await close("2026-11", in: books)
    }
    await #expect(throws: Refusal.reasonNeeded(least: 5)) {
      try await books.workspace.perform(
        WaiveCheck(
          .suspense, of: november.id, seen: seen(.suspense, november, in: books), reason: "ok"),
        as: books.director)
    }
    try await books.workspace.perform(
      WaiveCheck(
        .suspense, of: november.id, seen: seen(.suspense, november, in: books),
        reason: "With the bank."), as: books.director)
    #expect(
      try await item(.suspense, of: "2026-11", in: books).waiver?.reason == "With the bank.")
    try await books.post(1, debit: "1900", credit: "1120")
    #expect(try await item(.suspense, of: "2026-11", in: books).waiver == nil)
    await #expect(throws: Refusal.period(.checks([.suspense]))) {
      try await close("2026-11", in: books)
    }
    try await books.workspace.perform(
      WaiveCheck(
        .suspense, of: november.id, seen: seen(.suspense, november, in: books),
        reason: "With the bank too."), as: books.director)
    try await close("2026-11", in: books)
  }

  @Test func `a wrong sum is found in its period and no other`() async throws {
    let books = try await books()
    try await books.post(100)
    try plant(
      """
      DROP TRIGGER general_ledger_update; UPDATE general_ledger SET debit = debit + 1
      WHERE business_id = 1 AND account_id = \(books.account("6200").value);
      """, in: books)
    let sums = try await item(.ledger, of: "2026-11", in: books)
    #expect(sums.count == 1)
    #expect(sums.findings.first?.phrase.english.hasPrefix("6200 ") == true)
    #expect(try await item(.ledger, of: "2026-10", in: books).passes)
    await #expect(throws: Refusal.period(.checks([.ledger]))) {
      try await close("2026-11", in: books)
    }
  }

  /// As somebody leaves it who writes into the file past the program and its triggers.
  @Test func `a gap and an entry out of balance are found, and named`() async throws {
    let books = try await books()
    let entry = try await books.post(1_00)
    try await books.post(2_00)
    try plant(
      """
      DROP TRIGGER journal_lines_update; DROP TRIGGER journal_entries_settled;
      DROP TRIGGER journal_entries_content; DROP TRIGGER journal_entries_marks;
      UPDATE journal_lines SET debit = debit + 50, base_debit = base_debit + 50
      WHERE business_id = 1 AND entry_id = \(entry.value) AND debit > 0;
      UPDATE journal_entries SET sequence = 5, number = 'GJ-2026-000005'
      WHERE business_id = 1 AND number = 'GJ-2026-000002';
      """, in: books)
    #expect(
      try await item(.balanced, of: "2026-11", in: books).findings == [
        .unbalanced(entry, name: "GJ-2026-000001", by: Money(minorUnits: 50), in: "USD")
      ])
    #expect(try await item(.balanced, of: "2026-10", in: books).passes)
    #expect(
      try await item(.numbers, of: "2026-11", in: books).findings == [
        .gap(series: "GJ-2026", count: 2, last: 5)
      ])
    await #expect(throws: Refusal.period(.checks([.balanced, .ledger, .numbers]))) {
      try await close("2026-11", in: books)
    }
  }

  @Test func `a foreign amount that no rate has valued is found where it was posted`()
    async throws
  {
    let books = try await books()
    var content = books.entry(1)
    content.lines = [("6200", 100), ("1120", -100)].map {
      LineContent(
        account: books.account($0.0), currency: "EUR", amount: Money(minorUnits: $0.1),
        base: .zero, isUnvalued: true)
    }
    let entered = try await books.workspace.perform(
      CreateEntry(content, then: .post), as: books.owner)
    #expect(
      try await item(.valued, of: "2026-11", in: books).findings == [
        .unvalued(entered.entry, name: "GJ-2026-000001", lines: 2)
      ])
    #expect(try await item(.valued, of: "2026-10", in: books).passes)
  }

  @Test func `the days after a month stand in nobody's way`() async throws {
    let books = try await books()
    let december = try await period("2026-12", in: books)
    try await books.workspace.perform(
      OpenPeriod(december.id, name: "2026-12"), as: books.director)
    var content = books.entry(5)
    content.date = december.start
    _ = try await books.workspace.perform(CreateEntry(content), as: books.employee)
    try await close("2026-11", in: books)
    await #expect(throws: Refusal.period(.entriesWaiting(1))) {
      try await close("2026-12", in: books)
    }
  }

  @Test(arguments: [Role.manager, .employee, .viewer])
  func `only owners and directors open, close, accept and let others post`(
    _ role: Role
  )
    async throws
  {
    let books = try await TestBooks.make()
    let january = try await period("2026-01", in: books)
    let who = books.principal(role)
    let until = books.clock.now.adding(seconds: 60)
    func expectDenied(_ act: () async throws -> Void) async {
      do {
        try await act()
        Issue.record("\(role) may")
      } catch Refusal.notPermitted { return } catch { Issue.record("\(error)") }
    }
    await expectDenied { try await close("2026-01", in: books, as: who) }
    await expectDenied {
      try await books.workspace.perform(OpenPeriod(january.id, name: "2026-01"), as: who)
    }
    await expectDenied {
      try await books.workspace.perform(
        WaiveCheck(.suspense, of: january.id, seen: [], reason: "I say so."), as: who)
    }
    await expectDenied { _ = try await books.workspace.perform(AddFiscalYear(), as: who) }
    await expectDenied {
      _ = try await books.workspace.perform(
        GrantPeriodException(
          to: who.user, in: january.id, name: "2026-01", until: until, reason: "I need it."),
        as: who)
    }
  }

  // MARK: Exceptions

  @Test func `somebody posts into a closed month by an exception, until it ends`() async throws {
    let books = try await books()
    let october = try await period("2026-10", in: books)
    var late = books.entry(7)
    late.date = october.end
    func post() async throws {
      _ = try await books.workspace.perform(CreateEntry(late, then: .post), as: books.employee)
    }
    await #expect(throws: Refusal.faults([Self.late("2026-10")])) {
      try await post()
    }
    let exception = try await books.workspace.perform(
      GrantPeriodException(
        to: books.employee.user, in: october.id, name: "2026-10", only: .standard,
        until: books.clock.now.adding(seconds: 60), reason: "Late invoice"), as: books.director)
    let notice = try await books.workspace.fetch(Notices(), as: books.employee).first
    #expect(notice?.reason == "Late invoice")
    try await post()
    #expect(try await checks("2026-10", in: books).pass)
    // Nobody else's, and no other type.
    await #expect(throws: Refusal.faults([Self.late("2026-10")])) {
      _ = try await books.workspace.perform(CreateEntry(late, then: .post), as: books.manager)
    }
    late.type = .correction
    await #expect(throws: Refusal.faults([Self.late("2026-10")])) {
      try await post()
    }
    late.type = .standard
    try await books.workspace.perform(EndPeriodException(exception), as: books.director)
    await #expect(throws: Refusal.exception(.ended)) {
      try await books.workspace.perform(EndPeriodException(exception), as: books.director)
    }
    await #expect(throws: Refusal.faults([Self.late("2026-10")])) {
      try await post()
    }
    let row = try await books.workspace.fetch(PeriodExceptions(), as: books.viewer).first
    #expect(row?.isInForce == false && row?.series == "GJ" && row?.person == "Emma Employee")
  }

  @Test func `an exception is for a closed period, a member and a time to come`() async throws {
    let books = try await books()
    let now = books.clock.now
    func grant(
      _ label: String, until: Timestamp, reason: String = "Late invoice"
    ) async throws {
      let period = try await period(label, in: books)
      _ = try await books.workspace.perform(
        GrantPeriodException(
          to: books.employee.user, in: period.id, name: label, until: until, reason: reason),
        as: books.owner)
    }
    await #expect(throws: Refusal.period(.notClosed(name: "2026-11", .open))) {
      try await grant("2026-11", until: now.adding(seconds: 60))
    }
    await #expect(throws: Refusal.exception(.over)) { try await grant("2026-10", until: now) }
    await #expect(throws: Refusal.reasonNeeded(least: 5)) {
      try await grant("2026-10", until: now.adding(seconds: 60), reason: "So")
    }
    try await books.setMembership(of: .employee, to: "suspended")
    await #expect(throws: Refusal.access(.memberStatus("suspended"))) {
      try await grant("2026-10", until: now.adding(seconds: 60))
    }
  }

  // MARK: The adjusting period

  @Test func `adjusting entries go to the adjusting period once December is closed`()
    async throws
  {
    let books = try await books()
    try await close("2026-11", in: books)
    let adjusting = try await period("Adjusting 2026", in: books)
    let end = adjusting.end
    func post(_ type: EntryType, as who: Principal) async throws -> String {
      var content = books.entry(9)
      (content.date, content.type) = (end, type)
      let entry = try await books.workspace.perform(
        CreateEntry(content, then: .post), as: who
      ).entry
      return try await books.store.snapshot(of: books.business, as: .system) {
        try $0.one(
          String.self,
          """
          SELECT p.name FROM journal_entries e JOIN accounting_periods p
            ON p.business_id = :business AND p.id = e.period_id
          WHERE e.business_id = :business AND e.id = :entry
          """, ["entry": entry])
      }
    }
    let december = try await period("2026-12", in: books)
    for period in [december, adjusting] {
      try await books.workspace.perform(
        OpenPeriod(period.id, name: period.label), as: books.director)
    }
    #expect(try await post(.adjusting, as: books.manager) == "2026-12")
    try await close("2026-12", in: books)
    #expect(try await post(.adjusting, as: books.manager) == "Adjusting")
    #expect(try await post(.correction, as: books.director) == "Adjusting")
    await #expect(throws: Refusal.faults([.periodNotOpen(name: "2026-12", .closed)])) {
      _ = try await post(.standard, as: books.owner)
    }
    await #expect(throws: Refusal.notPermitted(.periodAdjust, .noGrant(.employee))) {
      _ = try await post(.correction, as: books.employee)
    }
    try await close("Adjusting 2026", in: books)
    await #expect(throws: Refusal.faults([.periodNotOpen(name: "2026-12", .closed)])) {
      _ = try await post(.adjusting, as: books.owner)
    }
  }

  @Test func `the closing period is nobody's to open or close`() async throws {
    let books = try await TestBooks.make()
    let closing = try await period("Closing 2026", in: books)
    await #expect(throws: Refusal.year(.ofTheYear("Closing 2026"))) {
      try await books.workspace.perform(
        OpenPeriod(closing.id, name: closing.label), as: books.owner)
    }
    await #expect(throws: Refusal.year(.ofTheYear("Closing 2026"))) {
      try await close("Closing 2026", in: books)
    }
  }

  @Test func `what was found since somebody looked isn't accepted with the rest`() async throws {
    let books = try await books()
    let november = try await period("2026-11", in: books)
    try await books.post(5_00, debit: "1900", credit: "1120")
    let looked = try await seen(.suspense, november, in: books)
    try await books.post(5_00, debit: "1900", credit: "1120")
    await #expect(throws: Refusal.changedMeanwhile) {
      try await books.workspace.perform(
        WaiveCheck(.suspense, of: november.id, seen: looked, reason: "With the bank."),
        as: books.director)
    }
  }

  @Test(arguments: [Role.employee, .viewer])
  func `who prepares no closing sees how much is wrong, not what`(_ role: Role) async throws {
    let books = try await books()
    try await books.post(5_00, debit: "1900", credit: "1120")
    let checks = try await books.workspace.fetch(
      PeriodChecks(period("2026-11", in: books).id), as: books.principal(role))
    let found = checks.items.first { $0.check == .suspense }
    #expect(found?.count == 1 && found?.findings == [] && !checks.pass)
  }

  @Test func `nobody opens the opening period under what is closed, nor lets themselves post`()
    async throws
  {
    let books = try await books()
    let opening = try await period("Opening 2026", in: books)
    await #expect(throws: Refusal.period(.laterEnded("2026-01", .closed))) {
      try await books.workspace.perform(
        OpenPeriod(opening.id, name: opening.label), as: books.owner)
    }
    let october = try await period("2026-10", in: books)
    await #expect(throws: Refusal.access(.ownRights)) {
      _ = try await books.workspace.perform(
        GrantPeriodException(
          to: books.director.user, in: october.id, name: "2026-10",
          until: books.clock.now.adding(seconds: 60), reason: "I need it"), as: books.director)
    }
  }

  @Test func `what is locked keeps what lies before it as it is`() async throws {
    let books = try await books()
    let (september, october) = (
      try await period("2026-09", in: books), try await period("2026-10", in: books)
    )
    func grant() async throws {
      _ = try await books.workspace.perform(
        GrantPeriodException(
          to: books.employee.user, in: september.id, name: "2026-09",
          until: books.clock.now.adding(seconds: 60), reason: "Late invoice"), as: books.director)
    }
    try await grant()
    let second = try await books.person("Otto Owner", .owner)
    guard
      case .awaits(let request, _, _) = try await books.workspace.perform(
        RequestConfirmation(
          .lockPeriod(period: october.id, name: "2026-10"), reason: "Filed"), as: books.owner)
    else { return #expect(Bool(false), "an owner did it alone") }
    try await books.workspace.perform(Confirm(request), as: second)
    await #expect(throws: Refusal.period(.laterEnded("2026-10", .locked))) { try await grant() }
    var late = books.entry(7)
    late.date = september.end
    let written = late
    await #expect(throws: Refusal.faults([Self.late("2026-09")])) {
      _ = try await books.workspace.perform(
        CreateEntry(written, then: .post), as: books.employee)
    }
    await #expect(throws: Refusal.period(.laterEnded("2026-10", .locked))) {
      _ = try await books.workspace.perform(
        RequestConfirmation(
          .reopenPeriod(period: september.id, name: "2026-09"), reason: "Late invoice"),
        as: books.owner)
    }
  }

  @Test func `a period that is reopened takes what else was asked about it along`() async throws {
    let books = try await books()
    let october = try await period("2026-10", in: books)
    let second = try await books.person("Otto Owner", .owner)
    func ask(_ act: JointAct) async throws -> ID<JointRequest> {
      guard
        case .awaits(let request, _, _) = try await books.workspace.perform(
          RequestConfirmation(act, reason: "Filed"), as: books.owner)
      else { throw Refusal.notAMember }
      return request
    }
    let lock = try await ask(.lockPeriod(period: october.id, name: "2026-10"))
    let reopen = try await ask(.reopenPeriod(period: october.id, name: "2026-10"))
    try await books.workspace.perform(Confirm(reopen), as: second)
    try await close("2026-10", in: books)
    await #expect(throws: Refusal.confirmation(.over("withdrawn"))) {
      try await books.workspace.perform(Confirm(lock), as: second)
    }
  }

  // MARK: Years

  @Test func `a new year follows the last, in its shape or another`() async throws {
    let books = try await TestBooks.make()
    let next = try await books.workspace.perform(AddFiscalYear(), as: books.director)
    #expect(next.year == 2027 && next.start.text == "2027-01-01" && next.end.text == "2027-12-31")
    let weeks = try await books.workspace.perform(
      AddFiscalYear(through: nil, .weeks445), as: books.owner)
    #expect(weeks.end.text == "2028-12-29")
    let alike = try await books.workspace.perform(AddFiscalYear(), as: books.owner)
    #expect(alike.start.text == "2028-12-30" && alike.periods[3].end.text == "2029-03-30")
    #expect(
      try await books.workspace.fetch(FiscalYears(), as: books.viewer).map(\.year)
        == [2026, 2027, 2028, 2029])
    await #expect(throws: Refusal.year(.fault(.tooLong))) {
      _ = try await books.workspace.perform(
        AddFiscalYear(through: Day("2031-12-31"), .months), as: books.owner)
    }
    await #expect(throws: Refusal.year(.named(2029))) {
      _ = try await books.workspace.perform(
        AddFiscalYear(through: alike.end.adding(days: 1), .months), as: books.owner)
    }
  }
}
