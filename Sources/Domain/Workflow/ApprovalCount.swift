/// What somebody says to an approval (RULES §5.3).
package enum ApprovalDecision: String, Codable, Sendable, CaseIterable {
  case approve
  case reject
  /// For changes, to whoever started the instance.
  case `return`
  /// Leaves it to the others: there is one less to count.
  case abstain
}

/// What one person said to an approval, in their own name or in that of whoever lent it.
package struct ApprovalVote: Hashable, Codable, Sendable {
  package let person: ID<User>
  package let actingFor: ID<User>?
  package let decision: ApprovalDecision
  package let round: Int
  package let at: Timestamp

  package init(
    _ person: ID<User>, actingFor: ID<User>? = nil, _ decision: ApprovalDecision, round: Int = 1,
    at: Timestamp
  ) {
    self.person = person
    self.actingFor = actingFor
    self.decision = decision
    self.round = round
    self.at = at
  }

  /// Whose place among those who are asked it takes.
  package var seat: ID<User> { actingFor ?? person }
}

/// The votes on an approval, and what follows from them (RULES §5.3).
package struct ApprovalCount: Hashable, Sendable {
  package enum Outcome: Hashable, Sendable, CaseIterable {
    case open
    case approved
    case rejected
    case returned
    /// Those who are left can neither approve nor reject it: more must be asked.
    case short
  }

  package let mode: ApprovalMode
  /// Whether one rejection rejects.
  package let hasVeto: Bool
  /// Everybody who is asked, once; in their order where it is one after the other.
  package let eligible: [ID<User>]
  /// At most one of each person and for each who is asked.
  package let votes: [ApprovalVote]

  package init(
    _ mode: ApprovalMode, hasVeto: Bool = false, eligible: [ID<User>], votes: [ApprovalVote] = []
  ) {
    self.mode = mode
    self.hasVeto = hasVeto
    self.eligible = eligible
    self.votes = votes
  }

  package var outcome: Outcome {
    if number(.return) > 0 { return .returned }
    let rejections = number(.reject)
    if hasVeto && rejections > 0 { return .rejected }
    let approvals = number(.approve)
    let counted = eligible.count - number(.abstain)
    let needed: Int
    switch mode {
    case .any:
      needed = 1
    case .all, .sequential:
      if rejections > 0 { return .rejected }
      needed = max(counted, 1)
    case .quorum(let quorum):
      needed = quorum
    }
    if approvals >= needed { return .approved }
    if counted - rejections >= needed { return .open }
    return rejections > 0 ? .rejected : .short
  }

  /// Who may vote now: all who haven't, or the first of them where it is one after the other.
  package var asked: [ID<User>] {
    let voted = Set(votes.map(\.seat))
    let left = eligible.filter { !voted.contains($0) }
    return mode == .sequential ? Array(left.prefix(1)) : left
  }

  /// The vote that stands in the way of one of `person` for `seat`: their own for somebody else, or
  /// somebody else's for it. One of their own for the same is changed by it.
  package func vote(against person: ID<User>, for seat: ID<User>) -> ApprovalVote? {
    votes.first { ($0.person == person) != ($0.seat == seat) }
  }

  private func number(_ decision: ApprovalDecision) -> Int {
    votes.count { $0.decision == decision }
  }
}
