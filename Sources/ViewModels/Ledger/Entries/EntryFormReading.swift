import Domain
import Keys
import Operations
import Phrases

extension EntryForm {
  /// Brings the field that is left into its final form; false when it can't be read, with the
  /// reason beside it and every character as it was.
  mutating func settle() -> Bool { settle(focus) }

  private mutating func settle(_ place: Focus) -> Bool {
    switch place {
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
      noteWorths()
      return true
    } catch {
      date.fault = UserMessage(error).phrase
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
      lines[index].account.fault = UserMessage(error).phrase
      return false
    }
  }

  /// Those that were typed and not left yet.
  mutating func takeAccounts() {
    for index in lines.indices { _ = settleAccount(index) }
  }

  private mutating func settleAmount(_ index: Int, _ column: Column) -> Bool {
    guard !lines[index][column].text.isEmpty else { return true }
    do {
      let written = try written(lines[index])
      lines[index][column].fault = nil
      // What has no amount has no side to be on.
      if !written.amount.isZero {
        lines[index].write(text(written, on: lines[index]), of: written.amount)
      }
      // What has no worth yet holds nobody: the date or a rate may be what is wrong.
      noteWorth(of: index)
      return true
    } catch {
      lines[index][column].fault = UserMessage(error).phrase
      return false
    }
  }

  /// The entry that was typed, and for each of its lines the line of the form. Nil when something
  /// can't be read; then each field says what is wrong with it, and the cursor stands on the first.
  mutating func content() -> (EntryContent, lines: [Int])? {
    clearFaults()
    _ = settle(.date)
    var content = original
    (content.reference, content.description) = (reference.text, description.text)
    let written = lines.indices.filter { !lines[$0].isBlank }
    content.lines = written.compactMap { line($0) }
    guard !goToFault(), let day else { return nil }
    // A sum that no line can take stays as it is, and is refused by what it differs.
    content.lines = (try? absorbingRounding(content.lines)) ?? content.lines
    content.date = day
    content.reversesOn = reversal
    return (content, written)
  }

  /// Nil when something of the line can't be read.
  private mutating func line(_ index: Int) -> LineContent? {
    let isRead = [Column.account, .debit, .credit].map { settle(.line(index, $0)) }
    if isRead[0], lines[index].chosen == nil { lines[index].account.fault = "Which account?" }
    guard isRead[1], isRead[2] else { return nil }
    do {
      let valued = try value(lines[index])
      guard !valued.amount.isZero || !valued.base.isZero else {
        lines[index].debit.fault = "How much?"
        return nil
      }
      guard let account = lines[index].chosen else { return nil }
      var line = lines[index].original ?? valued
      (line.currency, line.amount, line.base) = (valued.currency, valued.amount, valued.base)
      (line.rate, line.rateDay, line.isUnvalued) = (valued.rate, valued.rateDay, valued.isUnvalued)
      line.rateOrigin = valued.rateOrigin
      // What stands as it was valued rests on that rate still, though another took its place.
      if let original = lines[index].original, original.rateOrigin != .manual,
        valued.rateOrigin == .manual, valued.rate == original.rate,
        valued.currency == original.currency
      {
        (line.rateDay, line.rateOrigin) = (original.rateDay, original.rateOrigin)
      }
      (line.account, line.description) = (account.id, lines[index].memo.text)
      let decimals = exponent(of: line)
      try details(of: lines[index]).write(to: &line, exponent: decimals)
      return line
    } catch {
      lines[index][side(of: index)].fault = UserMessage(error).phrase
      return nil
    }
  }

  /// The day on which it is taken back: the first after the period of its own.
  var reversal: Day? {
    guard reversesItself, type == .adjusting, let day else { return nil }
    // What somebody chose stays, but not what followed from another day.
    if let kept = original.reversesOn, kept > day,
      kept != facts.reversalDay(for: original.date)
    {
      return kept
    }
    return facts.reversalDay(for: day)
  }

  /// The column that the line's amount stands in.
  package func side(of index: Int) -> Column {
    lines[index].credit.text.isEmpty ? .debit : .credit
  }

  // MARK: What is wrong

  /// How many fields say that what is in them won't do.
  var faultCount: Int { places.count { self[$0].fault != nil } }

  /// What was wrong with the amounts that can be read was how they added up, which has changed.
  mutating func clearAmountFaults() {
    for index in lines.indices {
      guard let line = valued(lines[index]), !line.amount.isZero else { continue }
      (lines[index].debit.fault, lines[index].credit.fault) = (nil, nil)
    }
  }

  /// What was wrong with how few lines there are, which goes once there are enough, wherever it stands.
  mutating func clearCountFault() {
    guard lines.count(where: { !$0.isBlank }) >= 2 else { return }
    let words = UserMessage.words(EntryFault.fewerThanTwoLines)
    for index in lines.indices where lines[index].account.fault == words {
      lines[index].account.fault = nil
    }
  }

  mutating func clearFaults() {
    for place in places { self[place].fault = nil }
  }

  /// Puts the cursor on the first field that says what is wrong with it; false where none does.
  @discardableResult
  mutating func goToFault() -> Bool {
    guard let first = places.first(where: { self[$0].fault != nil }) else { return false }
    move(to: first)
    return true
  }
}
