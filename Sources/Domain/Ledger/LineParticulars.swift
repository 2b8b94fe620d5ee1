/// What a line says of tax and of how much it is of. Both only inform: nothing is worked out from
/// them, and no balance holds them.
package struct LineParticulars: Hashable, Sendable {
  /// Which tax; empty where the line says none.
  package var taxCode: String
  /// In minor units of the line's currency, with the sign that whoever wrote the line gave it.
  package var tax: Money?
  package var quantity: LineQuantity?

  package init(taxCode: String = "", tax: Money? = nil, quantity: LineQuantity? = nil) {
    self.taxCode = taxCode
    self.tax = tax
    self.quantity = quantity
  }

  /// As what takes the line back has them: the two come to nothing together.
  package func negated() throws(AmountError) -> LineParticulars {
    LineParticulars(taxCode: taxCode, tax: try tax?.negated(), quantity: quantity?.negated())
  }

  /// Without what an amount of its own says, for a line of another.
  package var withoutFigures: LineParticulars { LineParticulars(taxCode: taxCode) }
}

/// How much a line is of: exactly `mantissa` × 10^−`scale` of `unit`, without zeros at the end.
package struct LineQuantity: Hashable, Sendable {
  package let mantissa: Int64
  package let scale: Int
  /// `kg`; empty where nobody says.
  package let unit: String

  /// As many digits after the mark as the schema keeps.
  package static let mostDecimals = 12
  /// In Unicode's code points.
  package static let mostUnitCharacters = 32

  private init(mantissa: Int64, scale: Int, unit: String) {
    self.mantissa = mantissa
    self.scale = scale
    self.unit = unit
  }

  /// Nil for more digits than a line keeps, and for a unit that is too long or that no tag of a
  /// journal can hold.
  package init?(_ quantity: Quantity, unit: String = "") {
    let exact = quantity.reduced()
    let unit = unit.trimmingSpaces
    guard exact.decimals <= Self.mostDecimals, let mantissa = Int64(exactly: exact.mantissa),
      // The smallest has no opposite.
      mantissa != .min, unit.unicodeScalars.count <= Self.mostUnitCharacters,
      " \(unit)".fitsTag
    else { return nil }
    self.init(mantissa: mantissa, scale: exact.decimals, unit: unit)
  }

  /// As the schema keeps it; nil where it keeps none.
  package init?(kept mantissa: Int64?, scale: Int?, unit: String?) {
    guard let mantissa, let scale else { return nil }
    self.init(Quantity(Int128(mantissa), decimals: scale), unit: unit ?? "")
  }

  /// What people type: `12.5 kg`, `-3`. Nil for anything else.
  package init?(typed text: String) {
    let parts = text.trimmingSpaces.split(separator: " ", maxSplits: 1)
    guard let number = parts.first.flatMap({ Quantity(written: String($0)) }) else { return nil }
    self.init(number, unit: parts.count == 2 ? String(parts[1]) : "")
  }

  package func negated() -> LineQuantity {
    LineQuantity(mantissa: -mantissa, scale: scale, unit: unit)
  }

  /// `12.5`
  package var number: String { Quantity(Int128(mantissa), decimals: scale).text }

  /// `12.5 kg`
  package var text: String { unit.isEmpty ? number : "\(number) \(unit)" }
}
