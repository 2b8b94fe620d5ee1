/// The trial balance of a group: what its members hold, translated, what is nothing between them, what
/// the group alone books, and the sum (RULES §3.12). Debits are above zero everywhere; each column
/// comes to nothing.
package struct Consolidation: Hashable, Sendable {
  package let group: ConsolidationGroup
  /// In the order of the group.
  package let members: [MemberBalances]
  /// The accounts of the group: the parent's, then those of its own.
  package let chart: [FinancialStatement.Account]
  /// Accounts in the order of their numbers, then what is on none.
  package let rows: [Row]
  package let eliminations: [Elimination]
  /// What others own, for each member.
  package let shares: [Share]

  /// What a row is of.
  package enum Line: Hashable, Sendable {
    /// An account of the group, by number.
    case account(String)
    /// What income and expenses of before the days come to as far as no closing took it to equity.
    case earlierEarnings
    /// What others own of the members.
    case nonControllingInterest
    /// Its share of what was earned in the days, on the other side: those accounts stay whole.
    case nonControllingIncome
    /// What two sides of a pair differ by, which nothing hides.
    case difference(ConsolidationGroup.Pair, Elimination.Pass)
  }

  package struct Row: Hashable, Sendable {
    package let line: Line
    /// In the order of the members.
    package let members: [Money]
    package let eliminations: Money
    package let adjustments: Money
    package let group: Money
  }

  /// What one account of a member holds in one currency, as the group has it.
  package struct Item: Hashable, Sendable {
    package let member: String
    /// The member's own, by number.
    package let account: String
    package let line: Line
    package let currency: String
    /// In the minor units of `currency`, debit-positive.
    package internal(set) var document: Money
    /// In those of the group's.
    package internal(set) var amount: Money

    package init(
      member: String, account: String, line: Line, currency: String, document: Money,
      amount: Money
    ) {
      self.member = member
      self.account = account
      self.line = line
      self.currency = currency
      self.document = document
      self.amount = amount
    }
  }

  /// What others own of a member, debit-positive: (1 − %) of its equity and of its net income.
  package struct Share: Hashable, Sendable {
    package let equity: Money
    package let income: Money
  }

  /// The members, by slug, whose equity is at the closing rate but for accounts with one of their
  /// own: in another currency than the group's, without a historical rate.
  package var atClosingRate: [String] {
    group.members.indices.filter {
      members[$0].currency.code != group.currency.code && group.members[$0].rates.historical == nil
    }.map { members[$0].slug }
  }

  /// `members` in the order of the group. Throws `ConsolidationFaults`, and `AmountError` where a sum
  /// is larger than books can hold.
  package init(_ group: ConsolidationGroup, of members: [MemberBalances]) throws {
    precondition(members.map(\.slug) == group.members.map(\.slug), "one for each, in that order")
    let chart = GroupChart(group, parent: members[0])
    var faults = group.faults(chart, members)
    var translations = try zip(group.members, members).map { member, balances in
      try Translation(balances, as: member, in: group, chart, &faults)
    }
    guard faults.isEmpty else { throw ConsolidationFaults(faults, group.currency) }
    // Before anything is eliminated: these are the members' own columns.
    let own = try translations.map { try Entries($0.parts.map { ($0.line, $0.amount) }) }
    var eliminated = Entries()
    var shares: [Share] = []
    for (index, member) in group.members.enumerated() {
      let before = translations[index].parts
      let share = try translations[index].takeOthersShare(member.ownership, group.rounding)
      for (old, new) in zip(before, translations[index].parts) {
        try eliminated.add(new.amount - old.amount, to: old.line)
      }
      try eliminated.add(share.equity + share.income, to: .nonControllingInterest)
      try eliminated.add(share.income.negated(), to: .nonControllingIncome)
      shares.append(share)
    }
    let items = translations.flatMap { $0.parts.flatMap(\.items) }
    let eliminations = try group.pairs.map { pair in
      try Elimination(
        pair, here: items.filter { pair.here.holds($0) },
        there: items.filter { pair.there.holds($0) },
        tolerance: group.tolerance)
    }
    for elimination in eliminations { try eliminated.take(elimination) }
    let adjusted = try Entries(
      group.adjustments.flatMap(\.lines).map { (Line.account($0.account), $0.amount) })
    self.group = group
    self.members = members
    self.chart = chart.accounts
    self.eliminations = eliminations
    self.shares = shares
    rows = try Self.rows(own, eliminated, adjusted, group.differences)
  }

  private static func rows(
    _ members: [Entries], _ eliminated: Entries, _ adjusted: Entries,
    _ differences: [Line]
  ) throws -> [Row] {
    let used = Set((members + [eliminated, adjusted]).flatMap(\.lines))
    let accounts = used.compactMap { line in
      if case .account(let number) = line { number } else { nil }
    }
    let others: [Line] =
      [.earlierEarnings, .nonControllingInterest, .nonControllingIncome] + differences
    return try (accounts.sorted().map(Line.account) + others.filter(used.contains)).map { line in
      let amounts = members.map { $0[line] }
      let (elimination, adjustment) = (eliminated[line], adjusted[line])
      return Row(
        line: line, members: amounts, eliminations: elimination, adjustments: adjustment,
        group: try (amounts + [elimination, adjustment]).total())
    }
  }

  /// Of a group's account, or what the row counts among.
  package func type(of line: Line) -> AccountType {
    switch line {
    case .account(let number): account(number)?.type ?? .asset
    case .earlierEarnings, .nonControllingInterest: .equity
    case .nonControllingIncome: .contraEquity
    case .difference(let pair, _): pair.kind.differenceType
    }
  }

  /// The group's, by number.
  package func account(_ number: String) -> FinancialStatement.Account? {
    chart.first { $0.number == number }
  }

  /// What others earned of the group's net income: above zero where it was a profit.
  package var othersIncome: Money {
    rows.first { $0.line == .nonControllingIncome }?.group ?? .zero
  }
}

extension ConsolidationGroup.Pair.Side {
  func holds(_ item: Consolidation.Item) -> Bool {
    item.member == member && accounts.contains(item.account)
  }
}

extension ConsolidationGroup {
  /// The lines that take what its pairs differ by.
  var differences: [Consolidation.Line] {
    pairs.flatMap { pair in
      Elimination.Pass.allCases.map { Consolidation.Line.difference(pair, $0) }
    }
  }

  /// What is wrong with it, whatever the members hold.
  fileprivate func faults(
    _ chart: GroupChart, _ balances: [MemberBalances]
  ) -> [ConsolidationFault] {
    var faults: [ConsolidationFault] = []
    if balances.contains(where: { $0.currency.code != currency.code }),
      translation.flatMap({ chart[$0] })?.type.accountClass != .equity
    {
      faults.append(.noTranslationAccount)
    }
    var paired: Set<[String]> = []
    for side in pairs.flatMap({ [$0.here, $0.there] }) {
      let known = balances.first { $0.slug == side.member }?.chart.map(\.number) ?? []
      for account in side.accounts {
        if !known.contains(account) {
          faults.append(.unknownAccount(member: side.member, account: account))
        }
        if !paired.insert([side.member, account]).inserted {
          faults.append(.pairedTwice(member: side.member, account: account))
        }
      }
    }
    for adjustment in adjustments {
      for line in adjustment.lines where chart[line.account] == nil {
        faults.append(.adjustsUnknown(adjustment.text, account: line.account))
      }
      let sum = adjustment.lines.reduce(Int128(0)) { $0 + Int128($1.amount.minorUnits) }
      if sum != 0 {
        faults.append(
          .adjustsUnbalanced(adjustment.text, Money(minorUnits: Int64(clamping: sum))))
      }
    }
    return faults
  }
}

/// What is booked on each line.
struct Entries {
  private var amounts: [Consolidation.Line: Money] = [:]

  init() {}

  init(_ entries: [(Consolidation.Line, Money)]) throws(AmountError) {
    for (line, amount) in entries { try add(amount, to: line) }
  }

  /// Those with something on them.
  var lines: [Consolidation.Line] { amounts.filter { !$0.value.isZero }.map(\.key) }

  subscript(line: Consolidation.Line) -> Money { amounts[line] ?? .zero }

  mutating func add(_ amount: Money, to line: Consolidation.Line) throws(AmountError) {
    amounts[line] = try self[line] + amount
  }

  /// Both sides go, and what they differ by is on a line of its own.
  mutating func take(_ elimination: Elimination) throws(AmountError) {
    for match in elimination.matches {
      for item in match.here + match.there { try add(item.amount.negated(), to: item.line) }
      try add(match.difference, to: .difference(elimination.pair, match.pass))
    }
  }
}
