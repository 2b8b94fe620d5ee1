import ArgumentParser
import Domain
import Operations

struct BusinessGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "business", abstract: "The businesses whose books are kept here.",
    subcommands: [
      BusinessList.self, BusinessCreate.self, BusinessShow.self, BusinessUpdate.self,
      BusinessArchive.self, BusinessSubscription.self,
    ])
}

struct BusinessList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the businesses that you belong to.",
    discussion: "Example: coreflow business list")

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let books = try Books(options, in: surroundings)
    let rows =
      books.isByKey
      ? [row(of: try await Seat(options, in: surroundings).place)]
      : try await books.workspace.fetch(MyBusinesses(), as: books.lobby().1).map(row)
    try Output(to: surroundings, output).list(
      Table(["slug", "name", "role", "base_currency", "open_period"], rows))
  }

  private func row(of theirs: MyBusinesses.Row) -> [Table.Cell] {
    [
      .text(theirs.slug), .text(theirs.name), .text(theirs.role.rawValue),
      .text(theirs.baseCurrency), .optional(theirs.openPeriod),
    ]
  }

  /// The one that a program's key is for.
  private func row(of place: WhereIAm.Place) -> [Table.Cell] {
    [
      .text(place.slug), .text(place.businessName), .text(place.role.rawValue),
      .text(place.baseCurrency), .optional(place.openPeriod),
    ]
  }
}

struct BusinessCreate: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Create another business, with you as its owner.",
    discussion: """
      Example: coreflow business create "Acme Europe" --currency EUR
      It takes an owner of a business that is here already; --business names one that may.
      """)

  @Argument(help: "Its name.")
  var name: String

  @OptionGroup var plan: PlanOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    var options = options
    if options.business == nil {
      let books = try Books(options, in: surroundings)
      // A new business belongs to none of the old: any that they own will do.
      if !books.isByKey {
        options.business = try await books.workspace.fetch(MyBusinesses(), as: books.lobby().1)
          .first { $0.role == .owner }?.slug
      }
    }
    let seat = try await Seat(options, in: surroundings)
    let plan = try plan.plan(named: name)
    _ = try await seat.perform(CreateBusiness(plan))
    try Output(to: surroundings, output).say("Created the business \(plan.slug).")
  }
}

struct BusinessArchive: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "archive", abstract: "Close a business to changes for good, with a second owner.",
    discussion: """
      Example: coreflow business archive --reason "Sold"
      Its books stay to be read and exported. Nobody in the business can take this back.
      """)

  @Option(help: "Why.")
  var reason: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    try await seat.undertake(
      .archiveBusiness(business: seat.principal.business), reason: reason,
      done: "The business is archived.", output, in: surroundings)
  }
}
