package import Keys
import Operations
package import Phrases

/// What stands in front of everything while its person is away: it says who they are and nothing of
/// any business.
package final class LockScreen: Screen {
  package static let keymap: [Binding] = [.sessionUnlock, .sessionClose]

  private unowned let navigator: Navigator
  private let email: String
  /// The password, and a code once it is asked for.
  private var fields = [FieldState("Password", isSecret: true)]
  private var focus = 0

  init(in navigator: Navigator, email: String) {
    self.navigator = navigator
    self.email = email
  }

  package var isRevisited: Bool { false }
  package var title: Phrase { "Locked" }
  package var takesText: Bool { true }
  package func load() -> [Effect] { [] }
  package func type(_ key: Key) -> Bool { fields[focus].editor.handle(key) }
  package func paste(_ text: String) -> Int { fields[focus].editor.insert(text) }

  package var actions: [Action] {
    [
      Action(.sessionUnlock) { [weak self] in self?.unlock() ?? [] },
      Action(.sessionClose) { [weak self] in
        self?.navigator.askToLeaveLocked(ending: false) ?? []
      },
    ]
  }

  private func unlock() -> [Effect] {
    let code = fields.count > 1 ? fields[1].text : nil
    return navigator.unlock(password: fields[0].text, code: code) { [weak self] error in
      self?.askAgain(because: error)
    }
  }

  private func askAgain(because error: any Error) {
    focus = 0
    if case Refusal.secondFactor? = error as? Refusal {
      if fields.count == 1 { fields.append(FieldState("Code")) }
      focus = 1
    }
    fields[focus].editor.selectAll()
  }

  package var panels: [Panel] {
    [
      .form(FormPanel(title: "CoreFlow", fields: fields, focus: focus)),
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
