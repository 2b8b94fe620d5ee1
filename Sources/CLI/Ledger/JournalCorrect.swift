import ArgumentParser
import Domain
import Operations

struct JournalCorrect: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "correct",
    abstract: "Take a posted entry back and book it as it should have been; both stay.",
    discussion: """
      Example: coreflow journal correct GJ-2026-000123 6210 1,250.00 1120 --reason "Wrong rent"
      What isn't named is as in the original; with nothing named the whole entry is read from
      standard input as a JSON document. Its day is the original's where that is still open, else
      the first that is. Where either of the two needs approval, both are submitted.
      """)

  @Argument(help: ArgumentHelp("The entry: GJ-2026-000123.", valueName: "entry"))
  var name: String

  @OptionGroup var entry: EntryOptions
  @OptionGroup var why: ReasonOption

  @Flag(help: "The lines are what it is out by: it stays, and they are added.")
  var difference = false

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard entry.type == nil, entry.reverseOn == nil else {
      throw ValidationError("A correction is of its own type; leave out --type and --reverse-on")
    }
    guard !difference || entry.isEmpty || !entry.lines.isEmpty else {
      throw ValidationError("With --difference, say which lines to add")
    }
  }

  func run(in surroundings: Surroundings) async throws {
    guard !entry.isEmpty || !surroundings.isTerminal(.input) else {
      throw ValidationError("Say what it should have been, such as: 6210 1,250.00 1120")
    }
    let document = entry.isEmpty ? try EntryDocument(surroundings.readInput()) : nil
    let seat = try await Seat(options, in: surroundings)
    let desk = try await EntryDesk(seat)
    let id = try await seat.entry(name)
    var content = try await seat.fetch(EntryToCorrect(id))
    let original = content.lines
    if let document { content = try document.content(at: desk) }
    try await entry.apply(to: &content, at: desk)
    if document == nil, !difference { content.lines.takeWhatIsSaid(of: original) }
    // Lines that nobody names anew stay as they are.
    if entry.department == nil, document != nil || !entry.lines.isEmpty {
      content.lines = desk.placed(content)
    }
    let outcome = try await seat.perform(
      CorrectEntry(
        id, by: content, as: difference ? .difference : .replacement, reason: why.reason.trimmed))
    try await answer(outcome, of: content.date, at: seat).show(Output(to: surroundings, output))
  }

  private func answer(
    _ outcome: CorrectEntry.Outcome, of day: Day, at seat: Seat
  ) async throws -> EntryAnswer {
    let correction = outcome.correction
    func answer(_ sentence: String) -> EntryAnswer {
      EntryAnswer(correction.name, correction.status, sentence, correction.overBudget)
    }
    switch outcome.reversal {
    case nil: return answer(correction.sentence)
    case .posted(_, let number):
      return answer(
        "Reversed by \(number) and booked anew as \(correction.name) of \(day.text).")
    case .submitted(let reversal, _):
      let name = try await seat.fetch(EntryDetail(reversal)).head.name
      return answer("The reversal \(name) and the correction \(correction.name) wait for approval.")
    }
  }
}

extension [LineContent] {
  /// Pairs of accounts and amounts say no more than that: whose department and project a line is, and
  /// whom it is with, is as in the one line of the account that stood there; how much tax and how
  /// much of anything it is, only where it is of the same amount.
  fileprivate mutating func takeWhatIsSaid(of original: [LineContent]) {
    for index in indices {
      let alike = original.filter { $0.account == self[index].account }
      guard let line = alike.first, alike.count == 1,
        count(where: { $0.account == line.account }) == 1
      else { continue }
      if self[index].department == nil { self[index].department = line.department }
      if self[index].project.isEmpty { self[index].project = line.project }
      if self[index].counterparty.isEmpty { self[index].counterparty = line.counterparty }
      if self[index].reference.isEmpty { self[index].reference = line.reference }
      if self[index].tags == "[]" { self[index].tags = line.tags }
      if self[index].particulars == LineParticulars() {
        let isOfSame =
          self[index].amount == line.amount && self[index].currency == line.currency
        self[index].particulars =
          isOfSame ? line.particulars : line.particulars.withoutFigures
      }
    }
  }
}
