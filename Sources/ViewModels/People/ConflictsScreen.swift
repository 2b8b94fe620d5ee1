import Domain
import Keys
import Operations
package import Phrases

/// Who holds two permissions that one person had better not hold, and what was said to that.
package final class ConflictsScreen: WholeListScreen {
  package static let keymap: [Binding] = [.conflictWaive, .conflictEnd] + Binding.lists
  static let listName = "conflicts"

  private let desk: Desk
  var list = RowList<DutyConflicts.Row>([
    ListColumn("person", "Who", .text(atLeast: 13)) { $0.person.name },
    ListColumn("first", "One right", .text(atLeast: 16)) { $0.conflict.first.rawValue },
    ListColumn("second", "The other", .text(atLeast: 15)) { $0.conflict.second.rawValue },
    ListColumn("severity", "Weight", .fixed(7), words: { $0.conflict.severity.phrase }),
    ListColumn("until", "Waived until", .fixed(16)) { $0.waiver?.end.minute ?? "" },
    ListColumn("by", "Waived by", .text(atLeast: 10), priority: 2) { $0.waiver?.waivedBy ?? "" },
    ListColumn("reason", "Reason", .text(atLeast: 10), priority: 3) { $0.waiver?.reason ?? "" },
    ListColumn("help", "What helps", .text(atLeast: 20), priority: 1, words: { $0.mitigation }),
  ])

  init(at desk: Desk) {
    self.desk = desk
    recall()
  }

  package var title: Phrase { "Conflicts" }
  package var section: Section? { .people }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] { readWhole(DutyConflicts(), at: desk) }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.conflictWaive, unavailable: list.unavailable ?? own ?? waived) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.navigator.show(self.form(for: row))
      },
      Action(.conflictEnd, unavailable: list.unavailable ?? unwaived) { [weak self] in
        guard let self, let row = self.list.selected, let waiver = row.waiver else { return [] }
        return self.desk.askWhy(
          title: "Take the waiver for \(row.person.name) back?",
          body: "The conflict stands again, for whoever reviews rights.", confirm: "Take back",
          least: EndWaiver.leastReason
        ) {
          self.desk.carryOut(
            EndWaiver(waiver.id, reason: $0), "The waiver for \(row.person.name) has ended.")
        }
      },
    ] + listActions
  }

  private var own: Phrase? {
    list.selected?.person.id == desk.place.user
      ? UserMessage(Refusal.access(.ownRights)).phrase : nil
  }

  private var waived: Phrase? {
    list.selected?.waiver.map { "It is waived until \($0.end.minute). Take that back first." }
  }

  private var unwaived: Phrase? {
    list.selected.map { $0.waiver == nil } == true ? "Nobody has waived it." : nil
  }

  private func form(for row: DutyConflicts.Row) -> FormScreen {
    FormScreen(
      "Waive it for \(row.person.name)",
      [FormField(label: "Until"), FormField(label: "Reason")],
      in: .people, WaiveConflict.permission, at: desk
    ) { form in
      let end = form.moment(0, orElse: "Until when?")
      let reason = form.reason(1, least: WaiveConflict.leastReason)
      guard let end else { return [] }
      return form.perform(
        WaiveConflict(
          row.conflict.first, row.conflict.second, of: row.person.id, until: end, reason: reason),
        place: { $0 == .access(.endsBeforeItBegins) ? 0 : nil }
      ) { _ in "It is waived for \(row.person.name) until \(end.minute)." }
    }
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel("Conflicts", note: .empty, empty: "Nobody holds what doesn't go together.") {
          $0.waiver != nil ? .muted : $0.conflict.severity == .high ? .warning : .plain
        })
    ]
  }

  package var hasDetails: Bool { true }
  package var details: [Panel] {
    guard let row = list.selected else { return [] }
    let waiver = row.waiver
    return [
      .facts(
        FactsPanel(
          title: Phrase(verbatim: row.person.name),
          facts: [
            "One right": row.conflict.first.phrase(), "The other": row.conflict.second.phrase(),
            "Weight": row.conflict.severity.phrase, "What helps": row.mitigation,
            "Waived until": Phrase(verbatim: waiver?.end.minute ?? ""),
            "Waived by": Phrase(verbatim: waiver?.waivedBy ?? ""),
            "Reason": Phrase(verbatim: waiver?.reason ?? ""),
          ]))
    ]
  }
}

nonisolated extension DutyConflicts.Row: Listed {
  struct Identity: Hashable {
    let person: ID<User>
    let conflict: DutyConflict
  }

  var identity: Identity { Identity(person: person.id, conflict: conflict) }
}

extension DutyConflicts.Row {
  fileprivate var mitigation: Phrase { conflict.mitigation }
}

extension DutyConflict.Severity {
  fileprivate var phrase: Phrase { Phrase(word: rawValue, context: "conflict") }
}

extension Binding {
  static let conflictWaive = Binding(
    "conflict.waive", ["a"], "waive", "Accept it for a time, with a reason",
    WaiveConflict.permission)
  static let conflictEnd = Binding(
    "conflict.end", ["D"], "take back", "Take the waiver back", EndWaiver.permission)
}
