package import Domain
package import Store

/// The gate: everything that is done or looked at goes through here, so what is checked is checked
/// in the transaction that acts, and nothing changes or is refused without an audit record.
package struct Workspace: Sendable {
  package let store: Store
  /// Bytes that nobody can guess, for tokens; tests pass a seeded source.
  let chance: @Sendable (Int) -> [UInt8]
  /// How hard new passwords are to guess; tests make it easy.
  let passwordParameters: Passwords.Parameters
  let sealing: Sealing
  private let memory = RightsMemory()
  package var pollMilliseconds = 250

  package init(
    store: Store, chance: @escaping @Sendable (Int) -> [UInt8] = systemChance,
    passwords: Passwords.Parameters = Passwords.Parameters(), sealing: Sealing = .none
  ) {
    self.store = store
    self.chance = chance
    passwordParameters = passwords
    self.sealing = sealing
  }

  /// Does `command`, or throws the `Refusal` that its audit record tells of.
  @discardableResult
  package func perform<C: Command>(_ command: C, as principal: Principal) async throws -> C.Output {
    let request = newRequest()
    let command = await command.prepared(in: self, as: principal)
    return try await store.change(in: principal.business, as: .system) {
      try Gate.answer(command, by: principal, request: request, in: $0)
    }.get()
  }

  /// What `perform` would give, with nothing left of it (RULES F8). It waits for its turn to write.
  package func simulate<C: Command>(_ command: C, as principal: Principal) async throws -> C.Output
  {
    let request = newRequest()
    let command = await command.prepared(in: self, as: principal)
    return try await store.rehearse(in: principal.business, as: .system) {
      try Gate.answer(command, by: principal, request: request, in: $0)
    }.get()
  }

  package func fetch<Q: Query>(_ query: Q, as principal: Principal) async throws -> Q.Output {
    do {
      return try await read(query, as: principal)
    } catch let refusal as Refusal where refusal.deniesAccess {
      try await record(refusal, of: Q.self, to: principal)
      throw refusal
    }
  }

  /// What `fetch` gives, without a record of what was denied.
  func read<Q: Query>(_ query: Q, as principal: Principal) async throws -> Q.Output {
    try await store.snapshot(of: principal.business, as: .system) { snapshot in
      let standing = try principal.standing(in: snapshot, request: "", memory: memory)
      guard Q.takesKeys || standing.actor.key == nil else { throw Refusal.key(.forPeople) }
      return try query.run(in: standing.view(of: snapshot, by: Q.permission))
    }
  }

  /// The query's result now and each time it has changed, whichever process changed it: at once
  /// where this one did, else within `pollMilliseconds`.
  package func observe<Q: Query>(
    _ query: Q, as principal: Principal
  ) -> AsyncThrowingStream<
    Q.Output, any Error
  > {
    let (stream, continuation) = AsyncThrowingStream<Q.Output, any Error>.makeStream(
      bufferingPolicy: .bufferingNewest(1))
    let (looks, look) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let listener = store.commits.listen { look.yield() }
    let poll = Task {
      while !Task.isCancelled {
        look.yield()
        // Thrown only where the task is cancelled, and then the loop ends.
        try? await Task.sleep(for: .milliseconds(pollMilliseconds))
      }
    }
    let task = Task {
      var version: Int64?
      var shown: Q.Output?
      do {
        for await _ in looks {
          let current = try store.version()
          guard current != version else { continue }
          version = current
          let output = try await fetch(query, as: principal)
          if output != shown { continuation.yield(output) }
          shown = output
        }
        continuation.finish()
      } catch { continuation.finish(throwing: error) }
    }
    continuation.onTermination = { _ in
      store.commits.stop(listener)
      poll.cancel()
      task.cancel()
    }
    return stream
  }

  /// Of the database file; nil where it is in memory.
  package var path: String? { store.path }

  /// The day that it is, by the clock that the books run on.
  package var today: Day { store.now().day }

  /// A number that moves whenever any process has committed.
  package func version() throws -> Int64 { try store.version() }

  func newRequest() -> String { hexadecimal(chance(8)) }
}

/// From the operating system's generator.
package func systemChance(_ count: Int) -> [UInt8] {
  var generator = SystemRandomNumberGenerator()
  return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
}

extension Standing {
  /// As much of the business as may be seen by `permission`. Throws `notPermitted`.
  func view(of snapshot: Snapshot, by permission: Permission?) throws -> Snapshot {
    guard let rights else {
      guard permission == nil else { throw Refusal.notAMember }
      return snapshot.read(by: actor)
    }
    var reach = Reach.everything
    if let permission {
      try rights.decide(permission, on: nil, in: circumstances).require()
      reach = rights.reach(of: permission, lists: lists, in: circumstances)
    }
    // What is proved is proved of all that there is.
    let sight =
      permission == .auditVerify
      ? .everything : rights.sight(by: permission, lists: lists, in: circumstances)
    return snapshot.read(
      by: actor.reaching(reach),
      through: sight.isEverything ? nil : Narrowing(tables: sight.tables, reach: sight.json))
  }
}
