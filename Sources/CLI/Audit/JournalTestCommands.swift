import ArgumentParser
import Domain
import Interchange
import Operations
import Phrases

extension JournalTest: ExpressibleByArgument {}

struct AuditJournal: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "journal", abstract: "Put the journal to the tests that auditors use.",
    discussion: """
      Example: coreflow audit journal --from 2026-01-01 --to 2026-12-31 --test round --test night
      First comes what was tested: the numbers of each series, the sums, and a SHA-256 over a line
      for each entry, its number and the hash of its content. What is found is something to look
      into and no error, so the exit status is 0. As CSV only what is found is written.
      As JSON: {"from","to","population":{"entries","lines","debits","credits","sha256","whole",
      "complete","series":[{"year","series","first","last","entries","others","issued","missing"}],
      "first_digits":[{"digit","found","expected"}]},"tests":[{"test","name","count","findings":
      [{"test","number","date","amount","who","why"}]}]}. "others" are dated on other days, or not
      yours to see. Of each test the first \(JournalTests.mostFindings) are named; all are counted.
      """)

  @Option(help: "The first day; that of the fiscal year if left out.")
  var from: String?

  @Option(help: "The last day; today if left out.")
  var to: String?

  @Option(help: "Only this test; may be repeated.")
  var test: [JournalTest] = []

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let first = try from.map(seat.day)
    let last = try to.map(seat.day) ?? seat.today
    try first?.requireNotAfter(last)
    let found = try await seat.fetch(
      JournalTests(from: first, through: last, only: test.isEmpty ? nil : Set(test)))
    let output = Output(to: surroundings, output)
    for result in found.results where result.count > result.findings.count {
      output.warn(
        "\(result.test.rawValue): the first \(result.findings.count) of \(result.count) are named.")
    }
    let sheet = JournalTestSheet(found, of: seat)
    try output.show(sheet.table(of: found.results), json: sheet.json, text: sheet.text)
  }
}

/// What the tests found, laid out for people and for scripts.
private struct JournalTestSheet {
  private let value: JournalTests.Value
  private let seat: Seat

  init(_ value: JournalTests.Value, of seat: Seat) {
    self.value = value
    self.seat = seat
  }

  private var population: JournalTests.Population { value.population }

  func table(of results: [JournalTests.Result]) -> Table {
    Table(
      ["test", "number", "date", "amount", "who", "why"],
      results.flatMap { result in
        result.findings.map { finding -> [Table.Cell] in
          [
            .text(result.test.rawValue), .text(finding.number), .optional(finding.date?.text),
            finding.total.map(seat.amount) ?? .none, .text(finding.who),
            .text(finding.reason.phrase.english),
          ]
        }
      })
  }

  private var series: Table {
    Table(
      ["year", "series", "first", "last", "entries", "others", "issued", "missing"],
      population.series.map { series -> [Table.Cell] in
        [
          .count(series.year), .text(series.series), series.first.map(Table.Cell.count) ?? .none,
          series.last.map(Table.Cell.count) ?? .none, .count(series.entries),
          .count(series.others), .count(series.issued), .count(series.missing),
        ]
      })
  }

  private var firstDigits: Table {
    let digits = population.firstDigits
    return Table(
      ["digit", "found", "expected"],
      zip(digits.found, digits.expected).enumerated().map { index, pair -> [Table.Cell] in
        [.count(index + 1), .count(pair.0), .count(pair.1)]
      })
  }

  /// Each with how much it found.
  private var counts: Table {
    Table(
      ["test", "found", "what"],
      value.results.map { result -> [Table.Cell] in
        [
          .text(result.test.rawValue), .count(result.count),
          .text(result.test.phrase.english),
        ]
      })
  }

  var text: String {
    let sums = Table(
      ["entries", "lines", "debits", "credits"],
      [
        [
          .count(population.entries), .count(population.lines), seat.amount(population.debits),
          seat.amount(population.credits),
        ]
      ])
    let heading =
      "Journal of \(seat.place.businessName) from \(value.from.text) to \(value.through.text)"
    let found = table(of: value.results)
    let parts: [String] = [
      TerminalText.line(heading) + "\n", sums.text, series.text,
      "SHA-256 \(population.digest)\n\(completeness)\n", firstDigits.text, counts.text,
      found.rows.isEmpty ? "Nothing was found.\n" : found.text,
    ]
    return parts.joined(separator: "\n")
  }

  private var completeness: String {
    if population.isComplete { return "Complete: debits are credits, and no number is missing." }
    return population.isWhole
      ? "NOT COMPLETE: numbers are missing, or debits aren't credits."
      : "Not all: entries that you may not read are left out."
  }

  var json: JSON {
    [
      "from": .string(value.from.text), "to": .string(value.through.text),
      "population": populationJSON,
      "tests": .array(
        value.results.map { result in
          [
            "test": .string(result.test.rawValue), "name": .string(result.test.phrase.english),
            "count": .integer(Int64(result.count)), "findings": .array(table(of: [result]).json),
          ]
        }),
    ]
  }

  private var populationJSON: JSON {
    [
      "entries": .integer(Int64(population.entries)), "lines": .integer(Int64(population.lines)),
      "debits": .decimal(population.debits.plain(exponent: seat.place.exponent)),
      "credits": .decimal(population.credits.plain(exponent: seat.place.exponent)),
      "sha256": .string(population.digest), "whole": .bool(population.isWhole),
      "complete": .bool(population.isComplete), "series": .array(series.json),
      "first_digits": .array(firstDigits.json),
    ]
  }
}
