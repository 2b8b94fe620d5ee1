extension Rights {
  /// Whether the person may do `permission` (RULES §4.2), over facts that were loaded in the
  /// transaction that acts on it.
  ///
  /// `resource` is nil where a kind of thing is asked about ("may I enter journals at all?"): then
  /// what narrows a grant to some of them doesn't deny it.
  package func decide(
    _ permission: Permission, on resource: Resource?, in circumstances: Circumstances
  ) -> Decision {
    var question = Question(self, permission, resource, circumstances)
    let outcome = question.answer()
    return Decision(
      permission: permission, verdict: outcome.verdict, trace: question.trace,
      obligations: outcome.obligations, actingFor: outcome.actingFor)
  }
}

/// One question being answered: each step adds what it found, and ends it where it denies.
private struct Question {
  private let rights: Rights
  private let permission: Permission
  private let resource: Resource?
  private let circumstances: Circumstances
  private(set) var trace: [Finding] = []

  init(
    _ rights: Rights, _ permission: Permission, _ resource: Resource?,
    _ circumstances: Circumstances
  ) {
    self.rights = rights
    self.permission = permission
    self.resource = resource
    self.circumstances = circumstances
  }

  struct Outcome {
    var verdict: Decision.Verdict
    var obligations: Set<Obligation> = []
    var actingFor: ID<User>?
  }

  mutating func answer() -> Outcome {
    trace.append(Finding(.gate, .person(person.role)))
    if let denial = gate() { return denied(.gate, denial) }
    let given = rights.given(permission)
    trace.reserveCapacity(given.count + 4)
    // By index, as a copy of a grant costs more than what is asked of it.
    for index in given.indices where given[index].effect == .deny {
      if applies(given[index]) {
        let source = given[index].source
        return denied(.deny, .forbidden(by: source), source)
      }
    }
    if let denial = narrowing() { return denied(.list, denial) }
    let (allows, nearest) = allowing(given)
    guard !allows.isEmpty else { return denied(.allow, nearest ?? .noGrant(person.role)) }
    return decided(by: allows)
  }

  private var person: Person { rights.person }

  private mutating func denied(
    _ step: Finding.Step, _ denial: Denial, _ source: Grant.Source? = nil
  ) -> Outcome {
    trace.append(Finding(step, .denied(denial), source: source))
    return Outcome(verdict: .denied(denial))
  }

  // Step 1.
  private func gate() -> Denial? {
    if rights.state != .active, !permission.onlyReads { return .readOnly(rights.state) }
    if let key = rights.key {
      if permission.isForPeopleOnly { return .peopleOnly }
      if !key.contains(where: { $0.matches(permission) }) { return .outOfKeysScope }
    }
    return nil
  }

  // Step 3, for denies; those that don't apply are told of too.
  private mutating func applies(_ deny: Grant) -> Bool {
    if let reason = silence(of: deny, .touchingAny) {
      trace.append(Finding(.deny, reason, source: deny.source))
      return false
    }
    // What narrows a deny to some things doesn't deny the kind.
    return resource != nil || deny.conditions.askNothingOfThings
  }

  /// Why a grant says nothing here; nil where it speaks.
  private func silence(
    of grant: Grant, _ strictness: Conditions.Strictness
  ) -> Finding.Reason? {
    guard grant.window.holds(circumstances.now) else { return .notInForce(grant.window) }
    let broken =
      grant.conditions.broken(in: circumstances, strictness)
      ?? resource.flatMap { grant.conditions.broken(on: $0, for: person.id, strictness) }
    return broken.map(Finding.Reason.conditionFails)
  }

  // Step 5, and 4 for rows that give nothing.
  private mutating func narrowing() -> Denial? {
    for protection in resource?.protections ?? [] {
      let finding = rights.finding(of: protection, for: permission, in: circumstances)
      if case .denied(let denial) = finding { return denial }
      if let finding { trace.append(Finding(.list, finding)) }
    }
    return nil
  }

  // Step 6. The denial is that of the grant that came nearest.
  private mutating func allowing(_ given: [Grant]) -> ([Allow], Denial?) {
    var allows: [Allow] = []
    var nearest: Denial?
    if let own = rights.own(permission) {
      weigh(own, &allows, &nearest)
    } else {
      trace.append(Finding(.allow, .holdsNothing, source: .role(person.role)))
    }
    for index in given.indices where given[index].effect == .allow {
      weigh(given[index], &allows, &nearest)
    }
    if permission.isLendable {
      for delegation in rights.delegations
      where delegation.patterns.contains(where: { $0.matches(permission) }) {
        switch lent(by: delegation) {
        case .success(let allow): allows.append(allow)
        case .failure(let silence): nearest = nearest ?? silence.denial
        }
      }
    }
    if let thing = readable {
      let source = Grant.Source.list(thing)
      trace.append(Finding(.allow, .holds(nil), source: source))
      allows.append(Allow(source: source))
    }
    return (allows, nearest)
  }

  private mutating func weigh(_ grant: Grant, _ allows: inout [Allow], _ nearest: inout Denial?) {
    if let reason = silence(of: grant, .coveringAll) {
      trace.append(Finding(.allow, reason, source: grant.source))
      if case .conditionFails(let name) = reason { nearest = nearest ?? denial(for: name) }
    } else if let reservation = excluding(grant) {
      trace.append(Finding(.allow, .denied(.reserved(reservation)), source: grant.source))
      nearest = nearest ?? .reserved(reservation)
    } else {
      trace.append(Finding(.allow, .holds(row(of: grant)), source: grant.source))
      allows.append(Allow(grant, for: person, permission))
    }
  }

  /// What may be read because its own list says so.
  private var readable: Thing? {
    guard permission.onlyReads, !permission.isExport else { return nil }
    return resource?.protections.first { protection in
      protection.thing == resource?.thing
        && protection.rows.contains {
          $0.window.holds(circumstances.now) && $0.level >= .read && person.isOf($0.party)
        }
    }?.thing
  }

  private func row(of grant: Grant) -> RoleGrant? {
    switch grant.source {
    case .role(let role): permission.grant(to: role)
    case .membership: .limitedInDepartment
    case .department, .template, .person, .delegation, .list, .proposed: nil
    }
  }

  private func denial(for condition: Conditions.Name) -> Denial {
    switch condition {
    case .own: .notOwn
    case .departments: .otherDepartment
    default: .condition(condition)
    }
  }

  /// The reservation of a role's own grant, where it excludes what is asked about.
  private func excluding(_ grant: Grant) -> Reservation? {
    guard let resource, case .only(let reservation)? = row(of: grant) else { return nil }
    let isExcluded =
      switch reservation {
      case .rolesUpToManager: !(resource.roles?.allSatisfy { $0 <= .manager } ?? false)
      case .notAnOwner: resource.roles?.contains(.owner) ?? true
      case .notOneself: resource.concerned == person.id
      case .approvedOrExempt, .bySubmission, .trialBalanceAndOwn, .watermarked, .asDraft,
        .withReason:
        // What whoever acts on the decision sees to.
        false
      }
    return isExcluded ? reservation : nil
  }

  /// Why what is lent allows nothing here; nil where that is no reason of its own.
  private struct Silence: Error {
    var denial: Denial?
  }

  private mutating func lent(by delegation: Delegation) -> Result<Allow, Silence> {
    let lender = delegation.lender.person
    let source = Grant.Source.delegation(id: delegation.id, from: lender.id, name: lender.name)
    let grant = Grant(
      .allow, PermissionPattern(permission), from: source, conditions: delegation.conditions,
      limit: delegation.cap, window: delegation.window)
    if let reason = silence(of: grant, .coveringAll) {
      trace.append(Finding(.allow, reason, source: source))
      guard case .conditionFails(let name) = reason else { return .failure(Silence()) }
      return .failure(Silence(denial: denial(for: name)))
    }
    if rights.key != nil {
      trace.append(Finding(.allow, .denied(.outOfKeysScope), source: source))
      return .failure(Silence())
    }
    let theirs = delegation.lender.decide(permission, on: resource, in: circumstances)
    if let denial = theirs.denial {
      trace.append(Finding(.allow, .lenderMayNot(denial), source: source))
      return .failure(Silence(denial: .lenderMayNot(name: lender.name, denial)))
    }
    trace.append(Finding(.allow, .holds(nil), source: source))
    return .success(
      Allow(
        source: source, limit: delegation.cap, obligations: theirs.obligations,
        actingFor: lender.id))
  }

  // Steps 7 to 10.
  private mutating func decided(by allows: [Allow]) -> Outcome {
    var allows = allows
    if permission.isMonetary, let resource {
      let enough = allows.filter { allow in
        allow.limit.map { limit in resource.amount.map { $0 <= limit } ?? false } ?? true
      }
      let highest = allows.compactMap(\.limit).max()
      if enough.isEmpty, let highest {
        let denial = Denial.overLimit(amount: resource.amount, limit: highest)
        guard lifted(denial, at: .limit) else { return denied(.limit, denial) }
      } else {
        allows = enough
        trace.append(
          Finding(.limit, .withinLimit(allows.contains { $0.limit == nil } ? nil : highest)))
      }
    }
    if permission.isJudgement, let resource, let involvement = resource.involved[person.id],
      // One vote a person, even where they may vote on what they made.
      !resource.allowsSelfApproval || involvement == .decided
    {
      let denial = Denial.involved(involvement)
      // Nothing makes one vote into two.
      guard involvement != .decided, lifted(denial, at: .duties) else {
        return denied(.duties, denial)
      }
    }
    if permission == .journalPost, let resource, !resource.allowsOwnPosting,
      resource.writers.contains(person.id), !lifted(.ownPosting, at: .duties)
    {
      return denied(.duties, .ownPosting)
    }
    let best = allows.min { $0.burden < $1.burden }
    guard let best, !best.needsSecond || resource?.isConfirmed == true else {
      return denied(.verdict, .secondPersonNeeded, best?.source)
    }
    trace.append(Finding(.verdict, .allowed, source: best.source))
    return Outcome(
      verdict: .allowed, obligations: best.obligations, actingFor: best.actingFor)
  }

  private mutating func lifted(_ denial: Denial, at step: Finding.Step) -> Bool {
    guard rights.brokenGlass?.holds(circumstances.now) == true else { return false }
    trace.append(Finding(step, .liftedByBrokenGlass(denial)))
    return true
  }
}

/// An allow that applies.
private struct Allow {
  let limit: Money?
  let obligations: Set<Obligation>
  let actingFor: ID<User>?
  let source: Grant.Source
  let needsSecond: Bool

  init(
    source: Grant.Source, limit: Money? = nil, obligations: Set<Obligation> = [],
    actingFor: ID<User>? = nil
  ) {
    self.source = source
    self.limit = limit
    self.obligations = obligations
    self.actingFor = actingFor
    needsSecond = false
  }

  init(_ grant: Grant, for person: Person, _ permission: Permission) {
    let row = permission.grant(to: person.role)
    // No grant gives without a reason what the role gives with one.
    let needsReason = grant.conditions.reason || row == .only(.withReason)
    var obligations: Set<Obligation> = needsReason ? [.reason] : []
    if case .role = grant.source {
      if case .only(let reservation) = row, reservation != .withReason {
        obligations.insert(.only(reservation))
      }
      limit = grant.limit
    } else {
      limit = grant.limit ?? person.limit
    }
    self.obligations = obligations
    actingFor = nil
    source = grant.source
    // No grant gives alone what the rules give two.
    needsSecond = row == .secondPerson || row != .yes && permission.everNeedsSecond
  }

  /// What is asked least is taken first.
  var burden: Int { obligations.count + (actingFor == nil ? 0 : 10) + (needsSecond ? 100 : 0) }
}

extension Permission {
  /// Whether some role needs a second person for it.
  fileprivate var everNeedsSecond: Bool {
    Role.allCases.contains { grant(to: $0) == .secondPerson }
  }
}
