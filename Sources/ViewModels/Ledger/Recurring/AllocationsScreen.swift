import Domain
import Keys
import Operations
package import Phrases

/// The rules by which accounts are spread over departments, period after period.
package final class AllocationsScreen: WholeListScreen {
  package static let keymap: [Binding] =
    [.allocationRun, .allocationNew, .allocationEnd] + Binding.lists
  static let listName = "allocations"

  private let desk: Desk
  var list = RowList<Allocations.Row>([
    ListColumn("name", "Name", .text(atLeast: 12)) { $0.name },
    ListColumn("account", "Accounts", .text(atLeast: 12)) {
      $0.accounts.joined(separator: ", ")
    },
    ListColumn("department", "Department", .fixed(10), priority: 1) { $0.department },
    ListColumn("basis", "Spread by", .text(atLeast: 12), words: { $0.basis }),
    ListColumn("targets", "Goes to", .text(atLeast: 16)) { $0.targets.joined(separator: ", ") },
    ListColumn("maker", "By", .text(atLeast: 10), priority: 2) { $0.maker },
  ])

  init(at desk: Desk) {
    self.desk = desk
    recall()
  }

  package var title: Phrase { "Allocations" }
  package var section: Section? { .journal }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] { readWhole(Allocations(), at: desk) }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.allocationRun, unavailable: list.unavailable) { [weak self] in
        guard let self, let rule = self.list.selected else { return [] }
        return [self.desk.spread(rule)]
      },
      Action(.allocationNew) { [weak self] in self?.write() ?? [] },
      Action(.allocationEnd, unavailable: list.unavailable) { [weak self] in
        guard let self, let rule = self.list.selected else { return [] }
        return self.navigator.ask(
          Dialog(
            title: "End the allocation \(rule.name)?",
            body: "Nothing is spread by it any more, and that is for good. What was spread stays.",
            confirm: "End it"
          ) { _ in
            self.desk.carryOut(
              EndAllocation(rule.id), "The allocation \(rule.name) has ended.")
          })
      },
    ] + listActions
  }

  private func write() -> [Effect] {
    desk.fetch(ChartOfAccounts(), Departments()) { [desk] chart, departments in
      desk.navigator.show(
        AllocationForm(
          accounts: chart.filter { $0.isActive && !$0.isHeader }, departments: departments
        ).screen(at: desk))
    }
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel(
          "Allocations", note: .empty,
          empty: desk.absence("Nothing is spread by a rule yet.", .allocationNew) {
            "\($0) keeps how an account is spread."
          }))
    ]
  }
}

nonisolated extension Allocations.Row: Listed {
  var identity: ID<AllocationRule> { id }
}

extension Allocations.Row {
  fileprivate var basis: Phrase {
    basisAccount.map { Phrase(verbatim: $0) } ?? allocation.basis.kind.phrase
  }
}

/// What is asked of a rule.
private struct AllocationForm {
  let accounts: [ChartOfAccounts.Row]
  let departments: [Departments.Row]

  private enum Field: Int {
    case name
    case accounts
    case department
    case basis
    case targets
  }

  func screen(at desk: Desk) -> FormScreen {
    let bases = Self.bases(desk.words)
    let labels = accounts.map(\.label)
    // A comma stands between two accounts.
    let sources = accounts.map { $0.label.contains(",") ? $0.number : $0.label }
    return FormScreen(
      "New allocation",
      [
        FormField(label: "Name"),
        FormField(label: "Accounts", hint: "one or more: 6100, 6200") { _ in sources },
        FormField(label: "Department", hint: "whose lines; none: those of no department") { _ in
          departments.map(\.code)
        },
        FormField(label: "Spread by", text: bases[0].text, hint: "or an account's balance") { _ in
          bases.map(\.text) + labels
        }, FormField(label: "Goes to", hint: "SAL=60, OPS@6220=40"),
      ], in: .journal, AddAllocation.permission, at: desk
    ) { save($0, bases) }
  }

  /// What it is spread by, but for an account's balance, which the account stands for.
  private static func bases(
    _ words: ChoiceWords
  ) -> [(text: String, value: Allocation.Basis.Kind)] {
    [Allocation.Basis.Kind.shares, .headcount].map { (words.text($0.phrase, $0.rawValue), $0) }
  }

  private func save(
    _ form: FormScreen, _ bases: [(text: String, value: Allocation.Basis.Kind)]
  ) -> [Effect] {
    let sources = form.reading(Field.accounts.rawValue, orElse: "Which account?") {
      try $0.split(separator: ",").map { try accounts.named(String($0).trimmingSpaces).id }
    }
    let department = form.reading(Field.department.rawValue) { text -> Departments.Row? in
      try text.isEmpty ? nil : departments.called(text)
    }
    let (basis, balance) = readBasis(in: form, bases)
    let parts = form.reading(
      Field.targets.rawValue, orElse: "To which departments? Write SAL=60, OPS=40."
    ) { try $0.split(separator: ",").map { try AllocationPart(String($0).trimmingSpaces) } }
    guard let sources, let department, let parts, basis != .balance || balance != nil else {
      return []
    }
    let allocation = form.reading(Field.targets.rawValue) { _ in
      try Allocation(
        of: sources, in: department?.id, to: parts, by: balance?.id, basis, in: accounts,
        departments)
    }
    guard let allocation else { return [] }
    let name = form.text(Field.name.rawValue)
    return form.perform(AddAllocation(name, allocation), place: Self.place) { _ in
      "The allocation \(name) is kept."
    }
  }

  /// An account that isn't there is said beside the field.
  private func readBasis(
    in form: FormScreen, _ bases: [(text: String, value: Allocation.Basis.Kind)]
  ) -> (Allocation.Basis.Kind, ChartOfAccounts.Row?) {
    let typed = form.text(Field.basis.rawValue)
    if let found = bases.first(where: { $0.text == typed }) { return (found.value, nil) }
    return (
      .balance,
      form.reading(Field.basis.rawValue, orElse: "By shares, headcount or which account?") {
        try accounts.named($0)
      }
    )
  }

  private static func place(_ refusal: Refusal) -> Int? {
    switch refusal {
    case .nameLength, .taken, .unseenCharacter: Field.name.rawValue
    case .allocation(.noSource): Field.accounts.rawValue
    case .allocation: Field.targets.rawValue
    default: nil
    }
  }
}

extension Desk {
  /// Asks of which period, shows what the entry would be, and keeps it once somebody says yes.
  fileprivate func spread(_ rule: Allocations.Row) -> Effect {
    fetch(Periods(), holding: .keys) { [self] periods in
      let begun = periods.filter { $0.kind == .normal && $0.start <= today }
      guard !begun.isEmpty else {
        navigator.tell(.notice, "There is no fiscal year yet.")
        return []
      }
      return navigator.choose(
        Chooser(
          title: "Spread \(rule.name) of which period?",
          entries: begun.reversed().map { period in
            Chooser.Entry(Phrase(verbatim: period.name), note: period.status.phrase) {
              self.preview(rule, in: period)
            }
          }))
    }
  }

  private func preview(_ rule: Allocations.Row, in period: Periods.Row) -> [Effect] {
    fetch(AllocationEntry(rule.allocation, in: period.id), EntryFormFacts()) {
      [self] entry, facts in
      navigator.ask(
        Dialog(
          title: "Spread \(rule.name) of \(period.name)?", body: summary(of: entry.lines, facts),
          confirm: "Keep the draft"
        ) { [self] _ in
          [
            perform(Allocate(by: rule.id, in: period.id), "Saving") { [navigator] entered in
              navigator.tell(.done, entered.words)
              return navigator.top?.load() ?? []
            }
          ]
        })
    }
  }

  /// More lines than a small screen has room for are counted.
  private func summary(of lines: [LineContent], _ facts: EntryFormFacts.Value) -> Phrase {
    let most = 10
    let shown = lines.prefix(most).map { line in
      let account = facts.accounts.first { $0.id == line.account }?.label ?? ""
      let department = facts.departments.first { $0.id == line.department }?.code ?? ""
      return Phrase(
        verbatim: [text(line.amount), account, department, line.description]
          .filter { !$0.isEmpty }.joined(separator: "  "))
    }
    let rest = lines.count - shown.count
    return .joined(shown + (rest > 0 ? ["and \(rest) more"] : []), separator: "\n")
  }
}

extension Binding {
  static let allocations = Binding(
    "journal.allocations", ["A"], "allocations", "How accounts are spread", Allocations.permission)
  static let allocationRun = Binding(
    "allocation.run", [.enter, "m"], "spread", "Spread what it took in a period",
    Allocate.permission)
  static let allocationNew = Binding(
    "allocation.new", ["n"], "new", "Keep how an account is spread", AddAllocation.permission)
  static let allocationEnd = Binding(
    "allocation.end", ["D"], "end", "End the rule for good", EndAllocation.permission)
}
