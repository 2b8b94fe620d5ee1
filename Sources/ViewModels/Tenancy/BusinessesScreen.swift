import Domain
package import Keys
import Operations

/// The businesses that somebody may work in.
package final class BusinessesScreen: Screen {
  private unowned let navigator: Navigator
  private let lobby: Principal
  private var rows: [MyBusinesses.Row]?
  private var cursor: Int?

  init(in navigator: Navigator, lobby: Principal) {
    self.navigator = navigator
    self.lobby = lobby
  }

  package var title: String { "Businesses" }

  package func load() -> [Effect] {
    [
      navigator.attempt("Looking up your businesses") { [workspace = navigator.workspace, lobby] in
        try await workspace.fetch(MyBusinesses(), as: lobby)
      } then: { [weak self] rows in
        self?.rows = rows
        self?.cursor = rows.isEmpty ? nil : min(self?.cursor ?? 0, rows.count - 1)
        return []
      }
    ]
  }

  package func press(_ key: Key) -> [Effect]? {
    guard let movement = Movement(key) else { return nil }
    cursor = movement.cursor(from: cursor, count: rows?.count ?? 0, page: navigator.pageRows)
    return []
  }

  package var actions: [Action] {
    [
      Action(
        "business.enter", keys: [.enter, .right, .character("l")], title: "work here",
        summary: "Work in this business",
        unavailable: cursor == nil ? "You belong to no business. Ask an owner to invite you." : nil
      ) { [weak self] in
        guard let self, let rows = self.rows, let cursor = self.cursor else { return [] }
        let business = rows[cursor].id
        return self.navigator.leaving { [navigator] in [navigator.enter(business)] }
      },
      Action("session.close", keys: [.character("o")], title: "sign out", summary: "Sign out") {
        [weak self] in
        guard let navigator = self?.navigator else { return [] }
        return navigator.leaving { navigator.signOut(ending: false) }
      },
    ]
  }

  package var panels: [Panel] {
    [
      .table(
        TablePanel(
          title: "Choose a business",
          columns: [
            TableColumn("Business", .text(atLeast: 16)), TableColumn("Role", .fixed(10)),
            TableColumn("Currency", .fixed(8), priority: 2),
            TableColumn("Open period", .fixed(11), priority: 1),
          ],
          rows: (rows ?? []).map {
            TableRow([$0.name, $0.role.title, $0.baseCurrency, $0.openPeriod ?? "none"])
          }, cursor: cursor,
          placeholder: rows == nil
            ? "Loading…" : "You belong to no business. Ask an owner to invite you."))
    ]
  }
}
