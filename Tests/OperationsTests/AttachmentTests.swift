import Domain
import Operations
import Phrases
import Store
import TestSupport
import Testing

/// Files that prove entries and periods (RULES §3.15): kept by their hashes, part of what is
/// approved, never exchanged.
@Suite struct AttachmentTests {
  /// As `printf paid | sha256sum` prints it.
  private static let hashOfPaid = "268ad70eb5bc4737a2ae28162cbca30118cc94520e49ef1ac5f72c85d3f2caa9"
  private static let receipt = NewAttachment(
    "receipt.txt", Array("paid".utf8), description: "Rent of November")

  private let books: TestBooks

  init() async throws { books = try await TestBooks.withThreshold() }

  private func entry(
    _ minorUnits: Int64 = 6_000, then ending: EntryEnding = .keepDraft, as who: Role = .employee
  ) async throws -> ID<Entry> {
    try await books.workspace.perform(
      CreateEntry(books.entry(minorUnits), then: ending), as: books.principal(who)
    ).entry
  }

  @discardableResult
  private func attach(
    _ file: NewAttachment = Self.receipt, to entry: ID<Entry>, as who: Role = .employee
  ) async throws -> ID<Domain.Attachment> {
    try await books.workspace.perform(
      AttachFile(file, to: .entry(entry)), as: books.principal(who))
  }

  private func files(
    of entry: ID<Entry>, as who: Role = .owner
  ) async throws -> [AttachedFile] {
    try await books.workspace.fetch(
      Attachments(of: .entry(entry)), as: books.principal(who)
    ).files
  }

  private func count(_ sql: StaticString) async throws -> Int {
    try await books.store.snapshot(of: books.business, as: .system) { try $0.one(Int.self, sql) }
  }

  private func contents() async throws -> Int {
    try await count("SELECT count(*) FROM attachment_contents WHERE business_id = :business")
  }

  // MARK: By content

  @Test func `a file is kept once, by its hash, however often it is attached`() async throws {
    let (one, other) = (try await entry(), try await entry())
    try await attach(to: one)
    try await attach(NewAttachment("copy.csv", Array("paid".utf8)), to: other)
    #expect(try await contents() == 1)
    let file = try #require(try await files(of: one).first)
    #expect(file.sha256 == Self.hashOfPaid && file.size == 4)
    #expect((file.name, file.mediaType) == ("receipt.txt", "text/plain"))
    #expect((file.description, file.by) == ("Rent of November", "Emma Employee"))
    #expect(try await files(of: other).map(\.mediaType) == ["text/csv"])
    let content = try await books.workspace.fetch(
      AttachmentContent(file.id, of: .entry(one)), as: books.viewer)
    #expect(content.name == "receipt.txt" && content.bytes == Array("paid".utf8))
  }

  @Test func `the same file isn't attached twice to the same entry`() async throws {
    let entry = try await entry()
    try await attach(to: entry)
    await #expect(throws: Refusal.attachment(.attachedAlready("receipt.txt"))) {
      try await attach(NewAttachment("again.txt", Array("paid".utf8)), to: entry)
    }
  }

  @Test func `what no file is called, and what proves nothing, isn't attached`() async throws {
    let entry = try await entry()
    let wrong: [(NewAttachment, Refusal)] = [
      (NewAttachment("a.txt", []), .attachment(.empty)),
      (NewAttachment("", [1]), .attachment(.name(most: 255))),
      (NewAttachment("../a.txt", [1]), .attachment(.name(most: 255))),
      (
        NewAttachment(String(repeating: "a", count: 256), [1]), .attachment(.name(most: 255))
      ),
      (NewAttachment("a\u{1b}.txt", [1]), .unseenCharacter("\u{1b}")),
      (
        NewAttachment("a.txt", [1], description: String(repeating: "a", count: 501)),
        .attachment(.descriptionTooLong(most: 500))
      ),
      (
        NewAttachment("a.txt", Array(repeating: 1, count: 33_554_433)),
        .attachment(.tooLarge(mostBytes: 33_554_432))
      ),
    ]
    for (file, refusal) in wrong {
      await #expect(throws: refusal) { try await attach(file, to: entry) }
    }
    #expect(try await contents() == 0)
    try await attach(NewAttachment(String(repeating: "a", count: 255), [1]), to: entry)
  }

  // MARK: Part of what is approved

  @Test func `while an entry is being approved its files stay as they were submitted`()
    async throws
  {
    let entry = try await entry()
    let file = try await attach(to: entry)
    _ = try await books.workspace.perform(SubmitEntry(entry), as: books.employee)
    let frozen = Refusal.attachment(.frozen(.pendingApproval))
    await #expect(throws: frozen) {
      try await attach(NewAttachment("b.txt", [1]), to: entry, as: .manager)
    }
    await #expect(throws: frozen) {
      try await books.workspace.perform(
        HideAttachment(file, of: .entry(entry), reason: "Wrong one"), as: books.owner)
    }
    await #expect(throws: Refusal.attachment(.kept)) {
      try await books.workspace.perform(
        RemoveAttachment(file, from: .entry(entry)), as: books.employee)
    }
    try await books.workspace.perform(WithdrawEntry(entry), as: books.employee)
    try await attach(NewAttachment("b.txt", [1]), to: entry)
    #expect(try await files(of: entry).map(\.name) == ["receipt.txt", "b.txt"])
    await #expect(throws: Refusal.attachment(.kept)) {
      try await books.workspace.perform(
        RemoveAttachment(file, from: .entry(entry)), as: books.employee)
    }
  }

  @Test(arguments: [
    "DELETE FROM attachments", "UPDATE attachments SET file_name = 'other.txt'",
    "UPDATE attachments SET after_posting = 1",
    """
    INSERT INTO attachments (business_id, entry_id, file_name, sha256, added_by, added_at)
    SELECT business_id, entry_id, 'more.txt', sha256, added_by, added_at FROM attachments
    """,
  ])
  func `an approval is for the files that were submitted, and for no others`(
    _ sql: String
  ) async throws {
    let entry = try await entry()
    try await attach(to: entry)
    _ = try await books.workspace.perform(SubmitEntry(entry), as: books.employee)
    try await books.dropTriggers(of: ["attachments"])
    try books.store.script("UPDATE temp.scope SET business_id = 1; \(sql)")
    await #expect(throws: Refusal.contentChanged) {
      try await books.workspace.perform(ApproveEntry(entry), as: books.manager)
    }
  }

  @Test func `whoever put a file on a draft had a hand in it and doesn't approve it`()
    async throws
  {
    let entry = try await entry()
    try await attach(to: entry, as: .manager)
    _ = try await books.workspace.perform(SubmitEntry(entry), as: books.employee)
    await #expect(throws: Refusal.notPermitted(.journalApprove, .involved(.edited))) {
      try await books.workspace.perform(ApproveEntry(entry), as: books.manager)
    }
    let outcome = try await books.workspace.perform(ApproveEntry(entry), as: books.director)
    #expect(outcome == .posted(number: "GJ-2026-000001"))
  }

  @Test func `after posting a file is added, marked so, and what was posted stays proved`()
    async throws
  {
    let entry = try await entry(1_000)
    try await attach(to: entry)
    _ = try await books.workspace.perform(PostEntry(entry), as: books.owner)
    try await attach(NewAttachment("late.txt", [1]), to: entry, as: .owner)
    #expect(try await files(of: entry).map(\.isAfterPosting) == [false, true])
    #expect(try await books.workspace.fetch(VerifyAudit(), as: books.viewer).isSound)
  }

  // MARK: Out of sight

  @Test func `a file is taken off a draft of no others, with its bytes`() async throws {
    let entry = try await entry()
    let file = try await attach(to: entry)
    // The manager edits drafts of the department, another employee none.
    let colleague = try await books.person("Eve Employee", .employee)
    await #expect(throws: Refusal.notPermitted(.attachmentAdd, .notOwn)) {
      try await books.workspace.perform(
        RemoveAttachment(file, from: .entry(entry)), as: colleague)
    }
    try await books.workspace.perform(
      RemoveAttachment(file, from: .entry(entry)), as: books.manager)
    #expect(try await files(of: entry) == [])
    #expect(try await contents() == 0)
    await #expect(throws: Refusal.noSuch(Subject(.attachment, file.value))) {
      try await books.workspace.perform(
        RemoveAttachment(file, from: .entry(entry)), as: books.manager)
    }
  }

  @Test func `a file of a line stays with it while the draft is changed, else with the entry`()
    async throws
  {
    var content = books.entry(1_000)
    content.lines = [
      books.line("6200", 400), books.line("6200", 600), books.line("1120", -1_000),
    ]
    let entry = try await books.workspace.perform(
      CreateEntry(content), as: books.employee
    ).entry
    try await books.workspace.perform(
      AttachFile(Self.receipt, to: .entry(entry), line: 2), as: books.employee)
    try await books.workspace.perform(
      AttachFile(NewAttachment("all.txt", [1]), to: .entry(entry)), as: books.employee)
    var version = 0
    func change(_ lines: [LineContent]) async throws -> [Int?] {
      content.lines = lines
      version += 1
      try await books.workspace.perform(
        EditEntry(entry, content: content, version: version), as: books.employee)
      return try await files(of: entry).map(\.line)
    }
    #expect(try await files(of: entry).map(\.line) == [2, nil])
    // It is where it was, of another amount; then it moves up; then its account is gone.
    var lines = [books.line("6200", 400), books.line("6200", 700), books.line("1120", -1_100)]
    #expect(try await change(lines) == [2, nil])
    lines = [books.line("6200", 700), books.line("1120", -700)]
    #expect(try await change(lines) == [1, nil])
    lines = [books.line("6400", 700), books.line("1120", -700)]
    #expect(try await change(lines) == [nil, nil])
    await #expect(throws: Refusal.attachment(.noLine(3))) {
      try await books.workspace.perform(
        AttachFile(NewAttachment("b.txt", [2]), to: .entry(entry), line: 3), as: books.employee)
    }
  }

  @Test func `the same file may prove a line and the whole, each once, also after posting`()
    async throws
  {
    let entry = try await entry(1_000, as: .owner)
    func attach(_ line: Int?) async throws {
      _ = try await books.workspace.perform(
        AttachFile(Self.receipt, to: .entry(entry), line: line), as: books.owner)
    }
    try await attach(nil)
    try await attach(1)
    await #expect(throws: Refusal.attachment(.attachedAlready("receipt.txt"))) {
      try await attach(1)
    }
    _ = try await books.workspace.perform(PostEntry(entry), as: books.owner)
    try await attach(2)
    #expect(try await files(of: entry).map(\.line) == [nil, 1, 2])
    #expect(try await contents() == 1)
    #expect(try await books.workspace.fetch(VerifyAudit(), as: books.owner).isSound)
  }

  @Test func `a draft that is thrown away takes its files along, but not those of others`()
    async throws
  {
    let (one, other) = (try await entry(), try await entry())
    try await attach(to: one)
    try await attach(to: other)
    try await attach(NewAttachment("b.txt", [1]), to: one)
    try await books.workspace.perform(DiscardEntry(one), as: books.employee)
    #expect(try await contents() == 1)
    #expect(try await files(of: other).map(\.name) == ["receipt.txt"])
  }

  @Test func `a hidden file stays, for whoever reads the audit log of its entry`() async throws {
    let entry = try await entry(1_000, as: .owner)
    let file = try await attach(to: entry, as: .owner)
    _ = try await books.workspace.perform(PostEntry(entry), as: books.owner)
    let hide = HideAttachment(file, of: .entry(entry), reason: "Salaries")
    try await books.workspace.perform(hide, as: books.director)
    let hiding = try #require(try await files(of: entry).first?.hiding)
    #expect((hiding.by, hiding.reason) == ("Dora Director", "Salaries"))
    #expect(hiding.at == TestBooks.start)
    let content = AttachmentContent(file, of: .entry(entry))
    #expect(try await books.workspace.fetch(content, as: books.viewer).name == "receipt.txt")
    await #expect(throws: Refusal.notPermitted(.auditRead, .notOwn)) {
      try await books.workspace.fetch(content, as: books.employee)
    }
    await #expect(throws: Refusal.attachment(.hidden)) {
      try await books.workspace.perform(hide, as: books.owner)
    }
    await #expect(throws: Refusal.reasonNeeded(least: 5)) {
      try await books.workspace.perform(
        HideAttachment(file, of: .entry(entry), reason: "no"), as: books.owner)
    }
    #expect(try await books.workspace.fetch(VerifyAudit(), as: books.viewer).isSound)
    // The same bytes may come again where they should be in sight.
    try await attach(to: entry, as: .owner)
  }

  @Test func `what is out of sight isn't taken off its draft`() async throws {
    let entry = try await entry()
    let file = try await attach(to: entry)
    try await books.workspace.perform(
      HideAttachment(file, of: .entry(entry), reason: "Salaries"), as: books.owner)
    for who in [books.employee, books.owner] {
      await #expect(throws: Refusal.attachment(.hidden)) {
        try await books.workspace.perform(
          RemoveAttachment(file, from: .entry(entry)), as: who)
      }
    }
    #expect(try await files(of: entry).map(\.hiding?.reason) == ["Salaries"])
    #expect(try await contents() == 1)
  }

  // MARK: Who, and what is on record

  @Test func `who may not attach or hide doesn't`() async throws {
    let entry = try await entry()
    await #expect(throws: Refusal.notPermitted(.attachmentAdd, .noGrant(.viewer))) {
      try await attach(to: entry, as: .viewer)
    }
    let file = try await attach(to: entry)
    await #expect(throws: Refusal.notPermitted(.attachmentHide, .noGrant(.manager))) {
      try await books.workspace.perform(
        HideAttachment(file, of: .entry(entry), reason: "Wrong one"), as: books.manager)
    }
  }

  @Test func `who doesn't see an entry sees no file of it and adds none`() async throws {
    let entry = try await entry(1_000, then: .post, as: .owner)
    let file = try await attach(to: entry, as: .owner)
    try await books.workspace.perform(
      AddToList(
        NewListRow(
          .user(books.owner.user), .admin, of: Thing(.entry, entry.value), reason: "Pay")),
      as: books.owner)
    let noEntry = Refusal.noSuch(Subject(.entry, entry.value))
    await #expect(throws: noEntry) { try await files(of: entry, as: .employee) }
    await #expect(throws: noEntry) {
      try await books.workspace.fetch(
        AttachmentContent(file, of: .entry(entry)), as: books.employee)
    }
    await #expect(throws: Refusal.noSuch(Subject(.attachment, file.value))) {
      try await books.workspace.fetch(AttachedTo(file), as: books.employee)
    }
    await #expect(throws: Refusal.self) {
      try await attach(NewAttachment("b.txt", [1]), to: entry)
    }
    #expect(try await files(of: entry).count == 1)
  }

  @Test func `what is done to files is on record with the entry, and so is what leaves`()
    async throws
  {
    let entry = try await entry()
    let file = try await attach(to: entry)
    let added = try #require(try await books.trail(1).first)
    #expect((added.operation, added.resourceName) == ("attachment.add", "D-1"))
    #expect(added.newValues?.contains(Self.hashOfPaid) == true)
    _ = try await books.workspace.perform(
      SaveAttachment(file, of: .entry(entry)), as: books.viewer)
    let saved = try #require(try await books.trail(1).first)
    #expect((saved.operation, saved.event) == ("attachment.save", .export))
    try await books.workspace.perform(
      HideAttachment(file, of: .entry(entry), reason: "Wrong one"), as: books.owner)
    let hidden = try #require(try await books.trail(1).first)
    #expect((hidden.operation, hidden.reason) == ("attachment.hide", "Wrong one"))
    let detail = try await books.workspace.fetch(EntryDetail(entry), as: books.viewer)
    #expect(
      detail.history.map(\.what.english) == [
        "created", "attached a file", "copied a file", "hid a file",
      ])
    #expect(detail.files.count == 1 && detail.fileNames == [])
  }

  @Test func `a period has files too, whatever its state`() async throws {
    let month = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.name == "2026-11" })
    let thing = Evidenced.period(month.id, name: month.label)
    let file = try await books.workspace.perform(
      AttachFile(Self.receipt, to: thing), as: books.employee)
    #expect(try await books.workspace.fetch(AttachedTo(file), as: books.viewer) == thing)
    let value = try await books.workspace.fetch(Attachments(of: thing), as: books.viewer)
    #expect(value.files.map(\.name) == ["receipt.txt"] && value.status == nil)
    await #expect(throws: Refusal.attachment(.kept)) {
      try await books.workspace.perform(RemoveAttachment(file, from: thing), as: books.employee)
    }
    // It isn't that of an entry, whatever somebody says.
    let entry = try await entry()
    await #expect(throws: Refusal.noSuch(Subject(.attachment, file.value))) {
      try await books.workspace.fetch(
        AttachmentContent(file, of: .entry(entry)), as: books.viewer)
    }
  }

  // MARK: Bytes that were exchanged

  @Test func `bytes that aren't those that were attached are found, and given to nobody`()
    async throws
  {
    let entry = try await entry()
    let file = try await attach(to: entry)
    try await books.dropTriggers(of: ["attachment_contents"])
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = 1;
      UPDATE attachment_contents SET content = CAST('owed' AS BLOB);
      INSERT INTO attachment_contents (business_id, sha256, size_bytes, content)
      VALUES (1, printf('%064d', 7), 1, x'01');
      """)
    let checks = try await books.workspace.fetch(Examination(), as: books.owner)
    func findings(_ name: String) -> [String]? { checks.first { $0.name == name }?.findings }
    let (lone, check) = (
      String(repeating: "0", count: 63) + "7", "attached files are what was attached"
    )
    #expect(
      findings(check) == ["\(lone) isn't what was attached", "receipt.txt isn't what was attached"])
    #expect(
      findings("every file is attached to something") == ["\(lone) is attached to nothing"])
    await #expect(throws: Refusal.checkFailed(check)) {
      try await books.workspace.fetch(
        AttachmentContent(file, of: .entry(entry)), as: books.owner)
    }
  }
}
