import Domain
import Keys
import Operations
package import Phrases

/// Why somebody may or may not do a thing, and what would change it.
package final class ExplanationScreen: Screen {
  package static let keymap: [Binding] = [.explanationWho, .explanationMoment]

  private let explanation: Explanation
  private let instance: ExplainAccess.Case
  /// What people call what it is about; nil where it is about no thing in particular.
  private let thing: Phrase?
  private unowned let desk: Desk
  private var top = 0

  init(
    _ explanation: Explanation, on instance: ExplainAccess.Case, called thing: Phrase?,
    at desk: Desk
  ) {
    self.explanation = explanation
    self.instance = instance
    self.thing = thing
    self.desk = desk
  }

  private var asked: Permission { explanation.decision.permission }

  package var title: Phrase { Phrase(verbatim: asked.rawValue) }
  package var section: Section? { .people }
  package var isRevisited: Bool { false }
  package func load() -> [Effect] { [] }

  package var actions: [Action] {
    [
      Action(
        .explanationWho,
        unavailable: explanation.moment == nil ? nil : "Who may is known of now only."
      ) { [desk, asked, instance, thing] in
        desk.navigator.show(WhoCanScreen(asked, on: instance, called: thing, at: desk))
      },
      Action(.explanationMoment) { [weak self] in
        self.map { $0.desk.navigator.show($0.momentForm) } ?? []
      },
    ]
  }

  /// Of which moment it is asked anew.
  private var momentForm: FormScreen {
    let (asked, instance, thing) = (asked, instance, thing)
    let user = explanation.person.id
    return FormScreen(
      "At which moment?", [FormField(label: "Moment")], in: section, ExplainAccess.permission,
      at: desk
    ) { [desk] form in
      let (today, now) = (desk.workspace.today, desk.workspace.now)
      let moment = form.moment(0, orElse: "Say when, as -7, \(today.text) or \(now.typed).")
      guard let moment else { return [] }
      guard moment.day <= today else {
        form.fault(0, UserMessage(Refusal.access(.toCome)).phrase)
        return []
      }
      let query = ExplainAccess(asked, of: user, on: instance, at: min(moment, now))
      return form.run("Loading") {
        try await $0.workspace.fetch(query, as: $0.principal)
      } place: {
        $0 == .access(.notMemberThen) ? 0 : nil
      } then: { desk, explanation in
        desk.navigator.show(
          ExplanationScreen(explanation, on: instance, called: thing, at: desk))
      }
    }
  }

  package func move(_ movement: Movement) -> [Effect] {
    top =
      movement.cursor(from: top, count: text.english.count / 40 + 1, page: desk.navigator.pageRows)
      ?? 0
    return []
  }

  private var text: Phrase {
    let rules = explanation.decision.trace.enumerated().map { index, finding in
      "\(index + 1). \(UserMessage.words(finding, asked, explanation.person))" as Phrase
    }
    let answer = explanation.sentence(on: thing, amount: desk.text)
    let advice = Phrase.joined(
      [
        explanation.advice(amount: desk.text), explanation.escalationAdvice,
        thing.flatMap(explanation.state),
      ].compactMap(\.self), separator: "\n")
    return .joined(
      [
        answer, advice, past,
        .joined(["The rules that spoke, in order:"] + rules, separator: "\n"),
      ], separator: "\n\n")
  }

  private var past: Phrase {
    guard let moment = explanation.moment else { return .empty }
    return .joined(["This is as of \(moment.minute).", KeptAsNow.phrase])
  }

  package var panels: [Panel] {
    [.text(TextPanel(title: explanation.decision.isAllowed ? "Yes" : "No", text: text, top: top))]
  }
}

extension Desk {
  /// Shows why somebody may or may not do a thing.
  func explain(
    _ permission: Permission, of user: ID<User>, on instance: ExplainAccess.Case = .anything,
    called thing: Phrase? = nil
  ) -> [Effect] {
    [
      fetch(ExplainAccess(permission, of: user, on: instance), holding: .keys) { [self] in
        navigator.show(ExplanationScreen($0, on: instance, called: thing, at: self))
      }
    ]
  }
}

extension Binding {
  static let explanationWho = Binding(
    "explanation.who", ["W"], "who may", "Everybody who may do it", WhoCan.permission)
  static let explanationMoment = Binding(
    "explanation.moment", ["t"], "another time", "Whether they might at another moment",
    ExplainAccess.permission)
}
