import Domain
import Keys
import Operations

/// What was done and refused in the business, newest first, as far as its reader may see it.
package final class AuditScreen: ListScreen {
  package static let keymap: [Binding] =
    [.auditOpen, .auditVerify] + Binding.lists.filter { $0 != .exportList } + [exportBinding]
  static let listName = "audit"
  static let exportBinding = Binding.exportList.asked(.auditExport)

  private let desk: Desk
  var list = RowList<AuditPage.Row>([
    ListColumn("#", .amount, number: { $0.sequence }) { String($0.sequence) },
    ListColumn("When", .fixed(19)) { "\($0.at.day.text) \($0.at.clock)" },
    ListColumn("Who", .fixed(16)) { $0.actor }, ListColumn("What", .fixed(18)) { $0.operation },
    ListColumn("To", .text(atLeast: 8)) { $0.resourceName },
    ListColumn("Result", .fixed(14)) { row in
      row.outcome == .success ? "ok" : "REFUSED \(row.errorCode ?? "")"
    },
  ])

  init(at desk: Desk) {
    self.desk = desk
    recall()
  }

  func record(_ list: ExportedList) -> any Command<String?> { ExportAuditList(list) }

  package var title: String { "Audit log" }
  package var section: Section? { .audit }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] {
    list.view.arranges ? arrange() : fetch(list.again)
  }

  func readAll(limit: Int, _ then: @escaping ([AuditPage.Row]) -> [Effect]) -> [Effect] {
    [desk.fetch(AuditPage(limit: limit), then: then)]
  }

  func fetch(_ request: RowList<AuditPage.Row>.Request) -> [Effect] {
    let query =
      switch request {
      case .first(let limit): AuditPage(limit: limit)
      case .last(let limit): AuditPage(after: 0, limit: limit)
      case .after(let row, let limit): AuditPage(before: row.sequence, limit: limit)
      case .before(let row, let limit): AuditPage(after: row.sequence, limit: limit)
      }
    return [
      desk.fetch(query) { [weak self] rows in
        self?.list.take(rows, for: request)
        return []
      }
    ]
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
    ] + listActions
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel("Audit log", note: "", empty: "Nothing is recorded yet.") {
          $0.outcome == .success ? .plain : .warning
        })
    ]
  }

  package var hasDetails: Bool { true }
  package var details: [Panel] { list.selected.map { [.facts($0.facts(top: 0))] } ?? [] }
}

nonisolated extension AuditPage.Row: Listed {
  var identity: Int64 { sequence }
}

extension Binding {
  static let auditOpen = Binding(
    "audit.open", [.enter, .right, "l"], "details", "All of the record", .auditRead)
  static let auditVerify = Binding(
    "audit.verify", ["V"], "verify", "Prove that nothing was altered", .auditVerify)
}

extension VerifyAudit.Result {
  /// One line: sound or what is wrong first.
  package var words: String {
    guard !isSound, let first = findings.first(where: { $0.kind != .clockWentBack }) else {
      return "\(records) records verified; the head is \(headSequence), \(headHash.prefix(16))."
    }
    return "Record \(first.sequence) is \(first.kind.rawValue). Stop working and call your auditor."
  }
}

/// One audit record, whole.
package final class AuditRecordScreen: Screen {
  package static let keymap: [Binding] = []

  private let row: AuditPage.Row
  private unowned let navigator: Navigator
  /// How many lines are scrolled past.
  private var top = 0

  init(_ row: AuditPage.Row, in navigator: Navigator) {
    self.row = row
    self.navigator = navigator
  }

  package var title: String { "#\(row.sequence)" }
  package var section: Section? { .audit }
  package func load() -> [Effect] { [] }
  package var actions: [Action] { [] }

  package func move(_ movement: Movement) -> [Effect] {
    top = movement.cursor(from: top, count: lastTop + 1, page: navigator.pageRows) ?? 0
    return []
  }

  /// The last line that may stand on top, so that no key goes where nothing more is to see. Only
  /// drawing knows how words wrap; a value that takes several lines is given one to spare.
  private var lastTop: Int {
    let facts = row.facts(top: 0).facts
    let labels = (facts.map(\.label.count).max() ?? 0) + 2
    let room = max(navigator.columns - 2 - labels, 1)
    let lines = facts.reduce(0) { sum, fact in
      sum + (fact.value.count <= room ? 1 : fact.value.count / room + 2)
    }
    return max(lines - (navigator.rows - Self.rowsAround), 0)
  }

  /// Title, path, heading, message and keys.
  private static let rowsAround = 5

  package var panels: [Panel] { [.facts(row.facts(top: top))] }
}

extension AuditPage.Row {
  fileprivate func facts(top: Int) -> FactsPanel {
    FactsPanel(
      title: "Record \(sequence)", top: top,
      facts: [
        "When": at.text, "Who": actor, "From": origin, "What": operation,
        "Kind": event.rawValue, "To": "\(resourceType) \(resourceName)",
        "Result": outcome.rawValue, "Refused": errorMessage ?? "",
        "Reason": reason ?? "", "Decided by": decision,
        "Before": oldValues ?? "", "After": newValues ?? "",
        "Cost": "\(microCredits) µcr, \(computeMilliseconds) ms, "
          + "\(rowsReturned) rows read, \(rowsWritten) written",
        "Hash": hash, "Hash before": previousHash,
      ])
  }
}
