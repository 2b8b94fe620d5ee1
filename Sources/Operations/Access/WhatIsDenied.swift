package import Domain
package import Store

/// What of that which a screen's keys do its reader may not do to one thing, and what they hear of it
/// (UX 5.7). The commands ask the same anew when it is done.
package struct WhatIsDenied: Query {
  package static let permission: Permission? = nil
  let acts: Set<Act>
  let instance: ExplainAccess.Case

  /// What is done to a thing.
  package enum Act: Hashable, Sendable {
    /// What a permission lets one do.
    case use(Permission)
    /// The same to a member who is neither oneself nor above one.
    case govern(Permission)
    /// A step of an entry's lifecycle.
    case take(EntryAction)

    /// Nil where no command does it.
    package var permission: Permission? {
      switch self {
      case .use(let permission), .govern(let permission): permission
      case .take(let step): step.permission
      }
    }
  }

  package init(_ acts: Set<Act>, to instance: ExplainAccess.Case) {
    self.acts = acts
    self.instance = instance
  }

  package func run(in snapshot: Snapshot) throws -> [Act: Refusal] {
    guard let me = snapshot.actor.user, let found = try thing(in: snapshot) else { return [:] }
    let (rights, circumstances) = (
      try snapshot.whole.rights(of: me), try snapshot.circumstances()
    )
    var denied: [Act: Refusal] = [:]
    for act in acts {
      guard let permission = act.permission else { continue }
      let resource = instance.placed(found, for: permission)
      let decision = rights.decide(permission, on: resource, in: circumstances)
      do {
        try decision.require()
        switch (act, instance) {
        case (.govern, .member(let member)):
          if let denial = rights.person.denial(governing: member, resource) {
            throw Refusal.notPermitted(permission, denial)
          }
        case (.take(let step), .entry(let entry)):
          try snapshot.whole.requireStep(step, with: entry, by: rights.voter(by: decision))
        default: break
        }
      } catch let refusal as Refusal { denied[act] = refusal }
    }
    return denied
  }

  /// Nil where it is gone: who has just thrown it away asked for nothing that isn't theirs.
  private func thing(in snapshot: Snapshot) throws -> Resource? {
    do {
      return try instance.resource(of: nil, in: snapshot)
    } catch Refusal.noSuch { return nil }
  }
}

extension Reading {
  /// What a step asks for beyond its own permission. A step that the lifecycle doesn't have isn't
  /// refused here. Throws `notPermitted`, `approvalNotYours`, `needsApproval` or `irreversible`.
  fileprivate func requireStep(
    _ step: EntryAction, with entry: ID<Entry>, by voter: Person
  ) throws {
    let record = try self.entry(entry)
    guard EntryLifecycle.transition(step, from: record.status) != nil else { return }
    try requireOwn(record, or: step)
    switch step {
    case .approve: _ = try awaited(after: voter.role, on: record)
    case .reverse: try requireReversible(record)
    case .void: try requireVoidable(record)
    case .post where record.status == .draft:
      let required = try approvalsBeforePosting(of: record)
      guard required.isEmpty else {
        throw Refusal.needsApproval(by: required, amount: record.total)
      }
    default: break
    }
  }
}

extension Person {
  /// Why they may do nothing to a member, as the commands have it (`requireAnother`); nil where they
  /// may.
  func denial(governing member: ID<User>, _ resource: Resource?) -> Denial? {
    if member == id { return .reserved(.notOneself) }
    return resource?.roles?.max().flatMap { $0 > role ? .aboveThem($0) : nil }
  }
}
