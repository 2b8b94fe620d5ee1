import Domain
package import Keys
import Operations

/// Where an entry is written.
package final class EntryFormScreen: Screen {
  private let desk: Desk
  private let editing: Draft?
  private(set) var form: EntryForm?
  /// While it is, committing again would write the entry twice.
  private var isCommitting = false

  /// A draft as it was when the form opened.
  struct Draft {
    let head: JournalPage.Row
    let content: EntryContent
    let version: Int
  }

  /// A new entry, or the draft that is to be changed.
  init(at desk: Desk, editing: Draft? = nil) {
    self.desk = desk
    self.editing = editing
  }

  package var title: String { editing?.head.name ?? "New entry" }
  package var section: Section? { .journal }
  package var takesText: Bool { true }

  package var unsaved: String? {
    form?.isChanged == true
      ? "What you typed is not in the books yet. F2 keeps it as a draft." : nil
  }

  package func load() -> [Effect] {
    guard form == nil else { return [] }
    return [
      desk.fetch(EntryFormFacts()) { [weak self] facts in
        self?.open(with: facts)
        return []
      }
    ]
  }

  private func open(with facts: EntryFormFacts.Value) {
    let (currency, exponent) = (desk.place.baseCurrency, desk.place.exponent)
    form =
      if let editing {
        EntryForm(
          facts: facts, currency: currency, exponent: exponent,
          draft: editing.content)
      } else {
        EntryForm(
          facts: facts, currency: currency, exponent: exponent,
          date: desk.lastEntryDay ?? facts.today)
      }
  }

  package func press(_ key: Key) -> [Effect]? {
    guard form?.press(key) == true else { return nil }
    return []
  }

  package func paste(_ text: String) -> [Effect] {
    form?.paste(text)
    return []
  }

  package var actions: [Action] {
    let needs = form?.approvers ?? []
    return [
      Action(
        "entry.commit", keys: [.function(10), .alt("f")],
        title: needs.isEmpty ? "post" : "send",
        summary: needs.isEmpty ? "Post the entry" : "Send the entry for approval",
        permission: .journalSubmit
      ) { [weak self] in self?.commit(.finish) ?? [] },
      Action(
        "entry.draft", keys: [.function(2), .alt("d")], title: "draft",
        summary: "Keep it as a draft", permission: .journalCreate
      ) { [weak self] in self?.commit(.keepDraft) ?? [] },
      Action(
        "entry.next", keys: [.function(9), .alt("n")], title: "and new",
        summary: "Commit, then write another", permission: .journalSubmit
      ) { [weak self] in self?.commit(.finish, thenAnother: true) ?? [] },
    ]
  }

  private func commit(_ ending: EntryEnding, thenAnother: Bool = false) -> [Effect] {
    guard var form, !isCommitting else { return [] }
    if ending != .keepDraft { form.takeBalance() }
    let content = form.content()
    self.form = form
    guard let (content, origins) = content else { return [] }
    isCommitting = true
    let failed: (any Error) -> Void = { [weak self] error in
      self?.isCommitting = false
      self?.point(at: error, origins)
    }
    let done: (EnteredEntry) -> [Effect] = { [weak self] entered in
      self?.finish(entered, day: content.date, thenAnother: thenAnother) ?? []
    }
    guard let editing else {
      return [
        desk.perform(CreateEntry(content, then: ending), "Saving", failed: failed, then: done)
      ]
    }
    let edit = EditEntry(
      editing.head.id, content: content, version: editing.version, then: ending)
    return [desk.perform(edit, "Saving", failed: failed, then: done)]
  }

  private func finish(_ entered: EnteredEntry, day: Day, thenAnother: Bool) -> [Effect] {
    desk.lastEntryDay = day
    form?.markSaved()
    let navigator = desk.navigator
    let effects =
      navigator.close(self) + (thenAnother ? navigator.show(EntryFormScreen(at: desk)) : [])
    navigator.tell(.done, entered.words)
    return effects
  }

  /// Puts the cursor on what was refused; every character stays.
  private func point(at error: any Error, _ origins: [Int]) {
    guard case Refusal.faults(let faults)? = error as? Refusal, let first = faults.first else {
      return
    }
    let target: EntryForm.Focus =
      switch first {
      case .line(let index, .noAmount): .line(origins[index], .debit)
      case .line(let index, _): .line(origins[index], .account)
      case .noDescription: .description
      case .noPeriod, .periodNotOpen, .wrongPeriodKind: .date
      case .fewerThanTwoLines: .line(origins.count, .account)
      case .unbalanced: .line(origins.last ?? 0, form?.side(of: origins.last ?? 0) ?? .debit)
      }
    form?.point(at: target, fault: UserMessage.words(first))
  }
}

extension EnteredEntry {
  /// What is said when it is done.
  var words: String {
    switch state {
    case .draft: "\(name) is kept as a draft."
    case .posted: "\(name) is posted."
    case .submitted(let roles):
      "\(name) waits for approval by \(roles.map { "a \($0.rawValue)" }.joined(separator: " and "))."
    }
  }
}

extension EntryFormScreen {
  package var panels: [Panel] {
    guard let form else { return [.text(TextPanel(title: title, text: "Loading…"))] }
    var fields = [form.date, form.reference, form.description]
    fields[0].note = form.dateNote
    var panel = FormPanel(title: title, fields: fields, focus: form.focus.fieldIndex)
    panel.grid = grid(of: form)
    panel.choices = choices(of: form)
    panel.remarks = remarks(on: form)
    return [.form(panel)]
  }

  private func grid(of form: EntryForm) -> GridState {
    let totals = form.totals
    return GridState(
      columns: [
        TableColumn("Account", .text(atLeast: 16)), TableColumn("Debit", .amount),
        TableColumn("Credit", .amount), TableColumn("Memo", .text(atLeast: 8), priority: 1),
      ],
      lines: form.lines.map { [$0.account, $0.debit, $0.credit, $0.memo] },
      focus: form.focus.place,
      totals: ["Total", desk.text(totals?.debit ?? .zero), desk.text(totals?.credit ?? .zero), ""])
  }

  private func choices(of form: EntryForm) -> ChoiceList? {
    let matches = form.matches
    guard !matches.isEmpty else { return nil }
    return ChoiceList(
      choices: matches.map { row in
        let side = row.balance < .zero ? Side.credit : .debit
        return ChoiceList.Choice(
          text: row.label,
          note: row.refusalToTake
            ?? "\(desk.text(max(row.balance.debit, row.balance.credit))) \(side.letter)",
          refusal: row.refusalToTake)
      }, highlighted: form.highlighted)
  }

  private func remarks(on form: EntryForm) -> [Message] {
    guard let totals = form.totals else {
      return [Message(.error, "The sums are larger than books can hold.")]
    }
    var remarks: [Message] = []
    if totals.difference.isZero {
      if !totals.debit.isZero { remarks.append(Message(.done, "BALANCED")) }
    } else {
      let side = totals.difference > .zero ? "DEBIT" : "CREDIT"
      let size = max(totals.difference.debit, totals.difference.credit)
      remarks.append(Message(.notice, "Difference \(desk.text(size)) too much \(side)"))
    }
    if !form.approvers.isEmpty {
      let roles = form.approvers.map { "a \($0.rawValue)" }.joined(separator: " and ")
      remarks.append(Message(.notice, "Will go to \(roles) for approval"))
    }
    return remarks
  }
}

extension EntryForm {
  /// `Mon, 2026-11 open`.
  fileprivate var dateNote: String {
    guard let day else { return "" }
    guard let period else { return "\(day.weekdayName) \(day.text), no period" }
    return "\(day.weekdayName) \(day.text), period \(period.name) \(period.status.rawValue)"
  }
}

extension EntryForm.Focus {
  fileprivate var fieldIndex: Int? {
    switch self {
    case .date: 0
    case .reference: 1
    case .description: 2
    case .line: nil
    }
  }

  fileprivate var place: GridState.Place? {
    guard case .line(let line, let column) = self else { return nil }
    return GridState.Place(line: line, column: column.rawValue)
  }
}
