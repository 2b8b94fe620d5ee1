import ArgumentParser
import Domain
import Interchange
import Operations

struct AuditSample: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Draw entries of the journal to look into.",
    discussion: """
      Example: coreflow audit sample --method monetary-unit --size 25 --seed 20261231
      With the same seed the same entries are drawn, as long as no others are posted: the answer
      says the seed, how far the books had come, and a SHA-256 of all entries, which is that of audit
      journal. random gives each entry the same chance. monetary-unit gives each unit of the
      currency the same: it adds the entries up and takes each in which the sum passes another
      interval, from a start by chance on, so that none as large as the interval is left out.
      stratified draws by chance within each stratum between the bounds, of each by its share of
      the amounts.
      As JSON: {"from","to","method","size","seed","interval","start","population":{"entries",
      "lines","debits","credits","sha256","whole","complete"},"strata":[{"from","below","entries",
      "amount","picked"}],"entries":[{"number","date","description","amount","who"}],
      "high_water","chain_head"}.
      """)

  enum Method: String, ExpressibleByArgument, CaseIterable {
    case random
    case monetaryUnit = "monetary-unit"
    case stratified
  }

  @Option(help: "random, monetary-unit or stratified.")
  var method = Method.random

  @Option(help: "How many at the most, up to \(JournalSample.mostItems).")
  var size = 25

  @Option(help: "Where the next stratum begins, an amount; may be repeated.")
  var bound: [String] = []

  @Option(help: "A number up to \(UInt32.max) that chance comes from; any if left out.")
  var seed: UInt32?

  @Option(help: "The first day; that of the fiscal year if left out.")
  var from: String?

  @Option(help: "The last day; today if left out.")
  var to: String?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: ReportOptions

  func validate() throws {
    guard (1...JournalSample.mostItems).contains(size) else {
      throw ValidationError("--size is from 1 up to \(JournalSample.mostItems)")
    }
    guard bound.isEmpty == (method != .stratified) else {
      throw ValidationError("A stratified sample needs --bound, and no other has one")
    }
  }

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let first = try from.map(seat.day)
    let last = try to.map(seat.day) ?? seat.today
    try first?.requireNotAfter(last)
    let seed = seed ?? .random(in: 0...UInt32.max)
    let (found, footing) = try await seat.report(
      JournalSample(
        try drawing(in: seat), size: size, seed: seed, from: first, through: last))
    let sheet = SampleSheet(found, method.rawValue, size: size, seed: seed, footing, of: seat)
    var report = sheet.report
    // CSV has entries alone, which nobody could draw again without it.
    if self.seed == nil { report.notices = ["The seed is \(seed)."] }
    try Output(to: surroundings, output).report(report)
  }

  private func drawing(in seat: Seat) throws -> SamplingMethod {
    let bounds = Set(try bound.map(seat.money)).sorted()
    guard bounds.allSatisfy({ $0 > .zero }) else {
      throw ValidationError("--bound is above zero: no entry has less")
    }
    return switch method {
    case .random: .random
    case .monetaryUnit: .monetaryUnit
    case .stratified: .stratified(bounds)
    }
  }
}

/// What was drawn, laid out for people and for scripts.
private struct SampleSheet {
  private let value: JournalSample.Value
  private let method: String
  private let size: Int
  private let seed: UInt32
  private let footing: Footing
  private let seat: Seat

  init(
    _ value: JournalSample.Value, _ method: String, size: Int, seed: UInt32, _ footing: Footing,
    of seat: Seat
  ) {
    self.value = value
    self.method = method
    self.size = size
    self.seed = seed
    self.footing = footing
    self.seat = seat
  }

  private var population: JournalTests.Population { value.population }

  var report: Report {
    Report(
      title: "Sample of the journal", heading: heading, onScreen: text, sheet: entries,
      annex: annex, table: entries, json: json, footing: footing)
  }

  private var text: String {
    let lines: [String] = [TerminalText.line(heading)] + proof + footing.lines
    var parts: [String] = [lines.joined(separator: "\n") + "\n"]
    if !strata.rows.isEmpty { parts.append(strata.text) }
    parts.append(entries.rows.isEmpty ? "Nothing was drawn.\n" : entries.text)
    return parts.joined(separator: "\n")
  }

  private var heading: String {
    let steps = value.sample.interval.map { interval in
      ", every \(interval.plain(exponent: exponent)) from "
        + "\((value.sample.start ?? .zero).plain(exponent: exponent))"
    }
    return "Sample of \(seat.place.businessName) from \(value.from.text) to "
      + "\(value.through.text), \(method), \(size) at the most, seed \(seed)" + (steps ?? "")
  }

  /// What it was drawn from.
  private var proof: [String] {
    [
      "Drawn from \(population.entries) entries with \(population.lines) lines, debits "
        + "\(population.debits.plain(exponent: exponent)), credits "
        + "\(population.credits.plain(exponent: exponent))",
      "SHA-256 \(population.digest)", population.completeness,
    ]
  }

  private var annex: Table {
    var annex = Table(titles: ["drawn from"], proof.map { [.text($0)] })
    for stratum in value.sample.strata {
      let from = stratum.from?.plain(exponent: exponent) ?? "0"
      annex.rows.append(
        [
          .text(
            "From \(from): \(stratum.items) entries with "
              + "\(stratum.amount.plain(exponent: exponent)), of which \(stratum.picked)")
        ])
    }
    return annex
  }

  private var exponent: Int { seat.place.exponent }

  private var entries: Table {
    Table(
      ["number", "date", "description", "amount", "who"],
      value.entries.map { entry -> [Table.Cell] in
        [
          .text(entry.number), .text(entry.date.text), .text(entry.description),
          seat.amount(entry.total), .text(entry.who),
        ]
      })
  }

  private var strata: Table {
    Table(
      ["from", "below", "entries", "amount", "picked"],
      value.sample.strata.map { stratum -> [Table.Cell] in
        [
          stratum.from.map(seat.amount) ?? .none, stratum.below.map(seat.amount) ?? .none,
          .count(stratum.items), seat.amount(stratum.amount), .count(stratum.picked),
        ]
      })
  }

  private func amount(_ money: Money?) -> JSON {
    money.map { .decimal($0.plain(exponent: exponent)) } ?? .null
  }

  private var json: JSON {
    [
      "from": .string(value.from.text), "to": .string(value.through.text),
      "method": .string(method), "size": .integer(Int64(size)), "seed": .integer(Int64(seed)),
      "interval": amount(value.sample.interval), "start": amount(value.sample.start),
      "population": [
        "entries": .integer(Int64(population.entries)), "lines": .integer(Int64(population.lines)),
        "debits": amount(population.debits), "credits": amount(population.credits),
        "sha256": .string(population.digest), "whole": .bool(population.isWhole),
        "complete": .bool(population.isComplete),
      ],
      "strata": .array(strata.json), "entries": .array(entries.json),
      "high_water": .integer(footing.highWater), "chain_head": .string(footing.chainHead),
    ]
  }
}
