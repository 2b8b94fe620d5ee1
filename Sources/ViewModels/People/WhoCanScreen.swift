import Domain
import Keys
import Operations
package import Phrases

/// Everybody who may do a thing, and by which rule.
package final class WhoCanScreen: WholeListScreen {
  package static let keymap: [Binding] = [.whoCanWhy] + Binding.lists
  static let listName = "who can"

  private let asked: Permission
  private let instance: ExplainAccess.Case
  /// What people call what it is about; nil where it is about no thing in particular.
  private let thing: Phrase?
  private let desk: Desk
  private var areAll = true
  var list: RowList<WhoCan.Holder>

  init(_ asked: Permission, on instance: ExplainAccess.Case, called thing: Phrase?, at desk: Desk) {
    self.asked = asked
    self.instance = instance
    self.thing = thing
    self.desk = desk
    list = RowList([
      ListColumn("name", "Name", .text(atLeast: 14)) { $0.person.name },
      ListColumn("role", "Role", .fixed(10), words: { $0.person.role.phrase }),
      ListColumn(
        "limit", "Limit", exponent: desk.place.exponent, amount: { $0.person.limit ?? .zero }
      ) { asked.isMonetary ? $0.person.limit.map(desk.text) ?? "" : "" },
      ListColumn("how", "By which rule", .text(atLeast: 16), words: { $0.decision.rules }),
    ])
    recall()
  }

  package var title: Phrase { "Who may" }
  package var section: Section? { .people }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] {
    [
      read(WhoCan(asked, on: instance), at: desk) { [weak self] answer in
        self?.list.take(answer.holders)
        self?.areAll = answer.areAll
        return []
      }
    ]
  }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.whoCanWhy, unavailable: list.unavailable) { [weak self] in
        guard let self, let holder = self.list.selected else { return [] }
        return self.desk.explain(
          self.asked, of: holder.person.id, on: self.instance, called: self.thing)
      }
    ] + listActions
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel(
          "Who may \(asked.phrase(thing))",
          note: areAll ? .empty : "of those whose rights you may look at",
          empty: areAll ? "Nobody may." : "Others may, whose rights you may not look at."))
    ]
  }
}

nonisolated extension WhoCan.Holder: Listed {
  var identity: ID<User> { person.id }
}

extension Decision {
  /// The rules that let somebody, each with how far.
  fileprivate var rules: Phrase {
    .joined(
      trace.compactMap { finding -> Phrase? in
        guard case .holds(let grant) = finding.reason, let source = finding.source else {
          return nil
        }
        let rule: Phrase =
          if case .membership = source { "the membership" } else { UserMessage.words(source) }
        return grant.map { "\(rule): \(UserMessage.words($0))" } ?? rule
      }, separator: "; ")
  }
}

extension Binding {
  static let whoCanWhy = Binding(
    "who.why", [.enter, .right, "l"], "why", "Which rules say so", WhoCan.permission)
}
