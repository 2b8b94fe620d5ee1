import Domain
import Keys
import Operations
package import Phrases

/// What somebody has to sign in with, their password and their second factor, and where they are
/// signed in.
package final class YourAccountScreen: Screen {
  package static let keymap: [Binding] = [
    .passwordChange, .secondFactor, .recoveryCodes, .recoveryCodesCopy, .signInEnd,
    .signInsElsewhereEnd,
  ]

  private unowned let navigator: Navigator
  private var state: MySecondFactor.State?
  /// Why that couldn't be read.
  private var fault: Phrase?
  /// Shown until the screen is left, and never again.
  private var codes: [String] = []
  private var top = 0
  /// Nil until they are read.
  private var signIns: [SessionRow]?
  private var cursor: Int?

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
      },
      attempt("Loading") { workspace, lobby in
        try await workspace.fetch(OwnSessions(), as: lobby)
      } then: { [weak self] sessions in
        guard let self else { return [] }
        let signIns = sessions.filter { $0.business == nil }
        self.cursor = signIns.isEmpty ? nil : min(self.cursor ?? 0, signIns.count - 1)
        self.signIns = signIns
        return []
      },
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
    let page = navigator.pageRows
    if codes.isEmpty {
      cursor = movement.cursor(from: cursor, count: signIns?.count ?? 0, page: page)
    } else {
      top = movement.cursor(from: top, count: codes.count, page: page) ?? 0
    }
    return []
  }

  package func point(at target: Target) -> [Effect] {
    if case .row(_, let index) = target, signIns?.indices.contains(index) == true { cursor = index }
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
      Action(.recoveryCodes, unavailable: isOn ? nil : "You have no second factor.") {
        [weak self] in self?.renew() ?? []
      },
      Action(
        .recoveryCodesCopy, unavailable: codes.isEmpty ? "No recovery codes are shown." : nil
      ) { [weak self] in
        guard let self else { return [] }
        self.navigator.copy(self.codes.joined(separator: "\n"), "list")
        return []
      },
      endingOne, endingOthers,
    ]
  }

  // MARK: Where they are signed in

  /// Why none can be ended: they aren't shown.
  private var unshown: Phrase? {
    if !codes.isEmpty {
      return "The recovery codes are shown only now. Keep them before you leave."
    }
    return signIns == nil ? fault ?? Panel.loading : nil
  }

  private var endingOne: Action {
    let row = cursor.flatMap { signIns?.element($0) }
    let own: Phrase? = row?.isThis == true ? "You are in this one. Sign out instead." : nil
    return Action(.signInEnd, unavailable: unshown ?? own) { [weak self] in
      guard let self, let row else { return [] }
      return self.askToEnd(
        .one(row.id), "End the sign-in at \(row.terminal) \(row.host)?", "It has ended.")
    }
  }

  private var endingOthers: Action {
    let isAlone = signIns?.allSatisfy(\.isThis) ?? true
    return Action(
      .signInsElsewhereEnd,
      unavailable: unshown ?? (isAlone ? "You are signed in nowhere else." : nil)
    ) { [weak self] in
      self?.askToEnd(
        .others, "End every sign-in of yours but this one?", "You are signed in here only.") ?? []
    }
  }

  private func askToEnd(
    _ which: EndSignIns.Which, _ title: Phrase, _ said: Phrase
  ) -> [Effect] {
    navigator.ask(
      Dialog(
        title: title, body: "Whoever works there has to sign in again.", confirm: "End"
      ) { [weak self] _ in
        guard let self else { return [] }
        return [
          self.attempt("Saving", holding: .keys) { workspace, lobby in
            try await workspace.perform(EndSignIns(which), as: lobby)
          } then: { [weak self] _ in
            self?.navigator.tell(.done, said)
            return self?.load() ?? []
          }
        ]
      })
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
        if error as? Refusal == .wrongCredentials {
          form?.point(atPassword: error)
        } else {
          form?.point(at: 1, because: error)
        }
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

  private func renew() -> [Effect] {
    prove("New recovery codes") { [weak self] form in
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
    return [.facts(facts), .text(text)] + (codes.isEmpty ? [.table(places)] : [])
  }

  private var places: TablePanel {
    TablePanel(
      title: "Where you are signed in",
      columns: [
        TableColumn("Where", .text(atLeast: 8)), TableColumn("Program", .text(atLeast: 8)),
        TableColumn("Since", .fixed(16)), TableColumn("Last active", .fixed(16), priority: 1),
        TableColumn("", .fixed(5)),
      ],
      rows: (signIns ?? []).map { row in
        TableRow(
          [
            "\(row.terminal) \(row.host)", Phrase(verbatim: row.program),
            Phrase(verbatim: row.start.minute), Phrase(verbatim: row.lastActivity.minute),
            row.isThis ? "this" : .empty,
          ])
      }, cursor: cursor, emptyText: fault ?? Panel.loading)
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
    "account.own", ["0", .alt("0")], "you", "Your password, second factor, sign-ins")
  static let passwordChange = Binding("own.password", ["p"], "password", "Change your password")
  static let secondFactor = Binding(
    "own.factor", ["s"], "second factor", "Set up a second factor")
  static let recoveryCodes = Binding(
    "own.codes", ["n"], "new codes", "New recovery codes in place of the old")
  static let signInEnd = Binding("own.session.end", ["D"], "end", "End a sign-in of yours")
  static let signInsElsewhereEnd = Binding(
    "own.sessions.end", ["O"], "end others", "End all your sign-ins but this one")
  static let recoveryCodesCopy = Binding(
    "own.codes.copy", ["y"], "copy codes", "Copy the recovery codes")
}
