import ArgumentParser
import Domain
import Operations

extension SubscriptionTier: ExpressibleByArgument {}
extension SubscriptionStatus: ExpressibleByArgument {}

struct BusinessSubscription: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "subscription",
    abstract: "Show what is paid for each business, or change it for one.",
    discussion: """
      Example: coreflow business subscription --tier starter --until 2027-12-31
      For whoever administers this installation: like migrations and backups it takes no sign-in, \
      only the database's file. A business whose subscription isn't active, or has ended, can be \
      read and exported only.
      """)

  @Option(help: "trial, starter, professional or enterprise: how many members and calls.")
  var tier: SubscriptionTier?

  @Option(help: "active, suspended, cancelled or expired.")
  var status: SubscriptionStatus?

  @Option(help: "When it ends: 2027-12-31, which is the end of that day, a moment, or never.")
  var until: String?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let change = SubscriptionChange(tier: tier, status: status, end: try until.map(end))
    let workspace = try Books(options, in: surroundings).workspace
    let all = try await workspace.subscriptions()
    let output = Output(to: surroundings, output)
    guard !change.isNothing else {
      let shown = try options.business.map { [try Self.called($0, of: all)] } ?? all
      return try output.list(Self.table(shown))
    }
    let business = try Self.called(options.business, of: all)
    try await workspace.changeSubscription(
      of: business.business, change, from: surroundings.origin)
    try output.say("Changed the subscription of \(business.name).")
  }

  private func end(_ text: String) throws -> SubscriptionChange.End {
    text.trimmed == "never" ? .never : .at(try ConditionOptions.moment(text))
  }

  private static func called(_ slug: String?, of all: [Subscription]) throws -> Subscription {
    if let slug {
      guard let match = all.first(where: { $0.slug == slug }) else {
        throw Failure.noSuchBusiness(slug: slug)
      }
      return match
    }
    guard let only = all.first, all.count == 1 else {
      throw Failure.businessNotChosen(slugs: all.map(\.slug))
    }
    return only
  }

  private static func table(_ all: [Subscription]) -> Table {
    Table(
      ["slug", "name", "tier", "status", "expires_at", "members", "member_limit"],
      all.map {
        [
          .text($0.slug), .text($0.name), .text($0.tier.rawValue), .text($0.status.rawValue),
          .optional($0.end?.text), .count($0.members),
          $0.tier.mostMembers.map(Table.Cell.count) ?? .none,
        ]
      })
  }
}
