import Domain
import Keys
import Operations
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
      Chooser.Entry(
        action.summary, keys: action.keys.prefix(2).map(\.name),
        note: action.unavailable ?? .empty, alias: action.title, isAvailable: false
      ) { [weak self] in self?.performListed(action) ?? [] }
    }
    let possible = offered.filter { $0.unavailable == nil && $0.permission != nil }.map {
      entry($0.binding, $0.summary, .empty, of: top, desk)
    }
    return choose(
      Chooser(title: "Why? Of which key", entries: missing + refused + possible))
  }

  /// A key that isn't there: for want of its permission, or for what the screen or typing says.
  private func missing(
    _ binding: Binding, of screen: any Screen, _ desk: Desk
  ) -> Chooser.Entry? {
    guard desk.holds(binding.permission) else {
      return entry(binding, binding.summary, "not permitted", of: screen, desk)
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
    _ binding: Binding, _ summary: Phrase, _ note: Phrase, of screen: any Screen, _ desk: Desk
  ) -> Chooser.Entry {
    Chooser.Entry(
      summary, keys: binding.keys.prefix(2).map(\.name), note: note, alias: binding.title,
      isAvailable: note == .empty
    ) {
      guard let permission = binding.permission else { return [] }
      let subject = screen.subject.flatMap { $0.instance.fits(permission) ? $0 : nil }
      return desk.explain(
        permission, of: desk.place.user, on: subject?.instance ?? .anything,
        called: subject.map { Phrase(verbatim: $0.name) })
    }
  }
}

/// The thing that a screen's keys would be about now.
package struct ScreenSubject {
  let instance: ExplainAccess.Case
  /// What people call it.
  let name: String
}

extension Binding {
  static let why = Binding(
    "why", ["w", .alt("c")], "why", "Why something can't be done here")
}
