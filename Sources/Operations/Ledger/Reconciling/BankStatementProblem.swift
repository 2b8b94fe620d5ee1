package import Domain
import Phrases

/// What stands against a bank's statement (RULES §3.14).
package enum BankStatementProblem: Hashable, Sendable {
  /// An account called so isn't one of a bank or of cash in use that takes lines.
  case notABank(String)
  /// The rules name these accounts for the lines of one file.
  case severalAccounts([String])
  /// The sums don't agree, where in the file it is about a line of it.
  case fault(BankStatementFault, at: SourcePosition?, Currency)
  case line(LineFact, at: SourcePosition)
  /// A reconciliation is made against it.
  case inUse
  /// For whoever sees only some of what moved in the account.
  case notAllSeen

  /// What of one line can't be kept.
  package enum LineFact: Error, Hashable, Sendable {
    case currency(String, account: String)
    case amount(AmountError)
    case tooLong(Field)
    /// The bank calls another line so, of another amount.
    case otherAmount
  }

  /// The texts of a line.
  package enum Field: String, Hashable, Sendable, CaseIterable {
    case text
    case counterparty
    case reference
    case bankID = "bank-id"
    case suggestion = "account2"

    /// As the schema has it.
    var mostCharacters: Int {
      switch self {
      case .text: 1000
      case .counterparty, .reference: 200
      case .bankID: 100
      case .suggestion: 500
      }
    }
  }

  var code: String {
    switch self {
    case .notABank: "account"
    case .severalAccounts: "accounts"
    case .fault: "sums"
    case .line: "line"
    case .inUse: "in-use"
    case .notAllSeen: "sight"
    }
  }
}

extension UserMessage {
  static func words(_ problem: BankStatementProblem) -> Phrase {
    switch problem {
    case .notABank(let label):
      "\(label) is no account of a bank or of cash in use that takes lines. Choose another."
    case .severalAccounts(let names):
      """
      The file is about \(names.joined(separator: ", ")). Leave out all but one by if and skip in \
      the rules.
      """
    case .fault(let fault, let position?, let currency):
      "\(position.text): \(words(fault, currency))"
    case .fault(let fault, nil, let currency): words(fault, currency)
    case .line(let fact, let position): "\(position.text): \(words(fact))"
    case .inUse: "A reconciliation rests on the statement. Undo its matches first."
    case .notAllSeen:
      "Some entries aren't yours to see, and a statement shows them too. Ask somebody who sees all."
    }
  }

  private static func words(_ fault: BankStatementFault, _ currency: Currency) -> Phrase {
    switch fault {
    case .noLines: "There are no lines in the file. Check skip and separator in the rules."
    case .noBalance:
      "Nothing says what was in the account. Name the balance before or after the lines."
    case .unbalanced(let opening, let counted, let closing):
      """
      From \(opening.signed(in: currency)) the lines come to \(counted.signed(in: currency)), not \
      to \(closing.signed(in: currency)). A line is missing, or there twice.
      """
    case .brokenBalance(_, let counted, let found):
      """
      By here the lines come to \(counted.signed(in: currency)), but the bank says \
      \(found.signed(in: currency)). A line is missing, or they are the newest first.
      """
    case .outside: "This line isn't of the days that were named."
    case .repeatedID: "The bank calls a line before this one the same. Name another field bank-id."
    case .amount(let error): words(error)
    }
  }

  private static func words(_ fact: BankStatementProblem.LineFact) -> Phrase {
    switch fact {
    case .currency(let written, let code):
      "This line is in \(written), the account in \(code). Choose another account."
    case .amount(let error): words(error)
    case .tooLong(let field):
      "The \(field.rawValue) has more than \(field.mostCharacters) characters. Shorten it."
    case .otherAmount:
      "The bank calls a line of another amount the same. Name another field bank-id."
    }
  }
}
