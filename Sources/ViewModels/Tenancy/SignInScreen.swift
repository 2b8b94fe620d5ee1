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

  package func type(_ key: Key) -> Bool { fields[focus].editor.handle(key) }

  package func paste(_ text: String) -> Int { fields[focus].editor.insert(text) }

  package func point(at target: Target) -> [Effect] {
    if case .field(let index) = target, fields.indices.contains(index) { focus = index }
    return []
  }

  private func go(_ step: FieldStep) -> [Effect] {
    if step == .take, focus == 1 { return signIn() }
    focus = 1 - focus
    return []
  }

  private func signIn() -> [Effect] {
    let (email, password) = (fields[0].text, fields[1].text)
    return [
      navigator.attempt("Signing in", holding: .keys) {
        [workspace = navigator.workspace, origin = navigator.origin] in
        try await workspace.signIn(email: email, password: password, from: origin)
      } failed: { [weak self] _ in
        self?.fields[1].editor.selectAll()
      } then: { [weak self] principal in
        self?.navigator.signedIn(as: principal, email) ?? []
      }
    ]
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
