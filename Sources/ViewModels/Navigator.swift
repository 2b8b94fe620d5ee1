import Domain
import Keys
package import Operations

/// The stack of screens and what lies over it. `update` is the only place where state changes; it
/// is synchronous, and work that takes time comes back to it as an event.
package final class Navigator {
  package let workspace: Workspace
  package let origin: Origin
  package private(set) var stack: [any Screen] = []
  package private(set) var desk: Desk?
  /// The session in the instance; screens inside a business have one of their own.
  package private(set) var lobby: Principal?
  package private(set) var overlay: Overlay?
  package private(set) var message: Message?
  package private(set) var hasEnded = false
  /// What runs now, in the order it began.
  package private(set) var running: [String] = []
  /// Whether that takes long enough to say so.
  package private(set) var showsWork = false
  /// Whether the books have changed since the screen was read.
  private var isOutdated = false
  package private(set) var columns = 80
  package private(set) var rows = 24

  package init(workspace: Workspace, origin: Origin) {
    self.workspace = workspace
    self.origin = origin
  }

  /// Opens the first screen.
  package func start() -> [Effect] { show(SignInScreen(in: self)) }

  /// Says something about the terminal before anything else is said.
  package func greet(with notice: String) { tell(.notice, notice) }

  package var top: (any Screen)? { stack.last }

  package func update(_ event: Event) -> [Effect] {
    switch event {
    case .key(let key): return press(key)
    case .paste(let text): return paste(text)
    case .resized(let columns, let rows):
      self.columns = columns
      self.rows = rows
      return []
    case .finished(let apply): return apply()
    case .booksChanged:
      // What lies under a question moves when it is answered.
      isOutdated = overlay != nil
      return isOutdated ? [] : readAgain()
    }
  }

  /// The screen, and what the person may do: both can have changed with the books.
  private func readAgain() -> [Effect] {
    isOutdated = false
    return (top?.load() ?? []) + (desk.map { [refresh($0)] } ?? [])
  }

  private func refresh(_ desk: Desk) -> Effect {
    desk.fetch(WhereIAm()) { [weak self] place in
      let hasChanged = place.role != desk.place.role
      desk.place = place
      if hasChanged { self?.tell(.notice, "Your role is \(place.role.title) now.") }
      return []
    }
  }

  /// Rows that a list shows at a time, as paging moves by.
  var pageRows: Int { max(1, rows - 8) }

  /// For the title bar: the business, its open period, and whether it can only be read.
  package var whereabouts: String {
    guard let place = desk?.place else { return "CoreFlow" }
    let period = place.openPeriod.map { "\($0) open" } ?? "no open period"
    let banner =
      place.state != .active
      ? "  READ ONLY: \(place.state.rawValue)" : place.role == .viewer ? "  READ ONLY" : ""
    return "\(place.businessName) | \(period)\(banner)"
  }

  /// For the title bar: who works here, as what.
  package var identity: String {
    desk.map { "\($0.place.userName) \($0.place.role.title)" } ?? ""
  }

  /// Moves when any process has committed. A database that can't be read just now says so when
  /// something is read.
  package var booksVersion: Int64? { try? workspace.version() }

  // MARK: Keys

  private func press(_ key: Key) -> [Effect] {
    message = nil
    if let overlay { return press(key, in: overlay) }
    guard let top else { return [] }
    if top.takesText, key.text != nil || key.isEditing, let effects = top.press(key) {
      return effects
    }
    if let action = (actions + globalActions).first(where: { $0.keys.contains(key) }) {
      if top.takesText, key.text != nil { return top.press(key) ?? [] }
      return perform(action)
    }
    if top.takesText, let lost = top.actions.first(where: { $0.keys.contains(key) }) {
      return refuse(lost)
    }
    return top.press(key) ?? []
  }

  /// What could be done when the form was opened and can't any more.
  private func refuse(_ action: Action) -> [Effect] {
    guard let permission = action.permission, let role = desk?.place.role else { return [] }
    tell(.error, UserMessage(Refusal.notPermitted(permission, .noGrant(role))).text)
    return []
  }

  private func perform(_ action: Action) -> [Effect] {
    if let reason = action.unavailable {
      tell(.notice, reason)
      return []
    }
    return action.perform()
  }

  private func paste(_ text: String) -> [Effect] {
    switch overlay {
    case nil: return top?.paste(text) ?? []
    case .dialog(var dialog):
      dialog.field?.editor.insert(text)
      overlay = .dialog(dialog)
      return []
    case .help: return []
    }
  }

  /// The actions of the screen that its user may do.
  package var actions: [Action] {
    (top?.actions ?? []).filter { desk?.holds($0.permission) ?? ($0.permission == nil) }
  }

  /// What works everywhere.
  package var globalActions: [Action] {
    var actions = [
      Action(
        "help", keys: [.function(1), .character("?"), .alt("h")], title: "help",
        summary: "Keys of this screen"
      ) {
        [weak self] in self?.openHelp() ?? []
      },
      Action(
        "back", keys: [.escape, .function(12), .character("q"), .backspace, .ctrl("g")],
        title: stack.count > 1 ? "back" : "leave", summary: "Back to the screen before"
      ) { [weak self] in self?.back() ?? [] },
      Action(
        "quit", keys: [.function(3), .character("Q"), .alt("q"), .ctrl("c")], title: "quit",
        summary: "Leave CoreFlow"
      ) { [weak self] in self?.askToQuit() ?? [] },
    ]
    guard desk != nil else { return actions }
    actions += sections.map { section in
      Action(
        "section.\(section.rawValue)",
        keys: [
          .character(Character(String(section.rawValue))),
          .alt(Character(String(section.rawValue))),
        ], title: section.title, summary: section.title, permission: section.permission
      ) { [weak self] in self?.open(section) ?? [] }
    }
    actions.append(
      Action(
        "business", keys: [.character("b"), .alt("b")], title: "business",
        summary: "Work in another business"
      ) {
        [weak self] in self?.chooseBusiness() ?? []
      })
    actions.append(
      Action(
        "refresh", keys: [.function(5), .character("r"), .alt("r")], title: "refresh",
        summary: "Read the books again"
      ) {
        [weak self] in self?.readAgain() ?? []
      })
    return actions
  }

  /// The tabs, those that the user's role has.
  package var sections: [Section] {
    Section.allCases.filter { desk?.holds($0.permission) ?? false }
  }

  // MARK: Going somewhere

  func show(_ screen: any Screen) -> [Effect] {
    stack.append(screen)
    return screen.load()
  }

  /// Takes the topmost screen away; the one below is read again.
  func close() -> [Effect] {
    guard stack.count > 1 else { return askToQuit() }
    stack.removeLast()
    return top?.load() ?? []
  }

  /// Takes `screen` away wherever it lies: its person may have gone on while its work was done.
  func close(_ screen: any Screen) -> [Effect] {
    if top === screen { return close() }
    stack.removeAll { $0 === screen }
    return []
  }

  private func back() -> [Effect] {
    top?.unsaved == nil ? close() : leaving { [weak self] in self?.close() ?? [] }
  }

  private func open(_ section: Section) -> [Effect] {
    guard let desk else { return [] }
    return leaving { [weak self] in self?.reset(to: section.screen(at: desk)) ?? [] }
  }

  /// Goes on once nothing is left unsaved on any screen, or its person lets go of it.
  func leaving(_ then: @escaping () -> [Effect]) -> [Effect] {
    guard let unsaved else { return then() }
    return ask(
      Dialog(title: "Leave without saving?", body: unsaved, confirm: "Leave", cancel: "Stay") {
        _ in then()
      })
  }

  private var unsaved: String? { stack.compactMap(\.unsaved).last }

  func reset(to screen: any Screen) -> [Effect] {
    stack.removeAll()
    return show(screen)
  }

  func chooseBusiness() -> [Effect] {
    guard let lobby else { return [] }
    return show(BusinessesScreen(in: self, lobby: lobby))
  }

  // MARK: Signing in and out

  func signedIn(as principal: Principal) -> [Effect] {
    lobby = principal
    return [
      attempt("Looking up your businesses") { [workspace] in
        try await workspace.fetch(MyBusinesses(), as: principal)
      } then: { [weak self] businesses in
        guard let self else { return [] }
        if businesses.count == 1, let only = businesses.first { return [self.enter(only.id)] }
        return self.reset(to: BusinessesScreen(in: self, lobby: principal))
      }
    ]
  }

  func enter(_ business: ID<Business>) -> Effect {
    attempt("Opening the books") { [workspace, lobby] in
      guard let lobby else { throw Refusal.sessionEnded }
      let inside = try await workspace.enter(business, as: lobby)
      return (inside, try await workspace.fetch(WhereIAm(), as: inside))
    } then: { [weak self] found in
      guard let self else { return [] }
      let desk = Desk(
        workspace: self.workspace, principal: found.0, place: found.1, navigator: self)
      self.desk = desk
      return self.reset(to: self.sections.first?.screen(at: desk) ?? JournalScreen(at: desk))
    }
  }

  private func askToQuit() -> [Effect] {
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
    let sessions = [desk?.principal, lobby].compactMap(\.self)
    desk = nil
    lobby = nil
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

  // MARK: Work

  func tell(_ severity: Message.Severity, _ text: String) { message = Message(severity, text) }

  /// Work whose errors are told on the message line.
  func attempt<Output>(
    _ title: String, _ work: @escaping () async throws -> Output,
    failed: @escaping (any Error) -> Void = { _ in },
    then: @escaping (Output) -> [Effect]
  ) -> Effect {
    Effect(title) {
      do {
        let output = try await work()
        return { then(output) }
      } catch {
        return { [weak self] in
          failed(error)
          return self?.told(error) ?? []
        }
      }
    }
  }

  private func told(_ error: any Error) -> [Effect] {
    tell(.error, UserMessage(error).text)
    if case Refusal.sessionEnded? = error as? Refusal, desk != nil {
      desk = nil
      lobby = nil
      return reset(to: SignInScreen(in: self))
    }
    return []
  }

  /// Called by the loop around an effect, so that long work can be seen.
  package func began(_ effect: Effect) { running.append(effect.title) }
  package func ended(_ effect: Effect) {
    if let index = running.firstIndex(of: effect.title) { running.remove(at: index) }
    if running.isEmpty { showsWork = false }
  }

  /// Called when work has gone on for longer than a person waits without asking.
  package func noticeSlowness() { showsWork = true }

  /// The program has been asked to leave.
  package func end() { hasEnded = true }

  // MARK: Overlays

  func ask(_ dialog: Dialog) -> [Effect] {
    overlay = .dialog(dialog)
    return []
  }

  private func openHelp() -> [Effect] {
    overlay = .help(Help(actions: actions + globalActions))
    return []
  }

  private func closeOverlay() -> [Effect] {
    overlay = nil
    return isOutdated ? readAgain() : []
  }

  private func press(_ key: Key, in overlay: Overlay) -> [Effect] {
    switch overlay {
    case .dialog(var dialog):
      switch dialog.press(key) {
      case .stays:
        self.overlay = .dialog(dialog)
        return []
      case .cancelled: return closeOverlay()
      case .confirmed:
        let refreshing = closeOverlay()
        return refreshing + dialog.confirmed(dialog.field?.text ?? "")
      }
    case .help(var help):
      switch help.press(key, page: pageRows) {
      case .stays:
        self.overlay = .help(help)
        return []
      case .closed: return closeOverlay()
      case .chosen(let action):
        let refreshing = closeOverlay()
        return refreshing + perform(action)
      }
    }
  }
}

extension Key {
  /// Whether it edits or moves within text rather than commanding.
  var isEditing: Bool {
    switch code {
    case .backspace, .delete, .left, .right, .home, .end: true
    case .character("u"), .character("w"): modifiers == .ctrl
    default: false
    }
  }
}
