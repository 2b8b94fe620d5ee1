import Domain
import Keys
import Operations
package import Phrases

/// What every account held before some days, what was booked on it in them, and what it held after.
package final class RollForwardScreen: BalanceChoosing, ListScreen {
  package static let keymap: [Binding] =
    [
      .balanceOpen, .balanceEarlier, .balanceLater, .balanceSpan, .balanceBasis, .balanceZeros,
      .balanceCurrency, .balanceDepartment, .snapshotTake,
    ] + Binding.lists
  static let listName = "roll-forward"

  let desk: Desk
  var choice: BalanceChoice
  /// Of the whole period that holds the day, or the year up to it.
  private var isOfPeriod = false
  private var forward: RollForward?
  var list: RowList<RollForward.Row>

  init(_ choice: BalanceChoice, at desk: Desk) {
    var choice = choice
    choice.hidesZeros = false
    self.desk = desk
    self.choice = choice
    list = RowList(Self.columns(choice, at: desk))
    recall()
  }

  var columns: [ListColumn<RollForward.Row>] { Self.columns(choice, at: desk) }

  private static func columns(
    _ choice: BalanceChoice, at desk: Desk
  ) -> [ListColumn<RollForward.Row>] {
    func amounts(
      _ id: String, _ title: Phrase, showsZero: Bool = false,
      _ amount: @escaping (RollForward.Row) -> Money
    ) -> ListColumn<RollForward.Row> {
      desk.rowAmounts(
        id, title, showsZero: showsZero, areInBase: choice.isInBase, exponent: { $0.exponent },
        amount)
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
  package var section: Section? { .trialBalance }
  var navigator: Navigator { desk.navigator }

  private var span: StatementReport.Span { isOfPeriod ? .period(of: day) : .year(to: day) }

  private var report: RollForwardReport {
    RollForwardReport(span, choice.scope, currency: choice.currency)
  }

  package func load() -> [Effect] {
    let asked = report
    return [
      read(asked, at: desk) { [weak self] forward in
        guard let self, asked == self.report else { return [] }
        self.forward = forward
        self.list.take(self.rows(of: forward))
        return []
      }
    ]
  }

  private func rows(of forward: RollForward) -> [RollForward.Row] {
    forward.rows.filter { !choice.hidesZeros || !$0.closing.isZero }
  }

  func readForExport(
    limit: Int, _ then: @escaping ([RollForward.Row]) -> [Effect]
  ) -> [Effect] {
    [desk.fetch(Exported(report)) { [weak self] in then(self?.rows(of: $0) ?? []) }]
  }

  func forget() { forward = nil }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.balanceOpen, unavailable: list.unavailable ?? list.selected?.item.sum) {
        [weak self] in
        guard let self, let account = self.list.selected?.item.ofAccount else { return [] }
        return self.navigator.show(
          RegisterScreen(
            account.id, "\(account.number) \(account.name)", to: self.forward?.through,
            at: self.desk))
      },
      earlier, later,
      Action(.balanceSpan, title: isOfPeriod ? "year" : "month") { [weak self] in
        guard let self else { return [] }
        self.isOfPeriod.toggle()
        return self.load()
      },
      turnBasis, turnZeros(), turnCurrency, chooseDepartment, keep(span),
    ] + listActions
  }

  package var panels: [Panel] {
    var note: [Phrase] = []
    if let forward {
      note = [
        "\(forward.from.text) to \(forward.through.text)",
        choice.isInBase ? Phrase(verbatim: desk.place.baseCurrency) : "each in its own currency",
      ]
      note += choice.words
      note += desk.unvalued(forward.unvalued)
    }
    var panel = list.panel(
      "Roll-forward", note: .joined(note, separator: ", "), empty: emptiness)
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

nonisolated extension RollForward.Row: Listed {
  struct Identity: Hashable {
    let item: FinancialStatement.Item
    let currency: String
  }

  var identity: Identity { Identity(item: item, currency: currency) }
}

nonisolated extension FinancialStatement.Item {
  /// Why there is no register of it; nil of an account.
  var sum: Phrase? { ofAccount == nil ? "This is a sum. Open an account of it." : nil }
}

extension Binding {
  static let balanceSpan = Binding(
    "balance.span", ["p"], "month", "Of the month, or of the year so far",
    RollForwardReport.permission)
}
