import Keys
package import ViewModels
package import Widgets

/// Brings a console and the navigator together: events in, effects run as tasks, all that there is
/// shown from state after each batch of them.
package final class Interface {
  package let navigator: Navigator
  private let console: any Console
  private let showing: any Showing
  /// The message that will go by itself.
  private var expiring: Message?
  private var tasks: [Int: Task<Void, Never>] = [:]
  private var begun = 0
  private var watch: Task<Void, Never>?
  /// Whether something has come that isn't shown yet.
  private var isDue = false

  private static let pollMilliseconds = 250
  private static let messageSeconds = 6

  /// Without a wardrobe the terminal keeps the theme that it has.
  package init(navigator: Navigator, terminal: any Terminal, wardrobe: Wardrobe? = nil) {
    self.navigator = navigator
    console = terminal
    showing = ScreenShowing(on: terminal, wardrobe: wardrobe)
  }

  /// Without a screen: what is new is said as lines.
  package init(navigator: Navigator, saying console: any LineConsole) {
    self.navigator = navigator
    self.console = console
    showing = LinearShowing(on: console)
  }

  /// Runs until the person leaves or the terminal goes away.
  package func run() async {
    resize(to: console.size)
    start(navigator.start())
    answerRequests()
    show()
    watchFiles()
    for await batch in console.events {
      for event in batch { handle(event) }
      if navigator.hasEnded { break }
      // The books are looked up while what is known already is drawn.
      await Task.yield()
      show(on: .input)
    }
    watch?.cancel()
    cancelWork()
    console.close()
  }

  /// Waits until no work is under way, for tests that press keys.
  package func settle() async {
    while let task = tasks.values.first { await task.value }
  }

  private func handle(_ event: InputEvent) {
    switch event {
    case .key(.escape) where navigator.showsWork: cancelWork()
    case .key(let key): start(navigator.update(.key(key)))
    case .paste(let paste):
      start(navigator.update(.paste(paste.text, leftOut: paste.droppedBytes)))
    case .mouse(let mouse): point(mouse)
    case .resize(let columns, let rows): resize(to: Size(columns: columns, rows: rows))
    case .ending: navigator.end()
    case .focus, .modeReport: break
    }
    answerRequests()
  }

  private func answerRequests() {
    for request in navigator.takeRequests() {
      if let event = showing.answer(request) { start(navigator.update(event)) }
    }
  }

  /// A click goes to what was drawn under it; the wheel moves the cursor.
  private func point(_ mouse: Mouse) {
    switch mouse.action {
    case .press(button: 1):
      let target = showing.target(at: Point(column: mouse.column, row: mouse.row))
      if let target { start(navigator.update(.click(target))) }
    case .wheelUp: for _ in 0..<Self.wheelRows { start(navigator.update(.wheel(.up))) }
    case .wheelDown: for _ in 0..<Self.wheelRows { start(navigator.update(.wheel(.down))) }
    case .press, .release: break
    }
  }

  private static let wheelRows = 3

  private func resize(to size: Size) {
    start(navigator.update(.resized(columns: size.columns, rows: size.rows)))
  }

  private func show(on occasion: LinearReading.Occasion = .work) {
    isDue = false
    guard !navigator.hasEnded else { return }
    showing.show(navigator, on: occasion)
    expire()
  }

  /// Shows once what comes of all the work that has ended by now.
  private func showSoon() {
    if isDue { return }
    isDue = true
    Task { [weak self] in if self?.isDue == true { self?.show() } }
  }

  /// What was done stays to be read for a while, and goes by itself.
  private func expire() {
    guard let message = navigator.message, message.severity == .done, message != expiring else {
      return
    }
    expiring = message
    Task { [weak self] in
      // Cancelled only with the program itself.
      try? await Task.sleep(for: .seconds(Self.messageSeconds))
      guard let self, self.navigator.message == message else { return }
      self.start(self.navigator.update(.expired(message)))
      self.show()
    }
  }

  private func start(_ effects: [Effect]) {
    for effect in effects {
      begun += 1
      let number = begun
      navigator.began(effect)
      tasks[number] = Task { [weak self] in
        let apply = await effect.run()
        self?.finish(number, effect, apply)
      }
      noticeSlowness(of: number)
    }
  }

  private func finish(_ number: Int, _ effect: Effect, _ apply: @escaping () -> [Effect]) {
    tasks[number] = nil
    navigator.ended(effect)
    start(navigator.update(.finished(effect, apply)))
    answerRequests()
    showSoon()
    if navigator.hasEnded { console.close() }
  }

  private func noticeSlowness(of number: Int) {
    Task { [weak self] in
      // Cancelled only with the program itself.
      try? await Task.sleep(for: .milliseconds(self?.showing.patienceMilliseconds ?? 0))
      guard let self, self.tasks[number] != nil else { return }
      self.navigator.noticeSlowness()
      self.show()
    }
  }

  private func cancelWork() {
    for task in tasks.values { task.cancel() }
  }

  /// Another process's entries, and what an editor changes of a theme, appear without a key pressed.
  private func watchFiles() {
    watch = Task { [weak self] in
      var version: Int64?
      while !Task.isCancelled {
        guard let self else { return }
        let now = self.navigator.booksVersion
        if let now, let version, now != version {
          self.start(self.navigator.update(.booksChanged))
        }
        version = now ?? version
        if let change = self.showing.changes(of: self.navigator.theme) {
          self.start(self.navigator.update(change))
          self.show()
        }
        if self.navigator.isLeftAlone {
          self.start(self.navigator.update(.leftAlone))
          self.show()
        }
        // Only what has come further costs bytes.
        if self.navigator.showsWork { self.show() }
        // Cancelled when the loop ends.
        try? await Task.sleep(for: .milliseconds(Self.pollMilliseconds))
      }
    }
  }
}
