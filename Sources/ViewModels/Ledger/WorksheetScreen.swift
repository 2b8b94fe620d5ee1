import Domain
import Keys
import Operations
package import Phrases

/// The year's worksheet: balances before and after adjusting entries, and the statement that each
/// belongs to. Where ten columns have no room, those further from the statements go first.
package final class WorksheetScreen: BalanceChoosing, ListScreen {
  package static let keymap: [Binding] =
    [.balanceOpen, .balanceEarlier, .balanceLater, .balanceZeros] + Binding.lists
  static let listName = "worksheet"

  let desk: Desk
  var choice: BalanceChoice
  private var worksheet: Worksheet?
  var list: RowList<Worksheet.Row>
  let columns: [ListColumn<Worksheet.Row>]

  /// As of a day, or of today.
  init(asOf: Day?, at desk: Desk) {
    self.desk = desk
    choice = BalanceChoice(asOf: asOf)
    var columns: [ListColumn<Worksheet.Row>] = [
      ListColumn(
        "account", "Account", .text(atLeast: 20), total: .label, words: { $0.item.phrase })
    ]
    for column in Worksheet.Column.allCases {
      columns.append(
        desk.rowAmounts(
          column.rawValue, column.title, priority: column.priority, areInBase: true,
          exponent: { _ in desk.place.exponent }, { $0.amount(in: column) }))
    }
    self.columns = columns
    list = RowList(columns)
    recall()
  }

  package var title: Phrase { "Worksheet" }
  package var section: Section? { .trialBalance }
  var navigator: Navigator { desk.navigator }

  private var report: WorksheetReport { WorksheetReport(asOf: day) }

  package func load() -> [Effect] {
    let asked = report
    return [
      read(asked, at: desk) { [weak self] worksheet in
        guard let self, asked == self.report else { return [] }
        self.worksheet = worksheet
        self.list.take(self.rows(of: worksheet))
        return []
      }
    ]
  }

  /// Net income holds nothing before it stands on a statement.
  private func rows(of worksheet: Worksheet) -> [Worksheet.Row] {
    worksheet.rows.filter {
      !choice.hidesZeros || !$0.adjusted.isZero || $0.item == .netIncome
    }
  }

  func readForExport(
    limit: Int, _ then: @escaping ([Worksheet.Row]) -> [Effect]
  ) -> [Effect] {
    [desk.fetch(Exported(report)) { [weak self] in then(self?.rows(of: $0) ?? []) }]
  }

  func forget() { worksheet = nil }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.balanceOpen, unavailable: list.unavailable ?? list.selected?.item.sum) {
        [weak self] in
        guard let self, let account = self.list.selected?.item.ofAccount else { return [] }
        return self.navigator.show(
          RegisterScreen(
            account.id, "\(account.number) \(account.name)", to: self.day, at: self.desk))
      },
      earlier, later, turnZeros(),
    ] + listActions
  }

  package var panels: [Panel] {
    var note: [Phrase] = []
    if let worksheet {
      note = [
        "\(worksheet.from.text) to \(worksheet.asOf.text)",
        Phrase(verbatim: desk.place.baseCurrency),
      ]
      note += desk.unvalued(worksheet.unvalued)
    }
    var panel = list.panel(
      "Worksheet", note: .joined(note, separator: ", "), empty: emptiness)
    panel.totals = totals
    return [.table(panel)]
  }

  private var totals: [Phrase]? {
    guard !list.rows.isEmpty else { return nil }
    let isAll = list.view.filter.text.isEmpty && !choice.hidesZeros
    return list.totals(isAll ? "Total" : "Total of what is shown") {
      try list.rows.map($0).total()
    }
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
    case .unadjustedDebit, .unadjustedCredit: 3
    case .adjustingDebit, .adjustingCredit: 2
    case .adjustedDebit, .adjustedCredit: 1
    case .incomeDebit, .incomeCredit, .balanceDebit, .balanceCredit: 0
    }
  }
}
