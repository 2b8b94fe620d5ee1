import Domain
import Keys
import Operations
package import Phrases

/// The members of the business, and what is done with them.
package final class PeopleScreen: WholeListScreen {
  package static let keymap: [Binding] =
    MemberActions.keymap + peoplePlaces.map(\.binding) + Binding.lists
  static let listName = "people"

  private let desk: Desk
  var list: RowList<Members.Row>

  init(at desk: Desk) {
    self.desk = desk
    list = RowList([
      ListColumn("name", "Name", .text(atLeast: 14)) { $0.name },
      ListColumn("role", "Role", .fixed(10), words: { $0.role.phrase }),
      ListColumn("department", "Department", .text(atLeast: 11), priority: 2) {
        $0.department ?? ""
      },
      ListColumn("title", "Title", .text(atLeast: 11), priority: 6) { $0.title },
      ListColumn("superior", "Reports to", .text(atLeast: 11), priority: 5) {
        $0.superiorName ?? ""
      },
      ListColumn(
        "limit", "Limit", exponent: desk.place.exponent, amount: { $0.limit ?? .zero }
      ) { $0.limit.map(desk.text) ?? "" },
      ListColumn("state", "State", .fixed(9), words: { $0.state }),
      ListColumn(
        "factor", "2nd", .fixed(4), priority: 4, words: { $0.hasSecondFactor ? "yes" : "no" }),
      ListColumn("seen", "Last sign-in", .fixed(16), priority: 3) { $0.lastSignIn?.minute ?? "" },
    ])
    recall()
  }

  package var title: Phrase { "People" }
  package var section: Section? { .people }
  var navigator: Navigator { desk.navigator }
  package var subject: ScreenSubject? {
    list.selected.map { ScreenSubject(instance: .member($0.user), name: $0.name) }
  }

  package func load() -> [Effect] { readWhole(Members(), at: desk) }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return MemberActions(member: list.selected, desk: desk).all + places + listActions
  }

  private var places: [Action] {
    peoplePlaces.filter { $0.absence(desk) == nil }.map { place in
      Action(place.binding) { [weak self] in
        guard let self else { return [] }
        return self.navigator.show(place.screen(self.desk))
      }
    }
  }

  package func absence(of binding: Binding) -> Phrase? {
    peoplePlaces.first { $0.binding.id == binding.id }?.absence(desk)
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel("People", note: .empty, empty: "Nobody is here yet.") {
          $0.status == "active" ? .plain : TableRow.Shape(tone: .inactive)
        })
    ]
  }

  package var hasDetails: Bool { true }
  package var details: [Panel] { list.selected.map { [.facts($0.facts(desk))] } ?? [] }
}

/// What is reached from the list of people.
struct PeoplePlace {
  let binding: Binding
  /// Why there is nothing for whoever asks, beyond the permission of the key; nil where there is.
  var absence: (Desk) -> Phrase? = { _ in nil }
  let screen: (Desk) -> any Screen
}

let peoplePlaces = [
  PeoplePlace(binding: .peopleMatrix) { AccessMatrixScreen(at: $0) },
  PeoplePlace(binding: .peopleDepartments) { DepartmentsScreen(at: $0) },
  PeoplePlace(binding: .peopleDelegations) { DelegationsScreen(at: $0) },
  PeoplePlace(binding: .peopleLists) { AccessListsScreen(at: $0) },
  PeoplePlace(binding: .peopleRequests) { RequestsScreen(at: $0) },
  PeoplePlace(binding: .peopleReviews) {
    $0.place.readsWholeLog
      ? nil : "Reviews are for whoever reads the audit log of the whole business."
  } screen: {
    ReviewsScreen(at: $0)
  },
  PeoplePlace(binding: .peopleSessions) { SessionsScreen(at: $0) },
  PeoplePlace(binding: .peopleKeys) { APIKeysScreen(at: $0) },
  PeoplePlace(binding: .peopleTemplates) { TemplatesScreen(at: $0) },
  PeoplePlace(binding: .peopleGroups) { GroupsScreen(at: $0) },
  PeoplePlace(binding: .peopleConflicts) { ConflictsScreen(at: $0) },
  PeoplePlace(binding: .peopleEmergencies) {
    $0.hearsOfEmergencies
      ? nil
      : """
      Emergencies are for whoever may lift limits, or reads the audit log of the whole business.
      """
  } screen: {
    EmergenciesScreen(at: $0)
  },
]

nonisolated extension Members.Row: Listed {
  var identity: ID<Membership> { id }
}

extension Members.Row {
  /// How the membership stands.
  var state: Phrase {
    isLocked && status == "active" ? "locked" : Phrase(word: status, context: "member")
  }

  func facts(_ desk: Desk) -> FactsPanel {
    FactsPanel(
      title: Phrase(verbatim: name),
      facts: [
        "E-mail": Phrase(verbatim: email), "Role": role.phrase,
        "Title": title.isEmpty ? "none" : Phrase(verbatim: title),
        "Department": department.map { Phrase(verbatim: $0) } ?? "none",
        "Limit": limit.map { Phrase(verbatim: desk.text($0)) } ?? "the role's own",
        "Approves as a member": mayApprove ? "yes" : "no",
        "Reports to": superiorName.map { Phrase(verbatim: $0) } ?? "nobody", "State": state,
        "Second factor": hasSecondFactor ? "yes" : "no",
        "Last sign-in": lastSignIn.map { Phrase(verbatim: $0.minute) } ?? "never",
      ])
  }
}

extension Binding {
  static let peopleRights = Binding(
    "people.rights", [.enter, .right, "l"], "rights", "What they may do, and why",
    Members.permission
  )
  static let peopleMatrix = Binding(
    "people.matrix", ["m"], "matrix", "People against permissions", AccessGrid.permission)
  static let peopleDepartments = Binding(
    "people.departments", ["d"], "departments", "The tree of departments", Departments.permission)
  static let peopleDelegations = Binding(
    "people.delegations", ["t"], "lent rights", "Rights that are lent for a time",
    Delegations.permission)
  static let peopleLists = Binding(
    "people.lists", ["A"], "access lists", "Accounts, departments for some only",
    AccessLists.permission)
  static let peopleRequests = Binding(
    "people.requests", ["o"], "requests", "What takes two people", Confirmations.permission)
  static let peopleReviews = Binding(
    "people.reviews", ["c"], "reviews", "Reviews of who may do what", AccessReviews.permission)
  static let peopleSessions = Binding(
    "people.sessions", ["i"], "sessions", "Who is at work now", Sessions.permission)
  static let peopleKeys = Binding(
    "people.keys", ["I"], "API keys", "Keys by which programs act", APIKeys.permission)
  static let peopleTemplates = Binding(
    "people.templates", ["T"], "templates", "Sets of rights that are given together",
    PermissionTemplates.permission)
  static let peopleGroups = Binding(
    "people.groups", ["M"], "groups", "Groups that access lists can name", Groups.permission)
  static let peopleConflicts = Binding(
    "people.conflicts", ["S"], "conflicts", "Who holds what doesn't go together",
    DutyConflicts.permission)
  static let peopleEmergencies = Binding(
    "people.emergencies", ["X"], "emergencies", "When limits were lifted, and why",
    Emergencies.permission)
}
