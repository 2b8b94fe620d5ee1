import Domain
import Store

/// Closes a business to changes for good; what is in its books stays to be read and exported by
/// people. Its keys end, as nobody could revoke them any more.
struct ArchiveBusiness: JointCommand {
  static let right: Permission = .businessArchive
  static let event = AuditEvent.update
  let business: ID<Business>
  let why: String

  var subject: Subject { .business(business) }
  var reason: String? { why }

  func run(in change: Change) throws {
    try change.requireOwn(business)
    try change.execute(
      """
      UPDATE businesses SET status = 'inactive', updated_at = :now, version = version + 1
      WHERE id = :business
      """, ["now": change.now])
    try change.endKeys(because: why)
  }
}

extension Change {
  func endKeys(because reason: String) throws {
    try execute(
      """
      UPDATE api_keys SET status = 'revoked', revoked_by = :actor, revoked_at = :now,
        revoked_reason = :reason
      WHERE business_id = :business AND status = 'active'
      """, ["actor": actor.user, "now": now, "reason": reason])
  }
}
