package import Domain
package import Phrases

// The domain's own words, as its cases are called.

extension Role {
  /// `Owner`.
  package var phrase: Phrase { Phrase(word: title) }

  /// Whom something waits for: `a manager and a director`.
  package static func anyOf(_ roles: [Role]) -> Phrase {
    .all(roles.map { "a \(Phrase(word: $0.rawValue))" })
  }
}

extension EntryStatus {
  package var phrase: Phrase { Phrase(word: title) }
}

extension AccountType {
  package var phrase: Phrase { Phrase(word: title) }
}

extension AccountCategory {
  package var phrase: Phrase { Phrase(word: rawValue.replacing("_", with: " ")) }
}

extension CashFlowClass {
  package var phrase: Phrase { Phrase(word: rawValue, context: "cash flow") }
}

extension DepartmentType {
  package var phrase: Phrase { Phrase(word: title, context: "department") }

  private var title: String {
    switch self {
    case .hr, .it: rawValue.uppercased()
    default: rawValue.replacing("_", with: " ")
    }
  }
}

extension DepartmentRole {
  package var phrase: Phrase { Phrase(word: rawValue, context: "post") }
}

extension DepartmentPower {
  package var phrase: Phrase { Phrase(word: title) }

  private var title: String {
    let words = rawValue.replacing("-", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }
}

extension BudgetEdition {
  package var phrase: Phrase { Phrase(word: rawValue, context: "budget") }
}

extension RateKind {
  package var phrase: Phrase { Phrase(word: rawValue, context: "rate") }
}

extension RateSource {
  package var phrase: Phrase { Phrase(word: rawValue) }
}

extension RateStatus {
  package var phrase: Phrase { Phrase(word: rawValue, context: "rate") }
}

extension BudgetStatus {
  package var phrase: Phrase { Phrase(word: rawValue) }
}

extension BudgetCheck {
  package var phrase: Phrase { Phrase(word: rawValue, context: "budget check") }
}

extension BusinessSize {
  package var phrase: Phrase { Phrase(word: rawValue, context: "size") }
}

extension SubscriptionTier {
  package var phrase: Phrase { Phrase(word: rawValue, context: "tier") }
}

extension SubscriptionStatus {
  package var phrase: Phrase { Phrase(word: rawValue, context: "subscription") }
}

extension BusinessState {
  package var phrase: Phrase { Phrase(word: rawValue, context: "business") }
}

extension EntryType {
  package var phrase: Phrase { Phrase(word: rawValue, context: "entry") }
}

extension AdjustmentKind {
  package var phrase: Phrase { Phrase(word: rawValue, context: "adjusting") }
}

extension AmountRule.Kind {
  package var phrase: Phrase { Phrase(word: rawValue, context: "amount") }
}

extension PeriodStatus {
  package var phrase: Phrase { Phrase(word: rawValue, context: "period") }
}

extension Side {
  /// `D`.
  package var letterPhrase: Phrase { Phrase(word: letter) }
}

extension Day {
  /// `Thu 2026-11-26`.
  package var phrase: Phrase { "\(Phrase(word: weekdayName)) \(text)" }
}
