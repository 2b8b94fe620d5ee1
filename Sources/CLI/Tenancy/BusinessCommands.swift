import ArgumentParser
import Domain
import Operations

struct BusinessGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "business", abstract: "The businesses whose books are kept here.",
    subcommands: [
      BusinessList.self, BusinessCreate.self, BusinessShow.self, BusinessUpdate.self,
      BusinessArchive.self, BusinessRemove.self, BusinessRestore.self, BusinessUsual.self,
      BusinessSubscription.self,
    ])
}

struct BusinessList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the businesses that you belong to.",
    discussion: "Example: coreflow business list")

  @Flag(help: "Those of yours that were taken away instead.")
  var deleted = false

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let books = try Books(options, in: surroundings)
    guard !deleted else {
      let gone = try await books.workspace.fetch(DeletedBusinesses(), as: books.lobby().1)
      return try Output(to: surroundings, output).list(gone.table("slug", "name"))
    }
    let rows =
      books.isByKey
      ? [row(of: try await Seat(options, in: surroundings).place)]
      : try await books.workspace.fetch(MyBusinesses(), as: books.lobby().1).map(row)
    try Output(to: surroundings, output).list(
      Table(["slug", "name", "role", "base_currency", "open_period", "usual"], rows))
  }

  private func row(of theirs: MyBusinesses.Row) -> [Table.Cell] {
    [
      .text(theirs.slug), .text(theirs.name), .text(theirs.role.rawValue),
      .text(theirs.baseCurrency), .optional(theirs.openPeriod), .flag(theirs.isUsual),
    ]
  }

  /// The one that a program's key is for.
  private func row(of place: WhereIAm.Place) -> [Table.Cell] {
    [
      .text(place.slug), .text(place.businessName), .text(place.role.rawValue),
      .text(place.baseCurrency), .optional(place.openPeriod), .flag(true),
    ]
  }
}

struct BusinessCreate: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Create another business, with you as its owner.",
    discussion: """
      Example: coreflow business create "Acme Europe" --currency EUR --shape 4-4-5 --from 2026-01-05
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
    let plan = try plan.plan(named: name, today: surroundings.today)
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

struct BusinessUsual: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "usual", abstract: "Say which business you mean where you name none.",
    discussion: """
      Example: coreflow business usual acme-europe
      The screens open it at once too.
      """)

  @Argument(help: "Its short name; - for none.")
  var slug: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let books = try Books(options, in: surroundings)
    let lobby = try books.lobby().1
    let theirs = try await books.workspace.fetch(MyBusinesses(), as: lobby)
    let chosen = theirs.first { $0.slug == slug.trimmed }
    guard chosen != nil || slug.trimmed == "-" else { throw Failure.notYourBusiness(slug: slug) }
    try await books.workspace.perform(ChooseUsualBusiness(chosen?.id, of: lobby.user), as: lobby)
    try Output(to: surroundings, output).say(
      "Your usual business is \(chosen?.slug ?? "none of them") now.")
  }
}

struct BusinessRemove: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Take away a business in which nothing was ever posted.",
    discussion: """
      Example: coreflow business remove acme-europe
      It takes the one person who owns it. Its short name is free again.
      To bring it back: coreflow business restore
      """)

  @Argument(help: "Its short name.")
  var slug: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    var options = options
    options.business = slug.trimmed
    let seat = try await Seat(options, in: surroundings)
    try await seat.perform(RemoveBusiness(seat.principal.business))
    try Output(to: surroundings, output).say("Removed the business \(seat.place.slug).")
  }
}

struct BusinessRestore: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Bring back a business of yours that was taken away.",
    discussion: """
      Example: coreflow business restore acme-europe
      Where somebody else has its short name by now, --slug gives it another.
      They are listed by: coreflow business list --deleted
      """)

  @Argument(help: "Which: its short name, or its name. Of several the one taken away last.")
  var name: String

  @Option(help: "Another short name for it.")
  var slug: String?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let books = try Books(options, in: surroundings)
    let lobby = try books.lobby().1
    let row = try await books.workspace.fetch(DeletedBusinesses(), as: lobby)
      .called(name.trimmed, .business)
    try await books.workspace.restore(row.id, slug: slug?.trimmed, as: lobby)
    try Output(to: surroundings, output).say("The business \(slug?.trimmed ?? row.key) is back.")
  }
}
