/// Whether somebody may do something, and why: every button, command and list asks for one.
package struct Decision: Hashable, Sendable {
  package let permission: Permission
  package let verdict: Verdict
  /// Each rule that spoke, in the order of RULES §4.2; the last one decided.
  package let trace: [Finding]
  /// What the grant that decided asks for; empty where somebody may do it just so.
  package let obligations: Set<Obligation>
  /// Whose right was used, where it is lent.
  package let actingFor: ID<User>?

  package enum Verdict: Hashable, Sendable {
    case allowed
    case denied(Denial)
  }

  package var isAllowed: Bool { verdict == .allowed }

  package var denial: Denial? {
    if case .denied(let denial) = verdict { denial } else { nil }
  }
}

extension Decision {
  /// The same as a no for a reason that no grant has.
  package func refused(_ denial: Denial) -> Decision {
    isAllowed
      ? Decision(
        permission: permission, verdict: .denied(denial),
        trace: trace.filter { $0.step != .verdict } + [Finding(.duties, .denied(denial))],
        obligations: [], actingFor: nil) : self
  }
}

/// What is asked of somebody who may do a thing.
package enum Obligation: Hashable, Sendable {
  case reason
  case only(Reservation)
}

/// One rule that spoke.
package struct Finding: Hashable, Sendable {
  package let step: Step
  package let reason: Reason
  /// Nil where no grant spoke.
  package let source: Grant.Source?

  package init(_ step: Step, _ reason: Reason, source: Grant.Source? = nil) {
    self.step = step
    self.reason = reason
    self.source = source
  }

  /// The steps of RULES §4.2.
  package enum Step: String, Hashable, Sendable, CaseIterable {
    case gate
    case deny
    case list
    case allow
    case limit
    case duties
    case verdict
  }

  package enum Reason: Hashable, Sendable {
    case person(Role)
    /// A grant applies; what the role's row says where it is that.
    case holds(RoleGrant?)
    /// The role's row of §4.9 has nothing.
    case holdsNothing
    case notInForce(Window)
    /// A condition of the grant doesn't hold.
    case conditionFails(Conditions.Name)
    /// The lender may not do it themselves.
    case lenderMayNot(Denial)
    case listed(Thing, AccessLevel)
    case unlisted(Thing)
    case withinLimit(Money?)
    case liftedByBrokenGlass(Denial)
    case denied(Denial)
    case allowed
  }
}

/// The rule that said no.
package enum Denial: Hashable, Sendable {
  case readOnly(BusinessState)
  /// Only people do this, no program's key.
  case peopleOnly
  case outOfKeysScope
  case forbidden(by: Grant.Source)
  case notListed(Thing, needs: AccessLevel)
  case noGrant(Role)
  case notOwn
  case otherDepartment
  /// What the grant depends on doesn't hold.
  case condition(Conditions.Name)
  /// The reservation of the role's grant excludes it.
  case reserved(Reservation)
  /// Nil where the amount isn't known: then no limit is high enough.
  case overLimit(amount: Money?, limit: Money)
  case involved(Involvement)
  /// They wrote it, and the business lets somebody else post it.
  case ownPosting
  /// Whom it would be done to is of a higher role.
  case aboveThem(Role)
  case secondPersonNeeded
  /// It is lent to them, by somebody of that name who may not do it either.
  indirect case lenderMayNot(name: String, Denial)
}

extension Denial {
  /// The code that the audit log keeps.
  package var code: String {
    switch self {
    case .readOnly: "read-only"
    case .peopleOnly: "people-only"
    case .outOfKeysScope: "key-scope"
    case .forbidden: "denied"
    case .notListed: "list"
    case .noGrant: "no-grant"
    case .notOwn: "not-own"
    case .otherDepartment: "department"
    case .condition: "condition"
    case .reserved, .aboveThem: "reserved"
    case .overLimit: "limit"
    case .involved, .ownPosting: "sod"
    case .secondPersonNeeded: "second-person"
    case .lenderMayNot: "lender"
    }
  }
}
