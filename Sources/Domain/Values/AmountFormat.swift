/// Which of the two marks people write before the decimals.
package enum DecimalMark: String, Hashable, Sendable, CaseIterable {
  case point
  case comma

  package var character: Character { self == .point ? "." : "," }

  /// The mark that groups thousands where this one is before the decimals.
  package var other: DecimalMark { self == .point ? .comma : .point }
}

/// How amounts are written for people: `1,234.50`. `AmountExpression` reads it back in every form
/// but parentheses, which group there.
package struct AmountFormat: Hashable, Sendable {
  package var decimalMark: DecimalMark
  package var grouping: Grouping
  package var negative: Negative

  /// What stands between thousands.
  package enum Grouping: String, Hashable, Sendable, CaseIterable {
    /// The mark that isn't the decimal mark.
    case mark
    case space
    case apostrophe
    case none
  }

  package enum Negative: String, Hashable, Sendable, CaseIterable {
    /// `-1,234.50`
    case minus
    /// `(1,234.50)`
    case parentheses
    /// `1,234.50-`
    case trailing
  }

  package init(
    decimalMark: DecimalMark = .point, grouping: Grouping = .mark, negative: Negative = .minus
  ) {
    self.decimalMark = decimalMark
    self.grouping = grouping
    self.negative = negative
  }

  /// With all digits of a currency of `exponent` digits.
  package func text(_ amount: Money, exponent: Int) -> String {
    let digits = padded(amount.minorUnits.magnitude, to: exponent + 1)
    let whole = grouped(digits.dropLast(exponent))
    let bare =
      exponent == 0 ? whole : "\(whole)\(decimalMark.character)\(digits.suffix(exponent))"
    guard amount < .zero else { return bare }
    return switch negative {
    case .minus: "-\(bare)"
    case .parentheses: "(\(bare))"
    case .trailing: "\(bare)-"
    }
  }

  private func grouped(_ digits: Substring) -> String {
    guard let separator else { return String(digits) }
    var groups: [Substring] = []
    var rest = digits
    while rest.count > 3 {
      groups.append(rest.suffix(3))
      rest = rest.dropLast(3)
    }
    groups.append(rest)
    return groups.reversed().joined(separator: separator)
  }

  private var separator: String? {
    switch grouping {
    case .mark: String(decimalMark.other.character)
    case .space: " "
    case .apostrophe: "'"
    case .none: nil
    }
  }
}
