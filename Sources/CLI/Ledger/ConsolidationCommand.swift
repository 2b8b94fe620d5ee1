import ArgumentParser
import Domain
import Interchange
import Operations

struct ReportConsolidated: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "consolidated", abstract: "Several businesses as one, by a file that says how.",
    discussion: """
      Example: coreflow report consolidated group.yaml --as-of 2026-06-30
      It takes consolidation.run in every business of the group. Assets and liabilities are at the
      closing rate, income and expenses since the fiscal year of the parent began at the average one,
      equity at the historical one; debits are above zero. A cash flow is at the average rate, but
      equity at the historical one if there is one, and cash at the rate of its day. Rates are the
      newest, whatever --known-at says. With --in every amount of the group is translated once more,
      at one rate. Of the demonstration's businesses, for
      director@demo.example, who may see both:

      \(GroupFile.sample)
      """)

  @Argument(help: "The group: a YAML file, as below.")
  var file: String

  @Option(help: "The last day that counts; today if left out.")
  var asOf: String?

  @Option(help: "The first day of income and expenses; that of the parent's year if left out.")
  var from: String?

  @Option(help: "As all books stood then: at the end of a day, or at 2026-07-05T17:00:00Z.")
  var knownAt: String?

  @Option(help: "trial-balance, balance-sheet, income-statement or cash-flow.")
  var statement = ConsolidationSheet.Kind.trialBalance

  @OptionGroup var translation: TranslationOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: ReportOptions

  func run(in surroundings: Surroundings) async throws {
    let group = try GroupFile.read(path: file)
    let parent = group.members[0].slug
    guard options.business == nil || options.business == parent else {
      throw ValidationError("The group's file names its businesses: leave --business out")
    }
    let seat = try await Seat(options.naming(parent), in: surroundings)
    let last = try asOf.map(seat.day) ?? seat.today
    let first = try from.map(seat.day)
    try first?.requireNotAfter(last)
    let moment = try knownAt.map(seat.moment)
    let (consolidation, footings) = try await seat.workspace.consolidate(
      group, from: first, through: last, knownAt: moment
    ) {
      $0 == parent
        ? seat.principal : try await Seat(options.naming($0), in: surroundings).principal
    }
    let translation = try await translation.translation(
      on: last, of: consolidation.group, at: seat)
    let sheet = ConsolidationSheet(consolidation, statement, knownAt: moment, translation)
    try Output(to: surroundings, output).report(try sheet.report(footings))
  }
}

extension ConsolidationSheet.Kind: ExpressibleByArgument {}

extension BooksOptions {
  /// The same books, another business.
  fileprivate func naming(_ slug: String) -> BooksOptions {
    var options = self
    options.business = slug
    return options
  }
}
