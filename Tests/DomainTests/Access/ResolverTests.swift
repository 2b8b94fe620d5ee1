import Domain
import Testing

/// The resolver against an answer worked out another way, for random people, grants, lists and things.
@Suite struct ResolverTests {
  private static let worlds = 10_000

  private func forEachWorld(_ body: (AccessWorld, Int) throws -> Void) rethrows {
    var chance = SplitMix(seed: 2_026)
    for index in 0..<Self.worlds { try body(AccessWorld(using: &chance), index) }
  }

  @Test func `a decision is what the rules say, word by word`() {
    var (allowed, denials): (Int, [String: Int]) = (0, [:])
    forEachWorld { world, index in
      let decision = world.rights.decide(world.permission, on: world.resource, in: world.moment)
      #expect(
        decision.isAllowed == world.expected,
        "world \(index): \(world.permission) \(decision.trace)")
      if let denial = decision.denial {
        denials[denial.code, default: 0] += 1
      } else {
        allowed += 1
      }
    }
    // Nothing is proved by worlds in which nothing is ever allowed, or always by one rule.
    #expect(allowed > 2_000)
    let codes = [
      "read-only", "people-only", "key-scope", "denied", "list", "no-grant", "not-own",
      "department", "condition", "reserved", "limit", "sod", "second-person",
      "lender",
    ]
    for code in codes { #expect(denials[code, default: 0] > 10, "\(code): \(denials)") }
  }

  @Test func `the last finding is the one that decided`() {
    forEachWorld { world, index in
      let decision = world.rights.decide(world.permission, on: world.resource, in: world.moment)
      let reason = decision.trace.last?.reason
      switch decision.verdict {
      case .allowed: #expect(reason == .allowed, "world \(index)")
      case .denied(let denial): #expect(reason == .denied(denial), "world \(index)")
      }
    }
  }

  @Test func `what would change the answer changes it`() {
    var most = 0
    forEachWorld { world, index in
      var (rights, resource): (Rights, Resource?) = (world.rights, world.resource)
      let isAllowed = rights.decide(world.permission, on: resource, in: world.moment).isAllowed
      let remedies = rights.remedies(for: world.permission, on: resource, in: world.moment)
      if remedies.isEmpty {
        #expect(isAllowed || world.object.amount == nil, "world \(index)")
        return
      }
      for remedy in remedies {
        #expect(
          !rights.decide(world.permission, on: resource, in: world.moment).isAllowed,
          "world \(index): \(remedy) isn't needed")
        remedy.apply(to: &rights, &resource, world.permission)
      }
      #expect(
        rights.decide(world.permission, on: resource, in: world.moment).isAllowed,
        "world \(index): \(remedies)")
      most = max(most, remedies.count)
    }
    #expect(most > 3)
  }

  @Test func `what a reader reaches is what they may read one by one`() {
    var (seen, hidden) = (0, 0)
    forEachWorld { world, index in
      guard world.permission.onlyReads else { return }
      let lists = world.resource.protections
      let reach = world.rights.reach(of: world.permission, lists: lists, in: world.moment)
      let isSeen = reach.contains(world.resource, parts: Set(lists.map(\.thing)))
      #expect(
        isSeen
          == world.rights.decide(world.permission, on: world.resource, in: world.moment).isAllowed,
        "world \(index)")
      if isSeen { seen += 1 } else { hidden += 1 }
    }
    #expect(seen > 300 && hidden > 300)
  }
}

extension AccessWorld {
  var moment: Circumstances {
    Circumstances(
      Timestamp(milliseconds: now), origins: origins, hasSecondFactor: secondFactor)
  }

  var rights: Rights {
    var rights = rights(of: user)
    rights.delegations = loans.map { loan in
      var conditions = Conditions()
      conditions.departments = loan.departments.map { Set($0.map(ID.init)) }
      return Delegation(
        id: loan.id, patterns: [loan.pattern].compactMap(PermissionPattern.init),
        conditions: conditions, cap: loan.cap.map(Money.init),
        window: Window(from: time(loan.start), until: time(loan.end)),
        lender: self.rights(of: loan.lender))
    }
    rights.key = key?.compactMap(PermissionPattern.init)
    rights.brokenGlass = glass ? Window(from: time(now), until: time(now + 1)) : nil
    return rights
  }

  private func rights(of user: Holder) -> Rights {
    let person = Person(
      id: ID(user.id), name: "Ada", role: user.role,
      departments: Set(user.departments.map(ID.init)), memberOf: Set(user.memberOf.map(ID.init)),
      groups: user.isInGroup ? ["clerks"] : [], limit: user.limit.map(Money.init))
    return Rights(
      person, state: active ? .active : .suspended,
      grants: user.lines.compactMap { line in
        PermissionPattern(line.pattern).map {
          Grant(
            line.allows ? .allow : .deny, $0, from: .person(id: line.id),
            conditions: conditions(line.limits), limit: line.limit.map(Money.init),
            window: Window(from: line.start.map(time), until: line.end.map(time)))
        }
      })
  }

  private func time(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

  private func conditions(_ limits: Limits) -> Conditions {
    var conditions = Conditions()
    conditions.ownOnly = limits.own
    conditions.departments = limits.departments.map { Set($0.map(ID.init)) }
    conditions.accounts = limits.accounts.map { Set($0.map(ID.init)) }
    conditions.amountAtLeast = limits.atLeast.map(Money.init)
    conditions.amountAtMost = limits.atMost.map(Money.init)
    conditions.entryTypes = limits.types
    conditions.weekdays = limits.weekdays
    conditions.hours = limits.hours
    conditions.origins = limits.origin.map { [$0] }
    conditions.secondFactor = limits.secondFactor
    conditions.ownCounts = limits.ownCounts
    conditions.accountClasses = limits.classes
    conditions.sources = limits.sources
    conditions.periods = limits.periods
    conditions.thing = limits.thing.map { Thing(.entry, $0) }
    return conditions
  }

  var resource: Resource {
    var resource = Resource(
      creator: object.creator.map(ID<User>.init), amount: object.amount.map(Money.init),
      allowsSelfApproval: object.allowsSelf)
    resource.allowsOwnPosting = object.ownPosting
    resource.writers = ids(object.writers, of: User.self) ?? []
    resource.departments = ids(object.departments, of: Department.self)
    resource.accounts = ids(object.accounts, of: Account.self)
    for (user, hand) in object.involved { resource.involved[ID<User>(user)] = hand }
    resource.entryType = object.type
    resource.accountClasses = object.classes
    resource.source = object.source
    resource.period = object.periods
    resource.roles = object.roles
    resource.concerned = object.concerned.map(ID<User>.init)
    resource.isConfirmed = object.confirmed
    resource.thing = Thing(.entry, 0)
    resource.protections = object.lists.enumerated().map { index, rows in
      Protection(
        Thing(.entry, Int64(index)),
        rows: rows.enumerated().map { number, row in
          Protection.Row(
            id: Int64(number), party: party(row.party), level: AccessLevel.allCases[row.level],
            mayShare: row.mayShare, mayExport: row.mayExport,
            window: Window(from: nil, until: row.end.map(time)))
        })
    }
    return resource
  }

  private func ids<Kind>(_ numbers: Set<Int64>?, of _: Kind.Type) -> Set<ID<Kind>>? {
    numbers.map { Set($0.map { ID<Kind>($0) }) }
  }

  private func party(_ number: Int) -> Protection.Party {
    switch number {
    case 0: .user(ID(1))
    case 1: .department(ID(1))
    case 2: .department(ID(2))
    case 3: .role(.manager)
    case 4: .role(.owner)
    case 5: .group("clerks")
    default: .user(ID(10))
    }
  }
}
