package import Domain
package import Store

/// Recomputes the chain of the business, and the content of every posted entry against it
/// (RULES §6.4).
package struct VerifyAudit: Query {
  package static let permission: Permission? = .auditVerify

  package init() {}

  package struct Finding: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
      case modified
      case deleted
      case unlinked
      case truncated
      case clockWentBack = "clock went back"
      case entryModified = "entry modified"
      case entryUnrecorded = "entry unrecorded"
      case entryMissing = "entry missing"
    }

    package let sequence: Int64
    package let kind: Kind
    package let expected: String
    package let found: String
  }

  package struct Result: Hashable, Sendable {
    package let records: Int
    package let headSequence: Int64
    package let headHash: String
    package let findings: [Finding]

    /// A clock that went back is told of, but proves no damage.
    package var isSound: Bool { findings.allSatisfy { $0.kind == .clockWentBack } }
  }

  package func run(in snapshot: Snapshot) throws -> Result {
    let walk = try snapshot.chainWalk()
    let head = try snapshot.auditChainEnd()
    return Result(
      records: walk.records, headSequence: head.sequence, headHash: head.hash,
      findings: try walk.findings + snapshot.entryFindings() + snapshot.missingEntries())
  }
}

/// One walk along a chain, from its first record or from where another ended, to its last.
private final class ChainWalk {
  private(set) var findings: [VerifyAudit.Finding] = []
  private(set) var records = 0
  private var hash: String
  private var sequence: Int64
  private var latest = Timestamp(milliseconds: .min)

  init(from start: AuditChain.End) {
    sequence = start.sequence
    hash = start.hash
  }

  func visit(_ record: AuditRecord, storedHash: String) {
    records += 1
    if record.sequence != sequence + 1 {
      find(.deleted, at: sequence + 1, expected: "\(sequence + 1)", found: "\(record.sequence)")
    } else if record.previousHash != hash {
      find(.unlinked, at: record.sequence, expected: hash, found: record.previousHash)
    }
    let computed = record.hash
    if computed != storedHash {
      find(.modified, at: record.sequence, expected: storedHash, found: computed)
    }
    if record.at < latest {
      find(
        .clockWentBack, at: record.sequence, expected: latest.text, found: record.at.text)
    }
    latest = max(latest, record.at)
    sequence = record.sequence
    hash = storedHash
  }

  func finish(at head: AuditChain.End) {
    if sequence != head.sequence || hash != head.hash {
      find(
        .truncated, at: sequence + 1, expected: "\(head.sequence) \(head.hash)",
        found: "\(sequence) \(hash)")
    }
  }

  private func find(
    _ kind: VerifyAudit.Finding.Kind, at sequence: Int64, expected: String, found: String
  ) {
    findings.append(
      VerifyAudit.Finding(sequence: sequence, kind: kind, expected: expected, found: found))
  }
}

extension Reading {
  /// The records after `end` that aren't what the chain says; nil is of all of it. A clock that went
  /// back proves no damage.
  func brokenRecords(after end: AuditChain.End? = nil) throws -> [VerifyAudit.Finding] {
    try chainWalk(after: end).findings.filter { $0.kind != .clockWentBack }
  }

  fileprivate func chainWalk(after end: AuditChain.End? = nil) throws -> ChainWalk {
    let genesis = try one(
      String.self, "SELECT genesis_hash FROM audit_heads WHERE business_id = :business")
    let walk = ChainWalk(from: end ?? AuditChain.End(sequence: 0, hash: genesis))
    try eachAuditRecord(after: end, walk.visit)
    walk.finish(at: try auditChainEnd())
    return walk
  }
}

extension Snapshot {
  /// Each posted entry must be what its audit record says was posted.
  fileprivate func entryFindings() throws -> [VerifyAudit.Finding] {
    let posted = try rows(
      {
        (
          entry: ID<Entry>, number: String, period: ID<Period>, sequence: Int64?,
          recorded: String?
        ) in (entry, number, period, sequence, recorded)
      },
      """
      SELECT e.id, coalesce(e.number, ''), e.period_id, a.sequence, a.content_hash
      FROM journal_entries e
      LEFT JOIN audit_logs a ON a.business_id = :business AND a.resource_type = 'journal_entry'
        AND a.resource_id = e.id AND a.content_hash IS NOT NULL
      WHERE e.business_id = :business AND e.status IN ('posted', 'reversed')
      """)
    return try posted.compactMap { entry, number, period, sequence, recorded in
      guard let recorded else {
        return VerifyAudit.Finding(
          sequence: 0, kind: .entryUnrecorded, expected: "a record of posting \(number)",
          found: "none")
      }
      let computed = try seal(of: entry, posted: (number, period))
      guard computed != recorded else { return nil }
      return VerifyAudit.Finding(
        sequence: sequence ?? 0, kind: .entryModified, expected: recorded,
        found: "\(computed) of \(number)")
    }
  }
  /// What was posted once is posted still, or reversed.
  fileprivate func missingEntries() throws -> [VerifyAudit.Finding] {
    try rows(
      { (sequence: Int64, name: String) in
        VerifyAudit.Finding(
          sequence: sequence, kind: .entryMissing, expected: "\(name), posted", found: "none")
      },
      """
      SELECT a.sequence, a.resource_name
      FROM audit_logs a
      LEFT JOIN journal_entries e ON e.business_id = :business AND e.id = a.resource_id
        AND e.status IN ('posted', 'reversed')
      WHERE a.business_id = :business AND a.resource_type = 'journal_entry'
        AND a.content_hash IS NOT NULL AND e.id IS NULL
      ORDER BY a.sequence
      """)
  }
}
