import Domain
import Operations
import Store
import TestSupport
import Testing

/// Entries that need a file that proves them (V9 of RULES §3.3): in these books from 60.00 on.
@Suite struct NeededEvidenceTests {
  private static let needed = Refusal.faults([
    .evidenceNeeded(from: Money(minorUnits: 6_000), currency: "USD")
  ])
  private static let receipt = NewAttachment("receipt.txt", Array("paid".utf8))
  private let books: TestBooks

  init() async throws {
    books = try await TestBooks.make()
    try await books.changeSettings { $0.evidenceFrom = Money(minorUnits: 6_000) }
  }

  private func enter(
    _ minorUnits: Int64, then ending: EntryEnding = .keepDraft
  ) async throws -> EnteredEntry {
    try await books.workspace.perform(
      CreateEntry(books.entry(minorUnits), then: ending), as: books.employee)
  }

  @discardableResult
  private func attach(to entry: ID<Entry>) async throws -> ID<Domain.Attachment> {
    try await books.workspace.perform(
      AttachFile(Self.receipt, to: .entry(entry)), as: books.employee)
  }

  @Test func `from the amount on neither submitting nor posting goes without a file`()
    async throws
  {
    let entry = try await enter(6_000).entry
    await #expect(throws: Self.needed) {
      try await books.workspace.perform(SubmitEntry(entry), as: books.employee)
    }
    await #expect(throws: Self.needed) {
      try await books.workspace.perform(PostEntry(entry), as: books.employee)
    }
    try await attach(to: entry)
    let posted = try await books.workspace.perform(PostEntry(entry), as: books.employee)
    #expect(posted.number == "GJ-2026-000001")
  }

  @Test func `what is less needs none`() async throws {
    #expect(try await enter(5_999, then: .post).state == .posted(number: "GJ-2026-000001"))
  }

  @Test func `what lacks nothing else is kept as a draft where it would be finished`()
    async throws
  {
    let entered = try await enter(6_000, then: .finish)
    #expect(entered.state == .unproved && entered.name == "D-1")
    try await attach(to: entered.entry)
    let draft = try await books.workspace.fetch(EntryToEdit(entered.entry), as: books.employee)
    let finished = try await books.workspace.perform(
      EditEntry(
        entered.entry, content: draft.content, version: draft.version, then: .finish),
      as: books.employee)
    #expect(finished.state == .posted(number: "GJ-2026-000001"))
  }

  @Test func `what lacks more is refused whole, and nothing is kept`() async throws {
    var content = books.entry(6_000)
    content.lines[1].amount = Money(minorUnits: -5_000)
    content.lines[1].base = Money(minorUnits: -5_000)
    let unbalanced = EntryFault.unbalanced(difference: Money(minorUnits: 1_000), currency: "USD")
    let needed = EntryFault.evidenceNeeded(from: Money(minorUnits: 6_000), currency: "USD")
    await #expect(throws: Refusal.faults([unbalanced, needed])) {
      try await books.workspace.perform(CreateEntry(content, then: .finish), as: books.employee)
    }
    #expect(try await books.entries().isEmpty)
  }

  @Test func `a hidden file proves nothing`() async throws {
    let entry = try await enter(6_000).entry
    let file = try await attach(to: entry)
    _ = try await books.workspace.perform(
      HideAttachment(file, of: .entry(entry), reason: "The wrong one."), as: books.owner)
    await #expect(throws: Self.needed) {
      try await books.workspace.perform(PostEntry(entry), as: books.employee)
    }
  }

  @Test func `what is taken back or put right rests on what proved it`() async throws {
    let entry = try await enter(6_000).entry
    try await attach(to: entry)
    _ = try await books.workspace.perform(PostEntry(entry), as: books.employee)
    let outcome = try await books.workspace.perform(
      CorrectEntry(entry, by: books.entry(7_000), reason: "Wrong amount."), as: books.owner)
    #expect(outcome.correction.state == .posted(number: "CO-2026-000001"))
    #expect(try await books.balances() == ["6200": 7_000, "1120": -7_000])
  }

  @Test func `a correction of what no file proves needs one, here or there`() async throws {
    let entry = try await enter(5_000, then: .post).entry
    let correction = CorrectEntry(entry, by: books.entry(6_000), reason: "Wrong amount.")
    await #expect(throws: Self.needed) {
      try await books.workspace.perform(correction, as: books.owner)
    }
    let difference = try await books.workspace.perform(
      CorrectEntry(entry, by: books.entry(6_000), as: .difference, reason: "Too little."),
      as: books.owner)
    #expect(difference.correction.state == .unproved)
    try await attach(to: entry)
    let outcome = try await books.workspace.perform(correction, as: books.owner)
    #expect(outcome.correction.state == .posted(number: "CO-2026-000001"))
  }

  @Test func `the setting is shown again, recorded and taken away`() async throws {
    let shown = try await books.workspace.fetch(BusinessDetail(), as: books.owner)
    #expect(shown.settings.evidenceFrom == Money(minorUnits: 6_000))
    #expect(try await books.trail(1).first?.newValues == #"{"evidence_from":6000}"#)
    try await books.changeSettings { $0.evidenceFrom = nil }
    #expect(try await enter(6_000, then: .post).state == .posted(number: "GJ-2026-000001"))
  }
}
