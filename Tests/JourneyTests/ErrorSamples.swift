import Domain
import Operations
import Store
import TestSupport
import ViewModels

/// One of each error that can be told on a screen.
enum Errors {
  static var all: [any Error] {
    refusals + faults.map { Refusal.faults([$0]) } + problems.map { Refusal.account($0) }
      + accessProblems.map { Refusal.access($0) } + businessProblems.map { Refusal.business($0) }
      + confirmationProblems.map { Refusal.confirmation($0) } + keyProblems.map { Refusal.key($0) }
      + denials.map { Refusal.notPermitted(.journalPost, $0) } + sealFaults + inputs
      + consolidationFaults.map { ConsolidationFaults([$0], Currency(code: "USD", exponent: 2)) }
  }

  /// One of each case: the switch asks whoever adds one what comes after it, and so for a sample.
  static func chain<Fault>(_ first: Fault, _ next: @escaping (Fault) -> Fault?) -> [Fault] {
    Array(sequence(first: first, next: next))
  }

  private static let refusals =
    chain(Refusal.sessionEnded) {
      switch $0 {
      case .sessionEnded: .notPermitted(.journalPost, .notOwn)
      case .notPermitted: .escalates(.journalApprove, .notOwn, to: "x")
      case .escalates: .notAMember
      case .notAMember: .noSuch(Subject(.entry, 1))
      case .noSuch: .noSuchNamed(kind: .account, name: "x")
      case .noSuchNamed: .ambiguousName(kind: .account, name: "x", matches: ["y"])
      case .ambiguousName: .wrongStatus(.post, .posted)
      case .wrongStatus: .submittedOnce
      case .submittedOnce: .faults([.noDescription, .fewerThanTwoLines])
      case .faults: .amount(.divisionByZero)
      case .amount: .needsApproval(by: [.manager, .director], amount: .zero)
      case .needsApproval: .approvalNotYours(wanted: [.owner])
      case .approvalNotYours: .changedMeanwhile
      case .changedMeanwhile: .contentChanged
      case .contentChanged: .irreversible(.waits("x"))
      case .irreversible(.waits): .irreversible(.replaced("x"))
      case .irreversible(.replaced): .irreversible(.reversal)
      case .irreversible(.reversal): .irreversible(.opening)
      case .irreversible(.opening): .irreversible(.closing)
      case .irreversible(.closing): .reasonNeeded(least: 5)
      case .reasonNeeded: .taken(kind: .template, name: "x")
      case .taken: .belowDeleted(kind: .account, name: "x")
      case .belowDeleted: .nameLength(kind: .template, most: 9)
      case .nameLength: .unseenCharacter("\u{1b}")
      case .unseenCharacter: .account(.isSystem)
      case .account: .period(.begun(name: "x", .open))
      case .period: .attachment(.empty)
      case .attachment: .wrongCredentials
      case .wrongCredentials: .lockedOut(seconds: 60)
      case .lockedOut: .secondFactor(.needed)
      case .secondFactor: .key(.unknown)
      case .key: .weakPassword(least: 9)
      case .weakPassword: .invalidEmail("x")
      case .invalidEmail: .invitationUnknown
      case .invitationUnknown: .resetCodeUnknown
      case .resetCodeUnknown: .memberLimit(tier: "x", limit: 1)
      case .memberLimit: .roleAboveOwn(.owner)
      // No screen imports.
      case .roleAboveOwn, .importing: .access(.unknownCondition)
      case .access: .business(.idleLock)
      case .business: .budget(.negative)
      case .budget: .reconciliation(.closed)
      case .reconciliation: .recurrence(.scheduled)
      case .recurrence: .confirmation(.ownRequest)
      case .confirmation: .checkFailed("x")
      case .checkFailed: .year(.notClosed(2026))
      case .year: .waiver(.passes(.suspense))
      case .waiver: .exception(.over)
      case .exception: .opening(.nothingLeft)
      case .opening: .allocation(.noSource)
      case .allocation(.noSource): .allocation(.noBasis)
      case .allocation(.noBasis): .allocation(.nothing(account: "x", period: "x"))
      case .allocation(.nothing): .allocation(.shares(999_999))
      case .allocation(.shares): .allocation(.departmentNeeded)
      case .allocation(.departmentNeeded): .allocation(.repeated)
      case .allocation(.repeated): .allocation(.targetSpread)
      case .allocation(.targetSpread): .allocation(.waits("D-7"))
      case .allocation(.waits): .allocation(.spreadElsewhere("AJ-2026-000001"))
      case .allocation(.spreadElsewhere): .allocation(.leftPart("AJ-2026-000001"))
      case .allocation(.leftPart): .allocation(.noTarget("x"))
      case .allocation(.noTarget): .allocation(.noPercentage("x"))
      case .allocation(.noPercentage): .allocation(.sharesUnasked)
      case .allocation(.sharesUnasked): .allocation(.shareMissing)
      case .allocation(.shareMissing): .rate(.draftsOnly)
      case .rate: .bankStatement(.inUse)
      case .bankStatement: .notAllSeen
      case .notAllSeen: .instanceExists(path: "x")
      case .instanceExists: .rule("CF123 no")
      case .rule: nil
      }
    } + [
      .period(.begun(name: "x", .locked)), .period(.notClosed(name: "x", .locked)),
      .period(.notClosed(name: "x", .open)), .period(.entriesWaiting(2)),
      .period(.checks([.numbers, .ledger])), .period(.checks([.chain])),
      .period(.ended(name: "x", .closed)),
      .period(.earlierOpen("x")), .period(.enoughOpen(["x"])), .period(.laterEnded("x", .closed)),
      .period(.laterEnded("x", .locked)),
      .lockedOut(seconds: 600), .rule("no"),
    ]
    + EntryAction.allCases.map { .wrongStatus($0, .posted) }
    + SecondFactorProblem.allCases.map { .secondFactor($0) }
    + chain(BudgetProblem.negative) {
      switch $0 {
      case .negative: .takesNoLines
      case .takesNoLines: .over(overBudget)
      case .over: .approved(.revised)
      case .approved: nil
      }
    }.map { .budget($0) }
    + attachmentProblems.map { Refusal.attachment($0) }
    + reconciliationProblems.map { .reconciliation($0) }
    + recurrenceProblems.map { .recurrence($0) }
    + chain(OpeningProblem.nothingLeft) {
      switch $0 {
      case .nothingLeft: .stands("x", .posted)
      case .stands(_, .posted): .stands("x", .draft)
      case .stands: .periodNotOpen("x", .future)
      case .periodNotOpen(_, .future): .periodNotOpen("x", .closed)
      case .periodNotOpen: .noPeriod
      case .noPeriod: .noAccount
      case .noAccount: nil
      }
    }.map { .opening($0) }
    + yearProblems.map { .year($0) } + ExceptionProblem.allCases.map { .exception($0) }
    + [.waiver(.fact(.ledger)), .waiver(.tooMany(101))]
    + chain(RateProblem.draftsOnly) {
      switch $0 {
      case .draftsOnly: .ofItself("USD")
      case .ofItself: .keptTheOtherWay("EUR", in: "USD")
      case .keptTheOtherWay: .kept("1.1")
      case .kept: .confirmed
      case .confirmed: .noDraftOfCurrency
      case .noDraftOfCurrency: .currency(.code)
      case .currency(.code): .currency(.decimals)
      case .currency(.decimals): .currency(.symbol)
      case .currency: .used
      case .used: .missing("EUR", in: "USD", on: TestBooks.today)
      case .missing: .nothingToRevalue(TestBooks.today)
      case .nothingToRevalue: .notAllSeen
      case .notAllSeen: .notAPeriodEnd(TestBooks.today)
      case .notAPeriodEnd: .waits("x")
      case .waits: .noAccount(.fxUnrealised)
      case .noAccount: nil
      }
    }.map { .rate($0) } + statementProblems.map { .bankStatement($0) }

  private static let overBudget = [
    OverBudget(account: "x", figures: nil),
    OverBudget(
      account: "x",
      figures: OverBudget.Figures(
        department: nil, period: "x", budget: .zero, actual: .zero, committed: .zero,
        entry: Money(minorUnits: 1), excess: Money(minorUnits: 1), currency: "USD")),
  ]

  private static let consolidationFaults =
    chain(ConsolidationFault.noTranslationAccount) {
      switch $0 {
      case .noTranslationAccount:
        .unbalanced(member: "x", Money(minorUnits: 1), Currency(code: "USD", exponent: 2))
      case .unbalanced: .unmapped(member: "x", account: "1 y", to: "2")
      case .unmapped: .otherClass(member: "x", account: "1 y", .asset, to: "2 z", .expense)
      case .otherClass: .noRate(member: "x", .average, of: "EUR", in: "USD")
      case .noRate: .noOpeningRate(member: "x", of: "EUR", in: "USD", on: .last)
      case .noOpeningRate: .unknownAccount(member: "x", account: "1")
      case .unknownAccount: .pairedTwice(member: "x", account: "1")
      case .pairedTwice: .adjustsUnknown("x", account: "1")
      case .adjustsUnknown: .adjustsUnbalanced("x", Money(minorUnits: 1))
      case .adjustsUnbalanced: nil
      }
    }

  private static let yearProblems =
    chain(YearProblem.fault(.tooLong)) {
      switch $0 {
      case .fault(.tooLong): .fault(.notWholeWeeks)
      case .fault(.notWholeWeeks): .fault(.endsBeforeItBegins)
      case .fault(.endsBeforeItBegins): .closed(2026)
      case .closed: .notClosed(2026)
      case .notClosed: .earlierOpen(2026)
      case .earlierOpen: .laterClosed(2026)
      case .laterClosed: .periodOpen("x")
      case .periodOpen: .ofTheYear("x")
      case .ofTheYear: .noRetainedEarnings
      case .noRetainedEarnings: .noIncomeSummary
      case .noIncomeSummary: .locked(2026)
      case .locked: .behindClosing(2026)
      case .behindClosing: .named(2026)
      case .named: .notNow(TestBooks.today, TestBooks.today)
      case .notNow: .entriesWaiting(2)
      case .entriesWaiting: nil
      }
    }

  static let findings =
    chain(PeriodFinding.unposted(ID(1), name: "x", on: TestBooks.today, .draft)) {
      switch $0 {
      case .unposted: .unbalanced(ID(1), name: "x", by: Money(minorUnits: 1), in: "USD")
      case .unbalanced: .sum(ID(1), label: "x", currency: "USD")
      case .sum: .gap(series: "x", count: 1, last: 2)
      case .gap:
        .holds(
          ID(1), label: "x", Money(minorUnits: 1), in: "USD", base: .zero, baseIn: "USD")
      case .holds: .unvalued(ID(1), name: "x", lines: 2)
      case .unvalued: .withoutParty(ID(1), name: "x", lines: 2)
      case .withoutParty:
        .unrevalued(ID(1), label: "x", by: Money(minorUnits: 1), in: "USD")
      case .unrevalued: .noRate("EUR", in: "USD", on: TestBooks.today)
      case .noRate: .unreconciled(ID(1), label: "x", since: TestBooks.today)
      case .unreconciled: .unmade("x", on: TestBooks.today)
      case .unmade: .record(5, .modified)
      case .record: nil
      }
    } + [.holds(ID(1), label: "x", Money(minorUnits: 1), in: "USD", base: .zero, baseIn: "EUR")] + [
      .unreconciled(ID(1), label: "x", since: nil),
      .unrevalued(ID(1), label: "x", by: Money(minorUnits: -1), in: "USD"),
    ]

  static let journalReasons =
    chain(JournalReason.onePerson) {
      switch $0 {
      case .onePerson: .round
      case .round: .weekend(dated: TestBooks.today, posted: nil)
      case .weekend: .night("23:05")
      case .night: .seldomUsed(account: "x", lines: 2)
      case .seldomUsed: .unusualPoster(entries: 2)
      case .unusualPoster: .system
      case .system: .afterClose(period: "x", closed: TestBooks.today)
      case .afterClose: .periodEnd(period: "x")
      case .periodEnd: .backdated(days: 31)
      case .backdated: .outOfOrder(days: 31, after: "x")
      case .outOfOrder: .gap(through: "x", count: 2)
      case .gap: .noText
      case .noText: .belowBand(Money(minorUnits: 1), in: "USD")
      case .belowBand: .twice("x")
      case .twice: nil
      }
    } + [
      .weekend(dated: TestBooks.today, posted: TestBooks.today),
      .weekend(dated: nil, posted: TestBooks.today),
    ]

  /// Not errors, but one of each too.
  static let notices =
    chain(Notice.limitsLifted(by: "x", minutes: 5, reason: "y")) {
      switch $0 {
      case .limitsLifted: .periodReopened(name: "x", by: "x", reason: "y")
      case .periodReopened: .yearReopened(year: 2026, by: "x", reason: "y")
      case .yearReopened:
        .exceptionGranted(period: "x", until: TestBooks.start, by: "x", reason: "y")
      case .exceptionGranted: .factorRemoved(by: "x", reason: "y")
      case .factorRemoved:
        .confirmationAsked(by: "x", act: .breakGlass(minutes: 5), reason: "y")
      case .confirmationAsked: .confirmed(by: "x", act: .breakGlass(minutes: 5))
      case .confirmed: .declined(by: "x", act: .breakGlass(minutes: 5), reason: "y")
      case .declined: .entryRejected(name: "x", by: "x", reason: "y")
      case .entryRejected: nil
      }
    }

  private static let faults =
    chain(EntryFault.fewerThanTwoLines) {
      switch $0 {
      case .fewerThanTwoLines: .noDescription
      case .noDescription: .typeNotAllowed(.opening, from: .manual)
      case .typeNotAllowed: .reversalMistyped
      case .reversalMistyped: .reversesItself(on: TestBooks.today)
      case .reversesItself: .unbalanced(difference: Money(minorUnits: 1), currency: "USD")
      case .unbalanced: .evidenceNeeded(from: Money(minorUnits: 1), currency: "USD")
      case .evidenceNeeded: .noPeriod(TestBooks.today)
      case .noPeriod: .periodNotOpen(name: "x", .future)
      case .periodNotOpen: .tooLong(.description, count: 9)
      case .tooLong: .line(0, .noAmount)
      case .line: nil
      }
    } + [
      .unbalanced(difference: Money(minorUnits: -1), currency: "???"),
      .periodNotOpen(name: "x", .closed),
      .periodNotOpen(name: "x", .future, firstOpen: TestBooks.today),
      .periodNotOpen(name: "x", .closed, firstOpen: TestBooks.today),
    ] + EntryText.allCases.map { .tooLong($0, count: 9) } + lineFaults.map { .line(0, $0) }

  private static let lineFaults =
    chain(LineFault.noAmount) {
      switch $0 {
      case .noAmount: .unknownAccount
      case .unknownAccount: .heading("x")
      case .heading: .archived("x")
      case .archived: .partyNeeded("x")
      case .partyNeeded: .reasonNeeded("x")
      case .reasonNeeded: .wrongCurrency(account: "x", holds: "USD")
      case .wrongCurrency: .departmentNeeded("x")
      case .departmentNeeded: .memoTooLong(count: 9)
      case .memoTooLong: .tooLong(.project, count: 9)
      case .tooLong(.project, _): .tooLong(.counterparty, count: 9)
      case .tooLong(.counterparty, _): .tooLong(.reference, count: 9)
      case .tooLong(.reference, _): .tooLong(.taxCode, count: 9)
      case .tooLong: .unfitTaxCode
      case .unfitTaxCode: .unknownDepartment
      case .unknownDepartment: .departmentNotInUse("x")
      case .departmentNotInUse: nil
      }
    }

  private static let problems =
    chain(AccountProblem.categoryOfOtherType(.rent, .asset)) {
      switch $0 {
      case .categoryOfOtherType: .fixedOncePosted
      case .fixedOncePosted: .balanceLeft(.zero)
      case .balanceLeft: .linesWaiting(1)
      case .linesWaiting: .budgeted("x")
      case .budgeted: .isSystem
      case .isSystem: .hasLines
      case .hasLines: .notKeptByParty("x")
      case .notKeptByParty: .everUsed
      case .everUsed: .numberInvalid
      case .numberInvalid: .nameMissing
      case .nameMissing: .unknownCurrency("x")
      case .unknownCurrency: .parentOfOtherClass(.asset)
      case .parentOfOtherClass: .belowItself
      case .belowItself: .tooDeep
      case .tooDeep: .systemStays
      case .systemStays: .recurs("x")
      case .recurs: .hasBelow("x")
      case .hasBelow: .notOfHeading(.currency)
      case .notOfHeading: .onlyOfBanks(.bankName)
      case .onlyOfBanks: .neverCloses
      case .neverCloses: .dividendsClose
      case .dividendsClose: .resultStays
      case .resultStays: .notMonetary
      case .notMonetary: .neverCash
      case .neverCash: .tooLong(.name, most: 9)
      case .tooLong: .missing([.rounding, .suspense])
      case .missing: .merging(.itself)
      case .merging: nil
      }
    } + AccountType.Class.allCases.map { .parentOfOtherClass($0) }
    + AccountAttribute.allCases.map { .notOfHeading($0) } + merges.map { .merging($0) }

  private static let merges =
    chain(AccountMergeProblem.itself) {
      switch $0 {
      case .itself: .heading
      case .heading: .archived("x")
      case .archived: .differs(.type)
      case .differs: .posted
      case .posted: .waiting(2)
      case .waiting: .voided
      case .voided: .reconciled
      case .reconciled: .allocated("x")
      case .allocated: .listed
      case .listed: .unseen(template: "x", by: "y")
      case .unseen: nil
      }
    }

  private static let accessProblems =
    chain(AccessProblem.memberStatus("active")) {
      switch $0 {
      case .memberStatus: .unknownPermission("x")
      case .unknownPermission: .unknownCondition
      case .unknownCondition: .condition("x")
      case .condition: .ownRights
      case .ownRights: .notHeld(.journalPost)
      case .notHeld: .nobodyInCharge
      case .nobodyInCharge: .toOneself
      case .toOneself: .ownSuperior
      case .ownSuperior: .reportsAlready
      case .reportsAlready: .worksElsewhere
      case .worksElsewhere: .passwordOpensElsewhere
      case .passwordOpensElsewhere: .factorGuardsElsewhere
      case .factorGuardsElsewhere: .departmentCode
      case .departmentCode: .peopleInDepartment(2)
      case .peopleInDepartment: .departmentEnds("x")
      case .departmentEnds: .endsBeforeItBegins
      case .endsBeforeItBegins: .alreadyAppointed(.head)
      case .alreadyAppointed: .negativeLimit
      case .negativeLimit: .limitedDenial
      case .limitedDenial: .emergencyMinutes
      case .emergencyMinutes: .emergencyOver
      case .emergencyOver: .reviewed
      case .reviewed: .tooLong(most: 9)
      case .tooLong: .emptyTemplate
      case .emptyTemplate: .notMemberThen
      case .notMemberThen: .toCome
      case .toCome: .noConflict(.journalPost, .journalRead)
      case .noConflict: .linesUndecided(2)
      case .linesUndecided: .keyWithoutScope
      case .keyWithoutScope: .keyRate(most: 9)
      case .keyRate: nil
      }
    } + ["suspended", "inactive", "pending"].map { .memberStatus($0) } + [
      .unknownPermission("journal.pst")
    ]

  private static let businessProblems =
    chain(BusinessProblem.idleLock) {
      switch $0 {
      case .slug: nil
      case .idleLock: .openPeriods
      case .openPeriods: .evidence
      case .evidence: .rateAge
      case .rateAge: .retention
      case .retention: .shorterRetention
      case .shorterRetention: .unknownTimeZone("x")
      case .unknownTimeZone: .country("x")
      case .country: .selfApprovalByOwners
      case .selfApprovalByOwners: .ownPostingByOwners
      case .ownPostingByOwners: .everPosted
      case .everPosted: .notByItsOnlyOwner
      case .notByItsOnlyOwner: .onlyOneOwned
      case .onlyOneOwned: .subscriptionOver
      case .subscriptionOver: .textTooLong(.city)
      case .textTooLong: .slug("Acme Europe")
      }
    } + BusinessText.allCases.map { .textTooLong($0) }

  private static let confirmationProblems =
    chain(ConfirmationProblem.ownRequest) {
      switch $0 {
      case .ownRequest: .somebodyElses
      case .somebodyElses: .outsider
      case .outsider: .unknownAct
      case .unknownAct: .requesterMayNot("x")
      case .requesterMayNot: .askedAlready(1)
      case .askedAlready: .nobodyElse(.periodLock)
      case .nobodyElse: .over("confirmed")
      case .over: nil
      }
    } + ["declined", "withdrawn", "expired"].map { .over($0) }

  private static let sealFaults =
    chain(SealFault.nowhere) {
      switch $0 {
      case .nowhere: .openToOthers(path: "x")
      case .openToOthers: .damaged(path: "x", bytes: 32)
      case .damaged: .unreadable(path: "x", reason: "y")
      case .unreadable: .unwritable(path: "x", reason: "y")
      case .unwritable: nil
      }
    }

  private static let keyProblems =
    chain(KeyProblem.unknown) {
      switch $0 {
      case .unknown: .revoked
      case .revoked: .expired
      case .expired: .creatorGone
      case .creatorGone: .rate(calls: 9, seconds: 60)
      case .rate: .tierRate(tier: "x", calls: 9, seconds: 60)
      case .tierRate: .forPeople
      case .forPeople: nil
      }
    }

  static let denials: [Denial] =
    [
      .noGrant(.viewer), .notOwn, .otherDepartment, .overLimit(amount: nil, limit: .zero),
      .involved(.created), .ownPosting, .aboveThem(.owner),
      .involved(.decided), .secondPersonNeeded, .readOnly(.suspended), .readOnly(.expired),
      .peopleOnly, .outOfKeysScope, .forbidden(by: .membership),
      .forbidden(by: .department(ID(1), name: "x", post: "head")),
      .forbidden(by: .template(id: 1, name: "x")), .forbidden(by: .person(id: 1)),
      .forbidden(by: .delegation(id: 1, from: ID(1), name: "x")), .forbidden(by: .role(.owner)),
      .forbidden(by: .list(Thing(.entry, 1))), .forbidden(by: .proposed),
      .lenderMayNot(name: "x", .notOwn),
    ] + Thing.Kind.allCases.map { .notListed(Thing($0, 1), needs: .read) }
    + Conditions.Name.allCases.map { .condition($0) }
    + Reservation.allCases.map { .reserved($0) }

  private static let inputs: [any Error] = [
    CancellationError(), AmountError.tooLarge, AmountError.tooManyDecimals(decimals: 2),
    AmountInputError.empty, AmountInputError.incomplete, AmountInputError.tooLong(most: 9),
    AmountInputError.unexpected("x", column: 1), AmountInputError.unclosedParenthesis(column: 1),
    AmountInputError.misplacedSeparator(column: 1), AmountInputError.percentOfNothing(column: 1),
    DayInputError.empty, DayInputError.unreadable("x"),
    DayInputError.noSuchDay(year: 1, month: 2, day: 30), DayInputError.outOfCalendar,
    RecurrenceFault.step, RecurrenceFault.anchor, RecurrenceFault.count, RecurrenceFault.noDay,
    StoreError.busy, StoreError.full, StoreError.disk(message: "x"), StoreError.readOnly,
    StoreError.cannotOpen(path: "x", reason: "y"), StoreError.notADatabase(path: "x"),
    StoreError.damaged(message: "x"),
    StoreError.constraint(message: "CF1 x"), StoreError.noRow,
    StoreError.pragma(name: "x", wanted: "y", found: "z"),
  ]
}
