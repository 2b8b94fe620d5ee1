import Domain
import Foundation
import Interchange
import Testing

/// What accounts held at first, out of a file of comma-separated values (RULES §3.8).
@Suite struct OpeningSheetTests {
  private struct Unknown: Error {}

  /// Books in US dollars and euros with the accounts 1120 and 2110.
  private let names = OpeningSheet.Names(
    base: Currency(code: "USD", exponent: 2, symbol: "$"),
    account: {
      guard let number = Int64($0), [1120, 2110].contains(number) else { throw Unknown() }
      return ID(number)
    },
    currency: {
      guard $0 == "EUR" else { throw Unknown() }
      return Currency(code: $0, exponent: 2, symbol: "€")
    }, words: { $0 is Unknown ? "unknown." : "unreadable." })

  private func lines(_ text: String) throws -> [(line: Int, content: LineContent)] {
    try OpeningSheet(Array(text.utf8), file: "o.csv").lines(by: names)
  }

  @Test func `each line that has an amount is one of the entry, and knows its place`() throws {
    let lines = try lines(
      """
      Number, Debit, Credit, Currency, Amount
      1120,500.00,,,
      2110,,,,
      2110,,110.00,EUR,100.00

      """)
    #expect(lines.map(\.line) == [2, 4])
    #expect(lines.map(\.content.account) == [ID(1120), ID(2110)])
    #expect(lines.map(\.content.base.minorUnits) == [500_00, -110_00])
    #expect(lines.map(\.content.amount.minorUnits) == [500_00, -100_00])
    #expect(lines.map(\.content.currency) == ["USD", "EUR"])
  }

  @Test func `all that is wrong is told, each with its line`() {
    let text = """
      number,debit,credit,currency,amount
      1120,5,5,,
      1120,1,,,
      9,1,,,
      1120,x,,,
      1120,5,,EUR,
      """
    let faults = #expect(throws: SheetFaults.self) { try lines(text) }
    #expect(
      faults?.words == """
        o.csv:2: an account holds a debit or a credit, not both.
        o.csv:4: unknown.
        o.csv:5: unreadable.
        o.csv:6: an amount in EUR needs its amount and, as debit or credit, what that is in USD.
        """)
  }

  @Test func `a path is taken from where its reader works`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sheet-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("number,debit,credit\n1120,1,\n".utf8).write(to: folder.appending(path: "o.csv"))
    let files = JournalFiles.onDisk(from: folder.path)
    #expect(try OpeningSheet.read(path: "o.csv", files: files).lines(by: names).count == 1)
    let whole = folder.appending(path: "o.csv").path
    #expect(try OpeningSheet.read(path: whole, files: files).lines(by: names).count == 1)
    #expect(throws: ImportError(file: "none.csv", fault: .unreadable(.notFound))) {
      try OpeningSheet.read(path: "none.csv", files: files)
    }
  }
}
