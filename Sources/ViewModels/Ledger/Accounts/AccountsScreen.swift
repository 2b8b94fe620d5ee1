import Domain
import Keys
import Operations
package import Phrases

/// The chart of accounts as a tree, with what each account and all below it hold.
package final class AccountsScreen: ListScreen {
  package static let keymap =
    [
      .accountOpen, .accountFold, .accountDeeper, .accountShallower, .accountItems, .accountNew,
      .accountEdit, .accountMove, .accountMerge, .accountArchive, .accountImport,
      .accountOpening, .reconciliations, .rates,
    ] + Binding.lists.filter { $0.id != Binding.mark.id }
  static let listName = "accounts"

  private let desk: Desk
  private var chart: [ChartOfAccounts.Row] = []
  private let sums = Sums()
  private var folding = Folding<ID<Account>>()
  private var parents: Set<ID<Account>> = []
  /// How deep the rows go; nil is all the way.
  private var depth: Int?
  var list: RowList<ChartOfAccounts.Row>
  /// Of the row under the cursor, or of the one before while that is read, so that nothing blinks.
  private var preview: (row: ChartOfAccounts.Row, lines: [RegisterPage.Row]?)?

  /// Apart from the screen, so that the columns can be made before it.
  private final class Sums {
    private var below: [ID<Account>: Money] = [:]

    /// A sum larger than books can hold shows the accounts' own balances only.
    func add(_ chart: [ChartOfAccounts.Row]) { below = (try? chart.subtreeBalances()) ?? [:] }

    func shown(_ row: ChartOfAccounts.Row) -> Money {
      let balance = below[row.id] ?? row.balance
      // The smallest amount of all has no opposite, and no books hold it.
      return (try? balance.shown(on: row.type.normalSide)) ?? balance
    }

    /// Whether it stands where such an account usually has nothing (R3).
    func isAbnormal(_ row: ChartOfAccounts.Row) -> Bool { shown(row) < .zero }

    /// `C`, or `C!` where that is out of the ordinary.
    func side(_ row: ChartOfAccounts.Row) -> Phrase {
      .joined([row.type.normalSide.letterPhrase, isAbnormal(row) ? "!" : .empty], separator: "")
    }
  }

  init(at desk: Desk) {
    self.desk = desk
    list = RowList([
      ListColumn("account", "Account", .text(atLeast: 20)) { $0.label },
      ListColumn("type", "Type", .fixed(16), priority: 2, words: { $0.type.phrase }),
      ListColumn(
        "balance", "Balance", exponent: desk.place.exponent, amount: { [sums] in sums.shown($0) }
      ) { [sums] row in
        let shown = sums.shown(row)
        return shown.isZero && row.isHeader ? "" : desk.text(shown)
      },
      ListColumn("side", "", .fixed(2), words: { [sums] in sums.side($0) }),
      ListColumn(
        "state", "State", .fixed(8), priority: 1, words: { $0.isActive ? .empty : "archived" }),
    ])
    recall()
  }

  package var subject: ScreenSubject? {
    list.selected.map { ScreenSubject(instance: .account($0.id), name: $0.label) }
  }
  package var title: Phrase { "Accounts" }
  package var section: Section? { .accounts }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] {
    [
      read(ChartOfAccounts(), at: desk) { [weak self] rows in
        self?.take(rows)
        return self?.navigator.showsDetails == true ? self?.loadDetails() ?? [] : []
      }
    ]
  }

  private func take(_ new: [ChartOfAccounts.Row]) {
    chart = new
    parents = Set(new.compactMap(\.parent))
    sums.add(new)
    foldToDepth()
  }

  /// As deep as is asked for.
  private func foldToDepth() {
    if let depth {
      folding.fold(chart.filter { $0.level >= depth && parents.contains($0.id) }.map(\.id))
    }
    list.take(visible(chart))
  }

  private func deepen(by step: Int) -> [Effect] {
    let deepest = chart.map(\.level).max() ?? 0
    depth = min(max((depth ?? deepest) + step, 0), deepest)
    foldToDepth()
    return []
  }

  func readForExport(
    limit: Int, _ then: @escaping ([ChartOfAccounts.Row], Footing?) -> [Effect]
  ) -> [Effect] {
    [
      desk.export(ChartOfAccounts()) { [weak self] rows, footing in
        guard let self else { return [] }
        // The figures of what is exported, which may be fewer, and then again those that are shown.
        self.sums.add(rows)
        defer { self.sums.add(self.chart) }
        return then(self.visible(rows), footing)
      }
    ]
  }

  /// The rows that no folded group hides; a filter and a sort look into groups.
  private func visible(_ chart: [ChartOfAccounts.Row]) -> [ChartOfAccounts.Row] {
    list.arranges ? chart : folding.visible(chart, level: \.level, group: \.id)
  }

  func arrange() -> [Effect] {
    if list.hasLoaded { list.take(visible(chart)) }
    return []
  }

  func forget() { (chart, parents) = ([], []) }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    let none: Phrase? = list.selected == nil ? "There is no account here." : nil
    return looking(none) + keeping(none) + [
      Action(.reconciliations, unavailable: none ?? list.selected.flatMap(notReconciled)) {
        [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.navigator.show(ReconciliationsScreen(of: row.id, row.label, at: self.desk))
      },
      Action(.rates) { [weak self] in
        guard let self else { return [] }
        return self.desk.navigator.show(RatesScreen(at: self.desk))
      },
    ] + listActions.filter { $0.id != Binding.mark.id }
  }

  private func looking(_ none: Phrase?) -> [Action] {
    [
      Action(.accountOpen, unavailable: none) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        if row.isHeader { return self.fold(row) }
        return self.desk.navigator.show(RegisterScreen(row.id, row.label, at: self.desk))
      },
      Action(.accountFold, unavailable: none) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.fold(row)
      },
      Action(.accountDeeper, unavailable: none ?? list.flat) { [weak self] in
        self?.deepen(by: 1) ?? []
      },
      Action(.accountShallower, unavailable: none ?? list.flat) { [weak self] in
        self?.deepen(by: -1) ?? []
      },
      Action(.accountItems, unavailable: none ?? notByParty) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.desk.navigator.show(OpenItemsScreen(row.id, row.label, at: self.desk))
      },
    ]
  }

  private func keeping(_ none: Phrase?) -> [Action] {
    let acts = AccountActions(desk: desk, chart: chart)
    let row = list.selected
    return [
      Action(.accountNew) { acts.add(below: row) },
      Action.using(.accountEdit, unavailable: none) { row.map(acts.edit) ?? [] },
      Action.using(.accountMove, unavailable: none) { row.map(acts.move) ?? [] },
      Action.using(.accountMerge, unavailable: none ?? row.flatMap(acts.cannotMerge)) {
        row.map(acts.merge) ?? []
      },
      archiving(none), importing(.accountImport.asked(importsAccounts), ChartImport()),
      importing(.accountOpening, OpeningImport()),
    ]
  }

  private func importing(_ binding: Binding, _ source: any ImportSource) -> Action {
    Action(binding) { [weak self] in
      guard let self else { return [] }
      return self.navigator.show(ImportScreen(source, at: self.desk))
    }
  }

  /// Whoever imports accounts makes them too, and needs both rights.
  private var importsAccounts: Permission? {
    desk.holds(CreateAccount.permission) ? ImportChart.permission : CreateAccount.permission
  }

  /// Why there is nothing that a bank could say of it.
  private func notReconciled(_ row: ChartOfAccounts.Row) -> Phrase? {
    row.isReconcilable ? nil : ReconciliationProblem.notReconcilable(row.label).phrase
  }

  private var notByParty: Phrase? {
    list.selected?.isKeptByParty == true
      ? nil : "It is for accounts of receivables and payables, and those kept by party."
  }

  private func archiving(_ none: Phrase?) -> Action {
    let isActive = list.selected?.isActive ?? true
    return Action.using(
      .accountArchive, title: isActive ? "archive" : "restore",
      summary: isActive ? "Take out of use" : "Bring back into use", unavailable: none
    ) { [weak self] in
      guard let self, let row = self.list.selected else { return [] }
      return [
        self.desk.perform(
          ArchiveAccount(row.id, row.isActive ? .archive : .restore), "Saving"
        ) { [weak self] in
          self?.desk.navigator.tell(
            .done, row.isActive ? "\(row.label) is archived." : "\(row.label) is in use again.")
          return self?.load() ?? []
        }
      ]
    }
  }

  private func fold(_ row: ChartOfAccounts.Row) -> [Effect] {
    depth = nil
    if parents.contains(row.id) || folding.contains(row.id) { folding.turn(row.id) }
    list.take(visible(chart))
    return []
  }

  package var panels: [Panel] {
    let isTree = !list.arranges
    let panel = list.panel(
      "Chart of accounts", note: Phrase(verbatim: desk.place.baseCurrency),
      empty: desk.absence("No accounts yet.", .accountNew) { "\($0) adds the first." }
    ) { [parents, folding, sums] row in
      var shape = TableRow.Shape(
        tone: row.isHeader
          ? .heading : sums.isAbnormal(row) ? .warning : row.isActive ? .plain : .inactive)
      guard isTree else { return shape }
      shape.level = row.level
      if parents.contains(row.id) { shape.fold = folding.contains(row.id) ? .closed : .open }
      return shape
    }
    return [.table(panel)]
  }

  package var hasDetails: Bool { true }
  package var details: [Panel] {
    guard list.selected != nil, let (row, lines) = preview else { return [] }
    let facts = FactsPanel(
      title: Phrase(verbatim: row.label),
      facts: [
        "Stands under": Phrase(
          verbatim: row.path.split(separator: ":").dropLast().joined(separator: " > ")),
        "Type": row.type.phrase, "Category": row.category.phrase,
        "Currency": row.currency.map { Phrase(verbatim: $0) } ?? "any",
        "Balance": "\(desk.text(sums.shown(row))) \(sums.side(row))",
        "Used by lines": Phrase(verbatim: row.uses.grouped),
      ])
    return [.facts(facts)] + (lines.map { [.table(desk.lastLines($0))] } ?? [])
  }

  package func loadDetails() -> [Effect] {
    guard let row = list.selected else { return [] }
    guard !row.isHeader, desk.holds(RegisterPage.permission) else {
      preview = (row, nil)
      return []
    }
    return desk.lastLines(of: row.id) { [weak self] lines in
      if self?.list.selected?.id == row.id { self?.preview = (row, lines) }
    }
  }
}

nonisolated extension ChartOfAccounts.Row: Listed {
  var identity: ID<Account> { id }
}

extension Desk {
  /// Looks up what was posted to an account last, as far as `scope` counts it.
  func lastLines(
    of account: ID<Account>, in scope: RegisterScope = RegisterScope(to: .last, LedgerScope()),
    _ then: @escaping ([RegisterPage.Row]) -> Void
  ) -> [Effect] {
    do {
      // As many as a line that comes slowly takes while the cursor moves from account to account.
      let query = try RegisterPage(account, in: scope, before: nil, limit: 4)
      return [
        fetch(query) {
          then($0)
          return []
        }
      ]
    } catch {
      // Only a row to go on from can be too large, and there is none.
      return []
    }
  }

  /// The newest on top.
  func lastLines(
    _ lines: [RegisterPage.Row], of account: String? = nil,
    by translation: ConvenienceTranslation? = nil
  ) -> TablePanel {
    TablePanel(
      title: account.map { "Last lines of \($0)" } ?? "Last lines",
      columns: [
        TableColumn("Date", .fixed(10)), TableColumn("Description", .text(atLeast: 10)),
        TableColumn("Amount", .amount, atLeast: 12),
        TableColumn("Balance", .amount, priority: 1, atLeast: 12),
      ],
      rows: lines.reversed().map { line in
        TableRow([
          Phrase(verbatim: line.date.text), line.text,
          Phrase(verbatim: text(line.amount, by: translation)),
          Phrase(verbatim: text(line.balance, by: translation)),
        ])
      }, cursor: nil, emptyText: "Nothing is posted to it yet.")
  }
}

extension Binding {
  static let accountOpen = Binding(
    "account.open", [.enter, .right, "l"], "register", "Lines of the account",
    RegisterPage.permission)
  static let accountFold = Binding(
    "account.fold", [.space], "fold", "Hide or show what is below", ChartOfAccounts.permission)
  static let accountDeeper = Binding(
    "account.deeper", ["+"], "deeper", "Show one level more", ChartOfAccounts.permission)
  static let accountShallower = Binding(
    "account.shallower", ["-"], "shallower", "Show one level less", ChartOfAccounts.permission)
  static let accountItems = Binding(
    "account.items", ["i"], "open items", "What is open, by party", OpenItems.permission)
  static let accountNew = Binding(
    "account.new", ["n", .function(6)], "new", "Add an account", CreateAccount.permission)
  static let accountEdit = Binding(
    "account.edit", ["e", .function(2)], "edit", "Change the account", UpdateAccount.permission)
  static let accountArchive = Binding(
    "account.archive", ["c"], "archive", "Take out of use", ArchiveAccount.permission)
  static let accountImport = Binding(
    "account.import", ["I"], "import", "Import accounts of another program",
    CreateAccount.permission)
  static let accountOpening = Binding(
    "account.opening", ["O"], "opening", "Import what accounts held at first",
    EnterOpening.permission)
}
