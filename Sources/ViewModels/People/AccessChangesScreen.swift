import Domain
import Keys
import Operations
package import Phrases

/// What somebody may do, and what they may do otherwise: with another role, which nobody gave them,
/// or at another moment.
package final class AccessChangesScreen: WholeListScreen {
  package static let keymap: [Binding] = Binding.lists
  static let listName = "access changes"

  /// What is compared with what.
  enum Question {
    case role(Role)
    case moments(from: Timestamp, to: Timestamp)
  }

  private let question: Question
  private let member: Members.Row
  private let desk: Desk
  var list = RowList<AccessChange>([
    ListColumn("permission", "Permission", .text(atLeast: 20)) { $0.permission },
    ListColumn("what", "To do", .text(atLeast: 16), priority: 1, words: { $0.what }),
    ListColumn("before", "Before", .text(atLeast: 6), words: { $0.before }),
    ListColumn("after", "After", .text(atLeast: 6), words: { $0.after }),
  ])

  init(_ question: Question, of member: Members.Row, at desk: Desk) {
    self.question = question
    self.member = member
    self.desk = desk
    recall()
  }

  package var title: Phrase {
    switch question {
    case .role(let role): role.phrase
    case .moments: "Compared"
    }
  }
  package var section: Section? { .people }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] {
    switch question {
    case .role(let role):
      [
        read(SimulateRole(role, for: member.user), at: desk) { [weak self] outcome in
          self?.list.take(AccessChange.all(in: outcome))
          return []
        }
      ]
    case .moments(let from, let to):
      [
        read(AccessDiff(member.user, from: from, to: to), at: desk) { [weak self] outcome in
          guard let self else { return [] }
          self.list.take(AccessChange.all(in: outcome, limit: self.words))
          return []
        }
      ]
    }
  }

  private func words(ofLimit person: Person) -> Phrase {
    person.limit.map { Phrase(verbatim: desk.text($0)) } ?? "the role's own"
  }

  private var words: (Person) -> Phrase { { [unowned self] in self.words(ofLimit: $0) } }

  package var actions: [Action] { listActions }

  private var heading: Phrase {
    switch question {
    case .role(let role): "Nothing was changed: \(member.name), if they were \(role.phrase)"
    case .moments(let from, let to): "\(member.name), \(from.minute) and \(to.minute)"
    }
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel(heading, note: .empty, empty: .joined(["They may do the same.", unseen])) {
          $0.isConflict ? TableRow.Shape(tone: .warning) : .plain
        })
    ]
  }

  /// What a comparison of moments doesn't see.
  private var unseen: Phrase {
    if case .moments = question { KeptAsNow.phrase } else { .empty }
  }
}

/// One thing that would be, or was, otherwise.
nonisolated struct AccessChange: Listed {
  /// A key of RULES §4.9, two where one person had better not hold both, or nothing.
  let permission: String
  let what: Phrase
  let before: Phrase
  let after: Phrase
  var isConflict = false

  var identity: String { "\(permission) \(what.english)" }
}

extension AccessChange {
  fileprivate static func all(in outcome: SimulateRole.Outcome) -> [AccessChange] {
    func changes(_ permissions: [Permission], _ before: Phrase, _ after: Phrase) -> [AccessChange] {
      permissions.map {
        AccessChange(
          permission: $0.rawValue, what: $0.phrase(), before: before, after: after)
      }
    }
    let conflicts = outcome.conflicts.map {
      AccessChange(
        permission: "\($0.first.rawValue) + \($0.second.rawValue)",
        what: "One person had better not hold both.", before: "no", after: "conflict",
        isConflict: true)
    }
    return conflicts + changes(outcome.gained, "no", "yes") + changes(outcome.lost, "yes", "no")
  }

  fileprivate static func all(
    in outcome: AccessDiff.Outcome, limit: (Person) -> Phrase
  ) -> [AccessChange] {
    func fact(_ what: Phrase, _ words: (Person) -> Phrase) -> AccessChange {
      AccessChange(
        permission: "", what: what, before: outcome.before.map(words) ?? "no member",
        after: outcome.after.map(words) ?? "no member")
    }
    let facts = [fact("Role") { $0.role.phrase }, fact("Limit", limit)]
    return facts.filter { $0.before != $0.after }
      + outcome.changes.map {
        AccessChange(
          permission: $0.permission.rawValue, what: $0.permission.phrase(),
          before: $0.before.phrase, after: $0.after.phrase)
      }
  }
}

extension RightsScreen {
  /// Which role is tried.
  static func roles(of member: Members.Row, at desk: Desk) -> [Effect] {
    let entries = Role.allCases.reversed().map { role in
      Chooser.Entry(role.phrase, note: role == member.role ? "now" : .empty) {
        desk.navigator.show(AccessChangesScreen(.role(role), of: member, at: desk))
      }
    }
    return desk.navigator.choose(
      Chooser(title: "Which role, for \(member.name)?", entries: entries))
  }

  /// Which moments are compared.
  static func moments(of member: Members.Row, at desk: Desk) -> FormScreen {
    FormScreen(
      "Compare two moments",
      [FormField(label: "One moment"), FormField(label: "The other; nothing is now")],
      in: .people, AccessDiff.permission, at: desk
    ) { form in
      let (today, now) = (desk.workspace.today, desk.workspace.now)
      let from = form.moment(0, orElse: "Say when, as -7, \(today.text) or \(now.typed).")
      let to = form.text(1).isEmpty ? now : form.moment(1)
      let toCome = UserMessage(Refusal.access(.toCome)).phrase
      if let from, from > now { form.fault(0, toCome) }
      if let to, to.day > today { form.fault(1, toCome) }
      guard let from, let to, from <= now, to.day <= today else { return [] }
      if to <= from { form.fault(1, "This is no later than the first.") }
      guard from < to else { return [] }
      let question = AccessChangesScreen.Question.moments(from: from, to: to)
      return desk.navigator.close(form)
        + desk.navigator.show(AccessChangesScreen(question, of: member, at: desk))
    }
  }
}
