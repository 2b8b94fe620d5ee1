import Domain
import Keys
import Operations
import TestSupport
import Testing
import ViewModels
import Widgets

@Suite struct KeymapLint {
  /// Every screen that there is, with what its user may press on it.
  private func eachScreen(_ body: (String, any Screen, [Action]) -> Void) async throws {
    try await Tour.all(Size(columns: 80, rows: 24)) { name, driver in
      guard driver.navigator.overlay == nil, let top = driver.navigator.top else { return }
      body(name, top, driver.navigator.actions + driver.navigator.globalActions)
    }
  }

  @Test func `no key does two things on a screen`() async throws {
    try await eachScreen { name, _, actions in
      let keys = actions.flatMap(\.keys)
      let twice = Dictionary(grouping: keys) { $0 }.filter { $1.count > 1 }.keys.map(\.name)
      #expect(twice == [], "\(name)")
    }
  }

  @Test func `no action takes a key that moves the cursor`() async throws {
    let moving = Set(Movement.allCases.flatMap(\.keys))
    try await eachScreen { name, screen, actions in
      guard !screen.takesText else { return }
      let taken = actions.flatMap(\.keys).filter(moving.contains).map(\.name)
      #expect(taken == [], "\(name)")
    }
  }

  @Test func `titles fit the footer and summaries the help`() async throws {
    try await eachScreen { name, _, actions in
      for action in actions {
        #expect(1...14 ~= action.title.count, "\(name): \(action.title)")
        #expect(1...40 ~= action.summary.count, "\(name): \(action.summary)")
      }
    }
  }

  @Test func `every action has a key that every keyboard sends`() async throws {
    try await eachScreen { name, screen, actions in
      for action in actions {
        let isReachable = action.keys.contains { key in
          if case .function = key.code { return false }
          if key.modifiers.contains(.ctrl) { return false }
          return !screen.takesText || key.text == nil
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
}
