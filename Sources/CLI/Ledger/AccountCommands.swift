import ArgumentParser
import Domain
import Operations

struct AccountGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account", abstract: "The chart of accounts.",
    subcommands: [
      AccountList.self, AccountTree.self, AccountCreate.self, AccountArchive.self,
      AccountRemove.self, AccountRestore.self,
    ])
}

struct AccountList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the accounts in their order.",
    discussion: "Example: coreflow account list --format csv")

  @Flag(help: "Those that were taken away instead.")
  var deleted = false

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    guard !deleted else {
      let gone = try await seat.fetch(DeletedAccounts())
      return try Output(to: surroundings, output).list(gone.table("number", "name"))
    }
    let accounts = try await seat.fetch(ChartOfAccounts())
    try Output(to: surroundings, output).list(
      Table(
        [
          "number", "name", "path", "type", "category", "normal_balance", "currency", "posting",
          "status",
        ],
        accounts.map {
          [
            .text($0.number), .text($0.name), .text($0.path), .text($0.type.rawValue),
            .text($0.category.rawValue), .text($0.type.normalSide.rawValue),
            .optional($0.currency), .flag(!$0.isHeader), .text($0.status),
          ]
        }))
  }
}

struct AccountTree: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "tree", abstract: "Show the accounts as a tree, with what they hold.",
    discussion: "Example: coreflow account tree")

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let accounts = try await seat.fetch(ChartOfAccounts())
    let balances = try accounts.subtreeBalances()
    func table(_ name: (ChartOfAccounts.Row) -> String) throws -> Table {
      Table(
        ["account", "type", "balance"],
        try accounts.map { account in
          let balance = try (balances[account.id] ?? .zero).shown(on: account.type.normalSide)
          return [.text(name(account)), .text(account.type.title), seat.amount(balance)]
        })
    }
    let indented = try table { String(repeating: "  ", count: $0.level) + $0.label }
    let plain = try table(\.path)
    try Output(to: surroundings, output).show(
      plain, json: ["items": .array(plain.json), "next": .null], text: indented.text)
  }
}

extension AccountType: ExpressibleByArgument {}
extension AccountCategory: ExpressibleByArgument {}

struct AccountCreate: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Add an account to the chart.",
    discussion: "Example: coreflow account create 1015 \"Petty cash\" --type asset --parent 1000")

  @Argument(help: "Its number.")
  var number: String

  @Argument(help: "Its name.")
  var name: String

  @Option(help: "Its type, such as asset or expense.")
  var type: AccountType

  @Option(help: "What it is for, such as bank; the type's usual if left out.")
  var category: AccountCategory?

  @Option(help: ArgumentHelp("The heading that it stands under.", valueName: "account"))
  var parent: String?

  @Option(
    help: ArgumentHelp("The only currency that it takes; any if left out.", valueName: "code"))
  var currency: String?

  @Flag(help: "A heading, which sums up what stands under it and takes no lines.")
  var heading = false

  @Flag(help: "A control account, posted to by its subledger only.")
  var control = false

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    var above: ID<Account>?
    if let parent { above = try await seat.account(parent).id }
    _ = try await seat.perform(
      CreateAccount(
        AccountContent(
          number: number.trimmed, name: name.trimmed, parent: above, type: type,
          category: category, isHeader: heading, isControl: control,
          currency: currency?.trimmed)))
    try Output(to: surroundings, output).say(
      "Created the account \(number.trimmed) \(name.trimmed).")
  }
}

struct AccountArchive: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "archive", abstract: "Take an account out of use; reports keep it.",
    discussion: "Example: coreflow account archive 1015")

  @Argument(help: "The account, by number, path or name.")
  var account: String

  @Flag(help: "Take it into use again.")
  var restore = false

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let account = try await seat.account(account)
    _ = try await seat.perform(ArchiveAccount(account.id, restore ? .restore : .archive))
    try Output(to: surroundings, output).say(
      "\(account.label) is \(restore ? "in use again" : "archived").")
  }
}

struct AccountRemove: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Take away an account that nothing has ever used.",
    discussion: "Example: coreflow account remove 1015")

  @Argument(help: "The account, by number, path or name.")
  var account: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let account = try await seat.account(account)
    try await seat.perform(RemoveAccount(account.id))
    try Output(to: surroundings, output).say("Removed the account \(account.label).")
  }
}

struct AccountRestore: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Bring back an account that was taken away.",
    discussion: """
      Example: coreflow account restore 1015
      They are listed by: coreflow account list --deleted
      """)

  @Argument(help: "Which: a number or a name. Of several the one that was taken away last.")
  var account: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let row = try await seat.fetch(DeletedAccounts()).called(account.trimmed, .account)
    try await seat.perform(RestoreAccount(row.id))
    try Output(to: surroundings, output).say("The account \(row.key) \(row.name) is back.")
  }
}
