import Domain
import Keys
import Operations
package import Phrases

/// Every account's balance on a day, debits and credits proved equal.
package final class TrialBalanceScreen: ListScreen {
  package static let keymap =
    [.balanceOpen, .balanceEarlier, .balanceLater, .balanceBasis, .statements] + Binding.lists
  static let listName = "trial-balance"

  private let desk: Desk
  /// Nil is today.
  private var asOf: Day?
  private var basis = LedgerScope.Basis.postClosing
  private var balance: TrialBalance?
  var list: RowList<AccountBalance>
  /// Of the row under the cursor, or of the one before while that is read, so that nothing blinks.
  private var preview: (row: AccountBalance, lines: [RegisterPage.Row])?

  /// As of a day, or of today.
  init(asOf: Day? = nil, at desk: Desk) {
    self.desk = desk
    self.asOf = asOf
    list = RowList([
      ListColumn("number", "No", .fixed(8)) { $0.number },
      ListColumn("account", "Account", .text(atLeast: 12), total: .label) { $0.path },
      desk.summedAmounts("debit", "Debit") { $0.balance.debit },
      desk.summedAmounts("credit", "Credit") { $0.balance.credit },
    ])
    recall()
  }

  package var title: Phrase { "Trial balance" }
  package var section: Section? { .trialBalance }
  var navigator: Navigator { desk.navigator }

  private var report: TrialBalanceReport {
    TrialBalanceReport(asOf: day, LedgerScope(basis))
  }

  package func load() -> [Effect] {
    let asked = report
    return [
      read(asked, at: desk) { [weak self] balance in
        guard let self, asked == self.report else { return [] }
        self.balance = balance
        self.list.take(balance.lines)
        return self.navigator.showsDetails ? self.loadDetails() : []
      }
    ]
  }

  func readForExport(
    limit: Int, _ then: @escaping ([AccountBalance]) -> [Effect]
  ) -> [Effect] {
    [desk.fetch(Exported(report)) { then($0.lines) }]
  }

  private var day: Day { asOf ?? desk.today }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.balanceOpen, unavailable: list.unavailable) { [weak self] in
        guard let self, let line = self.list.selected else { return [] }
        return self.desk.navigator.show(
          RegisterScreen(line.account, line.label, to: self.day, at: self.desk))
      },
      Action(.balanceEarlier) { [weak self] in
        self?.turn { $0.firstOfMonth.adding(days: -1) } ?? []
      },
      Action(.balanceLater) { [weak self] in
        self?.turn { $0.adding(days: 1).lastOfMonth } ?? []
      },
      Action(.balanceBasis) { [weak self] in
        guard let self else { return [] }
        self.basis = LedgerScope.Basis.allCases.reversed().after(self.basis)
        return self.load()
      },
    ] + (desk.place.readsStatements ? [statements] : []) + listActions
  }

  private var statements: Action {
    Action(.statements) { [weak self] in
      guard let self else { return [] }
      return self.desk.navigator.show(StatementScreen(asOf: self.asOf, at: self.desk))
    }
  }

  package func absence(of binding: Binding) -> Phrase? {
    binding.id == Binding.statements.id
      ? "Statements are for whoever reads the reports of the whole business." : nil
  }

  private func turn(_ step: (Day) -> Day) -> [Effect] {
    asOf = step(day)
    return load()
  }

  package var panels: [Panel] {
    var note: [Phrase] = []
    if let balance {
      note = ["as of \(balance.asOf.text), \(desk.place.baseCurrency)"]
      if basis != .postClosing { note.append(Phrase(word: basis.rawValue)) }
      note += desk.unvalued(balance.unvalued)
    }
    var panel = list.panel(
      "Trial balance", note: .joined(note, separator: ", "), empty: "Nothing is posted yet.")
    panel.totals = totals
    return [.table(panel)]
  }

  /// Of the rows that are shown: without a filter that is the proof.
  private var totals: [Phrase]? {
    guard !list.rows.isEmpty else { return nil }
    return list.totals(list.view.filter.text.isEmpty ? "Total" : "Total of what is shown") {
      try list.rows.map($0).total()
    }
  }

  package var hasDetails: Bool { true }
  package var details: [Panel] {
    guard list.selected != nil, let preview else { return [] }
    return [.table(desk.lastLines(preview.lines, of: preview.row.label))]
  }

  package func loadDetails() -> [Effect] {
    guard let line = list.selected else { return [] }
    return desk.lastLines(of: line.account, to: day) { [weak self] lines in
      if self?.list.selected == line { self?.preview = (line, lines) }
    }
  }
}

extension Desk {
  /// What whoever reads base amounts must know of lines that no rate has valued.
  func unvalued(_ count: Int) -> [Phrase] {
    switch count {
    case 0: []
    case 1: ["1 line not valued"]
    default: ["\(count) lines not valued"]
    }
  }
}

nonisolated extension AccountBalance: Listed {
  struct Identity: Hashable {
    let account: ID<Account>
    let currency: String
  }

  var identity: Identity { Identity(account: account, currency: currency) }

  /// `1120 Current account`.
  var label: String { "\(number) \(path.split(separator: ":").last ?? "")" }
}

extension Binding {
  static let balanceOpen = Binding(
    "balance.open", [.enter, .right, "l"], "register", "Lines of the account",
    RegisterPage.permission)
  static let balanceEarlier = Binding(
    "balance.earlier", ["["], "earlier", "As of the end of the month before",
    TrialBalanceReport.permission)
  static let balanceBasis = Binding(
    "balance.basis", ["a"], "basis", "With or without adjustments and closing",
    TrialBalanceReport.permission)
  static let balanceLater = Binding(
    "balance.later", ["]"], "later", "As of the end of the next month",
    TrialBalanceReport.permission)
}
