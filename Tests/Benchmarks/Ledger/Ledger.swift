import Domain
import Foundation
import Operations

/// Measures what trial balances and posting take in books of a thousand entries and of many, and prints
/// it with what SQLite alone takes to step through the same query; nothing is asserted.
@main
struct Ledger {
  static func main() async throws {
    let words = CommandLine.arguments
    let most = words.count > 1 ? Int(words[1]) ?? 0 : 1_000_000
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("coreflow-ledger-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    // What can't be removed is left to the system's own cleaning.
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var posted: [String] = []
    for entries in [1_000, max(most, 1_000)] {
      let books = try await GrownBooks.make(at: folder + "/\(entries).db", entries: entries)
      print("\n\(entries) entries\n")
      print("| trial balance | CoreFlow ms | bare SQLite ms | ratio |\n| --- | --- | --- | --- |")
      for (what, day) in [("at a month's end", "2025-06-30"), ("in the middle", "2025-06-15")] {
        guard let day = Day(day) else { continue }
        let ours = try await median { try await books.trialBalance(on: day) }
        let query = try books.bareBalance(on: day)
        let bare = await median { query.step() }
        let figures = [ours, bare, ours / bare].map { String(format: "%.2f", $0) }
        print("| \(what) | \(figures.joined(separator: " | ")) |")
      }
      let cost = try await books.post()
      posted.append(
        "| \(entries) | \(cost.rows) | \(cost.written) | \(cost.steps) | \(cost.pages) |")
    }
    print("\n| posting one entry among | rows read | rows written | steps | pages written |")
    print("| --- | --- | --- | --- | --- |\n" + posted.joined(separator: "\n"))
  }

  /// In milliseconds, of several.
  private static func median(_ body: () async throws -> Void) async rethrows -> Double {
    var times: [Double] = []
    for _ in 0..<11 {
      let start = ContinuousClock.now
      try await body()
      let time = ContinuousClock.now - start
      times.append(
        Double(time.components.seconds) * 1e3 + Double(time.components.attoseconds) / 1e15)
    }
    return times.sorted()[times.count / 2]
  }
}
