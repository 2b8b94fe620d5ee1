import Domain
import GRDB
import Operations
import Phrases
import TestSupport
import Testing

@testable import Store

/// What people do with an entry from its first draft to its number (RULES §3.3, §3.4, §4.6).
@Suite struct EntryLifecycleTests {
  private static let bands = [
    ApprovalPolicy.Band(minimum: Money(minorUnits: 1_000_00), role: .manager),
    ApprovalPolicy.Band(minimum: Money(minorUnits: 10_000_00), role: .director),
  ]

  @Test func `a draft has no number and may be unbalanced`() async throws {
    let books = try await TestBooks.make()
    var content = books.entry(50_00)
    content.lines.removeLast()
    let entered = try await books.workspace.perform(CreateEntry(content), as: books.employee)
    #expect(entered.state == .draft)
    #expect(entered.name == "D-1")
    #expect(try await books.balances().isEmpty)
  }

  /// What hangs on a draft goes with it: what isn't named here is named in `DiscardEntry` first.
  @Test func `all that can hang on a draft is known to who throws it away`() async throws {
    let books = try await TestBooks.make()
    let tables = try await books.store.snapshot(of: books.business, as: .system) { snapshot in
      try String.fetchAll(
        snapshot.scope.db,
        sql: """
          SELECT DISTINCT t.name FROM sqlite_schema t
          JOIN pragma_foreign_key_list(t.name) f
          WHERE t.type = 'table' AND f."table" = 'journal_entries' ORDER BY t.name
          """)
    }
    // Only what was submitted has approvals, and only what was posted is reversed.
    #expect(
      tables == [
        "allocated_entries", "attachments", "entry_editors", "journal_approvals",
        "journal_entries", "journal_lines", "recurring_occurrences",
      ])
  }

  @Test func `an unbalanced draft is neither submitted nor posted, and stays as it was`()
    async throws
  {
    let books = try await TestBooks.make()
    var content = books.entry(50_00)
    content.lines[1].amount = Money(minorUnits: -49_99)
    content.lines[1].base = Money(minorUnits: -49_99)
    let draft = try await books.workspace.perform(CreateEntry(content), as: books.employee).entry
    let fault = EntryFault.unbalanced(difference: Money(minorUnits: 1), currency: "USD")
    await #expect(throws: Refusal.faults([fault])) {
      try await books.workspace.perform(SubmitEntry(draft), as: books.employee)
    }
    await #expect(throws: Refusal.faults([fault])) {
      try await books.workspace.perform(PostEntry(draft), as: books.employee)
    }
    let kept = try await books.workspace.fetch(EntryToEdit(draft), as: books.employee)
    #expect(kept.content == content)
  }

  @Test func `posting gives the next number, and what was refused leaves no gap`() async throws {
    let books = try await TestBooks.make(bands: Self.bands)
    var numbers: [String] = []
    for amount: Int64 in [100, 200_000_00, 300, 400_000_00, 500] {
      do {
        let entered = try await books.workspace.perform(
          CreateEntry(books.entry(amount), then: .post), as: books.employee)
        numbers.append(entered.name)
      } catch Refusal.needsApproval {}
    }
    #expect(numbers == ["GJ-2026-000001", "GJ-2026-000002", "GJ-2026-000003"])
    #expect(try await books.balances() == ["1120": -900, "6200": 900])
  }

  private static let asked: [(Int64, [Role])] = [
    (999_99, []), (1_000_00, [.manager]), (9_999_99, [.manager]),
    (10_000_00, [.manager, .director]),
  ]

  @Test(arguments: asked)
  func `amounts ask for the approval of their bands`(_ amount: Int64, _ roles: [Role]) async throws
  {
    let books = try await TestBooks.make(bands: Self.bands)
    let entered = try await books.workspace.perform(
      CreateEntry(books.entry(amount), then: .finish), as: books.employee)
    if roles.isEmpty {
      #expect(entered.state == .posted(number: "GJ-2026-000001"))
    } else {
      #expect(entered.state == .submitted(to: roles))
    }
  }

  @Test func `the last approval posts, each by another person`() async throws {
    let books = try await TestBooks.make(bands: Self.bands)
    let entry = try await books.workspace.perform(
      CreateEntry(books.entry(12_000_00), then: .submit), as: books.employee
    ).entry
    let first = try await books.workspace.perform(ApproveEntry(entry), as: books.manager)
    #expect(first == .awaits([.director]))
    await #expect(throws: Refusal.notPermitted(.journalApprove, .involved(.decided))) {
      try await books.workspace.perform(ApproveEntry(entry), as: books.manager)
    }
    let last = try await books.workspace.perform(ApproveEntry(entry), as: books.director)
    #expect(last == .posted(number: "GJ-2026-000001"))
    #expect(try await books.balances()["6200"] == 12_000_00)
  }

  @Test func `whoever made, changed or submitted an entry can't approve it`() async throws {
    let books = try await TestBooks.make(bands: Self.bands)
    let own = try await books.workspace.perform(
      CreateEntry(books.entry(2_000_00), then: .submit), as: books.manager
    ).entry
    await #expect(throws: Refusal.notPermitted(.journalApprove, .involved(.created))) {
      try await books.workspace.perform(ApproveEntry(own), as: books.manager)
    }
    let draft = try await books.workspace.perform(
      CreateEntry(books.entry(2_000_00)), as: books.employee)
    try await books.workspace.perform(
      EditEntry(draft.entry, content: books.entry(3_000_00), version: 1), as: books.director)
    try await books.workspace.perform(SubmitEntry(draft.entry), as: books.employee)
    await #expect(throws: Refusal.notPermitted(.journalApprove, .involved(.edited))) {
      try await books.workspace.perform(ApproveEntry(draft.entry), as: books.director)
    }
    #expect(
      try await books.workspace.perform(ApproveEntry(draft.entry), as: books.manager)
        == .posted(number: "GJ-2026-000001"))
    try await books.workspace.perform(
      ReverseEntry(draft.entry, reason: "Booked twice."), as: books.owner)
    let history = try await books.workspace.fetch(EntryDetail(draft.entry), as: books.owner).history
    #expect(
      history.map { "\($0.outcome == .success ? "" : "not ")\($0.what.english)" } == [
        "created", "edited", "submitted", "not approved", "approved", "posted", "reversed",
      ])
  }

  @Test func `what one act brings about stands after it, though all is of one moment`() async throws
  {
    let books = try await TestBooks.make(bands: Self.bands)
    let entered = try await books.workspace.perform(
      CreateEntry(books.entry(3_000_00), then: .submit), as: books.employee)
    try await books.workspace.perform(ApproveEntry(entered.entry), as: books.manager)
    let history = try await books.workspace.fetch(
      EntryDetail(entered.entry), as: books.owner
    ).history
    #expect(Set(history.map(\.at)).count == 1)
    #expect(history.map(\.what.english) == ["created", "submitted", "approved", "posted"])
  }

  @Test func `what was rejected goes back to its maker and needs every approval again`()
    async throws
  {
    let books = try await TestBooks.make(bands: Self.bands)
    let entry = try await books.workspace.perform(
      CreateEntry(books.entry(12_000_00), then: .submit), as: books.employee
    ).entry
    try await books.workspace.perform(ApproveEntry(entry), as: books.manager)
    await #expect(throws: Refusal.reasonNeeded(least: 5)) {
      try await books.workspace.perform(RejectEntry(entry, reason: "no"), as: books.director)
    }
    try await books.workspace.perform(
      RejectEntry(entry, reason: "Wrong account."), as: books.director)
    let detail = try await books.workspace.fetch(EntryDetail(entry), as: books.employee)
    #expect(detail.head.status == .draft)
    #expect(detail.history.last?.reason == "Wrong account.")
    await #expect(throws: Refusal.wrongStatus(.approve, .draft)) {
      try await books.workspace.perform(ApproveEntry(entry), as: books.owner)
    }
    try await books.workspace.perform(
      EditEntry(
        entry, content: books.entry(12_500_00), version: detail.head.version, then: .submit),
      as: books.employee)
    #expect(
      try await books.workspace.perform(ApproveEntry(entry), as: books.manager)
        == .awaits([.director]))
  }

  @Test func `what was submitted is withdrawn by whoever submitted it or may with anybody's`()
    async throws
  {
    let books = try await TestBooks.make(bands: Self.bands)
    let (workspace, other) = (
      books.workspace, try await books.person("Eve Employee", .employee, in: nil)
    )
    let entry = try await workspace.perform(
      CreateEntry(books.entry(12_000_00), then: .submit), as: books.employee
    ).entry
    try await workspace.perform(ApproveEntry(entry), as: books.manager)
    await #expect(throws: Refusal.notPermitted(.journalWithdrawAny, .noGrant(.employee))) {
      try await workspace.perform(WithdrawEntry(entry), as: other)
    }
    await #expect(throws: Refusal.wrongStatus(.recall, .pendingApproval)) {
      try await workspace.perform(RecallEntry(entry), as: books.employee)
    }
    try await workspace.perform(WithdrawEntry(entry), as: books.employee)
    let detail = try await workspace.fetch(EntryDetail(entry), as: books.employee)
    #expect(detail.head.status == .draft)
    #expect(detail.history.last?.what.english == "withdrawn")
    try await workspace.perform(SubmitEntry(entry), as: books.employee)
    // The manager's approval of the first round counts no more.
    #expect(
      try await workspace.perform(ApproveEntry(entry), as: books.manager) == .awaits([.director]))
    try await workspace.perform(WithdrawEntry(entry), as: books.owner)
    await #expect(throws: Refusal.wrongStatus(.withdraw, .draft)) {
      try await workspace.perform(WithdrawEntry(entry), as: books.owner)
    }
  }

  @Test func `what is approved and not posted is recalled by its maker, and needs approval again`()
    async throws
  {
    let books = try await TestBooks.make(bands: Self.bands)
    let (workspace, other) = (
      books.workspace, try await books.person("Eve Employee", .employee, in: nil)
    )
    try books.store.script("UPDATE businesses SET posts_on_approval = 0")
    let entry = try await workspace.perform(
      CreateEntry(books.entry(2_000_00), then: .submit), as: books.employee
    ).entry
    #expect(try await workspace.perform(ApproveEntry(entry), as: books.manager) == .approved)
    await #expect(throws: Refusal.wrongStatus(.withdraw, .approved)) {
      try await workspace.perform(WithdrawEntry(entry), as: books.employee)
    }
    await #expect(throws: Refusal.self) {
      try await workspace.perform(RecallEntry(entry), as: other)
    }
    try await workspace.perform(RecallEntry(entry), as: books.employee)
    let head = try await workspace.fetch(EntryDetail(entry), as: books.employee).head
    #expect(head.status == .draft)
    await #expect(throws: Refusal.self) {
      try await workspace.perform(PostEntry(entry), as: books.employee)
    }
  }

  @Test func `of two who change the same draft the second is told`() async throws {
    let books = try await TestBooks.make()
    let draft = try await books.workspace.perform(
      CreateEntry(books.entry(100)), as: books.employee
    ).entry
    try await books.workspace.perform(
      EditEntry(draft, content: books.entry(200), version: 1), as: books.employee)
    await #expect(throws: Refusal.changedMeanwhile) {
      try await books.workspace.perform(
        EditEntry(draft, content: books.entry(300), version: 1), as: books.employee)
    }
  }

  @Test func `a draft of one's own can be thrown away until it was submitted`() async throws {
    let books = try await TestBooks.make(bands: Self.bands)
    let draft = try await books.workspace.perform(
      CreateEntry(books.entry(100)), as: books.employee
    ).entry
    await #expect(throws: Refusal.notPermitted(.journalDeleteOwn, .notOwn)) {
      try await books.workspace.perform(DiscardEntry(draft), as: books.manager)
    }
    try await books.workspace.perform(DiscardEntry(draft), as: books.employee)
    await #expect(throws: Refusal.noSuch(.entry(draft))) {
      try await books.workspace.fetch(EntryDetail(draft), as: books.employee)
    }
    let submitted = try await books.workspace.perform(
      CreateEntry(books.entry(2_000_00), then: .submit), as: books.employee
    ).entry
    await #expect(throws: Refusal.wrongStatus(.discard, .pendingApproval)) {
      try await books.workspace.perform(DiscardEntry(submitted), as: books.employee)
    }
    try await books.workspace.perform(
      RejectEntry(submitted, reason: "Not ours."), as: books.manager)
    await #expect(throws: Refusal.submittedOnce) {
      try await books.workspace.perform(DiscardEntry(submitted), as: books.employee)
    }
  }

  @Test func `a new draft has nothing of a discarded one: no id, no name, no history`()
    async throws
  {
    let books = try await TestBooks.make()
    let discarded = try await books.workspace.perform(
      CreateEntry(books.entry(100)), as: books.employee)
    try await books.workspace.perform(DiscardEntry(discarded.entry), as: books.employee)
    await #expect(throws: Refusal.self) {
      try await books.workspace.perform(
        SubmitEntry(ID(discarded.entry.value + 1)), as: books.viewer)
    }
    let next = try await books.workspace.perform(
      CreateEntry(books.entry(200)), as: books.manager)
    #expect(next.entry != discarded.entry)
    #expect(next.name == "D-2")
    let detail = try await books.workspace.fetch(EntryDetail(next.entry), as: books.viewer)
    #expect(detail.history.map(\.actor) == ["Max Manager"])
    #expect(detail.history.map(\.operation) == ["journal.create"])
  }

  @Test func `what is posted can't be changed, submitted, approved or posted again`() async throws {
    let books = try await TestBooks.make()
    let entry = try await books.post(100)
    await #expect(throws: Refusal.wrongStatus(.edit, .posted)) {
      try await books.workspace.perform(
        EditEntry(entry, content: books.entry(200), version: 2), as: books.owner)
    }
    await #expect(throws: Refusal.wrongStatus(.submit, .posted)) {
      try await books.workspace.perform(SubmitEntry(entry), as: books.owner)
    }
    await #expect(throws: Refusal.wrongStatus(.approve, .posted)) {
      try await books.workspace.perform(ApproveEntry(entry), as: books.director)
    }
    await #expect(throws: Refusal.wrongStatus(.post, .posted)) {
      try await books.workspace.perform(PostEntry(entry), as: books.owner)
    }
    #expect(try await books.balances()["6200"] == 100)
  }

  @Test func `everything that is wrong with an entry comes out at once`() async throws {
    let books = try await TestBooks.make()
    let content = EntryContent(
      date: Day("2026-01-15") ?? .first, description: " ",
      lines: [
        books.line("1000", 500),
        books.line("1120", -495),
      ])
    await #expect(
      throws: Refusal.faults([
        .noDescription, .line(0, .heading("1000 Assets")),
        .unbalanced(difference: Money(minorUnits: 5), currency: "USD"),
        .periodNotOpen(name: "2026-01", .future, firstOpen: TestBooks.today.firstOfMonth),
      ])
    ) {
      try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    }
  }

  @Test func `what is submitted for a period that isn't open says so, and where it could move`()
    async throws
  {
    let books = try await TestBooks.make()
    let october = try #require(Day("2026-10-15"))
    let entered = try await books.workspace.perform(
      CreateEntry(books.entry(100, on: october), then: .submit), as: books.employee)
    #expect(entered.state == .submitted(to: [.manager]))
    #expect(
      entered.warning
        == .periodNotOpen(
          name: "2026-10", .future, firstOpen: TestBooks.today.firstOfMonth))
    let soon = try await books.workspace.perform(
      CreateEntry(books.entry(100), then: .submit), as: books.employee)
    #expect(soon.warning == nil)
  }

  @Test func `a line without an amount isn't even a draft`() async throws {
    let books = try await TestBooks.make()
    var content = books.entry(100)
    content.lines.append(books.line("6400", 0))
    await #expect(throws: Refusal.faults([.line(2, .noAmount)])) {
      try await books.workspace.perform(CreateEntry(content), as: books.employee)
    }
  }

  @Test func `nobody writes what only the system writes`() async throws {
    let books = try await TestBooks.make()
    let rent = books.entry(100)
    func content(_ type: EntryType, _ source: EntrySource) -> EntryContent {
      EntryContent(
        date: rent.date, type: type, source: source, description: "Mine", lines: rent.lines)
    }
    for (type, source) in [(EntryType.closing, EntrySource.system), (.standard, .system)] {
      await #expect(throws: Refusal.faults([.typeNotAllowed(type, from: source)])) {
        try await books.workspace.perform(CreateEntry(content(type, source)), as: books.owner)
      }
    }
    for ending in [EntryEnding.post, .submit] {
      await #expect(
        throws: Refusal.faults([
          .typeNotAllowed(.reversing, from: .manual), .reversalMistyped,
        ])
      ) {
        try await books.workspace.perform(
          CreateEntry(content(.reversing, .manual), then: ending), as: books.owner)
      }
    }
    let draft = try await books.workspace.perform(
      CreateEntry(content(.standard, .manual)), as: books.owner)
    await #expect(throws: Refusal.faults([.typeNotAllowed(.recurring, from: .manual)])) {
      try await books.workspace.perform(
        EditEntry(
          draft.entry, content: content(.recurring, .system), version: 1, then: .post),
        as: books.owner)
    }
  }

  @Test func `a department that isn't in use on the day is said so before the schema does`()
    async throws
  {
    let books = try await TestBooks.make()
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = 1;
      UPDATE departments SET status = 'inactive', inactive_from_date = '\(TestBooks.today.text)'
      """)
    func content(on day: Day, in department: ID<Department>) -> EntryContent {
      var content = books.entry(100, on: day)
      content.lines[0].department = department
      return content
    }
    let yesterdays = content(on: TestBooks.today.adding(days: -1), in: books.department)
    try await books.workspace.perform(CreateEntry(yesterdays, then: .post), as: books.owner)
    let todays = content(on: TestBooks.today, in: books.department)
    let fault = EntryFault.line(0, .departmentNotInUse("ACC Accounting"))
    for ending in [EntryEnding.post, .submit] {
      await #expect(throws: Refusal.faults([fault])) {
        try await books.workspace.perform(CreateEntry(todays, then: ending), as: books.owner)
      }
    }
    #expect(UserMessage.words(fault).english.contains("ACC Accounting is not in use any more"))
    let unknown = content(on: TestBooks.today, in: ID(99))
    await #expect(throws: Refusal.faults([.line(0, .unknownDepartment)])) {
      try await books.workspace.perform(CreateEntry(unknown), as: books.owner)
    }
  }
}
