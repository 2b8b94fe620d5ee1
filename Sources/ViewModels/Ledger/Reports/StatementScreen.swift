import Domain
import Keys
import Operations
package import Phrases

/// The balance sheet, the income statement or the cash-flow statement as a tree, beside what it is
/// compared with.
package final class StatementScreen: DatedStatement, ListScreen, Translatable {
  package static let keymap: [Binding] =
    [
      .statementOpen, .statementFold, .statementOther, .statementEarlier, .statementLater,
      .balanceKnown, .statementCompare, .statementEdition, .statementBasis, .statementSpan,
      .statementMethod, .statementDepartment, .statementDeeper, .statementShallower,
      .departmentStatement, .ledger, .translate,
    ] + Binding.lists.filter { $0.id != Binding.mark.id }
  static let listName = "statement"
  static let isReport = true

  let desk: Desk
  private var kind = FinancialStatement.Kind.balanceSheet
  var asOf: Day?
  var knownAt: Timestamp?
  private var comparison = Comparison.priorYear
  /// Which plan it is compared with, where it is.
  private var edition = BudgetEdition.original
  private var basis = LedgerScope.Basis.postClosing
  /// Of what isn't of a day alone: the whole period that holds the day, or the year up to it.
  private var isOfPeriod = false
  /// Whose lines count, with those of the departments below; nil is all.
  private var department: Departments.Row?
  var translation: ConvenienceTranslation?
  private var statement: FinancialStatement?
  private(set) var lines: [StatementLine] = []
  var folding = Folding<FinancialStatement.Item>()
  var depth: Int?
  var list: RowList<StatementLine>

  init(asOf: Day?, knownAt: Timestamp?, at desk: Desk) {
    self.desk = desk
    self.asOf = asOf
    self.knownAt = knownAt
    list = RowList(desk.statementColumns(of: nil, by: nil))
    recall()
  }

  package var title: Phrase { kind.phrase }
  package var section: Section? { .trialBalance }

  private var scope: LedgerScope {
    LedgerScope(basis, knownAt: knownAt, department: department?.id)
  }

  /// What is read; compared with something else is another question.
  private var report: StatementReport {
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
    let columns = columns
    if columns.map(\.id) != list.columns.map(\.id) { list = list.showing(columns) }
    fold()
  }

  var columns: [ListColumn<StatementLine>] {
    desk.statementColumns(of: statement, by: shownBy)
  }

  func readForExport(
    limit: Int, _ then: @escaping ([StatementLine], Footing?) -> [Effect]
  ) -> [Effect] {
    [desk.export(report) { then($0.lines, $1) }]
  }

  func forget() { (statement, lines) = (nil, []) }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    let line = list.selected
    let opening = [
      Action(.statementOpen, unavailable: list.unavailable ?? line?.closed) {
        [weak self] in self?.open() ?? []
      },
      foldOne,
      Action(.statementOther, title: next.title) { [weak self] in
        self?.change { $0.kind = $0.next.kind } ?? []
      },
    ]
    return opening + choosing + foldLevels() + leading + [translate]
      + listActions.filter { $0.id != Binding.mark.id }
  }

  /// Of which days it is, compared with what, and what counts.
  private var choosing: [Action] {
    [
      earlier, later, chooseMoment,
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
        unavailable: kind == .balanceSheet ? "A balance sheet is of a day." : nil
      ) { [weak self] in
        self?.change { $0.isOfPeriod.toggle() } ?? []
      },
      Action(
        .statementMethod, title: kind == .directCashFlow ? "indirect" : "direct",
        unavailable: kind.method == nil ? "Only a cash flow statement has two methods." : nil
      ) { [weak self] in
        self?.change { $0.kind = $0.kind == .cashFlow ? .directCashFlow : .cashFlow } ?? []
      },
      Action(
        .statementDepartment, unavailable: kind.method == nil ? nil : "Cash is of no department."
      ) { [weak self] in
        guard let self else { return [] }
        return [
          self.desk.chooseDepartment(now: self.department?.id) { [weak self] department in
            self?.change { $0.department = department } ?? []
          }
        ]
      },
    ]
  }

  /// What shows the same days in another way.
  private var leading: [Action] {
    [
      Action(.departmentStatement) { [weak self] in
        guard let self else { return [] }
        return self.navigator.show(
          DepartmentStatementScreen(
            asOf: self.asOf, knownAt: self.knownAt, isOfPeriod: self.isOfPeriod, self.basis,
            at: self.desk))
      },
      Action(.ledger) { [weak self] in
        guard let self else { return [] }
        let choice = BalanceChoice(
          asOf: self.asOf, knownAt: self.knownAt, basis: self.basis,
          department: self.department)
        return self.navigator.show(
          LedgerScreen(choice, isOfPeriod: self.isOfPeriod, at: self.desk))
      },
    ]
  }

  /// After a closing an income statement is empty.
  private var bases: [LedgerScope.Basis] {
    switch kind {
    case .balanceSheet: [.postClosing, .adjusted, .unadjusted]
    case .incomeStatement: [.adjusted, .unadjusted]
    case .cashFlow, .directCashFlow: [.adjusted]
    }
  }

  /// Nobody plans what the business owns, owes and pays; only a part of a year is less than the year
  /// up to it.
  private var comparisons: [Comparison] {
    let isPart = isOfPeriod && kind != .balanceSheet
    return [.priorYear, .priorPeriod] + (kind == .incomeStatement ? [.budget] : [])
      + (isPart ? [.yearToDate, .priorYearToDate] : [])
  }

  func change(_ change: (StatementScreen) -> Void) -> [Effect] {
    change(self)
    if !bases.contains(basis) { basis = bases[0] }
    if !comparisons.contains(comparison) { comparison = comparisons[0] }
    return load()
  }

  private func open() -> [Effect] {
    guard case .account(let account)? = list.selected?.row.item else { return turn() }
    return desk.navigator.show(
      RegisterScreen(
        account.id, account.label, in: registerScope, of: departmentWords, at: desk))
  }

  /// Of an account, the lines that its amount is made of; of what moved its cash, its own ones.
  private var registerScope: RegisterScope {
    let column = statement?.columns.first
    let (from, to) = (column?.from ?? .first, column?.to ?? day)
    return switch kind {
    case .balanceSheet: RegisterScope(to: to, scope)
    case .incomeStatement:
      RegisterScope(
        from: from, to: to, scope, opening: .nothing, takenOver: column?.takenOver != .leftOut)
    case .cashFlow, .directCashFlow:
      RegisterScope(from: from, to: to, LedgerScope(knownAt: knownAt))
    }
  }

  /// Whose it is; cash is of no department.
  private var departmentWords: Phrase {
    Phrase(verbatim: kind.method == nil ? department?.name ?? "" : "")
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel(kind.phrase, note: note, empty: "Nothing is posted yet.") { [weak self] line in
          guard var shape = self?.shape(of: line) else { return .plain }
          if line.isAbnormal { shape.tone = .warning }
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
    return .joined(
      [days] + shownBy.label + knownAt.known + [way, departmentWords, against] + lack + doubts,
      separator: ", ")
  }
}

/// A row of a statement and how far it is from what it is compared with.
nonisolated struct StatementLine: StatementTreeLine {
  let row: FinancialStatement.Row
  let variance: Variance?
  let isGroup: Bool
  /// Whether an account's amount is out of the ordinary (R3); what moved cash never is.
  let isAbnormal: Bool

  /// Why there is neither a register of it nor anything below.
  fileprivate var closed: Phrase? {
    switch row.item {
    case .account: nil
    case .currentEarnings, .earlierEarnings: "What it is made of is on the income statement."
    case .netIncome where row.level > 0: "What it is made of is on the income statement."
    case .priorPeriodAdjustments: "The corrections are among the lines of retained earnings."
    default: isGroup ? nil : "This is a sum. Open an account of it."
    }
  }

  fileprivate var percent: Phrase { variance?.percent ?? .empty }
  fileprivate var mark: Phrase { variance?.mark ?? .empty }
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
        isGroup: isGroup(at: index),
        isAbnormal: kind.method == nil && row.isAbnormal)
    }
  }
}

extension Desk {
  /// With what was taken over when the books began, where any was, behind the amounts of its days.
  fileprivate func statementColumns(
    of statement: FinancialStatement?, by translation: ConvenienceTranslation?
  ) -> [ListColumn<StatementLine>] {
    func amounts(
      _ id: String, _ title: Phrase, _ amount: @escaping (StatementLine) -> Money?
    ) -> ListColumn<StatementLine> {
      rowAmounts(
        id, title, showsZero: true, areInBase: false, by: translation,
        exponent: { [exponent = place.exponent] _ in exponent }, amount)
    }
    var columns: [ListColumn<StatementLine>] = [
      ListColumn("account", "Account", .text(atLeast: 20), words: { $0.row.item.phrase }),
      amounts("amount", "Amount") { $0.row.amounts.first },
      ListColumn("abnormal", "", .fixed(1), words: { $0.isAbnormal ? "!" : .empty }),
    ]
    let before = columns.count
    columns += [
      amounts("compared", "Compared") { $0.row.amounts.element(1) },
      amounts("change", "Change") { $0.variance?.amount },
      ListColumn(
        "percent", "%", .fixed(8), priority: 1, number: { $0.variance?.tenths ?? .min },
        words: { $0.percent }),
      ListColumn("mark", "", .fixed(1), words: { $0.mark }),
    ]
    guard let statement, let taken = statement.beforeConversion else { return columns }
    let isOfFirst = statement.columns[taken].from == statement.columns[0].from
    columns.insert(
      amounts("taken", "Before conversion") { $0.row.amounts.element(taken) },
      at: before + (isOfFirst ? 0 : 1))
    return columns
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
  static let statementDepartment = Binding(
    "statement.department", ["D"], "department", "The lines of one department, or all",
    StatementReport.permission)
  static let statementMethod = Binding(
    "statement.method", ["d"], "direct", "From net income, or from each payment",
    StatementReport.permission)
}
