import Domain
import Keys
import Operations
import Phrases

/// What is done with a code that somebody was given, before they can sign in.
extension SignInScreen {
  func chooseCode() -> [Effect] {
    navigator.choose(
      Chooser(
        title: "What is your code for?",
        entries: [
          Chooser.Entry("An invitation to a business") { [weak self] in
            self.map { $0.navigator.show($0.invitationForm) } ?? []
          },
          Chooser.Entry("A new password, as the old one is forgotten") { [weak self] in
            self.map { $0.navigator.show($0.passwordForm) } ?? []
          },
        ]))
  }

  // MARK: An invitation

  private var invitationForm: SecretFormScreen {
    SecretFormScreen(
      title: "Accept an invitation", fields: [FormField(label: "Code")]
    ) { [weak self] form in
      let code = form.texts[0].trimmingSpaces
      guard let navigator = self?.navigator else { return [] }
      return [
        navigator.attempt("Looking the invitation up", holding: .keys) {
          guard let invited = try await navigator.workspace.invited(by: code) else {
            throw Refusal.invitationUnknown
          }
          return invited
        } failed: { [weak form] error in
          form?.point(at: 0, because: error)
        } then: { invited in
          guard let self else { return [] }
          return invited.hasAccount
            ? self.accept(code, by: invited)
            : navigator.show(self.newcomerForm(code, invited))
        }
      ]
    }
  }

  private func newcomerForm(_ code: String, _ invited: Invited) -> SecretFormScreen {
    let account = TextPanel(
      title: "Your account",
      text: """
        You are invited to \(invited.business), and sign in as \(invited.email) with the password \
        that you choose here. Without a name you are called as you were invited.
        """)
    return SecretFormScreen(
      title: "Join",
      fields: [
        FormField(label: "Your name"), FormField(label: "New password", isSecret: true),
        FormField(label: "The same again", isSecret: true),
      ], below: [.text(account)]
    ) { [weak self] form in
      guard !form.refuses(newPasswordAt: 1), let navigator = self?.navigator else { return [] }
      let (name, password) = (form.texts[0].trimmingSpaces, form.texts[1])
      return [
        navigator.attempt("Joining", holding: .keys) {
          try await navigator.workspace.accept(
            invitation: code, name: name.isEmpty ? nil : name, password: password)
        } failed: { [weak form] error in
          switch error as? Refusal {
          case .nameLength?, .unseenCharacter?: form?.point(at: 0, because: error)
          default: break
          }
        } then: {
          navigator.tellJoined(invited.business)
          return self?.signIn(as: invited.email, password) ?? []
        }
      ]
    }
  }

  // MARK: A forgotten password

  private var passwordForm: SecretFormScreen {
    SecretFormScreen(
      title: "Set a new password",
      fields: [
        FormField(label: "E-mail", text: email), FormField(label: "Code"),
        FormField(label: "New password", isSecret: true),
        FormField(label: "The same again", isSecret: true),
      ]
    ) { [weak self] form in
      guard !form.refuses(newPasswordAt: 2), let navigator = self?.navigator else { return [] }
      let email = form.texts[0].trimmingSpaces
      let (code, password) = (form.texts[1].trimmingSpaces, form.texts[2])
      return [
        navigator.attempt("Setting your password", holding: .keys) {
          try await navigator.workspace.setPassword(
            password, byCode: code, email: email, from: navigator.origin)
        } failed: { [weak form] error in
          form?.point(at: 1, because: error)
        } then: {
          navigator.tell(.done, "Your new password is set.")
          return self?.signIn(as: email, password) ?? []
        }
      ]
    }
  }
}

extension Navigator {
  func tellJoined(_ business: String) { tell(.done, "You are a member of \(business) now.") }
}

extension Binding {
  static let sessionCode = Binding(
    "session.code", [.function(6), .alt("n")], "I have a code", "Use a code that you were given")
}
