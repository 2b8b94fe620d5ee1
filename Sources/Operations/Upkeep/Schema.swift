package import Domain
package import Store

/// The schema of one database file: where it stands, how it is brought up to this program and how
/// it is taken back (RULES §8). Works on a file that `Workspace.open` would refuse.
package struct Schema: Sendable {
  let path: String
  let origin: String
  let clock: @Sendable () -> Timestamp
  private let open: @Sendable (_ path: String, _ who: String) throws -> Migrator

  /// `open` gives the runner for the file; tests pass one that knows other migrations.
  package init(
    of path: String, from origin: Origin, clock: @escaping @Sendable () -> Timestamp,
    open: @escaping @Sendable (_ path: String, _ who: String) throws -> Migrator = {
      try Migrator(path: $0, by: $1)
    }
  ) {
    self.path = path
    self.origin = origin.text
    self.clock = clock
    self.open = open
  }

  package func status() throws -> [MigrationStatus] {
    try withMigrator { try $0.status() }
  }

  /// Applies what is pending; the file is made when there is none. Returns the numbers applied.
  ///
  /// Where one fails, those before it were applied all the same, and the log has both.
  package func run() async throws -> [Int] {
    var applied: [Int] = []
    let result = Result {
      try withMigrator { try $0.run(at: clock()) { applied.append($0) } }
    }
    for number in applied { try await record(RunMigration(number: number, refusal: nil)) }
    if case .failure(StoreError.migration(let error)) = result, let number = error.failed {
      let words = UserMessage(StoreError.migration(error)).text
      try await record(RunMigration(number: number, refusal: .rule(words)))
    }
    return try result.get()
  }

  /// Undoes every migration back to `number`, after a backup. Posted books are only destroyed when
  /// `destroying` repeats the name of the file. Returns the numbers rolled back, the last first.
  package func rollBack(to number: Int, destroying: String?) async throws -> [Int] {
    do {
      try withMigrator { try $0.checkRollBack(to: number, destroying: destroying) }
      // Before it happens: what is undone may be the log itself, and then the backup has the record.
      try await record(RollBackMigration(number: number, refusal: nil))
      return try withMigrator {
        try $0.rollBack(to: number, destroying: destroying, at: clock())
      }
    } catch let error as StoreError {
      try await record(
        RollBackMigration(number: number, refusal: .rule(UserMessage(error).text)))
      throw error
    }
  }

  /// Copies the whole database, as it stands at one moment, to a new file at `copy`, and examines
  /// the copy before it gets its name.
  package func backUp(to copy: String) async throws {
    let store = try Store.openAsItIs(at: path, clock: clock)
    try store.backUp(to: copy)
    try store.close()
    try await record(BackUpDatabase(file: copy))
  }

  private func withMigrator<Output>(_ body: (Migrator) throws -> Output) throws -> Output {
    let migrator = try open(path, origin)
    let result = Result { try body(migrator) }
    try migrator.close()
    return try result.get()
  }

  /// Does `command`, which changes nothing, so that the instance's chain has it, if there is one.
  private func record(_ command: some Command) async throws {
    let store = try Store.openAsItIs(at: path, clock: clock)
    let actor = Actor(user: nil, name: "system", origin: origin)
    if try store.hasTable("audit_heads") {
      try await store.change(in: Business.instance, as: actor) { change in
        guard try change.hasChain() else { return }
        _ = try Gate.answer(
          command, by: .unasked(actor, at: change.now), in: change)
      }
    }
    try store.close()
  }
}

/// The record of a migration that was applied, or of one that failed.
private struct RunMigration: Command {
  static let permission: Permission? = .migrationRun
  static let event = AuditEvent.systemEvent
  let number: Int
  let refusal: Refusal?

  var subject: Subject { Subject(.migration, Int64(number), name: padded(number, to: 3)) }

  func run(in change: Change) throws {
    if let refusal { throw refusal }
  }
}

/// The record of a copy that was made.
private struct BackUpDatabase: Command {
  static let permission: Permission? = .migrationBackup
  static let event = AuditEvent.export
  let file: String

  var subject: Subject { Subject(.instance, name: file) }

  func run(in change: Change) {}
}

/// The record of a rollback that is about to happen, or of one that was refused.
private struct RollBackMigration: Command {
  static let permission: Permission? = .migrationRollback
  static let event = AuditEvent.systemEvent
  let number: Int
  let refusal: Refusal?

  var subject: Subject { Subject(.migration, Int64(number), name: padded(number, to: 3)) }

  func run(in change: Change) throws {
    if let refusal { throw refusal }
  }
}
