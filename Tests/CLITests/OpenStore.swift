import Domain
import Store

/// The database below the program, to see what it has recorded.
struct OpenStore {
  private let store: Store

  init(_ shell: Shell) throws {
    store = try Store.open(at: shell.database, clock: { Shell.now })
  }

  /// What happened to migrations, oldest first.
  var operations: [String] {
    get async throws {
      try await store.snapshot(of: Business.instance, as: .system) { snapshot in
        try snapshot.rows(
          { (operation: String, status: String) in "\(operation) \(status)" },
          """
          SELECT operation, status FROM audit_logs
          WHERE business_id = :business AND resource_type = 'migration' ORDER BY sequence
          """)
      }
    }
  }
}
