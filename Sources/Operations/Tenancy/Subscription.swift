package import Domain
import Store

/// What becomes of a subscription; what is nil stays.
package struct SubscriptionChange: Hashable, Sendable {
  package enum End: Hashable, Sendable {
    case never
    case at(Timestamp)
  }

  package let tier: SubscriptionTier?
  package let status: SubscriptionStatus?
  package let end: End?

  package init(tier: SubscriptionTier?, status: SubscriptionStatus?, end: End?) {
    self.tier = tier
    self.status = status
    self.end = end
  }

  package var isNothing: Bool { tier == nil && status == nil && end == nil }
}

/// A business as whoever administers the installation sees it.
package struct Subscription: Hashable, Sendable {
  package let business: ID<Business>
  package let slug: String
  package let name: String
  package let tier: SubscriptionTier
  package let status: SubscriptionStatus
  package let end: Timestamp?
  /// With those who are invited.
  package let members: Int
}

/// Changes what is paid for a business, for whoever administers the installation, as migrations and
/// backups are theirs (RULES §4.9, 65). No role may: a director edits a business's settings and must
/// not change what is paid for, and in a business whose subscription has ended nobody may do
/// anything but read (§4.2, 1), its owner neither, so nobody in it could renew it.
struct ChangeSubscription: Command {
  static let permission: Permission? = nil
  static let operation = "business.subscription"
  static let event = AuditEvent.update
  let business: ID<Business>
  let content: SubscriptionChange

  var subject: Subject { .business(business) }

  func run(in change: Change) throws {
    try change.requireOwn(business)
    let end: Timestamp? = if case .at(let end) = content.end { end } else { nil }
    try change.execute(
      """
      UPDATE businesses SET subscription_tier = coalesce(:tier, subscription_tier),
        subscription_status = coalesce(:status, subscription_status),
        subscription_expires_at = CASE WHEN :ends THEN :end ELSE subscription_expires_at END,
        updated_at = :now, version = version + 1
      WHERE id = :business
      """,
      [
        "tier": content.tier, "status": content.status, "ends": content.end != nil, "end": end,
        "now": change.now,
      ])
    if content.tier != nil { try change.requireRoomForMember(0) }
    if content.status != nil || content.end != nil { try requireNotOver(in: change) }
  }

  /// Or it would be called active and nobody could work all the same.
  private func requireNotOver(in change: Change) throws {
    let isOver = try change.one(
      Bool.self,
      """
      SELECT subscription_status = 'active' AND coalesce(subscription_expires_at <= :now, 0)
      FROM businesses WHERE id = :business
      """, ["now": change.now])
    if isOver { throw Refusal.business(.subscriptionOver) }
  }
}

extension Workspace {
  /// Takes no session, as `changeSubscription` takes none: whoever can open the file may.
  package func subscriptions() async throws -> [Subscription] {
    try await store.snapshot(of: Business.instance, as: .system) {
      try $0.rows(
        Subscription.init,
        """
        SELECT b.id, b.slug, b.name, b.subscription_tier, b.subscription_status,
          b.subscription_expires_at, (SELECT count(*) FROM business_memberships m
            WHERE m.business_id = b.id AND m.status IN ('active', 'pending'))
        FROM businesses b WHERE b.id > :business AND b.deleted_at IS NULL ORDER BY b.id
        """)
    }
  }

  package func changeSubscription(
    of business: ID<Business>, _ content: SubscriptionChange, from origin: Origin
  ) async throws {
    let actor = Actor(
      user: nil, name: "system", origin: origin.text, request: newRequest())
    try await store.change(in: business, as: actor) {
      try Gate.answer(
        ChangeSubscription(business: business, content: content),
        by: .unasked(actor, at: $0.now), in: $0)
    }.get()
  }
}
