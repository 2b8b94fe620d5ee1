/// How what some accounts took is spread, each by the same basis over the same targets (RULES R35).
package struct Allocation: Hashable, Sendable {
  /// In the order in which they were named, each once.
  package let sources: [ID<Account>]
  /// Whose lines of the sources are spread; nil is those of none.
  package let department: ID<Department>?
  package let targets: [Target]
  package let basis: Basis

  package init(
    of sources: [ID<Account>], in department: ID<Department>? = nil, to targets: [Target],
    by basis: Basis
  ) {
    var named: Set<ID<Account>> = []
    self.sources = sources.filter { named.insert($0).inserted }
    self.department = department
    self.targets = targets
    self.basis = basis
  }

  /// Who takes a part of each source: a department, or none.
  package struct Target: Hashable, Sendable {
    /// On which account; nil is the source's own.
    package let account: ID<Account>?
    package let department: ID<Department>?

    package init(_ account: ID<Account>?, _ department: ID<Department>? = nil) {
      self.account = account
      self.department = department
    }
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

  /// What is taken from, for each source.
  package var origins: [Place] { sources.map { Place($0, department) } }

  /// What parts go to: a target without an account is as many as there are sources.
  package var destinations: [Place] {
    targets.flatMap { target in
      (target.account.map { [$0] } ?? sources).map { Place($0, target.department) }
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

  /// The lines that take what each source holds, `held`, to the targets, both debit-positive. What
  /// is taken from a source and its parts sum to nothing, and so does each account where the
  /// targets name none of their own (R35); where they do, all lines together. What rounding leaves
  /// of a source goes to the parts that lost most (R28). Parts of nothing are left out, and so are
  /// sources of nothing. `words` says what each part is by. `weights` are zero or more, one of them
  /// more.
  package func lines(
    of held: [(source: ID<Account>, amount: Money)], by weights: [Int64], words: [String],
    in currency: String
  ) throws(AmountError) -> [LineContent] {
    var lines: [LineContent] = []
    for (source, amount) in held where !amount.isZero {
      lines.append(
        LineContent(
          account: source, currency: currency, amount: try amount.negated(),
          department: department))
      for (index, part) in try amount.split(by: weights).enumerated() where !part.isZero {
        lines.append(
          LineContent(
            account: targets[index].account ?? source, currency: currency, amount: part,
            description: words[index], department: targets[index].department))
      }
    }
    return lines
  }
}
