import Domain
import Operations
import Store

/// How somebody's grants are spread.
enum Spread: String, CaseIterable {
  case permissions = "grants of all permissions"
  case accounts = "grants of one permission, each on an account"
  case conditions = "grants of one permission, each with conditions"
}

/// A business in a file, as its owner would make it.
struct Office {
  let path: String
  let store: Store
  let business: ID<Business>

  static func make(at path: String, now: Timestamp) async throws -> Office {
    let migrator = try Migrator(path: path)
    try migrator.run(at: now)
    try migrator.close()
    let store = try Store.open(at: path, clock: { now })
    let business = try await Workspace(store: store).initialise(
      BusinessPlan(name: "Benchmark", baseCurrency: "USD", chart: ChartTemplate.named("trading")),
      ownerEmail: "ada@example.com", ownerName: "Ada", password: "a password of the benchmark")
    return Office(path: path, store: store, business: business)
  }

  /// Somebody with so many grants.
  func hire(_ spread: Spread, grants: Int) async throws -> ID<User> {
    try await store.change(in: business, as: .system) { change in
      let user = try change.insert(
        User.self,
        """
        INSERT INTO users (email, display_name, password_hash, status, created_at)
        SELECT :email, 'Emma', :hash, 'active', :now WHERE :business > 0
        """,
        [
          "email": "\(spread)@example.com", "hash": String(repeating: "x", count: 64),
          "now": change.now,
        ])
      try change.execute(
        """
        INSERT INTO business_memberships (business_id, user_id, role, status, created_at)
        VALUES (:business, :user, 'employee', 'active', :now)
        """, ["user": user, "now": change.now])
      let permissions = Permission.allCases
      for number in 0..<grants {
        let isOne = spread != .permissions
        try change.execute(
          """
          INSERT INTO user_permissions (business_id, user_id, permission, effect, subject_type,
            subject_id, conditions, starts_at, granted_by, reason, created_at)
          VALUES (:business, :user, :permission, 'allow', :kind, :thing, :conditions, :now,
            (SELECT user_id FROM business_memberships WHERE business_id = :business LIMIT 1),
            'Measured', :now)
          """,
          [
            "user": user,
            "permission": isOne
              ? "journal.post" : permissions[number % permissions.count].rawValue,
            "kind": spread == .conditions ? nil : "account",
            "thing": spread == .conditions ? nil : Int64(number + 1),
            "conditions": spread == .conditions ? "{\"accounts\":[\(number + 1)]}" : "{}",
            "now": change.now,
          ])
      }
      return user
    }
  }
}
