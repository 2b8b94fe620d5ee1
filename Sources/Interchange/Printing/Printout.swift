/// A report as people read it, on a screen or on paper. However many rows it has, they are read each
/// time that they are needed and written one after the other, so that none is kept.
package struct Printout {
  package typealias Walk = (_ body: (Row) throws -> Void) throws -> Void

  /// Harmless for a terminal, in one line.
  package struct Cell: Hashable, Sendable {
    package let text: String
    /// Numbers stand on the right of their column.
    package let isNumber: Bool

    package init(_ text: String, isNumber: Bool = false) {
      self.text = TerminalText.line(text)
      self.isNumber = isNumber
    }
  }

  package struct Row: Sendable {
    /// A line of its own above it.
    let heading: String?
    let cells: [Cell]
    let isTotal: Bool
    let carried: Carried?

    /// `isTotal` is a sum below all others; nil is `carried` where nothing goes on behind it.
    package init(
      _ cells: [Cell], under heading: String? = nil, isTotal: Bool = false,
      carried: Carried? = nil
    ) {
      self.heading = heading
      self.cells = cells
      self.isTotal = isTotal
      self.carried = carried
    }
  }

  /// What is said where a page ends behind a row although more of the same follows.
  package struct Carried: Sendable {
    let heading: String
    let foot: [Cell]
    let head: [Cell]

    /// `foot` stands below the row, `head` above what follows, under the heading of it all.
    package init(under heading: String, foot: [Cell], head: [Cell]) {
      self.heading = heading
      self.foot = foot
      self.head = head
    }
  }

  /// What it is: `Trial balance`.
  let title: String
  /// What it is, of whose books, and what it was asked for, in one line.
  let heading: String
  /// What stands below it on paper, a line each.
  let notes: [String]
  /// One below the other.
  let parts: [Part]

  package init(title: String, heading: String, notes: [String], parts: [Part]) {
    self.title = title
    self.heading = heading
    self.notes = notes
    self.parts = parts
  }

  /// Of one part.
  package init(
    title: String, heading: String, notes: [String], titles: [String], walk: @escaping Walk
  ) {
    self.init(
      title: title, heading: heading, notes: notes, parts: [Part(titles: titles, walk: walk)])
  }

  /// Under its heading, in aligned columns.
  package func text(to write: (String) throws -> Void) throws {
    try write(TerminalText.line(heading) + "\n")
    for part in parts {
      let columns = try part.columns { [$0.cells] }
      try write("\n" + columns.titleLine)
      try part.walk { try write(columns.lines(of: $0)) }
    }
  }
}

extension Printout {
  /// With what stands below it: in a file there is no other place for that.
  package func write(as form: PrintForm, to write: (String) throws -> Void) throws {
    switch form {
    case .text:
      try text(to: write)
      if !notes.isEmpty { try write("\n") }
      for note in notes { try write(TerminalText.line(note) + "\n") }
    case .html: try html(to: write)
    case .paged: try pages(to: write)
    }
  }

  /// Rows under the titles of their columns.
  package struct Part {
    let titles: [String]
    /// In their order, each time it is called.
    let walk: Walk

    package init(titles: [String], walk: @escaping Walk) {
      self.titles = titles
      self.walk = walk
    }
  }
}

extension Printout.Part {
  /// What is to be known of the columns before the first row is written. `cells` is what is shown of
  /// a row.
  func columns(_ cells: (Printout.Row) -> [[Printout.Cell]]) throws -> [PrintedColumn] {
    var columns = titles.map { PrintedColumn($0) }
    try walk { row in
      for cells in cells(row) { columns.see(cells) }
    }
    return columns
  }
}

/// What people read a report in, by the words of the command line's `--format`.
package enum PrintForm: String, Sendable, CaseIterable {
  case text
  /// One page for a browser.
  case html
  /// For a printer of 80 columns and 66 lines.
  case paged
}

/// A column, as far as it must be known before any of it is written.
package struct PrintedColumn: Sendable {
  let title: String
  /// Whether it has numbers.
  private(set) var isNumeric = false
  /// The widest of its cells.
  private(set) var widest = 0
  private(set) var hasSpaces = false

  package init(_ title: String) { self.title = TerminalText.line(title) }

  fileprivate mutating func see(_ cell: Printout.Cell) {
    isNumeric = isNumeric || cell.isNumber
    widest = max(widest, TerminalText.width(cell.text))
    hasSpaces = hasSpaces || cell.text.contains(" ")
  }

  var width: Int { max(widest, TerminalText.width(title)) }
}

extension [PrintedColumn] {
  package mutating func see(_ cells: [Printout.Cell]) {
    for index in indices { self[index].see(cells[index]) }
  }

  package var titleLine: String { line(map(\.title)) }

  /// With the heading above it.
  package func lines(of row: Printout.Row) -> String {
    (row.heading.map { TerminalText.line($0) + "\n" } ?? "") + line(row.cells.map(\.text))
  }

  private func line(_ cells: [String]) -> String {
    let padded = indices.map { index in
      let space = String(
        repeating: " ", count: self[index].width - TerminalText.width(cells[index]))
      return self[index].isNumeric ? space + cells[index] : cells[index] + space
    }
    return FoldedText.withoutEnd(padded.joined(separator: "  ")) + "\n"
  }
}
