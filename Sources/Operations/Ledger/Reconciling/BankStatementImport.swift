package import Domain
package import Phrases

/// What an import of a bank's statement did, for the person who ran it and for the audit log.
package struct BankStatementImport: Hashable, Sendable {
  /// A run of lines that were new, with what was in the account before and after them.
  package struct Statement: Hashable, Sendable {
    package let id: ID<BankStatement>
    package let span: StatementSpan
    package let content: [StatementLine]

    package var lines: Int { content.count }
  }

  /// The account's number.
  package let account: String
  /// Of every amount in it.
  package let currency: Currency
  /// None where all lines were known.
  package var statements: [Statement] = []
  /// Lines that an earlier import brought in already.
  package var known = 0
  /// Lines of nothing, left out.
  package var zeroLines = 0
  package var warnings: [Warning] = []

  package init(account: String, currency: Currency) {
    self.account = account
    self.currency = currency
  }

  /// Lines that are new.
  package var lines: Int { statements.reduce(0) { $0 + $1.lines } }

  /// What the importer should look at, though all of it is there now.
  package enum Warning: Hashable, Sendable {
    /// An account doesn't begin with what it ended with before.
    case gap(StatementSpan, StatementSpan)
    /// Of these days there is no statement, though the balances before and after agree.
    case uncovered(ClosedRange<Day>)
    /// So many lines are of days that an earlier statement told all of: as after other rules for
    /// the text, by which lines are known.
    case onCoveredDays(Int)
  }
}

extension BankStatementImport {
  /// Notes what speaks against `new` beside what was there.
  mutating func look(at new: [BankStatement], besides spans: [StatementSpan]) {
    // The last day of a statement may have gone on after it was exported.
    let late = new.flatMap(\.lines).count { line in
      spans.contains { $0.from <= line.booked && line.booked < $0.to }
    }
    if late > 0 { warnings.append(.onCoveredDays(late)) }
    let own = new.map(\.span)
    for found in (spans + own).breaks where own.contains(found.before) || own.contains(found.after)
    {
      if found.isGap {
        warnings.append(.gap(found.before, found.after))
      } else if let days = found.uncovered, days.hasWorkday {
        warnings.append(.uncovered(days))
      }
    }
  }

  package func phrase(of warning: Warning) -> Phrase {
    switch warning {
    case .gap(let before, let after):
      """
      The statement to \(before.to.text) ends with \(before.closing.signed(in: currency)), but \
      that from \(after.from.text) begins with \(after.opening.signed(in: currency)). Import what \
      is between.
      """
    case .uncovered(let days):
      """
      No statement tells of \(days.lowerBound.text) to \(days.upperBound.text); the balances agree.
      """
    case .onCoveredDays(let count):
      "\(count) lines are new on days that a statement told all of. Were the rules changed?"
    }
  }
}

extension ClosedRange<Day> {
  /// Whether a bank has anything to tell of them.
  fileprivate var hasWorkday: Bool {
    let last = Int(upperBound.sinceEpoch - lowerBound.sinceEpoch)
    return (0...last).contains { lowerBound.adding(days: $0).weekday < 6 }
  }
}

extension Money {
  /// `-1,234.50 USD`.
  func signed(in currency: Currency) -> Phrase {
    "\(AmountFormat().text(self, exponent: currency.exponent)) \(currency.code)"
  }
}

extension BankStatementImport: CarriesFields {
  var fields: [JSON.Field] {
    let spans = statements.map(\.span)
    return [
      JSON.Field("account", .string(account)),
      JSON.Field("from", .text(spans.first?.from.text)),
      JSON.Field("to", .text(spans.last?.to.text)),
      JSON.Field("currency", .string(currency.code)),
      JSON.Field("statements", .array(statements.map { .id($0.id.value) })),
      JSON.Field("lines", .integer(Int64(lines))),
      JSON.Field("known", .integer(Int64(known))),
      JSON.Field("zero_lines", .integer(Int64(zeroLines))),
    ]
  }
}
