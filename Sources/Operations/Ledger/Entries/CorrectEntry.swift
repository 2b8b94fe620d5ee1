package import Domain
package import Store

/// Sets a posted entry right, which itself stays (RULES §3.8): takes it back and books another in
/// its place, or books what it is out by. Where either needs approval, both are asked for.
package struct CorrectEntry: Command {
  package static let permission: Permission? = .journalReverse
  package static let operation = "journal.correct"
  package static let event = AuditEvent.create
  package static let leastReason = ReverseEntry.leastReason
  let entry: ID<Entry>
  let content: EntryContent
  let way: Way
  let why: String

  package enum Way: Hashable, Sendable {
    /// `content` is what it should have been.
    case replacement
    /// `content` is what has to be added to it.
    case difference
  }

  /// Whatever type `content` is of, it becomes a correction. What is taken back is so on the same
  /// day, but never before the original.
  package init(
    _ entry: ID<Entry>, by content: EntryContent, as way: Way = .replacement, reason: String
  ) {
    self.entry = entry
    self.content = content
    self.way = way
    why = reason
  }

  package struct Outcome: Hashable, Sendable {
    package let correction: EnteredEntry
    /// Nil where the original stays as part of what counts.
    package let reversal: ReverseEntry.Outcome?
  }

  package var subject: Subject { .entry(entry) }
  package var reason: String? { why }

  package func resource(in change: Change) throws -> Resource { try change.resource(of: entry) }

  package func run(in change: Change) throws -> Outcome {
    guard why.count >= Self.leastReason else {
      throw Refusal.reasonNeeded(least: Self.leastReason)
    }
    try change.requireCorrectable(change.entry(entry, for: .reverse))
    var content = content
    (content.type, content.source, content.reversesOn) = (.correction, .manual, nil)
    if content.notes.isEmpty { content.notes = why }
    switch way {
    case .difference:
      let correction = try change.perform(
        CreateEntry(content, correcting: entry, then: .finish))
      return Outcome(correction: correction, reversal: nil)
    case .replacement: return try replace(by: content, in: change)
    }
  }

  private func replace(by content: EntryContent, in change: Change) throws -> Outcome {
    let draft = try change.perform(CreateEntry(content, correcting: entry, then: .keepDraft)).entry
    let isAlone = try change.approvalsBeforePosting(of: change.entry(draft)).isEmpty
    let day = try max(content.date, change.content(of: entry).date)
    let reversal = try change.perform(
      ReverseEntry(entry, on: day, reason: why, then: isAlone ? .finish : .submit))
    let ending: EntryEnding = if case .posted = reversal { .post } else { .submit }
    return Outcome(correction: try change.end(draft, with: ending), reversal: reversal)
  }
}

extension Reading {
  /// Throws `irreversible` where the entry isn't one to correct, or is being taken back already.
  fileprivate func requireCorrectable(_ record: EntryRecord) throws {
    try requireReversible(record)
    guard record.type != .opening else { throw Refusal.irreversible(.opening) }
  }
}

/// A posted entry as its correction begins: the same lines, on its own day where that is open and
/// else on the first that is.
package struct EntryToCorrect: Query {
  package static let permission: Permission? = .journalRead
  let entry: ID<Entry>

  package init(_ entry: ID<Entry>) { self.entry = entry }

  /// Throws `wrongStatus` or `irreversible` where it can't be corrected.
  package func run(in snapshot: Snapshot) throws -> EntryContent {
    try snapshot.requireCorrectable(snapshot.entry(entry, for: .reverse))
    var content = try snapshot.content(of: entry)
    (content.type, content.source, content.reversesOn) = (.correction, .manual, nil)
    content.notes = ""
    let day = content.date
    guard try snapshot.period(of: .reversing, on: day, reversing: entry)?.status != .open else {
      return content
    }
    content.date = try snapshot.firstOpenDay(from: day) ?? day
    return content
  }
}
