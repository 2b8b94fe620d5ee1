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
    for entries in most > 1_000 ? [1_000, most] : [1_000] {
      let books = try await GrownBooks.make(at: folder + "/\(entries).db", entries: entries)
      print("\n\(entries) entries\n")
      print("| trial balance | CoreFlow ms | bare SQLite ms | ratio |\n| --- | --- | --- | --- |")
      for (what, day) in [("at a month's end", "2025-06-30"), ("in the middle", "2025-06-15")] {
        guard let day = Day(day), let year = Day("2025-01-01") else { continue }
        let query = try books.bareBalance(on: day, yearFrom: year)
        let (ours, bare) = try await medians(of: books, on: day, query)
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

  /// In milliseconds, of several in turns, so that both meet the same moods of the machine.
  private static func medians(
    of books: GrownBooks, on day: Day, _ query: BareQuery
  ) async throws -> (ours: Double, bare: Double) {
    var times: [(ours: Double, bare: Double)] = []
    for _ in 0..<61 {
      let start = ContinuousClock.now
      try await books.trialBalance(on: day)
      let ours = (ContinuousClock.now - start) / .milliseconds(1)
      times.append((ours, try await books.time(query)))
    }
    return (
      times.map(\.ours).sorted()[times.count / 2], times.map(\.bare).sorted()[times.count / 2]
    )
  }
}
