import Domain
import Keys
import Operations
package import Phrases

/// Every account's balance on a day, debits and credits proved equal.
package final class TrialBalanceScreen: ListScreen {
  package static let keymap =
    [.balanceOpen, .balanceEarlier, .balanceLater, .statements] + Binding.lists
  static let listName = "trial-balance"

  private let desk: Desk
  /// Nil is today.
  private var asOf: Day?
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

  package func load() -> [Effect] {
    [
      read(TrialBalanceReport(asOf: day), at: desk) { [weak self] balance in
        guard let self, balance.asOf == self.day else { return [] }
        self.balance = balance
        self.list.take(balance.lines)
        return self.navigator.showsDetails ? self.loadDetails() : []
      }
    ]
  }

  func readForExport(
    limit: Int, _ then: @escaping ([AccountBalance]) -> [Effect]
  ) -> [Effect] {
    [desk.fetch(Exported(TrialBalanceReport(asOf: day))) { then($0.lines) }]
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
      ? "Statements are for whoever reads all reports, not the trial balance alone." : nil
  }

  private func turn(_ step: (Day) -> Day) -> [Effect] {
    asOf = step(day)
    return load()
  }

  package var panels: [Panel] {
    var note: [Phrase] = []
    if let balance {
      note = ["as of \(balance.asOf.text), \(desk.place.baseCurrency)"]
      if balance.unvalued == 1 { note.append("1 line not valued") }
      if balance.unvalued > 1 { note.append("\(balance.unvalued) lines not valued") }
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
  static let balanceLater = Binding(
    "balance.later", ["]"], "later", "As of the end of the next month",
    TrialBalanceReport.permission)
}
