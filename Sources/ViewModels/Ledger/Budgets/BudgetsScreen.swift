import Domain
import Keys
import Operations
package import Phrases

/// What is planned for one department or for the whole business, and how much of it is used.
package final class BudgetsScreen: WholeListScreen {
  package static let keymap: [Binding] =
    [.budgetNew, .budgetEdit, .budgetApprove] + Binding.lists
  static let listName = "budgets"

  private let desk: Desk
  /// Nil is the whole business.
  private let department: Departments.Row?
  var list: RowList<Budgets.Row>

  init(of department: Departments.Row?, at desk: Desk) {
    self.desk = desk
    self.department = department
    list = RowList([
      ListColumn("account", "Account", .text(atLeast: 14)) { $0.label },
      ListColumn("period", "Period", .fixed(8)) { $0.periodName },
      ListColumn("edition", "Edition", .fixed(13), priority: 1, words: { $0.edition.phrase }),
      desk.amounts("budget", "Budget", showsZero: true) { $0.amount },
      desk.amounts("used", "Used", showsZero: true) { $0.used },
      ListColumn(
        "committed", "Committed", exponent: desk.place.exponent, priority: 2,
        amount: { $0.committed }
      ) { [unowned desk] in desk.text($0.committed) },
      desk.amounts("left", "Left", showsZero: true) { $0.left },
      ListColumn("state", "State", .fixed(11), words: { $0.status.phrase }),
      ListColumn("setter", "Set by", .text(atLeast: 10), priority: 3) { $0.setter },
      ListColumn("note", "Note", .text(atLeast: 10), priority: 2) { $0.note },
    ])
    recall()
  }

  package var title: Phrase {
    department.map { Phrase(verbatim: $0.name) } ?? "Whole business"
  }
  package var section: Section? { .people }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] { readWhole(query, at: desk) }

  private var query: Budgets {
    department.map { Budgets(department: $0.id) } ?? Budgets(ofWholeBusinessIn: nil)
  }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.budgetNew) { [weak self] in self?.write() ?? [] },
      Action(.budgetEdit, unavailable: fixed) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.navigator.show(BudgetForm.changing(row, at: self.desk))
      },
      Action(.budgetApprove, unavailable: fixed) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.desk.confirm(
          "Approve the budget of \(row.label), \(self.desk.text(row.amount))?",
          body: self.approval(of: row),
          verb: "Approve", amount: row.amount
        ) {
          self.desk.carryOut(
            ApproveBudget(row.id, version: row.version), "The budget of \(row.label) is approved.")
        }
      },
    ] + listActions
  }

  /// What is used of them is made of entries, of which not everything may be taken out.
  func readForExport(
    limit: Int, _ then: @escaping ([Budgets.Row], Footing?) -> [Effect]
  ) -> [Effect] {
    [desk.export(query, then: then)]
  }

  private func approval(of row: Budgets.Row) -> Phrase {
    guard let department else {
      return "For the whole business in \(row.periodName). It stays as it is then."
    }
    return "For \(department.name) in \(row.periodName). It stays as it is then."
  }

  /// Why the one under the cursor can't be changed or approved.
  private var fixed: Phrase? {
    list.unavailable
      ?? (list.selected?.status == .approved
        ? "It is approved and stays as it is. Choose another edition." : nil)
  }

  private func write() -> [Effect] {
    desk.fetch(ChartOfAccounts(), Periods()) { [desk, department] chart, periods in
      desk.navigator.show(
        BudgetForm(
          department: department, accounts: chart.filter { $0.isActive && !$0.isHeader },
          periods: periods.filter { $0.kind == .normal }
        ).screen(at: desk))
    }
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel(
          department == nil
            ? "What is planned for the whole business" : "What is planned for it", note: .empty,
          empty: empty))
    ]
  }

  /// Whoever sees none of the whole business isn't told that there are none.
  private var empty: Phrase {
    if department == nil, !desk.place.readsStatements {
      return "It is for whoever reads the reports of the whole business."
    }
    return desk.absence(
      department == nil
        ? "Nothing is planned for the whole business yet." : "Nothing is planned for it yet.",
      .budgetNew
    ) { "\($0) sets a budget." }
  }
}

/// What is asked of a budget.
private struct BudgetForm {
  let department: Departments.Row?
  let accounts: [ChartOfAccounts.Row]
  let periods: [Periods.Row]

  /// The period that goes on is offered first, as most plan for what comes.
  func screen(at desk: Desk) -> FormScreen {
    let words = desk.words
    let editions = BudgetEdition.allCases.map {
      (text: words.text($0.phrase, $0.rawValue), value: $0)
    }
    let current = periods.first {
      $0.start <= desk.today && desk.today <= $0.end
    }
    return FormScreen(
      "New budget",
      [
        FormField(label: "Account") { _ in accounts.map(\.label) },
        FormField(label: "Period", text: current?.name ?? "") { _ in periods.map(\.name) },
        FormField(label: "Edition", text: editions[0].text) { _ in editions.map(\.text) },
        FormField(label: "Amount"), FormField(label: "Note"),
      ], in: .people, SetBudget.permission, at: desk
    ) { form in
      let account = form.reading(0, orElse: "Which account?") { try accounts.named($0) }
      let period = form.choice(1, periods.map { ($0.name, $0) }, "There is no such period.")
      let edition = form.choice(2, editions, "There is no such edition.")
      let amount = form.reading(3) {
        try AmountExpression.parse($0, exponent: desk.place.exponent)
      }
      guard let account, let period, let edition, let amount else { return [] }
      let content = BudgetContent(
        account: account.id, department: department?.id, period: period.id, edition: edition,
        amount: amount, note: form.text(4))
      return form.perform(SetBudget(content), place: Self.place) { _ in
        Self.said(account.label, desk.text(amount))
      }
    }
  }

  /// Only how much and why: the rest tells it from the others.
  static func changing(_ row: Budgets.Row, at desk: Desk) -> FormScreen {
    FormScreen(
      "Budget of \(row.label), \(row.periodName)",
      [
        FormField(label: "Amount", text: desk.text(row.amount)),
        FormField(label: "Note", text: row.note),
      ], in: .people, SetBudget.permission, at: desk
    ) { form in
      let amount = form.reading(0) {
        try AmountExpression.parse($0, exponent: desk.place.exponent)
      }
      guard let amount else { return [] }
      let content = BudgetContent(
        account: row.account, department: row.department, period: row.period,
        edition: row.edition, amount: amount, note: form.text(1))
      return form.perform(
        SetBudget(content, changing: row), place: { Self.place($0).map { max($0 - 3, 0) } }
      ) { _ in Self.said(row.label, desk.text(amount)) }
    }
  }

  private static func said(_ account: String, _ amount: String) -> Phrase {
    "The budget of \(account) is \(amount)."
  }

  private static func place(_ refusal: Refusal) -> Int? {
    switch refusal {
    case .budget(.takesNoLines): 0
    case .budget(.approved): 2
    case .budget(.negative): 3
    case .access(.tooLong), .unseenCharacter: 4
    default: nil
    }
  }
}

nonisolated extension Budgets.Row: Listed {
  var identity: ID<Budget> { id }
}

extension Binding {
  static let budgetNew = Binding(
    "budget.new", ["n"], "new", "Plan what an account takes", SetBudget.permission)
  static let budgetEdit = Binding(
    "budget.edit", ["e", .enter], "edit", "Change the budget", SetBudget.permission)
  static let budgetApprove = Binding(
    "budget.approve", ["a"], "approve", "Approve the budget", ApproveBudget.permission)
}
