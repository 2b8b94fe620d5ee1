/// Something with a list of its own or a grant for it alone: an account, a department, an entry.
package struct Thing: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case account
    case department
    case entry = "journal_entry"
  }

  package let kind: Kind
  package let id: Int64

  package init(_ kind: Kind, _ id: Int64) {
    self.kind = kind
    self.id = id
  }
}

/// What is asked about, as far as access is concerned. What isn't known is nil: an allow that needs
/// it fails, a deny that needs it strikes.
package struct Resource: Hashable, Sendable {
  package var thing: Thing?
  package var creator: ID<User>?
  /// Of every line and, where no line names one, of the creator; empty if the creator has none,
  /// and then no department's grant covers it (RULES §4.9).
  package var departments: Set<ID<Department>>?
  /// Σ base debits, in minor units.
  package var amount: Money?
  package var accounts: Set<ID<Account>>?
  package var accountClasses: Set<AccountType.Class>?
  package var entryType: EntryType?
  package var source: EntrySource?
  package var period: Set<Conditions.PeriodState>?
  /// The roles of whom it is about, those that they have and those that they would get.
  package var roles: Set<Role>?
  /// Whom it is about: whose role, grant or session.
  package var concerned: ID<User>?
  /// Who can't judge it, and why.
  package var involved: [ID<User>: Involvement]
  /// Who made it or ever changed it.
  package var writers: Set<ID<User>> = []
  /// Whether one person may approve what they made (small business mode, RULES §4.6).
  package var allowsSelfApproval: Bool
  /// Whether who wrote it may post it (RULES §4.6).
  package var allowsOwnPosting = true
  /// Whether a second holder of the permission has confirmed what is asked.
  package var isConfirmed = false
  /// The lists on it, and on what it is part of, that have rows.
  package var protections: [Protection]

  package init(
    creator: ID<User>? = nil, departments: Set<ID<Department>>? = nil, amount: Money? = nil,
    involved: [ID<User>: Involvement] = [:], allowsSelfApproval: Bool = false,
    protections: [Protection] = []
  ) {
    self.creator = creator
    self.departments = departments
    self.amount = amount
    self.involved = involved
    self.allowsSelfApproval = allowsSelfApproval
    self.protections = protections
  }
}

/// How a person had a hand in what they would now judge (RULES §4.6).
package enum Involvement: String, Hashable, Sendable {
  case created
  case edited
  case submitted
  case decided = "already decided"
}
