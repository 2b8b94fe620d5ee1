/// What an account is planned to take in a department and a period (RULES R36); `ID<Budget>` is the
/// identity of one.
package enum Budget {}

/// Which plan of a year a budget belongs to.
package enum BudgetEdition: String, Sendable, CaseIterable {
  case original
  case revised
  case forecast
}

/// What becomes of an entry that takes more than is planned (RULES R36).
package enum BudgetCheck: String, Sendable, CaseIterable {
  case off = "none"
  /// It goes on, and whoever takes it on is told.
  case warn
  case block
}

/// How far a budget is.
package enum BudgetStatus: String, Sendable, CaseIterable {
  case draft
  case approved
}
