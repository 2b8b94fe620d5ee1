import Domain
package import Keys
import Operations

/// Every account's balance on a day, debits and credits proved equal.
package final class TrialBalanceScreen: Screen {
  private let desk: Desk
  /// Nil is today.
  private var asOf: Day?
  private var balance: TrialBalance?
  private var cursor: Int?

  init(at desk: Desk) { self.desk = desk }

  package var title: String { "Trial balance" }
  package var section: Section? { .trialBalance }

  package func load() -> [Effect] {
    [
      desk.fetch(TrialBalanceReport(asOf: day)) { [weak self] balance in
        guard let self, balance.asOf == self.day else { return [] }
        self.take(balance)
        return []
      }
    ]
  }

  private var day: Day { asOf ?? desk.workspace.today }

  private func take(_ new: TrialBalance) {
    let account = cursor.flatMap { balance?.lines[$0].account }
    balance = new
    cursor =
      new.lines.isEmpty ? nil : new.lines.firstIndex { $0.account == account } ?? cursor ?? 0
    if let cursor, cursor >= new.lines.count { self.cursor = new.lines.count - 1 }
  }

  package func press(_ key: Key) -> [Effect]? {
    guard let movement = Movement(key) else { return nil }
    cursor = movement.cursor(
      from: cursor, count: balance?.lines.count ?? 0, page: desk.navigator.pageRows)
    return []
  }

  package var actions: [Action] {
    [
      Action(
        "balance.open", keys: [.enter, .right, .character("l")], title: "register",
        summary: "Lines of the account", permission: .reportRead,
        unavailable: cursor == nil ? "There is nothing here." : nil
      ) { [weak self] in
        guard let self, let balance = self.balance, let cursor = self.cursor else { return [] }
        let line = balance.lines[cursor]
        let name = line.path.split(separator: ":").last ?? ""
        return self.desk.navigator.show(
          RegisterScreen(line.account, "\(line.number) \(name)", at: self.desk))
      },
      Action(
        "balance.earlier", keys: [.character("[")], title: "earlier",
        summary: "As of the end of the month before", permission: .reportRead
      ) { [weak self] in self?.turn { $0.firstOfMonth.adding(days: -1) } ?? [] },
      Action(
        "balance.later", keys: [.character("]")], title: "later",
        summary: "As of the end of the next month", permission: .reportRead
      ) { [weak self] in
        self?.turn { $0.adding(days: 1).lastOfMonth } ?? []
      },
    ]
  }

  private func turn(_ step: (Day) -> Day) -> [Effect] {
    asOf = step(day)
    return load()
  }

  package var panels: [Panel] {
    var panel = TablePanel(
      title: "Trial balance",
      columns: [
        TableColumn("No", .fixed(8)), TableColumn("Account", .text(atLeast: 12)),
        TableColumn("Debit", .amount), TableColumn("Credit", .amount),
      ],
      rows: (balance?.lines ?? []).map { line in
        TableRow([
          line.number, line.path, desk.column(line.balance.debit),
          desk.column(line.balance.credit),
        ])
      }, cursor: cursor,
      placeholder: balance == nil ? "Loading…" : "Nothing is posted yet.")
    guard let balance else { return [.table(panel)] }
    panel.note = "as of \(balance.asOf.text), \(desk.place.baseCurrency)"
    // Sums larger than books can hold have no row to stand in.
    if let debit = try? balance.totalDebit(), let credit = try? balance.totalCredit() {
      panel.totals = ["", "Total", desk.text(debit), desk.text(credit)]
    }
    if balance.unvalued > 0 { panel.note += ", \(balance.unvalued) lines not valued" }
    return [.table(panel)]
  }
}
