/// What a person writes of a journal entry; the rest follows from what happens to it.
package struct EntryContent: Hashable, Sendable {
  package var date: Day
  package var type: EntryType
  package var source: EntrySource
  package var reference: String
  package var description: String
  package var notes: String
  package var payee: String
  /// A JSON array of `[name, value]` for each tag.
  package var tags: String
  /// The day on which it is taken back by itself (RULES §3.8).
  package var reversesOn: Day?
  /// What an adjusting entry is for; says nothing of others, with which it isn't kept.
  package var adjustment: AdjustmentKind?
  package var lines: [LineContent]

  package init(
    date: Day, type: EntryType = .standard, source: EntrySource = .manual, reference: String = "",
    description: String, notes: String = "", payee: String = "", tags: String = "[]",
    reversesOn: Day? = nil, adjustment: AdjustmentKind? = nil, lines: [LineContent]
  ) {
    self.date = date
    self.type = type
    self.source = source
    self.reference = reference
    self.description = description
    self.notes = notes
    self.payee = payee
    self.tags = tags
    self.reversesOn = reversesOn
    self.adjustment = adjustment
    self.lines = lines
  }

  /// Σ of the lines' debits in the base currency, in minor units.
  package func total() throws(AmountError) -> Money {
    try lines.map(\.base.debit).total()
  }

  /// The same entry with every line on its other side, as a reversal has it.
  package func reversed() throws(AmountError) -> EntryContent {
    var copy = self
    copy.reversesOn = nil
    copy.lines = []
    for line in lines {
      var other = line
      other.amount = try line.amount.negated()
      other.base = try line.base.negated()
      other.particulars = try line.particulars.negated()
      copy.lines.append(other)
    }
    return copy
  }
}

/// One line of an entry. Amounts are debit-positive: a credit is below zero.
package struct LineContent: Hashable, Sendable {
  package var account: ID<Account>
  package var currency: String
  /// In the minor units of `currency`.
  package var amount: Money
  /// In the minor units of the business's base currency.
  package var base: Money
  /// What turned `amount` into `base`; nil in the base currency itself or where base was given.
  /// Where it follows from rates the other way round or by way of others, `base` is of those,
  /// exactly, and this is rounded to the digits that are kept (R29).
  package var rate: ExchangeRate?
  /// The day that the rate is of.
  package var rateDay: Day?
  /// Where the rate comes from; says nothing without one.
  package var rateOrigin: RateOrigin
  /// A foreign amount that no rate was found for: `base` is zero until a revaluation values it.
  package var isUnvalued: Bool
  package var description: String
  package var department: ID<Department>?
  package var project: String
  /// Whose the line is, a customer's or a supplier's; empty is whoever the entry says is paid or
  /// pays.
  package var counterparty: String
  /// The document that it is of, such as an invoice; empty is that of the entry.
  package var reference: String
  package var particulars: LineParticulars
  /// As of the entry.
  package var tags: String

  package init(
    account: ID<Account>, currency: String, amount: Money, base: Money? = nil,
    rate: ExchangeRate? = nil, rateDay: Day? = nil, rateOrigin: RateOrigin = .manual,
    isUnvalued: Bool = false, description: String = "",
    department: ID<Department>? = nil, project: String = "", counterparty: String = "",
    reference: String = "", particulars: LineParticulars = LineParticulars(),
    tags: String = "[]"
  ) {
    self.account = account
    self.currency = currency
    self.amount = amount
    self.base = base ?? amount
    self.rate = rate
    self.rateDay = rateDay
    self.rateOrigin = rateOrigin
    self.isUnvalued = isUnvalued
    self.description = description
    self.department = department
    self.project = project
    self.counterparty = counterparty
    self.reference = reference
    self.particulars = particulars
    self.tags = tags
  }
}

extension LineContent {
  /// Whose the line is, to those who follow what is owed; empty where nobody says.
  package func party(in entry: EntryContent) -> String {
    let own = counterparty.trimmingSpaces
    return own.isEmpty ? entry.payee.trimmingSpaces : own
  }
}

/// Units of the base currency for one unit of a foreign one: `mantissa` × 10^−`scale` (R29). Rates
/// of the same digits are equal, wherever those come from.
package struct ExchangeRate: Sendable {
  package let mantissa: Int64
  package let scale: Int
  /// What it is exactly, where it isn't kept itself but follows from rates that are: those digits
  /// are too few for large amounts of small units.
  private let exact: (numerator: Quantity, divisor: Quantity)?

  /// As many digits as the schema keeps.
  package static let mostDecimals = 12

  package init(mantissa: Int64, scale: Int) {
    self.mantissa = mantissa
    self.scale = scale
    exact = nil
  }

  /// A quotient. Nil for what is too large for a rate, or too small.
  private init?(_ numerator: Quantity, over divisor: Quantity) {
    // Too large in between: then there is none.
    guard let quotient = try? numerator.divided(by: divisor, decimals: Self.mostDecimals),
      let rounded = Self(quotient)
    else { return nil }
    mantissa = rounded.mantissa
    scale = rounded.scale
    exact = (numerator, divisor)
  }

  /// Units of the other currency for one of this. Nil as above.
  package func inverted() -> ExchangeRate? {
    Self(terms.divisor, over: terms.numerator)
  }

  /// The rate by way of the currency that this one leads to and `next` comes from. Nil as above.
  package func followed(by next: ExchangeRate) -> ExchangeRate? {
    let (first, second) = (terms, next.terms)
    guard let numerator = try? first.numerator * second.numerator,
      let divisor = try? first.divisor * second.divisor
    else { return nil }
    return Self(numerator, over: divisor)
  }

  private var terms: (numerator: Quantity, divisor: Quantity) { exact ?? (quantity, Quantity(1)) }

  package var quantity: Quantity { Quantity(Int128(mantissa), decimals: scale) }

  /// B = round(Tx × rate × 10^(exponent of base − exponent of foreign)) (R30).
  package func base(
    of amount: Money, foreignExponent: Int, baseExponent: Int, _ rounding: Rounding
  ) throws(AmountError) -> Money {
    try worth(of: Quantity(amount, exponent: foreignExponent), decimals: baseExponent, rounding)
      .money(exponent: baseExponent)
  }

  /// What so much of the foreign currency is worth, rounded once to `decimals` digits.
  package func worth(
    of amount: Quantity, decimals: Int, _ rounding: Rounding
  ) throws(AmountError) -> Quantity {
    // With too many digits for 128 bits, those of the rate have to do.
    if let exact,
      let worth = try? (amount * exact.numerator)
        .divided(by: exact.divisor, decimals: decimals, rounding: rounding)
    {
      return worth
    }
    return try (amount * quantity).rounded(to: decimals, rounding)
  }
}

extension ExchangeRate: Hashable {
  package static func == (left: Self, right: Self) -> Bool {
    left.mantissa == right.mantissa && left.scale == right.scale
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(mantissa)
    hasher.combine(scale)
  }
}
