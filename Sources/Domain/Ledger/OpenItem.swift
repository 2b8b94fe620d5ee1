/// An amount and what it is worth in the base currency, both in minor units.
package struct ItemAmount: Hashable, Sendable {
  package let amount: Money
  package let base: Money

  package static let zero = ItemAmount(amount: .zero, base: .zero)

  package init(amount: Money, base: Money) {
    self.amount = amount
    self.base = base
  }

  package static func + (left: ItemAmount, right: ItemAmount) throws(AmountError) -> ItemAmount {
    ItemAmount(amount: try left.amount + right.amount, base: try left.base + right.base)
  }

  package static func - (left: ItemAmount, right: ItemAmount) throws(AmountError) -> ItemAmount {
    ItemAmount(amount: try left.amount - right.amount, base: try left.base - right.base)
  }

  package var isZero: Bool { amount.isZero && base.isZero }
}

/// Whose a line is, and of which document: those of one account and currency that say the same are
/// one open item (R9).
package struct ItemName: Hashable, Sendable {
  /// Empty where nobody is named.
  package let party: String
  package let reference: String

  package init(party: String = "", reference: String = "") {
    self.party = party.trimmingSpaces
    self.reference = reference.trimmingSpaces
  }

  /// What a line says goes before what its entry does.
  package init(
    party: String, orOfEntry payee: String, reference: String = "",
    orOfEntry entryReference: String
  ) {
    func first(_ own: String, _ other: String) -> String {
      own.trimmingSpaces.isEmpty ? other : own
    }
    self.init(party: first(party, payee), reference: first(reference, entryReference))
  }
}

/// The lines of an account that are of one party, document and currency: what was invoiced, what of
/// it was settled, and what is left (R9, R32). All of it is positive on the account's normal side.
package struct OpenItem: Hashable, Sendable {
  /// Empty where no line of it says whose it is.
  package let party: String
  package let reference: String
  package let currency: String
  /// Of `currency`.
  package let exponent: Int
  /// Base amounts without any other: the account's revaluations, which are nobody's.
  package let isRevaluation: Bool
  /// The day of its first line.
  package let first: Day
  package let lines: Int
  package let invoiced: ItemAmount
  package let settled: ItemAmount
  package let remaining: ItemAmount

  package init(
    party: String, reference: String, currency: String, exponent: Int,
    isRevaluation: Bool = false, first: Day, lines: Int, invoiced: ItemAmount,
    settled: ItemAmount
  ) throws(AmountError) {
    self.party = party
    self.reference = reference
    self.currency = currency
    self.exponent = exponent
    self.isRevaluation = isRevaluation
    self.first = first
    self.lines = lines
    self.invoiced = invoiced
    self.settled = settled
    remaining = try invoiced - settled
  }

  /// What is settled in both currencies is open no more.
  package var isOpen: Bool { !remaining.isZero }

  /// Whether it should say whose it is, and doesn't.
  package var lacksParty: Bool { party.isEmpty && !isRevaluation }

  /// In days, at the end of `day`.
  package func age(on day: Day) -> Int { Int(day.sinceEpoch - first.sinceEpoch) }
}

/// How long something has been open, as lists of debtors are divided.
package enum AgeBand: String, Sendable, CaseIterable {
  case upTo30 = "0-30"
  case upTo60 = "31-60"
  case upTo90 = "61-90"
  case older = "over 90"

  package init(days: Int) {
    self =
      switch days {
      case ...30: .upTo30
      case ...60: .upTo60
      case ...90: .upTo90
      default: .older
      }
  }
}

/// What is open of one party in one currency.
package struct PartyBalance: Hashable, Sendable {
  package let party: String
  package let currency: String
  package let exponent: Int
  package let isRevaluation: Bool
  package let items: Int
  package let remaining: ItemAmount
  /// In the base currency, by how long it has been open; what isn't there is zero.
  package let bands: [AgeBand: Money]
}

extension [OpenItem] {
  /// What is open of each party at the end of `day`, in the order of the first item of each.
  package func byParty(on day: Day) throws(AmountError) -> [PartyBalance] {
    let groups = Dictionary(grouping: self, by: PartyKey.init)
    var known: Set<PartyKey> = []
    var balances: [PartyBalance] = []
    for first in self where known.insert(PartyKey(first)).inserted {
      var remaining = ItemAmount.zero
      var bands: [AgeBand: Money] = [:]
      let items = groups[PartyKey(first)] ?? []
      for item in items {
        remaining = try remaining + item.remaining
        let band = AgeBand(days: item.age(on: day))
        bands[band] = try (bands[band] ?? .zero) + item.remaining.base
      }
      balances.append(
        PartyBalance(
          party: first.party, currency: first.currency, exponent: first.exponent,
          isRevaluation: first.isRevaluation, items: items.count, remaining: remaining,
          bands: bands))
    }
    return balances
  }
}

/// What open items of one party and currency have in common.
private struct PartyKey: Hashable {
  let party: String
  let currency: String
  let isRevaluation: Bool

  init(_ item: OpenItem) {
    party = item.party
    currency = item.currency
    isRevaluation = item.isRevaluation
  }
}
