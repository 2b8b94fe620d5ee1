package import Domain
package import Phrases
import Store

/// An error's words: what happened, to which thing, what to do. The only place that has them.
package struct UserMessage: Hashable, Sendable {
  package let phrase: Phrase

  /// The words in English, as the command line and the audit log have them.
  package var text: String { phrase.english }

  package init(_ text: String) { phrase = Phrase(verbatim: text) }

  package init(_ error: any Error) {
    switch error {
    case let refusal as Refusal: phrase = Self.words(refusal)
    case let error as StoreError: phrase = Self.words(error)
    case let error as AmountError: phrase = Self.words(error)
    case let fault as SealFault: phrase = Self.words(fault)
    case let error as AmountInputError: phrase = Self.words(error)
    case let error as WrittenAmountError: phrase = Self.words(error)
    case let error as ValuationError: phrase = Self.words(error)
    case let faults as ConsolidationFaults: phrase = Self.words(faults)
    case let denied as MemberRefusal: phrase = "\(denied.member): \(Self.words(denied.refusal))"
    case let error as DayInputError: phrase = Self.words(error)
    case let fault as RecurrenceFault: phrase = Self.words(fault)
    case is CancellationError: phrase = "Cancelled; nothing was changed."
    default:
      phrase = "Something unexpected went wrong: \("\(error)" as String). Nothing was changed."
    }
  }

  private static func words(_ refusal: Refusal) -> Phrase {
    switch refusal {
    case .sessionEnded: "Your session has ended. Sign in again."
    case .notPermitted(let permission, let denial): Self.words(permission, denial)
    case .escalates(let permission, _, let name): Self.words(over: permission, name)
    case .notAMember: "You are not an active member of this business. Ask one of its owners."
    case .noSuch(let subject): "There is no such \(subject.kind.phrase) in this business."
    case .noSuchNamed(let kind, let name): "There is no \(kind.phrase) \(name) in this business."
    case .ambiguousName(let kind, let name, let matches): Self.words(several: matches, kind, name)
    case .wrongStatus(.void, .posted):
      "An entry that is posted can't be voided. Reverse it instead."
    case .wrongStatus(.reverse, .draft): "A draft isn't in the books yet. Edit it instead."
    case .wrongStatus(let step, let now): "An entry that is \(now.phrase) can't be \(step.phrase)."
    case .submittedOnce: "It was submitted once, so it stays. Change it instead."
    case .faults(let faults): .joined(faults.map(Self.words))
    case .amount(let error): Self.words(error)
    case .needsApproval(let roles, _): Self.words(needing: roles)
    case .approvalNotYours(let roles): "What is still wanted is approval by \(Role.anyOf(roles))."
    case .changedMeanwhile:
      "Somebody else changed it meanwhile. Look at it again, then repeat your change."
    case .contentChanged: "The entry isn't what was approved any more. Submit it again."
    case .irreversible(let reason): words(reason)
    case .reasonNeeded(let least): "Say why, in \(least) characters or more."
    case .taken(let kind, let name): "The \(kind.phrase) \(name) exists already. Choose another."
    case .belowDeleted(let kind, let name): Self.words(below: kind, name)
    case .nameLength(let kind, let most): Self.words(lengthOfName: most, kind)
    case .unseenCharacter(let scalar): Self.words(unseen: scalar)
    case .account(let problem): Self.words(problem)
    case .checkFailed(let name): Self.words(failed: name)
    case .period(let problem): Self.words(problem)
    case .attachment(let problem): Self.words(problem)
    case .waiver(let problem): Self.words(problem)
    case .year(let problem): Self.words(problem)
    case .exception(let problem): Self.words(problem)
    case .opening(let problem): Self.words(problem)
    case .allocation(let problem): Self.words(problem)
    case .rate(let problem): Self.words(problem)
    case .notAllSeen: Self.notAllSeen
    case .bankStatement(let problem): Self.words(problem)
    case .wrongCredentials: "Wrong user or password."
    case .lockedOut(let seconds): Self.words(lockedOut: seconds)
    case .secondFactor(let problem): Self.words(problem)
    case .key(let problem): Self.words(problem)
    case .weakPassword(let least): "A password needs \(least) characters or more."
    case .invalidEmail(let email): "\(email) is not an e-mail address."
    case .invitationUnknown: "This invitation is unknown, used or expired. Ask for a new one."
    case .resetCodeUnknown: "This code is unknown, used or expired. Ask for a new one."
    case .memberLimit(let tier, let limit): Self.words(memberLimit: limit, tier)
    case .roleAboveOwn(let role): "You can't make somebody \(role.phrase): it is above your role."
    case .access(let problem): Self.words(problem)
    case .business(let problem): Self.words(problem)
    case .budget(let problem): Self.words(problem)
    case .reconciliation(let problem): Self.words(problem)
    case .recurrence(let problem): Self.words(problem)
    case .confirmation(let problem): Self.words(problem)
    case .importing(let problem): Phrase(verbatim: problem.words)
    case .instanceExists(let path): Self.words(instanceAt: path)
    case .rule(let message): Self.words(rule: message)
    }
  }

  private static func words(
    several matches: [String], _ kind: Subject.Kind, _ name: String
  ) -> Phrase {
    "\(name) fits more than one \(kind.phrase): \(matches.joined(separator: ", ")). Say which."
  }

  private static func words(needing roles: [Role]) -> Phrase {
    "An entry of this amount needs approval by \(Role.anyOf(roles)): submit it."
  }

  private static func words(below kind: Subject.Kind, _ name: String) -> Phrase {
    "It belongs below the \(kind.phrase) \(name), which is deleted too. Restore that first."
  }

  private static let notAllSeen: Phrase =
    "Some of the books isn't yours to see. A snapshot is for whoever sees all of them."

  private static func words(over permission: Permission, _ name: String) -> Phrase {
    "It is over your limit for \(permission.rawValue). Have \(name) approve it."
  }

  private static func words(lockedOut seconds: Int) -> Phrase {
    "Too many wrong passwords. Wait \(duration(seconds)), then try again."
  }

  private static func words(memberLimit limit: Int, _ tier: String) -> Phrase {
    "The \(tier) subscription has room for \(limit) members. Choose a larger one."
  }

  private static func words(lengthOfName most: Int, _ kind: Subject.Kind) -> Phrase {
    "The name of a \(kind.phrase) has from 1 to \(most) characters."
  }

  private static func words(failed check: String) -> Phrase {
    "The check \(check) found something wrong. See what with: coreflow doctor"
  }

  private static func words(instanceAt path: String) -> Phrase {
    "\(path) has a business already. Sign in to it, or name another file with --db."
  }

  private static func words(unseen scalar: Unicode.Scalar) -> Phrase {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    // In four digits or more, as Unicode names it.
    let name = String(repeating: "0", count: max(4 - digits.count, 0)) + digits
    return "It has a character in it that nobody sees: U+\(name). Type it anew, without that."
  }

  private static func words(_ error: StoreError) -> Phrase {
    switch error {
    case .busy:
      "Another coreflow is writing to these books. Nothing was changed; try again."
    case .full:
      "The disk is full. Nothing was changed; make room and try again."
    case .disk(let message):
      "The disk didn't do what was asked (\(message)). Nothing was changed; look to the disk first."
    case .readOnly:
      "The database can't be written to. Check the file's mode and the disk it is on."
    case .cannotOpen(let path, let reason): "Can't open \(path): \(reason)."
    case .notADatabase(let path):
      "\(path) is not a CoreFlow database. Name another with --db, or restore a backup."
    case .damaged(let message):
      "The database is damaged (\(message)). Stop working and restore a backup."
    case .migration(let error): Phrase(verbatim: Self.words(error))
    case .constraint(let message): Self.words(rule: message)
    case .pragma(let name, let wanted, let found):
      "SQLite took \(name) = \(found) where \(wanted) is needed. Nothing was opened."
    case .unscoped, .column, .noRow, .oneRowExpected, .database:
      "The database answered in a way it should not: \("\(error)" as String). Nothing was changed."
    }
  }
}

extension UserMessage {
  /// One fault of an entry, as a sentence.
  package static func words(_ fault: EntryFault) -> Phrase {
    switch fault {
    case .fewerThanTwoLines: "An entry needs two lines or more."
    case .noDescription: "Say what the entry is for."
    case .typeNotAllowed(let type, .manual) where !type.comes(from: .manual):
      "Only the system writes \(type.rawValue) entries."
    case .typeNotAllowed(let type, let source):
      "An entry from \(source.rawValue) can't be of type \(type.rawValue)."
    case .reversalMistyped: "A reversal has the type reversing, and nothing else has it."
    case .reversesItself(let day):
      "Only an adjusting entry is taken back by itself, on a later day; not on \(day.text)."
    case .unbalanced(let difference, let currency):
      difference > .zero
        ? "Debits and credits differ by \(difference.shown(in: currency)), too much debit."
        : "Debits and credits differ by \(difference.shown(in: currency)), too much credit."
    case .evidenceNeeded(let least, let currency):
      """
      From \(least.shown(in: currency)) on an entry needs a file that proves it. Keep it as a draft \
      and attach one (v there, or coreflow attach), then go on. For a correction, attach it to \
      what it puts right.
      """
    case .noPeriod(let day): "No period holds \(day.text). Choose another date."
    case .periodNotOpen(let name, .future, let day?):
      "Period \(name) is not open yet. The first open day after it is \(day.text)."
    case .periodNotOpen(let name, let status, let day?):
      "Period \(name) is \(status.phrase). The first open day after it is \(day.text)."
    case .periodNotOpen(let name, let status, nil):
      status == .future
        ? "Period \(name) is not open yet. Choose a date in an open one."
        : "Period \(name) is \(status.phrase). Choose a date in an open one."
    case .tooLong(let text, let count):
      "\(Phrase(word: text.rawValue)) takes \(text.mostCharacters) characters; this has \(count). Shorten it."
    case .line(let index, let fault): "Line \(index + 1): \(words(fault))"
    }
  }

  private static func words(_ fault: LineFault) -> Phrase {
    switch fault {
    case .noAmount: "it needs an amount."
    case .unknownAccount: "there is no such account."
    case .heading(let label): "\(label) is a heading; choose an account below it."
    case .archived(let label): "\(label) is archived."
    case .partyNeeded(let label):
      "\(label) is kept by party: say whose the line is, or who is paid or pays."
    case .reasonNeeded(let label):
      "\(label) is a control account: say in the entry's notes why it is booked by hand."
    case .wrongCurrency(let label, let holds): "\(label) holds \(holds) only."
    case .departmentNeeded(let label): "\(label) needs a department."
    case .memoTooLong(let count):
      "its memo takes \(EntryText.description.mostCharacters) characters; this has \(count)."
    case .tooLong(let text, let count):
      "its \(Phrase(word: text.rawValue)) takes \(text.mostCharacters) characters; this has \(count)."
    case .unfitTaxCode:
      "its tax code has a comma, a date or a line break, which journals can't hold."
    case .unknownDepartment: "there is no such department."
    case .departmentNotInUse(let label): "\(label) is not in use any more on this date."
    }
  }

  static func words(_ error: AmountError) -> Phrase {
    switch error {
    case .tooLarge: "The amount is larger than books can hold."
    case .tooManyDecimals(let decimals):
      "The currency has \(decimals) decimals; the amount has more."
    case .divisionByZero: "The amount divides by zero."
    }
  }

  private static func words(_ error: AmountInputError) -> Phrase {
    switch error {
    case .empty: "There is no amount."
    case .tooLong(let most): "An amount has \(most) characters at the most."
    case .unexpected(let character, let column):
      "An amount can't have \(String(character)) there (column \(column)); write it as 1,234.50."
    case .incomplete: "The amount ends where a number is missing."
    case .unclosedParenthesis(let column): "The parenthesis in column \(column) isn't closed."
    case .misplacedSeparator(let column):
      "The separators don't stand between thousands (column \(column)); write it as 1,234.50."
    case .percentOfNothing(let column):
      "There is nothing before column \(column) to take a percentage of."
    case .amount(let error): words(error)
    }
  }

  private static func words(_ error: DayInputError) -> Phrase {
    switch error {
    case .empty: "There is no date."
    case .unreadable(let text):
      "\(text) is not a date; write it as 2026-01-31, today, +3 or a day of the month."
    case .noSuchDay(let year, let month, let day):
      "The calendar has no \(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))."
    case .outOfCalendar: "The calendar here goes from the year 1 to 9999."
    }
  }

  private static func words(_ problem: BusinessProblem) -> Phrase {
    switch problem {
    case .slug(let text):
      """
      \(text) won't do as a slug: it takes up to \(BusinessPlan.slugMostCharacters) small letters, \
      digits and hyphens, such as acme-europe.
      """
    case .textTooLong(let text):
      "The \(Phrase(word: text.rawValue)) takes \(text.mostCharacters) characters. Shorten it."
    case .unknownTimeZone(let name): "There is no time zone \(name); write it as Europe/Vienna."
    case .country(let name): "\(name) is not a country of two capital letters, such as AT."
    case .idleLock:
      "Screens lock after 1 to \(BusinessSettings.idleLockMinutesMost) minutes, or never with 0."
    case .openPeriods:
      """
      From \(BusinessSettings.openPeriodsMost.lowerBound) to \
      \(BusinessSettings.openPeriodsMost.upperBound) periods may be open at once.
      """
    case .evidence: "Entries need files from nothing or more on, not from less."
    case .rateAge:
      """
      A rate holds for \(BusinessSettings.rateAgeDays.lowerBound) to \
      \(BusinessSettings.rateAgeDays.upperBound) days.
      """
    case .retention:
      "Records are kept for \(BusinessSettings.retentionYears.lowerBound) to \(BusinessSettings.retentionYears.upperBound) years."
    case .shorterRetention:
      "Records are kept no shorter than was said before. Name as many years or more."
    case .selfApprovalByOwners:
      "Only an owner lets people approve what they made themselves. Ask one."
    case .ownPostingByOwners:
      "Only an owner lets people post what they wrote themselves. Ask one."
    case .subscriptionOver:
      "It would be over already. Say until when it lasts, or that it is expired."
    case .notByItsOnlyOwner:
      "Only the one person who owns it takes a business away. Where there are others, archive it."
    case .onlyOneOwned:
      "You own no other business, and only an owner makes one. Make the other first."
    case .everPosted:
      "Something was posted in it, and that is kept. Archive the business instead."
    }
  }

  private static func words(_ problem: BudgetProblem) -> Phrase {
    switch problem {
    case .approved(let edition):
      "The \(edition.phrase) budget is approved and stays as it is. Choose another edition."
    case .negative: "A budget is nothing or more, not less."
    case .takesNoLines: "Nothing is booked on that account. Choose one that takes lines."
    case .over(let found):
      .joined(
        found.map(\.words) + ["Change the entry, or have a revised budget approved first."])
    }
  }

  private static func words(_ error: MigrationError) -> String {
    switch error {
    case .changed(let number, let name):
      "Migration \(padded(number, to: 3)) (\(name)) is not what was applied to this database. "
        + "Use the program that made it, or restore a backup."
    case .unknown(let number, _):
      "The database has migration \(padded(number, to: 3)), which is newer than this program. "
        + "Install the newer program."
    case .pending(let numbers):
      "The database lacks migrations \(numbers.map { padded($0, to: 3) }.joined(separator: ", ")). "
        + "Run: coreflow migrate run"
    case .noSuch(let number): "There is no migration \(padded(number, to: 3))."
    case .notApplied(let number): "Migration \(padded(number, to: 3)) is not applied."
    case .wouldDestroy(let entries, let file):
      "This would destroy \(entries) posted entries. To do it all the same: "
        + "--destroy-data \(file)"
    case .broken(let number, let message):
      "Migration \(padded(number, to: 3)) failed and was taken back: \(message)."
    case .foreignKeys(let number, let table, let count):
      "Migration \(padded(number, to: 3)) would leave \(count) rows of \(table) that point at "
        + "nothing. It was taken back."
    case .unsound(let number, let finding):
      "Migration \(padded(number, to: 3)) would damage the database (\(finding)). "
        + "It was taken back."
    }
  }

  /// The words of a trigger, without its code.
  private static func words(rule message: String) -> Phrase {
    let words = message.split(separator: " ", maxSplits: 1)
    guard let code = words.first, code.hasPrefix("CF"), words.count == 2 else {
      return "The books don't allow this: \(message)."
    }
    return "The books don't allow this: \(words[1]) (\(code))."
  }

  private static func duration(_ seconds: Int) -> Phrase {
    seconds < 120 ? "\(seconds) seconds" : "\((seconds + 59) / 60) minutes"
  }
}

extension Subject.Kind {
  package var phrase: Phrase { Phrase(word: title) }

  /// What people call such a thing.
  package var title: String {
    switch self {
    case .entry: "entry"
    case .template: "template"
    case .schedule: "schedule"
    case .allocation: "allocation rule"
    case .journalFile: "journal file"
    case .chartFile: "chart file"
    case .grant: "grant"
    case .list: "access list"
    case .delegation: "delegation"
    case .confirmation: "request"
    case .emergency: "emergency"
    case .permissionTemplate: "permission template"
    case .assignment: "assignment"
    case .departmentRole: "department role"
    case .group: "group"
    case .waiver: "waiver"
    case .review: "review"
    case .apiKey: "API key"
    case .notice: "notice"
    case .period: "period"
    case .exception: "exception"
    case .rate: "rate"
    case .snapshot: "snapshot"
    case .bankStatement: "bank statement"
    case .bankLine: "line of the bank"
    case .entryLine: "line of an entry"
    case .auditLog: "audit record"
    case .instance, .business, .user, .membership, .department, .session, .account, .attachment,
      .budget, .reconciliation, .report, .migration, .currency:
      rawValue
    }
  }
}

extension EntryAction {
  var phrase: Phrase { Phrase(word: participle) }

  /// `posted`.
  private var participle: String {
    switch self {
    case .edit: "edited"
    case .discard: "discarded"
    case .submit: "submitted"
    case .withdraw: "withdrawn"
    case .reject: "rejected"
    case .approve: "approved"
    case .recall: "recalled"
    case .post: "posted"
    case .void: "voided"
    case .reverse: "reversed"
    }
  }
}

extension Money {
  /// `1,234.50 USD`, without its sign. A unit of a business's own is shown in its smallest parts, as
  /// only the business knows how many digits it has.
  func shown(in code: String) -> Phrase {
    let amount = Money(minorUnits: Int64(clamping: minorUnits.magnitude))
    guard let currency = Currency.iso(code) else {
      return "\(amount.minorUnits) of the smallest units of \(code)"
    }
    return "\(AmountFormat().text(amount, exponent: currency.exponent)) \(code)"
  }
}
