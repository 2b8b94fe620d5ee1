import Domain
import Operations
import TestSupport
import Testing

/// Whatever people do, in whatever order: the books balance, the ledger equals its lines, numbers
/// have no gaps and the chain is whole (RULES §3.16).
@Suite struct PropertyTests {
  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `six hundred random operations leave the books sound`(_ seed: UInt64) async throws {
    var season = try await RandomSeason(seed: seed)
    for round in 1...600 {
      try await season.step()
      if round % 150 == 0 { try await season.check() }
    }
    #expect(season.posted > 30, "the operations should get somewhere")
    #expect(season.refused > 60, "and meet the rules")
  }
}

/// People at random work, and what their books should hold by now.
private struct RandomSeason {
  private let books: TestBooks
  private var chance: SeededChance
  private var entries: [ID<Entry>] = []
  private(set) var posted = 0
  private(set) var refused = 0

  init(seed: UInt64) async throws {
    books = try await TestBooks.make(
      bands: [
        ApprovalPolicy.Band(minimum: Money(minorUnits: 500), role: .manager),
        ApprovalPolicy.Band(minimum: Money(minorUnits: 900), role: .director),
      ], seed: seed)
    chance = SeededChance(seed: seed)
  }

  mutating func step() async throws {
    books.clock.advance(seconds: Int64.random(in: 0...60, using: &chance))
    let by = books.principal(Role.allCases.randomElement(using: &chance) ?? .owner)
    do {
      switch Int.random(in: 0..<10, using: &chance) {
      case 0...2: try await enter(by)
      case 3: _ = try await books.workspace.perform(SubmitEntry(anyEntry()), as: by)
      case 4, 5:
        if case .posted = try await books.workspace.perform(ApproveEntry(anyEntry()), as: by) {
          posted += 1
        }
      case 6:
        try await books.workspace.perform(
          RejectEntry(anyEntry(), reason: "At random."), as: by)
      case 7:
        _ = try await books.workspace.perform(PostEntry(anyEntry()), as: by)
        posted += 1
      case 8: try await reverse(by)
      default: try await change(by)
      }
    } catch is Refusal { refused += 1 }
  }

  private mutating func enter(_ by: Principal) async throws {
    let endings: [EntryEnding] = [.keepDraft, .submit, .post, .finish]
    let ending = endings.randomElement(using: &chance) ?? .finish
    let content = anyContent()
    let entered = try await books.workspace.perform(CreateEntry(content, then: ending), as: by)
    entries.append(entered.entry)
    if case .posted = entered.state { posted += 1 }
  }

  /// Reversing what is posted must leave every account as before the entry.
  private mutating func reverse(_ by: Principal) async throws {
    let entry = anyEntry()
    let detail = try await books.workspace.fetch(EntryDetail(entry), as: by)
    let before = try await books.balances()
    let outcome = try await books.workspace.perform(
      ReverseEntry(entry, reason: "At random."), as: by)
    guard case .posted(let reversal, _) = outcome else {
      if case .submitted(let reversal, _) = outcome { entries.append(reversal) }
      return
    }
    entries.append(reversal)
    posted += 1
    var after = try await books.balances()
    for line in detail.lines { after[line.number, default: 0] += line.base.minorUnits }
    #expect(after.filter { $0.value != 0 } == before)
  }

  private mutating func change(_ by: Principal) async throws {
    let entry = anyEntry()
    if Bool.random(using: &chance) {
      try await books.workspace.perform(DiscardEntry(entry), as: by)
      entries.removeAll { $0 == entry }
    } else {
      let version = try await books.workspace.fetch(EntryToEdit(entry), as: by).version
      try await books.workspace.perform(
        EditEntry(entry, content: anyContent(), version: version), as: by)
    }
  }

  private mutating func anyEntry() -> ID<Entry> {
    entries.randomElement(using: &chance) ?? ID(1)
  }

  /// Of two to four lines; one in eight doesn't balance.
  private mutating func anyContent() -> EntryContent {
    let numbers = ["1110", "1120", "1310", "4100", "5100", "6100", "6200", "6400", "3100"]
    var lines: [LineContent] = []
    var sum: Int64 = 0
    for _ in 0..<Int.random(in: 1...3, using: &chance) {
      let amount = Int64.random(in: -700...700, using: &chance)
      guard amount != 0 else { continue }
      sum += amount
      lines.append(books.line(numbers.randomElement(using: &chance) ?? "1120", amount))
    }
    let slip: Int64 = Int.random(in: 0..<8, using: &chance) == 0 ? 1 : 0
    if sum - slip != 0 { lines.append(books.line("1120", slip - sum)) }
    return EntryContent(
      date: TestBooks.today.adding(days: -Int.random(in: 0...20, using: &chance)),
      description: "Random", lines: lines)
  }

  func check() async throws {
    for check in try await books.workspace.fetch(Examination(), as: books.viewer) {
      #expect(check.findings.isEmpty, "\(check.name): \(check.findings.prefix(3))")
    }
    let report = try await books.workspace.fetch(TrialBalanceReport(asOf: .last), as: books.viewer)
    #expect(try report.totalDebit() == report.totalCredit())
    let known = try await books.workspace.fetch(
      TrialBalanceReport(asOf: .last, LedgerScope(knownAt: books.clock.now)), as: books.viewer)
    #expect(known.lines == report.lines, "the cache and the lines say the same")
  }
}
