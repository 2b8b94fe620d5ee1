package import Domain
package import Store

/// Some of the posted entries of some days, drawn for whoever audits them, with the proof of all that
/// they were drawn from (RULES §6.8). Its permission, and what of the journal it reads, are those of
/// `JournalTests`.
package struct JournalSample: Query, Hashable {
  package static let permission: Permission? = .auditExport
  package static let mostItems = 10_000
  let method: SamplingMethod
  let size: Int
  let seed: UInt32
  let from: Day?
  let through: Day

  /// `size` is from 1 up to `mostItems`. The days are as those of `JournalTests`. With the same seed
  /// of the same entries the same are drawn.
  package init(
    _ method: SamplingMethod, size: Int, seed: UInt32, from: Day? = nil, through: Day
  ) {
    precondition((1...Self.mostItems).contains(size), "a sample is of some, and not of a journal")
    self.method = method
    self.size = size
    self.seed = seed
    self.from = from
    self.through = through
  }

  package struct Value: Hashable, Sendable {
    package let from: Day
    package let through: Day
    package let population: JournalTests.Population
    package let sample: Sample
    /// Those that were drawn, in the order of years, series and numbers.
    package let entries: [Drawn]
  }

  package struct Drawn: Hashable, Sendable {
    package let entry: ID<Entry>
    package let number: String
    package let date: Day
    package let description: String
    /// Debits in the base currency.
    package let total: Money
    /// Who posted it: a person or `system`.
    package let who: String
  }

  package func run(in snapshot: Snapshot) throws -> Value {
    let tested = try JournalTests(from: from, through: through, only: []).run(in: snapshot)
    let entries = try snapshot.drawable(from: tested.from, through: tested.through)
    let sample = try Sample(method, size: size, of: entries.map(\.total), seed: UInt64(seed))
    return Value(
      from: tested.from, through: tested.through, population: tested.population, sample: sample,
      entries: sample.picks.map { entries[$0] })
  }
}

extension Reading {
  fileprivate func drawable(from first: Day, through last: Day) throws -> [JournalSample.Drawn] {
    try rows(
      JournalSample.Drawn.init,
      """
      SELECT e.id, e.number, e.entry_date, e.description, e.total, coalesce(n.name, 'system')
      FROM journal_entries e
      LEFT JOIN member_names n ON n.business_id = :business AND n.user_id = e.posted_by
      WHERE e.business_id = :business AND e.status IN ('posted', 'reversed')
        AND e.entry_date BETWEEN :from AND :through
      ORDER BY e.fiscal_year, e.series, e.sequence
      """, ["from": first, "through": last])
  }
}
