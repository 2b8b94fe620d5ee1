import ArgumentParser
import Domain
import Operations

struct AccountGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account", abstract: "The chart of accounts.",
    subcommands: [
      AccountList.self, AccountTree.self, AccountCreate.self, AccountUpdate.self,
      AccountMerge.self, AccountArchive.self, AccountRemove.self, AccountRestore.self,
      AccountCharts.self,
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
    try Output(to: surroundings, output).list(try await seat.fetch(ChartOfAccounts()).table)
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
    var indented = try table { String(repeating: "  ", count: $0.level) + $0.label }
    let plain = try table(\.path)
    indented.flag(
      accounts.map { (balances[$0.id] ?? .zero).isAbnormal(on: $0.type.normalSide) })
    try Output(to: surroundings, output).show(
      plain, json: ["items": .array(plain.json), "next": .null], text: indented.text)
  }
}

extension AccountType: ExpressibleByArgument {}
extension AccountCategory: ExpressibleByArgument {}

/// What can be said of an account besides its number, name and type. What is left out stays.
struct AccountOptions: ParsableArguments {
  @Option(help: "What it is for, such as bank.")
  var category: AccountCategory?

  @Option(help: ArgumentHelp("The heading that it stands under; - for none.", valueName: "account"))
  var parent: String?

  @Option(help: ArgumentHelp("The only currency that it takes; - for any.", valueName: "code"))
  var currency: String?

  @Option(
    help: ArgumentHelp(
      "cash, operating, investing, financing or noncash; - for what its category says.",
      valueName: "class"))
  var cashFlow: String?

  @Option(help: ArgumentHelp("What is to be known of it; - for nothing.", valueName: "text"))
  var description: String?

  @Option(
    help: ArgumentHelp(
      "The department of lines that name none; - for none.", valueName: "department"))
  var usualDepartment: String?

  @Option(help: "Of a bank account, which bank keeps it; - for none.")
  var bankName: String?

  @Option(help: "Its number at the bank; - for none.")
  var bankNumber: String?

  @Option(help: "The bank's own code; - for none.")
  var bankCode: String?

  @Flag(inversion: .prefixedNo, help: "A heading sums up what is below it and takes no lines.")
  var heading: Bool?

  @Flag(inversion: .prefixedNo, help: "A control account: each of its lines says whose it is.")
  var control: Bool?

  @Flag(inversion: .prefixedNo, help: "Closed at the end of a year though it is equity.")
  var closes: Bool?

  @Flag(inversion: .prefixedNo, help: "Revalued at the rates of a period's end.")
  var revalue: Bool?

  @Flag(inversion: .prefixedNo, help: "Every line needs a department.")
  var requiresDepartment: Bool?

  /// `content` with what was said here.
  func applied(to content: AccountContent, in seat: Seat) async throws -> AccountContent {
    func text(_ said: String?, _ now: String) -> String {
      said.map { $0 == "-" ? "" : $0.trimmed } ?? now
    }
    var content = content
    if let category { content.category = category }
    if let parent { content.parent = parent == "-" ? nil : try await seat.account(parent).id }
    if let currency { content.currency = currency == "-" ? nil : currency.trimmed }
    if let cashFlow { content.cashFlow = cashFlow == "-" ? nil : try Self.cashFlow(cashFlow) }
    if let usualDepartment {
      content.usualDepartment =
        usualDepartment == "-" ? nil : try await seat.department(usualDepartment).id
    }
    content.description = text(description, content.description)
    content.bankName = text(bankName, content.bankName)
    content.bankNumber = text(bankNumber, content.bankNumber)
    content.bankCode = text(bankCode, content.bankCode)
    content.isHeader = heading ?? content.isHeader
    content.isControl = control ?? content.isControl
    content.closes = closes ?? content.closes
    content.revalues = revalue ?? content.revalues
    content.requiresDepartment = requiresDepartment ?? content.requiresDepartment
    return content
  }

  private static func cashFlow(_ name: String) throws -> CashFlowClass {
    guard let found = CashFlowClass(rawValue: name.trimmed) else {
      throw ValidationError(
        "--cash-flow is cash, operating, investing, financing, noncash or -, not \(name)")
    }
    return found
  }
}

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

  @OptionGroup var attributes: AccountOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let usual = AccountContent(number: number.trimmed, name: name.trimmed, type: type)
    _ = try await seat.perform(CreateAccount(try await attributes.applied(to: usual, in: seat)))
    try Output(to: surroundings, output).say(
      "Created the account \(number.trimmed) \(name.trimmed).")
  }
}

struct AccountUpdate: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Change what is said of an account; what is left out stays.",
    discussion: """
      Example: coreflow account update 1015 --name Tills --parent 1100 --no-control
      Type, currency and heading are fixed once something is posted to it.
      """)

  @Argument(help: "The account, by number, path or name.")
  var account: String

  @Option(help: "Another number.")
  var number: String?

  @Option(help: "Another name.")
  var name: String?

  @Option(help: "Another type; its category must fit.")
  var type: AccountType?

  @OptionGroup var attributes: AccountOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let found = try await seat.fetch(AccountToEdit(try await seat.account(account).id))
    var content = found.content
    if let number { content.number = number.trimmed }
    if let name { content.name = name.trimmed }
    if let type { content.type = type }
    content = try await attributes.applied(to: content, in: seat)
    guard content != found.content else {
      throw ValidationError("nothing to change: say what, as in --name Tills")
    }
    try await seat.perform(UpdateAccount(found.id, content: content, version: found.version))
    try Output(to: surroundings, output).say(
      "Changed the account \(content.number) \(content.name).")
  }
}

struct AccountMerge: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Make one account of two: the first goes, with nothing posted to it.",
    discussion: """
      Example: coreflow account merge 1015 --into 1010
      Drafts, templates and budgets go over to the other.
      """)

  @Argument(help: "The account that goes, by number, path or name.")
  var account: String

  @Option(help: ArgumentHelp("The account that stays.", valueName: "account"))
  var into: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let (from, other) = (try await seat.account(account), try await seat.account(into))
    let use = try await seat.perform(MergeAccounts(from.id, into: other.id)).use
    try Output(to: surroundings, output).say(
      """
      Merged \(from.label) into \(other.label): drafts \(use.drafts), \
      templates \(use.templates), budgets \(use.budgets).
      """)
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
