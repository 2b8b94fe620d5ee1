import Domain
import Store

extension Snapshot {
  /// Gives each record, and the hash that is stored beside it, in order to `visit`.
  func eachAuditRecord(_ visit: (AuditRecord, String) -> Void) throws {
    let business = business
    _ = try rows(
      {
        (
          sequence: Int64, at: Timestamp, event: AuditEvent, operation: String, type: String,
          resource: Int64?, name: String, actor: ID<User>?, actorName: String,
          actingFor: ID<User>?, session: Int64?, origin: String, correlation: String,
          permission: String?, decision: String, reason: String?, outcome: AuditOutcome,
          errorCode: String?, errorMessage: String?, old: String?, new: String?, changed: String,
          sensitive: Bool, risk: Int, content: String?, compute: Int64, read: Int64,
          written: Int64, steps: Int64, storage: Int64, network: Int64, calls: Int64,
          credits: Int64, prices: Int64?, model: String?, tokens: Int64, previous: String,
          hash: String
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
        cost.priceVersion = prices
        cost.aiModel = model
        cost.aiTokens = tokens
        let record = AuditRecord(
          business: business, sequence: sequence, at: at, event: event, operation: operation,
          resourceType: type, resourceID: resource, resourceName: name, actor: actor,
          actorName: actorName, actingFor: actingFor, session: session, origin: origin,
          correlation: correlation, permission: permission, decision: decision, reason: reason,
          outcome: outcome, errorCode: errorCode, errorMessage: errorMessage, oldValues: old,
          newValues: new, changedFields: changed, isSensitive: sensitive, riskScore: risk,
          contentHash: content, cost: cost, previousHash: previous)
        visit(record, hash)
      }, Self.auditRecords)
  }

  private static let auditRecords: StaticString =
    """
    SELECT sequence, at, event_type, operation, resource_type, resource_id, resource_name,
      actor_id, actor_name, acting_for, session_id, origin, correlation_id, permission, decision,
      reason, status, error_code, error_message, old_values, new_values, changed_fields,
      sensitive, risk_score, content_hash, compute_ms, rows_read, rows_written, vm_steps,
      storage_bytes, network_bytes, api_calls, credits, price_version, ai_model, ai_tokens,
      previous_hash, hash
    FROM audit_logs WHERE business_id = :business ORDER BY sequence
    """
}
