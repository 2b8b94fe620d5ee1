import Interchange
import Testing

@Suite struct CommaSeparatedTests {
  private func records(_ text: String) throws -> [CommaSeparated.Record] {
    try CommaSeparated.records(in: Array(text.utf8), file: "x.csv")
  }

  @Test func `cells are parted by commas, records by either line end`() throws {
    let records = try records("\u{FEFF}a,b\r\n1,\n\n,2")
    #expect(records.map(\.cells) == [["a", "b"], ["1", ""], ["", "2"]])
    #expect(records.map(\.line) == [1, 2, 4])
  }

  @Test func `in quotes a cell may hold anything, a quote twice`() throws {
    let records = try records("\"a,\"\"b\"\"\nc\",2\nx,y\n")
    #expect(records.map(\.cells) == [["a,\"b\"\nc", "2"], ["x", "y"]])
    #expect(records.map(\.line) == [1, 3])
  }

  @Test func `what was written is read again`() throws {
    let cells = ["plain", "a,b", "say \"so\"", "two\nlines", ""]
    let text = CommaSeparated.lines([cells.map { CommaSeparated.text($0) }])
    #expect(try records(text).map(\.cells) == [cells])
  }

  @Test func `quotes that don't end, and text behind them, are refused with their line`() {
    #expect(throws: ImportError.at(2, 1, .csv(.quoteNotClosed))) { try records("a\n\"b\nc") }
    #expect(throws: ImportError.at(2, 4, .csv(.textAfterQuote))) { try records("a\n\"b\"c\n") }
  }
}

extension ImportError {
  fileprivate static func at(_ line: Int, _ column: Int, _ fault: ImportFault) -> ImportError {
    ImportError(file: "x.csv", line: line, column: column, fault: fault)
  }
}
