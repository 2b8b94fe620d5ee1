/// What an account is planned to take in a department and a period (RULES R36); `ID<Budget>` is the
/// identity of one.
package enum Budget {}

/// Which plan of a year a budget belongs to.
package enum BudgetEdition: String, Sendable, CaseIterable {
  case original
  case revised
  case forecast
}

/// How far a budget is.
package enum BudgetStatus: String, Sendable, CaseIterable {
  case draft
  case approved
}
