import Domain
import Operations
import Phrases

/// A step of the lifecycle taken with every marked entry, each in a transaction of its own: one that
/// is refused holds up no other, says why, and stays marked.
struct EntryBatch {
  let step: EntryAction
  /// `Post`.
  let verb: Phrase
  /// Takes the step with one entry; what is said of it where that isn't the same for all.
  let take: (EntryHead) async throws -> Phrase?

  /// The steps that many entries can be taken through at once.
  init?(_ step: EntryAction, at desk: Desk) {
    let (workspace, principal) = (desk.workspace, desk.principal)
    self.step = step
    switch step {
    case .submit:
      verb = "Submit"
      take = {
        _ = try await workspace.perform(SubmitEntry($0.id), as: principal)
        return nil
      }
    case .post:
      verb = "Post"
      take = {
        _ = try await workspace.perform(PostEntry($0.id), as: principal)
        return nil
      }
    case .approve:
      verb = "Approve"
      take = {
        try await workspace.perform(ApproveEntry($0.id), as: principal).unfinished(of: $0.name)
      }
    case .discard:
      verb = "Discard"
      take = {
        try await workspace.perform(DiscardEntry($0.id), as: principal)
        return nil
      }
    case .edit, .withdraw, .reject, .recall, .void, .reverse: return nil
    }
  }

  /// What was taken and what wasn't, with what is to be said of it.
  private struct Report {
    var taken: [ID<Entry>] = []
    var remarks: [Phrase] = []
    var isCancelled = false
  }

  /// Asks once for all of `heads` that are far enough, and names them. `done` gets those that were
  /// taken.
  func ask(
    of heads: [EntryHead], at desk: Desk, done: @escaping ([ID<Entry>]) -> Void
  ) -> [Effect] {
    let able = heads.filter { EntryLifecycle.transition(step, from: $0.status) != nil }
    let others = heads.count - able.count
    guard !able.isEmpty else {
      desk.navigator.tell(.notice, "None of the \(heads.count.grouped) marked can be: \(verb).")
      return []
    }
    // A sum larger than books can hold is confirmed like the largest.
    let total = (try? able.map(\.total).total()) ?? Money(minorUnits: .max)
    let left: Phrase =
      others == 0 ? .empty : "Of the marked, \(others.grouped) are not that far."
    return desk.confirm(
      "\(verb) \(able.count.grouped) entries, \(desk.text(total)) in all?",
      body: .joined(["\(names(of: able)).", left]), verb: verb, amount: total
    ) { run(able, at: desk, done: done) }
  }

  private func names(of heads: [EntryHead]) -> Phrase {
    let most = 6
    let rest = heads.count - most
    let names = heads.prefix(most).map(\.name).joined(separator: ", ")
    return rest > 0 ? "\(names) and \(rest.grouped) more" : Phrase(verbatim: names)
  }

  private func run(
    _ heads: [EntryHead], at desk: Desk, done: @escaping ([ID<Entry>]) -> Void
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
            let remark = try await take(head)
            report.taken.append(head.id)
            if let remark { report.remarks.append(remark) }
          } catch is CancellationError {
            report.isCancelled = true
            break
          } catch Refusal.sessionEnded {
            throw Refusal.sessionEnded
          } catch {
            report.remarks.append("\(head.name): \(UserMessage(error).phrase)")
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
    let why: Phrase =
      report.remarks.isEmpty ? .empty : "Alt-M says why not, or what is left to do."
    let end: Phrase = report.isCancelled ? "Cancelled: the others are as they were." : .empty
    desk.navigator.tell(
      isWhole ? .done : .notice,
      .joined([
        "\(verb): \(report.taken.count.grouped) of \(count.grouped) entries.", end, why,
      ]))
  }
}

extension ApproveEntry.Outcome {
  /// Nil where the entry needs nobody any more.
  fileprivate func unfinished(of name: String) -> Phrase? {
    switch self {
    case .approved, .posted: nil
    case .awaits, .notPosted: words(of: name)
    }
  }
}
