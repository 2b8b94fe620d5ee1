package import Domain
package import Store

/// Everything an entry form needs while somebody types, so that no key waits for the database.
package struct EntryFormFacts: Query {
  package static let permission: Permission? = .journalCreate

  package init() {}

  package struct Value: Hashable, Sendable {
    package let accounts: [ChartOfAccounts.Row]
    /// Those too that lines of some days may not name any more.
    package let departments: [Departments.Row]
    /// That of whoever writes; nil where they are in none.
    package let home: ID<Department>?
    package let policy: ApprovalPolicy
    /// Whether whoever writes an entry may post it.
    package let allowsOwnPosting: Bool
    package let periods: [Period]
    /// What turns foreign amounts of the days that can be posted on into the base currency; of open
    /// items it knows none until somebody reads those of a place (`SettledItems`).
    package var valuation: Valuation
    /// What takes differences of exchange that are realised, if anything does.
    package let exchangeAccount: ID<Account>?
    package let today: Day

    /// Throws `account` for one that the business doesn't have.
    package func currency(_ code: String) throws -> Currency {
      guard let currency = valuation.currency(code) else {
        throw Refusal.account(.unknownCurrency(code))
      }
      return currency
    }

    /// Of which department a line of `day` is: of what it names or, where it names nothing, of what
    /// its account says or, where that needs one, of that of whoever writes (RULES R34), while lines
    /// may name that.
    package func department(
      _ named: ID<Department>?, on account: ChartOfAccounts.Row?, _ day: Day
    ) -> ID<Department>? {
      guard named == nil, let account else { return named }
      let usual = [account.usualDepartment, account.requiresDepartment ? home : nil]
      return usual.compactMap(\.self).first { department in
        departments.contains { $0.id == department && $0.facts.isInUse(on: day) }
      }
    }

    /// The first day after the period of `day`, on which what is taken back by itself is; of a day
    /// that no period holds, the first of the next month.
    package func reversalDay(for day: Day) -> Day {
      let period = periods.first { $0.start <= day && day <= $0.end }
      return (period?.end ?? day.lastOfMonth).adding(days: 1)
    }
  }

  package struct Period: Hashable, Sendable {
    package let name: String
    package let start: Day
    package let end: Day
    package let status: PeriodStatus
  }

  package func run(in snapshot: Snapshot) throws -> Value {
    let periods = try snapshot.rows(
      Period.init,
      """
      SELECT name, start_date, end_date, status FROM accounting_periods
      WHERE business_id = :business AND kind = 'normal' ORDER BY start_date
      """)
    let first = periods.first { $0.status != .locked }?.start ?? .last
    return Value(
      accounts: try ChartOfAccounts().run(in: snapshot),
      departments: try Departments().run(in: snapshot),
      home: try snapshot.home(of: snapshot.actor.user).first,
      policy: try snapshot.approvalPolicy(),
      allowsOwnPosting: try snapshot.businessFacts().allowsOwnPosting,
      periods: periods, valuation: try snapshot.valuation(from: first),
      exchangeAccount: try snapshot.bookedAccount(of: .fxGainLoss),
      today: try snapshot.today())
  }
}

extension Reading {
  /// What values amounts of `day` and of all days after it; `settles` where some may be settled.
  func valuation(from day: Day, settles: Bool = true) throws -> Valuation {
    let facts = try businessFacts()
    let currencies = try currencies()
    // Whoever doesn't see all of a balance can't settle a share of it.
    let readsHeld = settles && narrowing == nil
    let oldest = day.adding(days: -facts.rateAgeDays)
    return Valuation(
      base: Currency(code: facts.baseCurrency, exponent: facts.baseExponent),
      rounding: facts.rounding, currencies: currencies,
      rates: RateTable(
        try rateQuotes(.spot, oldest ... .last), base: facts.baseCurrency,
        mostAgeDays: facts.rateAgeDays),
      positions: readsHeld ? try settledPositions() : [])
  }

  /// What is held in foreign currencies without what is going to be taken back: settled is what it was
  /// worth when it came.
  private func settledPositions() throws -> [ForeignPosition] {
    let waiting = try rows(
      ForeignPosition.init,
      """
      SELECT l.account_id, l.currency, sum(l.debit - l.credit), sum(l.base_debit - l.base_credit)
      FROM journal_entries e
      JOIN journal_entries o ON o.business_id = :business AND o.id = e.reverses_entry_id
        AND o.reverses_on = e.entry_date
      JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.id
      WHERE e.business_id = :business AND e.status = 'approved'
      GROUP BY l.account_id, l.currency
      """)
    return try foreignPositions(through: .last).map { position in
      let back = waiting.filter {
        $0.account == position.account && $0.currency == position.currency
      }
      return ForeignPosition(
        account: position.account, currency: position.currency,
        amount: try position.amount + back.map(\.amount).total(),
        base: try position.base + back.map(\.base).total())
    }
  }
}
