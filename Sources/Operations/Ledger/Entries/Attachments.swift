import Crypto
package import Domain
package import Store

/// A file that proves something, without its bytes.
package struct AttachedFile: Hashable, Sendable {
  package let id: ID<Attachment>
  /// Without folders.
  package let name: String
  package let mediaType: String
  /// In bytes.
  package let size: Int
  package let sha256: String
  package let description: String
  /// Which of its entry's lines it proves, from one; nil is all of them.
  package let line: Int?
  package let by: String
  package let at: Timestamp
  /// Whether no approval and no record of posting covers it.
  package let isAfterPosting: Bool
  /// Nil where it is in sight.
  package let hiding: Hiding?

  package struct Hiding: Hashable, Sendable {
    package let by: String
    package let at: Timestamp
    package let reason: String
  }
}

/// The files of an entry or a period in the order in which they were attached, hidden ones too.
package struct Attachments: Query {
  package static let permission: Permission? = .journalRead
  let thing: Evidenced

  package init(of thing: Evidenced) { self.thing = thing }

  package struct Value: Hashable, Sendable {
    package let files: [AttachedFile]
    /// Nil of a period, which takes files whatever its state.
    package let status: EntryStatus?
    /// Whether files can be taken off again: nobody was asked about the entry.
    package let isFresh: Bool
  }

  package func run(in snapshot: Snapshot) throws -> Value {
    try snapshot.requireShown(thing)
    let record = try thing.entry.map { try snapshot.entry($0) }
    return Value(
      files: try snapshot.files(of: thing), status: record?.status,
      isFresh: record.map { $0.status == .draft && !$0.wasSubmitted } ?? false)
  }
}

/// What a file is attached to. Throws `noSuch`.
package struct AttachedTo: Query {
  package static let permission: Permission? = .journalRead
  let attachment: ID<Attachment>

  package init(_ attachment: ID<Attachment>) { self.attachment = attachment }

  package func run(in snapshot: Snapshot) throws -> Evidenced {
    let found = try snapshot.row(
      { (entry: ID<Entry>?, period: ID<Period>?) in (entry, period) },
      """
      SELECT a.entry_id, a.period_id
      FROM attachments a
      LEFT JOIN journal_entries e ON e.business_id = :business AND e.id = a.entry_id
      WHERE a.business_id = :business AND a.id = :attachment
        AND (e.id IS NOT NULL OR a.period_id IS NOT NULL)
      """, ["attachment": attachment])
    switch found {
    case (let entry?, _)?: return .entry(entry)
    case (_, let period?)?: return .period(period, name: try snapshot.period(period).label)
    default: throw Refusal.noSuch(.attachment(attachment))
    }
  }
}

/// A file with its bytes, which are what was attached: those that aren't any more are nobody's
/// evidence. One that is hidden is for whoever may read the audit log of what it is attached to.
package struct AttachmentContent: Query {
  package static let permission: Permission? = .journalRead
  let attachment: ID<Attachment>
  let thing: Evidenced

  package init(_ attachment: ID<Attachment>, of thing: Evidenced) {
    self.attachment = attachment
    self.thing = thing
  }

  package struct Value: Hashable, Sendable {
    package let name: String
    package let bytes: [UInt8]
  }

  /// Throws `noSuch`, `notPermitted` and, where the bytes are others now, `checkFailed`.
  package func run(in snapshot: Snapshot) throws -> Value {
    try snapshot.requireShown(thing)
    let found = try snapshot.row(
      { (name: String, hash: String, isHidden: Bool, bytes: [UInt8]?) in
        (name, hash, isHidden, bytes)
      },
      """
      SELECT a.file_name, a.sha256, a.hidden_at IS NOT NULL, c.content
      FROM attachments a
      JOIN attachment_contents c ON c.business_id = :business AND c.sha256 = a.sha256
      WHERE a.business_id = :business AND a.id = :attachment
        AND (a.entry_id = :entry OR a.period_id = :period)
      """, ["attachment": attachment, "entry": thing.entry, "period": thing.period])
    guard let (name, hash, isHidden, stored) = found else {
      throw Refusal.noSuch(.attachment(attachment))
    }
    if isHidden {
      let all = snapshot.whole
      let resource = try thing.entry.map { try all.resource(of: $0) } ?? Resource()
      try all.decide(.auditRead, on: resource)?.require()
    }
    guard let bytes = stored, hexadecimal(SHA256.hash(data: bytes)) == hash else {
      throw Refusal.checkFailed(Examination.filesCheck)
    }
    return Value(name: name, bytes: bytes)
  }
}

extension Snapshot {
  /// Throws `noSuch` of what isn't shown, and `notPermitted`.
  fileprivate func requireShown(_ thing: Evidenced) throws {
    switch thing {
    case .entry(let entry): _ = try self.entry(entry)
    case .period(let period, _):
      _ = try self.period(period)
      try whole.decide(.periodRead, on: Resource())?.require()
      try whole.decide(.journalRead, on: Resource())?.require()
    }
  }

  func files(of thing: Evidenced) throws -> [AttachedFile] {
    try rows(
      {
        (
          id: ID<Attachment>, name: String, type: String, size: Int, hash: String,
          description: String, line: Int?, by: String, at: Timestamp, isLate: Bool, hider: String?,
          hiddenAt: Timestamp?, reason: String?
        ) in
        AttachedFile(
          id: id, name: name, mediaType: type, size: size, sha256: hash, description: description,
          line: line, by: by, at: at, isAfterPosting: isLate,
          hiding: hiddenAt.map {
            AttachedFile.Hiding(by: hider ?? "", at: $0, reason: reason ?? "")
          })
      },
      """
      SELECT a.id, a.file_name, a.media_type, c.size_bytes, a.sha256, a.description,
        (SELECT l.line_number FROM journal_lines l
         WHERE l.business_id = :business AND l.id = a.line_id),
        n.name, a.added_at, a.after_posting,
        (SELECT h.name FROM member_names h
         WHERE h.business_id = :business AND h.user_id = a.hidden_by),
        a.hidden_at, a.hidden_reason
      FROM attachments a
      JOIN attachment_contents c ON c.business_id = :business AND c.sha256 = a.sha256
      JOIN member_names n ON n.business_id = :business AND n.user_id = a.added_by
      WHERE a.business_id = :business AND a.id IN (
        SELECT id FROM attachments WHERE business_id = :business AND entry_id = :entry
        UNION ALL
        SELECT id FROM attachments WHERE business_id = :business AND period_id = :period)
      ORDER BY a.id
      """, ["entry": thing.entry, "period": thing.period])
  }

  /// A sentence for each file whose bytes aren't those that were attached, those that are known to be
  /// left out unread.
  func changedFiles(besides intact: Set<IntactFile>) throws -> [String] {
    try rows(
      { (hash: String, name: String?, bytes: [UInt8]?) -> String? in
        let name = name ?? hash
        guard let bytes else { return "\(name) is gone" }
        return hexadecimal(SHA256.hash(data: bytes)) == hash
          ? nil : "\(name) isn't what was attached"
      },
      """
      SELECT c.sha256, (SELECT min(a.file_name) FROM attachments a
         WHERE a.business_id = :business AND a.sha256 = c.sha256), c.content
      FROM attachment_contents c
      WHERE c.business_id = :business AND (c.sha256, c.rowid) NOT IN (
        SELECT value ->> 'sha256', value ->> 'row' FROM json_each(:intact))
      ORDER BY c.sha256
      """, ["intact": intact.json]
    ).compactMap(\.self)
  }
}
