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
    let head = try snapshot.row(
      { (sequence: Int64, hash: String, genesis: String) in (sequence, hash, genesis) },
      "SELECT sequence, hash, genesis_hash FROM audit_heads WHERE business_id = :business")
    guard let (sequence, hash, genesis) = head else { throw StoreError.noRow }
    let walk = ChainWalk(genesis: genesis)
    try snapshot.eachAuditRecord(walk.visit)
    walk.finish(at: sequence, hash: hash)
    return Result(
      records: walk.records, headSequence: sequence, headHash: hash,
      findings: walk.findings + (try snapshot.entryFindings()))
  }
}

/// One walk along a chain from its first record to its last.
private final class ChainWalk {
  private(set) var findings: [VerifyAudit.Finding] = []
  private(set) var records = 0
  private var hash: String
  private var sequence: Int64 = 0
  private var latest = Timestamp(milliseconds: .min)

  init(genesis: String) { hash = genesis }

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

  func finish(at headSequence: Int64, hash headHash: String) {
    if sequence != headSequence || hash != headHash {
      find(
        .truncated, at: sequence + 1, expected: "\(headSequence) \(headHash)",
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

extension Snapshot {
  /// Gives each record, and the hash that is stored beside it, in order to `visit`.
  fileprivate func eachAuditRecord(_ visit: (AuditRecord, String) -> Void) throws {
    let business = business
    _ = try rows(
      {
        (
          sequence: Int64, at: Timestamp, event: AuditEvent, operation: String, type: String,
          resource: Int64?, name: String, actor: ID<User>?, actorName: String, session: Int64?,
          origin: String, correlation: String, permission: String?, decision: String,
          reason: String?, outcome: AuditOutcome, errorCode: String?, errorMessage: String?,
          old: String?, new: String?, changed: String, content: String?, compute: Int64,
          read: Int64, written: Int64, steps: Int64, storage: Int64, network: Int64,
          calls: Int64, credits: Int64, previous: String, hash: String
        ) in
        var cost = Cost()
        cost.computeMilliseconds = compute
        cost.rowsReturned = read
        cost.rowsWritten = written
        cost.steps = steps
        cost.storageBytes = storage
        cost.networkBytes = network
        cost.apiCalls = calls
        cost.microCredits = credits
        let record = AuditRecord(
          business: business, sequence: sequence, at: at, event: event, operation: operation,
          resourceType: type, resourceID: resource, resourceName: name, actor: actor,
          actorName: actorName, session: session, origin: origin, correlation: correlation,
          permission: permission, decision: decision, reason: reason, outcome: outcome,
          errorCode: errorCode, errorMessage: errorMessage, oldValues: old, newValues: new,
          changedFields: changed, contentHash: content, cost: cost, previousHash: previous)
        visit(record, hash)
      },
      """
      SELECT sequence, at, event_type, operation, resource_type, resource_id, resource_name,
        actor_id, actor_name, session_id, origin, correlation_id, permission, decision, reason,
        status, error_code, error_message, old_values, new_values, changed_fields, content_hash,
        compute_ms, rows_read, rows_written, vm_steps, storage_bytes, network_bytes, api_calls,
        credits, previous_hash, hash
      FROM audit_logs WHERE business_id = :business ORDER BY sequence
      """)
  }

  /// Each posted entry must be what its audit record says was posted.
  fileprivate func entryFindings() throws -> [VerifyAudit.Finding] {
    let posted = try rows(
      { (entry: ID<Entry>, number: String, sequence: Int64?, recorded: String?) in
        (entry, number, sequence, recorded)
      },
      """
      SELECT e.id, e.number, a.sequence, a.content_hash
      FROM journal_entries e
      LEFT JOIN audit_logs a ON a.business_id = :business AND a.resource_type = 'journal_entry'
        AND a.resource_id = e.id AND a.content_hash IS NOT NULL
      WHERE e.business_id = :business AND e.status IN ('posted', 'reversed')
      """)
    return try posted.compactMap { entry, number, sequence, recorded in
      guard let recorded else {
        return VerifyAudit.Finding(
          sequence: 0, kind: .entryUnrecorded, expected: "a record of posting \(number)",
          found: "none")
      }
      let computed = try content(of: entry).hash(number: number)
      guard computed != recorded else { return nil }
      return VerifyAudit.Finding(
        sequence: sequence ?? 0, kind: .entryModified, expected: recorded,
        found: "\(computed) of \(number)")
    }
  }
}
