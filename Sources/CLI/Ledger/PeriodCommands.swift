import ArgumentParser
import Domain
import Operations

struct PeriodGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "period", abstract: "The periods that entries are posted into.",
    subcommands: [
      PeriodList.self, PeriodCreateYear.self, PeriodOpen.self, PeriodCheckList.self,
      PeriodAccept.self, PeriodClose.self, PeriodReopen.self, PeriodLock.self, PeriodYearEnd.self,
      PeriodReopenYear.self, PeriodExceptionGroup.self,
    ])
}

struct PeriodList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the periods and what state each is in.",
    discussion: "Example: coreflow period list --format csv")

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let periods = try await Seat(options, in: surroundings).fetch(Periods())
    try Output(to: surroundings, output).list(
      Table(
        ["year", "period", "kind", "from", "to", "status"],
        periods.map {
          [
            .count($0.year), .text($0.name), .text($0.kind.rawValue), .text($0.start.text),
            .text($0.end.text), .text($0.status.rawValue),
          ]
        }))
  }
}

struct PeriodOpen: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Open a period that hasn't been open yet, as a month begins.",
    discussion: "Example: coreflow period open 2026-12")

  @Argument(help: "The period: 2026-12, or Adjusting 2026.")
  var period: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let period = try await seat.period(period)
    try await seat.perform(OpenPeriod(period.id, name: period.label))
    try Output(to: surroundings, output).say("Period \(period.label) is open.")
  }
}

extension Seat {
  func period(_ name: String) async throws -> Periods.Row {
    let name = name.trimmed
    guard let period = try await fetch(Periods()).first(where: { $0.label == name }) else {
      throw Refusal.noSuchNamed(kind: .period, name: name)
    }
    return period
  }
}

struct PeriodReopen: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen", abstract: "Ask a second person to let a closed period be opened again.",
    discussion: "Example: coreflow period reopen 2026-10 --reason \"Late invoice\"")

  @Argument(help: "The period: 2026-10.")
  var period: String

  @Option(help: "Why.")
  var reason: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let period = try await seat.period(period)
    try await seat.undertake(
      .reopenPeriod(period: period.id, name: period.label), reason: reason,
      done: "Period \(period.label) is open again.", output, in: surroundings)
  }
}

struct PeriodLock: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "lock", abstract: "Ask a second owner to make a closed period final.",
    discussion: """
      Example: coreflow period lock 2026-10 --reason "Filed"
      Nothing is ever posted to it again. Whoever closed it has no part in it.
      """)

  @Argument(help: "The period: 2026-10.")
  var period: String

  @Option(help: "Why.")
  var reason: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let period = try await seat.period(period)
    try await seat.undertake(
      .lockPeriod(period: period.id, name: period.label), reason: reason,
      done: "Period \(period.label) is locked.", output, in: surroundings)
  }
}
