import Domain
import Interchange
import Operations
import TestSupport
import Testing

/// Booking what is older than the first fiscal year, whatever that is like (RULES §3.5).
@Suite struct ImportYearTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var shape = FiscalYearShape.months
    let first: String
    var last: String?
    /// Days of entries.
    let days: [String]
    let exceptions: [String]
    /// Months to come that are open afterwards.
    var open: [String] = []
    /// All years afterwards.
    let years: [String]

    var testDescription: String { "\(shape) from \(first) to \(last ?? "its end")" }
  }

  private static let cases = [
    Case(
      shape: .weeks445, first: "2026-01-04", days: ["2025-01-03", "2026-01-03"],
      exceptions: ["2024-12", "2025-12"],
      years: [
        "2024 2024-01-04 2025-01-03", "2025 2025-01-04 2026-01-03", "2026 2026-01-04 2027-01-02",
      ]),
    Case(
      first: "2026-05-20", last: "2026-12-31", days: ["2024-06-01", "2026-05-19"],
      exceptions: ["2024-05", "2026-04"],
      years: [
        "2024 2024-05-20 2025-05-19", "2025 2025-05-20 2026-05-19", "2026 2026-05-20 2026-12-31",
      ]),
    // What is after the last year goes on from there, in its shape.
    Case(
      first: "2026-04-06", days: ["2026-04-05", "2027-04-06"], exceptions: ["2026-03"],
      open: ["2027-04"],
      years: [
        "2026 2025-04-06 2026-04-05", "2027 2026-04-06 2027-04-05", "2028 2027-04-06 2028-04-05",
      ]),
    Case(
      shape: .weeks445, first: "2026-01-04", days: ["2027-01-10", "2028-01-02"], exceptions: [],
      open: ["2027-P01", "2028-P01"],
      years: [
        "2026 2026-01-04 2027-01-02", "2027 2027-01-03 2028-01-01", "2028 2028-01-02 2028-12-30",
      ]),
  ]

  @Test(arguments: cases)
  func `years that are missing tile the time before the first and after the last`(
    _ odd: Case
  ) async throws {
    let first = try #require(Day(odd.first))
    let last = try odd.last.map { try #require(Day($0)) }
    let books = try await TestBooks.make {
      $0.chart = nil
      $0.shape = odd.shape
      $0.firstDay = first
      $0.lastDay = last
    }
    let text = odd.days.map { "\($0) Old\n    Expenses:A    $1\n    Assets:B\n" }
    let journal = try HledgerJournal.read(
      text: text.joined(separator: "\n"), name: "books.journal", defaultYear: 2026)
    let report = try await books.workspace.perform(
      ImportJournal(journal, file: "books.journal", mapping: try ForeignMapping([])),
      as: books.owner)
    #expect(report.entries == 2)
    #expect(report.exceptions == odd.exceptions)
    let years = try await books.workspace.fetch(FiscalYears(), as: books.owner)
    #expect(years.map { "\($0.year) \($0.start.text) \($0.end.text)" } == odd.years)
    let periods = try await books.workspace.fetch(Periods(), as: books.owner)
    let open = periods.filter { $0.status == .open && $0.start > TestBooks.today }
    #expect(open.map(\.name) == odd.open)
  }
}
