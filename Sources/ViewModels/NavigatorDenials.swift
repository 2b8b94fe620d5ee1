import Domain
import Operations
import Phrases

/// What the core would refuse of the screen's keys on what is selected: it is shown dimmed, and says
/// why and whom to ask (UX 5.7). Until the answer is there the keys are as they are without one, and
/// the core answers.
struct Denials {
  /// What an answer is for.
  struct Question: Hashable {
    let principal: Principal
    /// Of the books: what anybody has done since may have changed the answer.
    let version: Int64?
    let acts: Set<WhatIsDenied.Act>
    let instance: ExplainAccess.Case
  }

  private var asked: Question?
  private var answered: Question?
  private var refusals: [WhatIsDenied.Act: Refusal] = [:]

  /// Whether it is another than the one asked last.
  mutating func ask(_ question: Question) -> Bool {
    defer { asked = question }
    return question != asked
  }

  /// Lets an answer go that is for another row than the one that the cursor is on by now.
  mutating func take(_ answer: [WhatIsDenied.Act: Refusal], to question: Question) {
    guard question == asked else { return }
    (refusals, answered) = (answer, question)
  }

  func refusal(
    of act: WhatIsDenied.Act, on instance: ExplainAccess.Case, by principal: Principal
  ) -> Refusal? {
    answered?.instance == instance && answered?.principal == principal ? refusals[act] : nil
  }
}

extension Navigator {
  /// Looks the denials up where the screen's keys are about something else than before.
  func lookUpDenials() -> [Effect] {
    guard let desk, !isSignedOff, lock == nil, let top, let instance = top.subject?.instance else {
      return []
    }
    let possible = top.actions.filter { $0.unavailable == nil && desk.holds($0.permission) }
    let question = Denials.Question(
      principal: desk.principal, version: booksVersion, acts: Set(possible.compactMap(\.act)),
      instance: instance)
    guard !question.acts.isEmpty, denials.ask(question) else { return [] }
    return [
      Effect("Loading") { [weak self, workspace] in
        // What can't be looked up is answered when the key is pressed.
        let query = WhatIsDenied(question.acts, to: instance)
        let answer = try? await workspace.fetch(query, as: question.principal)
        return {
          self?.denials.take(answer ?? [:], to: question)
          return []
        }
      }
    ]
  }

  /// As it is on what is selected.
  func onSubject(_ action: Action) -> Action {
    guard action.unavailable == nil, let act = action.act, let subject = top?.subject, let desk,
      let refusal = denials.refusal(of: act, on: subject.instance, by: desk.principal)
    else { return action }
    return action.refused(refusal)
  }

  func tellDenial(_ refusal: Refusal, of action: Action) -> [Effect] {
    guard case .notPermitted(let permission, _) = refusal,
      let subject = top?.subject?.asked(by: action)
    else {
      tell(.notice, UserMessage(refusal).phrase)
      return []
    }
    return tellDenial(of: permission, on: subject.instance, as: refusal)
  }

  /// Who could do it, and why not oneself: in this order, as the names may be all that there is room
  /// for. `refusal` is what is known of the why.
  func tellDenial(
    of permission: Permission, on instance: ExplainAccess.Case, as refusal: Refusal? = nil
  ) -> [Effect] {
    guard let desk else { return [] }
    let query = ExplainAccess(permission, of: desk.place.user, on: instance)
    return [
      desk.fetch(query, holding: .keys) { [weak self] explanation in
        let others = explanation.candidates.prefix(2).map(\.name).joined(separator: ", ")
        let whom =
          explanation.escalationAdvice
          ?? (!others.isEmpty
            ? "Ask \(others)."
            : explanation.decision.isAllowed ? .empty : "Nobody else may at present.")
        let refusal =
          refusal ?? explanation.decision.denial.map { Refusal.notPermitted(permission, $0) }
        let why = refusal.map { UserMessage($0).phrase } ?? .empty
        self?.tell(.notice, .joined([whom, why], separator: " "))
        return []
      }
    ]
  }
}
