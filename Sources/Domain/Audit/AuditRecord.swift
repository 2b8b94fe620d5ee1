/// One link of a business's audit chain: who did or was refused what, to what, at what cost
/// (RULES §6.1). Every column that readers see is in what the hash is taken of.
package struct AuditRecord: Hashable, Sendable {
  package var business: ID<Business>
  /// From 1, without gaps, per business.
  package var sequence: Int64
  package var at: Timestamp
  package var event: AuditEvent
  /// `journal.post`.
  package var operation: String
  package var resourceType: String
  package var resourceID: Int64?
  package var resourceName: String
  /// Nil is the system itself.
  package var actor: ID<User>?
  /// The name the actor had then.
  package var actorName: String
  /// Who gave the actor the right, where it was lent.
  package var actingFor: ID<User>?
  package var session: Int64?
  /// Terminal, host and program.
  package var origin: String
  /// One for everything that one command of a person brought about.
  package var correlation: String
  package var permission: String?
  /// The rules that spoke when access was decided.
  package var decision: String
  package var reason: String?
  package var outcome: AuditOutcome
  package var errorCode: String?
  package var errorMessage: String?
  /// Canonical JSON of the fields that changed; nil where there was or is nothing.
  package var oldValues: String?
  package var newValues: String?
  /// Canonical JSON array of names.
  package var changedFields: String
  /// Whether the values are masked for who may not reveal them.
  package var isSensitive: Bool
  /// 0 to 100.
  package var riskScore: Int
  /// SHA-256 of the entry that was posted, so that the chain covers the ledger too.
  package var contentHash: String?
  package var cost: Cost
  package var previousHash: String

  package init(
    business: ID<Business>, sequence: Int64, at: Timestamp, event: AuditEvent, operation: String,
    resourceType: String, resourceID: Int64?, resourceName: String, actor: ID<User>?,
    actorName: String, actingFor: ID<User>? = nil, session: Int64?, origin: String,
    correlation: String, permission: String?, decision: String, reason: String?,
    outcome: AuditOutcome, errorCode: String?, errorMessage: String?, oldValues: String?,
    newValues: String?, changedFields: String, isSensitive: Bool = false, riskScore: Int = 0,
    contentHash: String?, cost: Cost, previousHash: String
  ) {
    self.business = business
    self.sequence = sequence
    self.at = at
    self.event = event
    self.operation = operation
    self.resourceType = resourceType
    self.resourceID = resourceID
    self.resourceName = resourceName
    self.actor = actor
    self.actorName = actorName
    self.actingFor = actingFor
    self.session = session
    self.origin = origin
    self.correlation = correlation
    self.permission = permission
    self.decision = decision
    self.reason = reason
    self.outcome = outcome
    self.errorCode = errorCode
    self.errorMessage = errorMessage
    self.oldValues = oldValues
    self.newValues = newValues
    self.changedFields = changedFields
    self.isSensitive = isSensitive
    self.riskScore = riskScore
    self.contentHash = contentHash
    self.cost = cost
    self.previousHash = previousHash
  }

  package var canonicalBytes: [UInt8] {
    var canonical = CanonicalBytes(version: "coreflow-audit-record-2")
    canonical.add(business.value)
    canonical.add(sequence)
    canonical.add(at.milliseconds)
    canonical.add(event.rawValue)
    canonical.add(operation)
    canonical.add(resourceType)
    canonical.add(resourceID)
    canonical.add(resourceName)
    canonical.add(actor?.value)
    canonical.add(actorName)
    canonical.add(actingFor?.value)
    canonical.add(session)
    canonical.add(origin)
    canonical.add(correlation)
    canonical.add(permission)
    canonical.add(decision)
    canonical.add(reason)
    canonical.add(outcome.rawValue)
    canonical.add(errorCode)
    canonical.add(errorMessage)
    canonical.add(oldValues)
    canonical.add(newValues)
    canonical.add(changedFields)
    canonical.add(isSensitive)
    canonical.add(riskScore)
    canonical.add(contentHash)
    cost.add(to: &canonical)
    canonical.add(previousHash)
    return canonical.bytes
  }

  /// What the first record of a chain follows (RULES §6.2).
  package static func genesis(of business: ID<Business>, createdAt: Timestamp) -> [UInt8] {
    var canonical = CanonicalBytes(version: "coreflow-audit-v1")
    canonical.add(business.value)
    canonical.add(createdAt.milliseconds)
    return canonical.bytes
  }
}

/// What kind of thing happened, as the audit browser groups it.
package enum AuditEvent: String, Sendable, CaseIterable {
  case create
  case update
  case delete
  case view
  case export
  case imported = "import"
  case approve
  case reject
  case cancel
  case void
  case reverse
  case login
  case logout
  case passwordChange = "password_change"
  case permissionChange = "permission_change"
  case workflowStart = "workflow_start"
  case workflowComplete = "workflow_complete"
  case workflowFail = "workflow_fail"
  case apiCall = "api_call"
  case systemEvent = "system_event"
  case error
}

package enum AuditOutcome: String, Sendable, CaseIterable {
  case success
  case failure
  case partial
  case warning
}
