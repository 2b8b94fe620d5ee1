import Domain
import Keys
import Operations
import Phrases

/// A row of a tree.
nonisolated protocol TreeLine: Listed {
  /// 0 at the margin; what it sums up stands deeper.
  var level: Int { get }
  /// Whether rows that it sums up stand below it.
  var isGroup: Bool { get }
  var tone: TableRow.Tone { get }
}

/// A row of a statement.
nonisolated protocol StatementTreeLine: TreeLine where Identity == FinancialStatement.Item {
  var row: FinancialStatement.Row { get }
}

nonisolated extension StatementTreeLine {
  var identity: FinancialStatement.Item { row.item }
  var level: Int { row.level }
  var tone: TableRow.Tone { row.item.tone }
}

/// A list that is shown to one level or another.
protocol Leveled: ListScreen {
  /// How deep the rows go; nil is all the way.
  var depth: Int? { get set }
  /// From the highest to the deepest there is.
  var levels: ClosedRange<Int> { get }
  /// Shows them as deep as is asked for.
  func fold()
}

extension Leveled {
  private func deepen(by step: Int) -> [Effect] {
    let levels = levels
    depth = min(max((depth ?? levels.upperBound) + step, levels.lowerBound), levels.upperBound)
    fold()
    return navigator.showsDetails ? loadDetails() : []
  }

  /// `none` is why there are no levels.
  func foldLevels(unavailable none: Phrase? = nil) -> [Action] {
    let none = none ?? list.flat ?? list.unavailable
    return [
      Action(.statementDeeper, unavailable: none) { [weak self] in self?.deepen(by: 1) ?? [] },
      Action(.statementShallower, unavailable: none) { [weak self] in
        self?.deepen(by: -1) ?? []
      },
    ]
  }
}

/// A statement whose rows fold, one by one and by level; those that are filtered or sorted don't.
protocol StatementTree: Leveled where Row: TreeLine {
  /// All rows, parents before what is below them, whatever is folded.
  var lines: [Row] { get }
  var folding: Folding<Row.Identity> { get set }
}

extension StatementTree {
  /// Shows `lines` as deep as is asked for.
  func fold() {
    if let depth {
      folding.fold(lines.filter { $0.isGroup && $0.level >= depth }.map(\.identity))
    }
    list.take(visible)
  }

  private var visible: [Row] {
    list.arranges
      ? lines : folding.visible(lines, level: { $0.level }, group: { $0.identity })
  }

  func arrange() -> [Effect] {
    if list.hasLoaded { list.take(visible) }
    return []
  }

  func level(of line: Row) -> Int { list.arranges ? 0 : line.level }

  func turn() -> [Effect] {
    guard let line = list.selected else { return [] }
    depth = nil
    folding.turn(line.identity)
    list.take(visible)
    return []
  }

  var levels: ClosedRange<Int> { 0...(lines.map(\.level).max() ?? 0) }

  var foldOne: Action {
    Action(
      .statementFold,
      unavailable: list.unavailable ?? list.flat
        ?? (list.selected?.isGroup == true ? nil : "Nothing is below it.")
    ) { [weak self] in
      self?.turn() ?? []
    }
  }

  /// How a row stands in the tree; in any other order there is none.
  func shape(of line: Row) -> TableRow.Shape {
    var shape = TableRow.Shape(tone: line.tone)
    guard !list.arranges else { return shape }
    shape.level = line.level
    if line.isGroup { shape.fold = folding.contains(line.identity) ? .closed : .open }
    return shape
  }
}

/// One that can be of another day, and as known at another moment.
protocol DatedStatement: StatementTree {
  var desk: Desk { get }
  /// Nil is today.
  var asOf: Day? { get set }
  /// As known at which moment; nil is the newest.
  var knownAt: Timestamp? { get set }
  /// Reads anew what is of something else now.
  func change(_ change: (Self) -> Void) -> [Effect]
}

extension DatedStatement {
  var navigator: Navigator { desk.navigator }
  var day: Day { asOf ?? desk.today }

  func change(_ change: (Self) -> Void) -> [Effect] {
    change(self)
    return load()
  }

  var earlier: Action {
    Action(.statementEarlier) { [weak self] in
      self?.change { $0.asOf = $0.day.firstOfMonth.adding(days: -1) } ?? []
    }
  }

  var later: Action {
    Action(.statementLater) { [weak self] in
      self?.change { $0.asOf = $0.day.adding(days: 1).lastOfMonth } ?? []
    }
  }

  var chooseMoment: Action {
    Action(.balanceKnown) { [weak self] in
      guard let self else { return [] }
      return self.desk.askForMoment(self.knownAt) { [weak self] moment in
        self?.change { $0.knownAt = moment } ?? []
      }
    }
  }
}

extension FinancialStatement {
  /// Whether rows that the one at `index` sums up stand below it.
  func isGroup(at index: Int) -> Bool {
    (rows.element(index + 1)?.level ?? 0) > rows[index].level
  }
}

nonisolated extension FinancialStatement.Item {
  var tone: TableRow.Tone {
    switch self {
    case .section, .group, .total, .liabilitiesAndEquity, .netIncome, .activity, .adjustments,
      .workingCapital, .totalOf, .netChange, .cashAtEnd:
      .heading
    case .account, .currentEarnings, .earlierEarnings, .exchangeAdjustment, .exchangeEffect,
      .cashAtBeginning, .unexplained, .priorPeriodAdjustments:
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
