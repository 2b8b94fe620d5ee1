import TestSupport
import ViewModels
import Widgets

/// What several tests ask of every screen, found on one tour at each size.
struct Walk {
  /// A screen with nothing over it, with what its user may press on it.
  struct Seen {
    let name: String
    /// What kind of screen it is.
    let kind: String
    let keymap: [Binding]
    let takesText: Bool
    let actions: [Action]
  }

  /// How each place looks at every size.
  private(set) var texts: [String: String] = [:]
  /// The kinds of all screens on the way.
  private(set) var kinds: Set<String> = []
  private(set) var screens: [Seen] = []
  /// What doesn't fit where the terminal has come to be of another size.
  private(set) var misfits: [String] = []
  /// Lines that are longer than some size.
  private(set) var overflows: [String] = []

  static let taken: Task<Walk, any Error> = Task { @MainActor in
    var walk = Walk()
    for size in AnySize.sizes {
      try await Tour.all(size) { name, driver in
        let title = "\(name), \(size.columns) × \(size.rows)\n"
        walk.texts[name, default: ""] += title + Screens.withoutChance(driver.screen) + "\n\n"
        if size == AnySize.sizes[0] {
          let misfits = await Walk.misfits(of: driver, at: name)
          walk.misfits += misfits
        }
        if size == AnySize.sizes[1] { walk.look(at: driver, name) }
      }
    }
    return walk
  }

  private static func misfits(of driver: Driver, at name: String) async -> [String] {
    var found: [String] = []
    for size in AnySize.sizes {
      driver.resize(columns: size.columns, rows: size.rows)
      await driver.settle()
      found += AnySize.misfits(
        of: driver, at: "\(name) at \(size.columns) × \(size.rows)", help: "help")
    }
    return found
  }

  private mutating func look(at driver: Driver, _ name: String) {
    kinds.formUnion(driver.navigator.stack.map { "\(type(of: $0))" })
    if driver.navigator.overlay == nil, let top = driver.navigator.top {
      screens.append(
        Seen(
          name: name, kind: "\(type(of: top))", keymap: type(of: top).keymap,
          takesText: top.takesText,
          actions: driver.navigator.actions + driver.navigator.globalActions))
    }
    for columns in [0, 1, 2, 9, 59, 60, 61, 79, 81, 250] {
      for rows in [0, 1, 3, 15, 16, 17, 60] {
        driver.resize(columns: columns, rows: rows)
        if !driver.lines.allSatisfy({ TextWidth.columns(of: $0) <= columns }) {
          overflows.append("\(name) at \(columns) × \(rows)")
        }
      }
    }
  }
}
