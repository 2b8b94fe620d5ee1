import Domain
package import Keys
import Operations
package import Phrases

/// Where everybody starts.
package final class SignInScreen: Screen {
  package static let keymap: [Binding] = [.sessionOpen] + Binding.fields

  private unowned let navigator: Navigator
  private var fields = [FieldState("E-mail"), FieldState("Password", isSecret: true)]
  private var focus = 0
  /// Whose code is asked for.
  private var codeOwner: String?
  private var people: [DemonstrationPerson] = []

  init(in navigator: Navigator) { self.navigator = navigator }

  package var isRevisited: Bool { false }
  package var title: Phrase { "Sign in" }
  package var takesText: Bool { true }

  /// A demonstration lists who can sign in; other books say nothing about anybody.
  package func load() -> [Effect] {
    [
      navigator.attempt("Loading") { [workspace = navigator.workspace] in
        try await workspace.demonstrationPeople()
      } then: { [weak self] people in
        self?.people = people
        return []
      }
    ]
  }

  package func type(_ key: Key) -> Bool {
    defer { forgetCode(of: fields[0].text) }
    return fields[focus].editor.handle(key)
  }

  /// Somebody else may have no second factor.
  private func forgetCode(of email: String) {
    if email != codeOwner { fields.removeSubrange(2...) }
  }

  package func paste(_ text: String) -> Int {
    defer { forgetCode(of: fields[0].text) }
    return fields[focus].editor.insert(text)
  }

  package func point(at target: Target) -> [Effect] {
    if case .field(let index) = target, fields.indices.contains(index) { focus = index }
    return []
  }

  private func go(_ step: FieldStep) -> [Effect] {
    switch step {
    case .take where focus == fields.count - 1: return signIn()
    case .take, .next, .down: focus = (focus + 1) % fields.count
    case .previous, .up: focus = (focus + fields.count - 1) % fields.count
    }
    return []
  }

  private func signIn() -> [Effect] {
    let (email, password) = (fields[0].text, fields[1].text)
    let code = fields.count > 2 ? fields[2].text : nil
    return [
      navigator.attempt("Signing in", holding: .keys) {
        [workspace = navigator.workspace, origin = navigator.origin] in
        try await workspace.signIn(email: email, password: password, code: code, from: origin)
      } failed: { [weak self] error in
        self?.askAgain(of: email, because: error)
      } then: { [weak self] principal in
        self?.navigator.signedIn(as: principal, email) ?? []
      }
    ]
  }

  private func askAgain(of email: String, because error: any Error) {
    if case Refusal.secondFactor? = error as? Refusal {
      codeOwner = email
      if fields.count == 2 { fields.append(FieldState("Code")) }
      focus = 2
    } else {
      focus = 1
    }
    fields[focus].editor.selectAll()
  }

  package var actions: [Action] {
    [Action(.sessionOpen) { [weak self] in self?.signIn() ?? [] }]
      + fieldActions { [weak self] in self?.go($0) ?? [] }
  }

  package var panels: [Panel] {
    let form = FormPanel(title: "CoreFlow", fields: fields, focus: focus)
    guard !people.isEmpty else { return [.form(form)] }
    let lines = people.map { "\($0.email)  \($0.role.phrase)" as Phrase }
    return [
      .form(form),
      .text(
        TextPanel(
          title: "Demonstration: who can sign in, password \(Demonstration.password)",
          text: .joined(lines, separator: "\n"))),
    ]
  }
}

extension Binding {
  static let sessionOpen = Binding(
    "session.open", [.function(10), .alt("f")], "sign in", "Sign in")
}
