package import Domain
package import Store

/// What becomes of an entry once it is written down.
package enum EntryEnding: Hashable, Sendable {
  case keepDraft
  case submit
  case post
  /// Posts where nobody's approval is needed, else submits; what lacks nothing but a file that
  /// proves it is kept as a draft, as only what is written down takes one.
  case finish
}

/// What became of it.
package struct EnteredEntry: Hashable, Sendable {
  package enum State: Hashable, Sendable {
    case draft
    /// A draft, which needs a file that proves it.
    case unproved
    case submitted(to: [Role])
    case posted(number: String)
  }

  package let entry: ID<Entry>
  package let draftNumber: Int
  package let state: State
  /// Why what is submitted couldn't be posted yet although it were approved; nil where it could.
  package let warning: EntryFault?
  package var overBudget: [OverBudget] = []

  /// `GJ-2026-000123`, or `D-31`.
  package var name: String {
    if case .posted(let number) = state { number } else { "D-\(draftNumber)" }
  }
}

/// Writes an entry down and, if wished, submits or posts it, all or nothing. A draft may be
/// unbalanced: only submitting and posting ask for a whole entry.
package struct CreateEntry: Command {
  package static let permission: Permission? = .journalCreate
  package static let event = AuditEvent.create
  let content: EntryContent
  let ending: EntryEnding
  let key: String?
  /// What it puts right.
  let corrects: ID<Entry>?
  package let assistance: Assistance?

  /// `key` is what an import knows the entry by; nobody else has one.
  package init(
    _ content: EntryContent, then ending: EntryEnding = .keepDraft, key: String? = nil,
    with assistance: Assistance? = nil
  ) {
    self.content = content
    self.ending = ending
    self.key = key
    corrects = nil
    self.assistance = assistance
  }

  /// For `CorrectEntry`, which knows that the other may be corrected.
  init(_ content: EntryContent, correcting entry: ID<Entry>, then ending: EntryEnding) {
    self.content = content
    self.ending = ending
    key = nil
    corrects = entry
    assistance = nil
  }

  package var subject: Subject { .entry(nil) }
  package func subject(after entered: EnteredEntry) -> Subject { .entry(entered.entry) }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(of: content, madeBy: change.actor.user)
  }

  package func run(in change: Change) throws -> EnteredEntry {
    // What people write doesn't come from the system, whatever they say (V8).
    if content.source == .system, change.actor.user != nil {
      throw Refusal.faults([.typeNotAllowed(content.type, from: .system)])
    }
    let content = try change.roundedOff(content)
    try change.refuseUnwritableLines(in: content)
    let entry = try change.insertDraft(content, key: key, corrects: corrects)
    if let corrects { try change.noteSpread(of: corrects, by: entry) }
    return try change.end(entry, with: ending)
  }
}

/// Puts new content into a draft of one's own and goes on as `CreateEntry` does; `journal.edit.any`
/// reaches the drafts of others.
package struct EditEntry: Command {
  package static let permission: Permission? = .journalEditOwn
  package static let event = AuditEvent.update
  let entry: ID<Entry>
  let content: EntryContent
  let version: Int
  let ending: EntryEnding

  /// `version` is the one that was read; another means that somebody was faster.
  package init(
    _ entry: ID<Entry>, content: EntryContent, version: Int, then ending: EntryEnding = .keepDraft
  ) {
    self.entry = entry
    self.content = content
    self.version = version
    self.ending = ending
  }

  package var subject: Subject { .entry(entry) }

  package func resource(in change: Change) throws -> Resource { try change.resource(of: entry) }

  package func run(in change: Change) throws -> EnteredEntry {
    let record = try change.entry(entry, for: .edit)
    // Nor may it become what they couldn't edit.
    try change.decide(
      .journalEditOwn, on: try change.resource(of: content, madeBy: record.creator)
    )?.require()
    guard record.version == version else { throw Refusal.changedMeanwhile }
    let content = try change.roundedOff(content)
    try change.refuseUnwritableLines(in: content)
    try change.rewriteDraft(entry, with: content)
    return try change.end(entry, with: ending)
  }
}

extension Change {
  /// What rounding leaves of an entry in several currencies goes to its account (R30).
  func roundedOff(_ content: EntryContent) throws -> EntryContent {
    let difference = try content.lines.map(\.base).total()
    guard Set(content.lines.map(\.currency)).count > 1, !difference.isZero,
      difference.minorUnits.magnitude <= mostRounding(lines: content.lines.count),
      let account = try bookedAccount(of: .rounding)
    else { return content }
    var content = content
    content.lines.append(
      LineContent(
        account: account, currency: try businessFacts().baseCurrency,
        amount: try difference.negated(), description: "Rounding"))
    return content
  }

  /// A draft may lack much, but each of its lines has an account and an amount.
  func refuseUnwritableLines(in content: EntryContent) throws {
    let facts = try accountFacts(for: content)
    let departments = try departmentFacts(for: content)
    let faults = content.lines.enumerated().compactMap { index, line -> EntryFault? in
      if facts[line.account] == nil { return .line(index, .unknownAccount) }
      if let department = line.department, departments[department] == nil {
        return .line(index, .unknownDepartment)
      }
      return line.amount.isZero && line.base.isZero ? .line(index, .noAmount) : nil
    }
    let all = content.textFaults + faults
    guard all.isEmpty else { throw Refusal.faults(all) }
  }

  /// Goes on with a draft as its maker wished.
  func end(_ entry: ID<Entry>, with ending: EntryEnding) throws -> EnteredEntry {
    let draftNumber = try one(
      Int.self,
      "SELECT draft_number FROM journal_entries WHERE business_id = :business AND id = :entry",
      ["entry": entry])
    func entered(
      _ state: EnteredEntry.State, _ warning: EntryFault? = nil, _ overBudget: [OverBudget] = []
    ) -> EnteredEntry {
      EnteredEntry(
        entry: entry, draftNumber: draftNumber, state: state, warning: warning,
        overBudget: overBudget)
    }
    switch ending {
    case .keepDraft: return entered(.draft)
    case .submit:
      let submitted = try perform(SubmitEntry(entry))
      return entered(
        .submitted(to: submitted.roles), submitted.warning, submitted.overBudget)
    case .post:
      let posted = try perform(PostEntry(entry))
      return entered(.posted(number: posted.number), nil, posted.overBudget)
    case .finish:
      let needsNobody = try approvalsBeforePosting(of: self.entry(entry)).isEmpty
      do {
        return try end(entry, with: needsNobody ? .post : .submit)
      } catch Refusal.faults(let faults) {
        guard faults.count == 1, case .evidenceNeeded = faults[0] else {
          throw Refusal.faults(faults)
        }
        return entered(.unproved)
      }
    }
  }
}
