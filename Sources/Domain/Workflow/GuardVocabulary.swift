/// What every guard can ask of what an instance is about (RULES §5.1).
package enum GuardAttribute: String, Sendable, CaseIterable {
  /// Σ base debits, written in major units.
  case amount
  /// The codes of the departments on the lines, and of all above these, so that a question about
  /// one holds of those below it too.
  case department
  case accountClass = "account_class"
  case accountType = "account_type"
  case entryType = "entry_type"
  case source
  case creatorRole = "creator_role"
  case budgetStatus = "budget_status"
  /// How many there are.
  case attachments

  /// Whether only entries have it.
  package var needsEntry: Bool {
    switch self {
    case .amount, .department, .accountClass, .accountType, .entryType, .source, .budgetStatus:
      true
    case .creatorRole, .attachments: false
    }
  }

  /// Whether there may be several at once, as an entry has several lines.
  package var isOfLines: Bool {
    switch self {
    case .department, .accountClass, .accountType: true
    case .amount, .entryType, .source, .creatorRole, .budgetStatus, .attachments: false
    }
  }

  /// Whether it is never below zero.
  package var isCounted: Bool { self == .amount || self == .attachments }

  /// Whether everything that has it has some of it.
  package var isAlwaysKnown: Bool { self != .department && self != .creatorRole }

  package var type: WorkflowValueType {
    switch self {
    case .amount: .amount
    case .attachments: .number
    case .department: .text
    case .accountClass: .choice(AccountType.Class.allCases.map(\.rawValue))
    case .accountType: .choice(AccountType.allCases.map(\.rawValue))
    case .entryType: .choice(EntryType.allCases.map(\.rawValue))
    case .source: .choice(EntrySource.allCases.map(\.rawValue))
    case .creatorRole: .choice(Role.allCases.map(\.rawValue))
    case .budgetStatus: .choice(BudgetStanding.allCases.map(\.rawValue))
    }
  }
}

/// How an entry stands to what was planned for its accounts (RULES R36).
package enum BudgetStanding: String, Sendable, CaseIterable {
  /// Nothing was planned.
  case unplanned
  case within
  case over
}

/// The names that a definition's guards may use, and what each may be compared with.
package struct GuardVocabulary: Hashable, Sendable {
  /// Digits of the base currency.
  package let exponent: Int
  private let attributes: Set<GuardAttribute>
  private let variables: [String: WorkflowValueType]
  /// Codes; nil is any.
  private let departments: Set<String>?

  package init(
    subject: WorkflowSubject, variables: [WorkflowVariable] = [], exponent: Int,
    departments: Set<String>? = nil
  ) {
    attributes = Set(GuardAttribute.allCases.filter { subject == .entry || !$0.needsEntry })
    self.variables = Dictionary(
      variables.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
    self.exponent = exponent
    self.departments = departments
  }

  package func attribute(_ name: String) -> GuardAttribute? {
    GuardAttribute(rawValue: name).flatMap { attributes.contains($0) ? $0 : nil }
  }

  package func type(of name: String) -> WorkflowValueType? {
    attribute(name)?.type ?? variables[name]
  }

  package var names: [String] {
    GuardAttribute.allCases.filter(attributes.contains).map(\.rawValue) + variables.keys.sorted()
  }

  /// What has no meaning in an expression, from left to right; names that aren't compared last.
  package func faults(in expression: GuardExpression) -> [GuardFault] {
    let comparisons = expression.comparisons
    let unknown = expression.names.subtracting(comparisons.map(\.name)).sorted()
      .filter { type(of: $0) == nil }
    return comparisons.flatMap(faults) + unknown.map { .unknownName($0) }
  }

  private func faults(in comparison: GuardComparison) -> [GuardFault] {
    guard let type = type(of: comparison.name) else { return [.unknownName(comparison.name)] }
    if comparison.relation.isOrder, !type.isOrdered {
      return [.unordered(comparison.name, comparison.relation)]
    }
    return comparison.values.compactMap { fault(of: $0, as: type, comparison.name) }
  }

  private func fault(
    of value: GuardValue, as type: WorkflowValueType, _ name: String
  ) -> GuardFault? {
    switch (type, value) {
    case (.amount, .number(let number)): amountFault(number, name)
    case (.number, .number), (.flag, .flag), (.day, .day): nil
    case (.text, .text(let word)):
      attribute(name) == .department && departments?.contains(word) == false
        ? .unknownWord(name, word) : nil
    case (.choice(let words), .text(let word)):
      words.contains(word) ? nil : .unknownWord(name, word)
    case (.amount, _), (.number, _), (.text, _), (.flag, _), (.day, _), (.choice, _):
      .wrongType(name, value)
    }
  }

  private func amountFault(_ number: Quantity, _ name: String) -> GuardFault? {
    do throws(AmountError) {
      let amount = try number.money(exponent: exponent)
      return amount.minorUnits.magnitude <= Money.limit.minorUnits.magnitude
        ? nil : .amount(name, .tooLarge)
    } catch {
      return .amount(name, error)
    }
  }
}

extension WorkflowValueType {
  package var isOrdered: Bool {
    switch self {
    case .amount, .number, .day: true
    case .text, .flag, .choice: false
    }
  }

  /// Whether a variable of this type can hold `value`, whatever the currency's digits are.
  package func takes(_ value: GuardValue) -> Bool {
    switch (self, value) {
    case (.amount, .number), (.number, .number), (.text, .text), (.flag, .flag), (.day, .day): true
    case (.choice(let words), .text(let word)): words.contains(word)
    case (.amount, _), (.number, _), (.text, _), (.flag, _), (.day, _), (.choice, _): false
    }
  }
}

/// Why an expression that can be read means nothing.
package enum GuardFault: Hashable, Sendable {
  /// Neither what such a subject has nor a variable.
  case unknownName(String)
  /// The name's values are of another kind.
  case wrongType(String, GuardValue)
  /// Its values don't come one before the other.
  case unordered(String, GuardComparison.Relation)
  /// It is never that word.
  case unknownWord(String, String)
  case amount(String, AmountError)
}
