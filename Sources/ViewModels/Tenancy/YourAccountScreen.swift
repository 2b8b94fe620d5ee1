import Domain
import Keys
import Operations
package import Phrases

/// What somebody has to sign in with: their password, and their second factor.
package final class YourAccountScreen: Screen {
  package static let keymap: [Binding] = [
    .passwordChange, .secondFactor, .recoveryCodes, .recoveryCodesCopy,
  ]

  private unowned let navigator: Navigator
  private var state: MySecondFactor.State?
  /// Why that couldn't be read.
  private var fault: Phrase?
  /// Shown until the screen is left, and never again.
  private var codes: [String] = []
  private var top = 0

  init(in navigator: Navigator) { self.navigator = navigator }

  package var title: Phrase { "Your account" }
  package var isRevisited: Bool { false }
  package var unsaved: Phrase? {
    codes.isEmpty ? nil : "The recovery codes are shown only now. Keep them before you leave."
  }
  package func letGo() { codes = [] }

  package func load() -> [Effect] {
    [
      attempt("Loading") { workspace, lobby in
        try await workspace.fetch(MySecondFactor(), as: lobby)
      } failed: { [weak self] error in
        self?.fault = self?.navigator.absence(because: error)
      } then: { [weak self] state in
        self?.state = state
        return []
      }
    ]
  }

  /// Something done by the session in the instance, which is the person's own.
  private func attempt<Output>(
    _ title: Phrase, holding: Holding = .nothing,
    _ work: @escaping (Workspace, Principal) async throws -> Output,
    failed: @escaping (any Error) -> Void = { _ in }, then: @escaping (Output) -> [Effect]
  ) -> Effect {
    let (workspace, lobby) = (navigator.workspace, navigator.lobby)
    return navigator.attempt(title, holding: holding) {
      guard let lobby else { throw Refusal.sessionEnded }
      return try await work(workspace, lobby)
    } failed: {
      failed($0)
    } then: {
      then($0)
    }
  }

  package func move(_ movement: Movement) -> [Effect] {
    top = movement.cursor(from: top, count: max(codes.count, 1), page: navigator.pageRows) ?? 0
    return []
  }

  package var actions: [Action] {
    let isOn = state?.since != nil
    return [
      Action(.passwordChange) { [weak self] in self?.askForPassword() ?? [] },
      Action(
        .secondFactor, title: isOn ? "switch off" : nil,
        summary: isOn ? "Switch your second factor off" : nil
      ) { [weak self] in isOn ? self?.askToDisable() ?? [] : self?.enrol() ?? [] },
      Action(.recoveryCodes) { [weak self] in self?.askToRenew() ?? [] },
      Action(.recoveryCodesCopy) { [weak self] in
        guard let self else { return [] }
        guard !self.codes.isEmpty else { return self.say("No recovery codes are shown.") }
        self.navigator.copy(self.codes.joined(separator: "\n"), "list")
        return []
      },
    ]
  }

  private func say(_ notice: Phrase) -> [Effect] {
    navigator.tell(.notice, notice)
    return []
  }

  // MARK: The password

  private func askForPassword() -> [Effect] {
    navigator.show(
      SecretFormScreen(
        title: "Change your password",
        fields: ["Password now", "New password", "The same again"].map {
          FormField(label: $0, isSecret: true)
        }
      ) { [weak self] form in
        form.refuses(newPasswordAt: 1) ? [] : self?.changePassword(by: form) ?? []
      })
  }

  private func changePassword(by form: SecretFormScreen) -> [Effect] {
    let texts = form.texts
    let business = navigator.desk?.principal.business
    return [
      attempt("Changing your password", holding: .keys) { workspace, lobby in
        let next = try await workspace.changePassword(from: texts[0], to: texts[1], as: lobby)
        guard let business else { return (next, Principal?.none) }
        return (next, try await workspace.enter(business, as: next))
      } failed: { [weak form] error in
        form?.point(at: error as? Refusal == .wrongCredentials ? 0 : 1, nil)
      } then: { [weak self] signedIn in
        guard let navigator = self?.navigator else { return [] }
        navigator.lobby = signedIn.0
        if let inside = signedIn.1 { navigator.desk?.principal = inside }
        let effects = navigator.close(form)
        navigator.tell(.done, "Your password is changed. Sessions that you had elsewhere are over.")
        return effects
      }
    ]
  }

  // MARK: The second factor

  private func enrol() -> [Effect] {
    [
      attempt("Making a secret", holding: .keys) { workspace, lobby in
        try await workspace.beginSecondFactor(as: lobby)
      } then: { [weak self] enrolment in
        self?.showSecret(of: enrolment) ?? []
      }
    ]
  }

  private func showSecret(of enrolment: Enrolment) -> [Effect] {
    let code = CodePanel(
      title: "For your authenticator app",
      text: "Scan the code, or type this secret into the app: \(enrolment.text)",
      code: enrolment.uri)
    return navigator.show(
      SecretFormScreen(
        title: "Set up a second factor", fields: [FormField(label: "Code of the app")],
        below: [.code(code)]
      ) { [weak self] form in
        self?.confirm(by: form) ?? []
      })
  }

  private func confirm(by form: SecretFormScreen) -> [Effect] {
    let text = form.texts[0]
    return [
      attempt("Confirming", holding: .keys) { workspace, lobby in
        try await workspace.confirmSecondFactor(text, as: lobby)
      } failed: { [weak form] _ in
        form?.point(at: 0, nil)
      } then: { [weak self] codes in
        self?.show(codes, from: form, "Your second factor is on, from the next time you sign in.")
          ?? []
      }
    ]
  }

  private func show(
    _ codes: [String], from form: SecretFormScreen, _ said: Phrase
  ) -> [Effect] {
    (self.codes, top) = (codes, 0)
    let effects = navigator.close(form)
    navigator.tell(.done, said)
    return effects
  }

  private func askToDisable() -> [Effect] {
    prove("Switch off your second factor") { [weak self] form in
      let texts = form.texts
      guard let self else { return [] }
      return [
        self.attempt("Switching off", holding: .keys) { workspace, lobby in
          try await workspace.disableSecondFactor(password: texts[0], code: texts[1], as: lobby)
        } failed: { [weak form] in
          form?.point(at: $0)
        } then: { [weak self] in
          self?.show([], from: form, "Your second factor is off.") ?? []
        }
      ]
    }
  }

  private func askToRenew() -> [Effect] {
    guard state?.since != nil else { return say("You have no second factor.") }
    return prove("New recovery codes") { [weak self] form in
      let texts = form.texts
      guard let self else { return [] }
      return [
        self.attempt("Making recovery codes", holding: .keys) { workspace, lobby in
          try await workspace.renewRecoveryCodes(password: texts[0], code: texts[1], as: lobby)
        } failed: { [weak form] in
          form?.point(at: $0)
        } then: { [weak self] codes in
          self?.show(codes, from: form, "Your old recovery codes don't work any more.") ?? []
        }
      ]
    }
  }

  private func prove(
    _ title: Phrase, _ send: @escaping (SecretFormScreen) -> [Effect]
  ) -> [Effect] {
    navigator.show(
      SecretFormScreen(
        title: title,
        fields: [
          FormField(label: "Password", isSecret: true), FormField(label: "Code, or recovery code"),
        ], send: send))
  }

  // MARK: What is seen

  package var panels: [Panel] {
    guard let state else {
      return [.text(TextPanel(title: title, text: fault ?? Panel.loading))]
    }
    let facts = FactsPanel(
      title: title,
      facts: [
        "E-mail": Phrase(verbatim: navigator.desk?.place.email ?? ""),
        "Second factor": state.since.map { "on since \($0.day.text)" } ?? "off",
        "Recovery codes left": state.since == nil ? .empty : "\(state.recoveryCodesLeft)",
      ])
    let list = codes.joined(separator: "\n")
    let text = TextPanel(
      title: codes.isEmpty ? "Second factor" : "Recovery codes, shown only now",
      text: codes.isEmpty
        ? "With a second factor, who knows your password still can't sign in as you: a code of an app on your phone is asked for too."
        : .joined(
          [Phrase(verbatim: list), "Each works once in the place of a code."], separator: "\n"),
      top: top)
    return [.facts(facts), .text(text)]
  }
}

extension Navigator {
  /// Once at the top is enough.
  func openYourAccount() -> [Effect] {
    stack.contains { $0 is YourAccountScreen } ? [] : show(YourAccountScreen(in: self))
  }
}

extension Binding {
  static let yourAccount = Binding(
    "account.own", ["0", .alt("0")], "you", "Your password and second factor")
  static let passwordChange = Binding("own.password", ["p"], "password", "Change your password")
  static let secondFactor = Binding(
    "own.factor", ["s"], "second factor", "Set up a second factor")
  static let recoveryCodes = Binding(
    "own.codes", ["n"], "new codes", "New recovery codes in place of the old")
  static let recoveryCodesCopy = Binding(
    "own.codes.copy", ["y"], "copy codes", "Copy the recovery codes")
}
