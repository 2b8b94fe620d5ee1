import Domain
import Keys
import Operations
import Phrases

extension EntryForm {
  /// Brings the field that is left into its final form; false when it can't be read, with the
  /// reason beside it and every character as it was.
  mutating func settle() -> Bool {
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
      lines[index][column].fault = UserMessage(error).phrase
      return false
    }
  }

  /// The entry that was typed, and for each of its lines the line of the form. Nil when something
  /// can't be read; then the cursor stands on it with the reason.
  mutating func content() -> (EntryContent, lines: [Int])? {
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
