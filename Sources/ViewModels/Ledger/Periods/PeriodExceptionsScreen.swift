import Domain
import Keys
import Operations
package import Phrases

/// Who may post into closed periods, until when and why.
package final class PeriodExceptionsScreen: WholeListScreen {
  package static let keymap: [Binding] = [.exceptionNew, .exceptionEnd] + Binding.lists
  static let listName = "period-exceptions"

  private let desk: Desk
  var list = RowList<PeriodExceptions.Row>([
    ListColumn("period", "Period", .fixed(14)) { $0.period },
    ListColumn("person", "Who", .text(atLeast: 12)) { $0.person },
    ListColumn("series", "Series", .fixed(6)) { $0.series ?? "" },
    ListColumn("until", "Until", .fixed(16)) { ($0.revokedAt ?? $0.until).minute },
    ListColumn("state", "State", .fixed(14), words: { $0.state }),
    ListColumn("by", "By", .text(atLeast: 10), priority: 2) { $0.grantedBy },
    ListColumn("reason", "Reason", .text(atLeast: 10), priority: 1) { $0.reason },
  ])

  init(at desk: Desk) {
    self.desk = desk
    recall()
  }

  package var title: Phrase { "Exceptions" }
  package var section: Section? { .periods }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] { readWhole(PeriodExceptions(), at: desk) }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.exceptionNew) { [weak self] in self?.write() ?? [] },
      Action(.exceptionEnd, unavailable: list.unavailable ?? over) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.navigator.ask(
          Dialog(
            title: "End it for \(row.person)?",
            body: "They post into \(row.period) no more, and that is for good.", confirm: "End it"
          ) { _ in
            self.desk.carryOut(
              EndPeriodException(row.id), "\(row.person) posts into \(row.period) no more.")
          })
      },
    ] + listActions
  }

  private var over: Phrase? {
    guard let row = list.selected else { return nil }
    let isOver = row.revokedAt != nil || row.until <= navigator.workspace.now
    return isOver ? UserMessage(Refusal.exception(.ended)).phrase : nil
  }

  private func write() -> [Effect] {
    desk.fetch(Periods(), Members()) { [desk] periods, members in
      let closed = periods.filter { $0.status == .closed && $0.takesExceptions }.reversed()
      guard !closed.isEmpty else {
        desk.navigator.tell(.notice, "No period is closed and not locked.")
        return []
      }
      return desk.navigator.show(
        ExceptionForm(
          periods: Array(closed),
          people: members.filter { $0.status == "active" && $0.user != desk.place.user }
        ).screen(at: desk))
    }
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel(
          "Exceptions", note: .empty,
          empty: desk.absence("Nobody may post into a closed period.", .exceptionNew) {
            "\($0) lets somebody."
          }
        ) { $0.isInForce ? .plain : .muted })
    ]
  }
}

/// What is asked of an exception.
private struct ExceptionForm {
  let periods: [Periods.Row]
  let people: [Members.Row]

  func screen(at desk: Desk) -> FormScreen {
    let types = EntryType.byHand
    return FormScreen(
      "Let somebody post into a closed period",
      [
        FormField(label: "Period", text: periods.first?.label ?? "") { _ in
          periods.map(\.label)
        },
        FormField(label: "Who") { _ in people.map(\.name) },
        FormField(label: "Entries") { _ in types.map(\.rawValue) },
        FormField(label: "Until"), FormField(label: "Reason"),
      ], in: .periods, GrantPeriodException.permission, at: desk
    ) { form in
      let period = form.choice(0, periods.map { ($0.label, $0) }, "No closed period is called so.")
      let person = form.choice(1, people.map { ($0.name, $0) }, "Nobody here is called so.")
      var type: EntryType?
      if !form.text(2).isEmpty {
        type = form.choice(2, types.map { ($0.rawValue, $0) }, "There is no such type.")
        guard type != nil else { return [] }
      }
      let until = form.moment(3, orElse: "Until when?")
      let reason = form.reason(4, least: GrantPeriodException.leastReason)
      guard let period, let person, let until else { return [] }
      return form.perform(
        GrantPeriodException(
          to: person.user, in: period.id, name: period.label, only: type, until: until,
          reason: reason),
        place: { $0 == .exception(.over) ? 3 : nil }
      ) { _ in "\(person.name) may post into \(period.label) until \(until.minute)." }
    }
  }
}

nonisolated extension PeriodExceptions.Row: Listed {
  var identity: ID<PeriodException> { id }
}

extension PeriodExceptions.Row {
  fileprivate var state: Phrase {
    Phrase(
      word: revokedAt != nil ? "taken back" : isInForce ? "in force" : "over", context: "given")
  }
}

extension Binding {
  static let exceptionNew = Binding(
    "exception.new", ["n"], "new", "Let somebody post into a closed one",
    GrantPeriodException.permission)
  static let exceptionEnd = Binding(
    "exception.end", ["D"], "end", "End it before its time", EndPeriodException.permission)
}
