import Domain
import Foundation
import Keys
import Operations
import Phrases

/// What works everywhere, and where one can go.
extension Navigator {
  package var globalActions: [Action] {
    var actions = [
      Action(.help) { [weak self] in self?.openHelp() ?? [] },
      Action(.back, unavailable: stack.count > 1 ? nil : Self.nothingBefore) { [weak self] in
        self?.back() ?? []
      },
      Action(settings.isLinear ? .quitLines : .quit) { [weak self] in self?.askToQuit() ?? [] },
    ]
    if lock == nil {
      // Messages tell of the books.
      actions += [
        Action(.messages) { [weak self] in self?.showMessages() ?? [] },
        Action(.settings) { [weak self] in self?.openSettings() ?? [] },
      ]
      if lobby != nil {
        actions.append(Action(.yourAccount) { [weak self] in self?.openYourAccount() ?? [] })
      }
    }
    if lobby != nil { actions.append(Action(.lock) { [weak self] in self?.lockScreen() ?? [] }) }
    actions += settings.isLinear ? readingActions : drawingActions
    actions.append(asking(for: .suspend, .suspend))
    if desk != nil {
      actions.insert(Action(.palette) { [weak self] in self?.openPalette() ?? [] }, at: 1)
      actions.insert(Action(.why) { [weak self] in self?.openWhy() ?? [] }, at: 2)
      actions += sections.map { section in
        Action(section.binding) { [weak self] in self?.open(section) ?? [] }
      }
      actions += [
        Action(.business) { [weak self] in self?.chooseBusiness() ?? [] },
        Action(.refresh) { [weak self] in self?.readAgain() ?? [] },
      ]
    }
    if top?.takesText != true { actions += businessActions + visitingActions }
    return actions.map { $0.with(settings.keys) }
  }

  /// Their keys are plain letters, so they are text where text is typed.
  private var businessActions: [Action] {
    guard let desk else { return [] }
    return [
      Action(.businessShow) { [weak self] in self?.showOnce { BusinessScreen(at: desk) } ?? [] },
      Action(.notices) { [weak self] in self?.showOnce { NoticesScreen(at: desk) } ?? [] },
    ].filter { desk.holds($0.binding.permission) }
  }

  /// Once on the way here is enough.
  private func showOnce<S: Screen>(_ screen: () -> S) -> [Effect] {
    stack.contains { $0 is S } ? [] : show(screen())
  }

  /// Through what was seen, back and on. In text their keys move by words.
  private var visitingActions: [Action] {
    func visit(_ binding: Binding, _ step: Int, _ end: Phrase) -> Action {
      Action(binding, unavailable: trail.canGo(step) ? nil : end) { [weak self] in
        self?.leaving { [weak self] in self?.visit(step) ?? [] } ?? []
      }
    }
    return [
      visit(.visitEarlier, -1, "Nothing was shown before this."),
      visit(.visitLater, 1, "Nothing was shown after this."),
    ]
  }

  private func visit(_ step: Int) -> [Effect] {
    guard let stop = trail.go(step) else { return [] }
    stack = stop
    return top?.load() ?? []
  }

  /// Going back never leaves the program: who presses Esc once too often has lost nothing.
  private static let nothingBefore: Phrase = "Nothing is before this screen. F3 leaves CoreFlow."

  /// What a screen has that is looked at.
  private var drawingActions: [Action] {
    [
      Action(.mouse) { [weak self] in self?.toggleMouse() ?? [] },
      asking(for: .redraw, .redraw),
    ]
  }

  /// What lines have that are listened to.
  private var readingActions: [Action] {
    [asking(for: .read(.here), .readHere), asking(for: .read(.everything), .readEverything)]
  }

  private func asking(for request: TerminalRequest, _ binding: Binding) -> Action {
    Action(binding) { [weak self] in
      self?.request(request)
      return []
    }
  }

  /// The action of a key that says something again: it works everywhere and changes nothing.
  func reading(on key: Key) -> Action? {
    guard settings.isLinear else { return nil }
    return readingActions.map { $0.with(settings.keys) }.first { $0.keys.contains(key) }
  }

  /// The tabs, those that the user's role has.
  package var sections: [Section] {
    Section.allCases.filter { desk?.holds($0.binding.permission) ?? false }
  }

  func show(_ screen: any Screen) -> [Effect] {
    stack.append(screen)
    return screen.load() + (showsDetails ? screen.loadDetails() : [])
  }

  /// Takes the topmost screen away; the one below is read again.
  func close() -> [Effect] {
    guard stack.count > 1 else { return [] }
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
    if top?.dismiss() == true { return [] }
    return top?.unsaved == nil ? close() : leaving { [weak self] in self?.close() ?? [] }
  }

  /// Back along the path to its place `index`, as a click on it means.
  func goBack(to index: Int) -> [Effect] {
    guard stack.indices.contains(index), index < stack.count - 1 else { return [] }
    return leaving { [weak self] in
      guard let self else { return [] }
      self.stack.removeLast(self.stack.count - 1 - index)
      return self.top?.load() ?? []
    }
  }

  func open(_ section: Section) -> [Effect] {
    guard let desk, desk.holds(section.binding.permission) else { return [] }
    // The number of where one is already begins it anew.
    let isThere = stack.count == 1 && top?.section == section
    return leaving { [weak self] in
      guard let self else { return [] }
      self.keepPlace()
      return self.reset(to: isThere ? section.screen(at: desk) : self.place(in: section, at: desk))
    }
  }

  /// Goes on once nothing is left unsaved on any screen, or its person lets go of it.
  func leaving(_ then: @escaping () -> [Effect]) -> [Effect] {
    guard let unsaved else { return then() }
    return ask(
      Dialog(title: "Leave without saving?", body: unsaved, confirm: "Leave", cancel: "Stay") {
        [weak self] _ in
        for screen in self?.stack ?? [] where screen.unsaved != nil { screen.letGo() }
        return then()
      })
  }

  var unsaved: Phrase? { stack.compactMap(\.unsaved).last }

  /// The screen of a section as it was left.
  func place(in section: Section, at desk: Desk) -> any Screen {
    let screen = section.screen(at: desk)
    kept.bookmarks[section.rawValue].map(screen.restore)
    return screen
  }

  private func keepPlace() {
    guard let root = stack.first, let section = root.section else { return }
    kept.last = section.rawValue
    kept.bookmarks[section.rawValue] = root.bookmark
  }

  /// For the next time that the same person comes to the same business.
  func keepPlaces() {
    guard let desk else { return }
    keepPlace()
    guard let data = try? JSONEncoder().encode(kept) else { return }  // it is texts and numbers
    settings.memory.write(desk.placesName, String(decoding: data, as: UTF8.self))
  }

  func recallPlaces(of desk: Desk) {
    let text = settings.memory.read(desk.placesName) ?? ""
    // What can't be read was written by another version, and is worth no error.
    kept = (try? JSONDecoder().decode(KeptPlaces.self, from: Data(text.utf8))) ?? KeptPlaces()
  }

  func reset(to screen: any Screen) -> [Effect] {
    stack.removeAll()
    return show(screen)
  }

  func chooseBusiness() -> [Effect] {
    lobby == nil ? [] : show(BusinessesScreen(in: self))
  }

  private func showMessages() -> [Effect] {
    top is MessagesScreen ? [] : show(MessagesScreen(in: self))
  }

  private func toggleMouse() -> [Effect] {
    hasMouse.toggle()
    request(.mouse(hasMouse))
    tell(
      .notice,
      hasMouse
        ? "The mouse works here now. Hold Shift to select text as the terminal does."
        : "The mouse is the terminal's again.")
    return []
  }

  private func openHelp() -> [Effect] {
    let isText = top?.takesText ?? false
    let moving: [Action] =
      isText
      ? []
      : Movement.allCases.map { movement in
        Action(movement.binding) { [weak self] in self?.move(movement) ?? [] }
          .with(settings.keys)
      }
    let entries = (actions + globalActions + moving).map { action in
      let keys = action.keys.filter { !isText || $0.text == nil || action.binding.worksInText }
      return Chooser.Entry(
        action.summary, keys: keys.prefix(3).map(\.name), note: action.unavailable ?? .empty,
        isAvailable: action.unavailable == nil
      ) { [weak self] in self?.performListed(action) ?? [] }
    }
    return choose(Chooser(title: "Keys: type to find, Enter runs", entries: entries))
  }
}
