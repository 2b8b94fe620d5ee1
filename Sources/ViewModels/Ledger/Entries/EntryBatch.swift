import Domain
import Operations
import Phrases

/// A step of the lifecycle taken with every marked entry.
struct EntryBatch {
  let step: EntryAction
  /// `Post`.
  let verb: Phrase
  /// Takes the step with one entry, for the reason that was given where one is asked for.
  let take: (EntryHead, String) async throws -> BatchTaken

  /// The steps that many entries can be taken through at once.
  init?(_ step: EntryAction, at desk: Desk) {
    let (workspace, principal) = (desk.workspace, desk.principal)
    self.step = step
    switch step {
    case .submit:
      verb = "Submit"
      take = { head, _ in
        let submitted = try await workspace.perform(SubmitEntry(head.id), as: principal)
        return BatchTaken(remark: submitted.overBudget.words(of: head))
      }
    case .post:
      verb = "Post"
      take = { head, _ in
        let posted = try await workspace.perform(PostEntry(head.id), as: principal)
        return BatchTaken(number: posted.number, remark: posted.overBudget.words(of: head))
      }
    case .approve:
      verb = "Approve"
      take = { head, _ in
        try await workspace.perform(ApproveEntry(head.id), as: principal).taken(head.name)
      }
    case .discard:
      verb = "Discard"
      take = { head, _ in
        try await workspace.perform(DiscardEntry(head.id), as: principal)
        return BatchTaken()
      }
    case .void:
      verb = "Void"
      take = { head, reason in
        try await workspace.perform(VoidEntry(head.id, reason: reason), as: principal)
        return BatchTaken()
      }
    case .edit, .withdraw, .reject, .recall, .reverse: return nil
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
    let title: Phrase = "\(verb) \(able.count.grouped) entries, \(desk.text(total)) in all?"
    let body: Phrase = .joined(["\(names(of: able)).", left])
    func run(_ reason: String) -> [Effect] {
      Batch(
        verb: verb, things: "entries", name: { Phrase(verbatim: $0.name) },
        take: { [take] in try await take($0, reason) }
      ).run(able, at: desk, done: done)
    }
    guard step == .void else {
      return desk.confirm(title, body: body, verb: verb, amount: total) { run("") }
    }
    return desk.askWhy(
      title: title, body: .joined([body, EntryActions.whatVoidingDoes]), confirm: verb,
      least: VoidEntry.leastReason, confirmed: run)
  }

  private func names(of heads: [EntryHead]) -> Phrase {
    let most = 6
    let rest = heads.count - most
    let names = heads.prefix(most).map(\.name).joined(separator: ", ")
    return rest > 0 ? "\(names) and \(rest.grouped) more" : Phrase(verbatim: names)
  }
}

extension [OverBudget] {
  fileprivate func words(of head: EntryHead) -> Phrase? {
    isEmpty ? nil : "\(head.name): \(Phrase.joined(map(\.words)))"
  }
}

extension ApproveEntry.Outcome {
  /// With a remark where the entry still needs somebody.
  fileprivate func taken(_ name: String) -> BatchTaken {
    switch self {
    case .posted(let number): BatchTaken(number: number)
    case .approved: BatchTaken()
    case .awaits, .notPosted: BatchTaken(remark: words(of: name))
    }
  }
}
