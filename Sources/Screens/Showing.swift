import ViewModels
package import Widgets

/// How what the navigator holds reaches a person.
protocol Showing: AnyObject {
  /// What takes longer is said to be under way.
  var patienceMilliseconds: Int { get }

  func show(_ navigator: Navigator, on occasion: LinearReading.Occasion)

  /// What a pointer at `point` points at.
  func target(at point: Point) -> Target?

  /// Gives what came of it, where that has to be said.
  func answer(_ request: TerminalRequest) -> Event?

  /// Looked at again and again: what the person changed outside the program, with `theme` in use.
  func changes(of theme: String) -> Event?
}

/// Where themes come from, as the terminal can show them.
package struct Wardrobe {
  /// By its name; throws what is wrong with its file.
  let theme: (String) throws -> Theme
  /// Another text once a file that it is made of has changed.
  let version: (String) -> String

  package init(
    theme: @escaping (String) throws -> Theme, version: @escaping (String) -> String = { _ in "" }
  ) {
    self.theme = theme
    self.version = version
  }
}

/// On a screen, all of it drawn each time.
final class ScreenShowing: Showing {
  let patienceMilliseconds = 150
  private let terminal: any Terminal
  private let wardrobe: Wardrobe?
  private let drawing = ScreenDrawing()
  private var shown: Frame?
  /// The version of the theme's files that was put on or refused, and that which was seen last.
  private var settled: ThemeVersion?
  private var seen: ThemeVersion?

  private struct ThemeVersion: Hashable {
    let theme: String
    let text: String
  }

  init(on terminal: any Terminal, wardrobe: Wardrobe?) {
    self.terminal = terminal
    self.wardrobe = wardrobe
  }

  func show(_ navigator: Navigator, on occasion: LinearReading.Occasion) {
    let frame = drawing.draw(
      navigator, size: Size(columns: navigator.columns, rows: navigator.rows))
    shown = frame
    terminal.draw(frame.surface, cursor: frame.cursor)
  }

  func target(at point: Point) -> Target? { shown?.target(at: point) }

  func answer(_ request: TerminalRequest) -> Event? {
    switch request {
    case .suspend: terminal.suspend()
    case .redraw: terminal.redraw()
    case .copy(let text): terminal.copy(text)
    case .mouse(let isOn): terminal.setMouse(isOn)
    case .theme(let name): return wear(name)
    case .read: break
    }
    return nil
  }

  /// A faulty one leaves the old one on.
  private func wear(_ name: String) -> Event? {
    do {
      if let theme = try wardrobe?.theme(name) { terminal.theme = theme }
      return nil
    } catch {
      return .themeRead(fault: error)
    }
  }

  /// A file that is being written is left until it has stayed the same from one look to the next.
  func changes(of theme: String) -> Event? {
    guard let wardrobe else { return nil }
    let now = ThemeVersion(theme: theme, text: wardrobe.version(theme))
    defer { seen = now }
    guard settled?.theme == theme else {
      settled = now
      return nil
    }
    guard now != settled, now == seen else { return nil }
    settled = now
    return wear(theme) ?? .themeRead(fault: nil)
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

  func changes(of theme: String) -> Event? { nil }

  func answer(_ request: TerminalRequest) -> Event? {
    switch request {
    // What was said before may have gone by while the shell had the terminal.
    case .suspend:
      console.suspend()
      wanted = .everything
    case .read(let extent): wanted = extent
    case .redraw, .copy, .mouse, .theme: break
    }
    return nil
  }
}
