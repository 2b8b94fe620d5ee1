package import Keys
package import Phrases

/// What stands in front of everything while its person is away: it says who they are and nothing of
/// any business.
package final class LockScreen: Screen {
  package static let keymap: [Binding] = [.sessionUnlock, .sessionClose]

  private unowned let navigator: Navigator
  private let email: String
  private var password = FieldState("Password", isSecret: true)

  init(in navigator: Navigator, email: String) {
    self.navigator = navigator
    self.email = email
  }

  package var isRevisited: Bool { false }
  package var title: Phrase { "Locked" }
  package var takesText: Bool { true }
  package func load() -> [Effect] { [] }
  package func type(_ key: Key) -> Bool { password.editor.handle(key) }
  package func paste(_ text: String) -> Int { password.editor.insert(text) }

  package var actions: [Action] {
    [
      Action(.sessionUnlock) { [weak self] in self?.unlock() ?? [] },
      Action(.sessionClose) { [weak self] in
        self?.navigator.askToLeaveLocked(ending: false) ?? []
      },
    ]
  }

  private func unlock() -> [Effect] {
    navigator.unlock(password: password.text) { [weak self] _ in
      self?.password.editor.selectAll()
    }
  }

  package var panels: [Panel] {
    [
      .form(FormPanel(title: "CoreFlow", fields: [password], focus: 0)),
      .text(
        TextPanel(
          title: "The screen is locked",
          text: "Type the password of \(email) to go on where you were. Nothing is lost.")),
    ]
  }
}

extension Binding {
  static let sessionUnlock = Binding(
    "session.unlock", [.enter, .function(10), .alt("f")], "unlock", "Unlock the screen")
}
