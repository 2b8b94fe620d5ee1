import Domain
import Foundation
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels
import Widgets

@Suite struct KeymapLint {
  /// Every screen that there is, with what its user may press on it.
  private func eachScreen(
    _ body: @escaping (String, any Screen, [Action]) -> Void
  ) async throws {
    try await Tour.all(Size(columns: 80, rows: 24)) { name, driver in
      guard driver.navigator.overlay == nil, let top = driver.navigator.top else { return }
      body(name, top, driver.navigator.actions + driver.navigator.globalActions)
    }
  }

  @Test func `no key does two things at one place, but where a screen means more by it`() {
    let overlaps = KeySettings().overlaps().map { "\($0.key.name): \($0.first), \($0.second)" }
    #expect(
      overlaps == [
        "Left: home.earlier, back", "h: home.earlier, back", "Ctrl-Z: entry.undo, suspend",
        "Left: matrix.before, back", "h: matrix.before, back",
        "Esc: list.filter.clear, back",
        "Ctrl-G: list.filter.clear, back",
      ])
  }

  @Test func `a person's own keys that clash are found, and so are names of nothing`() {
    let settings = KeySettings(["journal.new": ["d"], "jornal.open": ["z"]])
    #expect(
      settings.clashes() == [
        KeySettings.Clash(
          key: "d", place: "Journal", first: "journal.new", second: "journal.duplicate")
      ])
    #expect(settings.unknown == ["jornal.open"])
    #expect(KeySettings(["journal.new": ["N"]]).clashes() == [])
  }

  @Test func `every action is in the keymap of its screen`() async throws {
    try await eachScreen { name, screen, actions in
      let everywhere = Set(Keymap.everywhere.map(\.id))
      let known = Set((type(of: screen).keymap + Binding.filtering).map(\.id)).union(everywhere)
      #expect(actions.map(\.id).filter { !known.contains($0) } == [], "\(name)")
    }
  }

  @Test func `every binding of a screen is offered somewhere on it`() async throws {
    var offered: [String: Set<String>] = [:]
    var keymaps: [String: [Binding]] = [:]
    try await eachScreen { _, screen, actions in
      let kind = "\(type(of: screen))"
      offered[kind, default: []].formUnion(actions.map(\.id))
      keymaps[kind] = type(of: screen).keymap
    }
    for (kind, bindings) in keymaps {
      let missing = bindings.map(\.id).filter {
        offered[kind]?.contains($0) == false
      }
      #expect(missing == [], "\(kind)")
    }
  }

  @Test func `titles fit the footer and summaries the help`() async throws {
    try await eachScreen { name, _, actions in
      for action in actions {
        #expect(1...14 ~= action.title.english.count, "\(name): \(action.title)")
        #expect(1...40 ~= action.summary.english.count, "\(name): \(action.summary)")
      }
    }
  }

  @Test func `every action has a key that every keyboard sends`() async throws {
    try await eachScreen { name, screen, actions in
      for action in actions {
        let isReachable = action.keys.contains { key in
          if case .function = key.code { return false }
          if key.modifiers.contains(.ctrl) { return false }
          return !screen.takesText || key.text == nil || action.binding.worksInText
        }
        #expect(isReachable, "\(name): \(action.id)")
      }
    }
  }

  @Test func `names of actions are stable words, each once`() async throws {
    try await eachScreen { name, _, actions in
      let ids = actions.map(\.id)
      #expect(Set(ids).count == ids.count, "\(name)")
      for id in ids {
        #expect(id.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "." }, "\(id)")
      }
    }
  }

  @Test func `every key that README names does something`() throws {
    let readme = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../README.md").standardized, encoding: .utf8)
    let table = readme.split(separator: "\n").filter { $0.hasPrefix("| ") }
    let bound = Set(Keymap.places.flatMap(\.reached).flatMap(\.keys))
    let named = table.flatMap { $0.matches(of: /`([^`]+)`/).map { String($0.output.1) } }
      .filter { !$0.contains(" ") }
    #expect(named.count > 30)
    for name in named {
      let key = try #require(Key(name: name), "\(name)")
      #expect(bound.contains(key), "\(name)")
    }
  }
}
