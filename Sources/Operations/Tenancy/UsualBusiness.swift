package import Domain
package import Store

/// Says which business one means where one names none; asked in the instance, by whoever it is about.
package struct ChooseUsualBusiness: Command {
  package static let permission: Permission? = nil
  package static let operation = "user.usual_business"
  package static let event = AuditEvent.update
  let user: ID<User>
  let business: ID<Business>?

  /// Nil is none of them.
  package init(_ business: ID<Business>?, of user: ID<User>) {
    self.user = user
    self.business = business
  }

  package var subject: Subject { Subject(.user, user.value) }

  /// Throws `noSuch` for a business that one isn't in.
  package func run(in change: Change) throws {
    let isTheirs = try change.one(
      Bool.self,
      """
      SELECT :chosen IS NULL OR EXISTS (
        SELECT 1 FROM business_memberships m JOIN businesses b ON b.id = m.business_id
        WHERE m.business_id = :chosen AND m.user_id = :me AND m.status = 'active'
          AND b.deleted_at IS NULL AND :business = 0)
      """, ["chosen": business, "me": change.actor.user])
    guard isTheirs, user == change.actor.user else {
      throw Refusal.noSuch(Subject(.business, business?.value))
    }
    try change.execute(
      """
      UPDATE users SET usual_business_id = :chosen, updated_at = :now
      WHERE id = :me AND :business = 0
      """, ["chosen": business, "now": change.now, "me": change.actor.user])
  }
}
