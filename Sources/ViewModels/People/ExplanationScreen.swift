import Domain
import Keys
import Operations
package import Phrases

/// Why somebody may or may not do a thing, and what would change it.
package final class ExplanationScreen: Screen {
  package static let keymap: [Binding] = []

  private let explanation: Explanation
  /// What people call what it is about; nil where it is about no thing in particular.
  private let thing: Phrase?
  private unowned let desk: Desk
  private var top = 0

  init(_ explanation: Explanation, on thing: Phrase?, at desk: Desk) {
    self.explanation = explanation
    self.thing = thing
    self.desk = desk
  }

  package var title: Phrase { Phrase(verbatim: explanation.decision.permission.rawValue) }
  package var section: Section? { .people }
  package var isRevisited: Bool { false }
  package func load() -> [Effect] { [] }
  package var actions: [Action] { [] }

  package func move(_ movement: Movement) -> [Effect] {
    top =
      movement.cursor(from: top, count: text.english.count / 40 + 1, page: desk.navigator.pageRows)
      ?? 0
    return []
  }

  private var text: Phrase {
    let rules = explanation.decision.trace.enumerated().map { index, finding in
      let words = UserMessage.words(finding, explanation.decision.permission, explanation.person)
      return "\(index + 1). \(words)" as Phrase
    }
    let answer = explanation.sentence(on: thing, amount: desk.text)
    let advice = Phrase.joined(
      [explanation.advice(amount: desk.text), explanation.escalationAdvice].compactMap(\.self),
      separator: "\n")
    return .joined(
      [answer, advice, .joined(["The rules that spoke, in order:"] + rules, separator: "\n")],
      separator: "\n\n")
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
        navigator.show(ExplanationScreen($0, on: thing, at: self))
      }
    ]
  }
}
