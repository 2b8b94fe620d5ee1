import Domain
import Foundation
import Keys
import Operations
import Phrases
import Testing
import ViewModels
import Widgets

@Suite struct KeymapLint {
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
    for screen in try await Walk.taken.value.screens {
      let everywhere = Set(Keymap.everywhere.map(\.id))
      let known = Set((screen.keymap + Binding.filtering).map(\.id)).union(everywhere)
      #expect(screen.actions.map(\.id).filter { !known.contains($0) } == [], "\(screen.name)")
    }
  }

  @Test func `every binding of a screen is offered somewhere on it`() async throws {
    var offered: [String: Set<String>] = [:]
    var keymaps: [String: [Binding]] = [:]
    for screen in try await Walk.taken.value.screens {
      offered[screen.kind, default: []].formUnion(screen.actions.map(\.id))
      keymaps[screen.kind] = screen.keymap
    }
    for (kind, bindings) in keymaps {
      let missing = bindings.map(\.id).filter {
        offered[kind]?.contains($0) == false
      }
      #expect(missing == [], "\(kind)")
    }
  }

  @Test func `titles fit the footer and summaries the help`() async throws {
    for screen in try await Walk.taken.value.screens {
      for action in screen.actions {
        #expect(1...14 ~= action.title.english.count, "\(screen.name): \(action.title)")
        #expect(1...40 ~= action.summary.english.count, "\(screen.name): \(action.summary)")
      }
    }
  }

  @Test func `every action has a key that every keyboard sends`() async throws {
    for screen in try await Walk.taken.value.screens {
      for action in screen.actions {
        let isReachable = action.keys.contains { key in
          if case .function = key.code { return false }
          if key.modifiers.contains(.ctrl) { return false }
          return !screen.takesText || key.text == nil || action.binding.worksInText
        }
        #expect(isReachable, "\(screen.name): \(action.id)")
      }
    }
  }

  @Test func `names of actions are stable words, each once`() async throws {
    for screen in try await Walk.taken.value.screens {
      let ids = screen.actions.map(\.id)
      #expect(Set(ids).count == ids.count, "\(screen.name)")
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
