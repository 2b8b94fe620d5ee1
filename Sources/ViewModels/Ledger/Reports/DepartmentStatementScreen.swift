import Domain
import Keys
import Operations
package import Phrases

/// The income statement of the whole business as a tree, and beside it what of each amount is each
/// department's own and what is no department's (RULES R34).
package final class DepartmentStatementScreen: DatedStatement, ListScreen, Translatable {
  package static let keymap: [Binding] =
    [
      .departmentOpen, .statementFold, .statementEarlier, .statementLater, .balanceKnown,
      .statementBasis, .statementSpan, .statementDeeper, .statementShallower, .translate,
    ] + Binding.lists.filter { $0.id != Binding.mark.id }
  static let listName = "department-statement"
  static let isReport = true

  let desk: Desk
  var asOf: Day?
  var knownAt: Timestamp?
  /// The whole period that holds the day, or the year up to it.
  private var isOfPeriod: Bool
  private var basis: LedgerScope.Basis
  var translation: ConvenienceTranslation?
  private var sheet: DepartmentStatement.Sheet?
  private(set) var lines: [DepartmentLine] = []
  var folding = Folding<FinancialStatement.Item>()
  var depth: Int?
  var list = RowList<DepartmentLine>([])

  /// After a closing there is nothing of it: `basis` is taken as before one.
  init(
    asOf: Day?, knownAt: Timestamp?, isOfPeriod: Bool, _ basis: LedgerScope.Basis, at desk: Desk
  ) {
    self.desk = desk
    self.asOf = asOf
    self.knownAt = knownAt
    self.isOfPeriod = isOfPeriod
    self.basis = basis == .unadjusted ? .unadjusted : .adjusted
    list = RowList(columns)
    recall()
  }

  /// The departments drop out first where room is short, the last before the others.
  var columns: [ListColumn<DepartmentLine>] {
    func amounts(
      _ id: String, _ title: Phrase, _ priority: Int, _ index: Int
    ) -> ListColumn<DepartmentLine> {
      desk.rowAmounts(
        id, title, priority: priority, areInBase: false, by: shownBy,
        exponent: { [exponent = base.exponent] _ in exponent },
        { $0.row.amounts.element(index) })
    }
    let parts = sheet?.parts ?? []
    let departments = parts.enumerated().map { index, part in
      amounts(
        "department.\(part.department.value)", Phrase(verbatim: part.code), 2 + index, 1 + index)
    }
    return [
      ListColumn("account", "Account", .text(atLeast: 20), words: { $0.row.item.phrase }),
      amounts("total", "Total", 0, 0),
    ] + departments + [amounts("untagged", "Untagged", 1, 1 + parts.count)]
  }

  package var title: Phrase { "Income by department" }
  package var section: Section? { .trialBalance }

  private var report: DepartmentStatement {
    DepartmentStatement(
      of: isOfPeriod ? .period(of: day) : .year(to: day), basis, knownAt: knownAt)
  }

  package func load() -> [Effect] {
    let asked = report
    return [
      read(asked, at: desk) { [weak self] sheet in
        guard let self, asked == self.report else { return [] }
        self.sheet = sheet
        let columns = self.columns
        if columns.map(\.id) != self.list.columns.map(\.id) {
          self.list = self.list.showing(columns)
        }
        self.lines = sheet.lines
        self.fold()
        return []
      }
    ]
  }

  func readForExport(
    limit: Int, _ then: @escaping ([DepartmentLine], Footing?) -> [Effect]
  ) -> [Effect] {
    [desk.export(report) { then($0.lines, $1) }]
  }

  func forget() { (sheet, lines) = (nil, []) }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    let line = list.selected
    return [
      Action(.departmentOpen, unavailable: list.unavailable ?? line?.closed) { [weak self] in
        self?.open() ?? []
      },
      foldOne, earlier, later, chooseMoment,
      Action(.statementBasis) { [weak self] in
        self?.change { $0.basis = $0.basis == .adjusted ? .unadjusted : .adjusted } ?? []
      },
      Action(.statementSpan, title: isOfPeriod ? "year" : "month") { [weak self] in
        self?.change { $0.isOfPeriod.toggle() } ?? []
      },
    ] + foldLevels() + [translate] + listActions.filter { $0.id != Binding.mark.id }
  }

  /// Asks for which of the columns the register shall have the lines.
  private func open() -> [Effect] {
    guard let row = list.selected?.row, let sheet else { return [] }
    guard let account = row.item.ofAccount else { return turn() }
    var columns: [(title: Phrase, own: RegisterScope.Own?)] = [("all of the business", nil)]
    for part in sheet.parts {
      columns.append(
        (Phrase(verbatim: "\(part.code) \(part.name)"), .department(part.department)))
    }
    columns.append(("of no department", .untagged))
    let entries = zip(columns, row.amounts).filter { !$1.isZero }.map { column, amount in
      Chooser.Entry(column.title, note: Phrase(verbatim: desk.text(amount, by: shownBy))) {
        [weak self] in
        self?.showRegister(of: account, column.own, column.title) ?? []
      }
    }
    return navigator.choose(Chooser(title: "Whose lines?", entries: entries))
  }

  /// Those that the amount is made of.
  private func showRegister(
    of account: FinancialStatement.Account, _ own: RegisterScope.Own?, _ whose: Phrase
  ) -> [Effect] {
    guard let days = sheet?.statement.columns.first else { return [] }
    let scope = RegisterScope(
      from: days.from, to: days.to, LedgerScope(basis, knownAt: knownAt), own: own,
      opening: .nothing, takenOver: days.takenOver != .leftOut)
    return navigator.show(
      RegisterScreen(
        account.id, account.label, in: scope, of: own == nil ? .empty : whose, at: desk))
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel(title, note: note, empty: "Nothing is posted yet.") { [weak self] line in
          self?.shape(of: line) ?? .plain
        })
    ]
  }

  private var note: Phrase {
    guard let statement = sheet?.statement, let days = statement.columns.first else {
      return .empty
    }
    return .joined(
      ["\(days.from.text) to \(days.to.text)"] + shownBy.label + knownAt.known
        + [Phrase(word: basis.rawValue)] + desk.unvalued(statement.unvalued), separator: ", ")
  }
}

/// A row of the income statement by department.
nonisolated struct DepartmentLine: StatementTreeLine {
  /// Its amounts are those of the business, of each department, and of none.
  let row: FinancialStatement.Row
  let isGroup: Bool

  /// Why there is neither a register of it nor anything below.
  fileprivate var closed: Phrase? { isGroup ? nil : row.item.sum }
}

extension DepartmentStatement.Sheet {
  fileprivate var lines: [DepartmentLine] {
    statement.rows.indices.map { index in
      DepartmentLine(row: statement.rows[index], isGroup: statement.isGroup(at: index))
    }
  }
}

extension Binding {
  static let departmentStatement = Binding(
    "statement.departments", ["v"], "departments", "What each department earned and spent",
    DepartmentStatement.permission)
  static let departmentOpen = Binding(
    "departments.open", [.enter, .right, "l"], "register", "Lines of the account, and whose",
    RegisterPage.permission)
}
