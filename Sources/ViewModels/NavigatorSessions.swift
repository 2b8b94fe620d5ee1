import Domain
import Operations
import Phrases

/// Signing in and out, and into a business.
extension Navigator {
  func signedIn(as principal: Principal, _ email: String) -> [Effect] {
    lobby = principal
    self.email = email
    return [
      attempt("Looking up your businesses", holding: .keys) { [workspace] in
        try await workspace.fetch(MyBusinesses(), as: principal)
      } then: { [weak self] businesses in
        guard let self else { return [] }
        let usual = businesses.count == 1 ? businesses.first : businesses.first(where: \.isUsual)
        if let usual { return [self.enter(usual.id)] }
        return self.reset(to: BusinessesScreen(in: self))
      }
    ]
  }

  func enter(_ business: ID<Business>) -> Effect {
    attempt("Opening the books", holding: .keys) { [workspace, lobby] in
      guard let lobby else { throw Refusal.sessionEnded }
      let inside = try await workspace.enter(business, as: lobby)
      return (
        inside, try await workspace.fetch(WhereIAm(), as: inside),
        try await workspace.fetch(UnreadNotices(), as: inside)
      )
    } then: { [weak self] found in
      guard let self else { return [] }
      let desk = Desk(
        workspace: self.workspace, principal: found.0, place: found.1, navigator: self)
      self.keepPlaces()
      self.desk = desk
      self.trail = Trail()
      self.recallPlaces(of: desk)
      let section = self.sections.first { $0.rawValue == self.kept.last } ?? self.sections.first
      // The first screen says so itself.
      if section != .home, found.2 > 0 { self.tellOfNotices(found.2) }
      return self.reset(
        to: section.map { self.place(in: $0, at: desk) } ?? JournalScreen(at: desk))
    }
  }

  private func tellOfNotices(_ count: Int) {
    tell(.notice, "Notices that you haven't read: \(count). \(key(of: .notices)) shows them.")
  }

  func askToQuit() -> [Effect] {
    if lock != nil { return askToLeaveLocked(ending: true) }
    guard desk != nil else {
      hasEnded = true
      return []
    }
    return ask(
      Dialog(
        title: "Leave CoreFlow?", body: unsaved ?? "You will be signed out.",
        confirm: "Leave", cancel: "Stay", defaultsToConfirm: unsaved == nil
      ) { [weak self] _ in self?.signOut(ending: true) ?? [] })
  }

  /// Ends both sessions, then the program or back to the sign-in screen.
  func signOut(ending: Bool) -> [Effect] {
    keepPlaces()
    let sessions = [desk?.principal, lobby].compactMap(\.self)
    desk = nil
    lobby = nil
    trail = Trail()
    goOnSignedIn()
    return [
      Effect("Signing out") { [workspace] in
        for session in sessions {
          // A session that ended by itself needs no ending.
          _ = try? await workspace.perform(SignOut(), as: session)
        }
        return { [weak self] in
          guard let self else { return [] }
          self.hasEnded = ending
          return ending ? [] : self.reset(to: SignInScreen(in: self))
        }
      }
    ]
  }

  /// The session is over, but what is on the screens stays: the same person's password, and work
  /// goes on where it was; anything else leaves for the sign-in screen.
  func askToSignInAgain() -> [Effect] {
    guard let desk else { return [] }
    isSignedOff = true
    return askForPassword(at: desk) + [
      Effect("Loading") { [workspace] in
        // Why is worth saying, and nothing else depends on it.
        let end = try? await workspace.end(of: desk.principal)
        return { [weak self] in
          if let end { self?.explain(end) }
          return []
        }
      }
    ]
  }

  private static let passwordTitle: Phrase = "Your session has ended"

  /// Says in the question why it is asked.
  private func explain(_ end: SessionEnd) {
    endWords = end.phrase
    guard case .dialog(var asked)? = overlay, asked.title == Self.passwordTitle, let desk
    else { return }
    asked.body = words(before: desk)
    overlay = .dialog(asked)
  }

  private func words(before desk: Desk) -> Phrase {
    .joined([endWords, "Sign in again as \(desk.place.email) to go on here."])
  }

  private func askForPassword(at desk: Desk) -> [Effect] {
    ask(
      Dialog(
        title: Self.passwordTitle, body: words(before: desk),
        confirm: "Go on", cancel: "Leave", field: FieldState("Password", isSecret: true),
        cancelled: { [weak self] in
          guard let self else { return [] }
          self.desk = nil
          self.lobby = nil
          self.trail = Trail()
          self.goOnSignedIn()
          return self.reset(to: SignInScreen(in: self))
        }
      ) { [weak self] password in self?.signInAgain(at: desk, password: password) ?? [] })
  }

  private func askForCode(at desk: Desk, password: String) -> [Effect] {
    ask(
      Dialog(
        title: "Your second factor", body: "Type its code, or a recovery code, to go on here.",
        confirm: "Go on", cancel: "Leave", field: FieldState("Code"),
        cancelled: { [weak self] in self?.askForPassword(at: desk) ?? [] }
      ) { [weak self] code in
        self?.signInAgain(at: desk, password: password, code: code) ?? []
      })
  }

  private func signInAgain(at desk: Desk, password: String, code: String? = nil) -> [Effect] {
    let (workspace, origin, business) = (workspace, origin, desk.principal.business)
    let email = desk.place.email
    return [
      attempt("Signing in", holding: .keys) {
        let lobby = try await workspace.signIn(
          email: email, password: password, code: code, from: origin)
        do {
          return (lobby, try await workspace.enter(business, as: lobby))
        } catch {
          // Whoever isn't let in leaves no sign-in behind.
          _ = try? await workspace.perform(SignOut(), as: lobby)
          throw error
        }
      } failed: { [weak self] error in
        // Asked again: what is on the screens is still worth a password.
        if case Refusal.secondFactor? = error as? Refusal {
          _ = self?.askForCode(at: desk, password: password)
        } else {
          _ = self?.askForPassword(at: desk)
        }
      } then: { [weak self] signedIn in
        guard let self else { return [] }
        // The sign-in of before may live on, with nobody there.
        self.outgoing += [self.lobby].compactMap(\.self)
        self.lobby = signedIn.0
        desk.principal = signedIn.1
        self.goOnSignedIn()
        self.tell(.done, "You are signed in again.")
        return self.readAgain()
      }
    ]
  }

  /// From here on, what the sessions of before are refused says nothing any more.
  func goOnSignedIn() {
    isSignedOff = false
    renewals += 1
    endWords = .empty
  }
}

extension SessionEnd {
  fileprivate var phrase: Phrase {
    guard let by else {
      let cause = Phrase(word: reason, context: "session")
      return cause.isEmpty ? .empty : "It ended: \(cause)."
    }
    return reason.isEmpty ? "\(by) ended it." : "\(by) ended it: \(reason)."
  }
}
