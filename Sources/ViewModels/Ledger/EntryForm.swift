package import Domain
package import Keys
package import Operations

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

  package let facts: EntryFormFacts.Value
  package let currency: String
  let exponent: Int
  package private(set) var date: FieldState
  package private(set) var reference = FieldState("Ref")
  package private(set) var description = FieldState("Text")
  package private(set) var lines = [Line(), Line()]
  package private(set) var focus = Focus.date
  /// In the list of accounts below the field; nil when nothing is to be taken.
  package private(set) var highlighted: Int?
  /// Whether the list shows although nothing was typed.
  private var listsAll = false
  /// What the form held when it was opened or saved.
  private var savedText = ""
  /// The day that was read last, from which the next one counts.
  private var settledDay: Day
  /// The draft that is changed, with all that the form doesn't show.
  private let original: EntryContent

  package init(facts: EntryFormFacts.Value, currency: String, exponent: Int, date: Day) {
    self.init(
      facts: facts, currency: currency, exponent: exponent,
      draft: EntryContent(date: date, description: "", lines: []))
  }

  /// The form of a draft that exists.
  package init(
    facts: EntryFormFacts.Value, currency: String, exponent: Int, draft: EntryContent
  ) {
    self.facts = facts
    self.currency = currency
    self.exponent = exponent
    original = draft
    settledDay = draft.date
    date = FieldState("Date", draft.date.text)
    date.editor.selectAll()
    reference.editor = LineEditor(draft.reference)
    description.editor = LineEditor(draft.description)
    lines = draft.lines.map(read)
    while lines.count < 2 { lines.append(Line()) }
    savedText = everything
  }

  private func read(_ line: LineContent) -> Line {
    var row = Line()
    row.original = line
    row.chosen = facts.accounts.first { $0.id == line.account }
    row.account.editor = LineEditor(row.chosen?.label ?? "")
    row.debit.editor = LineEditor(text(line.base.debit))
    row.credit.editor = LineEditor(text(line.base.credit))
    row.memo.editor = LineEditor(line.description)
    return row
  }

  package var isChanged: Bool { everything != savedText }

  /// Called when what is typed has reached the books.
  package mutating func markSaved() { savedText = everything }

  private var everything: String {
    ([date, reference, description] + lines.flatMap { [$0.account, $0.debit, $0.credit, $0.memo] })
      .map(\.text).joined(separator: "\u{1}")
  }

  func text(_ money: Money) -> String {
    money.isZero ? "" : AmountFormat().text(money, exponent: exponent)
  }

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

  /// Debit-positive; nil where the amount can't be read.
  func amount(of line: Line) -> Money? {
    guard let debit = amount(line.debit), let credit = amount(line.credit) else { return nil }
    // Only amounts that fit books come from a field.
    return try? debit - credit
  }

  private func amount(_ field: FieldState) -> Money? {
    guard !field.text.isEmpty else { return .zero }
    // The field tells what is wrong with it.
    return try? AmountExpression.parse(field.text, exponent: exponent)
  }

  /// Debits and credits as far as they can be read, and what they differ by.
  package var totals: (debit: Money, credit: Money, difference: Money)? {
    let amounts = lines.compactMap(amount)
    // A sum that is larger than books can hold is shown as no sum at all.
    guard let debit = try? amounts.map(\.debit).total(),
      let credit = try? amounts.map(\.credit).total(), let difference = try? debit - credit
    else { return nil }
    return (debit, credit, difference)
  }

  /// What line `index` must hold for the entry to balance, debit-positive.
  func balancing(_ index: Int) -> Money? {
    let others = lines.indices.filter { $0 != index }.compactMap { amount(of: lines[$0]) }
    // As above.
    return try? others.total().negated()
  }

  /// Whose approval the entry will need.
  package var approvers: [Role] {
    totals.map { facts.policy.required(for: max($0.debit, $0.credit)) } ?? []
  }

  // MARK: Keys

  /// Whether the key meant something here.
  package mutating func press(_ key: Key) -> Bool {
    switch key {
    case .enter: accept()
    case .tab: leave { $0.neighbour(1) }
    case .backTab: leave { $0.neighbour(-1) }
    case .down where highlighted != nil: highlight(1)
    case .up where highlighted != nil: highlight(-1)
    case .down: leave { $0.below(1) }
    case .up: leave { $0.below(-1) }
    case .function(4), Key(.down, .alt): openList()
    case .function(8): removeLine()
    default: return type(key)
    }
    return true
  }

  package mutating func paste(_ text: String) {
    withField { $0.editor.insert(text) }
    changed()
  }

  private mutating func type(_ key: Key) -> Bool {
    if case .line(let index, let column) = focus, let character = key.text,
      command(character, line: index, column)
    {
      return true
    }
    let taken = withField { $0.editor.handle(key) }
    if taken { changed() }
    return taken
  }

  /// `=` fills the difference in, `"` repeats the cell above, `<` and `>` (or d and c) change sides.
  private mutating func command(_ character: Character, line: Int, _ column: Column) -> Bool {
    let isAmount = column == .debit || column == .credit
    switch character {
    case "=" where isAmount:
      if let amount = balancing(line) { put(amount, in: line) }
    case "\"" where lines[line][column].text.isEmpty && line > 0: repeatAbove(line, column)
    case "<" where isAmount, "d" where isAmount: changeSide(of: line, to: .debit)
    case ">" where isAmount, "c" where isAmount: changeSide(of: line, to: .credit)
    default: return false
    }
    return true
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
    if let amount = amount(of: lines[line]), !amount.isZero {
      let size = max(amount.debit, amount.credit)
      lines[line].debit.editor = LineEditor(side == .debit ? text(size) : "")
      lines[line].credit.editor = LineEditor(side == .credit ? text(size) : "")
    }
    focus = .line(line, side)
  }

  private mutating func put(_ amount: Money, in line: Int) {
    lines[line].debit = FieldState("Debit", text(amount.debit))
    lines[line].credit = FieldState("Credit", text(amount.credit))
    if !amount.isZero { focus = .line(line, amount > .zero ? .debit : .credit) }
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
    withField { $0.fault = nil }
    refreshGhosts()
  }

  @discardableResult
  private mutating func withField<Result>(_ body: (inout FieldState) -> Result) -> Result {
    switch focus {
    case .date: body(&date)
    case .reference: body(&reference)
    case .description: body(&description)
    case .line(let index, let column): body(&lines[index][column])
    }
  }

  // MARK: Moving

  /// Enter: takes what is offered and goes to the next field that an entry needs.
  private mutating func accept() {
    takeOffer()
    guard settle() else { return }
    switch focus {
    case .date, .reference: move(to: .description)
    case .description: move(to: .line(0, .account))
    case .line(let index, .account):
      if lines[index].isBlank {
        move(to: totals?.difference.isZero == true ? focus : .line(0, .debit))
      } else {
        let needed = balancing(index) ?? .zero
        let now = amount(of: lines[index]) ?? .zero
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

  private mutating func move(to target: Focus) {
    focus = target
    highlighted = nil
    listsAll = false
    withField { $0.editor.selectAll() }
    refreshGhosts()
  }

  /// Puts the cursor on a field from outside: where a fault is.
  package mutating func point(at target: Focus, fault: String?) {
    move(to: target)
    withField { $0.fault = fault }
  }

  private static let order: [Focus] = [.date, .reference, .description]

  private func neighbour(_ step: Int) -> Focus {
    let all =
      Self.order
      + lines.indices.flatMap { index in Column.allCases.map { Focus.line(index, $0) } }
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

  private mutating func removeLine() {
    guard case .line(let index, _) = focus else { return }
    lines.remove(at: index)
    while lines.count < 2 { lines.append(Line()) }
    move(to: .line(min(index, lines.count - 1), .account))
  }

  // MARK: Offers

  private mutating func refreshGhosts() {
    for index in lines.indices {
      let offer: Money =
        if case .line(index, _) = focus, lines[index].chosen != nil,
          lines[index].debit.text.isEmpty, lines[index].credit.text.isEmpty
        { balancing(index) ?? .zero } else { .zero }
      lines[index].debit.ghost = text(offer.debit)
      lines[index].credit.ghost = text(offer.credit)
    }
  }

  private mutating func takeOffer() {
    guard case .line(let index, let column) = focus else { return }
    switch column {
    case .account:
      guard let highlighted, matches.indices.contains(highlighted) else { return }
      let row = matches[highlighted]
      guard row.refusalToTake == nil else { return }
      lines[index].chosen = row
      lines[index].account.editor = LineEditor(row.label)
      self.highlighted = nil
    case .debit, .credit:
      if !lines[index].debit.ghost.isEmpty || !lines[index].credit.ghost.isEmpty,
        let amount = balancing(index)
      {
        put(amount, in: index)
      }
    case .memo: break
    }
  }

  /// Before committing: the one line that has an account but no amount takes what balances.
  package mutating func takeBalance() {
    let open = lines.indices.filter {
      lines[$0].chosen != nil && lines[$0].debit.text.isEmpty && lines[$0].credit.text.isEmpty
    }
    guard open.count == 1, let index = open.first, let amount = balancing(index) else { return }
    put(amount, in: index)
  }

  // MARK: Reading what was typed

  /// Brings the field that is left into its final form; false when it can't be read, with the
  /// reason beside it and every character as it was.
  private mutating func settle() -> Bool {
    switch focus {
    case .date: return settleDate()
    case .reference, .description: return true
    case .line(let index, .account): return settleAccount(index)
    case .line(let index, let column) where column != .memo: return settleAmount(index, column)
    case .line: return true
    }
  }

  private mutating func settleDate() -> Bool {
    do {
      let day = try DayExpression.parse(
        date.text, today: facts.today, reference: settledDay)
      settledDay = day
      date.editor = LineEditor(day.text)
      date.fault = nil
      return true
    } catch {
      date.fault = UserMessage(error).text
      return false
    }
  }

  private mutating func settleAccount(_ index: Int) -> Bool {
    guard lines[index].chosen == nil, !lines[index].account.text.isEmpty else { return true }
    do {
      let row = try facts.accounts.named(lines[index].account.text)
      if let refusal = row.refusalToTake {
        lines[index].account.fault = "\(row.label) is \(refusal)."
        return false
      }
      lines[index].chosen = row
      lines[index].account.editor = LineEditor(row.label)
      lines[index].account.fault = nil
      return true
    } catch {
      lines[index].account.fault = UserMessage(error).text
      return false
    }
  }

  private mutating func settleAmount(_ index: Int, _ column: Column) -> Bool {
    guard !lines[index][column].text.isEmpty else { return true }
    do {
      var amount = try AmountExpression.parse(lines[index][column].text, exponent: exponent)
      if column == .credit { amount = try amount.negated() }
      lines[index][column].fault = nil
      lines[index].debit.editor = LineEditor(text(amount.debit))
      lines[index].credit.editor = LineEditor(text(amount.credit))
      return true
    } catch {
      lines[index][column].fault = UserMessage(error).text
      return false
    }
  }

  /// The entry that was typed, and for each of its lines the line of the form. Nil when something
  /// can't be read; then the cursor stands on it with the reason.
  package mutating func content() -> (EntryContent, lines: [Int])? {
    guard settle(), settleDate(), let day else { return nil }
    let place = focus
    var content = original
    (content.date, content.reference, content.description) = (day, reference.text, description.text)
    content.lines = []
    var origins: [Int] = []
    for index in lines.indices where !lines[index].isBlank {
      guard let line = line(index) else { return nil }
      content.lines.append(line)
      origins.append(index)
    }
    focus = place
    return (content, origins)
  }

  /// Nil when something of the line can't be read; then the cursor stands on it.
  private mutating func line(_ index: Int) -> LineContent? {
    for column in [Column.account, .debit, .credit] {
      focus = .line(index, column)
      guard settle() else { return nil }
    }
    guard let account = lines[index].chosen else {
      point(at: .line(index, .account), fault: "Which account?")
      return nil
    }
    guard let amount = amount(of: lines[index]), !amount.isZero else {
      point(at: .line(index, .debit), fault: "How much?")
      return nil
    }
    let line = lines[index].content(account: account.id, amount: amount, currency: currency)
    if line == nil, let original = lines[index].original {
      point(
        at: .line(index, side(of: index)),
        fault: "The line is in \(original.currency). Delete it and write another.")
    }
    return line
  }

  /// The column that the line's amount stands in.
  package func side(of index: Int) -> Column {
    lines[index].credit.text.isEmpty ? .debit : .credit
  }
}

extension EntryForm {
  private mutating func openList() {
    guard case .line(_, .account) = focus else { return }
    listsAll = true
    highlighted = matches.firstIndex { $0.refusalToTake == nil }
  }

  private mutating func highlight(_ step: Int) {
    guard let now = highlighted else { return }
    let open = matches.indices.filter { matches[$0].refusalToTake == nil }
    guard let place = open.firstIndex(of: now) else { return }
    highlighted = open[min(max(place + step, 0), open.count - 1)]
  }

  /// Accounts that fit what was typed: numbers that begin with it, names that have a word beginning
  /// with it, then names that hold it; the most used first.
  package var matches: [ChartOfAccounts.Row] {
    guard case .line(let index, .account) = focus else { return [] }
    let wanted = lines[index].account.text.lowercased()
    if lines[index].chosen != nil, !listsAll { return [] }
    guard !wanted.isEmpty, !listsAll else { return listsAll ? facts.accounts : [] }
    return facts.accounts.compactMap { row in row.rank(for: wanted).map { (row, $0) } }
      .sorted {
        ($0.1, $1.0.uses, $0.0.number) < ($1.1, $0.0.uses, $1.0.number)
      }
      .map(\.0)
  }
}
