import ArgumentParser
import Domain
import Operations
import Phrases

/// Which period, and in which books.
struct PeriodOptions: ParsableArguments {
  @Argument(help: "The period: 2026-10, or Adjusting 2026.")
  var period: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions
}

struct PeriodCheckList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "checks", abstract: "What stands against closing a period.",
    discussion: """
      Example: coreflow period checks 2026-10
      Exits 4 where something does.
      """)

  @OptionGroup var period: PeriodOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(period.options, in: surroundings)
    let checks = try await seat.fetch(PeriodChecks(seat.period(period.period).id))
    let table = Table(
      ["check", "state", "found", "finding"],
      checks.items.flatMap { item -> [[Table.Cell]] in
        let state = item.count == 0 ? "ok" : item.waiver == nil ? "open" : "accepted"
        let head: [Table.Cell] = [.text(item.check.rawValue), .text(state), .count(item.count)]
        return item.findings.isEmpty
          ? [head + [.text(item.check.phrase.english)]]
          : item.findings.map { head + [.text($0.phrase.english)] }
      })
    try Output(to: surroundings, period.output).show(
      table,
      json: [
        "period": .string(checks.period.label), "pass": .bool(checks.pass),
        "checks": .array(table.json),
      ], text: table.text)
    guard checks.pass else {
      throw Failure.findings(count: checks.items.filter { !$0.passes }.count)
    }
  }
}

struct PeriodAccept: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "accept", abstract: "Accept what a check of a period found, with a reason.",
    discussion: """
      Example: coreflow period accept 2026-10 suspense --reason "Cleared with the bank in November"
      It holds for what is found now and nothing more.
      """)

  @OptionGroup var period: PeriodOptions

  @Argument(
    help:
      "Which: \(PeriodCheck.allCases.filter(\.isWaivable).map(\.rawValue).joined(separator: ", "))."
  )
  var check: String

  @Option(help: "Why.")
  var reason: String

  func run(in surroundings: Surroundings) async throws {
    guard let check = PeriodCheck(rawValue: check) else {
      throw ValidationError("There is no check \(check).")
    }
    let seat = try await Seat(period.options, in: surroundings)
    let found = try await seat.period(period.period)
    let items = try await seat.fetch(PeriodChecks(found.id)).items
    let seen = items.first { $0.check == check }?.findings ?? []
    try await seat.perform(WaiveCheck(check, of: found.id, seen: seen, reason: reason))
    try Output(to: surroundings, period.output).say(
      "Accepted for \(found.label): \(seen.map(\.phrase.english).joined(separator: "; ")).")
  }
}

struct PeriodClose: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "close", abstract: "Close a period, once its checks pass.",
    discussion: """
      Example: coreflow period close 2026-10
      The periods before it must be closed. What stands against it: coreflow period checks 2026-10
      """)

  @OptionGroup var period: PeriodOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(period.options, in: surroundings)
    let found = try await seat.period(period.period)
    try await seat.perform(ClosePeriod(found.id, name: found.label))
    try Output(to: surroundings, period.output).say("Period \(found.label) is closed.")
  }
}

struct PeriodCreateYear: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "create-year", abstract: "Make the fiscal year that follows the last.",
    discussion: """
      Example: coreflow period create-year --shape 4-4-5 --to 2028-01-01
      Left out, the shape is that of the year before, and it is as long as such a year usually is.
      """)

  @Option(help: "How it is divided: \(FiscalYearShape.words).")
  var shape: String?

  @Option(help: "Its last day.")
  var to: String?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let kind = try shape.map(FiscalYearShape.named)
    let seat = try await Seat(options, in: surroundings)
    let plan = try await seat.perform(AddFiscalYear(through: to.map(seat.day), kind))
    try Output(to: surroundings, output).say(
      "The fiscal year \(plan.year) lasts from \(plan.start.text) to \(plan.end.text).")
  }
}

extension FiscalYearShape {
  static var words: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// Throws for a word that none is called by.
  static func named(_ text: String) throws -> FiscalYearShape {
    guard let shape = FiscalYearShape(rawValue: text) else {
      throw ValidationError("A year is divided into \(words), not \(text).")
    }
    return shape
  }
}

/// Which fiscal year and why.
struct YearOptions: ParsableArguments {
  @Argument(help: "The year that it ends in.")
  var year: Int

  @Option(help: "Why.")
  var reason: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions
}

struct PeriodYearEnd: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "year-end", abstract: "Ask a second person to let a fiscal year be closed.",
    discussion: """
      Example: coreflow period year-end 2025 --reason "Audited"
      Its result goes to retained earnings. Its periods must be closed.
      """)

  @Flag(help: "Each department's by itself, and what it made to its own retained earnings.")
  var byDepartment = false

  @Flag(help: "Income and expenses by way of the income summary, in entries of their own.")
  var twoStage = false

  @OptionGroup var year: YearOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(year.options, in: surroundings)
    try await seat.undertake(
      .closeYear(year.year, byDepartment: byDepartment, twoStage: twoStage),
      reason: year.reason,
      done: "The year \(year.year) is closed.", year.output, in: surroundings)
  }
}

struct PeriodReopenYear: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen-year",
    abstract: "Ask a second owner to let the latest closed year be opened again.",
    discussion: """
      Example: coreflow period reopen-year 2025 --reason "Audit adjustments"
      Its closing is reversed; its periods are reopened one by one.
      """)

  @OptionGroup var year: YearOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(year.options, in: surroundings)
    try await seat.undertake(
      .reopenYear(year.year), reason: year.reason, done: "The year \(year.year) is open again.",
      year.output, in: surroundings)
  }
}
