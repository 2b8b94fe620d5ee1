import Domain
import Keys
import Operations
package import Phrases

/// The people, roles and departments that have a set of rights, now or later.
package final class TemplateHoldersScreen: WholeListScreen {
  package static let keymap: [Binding] = [.templateGive, .templateEnd] + Binding.lists
  static let listName = "template-holders"

  private let desk: Desk
  private let template: PermissionTemplates.Row
  var list = RowList<TemplateAssignments.Row>([
    ListColumn("who", "Who", .text(atLeast: 18), words: { $0.whom }),
    ListColumn("start", "From", .fixed(16), priority: 1) { $0.start.minute },
    ListColumn("end", "Until", .fixed(16)) { $0.end?.minute ?? "" },
    ListColumn("by", "By", .text(atLeast: 10), priority: 2) { $0.grantedBy },
    ListColumn("reason", "Reason", .text(atLeast: 10), priority: 3) { $0.reason },
  ])

  init(of template: PermissionTemplates.Row, at desk: Desk) {
    self.template = template
    self.desk = desk
    recall()
  }

  package var title: Phrase { Phrase(verbatim: template.content.name) }
  package var section: Section? { .people }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] {
    [
      read(TemplateAssignments(), at: desk) { [weak self] rows in
        guard let self else { return [] }
        self.list.take(rows.filter { $0.templateID == self.template.id })
        return []
      }
    ]
  }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.templateGive, unavailable: outOfUse) { [weak self] in self?.write() ?? [] },
      Action(.templateEnd, unavailable: list.unavailable) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.desk.askWhy(
          title: "Take \(row.template) back from \(row.whom)?",
          body: "It ends now and stays on record.", confirm: "Take back",
          least: UnassignTemplate.leastReason
        ) {
          self.desk.carryOut(
            UnassignTemplate(row.id, reason: $0),
            "\(row.template) is taken back from \(row.whom).")
        }
      },
    ] + listActions
  }

  private var outOfUse: Phrase? {
    template.content.isInUse ? nil : "It is out of use. Put it into use first."
  }

  private func write() -> [Effect] {
    desk.fetch(Departments(), Members()) { [desk, template] departments, members in
      let parties = Parties(members: members.active, departments: departments, words: desk.words)
      return desk.navigator.show(
        TemplateGivingForm(template: template, parties: parties).screen(at: desk))
    }
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel(
          "Who has \(template.content.name)", note: .empty,
          empty: desk.absence("Nobody has it.", .templateGive) {
            "\($0) gives it to a person, a role or a department."
          }))
    ]
  }
}

/// What is asked of giving a set of rights.
private struct TemplateGivingForm {
  let template: PermissionTemplates.Row
  let parties: Parties

  func screen(at desk: Desk) -> FormScreen {
    let name = template.content.name
    return FormScreen(
      "Give \(name)",
      [
        FormField(label: "For whom") { _ in parties.names },
        FormField(label: "From"), FormField(label: "Until"), FormField(label: "Reason"),
      ], in: .people, AssignTemplate.permission, at: desk
    ) { form in
      let party = form.reading(0, orElse: "For whom?", parties.called)
      let (start, end) = (form.moment(1, starts: true), form.moment(2))
      let reason = form.reason(3, least: AssignTemplate.leastReason)
      guard let party else { return [] }
      let whom = form.text(0)
      return form.perform(
        AssignTemplate(template.id, to: party, from: start, until: end, reason: reason),
        place: Self.place
      ) { _ in "\(whom) has \(name) now." }
    }
  }

  private static func place(_ refusal: Refusal) -> Int? {
    switch refusal {
    case .access(.ownRights): 0
    case .access(.endsBeforeItBegins): 2
    default: nil
    }
  }
}

nonisolated extension TemplateAssignments.Row: Listed {
  var identity: ID<TemplateAssignment> { id }
}

extension TemplateAssignments.Row {
  fileprivate var whom: Phrase { .party(partyKind, party) }
}

extension Binding {
  static let templateGive = Binding(
    "template.give", ["n"], "give", "To a person, a role or a department",
    AssignTemplate.permission)
  static let templateEnd = Binding(
    "template.end", ["D"], "take back", "Take it back from whom it was given",
    UnassignTemplate.permission)
}
