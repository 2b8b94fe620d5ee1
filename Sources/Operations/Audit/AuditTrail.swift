import Crypto
import Domain
import Store

/// Appends to the chain of one business.
enum AuditTrail {
  static func append(_ deed: Deed, decision: String, cost: Cost, to change: Change) throws {
    let head = try change.row(
      { (sequence: Int64, hash: String) in (sequence, hash) },
      "SELECT sequence, hash FROM audit_heads WHERE business_id = :business")
    guard let head else { throw StoreError.noRow }
    let cost = cost.priced(at: try change.prices())
    let changes = deed.changes
    let record = AuditRecord(
      business: change.business, sequence: head.0 + 1, at: change.now, event: deed.event,
      operation: deed.operation, resourceType: deed.subject.kind.rawValue,
      resourceID: deed.subject.id, resourceName: deed.subjectName, actor: change.actor.user,
      actorName: change.actor.name, actingFor: change.actor.actingFor,
      session: change.actor.session?.value,
      origin: change.actor.origin, correlation: change.actor.request,
      permission: deed.permission?.rawValue, decision: decision, reason: deed.reason,
      outcome: deed.outcome, errorCode: deed.errorCode, errorMessage: deed.errorMessage,
      oldValues: changes.old, newValues: changes.new, changedFields: changes.names,
      contentHash: deed.contentHash, cost: cost, previousHash: head.1)
    try change.write(record)
  }

  /// Starts the chain of a business that is being made.
  static func begin(of business: ID<Business>, in change: Change) throws {
    let genesis = AuditRecord.genesis(of: business, createdAt: change.now)
    try change.execute(
      """
      INSERT INTO audit_heads (business_id, sequence, hash, genesis_hash)
      VALUES (:business, 0, :hash, :hash)
      """, ["hash": hexadecimal(SHA256.hash(data: genesis))])
  }
}

extension AuditRecord {
  /// `h_n = SHA-256(h_{n−1} ‖ canonical(record_n))` (RULES §6.2).
  package var hash: String {
    var sha = SHA256()
    sha.update(data: Array(previousHash.utf8))
    sha.update(data: canonicalBytes)
    return hexadecimal(sha.finalize())
  }
}

extension Reading {
  /// Whether the audit chain of the business was begun.
  func hasChain() throws -> Bool {
    try one(
      Bool.self, "SELECT EXISTS (SELECT 1 FROM audit_heads WHERE business_id = :business)")
  }

  /// What each resource costs now.
  fileprivate func prices() throws -> [Price] {
    try rows(
      Price.init,
      """
      SELECT resource, micro_credits_per_unit, version FROM price_list p
      WHERE effective_from = (SELECT max(effective_from) FROM price_list
        WHERE resource = p.resource AND effective_from <= :today) AND :business IS NOT NULL
      """, ["today": now.day])
  }
}

extension Change {
  fileprivate func write(_ record: AuditRecord) throws {
    try execute(
      """
      INSERT INTO audit_logs (business_id, sequence, at, event_type, operation, resource_type,
        resource_id, resource_name, actor_id, actor_name, acting_for, session_id, origin,
        correlation_id, permission, decision, reason, status, error_code, error_message,
        old_values, new_values, changed_fields, sensitive, risk_score, content_hash, compute_ms,
        rows_read, rows_written, vm_steps, storage_bytes, network_bytes, api_calls, credits,
        price_version, ai_model, ai_tokens, previous_hash, hash)
      VALUES (:business, :sequence, :at, :event, :operation, :type, :resource, :name, :actor,
        :actorName, :actingFor, :session, :origin, :correlation, :permission, :decision, :reason,
        :outcome, :errorCode, :errorMessage, :old, :new, :changed, :sensitive, :risk, :content,
        :compute, :read, :written, :steps, :storage, :network, :calls, :credits, :prices, :model,
        :tokens, :previous, :hash)
      """,
      [
        "sequence": record.sequence, "at": record.at, "event": record.event,
        "operation": record.operation, "type": record.resourceType,
        "resource": record.resourceID, "name": record.resourceName, "actor": record.actor,
        "actorName": record.actorName, "actingFor": record.actingFor, "session": record.session,
        "origin": record.origin, "correlation": record.correlation,
        "permission": record.permission,
        "decision": record.decision, "reason": record.reason, "outcome": record.outcome,
        "errorCode": record.errorCode, "errorMessage": record.errorMessage,
        "old": record.oldValues, "new": record.newValues, "changed": record.changedFields,
        "sensitive": record.isSensitive, "risk": record.riskScore,
        "content": record.contentHash, "compute": record.cost.computeMilliseconds,
        "read": record.cost.rowsReturned, "written": record.cost.rowsWritten,
        "steps": record.cost.steps, "storage": record.cost.storageBytes,
        "network": record.cost.networkBytes, "calls": record.cost.apiCalls,
        "credits": record.cost.microCredits, "prices": record.cost.priceVersion,
        "model": record.cost.aiModel, "tokens": record.cost.aiTokens,
        "previous": record.previousHash, "hash": record.hash,
      ])
  }
}
