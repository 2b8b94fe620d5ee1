import Domain
import Keys
import Operations
package import Phrases

/// Rights that are lent for a time, now or later.
package final class DelegationsScreen: WholeListScreen {
  package static let keymap: [Binding] = [.delegationNew, .delegationEnd] + Binding.lists
  static let listName = "delegations"

  private let desk: Desk
  var list: RowList<Delegations.Row>

  init(at desk: Desk) {
    self.desk = desk
    list = RowList([
      ListColumn("from", "Lender", .text(atLeast: 10)) { $0.from },
      ListColumn("to", "Borrower", .text(atLeast: 10)) { $0.to },
      ListColumn("what", "Rights", .text(atLeast: 15)) { $0.names.joined(separator: ", ") },
      ListColumn("department", "Department", .fixed(10), priority: 3) { $0.department ?? "" },
      ListColumn(
        "limit", "Limit", exponent: desk.place.exponent, amount: { $0.cap ?? .zero }
      ) { $0.cap.map(desk.text) ?? "" },
      ListColumn("start", "From", .fixed(16), priority: 2) { $0.start.minute },
      ListColumn("end", "Until", .fixed(16)) { $0.end.minute },
      ListColumn("reason", "Reason", .text(atLeast: 8), priority: 4) { $0.reason },
    ])
    recall()
  }

  package var title: Phrase { "Lent rights" }
  package var section: Section? { .people }
  var navigator: Navigator { desk.navigator }
  package var subject: ScreenSubject? {
    list.selected.map { ScreenSubject(instance: .member($0.lender), name: $0.from) }
  }

  package func load() -> [Effect] { readWhole(Delegations(), at: desk) }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.delegationNew) { [weak self] in self?.write() ?? [] },
      Action.using(.delegationEnd, unavailable: list.unavailable) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.navigator.ask(
          Dialog(
            title: "Take back what \(row.from) lends \(row.to)?", body: "It ends now.",
            confirm: "Take back"
          ) { _ in
            self.desk.carryOut(EndDelegation(row.id), "\(row.to) acts for \(row.from) no more.")
          })
      },
    ] + listActions
  }

  private func write() -> [Effect] {
    desk.fetch(Departments(), Members()) { [desk] departments, members in
      desk.navigator.show(
        DelegationForm(members: members.active, departments: departments).screen(at: desk))
    }
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel(
          "Lent rights", note: .empty,
          empty: desk.absence("Nothing is lent to anybody.", .delegationNew) {
            "\($0) lends something, for as long as somebody is away."
          }))
    ]
  }
}

/// What is asked of a delegation.
private struct DelegationForm {
  let members: [Members.Row]
  let departments: [Departments.Row]

  func screen(at desk: Desk) -> FormScreen {
    let lendable = Permission.allCases.filter(\.isLendable).map(\.rawValue)
    return FormScreen(
      "Lend rights",
      [
        FormField(label: "To") { _ in
          members.filter { $0.user != desk.place.user }.map(\.name)
        },
        FormField(label: "Whose", text: desk.place.userName) { _ in members.map(\.name) },
        FormField(
          label: "Rights", text: NewDelegation.usual.joined(separator: " ")
        ) { _ in lendable },
        FormField(label: "Up to an amount"),
        FormField(label: "Department only") { _ in departments.map(\.code) },
        FormField(label: "From"), FormField(label: "Until"), FormField(label: "Reason"),
      ], in: .people, Delegate.permission, at: desk
    ) { form in
      let to = form.reading(0, orElse: "To whom?") { try members.called($0) }
      let from =
        form.text(1) == desk.place.userName
        ? desk.place.user : form.reading(1) { try members.called($0).user }
      let cap = form.amount(3)
      let department =
        form.text(4).isEmpty
        ? nil : form.reading(4) { try departments.called($0).id }
      let start = form.moment(5, starts: true)
      let end = form.moment(6, orElse: "Until when?")
      let reason = form.reason(7, least: Delegate.leastReason)
      if form.words(2).isEmpty { form.fault(2, "Which rights?") }
      guard let to, let from, let end else { return [] }
      var lent = NewDelegation(from: from, to: to.user, until: end, reason: reason)
      lent.permissions = form.words(2)
      lent.cap = cap
      lent.department = department
      lent.start = start
      return form.perform(Delegate(lent), place: Self.place) { _ in
        "\(to.name) may do it too, until \(end.minute)."
      }
    }
  }

  private static func place(_ refusal: Refusal) -> Int? {
    switch refusal {
    case .access(.toOneself): 0
    case .access(.unknownPermission), .access(.notHeld): 2
    case .access(.negativeLimit): 3
    case .access(.endsBeforeItBegins): 6
    default: nil
    }
  }
}

nonisolated extension Delegations.Row: Listed {
  var identity: ID<Delegation> { id }
}

extension Binding {
  static let delegationNew = Binding(
    "delegation.new", ["n"], "lend", "Lend rights for a time", Delegate.permission)
  static let delegationEnd = Binding(
    "delegation.end", ["D"], "take back", "Take back what is lent", EndDelegation.permission)
}
