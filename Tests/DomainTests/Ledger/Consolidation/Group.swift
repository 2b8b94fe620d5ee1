import Domain

/// Members whose books are written down in a few words.
enum Group {
  static let dollar = Currency(code: "USD", exponent: 2)
  static let euro = Currency(code: "EUR", exponent: 2)
  static let from = Day(sinceEpoch: 20_454)
  static let through = Day(sinceEpoch: 20_818)

  /// What stands on an account, debit-positive, in minor units.
  struct Posted {
    let number: String
    let type: AccountType
    let base: Int64
    /// In the currency of the document, where that is another.
    var document: (code: String, amount: Int64)?

    init(
      _ number: String, _ type: AccountType, _ base: Int64,
      document: (code: String, amount: Int64)? = nil
    ) {
      self.number = number
      self.type = type
      self.base = base
      self.document = document
    }
  }

  /// A business whose chart is the accounts that are named, once each, and those that hold nothing.
  static func member(
    _ slug: String, _ currency: Currency, _ posted: [Posted], earlier: Int64 = 0
  ) -> MemberBalances {
    var chart: [FinancialStatement.Account] = []
    var positions: [ForeignPosition] = []
    for line in posted {
      let id: ID<Account>
      if let known = chart.first(where: { $0.number == line.number }) {
        id = known.id
      } else {
        id = ID(Int64(chart.count) + 1)
        chart.append(
          .init(
            id: id, number: line.number, name: "A\(line.number)", path: "A\(line.number)",
            parent: nil, type: line.type))
      }
      guard line.base != 0 || line.document != nil else { continue }
      positions.append(
        ForeignPosition(
          account: id, currency: line.document?.code ?? currency.code,
          amount: Money(minorUnits: line.document?.amount ?? line.base),
          base: Money(minorUnits: line.base)))
    }
    return MemberBalances(
      slug: slug, name: slug.uppercased(), currency: currency, from: from, through: through,
      chart: chart, positions: positions, earlier: Money(minorUnits: earlier))
  }

  static func rate(_ text: String) -> ExchangeRate {
    guard let rate = ExchangeRate(written: text) else { preconditionFailure("\(text) is a rate") }
    return rate
  }

  static func ownership(_ text: String) -> Ownership {
    guard let percent = Quantity(text), let ownership = Ownership(percent: percent) else {
      preconditionFailure("\(text) is a percentage")
    }
    return ownership
  }
}

extension Consolidation {
  /// Each row as `account 1100: 500000 286000 | 0 -5000 | 781000`.
  var words: [String] {
    rows.map { row in
      let line =
        switch row.line {
        case .account(let number): number
        case .earlierEarnings: "earlier"
        case .nonControllingInterest: "others"
        case .nonControllingIncome: "others' income"
        case .difference(let pair, let pass): "\(pair.kind) \(pass)"
        }
      let members = row.members.map { "\($0.minorUnits)" }.joined(separator: " ")
      return "\(line): \(members) | \(row.eliminations.minorUnits) \(row.adjustments.minorUnits)"
        + " | \(row.group.minorUnits)"
    }
  }
}
