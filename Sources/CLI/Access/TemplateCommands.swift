import ArgumentParser
import Domain
import Operations

struct AccessTemplateGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template", abstract: "Sets of rights for people, roles and departments.",
    subcommands: [
      TemplateList.self, TemplateCreate.self, TemplateUpdate.self, TemplateAssign.self,
      TemplateUnassign.self, TemplateAssigned.self,
    ])
}

extension Seat {
  fileprivate func permissionTemplate(_ name: String) async throws -> PermissionTemplates.Row {
    try await fetch(PermissionTemplates()).called(name.trimmed)
  }
}

struct TemplateList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the templates with what each gives and forbids.",
    discussion: "Example: coreflow access template list")

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let words = try await ConditionWords(in: seat)
    let templates = try await seat.fetch(PermissionTemplates())
    try Output(to: surroundings, output).list(
      Table(
        ["template", "in_use", "assignments", "effect", "permission", "limit", "conditions"],
        templates.flatMap { template in
          template.content.items.map { item in
            [
              .text(template.content.name), .flag(template.content.isInUse),
              .count(template.assignments), .text(item.effect.rawValue), .text(item.pattern),
              item.limit.map(seat.amount) ?? .none, .text(words.text(item.conditions)),
            ]
          }
        }))
  }
}

/// What a template gives and forbids.
struct TemplateItemOptions: ParsableArguments {
  @Option(help: "What it gives: journal.post, journal.* or *; may be repeated.")
  var allow: [String] = []

  @Option(help: "What it forbids; may be repeated.")
  var deny: [String] = []

  @OptionGroup var narrowing: NarrowingOptions

  var areEmpty: Bool { allow.isEmpty && deny.isEmpty }

  func items(in seat: Seat) async throws -> [TemplateContent.Item] {
    let conditions = try await narrowing.conditions(in: seat)
    let limit = try narrowing.limit.map(seat.money)
    return allow.map { TemplateContent.Item(.allow, $0, limit: limit, conditions: conditions) }
      + deny.map { TemplateContent.Item(.deny, $0, conditions: conditions) }
  }
}

struct TemplateCreate: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Make a set of rights.",
    discussion: """
      Example: coreflow access template create Auditor --allow "audit.*" --deny journal.create
      What narrows it narrows all that it gives and forbids.
      """)

  @Argument(help: "Its name.")
  var name: String

  @Option(help: "What it is for.")
  var description = ""

  @OptionGroup var items: TemplateItemOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let content = TemplateContent(
      name.trimmed, description: description.trimmed, items: try await items.items(in: seat))
    _ = try await seat.perform(CreatePermissionTemplate(content))
    try Output(to: surroundings, output).say(
      "Created the template \(content.name). To give it: coreflow access template assign")
  }
}

struct TemplateUpdate: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Change a template, for all who have it.",
    discussion: """
      Example: coreflow access template update Auditor --allow "audit.*" --allow report.export
      Where --allow or --deny is given, they are all that it gives and forbids from then on.
      """)

  @Argument(help: "Its name.")
  var template: String

  @Option(help: "Another name.")
  var name: String?

  @Option(help: "What it is for.")
  var description: String?

  @Option(help: "on or off: does it give anything to anybody?")
  var use: Switch?

  @OptionGroup var items: TemplateItemOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let row = try await seat.permissionTemplate(template)
    var content = row.content
    if let name { content.name = name.trimmed }
    if let description { content.description = description.trimmed }
    if let use { content.isInUse = use == .on }
    if !items.areEmpty { content.items = try await items.items(in: seat) }
    try await seat.perform(UpdatePermissionTemplate(row.id, content: content, version: row.version))
    try Output(to: surroundings, output).say("Changed the template \(content.name).")
  }
}

struct TemplateAssign: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "assign", abstract: "Give a template to a person, a role or a department.",
    discussion: """
      Example: coreflow access template assign Auditor --user vera@example.com --reason "Year end"
      """)

  @Argument(help: "Its name.")
  var template: String

  @Option(help: "To whom: an e-mail address or a name.")
  var user: String?

  @Option(help: "Or to everybody who is owner, director, manager, employee or viewer.")
  var role: Role?

  @Option(help: "Or to everybody in the department of this code.")
  var department: String?

  @Option(help: "From when: 2026-11-23 or 2026-11-23T14:00, in UTC; at once if left out.")
  var from: String?

  @Option(help: "Until when; until it is taken back if left out.")
  var until: String?

  @Option(help: "Why.")
  var reason: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard [user, role?.rawValue, department].compactMap(\.self).count == 1 else {
      throw ValidationError("say one of --user, --role and --department")
    }
  }

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let row = try await seat.permissionTemplate(template)
    let (party, name) = try await party(in: seat)
    let end = try until.map(ConditionOptions.moment)
    let id = try await seat.perform(
      AssignTemplate(
        row.id, to: party, from: try from.map(ConditionOptions.start), until: end,
        reason: reason))
    try Output(to: surroundings, output).show(
      Table(["id"], [[.text(String(id.value))]]), json: ["id": .id(id.value)],
      text: """
        Gave \(row.content.name) to \(name)\(end.untilWords). \
        To take it back: coreflow access template unassign \(id.value) --reason WHY

        """)
  }

  private func party(in seat: Seat) async throws -> (AssignTemplate.Party, String) {
    if let user {
      let member = try await seat.member(user)
      return (.user(member.user), member.name)
    }
    if let role { return (.role(role), "every \(role.rawValue)") }
    let department = try await seat.department(department ?? "")
    return (.department(department.id), "everybody in \(department.name)")
  }
}

struct TemplateUnassign: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "unassign", abstract: "Take a template back.",
    discussion: "Example: coreflow access template unassign 2 --reason \"Year end is over\"")

  @Argument(help: "Its number, as access template assigned lists it.")
  var assignment: Int64

  @Option(help: "Why.")
  var reason: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    try await Seat(options, in: surroundings).perform(
      UnassignTemplate(ID(assignment), reason: reason))
    try Output(to: surroundings, output).say("Took assignment \(assignment) back.")
  }
}

struct TemplateAssigned: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "assigned", abstract: "List who has which template, now or later.",
    discussion: "Example: coreflow access template assigned")

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let rows = try await Seat(options, in: surroundings).fetch(TemplateAssignments())
    try Output(to: surroundings, output).list(
      Table(
        ["id", "template", "who", "from", "until", "by", "reason"],
        rows.map {
          [
            .text(String($0.id.value)), .text($0.template), .text("\($0.partyKind) \($0.party)"),
            .text($0.start.text), .optional($0.end?.text), .text($0.grantedBy), .text($0.reason),
          ]
        }))
  }
}
