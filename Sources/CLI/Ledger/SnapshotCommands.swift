import ArgumentParser
import Domain
import Operations

struct ReportSnapshotGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot", abstract: "Trial balances as they were handed out, for ever.",
    subcommands: [SnapshotTake.self, SnapshotList.self, SnapshotShow.self, SnapshotVerify.self])
}

struct SnapshotTake: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "take", abstract: "Keep a trial balance of the whole business as it is.",
    discussion: """
      Example: coreflow report snapshot take --period 2026-06 --basis adjusted
      It is a roll-forward of the days that are given; of the fiscal year up to --as-of, or to today,
      where none are. What is kept has a SHA-256 that proves it.
      """)

  @Option(help: "The last day that counts, of the fiscal year that holds it.")
  var asOf: String?

  @OptionGroup var span: SpanOptions

  @Option(help: "unadjusted, adjusted (without the year's closing), post-closing.")
  var basis = LedgerScope.Basis.postClosing

  @Option(help: "base, or transaction: each currency's own amounts.")
  var currency = TrialBalanceReport.Currency.base

  @Option(help: "As the books stood then: at the end of a day, or at 2026-07-05T17:00:00Z.")
  var knownAt: String?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard asOf == nil || !span.areGiven else {
      throw ValidationError("Give either --as-of or a range of days")
    }
  }

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let day = try asOf.map(seat.day)
    let given = try await span.span(in: seat)
    let days = day.map { StatementReport.Span.year(to: $0) } ?? given
    let taken = try await seat.perform(
      TakeSnapshot(days, basis, currency: currency, knownAt: knownAt.map(seat.moment)))
    try Output(to: surroundings, output).show(
      Table(["id", "sha256"], [[.text(String(taken.id.value)), .text(taken.sha256)]]),
      json: ["id": .id(taken.id.value), "sha256": .string(taken.sha256)],
      text: "Kept as snapshot \(taken.id.value), SHA-256 \(taken.sha256).\n")
  }
}

struct SnapshotList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the trial balances that were kept.",
    discussion: "Example: coreflow report snapshot list")

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: ReportOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let (rows, footing) = try await seat.report(Snapshots())
    let table = Table(
      [
        "id", "from", "as_of", "known_at", "basis", "currency", "run", "total_debit",
        "total_credit", "taken_by", "taken_at", "superseded_at", "audit_sequence", "sha256",
      ],
      rows.map {
        [
          .text(String($0.id.value)), .text($0.from.text), .text($0.asOf.text),
          .optional($0.knownAt?.text), .text($0.basis.rawValue), .text($0.currency.rawValue),
          .count($0.run), seat.amount($0.totalDebit), seat.amount($0.totalCredit),
          .optional($0.takenBy), .text($0.takenAt.text), .optional($0.supersededAt?.text),
          .count(Int($0.auditSequence)), .text($0.sha256),
        ]
      })
    try Output(to: surroundings, output).report(
      Report(
        title: "Snapshots", heading: "Snapshots of \(seat.place.businessName)", sheet: table,
        table: table, json: ["items": .array(table.json), "next": .null], footing: footing))
  }
}

struct SnapshotShow: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the rows of a trial balance that was kept.",
    discussion: """
      Example: coreflow report snapshot show 1 --format csv
      With --in every row is translated at one rate; what proves it is of the rows as they were kept.
      """)

  @Argument(help: "Its number, as report snapshot list shows it.")
  var snapshot: Int64

  @OptionGroup var translation: TranslationOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: ReportOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let (detail, footing) = try await seat.report(SnapshotDetail(ID(snapshot)))
    let head = detail.head
    guard self.translation.currency == nil || head.currency == .base else {
      throw ValidationError("Only amounts in the base currency are translated: leave --in out")
    }
    let translation = try await translation.translation(on: head.asOf, at: seat)
    let table = Table(
      ["number", "account", "currency", "opening", "debit", "credit", "closing"],
      try detail.lines.map { line -> [Table.Cell] in
        let exponent = detail.exponents[line.currency] ?? 2
        let earlier = FinancialStatement.Item.earlierEarnings.title
        return try [
          .text(line.number), .text(line.account == nil ? earlier : line.name),
          .text(translation.code(line.currency)),
          translation.amount(line.opening, exponent: exponent),
          translation.side(line.debit, exponent: exponent),
          translation.side(line.credit, exponent: exponent),
          translation.amount(line.closing, exponent: exponent),
        ]
      })
    let fields = [
      JSON.Field("id", .id(head.id.value)), JSON.Field("from", .string(head.from.text)),
      JSON.Field("as_of", .string(head.asOf.text)),
      JSON.Field("known_at", .text(head.knownAt?.text)),
      JSON.Field("basis", .string(head.basis.rawValue)),
      JSON.Field("currency", .string(head.currency.rawValue)),
      JSON.Field("taken_by", .text(head.takenBy)),
      JSON.Field("taken_at", .string(head.takenAt.text)),
      JSON.Field("superseded_at", .text(head.supersededAt?.text)),
      JSON.Field("audit_sequence", .integer(head.auditSequence)),
      JSON.Field("sha256", .string(head.sha256)), JSON.Field("lines", .array(table.json)),
    ]
    try Output(to: surroundings, output).report(
      Report(
        title: "Snapshot", heading: head.heading(of: seat.place.businessName) + translation.label,
        sheet: table, table: table, json: .object(fields + translation.json), footing: footing))
  }
}

extension Snapshots.Row {
  /// With what proves it, as it rests on its own place in the log.
  fileprivate func heading(of business: String) -> String {
    "Snapshot \(id.value) of \(business) from \(from.text) to \(asOf.text), \(basis.rawValue)"
      + (knownAt.map { ", known at \($0.text)" } ?? "")
      + ", taken at \(takenAt.text) up to record \(auditSequence)"
      + (supersededAt.map { ", reopened since \($0.text)" } ?? "") + ", SHA-256 \(sha256)"
  }
}

struct SnapshotVerify: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Prove that a kept trial balance is what was reported then.",
    discussion: """
      Example: coreflow report snapshot verify 1
      Its rows must have the SHA-256 that was kept, and so must the same report of what was known
      then, run again. Exits with 4 where either hasn't.
      """)

  @Argument(help: "Its number, as report snapshot list shows it.")
  var snapshot: Int64

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let verdict = try await Seat(options, in: surroundings).fetch(VerifySnapshot(ID(snapshot)))
    let table = Table(
      ["proof", "sha256", "ok"],
      [
        [.text("kept"), .text(verdict.head.sha256), .flag(true)],
        [.text("rows"), .text(verdict.keptHash), .flag(verdict.isIntact)],
        [.text("report"), .text(verdict.reportedHash), .flag(verdict.isReproduced)],
      ])
    let faults = [verdict.isIntact, verdict.isReproduced].filter { !$0 }.count
    var words = table.text
    if !verdict.differences.isEmpty {
      words += "Different: \(verdict.differences.joined(separator: ", "))\n"
    }
    if verdict.postedSince > 0 { words += "Entries posted since: \(verdict.postedSince)\n" }
    try Output(to: surroundings, output).show(
      table,
      json: [
        "id": .id(snapshot), "ok": .bool(faults == 0), "intact": .bool(verdict.isIntact),
        "reproduced": .bool(verdict.isReproduced), "sha256": .string(verdict.head.sha256),
        "kept_sha256": .string(verdict.keptHash),
        "reported_sha256": .string(verdict.reportedHash),
        "differences": .array(verdict.differences.map(JSON.string)),
        "posted_since": .integer(Int64(verdict.postedSince)),
      ], text: words)
    if faults > 0 { throw Failure.findings(count: faults) }
  }
}
