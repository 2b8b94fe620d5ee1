import Domain
import Operations
import Phrases
import TestSupport
import Testing

/// Setting right what is posted (RULES §3.8).
@Suite struct CorrectionTests {
  private func correct(
    _ entry: ID<Entry>, by content: EntryContent, as way: CorrectEntry.Way = .replacement,
    _ who: Principal, in books: TestBooks
  ) async throws -> CorrectEntry.Outcome {
    try await books.workspace.perform(
      CorrectEntry(entry, by: content, as: way, reason: "Wrong amount."), as: who)
  }

  @Test func `the wrong one is taken back and the right one booked, each naming the other`()
    async throws
  {
    let books = try await TestBooks.make()
    let wrong = try await books.post(75_50, debit: "6400")
    let outcome = try await correct(wrong, by: books.entry(57_50), books.manager, in: books)
    guard case .posted(_, let number)? = outcome.reversal else {
      Issue.record("\(outcome)")
      return
    }
    #expect(number == "RV-2026-000001")
    #expect(outcome.correction.state == .posted(number: "CO-2026-000001"))
    #expect(try await books.balances() == ["6200": 57_50, "1120": -57_50])
    let original = try await books.workspace.fetch(EntryDetail(wrong), as: books.viewer)
    #expect(original.head.status == .reversed)
    #expect(original.correctedBy == "CO-2026-000001")
    #expect(original.history.suffix(2).map(\.what.english) == ["corrected", "reversed"])
    let correction = try await books.workspace.fetch(
      EntryDetail(outcome.correction.entry), as: books.viewer)
    #expect(correction.history.map(\.what.english) == ["created", "posted"])
    #expect(correction.corrects == "GJ-2026-000001")
    #expect(correction.head.type == .correction)
    #expect(correction.notes == "Wrong amount.")
    #expect(try await books.workspace.fetch(VerifyAudit(), as: books.owner).findings.isEmpty)
  }

  @Test func `what it is out by is added, and the original stands`() async throws {
    let books = try await TestBooks.make()
    let wrong = try await books.post(10_00)
    let outcome = try await correct(
      wrong, by: books.entry(2_00), as: .difference, books.owner, in: books)
    #expect(outcome.reversal == nil)
    #expect(outcome.correction.state == .posted(number: "CO-2026-000001"))
    #expect(try await books.balances() == ["6200": 12_00, "1120": -12_00])
    let original = try await books.workspace.fetch(EntryDetail(wrong), as: books.viewer)
    #expect(original.head.status == .posted)
    #expect(original.correctedBy == "CO-2026-000001")
  }

  @Test func `who may only ask asks for both, and the right one waits for the wrong one's end`()
    async throws
  {
    let books = try await TestBooks.make()
    let wrong = try await books.post(10_00)
    let outcome = try await correct(wrong, by: books.entry(8_00), books.employee, in: books)
    guard case .submitted(let reversal, let roles)? = outcome.reversal else {
      Issue.record("\(outcome)")
      return
    }
    #expect(roles == [.manager])
    let correction = outcome.correction.entry
    #expect(outcome.correction.state == .submitted(to: [.manager]))
    let waits = Refusal.irreversible(.waits("D-3"))
    #expect(
      try await books.workspace.perform(ApproveEntry(correction), as: books.manager)
        == .notPosted(waits))
    #expect(try await books.balances() == ["6200": 10_00, "1120": -10_00])
    #expect(
      try await books.workspace.perform(ApproveEntry(reversal), as: books.manager)
        == .posted(number: "RV-2026-000001"))
    try await books.workspace.perform(PostEntry(correction), as: books.manager)
    #expect(try await books.balances() == ["6200": 8_00, "1120": -8_00])
  }

  @Test func `a correction that was sent back is posted by nobody who may only ask for one`()
    async throws
  {
    let books = try await TestBooks.make()
    let wrong = try await books.post(10_00)
    let outcome = try await correct(
      wrong, by: books.entry(1_00), as: .difference, books.employee, in: books)
    let correction = outcome.correction.entry
    try await books.workspace.perform(
      RejectEntry(correction, reason: "Not yet."), as: books.director)
    let needed = Refusal.needsApproval(by: [.manager], amount: Money(minorUnits: 1_00))
    await #expect(throws: needed) {
      try await books.workspace.perform(PostEntry(correction), as: books.employee)
    }
    #expect(
      try await books.workspace.perform(PostEntry(correction), as: books.director).number
        == "CO-2026-000001")
  }

  @Test func `where the right one needs approval the wrong one isn't taken back before`()
    async throws
  {
    let books = try await TestBooks.withThreshold()
    let wrong = try await books.post(40_00)
    let outcome = try await correct(wrong, by: books.entry(60_00), books.director, in: books)
    guard case .submitted? = outcome.reversal else {
      Issue.record("\(outcome)")
      return
    }
    #expect(outcome.correction.state == .submitted(to: [.manager]))
    #expect(try await books.balances() == ["6200": 40_00, "1120": -40_00])
  }

  @Test func `what is wrong with the right one leaves the wrong one as it is`() async throws {
    let books = try await TestBooks.make()
    let wrong = try await books.post(10_00)
    var content = books.entry(5_00)
    content.lines[1].amount = Money(minorUnits: -4_00)
    content.lines[1].base = Money(minorUnits: -4_00)
    let fault = EntryFault.unbalanced(difference: Money(minorUnits: 1_00), currency: "USD")
    await #expect(throws: Refusal.faults([fault])) {
      try await correct(wrong, by: content, books.owner, in: books)
    }
    #expect(try await books.entries().count == 1)
    #expect(try await books.entries()[0].status == .posted)
  }

  @Test func `it begins as the original, on its day where that is open, else the first that is`()
    async throws
  {
    let books = try await TestBooks.make()
    let wrong = try await books.post(10_00, on: TestBooks.today.adding(days: -3))
    let begun = try await books.workspace.fetch(EntryToCorrect(wrong), as: books.employee)
    #expect(begun.date.text == "2026-11-20")
    #expect(begun.type == .correction)
    #expect(begun.lines.map(\.amount.minorUnits) == [10_00, -10_00])
    for period in try await books.workspace.fetch(Periods(), as: books.owner)
    where period.kind == .normal && period.end < TestBooks.today.adding(days: 10) {
      try await books.workspace.perform(
        ClosePeriod(period.id, name: period.label), as: books.director)
    }
    let december = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.name == "2026-12" })
    try await books.workspace.perform(
      OpenPeriod(december.id, name: december.label), as: books.director)
    let later = try await books.workspace.fetch(EntryToCorrect(wrong), as: books.employee)
    #expect(later.date.text == "2026-12-01")
    let outcome = try await correct(wrong, by: later, books.owner, in: books)
    #expect(outcome.correction.state == .posted(number: "CO-2026-000001"))
  }

  @Test func `drafts, reversals and opening balances aren't corrected, and a reason is needed`()
    async throws
  {
    let books = try await TestBooks.make()
    let draft = try await books.workspace.perform(
      CreateEntry(books.entry(1)), as: books.owner
    ).entry
    await #expect(throws: Refusal.wrongStatus(.reverse, .draft)) {
      try await correct(draft, by: books.entry(2), books.owner, in: books)
    }
    let wrong = try await books.post(10_00)
    await #expect(throws: Refusal.reasonNeeded(least: 5)) {
      try await books.workspace.perform(
        CorrectEntry(wrong, by: books.entry(2), reason: "oops"), as: books.owner)
    }
    let outcome = try await books.workspace.perform(
      ReverseEntry(wrong, reason: "A mistake."), as: books.owner)
    guard case .posted(let reversal, _) = outcome else { return }
    await #expect(throws: Refusal.irreversible(.reversal)) {
      try await correct(reversal, by: books.entry(2), books.owner, in: books)
    }
    let opening = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.kind == .opening })
    try await books.workspace.perform(
      OpenPeriod(opening.id, name: opening.label), as: books.owner)
    let batch = try await books.workspace.perform(
      EnterOpening([books.line("1120", 5)], then: .post), as: books.owner)
    await #expect(throws: Refusal.irreversible(.opening)) {
      try await correct(batch.entered.entry, by: books.entry(2), books.owner, in: books)
    }
  }
}
