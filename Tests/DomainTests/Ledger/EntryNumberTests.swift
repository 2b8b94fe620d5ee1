import Domain
import Testing

@Suite struct EntryNumberTests {
  /// RULES R13.
  @Test(arguments: [
    (EntryType.standard, "GJ"), (.adjusting, "AJ"), (.closing, "CL"), (.reversing, "RV"),
    (.recurring, "RC"), (.opening, "OB"), (.correction, "CO"),
  ])
  func `a type numbers in its series`(_ type: EntryType, _ series: String) {
    #expect(type.series == series)
  }

  @Test func `no two types share a series`() {
    #expect(Set(EntryType.allCases.map(\.series)).count == EntryType.allCases.count)
  }

  @Test(arguments: [
    (1, "GJ-2025-000001"), (123, "GJ-2025-000123"), (999_999, "GJ-2025-999999"),
    (1_000_000, "GJ-2025-1000000"),
  ])
  func `a number has six digits, and more when they run out`(_ sequence: Int, _ text: String) {
    #expect(EntryNumber(series: "GJ", fiscalYear: 2025, sequence: sequence).text == text)
  }

  @Test(arguments: [
    ([], ""), (["GJ-2026-000007"], "GJ-2026-000007"),
    (["GJ-2026-000001", "GJ-2026-000002", "GJ-2026-000003"], "GJ-2026-000001..000003"),
    // Another series, another year and a number between end what follows each other.
    (
      ["GJ-2026-000001", "AJ-2026-000002", "AJ-2026-000003", "AJ-2027-000004", "AJ-2027-000006"],
      "GJ-2026-000001, AJ-2026-000002..000003, AJ-2027-000004, AJ-2027-000006"
    ),
    (["GJ-2026-999999", "GJ-2026-1000000"], "GJ-2026-999999..1000000"),
  ])
  func `numbers that follow each other are told by the first and the last`(
    _ numbers: [String], _ text: String
  ) {
    #expect(EntryNumber.spans(of: numbers) == text)
  }
}
