import Configuration
import Foundation
import Keys
import Screens
import TestSupport
import Testing
import ViewModels
import Widgets

/// A person at a terminal and the file of their theme, which they edit meanwhile.
@Suite struct ThemeWatchTests {
  /// Opens the program with the theme `mine`, whose file is `text`.
  private func open(
    _ text: String,
    _ body: (ThemeRoom) async throws -> Void
  ) async throws {
    let room = try await ThemeRoom(text)
    defer { room.clear() }
    let running = Task { await room.interface.run() }
    try await body(room)
    room.terminal.send([.key(.function(3))])
    await running.value
  }

  private static let green = "name: mine\ninherits: paper\nroles:\n  ok: { foreground: green }\n"

  @Test func `a change of the theme's file shows without a key pressed`() async throws {
    try await open(Self.green) { room in
      #expect(room.terminal.theme.style(of: .ok).foreground == [.ansi(2)])
      await room.looked()
      try room.write(Self.green.replacing("green", with: "cyan"))
      // That it was read again is said for a moment only, which a busy machine may not look in.
      await room.wait { $0.theme.style(of: .ok).foreground == [.ansi(6)] }
    }
  }

  @Test
  func `a file that became faulty keeps the theme and says its line, and is taken once repaired`()
    async throws
  {
    try await open(Self.green) { room in
      await room.looked()
      try room.write("name: mine\ninherits: paper\nroles:\n  ok: { foreground: grene }\n")
      await room.wait { $0.surface.text().contains("mine.yaml:4: \"grene\" is not a") }
      #expect(room.terminal.theme.style(of: .ok).foreground == [.ansi(2)])
      try room.write(Self.green.replacing("green", with: "white"))
      await room.wait { $0.theme.style(of: .ok).foreground == [.ansi(7)] }
      #expect(!room.terminal.surface.text().contains("grene"))
    }
  }

  @Test func `a change of what the theme inherits shows too`() async throws {
    try await open("name: mine\ninherits: base\n") { room in
      await room.looked()
      try room.write("name: base\ninherits: night\nborders: ascii\n", as: "base")
      await room.wait { $0.theme.borders == .ascii }
      try room.remove("base")
      await room.wait { $0.surface.text().contains("There is no theme \"base\".") }
      #expect(room.terminal.theme.borders == .ascii)
    }
  }
}

/// A folder with themes, and the program on it.
private final class ThemeRoom {
  let terminal: MemoryTerminal
  let interface: Interface
  private let folder: String
  private let versions: Looks

  /// Counts how often the files were looked at.
  private final class Looks {
    var count = 0
  }

  init(_ text: String) async throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "themes-\(UUID())").path
    try FileManager.default.createDirectory(
      atPath: folder + "/themes", withIntermediateDirectories: true)
    let looks = Looks()
    versions = looks
    let path = folder + "/themes/"
    try text.write(toFile: path + "mine.yaml", atomically: true, encoding: .utf8)
    if text.contains("base") {
      try "name: base\ninherits: night\n"
        .write(toFile: path + "base.yaml", atomically: true, encoding: .utf8)
    }
    let themes = ThemeFolder(at: folder + "/themes")
    terminal = MemoryTerminal(
      // Wide enough for a path and what is wrong there.
      size: Size(columns: 300, rows: 24), theme: try themes.theme(named: "mine"))
    var settings = Settings()
    settings.theme = "mine"
    interface = Interface(
      navigator: Navigator(
        workspace: try await TestBooks.make().workspace, origin: TestBooks.origin,
        settings: settings),
      terminal: terminal,
      wardrobe: Wardrobe(
        theme: { try themes.theme(named: $0) },
        version: {
          looks.count += 1
          return themes.version(of: $0)
        }))
  }

  func write(_ text: String, as name: String = "mine") throws {
    try text.write(toFile: "\(folder)/themes/\(name).yaml", atomically: true, encoding: .utf8)
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: "\(folder)/themes/\(name).yaml")
  }

  func clear() { try? FileManager.default.removeItem(atPath: folder) }

  /// Waits until the program has seen the files as they are.
  func looked() async { await wait { [versions] _ in versions.count > 0 } }

  /// As long as the test's own time limit lets it.
  func wait(for isThere: (MemoryTerminal) -> Bool) async {
    while !isThere(terminal) { await Task.yield() }
  }
}
