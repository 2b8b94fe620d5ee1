import Keys
package import ViewModels
package import Widgets

/// Brings a terminal and the navigator together: events in, effects run as tasks, the whole screen
/// drawn from state after each batch of them.
package final class Interface {
  package let navigator: Navigator
  private let terminal: any Terminal
  private let drawing = ScreenDrawing()
  private var tasks: [Int: Task<Void, Never>] = [:]
  private var begun = 0
  private var watch: Task<Void, Never>?

  /// What takes longer is said to be under way.
  private static let slowMilliseconds = 150
  private static let pollMilliseconds = 250

  package init(navigator: Navigator, terminal: any Terminal) {
    self.navigator = navigator
    self.terminal = terminal
  }

  /// Runs until the person leaves or the terminal goes away.
  package func run() async {
    resize(to: terminal.size)
    start(navigator.start())
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
    case .key(.ctrl("z")): terminal.suspend()
    case .key(.escape) where navigator.showsWork: cancelWork()
    case .key(let key): start(navigator.update(.key(key)))
    case .paste(let paste): start(navigator.update(.paste(paste.text)))
    case .resize(let columns, let rows): resize(to: Size(columns: columns, rows: rows))
    case .ending: navigator.end()
    case .mouse, .focus, .modeReport: break
    }
  }

  private func resize(to size: Size) {
    start(navigator.update(.resized(columns: size.columns, rows: size.rows)))
  }

  private func draw() {
    guard !navigator.hasEnded else { return }
    let size = Size(columns: navigator.columns, rows: navigator.rows)
    let (surface, cursor) = drawing.draw(navigator, size: size)
    terminal.draw(surface, cursor: cursor)
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
