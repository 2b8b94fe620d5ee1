import Domain
import Operations
import Phrases

/// What came of one of many.
struct BatchTaken {
  /// The number that it was given, if it was.
  var number: String?
  /// What is said of it where that isn't the same for all.
  var remark: Phrase?
}

/// Something done with each of many rows, each in a transaction of its own: one that is refused
/// holds up no other, says why, and stays marked.
struct Batch<Row: Listed & Sendable> {
  /// `Post`.
  let verb: Phrase
  /// `entries`.
  let things: Phrase
  let name: (Row) -> Phrase
  /// Does it with one.
  let take: (Row) async throws -> BatchTaken

  /// What was taken and what wasn't, with what is to be said of it.
  private struct Report {
    var taken: [Row.Identity] = []
    var numbers: [String] = []
    var remarks: [Phrase] = []
    var isCancelled = false
  }

  /// `done` gets those that were taken.
  func run(
    _ rows: [Row], at desk: Desk, done: @escaping ([Row.Identity]) -> Void
  ) -> [Effect] {
    let progress = WorkProgress(of: rows.count)
    return [
      desk.navigator.attempt("\(verb) \(rows.count.grouped) \(things)", progress: progress) {
        var report = Report()
        for row in rows {
          // What is done stays done, so stopping is told rather than thrown.
          report.isCancelled = Task.isCancelled
          if report.isCancelled { break }
          do {
            let taken = try await take(row)
            report.taken.append(row.identity)
            if let number = taken.number { report.numbers.append(number) }
            if let remark = taken.remark { report.remarks.append(remark) }
          } catch is CancellationError {
            report.isCancelled = true
            break
          } catch Refusal.sessionEnded {
            throw Refusal.sessionEnded
          } catch {
            report.remarks.append("\(name(row)): \(UserMessage(error).phrase)")
          }
          progress.advance()
        }
        return report
      } then: { report in
        done(report.taken)
        tell(report, of: rows.count, to: desk)
        return desk.navigator.top?.load() ?? []
      }
    ]
  }

  private func tell(_ report: Report, of count: Int, to desk: Desk) {
    for remark in report.remarks { desk.navigator.tell(.notice, remark) }
    let isWhole = report.taken.count == count && report.remarks.isEmpty
    let why: Phrase =
      report.remarks.isEmpty ? .empty : "Alt-M says why not, or what is left to do."
    let numbers = EntryNumber.spans(of: report.numbers)
    let given: Phrase = numbers.isEmpty ? .empty : Phrase(verbatim: "\(numbers).")
    let end: Phrase = report.isCancelled ? "Cancelled: the others are as they were." : .empty
    desk.navigator.tell(
      isWhole ? .done : .notice,
      .joined([
        "\(verb): \(report.taken.count.grouped) of \(count.grouped) \(things).", end, given, why,
      ]))
  }
}
