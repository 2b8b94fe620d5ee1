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
        let driver = await Driver(role, in: books, settings: settings, pressing: keys)
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

  /// What may stand on a cash-flow statement, much of it seldom.
  private static let cashFlow: [FinancialStatement.Item] =
    FinancialStatement.Activity.allCases.flatMap { activity -> [FinancialStatement.Item] in
      [.activity(activity), .totalOf(activity)]
    } + [
      .adjustments, .exchangeAdjustment, .workingCapital, .exchangeEffect, .netChange,
      .cashAtBeginning, .unexplained, .cashAtEnd, .priorPeriodAdjustments,
    ]

  /// What stands on a group's trial balance besides accounts.
  private static func consolidated() throws -> [Phrase] {
    let member = MemberBalances(
      slug: "x", name: "X", currency: Currency(code: "USD", exponent: 2), from: TestBooks.today,
      through: TestBooks.today, chart: [], positions: [])
    let group = try Consolidation(
      ConsolidationGroup(name: "X", currency: member.currency, members: [.init("x")]),
      of: [member])
    let pairs = ConsolidationGroup.Pair.Kind.allCases.map { kind in
      ConsolidationGroup.Pair(kind, .init("x", ["1"]), .init("y", ["2"]))
    }
    let differences = pairs.flatMap { pair in
      Elimination.Pass.allCases.map { Consolidation.Line.difference(pair, $0) }
    }
    let lines: [Consolidation.Line] = [
      .earlierEarnings, .nonControllingInterest, .nonControllingIncome,
    ]
    return (lines + differences).map { group.phrase(of: $0) }
      + Elimination.Pass.allCases.map(\.phrase)
  }

  private static let acts: [JointAct] = [
    .reopenPeriod(period: ID(1), name: "x"), .lockPeriod(period: ID(1), name: "x"),
    .closeYear(2026), .closeYear(2026, byDepartment: true), .closeYear(2026, twoStage: true),
    .closeYear(2026, byDepartment: true, twoStage: true), .reopenYear(2026),
    .archiveBusiness(business: ID(1)), .breakGlass(minutes: 5),
  ]

  @Test(arguments: Languages.codes)
  func `every key, section, word and error is translated`(_ code: String) throws {
    let asked = Asked()
    let bindings =
      Keymap.places.flatMap(\.bindings) + Keymap.everywhere
      + Movement.allCases.map(\.binding)
    var phrases = bindings.flatMap { [$0.title, $0.summary] } + Section.allCases.map(\.title)
    phrases += Domain.Role.allCases.flatMap { [$0.phrase, Domain.Role.anyOf([$0, .owner])] }
    phrases += Subject.Kind.allCases.map(\.phrase) + BudgetCheck.allCases.map(\.phrase)
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
    phrases += ReconciliationStatus.allCases.map(\.phrase) + Clearance.allCases.map(\.phrase)
    phrases += StatementLineStatus.allCases.map(\.phrase) + Errors.matchScores.map(\.phrase)
    phrases += RateSource.allCases.map(\.phrase) + AdjustmentKind.allCases.map(\.phrase)
    phrases += LedgerScope.Basis.allCases.map { Phrase(word: $0.rawValue) }
    phrases += CashFlowMethod.allCases.map(\.phrase) + Self.cashFlow.map(\.phrase)
    phrases += CashFlowClass.allCases.map(\.phrase) + AccountAttribute.allCases.map(\.phrase)
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
    phrases += PeriodCheck.allCases.map(\.phrase) + Errors.findings.map(\.phrase)
    phrases += try Errors.recurrenceWords + Self.consolidated()
    phrases += JournalTest.allCases.map(\.phrase) + Errors.journalReasons.map(\.phrase)
    phrases += Errors.notices.map(\.phrase) + Errors.statementWarnings
    phrases += [
      "the role changed", "the password changed", "the second factor was removed", "signed out",
      "suspended", "removed",
    ].map { Phrase(word: $0, context: "session") }
    phrases += ["new", "read"].map { Phrase(word: $0, context: "notice") }
    phrases += Self.acts.map(\.phrase) + DutyConflict.all.map(\.mitigation)
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
