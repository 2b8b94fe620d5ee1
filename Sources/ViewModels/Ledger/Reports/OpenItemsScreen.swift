import Domain
import Keys
import Operations
package import Phrases

/// What is open on an account that is kept by party, the oldest of each first.
package final class OpenItemsScreen: ListScreen, Translatable {
  package static let keymap: [Binding] =
    [.itemOpen, .translate] + Binding.lists.filter { $0.id != Binding.mark.id }
  static let listName = "open-items"

  let desk: Desk
  private let account: ID<Account>
  private let label: String
  private var found: OpenItems.Value?
  /// Of the items that are unfolded.
  private var lines: [OpenItemRow.Identity: [OpenItemLines.Row]] = [:]
  var translation: ConvenienceTranslation?
  var list = RowList<OpenItemRow>([])

  init(_ account: ID<Account>, _ label: String, at desk: Desk) {
    self.account = account
    self.label = label
    self.desk = desk
    list = RowList(columns)
    recall()
  }

  var day: Day { desk.today }

  /// Only what an item comes to in the books is translated: what it is in isn't theirs.
  var columns: [ListColumn<OpenItemRow>] {
    [
      ListColumn("party", "Party", .text(atLeast: 14), total: .label, words: { $0.party }),
      ListColumn("reference", "Ref", .text(atLeast: 8), priority: 1) { $0.reference },
      ListColumn("since", "Since", .fixed(10)) { $0.day.text },
      ListColumn(
        "age", "Days", .amount, priority: 2, number: { Int64($0.age ?? -1) },
        text: { $0.age.map { String($0) } ?? "" }),
      desk.itemAmounts("invoiced", "Invoiced", priority: 4) { $0.invoiced },
      desk.itemAmounts("settled", "Settled", priority: 4) { $0.settled },
      desk.itemAmounts("open", "Open", priority: 0) { $0.open },
      desk.rowAmounts(
        "books", "In the books", showsZero: true, areInBase: true, by: shownBy,
        exponent: { [exponent = base.exponent] _ in exponent }, { $0.base }),
    ]
  }

  package var title: Phrase { Phrase(verbatim: label) }
  package var section: Section? { .accounts }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] {
    [
      read(OpenItems(account, asOf: desk.today), at: desk) { [weak self] found in
        guard let self else { return [] }
        self.found = found
        let unfolded = found.items.filter { self.lines[OpenItemRow.Identity($0)] != nil }
        self.lines = self.lines.filter { key, _ in
          unfolded.contains { OpenItemRow.Identity($0) == key }
        }
        self.show()
        return unfolded.flatMap(self.readLines)
      }
    ]
  }

  private func readLines(of item: OpenItem) -> [Effect] {
    [
      desk.fetch(OpenItemLines(of: item, on: account, asOf: desk.today)) { [weak self] lines in
        self?.lines[OpenItemRow.Identity(item)] = lines
        self?.show()
        return []
      }
    ]
  }

  private func show() {
    guard let found else { return }
    list.take(
      found.items.flatMap { item in
        [OpenItemRow(item: item, line: nil, asOf: found.asOf)]
          + (lines[OpenItemRow.Identity(item)] ?? []).map {
            OpenItemRow(item: item, line: $0, asOf: found.asOf)
          }
      })
  }

  func readForExport(
    limit: Int, _ then: @escaping ([OpenItemRow], Footing?) -> [Effect]
  ) -> [Effect] {
    [
      desk.export(OpenItems(account, asOf: desk.today)) { found, footing in
        then(found.items.map { OpenItemRow(item: $0, line: nil, asOf: found.asOf) }, footing)
      }
    ]
  }

  func forget() { (found, lines) = (nil, [:]) }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    let isLine = list.selected?.line != nil
    return [
      Action(
        .itemOpen, title: isLine ? "entry" : nil, summary: isLine ? "Look at the entry" : nil,
        unavailable: list.unavailable ?? unreadable
      ) { [weak self] in self?.open() ?? [] }, translate,
    ] + listActions.filter { $0.id != Binding.mark.id }
  }

  private var unreadable: Phrase? {
    list.selected?.line != nil && !desk.holds(EntryDetail.permission)
      ? "You may not read entries." : nil
  }

  /// A line leads to its entry; an item shows its lines, or hides them.
  private func open() -> [Effect] {
    guard let row = list.selected else { return [] }
    if let line = row.line { return navigator.show(EntryScreen(line.entry, at: desk)) }
    guard lines.removeValue(forKey: OpenItemRow.Identity(row.item)) != nil else {
      return readLines(of: row.item)
    }
    show()
    return []
  }

  package var panels: [Panel] {
    let isTree = !list.arranges
    var panel = list.panel("Open items", note: note, empty: "Nothing is open on this account.") {
      [lines] row in
      var shape = TableRow.Shape(tone: row.item.lacksParty ? .warning : .plain)
      guard isTree else { return shape }
      if row.line != nil {
        shape.level = 1
      } else {
        shape.fold = lines[OpenItemRow.Identity(row.item)] == nil ? .closed : .open
      }
      return shape
    }
    panel.totals =
      list.rows.isEmpty
      ? nil
      : list.totals("Total") { amount in
        try self.list.rows.filter { $0.line == nil }.map(amount).total()
      }
    return [.table(panel)]
  }

  private var note: Phrase {
    guard let found else { return .empty }
    let code = (shownBy?.currency ?? base).code
    var note: [Phrase] = ["as of \(found.asOf.text), \(code)"] + shownBy.label
    if found.unnamed > 0 { note.append("\(found.unnamed) lines name no party") }
    if !found.isProved { note.append("NOT WHAT THE ACCOUNT HOLDS") }
    return .joined(note, separator: ", ")
  }
}

/// An open item, or below it one of its lines.
nonisolated struct OpenItemRow: Listed {
  let item: OpenItem
  let line: OpenItemLines.Row?
  let asOf: Day

  nonisolated struct Identity: Hashable {
    let party: String
    let reference: String
    let currency: String
    let isRevaluation: Bool
    let entry: ID<Entry>?
    let number: Int?

    init(_ item: OpenItem, _ line: OpenItemLines.Row? = nil) {
      party = item.party
      reference = item.reference
      currency = item.currency
      isRevaluation = item.isRevaluation
      entry = line?.entry
      number = line?.line
    }
  }

  var identity: Identity { Identity(item, line) }
}

extension OpenItemRow {
  fileprivate var party: Phrase {
    if let line { return Phrase(verbatim: line.description) }
    if item.isRevaluation { return "Revaluation" }
    return item.party.isEmpty ? "Without a party" : Phrase(verbatim: item.party)
  }

  fileprivate var reference: String { line?.number ?? item.reference }
  fileprivate var day: Day { line?.date ?? item.first }
  fileprivate var age: Int? { line == nil ? item.age(on: asOf) : nil }
  fileprivate var invoiced: Money? { line == nil ? item.invoiced.amount : nil }
  fileprivate var settled: Money? { line == nil ? item.settled.amount : nil }
  fileprivate var open: Money { line?.amount.amount ?? item.remaining.amount }
  fileprivate var base: Money { line?.amount.base ?? item.remaining.base }
}

extension Desk {
  /// A column of amounts in the currency of each item, which is named where it isn't the base one.
  fileprivate func itemAmounts(
    _ id: String, _ title: Phrase, priority: Int, _ amount: @escaping (OpenItemRow) -> Money?
  ) -> ListColumn<OpenItemRow> {
    ListColumn(
      id, title, .amount, priority: priority, number: { amount($0)?.minorUnits ?? .min },
      text: { [unowned self] row in amount(row).map { text($0, of: row.item) } ?? "" })
  }

  private func text(_ amount: Money, of item: OpenItem) -> String {
    let text = navigator.settings.amounts.text(amount, exponent: item.exponent)
    return item.currency == place.baseCurrency ? text : "\(text) \(item.currency)"
  }
}

extension Binding {
  static let itemOpen = Binding(
    "item.open", [.enter, .right, "l"], "lines", "Its lines, or the entry of one",
    OpenItems.permission)
}
