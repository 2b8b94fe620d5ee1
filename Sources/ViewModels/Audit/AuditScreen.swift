import Domain
package import Keys
import Operations

/// What was done and refused in the business, newest first, as far as its reader may see it.
package final class AuditScreen: Screen {
  private let desk: Desk
  private var list = PagedList<AuditPage.Row>()

  init(at desk: Desk) { self.desk = desk }

  package var title: String { "Audit log" }
  package var section: Section? { .audit }

  package func load() -> [Effect] { [fetch(after: nil)] }

  private func fetch(after last: AuditPage.Row?) -> Effect {
    let page = PagedList<AuditPage.Row>.pageRows
    let limit = last == nil ? max(list.rows.count, page) : page
    return desk.fetch(AuditPage(before: last?.sequence, limit: limit)) { [weak self] rows in
      self?.list.take(rows, after: last) { $0.sequence == $1.sequence }
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
        "audit.open", keys: [.enter, .right, .character("l")], title: "details",
        summary: "All of the record", permission: .auditRead, unavailable: list.unavailable
      ) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.desk.navigator.show(AuditRecordScreen(row))
      },
      Action(
        "audit.verify", keys: [.character("V")], title: "verify",
        summary: "Prove that nothing was altered", permission: .auditVerify
      ) { [weak self] in
        guard let self else { return [] }
        return [
          self.desk.fetch(VerifyAudit(), "Verifying the chain") { [weak self] result in
            self?.desk.navigator.tell(result.isSound ? .done : .error, result.words)
            return []
          }
        ]
      },
    ]
  }

  package var panels: [Panel] {
    var panel = TablePanel(
      title: "Audit log",
      columns: [
        TableColumn("#", .amount), TableColumn("When", .fixed(19)),
        TableColumn("Who", .fixed(16)), TableColumn("What", .fixed(18)),
        TableColumn("To", .text(atLeast: 8)), TableColumn("Result", .fixed(14)),
      ],
      rows: list.rows.map { row in
        TableRow(
          [
            String(row.sequence), "\(row.at.day.text) \(row.at.clock)", row.actor, row.operation,
            row.resourceName,
            row.outcome == .success ? "ok" : "REFUSED \(row.errorCode ?? "")",
          ], tone: row.outcome == .success ? .plain : .warning)
      }, cursor: list.cursor, placeholder: list.placeholder(empty: "Nothing is recorded yet."))
    panel.note = list.position
    return [.table(panel)]
  }
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
  private let row: AuditPage.Row

  init(_ row: AuditPage.Row) { self.row = row }

  package var title: String { "#\(row.sequence)" }
  package var section: Section? { .audit }
  package func load() -> [Effect] { [] }
  package func press(_ key: Key) -> [Effect]? { nil }
  package var actions: [Action] { [] }

  package var panels: [Panel] {
    [
      .facts(
        FactsPanel(
          title: "Record \(row.sequence)",
          facts: [
            "When": row.at.text, "Who": row.actor, "From": row.origin, "What": row.operation,
            "Kind": row.event.rawValue, "To": "\(row.resourceType) \(row.resourceName)",
            "Result": row.outcome.rawValue, "Refused": row.errorMessage ?? "",
            "Reason": row.reason ?? "", "Decided by": row.decision,
            "Before": row.oldValues ?? "", "After": row.newValues ?? "",
            "Cost": "\(row.microCredits) µcr, \(row.computeMilliseconds) ms, "
              + "\(row.rowsReturned) rows read, \(row.rowsWritten) written",
            "Hash": row.hash, "Hash before": row.previousHash,
          ]))
    ]
  }
}
