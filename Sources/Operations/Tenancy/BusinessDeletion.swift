package import Domain
package import Store

/// Marks a business deleted in which nothing was ever posted, for the one person who owns it: it was
/// made by mistake. Whoever is at work there is out, and its keys end.
package struct RemoveBusiness: Command {
  package static let permission: Permission? = .businessCreate
  package static let operation = "business.remove"
  package static let event = AuditEvent.delete
  let business: ID<Business>

  package init(_ business: ID<Business>) { self.business = business }

  package var subject: Subject { .business(business) }

  package func run(in change: Change) throws {
    try change.requireOwn(business)
    try requireOnlyOwner(in: change)
    let isUsed = try change.one(
      Bool.self,
      """
      SELECT EXISTS (SELECT 1 FROM general_ledger WHERE business_id = :business)
      """)
    guard !isUsed else { throw Refusal.business(.everPosted) }
    try change.execute(
      """
      UPDATE businesses SET status = 'deleted', deleted_at = :now, updated_at = :now,
        version = version + 1
      WHERE id = :business
      """, ["now": change.now])
    let reason = "the business was removed"
    try change.endKeys(because: reason)
    try change.execute(
      """
      UPDATE user_sessions SET revoked_at = :now, revoked_reason = :reason
      WHERE business_id = :business AND revoked_at IS NULL
      """, ["now": change.now, "reason": reason])
  }

  /// No key, borrower or one of two owners takes it away; and whoever has no other business could
  /// make none any more.
  private func requireOnlyOwner(in change: Change) throws {
    let owners = try change.activeMembers(.owner)
    guard change.actor.key == nil, owners == [change.actor.user] else {
      throw Refusal.business(.notByItsOnlyOwner)
    }
    let ownsAnother = try change.one(
      Bool.self,
      """
      SELECT EXISTS (
        SELECT 1 FROM business_memberships m JOIN businesses b ON b.id = m.business_id
        WHERE m.user_id = :me AND m.business_id <> :business AND m.role = 'owner'
          AND m.status = 'active' AND b.status = 'active')
      """, ["me": change.actor.user])
    guard ownsAnother else { throw Refusal.business(.onlyOneOwned) }
  }
}

extension Workspace {
  /// Brings a deleted business back for an owner of it, who is signed in to the instance, as nobody is
  /// let into what is deleted. `slug` is another short name, as somebody else may have the old one.
  ///
  /// Throws `noSuch` for who doesn't own it, `taken`, `business` where the name won't do, and
  /// `sessionEnded`.
  package func restore(
    _ business: ID<Business>, slug: String? = nil, as lobby: Principal
  ) async throws {
    let request = newRequest()
    try await store.change(in: recordHome(of: business), as: .system) { change in
      let known = try change.lobby(of: lobby, into: business)
      let actor = Actor(
        user: lobby.user, name: known?.name ?? "user \(lobby.user.value)",
        origin: lobby.origin.text, request: request)
      let command = RestoreBusiness(
        business: business, slug: slug, refusal: known == nil ? .sessionEnded : nil)
      return try Gate.answer(command, by: .unasked(actor, at: change.now), in: change)
    }.get()
  }
}

/// It is on record in the business that it is about, which nobody can be in yet.
struct RestoreBusiness: Command {
  static let permission: Permission? = nil
  static let operation = "business.restore"
  static let event = AuditEvent.update
  let business: ID<Business>
  let slug: String?
  let refusal: Refusal?

  var subject: Subject { .business(business) }

  func run(in change: Change) throws {
    if let refusal { throw refusal }
    let old = try change.row(
      { (slug: String) in slug },
      """
      SELECT b.slug FROM business_memberships m JOIN businesses b ON b.id = m.business_id
      WHERE m.business_id = :business AND m.user_id = :me AND m.role = 'owner'
        AND m.status = 'active' AND b.deleted_at IS NOT NULL
      """, ["me": change.actor.user])
    guard change.business == business, let old else { throw Refusal.noSuch(subject) }
    let slug = slug ?? old
    try change.requireFreeSlug(slug)
    try change.execute(
      """
      UPDATE businesses SET status = 'active', deleted_at = NULL, slug = :slug,
        updated_at = :now, version = version + 1
      WHERE id = :business
      """, ["slug": slug, "now": change.now])
  }
}

/// The businesses that were taken away and whose owner one is; asked in the instance.
package struct DeletedBusinesses: Query {
  package static let permission: Permission? = nil

  package init() {}

  /// The last first.
  package func run(in snapshot: Snapshot) throws -> [Deleted<Business>] {
    try snapshot.rows(
      Deleted.init,
      """
      SELECT b.id, b.slug, b.name, b.deleted_at
      FROM business_memberships m JOIN businesses b ON b.id = m.business_id
      WHERE m.user_id = :me AND m.role = 'owner' AND m.status = 'active'
        AND b.deleted_at IS NOT NULL AND :business = 0
      ORDER BY b.deleted_at DESC, b.id DESC
      """, ["me": snapshot.actor.user])
  }
}
