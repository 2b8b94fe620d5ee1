import Keys
import Phrases
import ViewModels
import Widgets

extension TableColumn {
  func shown(in language: Language) -> Column {
    let title = title.text(in: language)
    var column =
      switch kind {
      case .text(let least):
        Column(title, width: .fill, minimumColumns: least, priority: priority)
      case .fixed(let columns):
        Column(title, width: .fixed(columns), minimumColumns: min(columns, 4), priority: priority)
      case .amount: Column.amount(title, minimumColumns: max(atLeast, 6), priority: priority)
      }
    column.sort = sort.map { $0 == .ascending ? .ascending : .descending }
    return column
  }
}

extension TableRow {
  /// The row's cells; in a tree the first carries the level and the fold.
  func shown(under columns: [TableColumn], in language: Language) -> Table.Row {
    let isTree = shape.level > 0 || shape.fold != nil
    let shownCells = cells.map { $0.text(in: language) }.enumerated().map { index, text in
      Table.Cell(
        text,
        role: columns[index].kind == .amount && isNegative(text) ? .negative : shape.tone.cell,
        branch: index == 0 && isTree ? Table.Branch(level: shape.level, fold: branchFold) : nil)
    }
    return Table.Row(shownCells, isMarked: isMarked, role: shape.tone.row)
  }

  /// However negative amounts are written.
  private func isNegative(_ text: String) -> Bool {
    text.hasPrefix("-") || text.hasPrefix("(") || text.hasSuffix("-")
  }

  private var branchFold: Table.Branch.Fold {
    switch shape.fold {
    case nil: .leaf
    case .open: .open
    case .closed: .folded
    }
  }
}

extension TableRow.Tone {
  var cell: Role {
    switch self {
    case .plain, .muted, .inactive, .ghost: .text
    case .heading: .heading
    case .warning: .warning
    }
  }

  var row: Role? {
    switch self {
    case .muted, .inactive: .muted
    case .ghost: .ghost
    case .plain, .heading, .warning: nil
    }
  }
}

extension FieldState {
  func shown(in language: Language) -> Field {
    Field(
      label.text(in: language), content: isSecret ? .secret : .plain, ghost: ghost,
      error: fault?.text(in: language) ?? "", note: note.text(in: language)
    ).editing(editor)
  }
}

extension Message.Severity {
  var shown: StatusLine.Severity {
    switch self {
    case .done: .ok
    case .notice: .warning
    case .error: .error
    case .activity: .info
    }
  }

  var role: Role {
    switch self {
    case .done: .ok
    case .notice: .warning
    case .error: .error
    case .activity: .muted
    }
  }
}
