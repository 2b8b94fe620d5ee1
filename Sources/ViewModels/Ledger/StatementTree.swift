import Domain
import Keys
import Operations
import Phrases

/// A row of a statement, in the tree of which it stands.
nonisolated protocol StatementTreeLine: Listed where Identity == FinancialStatement.Item {
  var row: FinancialStatement.Row { get }
  /// Whether rows that it sums up stand below it.
  var isGroup: Bool { get }
}

nonisolated extension StatementTreeLine {
  var identity: FinancialStatement.Item { row.item }
}

/// A statement whose rows fold, one by one and by level; those that are filtered or sorted don't.
protocol StatementTree: ListScreen where Row: StatementTreeLine {
  /// All rows, parents before what is below them, whatever is folded.
  var lines: [Row] { get }
  var folding: Folding<FinancialStatement.Item> { get set }
  /// How deep the rows go; nil is all the way.
  var depth: Int? { get set }
}

extension StatementTree {
  /// Shows `lines` as deep as is asked for.
  func fold() {
    if let depth {
      folding.fold(lines.filter { $0.isGroup && $0.row.level >= depth }.map(\.row.item))
    }
    list.take(visible)
  }

  private var visible: [Row] {
    list.arranges
      ? lines : folding.visible(lines, level: { $0.row.level }, group: { $0.row.item })
  }

  func arrange() -> [Effect] {
    if list.hasLoaded { list.take(visible) }
    return []
  }

  func level(of line: Row) -> Int { list.arranges ? 0 : line.row.level }

  func turn() -> [Effect] {
    guard let item = list.selected?.row.item else { return [] }
    depth = nil
    folding.turn(item)
    list.take(visible)
    return []
  }

  private func deepen(by step: Int) -> [Effect] {
    let deepest = lines.map(\.row.level).max() ?? 0
    depth = min(max((depth ?? deepest) + step, 0), deepest)
    fold()
    return []
  }

  var foldOne: Action {
    Action(
      .statementFold,
      unavailable: list.unavailable ?? list.flat
        ?? (list.selected?.isGroup == true ? nil : "Nothing is below it.")
    ) { [weak self] in
      self?.turn() ?? []
    }
  }

  var foldLevels: [Action] {
    [
      Action(.statementDeeper, unavailable: list.flat) { [weak self] in self?.deepen(by: 1) ?? [] },
      Action(.statementShallower, unavailable: list.flat) { [weak self] in
        self?.deepen(by: -1) ?? []
      },
    ]
  }

  /// How a row stands in the tree; in any other order there is none.
  func shape(of line: Row) -> TableRow.Shape {
    var shape = TableRow.Shape(tone: line.row.item.tone)
    guard !list.arranges else { return shape }
    shape.level = line.row.level
    if line.isGroup { shape.fold = folding.contains(line.row.item) ? .closed : .open }
    return shape
  }
}

extension FinancialStatement {
  /// Whether rows that the one at `index` sums up stand below it.
  func isGroup(at index: Int) -> Bool {
    (rows.element(index + 1)?.level ?? 0) > rows[index].level
  }
}

extension FinancialStatement.Item {
  fileprivate var tone: TableRow.Tone {
    switch self {
    case .section, .group, .total, .liabilitiesAndEquity, .netIncome, .activity, .adjustments,
      .workingCapital, .totalOf, .netChange, .cashAtEnd:
      .heading
    case .account, .currentEarnings, .earlierEarnings, .exchangeAdjustment, .exchangeEffect,
      .cashAtBeginning, .unexplained:
      .plain
    }
  }
}

extension Binding {
  static let statementFold = Binding(
    "statement.fold", [.space], "fold", "Hide or show what is below", StatementReport.permission)
  static let statementDeeper = Binding(
    "statement.deeper", ["+"], "deeper", "Show one level more", StatementReport.permission)
  static let statementShallower = Binding(
    "statement.shallower", ["-"], "shallower", "Show one level less", StatementReport.permission)
}
