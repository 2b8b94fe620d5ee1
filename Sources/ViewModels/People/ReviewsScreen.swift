import Domain
import Keys
import Operations
package import Phrases

/// Reviews of who may do what, the newest first.
package final class ReviewsScreen: WholeListScreen {
  package static let keymap: [Binding] = [.reviewOpen, .reviewStart] + Binding.lists
  static let listName = "reviews"

  private let desk: Desk
  var list = RowList<AccessReviews.Row>([
    ListColumn("title", "Title", .text(atLeast: 14)) { $0.title },
    ListColumn("start", "Begun", .fixed(16), priority: 1) { $0.startedAt.minute },
    ListColumn("by", "By", .text(atLeast: 10), priority: 3) { $0.startedBy },
    ListColumn("lines", "Lines", .amount, number: { Int64($0.lines) }) { String($0.lines) },
    ListColumn("left", "To decide", .amount, number: { Int64($0.undecided) }) {
      String($0.undecided)
    },
    ListColumn("signed", "Signed", .fixed(16)) { $0.signedAt?.minute ?? "" },
    ListColumn("signer", "Signed by", .text(atLeast: 10), priority: 2) { $0.signedBy ?? "" },
  ])

  init(at desk: Desk) {
    self.desk = desk
    recall()
  }

  package var title: Phrase { "Access reviews" }
  package var section: Section? { .people }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] { readWhole(AccessReviews(), at: desk) }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.reviewOpen, unavailable: list.unavailable) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.navigator.show(ReviewScreen(row, at: self.desk))
      },
      Action(.reviewStart) { [weak self] in self?.start() ?? [] },
    ] + listActions
  }

  private func start() -> [Effect] {
    navigator.ask(
      Dialog(
        title: "Begin a review of who may do what?",
        body: "Every role, limit, grant, list, key and delegation of today becomes a line.",
        confirm: "Begin", field: FieldState("Title", desk.today.text)
      ) { [self] title in
        [
          desk.perform(StartAccessReview(title), "Saving") { [self] _ in
            navigator.tell(.done, "The review \(title) has begun.")
            return load()
          }
        ]
      })
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel(
          "Access reviews", note: .empty,
          empty: desk.absence("Nobody has looked through the rights yet.", .reviewStart) {
            "\($0) begins a review, line by line."
          }
        ) { $0.signedAt == nil ? .plain : .muted })
    ]
  }
}

/// One review, line by line.
package final class ReviewScreen: WholeListScreen {
  package static let keymap: [Binding] =
    [.reviewKeep, .reviewRevoke, .reviewSign] + Binding.lists
  static let listName = "review"

  private let desk: Desk
  private let review: AccessReviews.Row
  /// Nil until it is signed.
  private var isIntact: Bool?
  private var mayKeepOwn = false
  var list = RowList<AccessReviewDetail.Line>([
    ListColumn("number", "#", .amount, priority: 3, number: { Int64($0.number) }) {
      String($0.number)
    },
    ListColumn("person", "Who", .text(atLeast: 12)) { $0.person ?? "" },
    ListColumn("what", "What", .text(atLeast: 18)) { $0.description },
    ListColumn("decision", "Decision", .fixed(12), words: { $0.state }),
    ListColumn("by", "By", .text(atLeast: 10), priority: 2) { $0.decidedBy ?? "" },
    ListColumn("comment", "Comment", .text(atLeast: 10), priority: 1) { $0.comment },
  ])

  init(_ review: AccessReviews.Row, at desk: Desk) {
    self.review = review
    self.desk = desk
    recall()
  }

  package var title: Phrase { Phrase(verbatim: review.title) }
  package var section: Section? { .people }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] {
    [
      read(AccessReviewDetail(review.id), at: desk) { [weak self] detail in
        self?.isIntact = detail.isIntact
        self?.mayKeepOwn = detail.mayKeepOwn
        self?.list.take(detail.lines)
        return []
      }
    ]
  }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      decide(.reviewKeep, unavailable: mayKeepOwn ? nil : own) { [weak self] in
        self?.keep() ?? []
      },
      decide(.reviewRevoke, unavailable: own) { [weak self] in
        self?.revoke() ?? []
      },
      Action(.reviewSign, unavailable: list.unavailable ?? signed ?? undecided) { [weak self] in
        guard let self else { return [] }
        return self.navigator.ask(
          Dialog(
            title: "Sign the review \(self.review.title)?",
            body: "From then on nothing of it changes.", confirm: "Sign"
          ) { _ in self.desk.carryOut(SignReview(self.review.id), "The review is signed.") })
      },
    ] + listActions
  }

  /// With how many lines, where any are marked.
  private func decide(
    _ binding: Binding, unavailable: Phrase? = nil, _ perform: @escaping () -> [Effect]
  ) -> Action {
    let marks = list.view.marks.count
    return Action(
      binding, title: marks == 0 ? binding.title : "\(binding.title) \(marks)",
      unavailable: list.unavailable ?? signed ?? unavailable, perform: perform)
  }

  /// Why the line under the cursor isn't its reader's to decide on; where lines are marked each is
  /// answered by itself.
  private var own: Phrase? {
    list.view.marks.isEmpty && list.selected?.isOwn == true
      ? UserMessage(Refusal.access(.ownRights)).phrase : nil
  }

  private func keep() -> [Effect] {
    guard list.view.marks.isEmpty else {
      return navigator.ask(
        Dialog(
          title: "Keep what is marked?", body: "Lines: \(marked.count.grouped).", confirm: "Keep"
        ) { [self] _ in decide(.keep, "Keep") })
    }
    guard let line = list.selected else { return [] }
    return desk.carryOut(
      DecideReviewLine(.keep, line: line.number, of: review.id), "Line \(line.number) stays.")
  }

  private func revoke() -> [Effect] {
    desk.askWhy(
      title: list.view.marks.isEmpty
        ? "Say that it must go?" : "Say that what is marked must go?",
      body: "It is listed until somebody takes it away by its own command.",
      confirm: "Say so", field: "Comment", least: DecideReviewLine.leastReason
    ) { [self] comment in
      guard list.view.marks.isEmpty else { return decide(.revoke, "Must go", comment) }
      guard let line = list.selected else { return [] }
      return desk.carryOut(
        DecideReviewLine(.revoke, line: line.number, of: review.id, comment: comment),
        "Line \(line.number) must go.")
    }
  }

  private var marked: [AccessReviewDetail.Line] {
    (list.whole ?? []).filter { list.view.marks.contains($0.identity) }
  }

  private func decide(
    _ decision: DecideReviewLine.Decision, _ verb: Phrase, _ comment: String = ""
  ) -> [Effect] {
    let (workspace, principal, review) = (desk.workspace, desk.principal, review.id)
    return Batch<AccessReviewDetail.Line>(
      verb: verb, things: "lines", name: { "Line \($0.number)" }
    ) {
      try await workspace.perform(
        DecideReviewLine(decision, line: $0.number, of: review, comment: comment), as: principal)
      return BatchTaken()
    }.run(marked, at: desk) { [weak self] in self?.list.view.marks.subtract($0) }
  }

  private var signed: Phrase? {
    isIntact == nil ? nil : UserMessage(Refusal.access(.reviewed)).phrase
  }

  private var undecided: Phrase? {
    let left = (list.whole ?? []).filter { $0.decision == nil }
    guard !left.isEmpty else { return nil }
    return !mayKeepOwn && left.allSatisfy(\.isOwn)
      ? "Lines about you wait for somebody else (\(left.count.grouped))."
      : UserMessage(Refusal.access(.linesUndecided(left.count))).phrase
  }

  package var panels: [Panel] {
    [
      .table(
        list.panel(
          "Access review", note: note, empty: "Nobody holds anything."
        ) { $0.decision == nil ? .plain : .muted })
    ] + whole
  }

  /// The line under the cursor, none of it cut.
  private var whole: [Panel] {
    guard let line = list.selected else { return [] }
    return [
      .facts(
        FactsPanel(
          title: "Line \(line.number)",
          facts: [
            "Who": Phrase(verbatim: line.person ?? ""),
            "What": Phrase(verbatim: line.description), "Decision": line.state,
            "By": Phrase(verbatim: line.decidedBy ?? ""),
            "Comment": Phrase(verbatim: line.comment),
          ]))
    ]
  }

  private var note: Phrase {
    switch isIntact {
    case nil: "not signed yet"
    case true?: "signed"
    case false?: "not what was signed any more"
    }
  }
}

nonisolated extension AccessReviews.Row: Listed {
  var identity: ID<AccessReview> { id }
}

nonisolated extension AccessReviewDetail.Line: Listed {
  var identity: Int { number }
}

extension AccessReviewDetail.Line {
  /// What was decided, and whether that was done.
  fileprivate var state: Phrase {
    switch decision {
    case nil: "to decide"
    case "revoke": isGone ? "gone" : "to revoke"
    default: isGone ? "gone" : "kept"
    }
  }
}

extension Binding {
  static let reviewOpen = Binding(
    "review.open", [.enter, .right, "l"], "open", "Its lines", AccessReviewDetail.permission)
  static let reviewStart = Binding(
    "review.start", ["n"], "begin", "Begin a review", StartAccessReview.permission)
  static let reviewKeep = Binding(
    "review.keep", ["a"], "keep", "It stays as it is", DecideReviewLine.permission)
  static let reviewRevoke = Binding(
    "review.revoke", ["x"], "must go", "It must be taken away", DecideReviewLine.permission)
  static let reviewSign = Binding("review.sign", ["S"], "sign", "Sign it", SignReview.permission)
}
