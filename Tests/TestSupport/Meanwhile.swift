package import Domain
package import Operations
import Store

/// What happens to the books while somebody works on them, by other hands than theirs.
extension TestBooks {
  /// The same file opened as another process would. `before` is called whenever its books are read
  /// or written.
  package static func anotherProcess(
    on path: String, _ clock: TestClock, before: @escaping @Sendable () -> Void = {}
  ) throws -> Workspace {
    let store = try Store.open(at: path) {
      before()
      return clock.now
    }
    return Workspace(
      store: store, chance: SeededChance.bytes(seed: 99), passwords: cheapPasswords)
  }

  package func closePeriod(_ name: String) async throws {
    try await workspace.store.change(in: business, as: .system) { change in
      try change.execute(
        """
        UPDATE accounting_periods SET status = 'closed', closed_at = :now
        WHERE business_id = :business AND name = :name
        """, ["name": name, "now": change.now])
    }
  }

  /// Closes every month that isn't closed yet.
  package func closeMonths() async throws {
    try await openPeriods()
    try await workspace.store.change(in: business, as: .system) { change in
      try change.execute(
        """
        UPDATE accounting_periods SET status = 'closed', closed_at = :now
        WHERE business_id = :business AND kind = 'normal' AND status = 'open'
        """, ["now": change.now])
    }
  }

  /// Opens every month of the year that is still to be opened.
  package func openPeriods() async throws {
    try await workspace.store.change(in: business, as: .system) { change in
      try change.execute(
        """
        UPDATE accounting_periods SET status = 'open'
        WHERE business_id = :business AND kind = 'normal' AND status = 'future'
        """)
    }
  }

  package func give(_ role: Role, to person: Role) async throws {
    let user = principal(person).user
    try await workspace.store.change(in: business, as: .system) { change in
      try change.execute(
        """
        UPDATE business_memberships SET role = :role, version = version + 1, updated_at = :now
        WHERE business_id = :business AND user_id = :user
        """, ["role": role, "user": user, "now": change.now])
    }
  }

  /// Takes somebody out of the business, or back in.
  package func setMembership(of person: Role, to status: String) async throws {
    let user = principal(person).user
    try await workspace.store.change(in: business, as: .system) { change in
      try change.execute(
        """
        UPDATE business_memberships SET status = :status, version = version + 1, updated_at = :now
        WHERE business_id = :business AND user_id = :user
        """, ["status": status, "user": user, "now": change.now])
    }
  }

  /// Ends everybody's sessions in the business.
  package func endSessions() async throws {
    try await workspace.store.change(in: business, as: .system) { change in
      try change.execute(
        """
        UPDATE user_sessions SET revoked_at = :now, revoked_reason = 'test'
        WHERE business_id = :business AND revoked_at IS NULL
        """, ["now": change.now])
    }
  }
}
