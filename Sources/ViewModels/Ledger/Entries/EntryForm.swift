package import Domain
package import Keys
package import Operations
import Phrases

/// What an entry form holds while somebody types: pure state, so that no key waits for anything.
package struct EntryForm {
  package enum Column: Int, CaseIterable, Sendable {
    case account
    case debit
    case credit
    case memo
  }

  package enum Focus: Hashable, Sendable {
    case date
    case reference
    case description
    case line(Int, Column)
  }

  package internal(set) var facts: EntryFormFacts.Value
  /// What an amount without a code is in, where its account doesn't say.
  var currency: Currency
  package internal(set) var date: FieldState
  package internal(set) var reference = FieldState("Ref")
  package internal(set) var description = FieldState("Text")
  package internal(set) var lines = [Line(), Line()]
  package internal(set) var focus = Focus.date
  /// Earlier entries that begin like the text.
  package internal(set) var offered: [EntrySuggestions.Suggestion] = []
  /// Whether one of them was taken.
  package internal(set) var tookOffer = false
  /// In the list below the field; nil when nothing is to be taken.
  package internal(set) var highlighted: Int?
  /// Whether the list shows although nothing was typed.
  var listsAll = false
  /// What the form held when it was opened or saved.
  private var savedText = ""
  /// The day that was read last, from which the next one counts.
  var settledDay: Day
  /// The draft that is changed, with all that the form doesn't show.
  var original: EntryContent

  package init(facts: EntryFormFacts.Value, date: Day) {
    self.init(facts: facts, draft: EntryContent(date: date, description: "", lines: []))
  }

  /// A new entry like `repeated`: its last line takes what the others leave, and the cursor stands
  /// where the amounts begin.
  package init(facts: EntryFormFacts.Value, date: Day, repeating repeated: EntryContent) {
    self.init(facts: facts, date: date)
    reference.editor = LineEditor(repeated.reference)
    if EntryType.byHand.contains(repeated.type) { original.type = repeated.type }
    original.adjustment = repeated.adjustment
    fill(with: repeated)
    savedText = everything
  }

  /// Text and lines of an earlier entry, foreign ones to be valued anew; accounts that no line may name
  /// any more are left out.
  mutating func fill(with earlier: EntryContent) {
    description.editor = LineEditor(earlier.description)
    lines = earlier.lines.filter { !$0.amount.isZero }.map { line in
      var row = read(line, anew: true)
      row.original = nil
      if row.chosen?.refusalToTake != nil {
        row.chosen = nil
        row.account.editor = LineEditor()
      }
      return row
    }
    if lines.count > 1 {
      lines[lines.count - 1].debit.editor = LineEditor()
      lines[lines.count - 1].credit.editor = LineEditor()
    }
    while lines.count < 2 { lines.append(Line()) }
    move(to: .line(0, side(of: 0)))
  }

  /// What a template says, below what is there: nothing that was typed is written over.
  mutating func add(_ template: EntryContent) {
    let (before, typed) = (self, lines.filter { !$0.isBlank })
    fill(with: template)
    if !before.description.text.isEmpty { description = before.description }
    if reference.text.isEmpty { reference.editor = LineEditor(template.reference) }
    if original.notes.isEmpty { original.notes = template.notes }
    if original.payee.isEmpty { original.payee = template.payee }
    lines = typed + lines
    move(to: .line(typed.count, side(of: typed.count)))
  }

  /// The form of a draft that exists.
  package init(facts: EntryFormFacts.Value, draft: EntryContent) {
    self.facts = facts
    currency = facts.valuation.base
    original = draft
    reversesItself = draft.reversesOn != nil
    settledDay = draft.date
    date = FieldState("Date", draft.date.text)
    date.editor.selectAll()
    reference.editor = LineEditor(draft.reference)
    description.editor = LineEditor(draft.description)
    lines = draft.lines.map { read($0) }
    while lines.count < 2 { lines.append(Line()) }
    savedText = everything
  }

  private func read(_ line: LineContent, anew: Bool = false) -> Line {
    var row = Line()
    row.original = line
    row.chosen = facts.accounts.first { $0.id == line.account }
    row.account.editor = LineEditor(row.chosen?.label ?? "")
    if let written = written(line, anew: anew) {
      row.write(text(written, on: row), of: line.amount.isZero ? line.base : line.amount)
    }
    row.readAs = row.amountText
    row.memo.editor = LineEditor(line.description)
    row.details = Line.Details(line, exponent: exponent(of: line))
    return row
  }

  package var isChanged: Bool { everything != savedText }

  /// Called when what is typed has reached the books.
  package mutating func markSaved() { savedText = everything }

  private var everything: String {
    let cells =
      [date, reference, description]
      + lines.flatMap { [$0.account, $0.debit, $0.credit, $0.memo] }
    let kind = adjustment?.rawValue ?? ""
    let texts =
      cells.map(\.text) + [original.payee, original.notes, kind] + lines.flatMap(\.details.texts)
    return texts.joined(separator: "\u{1}") + type.rawValue + currency.code + "\(reversesItself)"
  }

  // MARK: What kind of entry it is

  package var type: EntryType { original.type }
  /// Whether it is of a type that people don't write.
  var hasOwnType: Bool { !EntryType.byHand.contains(type) }

  /// The next of those that people write.
  mutating func changeType() { original.type = EntryType.byHand.after(type) }

  mutating func restore(type: EntryType) { original.type = type }

  /// What it is for, where it is an adjusting one and somebody said.
  package var adjustment: AdjustmentKind? { type == .adjusting ? original.adjustment : nil }

  /// Whether it is taken back by itself.
  var reversesItself: Bool

  // MARK: What the program makes of it

  package var day: Day? {
    let opened = Day(date.text)
    // The field tells what is wrong with it; here it only has no day.
    return opened
      ?? (try? DayExpression.parse(date.text, today: facts.today, reference: settledDay))
  }

  /// The normal period of the day.
  package var period: EntryFormFacts.Period? {
    day.flatMap { day in facts.periods.first { $0.start <= day && day <= $0.end } }
  }

  /// Whose approval the entry will need.
  package var approvers: [Role] { approvers(of: sums.worth) }

  func approvers(of amount: Money?) -> [Role] {
    guard let amount else { return [] }
    return facts.allowsOwnPosting
      ? facts.policy.required(for: amount) : facts.policy.asked(for: amount)
  }

  // MARK: Keys

  mutating func step(_ step: FieldStep) {
    switch step {
    case .take: accept()
    case .next: leave { $0.neighbour(1) }
    case .previous: leave { $0.neighbour(-1) }
    case .down where focus == .description && !offered.isEmpty && highlighted == nil:
      highlighted = 0
    case .down where highlighted != nil: highlight(1)
    case .up where highlighted != nil: highlight(-1)
    case .down: leave { $0.below(1) }
    case .up: leave { $0.below(-1) }
    }
  }

  /// False where the key means nothing in the field.
  package mutating func type(_ key: Key) -> Bool {
    let taken = self[focus].editor.handle(key)
    if taken { changed() }
    return taken
  }

  /// Gives how many characters found no room.
  package mutating func paste(_ text: String) -> Int {
    let lost = self[focus].editor.insert(text)
    changed()
    return lost
  }

  // MARK: Commands of a line

  var isInAmount: Bool {
    if case .line(_, let column) = focus { column == .debit || column == .credit } else { false }
  }

  /// Whether the code of a currency is being typed, which begins after a space: `12k` is a number.
  var isInCode: Bool {
    guard isInAmount else { return false }
    let text = self[focus].text
    let letters = String(text.reversed().prefix(while: \.isLetter).reversed())
    if letters.isEmpty { return text.last?.isWhitespace == true }
    return letters != "k" && facts.valuation.currency(letters.uppercased()) == nil
  }

  /// Plain amounts that stand there already keep theirs.
  mutating func take(_ currency: Currency) {
    let before = lines.map { try? written($0) }
    self.currency = currency
    for (index, written) in before.enumerated() {
      guard let written, !written.amount.isZero else { continue }
      lines[index].write(text(written, on: lines[index]), of: written.amount)
    }
    refreshGhosts()
  }

  var canList: Bool {
    switch focus {
    case .date, .line(_, .account): true
    case .reference, .description, .line: false
    }
  }

  mutating func choose(_ day: Day) {
    date.editor = LineEditor(day.text)
    _ = settle()
    move(to: .description)
  }

  var canRepeatAbove: Bool {
    guard case .line(let line, let column) = focus else { return false }
    return line > 0 && lines[line][column].text.isEmpty
  }

  mutating func fillDifference() {
    guard case .line(let line, _) = focus, let amount = balancing(line) else { return }
    put(amount, in: line)
  }

  mutating func changeSide(to side: Column) {
    if case .line(let line, _) = focus { changeSide(of: line, to: side) }
  }

  mutating func repeatAbove() {
    if case .line(let line, let column) = focus { repeatAbove(line, column) }
  }

  private mutating func repeatAbove(_ line: Int, _ column: Column) {
    lines[line][column].editor = LineEditor(lines[line - 1][column].text)
    changed()
    guard column == .account else { return }
    lines[line].chosen = lines[line - 1].chosen
    if lines[line].chosen != nil { highlighted = nil }
    refreshGhosts()
  }

  private mutating func changeSide(of line: Int, to side: Column) {
    let row = lines[line]
    // What can't be read moves as it is.
    let text = (try? written(row)).map { self.text($0, on: row) } ?? row.amountText.joined()
    lines[line].debit.editor = LineEditor(side == .debit ? text : "")
    lines[line].credit.editor = LineEditor(side == .credit ? text : "")
    focus = .line(line, side)
  }

  mutating func put(_ written: WrittenAmount, in line: Int) {
    (lines[line].debit, lines[line].credit) = (FieldState("Debit"), FieldState("Credit"))
    if !written.amount.isZero {
      lines[line].write(text(written, on: lines[line]), of: written.amount)
      focus = .line(line, side(of: line))
    }
    clearCountFault()
    refreshGhosts()
  }

  /// After typing: an amount on one side clears the other, a changed account is chosen anew.
  private mutating func changed() {
    if case .line(let index, let column) = focus {
      switch column {
      case .debit where !lines[index].debit.text.isEmpty: lines[index].credit.editor = LineEditor()
      case .credit where !lines[index].credit.text.isEmpty: lines[index].debit.editor = LineEditor()
      case .account:
        lines[index].chosen = nil
        highlighted = matches.firstIndex { $0.refusalToTake == nil }
      case .debit, .credit, .memo: break
      }
    }
    if focus == .description { highlighted = nil }
    self[focus].fault = nil
    clearAmountFaults()
    clearCountFault()
    refreshGhosts()
  }

  subscript(place: Focus) -> FieldState {
    get {
      switch place {
      case .date: date
      case .reference: reference
      case .description: description
      case .line(let index, let column): lines[index][column]
      }
    }
    set {
      switch place {
      case .date: date = newValue
      case .reference: reference = newValue
      case .description: description = newValue
      case .line(let index, let column): lines[index][column] = newValue
      }
    }
  }

  // MARK: Moving

  /// Enter: takes what is offered and goes to the next field that an entry needs.
  mutating func accept() {
    let before = focus
    takeOffer()
    if focus != before { return }
    guard settle() else { return }
    switch focus {
    case .date, .reference: move(to: .description)
    case .description: move(to: .line(0, .account))
    case .line(let index, .account):
      if lines[index].isBlank {
        move(to: sums.totals?.difference.isZero == true ? focus : .line(0, .debit))
      } else {
        let needed = balancing(index)?.amount ?? .zero
        let now = (try? written(lines[index]))?.amount ?? .zero
        let side = now.isZero ? needed : now
        move(to: .line(index, side < .zero ? .credit : .debit))
      }
    case .line(let index, .debit), .line(let index, .credit), .line(let index, .memo):
      if index == lines.count - 1 { lines.append(Line()) }
      move(to: .line(index + 1, .account))
    }
  }

  private mutating func leave(_ target: (EntryForm) -> Focus) {
    if case .line(_, .account) = focus { takeOffer() }
    guard settle() else { return }
    let next = target(self)
    if case .line(let index, _) = next, index == lines.count { lines.append(Line()) }
    move(to: next)
  }

  mutating func move(to target: Focus) {
    focus = target
    highlighted = nil
    listsAll = false
    self[focus].editor.selectAll()
    clearCountFault()
    refreshGhosts()
  }

  /// Puts the cursor where somebody pointed, if there is such a field.
  mutating func go(to target: Focus) {
    if case .line(let index, _) = target, !lines.indices.contains(index) { return }
    guard settle() else { return }
    move(to: target)
  }

  /// Takes one of the accounts that are listed.
  mutating func take(choice index: Int) {
    if focus == .description, offered.indices.contains(index) {
      highlighted = index
      return accept()
    }
    guard matches.indices.contains(index), matches[index].refusalToTake == nil else { return }
    highlighted = index
    accept()
  }

  /// Every field, from the top to the bottom.
  var places: [Focus] {
    [.date, .reference, .description]
      + lines.indices.flatMap { index in Column.allCases.map { Focus.line(index, $0) } }
  }

  private func neighbour(_ step: Int) -> Focus {
    let all = places
    guard let now = all.firstIndex(of: focus) else { return focus }
    let next = now + step
    if next == all.count { return .line(lines.count, .account) }
    return all[min(max(next, 0), all.count - 1)]
  }

  private func below(_ step: Int) -> Focus {
    switch focus {
    case .line(let index, let column):
      let next = index + step
      if next < 0 { return .description }
      return .line(min(next, lines.count - 1), column)
    case .date, .reference: return step > 0 ? .description : focus
    case .description: return step > 0 ? .line(0, .account) : .date
    }
  }

  mutating func removeLine() {
    guard case .line(let index, _) = focus else { return }
    lines.remove(at: index)
    while lines.count < 2 { lines.append(Line()) }
    move(to: .line(min(index, lines.count - 1), .account))
  }
}

extension EntryContent {
  /// With a line against its first in the account that is called so. What a bank's rules name
  /// needn't be in the books: then somebody chooses.
  func against(_ name: String, in chart: [ChartOfAccounts.Row]) -> EntryContent {
    guard let first = lines.first, let account = try? chart.named(name),
      let amount = try? first.amount.negated()
    else { return self }
    var content = self
    content.lines.append(
      LineContent(account: account.id, currency: first.currency, amount: amount))
    return content
  }
}
