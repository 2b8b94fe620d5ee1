import Domain
import Keys
import Operations
package import Phrases

/// Who is what in one department, and what they may do there by it.
package final class DepartmentPostsScreen: WholeListScreen {
  package static let keymap: [Binding] = [.postNew, .postEnd] + Binding.lists
  static let listName = "posts"

  private let desk: Desk
  private let department: Departments.Row
  var list: RowList<DepartmentPosts.Row>

  init(of department: Departments.Row, at desk: Desk) {
    self.desk = desk
    self.department = department
    list = RowList([
      ListColumn("person", "Who", .text(atLeast: 12)) { $0.name },
      ListColumn("role", "Role", .fixed(11), words: { $0.post.role.phrase }),
      ListColumn("powers", "May", .text(atLeast: 16)) {
        DepartmentPower.allCases.filter($0.post.powers.contains)
          .map { $0.phrase.text(in: desk.words.language) }.joined(separator: ", ")
      },
      ListColumn(
        "limit", "Limit", exponent: desk.place.exponent, amount: { $0.post.limit ?? .zero }
      ) { $0.post.limit.map(desk.text) ?? "" },
      ListColumn("start", "From", .fixed(16), priority: 2) { $0.start.minute },
      ListColumn("end", "Until", .fixed(16), priority: 1) { $0.end?.minute ?? "" },
    ])
    recall()
  }

  package var title: Phrase { Phrase(verbatim: department.name) }
  package var section: Section? { .people }
  var navigator: Navigator { desk.navigator }
  package var subject: ScreenSubject? {
    ScreenSubject(instance: .department(department.id), name: department.name)
  }

  package func load() -> [Effect] { readWhole(DepartmentPosts(department.id), at: desk) }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action.using(.postNew, unavailable: nil) { [weak self] in self?.write() ?? [] },
      Action.using(.postEnd, unavailable: list.unavailable ?? own) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        let role = row.post.role.phrase
        return self.navigator.ask(
          Dialog(
            title: "End that \(row.name) is \(role) of \(self.department.name)?",
            body: "What came with it ends now. That they were it stays on record.", confirm: "End"
          ) { _ in
            self.desk.carryOut(
              EndPost(row.id), "\(row.name) is \(role) of \(self.department.name) no more.")
          })
      },
    ] + listActions
  }

  private var own: Phrase? {
    list.selected?.user == desk.place.user
      ? UserMessage(Refusal.access(.ownRights)).phrase : nil
  }

  private func write() -> [Effect] {
    desk.fetch(PostsToGive(), Members()) { [desk, department] offer, members in
      desk.navigator.show(
        PostForm(department: department, members: members.active, offer: offer).screen(at: desk))
    }
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel(
          "Who is what in it", note: .empty,
          empty: desk.absence("Nobody is anything in it yet.", .postNew) {
            "\($0) makes somebody head of it, or something else."
          }))
    ]
  }
}

/// What is asked of whoever becomes something in a department.
private struct PostForm {
  let department: Departments.Row
  let members: [Members.Row]
  /// Only this is offered. What is typed nevertheless is refused beside its field.
  let offer: PostsToGive.Offer

  func screen(at desk: Desk) -> FormScreen {
    let words = desk.words
    func named(_ role: DepartmentRole) -> (text: String, value: DepartmentRole) {
      (text: words.text(role.phrase, role.rawValue), value: role)
    }
    let others = members.filter { $0.user != desk.place.user }
    let powers = offer.powers
    return FormScreen(
      "Appoint somebody",
      [
        FormField(label: "Who") { _ in others.map(\.name) },
        FormField(label: "Role", text: named(.member).text) { _ in
          offer.roles.map { named($0).text }
        },
        FormField(label: "Approves up to"),
      ]
        + powers.map {
          FormField.yesOrNo($0.phrase, false, words)
        }
        + [FormField(label: "From"), FormField(label: "Until")],
      in: .people, Appoint.permission, at: desk
    ) { form in
      let who = form.reading(0, orElse: "Who?") { try members.called($0) }
      let role = form.choice(1, DepartmentRole.allCases.map(named), "There is no such role.")
      let limit = form.amount(2)
      let held = powers.enumerated().filter { index, _ in
        form.answer(3 + index) == true
      }
      let (start, end) = (
        form.moment(3 + powers.count, starts: true), form.moment(4 + powers.count)
      )
      guard let who, let role else { return [] }
      let appointment = Appoint(
        who.user, to: DepartmentPost(role, Set(held.map(\.element)), limit: limit),
        in: department.id, from: start, until: end)
      return form.perform(appointment, place: place) { _ in
        "\(who.name) is \(role.phrase) of \(department.name)."
      }
    }
  }

  private func place(_ refusal: Refusal) -> Int? {
    switch refusal {
    case .access(.ownRights), .access(.memberStatus): 0
    case .access(.alreadyAppointed): 1
    case .notPermitted(let permission, _): permission == Appoint.ofLeads ? 1 : nil
    case .access(.negativeLimit): 2
    case .access(.notHeld(let permission)):
      offer.powers.firstIndex { $0.patterns.contains { $0.matches(permission) } }.map { 3 + $0 }
        ?? 2
    case .access(.endsBeforeItBegins): 4 + offer.powers.count
    default: nil
    }
  }
}

nonisolated extension DepartmentPosts.Row: Listed {
  var identity: ID<DepartmentPost> { id }
}

extension Binding {
  static let postNew = Binding(
    "post.new", ["n"], "appoint", "Make somebody something in it", Appoint.permission)
  static let postEnd = Binding(
    "post.end", ["D"], "end", "End what somebody is in the department", EndPost.permission)
}
