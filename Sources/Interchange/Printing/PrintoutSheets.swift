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

extension Printout {
  /// As many pages as it takes, parted by form feeds, each under the same headings. What is wider
  /// than a page is folded or goes on upon further pages beside its first column; amounts are never
  /// cut. What goes on behind a page says what it has come to, at its foot and at the head of the
  /// next.
  package func pages(to write: (String) throws -> Void) throws {
    let strips = try parts.flatMap { part in
      let columns = try part.columns { row in
        [row.cells] + (row.carried.map { [$0.foot, $0.head] } ?? [])
      }
      return columns.strips.map { Strip(of: columns, $0, in: part) }
    }
    // A page says how many there are, so that they are counted before the first is written.
    var count = 0
    try fill(strips) { _, _ in count += 1 }
    var number = 0
    try fill(strips) { strip, body in
      number += 1
      let page = page(strip.titles + body, "Page \(number) of \(count)")
      try write((number == 1 ? "" : "\u{C}") + page)
    }
  }

  private func fill(
    _ strips: [Strip], _ end: (_ strip: Strip, _ body: [String]) throws -> Void
  ) throws {
    for strip in strips {
      let room = PaperForm.lines - 1 - top.count - strip.titles.count - foot.count
      var filling = PageFilling(strip: strip, room: max(room, 1))
      try strip.part.walk { row in
        try filling.add(row) { try end(strip, $0) }
      }
      try filling.finish { try end(strip, $0) }
    }
  }

  private func page(_ body: [String], _ number: String) -> String {
    let space = PaperForm.columns - TerminalText.width(title) - number.count
    let first = title + String(repeating: " ", count: max(space, 2)) + number
    let blank = PaperForm.lines - 1 - top.count - body.count - foot.count
    let lines = [first] + top + body + Array(repeating: "", count: max(blank, 0)) + foot
    return lines.map { $0 + "\n" }.joined()
  }

  private var top: [String] { FoldedText.onPaper(heading) + [""] }
  private var foot: [String] { [""] + notes.flatMap(FoldedText.onPaper) }
}

/// Columns that stand beside each other on a page.
private struct Strip {
  let part: Printout.Part
  private let places: [Int]
  private let columns: [PaperColumn]
  let titles: [String]

  init(of all: [PrintedColumn], _ places: [Int], in part: Printout.Part) {
    self.part = part
    self.places = places
    columns = PaperColumn.fitted(places.map { PaperColumn(all[$0]) })
    let rule = columns.map { String(repeating: "-", count: $0.width) }
    titles =
      PaperColumn.lines(columns, places.map { all[$0].title }) + [rule.joined(separator: "  ")]
  }

  func lines(_ cells: [Printout.Cell]) -> [String] {
    PaperColumn.lines(columns, places.map { cells[$0].text })
  }
}

/// Rows put onto pages of `room` lines; a row stays on one page where it can.
private struct PageFilling {
  private let strip: Strip
  private let room: Int
  private var page: [String] = []
  private var carried: Printout.Carried?
  private var hasEnded = false

  init(strip: Strip, room: Int) {
    self.strip = strip
    self.room = room
  }

  mutating func add(_ row: Printout.Row, _ end: ([String]) throws -> Void) throws {
    let lines = (row.heading.map(FoldedText.onPaper) ?? []) + strip.lines(row.cells)
    // Behind each row there is room to say what is carried.
    let room = max(room - (row.carried.map { strip.lines($0.foot).count } ?? 0), 1)
    if page.count + lines.count > room, !page.isEmpty {
      try turn(with: carried.map { strip.lines($0.foot) } ?? [], end)
      page = carried.map { FoldedText.onPaper($0.heading) + strip.lines($0.head) } ?? []
    }
    for line in lines {
      if page.count >= room { try turn(with: [], end) }
      page.append(line)
    }
    carried = row.carried
  }

  mutating func finish(_ end: ([String]) throws -> Void) throws {
    if !page.isEmpty || !hasEnded { try turn(with: [], end) }
  }

  private mutating func turn(with foot: [String], _ end: ([String]) throws -> Void) throws {
    try end(page + foot)
    page = []
    hasEnded = true
  }
}

extension [PrintedColumn] {
  /// Which columns stand beside each other on a page: the first with as many others as there is
  /// room for, until each has had its place.
  fileprivate var strips: [[Int]] {
    let columns = map(PaperColumn.init)
    func width(_ strip: [Int], first: Int) -> Int {
      strip.dropFirst().reduce(first) { $0 + 2 + columns[$1].least }
    }
    let all = [Int](columns.indices)
    guard let first = columns.first, width(all, first: first.least) > PaperForm.columns else {
      return [all]
    }
    let beside = Swift.max(first.least, Swift.min(first.width, PaperForm.mostFirst))
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
  let isNumeric: Bool
  var width: Int
  /// How narrow it may get: numbers never do.
  let least: Int

  init(_ column: PrintedColumn) {
    isNumeric = column.isNumeric
    let word =
      column.title.split(separator: " ").map { TerminalText.width(String($0)) }.max() ?? 0
    let isCode = column.widest <= PaperForm.mostCode && !column.hasSpaces
    width = column.width
    least =
      isNumeric || isCode ? max(column.widest, word) : min(width, PaperForm.leastText)
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
