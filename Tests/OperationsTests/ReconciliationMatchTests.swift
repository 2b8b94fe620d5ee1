import Domain
import Operations
import Store
import TestSupport
import Testing

/// What is done to lines.
@Suite struct MatchingOperationTests {
  private let desk: ReconciledBooks
  private var books: TestBooks { desk.books }

  init() async throws { desk = try await ReconciledBooks() }

  @Test func `one line is some of the other side, whichever that is`() async throws {
    for amount: Int64 in [100, 250, 900] { try await books.post(amount) }
    let said = try await books.bankStatement(
      of: desk.bank, [BankText(-350), BankText(-400), BankText(-500)])
    let id = try await desk.start(-1_250)
    var lines: [ID<Line>] = []
    for amount: Int64 in [-100, -250, -900] { lines.append(try await desk.booked(amount, in: id)) }
    try await desk.perform(
      MatchLines(in: id, bank: [said.lines[0]], books: Array(lines.prefix(2)), score: 675))
    try await desk.perform(
      MatchLines(in: id, bank: Array(said.lines.suffix(2)), books: [lines[2]]))
    let sheet = try await desk.sheet(id)
    #expect(sheet.bank.map(\.match) == [1, 2, 2])
    #expect(sheet.books.map(\.match) == [1, 1, 2] && sheet.proof?.isProved == true)
    // Any line of a match takes back all of it, and nothing else.
    try await desk.perform(UndoMatch(in: id, books: [lines[1]]))
    var after = try await desk.sheet(id)
    #expect(after.bank.map(\.status) == [.unmatched, .matched, .matched])
    #expect(after.books.map(\.clearance) == [.uncleared, .uncleared, .cleared])
    try await desk.perform(UndoMatch(in: id, bank: [said.lines[2]]))
    after = try await desk.sheet(id)
    #expect(after.bank.map(\.status) == [.unmatched, .unmatched, .unmatched])
    #expect(after.proof?.cleared == Money.zero)
    await #expect(throws: Refusal.reconciliation(.unsettled)) {
      try await desk.perform(UndoMatch(in: id, bank: [said.lines[2]]))
    }
    await #expect(throws: Refusal.reconciliation(.unsettled)) {
      try await desk.perform(UndoMatch(in: id))
    }
  }

  @Test func `a match that doesn't add up is none`() async throws {
    for amount: Int64 in [100, 250] { try await books.post(amount) }
    try await books.post(60, on: TestBooks.today.adding(days: 2))
    let said = try await books.bankStatement(
      of: desk.bank,
      [BankText(-100), BankText(-250), BankText(-60, on: TestBooks.today.adding(days: 2))])
    let id = try await desk.start(-350)
    let (hundred, rest) = (try await desk.booked(-100, in: id), try await desk.booked(-250, in: id))
    func match(_ bank: [ID<StatementLine>], _ books: [ID<Line>]) async throws {
      try await desk.perform(MatchLines(in: id, bank: bank, books: books))
    }
    await #expect(
      throws: Refusal.reconciliation(.sumsDiffer(by: Money(minorUnits: 150), in: "USD"))
    ) {
      try await match([said.lines[0]], [rest])
    }
    await #expect(throws: Refusal.reconciliation(.manyToMany)) {
      try await match(Array(said.lines.prefix(2)), [hundred, rest])
    }
    await #expect(throws: Refusal.reconciliation(.manyToMany)) {
      try await match([said.lines[0]], [])
    }
    await #expect(throws: Refusal.reconciliation(.later(than: TestBooks.today))) {
      try await match([said.lines[2]], [hundred])
    }
    try await match([said.lines[0]], [hundred])
    await #expect(throws: Refusal.reconciliation(.settled)) {
      try await match([said.lines[0]], [rest])
    }
    await #expect(throws: Refusal.reconciliation(.settled)) {
      try await match([said.lines[1]], [hundred])
    }
    #expect(try await desk.sheet(id).books.map(\.clearance) == [.cleared, .uncleared])
  }

  @Test func `lines that aren't posted to the account are none of it`() async throws {
    let draft = try await desk.perform(CreateEntry(books.entry(100))).entry
    let elsewhere = try await books.post(100, debit: "6200", credit: "2110")
    let id = try await desk.start(0)
    let lines = try await books.store.snapshot(of: books.business, as: .system) { snapshot in
      try snapshot.rows(
        { (line: ID<Line>) in line },
        """
        SELECT id FROM journal_lines
        WHERE business_id = :business AND entry_id IN (:draft, :elsewhere) ORDER BY id
        """, ["draft": draft, "elsewhere": elsewhere])
    }
    #expect(lines.count == 4)
    for line in lines {
      await #expect(throws: Refusal.noSuch(Subject(.entryLine, line.value))) {
        _ = try await desk.perform(ClearLines(.these([line]), in: id))
      }
    }
    #expect(try await desk.sheet(id).books == [])
  }

  @Test func `older books are cleared at once, and no later ones`() async throws {
    for day in 20...23 {
      try await books.post(Int64(day), on: TestBooks.today.adding(days: day - 23))
    }
    let id = try await desk.start(-41)
    let through = TestBooks.today.adding(days: -2)
    #expect(try await desk.perform(ClearLines(.through(through), in: id)) == 2)
    let sheet = try await desk.sheet(id)
    #expect(sheet.books.map(\.clearance) == [.cleared, .cleared, .uncleared, .uncleared])
    #expect(sheet.proof?.isProved == true)
    try await desk.perform(UndoMatch(in: id, books: [sheet.books[0].id]))
    #expect(try await desk.sheet(id).proof?.cleared.minorUnits == -21)
  }

  @Test func `what the books have nothing to do with is ignored, with a reason`() async throws {
    let said = try await books.bankStatement(of: desk.bank, [BankText(900), BankText(-900)])
    let id = try await desk.start(0)
    await #expect(throws: Refusal.reconciliation(.bankLinesLeft(2))) { try await desk.close(id) }
    await #expect(throws: Refusal.reasonNeeded(least: 5)) {
      try await desk.perform(IgnoreBankLine(said.lines[0], in: id, reason: "no"))
    }
    for line in said.lines {
      try await desk.perform(IgnoreBankLine(line, in: id, reason: "Sent by mistake"))
    }
    #expect(try await books.trail(1).first?.reason == "Sent by mistake")
    try await desk.perform(UndoMatch(in: id, bank: [said.lines[1]]))
    #expect(try await desk.sheet(id).bank.map(\.status) == [.ignored, .unmatched])
    await #expect(throws: Refusal.reconciliation(.bankLinesLeft(1))) { try await desk.close(id) }
    try await desk.perform(IgnoreBankLine(said.lines[1], in: id, reason: "Sent by mistake"))
    try await desk.close(id)
  }
}
