import Domain
package import Keys
import Operations
package import Phrases

/// Where everybody starts.
package final class SignInScreen: Screen {
  package static let keymap: [Binding] = [.sessionOpen, .sessionCode] + Binding.fields

  unowned let navigator: Navigator
  private var fields = [FieldState("E-mail"), FieldState("Password", isSecret: true)]
  private var focus = 0
  /// Whose code is asked for.
  private var codeOwner: String?
  private var people: [DemonstrationPerson] = []
  /// What whoever it is for accepts by signing in.
  private var invitation: (code: String, invited: Invited)?

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

  var email: String { fields[0].text }

  /// Signs in by a password that was set just now.
  func signIn(as email: String, _ password: String) -> [Effect] {
    fields = [FieldState("E-mail", email), FieldState("Password", password, isSecret: true)]
    (focus, codeOwner) = (1, nil)
    return navigator.reset(to: self) + signIn()
  }

  /// Whoever has an account accepts as themselves, signed in.
  func accept(_ code: String, by invited: Invited) -> [Effect] {
    fields = [FieldState("E-mail", invited.email), FieldState("Password", isSecret: true)]
    (focus, codeOwner, invitation) = (1, nil, (code, invited))
    return navigator.reset(to: self)
  }

  private func signIn() -> [Effect] {
    let (email, password) = (fields[0].text, fields[1].text)
    let code = fields.count > 2 ? fields[2].text : nil
    let invitation = invitation.flatMap {
      $0.invited.email.lowercased() == email.lowercased() ? $0 : nil
    }
    return [
      navigator.attempt("Signing in", holding: .keys) {
        [workspace = navigator.workspace, origin = navigator.origin] in
        let principal = try await workspace.signIn(
          email: email, password: password, code: code, from: origin)
        guard let invitation else { return principal }
        do {
          try await workspace.accept(invitation: invitation.code, as: principal)
        } catch {
          // Whoever isn't let in leaves no sign-in behind.
          _ = try? await workspace.perform(SignOut(), as: principal)
          throw error
        }
        return principal
      } failed: { [weak self] error in
        self?.askAgain(of: email, because: error)
      } then: { [navigator] principal in
        if let invitation { navigator.tellJoined(invitation.invited.business) }
        return navigator.signedIn(as: principal, email)
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
    // It is over, but its person may sign in all the same.
    if error as? Refusal == .invitationUnknown { invitation = nil }
    fields[focus].editor.selectAll()
  }

  package var actions: [Action] {
    [
      Action(.sessionOpen) { [weak self] in self?.signIn() ?? [] },
      Action(.sessionCode) { [weak self] in self?.chooseCode() ?? [] },
    ] + fieldActions { [weak self] in self?.go($0) ?? [] }
  }

  package var panels: [Panel] {
    var texts: [TextPanel] = []
    if let invited = invitation?.invited {
      texts.append(
        TextPanel(
          title: "Your invitation",
          text: "Sign in as \(invited.email) to accept the invitation to \(invited.business)."))
    }
    if !people.isEmpty {
      let lines = people.map { "\($0.email)  \($0.role.phrase)" as Phrase }
      texts.append(
        TextPanel(
          title: "Demonstration: who can sign in, password \(Demonstration.password)",
          text: .joined(lines, separator: "\n")))
    }
    return [.form(FormPanel(title: "CoreFlow", fields: fields, focus: focus))]
      + texts.map(Panel.text)
  }
}

extension Binding {
  static let sessionOpen = Binding(
    "session.open", [.function(10), .alt("f")], "sign in", "Sign in")
}
