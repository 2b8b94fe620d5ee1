import Domain
import Keys
import Operations
package import Phrases

/// What its reader was told without having asked, the newest first; each leads to what it is about.
package final class NoticesScreen: ListScreen {
  package static let keymap: [Binding] =
    [.noticeOpen, .noticeRead, .noticeReadAll] + Binding.lists
  static let listName = "notices"

  private let desk: Desk
  var list = RowList<Notices.Row>([
    ListColumn("at", "When", .fixed(16)) { $0.at.minute },
    ListColumn("what", "What", .text(atLeast: 40), words: { $0.phrase }),
    ListColumn("state", "State", .fixed(7), priority: 1, words: { $0.state }),
    ListColumn("reason", "Reason", .text(atLeast: 16), priority: 2) { $0.reason },
  ])

  init(at desk: Desk) {
    self.desk = desk
    recall()
  }

  package var title: Phrase { "Notices" }
  package var section: Section? { .home }
  var navigator: Navigator { desk.navigator }

  // MARK: Reading

  package func load() -> [Effect] { readAgain() }

  func readAll(limit: Int, _ then: @escaping ([Notices.Row]) -> [Effect]) -> [Effect] {
    [read(Notices(limit: limit), at: desk, then: then)]
  }

  func readForExport(
    limit: Int, _ then: @escaping ([Notices.Row], Footing?) -> [Effect]
  ) -> [Effect] {
    readAll(limit: limit) { then($0, nil) }
  }

  func fetch(_ request: RowList<Notices.Row>.Request) -> [Effect] {
    let query =
      switch request {
      case .first(let limit): Notices(limit: limit)
      case .last(let limit): Notices(after: nil, limit: limit)
      case .after(let row, let limit): Notices(before: row.id, limit: limit)
      case .before(let row, let limit): Notices(after: row.id, limit: limit)
      }
    return readPage(query, for: request, at: desk)
  }

  // MARK: Doing

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.noticeOpen, unavailable: list.unavailable) { [weak self] in self?.open() ?? [] },
      Action(.noticeRead, unavailable: list.unavailable) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.desk.carryOut(ReadNotices(.one(row.id)), "Marked as read.")
      },
      Action(.noticeReadAll, unavailable: list.unavailable) { [weak self] in
        self?.desk.carryOut(ReadNotices(.all), "All notices are marked as read.") ?? []
      },
    ] + listActions
  }

  /// Where nothing shows what it is about, the notice itself is shown whole.
  private func open() -> [Effect] {
    guard let row = list.selected else { return [] }
    guard let screen = desk.screen(about: row.subject) else {
      return navigator.ask(
        Dialog(
          title: "Notice",
          body: .joined([row.phrase, Phrase(verbatim: row.reason)], separator: ": "),
          confirm: "Mark as read",
          cancel: "Later", defaultsToConfirm: true
        ) { [desk] _ in desk.carryOut(ReadNotices(.one(row.id)), "Marked as read.") })
    }
    guard row.readAt == nil else { return navigator.show(screen()) }
    return [
      desk.perform(ReadNotices(.one(row.id)), "Saving") { [navigator] _ in
        navigator.show(screen())
      }
    ]
  }

  // MARK: What is shown

  package var panels: [Panel] {
    [
      .table(
        list.panel("Notices", note: .empty, empty: "You have been told nothing yet.") {
          $0.readAt == nil ? .plain : .muted
        })
    ]
  }

  package var hasDetails: Bool { true }
  package var details: [Panel] { list.selected.map { [.facts($0.facts)] } ?? [] }
}

nonisolated extension Notices.Row: Listed {
  var identity: ID<Notice> { id }
}

extension Notices.Row {
  fileprivate var state: Phrase { Phrase(word: readAt == nil ? "new" : "read", context: "notice") }

  fileprivate var facts: FactsPanel {
    FactsPanel(
      title: "Notice",
      facts: [
        "What": phrase, "Reason": Phrase(verbatim: reason), "When": Phrase(verbatim: at.minute),
        "Read at": Phrase(verbatim: readAt?.minute ?? ""),
      ])
  }
}

extension Desk {
  /// What shows the thing that a notice is about; nil where nothing does, or not to them.
  fileprivate func screen(about subject: Subject?) -> (() -> any Screen)? {
    guard let subject, let id = subject.id else { return nil }
    switch subject.kind {
    case .entry where holds(EntryDetail.permission):
      return { EntryScreen(ID(id), at: self) }
    case .period where holds(PeriodOverview.permission):
      return { PeriodsScreen(at: self) }
    case .confirmation: return { RequestsScreen(at: self) }
    case .emergency where hearsOfEmergencies: return { EmergenciesScreen(at: self) }
    // Their own: it is about their second factor.
    case .membership where navigator.lobby != nil:
      return { YourAccountScreen(in: self.navigator) }
    default: return nil
    }
  }
}

extension Binding {
  static let notices = Binding(
    "notices", ["U"], "notices", "What you were told", Notices.permission)
  static let noticeOpen = Binding(
    "notice.open", [.enter, .right, "l"], "open", "What it is about", Notices.permission)
  static let noticeRead = Binding(
    "notice.read", ["a"], "read", "Mark the notice as read", ReadNotices.permission)
  static let noticeReadAll = Binding(
    "notice.read.all", ["A"], "all read", "Mark all notices as read", ReadNotices.permission)
}
