package import Keys
import Operations
package import Phrases

/// A few things to type that nobody else may know, for one purpose.
package final class SecretFormScreen: Screen {
  package static let keymap: [Binding] = [.secretSend] + Binding.fields

  private var form: FieldForm
  private let below: [Panel]
  private let send: (SecretFormScreen) -> [Effect]
  package let title: Phrase

  init(
    title: Phrase, fields: [FormField], below: [Panel] = [],
    send: @escaping (SecretFormScreen) -> [Effect]
  ) {
    self.title = title
    form = FieldForm(fields)
    self.below = below
    self.send = send
  }

  package var isRevisited: Bool { false }
  package var takesText: Bool { true }
  package func load() -> [Effect] { [] }
  package func type(_ key: Key) -> Bool { form.type(key) }
  package func paste(_ text: String) -> Int { form.paste(text) }

  package func point(at target: Target) -> [Effect] {
    form.point(at: target)
    return []
  }

  var texts: [String] { form.texts }

  /// The cursor goes to what is to be typed again.
  func point(at index: Int, _ fault: Phrase?) { form.retype(index, because: fault) }

  /// The same where that was refused: why stands beside it.
  func point(at index: Int, because error: any Error) {
    point(at: index, (error as? Refusal).map { UserMessage($0).phrase })
  }

  /// Whether a new password, typed at `index` and again below it, is known to be refused: that is
  /// said beside it, and is no try.
  func refuses(newPasswordAt index: Int) -> Bool {
    let least = Passwords.leastCharacters
    if texts[index].count < least {
      point(at: index, UserMessage(Refusal.weakPassword(least: least)).phrase)
    } else if texts[index] != texts[index + 1] {
      point(at: index + 1, "The two passwords differ.")
    } else {
      return false
    }
    return true
  }

  /// Of a password and a code, that which is wrong.
  func point(at error: any Error) {
    if case Refusal.secondFactor? = error as? Refusal {
      point(at: 1, because: error)
    } else {
      point(atPassword: error)
    }
  }

  /// One's own password isn't what was typed first: nobody's name can be wrong there.
  func point(atPassword error: any Error) {
    let isWrong = error as? Refusal == .wrongCredentials
    point(at: 0, isWrong ? "That isn't your password." : nil)
  }

  package var actions: [Action] {
    [
      Action(.secretSend) { [weak self] in
        guard let self else { return [] }
        return self.send(self)
      }
    ]
      + fieldActions { [weak self] step in
        guard let self else { return [] }
        return self.form.step(step) ? self.send(self) : []
      }
  }

  package var panels: [Panel] {
    [.form(form.panel(title))] + below
  }
}

extension Binding {
  static let secretSend = Binding(
    "own.send", [.function(10), .alt("f")], "do it", "Do what was typed for")
}
