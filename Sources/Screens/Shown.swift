import Keys
import ViewModels
import Widgets

extension TableColumn {
  var shown: Column {
    switch kind {
    case .text(let least):
      Column(title, width: .fill, minimumColumns: least, priority: priority)
    case .fixed(let columns):
      Column(title, width: .fixed(columns), minimumColumns: min(columns, 4), priority: priority)
    case .amount: .amount(title, priority: priority)
    }
  }
}

extension TableRow {
  /// The row's cells; in a tree the first carries the level and the fold.
  func shown(under columns: [TableColumn]) -> Table.Row {
    let isTree = level > 0 || fold != nil
    let shownCells = cells.enumerated().map { index, text in
      Table.Cell(
        text,
        role: text.hasPrefix("-") && columns[index].kind == .amount
          ? .negative : tone.cell,
        branch: index == 0 && isTree ? Table.Branch(level: level, fold: branchFold) : nil)
    }
    return Table.Row(shownCells, role: tone.row)
  }

  private var branchFold: Table.Branch.Fold {
    switch fold {
    case nil: .leaf
    case .open: .open
    case .closed: .folded
    }
  }
}

extension TableRow.Tone {
  var cell: Role {
    switch self {
    case .plain, .muted: .text
    case .heading: .heading
    case .warning: .warning
    }
  }

  var row: Role? { self == .muted ? .muted : nil }
}

extension FieldState {
  var shown: Field {
    Field(
      label, content: isSecret ? .secret : .plain, ghost: ghost,
      error: fault ?? "", note: note
    ).editing(editor)
  }
}

extension ChoiceList.Choice {
  var shown: SuggestionList.Item {
    SuggestionList.Item(
      text, detail: note, isAvailable: refusal == nil)
  }
}

extension Message.Severity {
  var shown: StatusLine.Severity {
    switch self {
    case .done: .ok
    case .notice: .warning
    case .error: .error
    }
  }

  var role: Role {
    switch self {
    case .done: .ok
    case .notice: .warning
    case .error: .error
    }
  }
}
