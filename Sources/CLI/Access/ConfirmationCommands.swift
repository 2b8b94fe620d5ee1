import ArgumentParser
import Domain
import Operations
import Phrases

struct ConfirmationGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirmation", abstract: "What waits for a second person.",
    subcommands: [
      ConfirmationList.self, ConfirmationConfirm.self, ConfirmationDecline.self,
      ConfirmationWithdraw.self,
    ])
}

extension Seat {
  /// Does what may be done alone, or asks somebody else to confirm it, and says which.
  func undertake(
    _ act: JointAct, reason: String, done: String, _ output: OutputOptions,
    in surroundings: Surroundings
  ) async throws {
    let outcome = try await perform(RequestConfirmation(act, reason: reason))
    let (status, id, words): (String, Int64?, String) =
      switch outcome {
      case .done: ("done", nil, done)
      case .awaits(let id, let people, let end):
        (
          "requested", id.value,
          """
          Asked for: \(act.phrase.english). Until \(end.text) it can be confirmed by \
          \(people.joined(separator: " or ")), with: coreflow confirmation confirm \(id.value)
          """
        )
      }
    try Output(to: surroundings, output).show(
      Table(["id", "status"], [[.optional(id.map(String.init)), .text(status)]]),
      json: ["id": .id(id), "status": .string(status)], text: words + "\n")
  }
}

struct ConfirmationList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List what waits to be confirmed, yours and what you could.",
    discussion: "Example: coreflow confirmation list")

  @Flag(help: "What was confirmed, declined, withdrawn or left to expire too.")
  var all = false

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let rows = try await Seat(options, in: surroundings).fetch(Confirmations(decidedToo: all))
    try Output(to: surroundings, output).list(
      Table(
        [
          "id", "what", "permission", "reason", "requested_by", "requested_at", "expires_at",
          "status", "decided_by", "decided_at",
        ],
        rows.map {
          [
            .text(String($0.id.value)), .optional($0.act?.phrase.english),
            .text($0.permission.rawValue), .text($0.reason), .text($0.requester),
            .text($0.requestedAt.text), .text($0.expiresAt.text), .text($0.status),
            .optional($0.decider), .optional($0.decidedAt?.text),
          ]
        }))
  }
}

struct ConfirmationConfirm: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm", abstract: "Confirm what somebody else asked for, and so do it.",
    discussion: "Example: coreflow confirmation confirm 3")

  @Argument(help: "Its number, as confirmation list shows it.")
  var request: Int64

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    try await Seat(options, in: surroundings).perform(Confirm(ID(request)))
    try Output(to: surroundings, output).say("Confirmed request \(request), and done.")
  }
}

struct ConfirmationDecline: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "decline", abstract: "Say no to what somebody else asked for.",
    discussion: "Example: coreflow confirmation decline 3 --reason \"The audit isn't over\"")

  @Argument(help: "Its number, as confirmation list shows it.")
  var request: Int64

  @Option(help: "Why.")
  var reason: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    try await Seat(options, in: surroundings).perform(
      DeclineConfirmation(ID(request), reason: reason))
    try Output(to: surroundings, output).say("Declined request \(request).")
  }
}

struct ConfirmationWithdraw: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "Take back what you asked for.",
    discussion: "Example: coreflow confirmation withdraw 3")

  @Argument(help: "Its number, as confirmation list shows it.")
  var request: Int64

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    try await Seat(options, in: surroundings).perform(WithdrawConfirmation(ID(request)))
    try Output(to: surroundings, output).say("Withdrew request \(request).")
  }
}
