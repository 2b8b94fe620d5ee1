package import Domain

/// Why a journal is not imported, and where in it. Nothing of a refused file is booked.
package struct ImportProblem: Hashable, Sendable {
  /// Nil where it is about the file as a whole.
  package let position: SourcePosition?
  package let fact: Fact

  package init(_ position: SourcePosition?, _ fact: Fact) {
    self.position = position
    self.fact = fact
  }

  package indirect enum Fact: Hashable, Sendable {
    /// Neither the file nor the person says what these accounts are.
    case untyped(accounts: [String], roots: [String])
    case accountTooDeep(String, most: Int)
    case accountName(String, most: Int)
    /// The books keep the account for themselves as a heading.
    case systemHeading(String)
    /// What `--map` names isn't a currency of the business.
    case noSuchCurrency(String)
    /// What can't be the code of a currency.
    case commodityName(String)
    /// Booking it would lose digits.
    case digitsLost(written: String, currency: String, decimals: Int)
    case rateNotExact(String)
    case textTooLong(Text, most: Int)
    /// Lines in `()` need not balance elsewhere; in books everything does.
    case unbalancedVirtual(String)
    /// A cost without an amount, or on the other side of it.
    case costWithoutAmount
    case costOfOtherSign
    /// The base amounts differ by more than rounding.
    case basesDiffer(Money, currency: String)
    case periodNotOpen(String, PeriodStatus)
    case refused(Refusal)
  }

  package enum Text: String, Hashable, Sendable {
    case code
    case payee
    case description
    case comment
  }
}

extension ImportProblem {
  /// `books.journal:12:7: …`
  package var words: String {
    guard let position else { return fact.words }
    return "\(position.text): \(fact.words)"
  }
}

extension ImportProblem.Fact {
  fileprivate var words: String {
    switch self {
    case .untyped(let accounts, let roots):
      "The types of \(accounts.count) accounts are unknown: \(Self.list(accounts)). Say them with "
        + roots.prefix(8).map { "--map '\($0)=asset'" }.joined(separator: " ")
        + " (asset, liability, equity, revenue or expense), or name a type for all with --untyped."
    case .accountTooDeep(let path, let most):
      "\(Self.cut(path)) has more than \(most) levels. Shorten it with an alias."
    case .accountName(let path, let most):
      "\(Self.cut(path)) has a name that is blank or longer than \(most) characters. "
        + "Rename it with an alias."
    case .systemHeading(let path):
      "\(Self.cut(path)) is a heading that the books need. Post to an account below it."
    case .noSuchCurrency(let code):
      "This business has no currency \(code). Name one that it has with --map."
    case .commodityName(let symbol):
      "“\(Self.cut(symbol))” can't be the code of a currency. Name another with "
        + "--map '\(Self.cut(symbol))=USD'."
    case .digitsLost(let written, let currency, let decimals):
      "\(written) has more digits than \(currency) keeps here (\(decimals)); some would be lost."
    case .rateNotExact(let written):
      "The price \(written) has more digits than a rate can hold."
    case .textTooLong(let text, let most):
      "The \(text.rawValue) is longer than \(most) characters. Shorten it."
    case .unbalancedVirtual(let commodity):
      "The lines in () don't balance\(commodity.isEmpty ? "" : " in \(commodity)"), and books must. "
        + "Give them a counterpart, or leave them out."
    case .costWithoutAmount: "A line has a cost but no amount."
    case .costOfOtherSign: "The cost stands on the other side of its amount."
    case .basesDiffer(let difference, let currency):
      "Debits and credits differ by \(difference.shown(in: currency)) once all is in \(currency)."
    case .periodNotOpen(let name, let status):
      status == .locked
        ? "Period \(name) is locked. Leave this entry out."
        : "Period \(name) is \(status.rawValue). Reopen it, or leave this entry out."
    case .refused(let refusal): UserMessage(refusal).text
    }
  }

  private static let mostListed = 12

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(mostListed).map(cut).joined(separator: ", ")
    return names.count > mostListed ? "\(shown) and \(names.count - mostListed) more" : shown
  }

  private static func cut(_ text: String) -> String {
    text.count > 60 ? "\(text.prefix(60))…" : text
  }
}
