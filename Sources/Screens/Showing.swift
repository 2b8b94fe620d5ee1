import ViewModels
import Widgets

/// How what the navigator holds reaches a person.
protocol Showing: AnyObject {
  /// What takes longer is said to be under way.
  var patienceMilliseconds: Int { get }

  func show(_ navigator: Navigator, on occasion: LinearReading.Occasion)

  /// What a pointer at `point` points at.
  func target(at point: Point) -> Target?

  func answer(_ request: TerminalRequest)
}

/// On a screen, all of it drawn each time.
final class ScreenShowing: Showing {
  let patienceMilliseconds = 150
  private let terminal: any Terminal
  private let themes: (String) -> Theme?
  private let drawing = ScreenDrawing()
  private var shown: Frame?

  init(on terminal: any Terminal, themes: @escaping (String) -> Theme?) {
    self.terminal = terminal
    self.themes = themes
  }

  func show(_ navigator: Navigator, on occasion: LinearReading.Occasion) {
    let frame = drawing.draw(
      navigator, size: Size(columns: navigator.columns, rows: navigator.rows))
    shown = frame
    terminal.draw(frame.surface, cursor: frame.cursor)
  }

  func target(at point: Point) -> Target? { shown?.target(at: point) }

  func answer(_ request: TerminalRequest) {
    switch request {
    case .suspend: terminal.suspend()
    case .redraw: terminal.redraw()
    case .copy(let text): terminal.copy(text)
    case .mouse(let isOn): terminal.setMouse(isOn)
    case .theme(let name): if let theme = themes(name) { terminal.theme = theme }
    case .read: break
    }
  }
}

/// As lines, only what is new, for screen readers and braille displays.
final class LinearShowing: Showing {
  /// Words take time to be heard, so they are spared for longer.
  let patienceMilliseconds = 1_500
  private static let pauseMilliseconds = 1_000
  private let console: any LineConsole
  private var reading = LinearReading()
  /// What was asked to be said again.
  private var wanted: TerminalRequest.Extent?
  private var pause: Task<Void, Never>?

  init(on console: any LineConsole) { self.console = console }

  func show(_ navigator: Navigator, on occasion: LinearReading.Occasion) {
    let news = reading.news(of: navigator, on: occasion, again: wanted)
    wanted = nil
    if !news.echo.isEmpty { console.echo(news.echo) }
    if !news.lines.isEmpty { console.say(news.lines) }
    if occasion == .input { awaitPause(of: navigator) }
  }

  private func awaitPause(of navigator: Navigator) {
    pause?.cancel()
    pause = Task { [weak self] in
      // Cancelled by the next key, which waits for a pause of its own.
      try? await Task.sleep(for: .milliseconds(Self.pauseMilliseconds))
      if !Task.isCancelled, !navigator.hasEnded { self?.show(navigator, on: .pause) }
    }
  }

  func target(at point: Point) -> Target? { nil }

  func answer(_ request: TerminalRequest) {
    switch request {
    // What was said before may have gone by while the shell had the terminal.
    case .suspend:
      console.suspend()
      wanted = .everything
    case .read(let extent): wanted = extent
    case .redraw, .copy, .mouse, .theme: break
    }
  }
}
