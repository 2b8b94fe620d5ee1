import Domain
import Keys
import Operations
package import Phrases

/// The statements of an account that were imported from its bank, in the order of time.
package final class BankStatementsScreen: WholeListScreen {
  package static let keymap: [Binding] = [.bankOpen, .bankRemove] + Binding.lists
  static let listName = "bank-statements"

  private let desk: Desk
  private let account: ID<Account>
  private let label: String
  var list: RowList<BankStatements.Row>

  init(of account: ID<Account>, _ label: String, at desk: Desk) {
    self.desk = desk
    self.account = account
    self.label = label
    func amounts(
      _ id: String, _ title: Phrase, priority: Int = 0, showsZero: Bool = true,
      _ amount: @escaping (BankStatements.Row) -> Money?
    ) -> ListColumn<BankStatements.Row> {
      desk.rowAmounts(
        id, title, priority: priority, showsZero: showsZero, areInBase: false,
        exponent: { $0.exponent }, amount)
    }
    list = RowList([
      ListColumn("from", "First day", .fixed(10)) { $0.span.from.text },
      ListColumn("to", "Last day", .fixed(11)) { $0.span.to.text },
      amounts("opening", "Opening") { $0.span.opening },
      amounts("closing", "Closing") { $0.span.closing },
      ListColumn("currency", "In", .fixed(5), priority: 2) { $0.currency },
      amounts("gap", "Gap", priority: 1, showsZero: false) { $0.gap },
      ListColumn("lines", "Lines", .amount, number: { Int64($0.lines) }) { $0.lines.grouped },
      ListColumn("open", "Open", .amount, number: { Int64($0.unmatched) }) {
        $0.unmatched == 0 ? "" : $0.unmatched.grouped
      },
      ListColumn("state", "State", .fixed(13), priority: 1, words: { $0.state }),
      ListColumn("file", "File", .text(atLeast: 10), priority: 2) { $0.file },
      ListColumn("by", "By", .text(atLeast: 10), priority: 3) { $0.importer },
      ListColumn("at", "When", .fixed(16), priority: 3) { $0.importedAt.minute },
    ])
    recall()
  }

  package var title: Phrase { "Bank statements" }
  package var section: Section? { .accounts }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] { readWhole(BankStatements(of: account), at: desk) }

  func readForExport(
    limit: Int, _ then: @escaping ([BankStatements.Row], Footing?) -> [Effect]
  ) -> [Effect] {
    [desk.export(BankStatements(of: account), then: then)]
  }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.bankOpen, unavailable: list.unavailable) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.navigator.show(BankStatementScreen(row, at: self.desk))
      },
      Action(.bankRemove, unavailable: list.unavailable ?? used) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.navigator.ask(
          Dialog(
            title: "Take out the statement to \(row.span.to.text)?",
            body: "Its lines go with it. Its file can be imported once more.",
            confirm: "Take out"
          ) { _ in
            self.desk.carryOut(
              RemoveBankStatement(row.id), "The statement to \(row.span.to.text) is gone.")
          })
      },
    ] + listActions
  }

  private var used: Phrase? {
    list.selected?.isClosed == true
      ? UserMessage(Refusal.bankStatement(.inUse)).phrase : nil
  }

  package var panels: [Panel] {
    let key = desk.navigator.key(of: .reconImport)
    return [
      .table(
        list.panel(
          Phrase(verbatim: label), note: .empty,
          empty: "No statement of the bank is here. \(key) on the reconciliations imports its file."
        ) { $0.gap != nil ? .warning : $0.isClosed ? .muted : .plain })
    ]
  }
}

/// The lines of one statement, as the bank wrote them.
package final class BankStatementScreen: WholeListScreen {
  package static let keymap: [Binding] = Binding.lists
  static let listName = "bank-statement"

  private let desk: Desk
  private let head: BankStatements.Row
  var list: RowList<BankStatementLines.Row>

  init(_ head: BankStatements.Row, at desk: Desk) {
    self.desk = desk
    self.head = head
    func amounts(
      _ id: String, _ title: Phrase, _ amount: @escaping (BankStatementLines.Row) -> Money
    ) -> ListColumn<BankStatementLines.Row> {
      desk.rowAmounts(
        id, title, showsZero: true, areInBase: false, exponent: { _ in head.exponent }, amount)
    }
    list = RowList([
      ListColumn("line", "#", .amount, number: { Int64($0.number) }) { $0.number.grouped },
      ListColumn("date", "Date", .fixed(10)) { $0.booked.text },
      ListColumn("valued", "Valued", .fixed(10), priority: 3) { $0.valued?.text ?? "" },
      ListColumn("text", "Text", .text(atLeast: 12)) { $0.text },
      amounts("amount", "Amount") { $0.amount },
      amounts("balance", "Balance") { $0.balance },
      ListColumn("state", "State", .fixed(11), words: { $0.status.phrase }),
      ListColumn("party", "Party", .text(atLeast: 10), priority: 1) { $0.counterparty },
      ListColumn("reference", "Reference", .text(atLeast: 10), priority: 2) { $0.reference },
    ])
    recall()
  }

  package var title: Phrase { Phrase(verbatim: head.span.to.text) }
  package var section: Section? { .accounts }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] {
    [
      read(BankStatementLines(head.id), at: desk) { [weak self] found in
        self?.list.take(found.lines)
        return []
      }
    ]
  }

  func readForExport(
    limit: Int, _ then: @escaping ([BankStatementLines.Row], Footing?) -> [Effect]
  ) -> [Effect] {
    [desk.export(BankStatementLines(head.id)) { then($0.lines, $1) }]
  }

  package var actions: [Action] { listActions }

  package var panels: [Panel] {
    let (from, to) = (head.span.from.text, head.span.to.text)
    return [
      .table(
        list.panel(
          Phrase(verbatim: head.label), note: "\(from) to \(to), \(head.currency)",
          empty: "Nothing moved in those days."
        ) { $0.status == .unmatched ? .plain : .muted })
    ]
  }
}

nonisolated extension BankStatements.Row: Listed {
  var identity: ID<BankStatement> { id }
  fileprivate var state: Phrase {
    isClosed ? Phrase(word: "closed", context: "reconciliation") : .empty
  }
}

nonisolated extension BankStatementLines.Row: Listed {
  var identity: ID<Domain.StatementLine> { id }
}

extension Binding {
  static let bankStatements = Binding(
    "recon.statements", ["f"], "from the bank", "What was imported from the bank",
    BankStatements.permission)
  static let bankOpen = Binding(
    "bank.open", [.enter, .right, "l"], "lines", "Its lines, as the bank wrote them",
    BankStatementLines.permission)
  static let bankRemove = Binding(
    "bank.remove", ["D"], "take out", "Take out what nothing rests on",
    RemoveBankStatement.permission)
}
