import Crypto
package import Domain
package import Store

/// What files are attached to, because they prove it.
package enum Evidenced: Hashable, Sendable {
  case entry(ID<Entry>)
  /// `name` is what people call it.
  case period(ID<Period>, name: String)

  var entry: ID<Entry>? { if case .entry(let entry) = self { entry } else { nil } }
  var period: ID<Period>? { if case .period(let period, _) = self { period } else { nil } }

  /// Files are recorded as part of it, so that its record is seen by whoever may see it.
  var subject: Subject {
    switch self {
    case .entry(let entry): .entry(entry)
    case .period(let period, let name): Subject(.period, period.value, name: name)
    }
  }
}

/// A file on its way into the books.
package struct NewAttachment: Hashable, Sendable {
  /// Without folders.
  package let name: String
  package let bytes: [UInt8]
  package let description: String

  package init(_ name: String, _ bytes: [UInt8], description: String = "") {
    self.name = name
    self.bytes = bytes
    self.description = description
  }

  /// Throws `attachment` or `unseenCharacter`.
  fileprivate func requireFit() throws(Refusal) {
    try name.requireSeen()
    try description.requireSeen()
    let (nameMost, most) = (Evidence.mostNameCharacters, Evidence.mostDescriptionCharacters)
    guard (1...nameMost).contains(name.unicodeScalars.count), !name.contains("/") else {
      throw .attachment(.name(most: nameMost))
    }
    guard description.unicodeScalars.count <= most else {
      throw .attachment(.descriptionTooLong(most: most))
    }
    guard !bytes.isEmpty else { throw .attachment(.empty) }
    guard bytes.count <= Evidence.mostBytes else {
      throw .attachment(.tooLarge(mostBytes: Evidence.mostBytes))
    }
  }
}

/// What is done to a file, and so to what it proves.
package protocol AttachmentCommand: Command {
  var thing: Evidenced { get }
}

extension AttachmentCommand {
  package var subject: Subject { thing.subject }

  package func resource(in change: Change) throws -> Resource { try change.resource(of: thing) }
}

/// Keeps a file with what it proves, by its hash: the same bytes once in a business, however often
/// they are attached (RULES §3.15).
///
/// What is on a draft when it is submitted or posted is in the entry's hash, so that approvals and
/// the record of posting cover it. Meanwhile nothing is added: whoever approves must have seen all
/// that was submitted. What comes after posting is marked so and proved by its own record.
package struct AttachFile: AttachmentCommand {
  package static let permission: Permission? = .attachmentAdd
  package static let event = AuditEvent.update
  let file: NewAttachment
  package let thing: Evidenced
  let line: Int?
  private let hash: String

  /// `line`, from one, is which of an entry's lines it proves; nil is all of them.
  package init(_ file: NewAttachment, to thing: Evidenced, line: Int? = nil) {
    self.file = file
    self.thing = thing
    self.line = line
    hash = hexadecimal(SHA256.hash(data: file.bytes))
  }

  package func run(in change: Change) throws -> ID<Attachment> {
    try change.requireSight(of: thing)
    try file.requireFit()
    let isAfterPosting = try change.takesLater(thing)
    let line = try line.map { try change.line($0, of: thing) }
    if let known = try change.name(ofFile: hash, on: thing, line) {
      throw Refusal.attachment(.attachedAlready(known))
    }
    try change.execute(
      """
      INSERT INTO attachment_contents (business_id, sha256, size_bytes, content)
      VALUES (:business, :hash, :size, :content)
      ON CONFLICT DO NOTHING
      """, ["hash": hash, "size": file.bytes.count, "content": file.bytes])
    let attachment = try change.insert(
      Attachment.self,
      """
      INSERT INTO attachments (business_id, entry_id, line_id, period_id, file_name, media_type,
        sha256, description, after_posting, added_by, added_at)
      VALUES (:business, :entry, :line, :period, :name, :type, :hash, :description, :late, :actor,
        :now)
      """,
      [
        "entry": thing.entry, "line": line, "period": thing.period, "name": file.name,
        "type": Evidence.mediaType(of: file.name), "hash": hash, "description": file.description,
        "late": isAfterPosting, "actor": change.actor.user, "now": change.now,
      ])
    if let entry = thing.entry, !isAfterPosting { try change.noteEditor(of: entry) }
    return attachment
  }
}

/// Takes a file off a draft that was never submitted: whoever attached it or made the draft, and
/// with `journal.edit.any` anybody. Any other is hidden.
package struct RemoveAttachment: AttachmentCommand {
  package static let permission: Permission? = .attachmentAdd
  package static let operation = "attachment.remove"
  package static let event = AuditEvent.update
  let attachment: ID<Attachment>
  package let thing: Evidenced

  package init(_ attachment: ID<Attachment>, from thing: Evidenced) {
    self.attachment = attachment
    self.thing = thing
  }

  package func run(in change: Change) throws {
    try change.requireSight(of: thing)
    let found = try change.attachment(attachment, on: thing)
    guard !found.isHidden else { throw Refusal.attachment(.hidden) }
    guard let entry = thing.entry else { throw Refusal.attachment(.kept) }
    let record = try change.entry(entry)
    guard record.status == .draft, !record.wasSubmitted else { throw Refusal.attachment(.kept) }
    let isOwn = [found.adder, record.creator].contains(change.actor.user)
    if !isOwn,
      try change.decide(.journalEditAny, on: change.resource(of: entry))?.isAllowed == false
    {
      throw Refusal.notPermitted(.attachmentAdd, .notOwn)
    }
    try change.execute(
      "DELETE FROM attachments WHERE business_id = :business AND id = :attachment",
      ["attachment": attachment])
    try change.removeUnattached(found.hash)
    try change.noteEditor(of: entry)
  }
}

/// Puts a file out of sight for good. It stays in the books and in the hash of its entry, and
/// whoever may read the audit log of its entry still reads it.
package struct HideAttachment: AttachmentCommand {
  package static let permission: Permission? = .attachmentHide
  package static let event = AuditEvent.update
  package static let leastReason = RejectEntry.leastReason
  let attachment: ID<Attachment>
  package let thing: Evidenced
  let why: String

  package init(_ attachment: ID<Attachment>, of thing: Evidenced, reason: String) {
    self.attachment = attachment
    self.thing = thing
    why = reason
  }

  package var reason: String? { why }

  package func run(in change: Change) throws {
    try change.requireSight(of: thing)
    try change.requireReason(why, least: Self.leastReason)
    guard try !change.attachment(attachment, on: thing).isHidden else {
      throw Refusal.attachment(.hidden)
    }
    if let entry = thing.entry {
      let status = try change.entry(entry).status
      guard !status.isBeingApproved else { throw Refusal.attachment(.frozen(status)) }
    }
    try change.execute(
      """
      UPDATE attachments SET hidden_by = :actor, hidden_at = :now, hidden_reason = :reason
      WHERE business_id = :business AND id = :attachment
      """,
      [
        "actor": change.actor.user, "now": change.now, "reason": why, "attachment": attachment,
      ])
  }
}

/// Gives a file out of the books, which is recorded as what leaves them always is (RULES §6.1).
package struct SaveAttachment: AttachmentCommand {
  package static let permission: Permission? = .journalRead
  package static let operation = "attachment.save"
  package static let event = AuditEvent.export
  let attachment: ID<Attachment>
  package let thing: Evidenced

  package init(_ attachment: ID<Attachment>, of thing: Evidenced) {
    self.attachment = attachment
    self.thing = thing
  }

  package func run(in change: Change) throws -> AttachmentContent.Value {
    try AttachmentContent(attachment, of: thing).run(in: change.view(by: .journalRead))
  }
}

private struct AttachmentRecord {
  let adder: ID<User>
  let hash: String
  let isHidden: Bool
}

extension Change {
  func resource(of thing: Evidenced) throws -> Resource {
    try thing.entry.map { try resource(of: $0) } ?? Resource()
  }

  /// Nothing is done to the files of what one doesn't see. Throws `noSuch` or `notPermitted`.
  fileprivate func requireSight(of thing: Evidenced) throws {
    switch thing {
    case .entry(let entry): try requirePermission(.journalRead, on: entry)
    case .period(let period, _):
      _ = try self.period(period)
      try decide(.periodRead, on: Resource())?.require()
    }
  }

  /// Whether what is attached now comes after posting. Throws `attachment` where nothing is taken.
  fileprivate func takesLater(_ thing: Evidenced) throws -> Bool {
    guard let entry = thing.entry else { return false }
    let status = try self.entry(entry).status
    switch status {
    case .draft: return false
    case .posted, .reversed: return true
    case .pendingApproval, .approved, .voided: throw Refusal.attachment(.frozen(status))
    }
  }

  /// Throws `attachment` where there is no such line.
  fileprivate func line(_ number: Int, of thing: Evidenced) throws -> Int64 {
    let found = try row(
      { (line: Int64) in line },
      """
      SELECT id FROM journal_lines
      WHERE business_id = :business AND entry_id = :entry AND line_number = :number
      """, ["entry": thing.entry, "number": number])
    guard let found else { throw Refusal.attachment(.noLine(number)) }
    return found
  }

  /// What the same bytes are called on the same line, or on all of them; nil where they aren't, or
  /// are out of sight.
  fileprivate func name(
    ofFile hash: String, on thing: Evidenced, _ line: Int64?
  ) throws -> String? {
    try row(
      { (name: String) in name },
      """
      SELECT file_name FROM attachments
      WHERE business_id = :business AND sha256 = :hash AND hidden_at IS NULL
        AND (entry_id = :entry OR period_id = :period) AND line_id IS :line
      LIMIT 1
      """, ["hash": hash, "entry": thing.entry, "period": thing.period, "line": line])
  }

  /// Throws `noSuch`.
  fileprivate func attachment(
    _ attachment: ID<Attachment>, on thing: Evidenced
  ) throws -> AttachmentRecord {
    let found = try row(
      AttachmentRecord.init,
      """
      SELECT added_by, sha256, hidden_at IS NOT NULL FROM attachments
      WHERE business_id = :business AND id = :attachment
        AND (entry_id = :entry OR period_id = :period)
      """, ["attachment": attachment, "entry": thing.entry, "period": thing.period])
    guard let found else { throw Refusal.noSuch(.attachment(attachment)) }
    return found
  }

  /// Lets go of the files of a draft that is thrown away.
  func removeAttachments(of entry: ID<Entry>) throws {
    let hashes = try rows(
      { (hash: String) in hash },
      "SELECT sha256 FROM attachments WHERE business_id = :business AND entry_id = :entry",
      ["entry": entry])
    try execute(
      "DELETE FROM attachments WHERE business_id = :business AND entry_id = :entry",
      ["entry": entry])
    for hash in hashes { try removeUnattached(hash) }
  }

  /// Bytes that nothing names any more are nobody's evidence.
  fileprivate func removeUnattached(_ hash: String) throws {
    try execute(
      """
      DELETE FROM attachment_contents
      WHERE business_id = :business AND sha256 = :hash AND NOT EXISTS (
        SELECT 1 FROM attachments WHERE business_id = :business AND sha256 = :hash)
      """, ["hash": hash])
  }
}
