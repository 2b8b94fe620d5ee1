package import Keys
import Operations
package import Phrases

/// A few things to type that nobody else may know, for one purpose.
package final class SecretFormScreen: Screen {
  package static let keymap: [Binding] = [.secretSend] + Binding.fields

  private unowned let navigator: Navigator
  private var fields: [FieldState]
  private var focus = 0
  private let below: [Panel]
  private let send: (SecretFormScreen) -> [Effect]
  package let title: Phrase

  init(
    in navigator: Navigator, title: Phrase, fields: [FieldState], below: [Panel] = [],
    send: @escaping (SecretFormScreen) -> [Effect]
  ) {
    self.navigator = navigator
    self.title = title
    self.fields = fields
    self.below = below
    self.send = send
  }

  package var isRevisited: Bool { false }
  package var takesText: Bool { true }
  package func load() -> [Effect] { [] }

  var texts: [String] { fields.map(\.text) }

  package func type(_ key: Key) -> Bool {
    guard fields[focus].editor.handle(key) else { return false }
    fields[focus].fault = nil
    return true
  }

  package func paste(_ text: String) -> Int {
    fields[focus].fault = nil
    return fields[focus].editor.insert(text)
  }

  package func point(at target: Target) -> [Effect] {
    if case .field(let index) = target, fields.indices.contains(index) { focus = index }
    return []
  }

  /// The cursor goes to what is to be typed again.
  func point(at index: Int, _ fault: Phrase?) {
    focus = index
    fields[index].fault = fault
    fields[index].editor.selectAll()
  }

  /// Of a password and a code, that which is wrong.
  func point(at error: any Error) {
    if case Refusal.secondFactor? = error as? Refusal {
      point(at: 1, nil)
    } else {
      point(at: 0, nil)
    }
  }

  private func go(_ step: FieldStep) -> [Effect] {
    switch step {
    case .take where focus == fields.count - 1: return send(self)
    case .take, .next, .down: focus = (focus + 1) % fields.count
    case .previous, .up: focus = (focus + fields.count - 1) % fields.count
    }
    return []
  }

  package var actions: [Action] {
    [
      Action(.secretSend) { [weak self] in
        guard let self else { return [] }
        return self.send(self)
      }
    ] + fieldActions { [weak self] in self?.go($0) ?? [] }
  }

  package var panels: [Panel] {
    [.form(FormPanel(title: title, fields: fields, focus: focus))] + below
  }
}

extension Binding {
  static let secretSend = Binding(
    "own.send", [.function(10), .alt("f")], "do it", "Do what was typed for")
}
