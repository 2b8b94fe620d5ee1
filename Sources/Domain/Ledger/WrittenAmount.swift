/// What a bookkeeper writes of a line's amount: `100`, `100 USD`, `100 USD @ 0.92` where the rate is
/// agreed, `100 USD @@ 92` where its worth is, `100 USD @ book` for what the account holds it at.
package struct WrittenAmount: Hashable, Sendable {
  /// What makes it an amount in the base currency.
  package enum Worth: Hashable, Sendable {
    case rateOfDay
    case rate(ExchangeRate)
    /// In the base currency, without a side of its own.
    case base(Money)
    /// Its share of what is open of its document, or else of what the account holds, in that
    /// currency (R32).
    case book
  }

  /// Debit-positive, in the minor units of `currency`.
  package let amount: Money
  package let currency: Currency
  package let worth: Worth

  package init(_ amount: Money, in currency: Currency, worth: Worth = .rateOfDay) {
    self.amount = amount
    self.currency = currency
    self.worth = worth
  }

  /// The word for `Worth.book`.
  package static let bookWord = "book"

  /// Reads `text`; without a code it is in the currency `usual`. Codes are known by their letters,
  /// however they are written, and a currency that has a sign of its own by that too.
  package static func parse(
    _ text: String, of currencies: [Currency], usual: Currency, base: Currency
  ) throws(WrittenAmountError) -> WrittenAmount {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let (number, code) = split(String(parts[0]))
    let currency = try code.isEmpty ? usual : find(code, in: currencies, where: parts[0])
    let amount = try read(number, exponent: currency.exponent)
    guard parts.count == 2 else { return WrittenAmount(amount, in: currency) }
    guard currency.code != base.code else { throw .baseHasNoRate(currency.code) }
    return WrittenAmount(amount, in: currency, worth: try worth(parts[1], base: base))
  }

  private static func worth(
    _ text: Substring, base: Currency
  ) throws(WrittenAmountError) -> Worth {
    let isWhole = text.hasPrefix("@")
    let (word, code) = split(String(isWhole ? text.dropFirst() : text))
    if !isWhole, word.isEmpty, code.lowercased() == bookWord { return .book }
    guard !word.isEmpty else { throw .noRate(code) }
    guard code.isEmpty || code.uppercased() == base.code else { throw .unknownCurrency(code) }
    guard isWhole else {
      guard let rate = ExchangeRate(written: word) else { throw .noRate(word) }
      return .rate(rate)
    }
    let base = try read(word, exponent: base.exponent)
    return .base(max(base.debit, base.credit))
  }

  private static func read(
    _ text: String, exponent: Int
  ) throws(WrittenAmountError) -> Money {
    do { return try AmountExpression.parse(text, exponent: exponent) } catch {
      throw .amount(error)
    }
  }

  private static func find(
    _ code: String, in currencies: [Currency], where text: Substring
  ) throws(WrittenAmountError) -> Currency {
    let found =
      currencies.first { $0.code == code }
      ?? currencies.first { $0.code == code.uppercased() }
      ?? currencies.first { !$0.symbol.isEmpty && $0.symbol == code }
    if let found { return found }
    // One letter is a slip in a number.
    if code.count == 1 { _ = try read(String(text), exponent: 0) }
    throw .unknownCurrency(code)
  }

  /// A number and the code before or behind it, which has a letter or sign that no sum has. `12k` is a
  /// number.
  private static func split(_ text: String) -> (number: String, code: String) {
    let trimmed = text.trimmingSpaces
    let end = trimmed.lastIndex(where: isOfSums).map(trimmed.index(after:)) ?? trimmed.startIndex
    let behind = String(trimmed[end...])
    if !behind.isEmpty, behind.lowercased() != "k" {
      return (String(trimmed[..<end]).trimmingSpaces, behind)
    }
    let start = trimmed.firstIndex(where: isOfSums) ?? trimmed.endIndex
    return (String(trimmed[start...]).trimmingSpaces, String(trimmed[..<start]))
  }

  /// Whether an amount with `symbol` behind it could be read as another one.
  static func isOfAmounts(_ symbol: String) -> Bool {
    symbol.lowercased() == "k" || symbol.contains { isOfSums($0) || $0 == "@" }
  }

  private static func isOfSums(_ character: Character) -> Bool {
    character.isNumber || character.isWhitespace || "+-*/()%.,'’_".contains(character)
  }

  /// As it is written back: the code only where it isn't plain.
  package func text(
    usual: Currency, base: Currency, format: AmountFormat = AmountFormat()
  ) -> String {
    let size = max(amount.debit, amount.credit)
    let number = format.text(size, exponent: currency.exponent)
    guard currency.code != base.code || usual.code != base.code else { return number }
    let named = "\(number) \(currency.code)"
    return switch worth {
    case .rateOfDay: named
    case .rate(let rate): "\(named) @ \(rate.text)"
    case .base(let money): "\(named) @@ \(format.text(money, exponent: base.exponent))"
    case .book: "\(named) @ \(Self.bookWord)"
    }
  }
}

/// Why what was written is no amount.
package enum WrittenAmountError: Error, Hashable, Sendable {
  case amount(AmountInputError)
  case unknownCurrency(String)
  /// What stands behind `@` isn't one.
  case noRate(String)
  case baseHasNoRate(String)
}
