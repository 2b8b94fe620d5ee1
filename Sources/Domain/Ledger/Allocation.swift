/// How what one place of the books took is spread over others (RULES R35).
package struct Allocation: Hashable, Sendable {
  package let source: Place
  package let targets: [Place]
  package let basis: Basis

  package init(of source: Place, to targets: [Place], by basis: Basis) {
    self.source = source
    self.targets = targets
    self.basis = basis
  }

  /// An account's lines in one department, or in none.
  package struct Place: Hashable, Sendable {
    package let account: ID<Account>
    package let department: ID<Department>?

    package init(_ account: ID<Account>, _ department: ID<Department>? = nil) {
      self.account = account
      self.department = department
    }
  }

  /// What the targets' parts stand to each other as.
  package enum Basis: Hashable, Sendable {
    /// Each target's, in their order, in millionths of the whole.
    case shares([Int64])
    /// How many work in their departments.
    case headcount
    /// What another account holds, or took, in their departments.
    case balance(of: ID<Account>)

    /// What the schema calls it.
    package enum Kind: String, Sendable, CaseIterable {
      case shares
      case headcount
      case balance
    }

    package var kind: Kind {
      switch self {
      case .shares: .shares
      case .headcount: .headcount
      case .balance: .balance
      }
    }

    /// Whose balance it is by, if it is by one.
    package var account: ID<Account>? {
      if case .balance(let account) = self { account } else { nil }
    }
  }

  /// The lines that take `amount` from the source to the targets, both debit-positive: they sum to
  /// nothing, and what rounding leaves goes to the parts that lost most (R28). Parts of nothing are
  /// left out. `words` says what each part is by. `weights` are zero or more, one of them more.
  package func lines(
    of amount: Money, by weights: [Int64], words: [String], in currency: String
  ) throws(AmountError) -> [LineContent] {
    let parts = try amount.split(by: weights)
    var lines = [
      LineContent(
        account: source.account, currency: currency, amount: try amount.negated(),
        department: source.department)
    ]
    for (index, part) in parts.enumerated() where !part.isZero {
      lines.append(
        LineContent(
          account: targets[index].account, currency: currency, amount: part,
          description: words[index], department: targets[index].department))
    }
    return lines
  }
}
