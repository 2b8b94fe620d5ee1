package import Domain
package import Store

/// The businesses that somebody who signed in may enter; asked in the instance.
package struct MyBusinesses: Query {
  package static let permission: Permission? = nil

  package init() {}

  package struct Row: Hashable, Sendable {
    package let id: ID<Business>
    package let slug: String
    package let name: String
    package let role: Role
    package let baseCurrency: String
    /// `2026-11`, or nil where none is open.
    package let openPeriod: String?
    /// What is meant where they name none.
    package let isUsual: Bool
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    try snapshot.rows(
      Row.init,
      """
      SELECT b.id, b.slug, b.name, m.role, b.base_currency,
        (SELECT max(p.name) FROM accounting_periods p
         WHERE p.business_id = b.id AND p.kind = 'normal' AND p.status = 'open'),
        u.usual_business_id IS b.id
      FROM business_memberships m JOIN businesses b ON b.id = m.business_id
        JOIN users u ON u.id = m.user_id
      WHERE m.user_id = :me AND m.status = 'active' AND b.deleted_at IS NULL AND :business = 0
      ORDER BY b.id
      """, ["me": snapshot.actor.user])
  }
}

/// Who the principal is and what the business they are in looks like: the title line of a screen.
package struct WhereIAm: Query {
  package static let permission: Permission? = nil
  package static let takesKeys = true

  package init() {}

  package struct Place: Hashable, Sendable {
    package let user: ID<User>
    package let userName: String
    package let email: String
    package let role: Role
    package let businessName: String
    package let slug: String
    package let baseCurrency: String
    package let exponent: Int
    /// What becomes of half a minor unit (R28).
    package let rounding: Rounding
    /// By whose clock its days begin.
    package let timeZone: String
    /// Nil where no period is open.
    package let openPeriod: String?
    package let state: BusinessState
    /// Without a key, until the screen is locked; 0 is never.
    package let idleLockMinutes: Int
    /// Whether they read the log of the whole business, and so what is written about it.
    package let readsWholeLog: Bool
    /// Whether their reports are of the whole business, and not the trial balance alone.
    package let readsStatements: Bool
    /// What the person may do at all; on a given row it may still be refused.
    package let permissions: Set<Permission>
    /// Of what takes two people, what they may do alone or where a second person confirms it.
    package let askable: Set<Permission>
    /// Until when an emergency of theirs lifts limits; nil without one.
    package let emergencyEnd: Timestamp?
  }

  package func run(in snapshot: Snapshot) throws -> Place {
    guard let user = snapshot.actor.user else { throw Refusal.sessionEnded }
    let rights = try snapshot.rights(of: user)
    let circumstances = try snapshot.circumstances()
    var confirmed = Resource()
    confirmed.isConfirmed = true
    func held(of permissions: some Sequence<Permission>, on resource: Resource?) -> Set<Permission>
    {
      Set(permissions.filter { rights.decide($0, on: resource, in: circumstances).isAllowed })
    }
    let found = try snapshot.row(
      {
        (
          email: String, name: String, slug: String, currency: String, exponent: Int,
          rounding: Rounding, zone: String, period: String?, lock: Int
        ) in
        Place(
          user: user, userName: rights.person.name, email: email, role: rights.person.role,
          businessName: name, slug: slug, baseCurrency: currency, exponent: exponent,
          rounding: rounding, timeZone: zone, openPeriod: period, state: rights.state,
          idleLockMinutes: lock,
          readsWholeLog: rights.decide(.auditRead, on: Resource(), in: circumstances).isAllowed,
          readsStatements: try snapshot.readsAllReports(),
          permissions: held(of: Permission.allCases, on: nil),
          askable: held(of: JointAct.rights, on: confirmed),
          emergencyEnd: rights.brokenGlass?.end)
      },
      """
      SELECT u.email, b.name, b.slug, b.base_currency, c.exponent, b.rounding, b.timezone,
        (SELECT max(name) FROM accounting_periods
         WHERE business_id = :business AND kind = 'normal' AND status = 'open'),
        b.idle_lock_minutes
      FROM businesses b
      JOIN currencies c ON c.business_id = :business AND c.code = b.base_currency
      JOIN users u ON u.id = :user
      WHERE b.id = :business
      """, ["user": user])
    guard let found else { throw StoreError.noRow }
    return found
  }
}

/// The people of the business. Whoever hasn't accepted their invitation is known by the address that
/// was invited: what they are called in another business is for that one to know.
package struct Members: Query {
  package static let permission: Permission? = .userRead

  package init() {}

  package struct Row: Hashable, Sendable {
    package let id: ID<Membership>
    package let user: ID<User>
    package let name: String
    package let email: String
    package let role: Role
    package let department: String?
    package let departmentID: ID<Department>?
    package let status: String
    /// When they last came into this business; what they do in others is none of its.
    package let lastSignIn: Timestamp?
    /// Up to which amount they may approve; nil is their role's own.
    package let limit: Money?
    /// Whether they may by their membership alone.
    package let mayApprove: Bool
    package let title: String
    package let superior: ID<User>?
    package let superiorName: String?
    package let hasSecondFactor: Bool
    /// By wrong passwords, for some minutes.
    package let isLocked: Bool
    /// Whether the reader may hear what they may do, and why.
    package var showsRights: Bool
    /// Whether the reader may see what is granted to them.
    package var showsGrants: Bool
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    let mayExplain = try snapshot.deciding(.permissionExplain)
    let mayRead = try snapshot.deciding(.permissionRead)
    return try rows(in: snapshot).map { row in
      var row = row
      let member = Resource(member: row.user, role: row.role, department: row.departmentID)
      row.showsRights = row.user == snapshot.actor.user || mayExplain(member)
      row.showsGrants = mayRead(member)
      return row
    }
  }

  private func rows(in snapshot: Snapshot) throws -> [Row] {
    try snapshot.rows(
      Row.init,
      """
      SELECT m.id, u.id, n.name, u.email, m.role, d.name,
        m.department_id, m.status, (SELECT max(e.created_at) FROM user_sessions e
          WHERE e.business_id = :business AND e.user_id = u.id), m.spending_limit,
        m.may_approve, m.job_title, m.reports_to, s.name,
        m.joined_at IS NOT NULL AND u.totp_enabled_at IS NOT NULL,
        m.joined_at IS NOT NULL AND coalesce(u.locked_until > :now, 0),
        FALSE, FALSE
      FROM business_memberships m
      JOIN users u ON u.id = m.user_id
      JOIN member_names n ON n.business_id = :business AND n.user_id = m.user_id
      LEFT JOIN departments d ON d.business_id = :business AND d.id = m.department_id
      LEFT JOIN member_names s ON s.business_id = :business AND s.user_id = m.reports_to
      WHERE m.business_id = :business
      ORDER BY m.id
      """, ["now": snapshot.now])
  }
}
