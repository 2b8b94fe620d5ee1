package import Domain
package import Phrases

/// What stands against a step of a reconciliation (RULES §3.14).
package enum ReconciliationProblem: Hashable, Sendable {
  /// The account, as people call it, takes no lines, or is emptied when a year ends.
  case notReconcilable(String)
  /// Whoever doesn't see all that the account holds can't prove it.
  case notAllSeen
  /// It is being reconciled to that day.
  case begun(Day)
  /// It has been reconciled to that day.
  case notAfter(Day)
  /// The statement begins with another balance than the last reconciliation ended with.
  case chain(ended: Money, begins: Money, in: String)
  /// The statement is another account's, or in another currency.
  case otherStatement
  case closed
  case notClosed
  /// That of the day came later.
  case notLatest(Day)
  /// Neither side has just one line.
  case manyToMany
  /// The bank's lines less those of the books.
  case sumsDiffer(by: Money, in: String)
  /// A line is matched, cleared or ignored.
  case settled
  /// A line is neither.
  case unsettled
  /// A line is of a later day than the reconciliation.
  case later(than: Day)
  /// What the bank says less what of the books it has.
  case difference(Money, in: String)
  /// So many lines of the bank are neither matched nor ignored.
  case bankLinesLeft(Int)

  var code: String {
    switch self {
    case .notReconcilable: "account"
    case .notAllSeen: "not-all-seen"
    case .begun, .closed, .notClosed, .notLatest, .settled, .unsettled: "status"
    case .notAfter, .later: "date"
    case .chain, .otherStatement: "statement"
    case .manyToMany, .sumsDiffer: "match"
    case .difference, .bankLinesLeft: "difference"
    }
  }
}

extension UserMessage {
  static func words(_ problem: ReconciliationProblem) -> Phrase {
    switch problem {
    case .notReconcilable(let label):
      "\(label) isn't reconciled. Choose an account of assets or liabilities that takes lines."
    case .notAllSeen:
      "You don't see every line of the account. Have somebody reconcile it who does."
    case .begun(let day): "It is being reconciled to \(day.text). Close that first."
    case .notAfter(let day): "It is reconciled to \(day.text) already. Choose a later day."
    case .chain(let ended, let begins, let currency):
      """
      The last reconciliation ended with \(ended.signed(in: currency)), and the statement begins \
      with \(begins.signed(in: currency)). Look for one between \
      them, or say the day and the balance.
      """
    case .otherStatement: "The statement is of another account or currency. Choose one of this."
    case .closed: "The reconciliation is closed. Reopen it first."
    case .notClosed: "The reconciliation isn't closed."
    case .notLatest(let day): "That to \(day.text) came after it. Undo that first."
    case .manyToMany:
      "One line goes with one or more of the other side. Mark one line on one of the two sides."
    case .sumsDiffer(let difference, let currency):
      "The two sides differ by \(difference.signed(in: currency)). Mark lines of the same sum."
    case .settled: "A line of these is matched, cleared or ignored already. Undo that first."
    case .unsettled: "Nothing was done to these lines in this reconciliation."
    case .later(let day): "A line is dated after \(day.text). Leave it to the next reconciliation."
    case .difference(let difference, let currency):
      """
      What the bank says and what of the books it has differ by \
      \(difference.signed(in: currency)). Match, clear or book what is missing.
      """
    case .bankLinesLeft(let count):
      "\(count) lines of the bank are neither matched nor ignored. See to them first."
    }
  }
}

extension Money {
  /// `-1,234.50 USD`.
  package func signed(in currency: String) -> Phrase {
    self < .zero ? "-\(shown(in: currency))" : shown(in: currency)
  }
}

extension MatchScore {
  /// Why two sides seem to be the same.
  package var phrase: Phrase {
    .joined(
      [
        days == 0 ? "the same day" : "\(days) days apart",
        sharesReference ? "the same reference" : .empty,
        sharedWords == 0 ? .empty : "\(sharedWords) % of the words",
      ], separator: ", ")
  }
}

extension StatementLineStatus {
  package var phrase: Phrase { Phrase(word: rawValue, context: "bank line") }
}

extension Clearance {
  package var phrase: Phrase { Phrase(word: rawValue, context: "line") }
}

extension ReconciliationStatus {
  package var phrase: Phrase { Phrase(word: rawValue, context: "reconciliation") }
}
