import Domain
import Store
import TestSupport
import Testing

@testable import Operations

/// Periods and the close of a year, as the demonstration and imports use them (RULES §3.5, §3.6).
@Suite struct YearEndTests {
  private func asSystem<C: Command>(_ command: C, in books: TestBooks) async throws -> C.Output {
    try await books.store.change(in: books.business, as: .system) { change in
      Result { () throws -> C.Output in try change.perform(command) }
    }.get()
  }

  private func period(_ name: String, in books: TestBooks) async throws -> ID<Period> {
    try await books.store.snapshot(of: books.business, as: .system) {
      try $0.one(
        ID<Period>.self,
        "SELECT id FROM accounting_periods WHERE business_id = :business AND name = :name",
        ["name": name])
    }
  }

  @Test func `closing takes income, expense and dividends to retained earnings`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100_000_00, debit: "1120", credit: "4100")
    try await books.post(2_000_00, debit: "4400", credit: "1120")
    try await books.post(60_000_00, debit: "6100", credit: "1120")
    try await books.post(5_000_00, debit: "3200", credit: "1120")
    try await books.closeMonths()
    _ = try await asSystem(CloseYear(year: 2026), in: books)
    #expect(try await books.balances() == ["1120": 33_000_00, "3300": -33_000_00])
    let page = try await books.workspace.fetch(JournalPage(), as: books.owner)
    #expect(page.first?.name == "CL-2026-000001")
    #expect(page.first?.creator == "system")
    #expect(page.first?.total == Money(minorUnits: 100_000_00))
    for check in try await books.workspace.fetch(Examination(), as: books.owner) {
      #expect(check.findings.isEmpty, "\(check.name)")
    }
  }

  @Test func `what an account asks of its lines isn't asked of closing it`() async throws {
    let books = try await TestBooks.make()
    let asking: [(AccountContent, LineFault)] = [
      (
        AccountContent(number: "6910", name: "Fees", type: .expense, isControl: true),
        .partyNeeded("6910 Fees")
      ),
      (
        AccountContent(number: "6920", name: "Trips", type: .expense, requiresDepartment: true),
        .departmentNeeded("6920 Trips")
      ),
    ]
    for (content, fault) in asking {
      let account = try await books.workspace.perform(CreateAccount(content), as: books.owner)
      var entry = books.entry(20_00)
      entry.lines[0].account = account
      await #expect(throws: Refusal.faults([.line(0, fault)])) {
        try await books.workspace.perform(CreateEntry(entry, then: .post), as: books.owner)
      }
      (entry.lines[0].counterparty, entry.lines[0].department) = ("Ada", books.department)
      entry.notes = "Paid at the door."
      try await books.workspace.perform(CreateEntry(entry, then: .post), as: books.owner)
    }
    #expect(try await books.balances() == ["1120": -40_00, "6910": 20_00, "6920": 20_00])
    try await books.closeMonths()
    _ = try await asSystem(CloseYear(year: 2026), in: books)
    #expect(try await books.balances() == ["1120": -40_00, "3300": 40_00])
  }

  @Test func `a year closes to what the books can't do without, not to another of its kind`()
    async throws
  {
    let books = try await TestBooks.make()
    let capital = try await books.workspace.fetch(
      AccountToEdit(books.account("3100")), as: books.owner)
    var content = capital.content
    content.category = .retainedEarnings
    try await books.workspace.perform(
      UpdateAccount(capital.id, content: content, version: capital.version), as: books.owner)
    #expect(capital.id.value < books.account("3300").value, "it would be the first of two equals")
    try await books.post(70_00, debit: "1120", credit: "4100")
    try await books.closeMonths()
    _ = try await asSystem(CloseYear(year: 2026), in: books)
    #expect(try await books.balances() == ["1120": 70_00, "3300": -70_00])
  }

  @Test func `equity that closes from now on leaves nothing of the years before it`() async throws {
    let books = try await TestBooks.make()
    let plan = FiscalYearPlan(holding: try #require(Day("2025-06-01")), firstMonth: 1)
    try await asSystem(OpenFiscalYear(plan), in: books)
    try await books.openPeriods()
    try await books.post(5_00, debit: "3100", credit: "1120", on: plan.end)
    try await books.post(7_00, debit: "3100", credit: "1120")
    try await books.closeMonths()
    #expect(try await asSystem(CloseYear(year: 2025), in: books) == nil)
    let drawings = try await books.workspace.fetch(
      AccountToEdit(books.account("3100")), as: books.owner)
    var content = drawings.content
    content.closes = true
    try await books.workspace.perform(
      UpdateAccount(drawings.id, content: content, version: drawings.version), as: books.owner)
    _ = try await asSystem(CloseYear(year: 2026), in: books)
    #expect(try await books.balances() == ["1120": -12_00, "3300": 12_00])
    for check in try await books.workspace.fetch(Examination(), as: books.owner) {
      #expect(check.findings.isEmpty, "\(check.name)")
    }
  }

  @Test func `a period closes after those before it, once nothing of it waits`() async throws {
    let books = try await TestBooks.make()
    let november = try await period("2026-11", in: books)
    await #expect(throws: Refusal.period(.earlierOpen("2026-01"))) {
      try await asSystem(ClosePeriod(november, name: "2026-11"), in: books)
    }
    for month in 1...10 {
      let name = "2026-\(padded(month, to: 2))"
      let id = try await period(name, in: books)
      try await asSystem(OpenPeriod(id, name: name), in: books)
      try await asSystem(ClosePeriod(id, name: name), in: books)
    }
    let draft = try await books.workspace.perform(
      CreateEntry(books.entry(5)), as: books.employee
    ).entry
    await #expect(throws: Refusal.period(.entriesWaiting(1))) {
      try await asSystem(ClosePeriod(november, name: "2026-11"), in: books)
    }
    try await books.workspace.perform(DiscardEntry(draft), as: books.employee)
    try await asSystem(ClosePeriod(november, name: "2026-11"), in: books)
    await #expect(throws: Refusal.faults([.periodNotOpen(name: "2026-11", .closed)])) {
      try await books.post(1)
    }
  }

  // MARK: By people

  /// With every month closed and a second owner.
  private func closable() async throws -> (books: TestBooks, second: Principal) {
    let books = try await TestBooks.make()
    try await books.post(100_00, debit: "1120", credit: "4100")
    try await books.post(30_00, debit: "6200", credit: "1120")
    let second = try await books.person("Otto Owner", .owner)
    try await books.closeMonths()
    return (books, second)
  }

  private func ask(
    _ act: JointAct, as who: Principal, in books: TestBooks
  ) async throws -> ID<JointRequest> {
    let asked = try await books.workspace.perform(
      RequestConfirmation(act, reason: "Audited"), as: who)
    guard case .awaits(let request, _, _) = asked else {
      throw Refusal.noSuch(Subject(.confirmation))
    }
    return request
  }

  private func confirm(
    _ act: JointAct, asked who: Principal, confirmed other: Principal, in books: TestBooks
  ) async throws {
    let request = try await ask(act, as: who, in: books)
    try await books.workspace.perform(Confirm(request), as: other)
  }

  private func years(_ books: TestBooks) async throws -> [Int: Bool] {
    Dictionary(
      uniqueKeysWithValues: try await books.workspace.fetch(FiscalYears(), as: books.owner).map {
        ($0.year, $0.isClosed)
      })
  }

  @Test func `a director and an owner close a year together, and the next begins`() async throws {
    let (books, _) = try await closable()
    let request = try await ask(.closeYear(2026), as: books.director, in: books)
    #expect(try await years(books) == [2026: false])
    await #expect(throws: Refusal.confirmation(.ownRequest)) {
      try await books.workspace.perform(Confirm(request), as: books.director)
    }
    try await books.workspace.perform(Confirm(request), as: books.owner)
    #expect(try await years(books) == [2026: true, 2027: false])
    #expect(try await books.balances() == ["1120": 70_00, "3300": -70_00])
    let periods = try await books.workspace.fetch(Periods(), as: books.owner)
    #expect(periods.filter { $0.year == 2026 }.allSatisfy { $0.status == .closed })
    #expect(periods.filter { $0.status == .open }.map(\.name) == ["2027-01"])
    await #expect(throws: Refusal.year(.closed(2026))) {
      _ = try await ask(.closeYear(2026), as: books.director, in: books)
    }
  }

  @Test func `two owners take a closing back, and close again`() async throws {
    let (books, second) = try await closable()
    try await confirm(.closeYear(2026), asked: books.owner, confirmed: second, in: books)
    // A period of it can't be reopened before.
    let december = try await period("2026-12", in: books)
    await #expect(throws: Refusal.self) {
      _ = try await ask(
        .reopenPeriod(period: december, name: "2026-12"), as: books.owner, in: books)
    }
    try await confirm(.reopenYear(2026), asked: second, confirmed: books.owner, in: books)
    #expect(try await years(books) == [2026: false, 2027: false])
    #expect(
      try await books.balances() == ["1120": 70_00, "4100": -100_00, "6200": 30_00])
    let told = try await books.workspace.fetch(Notices(), as: books.viewer).first
    #expect(told?.reason == "Audited")
    try await confirm(
      .reopenPeriod(period: december, name: "2026-12"), asked: second, confirmed: books.owner,
      in: books)
    var late = books.entry(5_00, "Audit adjustment")
    (late.date, late.type) = (try #require(Day("2026-12-31")), .adjusting)
    _ = try await books.workspace.perform(CreateEntry(late, then: .post), as: books.owner)
    await #expect(throws: Refusal.year(.periodOpen("2026-12"))) {
      _ = try await ask(.closeYear(2026), as: books.owner, in: books)
    }
    try await books.workspace.perform(ClosePeriod(december, name: "2026-12"), as: second)
    try await confirm(.closeYear(2026), asked: books.owner, confirmed: second, in: books)
    let entries = try await books.entries().filter { $0.name.hasPrefix("CL-") }
    #expect(entries.map(\.name).sorted() == ["CL-2026-000001", "CL-2026-000002", "CL-2026-000003"])
    #expect(
      entries.sorted { $0.name < $1.name }.map(\.status) == [.reversed, .posted, .posted])
    #expect(try await books.balances()["3300"] == -65_00)
    for check in try await books.workspace.fetch(Examination(), as: books.owner) {
      #expect(check.findings.isEmpty, "\(check.name)")
    }
  }

  @Test func `a year closes after the one before it, and opens before the one after it`()
    async throws
  {
    let (books, second) = try await closable()
    _ = try await books.workspace.perform(AddFiscalYear(), as: books.owner)
    try await books.closeMonths()
    await #expect(throws: Refusal.year(.earlierOpen(2026))) {
      _ = try await ask(.closeYear(2027), as: books.owner, in: books)
    }
    await #expect(throws: Refusal.year(.notClosed(2026))) {
      _ = try await ask(.reopenYear(2026), as: books.owner, in: books)
    }
    try await confirm(.closeYear(2026), asked: books.owner, confirmed: second, in: books)
    // Nothing was earned in it, so nothing is posted.
    try await confirm(.closeYear(2027), asked: books.owner, confirmed: second, in: books)
    #expect(try await books.entries().filter { $0.name.hasPrefix("CL-2027") }.isEmpty)
    await #expect(throws: Refusal.year(.laterClosed(2027))) {
      _ = try await ask(.reopenYear(2026), as: books.owner, in: books)
    }
    await #expect(throws: Refusal.noSuchNamed(kind: .period, name: "1999")) {
      _ = try await ask(.closeYear(1999), as: books.owner, in: books)
    }
  }

  @Test func `what waits, an open month or no account for the result keeps a year open`()
    async throws
  {
    let (books, second) = try await closable()
    let draft = try await books.workspace.perform(
      CreateEntry(books.entry(5)), as: books.employee
    ).entry
    await #expect(throws: Refusal.year(.entriesWaiting(1))) {
      _ = try await ask(.closeYear(2026), as: books.owner, in: books)
    }
    try await books.workspace.perform(DiscardEntry(draft), as: books.employee)
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = \(books.business.value);
      UPDATE accounts SET category = 'owners_equity'
      WHERE business_id = \(books.business.value) AND category = 'retained_earnings'
      """)
    await #expect(throws: Refusal.year(.noRetainedEarnings)) {
      _ = try await ask(.closeYear(2026), as: books.owner, in: books)
    }
    _ = second
  }

  @Test func `behind a closing nobody posts, whatever was granted before or after`() async throws {
    let (books, second) = try await closable()
    let december = try await period("2026-12", in: books)
    func grant() async throws {
      _ = try await books.workspace.perform(
        GrantPeriodException(
          to: books.employee.user, in: december, name: "2026-12",
          until: books.clock.now.adding(seconds: 600), reason: "Late invoice"), as: books.owner)
    }
    try await grant()
    try await confirm(.closeYear(2026), asked: books.owner, confirmed: second, in: books)
    await #expect(throws: Refusal.year(.behindClosing(2026))) { try await grant() }
    var late = books.entry(5)
    late.date = try #require(Day("2026-12-31"))
    let written = late
    let fault = EntryFault.periodNotOpen(
      name: "2026-12", .closed, firstOpen: Day("2027-01-01"))
    await #expect(throws: Refusal.faults([fault])) {
      _ = try await books.workspace.perform(
        CreateEntry(written, then: .post), as: books.employee)
    }
    await #expect(throws: Refusal.year(.behindClosing(2026))) {
      _ = try await ask(
        .reopenPeriod(period: december, name: "2026-12"), as: books.owner, in: books)
    }
  }

  @Test func `the closing period of an open year is neither locked nor reopened`() async throws {
    let (books, second) = try await closable()
    try await confirm(.closeYear(2026), asked: books.owner, confirmed: second, in: books)
    try await confirm(.reopenYear(2026), asked: books.owner, confirmed: second, in: books)
    let closing = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first {
        $0.label == "Closing 2026"
      })
    let third = try await books.person("Olga Owner", .owner)
    await #expect(throws: Refusal.year(.notClosed(2026))) {
      _ = try await ask(
        .lockPeriod(period: closing.id, name: closing.label), as: third, in: books)
    }
    await #expect(throws: Refusal.year(.ofTheYear("Closing 2026"))) {
      _ = try await ask(
        .reopenPeriod(period: closing.id, name: closing.label), as: third, in: books)
    }
  }

  /// Sold at one rate and taken back at another.
  @Test func `a residue of opposite signs closes in two lines`() async throws {
    let books = try await TestBooks.make()
    for (amount, base) in [(100_00, 100_00), (-105_00, -94_50)] as [(Int64, Int64)] {
      var content = books.entry(1)
      content.lines = [("1120", amount, base), ("4100", -amount, -base)].map {
        LineContent(
          account: books.account($0.0), currency: "EUR", amount: Money(minorUnits: $0.1),
          base: Money(minorUnits: $0.2))
      }
      let written = content
      _ = try await books.workspace.perform(CreateEntry(written, then: .post), as: books.owner)
    }
    try await books.closeMonths()
    let closed = try await asSystem(CloseYear(year: 2026), in: books)
    let lines = try await books.store.snapshot(of: books.business, as: .system) {
      try $0.content(of: try #require(closed)).lines.map { [$0.amount, $0.base].map(\.minorUnits) }
    }
    #expect(lines == [[-5_00, 0], [0, 5_50], [-5_50, -5_50]])
    #expect(try await books.balances() == ["1120": 5_50, "3300": -5_50])
    for check in try await books.workspace.fetch(Examination(), as: books.owner) {
      #expect(check.findings.isEmpty, "\(check.name)")
    }
  }

  @Test func `a locked closing stays`() async throws {
    let (books, second) = try await closable()
    try await confirm(.closeYear(2026), asked: books.owner, confirmed: second, in: books)
    let third = try await books.person("Olga Owner", .owner)
    let closing = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first {
        $0.label == "Closing 2026"
      })
    // Who confirmed the closing of the year closed its last period, and locks none of it.
    let lock = JointAct.lockPeriod(period: closing.id, name: closing.label)
    await #expect(throws: Refusal.confirmation(.outsider)) {
      _ = try await ask(lock, as: second, in: books)
    }
    try await confirm(lock, asked: third, confirmed: books.owner, in: books)
    await #expect(throws: Refusal.year(.locked(2026))) {
      _ = try await ask(.reopenYear(2026), as: books.owner, in: books)
    }
  }

  @Test(arguments: [Role.manager, .employee, .viewer])
  func `nobody else asks for it or confirms it`(_ role: Role) async throws {
    let (books, _) = try await closable()
    let who = books.principal(role)
    await #expect(throws: Refusal.notPermitted(.yearClose, .noGrant(role))) {
      _ = try await ask(.closeYear(2026), as: who, in: books)
    }
    let request = try await ask(.closeYear(2026), as: books.owner, in: books)
    await #expect(throws: Refusal.notPermitted(.yearClose, .noGrant(role))) {
      try await books.workspace.perform(Confirm(request), as: who)
    }
    await #expect(throws: Refusal.notPermitted(.yearReopen, .noGrant(role))) {
      _ = try await ask(.reopenYear(2026), as: who, in: books)
    }
    await #expect(throws: Refusal.notPermitted(.yearReopen, .noGrant(.director))) {
      _ = try await ask(.reopenYear(2026), as: books.director, in: books)
    }
    #expect(try await years(books) == [2026: false])
  }
}
