package import Domain
package import Store

/// Everything an entry form needs while somebody types, so that no key waits for the database.
package struct EntryFormFacts: Query {
  package static let permission: Permission? = .journalCreate

  package init() {}

  package struct Value: Hashable, Sendable {
    package let accounts: [ChartOfAccounts.Row]
    package let policy: ApprovalPolicy
    /// Whether whoever writes an entry may post it.
    package let allowsOwnPosting: Bool
    package let periods: [Period]
    package let today: Day
  }

  package struct Period: Hashable, Sendable {
    package let name: String
    package let start: Day
    package let end: Day
    package let status: PeriodStatus
  }

  package func run(in snapshot: Snapshot) throws -> Value {
    Value(
      accounts: try ChartOfAccounts().run(in: snapshot),
      policy: try snapshot.approvalPolicy(),
      allowsOwnPosting: try snapshot.businessFacts().allowsOwnPosting,
      periods: try snapshot.rows(
        Period.init,
        """
        SELECT name, start_date, end_date, status FROM accounting_periods
        WHERE business_id = :business AND kind = 'normal' ORDER BY start_date
        """),
      today: try snapshot.today())
  }
}
