import Domain
import Keys
import Operations
package import Phrases

/// Sets of rights that are given together, those out of use too.
package final class TemplatesScreen: WholeListScreen {
  package static let keymap: [Binding] =
    [.templateOpen, .templateNew, .templateEdit] + Binding.lists
  static let listName = "templates"

  private let desk: Desk
  var list: RowList<PermissionTemplates.Row>

  init(at desk: Desk) {
    self.desk = desk
    list = RowList([
      ListColumn("name", "Name", .text(atLeast: 12)) { $0.content.name },
      ListColumn("gives", "Gives", .text(atLeast: 18)) { $0.content.names(.allow) },
      ListColumn("forbids", "Forbids", .text(atLeast: 12), priority: 1) {
        $0.content.names(.deny)
      },
      ListColumn(
        "limit", "Limit", exponent: desk.place.exponent, amount: { $0.content.limit ?? .zero }
      ) { $0.content.limit.map(desk.text) ?? "" },
      ListColumn("given", "Given", .amount, number: { Int64($0.assignments) }) {
        String($0.assignments)
      },
      ListColumn("used", "In use", .fixed(6), words: { $0.content.isInUse ? "yes" : "no" }),
      ListColumn("purpose", "What for", .text(atLeast: 12), priority: 2) {
        $0.content.description
      },
    ])
    recall()
  }

  package var title: Phrase { "Templates" }
  package var section: Section? { .people }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] { readWhole(PermissionTemplates(), at: desk) }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.templateOpen, unavailable: list.unavailable) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.navigator.show(TemplateHoldersScreen(of: row, at: self.desk))
      },
      Action(.templateNew) { [weak self] in self?.write(nil) ?? [] },
      Action(.templateEdit, unavailable: list.unavailable) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.write(row)
      },
    ] + listActions
  }

  private func write(_ row: PermissionTemplates.Row?) -> [Effect] {
    desk.fetch(Departments(), ChartOfAccounts()) { [desk] departments, accounts in
      desk.navigator.show(
        TemplateForm(row: row, departments: departments, accounts: accounts).screen(at: desk))
    }
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel(
          "Templates", note: .empty,
          empty: desk.absence("There is no set of rights.", .templateNew) {
            "\($0) makes one, for people, roles and departments."
          }
        ) { $0.content.isInUse ? .plain : TableRow.Shape(tone: .inactive) })
    ]
  }

  package var hasDetails: Bool { true }
  package var details: [Panel] {
    guard let content = list.selected?.content else { return [] }
    return [
      .facts(
        FactsPanel(
          title: Phrase(verbatim: content.name),
          facts: [
            "What for": Phrase(verbatim: content.description),
            "Gives": Phrase(verbatim: content.names(.allow)),
            "Forbids": Phrase(verbatim: content.names(.deny)),
            "Limit": Phrase(verbatim: content.limit.map(desk.text) ?? ""),
            "In use": content.isInUse ? "yes" : "no",
          ]))
    ]
  }
}

nonisolated extension PermissionTemplates.Row: Listed {
  var identity: ID<PermissionTemplate> { id }
}

extension TemplateContent {
  /// `journal.read, journal.create`, each once.
  func names(_ effect: Grant.Effect) -> String {
    patterns(effect).joined(separator: ", ")
  }

  func patterns(_ effect: Grant.Effect) -> [String] {
    var known: Set<String> = []
    return items.filter { $0.effect == effect }.map(\.pattern).filter {
      known.insert($0).inserted
    }
  }

  /// The first that one of its rights has.
  var limit: Money? { items.compactMap(\.limit).first }
}

extension Binding {
  static let templateOpen = Binding(
    "template.open", [.enter, .right, "l"], "who has it", "Who has it; giving it, taking it back",
    TemplateAssignments.permission)
  static let templateNew = Binding(
    "template.new", ["n"], "new", "Make a set of rights", CreatePermissionTemplate.permission)
  static let templateEdit = Binding(
    "template.edit", ["e"], "edit", "Change it, for all who have it",
    UpdatePermissionTemplate.permission)
}
