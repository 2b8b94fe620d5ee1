/// Which businesses are shown as one, and how (RULES §3.12): what whoever consolidates keeps in a
/// file. Nothing of it is in the database, where no business knows of another.
package struct ConsolidationGroup: Hashable, Sendable {
  package let name: String
  package let currency: Currency
  /// The parent first.
  package var members: [Member]
  /// What the group has besides the parent's chart of accounts.
  package let accounts: [FinancialStatement.Account]
  /// The account, by number, that takes what translating leaves; nil where nothing is translated.
  package let translation: String?
  package let pairs: [Pair]
  /// The largest difference, in the group's currency, of two amounts that count as the same.
  package let tolerance: Money
  package let adjustments: [Adjustment]
  package let rounding: Rounding

  package init(
    name: String, currency: Currency, members: [Member],
    accounts: [FinancialStatement.Account] = [], translation: String? = nil, pairs: [Pair] = [],
    tolerance: Money = .zero, adjustments: [Adjustment] = [],
    rounding: Rounding = .halfAwayFromZero
  ) {
    self.name = name
    self.currency = currency
    self.members = members
    self.accounts = accounts
    self.translation = translation
    self.pairs = pairs
    self.tolerance = tolerance
    self.adjustments = adjustments
    self.rounding = rounding
  }

  package struct Member: Hashable, Sendable {
    package let slug: String
    package let ownership: Ownership
    /// The group's account for some of the member's, by number. Any other stands for the group's
    /// account of its own number.
    package let accounts: [String: String]
    package var rates: Rates

    package init(
      _ slug: String, ownership: Ownership = .whole, accounts: [String: String] = [:],
      rates: Rates = Rates()
    ) {
      self.slug = slug
      self.ownership = ownership
      self.accounts = accounts
      self.rates = rates
    }
  }

  /// What one unit of a member's base currency is in the group's.
  package struct Rates: Hashable, Sendable {
    /// Of the cash before the days.
    package var opening: ExchangeRate?
    /// Of assets and liabilities.
    package var closing: ExchangeRate?
    /// Of income and expenses.
    package var average: ExchangeRate?
    /// Of equity; without it that is at the closing rate.
    package var historical: ExchangeRate?
    /// The same of some of the member's accounts, by number.
    package var equity: [String: ExchangeRate]

    package init(
      opening: ExchangeRate? = nil, closing: ExchangeRate? = nil, average: ExchangeRate? = nil,
      historical: ExchangeRate? = nil, equity: [String: ExchangeRate] = [:]
    ) {
      self.opening = opening
      self.closing = closing
      self.average = average
      self.historical = historical
      self.equity = equity
    }
  }

  /// Accounts of two members that hold the same from either side. What is on them is nothing to the
  /// group, and is eliminated.
  package struct Pair: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
      case receivable
      case loan
      case revenue
      case dividend
      case investment
    }

    package struct Side: Hashable, Sendable {
      /// By slug.
      package let member: String
      /// The member's own, by number.
      package let accounts: [String]

      package init(_ member: String, _ accounts: [String]) {
        self.member = member
        self.accounts = accounts
      }
    }

    package let kind: Kind
    package let here: Side
    package let there: Side

    package init(_ kind: Kind, _ here: Side, _ there: Side) {
      self.kind = kind
      self.here = here
      self.there = there
    }
  }

  /// An entry of the group alone, which posts to no member.
  package struct Adjustment: Hashable, Sendable {
    package let text: String
    package let lines: [Line]

    package struct Line: Hashable, Sendable {
      /// The group's, by number.
      package let account: String
      /// Debit-positive, in the minor units of the group's currency.
      package let amount: Money

      package init(_ account: String, _ amount: Money) {
        self.account = account
        self.amount = amount
      }
    }

    package init(_ text: String, _ lines: [Line]) {
      self.text = text
      self.lines = lines
    }
  }
}

extension ConsolidationGroup.Pair.Kind {
  /// What a difference that a pair leaves counts among.
  var differenceType: AccountType {
    switch self {
    case .receivable, .loan, .investment: .asset
    case .revenue: .expense
    case .dividend: .equity
    }
  }
}

/// How much of a member is the group's: a percentage above 0 and up to 100, exactly.
package struct Ownership: Hashable, Sendable {
  package let percent: Quantity

  package static let mostDecimals = 9
  package static let whole = Ownership(unchecked: Quantity(100))

  private init(unchecked percent: Quantity) { self.percent = percent }

  /// Nil for what isn't such a percentage, or has more digits.
  package init?(percent: Quantity) {
    let exact = percent.reduced()
    guard exact > .zero, exact <= Quantity(100), exact.decimals <= Self.mostDecimals else {
      return nil
    }
    self.percent = exact
  }

  package var isWhole: Bool { percent == Quantity(100) }

  /// What of `amount` is others'.
  package func others(of amount: Money, _ rounding: Rounding) throws(AmountError) -> Money {
    let theirs = try Quantity(100) - percent
    return try (Quantity(amount, exponent: 0) * theirs)
      .divided(by: Quantity(100), decimals: 0, rounding: rounding).money(exponent: 0)
  }
}
