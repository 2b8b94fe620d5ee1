import Domain
import Keys
package import Operations
import Phrases

/// Why something can't be done here, or isn't even there (UX 5.0, 2).
extension Navigator {
  func openWhy() -> [Effect] {
    guard let desk, let top else { return [] }
    let offered = actions + globalActions
    let missing = (type(of: top).keymap + Section.allCases.map(\.binding)).filter { binding in
      !offered.contains { $0.id == binding.id }
    }.compactMap { self.missing(settings.keys.applied(to: $0), of: top, desk) }
    let refused = offered.filter { $0.unavailable != nil }.map { action in
      if case .notPermitted(let permission, _)? = action.refusal {
        return entry(
          action.binding.asked(permission), action.summary, action.unavailable ?? .empty,
          on: top.subject?.asked(by: action), desk)
      }
      return Chooser.Entry(
        action.summary, keys: action.keys.prefix(2).map(\.name),
        note: action.unavailable ?? .empty, alias: action.title, isAvailable: false
      ) { [weak self] in self?.performListed(action) ?? [] }
    }
    let possible = offered.filter { $0.unavailable == nil && $0.permission != nil }.map {
      entry($0.binding, $0.summary, .empty, on: top.subject?.asked(by: $0), desk)
    }
    let withheld = top.parts.filter { !desk.holds($0.permission) }.map { part in
      Chooser.Entry(part.title, note: "not permitted", isAvailable: false) {
        part.permission.map { desk.explain($0, of: desk.place.user) } ?? []
      }
    }
    return choose(
      Chooser(
        title: "Why? Of which key", entries: missing + withheld + refused + possible))
  }

  /// Says why a key of the screen isn't there for whoever presses it.
  func tellAbsence(of key: Key) -> [Effect] {
    guard let desk, let top else { return [] }
    let bindings = type(of: top).keymap.map(settings.keys.applied).filter { $0.keys.contains(key) }
    guard let binding = bindings.first else { return [] }
    if let permission = binding.permission, !desk.holds(permission) {
      return tellDenial(of: permission, on: .anything)
    }
    if let reason = top.absence(of: binding) { tell(.notice, reason) }
    return []
  }

  /// A key that isn't there: for want of its permission, or for what the screen or typing says.
  private func missing(
    _ binding: Binding, of screen: any Screen, _ desk: Desk
  ) -> Chooser.Entry? {
    guard desk.holds(binding.permission) else {
      return entry(binding, binding.summary, "not permitted", on: screen.subject, desk)
    }
    let typing: Phrase? = screen.takesText ? "Not while text is typed here." : nil
    return (screen.absence(of: binding) ?? typing).map { reason in
      Chooser.Entry(
        binding.summary, keys: binding.keys.prefix(2).map(\.name), note: reason,
        alias: binding.title, isAvailable: false
      ) { [weak self] in
        self?.tell(.notice, reason)
        return []
      }
    }
  }

  private func entry(
    _ binding: Binding, _ summary: Phrase, _ note: Phrase, on subject: ScreenSubject?, _ desk: Desk
  ) -> Chooser.Entry {
    Chooser.Entry(
      summary, keys: binding.keys.prefix(2).map(\.name), note: note, alias: binding.title,
      isAvailable: note == .empty
    ) {
      guard let permission = binding.permission else { return [] }
      let subject = subject.flatMap { $0.instance.fits(permission) ? $0 : nil }
      return desk.explain(
        permission, of: desk.place.user, on: subject?.instance ?? .anything,
        called: subject.map { Phrase(verbatim: $0.name) })
    }
  }
}

/// The thing that a screen's keys would be about now.
package struct ScreenSubject {
  package let instance: ExplainAccess.Case
  /// What people call it.
  let name: String

  /// As an action is about it; nil where that is about something else.
  func asked(by action: Action) -> ScreenSubject? {
    switch (action.act, instance) {
    case (nil, _): nil
    case (.govern, .member(let member)): ScreenSubject(instance: .governed(member), name: name)
    default: self
    }
  }
}

/// What a screen shows only to whoever holds a permission, by the name it has there.
package struct ScreenPart {
  let title: Phrase
  let permission: Permission?
}

extension Binding {
  static let why = Binding(
    "why", ["w", .alt("c")], "why", "Why something can't be done here")
}
