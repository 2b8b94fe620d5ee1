import Domain
import Keys
import Operations
package import Phrases

/// Who is at work in the business now, of those whose sessions one may end.
package final class SessionsScreen: WholeListScreen {
  package static let keymap: [Binding] = [.sessionEnd] + Binding.lists
  static let listName = "sessions"

  private let desk: Desk
  var list = RowList<SessionRow>([
    ListColumn("person", "Who", .text(atLeast: 12)) { $0.person },
    ListColumn("program", "Program", .text(atLeast: 8), priority: 2) { $0.program },
    ListColumn("where", "Where", .text(atLeast: 8)) { "\($0.terminal) \($0.host)" },
    ListColumn("start", "Since", .fixed(16)) { $0.start.minute },
    ListColumn("active", "Last active", .fixed(16), priority: 1) { $0.lastActivity.minute },
    ListColumn("end", "At the latest", .fixed(16), priority: 3) { $0.end.minute },
  ])

  init(at desk: Desk) {
    self.desk = desk
    recall()
  }

  package var title: Phrase { "Sessions" }
  package var section: Section? { .people }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] { readWhole(Sessions(), at: desk) }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.sessionEnd, unavailable: list.unavailable ?? own) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.desk.askWhy(
          title: "End the session of \(row.person)?",
          body: "They have to sign in again before they go on here.", confirm: "End",
          least: RevokeSession.leastReason
        ) {
          self.desk.carryOut(
            RevokeSession(row.id, reason: $0), "\(row.person) has to sign in again.")
        }
      }
    ] + listActions
  }

  private var own: Phrase? {
    list.selected?.isThis == true ? "You are in this one. Sign out instead." : nil
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel("Sessions", note: .empty, empty: "Nobody is at work.") {
          $0.isThis ? .muted : .plain
        })
    ]
  }
}

nonisolated extension SessionRow: Listed {
  var identity: ID<Session> { id }
}

extension Binding {
  static let sessionEnd = Binding(
    "session.end", ["D"], "end", "End the session", RevokeSession.permission)
}
