import Domain
import Testing

/// What a bank says of an account, and how it is known again (RULES §3.14).
@Suite struct BankStatementTests {
  private static let start = Day(sinceEpoch: 20_000)

  private static func money(_ units: Int64) -> Money { Money(minorUnits: units) }

  /// A line so many days after the first.
  private static func line(
    _ day: Int, _ amount: Int64, _ text: String = "Coffee", id: String? = nil,
    balance: Int64? = nil
  ) -> StatementLine {
    StatementLine(
      booked: start.adding(days: day), amount: money(amount), text: text, bankID: id,
      balance: balance.map(money))
  }

  private static func fault(
    opening: Int64? = nil, closing: Int64? = nil, _ lines: [StatementLine]
  ) -> BankStatementFault? {
    do throws(BankStatementFault) {
      _ = try BankStatement(
        opening: opening.map(money), closing: closing.map(money), lines: lines)
      return nil
    } catch {
      return error
    }
  }

  private static func keys(_ statement: BankStatement) -> Set<StatementLine.Key> {
    Set(statement.lines.map(\.key))
  }

  @Test func `a balance before, a balance after or the bank's own balances are enough`() throws {
    let plain = [Self.line(0, -450), Self.line(2, 1_000)]
    let told = [Self.line(0, -450), Self.line(2, 1_000, balance: 10_550)]
    let statements = try [
      BankStatement(opening: Self.money(10_000), lines: plain),
      BankStatement(closing: Self.money(10_550), lines: plain), BankStatement(lines: told),
    ]
    for statement in statements {
      #expect(
        statement.span
          == StatementSpan(
            from: Self.start, to: Self.start.adding(days: 2), opening: Self.money(10_000),
            closing: Self.money(10_550)))
    }
    #expect(Self.fault(plain) == .noBalance)
    #expect(Self.fault([]) == .noLines)
  }

  @Test func `sums that don't agree are named, at the line where they part`() {
    let lines = [Self.line(0, -450, balance: 9_550), Self.line(1, 100, balance: 9_600)]
    #expect(
      Self.fault(lines)
        == .brokenBalance(line: 1, counted: Self.money(9_650), found: Self.money(9_600)))
    #expect(
      Self.fault(opening: 10_001, lines)
        == .brokenBalance(line: 0, counted: Self.money(9_551), found: Self.money(9_550)))
    #expect(
      Self.fault(opening: 10_000, closing: 9_000, [Self.line(0, -450)])
        == .unbalanced(
          opening: Self.money(10_000), counted: Self.money(9_550), closing: Self.money(9_000)))
    #expect(
      Self.fault(opening: .max, [Self.line(0, 1)]) == .amount(.tooLarge))
  }

  @Test func `the bank's balances follow its list, which needn't be in the order of days`() throws {
    let lines = [Self.line(3, -100, "b", balance: 900), Self.line(1, -200, "a", balance: 700)]
    let statement = try BankStatement(lines: lines)
    #expect(statement.lines.map(\.text) == ["a", "b"])
    #expect(statement.span.opening == Self.money(1_000))
    #expect(statement.span.closing == Self.money(700))
  }

  @Test func `days that are named must hold every line`() throws {
    let (from, to) = (Self.start, Self.start.adding(days: 30))
    let lines = [Self.line(0, 1), Self.line(31, 1)]
    #expect(throws: BankStatementFault.outside(line: 1)) {
      try BankStatement(from: from, to: to, opening: .zero, lines: lines)
    }
    let month = try BankStatement(
      from: from, to: to, opening: .zero, lines: [Self.line(4, 1)])
    #expect(month.span.from == from && month.span.to == to)
  }

  @Test func `two identical coffees on one day are two lines, however the bank spaces them`() throws
  {
    let day = try BankStatement(
      opening: .zero,
      lines: [Self.line(0, -450), Self.line(0, -450, " COFFEE "), Self.line(1, -450)])
    #expect(day.lines.map(\.occurrence) == [1, 2, 1])
    #expect(Self.keys(day).count == 3)
    let again = try BankStatement(opening: .zero, lines: [Self.line(0, -450, "coffee")])
    #expect(try again.news(besides: Self.keys(day)) == [])
    let other = try BankStatement(opening: .zero, lines: [Self.line(0, -451)])
    #expect(try other.news(besides: Self.keys(day)).count == 1)
  }

  @Test func `the bank's own name of a line goes before all else, and is one line's`() throws {
    let first = try BankStatement(opening: .zero, lines: [Self.line(0, -450, id: "a")])
    let moved = try BankStatement(
      opening: .zero, lines: [Self.line(5, -450, "Espresso", id: "a"), Self.line(5, 1, id: "b")])
    #expect(try moved.news(besides: Self.keys(first)).flatMap(\.lines).map(\.bankID) == ["b"])
    #expect(
      Self.fault(opening: 0, [Self.line(0, 1, id: "a"), Self.line(1, 2, id: "a")])
        == .repeatedID(line: 1))
  }

  /// Lines 1 and 4 of five are known.
  @Test func `what is new becomes a statement for each run of lines, with its own balances`() throws
  {
    let lines = (0..<5).map { Self.line($0, Int64(1 << $0), "\($0)") }
    let whole = try BankStatement(opening: Self.money(100), lines: lines)
    let known = Set([whole.lines[1].key, whole.lines[4].key])
    let pieces = try whole.news(besides: known)
    #expect(pieces.map { $0.lines.map(\.text) } == [["0"], ["2", "3"]])
    #expect(pieces.map(\.span.opening.minorUnits) == [100, 103])
    #expect(pieces.map(\.span.closing.minorUnits) == [101, 115])
    #expect(pieces.map(\.span.from) == [Self.start, Self.start.adding(days: 2)])
    #expect(pieces.map(\.span.to) == [Self.start, Self.start.adding(days: 3)])
  }

  @Test func `a chain breaks where a balance differs, and says which days nobody tells of`() {
    func span(_ from: Int, _ to: Int, _ opening: Int64, _ closing: Int64) -> StatementSpan {
      StatementSpan(
        from: Self.start.adding(days: from), to: Self.start.adding(days: to),
        opening: Self.money(opening), closing: Self.money(closing))
    }
    let (first, second, third) = (span(0, 4, 0, 10), span(4, 9, 10, 30), span(12, 14, 31, 40))
    #expect([second, first].breaks == [])
    let found = [third, second, first].breaks
    #expect(found == [ChainBreak(before: second, after: third)])
    #expect(found.first?.isGap == true)
    #expect(
      found.first?.uncovered == Self.start.adding(days: 10)...Self.start.adding(days: 11))
    let later = [second, span(12, 14, 30, 40)].breaks
    #expect(later.map(\.isGap) == [false])
  }

  // MARK: Any statements

  private struct Kept {
    var known: Set<StatementLine.Key> = []
    var spans: [StatementSpan] = []
    var lines: [StatementLine] = []

    mutating func take(_ export: [StatementLine]) throws {
      for piece in try BankStatement(lines: export).news(besides: known) {
        let closing = try piece.span.opening + piece.lines.map(\.amount).total()
        #expect(closing == piece.span.closing)
        spans.append(piece.span)
        lines += piece.lines
        known.formUnion(piece.lines.map(\.key))
      }
    }
  }

  /// Lines of a month, few different ones, so that many are equal, with the bank's balances.
  private static func month(using chance: inout SplitMix) -> [StatementLine] {
    var balance: Int64 = 5_000
    var lines: [StatementLine] = []
    for day in 0..<31 {
      for _ in 0..<Int.random(in: 0...4, using: &chance) {
        let amounts: [Int64] = [-450, -450, -1_200, 900]
        let amount: Int64 = amounts.randomElement(using: &chance) ?? 1
        let text = ["Coffee", "coffee  ", "Rent"].randomElement(using: &chance) ?? ""
        balance += amount
        lines.append(line(day, amount, text, balance: balance))
      }
    }
    return lines
  }

  /// Whole days, but that the last one may go on after the export; all lines are in one or more.
  private static func exports(
    of month: [StatementLine], using chance: inout SplitMix
  ) -> [[StatementLine]] {
    var exports: [[StatementLine]] = []
    var end = 0
    while end < month.count {
      let begin = Int.random(in: 0...end, using: &chance)
      let day = month[begin].booked
      let first = month.firstIndex { $0.booked == day } ?? 0
      let last = Int.random(in: end..<min(month.count, end + 25), using: &chance)
      exports.append(Array(month[first...last]))
      end = last + 1
    }
    return exports
  }

  @Test(arguments: UInt64(1)...60)
  func `overlapping exports in any order bring every line once, and statements that chain`(
    seed: UInt64
  ) throws {
    var chance = SplitMix(seed: seed)
    let month = Self.month(using: &chance)
    let whole = try BankStatement(lines: month)
    var kept = Kept()
    let exports = Self.exports(of: month, using: &chance).shuffled(using: &chance)
    for export in exports { try kept.take(export) }
    #expect(Set(kept.lines.map(\.key)) == Self.keys(whole))
    #expect(kept.lines.count == month.count)
    #expect(kept.spans.breaks.filter(\.isGap) == [], "\(kept.spans)")
    let before = kept
    for export in exports { try kept.take(export) }
    #expect(kept.spans == before.spans)
  }
}
