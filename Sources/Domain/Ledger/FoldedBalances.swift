extension [AccountBalance] {
  /// The same with no account deeper than `depth` in `chart`, whose roots are 1 deep: what stands
  /// deeper counts in the heading above it, which holds the signed sum of all below it and of its own
  /// lines. In the order of the chart; what is on no account stays as it is, below all. Throws where a
  /// sum is larger than books can hold.
  package func folded(
    to depth: Int, in chart: [FinancialStatement.Account]
  ) throws(AmountError) -> [AccountBalance] {
    let paths = ChartPaths(chart)
    let places = Dictionary(chart.enumerated().map { ($1.id, $0) }) { $1 }
    func place(of row: AccountBalance) -> (Int, String) {
      (row.item.account.flatMap { places[$0.id] } ?? .max, row.currency)
    }
    var rows: [AccountBalance] = []
    var known: [AccountCell: Int] = [:]
    for line in self {
      guard let account = line.item.account else {
        rows.append(line)
        continue
      }
      let path = paths.path(to: account)
      let isBelow = path.count > depth
      let shown = isBelow ? path[depth - 1] : account
      let cell = AccountCell(shown.id, line.currency)
      if let row = known[cell] {
        rows[row] = try rows[row].adding(line, as: .group(shown))
      } else {
        known[cell] = rows.count
        rows.append(isBelow ? line.called(.group(shown)) : line)
      }
    }
    return rows.sorted { place(of: $0) < place(of: $1) }
  }

  /// How deep the deepest of its accounts stands in `chart`; 1 where there is none.
  package func deepest(in chart: [FinancialStatement.Account]) -> Int {
    let paths = ChartPaths(chart)
    return compactMap(\.item.account).map { paths.path(to: $0).count }.max() ?? 1
  }
}

extension AccountBalance {
  fileprivate func called(_ item: FinancialStatement.Item) -> AccountBalance {
    AccountBalance(
      item, currency: currency, exponent: exponent, balance: balance, compared: compared)
  }

  fileprivate func adding(
    _ other: AccountBalance, as item: FinancialStatement.Item
  ) throws(AmountError) -> AccountBalance {
    AccountBalance(
      item, currency: currency, exponent: exponent,
      balance: try balance + other.balance, compared: try compared.adding(other.compared))
  }
}

/// Where accounts stand in a chart.
private struct ChartPaths {
  private let accounts: [ID<Account>: FinancialStatement.Account]

  init(_ chart: [FinancialStatement.Account]) {
    accounts = Dictionary(chart.map { ($0.id, $0) }) { $1 }
  }

  /// From the root down to the account itself.
  func path(to account: FinancialStatement.Account) -> [FinancialStatement.Account] {
    var path = [account]
    while let parent = path[0].parent.flatMap({ accounts[$0] }) { path.insert(parent, at: 0) }
    return path
  }
}
