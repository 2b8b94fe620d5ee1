import ArgumentParser
import Domain
import Operations

struct JournalTemplateGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template", abstract: "What entries say again and again, under a name.",
    subcommands: [
      JournalTemplateList.self, JournalTemplateShow.self, JournalTemplateCreate.self,
      JournalTemplateAmount.self, JournalTemplateRemove.self, JournalTemplateRestore.self,
    ])
}

struct JournalTemplateList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the templates by name.",
    discussion: "Example: coreflow journal template list")

  @Flag(help: "Those that were taken away instead.")
  var deleted = false

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    guard !deleted else {
      let gone = try await seat.fetch(DeletedTemplates())
      return try Output(to: surroundings, output).list(gone.table("name", "description"))
    }
    let templates = try await seat.fetch(EntryTemplates())
    try Output(to: surroundings, output).list(
      Table(
        ["name", "description", "reference", "payee", "lines"],
        templates.map {
          [
            .text($0.name), .text($0.content.description), .text($0.content.reference),
            .text($0.content.payee), .count($0.content.lines.count),
          ]
        }))
  }
}

struct JournalTemplateShow: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show the lines of a template, and where their amounts come from.",
    discussion: "Example: coreflow journal template show \"Office rent\"")

  @Argument(help: "The template, by its name.")
  var name: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let template = try await seat.template(name)
    let desk = try await EntryDesk(seat)
    func number(_ account: ID<Account>) -> String { desk.number(of: account) }
    try Output(to: surroundings, output).list(
      Table(
        ["line", "account", "amount", "currency", "rule", "percent", "share_of"],
        try zip(template.content.lines, template.rules).enumerated().map {
          index, pair -> [Table.Cell] in
          let (line, rule) = pair
          let amount = Table.Cell.amount(
            line.amount, exponent: try desk.currency(line.currency).exponent)
          let head: [Table.Cell] = [
            .count(index + 1), .text(number(line.account)), amount, .text(line.currency),
            .text(rule.kind.rawValue),
          ]
          guard case .share(let millionths, let account) = rule else {
            return head + [.none, .none]
          }
          return head + [
            .amount(Money(minorUnits: millionths), exponent: AmountRule.percentDecimals),
            .text(number(account)),
          ]
        }))
  }
}

struct JournalTemplateAmount: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "amount", abstract: "Say where the amount of a template's line comes from.",
    discussion: """
      Example: coreflow journal template amount "Office rent" 1 --share -5 --of 4100
      A schedule goes by it. A share is of what the account holds at the end of the entry's day: of
      a credit balance it is a credit, and one below zero is on the other side. Where there is no
      last time yet, what the template says by itself stands.
      """)

  @Argument(help: "The template, by its name.")
  var name: String

  @Argument(help: "Which line: 1 is the first.")
  var line: Int

  @Option(help: "This amount: above zero is a debit, below it a credit.")
  var fixed: String?

  @Option(help: "So many per cent of a balance, with up to four decimals.")
  var share: String?

  @Option(help: "Whose balance: an account's number, path or name.")
  var of: String?

  @Flag(help: "What it was the last time.")
  var last = false

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard [fixed != nil, share != nil, last].filter(\.self).count == 1 else {
      throw ValidationError("--fixed, --share and --last: choose one")
    }
    guard (share == nil) == (of == nil) else {
      throw ValidationError("--share and --of go together, such as --share 5 --of 4100")
    }
  }

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let template = try await seat.template(name)
    let desk = try await EntryDesk(seat)
    var rule = last ? AmountRule.last : .fixed
    if let share, let of {
      guard let percent = Quantity(share.trimmed) else {
        throw ValidationError("\(share.trimmed) is no percentage; write it as 12.5")
      }
      rule = .share(
        try percent.money(exponent: AmountRule.percentDecimals).minorUnits,
        of: try desk.account(of).id)
    }
    let amount = try fixed.map { text -> Money in
      let currency =
        template.content.lines.indices.contains(line - 1)
        ? template.content.lines[line - 1].currency : desk.base.code
      return try AmountExpression.parse(
        text.trimmed, exponent: try desk.currency(currency).exponent)
    }
    try await seat.perform(SetTemplateAmount(rule, amount, of: line, in: template.id))
    try Output(to: surroundings, output).say("Line \(line) of \(template.name) is kept.")
  }
}

struct JournalTemplateCreate: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Give what an entry says a name.",
    discussion: """
      Example: coreflow journal template create GJ-2026-000123 "Office rent"
      It is written again with: coreflow journal add --template "Office rent" --post
      """)

  @OptionGroup var entry: EntryArgument

  @Argument(help: "What to call it.")
  var name: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    _ = try await seat.perform(SaveTemplate(name, of: seat.entry(entry.name)))
    try Output(to: surroundings, output).say("The template \(name.trimmed) is kept.")
  }
}

struct JournalTemplateRemove: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Take a template away; entries made of it stay.",
    discussion: "Example: coreflow journal template remove \"Office rent\"")

  @Argument(help: "The template, by its name.")
  var name: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let template = try await seat.template(name)
    try await seat.perform(RemoveTemplate(template.id))
    try Output(to: surroundings, output).say("The template \(template.name) is gone.")
  }
}

struct JournalTemplateRestore: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Bring back a template that was taken away.",
    discussion: """
      Example: coreflow journal template restore "Office rent"
      They are listed by: coreflow journal template list --deleted
      """)

  @Argument(help: "Its name. Of several the one that was taken away last.")
  var name: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let template = try await seat.fetch(DeletedTemplates()).called(name.trimmed, .template)
    try await seat.perform(RestoreTemplate(template.id))
    try Output(to: surroundings, output).say("The template \(template.key) is back.")
  }
}

extension Seat {
  /// Throws `noSuchNamed`.
  func template(_ name: String) async throws -> EntryTemplates.Template {
    let wanted = name.trimmed
    let templates = try await fetch(EntryTemplates())
    guard let found = templates.first(where: { $0.name.lowercased() == wanted.lowercased() }) else {
      throw Refusal.noSuchNamed(kind: .template, name: wanted)
    }
    return found
  }
}
