extension Consolidation {
  /// A balance sheet or an income statement of the group in the tree of its chart: a column for each
  /// member, then eliminations, adjustments and the group. `title` is that of a line that is on no
  /// account, which stands on the statement as one without a number.
  package func statement(
    _ kind: FinancialStatement.Kind, title: (Line) -> String
  ) throws(AmountError) -> FinancialStatement {
    let (accounts, ids) = accounts(for: rows.map(\.line), title: title)
    let column = FinancialStatement.Column(from: members[0].from, to: members[0].through)
    var sums: [FinancialStatement.Sums] = []
    for index in columns.indices {
      var held: [ID<Account>: Money] = [:]
      var earned: [Money] = []
      for row in rows {
        let amount = row.columns[index]
        if let id = ids[row.line] { held[id] = amount }
        if type(of: row.line).isTemporary { earned.append(amount) }
      }
      sums.append(.init(column, accounts: held, ofYear: try earned.total()))
    }
    return try FinancialStatement(
      kind, chart: accounts, sums, unvalued: members.map(\.unvalued).reduce(0, +))
  }

  /// The chart with those of `lines` that are on no account of it, and what stands for each line.
  func accounts(
    for lines: [Line], title: (Line) -> String
  ) -> (accounts: [FinancialStatement.Account], ids: [Line: ID<Account>]) {
    var accounts = chart
    var ids: [Line: ID<Account>] = [:]
    for account in chart { ids[.account(account.number)] = account.id }
    for (index, line) in lines.enumerated() where ids[line] == nil {
      // No account of any books has such an identity.
      let id = ID<Account>(.min + Int64(index))
      ids[line] = id
      let name = title(line)
      accounts.append(
        FinancialStatement.Account(
          id: id, number: "", name: name, path: name, parent: nil, type: type(of: line),
          cashFlow: line == .nonControllingInterest ? .financing : nil))
    }
    return (accounts, ids)
  }

  /// Whose the net income of the group is: its parent's and that of others, above zero where it is a
  /// profit. Nil where no others have a part of a member.
  package func attribution() throws(AmountError) -> (parent: Money, others: Money)? {
    guard group.members.contains(where: { !$0.ownership.isWhole }),
      let net = try statement(.incomeStatement, title: { _ in "" }).amounts(of: .netIncome)?.last
    else { return nil }
    return (parent: try net - othersIncome, others: othersIncome)
  }

  /// The names of the columns, as scripts know them.
  package var columns: [String] {
    members.map { $0.slug.replacing("-", with: "_") } + ["eliminations", "adjustments", "group"]
  }
}

extension Consolidation.Row {
  /// In the order of `Consolidation.columns`.
  package var columns: [Money] { members + [eliminations, adjustments, group] }
}
