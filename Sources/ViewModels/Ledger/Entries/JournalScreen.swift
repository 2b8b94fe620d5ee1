import Domain
import Keys
import Operations
package import Phrases

/// The entries of the business, newest first.
package final class JournalScreen: ListScreen {
  package static let keymap =
    [.journalOpen, .journalNew, .journalFilter, .schedules] + EntryActions.keymap
    + [.allocations] + Binding.lists
  static let listName = "journal"

  private let desk: Desk
  var list: RowList<EntryHead>
  private var filter = JournalPage.Filter.all
  /// Of the row under the cursor, or of the one before while that is read, so that nothing blinks.
  private var preview: EntryDetail.Value?

  /// With a filter typed already, if `searching` isn't empty.
  init(at desk: Desk, searching: String = "") {
    self.desk = desk
    list = RowList([
      ListColumn("number", "No", .fixed(14)) { $0.name },
      ListColumn("date", "Date", .fixed(10)) { $0.date.text },
      ListColumn("description", "Description", .text(atLeast: 12), total: .label) {
        $0.description
      },
      desk.summedAmounts("amount", "Amount", showsZero: true) { $0.total },
      ListColumn("status", "Status", .fixed(16), priority: 1, words: { $0.state }),
      ListColumn("creator", "By", .fixed(16), priority: 2) { $0.creator },
    ])
    recall()
    list.isFilteredByQuery = true
    list.view.filter = LineEditor(searching)
    list.view.applied = searching
  }

  package var subject: ScreenSubject? { list.selected?.subject }
  package var title: Phrase { "Journal" }
  package var section: Section? { .journal }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] { readAgain() + [count()] }

  func readAll(
    limit: Int, _ then: @escaping ([EntryHead]) -> [Effect]
  ) -> [Effect] {
    let search = EntrySearch(list.view.filter.text)
    return [read(JournalPage(filter, search, limit: limit), at: desk, then: then)]
  }

  func readForExport(
    limit: Int, _ then: @escaping ([EntryHead], Footing?) -> [Effect]
  ) -> [Effect] {
    let search = EntrySearch(list.view.filter.text)
    return [desk.export(JournalPage(filter, search, limit: limit), then: then)]
  }

  func fetch(_ request: RowList<EntryHead>.Request) -> [Effect] {
    let (query, filter) = (page(for: request), filter)
    let wanted = list.view.filter.text
    return [
      read(query, at: desk) { [weak self] rows in
        guard let self, filter == self.filter, wanted == self.list.view.filter.text else {
          return []
        }
        self.list.take(rows, for: request)
        return self.navigator.showsDetails ? self.loadDetails() : []
      }
    ]
  }

  private func page(for request: RowList<EntryHead>.Request) -> JournalPage {
    let search = EntrySearch(list.view.filter.text)
    return switch request {
    case .first(let limit): JournalPage(filter, search, limit: limit)
    case .last(let limit): JournalPage(filter, search, .newer, limit: limit)
    case .after(let row, let limit): JournalPage(filter, search, from: row.key, limit: limit)
    case .before(let row, let limit):
      JournalPage(filter, search, from: row.key, .newer, limit: limit)
    }
  }

  private func count() -> Effect {
    let (filter, wanted) = (filter, list.view.filter.text)
    return desk.fetch(JournalSize(filter, EntrySearch(wanted))) { [weak self] size in
      guard let self, filter == self.filter, wanted == self.list.view.filter.text else {
        return []
      }
      self.list.total = size.entries
      self.sum = size.total
      return []
    }
  }

  /// Of all entries that the list has, read or not.
  private var sum: Money?

  func forget() { sum = nil }

  func filterChanged() -> [Effect] {
    list.total = nil
    sum = nil
    if list.arranges { return load() }
    return fetch(.first(limit: RowList<EntryHead>.pageRows)) + [count()]
  }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    let actions = [
      Action(.journalOpen, unavailable: list.unavailable) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.desk.navigator.show(EntryScreen(row.id, at: self.desk))
      },
      Action(.journalNew) { [weak self] in
        guard let self else { return [] }
        return self.desk.navigator.show(EntryFormScreen(at: self.desk))
      },
      Action(.journalFilter) { [weak self] in self?.nextFilter() ?? [] },
      Action(.schedules) { [desk] in desk.navigator.show(SchedulesScreen(at: desk)) },
    ]
    return actions + EntryActions(head: list.selected, desk: desk, marked: marked).all
      + (desk.place.readsStatements ? [allocations] : []) + listActions
  }

  private var allocations: Action {
    Action(.allocations) { [desk] in desk.navigator.show(AllocationsScreen(at: desk)) }
  }

  package func absence(of binding: Binding) -> Phrase? {
    binding.id == Binding.allocations.id
      ? "Allocations are for whoever reads the reports of the whole business." : nil
  }

  private var marked: EntryActions.Marked? {
    guard !list.view.marks.isEmpty else { return nil }
    return EntryActions.Marked(count: list.view.marks.count, read: readMarked) { [weak self] in
      self?.list.view.marks.subtract($0)
    }
  }

  /// Marks stay on rows that the list has let go of.
  private func readMarked(
    _ then: @escaping ([EntryHead]) -> [Effect]
  ) -> [Effect] {
    let near = list.rows.filter { list.view.marks.contains($0.identity) }
    let far = list.view.marks.subtracting(near.map(\.identity)).sorted()
    guard !far.isEmpty else { return then(near) }
    return [
      navigator.attempt("Reading what is marked") { [desk] in
        var rows: [EntryHead] = []
        for entry in far {
          rows.append(
            try await desk.workspace.fetch(EntryDetail(entry), as: desk.principal).head)
        }
        return rows
      } then: {
        then(near + $0)
      }
    ]
  }

  package var bookmark: Bookmark? {
    var bookmark = list.bookmark
    bookmark.kind = filter.rawValue
    return bookmark
  }

  package func restore(_ bookmark: Bookmark) {
    filter = bookmark.kind.flatMap(JournalPage.Filter.init) ?? .all
    list.restore(bookmark)
  }

  private func nextFilter() -> [Effect] {
    let all = JournalPage.Filter.allCases
    let next = (all.firstIndex(of: filter) ?? 0) + 1
    filter = all[next % all.count]
    return filterChanged()
  }

  package var panels: [Panel] {
    var panel = list.panel(
      "Journal", note: Phrase(word: filter.rawValue),
      empty: filter == .all
        ? desk.absence("No entries yet.", .journalNew) { "\($0) writes the first." }
        : "No \(Phrase(word: filter.rawValue)) entries. f shows others."
    ) { $0.status == .voided || $0.isVoid ? .muted : .plain }
    if let fault = EntrySearch(list.view.filter.text).fault { panel.emptyText = fault }
    panel.totals = totals
    return [.table(panel)]
  }

  /// What is marked, else all that the list holds.
  private var totals: [Phrase]? {
    let marked = list.rows.filter { list.view.marks.contains($0.identity) }
    return list.totals(marked.isEmpty ? "Total" : "Total of what is marked") {
      marked.isEmpty ? sum : try marked.map($0).total()
    }
  }

  package var hasDetails: Bool { true }
  package var details: [Panel] {
    guard list.selected != nil, let preview else { return [] }
    return EntryPanels(preview, desk).beside
  }

  package func loadDetails() -> [Effect] {
    guard let head = list.selected else { return [] }
    if let preview, preview.head == head { return [] }
    return [
      desk.fetch(EntryDetail(head.id)) { [weak self] detail in
        if self?.list.selected?.id == head.id { self?.preview = detail }
        return []
      }
    ]
  }
}

nonisolated extension EntryHead: Listed {
  var identity: ID<Entry> { id }
}

extension Binding {
  static let journalOpen = Binding(
    "journal.open", [.enter, .right, "l"], "open", "Look at the entry", EntryDetail.permission)
  static let journalNew = Binding(
    "journal.new", ["n", .function(6)], "new", "Write a new entry", CreateEntry.permission)
  static let journalFilter = Binding(
    "journal.filter", ["f"], "which", "All, drafts, waiting, posted, voided", JournalPage.permission
  )
}
