import Domain
import Store

/// Decides, runs and records one command inside a transaction.
enum Gate {
  /// A refusal takes back what the command did but keeps its own record, so it comes out as a
  /// value, not as an error, and the transaction commits.
  static func answer<C: Command>(
    _ command: C, by principal: Principal, request: String, in change: Change
  ) throws -> Result<C.Output, Refusal> {
    let standing: Standing
    do {
      standing = try principal.standing(in: change, request: request, for: C.permission)
    } catch let refusal as Refusal {
      let stranger = try principal.stranger(in: change, request: request)
      try AuditTrail.append(
        Deed(of: command, failed: refusal), decision: "", cost: Cost(),
        to: change.acting(as: stranger))
      return .failure(refusal)
    }
    try change.noteActivity(in: standing.actor.session)
    return try answer(command, by: standing, in: change, calls: principal.isKey ? 1 : 0)
  }

  /// The same for somebody whose standing is known, as each step of a batch is. `calls` of a program
  /// are on its bill.
  static func answer<C: Command>(
    _ command: C, by standing: Standing, in change: Change, calls: Int64 = 0
  ) throws
    -> Result<C.Output, Refusal>
  {
    let change = change.acting(as: standing.actor, at: change.now)
    let meter = Meter(change)
    var trace = ""
    var before: [JSON.Field] = []
    // The system acts for whom it is told to.
    var lender = standing.actor.user == nil ? standing.actor.actingFor : nil
    let result: Result<C.Output, Refusal>
    do {
      result = .success(
        try change.whole {
          let decision = try Self.decide(command, by: standing, in: change)
          trace = decision.map { standing.words(of: $0) } ?? standing.unaskedWords
          if let denial = decision?.denial,
            let refusal = try command.refusal(for: denial, in: change)
          {
            throw refusal
          }
          try decision?.require()
          try command.reason?.requireSeen()
          if decision?.obligations.contains(.reason) == true {
            try change.requireReason(command.reason ?? "")
          }
          if let decision { lender = decision.actingFor }
          before = try command.subject.state(in: change)
          return try command.run(in: change.acting(as: standing.actor.acting(for: lender)))
        })
    } catch let error {
      guard let refusal = Refusal(error, subject: command.subject) else { throw error }
      result = .failure(refusal)
    }
    try meter.record { usage in
      let deed =
        switch result {
        case .success(let output):
          try Deed(of: command, output: output, before: before, in: change)
        case .failure(let refusal): Deed(of: command, failed: refusal)
        }
      var cost = Cost(deed.outcome == .success ? usage.own : usage.all)
      cost.apiCalls = calls
      if let help = command.assistance {
        cost.aiModel = help.model
        cost.computeMilliseconds += help.milliseconds
      }
      try AuditTrail.append(
        deed, decision: trace, cost: cost,
        to: change.acting(as: standing.actor.acting(for: lender)))
    }
    return result
  }

  /// Nil for the system and for what being signed in is enough for.
  private static func decide<C: Command>(
    _ command: C, by standing: Standing, in change: Change
  )
    throws -> Decision?
  {
    guard let permission = C.permission else {
      guard standing.actor.key == nil else { throw Refusal.key(.forPeople) }
      return nil
    }
    guard standing.actor.user != nil else { return nil }
    guard let rights = standing.rights else { throw Refusal.notAMember }
    // A thing is looked at only where it can make a difference.
    let matters = try rights.depend(onThingsFor: permission) || change.hasLists()
    var resource = matters ? try command.resource(in: change) : Resource()
    if standing.requester != nil { resource.isConfirmed = true }
    return rights.decide(permission, on: resource, in: standing.circumstances)
  }
}

extension Decision {
  /// Throws `notPermitted`.
  func require() throws {
    if case .denied(let denial) = verdict { throw Refusal.notPermitted(permission, denial) }
  }
}

extension Change {
  /// Does `command` within this transaction as `standing` says, with an audit record of its own: a
  /// step of a batch, or what another command brings about. Throws its refusal, recorded.
  @discardableResult
  func perform<C: Command>(_ command: C, by standing: Standing) throws -> C.Output {
    try Gate.answer(command, by: standing, in: self).get()
  }

  /// The same in the name of whoever does this command.
  @discardableResult
  func perform<C: Command>(_ command: C) throws -> C.Output {
    try perform(command, by: try ownStanding())
  }

  /// What whoever does this command is now; a batch asks once and acts by it for each of its steps.
  func ownStanding() throws -> Standing {
    guard let user = actor.user else { return .unasked(actor, at: now) }
    return Standing(actor: actor, rights: try rights(of: user), circumstances: try circumstances())
  }
}

extension Change {
  /// As much as whoever does this command may see by `permission`.
  func view(by permission: Permission) throws -> Snapshot {
    var standing = try ownStanding()
    standing.lists = try protections()
    return actor.user == nil ? snapshot : try standing.view(of: snapshot, by: permission)
  }
}

extension Reading {
  /// What is decided of the actor besides the command's own permission, by rights of their own; nil
  /// for the system, of which nothing is.
  func decide(_ permission: Permission, on resource: Resource?) throws -> Decision? {
    guard let user = actor.user else { return nil }
    return try ownRights(of: user, for: permission).decide(
      permission, on: resource, in: try circumstances())
  }
}

extension Refusal {
  /// What is a refusal rather than a failure of ours: constraints of the schema and missing rows
  /// too, or they would go unrecorded. Nil for the rest.
  init?(_ error: any Error, subject: Subject) {
    switch error {
    case let refusal as Refusal: self = refusal
    case let error as AmountError: self = .amount(error)
    case StoreError.noRow: self = .noSuch(subject)
    case StoreError.constraint(let message): self = .rule(message)
    default: return nil
    }
  }
}
