import Domain
import Keys
import Operations
package import Phrases

/// One reconciliation: the lines of the bank and of the books, what seems to be the same, what is
/// matched, and how much still lies between the two.
package final class ReconciliationScreen: ListScreen {
  package static let keymap: [Binding] =
    [
      .reconAccept, .reconMatch, .reconUndo, .reconClear, .reconIgnore, .reconBook, .reconClose,
      .reconEntry,
    ] + Binding.lists
  static let listName = "reconciliation"

  private let desk: Desk
  /// As it was when it was last read.
  private var row: Reconciliations.Row
  private var sheet: ReconciliationSheet.Value?
  var list: RowList<ReconciliationLine>

  init(_ row: Reconciliations.Row, at desk: Desk) {
    self.desk = desk
    self.row = row
    let exponent = row.exponent
    func shown(_ money: Money) -> String {
      desk.navigator.settings.amounts.text(money, exponent: exponent)
    }
    list = RowList([
      // With room for what is set in below another.
      ListColumn("date", "Date", .fixed(14)) { $0.day.text },
      ListColumn("text", "Text", .text(atLeast: 12)) { $0.text },
      ListColumn("bank", "Bank", exponent: exponent, some: { $0.bank?.amount }, text: shown),
      ListColumn("books", "Books", exponent: exponent, some: { $0.book?.amount }, text: shown),
      ListColumn("state", "State", .fixed(11), words: { $0.state }),
      ListColumn("match", "Match", .fixed(8), priority: 1) { $0.match },
      ListColumn("reference", "Reference", .text(atLeast: 10), priority: 3) { $0.reference },
      ListColumn("entry", "Entry", .fixed(14), priority: 2) { $0.book?.number ?? "" },
    ])
    recall()
  }

  package var title: Phrase { Phrase(verbatim: row.asOf.text) }
  package var section: Section? { .accounts }
  var navigator: Navigator { desk.navigator }
  package var subject: ScreenSubject? {
    ScreenSubject(instance: .reconciliation(row.id), name: "\(row.label), \(row.asOf.text)")
  }

  package func load() -> [Effect] {
    [
      read(ReconciliationSheet(row.id), at: desk) { [weak self] sheet in
        guard let self else { return [] }
        (self.row, self.sheet) = (sheet.reconciliation, sheet)
        self.list.take(ReconciliationLine.lines(of: sheet))
        return []
      }
    ]
  }

  func forget() { sheet = nil }

  func readForExport(
    limit: Int, _ then: @escaping ([ReconciliationLine], Footing?) -> [Effect]
  ) -> [Effect] {
    [
      desk.export(ReconciliationSheet(row.id)) {
        then(ReconciliationLine.lines(of: $0), $1)
      }
    ]
  }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.reconAccept, unavailable: closed ?? list.unavailable ?? unproposed) {
        [weak self] in self?.accept() ?? []
      },
      Action(.reconMatch, unavailable: closed ?? list.unavailable ?? unmarked) { [weak self] in
        self?.match() ?? []
      },
      Action(.reconUndo, unavailable: closed ?? list.unavailable ?? unsettled) { [weak self] in
        self?.undo() ?? []
      },
      Action(.reconClear, unavailable: closed ?? list.unavailable ?? nothingToClear) {
        [weak self] in self?.clear() ?? []
      },
      Action(.reconIgnore, unavailable: closed ?? list.unavailable ?? notOfBank) { [weak self] in
        self?.ignore() ?? []
      },
      Action(.reconBook, unavailable: closed ?? list.unavailable ?? notOfBank) { [weak self] in
        self?.book() ?? []
      },
      Action.using(.reconClose, unavailable: closed ?? unproved) { [weak self] in
        self?.close() ?? []
      },
      Action(.reconEntry, unavailable: list.unavailable ?? noEntry) { [weak self] in
        guard let self, let entry = self.list.selected?.book?.entry else { return [] }
        return self.navigator.show(EntryScreen(entry, at: self.desk))
      },
    ] + listActions
  }

  package var panels: [Panel] {
    let isTree = !list.arranges
    let panel = list.panel(
      "Bank and books", note: .joined([difference, row.status.phrase], separator: ", "),
      empty: "Neither the bank nor the books have a line up to that day."
    ) { line in
      TableRow.Shape(
        tone: line.isLeft ? .plain : .muted, level: isTree && line.isBelow ? 1 : 0)
    }
    return [.table(panel)]
  }

  /// Beside the title, whatever stands below.
  private var difference: Phrase {
    guard let sheet else { return .empty }
    guard let proof = sheet.proof else { return "not every line is yours to see" }
    return "difference \(text(proof.difference))"
  }

  package var hasDetails: Bool { true }
  package var details: [Panel] {
    var panels: [Panel] = []
    if let proof = sheet?.proof {
      panels.append(
        .facts(
          FactsPanel(
            title: "Proof",
            facts: [
              "In the books": text(proof.book),
              "Received, not at the bank": text(proof.receipts),
              "Paid, not at the bank": text(proof.payments),
              "At the bank": text(proof.cleared), "The bank says": text(proof.statement),
              "Difference": text(proof.difference),
            ])))
    }
    if let line = list.selected {
      panels.append(
        .facts(
          FactsPanel(
            title: "Line",
            facts: [
              "Text": Phrase(verbatim: line.text),
              "Counterparty": Phrase(verbatim: line.counterparty),
              "Reference": Phrase(verbatim: line.reference),
              "Proposed for": line.proposal?.score.phrase ?? .empty,
            ])))
    }
    return panels
  }

  private func text(_ money: Money) -> Phrase {
    let number = navigator.settings.amounts.text(money, exponent: row.exponent)
    return Phrase(verbatim: "\(number) \(row.currency)")
  }

  // MARK: Why not

  private var closed: Phrase? { row.status == .closed ? ReconciliationProblem.closed.phrase : nil }

  private var unproposed: Phrase? {
    list.chosen.contains { $0.proposal != nil } ? nil : "Nothing is proposed for this line."
  }

  private var unmarked: Phrase? {
    let marked = list.view.marks.isEmpty ? [] : list.chosen
    let (bank, books) = (marked.compactMap(\.unmatched), marked.compactMap(\.uncleared))
    guard !bank.isEmpty, !books.isEmpty else {
      return "Mark lines of the bank and of the books first: \(navigator.key(of: .mark))."
    }
    return bank.count == 1 || books.count == 1 ? nil : ReconciliationProblem.manyToMany.phrase
  }

  private var unsettled: Phrase? {
    settled.isEmpty ? ReconciliationProblem.unsettled.phrase : nil
  }

  private var nothingToClear: Phrase? {
    guard !list.chosen.contains(where: { $0.uncleared != nil }) else { return nil }
    return "It is for lines of the books that the bank has and no statement names."
  }

  private var notOfBank: Phrase? {
    list.selected?.unmatched == nil
      ? "It is for lines of the bank that nothing was done to yet." : nil
  }

  private var noEntry: Phrase? {
    list.selected?.book == nil ? "A line of the bank has no entry." : nil
  }

  private var unproved: Phrase? {
    guard let sheet else { return Panel.loading }
    guard let proof = sheet.proof else { return ReconciliationProblem.notAllSeen.phrase }
    guard proof.isProved else {
      return ReconciliationProblem.difference(proof.difference, in: row.currency).phrase
    }
    let left = sheet.bank.filter { $0.status == .unmatched }.count
    return left == 0 ? nil : ReconciliationProblem.bankLinesLeft(left).phrase
  }

  /// Of what is marked or under the cursor what something was done to.
  private var settled: [ReconciliationLine] { list.chosen.filter { !$0.isLeft } }

  // MARK: What is done

  /// The proposals of all lines that are marked, or of the one under the cursor.
  private func accept() -> [Effect] {
    var known: Set<ProposedMatches.Row> = []
    let lines = list.chosen.filter { line in
      line.proposal.map { known.insert($0).inserted } ?? false
    }
    let (workspace, principal, id) = (desk.workspace, desk.principal, row.id)
    guard lines.count > 1 else {
      return lines.first?.proposal.map { carryOut($0.match(in: id), "Matched.") } ?? []
    }
    return Batch<ReconciliationLine>(
      verb: "Match", things: "proposals", name: { Phrase(verbatim: $0.text) }
    ) { line in
      if let proposal = line.proposal {
        try await workspace.perform(proposal.match(in: id), as: principal)
      }
      return BatchTaken()
    }.run(lines, at: desk) { [weak self] _ in self?.list.view.marks = [] }
  }

  private func match() -> [Effect] {
    let marked = list.chosen
    return carryOut(
      MatchLines(
        in: row.id, bank: marked.compactMap(\.unmatched?.id),
        books: marked.compactMap(\.uncleared?.id)), "Matched.")
  }

  private func undo() -> [Effect] {
    let settled = settled
    return carryOut(
      UndoMatch(
        in: row.id, bank: settled.compactMap(\.bank?.id), books: settled.compactMap(\.book?.id)),
      "Undone.")
  }

  private func clear() -> [Effect] {
    let lines = list.chosen.compactMap(\.uncleared?.id)
    return [
      desk.perform(ClearLines(.these(lines), in: row.id), "Saving") { [weak self] count in
        self?.list.view.marks = []
        self?.navigator.tell(.done, "Cleared: \(count).")
        return self?.load() ?? []
      }
    ]
  }

  private func ignore() -> [Effect] {
    guard let line = list.selected?.unmatched else { return [] }
    return desk.askWhy(
      title: "Ignore this line of the bank?",
      body: "Nothing in the books stands for it. The difference stays as it is.",
      confirm: "Ignore", least: IgnoreBankLine.leastReason
    ) { [weak self] reason in
      guard let self else { return [] }
      return self.carryOut(
        IgnoreBankLine(line.id, in: self.row.id, reason: reason), "The line is ignored.")
    }
  }

  /// Writes an entry of what the bank has and the books lack, against the account that the rules
  /// for the bank's files name; once it is posted it is proposed.
  private func book() -> [Effect] {
    guard let line = list.selected?.unmatched else { return [] }
    let content = EntryContent(
      date: line.day, reference: line.reference,
      description: line.text.isEmpty ? line.counterparty : line.text, payee: line.counterparty,
      lines: [LineContent(account: row.account, currency: row.currency, amount: line.amount)])
    return navigator.show(EntryFormScreen(at: desk, .writing(content, against: line.suggestion)))
  }

  private func close() -> [Effect] {
    guard let proof = sheet?.proof else { return [] }
    let sums: Phrase = """
      In the books \(text(proof.book)), without \(text(proof.receipts)) received and \
      \(text(proof.payments)) paid that the bank doesn't have yet: \(text(proof.cleared)). The \
      bank says \(text(proof.statement)). What is cleared stays as it is then.
      """
    return navigator.ask(
      Dialog(title: "Close the reconciliation to \(row.asOf.text)?", body: sums, confirm: "Close") {
        [desk, row] _ in
        desk.carryOut(
          CloseReconciliation(row.id, version: row.version),
          "\(row.label) is reconciled to \(row.asOf.text).")
      })
  }

  /// Does it with what was marked, which isn't any more then.
  private func carryOut<C: Command>(_ command: C, _ said: Phrase) -> [Effect]
  where C.Output == Void {
    [
      desk.perform(command, "Saving") { [weak self] _ in
        self?.list.view.marks = []
        self?.navigator.tell(.done, said)
        return self?.load() ?? []
      }
    ]
  }
}

extension ReconciliationProblem {
  /// Why it can't be done, said before anybody tries.
  var phrase: Phrase { UserMessage(Refusal.reconciliation(self)).phrase }
}

extension Binding {
  static let reconAccept = Binding(
    "recon.accept", ["a"], "take", "Accept what is proposed", MatchLines.permission)
  static let reconMatch = Binding(
    "recon.match", ["m"], "match", "Match the marked lines", MatchLines.permission)
  static let reconUndo = Binding(
    "recon.undo", ["u"], "undo", "Take back what was done to the line", UndoMatch.permission)
  static let reconClear = Binding(
    "recon.clear", ["c"], "tick off", "The bank has it, without a statement", ClearLines.permission)
  static let reconIgnore = Binding(
    "recon.ignore", ["i"], "ignore", "Not for the books, with a reason", IgnoreBankLine.permission)
  static let reconBook = Binding(
    "recon.book", ["n"], "book", "Write an entry of the bank's line", CreateEntry.permission)
  static let reconClose = Binding(
    "recon.close", ["x"], "close", "Close it, where the proof holds", CloseReconciliation.permission
  )
  static let reconEntry = Binding(
    "recon.entry", [.enter, .right, "l"], "entry", "Look at the entry", EntryDetail.permission)
}
