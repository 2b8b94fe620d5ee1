/// What people do to a step that they are asked for (RULES §5.3, §5.4).
extension WorkflowTurn {
  /// A rejection and a return say why in so many characters at the least (RULES §3.3).
  static let fewestCharacters = 5
  static let mostReassignments = 5

  mutating func vote(
    _ key: WorkflowStepKey, _ decision: ApprovalDecision
  ) throws(WorkflowRefusal) {
    let (step, node) = try active(key)
    guard case .approval(let approval) = node.kind else { throw .wrongKind(node.kind.name) }
    try checkSeen()
    let (person, seat) = try seat(in: step, node)
    if decision == .approve,
      let other = [person, seat].first(where: { approvesOther($0, than: key) })
    {
      throw .excluded(other, .otherStep)
    }
    try checkClaim(of: step, person, seat)
    let count = step.count(for: approval)
    if let vote = count.vote(against: person, for: seat) {
      throw vote.person == person
        ? .alreadyVoted(for: vote.seat, at: vote.at)
        : .alreadyDecided(by: vote.person, at: vote.at)
    }
    let isChanged = count.votes.contains { $0.person == person }
    if !isChanged, !count.asked.contains(seat), let next = count.asked.first {
      throw .notYourTurn(next: next)
    }
    try checkReason(decision)
    let vote = ApprovalVote(
      person, actingFor: seat == person ? nil : seat, decision, round: instance.round, at: now)
    change(key, .voted(vote), because: .request, for: vote.actingFor)
    tally(key, node, approval, after: vote)
    if decision == .approve { dropApprovers(vote, of: key) }
  }

  /// What follows from the votes on a step; nil is after somebody was dropped.
  private mutating func tally(
    _ key: WorkflowStepKey, _ node: WorkflowNode, _ approval: ApprovalStep,
    after vote: ApprovalVote?
  ) {
    let cause: Cause = vote == nil ? .consequence : .request
    guard let step = instance.steps[key], step.status == .active, !instance.status.isOver
    else { return }
    switch step.count(for: approval).outcome {
    case .open:
      if approval.mode == .sequential { notifyAsked(key, .asked) }
    case .approved: complete(key, .approve, because: cause, for: vote?.actingFor)
    case .rejected:
      change(key, .finished(.reject), to: .completed, because: cause, for: vote?.actingFor)
      end(.completed(.rejected))
    case .returned:
      change(key, .returned, because: cause, for: vote?.actingFor)
      effects.append(.subject(.returnedToDraft))
      tellInitiator(.returned)
    case .short: askMore(key, node)
    }
  }

  /// Whoever approved here is asked no more where other persons must approve (RULES §4.6).
  private mutating func dropApprovers(_ vote: ApprovalVote, of key: WorkflowStepKey) {
    for other in instance.live where other != key {
      for person in vote.persons { drop(person, from: other) }
    }
  }

  private mutating func drop(_ person: ID<User>, from key: WorkflowStepKey) {
    guard let step = instance.steps[key], step.status == .active, step.isAsked(person),
      !step.votes.contains(where: { $0.seat == person }), approvesOther(person, than: key),
      let node = definition.node(key.node), case .approval(let approval) = node.kind
    else { return }
    change(key, .dropped(WorkflowExclusion(person, .otherStep)))
    tally(key, node, approval, after: nil)
  }

  mutating func complete(
    _ key: WorkflowStepKey, _ values: [String: GuardValue]
  ) throws(WorkflowRefusal) {
    let (step, node) = try active(key)
    guard case .task(let task) = node.kind else { throw .wrongKind(node.kind.name) }
    let (person, seat) = try seat(in: step, node)
    try checkClaim(of: step, person, seat)
    try checkReason(nil)
    let known = Set(task.form.map(\.variable))
    for field in task.form where field.isRequired && values[field.variable] == nil {
      throw .valueRequired(field.variable)
    }
    try check(values, known)
    if !values.isEmpty {
      change(.filled(values), because: .request)
      know(values)
    }
    complete(key, .done, because: .request, for: seat == person ? nil : seat)
  }

  /// Values that the definition has room for, under names that are asked for.
  func check(
    _ values: [String: GuardValue], _ names: Set<String>
  ) throws(WorkflowRefusal) {
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      guard names.contains(name), let variable = definition.variable(name) else {
        throw .valueUnknown(name)
      }
      guard variable.type.takes(value) else { throw .valueUnfit(name) }
    }
  }

  mutating func acknowledge(_ key: WorkflowStepKey) throws(WorkflowRefusal) {
    let (step, node) = try active(key)
    guard case .review = node.kind else { throw .wrongKind(node.kind.name) }
    let (person, seat) = try seat(in: step, node)
    try checkClaim(of: step, person, seat)
    try checkReason(nil)
    complete(key, .done, because: .request, for: seat == person ? nil : seat)
  }

  mutating func claim(_ key: WorkflowStepKey) throws(WorkflowRefusal) {
    let (step, node) = try active(key)
    switch node.kind {
    case .task, .review: break
    case .approval(let approval):
      guard approval.mode == .any else { throw .notClaimable }
    case .start, .notification, .condition, .parallel, .join, .wait, .system, .end:
      throw .wrongKind(node.kind.name)
    }
    let (person, seat) = try seat(in: step, node)
    try checkClaim(of: step, person, seat)
    let until = now.adding(seconds: Int64(WorkflowClaim.hours) * 3600)
    change(key, .claimed(WorkflowClaim(person, until: until)), because: .request)
  }

  mutating func release(_ key: WorkflowStepKey) throws(WorkflowRefusal) {
    let (step, _) = try active(key)
    guard let claim = step.claim, claim.person == request.actor.user else { throw .notClaimed }
    change(key, .released, because: .request)
  }

  mutating func passOn(
    _ key: WorkflowStepKey, to seat: WorkflowSeat
  ) throws(WorkflowRefusal) {
    let (step, node) = try active(key)
    guard let person = request.actor.user, step.isAsked(person) else {
      throw .notYours(asked: step.seats.map(\.person))
    }
    guard node.kind.assignees?.canPassOn ?? false else { throw .notPassedOn }
    try reassign(key, from: person, to: seat)
  }

  mutating func reassign(
    _ key: WorkflowStepKey, from person: ID<User>, to seat: WorkflowSeat
  ) throws(WorkflowRefusal) {
    let (step, node) = try active(key)
    guard step.isAsked(person) else { throw .notAsked(person) }
    if let vote = step.votes.first(where: { $0.seat == person }) {
      throw .alreadyDecided(by: vote.person, at: vote.at)
    }
    try checkNewcomer(seat.person, step, node)
    guard step.reassignments < Self.mostReassignments else {
      throw .tooManyReassignments(most: Self.mostReassignments)
    }
    try requireReason()
    change(key, .reassigned(from: person, to: seat), because: .request)
    tell(seat.person, key)
  }

  mutating func delegate(
    _ key: WorkflowStepKey, to person: ID<User>
  ) throws(WorkflowRefusal) {
    let (step, node) = try active(key)
    guard let lender = request.actor.user, step.isAsked(lender) else {
      throw .notYours(asked: step.seats.map(\.person))
    }
    let delegation = WorkflowDelegation(from: lender, to: person)
    guard !step.delegations.contains(delegation) else { throw .alreadyAsked(person) }
    try checkNewcomer(person, step, node)
    change(key, .delegated(delegation), because: .request)
    tell(person, key)
  }

  private mutating func tell(_ person: ID<User>, _ key: WorkflowStepKey) {
    effects.append(.notify([person], .asked, step: key))
  }

  private func checkNewcomer(
    _ person: ID<User>, _ step: WorkflowStep, _ node: WorkflowNode
  ) throws(WorkflowRefusal) {
    if step.isAsked(person) { throw .alreadyAsked(person) }
    if let exclusion = exclusion(of: person, step, node) {
      throw .excluded(person, exclusion.reason)
    }
  }
}

/// What has to be so before somebody does something.
extension WorkflowTurn {
  func checkRunning() throws(WorkflowRefusal) {
    guard instance.status == .active || instance.status == .waiting else {
      throw .notRunning(instance.status)
    }
    if instance.isReturned { throw .awaitsChanges }
  }

  /// A step that something can be done to.
  func active(
    _ key: WorkflowStepKey
  ) throws(WorkflowRefusal) -> (step: WorkflowStep, node: WorkflowNode) {
    guard let step = instance.steps[key], let node = definition.node(key.node) else {
      throw .unknownStep(key)
    }
    if step.status.isOver {
      throw .stepNotActive(step.status, by: step.completedBy, at: step.endedAt)
    }
    try checkRunning()
    guard step.status == .active else { throw .stepNotActive(step.status, by: nil, at: nil) }
    return (step, node)
  }

  /// Who acts, and in whose place of a step: their own, that of whoever they say they act for, or
  /// that of somebody who lent them theirs. Nobody who is excluded does, neither in their own name
  /// nor in another's (RULES §4.5).
  func seat(
    in step: WorkflowStep, _ node: WorkflowNode
  ) throws(WorkflowRefusal) -> (person: ID<User>, seat: ID<User>) {
    let asked = step.seats.map(\.person)
    guard let person = request.actor.user else { throw .notYours(asked: asked) }
    let own = exclusion(of: person, step, node)
    if let own, own.reason.isOfDuty || !isLender(of: person, step) {
      throw .excluded(person, own.reason)
    }
    guard let seat = seat(of: person, step) else { throw .notYours(asked: asked) }
    if let exclusion = exclusion(of: seat, step, node) { throw .excluded(seat, exclusion.reason) }
    return (person, seat)
  }

  private func seat(of person: ID<User>, _ step: WorkflowStep) -> ID<User>? {
    let lenders = step.seats.map(\.person).filter { isLent($0, to: person, step) }
    if let lender = request.actor.actingFor { return lenders.first { $0 == lender } }
    if step.isAsked(person) { return person }
    if let vote = step.votes.first(where: { $0.person == person }) { return vote.seat }
    let voted = Set(step.votes.map(\.seat))
    return lenders.first { !voted.contains($0) } ?? lenders.first
  }

  private func isLender(of person: ID<User>, _ step: WorkflowStep) -> Bool {
    step.seats.contains { isLent($0.person, to: person, step) }
  }

  private func isLent(_ lender: ID<User>, to person: ID<User>, _ step: WorkflowStep) -> Bool {
    let delegation = WorkflowDelegation(from: lender, to: person)
    return step.delegations.contains(delegation) || world.delegations.contains(delegation)
  }

  private func exclusion(
    of person: ID<User>, _ step: WorkflowStep, _ node: WorkflowNode
  ) -> WorkflowExclusion? {
    let all = (step.excluded + excluded(from: step.key, node)).filter { $0.person == person }
    return all.first(where: \.reason.isOfDuty) ?? all.first
  }

  private func checkClaim(
    of step: WorkflowStep, _ person: ID<User>, _ seat: ID<User>
  ) throws(WorkflowRefusal) {
    guard let claim = step.claim, claim.until > now, claim.person != person, claim.person != seat
    else { return }
    throw .claimed(by: claim.person, until: claim.until)
  }

  private func checkSeen() throws(WorkflowRefusal) {
    guard let seen = request.seenHash, seen != instance.subjectHash else { return }
    throw .subjectChanged
  }

  private func checkReason(_ decision: ApprovalDecision?) throws(WorkflowRefusal) {
    switch decision {
    case .reject, .return: try requireReason(atLeast: Self.fewestCharacters)
    case .approve, .abstain, nil:
      if definition.requiresComments { try requireReason() }
    }
  }

  func requireReason(atLeast characters: Int = 1) throws(WorkflowRefusal) {
    guard request.reason.trimmingSpaces.count >= characters else {
      throw .reasonRequired(atLeast: characters)
    }
  }
}
