import Domain
import Store

/// Which accounts stand on either side of some entries.
struct CounterAccounts {
  fileprivate struct Side: Hashable {
    let entry: ID<Entry>
    let isDebit: Bool
  }

  fileprivate let numbers: [Side: [String]]

  /// The numbers of those on the other side than a line of an entry is on, in the order of lines.
  func across(_ entry: ID<Entry>, isDebit: Bool) -> [String] {
    numbers[Side(entry: entry, isDebit: !isDebit)] ?? []
  }
}

extension Reading {
  /// Of the first `most` lines of each entry: one may have thousands.
  func counterAccounts(
    of entries: some Sequence<ID<Entry>>, among most: Int = .max
  ) throws -> CounterAccounts {
    let found = try rows(
      { (entry: ID<Entry>, isDebit: Bool, number: String) in
        (CounterAccounts.Side(entry: entry, isDebit: isDebit), number)
      },
      """
      SELECT l.entry_id, l.debit > 0 OR l.base_debit > 0 AS is_debit, a.number
      FROM json_each(:entries) e
      CROSS JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.value
        AND l.line_number <= :most
      JOIN accounts a ON a.business_id = :business AND a.id = l.account_id
      GROUP BY l.entry_id, is_debit, a.number
      ORDER BY l.entry_id, min(l.line_number)
      """,
      ["entries": JSON.list(Set(entries)), "most": most])
    return CounterAccounts(
      numbers: Dictionary(grouping: found, by: \.0).mapValues { $0.map(\.1) })
  }
}

extension [String] {
  /// Numbers of accounts as far as a column has room for them: `1120, 2110, 2130 +4`.
  package var asCounterAccounts: String {
    let shown = prefix(3).joined(separator: ", ")
    return count > 3 ? "\(shown) +\(count - 3)" : shown
  }
}
