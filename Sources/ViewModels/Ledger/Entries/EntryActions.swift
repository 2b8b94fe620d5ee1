import Domain
import Keys
import Operations
import Phrases

/// What can be done to an entry, wherever it is shown.
struct EntryActions {
  let head: EntryHead?
  let desk: Desk
  /// Those that are marked, which the steps of the lifecycle are then taken with together.
  var marked: Marked?

  struct Marked {
    let count: Int
    let read: (_ then: @escaping ([EntryHead]) -> [Effect]) -> [Effect]
    /// Lets go of the marks of those that were taken.
    let unmark: ([ID<Entry>]) -> Void
  }

  /// What moves an entry on comes first: it is what the footer has room for.
  static let keymap: [Binding] = [
    .journalEdit, .journalSubmit, .journalPost, .journalApprove, .journalReject, .journalWithdraw,
    .journalDuplicate, .journalReverse, .journalDiscard, .journalVoid,
    .journalTemplate,
  ]

  var all: [Action] {
    [
      act(.journalEdit, .edit) { head in
        [
          desk.fetch(EntryToEdit(head.id), holding: .keys) { [desk] found in
            let draft = EntryFormScreen.Draft(
              head: head, content: found.content, version: found.version)
            return desk.navigator.show(EntryFormScreen(at: desk, .draft(draft)))
          }
        ]
      },
      act(.journalSubmit, .submit) { head in
        [
          desk.perform(SubmitEntry(head.id), "Submitting") { [desk] submitted in
            desk.navigator.tell(
              .waits(head.name, for: submitted.roles, submitted.warning), submitted.overBudget)
            return desk.navigator.top?.load() ?? []
          }
        ]
      },
      act(.journalPost, .post) { head in
        desk.mustType(head.total)
          ? lifted(PostEntry.permission, head) { [desk] lifted in
            desk.confirm(
              "Post \(head.name), \(desk.text(head.total))?",
              body: .joined([Phrase(verbatim: head.description), lifted], separator: "\n"),
              verb: "Post", amount: head.total
            ) { post(head) }
          } : post(head)
      },
      approve, reject, withdraw, duplicate, reverse,
      act(.journalDiscard, .discard, discard),
      void, template,
    ]
  }

  private func post(_ head: EntryHead) -> [Effect] {
    [
      desk.perform(PostEntry(head.id), "Posting") { [desk] posted in
        desk.navigator.tell("\(posted.number) is posted.", posted.overBudget)
        return desk.navigator.top?.load() ?? []
      }
    ]
  }

  private var duplicate: Action {
    Action(.journalDuplicate, unavailable: head == nil ? "There is no entry here." : nil) {
      guard let head else { return [] }
      return [
        desk.fetch(EntryToEdit(head.id), holding: .keys) { [desk] found in
          desk.navigator.show(EntryFormScreen(at: desk, .repeating(found.content)))
        }
      ]
    }
  }

  private var template: Action {
    Action.using(.journalTemplate, unavailable: head == nil ? "There is no entry here." : nil) {
      guard let head else { return [] }
      return askForName(of: head, String(head.description.prefix(SaveTemplate.mostNameCharacters)))
    }
  }

  /// A name that can't be had is asked for again, with what was typed.
  private func askForName(
    of head: EntryHead, _ name: String, fault: Phrase? = nil
  ) -> [Effect] {
    desk.navigator.ask(
      Dialog(
        title: "Make a template of \(head.name)?",
        body: "Its text and lines under a name; F7 fills a new entry with them.",
        confirm: "Make it", field: FieldState("Name", name, fault: fault)
      ) { name in
        let failed: (any Error) -> Void = { error in
          _ = askForName(of: head, name, fault: UserMessage(error).phrase)
        }
        return [
          desk.perform(SaveTemplate(name, of: head.id), "Saving", failed: failed) { _ in
            desk.navigator.tell(.done, "The template \(name) is there for everybody here.")
            return []
          }
        ]
      })
  }

  private var approve: Action {
    act(.journalApprove, .approve) { head in
      lifted(ApproveEntry.permission, head) { [desk] lifted in
        desk.confirm(
          "Approve \(head.name), \(desk.text(head.total))?",
          body: .joined([Phrase(verbatim: head.description), lifted], separator: "\n"),
          verb: "Approve", amount: head.total
        ) {
          [
            desk.perform(ApproveEntry(head.id), "Approving") { outcome in
              desk.navigator.tell(outcome.severity, outcome.words(of: head.name))
              return desk.navigator.top?.load() ?? []
            }
          ]
        }
      }
    }
  }

  /// Goes on with what would forbid it but for an emergency of one's own, in words.
  private func lifted(
    _ permission: Permission?, _ head: EntryHead, then: @escaping (Phrase) -> [Effect]
  ) -> [Effect] {
    guard let permission, desk.isInEmergency else { return then(.empty) }
    let query = ExplainAccess(permission, of: desk.place.user, on: .entry(head.id))
    return [
      desk.fetch(query, holding: .keys) { explanation in
        then(
          .joined(
            explanation.decision.trace.filter(\.isLifted).map {
              UserMessage.words($0, permission, explanation.person)
            }, separator: "\n"))
      }
    ]
  }

  private var reject: Action {
    act(.journalReject, .reject) { head in
      desk.askWhy(
        title: "Reject \(head.name)?", body: "It goes back to \(head.creator) as a draft.",
        confirm: "Reject", least: RejectEntry.leastReason
      ) { [desk] reason in
        [
          desk.perform(RejectEntry(head.id, reason: reason), "Rejecting") {
            desk.navigator.tell(.done, "\(head.name) went back to \(head.creator).")
            return desk.navigator.top?.load() ?? []
          }
        ]
      }
    }
  }

  /// What waits is withdrawn, what is approved is recalled.
  private var withdraw: Action {
    let isApproved = head?.status == .approved
    return act(.journalWithdraw, isApproved ? .recall : .withdraw) { head in
      desk.navigator.ask(
        Dialog(
          title: "Take \(head.name) back?",
          body: "It is a draft again, which takes every approval anew.",
          confirm: "Take it back"
        ) { [desk] _ in
          let said: Phrase = "\(head.name) is a draft again."
          return isApproved
            ? desk.carryOut(RecallEntry(head.id), said)
            : desk.carryOut(WithdrawEntry(head.id), said)
        })
    }
  }

  private var reverse: Action {
    act(.journalReverse, .reverse) { head in
      desk.askWhy(
        title: "Reverse \(head.name), \(desk.text(head.total))?",
        body: "A new entry with every line on its other side; both stay in the books.",
        confirm: "Reverse", least: ReverseEntry.leastReason
      ) { [desk] reason in
        [
          desk.perform(ReverseEntry(head.id, reason: reason), "Reversing") { outcome in
            desk.navigator.tell(.done, outcome.words(of: head.name))
            return desk.navigator.top?.load() ?? []
          }
        ]
      }
    }
  }

  /// Of one entry alone: what it should have been is written in a form.
  var correct: Action {
    act(.journalCorrect, .reverse) { head in
      [
        desk.fetch(EntryToCorrect(head.id), holding: .keys) { [desk] content in
          desk.navigator.show(EntryFormScreen(at: desk, .correction(of: head, content)))
        }
      ]
    }
  }

  private var void: Action {
    act(.journalVoid, .void) { head in
      desk.askWhy(
        title: "Void \(head.name), \(desk.text(head.total))?", body: Self.whatVoidingDoes,
        confirm: "Void", least: VoidEntry.leastReason
      ) { [desk] reason in
        [
          desk.perform(VoidEntry(head.id, reason: reason), "Voiding") {
            desk.navigator.tell(.done, "\(head.name) is voided.")
            return desk.navigator.top?.load() ?? []
          }
        ]
      }
    }
  }

  static let whatVoidingDoes: Phrase =
    "It is given up for good: it can still be read, and never counts."

  private func discard(_ head: EntryHead) -> [Effect] {
    desk.navigator.ask(
      Dialog(
        title: "Discard \(head.name)?",
        body: "The draft is deleted; its record in the audit log stays.",
        confirm: "Discard"
      ) { [desk] _ in
        [
          desk.perform(DiscardEntry(head.id), "Discarding") {
            desk.navigator.tell(.done, "\(head.name) is discarded.")
            return desk.navigator.top is EntryScreen
              ? desk.navigator.close() : desk.navigator.top?.load() ?? []
          }
        ]
      })
  }

  /// An action of the lifecycle: unavailable where its table has no such step.
  private func act(
    _ binding: Binding, _ action: EntryAction,
    _ perform: @escaping (EntryHead) -> [Effect]
  ) -> Action {
    if let marked, let batch = EntryBatch(action, at: desk) {
      return Action(binding, title: "\(binding.title) \(marked.count.grouped)") { [desk] in
        marked.read { batch.ask(of: $0, at: desk, done: marked.unmark) }
      }
    }
    let head = head
    return Action(binding, unavailable: unavailable(action), act: .take(action)) {
      head.map(perform) ?? []
    }
  }

  private func unavailable(_ action: EntryAction) -> Phrase? {
    guard let head else { return "There is no entry here." }
    guard EntryLifecycle.transition(action, from: head.status) == nil else { return nil }
    return UserMessage(Refusal.wrongStatus(action, head.status)).phrase
  }
}

extension Finding {
  fileprivate var isLifted: Bool {
    if case .liftedByBrokenGlass = reason { true } else { false }
  }
}

extension Navigator {
  /// Says that something is done and, where it takes more than is planned, that too.
  func tell(_ said: Phrase, _ overBudget: [OverBudget]) {
    tell(overBudget.isEmpty ? .done : .notice, .joined([said] + overBudget.map(\.words)))
  }
}

extension EntryHead {
  var subject: ScreenSubject { ScreenSubject(instance: .entry(id), name: name) }
}

extension ApproveEntry.Outcome {
  var severity: Message.Severity {
    if case .notPosted = self { .notice } else { .done }
  }

  func words(of name: String) -> Phrase {
    switch self {
    case .awaits(let roles):
      "\(name) is approved by you; it still waits for \(Role.anyOf(roles))."
    case .approved: "\(name) is approved."
    case .posted(let number): "\(name) is approved and posted as \(number)."
    case .notPosted(let refusal):
      "\(name) is approved, not posted: \(UserMessage(refusal).phrase)"
    }
  }
}

extension ReverseEntry.Outcome {
  func words(of name: String) -> Phrase {
    switch self {
    case .posted(_, let number): "\(name): reversed by \(number)."
    case .submitted(_, let roles):
      "\(name): its reversal waits for approval by \(Role.anyOf(roles))."
    }
  }
}

extension EnteredEntry {
  /// What is said when it is done.
  var words: Phrase {
    switch state {
    case .draft: "\(name) is kept as a draft."
    case .unproved: "\(name) is kept as a draft, as it lacks a file."
    case .posted: "\(name) is posted."
    case .submitted(let roles): .waits(name, for: roles, warning)
    }
  }
}

extension CorrectEntry.Outcome {
  func words(of name: String) -> Phrase {
    switch reversal {
    case .posted(_, let number):
      "\(name): reversed by \(number), booked anew as \(correction.name)."
    case .submitted, nil: "\(name): its reversal and \(correction.name) wait for approval."
    }
  }
}

extension Binding {
  static let journalEdit = Binding(
    "journal.edit", ["e", .function(2)], "edit", "Edit the draft", EditEntry.permission)
  static let journalDuplicate = Binding(
    "journal.duplicate", ["d"], "again", "Write the same entry again", CreateEntry.permission)
  static let journalTemplate = Binding(
    "journal.template", ["T"], "template", "Make a template of the entry", SaveTemplate.permission)
  static let journalSubmit = Binding(
    "journal.submit", ["S"], "submit", "Submit for approval", SubmitEntry.permission)
  static let journalPost = Binding(
    "journal.post", ["p"], "post", "Post to the ledger", PostEntry.permission)
  static let journalApprove = Binding(
    "journal.approve", ["a"], "approve", "Approve what waits", ApproveEntry.permission)
  static let journalReject = Binding(
    "journal.reject", ["x"], "reject", "Reject: back to its maker", RejectEntry.permission)
  static let journalWithdraw = Binding(
    "journal.withdraw", ["u"], "take back", "Take back what was submitted",
    WithdrawEntry.permission)
  static let journalReverse = Binding(
    "journal.reverse", ["R"], "reverse", "Reverse by a mirror entry", ReverseEntry.permission)
  static let journalCorrect = Binding(
    "journal.correct", ["c"], "correct", "Take it back and book it rightly",
    CorrectEntry.permission)
  static let journalDiscard = Binding(
    "journal.discard", ["D"], "discard", "Discard the draft", DiscardEntry.permission)
  static let journalVoid = Binding(
    "journal.void", ["V"], "void", "Give up what isn't posted", VoidEntry.permission)
}

extension Phrase {
  /// Whom a submitted entry waits for, and what else.
  static func waits(_ name: String, for roles: [Role], _ warning: EntryFault?) -> Phrase {
    .joined([
      "\(name) waits for approval by \(Role.anyOf(roles)).",
      warning.map { UserMessage.words($0) } ?? .empty,
    ])
  }
}
