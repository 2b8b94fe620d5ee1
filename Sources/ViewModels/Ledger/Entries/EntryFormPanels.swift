import Domain
import Keys
import Operations
import Phrases

extension EntryFormScreen {
  package var panels: [Panel] {
    guard let form else { return [.text(TextPanel(title: title, text: fault ?? Panel.loading))] }
    var fields = [form.date, form.reference, form.description]
    fields[0].note = form.dateNote
    var panel = FormPanel(title: title, fields: fields, focus: form.focus.fieldIndex)
    let sums = form.sums
    panel.grid = grid(of: form, sums)
    panel.choices = choices(of: form)
    panel.remarks = remarks(on: form, sums)
    return [.form(panel)]
  }

  private func grid(of form: EntryForm, _ sums: EntryForm.Sums) -> GridState {
    let totals = sums.totals
    func sum(_ amount: Money?) -> Phrase {
      Phrase(verbatim: text(amount ?? .zero, in: totals?.currency ?? form.base))
    }
    var grid = GridState(
      columns: [
        TableColumn("Account", .text(atLeast: 16)), TableColumn("Debit", .amount),
        TableColumn("Credit", .amount), TableColumn("Memo", .text(atLeast: 8), priority: 1),
      ],
      lines: form.lines.map { [$0.account, $0.debit, $0.credit, $0.memo] },
      focus: form.focus.place,
      totals: ["Total", sum(totals?.debit), sum(totals?.credit), .empty])
    if sums.isForeign { addWorths(sums, in: form.base, to: &grid) }
    if !form.lines.allSatisfy({ form.details(of: $0).isBlank }) { addDetails(of: form, to: &grid) }
    return grid
  }

  /// What each line says besides, which a form of its own asks for.
  private func addDetails(of form: EntryForm, to grid: inout GridState) {
    grid.columns.append(TableColumn("More", .text(atLeast: 8), priority: 2))
    for (index, line) in form.lines.enumerated() {
      let details = form.details(of: line)
      grid.lines[index].append(FieldState(.empty, details.text(among: form.facts.departments)))
    }
    grid.totals.append(.empty)
  }

  /// What each line is in the base currency, which nobody types there.
  private func addWorths(
    _ sums: EntryForm.Sums, in base: Currency, to grid: inout GridState
  ) {
    grid.columns.append(TableColumn("In \(base.code)", .amount))
    for (index, worth) in sums.worths.enumerated() {
      grid.lines[index].append(FieldState(.empty, worth.map(desk.column) ?? "?"))
    }
    grid.totals.append(Phrase(verbatim: sums.worth.map(desk.text) ?? ""))
  }

  /// With its code where that isn't the base currency's.
  private func text(_ amount: Money, in currency: Currency) -> String {
    guard currency.code != desk.place.baseCurrency else { return desk.text(amount) }
    let number = desk.navigator.settings.amounts.text(amount, exponent: currency.exponent)
    return "\(number) \(currency.code)"
  }

  private func choices(of form: EntryForm) -> ChoiceList? {
    if form.focus == .description, !form.offered.isEmpty {
      return ChoiceList(
        choices: form.offered.map { earlier in
          ChoiceList.Choice(
            text: Phrase(verbatim: earlier.content.description),
            note: "\(desk.text(earlier.total))  \(earlier.share) %", refusal: nil)
        }, highlighted: form.highlighted)
    }
    let matches = form.matches
    guard !matches.isEmpty else { return nil }
    return ChoiceList(
      choices: matches.map { row in
        let side = row.balance < .zero ? Side.credit : .debit
        return ChoiceList.Choice(
          text: Phrase(verbatim: row.label),
          note: row.refusalToTake
            ?? "\(desk.text(max(row.balance.debit, row.balance.credit))) \(side.letterPhrase)",
          refusal: row.refusalToTake)
      }, highlighted: form.highlighted)
  }

  private func remarks(on form: EntryForm, _ sums: EntryForm.Sums) -> [Message] {
    guard let totals = sums.totals else {
      return [Message(.error, "The sums are larger than books can hold.")]
    }
    var remarks: [Message] = []
    if form.faultCount > 1 { remarks.append(Message(.error, "\(form.faultCount) to correct")) }
    if totals.difference.isZero {
      if !totals.debit.isZero { remarks.append(Message(.done, "BALANCED")) }
    } else {
      let side: Phrase = totals.difference > .zero ? "DEBIT" : "CREDIT"
      let size = text(max(totals.difference.debit, totals.difference.credit), in: totals.currency)
      remarks.append(
        Message(
          .notice,
          sums.isRounding
            ? "\(size) goes to rounding" : "Difference \(size) too much \(side)"))
    }
    let approvers = form.approvers(of: sums.worth)
    if !approvers.isEmpty {
      remarks.append(Message(.notice, "Will go to \(Role.anyOf(approvers)) for approval"))
    }
    if !form.remainder.isEmpty { remarks.append(Message(.done, "More: \(form.remainder)")) }
    return remarks
  }
}

extension EntryForm {
  /// `Mon, 2026-11 open`.
  fileprivate var dateNote: Phrase {
    guard let day else { return .empty }
    if type == .opening { return "\(day.phrase); it must be the first of a fiscal year" }
    guard let period else { return "\(day.phrase), no period" }
    return "\(day.phrase), period \(period.name) \(period.status.phrase)"
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

  var place: GridState.Place? {
    guard case .line(let line, let column) = self else { return nil }
    return GridState.Place(line: line, column: column.rawValue)
  }
}
