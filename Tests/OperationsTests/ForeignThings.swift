import Domain
import Operations
import TestSupport
import Testing

extension TenantIsolationTests {
  /// What belongs to the neighbour.
  struct Foreign: Sendable {
    /// In every text of the neighbour's.
    static let canary = "ZZCANARY"
    let account: ID<Account>
    let heading: ID<Account>
    let department: ID<Department>
    let draft: ID<Entry>
    let pending: ID<Entry>
    let posted: ID<Entry>
    let period: ID<Period>
    let template: ID<EntryTemplate>
    let person: ID<User>
    let member: ID<Membership>
    let grant: ID<Grant>
    let row: ID<Protection>
    let delegation: ID<Delegation>
    let business: ID<Business>
    let access: ForeignAccess

    var confirmation: ID<JointRequest> { access.confirmation }
    var emergency: ID<Emergency> { access.emergency }
    var rights: ID<PermissionTemplate> { access.template }
    var assignment: ID<TemplateAssignment> { access.assignment }
    var waiver: ID<DutyWaiver> { access.waiver }
    var review: ID<AccessReview> { access.review }
  }

  static func twoBusinesses() async throws -> (TestBooks, TestBooks, Foreign) {
    let books = try await TestBooks.make()
    let neighbour = try await books.neighbour()
    let account = try await neighbour.workspace.perform(
      CreateAccount(
        AccountContent(number: "1199", name: "\(Foreign.canary) till", type: .asset)),
      as: neighbour.owner)
    var content = EntryContent(
      date: TestBooks.today, description: Foreign.canary,
      lines: [
        LineContent(account: account, currency: "EUR", amount: Money(minorUnits: 100)),
        LineContent(
          account: neighbour.account("3100"), currency: "EUR", amount: Money(minorUnits: -100)),
      ])
    content.notes = Foreign.canary
    func enter(_ ending: EntryEnding, _ by: Principal) async throws -> ID<Entry> {
      try await neighbour.workspace.perform(CreateEntry(content, then: ending), as: by).entry
    }
    let periods = try await neighbour.workspace.fetch(Periods(), as: neighbour.owner)
    let december = try #require(periods.first { $0.name == "2026-12" }).id
    let posted = try await enter(.post, neighbour.owner)
    let member = try #require(
      try await neighbour.workspace.fetch(Members(), as: neighbour.owner).first {
        $0.user == neighbour.employee.user
      })
    return (
      books, neighbour,
      Foreign(
        account: account, heading: neighbour.account("1000"), department: neighbour.department,
        draft: try await enter(.keepDraft, neighbour.employee),
        pending: try await enter(.submit, neighbour.employee),
        posted: posted, period: december,
        template: try await neighbour.workspace.perform(
          SaveTemplate(Foreign.canary, of: posted), as: neighbour.owner),
        person: neighbour.employee.user, member: member.id,
        grant: try await neighbour.workspace.perform(
          GrantPermission(
            NewGrant(.deny, "journal.void", to: neighbour.viewer.user, reason: Foreign.canary)),
          as: neighbour.owner),
        row: try await neighbour.workspace.perform(
          AddToList(
            NewListRow(
              .role(.owner), .admin, of: Thing(.account, account.value), reason: Foreign.canary)),
          as: neighbour.owner),
        delegation: try await neighbour.workspace.perform(
          Delegate(
            NewDelegation(
              from: neighbour.owner.user, to: neighbour.viewer.user,
              until: neighbour.clock.now.adding(seconds: 60), reason: Foreign.canary)),
          as: neighbour.owner),
        business: neighbour.business, access: try await ForeignAccess(of: neighbour))
    )
  }
}

/// What belongs to the neighbour's administration of access.
struct ForeignAccess: Sendable {
  let confirmation: ID<JointRequest>
  let emergency: ID<Emergency>
  let template: ID<PermissionTemplate>
  let assignment: ID<TemplateAssignment>
  let waiver: ID<DutyWaiver>
  let review: ID<AccessReview>

  init(of neighbour: TestBooks) async throws {
    let canary = TenantIsolationTests.Foreign.canary
    func done<C: Command>(_ command: C) async throws -> C.Output {
      try await neighbour.workspace.perform(command, as: neighbour.owner)
    }
    template = try await done(
      CreatePermissionTemplate(
        TemplateContent(canary, items: [.init(.allow, "audit.read")])))
    assignment = try await done(
      AssignTemplate(template, to: .role(.viewer), reason: canary))
    _ = try await done(AddToGroup(neighbour.employee.user, to: canary))
    waiver = try await done(
      WaiveConflict(
        .importRun, .reconApprove, of: neighbour.manager.user,
        until: neighbour.clock.now.adding(seconds: 60), reason: canary))
    let asked = try await neighbour.workspace.perform(
      RequestConfirmation(.breakGlass(minutes: 5), reason: canary), as: neighbour.director)
    guard case .awaits(let request, _, _) = asked else { throw Refusal.notAMember }
    confirmation = request
    _ = try await done(RequestConfirmation(.breakGlass(minutes: 5), reason: canary))
    let emergencies = try await neighbour.workspace.fetch(Emergencies(), as: neighbour.owner)
    emergency = try #require(emergencies.first).id
    review = try await done(StartAccessReview(canary))
  }
}
