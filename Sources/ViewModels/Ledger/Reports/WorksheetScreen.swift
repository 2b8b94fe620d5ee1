import Domain
import Keys
import Operations
package import Phrases

/// The year's worksheet: balances before and after adjusting entries, and the statement that each
/// belongs to. Where ten columns have no room, it is the last that go.
package final class WorksheetScreen: BalanceChoosing, ListScreen, Translatable {
  package static let keymap: [Binding] =
    [
      .balanceOpen, .balanceEarlier, .balanceLater, .balanceKnown, .balanceZeros, .translate,
    ] + Binding.lists
  static let listName = "worksheet"

  let desk: Desk
  var choice: BalanceChoice
  var translation: ConvenienceTranslation?
  var found: Worksheet?
  var list = RowList<Worksheet.Row>([])

  /// As of a day, or of today, and as known at a moment, or now.
  init(asOf: Day?, knownAt: Timestamp?, at desk: Desk) {
    self.desk = desk
    choice = BalanceChoice(asOf: asOf, knownAt: knownAt)
    list = RowList(columns)
    recall()
  }

  var columns: [ListColumn<Worksheet.Row>] {
    var columns: [ListColumn<Worksheet.Row>] = [
      ListColumn(
        "account", "Account", .text(atLeast: 20), total: .label, words: { $0.item.phrase })
    ]
    for column in Worksheet.Column.allCases {
      columns.append(
        desk.rowAmounts(
          column.rawValue, column.title, priority: column.priority, areInBase: true, by: shownBy,
          exponent: { [exponent = base.exponent] _ in exponent }, { $0.amount(in: column) }))
    }
    return columns
  }

  package var title: Phrase { "Worksheet" }

  var report: WorksheetReport { WorksheetReport(asOf: day, knownAt: choice.knownAt) }

  /// Net income holds nothing before it stands on a statement.
  func rows(of worksheet: Worksheet) -> [Worksheet.Row] {
    worksheet.rows.filter {
      !choice.hidesZeros || !$0.adjusted.isZero || $0.item == .netIncome
    }
  }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      openRegister(of: \.item, in: registerScope), earlier, later, chooseMoment, turnZeros(),
      translate,
    ] + listActions
  }

  /// Of income and expenses since their fiscal year began, as the row has them.
  private var registerScope: RegisterScope {
    let isOfYear = list.selected?.item.ofAccount?.type.isTemporary == true
    let from = isOfYear ? found?.from : nil
    return RegisterScope(
      from: from ?? .first, to: day, LedgerScope(.adjusted, knownAt: choice.knownAt),
      opening: .ofYear)
  }

  package var panels: [Panel] {
    var note: [Phrase] = []
    if let found {
      note = ["\(found.from.text) to \(found.asOf.text)"] + choice.knownAt.known
      note += shownWords
      note += desk.unvalued(found.unvalued)
    }
    var panel = list.panel(
      "Worksheet", note: .joined(note, separator: ", "), empty: emptiness)
    panel.totals = list.totals(leavesOut: choice.hidesZeros)
    return [.table(panel)]
  }
}

nonisolated extension Worksheet.Row: Listed {
  var identity: FinancialStatement.Item { item }
}

extension Worksheet.Column {
  fileprivate var title: Phrase {
    switch self {
    case .unadjustedDebit: "Unadjusted Dr"
    case .unadjustedCredit: "Unadjusted Cr"
    case .adjustingDebit: "Adjusting Dr"
    case .adjustingCredit: "Adjusting Cr"
    case .adjustedDebit: "Adjusted Dr"
    case .adjustedCredit: "Adjusted Cr"
    case .incomeDebit: "Income Dr"
    case .incomeCredit: "Income Cr"
    case .balanceDebit: "Balance Dr"
    case .balanceCredit: "Balance Cr"
    }
  }

  fileprivate var priority: Int {
    switch self {
    case .unadjustedDebit, .unadjustedCredit: 0
    case .adjustingDebit, .adjustingCredit: 1
    case .adjustedDebit, .adjustedCredit: 2
    case .incomeDebit, .incomeCredit: 3
    case .balanceDebit, .balanceCredit: 4
    }
  }
}
