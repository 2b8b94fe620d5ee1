import Domain
import Keys
import Operations
package import Phrases

/// What every account held before some days, what was booked on it in them, and what it held after.
package final class RollForwardScreen: BalanceChoosing, ListScreen, Translatable {
  package static let keymap: [Binding] =
    [
      .balanceOpen, .balanceEarlier, .balanceLater, .balanceSpan, .balanceBasis, .balanceZeros,
      .balanceCurrency, .balanceDepartment, .balanceKnown, .snapshotTake, .translate,
    ] + Binding.lists
  static let listName = "roll-forward"

  let desk: Desk
  var choice: BalanceChoice
  var translation: ConvenienceTranslation?
  /// Of the whole period that holds the day, or the year up to it.
  private var isOfPeriod = false
  var found: RollForward?
  var list = RowList<RollForward.Row>([])

  init(_ choice: BalanceChoice, at desk: Desk) {
    var choice = choice
    choice.hidesZeros = false
    self.desk = desk
    self.choice = choice
    list = RowList(columns)
    recall()
  }

  var columns: [ListColumn<RollForward.Row>] {
    func amounts(
      _ id: String, _ title: Phrase, showsZero: Bool = false,
      _ amount: @escaping (RollForward.Row) -> Money
    ) -> ListColumn<RollForward.Row> {
      desk.rowAmounts(
        id, title, showsZero: showsZero, areInBase: choice.isInBase, by: shownBy,
        exponent: { $0.exponent }, amount)
    }
    var columns: [ListColumn<RollForward.Row>] = [
      ListColumn(
        "account", "Account", .text(atLeast: 16), total: .label, words: { $0.item.phrase })
    ]
    if !choice.isInBase {
      columns.append(ListColumn("currency", "In", .fixed(5)) { $0.currency })
    }
    columns += [
      amounts("opening", "Opening", showsZero: true) { $0.opening },
      amounts("debit", "Debit") { $0.debit }, amounts("credit", "Credit") { $0.credit },
      amounts("closing", "Closing", showsZero: true) { $0.closing },
    ]
    return columns
  }

  package var title: Phrase { "Roll-forward" }

  private var span: StatementReport.Span { isOfPeriod ? .period(of: day) : .year(to: day) }

  var report: RollForwardReport {
    RollForwardReport(span, choice.scope, currency: choice.currency)
  }

  func rows(of forward: RollForward) -> [RollForward.Row] {
    forward.rows.filter { !choice.hidesZeros || !$0.closing.isZero }
  }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      openRegister(of: \.item, in: registerScope, exponent: list.selected?.exponent), earlier,
      later,
      Action(.balanceSpan, title: isOfPeriod ? "year" : "month") { [weak self] in
        guard let self else { return [] }
        self.isOfPeriod.toggle()
        return self.load()
      },
      turnBasis, turnZeros(), turnCurrency, chooseDepartment, chooseMoment, keep(span),
      translate,
    ] + listActions
  }

  /// The balance begins with what the row opens with, and ends with what it closes with.
  private var registerScope: RegisterScope {
    RegisterScope(
      from: found?.from ?? .first, to: found?.through ?? day, choice.scope,
      currency: choice.isInBase ? nil : list.selected?.currency, opening: .ofYear,
      takenOver: false)
  }

  package var panels: [Panel] {
    var note: [Phrase] = []
    if let found {
      note = ["\(found.from.text) to \(found.through.text)"] + choice.knownAt.known
      note += shownWords + choice.words
      note += desk.unvalued(found.unvalued)
    }
    var panel = list.panel(
      "Roll-forward", note: .joined(note, separator: ", "), empty: emptiness)
    panel.totals = list.totals(leavesOut: choice.hidesZeros)
    return [.table(panel)]
  }
}

nonisolated extension RollForward.Row: Listed {
  struct Identity: Hashable {
    let item: FinancialStatement.Item
    let currency: String
  }

  var identity: Identity { Identity(item: item, currency: currency) }
}

extension Binding {
  static let balanceSpan = Binding(
    "balance.span", ["p"], "month", "Of the month, or of the year so far",
    RollForwardReport.permission)
}
