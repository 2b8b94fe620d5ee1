import Domain
import Operations
import Phrases
import TestSupport

/// What stands against files, statements of banks, reconciliations and what comes again.
extension Errors {
  private static let place = SourcePosition(file: "x", line: 1)

  static let statementProblems: [BankStatementProblem] =
    chain(BankStatementProblem.inUse) {
      switch $0 {
      case .inUse: .notAllSeen
      case .notAllSeen: .notABank("x")
      case .notABank: .severalAccounts(["x"])
      case .severalAccounts: .line(.otherAmount, at: place)
      case .line: .fault(.noLines, at: nil, dollars)
      case .fault: nil
      }
    }
    + chain(BankStatementFault.noLines) {
      switch $0 {
      case .noLines: .noBalance
      case .noBalance: .unbalanced(opening: .zero, counted: .zero, closing: .zero)
      case .unbalanced: .brokenBalance(line: 0, counted: .zero, found: .zero)
      case .brokenBalance: .outside(line: 0)
      case .outside: .repeatedID(line: 0)
      case .repeatedID: .amount(.tooLarge)
      case .amount: nil
      }
    }.map { .fault($0, at: place, dollars) }
    + chain(BankStatementProblem.LineFact.otherAmount) {
      switch $0 {
      case .otherAmount: .currency("EUR", account: "USD")
      case .currency: .amount(.tooLarge)
      case .amount: .tooLong(.text)
      case .tooLong: nil
      }
    }.map { .line($0, at: place) }

  private static let dollars = Currency(code: "USD", exponent: 2)

  /// What an import tells though all of it came in.
  static let statementWarnings: [Phrase] = {
    let span = StatementSpan(
      from: TestBooks.today, to: TestBooks.today, opening: .zero, closing: .zero)
    let report = BankStatementImport(account: "x", currency: dollars)
    return chain(BankStatementImport.Warning.onCoveredDays(2)) {
      switch $0 {
      case .onCoveredDays: .uncovered(TestBooks.today...TestBooks.today)
      case .uncovered: .gap(span, span)
      case .gap: nil
      }
    }.map(report.phrase)
  }()

  static let attachmentProblems =
    chain(AttachmentProblem.empty) {
      switch $0 {
      case .empty: .tooLarge(mostBytes: 9)
      case .tooLarge: .name(most: 9)
      case .name: .descriptionTooLong(most: 9)
      case .descriptionTooLong: .noLine(9)
      case .noLine: .attachedAlready("x")
      case .attachedAlready: .frozen(.voided)
      case .frozen(.voided): .frozen(.approved)
      case .frozen: .kept
      case .kept: .hidden
      case .hidden: nil
      }
    }

  static let reconciliationProblems =
    chain(ReconciliationProblem.notReconcilable("x")) {
      switch $0 {
      case .notReconcilable: .notAllSeen
      case .notAllSeen: .begun(TestBooks.today)
      case .begun: .notAfter(TestBooks.today)
      case .notAfter: .chain(ended: .zero, begins: Money(minorUnits: -1), in: "USD")
      case .chain: .otherStatement
      case .otherStatement: .closed
      case .closed: .notClosed
      case .notClosed: .notLatest(TestBooks.today)
      case .notLatest: .manyToMany
      case .manyToMany: .sumsDiffer(by: Money(minorUnits: 1), in: "USD")
      case .sumsDiffer: .settled
      case .settled: .unsettled
      case .unsettled: .later(than: TestBooks.today)
      case .later: .difference(Money(minorUnits: 1), in: "USD")
      case .difference: .bankLinesLeft(2)
      case .bankLinesLeft: nil
      }
    }

  /// Why lines seem to be the same, in all words that there are for that.
  static let matchScores: [MatchScore] = {
    let line = MatchableLine(
      day: TestBooks.today, amount: Money(minorUnits: 1), reference: "INV 7", text: "Rent")
    let later = MatchableLine(
      day: TestBooks.today.adding(days: 2), amount: Money(minorUnits: 1), text: "Food")
    return [line, later].compactMap { MatchScore(line, with: [$0]) }
  }()

  static let recurrenceProblems =
    chain(RecurrenceProblem.scheduled) {
      switch $0 {
      case .scheduled: .fault(.noDay)
      case .fault: .tooFarBack(days: 2)
      case .tooFarBack: .status(.ended)
      case .status: .notDue(TestBooks.today)
      case .notDue: .written("x")
      case .written: .ownerGone("x")
      case .ownerGone: .ownerMayNot("x", "y")
      case .ownerMayNot: .noLine(2)
      case .noLine: .share
      case .share: nil
      }
    } + ScheduleStatus.allCases.map { .status($0) }

  /// What is said of what comes again, though nothing is wrong.
  static let recurrenceWords: [Phrase] = {
    var words = RecurrenceRule.Rhythm.allCases.map(\.phrase) + rules.map(\.phrase)
    words += ScheduleAction.allCases.map(\.phrase) + ScheduleStatus.allCases.map(\.phrase)
    words += Allocation.Basis.Kind.allCases.map(\.phrase)
    words += occurrenceFlags.map(\.phrase) + [EntryType.recurring.phrase]
    words += AdjustmentKind.allCases.map(\.phrase) + AmountRule.Kind.allCases.map(\.phrase)
    return words
  }()

  private static let occurrenceFlags =
    chain(OccurrenceFlag.notOpen(period: "x")) {
      switch $0 {
      case .notOpen: .noPeriod
      case .noPeriod: .archived(account: "x")
      case .archived: .unbalanced
      case .unbalanced: .nothing
      case .nothing: .noRate(currency: "EUR")
      case .noRate: .ownerGone("x")
      case .ownerGone: .ownerMayNot("x", permission: "y")
      case .ownerMayNot: .discarded
      case .discarded: .ended
      case .ended: .other("x")
      case .other: nil
      }
    }

  /// One of each way to say when something comes again.
  private static let rules: [RecurrenceRule] = RecurrenceRule.Rhythm.allCases.flatMap { rhythm in
    [("2028-02-29", 1), ("2027-01-31", 1), ("2027-01-22", 2), ("2027-01-23", 3), ("2027-01-04", 1)]
      .compactMap { start, step in
        Day(start).flatMap { try? RecurrenceRule(rhythm, every: step, from: $0, times: 2) }
      }
  }
}
