import Domain
package import Keys
import Operations

/// The lines of one account with the balance after each.
package final class RegisterScreen: Screen {
  private let desk: Desk
  private let account: ID<Account>
  private let label: String
  private var list = PagedList<RegisterPage.Row>()

  init(_ account: ID<Account>, _ label: String, at desk: Desk) {
    self.account = account
    self.label = label
    self.desk = desk
  }

  package var title: String { label }
  package var section: Section? { .accounts }

  package func load() -> [Effect] { [fetch(after: nil)] }

  private func fetch(after last: RegisterPage.Row?) -> Effect {
    let page = PagedList<RegisterPage.Row>.pageRows
    let limit = last == nil ? max(list.rows.count, page) : page
    return desk.fetch(RegisterPage(account, after: last?.key, limit: limit)) { [weak self] rows in
      self?.list.take(rows, after: last) { ($0.entry, $0.line) == ($1.entry, $1.line) }
      return []
    }
  }

  package func press(_ key: Key) -> [Effect]? {
    guard let movement = Movement(key) else { return nil }
    list.move(movement, page: desk.navigator.pageRows)
    guard list.wantsMore, let last = list.rows.last else { return [] }
    return [fetch(after: last)]
  }

  package var actions: [Action] {
    [
      Action(
        "register.open", keys: [.enter, .right, .character("l")], title: "entry",
        summary: "Look at the entry", permission: .journalRead, unavailable: list.unavailable
      ) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.desk.navigator.show(EntryScreen(row.entry, at: self.desk))
      }
    ]
  }

  package var panels: [Panel] {
    var panel = TablePanel(
      title: label,
      columns: [
        TableColumn("Date", .fixed(10)), TableColumn("No", .fixed(14)),
        TableColumn("Description", .text(atLeast: 12), priority: 1),
        TableColumn("Debit", .amount), TableColumn("Credit", .amount),
        TableColumn("Balance", .amount),
      ],
      rows: list.rows.map { row in
        TableRow([
          row.date.text, row.number, row.description, desk.column(row.amount.debit),
          desk.column(row.amount.credit), desk.text(row.balance),
        ])
      }, cursor: list.cursor,
      placeholder: list.placeholder(empty: "Nothing is posted to this account yet."))
    panel.note = list.position
    return [.table(panel)]
  }
}
