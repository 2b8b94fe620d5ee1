/// What a bank says of an account over some days (RULES §3.14): what was in it before and after,
/// and the lines between. `ID<BankStatement>` is the identity of one that was imported.
package struct BankStatement: Hashable, Sendable {
  package let span: StatementSpan
  /// The oldest first.
  package let lines: [StatementLine]

  private init(_ span: StatementSpan, _ lines: [StatementLine]) {
    self.span = span
    self.lines = lines
  }

  /// Takes `lines` as the bank lists them, the oldest first, and counts those that are equal.
  ///
  /// Days that nobody names are those of the first and the last line. What was in the account
  /// before is what somebody names, else what the bank's own balances tell, else what `closing`
  /// leaves.
  /// Throws where the sums don't agree: nothing of such a statement can be believed.
  package init(
    from: Day? = nil, to: Day? = nil, opening: Money? = nil, closing: Money? = nil,
    lines: [StatementLine]
  ) throws(BankStatementFault) {
    let sorted = lines.enumerated().sorted {
      ($0.element.booked, $0.offset) < ($1.element.booked, $1.offset)
    }.map(\.element)
    guard let first = sorted.first?.booked, let last = sorted.last?.booked else { throw .noLines }
    let (from, to) = (from ?? first, to ?? last)
    var named: Set<String> = []
    for (index, line) in lines.enumerated() {
      guard from <= line.booked, line.booked <= to else { throw .outside(line: index) }
      if let id = line.bankID, !named.insert(id).inserted { throw .repeatedID(line: index) }
    }
    let opening = try Self.opening(of: lines, named: opening, closing: closing)
    let end = try Self.closing(of: lines, from: opening, named: closing)
    self.init(
      StatementSpan(from: from, to: to, opening: opening, closing: end), sorted.counted)
  }

  private static func opening(
    of lines: [StatementLine], named: Money?, closing: Money?
  ) throws(BankStatementFault) -> Money {
    if let named { return named }
    do throws(AmountError) {
      let sums = try lines.balances(from: .zero)
      for (line, sum) in zip(lines, sums.dropFirst()) {
        if let balance = line.balance { return try balance - sum }
      }
      if let closing { return try closing - sums[lines.count] }
    } catch {
      throw .amount(error)
    }
    throw .noBalance
  }

  /// In the order of the bank's list, which is what its balances follow.
  private static func closing(
    of lines: [StatementLine], from opening: Money, named: Money?
  ) throws(BankStatementFault) -> Money {
    let balances: [Money]
    do throws(AmountError) {
      balances = try lines.balances(from: opening)
    } catch {
      throw .amount(error)
    }
    for (index, line) in lines.enumerated() {
      if let found = line.balance, found != balances[index + 1] {
        throw .brokenBalance(line: index, counted: balances[index + 1], found: found)
      }
    }
    let counted = balances[lines.count]
    if let named, named != counted {
      throw .unbalanced(opening: opening, counted: counted, closing: named)
    }
    return counted
  }
}

extension BankStatement {
  /// What of it isn't `known`, as statements of their own: one for each run of new lines, with what
  /// was in the account before and after these, so that each adds up and goes on from what is
  /// known.
  package func news(
    besides known: Set<StatementLine.Key>
  ) throws(AmountError) -> [BankStatement] {
    let balances = try lines.balances(from: span.opening)
    let isNew = lines.map { !known.contains($0.key) }
    var pieces: [BankStatement] = []
    var start = 0
    while let begin = isNew[start...].firstIndex(of: true) {
      let end = isNew[begin...].firstIndex(of: false) ?? isNew.count
      pieces.append(
        BankStatement(
          StatementSpan(
            from: begin == 0 ? span.from : lines[begin].booked,
            to: end == lines.count ? span.to : lines[end - 1].booked,
            opening: balances[begin], closing: balances[end]),
          Array(lines[begin..<end])))
      start = end
    }
    return pieces
  }
}

/// The days of a statement and what was in the account, debit-positive, in minor units of the
/// statement's currency.
package struct StatementSpan: Hashable, Sendable {
  package let from: Day
  package let to: Day
  package let opening: Money
  package let closing: Money

  package init(from: Day, to: Day, opening: Money, closing: Money) {
    self.from = from
    self.to = to
    self.opening = opening
    self.closing = closing
  }
}

/// Where a statement doesn't go on from the one before it: with another balance, or days later. An
/// export tells of no more days than it has lines of, so that days between say little where the
/// balances agree.
package struct ChainBreak: Hashable, Sendable {
  package let before: StatementSpan
  package let after: StatementSpan

  package init(before: StatementSpan, after: StatementSpan) {
    self.before = before
    self.after = after
  }

  package var isGap: Bool { before.closing != after.opening }

  /// The days between them, of which no statement is.
  package var uncovered: ClosedRange<Day>? {
    let (first, last) = (before.to.adding(days: 1), after.from.adding(days: -1))
    return first <= last ? first...last : nil
  }
}

extension [StatementSpan] {
  /// Where the statements of an account break the chain (next opening = previous closing). Those
  /// that begin and end on the same days are taken in the order given.
  package var breaks: [ChainBreak] {
    let sorted = enumerated().sorted {
      ($0.element.from, $0.element.to, $0.offset) < ($1.element.from, $1.element.to, $1.offset)
    }.map(\.element)
    return zip(sorted, sorted.dropFirst()).map { ChainBreak(before: $0, after: $1) }
      .filter { $0.isGap || $0.uncovered != nil }
  }
}

/// Why a statement isn't taken. Lines are counted from 0 as the bank lists them, the oldest first.
package enum BankStatementFault: Error, Hashable, Sendable {
  case noLines
  /// Nothing says what was in the account.
  case noBalance
  /// The lines take `opening` to `counted`, which isn't `closing`.
  case unbalanced(opening: Money, counted: Money, closing: Money)
  /// The lines come to `counted` after this one, and the bank says `found`.
  case brokenBalance(line: Int, counted: Money, found: Money)
  /// Not of the days that were named.
  case outside(line: Int)
  /// The bank's own name of it is that of a line before.
  case repeatedID(line: Int)
  case amount(AmountError)
}

extension [StatementLine] {
  /// What is in the account before the first line and after each.
  fileprivate func balances(from opening: Money) throws(AmountError) -> [Money] {
    var balances = [opening]
    for line in self { balances.append(try balances[balances.count - 1] + line.amount) }
    return balances
  }
}
