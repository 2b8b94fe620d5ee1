import Domain
import Interchange

/// What a command says: a table, a document or a sentence, in the format that was asked for.
struct Output {
  private static let pieceBytes = 1 << 16
  private let surroundings: Surroundings
  private let format: ReportFormat
  private let guardsFormulas: Bool

  init(to surroundings: Surroundings, _ options: OutputOptions? = nil) {
    self.surroundings = surroundings
    format = ReportFormat(options?.format ?? .text)
    guardsFormulas = options?.raw != true
  }

  init(to surroundings: Surroundings, _ options: ReportOptions) {
    self.surroundings = surroundings
    format = options.format
    guardsFormulas = !options.raw
  }

  /// With its notices beside it too, where nothing but the report itself is read.
  func report(_ report: Report) throws { try self.report(report.streamed) }

  func report(_ report: StreamedReport) throws {
    for notice in report.notices { warn(notice) }
    switch format {
    case .text:
      try stream(TerminalText.lines) { write in
        if let text = report.onScreen { return try write(text) }
        try report.printout.text(to: write)
      }
    case .html: try stream(TerminalText.lines, report.printout.html)
    case .paged: try stream(TerminalText.pages, report.printout.pages)
    case .csv:
      try stream(TerminalText.csv) { write in
        try write(report.columns.csvHeader(guarding: guardsFormulas))
        try report.rows { try write($0.csv(guarding: guardsFormulas)) }
      }
    case .json:
      try stream(TerminalText.json) { write in
        try report.json(write)
        try write("\n")
      }
    }
  }

  /// All rows that there are; as JSON `{"items":[…],"next":null}`, like a page.
  func list(_ table: Table) throws { try page(table, next: nil) }

  /// One page of many rows; a person is told how to see the next.
  func page(_ table: Table, items: [JSON]? = nil, text: Table? = nil, next: String?) throws {
    try show(
      table, json: ["items": .array(items ?? table.json), "next": .text(next)],
      text: (text ?? table).text)
    if let next { warn("There are more. Go on with: --after \(next)") }
  }

  /// The same thing three ways.
  func show(_ table: Table, json: JSON, text: String) throws {
    switch format {
    // Only reports come for paper, and those by `report`.
    case .text, .html, .paged: try print(text, TerminalText.lines)
    case .csv: try print(table.csv(guarding: guardsFormulas), TerminalText.csv)
    case .json: try print(json.text + "\n", TerminalText.json)
    }
  }

  /// A sentence to the person, whatever the format.
  func say(_ sentence: String) throws { try print(sentence + "\n", TerminalText.lines) }

  /// Something that the person should know, beside what was asked for; scripts don't read it.
  func warn(_ sentence: String) { complain(sentence) }

  /// One line on standard error.
  func complain(_ sentence: String) {
    // If even that can't be written there is nobody left to tell; the exit status still says it.
    try? surroundings.write(.error, TerminalText.line(sentence) + "\n")
  }

  /// What `--help` asked for; gives the exit status.
  func help(_ text: String) -> Int32 {
    do {
      try surroundings.write(.output, text + "\n")
      return 0
    } catch {
      return ExitStatus.refused.rawValue
    }
  }

  /// Sends on what `body` writes as it comes, in pieces of about `pieceBytes`.
  private func stream(
    _ harmless: @escaping (String) -> String,
    _ body: (StreamedReport.Write) throws -> Void
  ) throws {
    var piece = ""
    try body { text in
      piece += text
      guard piece.utf8.count >= Self.pieceBytes else { return }
      try print(piece, harmless)
      piece = ""
    }
    try print(piece, harmless)
  }

  private func print(_ text: String, _ harmless: (String) -> String) throws {
    try surroundings.write(.output, surroundings.isTerminal(.output) ? harmless(text) : text)
  }
}
