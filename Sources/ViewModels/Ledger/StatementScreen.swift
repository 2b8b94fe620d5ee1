import Domain
import Keys
import Operations
package import Phrases

/// The balance sheet, the income statement or the cash-flow statement as a tree, beside what it is
/// compared with.
package final class StatementScreen: ListScreen {
  package static let keymap: [Binding] =
    [
      .statementOpen, .statementFold, .statementOther, .statementEarlier, .statementLater,
      .balanceKnown,
      .statementCompare, .statementEdition, .statementBasis, .statementSpan, .statementMethod,
      .statementDeeper,
      .statementShallower,
    ] + Binding.lists.filter { $0.id != Binding.mark.id }
  static let listName = "statement"
  static let isReport = true

  private let desk: Desk
  private var kind = FinancialStatement.Kind.balanceSheet
  /// Nil is today.
  private var asOf: Day?
  /// As known at which moment; nil is the newest.
  private var knownAt: Timestamp?
  private var comparison = Comparison.priorYear
  /// Which plan it is compared with, where it is.
  private var edition = BudgetEdition.original
  private var basis = LedgerScope.Basis.postClosing
  /// Of what isn't of a day alone: the whole period that holds the day, or the year up to it.
  private var isOfPeriod = false
  private var statement: FinancialStatement?
  private var lines: [StatementLine] = []
  private var folding = Folding<FinancialStatement.Item>()
  /// How deep the rows go; nil is all the way.
  private var depth: Int?
  var list: RowList<StatementLine>

  init(asOf: Day?, knownAt: Timestamp?, at desk: Desk) {
    self.desk = desk
    self.asOf = asOf
    self.knownAt = knownAt
    list = RowList(desk.statementColumns(beforeConversion: nil))
    recall()
  }

  package var title: Phrase { kind.phrase }
  package var section: Section? { .trialBalance }
  var navigator: Navigator { desk.navigator }
  private var day: Day { asOf ?? desk.today }

  /// What is read; compared with something else is another question.
  private var report: StatementReport {
    let scope = LedgerScope(basis, knownAt: knownAt)
    let span: StatementReport.Span = isOfPeriod ? .period(of: day) : .year(to: day)
    return switch kind {
    case .balanceSheet: StatementReport(balanceSheetOf: day, comparing: [comparison], scope)
    case .incomeStatement:
      StatementReport(
        incomeOf: span, comparing: [comparison], scope, budget: BudgetChoice(edition))
    case .cashFlow, .directCashFlow:
      StatementReport(
        cashFlowOf: span, kind == .cashFlow ? .indirect : .direct, comparing: [comparison],
        knownAt: knownAt)
    }
  }

  /// The statement that comes after, and what the key to it says.
  private var next: (kind: FinancialStatement.Kind, title: Phrase) {
    switch kind {
    case .balanceSheet: (.incomeStatement, "income")
    case .incomeStatement: (.cashFlow, "cash flow")
    case .cashFlow, .directCashFlow: (.balanceSheet, "balance")
    }
  }

  package func load() -> [Effect] {
    let asked = report
    return [
      read(asked, at: desk) { [weak self] statement in
        guard let self, asked == self.report else { return [] }
        self.statement = statement
        self.take(statement)
        return []
      }
    ]
  }

  private func take(_ statement: FinancialStatement) {
    lines = statement.lines
    let columns = desk.statementColumns(beforeConversion: statement.beforeConversion)
    if columns.map(\.id) != list.columns.map(\.id) { list = list.showing(columns) }
    fold()
  }

  /// As deep as is asked for.
  private func fold() {
    if let depth {
      folding.fold(lines.filter { $0.isGroup && $0.row.level >= depth }.map(\.row.item))
    }
    list.take(visible)
  }

  private var visible: [StatementLine] {
    list.arranges
      ? lines : folding.visible(lines, level: { $0.row.level }, group: { $0.row.item })
  }

  func readForExport(
    limit: Int, _ then: @escaping ([StatementLine]) -> [Effect]
  ) -> [Effect] {
    [desk.fetch(Exported(report)) { then($0.lines) }]
  }

  func level(of line: StatementLine) -> Int { list.arranges ? 0 : line.row.level }

  func arrange() -> [Effect] {
    if list.hasLoaded { list.take(visible) }
    return []
  }

  func forget() { (statement, lines) = (nil, []) }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    let line = list.selected
    let isBalance = kind == .balanceSheet
    return [
      Action(.statementOpen, unavailable: list.unavailable ?? line?.closed) {
        [weak self] in self?.open() ?? []
      },
      Action(
        .statementFold,
        unavailable: list.unavailable ?? list.flat
          ?? (line?.isGroup == true ? nil : "Nothing is below it.")
      ) { [weak self] in
        self?.turn() ?? []
      },
      Action(.statementOther, title: next.title) { [weak self] in
        self?.change { $0.kind = $0.next.kind } ?? []
      },
      Action(.statementEarlier) { [weak self] in
        self?.change { $0.asOf = $0.day.firstOfMonth.adding(days: -1) } ?? []
      },
      Action(.statementLater) { [weak self] in
        self?.change { $0.asOf = $0.day.adding(days: 1).lastOfMonth } ?? []
      },
      Action(.balanceKnown) { [weak self] in
        guard let self else { return [] }
        return self.desk.askForMoment(self.knownAt) { [weak self] moment in
          self?.change { $0.knownAt = moment } ?? []
        }
      },
      Action(.statementCompare) { [weak self] in
        self?.change { $0.comparison = $0.comparisons.after($0.comparison) } ?? []
      },
      Action(
        .statementEdition,
        unavailable: comparison == .budget ? nil : "It is compared with no budget."
      ) { [weak self] in
        self?.change { $0.edition = BudgetEdition.allCases.after($0.edition) } ?? []
      },
      Action(
        .statementBasis,
        unavailable: kind.method == nil ? nil : "Cash is the same with adjustments and without."
      ) { [weak self] in
        self?.change { $0.basis = $0.bases.after($0.basis) } ?? []
      },
      Action(
        .statementSpan, title: isOfPeriod ? "year" : "month",
        unavailable: isBalance ? "A balance sheet is of a day." : nil
      ) { [weak self] in
        self?.change { $0.isOfPeriod.toggle() } ?? []
      },
      Action(
        .statementMethod, title: kind == .directCashFlow ? "indirect" : "direct",
        unavailable: kind.method == nil ? "Only a cash flow statement has two methods." : nil
      ) { [weak self] in
        self?.change { $0.kind = $0.kind == .cashFlow ? .directCashFlow : .cashFlow } ?? []
      },
      Action(.statementDeeper, unavailable: list.flat) { [weak self] in self?.deepen(by: 1) ?? [] },
      Action(.statementShallower, unavailable: list.flat) { [weak self] in
        self?.deepen(by: -1) ?? []
      },
    ] + listActions.filter { $0.id != Binding.mark.id }
  }

  /// After a closing an income statement is empty.
  private var bases: [LedgerScope.Basis] {
    switch kind {
    case .balanceSheet: [.postClosing, .adjusted, .unadjusted]
    case .incomeStatement: [.adjusted, .unadjusted]
    case .cashFlow, .directCashFlow: [.adjusted]
    }
  }

  /// Nobody plans what the business owns, owes and pays.
  private var comparisons: [Comparison] {
    [.priorYear, .priorPeriod] + (kind == .incomeStatement ? [.budget] : [])
  }

  private func change(_ change: (StatementScreen) -> Void) -> [Effect] {
    change(self)
    if !bases.contains(basis) { basis = bases[0] }
    if !comparisons.contains(comparison) { comparison = comparisons[0] }
    return load()
  }

  private func deepen(by step: Int) -> [Effect] {
    let deepest = lines.map(\.row.level).max() ?? 0
    depth = min(max((depth ?? deepest) + step, 0), deepest)
    fold()
    return []
  }

  private func turn() -> [Effect] {
    guard let item = list.selected?.row.item else { return [] }
    depth = nil
    folding.turn(item)
    list.take(visible)
    return []
  }

  private func open() -> [Effect] {
    guard case .account(let account)? = list.selected?.row.item else { return turn() }
    return desk.navigator.show(
      RegisterScreen(
        account.id, account.label, to: statement?.columns.first?.to ?? day, knownAt: knownAt,
        at: desk))
  }

  package var panels: [Panel] {
    let isTree = !list.arranges
    return [
      .table(
        list.panel(kind.phrase, note: note, empty: "Nothing is posted yet.") { [folding] line in
          var shape = TableRow.Shape(tone: line.isAbnormal ? .warning : line.tone)
          guard isTree else { return shape }
          shape.level = line.row.level
          if line.isGroup { shape.fold = folding.contains(line.row.item) ? .closed : .open }
          return shape
        })
    ]
  }

  /// Of which days, on which basis or by which method, and compared with which.
  private var note: Phrase {
    guard let statement, let first = statement.columns.first,
      let second = statement.columns.element(1)
    else { return .empty }
    let (days, others): (Phrase, Phrase) =
      statement.kind == .balanceSheet
      ? ("as of \(first.to.text)", "\(second.to.text)")
      : (
        "\(first.from.text) to \(first.to.text)",
        "\(second.from.text) to \(second.to.text)"
      )
    let way = statement.kind.method?.phrase ?? Phrase(word: basis.rawValue)
    let against: Phrase =
      second.comparison == .budget
      ? "against the \(edition.phrase) budget of \(others)" : "against \(others)"
    let lack: [Phrase] =
      (statement.dividedPlan == nil ? [] : ["of which these days are a part"])
      + (statement.lacksCash ? ["no account is cash"] : [])
      + (statement.unplaced > 0 ? ["plans of the balance sheet are left out"] : [])
    let doubts = desk.unvalued(statement.unvalued) + statement.reopened.map(\.phrase)
    return .joined([days] + knownAt.known + [way, against] + lack + doubts, separator: ", ")
  }
}

/// A row of a statement and how far it is from what it is compared with.
nonisolated struct StatementLine: Listed {
  let row: FinancialStatement.Row
  let variance: Variance?
  /// Whether rows that it sums up stand below it.
  let isGroup: Bool
  /// Whether an account's amount is out of the ordinary (R3); what moved cash never is.
  let isAbnormal: Bool

  var identity: FinancialStatement.Item { row.item }

  /// Why there is neither a register of it nor anything below.
  fileprivate var closed: Phrase? {
    switch row.item {
    case .account: nil
    case .currentEarnings, .earlierEarnings: "What it is made of is on the income statement."
    case .netIncome where row.level > 0: "What it is made of is on the income statement."
    default: isGroup ? nil : "This is a sum. Open an account of it."
    }
  }

  fileprivate var percent: Phrase { variance?.percent ?? .empty }
  fileprivate var mark: Phrase { variance?.mark ?? .empty }

  fileprivate var tone: TableRow.Tone {
    switch row.item {
    case .section, .group, .total, .liabilitiesAndEquity, .netIncome, .activity, .adjustments,
      .workingCapital, .totalOf, .netChange, .cashAtEnd:
      .heading
    case .account, .currentEarnings, .earlierEarnings, .exchangeAdjustment, .exchangeEffect,
      .cashAtBeginning, .unexplained:
      .plain
    }
  }
}

nonisolated extension Variance {
  var percent: Phrase {
    Phrase(
      verbatim: tenths.map { Quantity(Money(minorUnits: $0), exponent: 1).text } ?? "n/m")
  }

  /// Worse than what it is compared with, or better.
  var mark: Phrase {
    switch isFavourable {
    case true?: "+"
    case false?: "!"
    case nil: .empty
    }
  }
}

extension FinancialStatement {
  /// With the first column against the second; a difference that books can't hold is left out.
  fileprivate var lines: [StatementLine] {
    rows.indices.map { index in
      let row = rows[index]
      return StatementLine(
        row: row, variance: (try? variance(of: row, against: 1)) ?? nil,
        isGroup: (rows.element(index + 1)?.level ?? 0) > row.level,
        isAbnormal: kind.method == nil && row.isAbnormal)
    }
  }
}

extension Desk {
  /// With which of the amounts was taken over when the books began, where any was.
  fileprivate func statementColumns(beforeConversion taken: Int?) -> [ListColumn<StatementLine>] {
    var columns: [ListColumn<StatementLine>] = [
      ListColumn("account", "Account", .text(atLeast: 20), words: { $0.row.item.phrase }),
      statementAmounts("amount", "Amount") { $0.row.amounts.first },
      ListColumn("abnormal", "", .fixed(1), words: { $0.isAbnormal ? "!" : .empty }),
    ]
    if let taken {
      columns.append(
        statementAmounts("taken", "Before conversion") { $0.row.amounts.element(taken) })
    }
    columns += [
      statementAmounts("compared", "Compared") { $0.row.amounts.element(1) },
      statementAmounts("change", "Change") { $0.variance?.amount },
      ListColumn(
        "percent", "%", .fixed(8), priority: 1, number: { $0.variance?.tenths ?? .min },
        words: { $0.percent }),
      ListColumn("mark", "", .fixed(1), words: { $0.mark }),
    ]
    return columns
  }

  /// A column of what only some rows have.
  fileprivate func statementAmounts(
    _ id: String, _ title: Phrase, _ amount: @escaping (StatementLine) -> Money?
  ) -> ListColumn<StatementLine> {
    ListColumn(
      id, title, exponent: place.exponent, some: amount, text: { [unowned self] in text($0) })
  }
}

extension Array where Element: Equatable {
  /// The next one, after the last the first.
  func after(_ element: Element) -> Element {
    firstIndex(of: element).map { self[($0 + 1) % count] } ?? element
  }
}

extension Binding {
  static let statements = Binding(
    "balance.statements", ["t"], "statements", "Balance sheet, income and cash flow",
    StatementReport.permission)
  static let statementOpen = Binding(
    "statement.open", [.enter, .right, "l"], "register", "Lines of the account",
    RegisterPage.permission)
  static let statementFold = Binding(
    "statement.fold", [.space], "fold", "Hide or show what is below", StatementReport.permission)
  static let statementOther = Binding(
    "statement.other", ["t"], "income", "The next of the three statements",
    StatementReport.permission)
  static let statementEarlier = Binding(
    "statement.earlier", ["["], "earlier", "As of the end of the month before",
    StatementReport.permission)
  static let statementLater = Binding(
    "statement.later", ["]"], "later", "As of the end of the next month",
    StatementReport.permission)
  static let statementCompare = Binding(
    "statement.compare", ["c"], "compare", "Compare with another time", StatementReport.permission)
  static let statementEdition = Binding(
    "statement.edition", ["e"], "edition", "Which plan it is compared with",
    StatementReport.permission)
  static let statementBasis = Binding(
    "statement.basis", ["a"], "basis", "With or without adjustments and closing",
    StatementReport.permission)
  static let statementSpan = Binding(
    "statement.span", ["p"], "month", "Of the month, or of the year so far",
    StatementReport.permission)
  static let statementMethod = Binding(
    "statement.method", ["d"], "direct", "From net income, or from each payment",
    StatementReport.permission)
  static let statementDeeper = Binding(
    "statement.deeper", ["+"], "deeper", "Show one level more", StatementReport.permission)
  static let statementShallower = Binding(
    "statement.shallower", ["-"], "shallower", "Show one level less", StatementReport.permission)
}
