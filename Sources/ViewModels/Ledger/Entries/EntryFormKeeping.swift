import Domain
import Foundation
import Keys
import Operations
import Phrases

/// What was typed is kept beside the books with every key, and offered again to the same person when
/// the form opens after the program was killed or the terminal went away.
extension EntryFormScreen {
  /// The texts of a form.
  struct Kept: Codable {
    let date: String
    let reference: String
    let description: String
    /// Account, debit, credit, memo and details of each line; an older program kept no details.
    let lines: [[String]]
    /// Nil where an older program kept it.
    let type: String?
    let currency: String?
    let reversesItself: Bool?
    let adjustment: String?
    let payee: String?
    let notes: String?
  }

  private var keptName: String {
    let entry =
      switch opening {
      case .draft(let draft): "\(draft.head.id.value)"
      case .correction(let head, _): "correction.\(head.id.value)"
      case .nothing, .repeating, .writing, .proposed: "new"
      }
    return "entry.\(desk.place.slug).\(desk.place.user.value).\(entry)"
  }

  private var memory: Settings.Memory { desk.navigator.settings.memory }

  func keep() {
    guard let form, form.isChanged else { return }
    let kept = Kept(
      date: form.date.text, reference: form.reference.text, description: form.description.text,
      lines: form.lines.map { line in
        [line.account, line.debit, line.credit, line.memo].map(\.text)
          + (line.details.isBlank ? [] : line.details.texts)
      },
      type: form.type.rawValue, currency: form.currency.code, reversesItself: form.reversesItself,
      adjustment: form.adjustment?.rawValue, payee: form.original.payee, notes: form.original.notes)
    guard let data = try? JSONEncoder().encode(kept) else { return }  // it is nothing but texts
    memory.write(keptName, String(decoding: data, as: UTF8.self))
  }

  func forget() { memory.remove(keptName) }

  package func letGo() { forget() }

  /// Asks whether to go on with what is kept, if anything is.
  func offerKept() -> [Effect] {
    guard let text = memory.read(keptName),
      // What can't be read was written by another version: there is nothing to offer.
      let kept = try? JSONDecoder().decode(Kept.self, from: Data(text.utf8))
    else { return [] }
    let lines = kept.lines.count { !$0.joined().isEmpty }
    let title: Phrase =
      kept.description.isEmpty ? "an entry without a text" : "“\(kept.description)”"
    return desk.navigator.ask(
      Dialog(
        title: "Go on with what you were writing?",
        body: lines == 1
          ? "\(title), one line, was not committed when CoreFlow ended."
          : "\(title), \(lines) lines, was not committed when CoreFlow ended.",
        confirm: "Go on", cancel: "Begin anew", defaultsToConfirm: true,
        cancelled: { [weak self] in
          self?.forget()
          return []
        }
      ) { [weak self] _ in
        self?.form?.restore(kept)
        return self?.readItems() ?? []
      })
  }
}

extension EntryForm {
  mutating func restore(_ kept: EntryFormScreen.Kept) {
    date.editor = LineEditor(kept.date)
    reference.editor = LineEditor(kept.reference)
    description.editor = LineEditor(kept.description)
    let before = lines
    lines = kept.lines.enumerated().map { index, texts in
      var line = Line()
      let cells = texts + Array(repeating: "", count: max(0, 4 - texts.count))
      line.account.editor = LineEditor(cells[0])
      line.chosen = facts.accounts.first { $0.label == cells[0] && $0.refusalToTake == nil }
      line.debit.editor = LineEditor(cells[1])
      line.credit.editor = LineEditor(cells[2])
      line.memo.editor = LineEditor(cells[3])
      if before.indices.contains(index), before[index].account.text == cells[0] {
        (line.original, line.readAs) = (before[index].original, before[index].readAs)
      }
      if texts.count >= 7 { line.details = Line.Details(Array(texts[4...])) }
      return line
    }
    while lines.count < 2 { lines.append(Line()) }
    if let type = kept.type.flatMap(EntryType.init) { restore(type: type) }
    currency = kept.currency.flatMap(facts.valuation.currency) ?? currency
    reversesItself = kept.reversesItself ?? false
    original.adjustment = kept.adjustment.flatMap(AdjustmentKind.init)
    if let payee = kept.payee { original.payee = payee }
    if let notes = kept.notes { original.notes = notes }
    go(to: .description)
  }
}
