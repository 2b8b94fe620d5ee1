extension Report {
  /// One page of HTML that needs nothing else and runs nothing: for a browser, its printer, and
  /// whoever has a page read to them.
  var html: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <title>\(Self.escaped(heading))</title>
    <style>
    body { font: 10pt/1.3 sans-serif; margin: 2em; }
    table { border-collapse: collapse; margin-bottom: 1em; }
    th, td { padding: 0.1em 0.6em; text-align: left; vertical-align: top; white-space: pre-wrap; }
    th { font-weight: normal; }
    thead th, tfoot th, tfoot td, th[scope="rowgroup"] { font-weight: bold; }
    thead th { border-bottom: 1px solid; }
    tfoot th, tfoot td { border-top: 1px solid; }
    .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
    footer { margin-top: 1em; font-size: 8pt; overflow-wrap: anywhere; }
    @media print {
    body { margin: 0; }
    thead { display: table-header-group; }
    tfoot { display: table-row-group; }
    tr { break-inside: avoid; }
    }
    </style>
    </head>
    <body>
    <h1>\(Self.escaped(title))</h1>
    <p>\(Self.escaped(heading))</p>
    \(sheets.map(\.html).joined(separator: "\n"))
    <footer>
    \((notices + footingLines).map { "<p>\(Self.escaped($0))</p>" }.joined(separator: "\n"))
    </footer>
    </body>
    </html>

    """
  }

  /// As text of a page, which nothing in it can leave; what nobody would see is shown as its code.
  static func escaped(_ text: String) -> String {
    TerminalText.line(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
  }
}

extension Table {
  fileprivate var html: String {
    let (cells, isNumeric) = (shown, isNumeric)
    func line(_ row: [String]) -> String {
      let marked = row.indices.map { column in
        let kind = isNumeric[column] ? " class=\"number\"" : ""
        let text = Report.escaped(row[column])
        return column == 0
          ? "<th scope=\"row\"\(kind)>\(text)</th>" : "<td\(kind)>\(text)</td>"
      }
      return "<tr>\(marked.joined())</tr>\n"
    }
    let titles = titles.indices.map { column in
      let kind = isNumeric[column] ? " class=\"number\"" : ""
      return "<th scope=\"col\"\(kind)>\(Report.escaped(self.titles[column]))</th>"
    }
    let body = rows.indices.map { index in
      let heading = headings[index].map { heading in
        """
        </tbody>
        <tbody>
        <tr><th scope="rowgroup" colspan="\(columns.count)">\(Report.escaped(heading))</th></tr>

        """
      }
      return (heading ?? "") + line(cells[index])
    }
    let foot = cells[rows.count...].map(line).joined()
    return """
      <table>
      <thead>
      <tr>\(titles.joined())</tr>
      </thead>
      <tbody>
      \(body.joined())</tbody>
      \(foot.isEmpty ? "" : "<tfoot>\n\(foot)</tfoot>\n")</table>
      """
  }
}
