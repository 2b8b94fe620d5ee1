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
      into and no error, so the exit status is 0. As CSV only what is found is written; on paper
      stands how far the books had come.
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
  @OptionGroup var output: ReportOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let first = try from.map(seat.day)
    let last = try to.map(seat.day) ?? seat.today
    try first?.requireNotAfter(last)
    let (found, footing) = try await seat.report(
      JournalTests(from: first, through: last, only: test.isEmpty ? nil : Set(test)))
    let sheet = JournalTestSheet(found, of: seat)
    let cut = found.results.filter { $0.count > $0.findings.count }
    try Output(to: surroundings, output).report(
      Report(
        title: "Journal tests", heading: sheet.heading,
        notices: cut.map {
          "\($0.test.rawValue): the first \($0.findings.count) of \($0.count) are named."
        },
        onScreen: sheet.text, sheet: sheet.paper, table: sheet.table(of: found.results),
        json: sheet.json, footing: footing))
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

  var heading: String {
    "Journal of \(seat.place.businessName) from \(value.from.text) to \(value.through.text)"
  }

  /// All of it in one table, under headings of its parts.
  var paper: Table {
    var sheet = Table(["what", "date", "amount", "who", "why"], [])
    func row(_ what: String, _ amount: Table.Cell, _ why: String = "") -> [Table.Cell] {
      [.text(what), .none, amount, .none, .text(why)]
    }
    func add(_ heading: String, _ rows: [[Table.Cell]]) {
      if !rows.isEmpty { sheet.headings[sheet.rows.count] = heading }
      sheet.rows += rows
    }
    add(
      "What was tested",
      [
        row("entries", .count(population.entries)), row("lines", .count(population.lines)),
        row("debits", seat.amount(population.debits)),
        row("credits", seat.amount(population.credits), population.completeness),
        row("SHA-256", .none, population.digest),
      ])
    add(
      "Numbers",
      population.series.map { series in
        row(
          "\(series.series) \(series.year)", .count(series.entries),
          "\(series.others) others, \(series.issued) issued, \(series.missing) missing")
      })
    let digits = population.firstDigits
    add(
      "First digits",
      zip(digits.found, digits.expected).enumerated().map { index, pair in
        row(String(index + 1), .count(pair.0), "\(pair.1) expected")
      })
    add(
      "Tests",
      value.results.map { row($0.test.rawValue, .count($0.count), $0.test.phrase.english) })
    for result in value.results {
      add(
        result.test.phrase.english,
        result.findings.map { finding -> [Table.Cell] in
          [
            .text(finding.number), .optional(finding.date?.text),
            finding.total.map(seat.amount) ?? .none, .text(finding.who),
            .text(finding.reason.phrase.english),
          ]
        })
    }
    return sheet
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
    let found = table(of: value.results)
    let parts: [String] = [
      TerminalText.line(heading) + "\n", sums.text, series.text,
      "SHA-256 \(population.digest)\n\(population.completeness)\n", firstDigits.text, counts.text,
      found.rows.isEmpty ? "Nothing was found.\n" : found.text,
    ]
    return parts.joined(separator: "\n")
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

extension JournalTests.Population {
  /// Whether it is all there is, in words.
  var completeness: String {
    if isComplete { return "Complete: debits are credits, and no number is missing." }
    return isWhole
      ? "NOT COMPLETE: numbers are missing, or debits aren't credits."
      : "Not all: entries that you may not read are left out."
  }
}
