package import Domain
package import Store

/// Takes the second factor off the sign-in of somebody who has lost both their app and their recovery
/// codes: they sign in by their password again and set up another. For whoever resets passwords, by
/// the same rules: never one's own, of nobody above one, of nobody who works elsewhere too. Every
/// session of theirs ends, or whoever found their terminal open would set one up in their place.
package struct RemoveSecondFactor: MemberCommand {
  package static let permission: Permission? = .userSuspend
  package static let operation = "user.factor.remove"
  package static let event = AuditEvent.permissionChange
  let member: ID<Membership>
  let why: String

  package init(_ member: ID<Membership>, reason: String) {
    self.member = member
    why = reason
  }

  package var reason: String? { why }

  package func run(in change: Change) throws {
    try change.requireReason(why)
    let user = try change.requireAnother(member)
    guard try change.worksHereOnly(user) else { throw Refusal.access(.factorGuardsElsewhere) }
    try change.endSessions(of: user, because: Self.because)
    try change.inInstance { instance in
      guard try instance.enabledSince(user) != nil else {
        throw Refusal.secondFactor(.theyHaveNone)
      }
      try instance.perform(
        DisableSecondFactor(user: user, refusal: nil),
        by: .unasked(change.actor, at: change.now))
      try instance.endSessions(of: user, because: Self.because)
    }
    try change.notify(
      [user], of: .factorRemoved(by: change.actor.name, reason: why), about: subject)
  }

  private static let because = "the second factor was removed"
}
