import Domain
import Testing

@Suite struct DecisionTests {
  private let sales = ID<Department>(1)
  private let export = ID<Department>(2)
  private let finance = ID<Department>(3)

  @Test func `without a grant the answer is no`() {
    let decision = decide(.journalCreate, person(.viewer))
    #expect(decision.verdict == .denied(.noGrant(.viewer)))
    #expect(!decision.isAllowed)
  }

  @Test(arguments: Role.allCases)
  func `everybody may read the books, all of them`(_ role: Role) {
    let decision = decide(.journalRead, person(role))
    #expect(decision.isAllowed)
    #expect(reach(.journalRead, person(role)).isEverything)
  }

  @Test func `one's own is what one made oneself`() {
    let employee = person(.employee)
    #expect(decide(.journalRecall, employee, on: Resource(creator: employee.id)).isAllowed)
    #expect(
      decide(.journalRecall, employee, on: Resource(creator: ID(9))).verdict == .denied(.notOwn))
    #expect(decide(.journalRecall, employee, on: Resource()).verdict == .denied(.notOwn))
    #expect(reach(.auditRead, employee).contains(Resource(creator: employee.id)))
    #expect(!reach(.auditRead, employee).contains(Resource(creator: ID(9))))
  }

  @Test func `a department's holder decides for it and those below, for every line`() {
    let manager = person(.manager, departments: [sales, export])
    func verdict(_ departments: Set<ID<Department>>, creator: Int64 = 9) -> Decision.Verdict {
      decide(
        .journalEditAny, manager, on: Resource(creator: ID(creator), departments: departments)
      ).verdict
    }
    #expect(verdict([sales]) == .allowed)
    #expect(verdict([sales, export]) == .allowed)
    #expect(verdict([sales, finance]) == .denied(.otherDepartment))
    #expect(verdict([finance]) == .denied(.otherDepartment))
    #expect(verdict([]) == .denied(.otherDepartment))
    #expect(verdict([finance], creator: manager.id.value) == .allowed)
    func sees(_ departments: Set<ID<Department>>) -> Bool {
      reach(.auditRead, manager).contains(Resource(creator: ID(9), departments: departments))
    }
    #expect(sees([export]) && !sees([sales, finance]) && !sees([]))
  }

  @Test func `who has no department decides for none`() {
    let manager = person(.manager)
    let resource = Resource(creator: ID(9), departments: [sales])
    #expect(decide(.journalEditAny, manager, on: resource).verdict == .denied(.otherDepartment))
  }

  @Test(
    arguments: [
      (99_999, true), (100_000, true), (100_001, false), (.max, false), (nil, false),
    ] as [(Int64?, Bool)])
  func `up to the limit is allowed; above it, or without knowing the amount, it isn't`(
    _ amount: Int64?, _ isAllowed: Bool
  ) {
    let director = person(.director, limit: 100_000)
    let money = amount.map(Money.init)
    let decision = decide(.journalApprove, director, on: Resource(creator: ID(9), amount: money))
    let denial = Denial.overLimit(amount: money, limit: Money(minorUnits: 100_000))
    #expect(decision.verdict == (isAllowed ? .allowed : .denied(denial)))
  }

  @Test func `a limit of nothing approves nothing, and no limit approves anything`() {
    let resource = Resource(creator: ID(9), amount: Money(minorUnits: 1))
    #expect(!decide(.journalApprove, person(.director, limit: 0), on: resource).isAllowed)
    #expect(decide(.journalApprove, person(.director), on: resource).isAllowed)
  }

  @Test func `a manager's limit and department both count`() {
    let manager = person(.manager, departments: [sales], limit: 1000)
    func isAllowed(_ department: ID<Department>, _ amount: Int64) -> Bool {
      let resource = Resource(
        creator: ID(9), departments: [department], amount: Money(minorUnits: amount))
      return decide(.journalApprove, manager, on: resource).isAllowed
    }
    #expect(isAllowed(sales, 1000))
    #expect(!isAllowed(sales, 1001))
    #expect(!isAllowed(finance, 1000))
  }

  @Test(arguments: [Involvement.created, .edited, .submitted, .decided], [Role.owner, .director])
  func `nobody judges what they had a hand in, the owner neither`(
    _ involvement: Involvement, _ role: Role
  ) {
    let judge = person(role)
    var resource = Resource(creator: ID(9), amount: .zero, involved: [judge.id: involvement])
    #expect(
      decide(.journalApprove, judge, on: resource).verdict == .denied(.involved(involvement)))
    resource.allowsSelfApproval = true
    // One vote a person all the same.
    #expect(decide(.journalApprove, judge, on: resource).isAllowed == (involvement != .decided))
    resource.allowsSelfApproval = false
    resource.involved = [ID(9): involvement]
    #expect(decide(.journalApprove, judge, on: resource).isAllowed)
  }

  @Test func `four eyes are for approving: one's own entry may be edited and posted`() {
    let owner = person(.owner)
    let resource = Resource(creator: owner.id, involved: [owner.id: .created])
    #expect(decide(.journalPost, owner, on: resource).isAllowed)
    #expect(decide(.journalEditOwn, owner, on: resource).isAllowed)
  }

  @Test(arguments: [BusinessState.suspended, .inactive, .expired, .cancelled, .deleted])
  func `a business that is not active can only be looked at`(_ state: BusinessState) {
    for permission in Permission.allCases where permission.grant(to: .owner) != .no {
      let decision = Rights(person(.owner), state: state).decide(permission, on: nil, in: moment)
      if permission.onlyReads {
        #expect(decision.isAllowed, "\(permission)")
      } else {
        #expect(decision.verdict == .denied(.readOnly(state)), "\(permission)")
      }
    }
  }

  @Test func `what needs two people isn't done by one`() {
    #expect(decide(.periodLock, person(.owner)).verdict == .denied(.secondPersonNeeded))
    #expect(decide(.periodReopen, person(.director)).verdict == .denied(.secondPersonNeeded))
    #expect(decide(.periodLock, person(.director)).verdict == .denied(.noGrant(.director)))
  }

  @Test func `asking about a kind of thing isn't denied by what narrows it to some`() {
    #expect(decide(.journalApprove, person(.manager, limit: 0)).isAllowed)
    #expect(decide(.journalRecall, person(.employee)).isAllowed)
  }

  @Test(arguments: Permission.allCases, Role.allCases)
  func `a decision is always explained, and denied exactly where there is no grant`(
    _ permission: Permission, _ role: Role
  ) {
    let decision = decide(permission, person(role))
    #expect(decision.permission == permission)
    let grant = permission.grant(to: role)
    #expect(decision.trace.first == Finding(.gate, .person(role)))
    #expect(
      decision.trace[1]
        == Finding(
          .allow, grant == .no ? .holdsNothing : .holds(grant), source: .role(role)))
    #expect(decision.isAllowed == (grant != .no && grant != .secondPerson))
  }

  @Test func `the reason is the last thing the trace says`() {
    let decision = decide(.journalRecall, person(.employee), on: Resource(creator: ID(9)))
    #expect(
      decision.trace == [
        Finding(.gate, .person(.employee)),
        Finding(.allow, .conditionFails(.own), source: .role(.employee)),
        Finding(.allow, .denied(.notOwn)),
      ])
  }

  @Test(arguments: [
    (Denial.noGrant(.viewer), "no-grant"), (.notOwn, "not-own"), (.otherDepartment, "department"),
    (.overLimit(amount: .zero, limit: .zero), "limit"), (.involved(.created), "sod"),
    (.secondPersonNeeded, "second-person"), (.readOnly(.suspended), "read-only"),
    (.lenderMayNot(name: "Ada", .notOwn), "lender"),
  ])
  func `a denial has the code that the audit log keeps`(_ denial: Denial, _ code: String) {
    #expect(denial.code == code)
  }

  @Test func `an actor keeps who they are when they see less`() {
    let actor = Actor(user: ID(3), name: "Ada", session: ID(4), origin: "tty1", request: "r-1")
    let own = Reach(person: ID(3), allows: [])
    let narrowed = actor.reaching(own)
    #expect(narrowed.reach == own)
    #expect(narrowed.reaching(.everything) == actor)
    #expect(Actor.system.user == nil && Actor.system.reach.isEverything)
  }

  private func decide(
    _ permission: Permission, _ person: Person, on resource: Resource? = nil
  ) -> Decision {
    Rights(person).decide(permission, on: resource, in: moment)
  }

  private func reach(_ permission: Permission, _ person: Person) -> Reach {
    Rights(person).reach(of: permission, lists: [], in: moment)
  }

  private let moment = Circumstances(Timestamp(milliseconds: 1_795_428_000_000))

  private func person(
    _ role: Role, departments: Set<ID<Department>> = [], limit: Int64? = nil
  ) -> Person {
    Person(
      id: ID(1), name: "Ada", role: role, departments: departments,
      limit: limit.map(Money.init))
  }
}
