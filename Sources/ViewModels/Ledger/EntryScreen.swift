import Domain
package import Keys
import Operations

/// One entry: its lines, whom it waits for, what happened to it.
package final class EntryScreen: Screen {
  private let desk: Desk
  private let entry: ID<Entry>
  private var detail: EntryDetail.Value?
  private var cursor: Int? = 0

  init(_ entry: ID<Entry>, at desk: Desk) {
    self.entry = entry
    self.desk = desk
  }

  package var title: String { detail?.head.name ?? "Entry" }
  package var section: Section? { .journal }

  package func load() -> [Effect] {
    [
      desk.fetch(EntryDetail(entry)) { [weak self] detail in
        self?.detail = detail
        return []
      }
    ]
  }

  package func press(_ key: Key) -> [Effect]? {
    guard let movement = Movement(key) else { return nil }
    cursor = movement.cursor(
      from: cursor, count: detail?.lines.count ?? 0, page: desk.navigator.pageRows)
    return []
  }

  package var actions: [Action] {
    [
      Action(
        "entry.account", keys: [.enter, .right, .character("l")], title: "account",
        summary: "Register of the line's account", permission: .reportRead
      ) { [weak self] in
        guard let self, let detail = self.detail, let cursor = self.cursor,
          detail.lines.indices.contains(cursor)
        else { return [] }
        let line = detail.lines[cursor]
        return self.desk.navigator.show(
          RegisterScreen(line.account, "\(line.number) \(line.name)", at: self.desk))
      }
    ] + EntryActions(head: detail?.head, desk: desk).all
  }

  package var panels: [Panel] {
    guard let detail else { return [.text(TextPanel(title: title, text: "Loading…"))] }
    return [.facts(facts(of: detail)), .table(lines(of: detail)), .text(history(of: detail))]
  }

  private func facts(of detail: EntryDetail.Value) -> FactsPanel {
    let head = detail.head
    return FactsPanel(
      title: head.name,
      facts: [
        "Date": head.date.text, "Text": head.description, "Status": head.status.title,
        "By": head.creator, "Ref": detail.reference, "Payee": detail.payee, "Notes": detail.notes,
        "Waits for": detail.awaits.map { "a \($0.rawValue)" }.joined(separator: " and "),
        "Reverses": detail.reverses ?? "", "Reversed by": detail.reversedBy ?? "",
      ])
  }

  private func lines(of detail: EntryDetail.Value) -> TablePanel {
    var panel = TablePanel(
      title: "Lines",
      columns: [
        TableColumn("Account", .text(atLeast: 16)), TableColumn("Debit", .amount),
        TableColumn("Credit", .amount), TableColumn("Memo", .text(atLeast: 8), priority: 1),
      ],
      rows: detail.lines.map { line in
        let original =
          line.currency == desk.place.baseCurrency
          ? "" : " (\(line.currency) \(AmountFormat().text(line.amount, exponent: line.exponent)))"
        return TableRow([
          "\(line.number) \(line.name)", desk.column(line.base.debit),
          desk.column(line.base.credit), line.description + original,
        ])
      }, cursor: cursor, placeholder: "No lines.")
    panel.totals = ["Total", desk.text(detail.head.total), desk.text(detail.head.total), ""]
    return panel
  }

  private func history(of detail: EntryDetail.Value) -> TextPanel {
    let events = detail.history.map { event in
      let outcome = event.outcome == .success ? "" : " REFUSED: \(event.message ?? "")"
      let reason = event.reason.map { " (\($0))" } ?? ""
      return
        "\(event.at.day.text) \(event.at.clock) \(event.actor) \(event.operation)\(reason)\(outcome)"
    }
    return TextPanel(title: "History", text: events.joined(separator: "\n"))
  }
}
