import Domain
import Operations

/// A step of the lifecycle taken with every marked entry, each in a transaction of its own: one that
/// is refused holds up no other, says why, and stays marked.
struct EntryBatch {
  let step: EntryAction
  /// `Post`.
  let verb: String
  /// Takes the step with one entry; what is said of it where that isn't the same for all.
  let take: (ID<Entry>) async throws -> String?

  /// The steps that many entries can be taken through at once.
  init?(_ step: EntryAction, at desk: Desk) {
    let (workspace, principal) = (desk.workspace, desk.principal)
    self.step = step
    switch step {
    case .submit:
      verb = "Submit"
      take = {
        _ = try await workspace.perform(SubmitEntry($0), as: principal)
        return nil
      }
    case .post:
      verb = "Post"
      take = {
        _ = try await workspace.perform(PostEntry($0), as: principal)
        return nil
      }
    case .approve:
      verb = "Approve"
      take = { try await workspace.perform(ApproveEntry($0), as: principal).unfinished }
    case .discard:
      verb = "Discard"
      take = {
        try await workspace.perform(DiscardEntry($0), as: principal)
        return nil
      }
    case .edit, .withdraw, .reject, .recall, .void, .reverse: return nil
    }
  }

  /// What was taken and what wasn't, with what is to be said of it.
  private struct Report {
    var taken: [ID<Entry>] = []
    var remarks: [String] = []
    var isCancelled = false
  }

  /// Asks once for all of `heads` that are far enough, and names them. `done` gets those that were
  /// taken.
  func ask(
    of heads: [JournalPage.Row], at desk: Desk, done: @escaping ([ID<Entry>]) -> Void
  ) -> [Effect] {
    let able = heads.filter { EntryLifecycle.transition(step, from: $0.status) != nil }
    let others = heads.count - able.count
    guard !able.isEmpty else {
      desk.navigator.tell(.notice, "None of the \(heads.count.grouped) marked can be: \(verb).")
      return []
    }
    // A sum larger than books can hold is confirmed like the largest.
    let total = (try? able.map(\.total).total()) ?? Money(minorUnits: .max)
    let left = others == 0 ? "" : " Of the marked, \(others.grouped) are not that far."
    return desk.confirm(
      "\(verb) \(able.count.grouped) entries, \(desk.text(total)) in all?",
      body: names(of: able) + "." + left, verb: verb, amount: total
    ) { run(able, at: desk, done: done) }
  }

  private func names(of heads: [JournalPage.Row]) -> String {
    let most = 6
    let rest = heads.count - most
    return heads.prefix(most).map(\.name).joined(separator: ", ")
      + (rest > 0 ? " and \(rest.grouped) more" : "")
  }

  private func run(
    _ heads: [JournalPage.Row], at desk: Desk, done: @escaping ([ID<Entry>]) -> Void
  ) -> [Effect] {
    let progress = WorkProgress(of: heads.count)
    return [
      desk.navigator.attempt("\(verb) \(heads.count.grouped) entries", progress: progress) {
        var report = Report()
        for head in heads {
          // What is done stays done, so stopping is told rather than thrown.
          report.isCancelled = Task.isCancelled
          if report.isCancelled { break }
          do {
            let remark = try await take(head.id)
            report.taken.append(head.id)
            if let remark { report.remarks.append("\(head.name) \(remark)") }
          } catch is CancellationError {
            report.isCancelled = true
            break
          } catch Refusal.sessionEnded {
            throw Refusal.sessionEnded
          } catch {
            report.remarks.append("\(head.name): \(UserMessage(error).text)")
          }
          progress.advance()
        }
        return report
      } then: { report in
        done(report.taken)
        tell(report, of: heads.count, to: desk)
        return desk.navigator.top?.load() ?? []
      }
    ]
  }

  private func tell(_ report: Report, of count: Int, to desk: Desk) {
    for remark in report.remarks { desk.navigator.tell(.notice, remark) }
    let isWhole = report.taken.count == count && report.remarks.isEmpty
    let why = report.remarks.isEmpty ? "" : " Alt-M says why not, or what is left to do."
    let end = report.isCancelled ? " Cancelled: the others are as they were." : ""
    desk.navigator.tell(
      isWhole ? .done : .notice,
      "\(verb): \(report.taken.count.grouped) of \(count.grouped) entries.\(end)\(why)")
  }
}

extension ApproveEntry.Outcome {
  /// Nil where the entry needs nobody any more.
  fileprivate var unfinished: String? {
    switch self {
    case .approved, .posted: nil
    case .awaits, .notPosted: words
    }
  }
}
