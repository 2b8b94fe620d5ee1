import Domain
package import Keys
import Operations

/// The chart of accounts as a tree, with what each account and all below it hold.
package final class AccountsScreen: Screen {
  private let desk: Desk
  private var rows: [ChartOfAccounts.Row] = []
  private var sums: [ID<Account>: Money] = [:]
  private var folded: Set<ID<Account>> = []
  private var hasLoaded = false
  private var cursor: Int?

  init(at desk: Desk) { self.desk = desk }

  package var title: String { "Accounts" }
  package var section: Section? { .accounts }

  package func load() -> [Effect] {
    [
      desk.fetch(ChartOfAccounts()) { [weak self] rows in
        self?.take(rows)
        return []
      }
    ]
  }

  private func take(_ new: [ChartOfAccounts.Row]) {
    let account = selected?.id
    rows = new
    // A sum larger than books can hold shows the accounts' own balances only.
    sums = (try? new.subtreeBalances()) ?? [:]
    hasLoaded = true
    cursor =
      visible.isEmpty
      ? nil : visible.firstIndex { $0.id == account } ?? min(cursor ?? 0, visible.count - 1)
  }

  /// The rows that no folded group hides.
  private var visible: [ChartOfAccounts.Row] {
    var hiddenBelow: Int?
    return rows.filter { row in
      if let level = hiddenBelow {
        if row.level > level { return false }
        hiddenBelow = nil
      }
      if folded.contains(row.id) { hiddenBelow = row.level }
      return true
    }
  }

  private var selected: ChartOfAccounts.Row? {
    cursor.flatMap { visible.indices.contains($0) ? visible[$0] : nil }
  }

  package func press(_ key: Key) -> [Effect]? {
    guard let movement = Movement(key) else { return nil }
    cursor = movement.cursor(from: cursor, count: visible.count, page: desk.navigator.pageRows)
    return []
  }

  package var actions: [Action] {
    let none = selected == nil ? "There is no account here." : nil
    return [
      Action(
        "account.open", keys: [.enter, .right, .character("l")], title: "register",
        summary: "Lines of the account", permission: .reportRead, unavailable: none
      ) { [weak self] in
        guard let self, let row = self.selected else { return [] }
        if row.isHeader { return self.fold(row) }
        return self.desk.navigator.show(RegisterScreen(row.id, row.label, at: self.desk))
      },
      Action(
        "account.fold", keys: [.space], title: "fold", summary: "Hide or show what is below",
        permission: .accountRead, unavailable: none
      ) { [weak self] in
        guard let self, let row = self.selected else { return [] }
        return self.fold(row)
      },
      Action(
        "account.new", keys: [.character("n"), .function(6)], title: "new",
        summary: "Add an account", permission: .accountCreate
      ) { [weak self] in
        guard let self else { return [] }
        return self.desk.navigator.show(
          AccountFormScreen(at: self.desk, chart: self.rows, below: self.selected))
      },
      Action(
        "account.edit", keys: [.character("e"), .function(2)], title: "edit",
        summary: "Change the account", permission: .accountEdit, unavailable: none
      ) { [weak self] in
        guard let self, let row = self.selected else { return [] }
        return self.desk.navigator.show(
          AccountFormScreen(at: self.desk, chart: self.rows, editing: row))
      },
      archiving(none),
    ]
  }

  private func archiving(_ none: String?) -> Action {
    let isActive = selected?.isActive ?? true
    return Action(
      "account.archive", keys: [.character("c")], title: isActive ? "archive" : "restore",
      summary: isActive ? "Take out of use" : "Bring back into use", permission: .accountArchive,
      unavailable: none
    ) { [weak self] in
      guard let self, let row = self.selected else { return [] }
      return [
        self.desk.perform(
          ArchiveAccount(row.id, row.isActive ? .archive : .restore), "Saving"
        ) { [weak self] in
          self?.desk.navigator.tell(
            .done, "\(row.label) is \(row.isActive ? "archived" : "in use again").")
          return self?.load() ?? []
        }
      ]
    }
  }

  private func fold(_ row: ChartOfAccounts.Row) -> [Effect] {
    if folded.remove(row.id) == nil, hasChildren(row) { folded.insert(row.id) }
    return []
  }

  private func hasChildren(_ row: ChartOfAccounts.Row) -> Bool {
    rows.contains { $0.parent == row.id }
  }

  package var panels: [Panel] {
    var panel = TablePanel(
      title: "Chart of accounts",
      columns: [
        TableColumn("Account", .text(atLeast: 20)), TableColumn("Type", .fixed(16), priority: 2),
        TableColumn("Balance", .amount), TableColumn("", .fixed(1)),
        TableColumn("State", .fixed(8), priority: 1),
      ], rows: visible.map(tableRow), cursor: cursor,
      placeholder: hasLoaded ? "No accounts yet. n adds the first." : "Loading…")
    panel.note = "\(rows.count) accounts, \(desk.place.baseCurrency)"
    return [.table(panel)]
  }

  private func tableRow(_ row: ChartOfAccounts.Row) -> TableRow {
    let balance = sums[row.id] ?? row.balance
    let side = row.type.normalSide
    // The smallest amount of all has no opposite, and no books hold it.
    let shown = (try? balance.shown(on: side)) ?? balance
    var table = TableRow(
      [
        row.label, row.type.title, shown.isZero && row.isHeader ? "" : desk.text(shown),
        side.letter, row.isActive ? "" : "archived",
      ], tone: row.isHeader ? .heading : row.isActive ? .plain : .muted)
    table.level = row.level
    if hasChildren(row) { table.fold = folded.contains(row.id) ? .closed : .open }
    return table
  }
}
