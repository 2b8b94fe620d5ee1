import Domain
import Keys
import Operations
package import Phrases

/// The accounts, departments and entries that are for some people only, and for whom.
package final class AccessListsScreen: WholeListScreen {
  package static let keymap: [Binding] = [.accessAdd, .accessRemove] + Binding.lists
  static let listName = "access-lists"

  private let desk: Desk
  var list = RowList<AccessLists.Row>([
    ListColumn("kind", "Kind", .fixed(12), priority: 1, words: { $0.thing.kind.phrase }),
    ListColumn("thing", "What", .text(atLeast: 14)) { $0.thingName },
    ListColumn("who", "For whom", .text(atLeast: 12), words: { $0.whom }),
    ListColumn("level", "How far", .fixed(9), words: { $0.level.phrase }),
    ListColumn("export", "Exports", .fixed(8), priority: 2, words: { $0.mayExport ? "yes" : "no" }),
    ListColumn("share", "Share", .fixed(6), priority: 3, words: { $0.mayShare ? "yes" : "no" }),
    ListColumn("end", "Until", .fixed(16), priority: 4) { $0.end?.minute ?? "" },
    ListColumn("reason", "Reason", .text(atLeast: 8), priority: 5) { $0.reason },
  ])

  init(at desk: Desk) {
    self.desk = desk
    recall()
  }

  package var title: Phrase { "Access lists" }
  package var section: Section? { .people }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] { readWhole(AccessLists(), at: desk) }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.accessAdd) { [weak self] in self?.write() ?? [] },
      Action(.accessRemove, unavailable: list.unavailable) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.desk.askWhy(
          title: "Take \(row.whom) off the list of \(row.thingName)?",
          body: "With the last row off, it is open again to whoever holds the permission.",
          confirm: "Take off", least: RemoveFromList.leastReason
        ) {
          self.desk.carryOut(
            RemoveFromList(row.id, reason: $0), "\(row.whom): off the list of \(row.thingName).")
        }
      },
    ] + listActions
  }

  private func write() -> [Effect] {
    withGroups { [desk] groups in
      desk.fetch(Departments(), Members()) { departments, members in
        [
          desk.fetch(ChartOfAccounts(), holding: .keys) { accounts in
            let parties = Parties(
              members: members.active, departments: departments, groups: groups, words: desk.words)
            return desk.navigator.show(
              AccessListForm(parties: parties, departments: departments, accounts: accounts)
                .screen(at: desk))
          }
        ]
      }
    }
  }

  /// Goes on with the names of the groups; with none for whoever may not read them.
  private func withGroups(_ then: @escaping ([String]) -> [Effect]) -> [Effect] {
    guard desk.holds(Groups.permission) else { return then([]) }
    return [
      desk.fetch(Groups(), holding: .keys) { rows in then(Set(rows.map(\.group)).sorted()) }
    ]
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel(
          "Access lists", note: .empty,
          empty: desk.absence("Everything is open to whoever holds the permission.", .accessAdd) {
            "\($0) keeps an account or a department for some people only."
          }))
    ]
  }
}

/// What is asked of a row on a list.
private struct AccessListForm {
  let parties: Parties
  let departments: [Departments.Row]
  let accounts: [ChartOfAccounts.Row]

  func screen(at desk: Desk) -> FormScreen {
    let words = desk.words
    let levels = AccessLevel.allCases.map { (text: words.text($0.phrase, $0.rawValue), value: $0) }
    let things = accounts.map(\.label) + departments.map(\.code)
    return FormScreen(
      "For some people only",
      [
        FormField(label: "Account, department") { _ in things },
        FormField(label: "For whom") { _ in parties.names },
        FormField(
          label: "How far", text: words.text(AccessLevel.read.phrase, AccessLevel.read.rawValue)
        ) { _ in levels.map(\.text) },
        .yesOrNo("May export", false, words), .yesOrNo("May share", false, words),
        FormField(label: "Until"), FormField(label: "Reason"),
      ], in: .people, AddToList.permission, at: desk
    ) { form in
      let thing = form.reading(0, orElse: "Which account or department?", self.thing)
      let party = form.reading(1, orElse: "For whom?", parties.listed)
      let level = form.choice(2, levels, "There is no such level.")
      let (mayExport, mayShare) = (form.answer(3), form.answer(4))
      let end = form.moment(5)
      let reason = form.reason(6, least: AddToList.leastReason)
      guard let thing, let party, let level else { return [] }
      var row = NewListRow(party, level, of: thing, reason: reason)
      row.mayExport = mayExport ?? false
      row.mayShare = mayShare ?? false
      row.end = end
      let (who, what) = (form.text(1), form.text(0))
      return form.perform(AddToList(row)) { _ in "\(who) is on the list of \(what)." }
    }
  }

  private func thing(_ name: String) throws -> Thing {
    do { return Thing(.account, try accounts.named(name).id.value) } catch Refusal.noSuchNamed {
      return Thing(.department, try departments.called(name).id.value)
    }
  }
}

nonisolated extension AccessLists.Row: Listed {
  var identity: ID<Protection> { id }
}

extension AccessLists.Row {
  /// `department 200`, or a person's name alone.
  var whom: Phrase { .party(partyKind, party) }
}

extension AccessLevel {
  var phrase: Phrase { Phrase(word: rawValue, context: "list") }
}

extension Thing.Kind {
  var phrase: Phrase { UserMessage.words(Thing(self, 0)) }
}

extension Binding {
  static let accessAdd = Binding(
    "access.add", ["n"], "add", "Put somebody on a list", AddToList.permission)
  static let accessRemove = Binding(
    "access.remove", ["D"], "take off", "Take the row off its list", RemoveFromList.permission)
}
