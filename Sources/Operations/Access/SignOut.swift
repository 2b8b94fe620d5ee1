package import Domain
package import Store

/// Ends the session that it is done in.
package struct SignOut: Command {
  package static let permission: Permission? = nil
  package static let operation = "session.close"
  package static let event = AuditEvent.logout

  package init() {}

  package var subject: Subject { Subject(.session) }

  package func run(in change: Change) throws {
    guard let session = change.actor.session else { throw Refusal.sessionEnded }
    try change.execute(
      """
      UPDATE user_sessions SET revoked_at = :now, revoked_reason = 'signed out'
      WHERE business_id = :business AND id = :session AND revoked_at IS NULL
      """, ["now": change.now, "session": session])
  }
}
