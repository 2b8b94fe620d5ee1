package import Keys
package import Phrases

/// A part of a screen, as data: what it shows, not how.
package enum Panel {
  case table(TablePanel)
  case form(FormPanel)
  case facts(FactsPanel)
  case text(TextPanel)
  case chart(ChartPanel)
  case diff(DiffPanel)
  case code(CodePanel)

  /// Stands where something will be once it has been read.
  package static let loading: Phrase = "Loading…"
}

/// Where a panel stands among others: the one of that index, in so many rows of its column.
package struct PanelPlace: Hashable, Sendable {
  package let index: Int
  /// Nil takes its share of what is left.
  package let rows: Int?

  package init(_ index: Int, rows: Int? = nil) {
    self.index = index
    self.rows = rows
  }
}

/// Rows under columns, one of them under the cursor. A tree is a table whose rows have levels.
package struct TablePanel {
  package var title: Phrase
  /// What the rows are of all that could be: until which day, how many of them are marked.
  package var scope = Phrase.empty
  /// Where the cursor stands in all that there is, such as `3 of 240`.
  package var position = Phrase.empty
  package var columns: [TableColumn]
  package var rows: TableRows
  /// How many rows there are before these in a list of which only a part has been read.
  package var start = 0
  /// Its place among `rows`.
  package var cursor: Int?
  package var totals: [Phrase]?
  /// Below the rows, of what isn't among them or in the totals.
  package var foot = Phrase.empty
  /// What is said in place of rows.
  package var emptyText: Phrase
  /// What leaves rows out; nil when nothing does.
  package var filter: LineEditor?
  /// Whether that is being typed.
  package var isFiltering = false
  /// Whether keys go to another panel.
  package var isBeside = false

  package init(
    title: Phrase, columns: [TableColumn], rows: TableRows, cursor: Int?, emptyText: Phrase
  ) {
    self.title = title
    self.columns = columns
    self.rows = rows
    self.cursor = cursor
    self.emptyText = emptyText
  }

  /// Of few rows, which are all made at once.
  package init(
    title: Phrase, columns: [TableColumn], rows: [TableRow], cursor: Int?, emptyText: Phrase
  ) {
    let measured = columns.enumerated().map { index, column in
      var column = column
      let longest =
        rows.map { index < $0.cells.count ? $0.cells[index].english.count : 0 }.max() ?? 0
      if column.kind == .amount { column.atLeast = max(column.atLeast, longest) }
      return column
    }
    self.init(
      title: title, columns: measured, rows: TableRows(count: rows.count) { rows[$0] },
      cursor: cursor, emptyText: emptyText)
  }

  /// Beside the title.
  package var note: Phrase { .joined([scope, position], separator: ", ") }
}

/// The rows of a table. Each is made when it is looked at, since most of a long list's never are.
package nonisolated struct TableRows: RandomAccessCollection {
  package let count: Int
  private let make: (Int) -> TableRow

  package init(count: Int, make: @escaping (Int) -> TableRow) {
    self.count = count
    self.make = make
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { count }
  package subscript(index: Int) -> TableRow { make(index) }
}

package struct TableColumn: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// Takes what room there is, this many cells at the least.
    case text(atLeast: Int)
    /// This many cells and no more.
    case fixed(Int)
    /// As wide as its widest number; numbers are never cut.
    case amount
  }

  package let title: Phrase
  package let kind: Kind
  /// The higher, the sooner it is left out where room is short; 0 never is.
  package let priority: Int
  /// How many cells an amount has room for whatever stands in the rows.
  package var atLeast = 0
  /// How the rows are sorted by it.
  package var sort: Sort?

  package enum Sort: Hashable, Sendable {
    case ascending
    case descending
  }

  package init(_ title: Phrase, _ kind: Kind, priority: Int = 0, atLeast: Int = 0) {
    self.title = title
    self.kind = kind
    self.priority = priority
    self.atLeast = atLeast
  }
}

package nonisolated struct TableRow: Hashable, Sendable {
  package enum Fold: Hashable, Sendable {
    case open
    case closed
  }

  package enum Tone: Hashable, Sendable {
    case plain
    case muted
    /// Out of use.
    case inactive
    /// Not posted.
    case ghost
    case heading
    case warning
  }

  /// How a row stands among the others.
  package struct Shape: Hashable, Sendable {
    package var tone = Tone.plain
    /// Of a tree, 0 for its roots.
    package var level = 0
    package var fold: Fold?

    package static let plain = Shape()
    package static let muted = Shape(tone: .muted)
    package static let warning = Shape(tone: .warning)
    package static let ghost = Shape(tone: .ghost)
  }

  package var cells: [Phrase]
  package var shape: Shape
  package var isMarked: Bool

  package init(_ cells: [Phrase], shape: Shape = .plain, isMarked: Bool = false) {
    self.cells = cells
    self.shape = shape
    self.isMarked = isMarked
  }
}

/// Labels and what stands behind them.
package struct FactsPanel: Hashable, Sendable {
  package struct Fact: Hashable, Sendable {
    package let label: Phrase
    package let value: Phrase
  }

  package var title: Phrase
  package var facts: [Fact]
  /// Of all facts there could be, so that values stand in the same place whatever is left out.
  package let longestLabel: Phrase
  /// How many lines are scrolled past.
  package var top: Int

  package init(title: Phrase, top: Int = 0, facts: KeyValuePairs<Phrase, Phrase>) {
    self.title = title
    self.top = top
    longestLabel = facts.map(\.key).max { $0.english.count < $1.english.count } ?? ""
    self.facts = facts.filter { !$0.value.isEmpty }.map { Fact(label: $0.key, value: $0.value) }
  }
}

/// What a thing was and what it became, field by field.
package struct DiffPanel: Hashable, Sendable {
  package struct Field: Hashable, Sendable {
    package let name: String
    /// Nil where there was none.
    package let old: String?
    /// Nil where there is none any more.
    package let new: String?
  }

  package var title: Phrase
  package var fields: [Field]
  /// How many lines are scrolled past.
  package var top = 0
}

/// Something for a camera, with the words for who has none.
package struct CodePanel: Hashable, Sendable {
  package var title: Phrase
  package var text: Phrase
  /// What the camera reads.
  package var code: String
}

/// Lines to read, scrolled by the cursor keys.
package struct TextPanel: Hashable, Sendable {
  package var title: Phrase
  package var text: Phrase
  /// The first line shown.
  package var top: Int

  package init(title: Phrase, text: Phrase, top: Int = 0) {
    self.title = title
    self.text = text
    self.top = top
  }
}

/// Fields to fill in, with a grid of more fields below them where an entry's lines are written.
package struct FormPanel {
  package var title: Phrase
  package var note = Phrase.empty
  package var fields: [FieldState]
  package var grid: GridState?
  /// Which field has the cursor; nil when it is in the grid.
  package var focus: Int?
  package var choices: ChoiceList?
  /// Below the fields: sums, where it will go, what is wrong.
  package var remarks: [Message] = []

  package init(title: Phrase, fields: [FieldState], focus: Int?) {
    self.title = title
    self.fields = fields
    self.focus = focus
  }
}

/// One field as it stands while somebody types.
package struct FieldState: Hashable, Sendable {
  package let label: Phrase
  package var editor: LineEditor
  package var isSecret = false
  /// Text that stands behind what was typed until it is taken.
  package var ghost = ""
  /// Why what was typed won't do.
  package var fault: Phrase?
  /// What the program makes of it: a weekday, a period, a sum.
  package var note = Phrase.empty

  package init(
    _ label: Phrase, _ text: String = "", isSecret: Bool = false, fault: Phrase? = nil
  ) {
    self.label = label
    editor = LineEditor(text)
    self.isSecret = isSecret
    self.fault = fault
  }

  package var text: String { editor.text }
}

/// The lines of an entry: a table whose cells are fields.
package struct GridState: Hashable, Sendable {
  package struct Place: Hashable, Sendable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
  }

  package var columns: [TableColumn]
  package var lines: [[FieldState]]
  package var focus: Place?
  package var totals: [Phrase]
}

/// What may be chosen for the field that has the cursor.
package struct ChoiceList: Hashable, Sendable {
  package struct Choice: Hashable, Sendable {
    package let text: Phrase
    package let note: Phrase
    /// Why it can't be taken; it is shown all the same.
    package let refusal: Phrase?
  }

  package var choices: [Choice]
  package var highlighted: Int?
}
