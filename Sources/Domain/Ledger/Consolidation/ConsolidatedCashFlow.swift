extension Consolidation {
  /// The cash flow statement of the group by the indirect method, in the columns of its others (RULES
  /// §3.11). What moved is at the average rate, but equity, which was paid in at its historical one;
  /// cash is at the rate of its day, and what that leaves is what exchange rates did to cash. What is
  /// cash each member says, and for what an account moved it the group. Nothing moves between
  /// members; what their sides differ by stands on its own line, and what others paid in and were paid
  /// on theirs. Adjustments are of the days.
  ///
  /// `title` is that of a line that is on no account. Throws `ConsolidationFaults` and `AmountError`.
  package func cashFlow(title: (Line) -> String) throws -> FinancialStatement {
    let groupChart = GroupChart(group, parent: members[0])
    var faults: [ConsolidationFault] = []
    let own = try zip(group.members, members).map { member, balances in
      try CashColumn(balances, as: member, in: group, groupChart, &faults)
    }
    guard faults.isEmpty else { throw ConsolidationFaults(faults, group.currency) }
    let parts = try own + [eliminated(own), adjusted(groupChart)]
    let columns = try parts + [CashColumn(of: parts)]
    let others: [Line] = [.nonControllingInterest] + group.differences
    let (accounts, ids) = accounts(
      for: others.filter { line in columns.contains { !$0.entries[line].isZero } }, title: title)
    let days = members[0].cashFlows.column
    let flows = columns.map { column in
      FinancialStatement.CashFlows(
        days,
        accounts: Dictionary(
          uniqueKeysWithValues: column.entries.lines.compactMap { line in
            ids[line].map { ($0, column.entries[line]) }
          }), exchange: column.exchange, translation: column.translation,
        beginning: column.beginning, end: column.end)
    }
    let moved = Set(flows.flatMap(\.accounts.keys))
    return try FinancialStatement(
      .indirect, chart: accounts.map { moved.contains($0.id) ? $0.unlessCash : $0 }, flows,
      unvalued: members.map(\.unvalued).reduce(0, +))
  }

  private func eliminated(_ own: [CashColumn]) throws(AmountError) -> CashColumn {
    var eliminated = CashColumn()
    var items: [Item] = []
    for (member, column) in zip(group.members, own) {
      for whole in column.items {
        var item = whole
        if type(of: item.line).accountClass == .equity {
          let theirs = try member.ownership.others(of: item.amount, group.rounding)
          try eliminated.entries.add(theirs.negated(), to: item.line)
          try eliminated.entries.add(theirs, to: .nonControllingInterest)
          item.amount = try item.amount - theirs
          item.document =
            try item.document - member.ownership.others(of: item.document, group.rounding)
        }
        items.append(item)
      }
    }
    for pair in group.pairs {
      try eliminated.entries.take(
        Elimination(
          pair, here: items.filter { pair.here.holds($0) },
          there: items.filter { pair.there.holds($0) }, tolerance: group.tolerance))
    }
    return eliminated
  }

  private func adjusted(_ chart: GroupChart) throws(AmountError) -> CashColumn {
    var adjusted = CashColumn()
    for line in group.adjustments.flatMap(\.lines) {
      if chart[line.account]?.isCash == true {
        adjusted.end = try adjusted.end + line.amount
      } else {
        try adjusted.entries.add(line.amount.negated(), to: .account(line.account))
      }
    }
    return adjusted
  }
}

/// What moved cash in one column: above zero what brought it.
private struct CashColumn {
  var entries = Entries()
  /// What the entries are made of, one for each account of a member.
  var items: [Consolidation.Item] = []
  var exchange = Money.zero
  var translation = Money.zero
  var beginning = Money.zero
  var end = Money.zero

  init() {}

  /// Adds to `faults` what stands against it.
  init(
    _ balances: MemberBalances, as member: ConsolidationGroup.Member,
    in group: ConsolidationGroup, _ chart: GroupChart, _ faults: inout [ConsolidationFault]
  ) throws(AmountError) {
    let flows = balances.cashFlows
    let (from, to) = (balances.currency, group.currency)
    let unexplained =
      try flows.end - flows.beginning
      - balances.chart.map { flows.accounts[$0.id] ?? .zero }.total()
    // Translating would take it for what exchange rates did.
    if !unexplained.isZero {
      faults.append(.unbalanced(member: member.slug, unexplained, from))
    }
    if from.code != to.code, !flows.beginning.isZero, member.rates.opening == nil {
      faults.append(
        .noOpeningRate(
          member: member.slug, of: from.code, in: to.code, on: flows.column.from.adding(days: -1)))
    }
    guard let rates = try TranslationRates(balances, member, group, &faults) else { return }
    for account in balances.chart {
      guard let flow = flows.accounts[account.id], !flow.isZero,
        let line = chart.line(for: account, of: member, &faults)
      else { continue }
      let paidIn = member.rates.equity[account.number] ?? member.rates.historical
      let rate = account.type.accountClass == .equity ? paidIn ?? rates.average : rates.average
      let amount = try rates.translate(flow, at: rate)
      items.append(
        Consolidation.Item(
          member: member.slug, account: account.number, line: line, currency: from.code,
          document: flow, amount: amount))
      try entries.add(amount, to: line)
    }
    exchange = try rates.translate(flows.exchange, at: rates.average)
    beginning = try rates.translate(flows.beginning, at: member.rates.opening ?? rates.closing)
    end = try rates.translate(flows.end, at: rates.closing)
    translation = try end - beginning - items.map(\.amount).total()
  }

  /// The sum of all.
  init(of columns: [CashColumn]) throws(AmountError) {
    for column in columns {
      for line in column.entries.lines { try entries.add(column.entries[line], to: line) }
    }
    exchange = try columns.map(\.exchange).total()
    translation = try columns.map(\.translation).total()
    beginning = try columns.map(\.beginning).total()
    end = try columns.map(\.end).total()
  }
}

extension FinancialStatement.Account {
  /// What moved cash stands on the statement, even where the group counts it among cash.
  fileprivate var unlessCash: FinancialStatement.Account {
    guard isCash else { return self }
    return FinancialStatement.Account(
      id: id, number: number, name: name, path: path, parent: parent, type: type)
  }
}
