import Domain
package import Keys
import Operations

/// The entries of the business, newest first.
package final class JournalScreen: Screen {
  private let desk: Desk
  private var list = PagedList<JournalPage.Row>()
  private var filter = JournalPage.Filter.all

  init(at desk: Desk) { self.desk = desk }

  package var title: String { "Journal" }
  package var section: Section? { .journal }

  package func load() -> [Effect] { [fetch(after: nil)] }

  private func fetch(after last: JournalPage.Row?) -> Effect {
    let page = PagedList<JournalPage.Row>.pageRows
    let limit = last == nil ? max(list.rows.count, page) : page
    return desk.fetch(JournalPage(filter, from: last?.key, limit: limit)) {
      [weak self, filter] rows in
      guard let self, filter == self.filter else { return [] }
      self.list.take(rows, after: last) { $0.id == $1.id }
      return []
    }
  }

  package func press(_ key: Key) -> [Effect]? {
    guard let movement = Movement(key) else { return nil }
    list.move(movement, page: desk.navigator.pageRows)
    guard list.wantsMore, let last = list.rows.last else { return [] }
    return [fetch(after: last)]
  }

  package var actions: [Action] {
    [
      Action(
        "journal.open", keys: [.enter, .right, .character("l")], title: "open",
        summary: "Look at the entry", permission: .journalRead, unavailable: list.unavailable
      ) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.desk.navigator.show(EntryScreen(row.id, at: self.desk))
      },
      Action(
        "journal.new", keys: [.character("n"), .function(6)], title: "new",
        summary: "Write a new entry", permission: .journalCreate
      ) { [weak self] in
        guard let self else { return [] }
        return self.desk.navigator.show(EntryFormScreen(at: self.desk))
      },
      Action(
        "journal.filter", keys: [.character("f")], title: "filter",
        summary: "All, drafts, waiting, posted", permission: .journalRead
      ) { [weak self] in self?.nextFilter() ?? [] },
    ] + EntryActions(head: list.selected, desk: desk).all
  }

  private func nextFilter() -> [Effect] {
    let all = JournalPage.Filter.allCases
    let next = (all.firstIndex(of: filter) ?? 0) + 1
    filter = all[next % all.count]
    list = PagedList()
    return load()
  }

  package var panels: [Panel] {
    var panel = TablePanel(
      title: "Journal",
      columns: [
        TableColumn("No", .fixed(14)), TableColumn("Date", .fixed(10)),
        TableColumn("Description", .text(atLeast: 12)), TableColumn("Amount", .amount),
        TableColumn("Status", .fixed(16), priority: 1), TableColumn("By", .fixed(16), priority: 2),
      ],
      rows: list.rows.map { row in
        TableRow(
          [
            row.name, row.date.text, row.description, desk.text(row.total), row.status.title,
            row.creator,
          ], tone: row.status == .voided ? .muted : .plain)
      }, cursor: list.cursor,
      placeholder: list.placeholder(
        empty: filter == .all
          ? "No entries yet. n writes the first." : "No \(filter.rawValue) entries. f shows others."
      ))
    panel.note = "\(filter.rawValue), \(list.position)"
    return [.table(panel)]
  }
}
