package import Domain

/// Why something was not done. The facts; `UserMessage` has the words.
package enum Refusal: Error, Hashable, Sendable {
  case sessionEnded
  case notPermitted(Permission, Denial)
  case notAMember
  case noSuch(Subject)
  case noSuchNamed(kind: Subject.Kind, name: String)
  case ambiguousName(kind: Subject.Kind, name: String, matches: [String])
  /// The lifecycle has no such step from here.
  case wrongStatus(EntryAction, EntryStatus)
  case faults([EntryFault])
  case amount(AmountError)
  case needsApproval(by: [Role], amount: Money)
  /// The roles still wanted are all above the person's own.
  case approvalNotYours(wanted: [Role])
  case changedMeanwhile
  case contentChanged
  case alreadyReversed(by: String)
  case reversalOfReversal
  case reasonNeeded(least: Int)
  case taken(kind: Subject.Kind, name: String)
  /// It is empty or longer.
  case nameLength(kind: Subject.Kind, most: Int)
  case account(AccountProblem)
  /// Only a period that hasn't been open yet can be opened.
  case periodBegun(name: String, PeriodStatus)
  /// That many entries of the period aren't posted yet.
  case entriesWaiting(Int)
  case wrongCredentials
  case lockedOut(seconds: Int)
  case key(KeyProblem)
  case weakPassword(least: Int)
  case invalidEmail(String)
  case invitationUnknown
  case memberLimit(tier: String, limit: Int)
  case roleAboveOwn(Role)
  case access(AccessProblem)
  case importing(ImportProblem)
  /// The file has a business already, so it isn't made anew.
  case instanceExists(path: String)
  /// A rule that the schema holds: the trigger's code and words.
  case rule(String)
}

extension Refusal {
  /// Whether somebody asked for what isn't theirs to see. What isn't there may be there in another
  /// business.
  var deniesAccess: Bool {
    switch self {
    case .sessionEnded, .notPermitted, .notAMember, .noSuch, .key: true
    case .noSuchNamed, .ambiguousName, .wrongStatus, .faults, .amount, .needsApproval,
      .approvalNotYours, .changedMeanwhile, .contentChanged, .alreadyReversed, .reversalOfReversal,
      .reasonNeeded, .taken, .nameLength, .account, .periodBegun, .entriesWaiting,
      .wrongCredentials, .lockedOut,
      .weakPassword, .invalidEmail, .invitationUnknown, .memberLimit, .roleAboveOwn, .importing,
      .access, .instanceExists, .rule:
      false
    }
  }
}

extension Refusal {
  /// What the audit log keeps of it: stable, whatever the words.
  package var code: String {
    switch self {
    case .sessionEnded: "session-ended"
    case .notPermitted(_, let denial): denial.code
    case .notAMember: "not-a-member"
    case .noSuch, .noSuchNamed: "not-found"
    case .ambiguousName: "ambiguous"
    case .wrongStatus: "status"
    case .faults: "faults"
    case .amount: "amount"
    case .needsApproval, .approvalNotYours: "approval"
    case .changedMeanwhile, .contentChanged: "changed"
    case .alreadyReversed, .reversalOfReversal: "reversed"
    case .reasonNeeded: "reason"
    case .taken: "taken"
    case .nameLength: "name"
    case .account: "account"
    case .periodBegun: "period"
    case .entriesWaiting: "entries-waiting"
    case .wrongCredentials: "credentials"
    case .lockedOut: "locked-out"
    case .key(let problem): problem.code
    case .weakPassword: "password"
    case .invalidEmail: "email"
    case .invitationUnknown: "invitation"
    case .memberLimit: "member-limit"
    case .roleAboveOwn: "role"
    case .access(let problem): problem.code
    case .importing: "import"
    case .instanceExists: "exists"
    case .rule(let message): String(message.prefix { $0 != " " })
    }
  }
}

/// What stands against a change of the chart of accounts (RULES §3.2).
package enum AccountProblem: Hashable, Sendable {
  case parentOfOtherClass(AccountType.Class)
  case categoryOfOtherType(AccountCategory, AccountType)
  case fixedOncePosted
  case balanceLeft(Money)
  case linesWaiting(Int)
  case isSystem
  case hasLines
  case numberInvalid
  case nameMissing
  case unknownCurrency(String)
}

/// What stands against a change of who may do what (RULES §4).
package enum AccessProblem: Hashable, Sendable {
  /// A membership that is so isn't changed that way.
  case memberStatus(String)
  case unknownPermission(String)
  case unknownCondition
  /// Rights of one's own that somebody else must change.
  case ownRights
  /// Somebody would give what they don't hold themselves.
  case notHeld(Permission)
  /// No owner could change access any more.
  case nobodyInCharge
  case toOneself
  /// A lock protects every business that somebody works in.
  case worksElsewhere
  case departmentCode
  /// So many members are in it.
  case peopleInDepartment(Int)
  case endsBeforeItBegins
  case negativeLimit
  /// A denial forbids whatever the amount.
  case limitedDenial
  case keyWithoutScope
  /// Fewer calls an hour than one, or more than that.
  case keyRate(most: Int)

  fileprivate var code: String {
    switch self {
    case .memberStatus: "member-status"
    case .unknownPermission: "permission"
    case .unknownCondition: "condition"
    case .ownRights: "own-rights"
    case .notHeld: "not-held"
    case .nobodyInCharge: "nobody-in-charge"
    case .toOneself: "to-oneself"
    case .worksElsewhere: "works-elsewhere"
    case .departmentCode: "code"
    case .peopleInDepartment: "in-use"
    case .endsBeforeItBegins: "time"
    case .negativeLimit, .limitedDenial: "limit"
    case .keyWithoutScope: "permission"
    case .keyRate: "rate"
    }
  }
}
