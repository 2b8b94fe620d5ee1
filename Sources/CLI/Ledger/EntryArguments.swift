import ArgumentParser
import Domain
import Operations

/// The entries that a command is about, one or more.
struct EntryArguments: ParsableArguments {
  @Argument(help: ArgumentHelp("The entries: GJ-2026-000123, or D-31.", valueName: "entry"))
  var names: [String]

  /// What came of one.
  private struct Row {
    let entry: String
    /// What it is called now; nil where it was refused.
    let id: String?
    let status: String
    let message: String
  }

  /// Takes a step with each, in a transaction of its own: what is refused holds up no other, and is
  /// reported with why. One alone is answered as itself. Throws `notAllTaken` after the report.
  func take(
    _ done: String, at seat: Seat, _ output: Output,
    step: (ID<Entry>, String) async throws -> EntryAnswer
  ) async throws {
    let names = names.map { $0.trimmed.uppercased() }
    if names.count == 1 {
      return try await step(seat.entry(names[0]), names[0]).show(output)
    }
    var rows: [Row] = []
    for name in names {
      do {
        let answer = try await step(seat.entry(name), name)
        rows.append(
          Row(
            entry: name, id: answer.id, status: answer.status.rawValue,
            message: ([answer.sentence] + answer.warnings).joined(separator: " ")))
      } catch Refusal.sessionEnded {
        throw Refusal.sessionEnded
      } catch let error where !(error is CancellationError) {
        rows.append(
          Row(entry: name, id: nil, status: "refused", message: UserMessage(error).text))
      }
    }
    try Self.show(rows, done, output)
    let refused = rows.count { $0.id == nil }
    if refused > 0 { throw Failure.notAllTaken(count: refused) }
  }

  private static func show(_ rows: [Row], _ done: String, _ output: Output) throws {
    let table = Table(
      ["entry", "id", "status", "message"],
      rows.map {
        [.text($0.entry), .optional($0.id), .text($0.status), .text($0.message)]
      })
    let taken = rows.compactMap(\.id)
    let numbers = EntryNumber.spans(of: taken)
    try output.show(
      table, json: ["items": .array(table.json)],
      text: table.text + "\(done) \(taken.count) of \(rows.count) entries"
        + (numbers.isEmpty ? ".\n" : ": \(numbers).\n"))
  }
}
