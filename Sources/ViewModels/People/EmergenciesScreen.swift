import Domain
import Keys
import Operations
package import Phrases

/// When somebody lifted limits and separate duties for themselves, and what was found afterwards.
package final class EmergenciesScreen: WholeListScreen {
  package static let keymap: [Binding] =
    [.emergencyBegin, .emergencyEnd, .emergencyReview] + Binding.lists
  static let listName = "emergencies"

  private let desk: Desk
  var list: RowList<Emergencies.Row>

  init(at desk: Desk) {
    self.desk = desk
    list = RowList([
      ListColumn("person", "Who", .text(atLeast: 12)) { $0.person },
      ListColumn("reason", "Reason", .text(atLeast: 12)) { $0.reason },
      ListColumn("start", "Begun", .fixed(16)) { $0.start.minute },
      ListColumn("end", "Until", .fixed(16), priority: 1) { $0.end.minute },
      ListColumn("state", "State", .fixed(11), words: { desk.state(of: $0) }),
      ListColumn("due", "Review by", .fixed(16), priority: 2) { $0.due.minute },
      ListColumn("reviewer", "Looked at by", .text(atLeast: 12), priority: 3) {
        $0.reviewer ?? ""
      },
      ListColumn("review", "Found", .text(atLeast: 12), priority: 4) { $0.review ?? "" },
    ])
    recall()
  }

  package var title: Phrase { "Emergencies" }
  package var section: Section? { .people }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] {
    readWhole(Emergencies(), at: desk) + desk.readConfirmers()
  }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return (desk.mayLiftLimits ? [begin, end] : []) + [
      Action(.emergencyReview, unavailable: list.unavailable ?? reviewed ?? own) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.desk.askWhy(
          title: "What did you find in the emergency of \(row.person)?",
          body: "Your words stay. If it still lasts, it ends now.", confirm: "Say so",
          field: "Found", least: ReviewEmergency.leastReason
        ) {
          self.desk.carryOut(
            ReviewEmergency(row.id, findings: $0),
            "The emergency of \(row.person) has been looked at.")
        }
      }
    ] + listActions
  }

  package func absence(of binding: Binding) -> Phrase? {
    [Binding.emergencyBegin, .emergencyEnd].contains { $0.id == binding.id }
      ? "Only who may lift limits does, alone or where a second person confirms it." : nil
  }

  private var begin: Action {
    let act = JointAct.breakGlass(minutes: BrokenGlass.mostMinutes)
    return Action(.emergencyBegin, unavailable: desk.nobodyElse(for: act)) { [weak self] in
      guard let self else { return [] }
      return self.navigator.show(self.form)
    }
  }

  private var end: Action {
    Action(.emergencyEnd, unavailable: list.unavailable ?? others ?? over) { [weak self] in
      guard let self, let row = self.list.selected else { return [] }
      return self.desk.carryOut(
        EndEmergency(row.id), "Limits and separate duties bind you again.")
    }
  }

  private var others: Phrase? {
    list.selected?.user == desk.place.user ? nil : "Only who lifted limits ends that themselves."
  }

  private var over: Phrase? {
    guard let row = list.selected, row.end <= navigator.workspace.now else { return nil }
    return UserMessage(Refusal.access(.emergencyOver)).phrase
  }

  private var reviewed: Phrase? {
    list.selected?.reviewedAt.map { _ in UserMessage(Refusal.access(.reviewed)).phrase }
  }

  private var own: Phrase? {
    list.selected?.user == desk.place.user ? "Somebody else looks at your own." : nil
  }

  private var form: FormScreen {
    FormScreen(
      "Lift limits and separate duties",
      [
        FormField(label: "Minutes", text: String(BrokenGlass.mostMinutes)),
        FormField(label: "Reason"),
      ], in: .people, RequestConfirmation.permission, at: desk
    ) { form in
      let minutes = Int(form.text(0))
      if minutes == nil { form.fault(0, "This is no whole number.") }
      let act = JointAct.breakGlass(minutes: minutes ?? 0)
      let reason = form.reason(1, least: act.leastReason)
      return form.perform(
        RequestConfirmation(act, reason: reason),
        place: { $0 == .access(.emergencyMinutes) ? 0 : nil }
      ) { $0.said(of: act) }
    }
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel("Emergencies", note: .empty, empty: absence) { [desk] row in
          row.reviewedAt != nil ? .muted : desk.isOverdue(row) ? .warning : .plain
        })
    ]
  }

  private var absence: Phrase {
    let none: Phrase = "Nobody has lifted limits in an emergency."
    guard desk.mayLiftLimits else { return none }
    return desk.absence(none, .emergencyBegin) { "\($0) does, for an hour at the most." }
  }

  package var hasDetails: Bool { true }
  package var details: [Panel] { list.selected.map { [.facts($0.facts(desk))] } ?? [] }
}

nonisolated extension Emergencies.Row: Listed {
  var identity: ID<Emergency> { id }
}

extension Emergencies.Row {
  fileprivate func facts(_ desk: Desk) -> FactsPanel {
    FactsPanel(
      title: Phrase(verbatim: person),
      facts: [
        "Reason": Phrase(verbatim: reason), "Begun": Phrase(verbatim: start.minute),
        "Until": Phrase(verbatim: end.minute), "State": desk.state(of: self),
        "Review by": Phrase(verbatim: due.minute),
        "Looked at by": Phrase(verbatim: reviewer ?? ""),
        "Found": Phrase(verbatim: review ?? ""),
      ])
  }
}

extension Desk {
  /// Whether they could lift limits, alone or where a second person confirms it.
  fileprivate var mayLiftLimits: Bool {
    place.askable.contains(JointAct.breakGlass(minutes: BrokenGlass.mostMinutes).permission)
  }

  /// Whether there is anything about emergencies for whoever sits here.
  var hearsOfEmergencies: Bool { mayLiftLimits || place.readsWholeLog }

  fileprivate func state(of row: Emergencies.Row) -> Phrase {
    Phrase(word: row.state(at: navigator.workspace.now), context: "emergency")
  }

  fileprivate func isOverdue(_ row: Emergencies.Row) -> Bool {
    row.due <= navigator.workspace.now
  }
}

extension Binding {
  static let emergencyBegin = Binding(
    "emergency.begin", ["n"], "begin", "Lift limits for yourself, for a while",
    RequestConfirmation.permission)
  static let emergencyEnd = Binding(
    "emergency.end", ["D"], "end", "Let limits bind you again", EndEmergency.permission)
  static let emergencyReview = Binding(
    "emergency.review", ["a"], "look at", "Say what you found in it",
    ReviewEmergency.permission)
}
