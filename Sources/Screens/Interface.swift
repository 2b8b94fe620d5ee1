import Keys
package import ViewModels
package import Widgets

/// Brings a terminal and the navigator together: events in, effects run as tasks, the whole screen
/// drawn from state after each batch of them.
package final class Interface {
  package let navigator: Navigator
  private let terminal: any Terminal
  private let themes: (String) -> Theme?
  private let drawing = ScreenDrawing()
  private var shown: Frame?
  /// The message that will go by itself.
  private var expiring: Message?
  private var tasks: [Int: Task<Void, Never>] = [:]
  private var begun = 0
  private var watch: Task<Void, Never>?

  /// What takes longer is said to be under way.
  private static let slowMilliseconds = 150
  private static let pollMilliseconds = 250
  private static let messageSeconds = 6

  /// `themes` gives those that can be chosen, by their names, as the terminal can show them.
  package init(
    navigator: Navigator, terminal: any Terminal,
    themes: @escaping (String) -> Theme? = { _ in nil }
  ) {
    self.navigator = navigator
    self.terminal = terminal
    self.themes = themes
  }

  /// Runs until the person leaves or the terminal goes away.
  package func run() async {
    resize(to: terminal.size)
    start(navigator.start())
    for request in navigator.takeRequests() { answer(request) }
    draw()
    watchBooks()
    for await batch in terminal.events {
      for event in batch { handle(event) }
      if navigator.hasEnded { break }
      draw()
    }
    watch?.cancel()
    cancelWork()
    terminal.close()
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
    for request in navigator.takeRequests() { answer(request) }
  }

  /// A click goes to what was drawn under it; the wheel moves the cursor.
  private func point(_ mouse: Mouse) {
    switch mouse.action {
    case .press(button: 1):
      let target = shown?.target(at: Point(column: mouse.column, row: mouse.row))
      if let target { start(navigator.update(.click(target))) }
    case .wheelUp: for _ in 0..<Self.wheelRows { start(navigator.update(.wheel(.up))) }
    case .wheelDown: for _ in 0..<Self.wheelRows { start(navigator.update(.wheel(.down))) }
    case .press, .release: break
    }
  }

  private static let wheelRows = 3

  private func answer(_ request: TerminalRequest) {
    switch request {
    case .suspend: terminal.suspend()
    case .redraw: terminal.redraw()
    case .copy(let text): terminal.copy(text)
    case .mouse(let isOn): terminal.setMouse(isOn)
    case .theme(let name): if let theme = themes(name) { terminal.theme = theme }
    }
  }

  private func resize(to size: Size) {
    start(navigator.update(.resized(columns: size.columns, rows: size.rows)))
  }

  private func draw() {
    guard !navigator.hasEnded else { return }
    let frame = drawing.draw(
      navigator, size: Size(columns: navigator.columns, rows: navigator.rows))
    shown = frame
    terminal.draw(frame.surface, cursor: frame.cursor)
    expire()
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
      self.draw()
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
    start(navigator.update(.finished(apply)))
    for request in navigator.takeRequests() { answer(request) }
    draw()
    if navigator.hasEnded { terminal.close() }
  }

  private func noticeSlowness(of number: Int) {
    Task { [weak self] in
      // Cancelled only with the program itself.
      try? await Task.sleep(for: .milliseconds(Self.slowMilliseconds))
      guard let self, self.tasks[number] != nil else { return }
      self.navigator.noticeSlowness()
      self.draw()
    }
  }

  private func cancelWork() {
    for task in tasks.values { task.cancel() }
  }

  /// Another process's entries appear without a key pressed.
  private func watchBooks() {
    watch = Task { [weak self] in
      var version: Int64?
      while !Task.isCancelled {
        guard let self else { return }
        let now = self.navigator.booksVersion
        if let now, let version, now != version {
          self.start(self.navigator.update(.booksChanged))
        }
        version = now ?? version
        // Cancelled when the loop ends.
        try? await Task.sleep(for: .milliseconds(Self.pollMilliseconds))
      }
    }
  }
}
