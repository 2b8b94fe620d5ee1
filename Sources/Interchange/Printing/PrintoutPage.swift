extension Printout {
  /// One page of HTML that needs nothing else and runs nothing: for a browser, its printer, and
  /// whoever has a page read to them.
  package func html(to write: (String) throws -> Void) throws {
    try write(htmlHead)
    for part in parts { try part.html(to: write) }
    try write(
      """
      <footer>
      \(notes.map { "<p>\(Self.escaped($0))</p>" }.joined(separator: "\n"))
      </footer>
      </body>
      </html>

      """)
  }

  private var htmlHead: String {
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

    """
  }

  /// As text of a page, which nothing in it can leave; what nobody would see is shown as its code.
  fileprivate static func escaped(_ text: String) -> String {
    TerminalText.line(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
  }
}

extension Printout.Part {
  fileprivate func html(to write: (String) throws -> Void) throws {
    let columns = try columns { [$0.cells] }
    let titles = columns.map {
      "<th scope=\"col\"\($0.kind)>\(Printout.escaped($0.title))</th>"
    }
    try write(
      "<table>\n<thead>\n<tr>\(titles.joined())</tr>\n</thead>\n<tbody>\n")
    var hasTotals = false
    try walk { row in
      if row.isTotal, !hasTotals {
        hasTotals = true
        try write("</tbody>\n<tfoot>\n")
      }
      try write(columns.html(of: row))
    }
    try write((hasTotals ? "</tfoot>" : "</tbody>") + "\n</table>\n")
  }
}

extension PrintedColumn {
  fileprivate var kind: String { isNumeric ? " class=\"number\"" : "" }
}

extension [PrintedColumn] {
  fileprivate func html(of row: Printout.Row) -> String {
    let cells = indices.map { index in
      let (kind, text) = (self[index].kind, Printout.escaped(row.cells[index].text))
      return index == 0
        ? "<th scope=\"row\"\(kind)>\(text)</th>" : "<td\(kind)>\(text)</td>"
    }
    let heading = row.heading.map { heading in
      """
      </tbody>
      <tbody>
      <tr><th scope="rowgroup" colspan="\(count)">\(Printout.escaped(heading))</th></tr>

      """
    }
    return (heading ?? "") + "<tr>\(cells.joined())</tr>\n"
  }
}
