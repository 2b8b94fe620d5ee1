import ArgumentParser
import Domain
import Operations

struct AccessReviewGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Look through what everybody may do, line by line.",
    subcommands: [
      ReviewStart.self, ReviewList.self, ReviewShow.self, ReviewDecide.self, ReviewSignOff.self,
    ])
}

struct ReviewStart: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Write down what everybody may do now.",
    discussion: "Example: coreflow access review start \"Fourth quarter\"")

  @Argument(help: "What it is called.")
  var title: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let id = try await Seat(options, in: surroundings).perform(StartAccessReview(title.trimmed))
    try Output(to: surroundings, output).show(
      Table(["id"], [[.text(String(id.value))]]), json: ["id": .id(id.value)],
      text: "Started. To see its lines: coreflow access review show \(id.value)\n")
  }
}

struct ReviewList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the reviews there were.",
    discussion: "Example: coreflow access review list")

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let rows = try await Seat(options, in: surroundings).fetch(AccessReviews())
    try Output(to: surroundings, output).list(
      Table(
        [
          "id", "title", "started_by", "started_at", "lines", "undecided", "signed_by",
          "signed_at",
        ],
        rows.map {
          [
            .text(String($0.id.value)), .text($0.title), .text($0.startedBy),
            .text($0.startedAt.text), .count($0.lines), .count($0.undecided),
            .optional($0.signedBy), .optional($0.signedAt?.text),
          ]
        }))
  }
}

struct ReviewShow: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a review, and what of it is still to be done.",
    discussion: """
      Example: coreflow access review show 1
      What is to be revoked is open until its own command has taken it away. Exits with 4 where the
      review isn't what was signed any more.
      """)

  @Argument(help: "Its number, as access review list shows it.")
  var review: Int64

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let detail = try await Seat(options, in: surroundings).fetch(AccessReviewDetail(ID(review)))
    let table = Table(
      ["line", "person", "kind", "what", "decision", "decided_by", "comment", "state"],
      detail.lines.map {
        [
          .count($0.number), .optional($0.person), .text($0.kind), .text($0.description),
          .optional($0.decision), .optional($0.decidedBy), .text($0.comment), .text($0.state),
        ]
      })
    let seal = detail.isIntact.map { $0 ? "As it was signed." : "Not as it was signed!" }
    try Output(to: surroundings, output).show(
      table,
      json: [
        "title": .string(detail.title), "lines": .array(table.json),
        "digest": .text(detail.digest),
        "intact": detail.isIntact.map(JSON.bool) ?? .null,
      ],
      text: "\(detail.title)\n\(table.text)\(seal ?? "Not signed yet.")\n")
    if detail.isIntact == false { throw Failure.findings(count: 1) }
  }
}

extension AccessReviewDetail.Line {
  /// `to revoke` until it is gone.
  fileprivate var state: String {
    if isGone { return "gone" }
    return decision == "revoke" ? "to revoke" : "in force"
  }
}

extension DecideReviewLine.Decision: ExpressibleByArgument {}

struct ReviewDecide: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "decide", abstract: "Say of a line about somebody else that it stays or must go.",
    discussion: "Example: coreflow access review decide 1 7 revoke --comment \"Left the team\"")

  @Argument(help: "The review.")
  var review: Int64

  @Argument(help: "The line.")
  var line: Int

  @Argument(help: "keep or revoke.")
  var decision: DecideReviewLine.Decision

  @Option(help: "Why.")
  var comment = ""

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    try await Seat(options, in: surroundings).perform(
      DecideReviewLine(decision, line: line, of: ID(review), comment: comment.trimmed))
    try Output(to: surroundings, output).say("Line \(line): \(decision.rawValue).")
  }
}

struct ReviewSignOff: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "sign-off", abstract: "Sign a review of which every line is decided.",
    discussion: "Example: coreflow access review sign-off 1")

  @Argument(help: "The review.")
  var review: Int64

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    try await Seat(options, in: surroundings).perform(SignReview(ID(review)))
    try Output(to: surroundings, output).say("Signed review \(review).")
  }
}
