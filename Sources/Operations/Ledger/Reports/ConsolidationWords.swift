package import Domain
package import Phrases

extension Consolidation {
  /// As it stands on the group's trial balance and statements.
  package func phrase(of line: Line) -> Phrase {
    switch line {
    case .account(let number):
      Phrase(verbatim: account(number).map { "\(number) \($0.name)" } ?? number)
    case .earlierEarnings: "Earnings from before \(members[0].from.text), not closed"
    case .nonControllingInterest: "Non-controlling interest"
    case .nonControllingIncome: "Non-controlling share of the earnings"
    case .difference(let pair, let pass): "\(pass.difference): \(pair.phrase)"
    }
  }
}

extension ConsolidationGroup.Pair {
  /// `receivable, harbour 1250 and alpenrad 2160`.
  package var phrase: Phrase { "\(kind.phrase), \(here.label) and \(there.label)" }
}

extension ConsolidationGroup.Pair.Kind {
  package var phrase: Phrase { Phrase(word: rawValue, context: "pair") }
}

extension ConsolidationGroup.Pair.Side {
  /// `alpenrad 2160 2165`.
  package var label: String { ([member] + accounts).joined(separator: " ") }
}

extension Elimination.Pass {
  /// Why two amounts go together.
  package var phrase: Phrase { Phrase(word: rawValue, context: "elimination") }

  fileprivate var difference: Phrase {
    switch self {
    case .exact, .document: "Exchange difference"
    case .tolerance: "Tolerated difference"
    case .unmatched: "Unmatched difference"
    }
  }
}

extension UserMessage {
  static func words(_ faults: ConsolidationFaults) -> Phrase {
    .joined(faults.faults.map { words($0, in: faults.currency) })
  }

  private static func words(_ fault: ConsolidationFault, in currency: Currency) -> Phrase {
    switch fault {
    case .unbalanced(let member, let amount, let currency):
      "The books of \(member) don't balance as you see them, by \(amount.shown(in: currency.code))."
    case .unmapped(let member, let account, let number):
      "\(account) of \(member) has no account \(number) in the group. Name another under accounts."
    case .otherClass(let member, let account, let own, let target, let other):
      """
      \(account) of \(member) is \(Phrase(word: own.rawValue)), \(target) of the group \
      \(Phrase(word: other.rawValue)). Name another under accounts.
      """
    case .noRate(let member, let kind, let code, let base):
      """
      \(member) needs the rate (\(kind.phrase)) of \(code) in \(base). Write it in the file, or \
      keep it in the parent's books.
      """
    case .noOpeningRate(let member, let code, let base, let day):
      """
      The cash of \(member) needs the rate of \(code) in \(base) on \(day.text). Write it in the \
      file as opening, or keep it in the parent's books.
      """
    case .noTranslationAccount:
      "What translating leaves needs an account of equity. Name it in the file: translation."
    case .unknownAccount(let member, let account):
      "\(member) has no account \(account), which is in a pair of intercompany accounts."
    case .pairedTwice(let member, let account):
      "The account \(account) of \(member) is in two pairs of intercompany accounts. Keep one."
    case .adjustsUnknown(let text, let account):
      "The adjustment \(text) names the account \(account), which the group lacks."
    case .adjustsUnbalanced(let text, let amount):
      "The adjustment \(text) doesn't balance, by \(amount.shown(in: currency.code))."
    }
  }
}
