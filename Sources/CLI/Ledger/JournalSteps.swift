import ArgumentParser
import Domain
import Operations

struct JournalSubmit: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "submit", abstract: "Submit drafts for approval.",
    discussion: "Example: coreflow journal submit D-31 D-32")

  @OptionGroup var entries: EntryArguments
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    try await entries.take("Submitted", at: seat, Output(to: surroundings, output)) { entry, name in
      let submitted = try await seat.perform(SubmitEntry(entry))
      var answer = EntryAnswer(
        name, .pendingApproval, "\(name) waits for approval by \(Role.anyOf(submitted.roles)).",
        submitted.overBudget)
      answer.warn(of: submitted.warning)
      return answer
    }
  }
}

struct JournalApprove: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Approve a submitted entry; the last approval that it needs posts it.",
    discussion: "Example: coreflow journal approve D-31")

  @OptionGroup var entry: EntryArgument
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let outcome = try await seat.perform(ApproveEntry(seat.entry(entry.name)))
    try Self.answer(entry.name.trimmed.uppercased(), outcome)
      .show(Output(to: surroundings, output))
  }

  private static func answer(_ name: String, _ outcome: ApproveEntry.Outcome) -> EntryAnswer {
    switch outcome {
    case .awaits(let roles):
      return EntryAnswer(
        name, .pendingApproval,
        "Approved \(name); it still waits for approval by \(Role.anyOf(roles)).")
    case .approved: return EntryAnswer(name, .approved, "Approved \(name).")
    case .posted(let number):
      return EntryAnswer(number, .posted, "Approved \(name) and posted it as \(number).")
    case .notPosted(let refusal):
      var answer = EntryAnswer(name, .approved, "Approved \(name). It isn't posted yet.")
      answer.warnings = [UserMessage(refusal).text]
      return answer
    }
  }
}

/// Why, where the audit log must know.
struct ReasonOption: ParsableArguments {
  @Option(help: "Why: it is kept with the entry.")
  var reason: String
}

struct JournalReject: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "reject", abstract: "Send a submitted entry back to whoever made it.",
    discussion: "Example: coreflow journal reject D-31 --reason \"The receipt is missing\"")

  @OptionGroup var entry: EntryArgument
  @OptionGroup var why: ReasonOption
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    try await seat.perform(RejectEntry(seat.entry(entry.name), reason: why.reason.trimmed))
    let name = entry.name.trimmed.uppercased()
    try EntryAnswer(name, .draft, "Rejected \(name); it is a draft again.")
      .show(Output(to: surroundings, output))
  }
}

struct JournalWithdraw: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "Take back an entry that waits for approval.",
    discussion: "Example: coreflow journal withdraw D-31")

  @OptionGroup var entry: EntryArgument
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    try await seat.perform(WithdrawEntry(seat.entry(entry.name)))
    try EntryAnswer(draftAgain: entry).show(Output(to: surroundings, output))
  }
}

struct JournalRecall: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "recall", abstract: "Take back an approved entry that isn't posted.",
    discussion: "Example: coreflow journal recall D-31")

  @OptionGroup var entry: EntryArgument
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    try await seat.perform(RecallEntry(seat.entry(entry.name)))
    try EntryAnswer(draftAgain: entry).show(Output(to: surroundings, output))
  }
}

extension EntryAnswer {
  fileprivate init(draftAgain entry: EntryArgument) {
    let name = entry.name.trimmed.uppercased()
    self.init(name, .draft, "\(name) is a draft again.")
  }
}

struct JournalPost: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "post", abstract: "Post entries that are approved or need no approval.",
    discussion: "Example: coreflow journal post D-31 D-32")

  @OptionGroup var entries: EntryArguments
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    try await entries.take("Posted", at: seat, Output(to: surroundings, output)) { entry, _ in
      let posted = try await seat.perform(PostEntry(entry))
      return EntryAnswer(
        posted.number, .posted, "Posted as \(posted.number).", posted.overBudget)
    }
  }
}

struct JournalReverse: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "reverse", abstract: "Take a posted entry back by its mirror image; both stay.",
    discussion: "Example: coreflow journal reverse GJ-2026-000123 --reason \"Booked twice\"")

  @OptionGroup var entry: EntryArgument
  @OptionGroup var why: ReasonOption

  @Option(help: "The reversal's day; today or the next open one if left out.")
  var date: String?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let day = try date.map(seat.day)
    let outcome = try await seat.perform(
      ReverseEntry(seat.entry(entry.name), on: day, reason: why.reason.trimmed))
    try await answer(outcome, seat).show(Output(to: surroundings, output))
  }

  private func answer(_ outcome: ReverseEntry.Outcome, _ seat: Seat) async throws -> EntryAnswer {
    switch outcome {
    case .posted(_, let number):
      return EntryAnswer(number, .posted, "Reversed by \(number).")
    case .submitted(let reversal, let roles):
      let name = try await seat.fetch(EntryDetail(reversal)).head.name
      return EntryAnswer(
        name, .pendingApproval,
        "The reversal \(name) waits for approval by \(Role.anyOf(roles)).")
    }
  }
}

struct JournalDiscard: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "discard", abstract: "Delete a draft of your own that was never submitted.",
    discussion: "Example: coreflow journal discard D-31")

  @OptionGroup var entry: EntryArgument
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    try await seat.perform(DiscardEntry(seat.entry(entry.name)))
    try Output(to: surroundings, output).say("Discarded \(entry.name.trimmed.uppercased()).")
  }
}

struct JournalVoid: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "void", abstract: "Give up for good what isn't posted; it can still be read.",
    discussion: "Example: coreflow journal void D-31 --reason \"Booked by the bank import already\""
  )

  @OptionGroup var entry: EntryArgument
  @OptionGroup var why: ReasonOption
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    try await seat.perform(VoidEntry(seat.entry(entry.name), reason: why.reason.trimmed))
    let name = entry.name.trimmed.uppercased()
    try EntryAnswer(name, .voided, "Voided \(name).").show(Output(to: surroundings, output))
  }
}
