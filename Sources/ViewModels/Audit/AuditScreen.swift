import Domain
import Keys
import Operations
package import Phrases

/// What was done and refused in the business, or to one entry, newest first, as far as its reader may
/// see it.
package final class AuditScreen: ListScreen {
  package static let keymap: [Binding] =
    [.auditOpen, .auditVerify, .auditTests] + Binding.lists.filter { $0 != .exportList }
    + [exportBinding]
  static let listName = "audit"
  static let exportBinding = Binding.exportList.asked(ExportAuditList.permission)

  private let desk: Desk
  /// What was made of the row under the cursor: reading its values for every frame takes too long.
  private var preview: RecordPanels?
  var list = RowList<AuditPage.Row>([
    ListColumn("sequence", "#", .amount, number: { $0.sequence }) { String($0.sequence) },
    ListColumn("at", "When", .fixed(19)) { "\($0.at.day.text) \($0.at.clock)" },
    ListColumn("actor", "Who", .text(atLeast: 11)) { $0.actor },
    ListColumn("operation", "What", .text(atLeast: 15)) { $0.operation },
    ListColumn("subject", "To", .text(atLeast: 8)) { $0.resourceName },
    ListColumn(
      "result", "Result", .fixed(8), words: { $0.outcome == .success ? "ok" : "REFUSED" }),
    ListColumn("why", "Why", .fixed(14), priority: 1) { $0.errorCode ?? "" },
  ])

  /// The entry that all of it is about; nil where it is about everything.
  private let entry: EntryHead?

  init(of entry: EntryHead? = nil, at desk: Desk) {
    self.desk = desk
    self.entry = entry
    recall()
  }

  func record(_ list: ExportedList) -> any Command<[String]> { ExportAuditList(list) }

  package var title: Phrase { entry.map { "Audit log of \($0.name)" } ?? "Audit log" }
  package var section: Section? { .audit }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] { readAgain() }

  func readAll(limit: Int, _ then: @escaping ([AuditPage.Row]) -> [Effect]) -> [Effect] {
    [read(AuditPage(of: entry?.id, limit: limit), at: desk, then: then)]
  }

  /// Whoever may export the log may export all that they see of it.
  func readForExport(
    limit: Int, _ then: @escaping ([AuditPage.Row], Footing?) -> [Effect]
  ) -> [Effect] { readAll(limit: limit) { then($0, nil) } }

  func fetch(_ request: RowList<AuditPage.Row>.Request) -> [Effect] {
    let query =
      switch request {
      case .first(let limit): AuditPage(of: entry?.id, limit: limit)
      case .last(let limit): AuditPage(of: entry?.id, after: 0, limit: limit)
      case .after(let row, let limit): AuditPage(of: entry?.id, before: row.sequence, limit: limit)
      case .before(let row, let limit): AuditPage(of: entry?.id, after: row.sequence, limit: limit)
      }
    return readPage(query, for: request, at: desk)
  }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.auditOpen, unavailable: list.unavailable) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.desk.navigator.show(AuditRecordScreen(row, in: self.desk.navigator))
      },
      Action(.auditVerify) { [weak self] in
        guard let self else { return [] }
        return [
          self.desk.fetch(VerifyAudit(), "Verifying the chain") { [weak self] result in
            self?.desk.navigator.tell(result.isSound ? .done : .error, result.words)
            return []
          }
        ]
      },
      Action(.auditTests) { [weak self] in
        guard let self else { return [] }
        return self.desk.navigator.show(JournalTestsScreen(at: self.desk))
      },
    ] + listActions
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel(title, note: .empty, empty: "Nothing is recorded yet.") {
          $0.outcome == .success ? .plain : .warning
        })
    ]
  }

  package var hasDetails: Bool { true }
  package var details: [Panel] {
    guard let row = list.selected else { return [] }
    if preview?.row != row { preview = RecordPanels(row) }
    return preview?.beside ?? []
  }
}

nonisolated extension AuditPage.Row: Listed {
  var identity: Int64 { sequence }
}

extension Binding {
  static let auditOpen = Binding(
    "audit.open", [.enter, .right, "l"], "details", "All of the record", AuditPage.permission)
  static let auditVerify = Binding(
    "audit.verify", ["V"], "verify", "Prove that nothing was altered", VerifyAudit.permission)
}

extension VerifyAudit.Result {
  /// One line: sound or what is wrong first.
  package var words: Phrase {
    guard !isSound, let first = findings.first(where: { $0.kind != .clockWentBack }) else {
      return "\(records) records verified; the head is \(headSequence), \(headHash.prefix(16))."
    }
    return
      "Record \(first.sequence) is \(Phrase(word: first.kind.rawValue)). Stop working and call your auditor."
  }
}
