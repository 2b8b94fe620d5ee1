import Domain
import Keys
import Operations
package import Phrases

/// What is granted and forbidden to one member beyond their role, ended grants too.
package final class GrantsScreen: WholeListScreen {
  package static let keymap: [Binding] = [.grantNew, .grantRevoke] + Binding.lists
  static let listName = "grants"

  private let desk: Desk
  private let member: Members.Row
  var list: RowList<GrantsOf.Row>

  init(of member: Members.Row, at desk: Desk) {
    self.member = member
    self.desk = desk
    list = RowList([
      ListColumn("number", "#", .amount, number: { $0.id.value }) { String($0.id.value) },
      ListColumn("effect", "Effect", .fixed(9), words: { $0.effect.phrase }),
      ListColumn("permission", "Permission", .text(atLeast: 16)) { $0.pattern },
      ListColumn("state", "State", .fixed(12), words: { desk.state(of: $0) }),
      ListColumn(
        "limit", "Limit", exponent: desk.place.exponent, amount: { $0.limit ?? .zero }
      ) { $0.limit.map(desk.text) ?? "" },
      ListColumn("only", "Only", .text(atLeast: 8), priority: 4) { desk.conditions(of: $0) },
      ListColumn("until", "Until", .fixed(16), priority: 1) {
        ($0.revokedAt ?? $0.end)?.minute ?? ""
      },
      ListColumn("by", "By", .text(atLeast: 8), priority: 3) { $0.grantedBy },
      ListColumn("reason", "Reason", .text(atLeast: 8), priority: 2) { $0.reason },
    ])
    recall()
  }

  package var title: Phrase { "Grants" }
  package var section: Section? { .people }
  var navigator: Navigator { desk.navigator }
  package var subject: ScreenSubject? {
    ScreenSubject(instance: .member(member.user), name: member.name)
  }

  package func load() -> [Effect] { readWhole(GrantsOf(member.user), at: desk) }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action.using(.grantNew, unavailable: nil) { [weak self] in self?.write() ?? [] },
      Action.using(.grantRevoke, unavailable: list.unavailable ?? ended ?? own) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        let (isDenial, name) = (row.effect == .deny, self.member.name)
        return self.desk.askWhy(
          title: isDenial ? "Lift the denial of \(row.pattern)?" : "Take back \(row.pattern)?",
          body: "It ends now and stays on record.", confirm: isDenial ? "Lift it" : "Take back",
          least: RevokeGrant.leastReason
        ) {
          self.desk.carryOut(
            RevokeGrant(row.id, reason: $0),
            isDenial
              ? "\(row.pattern) is forbidden to \(name) no more."
              : "\(row.pattern) is taken back from \(name).")
        }
      },
    ] + listActions
  }

  private var ended: Phrase? {
    list.selected?.revokedAt == nil ? nil : "It was taken back already."
  }

  private var own: Phrase? {
    member.user == desk.place.user ? UserMessage(Refusal.access(.ownRights)).phrase : nil
  }

  private func write() -> [Effect] {
    let desk = desk
    let member = member
    return desk.fetch(Departments(), ChartOfAccounts()) { departments, accounts in
      desk.navigator.show(
        GrantForm(member: member, departments: departments, accounts: accounts).screen(at: desk))
    }
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel(
          "Granted to \(member.name)", note: member.role.phrase,
          empty: desk.absence(
            "Nothing is granted or forbidden to \(member.name) beyond their role.", .grantNew
          ) { "\($0) grants the first." }
        ) { [now = navigator.workspace.now] row in
          (row.revokedAt ?? row.end).map { $0 <= now } == true
            ? TableRow.Shape(tone: .inactive) : row.effect == .deny ? .warning : .plain
        })
    ] + whole
  }

  /// The grant under the cursor, none of it cut.
  private var whole: [Panel] {
    guard let row = list.selected else { return [] }
    return [
      .facts(
        FactsPanel(
          title: Phrase(verbatim: row.pattern),
          facts: [
            "State": desk.state(of: row), "From": Phrase(verbatim: row.start.minute),
            "Until": Phrase(verbatim: (row.revokedAt ?? row.end)?.minute ?? ""),
            "Only": Phrase(verbatim: desk.conditions(of: row)),
            "By": Phrase(verbatim: row.grantedBy), "Reason": Phrase(verbatim: row.reason),
          ]))
    ]
  }
}

extension Desk {
  fileprivate func state(of row: GrantsOf.Row) -> Phrase {
    Phrase(word: row.state(at: navigator.workspace.now), context: "given")
  }

  fileprivate func conditions(of row: GrantsOf.Row) -> String {
    Conditions(json: row.conditions)?.text(exponent: place.exponent) ?? row.conditions
  }
}

/// What is asked of a grant.
private struct GrantForm {
  let member: Members.Row
  let departments: [Departments.Row]
  let accounts: [ChartOfAccounts.Row]

  func screen(at desk: Desk) -> FormScreen {
    let effects = [Grant.Effect.allow, .deny].map {
      (desk.words.text($0.phrase, $0.rawValue), $0)
    }
    return FormScreen(
      "Grant to \(member.name)",
      [
        FormField(label: "Effect", text: effects[0].0) { _ in effects.map(\.0) },
        FormField(label: "Permission") { _ in Permission.allCases.map(\.rawValue) },
        FormField(label: "Up to an amount"),
        FormField(label: "Department only") { _ in departments.map(\.code) },
        FormField(label: "Account only") { _ in accounts.map(\.label) },
        .conditions(Conditions(), exponent: desk.place.exponent),
        FormField(label: "From"), FormField(label: "Until"), FormField(label: "Reason"),
      ], in: .people, GrantPermission.permission, at: desk
    ) { form in
      let effect = form.choice(0, effects, "allow or deny?")
      if form.text(1).isEmpty { form.fault(1, "Which permission?") }
      var grant = NewGrant(
        effect ?? .allow, form.text(1), to: member.user,
        reason: form.reason(8, least: GrantPermission.leastReason))
      grant.limit = form.amount(2)
      if !form.text(3).isEmpty {
        grant.thing = form.reading(3) {
          Thing(.department, try departments.called($0).id.value)
        }
      }
      if !form.text(4).isEmpty {
        if grant.thing != nil { form.fault(4, "Either a department or an account, not both.") }
        grant.thing = form.reading(4) { Thing(.account, try accounts.named($0).id.value) }
      }
      grant.conditions = form.conditions(5).json
      grant.start = form.moment(6, starts: true)
      grant.end = form.moment(7)
      guard let effect else { return [] }
      let words = effect.phrase
      return form.perform(GrantPermission(grant), place: Self.place) { _ in
        "\(words): \(grant.pattern), to \(member.name)."
      }
    }
  }

  private static func place(_ refusal: Refusal) -> Int? {
    switch refusal {
    case .access(.unknownPermission), .access(.notHeld): 1
    case .access(.negativeLimit), .access(.limitedDenial): 2
    case .access(.endsBeforeItBegins): 7
    default: nil
    }
  }
}

extension Grant.Effect {
  var phrase: Phrase { Phrase(word: rawValue, context: "grant") }
}

nonisolated extension GrantsOf.Row: Listed {
  var identity: ID<Grant> { id }
}

extension Binding {
  static let grantNew = Binding(
    "grant.new", ["n"], "grant", "Grant or forbid something", GrantPermission.permission)
  static let grantRevoke = Binding(
    "grant.revoke", ["D"], "take back", "Take the grant or denial back", RevokeGrant.permission)
}
