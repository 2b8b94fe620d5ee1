import Domain
import Operations
import Phrases

/// A step of the lifecycle taken with every marked entry.
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
    ) {
      Batch(
        verb: verb, things: "entries", name: { Phrase(verbatim: $0.name) }, take: take
      ).run(able, at: desk, done: done)
    }
  }

  private func names(of heads: [EntryHead]) -> Phrase {
    let most = 6
    let rest = heads.count - most
    let names = heads.prefix(most).map(\.name).joined(separator: ", ")
    return rest > 0 ? "\(names) and \(rest.grouped) more" : Phrase(verbatim: names)
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
