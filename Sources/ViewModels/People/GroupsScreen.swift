import Domain
import Keys
import Operations
package import Phrases

/// Groups of people, which access lists can name, and who is in them.
package final class GroupsScreen: WholeListScreen {
  package static let keymap: [Binding] = [.groupAdd, .groupRemove] + Binding.lists
  static let listName = "groups"

  private let desk: Desk
  var list = RowList<Groups.Row>([
    ListColumn("group", "Group", .text(atLeast: 14)) { $0.group },
    ListColumn("member", "Who", .text(atLeast: 14)) { $0.member },
    ListColumn("since", "Since", .fixed(16), priority: 1) { $0.since.minute },
  ])

  init(at desk: Desk) {
    self.desk = desk
    recall()
  }

  package var title: Phrase { "Groups" }
  package var section: Section? { .people }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] { readWhole(Groups(), at: desk) }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.groupAdd) { [weak self] in self?.write() ?? [] },
      Action(.groupRemove, unavailable: list.unavailable ?? own) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.navigator.ask(
          Dialog(
            title: "Take \(row.member) out of the group \(row.group)?",
            body: "What lists give the group is theirs no more.", confirm: "Take out"
          ) { _ in
            self.desk.carryOut(
              RemoveFromGroup(row.user, from: row.group),
              "\(row.member) is in \(row.group) no more.")
          })
      },
    ] + listActions
  }

  private var own: Phrase? {
    list.selected?.user == desk.place.user
      ? UserMessage(Refusal.access(.ownRights)).phrase : nil
  }

  private func write() -> [Effect] {
    let groups = Set((list.whole ?? []).map(\.group)).sorted()
    let group = list.selected?.group ?? ""
    return [
      desk.fetch(Members(), holding: .keys) { [desk] members in
        let members = members.active.filter { $0.user != desk.place.user }
        let form = FormScreen(
          "Put somebody into a group",
          [
            FormField(label: "Group", text: group) { _ in groups },
            FormField(label: "Who") { _ in members.map(\.name) },
          ], in: .people, AddToGroup.permission, at: desk
        ) { form in
          let group = form.text(0)
          if group.isEmpty { form.fault(0, "Which group?") }
          guard let member = form.reading(1, orElse: "Who?", members.called) else { return [] }
          return form.perform(AddToGroup(member.user, to: group), place: Self.place) { _ in
            "\(member.name) is in \(group) now."
          }
        }
        return desk.navigator.show(form)
      }
    ]
  }

  private static func place(_ refusal: Refusal) -> Int? {
    switch refusal {
    case .nameLength, .unseenCharacter: 0
    case .taken, .access(.ownRights), .access(.memberStatus): 1
    default: nil
    }
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel(
          "Groups", note: .empty,
          empty: desk.absence("Nobody is in a group.", .groupAdd) {
            "\($0) makes one, for access lists to name."
          }))
    ]
  }
}

nonisolated extension Groups.Row: Listed {
  var identity: ID<GroupMember> { id }
}

extension Binding {
  static let groupAdd = Binding(
    "group.add", ["n"], "put in", "Put somebody into a group", AddToGroup.permission)
  static let groupRemove = Binding(
    "group.remove", ["D"], "take out", "Take somebody out of the group",
    RemoveFromGroup.permission)
}
