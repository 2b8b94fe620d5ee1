/// Comma-separated values as RFC 4180 has them.
package enum CommaSeparated {
  /// Lines of cells that are written already.
  package static func lines(_ rows: [[String]]) -> String {
    rows.map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  /// A cell of text. `guarding` puts an apostrophe before what a spreadsheet would take for a
  /// formula; numbers aren't written by this, and stay numbers.
  package static func text(_ text: String, guarding: Bool = true) -> String {
    quoted(guarding && isFormula(text) ? "'" + text : text)
  }

  private static func isFormula(_ text: String) -> Bool {
    text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
  }

  /// In quotes where it would be read otherwise without them.
  private static func quoted(_ text: String) -> String {
    let needsQuotes =
      text.unicodeScalars.contains { ",\"\r\n;\t'".unicodeScalars.contains($0) }
      || text.first?.isWhitespace == true || text.last?.isWhitespace == true
    return needsQuotes ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
  }
}
