import Operations
import Phrases

/// The screen locked in front of all that its person was doing, which waits as it is.
extension Navigator {
  /// Everything leaves the screen at once. Work that is under way goes on; what comes of it waits
  /// too, as it would be told in front of the lock.
  func lockScreen() -> [Effect] {
    guard lock == nil, let lobby else { return [] }
    keepPlaces()
    lock = Lock(
      stack: stack, overlay: overlay, desk: desk, lobby: lobby, running: running)
    (desk, self.lobby, overlay, message) = (nil, nil, nil, nil)
    (running, held, showsWork) = ([], [], false)
    stack = [LockScreen(in: self, email: email)]
    return []
  }

  /// Goes on where it was, in new sessions: that is how wrong passwords count, and how whoever was
  /// suspended meanwhile stays out.
  func unlock(
    password: String, code: String?, failed: @escaping (any Error) -> Void
  ) -> [Effect] {
    guard let lock else { return [] }
    let (workspace, origin, email) = (workspace, origin, email)
    let business = lock.desk?.principal.business
    return [
      attempt("Signing in", holding: .keys) {
        let lobby = try await workspace.signIn(
          email: email, password: password, code: code, from: origin)
        guard let business else { return (lobby, nil) }
        return (lobby, try await workspace.enter(business, as: lobby))
      } failed: {
        failed($0)
      } then: { [weak self] (signedIn: (Principal, Principal?)) in
        self?.resume(in: signedIn.0, signedIn.1) ?? []
      }
    ]
  }

  private func resume(in lobby: Principal, _ inside: Principal?) -> [Effect] {
    guard let lock else { return [] }
    let old = lock.sessions
    self.lock = nil
    self.lobby = lobby
    desk = lock.desk
    inside.map { desk?.principal = $0 }
    // A question for the password has been answered.
    (stack, overlay) = (lock.stack, isSignedOff ? nil : lock.overlay)
    goOnSignedIn()
    running += lock.running
    let effects = lock.finished.flatMap { $0() }
    isOutdated = overlay != nil
    outgoing += old
    return effects + (isOutdated ? [] : readAgain()) + endOutgoing()
  }

  /// Work that began in the sessions of before the lock goes on in them, so they end after it.
  func endOutgoing() -> [Effect] {
    guard running.isEmpty, !outgoing.isEmpty else { return [] }
    defer { outgoing = [] }
    return [ending(outgoing)]
  }

  private func ending(_ sessions: [Principal]) -> Effect {
    Effect("Signing out") { [workspace] in
      for session in sessions {
        // A session that ended by itself needs no ending.
        _ = try? await workspace.perform(SignOut(), as: session)
      }
      return { [] }
    }
  }

  /// Whoever stands before the lock may give up what lies behind it, as they could by cutting the
  /// power; they are asked first.
  func askToLeaveLocked(ending: Bool) -> [Effect] {
    let isUnsaved = lock?.stack.contains { $0.unsaved != nil } ?? false
    return ask(
      Dialog(
        title: ending ? "Leave CoreFlow?" : "Sign out?",
        body: isUnsaved ? "What isn't saved will be lost." : "You will be signed out.",
        confirm: ending ? "Leave" : "Sign out", cancel: "Stay"
      ) { [weak self] _ in
        guard let self, let lock = self.lock else { return [] }
        self.lock = nil
        (self.desk, self.lobby) = (lock.desk, lock.lobby)
        return self.signOut(ending: ending)
      })
  }
}

/// All that was there when the screen was locked.
struct Lock {
  let stack: [any Screen]
  let overlay: Overlay?
  let desk: Desk?
  let lobby: Principal
  /// What was under way.
  fileprivate(set) var running: [Effect]
  /// What is to be applied of it since.
  fileprivate(set) var finished: [() -> [Effect]] = []

  fileprivate var sessions: [Principal] { [desk?.principal, lobby].compactMap(\.self) }

  /// Keeps what came of work that began before; false where it began behind the lock.
  mutating func keep(_ effect: Effect, _ apply: @escaping () -> [Effect]) -> Bool {
    guard let index = running.firstIndex(where: { $0 === effect }) else { return false }
    running.remove(at: index)
    finished.append(apply)
    return true
  }
}
