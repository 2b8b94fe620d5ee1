import Domain
import Operations
import Store
import TestSupport
import Testing

/// Taking back what is posted (RULES §3.8).
@Suite struct ReversalTests {
  @Test func `posting and reversing leaves every balance as it was`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100_00)
    let before = try await books.balances()
    let entry = try await books.post(75_50, debit: "6400")
    let outcome = try await books.workspace.perform(
      ReverseEntry(entry, reason: "Entered twice."), as: books.manager)
    guard case .posted(let reversal, let number) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(number == "RV-2026-000001")
    #expect(try await books.balances() == before)
    let original = try await books.workspace.fetch(EntryDetail(entry), as: books.viewer)
    #expect(original.head.status == .reversed)
    #expect(original.reversedBy == "RV-2026-000001")
    let mirror = try await books.workspace.fetch(EntryDetail(reversal), as: books.viewer)
    #expect(mirror.reverses == "GJ-2026-000002")
    #expect(mirror.lines.map(\.amount.minorUnits) == [-75_50, 75_50])
    #expect(mirror.notes == "Entered twice.")
  }

  @Test func `nothing is reversed twice, and no reversal at all`() async throws {
    let books = try await TestBooks.make()
    let entry = try await books.post(100)
    let outcome = try await books.workspace.perform(
      ReverseEntry(entry, reason: "A mistake."), as: books.owner)
    await #expect(throws: Refusal.wrongStatus(.reverse, .reversed)) {
      try await books.workspace.perform(
        ReverseEntry(entry, reason: "A mistake."), as: books.owner)
    }
    guard case .posted(let reversal, _) = outcome else { return }
    await #expect(throws: Refusal.irreversible(.reversal)) {
      try await books.workspace.perform(
        ReverseEntry(reversal, reason: "A mistake."), as: books.owner)
    }
  }

  @Test func `an employee asks for it, and a second request is told of the first`() async throws {
    let books = try await TestBooks.make()
    let entry = try await books.post(100)
    let outcome = try await books.workspace.perform(
      ReverseEntry(entry, reason: "A mistake."), as: books.employee)
    guard case .submitted(let reversal, let roles) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(roles == [.manager])
    await #expect(throws: Refusal.irreversible(.waits("D-2"))) {
      try await books.workspace.perform(
        ReverseEntry(entry, reason: "A mistake."), as: books.manager)
    }
    #expect(
      try await books.workspace.perform(ApproveEntry(reversal), as: books.manager)
        == .posted(number: "RV-2026-000001"))
    #expect(try await books.balances().isEmpty)
  }

  @Test func `a rejected reversal is posted by nobody who may only ask for one`() async throws {
    let books = try await TestBooks.make()
    let entry = try await books.post(100)
    let rejected = try await books.rejectedReversal(of: entry)
    let needed = Refusal.needsApproval(by: [.manager], amount: Money(minorUnits: 100))
    await #expect(throws: needed) {
      try await books.workspace.perform(PostEntry(rejected), as: books.employee)
    }
    let draft = try await books.workspace.fetch(EntryToEdit(rejected), as: books.employee)
    let edit = EditEntry(rejected, content: draft.content, version: draft.version, then: .finish)
    #expect(
      try await books.workspace.perform(edit, as: books.employee).state
        == .submitted(to: [.manager]))
  }

  @Test func `who may reverse alone may post a rejected reversal, within their limit`()
    async throws
  {
    let books = try await TestBooks.make()
    let entry = try await books.post(100)
    let rejected = try await books.rejectedReversal(of: entry)
    try await books.limitManager(to: 99)
    let denial = Denial.overLimit(
      amount: Money(minorUnits: 100), limit: Money(minorUnits: 99))
    await #expect(throws: Refusal.notPermitted(.journalReverse, denial)) {
      try await books.workspace.perform(PostEntry(rejected), as: books.manager)
    }
    #expect(
      try await books.workspace.perform(PostEntry(rejected), as: books.director).number
        == "RV-2026-000001")
    #expect(try await books.balances().isEmpty)
  }

  @Test func `an employee's adjusting entry waits for somebody, however small`() async throws {
    let books = try await TestBooks.make()
    let rent = books.entry(100)
    let content = EntryContent(
      date: rent.date, type: .adjusting, description: rent.description, lines: rent.lines)
    let needed = Refusal.needsApproval(by: [.manager], amount: Money(minorUnits: 100))
    await #expect(throws: needed) {
      try await books.workspace.perform(CreateEntry(content, then: .post), as: books.employee)
    }
    let entered = try await books.workspace.perform(
      CreateEntry(content, then: .finish), as: books.employee)
    #expect(entered.state == .submitted(to: [.manager]))
    let own = try await books.workspace.perform(
      CreateEntry(content, then: .finish), as: books.manager)
    #expect(own.state == .posted(number: "AJ-2026-000001"))
  }

  /// RULES R37: from its end nothing is booked for a department, but what was is taken back.
  @Test func `what was booked for a department is reversed after it closed or was removed`()
    async throws
  {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    func post() async throws -> ID<Entry> {
      var content = books.entry(100)
      content.lines[0].department = sales
      return try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
        .entry
    }
    let (first, second) = (try await post(), try await post())
    try books.end(sales, on: TestBooks.today)
    await #expect(
      throws: Refusal.faults([.line(0, .departmentNotInUse("SAL SAL"))])
    ) { _ = try await post() }
    try await books.workspace.perform(
      ReverseEntry(first, reason: "A mistake."), as: books.owner)
    try await books.workspace.perform(RemoveDepartment(sales), as: books.owner)
    try await books.workspace.perform(
      ReverseEntry(second, reason: "A mistake."), as: books.owner)
    #expect(try await books.balances().isEmpty)
  }

  @Test func `what takes itself back does so when its department has closed`() async throws {
    let books = try await TestBooks.make()
    let first = try #require(Day("2026-12-01"))
    var content = books.entry(100, on: first.adding(days: -1))
    (content.type, content.reversesOn) = (.adjusting, first)
    content.lines[0].department = books.department
    _ = try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    try books.end(books.department, on: first)
    let december = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.name == "2026-12" })
    try await books.workspace.perform(
      OpenPeriod(december.id, name: december.label), as: books.director)
    #expect(try await books.entries().first { $0.type == .reversing }?.status == .posted)
  }

  @Test func `it needs a reason and isn't dated before what it reverses`() async throws {
    let books = try await TestBooks.make()
    let entry = try await books.post(100)
    await #expect(throws: Refusal.reasonNeeded(least: 5)) {
      try await books.workspace.perform(ReverseEntry(entry, reason: "oops"), as: books.owner)
    }
    let yesterday = TestBooks.today.adding(days: -1)
    await #expect(throws: Refusal.faults([.noPeriod(yesterday)])) {
      try await books.workspace.perform(
        ReverseEntry(entry, on: yesterday, reason: "A mistake."), as: books.owner)
    }
  }
}

extension TestBooks {
  /// From `day` on nothing is booked for a department.
  fileprivate func end(_ department: ID<Department>, on day: Day) throws {
    try store.script(
      """
      UPDATE temp.scope SET business_id = \(business.value);
      UPDATE departments SET status = 'inactive', inactive_from_date = '\(day.text)'
      WHERE id = \(department.value);
      """)
  }

  /// What the employee asked for and the director didn't want: a draft again.
  fileprivate func rejectedReversal(of entry: ID<Entry>) async throws -> ID<Entry> {
    let outcome = try await workspace.perform(
      ReverseEntry(entry, reason: "A mistake."), as: employee)
    guard case .submitted(let reversal, _) = outcome else { return entry }
    try await workspace.perform(RejectEntry(reversal, reason: "Not yet."), as: director)
    return reversal
  }
}
