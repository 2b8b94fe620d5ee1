package import Domain
package import Phrases
import Store

/// What an entry takes from an account beyond what is planned for it (RULES R36).
package struct OverBudget: Hashable, Sendable {
  /// `6210 Rent`.
  package let account: String
  /// Nil for whoever may not read the budget.
  package let figures: Figures?

  /// In minor units of the base currency, debit-positive.
  package struct Figures: Hashable, Sendable {
    /// The department's code; nil for the whole business.
    package let department: String?
    package let period: String
    package let budget: Money
    package let actual: Money
    /// What waits for approval or, approved, for posting.
    package let committed: Money
    package let entry: Money
    package let excess: Money
    package let currency: String

    package init(
      department: String?, period: String, budget: Money, actual: Money, committed: Money,
      entry: Money, excess: Money, currency: String
    ) {
      self.department = department
      self.period = period
      self.budget = budget
      self.actual = actual
      self.committed = committed
      self.entry = entry
      self.excess = excess
      self.currency = currency
    }
  }

  package init(account: String, figures: Figures?) {
    self.account = account
    self.figures = figures
  }
}

extension OverBudget {
  package var words: Phrase {
    guard let figures else { return "Over budget: \(account)." }
    func text(_ amount: Money) -> Phrase {
      let shown = amount.shown(in: figures.currency)
      return amount < .zero ? "-\(shown)" : shown
    }
    let whose = figures.department.map { Phrase(verbatim: $0) } ?? "the whole business"
    return """
      Over budget by \(text(figures.excess)): \(account) of \(whose) in \(figures.period); \
      budget \(text(figures.budget)), actual \(text(figures.actual)), \
      committed \(text(figures.committed)), this \(text(figures.entry)).
      """
  }
}

extension Change {
  /// The budgets that a draft takes more from than is left of them, as it goes on: those of the
  /// departments of its lines, of what these stand below, and of the whole business. Empty where
  /// the business doesn't ask. Throws `budget(.over)` where it wants no such entry. What is taken
  /// back takes nothing.
  func overBudget(by record: EntryRecord) throws -> [OverBudget] {
    let facts = try businessFacts()
    guard facts.budgetCheck != .off, record.reverses == nil else { return [] }
    let removed = try removedDepartments()
    let excesses = try budgetUses(takenBy: record.id).inForce.compactMap {
      use -> (use: BudgetUse, excess: Money)? in
      let excess = try use.row.used + use.row.committed + use.taken - use.row.amount
      guard use.taken > .zero, excess > .zero,
        removed.leave(use.row.department, from: use.start)
      else { return nil }
      return (use, excess)
    }
    let seen = try excesses.isEmpty ? [] : budgetsSeen(takenBy: record.id)
    let found = excesses.map { use, excess in
      let row = use.row
      let figures = OverBudget.Figures(
        department: row.code, period: row.periodName, budget: row.amount, actual: row.used,
        committed: row.committed, entry: use.taken, excess: excess,
        currency: facts.baseCurrency)
      return OverBudget(account: row.label, figures: seen.contains(row) ? figures : nil)
    }
    guard found.isEmpty || facts.budgetCheck != .block else {
      throw Refusal.budget(.over(found.told))
    }
    return found.told
  }

  /// Those that an entry takes from as whoever does this reads them: where entries are hidden from
  /// them, with other figures. Nobody is told by the system what they may not read themselves.
  private func budgetsSeen(takenBy entry: ID<Entry>) throws -> [Budgets.Row] {
    guard actor.user != nil else { return [] }
    do {
      let view = try view(by: .reportRead)
      let sight = try view.budgetSight(by: [.reportRead])
      return try view.budgetUses(takenBy: entry).filter { sight.shows($0) }.map(\.row)
    } catch Refusal.notPermitted {
      return []
    }
  }
}

extension [OverBudget] {
  /// Once each, as what has no figures says the same of each budget.
  fileprivate var told: [OverBudget] {
    reduce(into: []) { told, over in
      if !told.contains(over) { told.append(over) }
    }
  }
}

extension [BudgetUse] {
  /// Those of expenses that somebody approved: the revised one in the place of the original. A
  /// forecast allows nothing.
  fileprivate var inForce: [BudgetUse] {
    let approved = filter {
      $0.type == .expense && $0.row.status == .approved && $0.row.edition != .forecast
    }
    return approved.filter { use in
      use.row.edition == .revised
        || !approved.contains {
          $0.row.edition == .revised && $0.row.account == use.row.account
            && $0.row.department == use.row.department && $0.row.period == use.row.period
        }
    }
  }
}
