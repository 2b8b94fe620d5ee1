package import Domain
import Keys
import Operations
import Phrases

/// What the amounts of a form come to, in whatever currencies they are.
extension EntryForm {
  var base: Currency { facts.valuation.base }

  /// What an amount without a code is in on that line.
  private func usual(on line: Line) -> Currency {
    line.chosen?.currency.flatMap(facts.valuation.currency) ?? currency
  }

  /// What its amount is in, or would be.
  func amountCurrency(of line: Line) -> Currency {
    // What can't be read yet says no currency.
    (try? written(line))?.currency ?? usual(on: line)
  }

  /// How many decimals the amounts of a line have.
  func exponent(of line: LineContent) -> Int {
    facts.valuation.currency(line.currency)?.exponent ?? base.exponent
  }

  /// How an amount is written on a line.
  func text(_ written: WrittenAmount, on line: Line) -> String {
    written.text(usual: usual(on: line), base: base)
  }

  /// What was written to make a line, with the rate or worth that wasn't the day's; of one to be valued
  /// anew without. Nil where its currency isn't kept any more.
  func written(_ line: LineContent, anew: Bool) -> WrittenAmount? {
    guard let currency = facts.valuation.currency(line.currency) else { return nil }
    guard !anew, currency.code != base.code else { return WrittenAmount(line.amount, in: currency) }
    let ofDay = facts.valuation.rates.rate(of: currency.code, in: base.code, on: settledDay)
    let worth: WrittenAmount.Worth =
      if let rate = line.rate, rate == ofDay?.rate {
        .rateOfDay
      } else if let rate = line.rate, explains(rate, line, in: currency) {
        .rate(rate)
      } else {
        .base(max(line.base.debit, line.base.credit))
      }
    return WrittenAmount(line.amount, in: currency, worth: worth)
  }

  /// Whether a line is worth what the digits of its rate make of it: those of one that isn't kept as
  /// it was used can be too few.
  private func explains(_ rate: ExchangeRate, _ line: LineContent, in currency: Currency) -> Bool {
    // A worth that is larger than books can hold isn't that of the line.
    let worth = try? rate.base(
      of: line.amount, foreignExponent: currency.exponent, baseExponent: base.exponent,
      facts.valuation.rounding)
    return worth == line.base
  }

  /// What stands in a line, debit-positive.
  func written(_ line: Line) throws -> WrittenAmount {
    let isCredit = line.debit.text.isEmpty
    let written = try WrittenAmount.parse(
      line.amountText.joined(), of: facts.valuation.currencies, usual: usual(on: line), base: base)
    guard isCredit else { return written }
    return WrittenAmount(
      try written.amount.negated(), in: written.currency, worth: written.worth)
  }

  /// The line as the entry will have it, but for its texts. What the system or an import wrote without
  /// an amount or a worth is as it was where nobody changed it.
  func value(_ line: Line) throws -> LineContent {
    if let original = line.original, isAsItWas(line) { return original }
    guard line.amountText != ["", ""] else {
      return LineContent(account: line.chosen?.id ?? ID(0), currency: base.code, amount: .zero)
    }
    return try facts.valuation.line(
      try written(line), on: line.chosen?.id, of: item(of: line), day: day)
  }

  /// Whose the line is, and of which document.
  func item(of line: Line) -> ItemName {
    ItemName(
      party: line.details.party, orOfEntry: original.payee,
      reference: line.details.reference, orOfEntry: reference.text)
  }

  func isAsItWas(_ line: Line) -> Bool {
    guard let original = line.original, original.amount.isZero || original.isUnvalued else {
      return false
    }
    return original.account == line.chosen?.id && line.amountText == line.readAs
  }

  /// Nil where it can't be read, and the field tells what is wrong with it; and before the document
  /// that it settles was.
  func valued(_ line: Line) -> LineContent? { awaitsItems(line) ? nil : try? value(line) }

  /// What the lines come to.
  package struct Sums: Hashable, Sendable {
    /// Debits and credits as far as they can be read, and what they differ by, in one currency; nil
    /// where a sum is larger than books can hold.
    package struct Totals: Hashable, Sendable {
      package let debit: Money
      package let credit: Money
      package let difference: Money
      package let currency: Currency
    }

    package let totals: Totals?
    /// What the entry amounts to in the base currency; nil as above.
    package let worth: Money?
    /// What each line will be booked at in it; nil where nobody knows.
    package let worths: [Money?]
    /// Whether anything is in another currency.
    package let isForeign: Bool
    /// Whether what is left over is what rounding leaves, which goes to its account.
    package let isRounding: Bool
  }

  /// Every amount is read for them: ask once for all of them.
  package var sums: Sums {
    let values = lines.map(valued)
    let amounts = values.compactMap(\.self).filter { !$0.amount.isZero || !$0.base.isZero }
    let totals = totals(of: amounts)
    let isMixed = Set(amounts.map(\.currency)).count > 1
    return Sums(
      totals: totals, worth: worth(of: amounts), worths: worths(of: values),
      isForeign: zip(lines, values).contains { line, value in
        value.map { $0.currency != base.code } ?? isForeign(line)
      },
      isRounding: isMixed
        && (totals?.difference.minorUnits.magnitude ?? .max)
          <= mostRounding(lines: amounts.count)
    )
  }

  private func totals(of amounts: [LineContent]) -> Sums.Totals? {
    let currency = facts.valuation.sumCurrency(of: amounts)
    let amounts = amounts.map { currency.code == base.code ? $0.base : $0.amount }
    guard let debit = try? amounts.map(\.debit).total(),
      let credit = try? amounts.map(\.credit).total(), let difference = try? debit - credit
    else { return nil }
    return Sums.Totals(debit: debit, credit: credit, difference: difference, currency: currency)
  }

  private func worth(of amounts: [LineContent]) -> Money? {
    guard let debit = try? amounts.map(\.base.debit).total(),
      let credit = try? amounts.map(\.base.credit).total()
    else { return nil }
    return max(debit, credit)
  }

  private func worths(of values: [LineContent?]) -> [Money?] {
    let known = values.compactMap(\.self)
    // A sum that no line can take is refused when it is booked.
    let booked = known.count == values.count ? (try? absorbingRounding(known)) ?? known : nil
    return (booked ?? values).map { $0.map { max($0.base.debit, $0.base.credit) } }
  }

  /// What line `index` must hold for the entry to balance, debit-positive; nil where nobody can say.
  func balancing(_ index: Int) -> WrittenAmount? {
    let rest = lines.indices.filter { $0 != index }.map { lines[$0] }
    guard !rest.contains(where: awaitsItems) else { return nil }
    let others = rest.compactMap { line in
      valued(line).map { ($0, (try? written(line))?.worth ?? .rateOfDay) }
    }.filter { !$0.0.amount.isZero || !$0.0.base.isZero }
    // A sum that is larger than books can hold is none.
    return try? facts.valuation.balancing(
      others.map(\.0), others.map(\.1), on: lines[index].chosen?.currency)
  }

  /// On another day: says beside each amount why it has no worth, and no more where it has one now.
  mutating func noteWorths() {
    clearAmountFaults()
    for index in lines.indices { noteWorth(of: index) }
  }

  /// Says beside an amount that can be read why it has no worth, as on a day without a rate.
  mutating func noteWorth(of index: Int) {
    guard let fault = valuationFault(of: lines[index]) else { return }
    lines[index][side(of: index)].fault = UserMessage(fault).phrase
  }

  /// Nil too where the amount can't be read, which its field told when it was left, and where the day
  /// can't, which says so itself.
  private func valuationFault(of line: Line) -> ValuationError? {
    guard !isAsItWas(line), !awaitsItems(line), let day, let written = try? written(line) else {
      return nil
    }
    do throws(ValuationError) {
      _ = try facts.valuation.line(
        written, on: line.chosen?.id, of: item(of: line), day: day)
      return nil
    } catch { return error }
  }

  // MARK: Settling

  /// Whether the cursor is in a foreign amount.
  var canSettle: Bool {
    guard isInAmount, case .line(let index, _) = focus else { return false }
    return isForeign(lines[index])
  }

  private func isForeign(_ line: Line) -> Bool {
    (try? written(line)).map { $0.currency.code != base.code } ?? false
  }

  /// Values the amount under the cursor at what its document came in at, or its account holds it at
  /// (R32), and offers the account that takes the difference on the line below what is written.
  mutating func settleAtBook() {
    guard case .line(let index, _) = focus, let written = try? written(lines[index])
    else { return }
    let settled = WrittenAmount(written.amount, in: written.currency, worth: .book)
    lines[index].write(text(settled, on: lines[index]), of: settled.amount)
    let column = side(of: index)
    focus = .line(index, column)
    lines[index][column].fault = nil
    noteWorth(of: index)
    if lines[index][column].fault == nil { offerExchangeAccount() }
    refreshGhosts()
  }

  private mutating func offerExchangeAccount() {
    guard let account = facts.accounts.first(where: { $0.id == facts.exchangeAccount }),
      !lines.contains(where: { $0.chosen?.id == account.id })
    else { return }
    // What pays comes before it.
    let written = lines.lastIndex { !$0.isBlank } ?? 0
    let place = max(written + 1, 2)
    while lines.count <= place { lines.append(Line()) }
    lines[place].chosen = account
    lines[place].account.editor = LineEditor(account.label)
  }
}
