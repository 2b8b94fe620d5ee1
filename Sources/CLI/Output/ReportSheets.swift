/// The form that printers take. A line and a column of it stay free: a printer that goes on by
/// itself after a full line or a full page would leave an empty one.
enum PaperForm {
  static let columns = 80 - 1
  static let lines = 66 - 1
  /// Narrower no column of text gets.
  static let leastText = 8
  /// What is no wider and has no spaces isn't folded: a day, or the number of an entry.
  static let mostCode = 14
  /// Wider than this the first column isn't where it is repeated beside others.
  static let mostFirst = 24
}

extension Report {
  /// As many pages as it takes, parted by form feeds, each under the same headings. What is wider
  /// than a page is folded or goes on upon further pages beside its first column; amounts are never
  /// cut.
  var pages: String {
    let foot = [""] + (notices + footingLines).flatMap(Self.folded)
    let heading = Self.folded(heading) + [""]
    let sheets = sheets.flatMap(\.sheets).flatMap { sheet -> [[String]] in
      let room = max(PaperForm.lines - 1 - heading.count - sheet.titles.count - foot.count, 1)
      return Self.filled(sheet.rows, room).map { sheet.titles + $0 }
    }
    return sheets.enumerated().map { index, body -> String in
      let number = "Page \(index + 1) of \(sheets.count)"
      let space = PaperForm.columns - TerminalText.width(title) - number.count
      let top = title + String(repeating: " ", count: max(space, 2)) + number
      let blank = PaperForm.lines - 1 - heading.count - body.count - foot.count
      let lines =
        [top] + heading + body + Array(repeating: "", count: max(blank, 0)) + foot
      return lines.map { $0 + "\n" }.joined()
    }.joined(separator: "\u{C}")
  }

  private static func folded(_ text: String) -> [String] {
    FoldedText.lines(of: TerminalText.line(text), width: PaperForm.columns)
  }

  /// Rows onto pages of `room` lines; a row stays on one page where it can.
  private static func filled(_ rows: [[String]], _ room: Int) -> [[String]] {
    var pages: [[String]] = []
    var page: [String] = []
    for row in rows {
      if page.count + row.count > room, !page.isEmpty {
        pages.append(page)
        page = []
      }
      for line in row {
        if page.count == room {
          pages.append(page)
          page = []
        }
        page.append(line)
      }
    }
    return page.isEmpty && !pages.isEmpty ? pages : pages + [page]
  }
}

extension Table {
  /// Some of its columns, laid out as wide as a page.
  fileprivate struct Sheet {
    let titles: [String]
    /// Each as many lines as it takes.
    let rows: [[String]]
  }

  fileprivate var sheets: [Sheet] {
    let (titles, cells, isNumeric) = (titles.map(TerminalText.line), shown, isNumeric)
    let columns = titles.indices.map { index in
      PaperColumn(
        title: titles[index], cells: cells.map { $0[index] }, isNumeric: isNumeric[index])
    }
    return strips(of: columns).map { strip in
      let shown = PaperColumn.fitted(strip.map { columns[$0] })
      let rule = shown.map { String(repeating: "-", count: $0.width) }
      return Sheet(
        titles: PaperColumn.lines(shown, shown.map(\.title))
          + [rule.joined(separator: "  ")],
        rows: cells.indices.map { row in
          let lines = PaperColumn.lines(shown, shown.map { $0.cells[row] })
          let heading = headings[row].map {
            FoldedText.lines(of: TerminalText.line($0), width: PaperForm.columns)
          }
          return (heading ?? []) + lines
        })
    }
  }

  /// Which columns stand beside each other on a page: the first with as many others as there is
  /// room for, until each has had its place.
  private func strips(of columns: [PaperColumn]) -> [[Int]] {
    func width(_ strip: [Int], first: Int) -> Int {
      strip.dropFirst().reduce(first) { $0 + 2 + columns[$1].least }
    }
    let all = Array(columns.indices)
    guard let first = columns.first, width(all, first: first.least) > PaperForm.columns else {
      return [all]
    }
    let beside = max(first.least, min(first.width, PaperForm.mostFirst))
    var strips: [[Int]] = []
    var strip = [0]
    for column in all.dropFirst() {
      if strip.count > 1, width(strip + [column], first: beside) > PaperForm.columns {
        strips.append(strip)
        strip = [0]
      }
      strip.append(column)
    }
    return strips + [strip]
  }
}

/// A column on paper.
private struct PaperColumn {
  let title: String
  let cells: [String]
  let isNumeric: Bool
  var width: Int
  /// How narrow it may get: numbers never do.
  let least: Int

  init(title: String, cells: [String], isNumeric: Bool) {
    self.title = title
    self.cells = cells
    self.isNumeric = isNumeric
    let widest = cells.map(TerminalText.width).max() ?? 0
    let word = title.split(separator: " ").map { TerminalText.width(String($0)) }.max() ?? 0
    let isCode = widest <= PaperForm.mostCode && !cells.contains { $0.contains(" ") }
    width = max(widest, TerminalText.width(title))
    least = isNumeric || isCode ? max(widest, word) : min(width, PaperForm.leastText)
  }

  /// As narrow as it takes to stand side by side, the widest giving way first.
  static func fitted(_ columns: [PaperColumn]) -> [PaperColumn] {
    var columns = columns
    var surplus =
      columns.map(\.width).reduce(2 * (columns.count - 1), +) - PaperForm.columns
    while surplus > 0 {
      let widest = columns.indices.filter { columns[$0].width > columns[$0].least }
        .max { columns[$0].width < columns[$1].width }
      guard let widest else { break }
      columns[widest].width -= 1
      surplus -= 1
    }
    return columns
  }

  /// A row of cells, folded where they are wider than their columns.
  static func lines(_ columns: [PaperColumn], _ cells: [String]) -> [String] {
    let folded = zip(columns, cells).map { FoldedText.lines(of: $1, width: $0.width) }
    return (0..<(folded.map(\.count).max() ?? 0)).map { line in
      let padded = columns.indices.map { index in
        let text = line < folded[index].count ? folded[index][line] : ""
        let space = String(
          repeating: " ", count: max(columns[index].width - TerminalText.width(text), 0))
        return columns[index].isNumeric ? space + text : text + space
      }
      return FoldedText.withoutEnd(padded.joined(separator: "  "))
    }
  }
}

/// Text in lines of a width, parted at spaces where it has some.
enum FoldedText {
  /// At least one. What goes on stands as far in as the first line, but for half the width.
  static func lines(of text: String, width: Int) -> [String] {
    guard TerminalText.width(text) > width else { return [withoutEnd(text)] }
    let depth = min(text.prefix { $0 == " " }.count, width / 2)
    let indent = String(repeating: " ", count: depth)
    let room = max(width - depth, 1)
    var lines: [String] = []
    var line = ""
    func end() {
      lines.append(line)
      line = ""
    }
    for word in text.split(separator: " ").map(String.init) {
      let space = line.isEmpty ? "" : " "
      if TerminalText.width(line + space + word) <= room {
        line += space + word
        continue
      }
      if !line.isEmpty { end() }
      for character in word {
        if !line.isEmpty, TerminalText.width(line + String(character)) > room { end() }
        line.append(character)
      }
    }
    if !line.isEmpty || lines.isEmpty { end() }
    return lines.map { withoutEnd(indent + $0) }
  }

  static func withoutEnd(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " }.reversed())
  }
}
