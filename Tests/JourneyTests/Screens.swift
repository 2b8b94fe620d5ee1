import Domain
import Foundation
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels
import Widgets

/// Whole screens, as they were looked at and found good.
///
/// They stand in `__Screens__`, one file for each place of the tour, at every size. After a change
/// that is meant, `RECORD_SCREENS=1 swift test --filter JourneyTests` writes them anew; the
/// difference is then read like code.
@Suite struct Screens {
  private nonisolated static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().appending(path: "__Screens__")

  @Test func `every screen looks as it was found good`() async throws {
    for (name, text) in try await Walk.taken.value.texts {
      try Self.compare(text, with: name)
    }
  }

  @Test func `the main screens look in German as they were found good`() async throws {
    let size = Size(columns: 80, rows: 24)
    try await Tour.all(
      size, settings: try German.settings(),
      only: ["home", "journal", "entry", "new entry", "trial balance", "dialog"]
    ) { name, driver in
      try Self.compare(Self.withoutChance(driver.screen) + "\n", with: "de \(name)")
    }
  }

  private static func compare(_ text: String, with name: String) throws {
    let file = folder.appending(path: "\(name.replacing(" ", with: "-")).txt")
    if ProcessInfo.processInfo.environment["RECORD_SCREENS"] != nil {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let good = try String(contentsOf: file, encoding: .utf8)
    #expect(text == good, "\(firstDifference(text, good))")
  }

  /// Costs and the hashes over them differ each time.
  static func withoutChance(_ screen: String) -> String {
    screen.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { line in !["Cost", "Hash"].contains { line.hasPrefix(" " + $0) } }
      // A secret to type, and the same for a camera, which nothing else draws in upper halves.
      .filter { !$0.contains("▀") }
      .map { $0.replacing(/[0-9a-f]{8,}…?|[A-Z2-7]{32}/, with: "…") }
      .joined(separator: "\n")
  }

  private static func firstDifference(_ text: String, _ good: String) -> String {
    let pairs = zip(text.split(separator: "\n"), good.split(separator: "\n"))
    return pairs.first { $0 != $1 }.map { "\($0)\nwas\n\($1)" } ?? "one is longer"
  }
}
