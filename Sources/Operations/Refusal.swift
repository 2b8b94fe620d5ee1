package import Domain

/// Why something was not done. The facts; `UserMessage` has the words.
package enum Refusal: Error, Hashable, Sendable {
  case sessionEnded
  case notPermitted(Permission, Denial)
  /// Not permitted to whoever asked, but to somebody whom they can ask for it.
  case escalates(Permission, Denial, to: String)
  case notAMember
  case noSuch(Subject)
  case noSuchNamed(kind: Subject.Kind, name: String)
  case ambiguousName(kind: Subject.Kind, name: String, matches: [String])
  /// The lifecycle has no such step from here.
  case wrongStatus(EntryAction, EntryStatus)
  /// What others have been asked about isn't thrown away.
  case submittedOnce
  case faults([EntryFault])
  case amount(AmountError)
  case needsApproval(by: [Role], amount: Money)
  /// The roles still wanted are all above the person's own.
  case approvalNotYours(wanted: [Role])
  case changedMeanwhile
  case contentChanged
  case irreversible(Irreversible)
  case reasonNeeded(least: Int)
  case taken(kind: Subject.Kind, name: String)
  /// What it would come back to is deleted itself.
  case belowDeleted(kind: Subject.Kind, name: String)
  /// It is empty or longer.
  case nameLength(kind: Subject.Kind, most: Int)
  /// It acts on a screen, or turns text about, and nobody sees it.
  case unseenCharacter(Unicode.Scalar)
  case account(AccountProblem)
  case period(PeriodProblem)
  case attachment(AttachmentProblem)
  case waiver(WaiverProblem)
  case year(YearProblem)
  case exception(ExceptionProblem)
  case opening(OpeningProblem)
  case allocation(AllocationProblem)
  case rate(RateProblem)
  /// What can't be cut to what somebody sees is for whoever sees everything.
  case notAllSeen
  case bankStatement(BankStatementProblem)
  /// A check of the books found something wrong.
  case checkFailed(String)
  case wrongCredentials
  case lockedOut(seconds: Int)
  case secondFactor(SecondFactorProblem)
  case key(KeyProblem)
  case weakPassword(least: Int)
  case invalidEmail(String)
  case invitationUnknown
  case resetCodeUnknown
  case memberLimit(tier: String, limit: Int)
  case roleAboveOwn(Role)
  case access(AccessProblem)
  case business(BusinessProblem)
  case budget(BudgetProblem)
  case reconciliation(ReconciliationProblem)
  case recurrence(RecurrenceProblem)
  case confirmation(ConfirmationProblem)
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
    case .sessionEnded, .notPermitted, .escalates, .notAMember, .noSuch, .key: true
    case .noSuchNamed, .ambiguousName, .wrongStatus, .submittedOnce, .faults, .amount,
      .needsApproval,
      .approvalNotYours, .changedMeanwhile, .contentChanged, .irreversible,
      .reasonNeeded, .taken, .belowDeleted, .nameLength, .unseenCharacter, .account, .period,
      .attachment, .wrongCredentials, .lockedOut, .secondFactor, .weakPassword, .invalidEmail,
      .invitationUnknown, .resetCodeUnknown, .memberLimit, .roleAboveOwn, .importing, .access,
      .business, .budget, .recurrence, .reconciliation, .confirmation, .waiver, .year,
      .exception, .opening, .allocation, .rate, .bankStatement, .notAllSeen, .checkFailed,
      .instanceExists,
      .rule:
      false
    }
  }
}

extension Refusal {
  /// What the audit log keeps of it: stable, whatever the words.
  package var code: String {
    switch self {
    case .sessionEnded: "session-ended"
    case .notPermitted(_, let denial), .escalates(_, let denial, _): denial.code
    case .notAMember: "not-a-member"
    case .noSuch, .noSuchNamed: "not-found"
    case .ambiguousName: "ambiguous"
    case .wrongStatus, .submittedOnce: "status"
    case .faults: "faults"
    case .amount: "amount"
    case .needsApproval, .approvalNotYours: "approval"
    case .changedMeanwhile, .contentChanged: "changed"
    case .irreversible: "reversed"
    case .reasonNeeded: "reason"
    case .taken: "taken"
    case .belowDeleted: "below-deleted"
    case .nameLength: "name"
    case .unseenCharacter: "unseen-character"
    case .account: "account"
    case .period(let problem): problem.code
    case .attachment(let problem): problem.code
    case .checkFailed: "check"
    case .waiver: "waiver"
    case .year: "year"
    case .exception: "exception"
    case .opening: "opening"
    case .allocation: "allocation"
    case .rate(let problem): problem.code
    case .notAllSeen: "sight"
    case .bankStatement(let problem): problem.code
    case .wrongCredentials: "credentials"
    case .lockedOut: "locked-out"
    case .secondFactor(let problem): problem.code
    case .key(let problem): problem.code
    case .weakPassword: "password"
    case .invalidEmail: "email"
    case .invitationUnknown: "invitation"
    case .resetCodeUnknown: "reset-code"
    case .memberLimit: "member-limit"
    case .roleAboveOwn: "role"
    case .access(let problem): problem.code
    case .business(let problem): problem.code
    case .budget(let problem): problem.code
    case .reconciliation(let problem): problem.code
    case .recurrence(let problem): problem.code
    case .confirmation(let problem): problem.code
    case .importing: "import"
    case .instanceExists: "exists"
    case .rule(let message): String(message.prefix { $0 != " " })
    }
  }
}

/// What stands against a second factor, or one against what was asked for.
package enum SecondFactorProblem: Hashable, Sendable, CaseIterable {
  /// The password was right; a code must come with it.
  case needed
  case wrongCode
  /// The key that opens its secret isn't on this machine.
  case keyMissing
  case isOn
  case isOff
  /// Nor has somebody else one that could be taken off.
  case theyHaveNone
  /// There is no secret that a code could confirm.
  case notBegun

  fileprivate var code: String {
    switch self {
    case .needed: "second-factor"
    case .wrongCode: "code"
    case .keyMissing: "seal-key"
    case .isOn, .isOff, .theyHaveNone, .notBegun: "status"
    }
  }
}

/// What stands against a change of who may do what (RULES §4).
package enum AccessProblem: Hashable, Sendable {
  /// A membership that is so isn't changed that way.
  case memberStatus(String)
  case unknownPermission(String)
  case unknownCondition
  /// As people type it.
  case condition(String)
  /// Rights of one's own that somebody else must change.
  case ownRights
  /// Somebody would give what they don't hold themselves.
  case notHeld(Permission)
  /// No owner could change access any more.
  case nobodyInCharge
  case toOneself
  /// Nobody reports to themselves.
  case ownSuperior
  /// It would go in a circle.
  case reportsAlready
  /// A lock protects every business that somebody works in.
  case worksElsewhere
  /// And so does a password.
  case passwordOpensElsewhere
  /// And so does a second factor.
  case factorGuardsElsewhere
  case departmentCode
  /// So many members are in it.
  case peopleInDepartment(Int)
  /// Nothing is merged into what ends itself: a department of that name.
  case departmentEnds(String)
  case endsBeforeItBegins
  /// Somebody is that in the department at some of the time already.
  case alreadyAppointed(DepartmentRole)
  case negativeLimit
  /// A denial forbids whatever the amount.
  case limitedDenial
  /// An emergency lasts from a minute to an hour.
  case emergencyMinutes
  /// It ended, by itself or before.
  case emergencyOver
  /// What was reviewed stays so.
  case reviewed
  case tooLong(most: Int)
  case emptyTemplate
  /// They were no active member at that moment.
  case notMemberThen
  /// It is asked what was at a moment that is yet to come.
  case toCome
  /// Nothing speaks against one person's holding both.
  case noConflict(Permission, Permission)
  /// So many lines of a review.
  case linesUndecided(Int)
  case keyWithoutScope
  /// Fewer calls an hour than one, or more than that.
  case keyRate(most: Int)

  fileprivate var code: String {
    switch self {
    case .memberStatus: "member-status"
    case .unknownPermission: "permission"
    case .unknownCondition, .condition: "condition"
    case .ownRights: "own-rights"
    case .notHeld: "not-held"
    case .nobodyInCharge: "nobody-in-charge"
    case .toOneself: "to-oneself"
    case .ownSuperior, .reportsAlready: "circle"
    case .worksElsewhere, .passwordOpensElsewhere, .factorGuardsElsewhere: "works-elsewhere"
    case .departmentCode: "code"
    case .peopleInDepartment: "in-use"
    case .departmentEnds: "inactive"
    case .alreadyAppointed: "taken"
    case .endsBeforeItBegins: "time"
    case .negativeLimit, .limitedDenial: "limit"
    case .emergencyMinutes, .emergencyOver: "time"
    case .reviewed: "reviewed"
    case .tooLong: "length"
    case .emptyTemplate: "empty"
    case .notMemberThen: "member-status"
    case .toCome: "time"
    case .noConflict: "no-conflict"
    case .linesUndecided: "undecided"
    case .keyWithoutScope: "permission"
    case .keyRate: "rate"
    }
  }
}

/// Why an entry that is posted isn't taken back by another.
package enum Irreversible: Hashable, Sendable {
  /// A reversal of it is on its way, called so.
  case waits(String)
  /// What is to be booked in place of the original, called so, needs it.
  case replaced(String)
  case reversal
  /// Its correction would count as something that happened since.
  case opening
  /// What a closing took to equity would be earned anew in another period.
  case closing
}
