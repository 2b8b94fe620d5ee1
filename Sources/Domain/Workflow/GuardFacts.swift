/// What is known of what an instance is about when a guard is asked.
package struct GuardFacts: Hashable, Sendable {
  /// Of each name what it is; several where an entry has several. What isn't known is left out.
  package private(set) var values: [String: [GuardValue]]

  package init(_ values: [String: [GuardValue]] = [:]) {
    self.values = values.filter { !$0.value.isEmpty }
  }

  package subscript(_ attribute: GuardAttribute) -> [GuardValue] {
    get { self[attribute.rawValue] }
    set { self[attribute.rawValue] = newValue }
  }

  package subscript(_ name: String) -> [GuardValue] {
    get { values[name] ?? [] }
    set { values[name] = newValue.isEmpty ? nil : newValue }
  }

  /// `amount` is Σ base debits in minor units of a currency of `exponent` digits.
  package mutating func set(amount: Money, exponent: Int) {
    self[.amount] = [.number(Quantity(amount, exponent: exponent))]
  }

  /// The codes of the departments on the lines and of all above them.
  package mutating func set(departments: Set<String>) {
    self[.department] = departments.sorted().map(GuardValue.text)
  }

  /// Of the lines' accounts: also sets their classes.
  package mutating func set(accountTypes: Set<AccountType>) {
    self[.accountType] = Self.words(accountTypes)
    self[.accountClass] = Self.words(Set(accountTypes.map(\.accountClass)))
  }

  package mutating func set(entryType: EntryType, source: EntrySource) {
    self[.entryType] = Self.words([entryType])
    self[.source] = Self.words([source])
  }

  package mutating func set(creatorRole: Role) { self[.creatorRole] = Self.words([creatorRole]) }

  package mutating func set(budget: BudgetStanding) { self[.budgetStatus] = Self.words([budget]) }

  package mutating func set(attachments: Int) {
    self[.attachments] = [.number(Quantity(Int128(attachments)))]
  }

  private static func words<Word>(_ words: Set<Word>) -> [GuardValue]
  where Word: RawRepresentable<String> {
    words.map(\.rawValue).sorted().map(GuardValue.text)
  }
}

extension GuardExpression {
  /// Whether it holds. A comparison with what isn't known doesn't; of several values one is enough,
  /// but `!=` takes all of them to differ.
  package func holds(of facts: GuardFacts) -> Bool {
    switch self {
    case .all(let parts): parts.allSatisfy { $0.holds(of: facts) }
    case .any(let parts): parts.contains { $0.holds(of: facts) }
    case .not(let inner): !inner.holds(of: facts)
    case .exists(let name): !facts[name].isEmpty
    case .comparison(let comparison): comparison.holds(of: facts[comparison.name])
    }
  }
}

extension GuardComparison {
  fileprivate func holds(of known: [GuardValue]) -> Bool {
    switch relation {
    case .equal, .isIn: known.contains(where: values.contains)
    case .notEqual: !known.isEmpty && !known.contains(where: values.contains)
    case .less: isOrdered(known) { $0 < 0 }
    case .lessOrEqual: isOrdered(known) { $0 <= 0 }
    case .greater: isOrdered(known) { $0 > 0 }
    case .greaterOrEqual: isOrdered(known) { $0 >= 0 }
    }
  }

  private func isOrdered(_ known: [GuardValue], _ fits: (Int) -> Bool) -> Bool {
    known.contains { left in
      values.contains { right in left.order(to: right).map(fits) ?? false }
    }
  }
}

extension GuardValue {
  /// Below zero where it comes before the other; nil where neither comes first.
  package func order(to other: GuardValue) -> Int? {
    switch (self, other) {
    case (.number(let left), .number(let right)): left < right ? -1 : left == right ? 0 : 1
    case (.day(let left), .day(let right)): left < right ? -1 : left == right ? 0 : 1
    default: nil
    }
  }
}
