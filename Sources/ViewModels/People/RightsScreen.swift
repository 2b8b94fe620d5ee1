import Domain
import Keys
import Operations
package import Phrases

/// All that there is to be permitted, and how far somebody may do it.
package final class RightsScreen: WholeListScreen {
  package static let keymap: [Binding] =
    [.rightsWhy, .rightsSimulate, .rightsCompare] + Binding.lists
  static let listName = "rights"

  private let desk: Desk
  private let member: Members.Row
  var list = RowList<WhatCan.Row>([
    ListColumn("permission", "Permission", .fixed(24), priority: 1) { $0.permission.rawValue },
    ListColumn("what", "To do", .text(atLeast: 20), words: { $0.permission.phrase() }),
    ListColumn("may", "May", .fixed(4), words: { $0.decision.isAllowed ? "yes" : "no" }),
    ListColumn("how", "How far, or why not", .text(atLeast: 18), words: { $0.decision.how }),
  ])

  init(of member: Members.Row, at desk: Desk) {
    self.member = member
    self.desk = desk
    recall()
  }

  package var title: Phrase { Phrase(verbatim: member.name) }
  package var section: Section? { .people }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] { readWhole(WhatCan(member.user), at: desk) }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.rightsWhy, unavailable: list.unavailable) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.desk.explain(row.permission, of: self.member.user)
      },
      Action(.rightsSimulate) { [member, desk] in Self.roles(of: member, at: desk) },
      Action(.rightsCompare) { [member, desk] in
        desk.navigator.show(Self.moments(of: member, at: desk))
      },
    ] + listActions
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel("What \(member.name) may do", note: member.role.phrase, empty: .empty) {
          $0.decision.isAllowed ? .plain : .muted
        })
    ]
  }
}

nonisolated extension WhatCan.Row: Listed {
  var identity: Permission { permission }
}

extension Binding {
  static let rightsWhy = Binding(
    "rights.why", [.enter, .right, "l"], "why", "Which rules say so", WhatCan.permission)
  static let rightsSimulate = Binding(
    "rights.simulate", ["="], "simulate", "What another role would give and take",
    SimulateRole.permission)
  static let rightsCompare = Binding(
    "rights.compare", ["c"], "compare", "What became of them since a moment",
    AccessDiff.permission)
}
