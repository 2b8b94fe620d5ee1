package import Domain
package import Phrases

/// What stands against a rate, or against revaluing with one.
package enum RateProblem: Hashable, Sendable {
  case ofItself(String)
  /// The inverse is kept for that day, and one direction is enough.
  case keptTheOtherWay(String, in: String)
  /// Another is kept for that day.
  case kept(String)
  /// Nobody but the person themselves, and only as drafts.
  case draftsOnly
  case confirmed
  case currency(CurrencyFault)
  /// Somebody who only drafts rates would add a currency.
  case noDraftOfCurrency
  /// Lines rest on it.
  case used
  case missing(String, in: String, on: Day)
  /// Every foreign balance has its worth at the rate of that day.
  case nothingToRevalue(Day)
  /// Not to be revalued by whoever sees only some entries.
  case notAllSeen
  case notAPeriodEnd(Day)
  /// Another one waits to be posted.
  case waits(String)
  /// No account takes differences of exchange.
  case noAccount(AccountCategory)

  var code: String {
    switch self {
    case .ofItself, .keptTheOtherWay, .kept, .confirmed: "rate"
    case .used: "in-use"
    case .draftsOnly, .noDraftOfCurrency: "draft-only"
    case .currency: "currency"
    case .missing: "no-rate"
    case .nothingToRevalue: "nothing"
    case .notAllSeen: "sight"
    case .notAPeriodEnd: "day"
    case .waits: "waits"
    case .noAccount: "account"
    }
  }
}

extension UserMessage {
  static func words(_ problem: RateProblem) -> Phrase {
    switch problem {
    case .ofItself(let code): "\(code) is worth itself. Name two currencies."
    case .keptTheOtherWay(let from, let to):
      "The rate of that day is kept as \(from) in \(to). Change that."
    case .kept(let rate): "A rate of that day is kept: \(rate). Edit that one to change it."
    case .draftsOnly: "You may say what a rate is, and somebody else confirms it."
    case .confirmed: "The rate counts already."
    case .currency(.code):
      """
      The code of a currency has \(Currency.codeLengths.lowerBound) to \
      \(Currency.codeLengths.upperBound) letters from A to Z, such as MILES.
      """
    case .currency(.decimals): "A currency has 0 to \(Currency.mostDecimals) decimals."
    case .currency(.symbol):
      """
      A sign has up to \(Currency.mostSymbolCharacters) characters, none that amounts are written \
      with, and is no other currency's.
      """
    case .noDraftOfCurrency: "You only draft rates. Ask whoever confirms them to add the currency."
    case .used: "Lines of entries rest on that rate. Edit it, and they keep the one they have."
    case .missing(let from, let to, let day):
      "No rate of \(from) in \(to) is kept that is new enough for \(day.text). Enter one."
    case .nothingToRevalue(let day):
      "Every foreign balance is worth what it says at the rates of \(day.text)."
    case .notAllSeen:
      "Some entries aren't yours to see. Whoever sees all of them revalues the balances."
    case .notAPeriodEnd(let day):
      "No period ends on \(day.text). Balances are revalued at the end of one."
    case .waits(let name): "A revaluation waits to be posted, as \(name). Go on with that."
    case .noAccount(let category):
      "No account of category \(category.rawValue) is in use. Make one, then revalue."
    }
  }
}

extension UserMessage {
  package static func words(_ error: WrittenAmountError) -> Phrase {
    switch error {
    case .amount(let error): UserMessage(error).phrase
    case .unknownCurrency(let code): UserMessage(Refusal.account(.unknownCurrency(code))).phrase
    case .noRate(let text):
      "\(text) is not a rate; write 100 USD @ 0.92, or @@ 92 for what it is worth."
    case .baseHasNoRate(let code): "\(code) is what the books are kept in; it has no rate."
    }
  }

  package static func words(_ error: ValuationError) -> Phrase {
    switch error {
    case .noDay: "It needs a date first."
    case .noRate(let code, let base, let day):
      "No rate of \(code) in \(base) for \(day.text): write 100 \(code) @ 0.92."
    case .nothingToSettle: "Nothing of that currency is open on the other side."
    case .moreThanHeld(let held, let currency):
      "Only \(held.shown(in: currency)) is open to be settled."
    case .amount(let error): words(error)
    }
  }
}
