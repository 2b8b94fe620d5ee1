import ArgumentParser
import Domain
import Operations

struct FxGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fx", abstract: "Exchange rates, and what foreign balances are worth.",
    subcommands: [
      RateList.self, RateSet.self, RateConfirm.self, RateRemove.self, RevalueCommand.self,
      CurrencyList.self, CurrencyAdd.self,
    ])
}

extension RateKind: ExpressibleByArgument {}

/// Which rate is meant.
struct RateOptions: ParsableArguments {
  @Argument(help: "One unit of this currency: USD.")
  var currency: String

  @Option(name: .customLong("in"), help: "In units of this one; the base currency if left out.")
  var base: String?

  @Option(help: "Of which day; today if left out.")
  var date: String?

  @Option(help: "For what: \(RateKind.allCases.map(\.rawValue).joined(separator: ", ")).")
  var kind = RateKind.spot

  func pair(at seat: Seat) -> (from: String, to: String) {
    (currency.uppercased(), base?.uppercased() ?? seat.place.baseCurrency)
  }

  func day(at seat: Seat) throws -> Day { try date.map(seat.day) ?? seat.today }
}

struct RateList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "rates", abstract: "List the exchange rates that are kept, newest first.",
    discussion: "Example: coreflow fx rates --currency USD --from 2026-01-01")

  @Option(help: "Those of or in one currency: USD.")
  var currency: String?

  @Option(help: "From this day on.")
  var from: String?

  @Option(help: "Up to this day.")
  var to: String?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let (from, to) = (try from.map(seat.day) ?? .first, try to.map(seat.day) ?? .last)
    try from.requireNotAfter(to)
    let rates = try await seat.fetch(Rates(from...to, of: currency?.uppercased()))
    try Output(to: surroundings, output).list(
      Table(
        ["date", "currency", "in", "rate", "kind", "source", "status", "set_by"],
        rates.map {
          [
            .text($0.quote.day.text), .text($0.quote.from), .text($0.quote.to),
            .text($0.quote.rate.text), .text($0.kind.rawValue), .text($0.source),
            .text($0.status.rawValue), .text($0.setter),
          ]
        }))
  }
}

struct RateSet: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "rate", abstract: "Say which rate holds on a day, or keep one.",
    discussion: """
      Example: coreflow fx rate USD 0.9217 --date 2026-11-30 --kind closing
      Without a rate it says which one amounts of the day are valued with: the newest that holds,
      else the inverse of one, else by way of the base currency or the euro. What an employee keeps
      is a draft that somebody confirms.
      """)

  @OptionGroup var which: RateOptions

  @Argument(help: "Units of the other currency for one: 0.9217.")
  var rate: String?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let (pair, day) = (which.pair(at: seat), try which.day(at: seat))
    guard let rate else { return try await tell(pair, day, seat, surroundings) }
    guard let exchange = ExchangeRate(written: rate) else {
      throw ValidationError("\(rate) is not a rate; write it as 0.9217")
    }
    let quote = RateQuote(from: pair.from, to: pair.to, day: day, rate: exchange)
    let kept = try await seat.perform(SetRate(RateContent(quote, which.kind)))
    try Output(to: surroundings, output).say(
      "1 \(pair.from) is \(exchange.text) \(pair.to) on \(day.text)"
        + (kept.status == .draft ? ", once somebody confirms it." : "."))
  }

  private func tell(
    _ pair: (from: String, to: String), _ day: Day, _ seat: Seat, _ surroundings: Surroundings
  ) async throws {
    let found = try await seat.fetch(RateOfDay(of: pair.from, in: pair.to, on: day, which.kind))
    try Output(to: surroundings, output).list(
      Table(
        ["currency", "in", "rate", "date", "way"],
        [
          [
            .text(pair.from), .text(pair.to), .text(found.rate.text), .text(found.day.text),
            .text(found.way.word),
          ]
        ]))
  }
}

struct RateConfirm: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm", abstract: "Let amounts be valued with a rate that somebody drafted.",
    discussion: "Example: coreflow fx confirm USD --date 2026-11-30")

  @OptionGroup var which: RateOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let row = try await seat.rate(which, .draft)
    try await seat.perform(ConfirmRate(row.id, seen: row.quote.rate))
    try Output(to: surroundings, output).say("The rate of \(row.label) counts from now on.")
  }
}

struct RateRemove: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Take a rate away that no line of an entry rests on.",
    discussion: "Example: coreflow fx remove USD --date 2026-11-30 --draft")

  @OptionGroup var which: RateOptions

  @Flag(help: "The draft of it, not the one that counts.")
  var draft = false

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let row = try await seat.rate(which, draft ? .draft : .confirmed)
    try await seat.perform(RemoveRate(row.id))
    try Output(to: surroundings, output).say("The rate of \(row.label) is gone.")
  }
}

struct RevalueCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "revalue", abstract: "Show what foreign balances gained or lost, or book it.",
    discussion: """
      Example: coreflow fx revalue --date 2026-11-30 --post
      It takes the closing rate of the day, or else the spot rate, of every account that is revalued.
      What is booked is taken back on the first day of the next period; what is left of a balance
      that is gone stays. Done again it finds nothing.
      """)

  @Option(help: "At the rates of which day; today if left out.")
  var date: String?

  @Flag(help: "Book it.")
  var post = false

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let day = try date.map(seat.day) ?? seat.today
    let rows = try await seat.fetch(Revaluations(on: day))
    let output = Output(to: surroundings, output)
    guard post else { return try output.list(rows.table(at: seat)) }
    let entries = try await seat.perform(Revalue(on: day, seen: rows))
    try output.say(entries.map(\.sentence).joined(separator: "\n"))
  }
}

extension [Revaluations.Row] {
  fileprivate func table(at seat: Seat) -> Table {
    Table(
      [
        "account", "name", "currency", "amount", "rate", "rate_date", "base", "worth",
        "difference", "kind",
      ],
      map { row in
        let revaluation = row.revaluation
        let position = revaluation.position
        return [
          .text(row.number), .text(row.name), .text(position.currency),
          .amount(position.amount, exponent: row.exponent),
          .optional(revaluation.rate?.rate.text), .optional(revaluation.rate?.day.text),
          seat.amount(position.base), seat.amount(revaluation.target),
          seat.amount(revaluation.difference),
          .text(revaluation.isRealised ? "realised" : "unrealised"),
        ]
      })
  }
}

extension FoundRate.Way {
  fileprivate var word: String {
    switch self {
    case .direct: "direct"
    case .inverse: "inverse"
    case .through(let code): "through \(code)"
    }
  }
}

extension Seat {
  fileprivate func rate(_ which: RateOptions, _ status: RateStatus) async throws -> Rates.Row {
    let (pair, day) = (which.pair(at: self), try which.day(at: self))
    let found = try await fetch(Rates(day...day, of: pair.from)).first {
      $0.quote.from == pair.from && $0.quote.to == pair.to && $0.kind == which.kind
        && $0.status == status
    }
    guard let found else {
      throw Refusal.noSuchNamed(
        kind: .rate, name: "\(status.rawValue) \(pair.from) in \(pair.to), \(day.text)")
    }
    return found
  }
}
