import ArgumentParser
import Domain
import Operations

/// What a person says of a business that is to be made.
struct PlanOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The currency of its books, such as USD.", valueName: "code"))
  var currency: String

  @Option(
    help: ArgumentHelp(
      "The chart of accounts to start with, as coreflow account charts lists them, or none.",
      valueName: "name"))
  var chart = ChartTemplate.names.first ?? "none"

  @Option(help: ArgumentHelp("The month that its fiscal years start in.", valueName: "1-12"))
  var fiscalYearStart = 1

  @Option(help: "How its fiscal years are divided: \(FiscalYearShape.words).")
  var shape: String?

  @Option(
    help: "The first day of the fiscal year that goes on, where that isn't the first of a month.")
  var from: String?

  @Option(help: "The last day of that year, where it is shorter or longer than usual.")
  var to: String?

  @Option(
    help: "What becomes of half a minor unit, for good: half-away (from zero), or half-even.")
  var rounding = Rounding.halfAwayFromZero

  @Option(help: "What the command line calls it; made from its name if left out.")
  var slug: String?

  func validate() throws {
    guard (1...12).contains(fiscalYearStart) else {
      throw ValidationError("--fiscal-year-start is a month from 1 to 12")
    }
  }

  /// Days may be typed as anywhere else.
  func plan(named name: String, today: Day) throws -> BusinessPlan {
    func day(_ text: String) throws -> Day {
      try DayExpression.parse(text, today: today, reference: today)
    }
    let code = currency.uppercased()
    guard Currency.iso(code) != nil else { throw Failure.unknownCurrency(code: currency) }
    let template = ChartTemplate.named(chart)
    guard template != nil || chart == "none" else {
      throw Failure.unknownChart(name: chart)
    }
    return BusinessPlan(
      name: name.trimmed, slug: slug, baseCurrency: code, firstMonth: fiscalYearStart,
      shape: try shape.map(FiscalYearShape.named) ?? .months, firstDay: try from.map(day),
      lastDay: try to.map(day), chart: template, rounding: rounding)
  }
}

extension Rounding: ExpressibleByArgument {
  package init?(argument: String) { self.init(rawValue: argument.replacing("-", with: "_")) }
}

struct Init: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Create a database with its first business and that business's owner.",
    discussion: """
      Example: coreflow init --db books.db --business "Acme Ltd" --currency USD \\
        --owner ada@example.com
      Prints the key that opens the instance's administration, once.
      """)

  @Option(help: "The name of the first business.")
  var business: String

  @OptionGroup var plan: PlanOptions

  @Option(help: ArgumentHelp("The owner's e-mail address.", valueName: "email"))
  var owner: String

  @Option(help: "The owner's name; what stands before the @ if left out.")
  var name: String?

  @OptionGroup var password: PasswordOptions

  // Not `BooksOptions`: its `--business` is the slug of one that exists.
  @Option(help: ArgumentHelp("The database to create.", valueName: "path"))
  var db: String?

  @Flag(
    name: [.customLong("no-colour"), .customLong("no-color")],
    help: "No colours, as with $NO_COLOR.")
  var noColour = false

  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let places = Places(surroundings)
    let path = try places.database(db)
    let plan = try plan.plan(named: business, today: surroundings.today)
    guard EmailAddress.isValid(owner) else { throw Refusal.invalidEmail(owner) }
    let password = try surroundings.newPassword(password)
    let ownerName = name ?? String(owner.prefix { $0 != "@" })
    try places.makeFolder(of: path)
    let database = NewDatabase(
      at: path, from: surroundings.origin, clock: surroundings.clock, chance: surroundings.chance)
    let key = database.newAdminKey()
    try await database.make(adminKey: key) { workspace in
      _ = try await workspace.initialise(
        plan, ownerEmail: owner, ownerName: ownerName, password: password)
    }
    try Output(to: surroundings, output).say(
      """
      Created \(path) with the business \(plan.slug).
      Admin key (shown only now): \(key)
      Go on with: coreflow --db \(path) login \(owner)
      """)
  }
}
