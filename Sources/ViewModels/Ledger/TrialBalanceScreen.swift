import Domain
import Keys
import Operations
package import Phrases

/// Every account's balance on a day, debits and credits proved equal; beside it what it was on another.
package final class TrialBalanceScreen: BalanceChoosing, ListScreen {
  package static let keymap: [Binding] =
    [
      .balanceOpen, .balanceEarlier, .balanceLater, .balanceBasis, .balanceCompare, .balanceZeros,
      .balanceCurrency, .balanceDepartment, .rollForward, .worksheet, .statements, .consolidation,
      .snapshotTake, .snapshots,
    ] + Binding.lists
  static let listName = "trial-balance"

  let desk: Desk
  var choice: BalanceChoice
  /// Nil is with nothing.
  private var comparison: Comparison?
  var found: TrialBalance?
  var list = RowList<BalanceLine>([])
  /// Of the row under the cursor, or of the one before while that is read, so that nothing blinks.
  private var preview: (row: BalanceLine, lines: [RegisterPage.Row])?

  /// As of a day, or of today.
  init(asOf: Day? = nil, at desk: Desk) {
    self.desk = desk
    choice = BalanceChoice(asOf: asOf)
    list = RowList(columns)
    recall()
  }

  var columns: [ListColumn<BalanceLine>] {
    func amounts(
      _ id: String, _ title: Phrase, adds: Bool, _ amount: @escaping (BalanceLine) -> Money?
    ) -> ListColumn<BalanceLine> {
      desk.rowAmounts(
        id, title, areInBase: adds && choice.isInBase, exponent: { $0.balance.exponent }, amount)
    }
    var columns: [ListColumn<BalanceLine>] = [
      ListColumn("number", "No", .fixed(8)) { $0.balance.number },
      ListColumn("account", "Account", .text(atLeast: 12), total: .label) { $0.balance.path },
    ]
    if !choice.isInBase {
      columns.append(ListColumn("currency", "In", .fixed(5)) { $0.balance.currency })
    }
    columns += [
      amounts("debit", "Debit", adds: true) { $0.balance.balance.debit },
      amounts("credit", "Credit", adds: true) { $0.balance.balance.credit },
      ListColumn("abnormal", "", .fixed(1), words: { $0.balance.isAbnormal ? "!" : .empty }),
    ]
    guard comparison != nil else { return columns }
    columns += [
      amounts("compared", "Compared", adds: false) { $0.compared },
      amounts("change", "Change", adds: false) { $0.variance?.amount },
    ]
    columns.append(
      ListColumn(
        "percent", "%", .fixed(8), priority: 1, number: { $0.variance?.tenths ?? .min },
        words: { $0.variance?.percent ?? .empty }))
    columns.append(
      ListColumn("mark", "", .fixed(1), words: { $0.variance?.mark ?? .empty }))
    return columns
  }

  package var title: Phrase { "Trial balance" }

  var report: TrialBalanceReport {
    TrialBalanceReport(
      asOf: day, choice.scope, currency: choice.currency,
      comparing: [comparison].compactMap(\.self))
  }

  func rows(of balance: TrialBalance) -> [BalanceLine] {
    balance.lines.filter { !choice.hidesZeros || !$0.balance.isZero }.map(BalanceLine.init)
  }

  func forget() { (found, preview) = (nil, nil) }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    let fixed: Phrase? = comparison == nil ? "Only what holds something is listed." : nil
    let readsAll = desk.place.readsStatements
    var actions = [
      Action(.balanceOpen, unavailable: list.unavailable) { [weak self] in
        guard let self, let line = self.list.selected else { return [] }
        return self.desk.navigator.show(
          RegisterScreen(line.balance.account, line.label, to: self.day, at: self.desk))
      },
      earlier, later, turnBasis,
      Action(.balanceCompare) { [weak self] in self?.compare() ?? [] },
      turnZeros(unavailable: fixed), turnCurrency, chooseDepartment,
      Action(.rollForward) { [desk, choice] in
        desk.navigator.show(RollForwardScreen(choice, at: desk))
      },
      Action(.worksheet) { [desk, choice] in
        desk.navigator.show(WorksheetScreen(asOf: choice.asOf, at: desk))
      },
    ]
    if readsAll { actions += [statements, consolidation] }
    actions.append(keep(.year(to: day)))
    if readsAll { actions.append(snapshots) }
    return actions + listActions
  }

  /// With the end of the period before, of the same period a year before, with nothing.
  private func compare() -> [Effect] {
    let others: [Comparison?] = [nil, .priorPeriod, .priorYear]
    comparison = others.after(comparison)
    if comparison == nil { choice.hidesZeros = false }
    return show()
  }

  private var statements: Action {
    Action(.statements) { [desk, choice] in
      desk.navigator.show(StatementScreen(asOf: choice.asOf, at: desk))
    }
  }

  private var consolidation: Action {
    Action(.consolidation) { [desk, choice] in
      desk.navigator.show(ConsolidationScreen(asOf: choice.asOf, at: desk))
    }
  }

  private var snapshots: Action {
    Action(.snapshots) { [desk] in desk.navigator.show(SnapshotsScreen(at: desk)) }
  }

  package func absence(of binding: Binding) -> Phrase? {
    switch binding.id {
    case Binding.statements.id, Binding.consolidation.id:
      "Statements are for whoever reads the reports of the whole business."
    case Binding.snapshots.id:
      "Snapshots are for whoever reads the reports of the whole business."
    default: nil
    }
  }

  package var panels: [Panel] {
    var note: [Phrase] = []
    if let found {
      note = ["as of \(found.asOf.text), \(currencyWords)"] + choice.words
      note += found.comparisons.map { other -> Phrase in "against \(other.asOf.text)" }
      note += desk.unvalued(found.unvalued)
    }
    var panel = list.panel(
      "Trial balance", note: .joined(note, separator: ", "), empty: emptiness
    ) { $0.balance.isAbnormal ? .warning : .plain }
    // Without a filter that is the proof.
    panel.totals = list.totals()
    return [.table(panel)]
  }

  package var hasDetails: Bool { true }
  package var details: [Panel] {
    guard list.selected != nil, let preview else { return [] }
    return [.table(desk.lastLines(preview.lines, of: preview.row.label))]
  }

  package func loadDetails() -> [Effect] {
    guard let line = list.selected else { return [] }
    return desk.lastLines(of: line.balance.account, to: day) { [weak self] lines in
      if self?.list.selected == line { self?.preview = (line, lines) }
    }
  }
}

extension Desk {
  /// What whoever reads base amounts must know of lines that no rate has valued.
  func unvalued(_ count: Int) -> [Phrase] {
    switch count {
    case 0: []
    case 1: ["1 line not valued"]
    default: ["\(count) lines not valued"]
    }
  }
}

/// A row of the trial balance and how far it is from what it is compared with; a difference that books
/// can't hold is left out.
nonisolated struct BalanceLine: Listed, Hashable {
  let balance: AccountBalance
  let compared: Money?
  let variance: Variance?

  init(_ balance: AccountBalance) {
    self.balance = balance
    // Neither is, where it can't be worked out.
    compared = (try? balance.shown(comparedWith: 0)) ?? nil
    variance = (try? balance.variance(against: 0)) ?? nil
  }

  var identity: AccountCell { AccountCell(balance.account, balance.currency) }

  /// `1120 Current account`.
  var label: String { "\(balance.number) \(balance.path.split(separator: ":").last ?? "")" }
}

extension Binding {
  static let balanceCompare = Binding(
    "balance.compare", ["c"], "compare", "Compare with another time",
    TrialBalanceReport.permission)
  static let rollForward = Binding(
    "balance.forward", ["f"], "roll-forward", "Opening, debits, credits and closing",
    RollForwardReport.permission)
  static let worksheet = Binding(
    "balance.worksheet", ["W"], "worksheet", "Adjustments and statements beside it",
    WorksheetReport.permission)
  static let snapshots = Binding(
    "balance.snapshots", ["S"], "snapshots", "Trial balances that were kept",
    Snapshots.permission)
}
