import ArgumentParser
import Domain
import Operations

struct DepartmentGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "department", abstract: "The departments of a business.",
    subcommands: [
      DepartmentList.self, DepartmentCreate.self, DepartmentUpdate.self, DepartmentMerge.self,
      DepartmentRemove.self, DepartmentRestore.self, DepartmentAppoint.self, DepartmentDismiss.self,
      DepartmentPostList.self,
    ])
}

extension DepartmentType: ExpressibleByArgument {}

struct DepartmentList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the departments, each below what it belongs to.",
    discussion: "Example: coreflow department list")

  @Flag(help: "Those that were taken away instead.")
  var deleted = false

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    guard !deleted else {
      let gone = try await seat.fetch(DeletedDepartments())
      return try Output(to: surroundings, output).list(gone.table("code", "name"))
    }
    let departments = try await seat.fetch(Departments())
    let codes = Dictionary(uniqueKeysWithValues: departments.map { ($0.id, $0.code) })
    try Output(to: surroundings, output).list(
      Table(
        ["code", "name", "type", "parent", "head", "cost_centre", "inactive_from"],
        departments.map {
          [
            .text($0.code), .text($0.name), .text($0.type.rawValue),
            .optional($0.parent.flatMap { codes[$0] }),
            .optional($0.heads.isEmpty ? nil : $0.heads),
            .optional($0.costCentre), .optional($0.inactiveFrom?.text),
          ]
        }))
  }
}

struct DepartmentCreate: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Add a department.",
    discussion: "Example: coreflow department create EXP \"Export\" --type sales --parent SAL")

  @Argument(help: "Its code, up to 32 characters.")
  var code: String

  @Argument(help: "Its name.")
  var name: String

  @Option(help: "What it does: \(DepartmentType.allCases.map(\.rawValue).joined(separator: ", ")).")
  var type = DepartmentType.other

  @Option(help: "The code of what it stands below.")
  var parent: String?

  @Option(help: "Who leads it: an e-mail address or a name.")
  var head: String?

  @Option(help: "The code of its cost centre.")
  var costCentre: String?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    var content = DepartmentContent(code: code.trimmed, name: name.trimmed, type: type)
    content.parent = try await parent.asyncMap { try await seat.department($0).id }
    content.head = try await head.asyncMap(seat.person)
    content.costCentre = costCentre
    _ = try await seat.perform(CreateDepartment(content))
    try Output(to: surroundings, output).say("Created the department \(content.code).")
  }
}

struct DepartmentUpdate: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Change what a department is; what is left out stays.",
    discussion: "Example: coreflow department update EXP --head max@example.com")

  @Argument(help: "Which: a code or a name.")
  var department: String

  @Option(help: "Another code.")
  var code: String?

  @Option(help: "Another name.")
  var name: String?

  @Option(help: "What it does.")
  var type: DepartmentType?

  @Option(help: "The code of what it stands below; - for nothing.")
  var parent: String?

  @Option(help: "Who leads it: an e-mail address or a name; - for nobody.")
  var head: String?

  @Option(help: "The code of its cost centre; - for none.")
  var costCentre: String?

  @Option(help: "The first day that nothing is booked for it any more; - for never.")
  var inactiveFrom: String?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let row = try await seat.department(department)
    var content = row.content
    if let code { content.code = code.trimmed }
    if let name { content.name = name.trimmed }
    if let type { content.type = type }
    if let parent { content.parent = try await named(parent) { try await seat.department($0).id } }
    if let head { content.head = try await named(head, seat.person) }
    if let costCentre { content.costCentre = costCentre == "-" ? nil : costCentre }
    if let inactiveFrom {
      content.inactiveFrom = inactiveFrom == "-" ? nil : try seat.day(inactiveFrom)
    }
    try await seat.perform(UpdateDepartment(row.id, content: content))
    try Output(to: surroundings, output).say("Changed the department \(content.code).")
  }

  /// Nil for `-`.
  private func named<Thing: Sendable>(
    _ name: String, _ find: (String) async throws -> Thing
  ) async throws -> Thing? {
    name == "-" ? nil : try await find(name)
  }
}

struct DepartmentMerge: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Make one department of two: the first ends.",
    discussion: """
      Example: coreflow department merge EXP --into SAL --from 2027-01-01
      Who is in it, and what stands below it, goes over to the other at once. What was booked for it
      keeps it, and counts with the other from today on; earlier reports stay as they were.
      """)

  @Argument(help: "The department that ends: a code or a name.")
  var department: String

  @Option(help: ArgumentHelp("The department that goes on.", valueName: "department"))
  var into: String

  @Option(help: "The first day that nothing is booked for it any more; today if left out.")
  var from: String?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let row = try await seat.department(department)
    let other = try await seat.department(into)
    let day = try from.map(seat.day) ?? seat.today
    let merged = try await seat.perform(MergeDepartments(row.id, into: other.id, from: day))
    try Output(to: surroundings, output).say(
      """
      Merged \(row.code) into \(other.code): people \(merged.people), \
      departments \(merged.departments). It is inactive from \(day.text) on.
      """)
  }
}

struct DepartmentRemove: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Take a department away; what names it keeps it.",
    discussion: "Example: coreflow department remove EXP")

  @Argument(help: "Which: a code or a name.")
  var department: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let row = try await seat.department(department)
    try await seat.perform(RemoveDepartment(row.id))
    try Output(to: surroundings, output).say("Removed the department \(row.code).")
  }
}

struct DepartmentRestore: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Bring back a department that was taken away.",
    discussion: """
      Example: coreflow department restore EXP
      They are listed by: coreflow department list --deleted
      """)

  @Argument(help: "Which: a code or a name. Of several the one that was taken away last.")
  var department: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let row = try await seat.fetch(DeletedDepartments()).called(department.trimmed, .department)
    try await seat.perform(RestoreDepartment(row.id))
    try Output(to: surroundings, output).say("The department \(row.key) is back.")
  }
}
