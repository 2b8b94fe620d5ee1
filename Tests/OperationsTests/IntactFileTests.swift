import Domain
import Store
import TestSupport
import Testing

@testable import Operations

/// Locking a period proves all files (RULES §3.5, §3.16) without making anybody wait while it reads
/// them.
@Suite struct IntactFileTests {
  private let books: TestBooks
  private let second: Principal
  private let october: Periods.Row

  /// With everything before November closed, and a file in each of three entries.
  init() async throws {
    let books = try await TestBooks.make()
    let periods = try await books.workspace.fetch(Periods(), as: books.owner)
    let passed = periods.filter { "2026-01"..."2026-10" ~= $0.label }
    for period in passed.sorted(by: { $0.start < $1.start }) {
      try await books.workspace.perform(
        ClosePeriod(period.id, name: period.label), as: books.director)
    }
    self.books = books
    second = try await books.person("Otto Owner", .owner)
    october = try #require(passed.first { $0.label == "2026-10" })
    for text in ["one", "two", "three"] { try await attach(text) }
  }

  private func attach(_ text: String) async throws {
    let entry = try await books.workspace.perform(
      CreateEntry(books.entry(100)), as: books.employee
    ).entry
    try await books.workspace.perform(
      AttachFile(NewAttachment("\(text).txt", Array(text.utf8)), to: .entry(entry)),
      as: books.employee)
  }

  /// What only whoever gets at the file can do.
  private func tamper(_ sql: String) async throws {
    try await books.dropTriggers(of: ["attachment_contents"])
    try books.store.script(
      "UPDATE temp.scope SET business_id = \(books.business.value); \(sql)")
  }

  private func exchange(_ text: String) async throws {
    try await tamper(
      """
      UPDATE attachment_contents SET content = zeroblob(size_bytes)
      WHERE sha256 = (SELECT sha256 FROM attachments WHERE file_name = '\(text).txt')
      """)
  }

  private func findings(besides intact: Set<IntactFile>) async throws -> [String] {
    let checks = try await books.workspace.fetch(Examination(besides: intact), as: books.owner)
    return try #require(checks.first { $0.name == Examination.filesCheck }).findings
  }

  private func askToLock() async throws -> ID<JointRequest> {
    let lock = JointAct.lockPeriod(period: october.id, name: october.label)
    let outcome = try await books.workspace.perform(
      RequestConfirmation(lock, reason: "Filed"), as: books.owner)
    guard case .awaits(let request, _, _) = outcome else { throw Refusal.notAMember }
    return request
  }

  private func status() async throws -> PeriodStatus? {
    try await books.workspace.fetch(Periods(), as: books.owner)
      .first { $0.id == october.id }?.status
  }

  @Test func `what was found intact before isn't read again, and all else is`() async throws {
    let intact = await books.workspace.intactFiles(for: books.owner)
    #expect(intact.count == 3)
    #expect(try await findings(besides: intact) == [])
    try await attach("four")
    try await exchange("four")
    #expect(try await findings(besides: intact) == ["four.txt isn't what was attached"])
    // Exchanged after it was found intact: only whoever reads all of them again sees it.
    try await exchange("one")
    #expect(try await findings(besides: intact) == ["four.txt isn't what was attached"])
    #expect(try await findings(besides: []).count == 2)
    let again = await books.workspace.intactFiles(for: books.owner)
    #expect(again.count == 2 && again.isSubset(of: intact))
  }

  @Test func `bytes put in the place of others were never found intact`() async throws {
    let intact = await books.workspace.intactFiles(for: books.owner)
    // The same hash, in another row.
    try await tamper(
      """
      UPDATE attachment_contents SET rowid = 900, content = zeroblob(size_bytes)
      WHERE sha256 = (SELECT sha256 FROM attachments WHERE file_name = 'two.txt')
      """)
    #expect(try await findings(besides: intact) == ["two.txt isn't what was attached"])
  }

  @Test func `all files are found, however many pages they take`() async throws {
    for number in 0..<IntactFiles.most { try await attach("more \(number)") }
    #expect(await books.workspace.intactFiles(for: books.owner).count == 3 + IntactFiles.most)
  }

  @Test(arguments: [Role.director, .manager, .employee, .viewer])
  func `who can't lock a period has nothing read for them`(_ role: Role) async throws {
    #expect(await books.workspace.intactFiles(for: books.principal(role)).isEmpty)
  }

  @Test func `a period is locked where every file is what was attached`() async throws {
    try await books.workspace.perform(Confirm(askToLock()), as: second)
    #expect(try await status() == .locked)
  }

  @Test func `a file that was exchanged keeps a period from being locked`() async throws {
    let request = try await askToLock()
    try await exchange("three")
    await #expect(throws: Refusal.checkFailed(Examination.filesCheck)) {
      try await books.workspace.perform(Confirm(request), as: second)
    }
    await #expect(throws: Refusal.checkFailed(Examination.filesCheck)) { _ = try await askToLock() }
    #expect(try await status() == .closed)
  }

  @Test func `a file that came after the others were read is read before anything is locked`()
    async throws
  {
    let prepared = try await Confirm(askToLock()).prepared(in: books.workspace, as: second)
    try await attach("four")
    try await exchange("four")
    let confirmer = self.second
    let result = try await books.store.change(in: books.business, as: .system) {
      try Gate.answer(prepared, by: confirmer, request: "", in: $0)
    }
    #expect(throws: Refusal.checkFailed(Examination.filesCheck)) { try result.get() }
    #expect(try await status() == .closed)
  }
}
