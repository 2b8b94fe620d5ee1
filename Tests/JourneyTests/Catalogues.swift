import Domain
import Foundation
import Keys
import Languages
import Operations
import Phrases
import Store
import Synchronization
import TestSupport
import Testing
import ViewModels
import Widgets

/// Whether every text of the program is in every catalogue, and nothing in one is wrong.
@Suite struct Catalogues {
  private nonisolated static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private func texts(_ code: String) throws -> [String: String] {
    let file = Self.root.appending(path: "Sources/Languages/catalogues/\(code).yaml")
    return try Languages.texts(in: String(contentsOf: file, encoding: .utf8))
  }

  /// A language that keeps what it is asked for.
  private nonisolated final class Asked: Sendable {
    private let kept = Mutex<Set<String>>([])
    var keys: Set<String> { kept.withLock(\.self) }

    var language: Language {
      Language(code: "xx") { [self] key in
        kept.withLock { _ = $0.insert(key) }
        return nil
      }
    }
  }

  private func lacking(_ asked: Asked, _ code: String) throws -> [String] {
    let texts = try texts(code)
    return asked.keys.filter { texts[$0] == nil }.sorted()
  }

  @Test(arguments: Languages.codes)
  func `a translation has the places of its key`(_ code: String) throws {
    for (key, text) in try texts(code) {
      #expect(!text.isEmpty, "\(key)")
      #expect(Set(Template(text).places) == Set(Template(key).places), "\(key)")
    }
  }

  @Test func `a key that is there twice is refused with its line`() {
    #expect(throws: CatalogueError.self) { try Languages.texts(in: "Home: Start\nHome: Heim\n") }
    #expect(throws: CatalogueError.self) { try Languages.texts(in: "Home: [Start]\n") }
  }

  @Test(arguments: Languages.codes)
  func `every text on the way through all screens is translated`(_ code: String) async throws {
    let asked = Asked()
    var settings = Settings()
    settings.language = asked.language
    let books = try await Tour.books()
    for columns in [80, 120] {
      try await Tour.all(
        Size(columns: columns, rows: 40), in: books, settings: settings
      ) { _, driver in
        _ = driver.screen
        _ = driver.heard(again: .everything)
      }
    }
    let lacking = try lacking(asked, code)
    #expect(lacking == [])
    #expect(asked.keys.count > 250)
  }

  @Test(arguments: Languages.codes)
  func `every role's screens and help are translated`(_ code: String) async throws {
    let asked = Asked()
    var settings = Settings()
    settings.language = asked.language
    let books = try await Tour.books()
    for role in Domain.Role.allCases {
      for (_, keys) in RoleTable.screens {
        let driver = await Driver(role, in: books, settings: settings)
        for key in keys { await driver.press(key) }
        _ = driver.screen
        for overlay in [Stroke("?"), ":", "C", "s", "y", "E", "Y", "*", "D", "p", "a", "R", "x"] {
          await driver.press(overlay)
          _ = driver.screen
          _ = driver.heard(again: .everything)
          await driver.press(.escape)
          _ = driver.screen
        }
      }
    }
    let lacking = try lacking(asked, code)
    #expect(lacking == [])
  }

  @Test(arguments: Languages.codes)
  func `every key, section, word and error is translated`(_ code: String) throws {
    let asked = Asked()
    let bindings =
      Keymap.places.flatMap(\.bindings) + Keymap.everywhere
      + Movement.allCases.map(\.binding)
    var phrases = bindings.flatMap { [$0.title, $0.summary] } + Section.allCases.map(\.title)
    phrases += Domain.Role.allCases.flatMap { [$0.phrase, Domain.Role.anyOf([$0, .owner])] }
    phrases += Subject.Kind.allCases.map(\.phrase)
    phrases += EntryStatus.allCases.map(\.phrase) + AccountType.allCases.map(\.phrase)
    phrases += AccountCategory.allCases.map(\.phrase) + PeriodStatus.allCases.map(\.phrase)
    phrases += JournalPage.Filter.allCases.map { Phrase(word: $0.rawValue) }
    phrases += Side.allCases.map(\.letterPhrase) + EntryDetail.Event.words.values
    phrases += (0..<7).map { TestBooks.today.adding(days: $0).phrase }
    phrases += BusinessSize.allCases.map(\.phrase) + BusinessState.allCases.map(\.phrase)
    phrases += SubscriptionTier.allCases.map(\.phrase) + SubscriptionStatus.allCases.map(\.phrase)
    phrases += Permission.allCases.map { $0.phrase() } + DepartmentType.allCases.map(\.phrase)
    phrases += DepartmentRole.allCases.map(\.phrase) + DepartmentPower.allCases.map(\.phrase)
    phrases += BudgetEdition.allCases.map(\.phrase) + BudgetStatus.allCases.map(\.phrase)
    phrases += LedgerScope.Basis.allCases.map { Phrase(word: $0.rawValue) }
    phrases += ["active", "expired", "revoked", "ended"].map { Phrase(word: $0, context: "key") }
    phrases += ["requested", "confirmed"].map { Phrase(word: $0, context: "request") }
    phrases += DutyConflict.Severity.allCases.map {
      Phrase(word: $0.rawValue, context: "conflict")
    }
    phrases += ["in force", "to come", "over", "taken back"].map {
      Phrase(word: $0, context: "given")
    }
    phrases += ["in force", "to review", "overdue", "reviewed"].map {
      Phrase(word: $0, context: "emergency")
    }
    phrases += KeptAsNow.allCases.map { Phrase(word: $0.rawValue) }
    phrases += AccessLevel.allCases.map { Phrase(word: $0.rawValue, context: "list") }
    phrases += Errors.denials.map { UserMessage.words($0) }
    let cells = Permission.allCases.flatMap { key in Domain.Role.allCases.map { key.grant(to: $0) }
    }
    phrases += Set(cells).map { UserMessage.words($0) }
    phrases += Errors.all.map { UserMessage($0).phrase }
    let acts: [JointAct] = [
      .reopenPeriod(period: ID(1), name: "x"), .lockPeriod(period: ID(1), name: "x"),
      .archiveBusiness(business: ID(1)), .breakGlass(minutes: 5),
    ]
    phrases += Errors.notices.map(\.phrase)
    phrases += [
      "the role changed", "the password changed", "the second factor was removed", "signed out",
      "suspended", "removed",
    ].map { Phrase(word: $0, context: "session") }
    phrases += ["new", "read"].map { Phrase(word: $0, context: "notice") }
    phrases += acts.map(\.phrase) + DutyConflict.all.map(\.mitigation)
    for phrase in phrases { _ = phrase.text(in: asked.language) }
    let lacking = try lacking(asked, code)
    #expect(lacking == [])
  }

  @Test(arguments: Languages.codes)
  func `every sentence and title in the sources of the screens is translated`(
    _ code: String
  ) throws {
    let texts = try texts(code)
    let said = try literals(in: "ViewModels") + literals(in: "Screens")
    #expect(Set(said).filter { texts[$0] == nil } == [])
    #expect(said.count > 200)
  }

  /// The literals of a target that are sentences, by how they end, or titles, by where they stand;
  /// their arguments as places.
  private func literals(in target: String) throws -> [String] {
    let folder = Self.root.appending(path: "Sources/\(target)")
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    var literals: [Substring] = []
    for name in names where name.hasSuffix(".swift") {
      let code = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        .replacing(/\\\n */, with: "")
        .replacing(/"""\n *(.*?)\n *"""/.dotMatchesNewlines()) { "\"\($0.output.1)\"" }
        .replacing(/^ *\/\/.*$/.anchorsMatchLineEndings(), with: "")
        .replacing(/\\\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/, with: "{}")
      let sentences = code.matches(of: /"([A-Z{][^"\n]* [^"\n]*[.?!])"/)
      let titles = code.matches(
        of: /(?:title|body|confirm|cancel|verb|empty|note): "([^"]*[A-Za-z]{2}[^"]*)"/)
      let labels = code.matches(
        of: /(?:FieldState|TableColumn|Entry)\(\s*"([A-Za-z][^".]*)"/)
      let columns = code.matches(
        of: /(?:ListColumn|mounts)\(\s*"[a-z]+",\s*"([A-Za-z][^".]*)"/)
      literals += sentences.map(\.output.1)
      literals += titles.map(\.output.1)
      literals += labels.map(\.output.1)
      literals += columns.map(\.output.1)
    }
    return literals.map(String.init)
  }

  @Test(arguments: Languages.codes)
  func `nothing is translated that the program doesn't say`(_ code: String) throws {
    let sources = Self.root.appending(path: "Sources")
    let names = try FileManager.default.subpathsOfDirectory(atPath: sources.path)
    let said = try names.filter { $0.hasSuffix(".swift") }.map {
      try String(contentsOf: sources.appending(path: $0), encoding: .utf8)
    }.joined().replacing(/\\\n */, with: "").replacing("_", with: " ").lowercased()
    let stale = try texts(code).keys.filter { key in
      // Words with a context have that in parentheses, which the sources don't.
      key.contains(" (") == false
        && key.split(separator: "{}").flatMap { $0.split(separator: "\"") }
          .map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
          .contains { !$0.isEmpty && strstr(said, $0) == nil }
    }
    #expect(stale.sorted() == [])
  }
}

/// One of each error that can be told on a screen.
private enum Errors {
  static var all: [any Error] {
    refusals + faults.map { Refusal.faults([$0]) } + problems.map { Refusal.account($0) }
      + accessProblems.map { Refusal.access($0) } + businessProblems.map { Refusal.business($0) }
      + confirmationProblems.map { Refusal.confirmation($0) } + keyProblems.map { Refusal.key($0) }
      + denials.map { Refusal.notPermitted(.journalPost, $0) } + sealFaults + inputs
  }

  /// One of each case: the switch asks whoever adds one what comes after it, and so for a sample.
  private static func chain<Fault>(_ first: Fault, _ next: @escaping (Fault) -> Fault?) -> [Fault] {
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
      case .irreversible(.waits): .irreversible(.reversal)
      case .irreversible(.reversal): .irreversible(.closing)
      case .irreversible(.closing): .reasonNeeded(least: 5)
      case .reasonNeeded: .taken(kind: .template, name: "x")
      case .taken: .belowDeleted(kind: .account, name: "x")
      case .belowDeleted: .nameLength(kind: .template, most: 9)
      case .nameLength: .unseenCharacter("\u{1b}")
      case .unseenCharacter: .account(.isSystem)
      case .account: .periodBegun(name: "x", .open)
      case .periodBegun: .entriesWaiting(2)
      case .entriesWaiting: .wrongCredentials
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
      case .budget: .confirmation(.ownRequest)
      case .confirmation: .periodNotClosed(name: "x", .open)
      case .periodNotClosed: .checkFailed("x")
      case .checkFailed: .instanceExists(path: "x")
      case .instanceExists: .rule("CF123 no")
      case .rule: nil
      }
    } + [.periodBegun(name: "x", .locked), .lockedOut(seconds: 600), .rule("no")]
    + EntryAction.allCases.map { .wrongStatus($0, .posted) }
    + SecondFactorProblem.allCases.map { .secondFactor($0) }
    + chain(BudgetProblem.negative) {
      switch $0 {
      case .negative: .takesNoLines
      case .takesNoLines: .approved(.revised)
      case .approved: nil
      }
    }.map { .budget($0) }

  /// Not errors, but one of each too.
  static let notices =
    chain(Notice.limitsLifted(by: "x", minutes: 5, reason: "y")) {
      switch $0 {
      case .limitsLifted: .periodReopened(name: "x", by: "x", reason: "y")
      case .periodReopened: .factorRemoved(by: "x", reason: "y")
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
      case .reversalMistyped: .unbalanced(difference: Money(minorUnits: 1), currency: "USD")
      case .unbalanced: .noPeriod(TestBooks.today)
      case .noPeriod: .periodNotOpen(name: "x", .future)
      case .periodNotOpen: .tooLong(.description, count: 9)
      case .tooLong: .line(0, .noAmount)
      case .line: nil
      }
    } + [
      .unbalanced(difference: Money(minorUnits: -1), currency: "???"),
      .periodNotOpen(name: "x", .closed),
    ] + EntryText.allCases.map { .tooLong($0, count: 9) } + lineFaults.map { .line(0, $0) }

  private static let lineFaults =
    chain(LineFault.noAmount) {
      switch $0 {
      case .noAmount: .unknownAccount
      case .unknownAccount: .heading("x")
      case .heading: .archived("x")
      case .archived: .controlAccount("x")
      case .controlAccount: .wrongCurrency(account: "x", holds: "USD")
      case .wrongCurrency: .departmentNeeded("x")
      case .departmentNeeded: .memoTooLong(count: 9)
      case .memoTooLong: .unknownDepartment
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
      case .hasLines: .everUsed
      case .everUsed: .numberInvalid
      case .numberInvalid: .nameMissing
      case .nameMissing: .unknownCurrency("x")
      case .unknownCurrency: .parentOfOtherClass(.asset)
      case .parentOfOtherClass: nil
      }
    } + AccountType.Class.allCases.map { .parentOfOtherClass($0) }

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
      case .peopleInDepartment: .endsBeforeItBegins
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
      case .idleLock: .retention
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
    StoreError.busy, StoreError.full, StoreError.disk(message: "x"), StoreError.readOnly,
    StoreError.cannotOpen(path: "x", reason: "y"), StoreError.notADatabase(path: "x"),
    StoreError.damaged(message: "x"),
    StoreError.constraint(message: "CF1 x"), StoreError.noRow,
    StoreError.pragma(name: "x", wanted: "y", found: "z"),
  ]
}
