/// One member's balances in the currency of the group, on the accounts of the group: assets and
/// liabilities at the closing rate, income and expenses at the average one, equity at the historical;
/// what that leaves is in equity too (IAS 21).
struct Translation {
  /// What one account of the member comes to, or what is on none of its own.
  struct Part {
    let line: Consolidation.Line
    /// The member's own, by number.
    let account: String?
    let accountClass: AccountType.Class
    /// Debit-positive, as its items.
    var amount: Money
    /// What that is made of, by the currency of the documents.
    var items: [Consolidation.Item] = []
  }

  private(set) var parts: [Part] = []

  /// Adds to `faults` what stands against it; then there are no parts.
  init(
    _ balances: MemberBalances, as member: ConsolidationGroup.Member,
    in group: ConsolidationGroup, _ chart: GroupChart, _ faults: inout [ConsolidationFault]
  ) throws(AmountError) {
    let rates = try TranslationRates(balances, member, group, &faults)
    let held = Dictionary(grouping: balances.positions, by: \.account)
    for account in balances.chart {
      guard let positions = held[account.id],
        let line = chart.line(for: account, of: member, &faults), let rates
      else { continue }
      parts.append(try Self.part(line, account, positions, rates, member.slug))
    }
    guard let rates else { return }
    if !balances.earlier.isZero {
      parts.append(
        Part(
          line: .earlierEarnings, account: nil, accountClass: .equity,
          amount: try rates.translate(balances.earlier, at: rates.historical)))
    }
    let left = try parts.map(\.amount).total().negated()
    if let translation = group.translation, !left.isZero {
      parts.append(
        Part(
          line: .account(translation), account: nil, accountClass: .equity, amount: left))
    }
  }

  private static func part(
    _ line: Consolidation.Line, _ account: FinancialStatement.Account,
    _ positions: [ForeignPosition], _ rates: TranslationRates, _ member: String
  ) throws(AmountError) -> Part {
    let rate = rates.rate(of: account)
    let amount = try rates.translate(positions.map(\.base).total(), at: rate)
    var amounts: [Money] = []
    for position in positions { amounts.append(try rates.translate(position.base, at: rate)) }
    let items = try zip(positions, amounts.settled(to: amount)).map { position, amount in
      Consolidation.Item(
        member: member, account: account.number, line: line, currency: position.currency,
        document: position.amount, amount: amount)
    }
    return Part(
      line: line, account: account.number, accountClass: account.type.accountClass,
      amount: amount, items: items)
  }

  /// Takes what others own out of the equity, so that pairs eliminate no more than the group's share,
  /// and gives it with what they own of the income (RULES §3.12, 6).
  mutating func takeOthersShare(
    _ ownership: Ownership, _ rounding: Rounding
  ) throws(AmountError) -> Consolidation.Share {
    var (equity, income): ([Money], [Money]) = ([], [])
    var shares: [Money] = []
    for part in parts {
      switch part.accountClass {
      case .equity:
        equity.append(part.amount)
        shares.append(try ownership.others(of: part.amount, rounding))
      case .revenue, .expense: income.append(part.amount)
      case .asset, .liability: break
      }
    }
    let share = Consolidation.Share(
      equity: try ownership.others(of: equity.total(), rounding),
      income: try ownership.others(of: income.total(), rounding))
    var taken = try shares.settled(to: share.equity).makeIterator()
    for index in parts.indices where parts[index].accountClass == .equity {
      guard let theirs = taken.next() else { break }
      try parts[index].keep(less: theirs, ownership, rounding)
    }
    return share
  }
}

extension Translation.Part {
  fileprivate mutating func keep(
    less theirs: Money, _ ownership: Ownership, _ rounding: Rounding
  ) throws(AmountError) {
    amount = try amount - theirs
    var amounts: [Money] = []
    for index in items.indices {
      let item = items[index]
      amounts.append(try item.amount - ownership.others(of: item.amount, rounding))
      items[index].document = try item.document - ownership.others(of: item.document, rounding)
    }
    for (index, kept) in try amounts.settled(to: amount).enumerated() {
      items[index].amount = kept
    }
  }
}

/// What a member is translated at.
struct TranslationRates {
  let closing: ExchangeRate
  let average: ExchangeRate
  let historical: ExchangeRate
  let equity: [String: ExchangeRate]
  /// Nil where the member's books are in the group's currency.
  let currencies: (from: Currency, to: Currency)?
  let rounding: Rounding

  /// Nil where a rate is missing, or the books don't balance; `faults` has it then.
  init?(
    _ balances: MemberBalances, _ member: ConsolidationGroup.Member, _ group: ConsolidationGroup,
    _ faults: inout [ConsolidationFault]
  ) throws(AmountError) {
    let (from, to) = (balances.currency, group.currency)
    let isForeign = from.code != to.code
    let one = ExchangeRate(mantissa: 1, scale: 0)
    let difference = try balances.difference()
    let closing = isForeign ? member.rates.closing : one
    let average = isForeign ? member.rates.average : one
    if !difference.isZero {
      faults.append(.unbalanced(member: member.slug, difference, from))
    }
    let needed: [(kind: RateKind, rate: ExchangeRate?)] = [
      (.closing, closing), (.average, average),
    ]
    for (kind, rate) in needed where rate == nil {
      faults.append(.noRate(member: member.slug, kind, of: from.code, in: to.code))
    }
    guard let closing, let average, difference.isZero else { return nil }
    self.closing = closing
    self.average = average
    historical = member.rates.historical ?? closing
    equity = member.rates.equity
    currencies = isForeign ? (from, to) : nil
    rounding = group.rounding
  }

  func rate(of account: FinancialStatement.Account) -> ExchangeRate {
    switch account.type.accountClass {
    case .asset, .liability: closing
    case .revenue, .expense: average
    case .equity: equity[account.number] ?? historical
    }
  }

  func translate(_ amount: Money, at rate: ExchangeRate) throws(AmountError) -> Money {
    guard let currencies else { return amount }
    return try rate.base(
      of: amount, foreignExponent: currencies.from.exponent,
      baseExponent: currencies.to.exponent, rounding)
  }
}

/// The accounts of a group, by number.
struct GroupChart {
  let accounts: [FinancialStatement.Account]
  private let byNumber: [String: FinancialStatement.Account]

  init(_ group: ConsolidationGroup, parent: MemberBalances) {
    // A number that the parent has is the parent's.
    let known = Set(parent.chart.map(\.number))
    accounts = parent.chart + group.accounts.filter { !known.contains($0.number) }
    byNumber = Dictionary(accounts.map { ($0.number, $0) }) { first, _ in first }
  }

  subscript(number: String) -> FinancialStatement.Account? { byNumber[number] }

  /// What takes the balance of `account`; nil where nothing can, which `faults` has then.
  func line(
    for account: FinancialStatement.Account, of member: ConsolidationGroup.Member,
    _ faults: inout [ConsolidationFault]
  ) -> Consolidation.Line? {
    let number = member.accounts[account.number] ?? account.number
    let label = "\(account.number) \(account.name)"
    guard let target = self[number] else {
      faults.append(.unmapped(member: member.slug, account: label, to: number))
      return nil
    }
    let (own, other) = (account.type.accountClass, target.type.accountClass)
    guard own == other else {
      faults.append(
        .otherClass(
          member: member.slug, account: label, own, to: "\(number) \(target.name)", other))
      return nil
    }
    return .account(number)
  }
}

extension [Money] {
  /// The same, so that they come to `whole`: what rounding each left is the largest's, of equals the
  /// first's (as R30 has it).
  func settled(to whole: Money) throws(AmountError) -> [Money] {
    var settled = self
    var largest: Int?
    for index in indices {
      guard let known = largest else {
        largest = index
        continue
      }
      if self[index].minorUnits.magnitude > self[known].minorUnits.magnitude { largest = index }
    }
    guard let largest else { return settled }
    settled[largest] = try settled[largest] + (whole - total())
    return settled
  }
}
