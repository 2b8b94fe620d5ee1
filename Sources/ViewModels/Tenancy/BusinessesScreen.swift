import Domain
import Keys
import Operations
package import Phrases

/// The businesses that somebody may work in.
package final class BusinessesScreen: Screen {
  package static let keymap: [Binding] = [
    .businessEnter, .businessCreate, .sessionClose, .businessUsual,
  ]

  private unowned let navigator: Navigator
  private var rows: [MyBusinesses.Row]?
  /// Why they couldn't be read.
  private var fault: Phrase?
  private var cursor: Int?
  /// What has just been made: the cursor goes there with the next rows.
  private var newcomer: ID<Business>?

  init(in navigator: Navigator) { self.navigator = navigator }

  package var isRevisited: Bool { false }
  package var title: Phrase { "Businesses" }

  package func load() -> [Effect] {
    [
      navigator.attempt(
        "Looking up your businesses", holding: rows == nil ? .keys : .nothing
      ) { [workspace = navigator.workspace, lobby = navigator.lobby] in
        guard let lobby else { throw Refusal.sessionEnded }
        return try await workspace.fetch(MyBusinesses(), as: lobby)
      } failed: { [weak self] error in
        self?.fault = self?.navigator.absence(because: error)
      } then: { [weak self] rows in
        guard let self else { return [] }
        self.rows = rows
        let found = rows.firstIndex { $0.id == self.newcomer }
        self.newcomer = nil
        self.cursor = rows.isEmpty ? nil : found ?? min(self.cursor ?? 0, rows.count - 1)
        return []
      }
    ]
  }

  package func move(_ movement: Movement) -> [Effect] {
    cursor = movement.cursor(from: cursor, count: rows?.count ?? 0, page: navigator.pageRows)
    return []
  }

  package func point(at target: Target) -> [Effect] {
    guard case .row(_, let index) = target, rows?.indices.contains(index) == true else { return [] }
    let wasThere = cursor == index
    cursor = index
    return wasThere ? work() : []
  }

  package var actions: [Action] {
    [
      Action(.businessEnter, unavailable: nothing) { [weak self] in self?.work() ?? [] },
      Action(.businessCreate) { [weak self] in
        guard let self, let desk = self.navigator.desk else { return [] }
        let form = NewBusinessForm.screen(at: desk) { [weak self] in self?.newcomer = $0 }
        return self.navigator.show(form)
      },
      Action(.sessionClose) { [weak self] in
        guard let navigator = self?.navigator else { return [] }
        return navigator.leaving { navigator.signOut(ending: false) }
      },
      Action(.businessUsual, unavailable: nothing) { [weak self] in self?.chooseUsual() ?? [] },
    ]
  }

  private var nothing: Phrase? {
    cursor == nil ? "You belong to no business. Ask an owner to invite you." : nil
  }

  /// The usual one is let go by the same key.
  private func chooseUsual() -> [Effect] {
    guard let rows, let cursor, let lobby = navigator.lobby else { return [] }
    let row = rows[cursor]
    return [
      navigator.attempt("Saving", holding: .keys) { [workspace = navigator.workspace] in
        try await workspace.perform(
          ChooseUsualBusiness(row.isUsual ? nil : row.id, of: lobby.user), as: lobby)
      } then: { [weak self] in
        guard let self else { return [] }
        self.navigator.tell(
          .done,
          row.isUsual
            ? "After you sign in you choose a business."
            : "After you sign in you are in \(row.name).")
        return self.load()
      }
    ]
  }

  private func work() -> [Effect] {
    guard let rows, let cursor else { return [] }
    let business = rows[cursor].id
    return navigator.leaving { [navigator] in [navigator.enter(business)] }
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
            TableColumn("Usual", .fixed(6), priority: 3),
          ],
          rows: (rows ?? []).map {
            TableRow([
              Phrase(verbatim: $0.name), $0.role.phrase, Phrase(verbatim: $0.baseCurrency),
              $0.openPeriod.map { Phrase(verbatim: $0) } ?? "none", $0.isUsual ? "yes" : "",
            ])
          }, cursor: cursor,
          emptyText: rows == nil
            ? fault ?? Panel.loading : "You belong to no business. Ask an owner to invite you."))
    ]
  }
}

extension Binding {
  static let businessEnter = Binding(
    "business.enter", [.enter, .right, "l"], "work here", "Work in this business")
  static let businessUsual = Binding(
    "business.usual", ["u"], "usual", "Open it at once after signing in")
  static let businessCreate = Binding(
    "business.create", ["n"], "new business", "Make another business", CreateBusiness.permission)
  static let sessionClose = Binding("session.close", ["o", .alt("g")], "sign out", "Sign out")
}
