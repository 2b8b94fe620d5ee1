import Domain
import Interchange
import Keys
package import Operations
package import Phrases

/// The stack of screens and what lies over it. `update` is the only place where state changes; it
/// is synchronous, and work that takes time comes back to it as an event.
package final class Navigator {
  package let workspace: Workspace
  package let origin: Origin
  package internal(set) var settings: Settings
  package internal(set) var stack: [any Screen] = [] {
    didSet { trail.arrive(at: stack) }
  }
  var trail = Trail()
  var kept = KeptPlaces()
  package internal(set) var desk: Desk?
  /// The session in the instance; screens inside a business have one of their own.
  package internal(set) var lobby: Principal?
  package internal(set) var overlay: Overlay?
  /// What lies behind the lock screen; nil where nothing is locked.
  var lock: Lock?
  /// Sessions that others have taken the place of, in which work still goes on.
  var outgoing: [Principal] = []
  package internal(set) var message: Message?
  /// All that was said, the newest last.
  package private(set) var said: [Message] = []
  package internal(set) var hasEnded = false
  /// What runs now, in the order it began.
  var running: [Effect] = []
  /// Keys and pastes that came before what they are meant for was there.
  var held: [Event] = []
  /// Whether that takes long enough to say so.
  package internal(set) var showsWork = false
  /// When a person last did anything.
  private var lastInput: Timestamp
  /// Of who is signed in.
  var email = ""
  /// Whether the session at the desk has ended and nobody has signed in again: nothing is read then.
  var isSignedOff = false
  /// Why, as far as that is known.
  var endWords = Phrase.empty
  var denials = Denials()
  /// How often sessions were taken up again. What was refused in one of before says nothing of now.
  var renewals = 0
  /// Whether the books have changed since the screen was read.
  var isOutdated = false
  var hasMouse: Bool
  /// Its name.
  package internal(set) var theme: String
  /// What the terminal is to do once this event is dealt with.
  private var requests: [TerminalRequest] = []
  package private(set) var columns = 80
  package private(set) var rows = 24

  /// More is forgotten, the oldest first.
  private static let mostMessages = 500

  package init(workspace: Workspace, origin: Origin, settings: Settings = Settings()) {
    self.workspace = workspace
    self.origin = origin
    self.settings = settings
    hasMouse = settings.hasMouse
    theme = settings.theme
    lastInput = workspace.now
  }

  /// Opens the first screen.
  package func start() -> [Effect] {
    if hasMouse { request(.mouse(true)) }
    return show(SignInScreen(in: self))
  }

  /// Says something about the terminal before anything else is said.
  package func greet(with notice: String) { tell(.notice, Phrase(verbatim: notice)) }

  package var top: (any Screen)? { stack.last }

  package func update(_ event: Event) -> [Effect] {
    if event.isByHand { lastInput = workspace.now }
    if event.isByHand, isTooSmall { return takeUnseen(event) }
    guard event.isTyped, hasToWait(event) else {
      let effects = take(event)
      return effects + lookUpDenials()
    }
    held.append(event)
    return []
  }

  private func take(_ event: Event) -> [Effect] {
    switch event {
    case .key(let key): return press(key)
    case .paste(let text, let leftOut): return paste(text, leftOut: leftOut)
    case .click(let target): return click(target)
    case .wheel(let movement): return move(movement)
    case .resized(let columns, let rows):
      let couldShowDetails = showsDetails
      self.columns = columns
      self.rows = rows
      return showsDetails && !couldShowDetails && !isSignedOff ? top?.loadDetails() ?? [] : []
    case .finished(let effect, let apply):
      return lock?.keep(effect, apply) == true ? [] : goOn(after: apply()) + endOutgoing()
    case .leftAlone: return isLeftAlone ? lockScreen() : []
    case .booksChanged:
      // What lies under a question moves when it is answered.
      isOutdated = overlay != nil
      return isOutdated ? [] : readAgain()
    case .themeRead(let fault):
      if let fault { return told(fault) }
      tell(.done, "The theme \(theme) was read again.")
      return []
    case .expired(let old):
      if message == old { message = nil }
      return []
    }
  }

  /// The screen, and what the person may do: both can have changed with the books.
  func readAgain() -> [Effect] {
    guard !isSignedOff else { return [] }
    isOutdated = false
    return (top?.load() ?? []) + (desk.map { [refresh($0)] } ?? [])
  }

  private func refresh(_ desk: Desk) -> Effect {
    desk.fetch(WhereIAm()) { [weak self] place in
      let hasChanged = place.role != desk.place.role
      desk.place = place
      if hasChanged { self?.tell(.notice, "Your role is \(place.role.phrase) now.") }
      return []
    }
  }

  /// Whether nothing was done for so long that the screen is to be locked. A clock that was set back
  /// as far counts too, or it would have to come round again.
  package var isLeftAlone: Bool {
    let minutes = desk?.place.idleLockMinutes ?? Self.lobbyLockMinutes
    guard lock == nil, lobby != nil, minutes > 0 else { return false }
    let elapsed = workspace.now.milliseconds - lastInput.milliseconds
    return elapsed.magnitude >= UInt64(minutes) * 60_000
  }

  /// Before a business is chosen, whose own it is then.
  private static let lobbyLockMinutes = 15

  /// Rows that a list shows at a time, as paging moves by.
  var pageRows: Int { max(1, rows - 8) }

  /// From this width on, what is under the cursor is shown beside its list.
  package static let detailColumns = 100
  package var showsDetails: Bool { columns >= Self.detailColumns }

  /// Moves when any process has committed. A database that can't be read just now says so when
  /// something is read.
  package var booksVersion: Int64? { try? workspace.version() }

  // MARK: Keys

  private var holding: Holding { running.map(\.holding).max() ?? .nothing }

  /// Whether something is under way that what is typed is meant for, or was typed before it.
  private func hasToWait(_ event: Event) -> Bool {
    guard held.isEmpty, holding == .commands, top?.takesText == true else {
      return !held.isEmpty || holding != .nothing
    }
    guard case .key(let key) = event else { return false }
    return key.text == nil && !key.isEditing
  }

  /// Takes what was typed meanwhile, up to where it has to wait again.
  private func goOn(after effects: [Effect]) -> [Effect] {
    var effects = effects
    while !held.isEmpty, holding == .nothing, effects.allSatisfy({ $0.holding == .nothing }) {
      let said = message
      let next = take(held.removeFirst())
      // What came of the work is still to be read after keys that bring about nothing new.
      if message == nil, next.isEmpty { message = said }
      effects += next
    }
    return effects
  }

  /// What was typed for something that didn't come about would go elsewhere. Says how much it was.
  private func letGoOfHeld() -> Phrase {
    defer { held = [] }
    return held.isEmpty
      ? .empty : "What was typed since is left out (\(held.count.grouped) keys)."
  }

  private func press(_ key: Key) -> [Effect] {
    if let reading = reading(on: key) { return perform(reading) }
    message = nil
    if let overlay { return press(key, in: overlay) }
    guard let top else { return [] }
    let isText = top.takesText && key.text != nil
    if let action = action(on: key) {
      if !isText || action.binding.worksInText && action.unavailable == nil {
        return perform(action)
      }
    }
    if top.takesText {
      if top.type(key) { return top.typed() }
      let lost = top.actions.map { $0.with(settings.keys) }.first { $0.keys.contains(key) }
      return lost.map(refuse) ?? []
    }
    return movement(of: key).map(move) ?? tellAbsence(of: key)
  }

  /// The screen's own before those that work everywhere; in text, editing keys are the field's.
  private func action(on key: Key) -> Action? {
    if let own = actions.first(where: { $0.keys.contains(key) }) { return own }
    if top?.takesText == true, key.isEditing { return nil }
    return globalActions.first { $0.keys.contains(key) }
  }

  private func movement(of key: Key) -> Movement? {
    Movement.allCases.first { settings.keys.applied(to: $0.binding).keys.contains(key) }
  }

  func move(_ movement: Movement) -> [Effect] {
    switch overlay {
    case .chooser(var chooser):
      let effects = chooser.move(movement, page: pageRows)
      overlay = .chooser(chooser)
      return effects
    case .days(var picker):
      picker.move(movement)
      overlay = .days(picker)
      return []
    case .dialog: return []
    case nil: break
    }
    guard let top else { return [] }
    let effects = top.move(movement)
    return effects + (showsDetails ? top.loadDetails() : [])
  }

  /// What could be done when the form was opened and can't any more.
  private func refuse(_ action: Action) -> [Effect] {
    guard let permission = action.permission, let role = desk?.place.role else { return [] }
    tell(.error, UserMessage(Refusal.notPermitted(permission, .noGrant(role))).phrase)
    return []
  }

  func perform(_ action: Action) -> [Effect] {
    if let refusal = action.refusal { return tellDenial(refusal, of: action) }
    if let reason = action.unavailable {
      tell(.notice, reason)
      return []
    }
    return action.perform()
  }

  /// What was listed a while ago, as it is now: there may be something to do it to since.
  func performListed(_ action: Action) -> [Effect] {
    perform(self.action(named: action.id) ?? action)
  }

  private func action(named id: String) -> Action? {
    (actions + globalActions).first { $0.id == id }
  }

  private func paste(_ text: String, leftOut: Int) -> [Effect] {
    var lost = leftOut
    switch overlay {
    case nil: lost += top?.paste(text) ?? 0
    case .dialog(var dialog):
      lost += dialog.field?.editor.insert(text) ?? 0
      overlay = .dialog(dialog)
    case .chooser(var chooser):
      lost += chooser.paste(text)
      overlay = .chooser(chooser)
    case .days: break
    }
    if lost > 0 {
      tell(
        .error,
        """
        A field takes \(LineEditor.limitCharacters.grouped) characters: \(lost.grouped) more were \
        pasted and left out.
        """)
    }
    return overlay == nil ? top?.typed() ?? [] : []
  }

  private func click(_ target: Target) -> [Effect] {
    message = nil
    switch (overlay, target) {
    case (.dialog(var dialog), .button(let index)):
      dialog.focus(on: index)
      overlay = .dialog(dialog)
      return press(.enter, in: .dialog(dialog))
    case (.chooser(var chooser), .entry(let index)):
      chooser.point(at: index)
      return press(.enter, in: .chooser(chooser))
    case (.days(var picker), .day(let parts)):
      picker.point(at: parts)
      return press(.enter, in: .days(picker))
    case (.some(let overlay), .away): return press(.escape, in: overlay)
    case (.some, _): return []
    case (nil, .section(let number)):
      return Section(rawValue: number).map(open) ?? []
    case (nil, .crumb(let index)): return goBack(to: index)
    case (nil, .action(let id)):
      return action(named: id).map(perform) ?? []
    case (nil, _):
      let effects = top?.point(at: target) ?? []
      return effects + (showsDetails ? top?.loadDetails() ?? [] : [])
    }
  }

  /// The actions of the screen that its user may do.
  package var actions: [Action] {
    (top?.actions ?? []).filter { desk?.holds($0.permission) ?? ($0.permission == nil) }
      .map { onSubject($0.with(settings.keys)) }
  }

  // MARK: Saying

  func tell(_ severity: Message.Severity, _ text: Phrase) {
    let new = Message(
      severity, text, number: (said.last?.number ?? 0) + 1, at: workspace.now.clock)
    if severity != .activity { message = new }
    said.append(new)
    if said.count > Self.mostMessages { said.removeFirst() }
  }

  func request(_ request: TerminalRequest) { requests.append(request) }

  /// What the terminal has been asked to do, once.
  package func takeRequests() -> [TerminalRequest] {
    defer { requests = [] }
    return requests
  }

  // MARK: Work

  /// Work whose errors are told on the message line.
  func attempt<Output>(
    _ title: Phrase, progress: WorkProgress? = nil, holding: Holding = .nothing,
    _ work: @escaping () async throws -> Output,
    failed: @escaping (any Error) -> Void = { _ in },
    then: @escaping (Output) -> [Effect]
  ) -> Effect {
    let renewal = renewals
    return Effect(title, progress: progress, holding: holding) {
      do {
        let output = try await work()
        return { then(output) }
      } catch is CancellationError {
        return { [weak self] in
          failed(CancellationError())
          let lost = holding == .nothing ? .empty : self?.letGoOfHeld() ?? .empty
          self?.tell(.notice, .joined(["\(title): cancelled.", lost]))
          return []
        }
      } catch {
        return { [weak self] in
          failed(error)
          let lost = holding == .nothing ? .empty : self?.letGoOfHeld() ?? .empty
          return self?.told(error, lost, since: renewal, holding) ?? []
        }
      }
    }
  }

  private func told(
    _ error: any Error, _ lost: Phrase = .empty, since renewal: Int? = nil,
    _ holding: Holding = .nothing
  ) -> [Effect] {
    let isOver = error as? Refusal == .sessionEnded && desk != nil
    let isOld = renewal.map { $0 < renewals } ?? false
    // What nobody waits for is said and asked once, and read again in the session that there is.
    let isKnown = isOver && (isOld || isSignedOff) && holding == .nothing
    if !isKnown { tell(.error, .joined([words(of: error), lost], separator: " ")) }
    if isOver, isOld { return readAgain() }
    return isOver && !isSignedOff ? askToSignInAgain() : []
  }

  private func words(of error: any Error) -> Phrase {
    switch error {
    case let fault as NewFile.Fault: fault.phrase
    case let fault as SettingsFault: Phrase(verbatim: fault.words)
    case let fault as YAMLFileFault: Phrase(verbatim: fault.words)
    default: UserMessage(error).phrase
    }
  }

  /// Called by the loop around an effect, so that long work can be seen.
  package func began(_ effect: Effect) { running.append(effect) }
  package func ended(_ effect: Effect) {
    running.removeAll { $0 === effect }
    if running.isEmpty { showsWork = false }
  }

  /// What is said to go on: nil while nothing does for longer than a person waits.
  package var work: (title: Phrase, fraction: Double?)? {
    guard showsWork, let effect = running.first(where: { $0.progress != nil }) ?? running.first
    else { return nil }
    return (effect.title, effect.progress?.fraction)
  }

  /// Called when work has gone on for longer than a person waits without asking.
  package func noticeSlowness() { showsWork = !running.isEmpty }

  /// The program has been asked to leave.
  package func end() {
    keepPlaces()
    hasEnded = true
  }

  // MARK: Overlays

  func ask(_ dialog: Dialog) -> [Effect] {
    overlay = .dialog(dialog)
    return []
  }

  func choose(_ picker: DayPicker) -> [Effect] {
    overlay = .days(picker)
    return []
  }

  func choose(_ chooser: Chooser) -> [Effect] {
    var chooser = chooser
    chooser.language = settings.language
    overlay = .chooser(chooser)
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
      case .cancelled:
        let refreshing = closeOverlay()
        return refreshing + dialog.cancelled()
      case .confirmed:
        let refreshing = closeOverlay()
        return refreshing + dialog.confirmed(dialog.field?.text ?? "")
      }
    case .chooser(var chooser):
      switch chooser.press(key, page: pageRows) {
      case .stays(let effects):
        self.overlay = .chooser(chooser)
        return effects
      case .closed:
        let refreshing = closeOverlay()
        return refreshing + chooser.cancelled()
      case .chosen(let entry):
        let refreshing = closeOverlay()
        return refreshing + entry.chosen()
      }
    case .days(var picker):
      switch picker.press(key) {
      case .stays:
        self.overlay = .days(picker)
        return []
      case .closed: return closeOverlay()
      case .chosen:
        let refreshing = closeOverlay()
        return refreshing + picker.chosen(picker.day)
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
