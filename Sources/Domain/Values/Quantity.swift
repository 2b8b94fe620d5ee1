/// An exact decimal number: `mantissa` × 10^−`decimals`. What people type and files hold, before a
/// currency's exponent makes it `Money`. Equal values are equal whatever their trailing zeros.
package struct Quantity: Sendable {
  package let mantissa: Int128
  package let decimals: Int

  /// Room for every Int64 amount in units of 10^−18; more digits than that nobody's books hold.
  package static let mostDecimals = 18

  package init(_ mantissa: Int128, decimals: Int = 0) {
    self.mantissa = mantissa
    self.decimals = decimals
  }

  package static let zero = Quantity(0)

  package var isZero: Bool { mantissa == 0 }

  package func negated() -> Quantity { Quantity(-mantissa, decimals: decimals) }

  package static func + (left: Quantity, right: Quantity) throws(AmountError) -> Quantity {
    let decimals = max(left.decimals, right.decimals)
    let (sum, overflow) = try left.mantissa(at: decimals).addingReportingOverflow(
      try right.mantissa(at: decimals))
    // The smallest Int128 has no opposite.
    guard !overflow, sum != .min else { throw .tooLarge }
    return Quantity(sum, decimals: decimals)
  }

  package static func - (left: Quantity, right: Quantity) throws(AmountError) -> Quantity {
    try left + right.negated()
  }

  package static func * (left: Quantity, right: Quantity) throws(AmountError) -> Quantity {
    let (product, overflow) = left.mantissa.multipliedReportingOverflow(by: right.mantissa)
    guard !overflow, product != .min else { throw .tooLarge }
    return Quantity(product, decimals: left.decimals + right.decimals).reduced()
  }

  /// The quotient rounded to `decimals` digits.
  package func divided(
    by divisor: Quantity, decimals: Int, rounding: Rounding = .halfAwayFromZero
  )
    throws(AmountError) -> Quantity
  {
    guard !divisor.isZero else { throw .divisionByZero }
    let shift = decimals - self.decimals + divisor.decimals
    let numerator = try mantissa.scaled(byPowerOfTen: max(0, shift))
    let denominator = try divisor.mantissa.scaled(byPowerOfTen: max(0, -shift))
    return Quantity(rounding.divide(numerator, by: denominator), decimals: decimals)
  }

  /// The same number with `decimals` digits, rounded where that drops any.
  package func rounded(
    to decimals: Int, _ rounding: Rounding = .halfAwayFromZero
  )
    throws(AmountError) -> Quantity
  {
    guard decimals < self.decimals else {
      return Quantity(try mantissa(at: decimals), decimals: decimals)
    }
    let unit = try Int128(1).scaled(byPowerOfTen: self.decimals - decimals)
    return Quantity(rounding.divide(mantissa, by: unit), decimals: decimals)
  }

  /// The amount in minor units, or the reason why it has none: digits are never dropped in silence.
  package func money(exponent: Int) throws(AmountError) -> Money {
    let exact = reduced()
    guard exact.decimals <= exponent else { throw .tooManyDecimals(decimals: exponent) }
    let scaled = try exact.mantissa(at: exponent)
    guard let minorUnits = Int64(exactly: scaled), minorUnits != .min else { throw .tooLarge }
    return Money(minorUnits: minorUnits)
  }

  package init(_ money: Money, exponent: Int) {
    self.init(Int128(money.minorUnits), decimals: exponent)
  }

  /// Without zeros at the end: 1.50 becomes 1.5.
  package func reduced() -> Quantity {
    var (mantissa, decimals) = (mantissa, decimals)
    while decimals > 0, mantissa % 10 == 0 {
      mantissa /= 10
      decimals -= 1
    }
    return Quantity(mantissa, decimals: decimals)
  }

  /// `-1234.50`, with as many digits after the mark as `decimals` says.
  package var text: String {
    let digits = padded(mantissa.magnitude, to: decimals + 1)
    let whole = digits.dropLast(decimals)
    let sign = mantissa < 0 ? "-" : ""
    return decimals == 0 ? sign + whole : "\(sign)\(whole).\(digits.suffix(decimals))"
  }

  /// Reads `-1234.50`: an optional sign, digits, at most one point. For people's input see
  /// `AmountExpression`.
  package init?(_ text: some StringProtocol) {
    let negative = text.hasPrefix("-")
    let bare = Substring(text).drop(while: { $0 == "-" || $0 == "+" })
    guard text.count - bare.count <= 1 else { return nil }
    let parts = bare.split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count == 2 ? parts[1] : ""
    guard (1...2).contains(parts.count), fraction.count <= Self.mostDecimals,
      !(parts[0].isEmpty && fraction.isEmpty),
      (parts[0] + fraction).utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      ),
      let magnitude = Int128(String(parts[0] + fraction))
    else { return nil }
    self.init(negative ? -magnitude : magnitude, decimals: fraction.count)
  }

  /// What people write where no currency says the digits, `0.9217` or `0,9217`; nil for anything
  /// else, and for `15,000`, which may be fifteen or thousands of it.
  package init?(written text: String) {
    guard
      text.split(separator: ",", omittingEmptySubsequences: false).last?.count != 3
        || text.contains(".") || !text.contains(",")
    else { return nil }
    self.init(text.contains(".") ? text : text.replacing(",", with: "."))
  }

  private func mantissa(at decimals: Int) throws(AmountError) -> Int128 {
    try mantissa.scaled(byPowerOfTen: decimals - self.decimals)
  }
}

extension Quantity: Comparable {
  package static func == (left: Quantity, right: Quantity) -> Bool {
    let (left, right) = (left.reduced(), right.reduced())
    return left.mantissa == right.mantissa && left.decimals == right.decimals
  }

  package static func < (left: Quantity, right: Quantity) -> Bool {
    guard let difference = try? left - right else {
      // Only numbers of more than 128 bits together fail to subtract; their signs and sizes decide.
      return left.mantissa / left.unit < right.mantissa / right.unit
    }
    return difference.mantissa < 0
  }

  private var unit: Int128 { (0..<decimals).reduce(1) { power, _ in power * 10 } }
}

extension Quantity: Hashable {
  package func hash(into hasher: inout Hasher) {
    let exact = reduced()
    hasher.combine(exact.mantissa)
    hasher.combine(exact.decimals)
  }
}

extension Int128 {
  func scaled(byPowerOfTen power: Int) throws(AmountError) -> Int128 {
    var result = self
    for _ in 0..<Swift.max(0, power) {
      let (next, overflow) = result.multipliedReportingOverflow(by: 10)
      guard !overflow else { throw .tooLarge }
      result = next
    }
    return result
  }
}

/// How a digit that cannot be kept is rounded (RULES R28). A business chooses once.
package enum Rounding: String, Sendable, CaseIterable {
  case halfAwayFromZero = "half_away"
  case halfEven = "half_even"

  package func divide(_ numerator: Int128, by denominator: Int128) -> Int128 {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    let twice = remainder.magnitude * 2
    let goesUp =
      switch self {
      case .halfAwayFromZero: twice >= denominator.magnitude
      case .halfEven:
        twice > denominator.magnitude || (twice == denominator.magnitude && quotient % 2 != 0)
      }
    return goesUp ? quotient + ((numerator < 0) == (denominator < 0) ? 1 : -1) : quotient
  }
}
