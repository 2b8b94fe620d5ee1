package import Domain
package import Store

/// Where the chain ends, once all of it is verified; nil where it isn't sound. It is for whoever can
/// close a period, by a borrowed right too, which is what it is asked for.
package struct AuditChain: Query {
  package static let permission: Permission? = .periodClose

  /// A record up to which it is verified.
  package struct End: Hashable, Sendable {
    let sequence: Int64
    let hash: String
  }

  package func run(in snapshot: Snapshot) throws -> End? {
    try snapshot.brokenRecords().isEmpty ? snapshot.auditChainEnd() : nil
  }
}

extension Reading {
  /// As the books say, verified or not.
  func auditChainEnd() throws -> AuditChain.End {
    let end = try row(
      AuditChain.End.init, "SELECT sequence, hash FROM audit_heads WHERE business_id = :business")
    guard let end else { throw StoreError.noRow }
    return end
  }

  /// Gives each record after `end`, and the hash that is stored beside it, in order to `visit`; nil is
  /// from the first.
  func eachAuditRecord(
    after end: AuditChain.End? = nil, _ visit: (AuditRecord, String) -> Void
  ) throws {
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
      },
      """
      SELECT sequence, at, event_type, operation, resource_type, resource_id, resource_name,
        actor_id, actor_name, acting_for, session_id, origin, correlation_id, permission, decision,
        reason, status, error_code, error_message, old_values, new_values, changed_fields,
        sensitive, risk_score, content_hash, compute_ms, rows_read, rows_written, vm_steps,
        storage_bytes, network_bytes, api_calls, credits, price_version, ai_model, ai_tokens,
        previous_hash, hash
      FROM audit_logs WHERE business_id = :business AND sequence > :after ORDER BY sequence
      """, ["after": end?.sequence ?? .min])
  }
}
