import Domain
import Keys
import Operations
package import Phrases

/// The trial balances that were kept, the newest first.
package final class SnapshotsScreen: WholeListScreen {
  package static let keymap: [Binding] = [.snapshotOpen, .snapshotVerify] + Binding.lists
  static let listName = "snapshots"

  private let desk: Desk
  var list: RowList<Snapshots.Row>

  init(at desk: Desk) {
    self.desk = desk
    list = RowList([
      ListColumn("number", "#", .amount, number: { $0.id.value }) { String($0.id.value) },
      ListColumn("from", "First day", .fixed(10), priority: 1) { $0.from.text },
      ListColumn("to", "Last day", .fixed(11)) { $0.asOf.text },
      ListColumn("basis", "Basis", .fixed(16), words: { Phrase(word: $0.basis.rawValue) }),
      desk.amounts("sum", "Sum", showsZero: true) { $0.totalDebit },
      ListColumn("by", "By", .text(atLeast: 10), priority: 2, words: { $0.taker }),
      ListColumn("at", "Taken", .fixed(16), priority: 3) { $0.takenAt.minute },
      ListColumn("state", "State", .fixed(15), words: { $0.state }),
    ])
    recall()
  }

  package var title: Phrase { "Snapshots" }
  package var section: Section? { .trialBalance }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] { readWhole(Snapshots(), at: desk) }

  /// What they come to is made of entries, of which not everything may be taken out.
  func readForExport(
    limit: Int, _ then: @escaping ([Snapshots.Row], Footing?) -> [Effect]
  ) -> [Effect] {
    [desk.export(Snapshots(), then: then)]
  }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.snapshotOpen, unavailable: list.unavailable) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.navigator.show(SnapshotScreen(row, at: self.desk))
      },
      Action(.snapshotVerify, unavailable: list.unavailable) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.desk.verify(row.id)
      },
    ] + listActions
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel(
          "Snapshots", note: Phrase(verbatim: desk.place.baseCurrency),
          empty: desk.absence("No trial balance is kept yet.", .snapshotTake) {
            "\($0) on the trial balance keeps one."
          }
        ) { $0.supersededAt == nil ? .plain : .muted })
    ]
  }
}

/// The rows of a trial balance as they were kept.
package final class SnapshotScreen: ListScreen, Translatable {
  package static let keymap: [Binding] =
    [.balanceOpen, .snapshotVerify, .translate] + Binding.lists
  static let listName = "snapshot"
  static let isReport = true

  let desk: Desk
  private let head: Snapshots.Row
  var translation: ConvenienceTranslation?
  var list = RowList<KeptLine>([])

  init(_ head: Snapshots.Row, at desk: Desk) {
    self.desk = desk
    self.head = head
    list = RowList(columns)
    recall()
  }

  var day: Day { head.asOf }

  var untranslatable: Phrase? {
    head.currency == .base ? nil : "Only amounts in the base currency are translated."
  }

  var columns: [ListColumn<KeptLine>] {
    func amounts(
      _ id: String, _ title: Phrase, showsZero: Bool = false,
      _ amount: @escaping (KeptLine) -> Money
    ) -> ListColumn<KeptLine> {
      desk.rowAmounts(
        id, title, showsZero: showsZero, areInBase: head.currency == .base, by: shownBy,
        exponent: { $0.exponent }, amount)
    }
    return [
      ListColumn("number", "No", .fixed(8)) { $0.line.number },
      ListColumn("account", "Account", .text(atLeast: 12), total: .label, words: { $0.name }),
      ListColumn("currency", "In", .fixed(5), priority: 1) { [shownBy] in
        shownBy?.currency.code ?? $0.line.currency
      },
      amounts("opening", "Opening", showsZero: true) { $0.line.opening },
      amounts("debit", "Debit") { $0.line.debit }, amounts("credit", "Credit") { $0.line.credit },
      amounts("closing", "Closing", showsZero: true) { $0.line.closing },
    ]
  }

  package var title: Phrase { "Snapshot \(head.id.value)" }
  package var section: Section? { .trialBalance }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] {
    [
      read(SnapshotDetail(head.id), at: desk) { [weak self] detail in
        self?.list.take(detail.rows)
        return []
      }
    ]
  }

  func readForExport(limit: Int, _ then: @escaping ([KeptLine], Footing?) -> [Effect]) -> [Effect] {
    [desk.export(SnapshotDetail(head.id)) { then($0.rows, $1) }]
  }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.balanceOpen, unavailable: list.unavailable ?? list.selected?.sum) { [weak self] in
        guard let self, let line = self.list.selected?.line, let account = line.account else {
          return []
        }
        return self.navigator.show(
          RegisterScreen(
            account, "\(line.number) \(line.name)", in: self.head.register(in: line.currency),
            exponent: self.list.selected?.exponent, at: self.desk))
      },
      Action(.snapshotVerify) { [weak self] in
        guard let self else { return [] }
        return self.desk.verify(self.head.id)
      }, translate,
    ] + listActions
  }

  package var panels: [Panel] {
    let days: Phrase = "\(head.from.text) to \(head.asOf.text)"
    var panel = list.panel(
      "Snapshot \(head.id.value)",
      note: .joined(
        [days] + shownBy.label + [Phrase(word: head.basis.rawValue), head.state],
        separator: ", "),
      empty: "It was kept before anything was posted.")
    panel.totals = list.totals()
    return [.table(panel), .facts(facts)]
  }

  private var facts: FactsPanel {
    FactsPanel(
      title: "What was kept",
      facts: [
        "Taken": "\(head.takenAt.minute), \(head.taker)",
        "Known at": Phrase(verbatim: head.knownAt?.minute ?? ""),
        "Audit log": "up to record \(head.auditSequence)",
        "SHA-256": Phrase(verbatim: head.sha256),
      ])
  }
}

/// A row with how many decimals its currency has.
nonisolated struct KeptLine: Listed {
  let line: SnapshotDetail.Line
  let exponent: Int

  struct Identity: Hashable {
    let account: ID<Account>?
    let currency: String
  }

  var identity: Identity { Identity(account: line.account, currency: line.currency) }

  fileprivate var name: Phrase {
    line.account == nil
      ? FinancialStatement.Item.earlierEarnings.phrase : Phrase(verbatim: line.name)
  }

  /// Why there is no register of it; nil of an account.
  fileprivate var sum: Phrase? {
    line.account == nil ? FinancialStatement.Item.earlierEarnings.sum : nil
  }
}

extension Snapshots.Row {
  /// The lines of one of its rows, which is in `currency`.
  fileprivate func register(in currency: String) -> RegisterScope {
    RegisterScope(
      from: from, to: asOf, LedgerScope(basis, knownAt: knownAt ?? takenAt),
      currency: self.currency == .base ? nil : currency, opening: .ofYear, takenOver: false)
  }
}

extension SnapshotDetail.Detail {
  fileprivate var rows: [KeptLine] {
    lines.map { KeptLine(line: $0, exponent: exponents[$0.currency] ?? 2) }
  }
}

nonisolated extension Snapshots.Row: Listed {
  var identity: ID<TrialBalanceSnapshot> { id }

  fileprivate var taker: Phrase { takenBy.map { Phrase(verbatim: $0) } ?? "the system" }
  fileprivate var state: Phrase { supersededAt == nil ? .empty : "reopened since" }
}

extension Desk {
  /// Says whether it is what was kept, and whether the books still give it.
  fileprivate func verify(_ snapshot: ID<TrialBalanceSnapshot>) -> [Effect] {
    [
      fetch(VerifySnapshot(snapshot), "Verifying the snapshot") { [navigator] verdict in
        let isProved = verdict.isIntact && verdict.isReproduced
        navigator.tell(isProved ? .done : .error, verdict.words)
        return []
      }
    ]
  }
}

extension VerifySnapshot.Verdict {
  fileprivate var words: Phrase {
    let number = head.id.value
    guard isIntact else {
      return "The rows of snapshot \(number) were altered. Stop working and call your auditor."
    }
    guard isReproduced else {
      let accounts = differences.joined(separator: ", ")
      return "The books give another snapshot \(number) now: \(accounts). Call your auditor."
    }
    return postedSince == 0
      ? "Snapshot \(number) is proved: the books give the same again."
      : "Snapshot \(number) is proved, without \(postedSince) entries that were posted since."
  }
}

extension Binding {
  static let snapshotOpen = Binding(
    "snapshot.open", [.enter, .right, "l"], "rows", "The rows as they were kept",
    SnapshotDetail.permission)
  static let snapshotVerify = Binding(
    "snapshot.verify", ["V"], "verify", "Prove that it is what was reported",
    VerifySnapshot.permission)
}
