package import Domain
package import Phrases

extension Explanation {
  /// The answer as one sentence: `Max Manager (Manager) may not approve D-31: it is over …`. `thing`
  /// is what people call what was asked about, and `amount` how they write an amount. Behind it
  /// stands what is lent to them.
  package func sentence(
    on thing: Phrase?, amount written: (Money) -> String
  ) -> Phrase {
    .joined([verdict(on: thing, written)] + loans.map { Self.words($0, written) })
  }

  private static func words(_ loan: Loan, _ written: (Money) -> String) -> Phrase {
    let end = "\(loan.end.day.text) \(loan.end.clock.prefix(5))"
    return loan.limit.map {
      "\(loan.lender) lends it to them up to \(written($0)), until \(end)."
    } ?? "\(loan.lender) lends it to them until \(end)."
  }

  private func verdict(on thing: Phrase?, _ written: (Money) -> String) -> Phrase {
    let whom: Phrase = "\(person.name) (\(person.role.phrase))"
    let what = decision.permission.phrase(thing)
    guard let denial = decision.denial else {
      let reserves = decision.obligations.filter { isOfKind || !Self.isSettled($0) }
        .sorted { "\($0)" < "\($1)" }.map(Self.words)
      let words = narrowing.map { [UserMessage.words($0)] } ?? []
      return words.isEmpty && reserves.isEmpty
        ? "\(whom) may \(what)." : "\(whom) may \(what), \(.all(words + reserves))."
    }
    return "\(whom) may not \(what): \(Self.because(denial, written))."
  }

  /// What would make it a yes, as one sentence; nil where it is one.
  package func advice(amount written: (Money) -> String) -> Phrase? {
    guard !decision.isAllowed, moment == nil else { return nil }
    guard !remedies.isEmpty else { return "No single change would allow it." }
    let steps = remedies.filter { !isMoot($0) }.map { words($0, written) }
    let first = steps.dropFirst().reduce(steps[0]) { "\($0), then \($1)" }
    return "To allow it: \(first)."
  }

  /// Whether it would give somebody what they couldn't use: they had a hand in the thing.
  private func isMoot(_ remedy: Remedy) -> Bool {
    guard remedies.contains(.someoneElse) else { return false }
    return switch remedy {
    case .activate, .someoneElse: false
    default: true
    }
  }

  /// What state the entry is in that was asked about, as one sentence: that somebody may, and that it
  /// can be done, are two things. Nil where no entry was.
  package func state(of thing: Phrase) -> Phrase? {
    guard let status else { return nil }
    let steps = EntryAction.allCases.filter { $0.permission == decision.permission }
    let isPossible = steps.contains { EntryLifecycle.transition($0, from: status) != nil }
    return steps.isEmpty || isPossible
      ? "\(thing) is \(status.phrase)."
      : "\(thing) is \(status.phrase), and that isn't done to such an entry."
  }

  /// Who can do it instead, as one sentence; nil where their limit isn't too low, or nobody can.
  package var escalationAdvice: Phrase? {
    escalation.map { "Have \($0.name) approve it." }
  }

  /// How the role's own grant is narrowed, or that of the membership where the role has none, where
  /// no thing says whether that matters.
  private var narrowing: RoleGrant? {
    guard isOfKind else { return nil }
    let held = decision.trace.compactMap { finding -> RoleGrant? in
      if case .holds(let grant) = finding.reason { grant } else { nil }
    }.first
    return switch held {
    case .own, .department, .limited, .limitedInDepartment: held
    case .no, .yes, .secondPerson, .only, nil: nil
    }
  }

  /// The names of who else may do it; empty where nobody is looked for.
  package var others: String { candidates.prefix(5).map(\.name).joined(separator: ", ") }

  /// What says on whom it may be used, which is answered where somebody is meant.
  private static func isSettled(_ obligation: Obligation) -> Bool {
    if case .only(let reservation) = obligation { reservation.isForSome } else { false }
  }

  private static func words(_ obligation: Obligation) -> Phrase {
    switch obligation {
    case .reason: "with a reason"
    case .only(let reservation): Phrase(word: reservation.rawValue)
    }
  }

  private static func because(_ denial: Denial, _ written: (Money) -> String) -> Phrase {
    switch denial {
    case .readOnly(let state):
      "the business is \(Phrase(word: state.rawValue)) and can only be read"
    case .peopleOnly: "only people do this, no program's key"
    case .outOfKeysScope: "the key isn't for it"
    case .forbidden(let source): "it is forbidden to them by \(UserMessage.words(source))"
    case .notListed(let thing, _):
      "the \(UserMessage.words(thing)) is only for those on its list, and they aren't on it"
    case .noGrant(let role):
      "the role \(role.phrase) doesn't include it, and nobody has granted it to them"
    case .notOwn: "they may do it only with what they made themselves"
    case .otherDepartment: "it doesn't belong to their department"
    case .condition(let name): "what they hold is not \(UserMessage.words(name))"
    case .reserved(.notOneself): "nobody does it to themselves"
    case .reserved(.notAnOwner): "their role never does it to an owner"
    case .reserved(let reservation):
      "their role may do it for \(Phrase(word: reservation.rawValue)) only"
    case .overLimit(let amount?, let limit):
      "its amount of \(written(amount)) is over their limit of \(written(limit))"
    case .overLimit(nil, let limit):
      "its amount isn't known, and their limit is \(written(limit))"
    case .involved(.decided): "they have decided on it already, and somebody else must now"
    case .involved(let involvement):
      "they \(Phrase(word: involvement.rawValue)) it themselves, and somebody else must decide"
    case .ownPosting: "they wrote it themselves, and here somebody else posts what one wrote"
    case .aboveThem(let role): "the role \(role.phrase) is above theirs"
    case .secondPersonNeeded: "somebody else who may do it must confirm it"
    case .lenderMayNot(let name, let denial):
      "\(name) lends it to them and may not do it either: \(because(denial, written))"
    }
  }

  /// Whom to ask where the limit stays; where that is a sentence of its own, not here.
  private func orAsk(_ remedy: Phrase) -> Phrase {
    others.isEmpty || escalation != nil ? remedy : "\(remedy), or ask \(others)"
  }

  private func words(_ remedy: Remedy, _ written: (Money) -> String) -> Phrase {
    switch remedy {
    case .activate: "make the business active again"
    case .askPerson: "let a person do it"
    case .widenKey(let permission): "make a key that is for \(permission.rawValue)"
    case .revoke(let source): "take away \(UserMessage.words(source))"
    case .admit(let thing, let level):
      "put them on the list of the \(UserMessage.words(thing)) as \(Phrase(word: level.rawValue, context: "list"))"
    case .letApprove: "have their membership say that they may approve"
    case .grant(let permission): "grant them \(permission.rawValue)"
    case .raiseLimit(let amount): orAsk("raise their limit to \(written(amount))")
    case .grantUpTo(let permission, let amount):
      orAsk("grant them \(permission.rawValue) with a limit of \(written(amount))")
    case .someoneElse where remedies.contains(where: isMoot):
      "let somebody else do it, as they had a hand in it themselves\(whoElse)"
    case .someoneElse: "let somebody else do it\(whoElse)"
    case .secondPerson: "let a second person confirm it\(whoElse)"
    }
  }

  /// Behind what takes somebody else.
  private var whoElse: Phrase {
    others.isEmpty ? "; nobody else may at present" : ": \(others)"
  }
}

extension Decision {
  /// In a few words, how far what allows it goes, or the rule that denied it.
  package var how: Phrase {
    if let denial { return UserMessage.words(denial) }
    return .joined(
      trace.compactMap { finding -> Phrase? in
        guard case .holds(let grant) = finding.reason else { return nil }
        return grant.map { UserMessage.words($0) } ?? finding.source.map { UserMessage.words($0) }
      }, separator: "; ")
  }
}
