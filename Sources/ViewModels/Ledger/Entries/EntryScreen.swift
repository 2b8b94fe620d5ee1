import Domain
import Keys
import Operations
package import Phrases

/// One entry: its lines, whom it waits for, what happened to it.
package final class EntryScreen: Screen {
  package static let keymap =
    [.entryAccount] + EntryActions.keymap
    + [.journalCorrect, .files, .entryAudit, .entryHistoryUp, .entryHistoryDown]

  private let desk: Desk
  let entry: ID<Entry>
  private var detail: EntryDetail.Value?
  /// Why it couldn't be read.
  private var fault: Phrase?
  private var cursor: Int? = 0
  /// How many lines of the history are scrolled past.
  private var top = 0

  init(_ entry: ID<Entry>, at desk: Desk) {
    self.entry = entry
    self.desk = desk
  }

  package var subject: ScreenSubject? { detail?.head.subject }
  package var title: Phrase { detail.map { Phrase(verbatim: $0.head.name) } ?? "Entry" }
  package var section: Section? { .journal }

  package func load() -> [Effect] {
    [
      desk.fetch(
        EntryDetail(entry), holding: detail == nil ? .keys : .nothing,
        failed: { [weak self] error in
          self?.fault = self?.desk.navigator.absence(because: error)
        },
        then: { [weak self] detail in
          self?.detail = detail
          return []
        })
    ]
  }

  package func move(_ movement: Movement) -> [Effect] {
    cursor = movement.cursor(
      from: cursor, count: detail?.lines.count ?? 0, page: desk.navigator.pageRows)
    return []
  }

  package func point(at target: Target) -> [Effect] {
    guard case .row(_, let index) = target, detail?.lines.indices.contains(index) == true else {
      return []
    }
    let wasThere = cursor == index
    cursor = index
    // The first click goes there, the second in.
    let open = wasThere ? actions.first { $0.id == Binding.entryAccount.id } : nil
    return open.map(desk.navigator.perform) ?? []
  }

  package var actions: [Action] {
    let steps = EntryActions(head: detail?.head, desk: desk)
    return [
      Action(.entryAccount) { [weak self] in
        guard let self, let detail = self.detail, let cursor = self.cursor,
          detail.lines.indices.contains(cursor)
        else { return [] }
        let line = detail.lines[cursor]
        return self.desk.navigator.show(
          RegisterScreen(line.account, "\(line.number) \(line.name)", at: self.desk))
      }
    ] + steps.all + [
      steps.correct,
      Action(.files) { [desk, entry] in
        desk.navigator.show(FilesScreen(of: .entry(entry), at: desk))
      },
      Action(.entryAudit, unavailable: detail == nil ? "There is no entry here." : nil) {
        [weak self] in
        guard let self, let head = self.detail?.head else { return [] }
        return self.desk.navigator.show(AuditScreen(of: head, at: self.desk))
      },
      Action(.entryHistoryUp) { [weak self] in self?.scroll(-1) ?? [] },
      Action(.entryHistoryDown) { [weak self] in self?.scroll(1) ?? [] },
    ]
  }

  private func scroll(_ step: Int) -> [Effect] {
    top = min(max(top + step, 0), max((detail?.history.count ?? 0) - 1, 0))
    return []
  }

  package var panels: [Panel] {
    guard let detail else { return [.text(TextPanel(title: title, text: fault ?? Panel.loading))] }
    return EntryPanels(detail, desk).all(cursor: cursor, top: top)
  }
}

/// What is shown of an entry, on its own screen and beside a list.
struct EntryPanels {
  private let detail: EntryDetail.Value
  private let desk: Desk

  init(_ detail: EntryDetail.Value, _ desk: Desk) {
    self.detail = detail
    self.desk = desk
  }

  func all(cursor: Int?, top: Int) -> [Panel] {
    var lines = lines
    lines.cursor = cursor
    let total = Phrase(verbatim: desk.text(detail.head.total))
    lines.totals =
      ["Total", total, total] + Array(repeating: .empty, count: lines.columns.count - 3)
    return [.facts(facts), .table(lines), .text(history(top: top))]
  }

  /// Beside a list, which has the total already: what is the same in most entries stays in its
  /// place from one to the next.
  var beside: [Panel] {
    var lines = lines
    for index in lines.columns.indices where lines.columns[index].kind == .amount {
      lines.columns[index].atLeast = max(lines.columns[index].atLeast, Self.steadyAmount)
    }
    return [.facts(facts), .table(lines), .text(history(top: 0))]
  }

  /// Characters of amounts below ten million, and their comma and point.
  private static let steadyAmount = 12

  private var facts: FactsPanel {
    let head = detail.head
    return FactsPanel(
      title: Phrase(verbatim: head.name),
      facts: [
        "Date": Phrase(verbatim: head.date.text), "Text": Phrase(verbatim: head.description),
        "Status": head.state, "Kind": head.adjustment?.phrase ?? .empty,
        "Rejected": Phrase(verbatim: detail.rejection ?? ""), "By": Phrase(verbatim: head.creator),
        "Ref": Phrase(verbatim: detail.reference), "Payee": Phrase(verbatim: detail.payee),
        "Notes": Phrase(verbatim: detail.notes),
        "Files": Phrase(verbatim: detail.fileNames.joined(separator: ", ")),
        "Waits for": Role.anyOf(detail.awaits),
        "Reverses": Phrase(verbatim: detail.reverses ?? ""),
        "Reversed by": Phrase(verbatim: detail.reversedBy ?? ""),
        "Corrects": Phrase(verbatim: detail.corrects ?? ""),
        "Prior period": detail.isPriorPeriod ? "straight to retained earnings" : .empty,
        "Corrected by": Phrase(verbatim: detail.correctedBy ?? ""),
        "Taken back on": Phrase(
          verbatim: detail.reversedBy == nil ? detail.reversesOn?.text ?? "" : ""),
        "Approved": detail.isSelfApproved ? "by who made it: nobody else could" : .empty,
      ])
  }

  private var lines: TablePanel {
    let further = further
    return TablePanel(
      title: "Lines",
      columns: [
        TableColumn("Account", .text(atLeast: 16)), TableColumn("Debit", .amount),
        TableColumn("Credit", .amount),
        TableColumn("Memo", .text(atLeast: 8), priority: 1),
      ] + further.map(\.column),
      rows: detail.lines.map { line in
        let original =
          line.currency == desk.place.baseCurrency
          ? "" : " (\(line.currency) \(AmountFormat().text(line.amount, exponent: line.exponent)))"
        return TableRow(
          [
            "\(line.number) \(line.name)", desk.column(line.base.debit),
            desk.column(line.base.credit), line.description + original,
          ].map { Phrase(verbatim: $0) } + further.map { $0.text(line) })
      }, cursor: nil, emptyText: "No lines.")
  }

  /// Columns of what few entries have, where a line has any of it.
  private var further: [(column: TableColumn, text: (EntryDetail.Line) -> Phrase)] {
    func told(
      _ text: @escaping (EntryDetail.Line) -> String
    ) -> (EntryDetail.Line) -> Phrase { { Phrase(verbatim: text($0)) } }
    let all: [(column: TableColumn, text: (EntryDetail.Line) -> Phrase)] = [
      (TableColumn("Department", .text(atLeast: 8), priority: 2), told(\.department)),
      (TableColumn("Project", .text(atLeast: 8), priority: 2), told(\.project)),
      (TableColumn("Party", .text(atLeast: 8), priority: 3), told(\.counterparty)),
      (TableColumn("Ref", .text(atLeast: 8), priority: 3), told(\.reference)),
      (TableColumn("Tags", .text(atLeast: 8), priority: 4), told(\.tagText)),
      (TableColumn("Tax", .text(atLeast: 8), priority: 4), told(\.taxText)),
      (TableColumn("Quantity", .text(atLeast: 8), priority: 4), told { $0.quantity?.text ?? "" }),
      (TableColumn("Rate", .text(atLeast: 12), priority: 5), { $0.rateText }),
    ]
    return all.filter { column in detail.lines.contains { !column.text($0).isEmpty } }
  }

  private func history(top: Int) -> TextPanel {
    let events = detail.history.map { event -> Phrase in
      let who = Phrase(verbatim: "\(event.at.day.text) \(event.at.clock) \(event.actor)")
      let reason = Phrase(verbatim: event.reason.map { " (\($0))" } ?? "")
      return event.outcome == .success
        ? "\(who) \(event.what)\(reason)"
        : "\(who) not \(event.what)\(reason) REFUSED: \(Phrase(verbatim: event.message ?? ""))"
    }
    return TextPanel(title: "History", text: .joined(events, separator: "\n"), top: top)
  }
}

extension EntryDetail.Line {
  /// `V19 19.00`; empty where it says none.
  fileprivate var taxText: String {
    [taxCode, tax.map { AmountFormat().text($0, exponent: exponent) } ?? ""]
      .filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// `1.0842, 2026-11-23, manual`; empty where nothing was valued by one.
  fileprivate var rateText: Phrase {
    .joined(
      [rate?.text, rateDay?.text].compactMap(\.self).map { Phrase(verbatim: $0) }
        + [rateSource?.phrase].compactMap(\.self), separator: ", ")
  }
}

extension Binding {
  static let entryAccount = Binding(
    "entry.account", [.enter, .right, "l"], "account", "Register of the line's account",
    RegisterPage.permission)
  static let entryAudit = Binding(
    "entry.audit", ["o"], "audit log", "What the audit log has of it", AuditPage.permission)
  static let entryHistoryUp = Binding(
    "entry.history.up", ["{", Key(.up, .alt)], "history up", "Scroll the history up")
  static let entryHistoryDown = Binding(
    "entry.history.down", ["}", Key(.down, .alt)], "history down", "Scroll the history down")
}
