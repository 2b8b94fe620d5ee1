import Domain
import Keys
import Operations
package import Phrases

/// How far an account was held against what its bank says, the latest first.
package final class ReconciliationsScreen: WholeListScreen {
  package static let keymap: [Binding] =
    [
      .reconOpen, .reconNew, .reconImport, .reconEdit, .reconReopen, .reconAbandon, .bankStatements,
    ]
    + Binding.lists
  static let listName = "reconciliations"

  private let desk: Desk
  private let account: ID<Account>
  private let label: String
  var list: RowList<Reconciliations.Row>

  init(of account: ID<Account>, _ label: String, at desk: Desk) {
    self.desk = desk
    self.account = account
    self.label = label
    list = RowList([
      ListColumn("to", "Up to", .fixed(10)) { $0.asOf.text },
      ListColumn("balance", "The bank says", .text(atLeast: 14), words: { $0.amount }),
      ListColumn("state", "State", .fixed(15), words: { $0.status.phrase }),
      ListColumn("preparer", "Begun by", .text(atLeast: 10)) { $0.preparer },
      ListColumn("approver", "Closed by", .text(atLeast: 10), priority: 1) { $0.approver ?? "" },
      ListColumn("closed", "Closed", .fixed(16), priority: 2) { $0.closedAt?.minute ?? "" },
    ])
    recall()
  }

  package var title: Phrase { "Reconciliations" }
  package var section: Section? { .accounts }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] { readWhole(Reconciliations(of: account), at: desk) }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.reconOpen, unavailable: list.unavailable) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.navigator.show(ReconciliationScreen(row, at: self.desk))
      },
      Action(.reconNew, unavailable: begun) { [weak self] in self?.begin() ?? [] },
      Action(.reconImport) { [weak self] in self?.importStatement() ?? [] },
      Action(.reconEdit, unavailable: list.unavailable ?? closed) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.navigator.show(ReconciliationForm.amending(row, at: self.desk))
      },
      Action(.reconReopen, unavailable: list.unavailable ?? standing) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.desk.askWhy(
          title: "Reopen the reconciliation to \(row.asOf.text)?",
          body: "What it cleared can be changed then. It has to be closed anew.",
          confirm: "Reopen", least: ReopenReconciliation.leastReason
        ) {
          self.desk.carryOut(
            ReopenReconciliation(row.id, reason: $0),
            "The reconciliation to \(row.asOf.text) is open again.")
        }
      },
      Action(.reconAbandon, unavailable: list.unavailable ?? closed) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.navigator.ask(
          Dialog(
            title: "Give up the reconciliation to \(row.asOf.text)?",
            body: "What was matched and cleared in it is open again. Entries stay as they are.",
            confirm: "Give up"
          ) { _ in
            self.desk.carryOut(
              AbandonReconciliation(row.id), "The reconciliation to \(row.asOf.text) is gone.")
          })
      },
      Action(.bankStatements) { [weak self] in
        guard let self else { return [] }
        return self.navigator.show(
          BankStatementsScreen(of: self.account, self.label, at: self.desk))
      },
    ] + listActions
  }

  /// Why none can be begun.
  private var begun: Phrase? {
    list.whole?.first { $0.status == .open }.map { ReconciliationProblem.begun($0.asOf).phrase }
  }

  /// Why the one under the cursor can't be changed.
  private var closed: Phrase? {
    list.selected?.status == .closed ? ReconciliationProblem.closed.phrase : nil
  }

  /// Why it can't be opened again.
  private var standing: Phrase? {
    guard let row = list.selected else { return nil }
    if row.status == .open { return ReconciliationProblem.notClosed.phrase }
    guard !row.isLatest, let latest = list.whole?.map(\.asOf).max() else { return nil }
    return ReconciliationProblem.notLatest(latest).phrase
  }

  private func begin() -> [Effect] {
    [
      desk.fetch(NextReconciliation(of: account), holding: .keys) { [desk, account] next in
        desk.navigator.show(ReconciliationForm.beginning(account, next, at: desk))
      }
    ]
  }

  private func importStatement() -> [Effect] {
    [
      desk.fetch(NextReconciliation(of: account), holding: .keys) { [desk, account] next in
        desk.navigator.show(
          ImportScreen(
            StatementImport(account: account, currency: next.currency, exponent: next.exponent),
            at: desk))
      }
    ]
  }

  package var panels: [Panel] {
    let importing = navigator.key(of: .reconImport)
    return [
      .table(
        list.panel(
          Phrase(verbatim: label), note: .empty,
          empty: desk.absence("It was never held against what the bank says.", .reconNew) {
            "\($0) begins, \(importing) imports."
          }
        ) { $0.status == .open ? .plain : .muted })
    ]
  }
}

/// What is asked of a reconciliation.
private enum ReconciliationForm {
  /// With what the next statement says, where it is here.
  static func beginning(
    _ account: ID<Account>, _ next: NextReconciliation.Value, at desk: Desk
  ) -> FormScreen {
    let statement = next.statement
    let balance = statement.map {
      desk.navigator.settings.amounts.text($0.closing, exponent: next.exponent)
    }
    return FormScreen(
      "New reconciliation", fields(day: statement?.to ?? desk.today, balance ?? "", next.currency),
      in: .accounts, StartReconciliation.permission, at: desk
    ) { form in
      guard let (day, balance) = terms(of: form, exponent: next.exponent, at: desk) else {
        return []
      }
      // One that doesn't go on from the last is held against by its balance alone.
      let isStatement =
        statement.map {
          $0.to == day && $0.closing == balance && (next.opening ?? $0.opening) == $0.opening
        } ?? false
      let said = isStatement ? statement.map { StartReconciliation.Said.statement($0.id) } : nil
      return form.perform(
        StartReconciliation(account, said ?? .balance(balance, on: day)), place: Self.place
      ) { id in
        (desk.navigator.top as? ReconciliationsScreen)?.list.newcomer = id
        return "The reconciliation to \(day.text) is begun."
      }
    }
  }

  static func amending(_ row: Reconciliations.Row, at desk: Desk) -> FormScreen {
    let balance = desk.navigator.settings.amounts.text(row.statementBalance, exponent: row.exponent)
    return FormScreen(
      "Reconciliation to \(row.asOf.text)", fields(day: row.asOf, balance, row.currency),
      in: .accounts, AmendReconciliation.permission, at: desk
    ) { form in
      guard let (day, balance) = terms(of: form, exponent: row.exponent, at: desk) else {
        return []
      }
      return form.perform(
        AmendReconciliation(row.id, to: balance, on: day, version: row.version), place: Self.place
      ) { _ in "The reconciliation goes up to \(day.text)." }
    }
  }

  private static func fields(day: Day, _ balance: String, _ currency: String) -> [FormField] {
    [
      FormField(label: "Up to", text: day.text),
      FormField(label: "The bank says (\(currency))", text: balance),
    ]
  }

  private static func terms(
    of form: FormScreen, exponent: Int, at desk: Desk
  ) -> (day: Day, balance: Money)? {
    let day = form.reading(0, orElse: "Up to which day?") {
      try DayExpression.parse($0, today: desk.today, reference: desk.today)
    }
    let balance = form.reading(1, orElse: "How much is it at the bank?") {
      try AmountExpression.parse($0, exponent: exponent)
    }
    guard let day, let balance else { return nil }
    return (day, balance)
  }

  private static func place(_ refusal: Refusal) -> Int? {
    switch refusal {
    case .reconciliation(.notAfter), .reconciliation(.later): 0
    case .reconciliation(.chain): 1
    default: nil
    }
  }
}

extension Reconciliations.Row {
  /// `1,234.50 USD`.
  fileprivate var amount: Phrase { statementBalance.signed(in: currency) }
}

nonisolated extension Reconciliations.Row: Listed {
  var identity: ID<Reconciliation> { id }
}

extension Binding {
  static let reconciliations = Binding(
    "account.reconcile", ["t"], "reconcile", "Hold it against what the bank says",
    Reconciliations.permission)
  static let reconOpen = Binding(
    "recon.open", [.enter, .right, "l"], "open", "Both sides, line by line",
    ReconciliationSheet.permission)
  static let reconNew = Binding(
    "recon.new", ["n"], "new", "Begin a reconciliation", StartReconciliation.permission)
  static let reconImport = Binding(
    "recon.import", ["i"], "import", "Import what the bank says",
    ImportBankStatement.permission)
  static let reconEdit = Binding(
    "recon.edit", ["e"], "edit", "Another day or another balance", AmendReconciliation.permission)
  static let reconReopen = Binding(
    "recon.reopen", ["R"], "reopen", "Open the latest again, with a reason",
    ReopenReconciliation.permission)
  static let reconAbandon = Binding(
    "recon.abandon", ["D"], "give up", "Give up what isn't closed",
    AbandonReconciliation.permission)
}
