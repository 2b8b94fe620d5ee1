import ArgumentParser
import Domain
import Operations
import Phrases

struct JournalAdd: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Enter a journal entry.",
    discussion: """
      Example: coreflow journal add --date today -d "Rent" 6100 1,200.00 1010 --post
      Without lines the entry is read from standard input as a JSON document, in whose place comes
      what is named here; its day is today and its type standard where they aren't said. Its lines
      may say tax_code, tax_amount, quantity and unit too. Without --post or --submit it is kept as
      a draft, which may be unbalanced.
      """)

  @Option(help: "Begin with what this template says; what else is named comes in its place.")
  var template: String?

  @OptionGroup var entry: EntryOptions
  @OptionGroup var ending: EndingOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let isDocument = entry.lines.isEmpty && template == nil
    guard !isDocument || !surroundings.isTerminal(.input) else {
      throw ValidationError("Missing expected argument '<account amount> ...'")
    }
    let document = isDocument ? try EntryDocument(surroundings.readInput()) : nil
    let seat = try await Seat(options, in: surroundings)
    let desk = try await EntryDesk(seat)
    var content =
      if let template { try await seat.template(template).content } else {
        try document?.content(at: desk)
          ?? EntryContent(date: seat.today, description: "", lines: [])
      }
    try await entry.apply(to: &content, at: desk)
    if template != nil, entry.lines.isEmpty { content.lines = try desk.valued(content) }
    if entry.department == nil { content.lines = desk.placed(content) }
    let entered = try await seat.perform(CreateEntry(content, then: ending.ending))
    try EntryAnswer(entered, of: content, baseCurrency: desk.base.code)
      .show(Output(to: surroundings, output))
  }
}

struct JournalEdit: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "edit", abstract: "Change a draft; what isn't named stays as it is.",
    discussion: "Example: coreflow journal edit D-31 -d \"Rent, June\" 6100 1,250.00 1010")

  @Argument(help: ArgumentHelp("The draft: D-31.", valueName: "entry"))
  var name: String

  @OptionGroup var entry: EntryOptions
  @OptionGroup var ending: EndingOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard !entry.isEmpty else { throw ValidationError("Say what to change, such as --date 3") }
  }

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let desk = try await EntryDesk(seat)
    let id = try await seat.entry(name)
    let draft = try await seat.fetch(EntryToEdit(id))
    var content = draft.content
    try await entry.apply(to: &content, at: desk)
    // Lines that nobody names anew stay as they are.
    if entry.department == nil, !entry.lines.isEmpty { content.lines = desk.placed(content) }
    let entered = try await seat.perform(
      EditEntry(id, content: content, version: draft.version, then: ending.ending))
    try EntryAnswer(entered, of: content, baseCurrency: desk.base.code)
      .show(Output(to: surroundings, output))
  }
}

/// What a command answers that wrote an entry or moved it on: its name, its status and what the
/// person should know.
struct EntryAnswer {
  let id: String
  let status: EntryStatus
  let sentence: String
  var warnings: [String] = []

  init(
    _ id: String, _ status: EntryStatus, _ sentence: String, _ overBudget: [OverBudget] = []
  ) {
    self.id = id
    self.status = status
    self.sentence = sentence
    warnings = overBudget.map(\.words.english)
  }

  init(_ entered: EnteredEntry) {
    self.init(entered.name, entered.status, entered.sentence, entered.overBudget)
  }

  init(_ entered: EnteredEntry, of content: EntryContent, baseCurrency: String) throws {
    self.init(entered)
    warn(of: try content.imbalance(baseCurrency: baseCurrency))
    warn(of: entered.warning)
  }

  mutating func warn(of fault: EntryFault?) {
    if let fault { warnings.append(UserMessage.words(fault).english) }
  }

  func show(_ output: Output) throws {
    for warning in warnings { output.warn(warning) }
    try output.show(
      Table(["id", "status"], [[.text(id), .text(status.rawValue)]]),
      json: [
        "id": .string(id), "status": .string(status.rawValue),
        "warnings": .array(warnings.map(JSON.string)),
      ],
      text: sentence + "\n")
  }
}

extension EnteredEntry {
  var status: EntryStatus {
    switch state {
    case .draft, .unproved: .draft
    case .submitted: .pendingApproval
    case .posted: .posted
    }
  }

  /// What became of it, to whoever entered it.
  var sentence: String {
    switch state {
    case .draft: "Kept as the draft \(name)."
    case .unproved: "Kept as the draft \(name), as it lacks a file."
    case .submitted(let roles): "\(name) waits for approval by \(Role.anyOf(roles))."
    case .posted: "Posted as \(name)."
    }
  }
}
