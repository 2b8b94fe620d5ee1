package import Domain
package import Store

/// What a business brings to a group at the end of a day (RULES §3.12). Without the year's closing:
/// a group shows what was earned. Whoever doesn't see all of the business is refused, as what they
/// don't see would be taken for a difference of exchange.
package struct ConsolidationBalances: Query, Hashable {
  package static let permission: Permission? = .consolidationRun
  let from: Day?
  let through: Day
  let knownAt: Timestamp?

  /// Of income and expenses those since a day, or since the fiscal year of the last began; as the
  /// books stood at a moment, or as they stand.
  package init(from: Day? = nil, through: Day, knownAt: Timestamp? = nil) {
    self.from = from
    self.through = through
    self.knownAt = knownAt
  }

  package func run(in snapshot: Snapshot) throws -> MemberBalances {
    try snapshot.requireReports(of: nil)
    guard snapshot.narrowing == nil else {
      throw Refusal.notPermitted(.reportRead, .otherDepartment)
    }
    let facts = try snapshot.businessFacts()
    // In no fiscal year everything is of the days that are asked for.
    let first = try from ?? snapshot.fiscalYearStart(of: through) ?? .first
    let chart = try snapshot.reportedAccounts().map(FinancialStatement.Account.init)
    let temporary = Set(chart.filter(\.type.isTemporary).map(\.id))
    let scope = LedgerScope(.adjusted, knownAt: knownAt)
    let held = try snapshot.ledgerSums(through: through, scope)
    let earned = try snapshot.unclosedSums(from: first, through: through, scope)
      .filter { temporary.contains($0.account) }
    let all = held.filter { temporary.contains($0.account) }
    let (slug, name) = try snapshot.nameOfBusiness()
    return MemberBalances(
      slug: slug, name: name,
      currency: Currency(code: facts.baseCurrency, exponent: facts.baseExponent), from: first,
      through: through, chart: chart,
      positions: try (held.filter { !temporary.contains($0.account) } + earned).positions(),
      earlier: try all.map(\.base).total() - earned.map(\.base).total(),
      cashFlows: try snapshot.cashFlows(
        .indirect, in: FinancialStatement.Column(from: first, to: through), chart, scope),
      unvalued: try UnvaluedLines(asOf: through, knownAt: knownAt).run(in: snapshot))
  }
}

extension Reading {
  fileprivate func nameOfBusiness() throws -> (slug: String, name: String) {
    let found = try row(
      { (slug: String, name: String) in (slug: slug, name: name) },
      "SELECT slug, name FROM businesses WHERE id = :business")
    guard let found else { throw StoreError.noRow }
    return found
  }
}

extension Workspace {
  /// Shows a group as one business. `enter` takes whoever asks to a member, by its slug: each is read
  /// through its own gate, and of none is anything shown where one refuses. Rates that the group lacks
  /// are those that its parent keeps: of the last day for closings, or else its spot rate, and its
  /// average, and for cash of before the first day the same of the day before; they are the newest,
  /// whatever moment the books are known at.
  ///
  /// Beside it is how far the books of each member had come, in their order.
  ///
  /// Throws `MemberRefusal`, `ConsolidationFaults`, and what `enter` throws that is no refusal.
  package func consolidate(
    _ group: ConsolidationGroup, from: Day? = nil, through: Day, knownAt: Timestamp? = nil,
    entering enter: (String) async throws -> Principal
  ) async throws -> (consolidation: Consolidation, footings: [Footing]) {
    var group = group
    var members: [MemberBalances] = []
    var footings: [Footing] = []
    var parent: Principal?
    for index in group.members.indices {
      let member = group.members[index]
      do {
        let principal = try await enter(member.slug)
        // All are of the same days.
        let days = ConsolidationBalances(
          from: members.first?.from ?? from, through: through, knownAt: knownAt)
        let found = try await fetch(Footed(days), as: principal)
        members.append(found.output)
        footings.append(found.footing)
        parent = parent ?? principal
        let code = members[index].currency.code
        if let parent, code != group.currency.code {
          group.members[index].rates = try await completed(
            member.rates, of: code, in: group.currency.code,
            from: found.output.from, on: through, as: parent)
        }
      } catch let refusal as Refusal {
        throw MemberRefusal(member: member.slug, refusal: refusal)
      }
    }
    return (try Consolidation(group, of: members), footings)
  }

  private func completed(
    _ rates: ConsolidationGroup.Rates, of code: String, in base: String, from first: Day,
    on day: Day, as parent: Principal
  ) async throws -> ConsolidationGroup.Rates {
    var rates = rates
    for kind in [RateKind.closing, .spot] where rates.closing == nil {
      rates.closing = try await kept(kind, of: code, in: base, on: day, as: parent)
    }
    for kind in [RateKind.closing, .spot] where rates.opening == nil && first > .first {
      rates.opening = try await kept(
        kind, of: code, in: base, on: first.adding(days: -1), as: parent)
    }
    if rates.average == nil {
      rates.average = try await kept(.average, of: code, in: base, on: day, as: parent)
    }
    return rates
  }

  /// Nil where nobody keeps one: what lacks it says so with all else that a group lacks.
  private func kept(
    _ kind: RateKind, of code: String, in base: String, on day: Day, as parent: Principal
  ) async throws -> ExchangeRate? {
    do {
      return try await fetch(RateOfDay(of: code, in: base, on: day, kind), as: parent).rate
    } catch Refusal.rate(.missing) { return nil }
  }
}

/// Why a group isn't shown: what a member's gate said to whoever asked.
package struct MemberRefusal: Error, Hashable, Sendable {
  /// By slug.
  package let member: String
  package let refusal: Refusal

  package init(member: String, refusal: Refusal) {
    self.member = member
    self.refusal = refusal
  }
}
