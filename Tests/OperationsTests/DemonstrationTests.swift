import Domain
import Operations
import Phrases
import Store
import TestSupport
import Testing

/// The books that `coreflow demo` shows.
@Suite struct DemonstrationTests {
  private static let now = TestBooks.demonstrationDay

  /// Both businesses, each with its slug, as its owner sees it.
  private static func businesses(
    in workspace: Workspace
  ) async throws -> [(slug: String, owner: Principal)] {
    [
      ("harbour", try await signIn("owner", "harbour", workspace)),
      ("alpenrad", try await signIn("director", "alpenrad", workspace)),
    ]
  }

  @Test func `both businesses have sound books of three years that nobody would take for random`()
    async throws
  {
    let workspace = try await TestBooks.demonstration(at: Self.now)
    for (slug, owner) in try await Self.businesses(in: workspace) {
      try await checkBooks(slug, workspace, owner)
      try await checkDesks(slug, workspace, owner)
      try await checkYears(slug, workspace, owner, at: Self.now)
      try await checkPeople(slug, workspace, owner)
      try await checkTrail(slug, workspace, owner)
    }
  }

  @Test func `what was done to an entry stands in the order in which it was done`() async throws {
    let workspace = try await TestBooks.demonstration(at: Self.now)
    for (slug, owner) in try await Self.businesses(in: workspace) {
      var longest = 0
      for head in try await workspace.fetch(JournalPage(limit: 200), as: owner) {
        let history = try await workspace.fetch(EntryDetail(head.id), as: owner).history
        let moments = history.map(\.at)
        #expect(moments == moments.sorted(), "\(slug) \(head.name)")
        longest = max(longest, Set(moments).count)
      }
      // What is over and done with at once has no order.
      #expect(longest > 1, "\(slug)")
    }
  }

  @Test func `why somebody may or may not approve reads as a manager would say it`() async throws {
    let workspace = try await TestBooks.demonstration(at: Self.now)
    let owner = try await Self.signIn("owner", "harbour", workspace)
    let people = try await workspace.fetch(Members(), as: owner)
    func said(of role: Role, _ amount: Int64) async throws -> [String] {
      let user = try #require(people.first { $0.role == role }).user
      let answer = try await workspace.fetch(
        ExplainAccess(
          .journalApprove, of: user, on: .amount(Money(minorUnits: amount))), as: owner)
      let written = { (money: Money) in AmountFormat().text(money, exponent: 2) }
      return [answer.sentence(on: nil, amount: written), answer.advice(amount: written)]
        .compactMap { $0?.english }
    }
    let lacks = "the role Employee doesn't include it, and nobody has granted it to them."
    #expect(
      try await said(of: .manager, 2_000_00) == ["Mina Castellano (Manager) may approve entries."])
    #expect(
      try await said(of: .employee, 2_000_00) == [
        "Elias Brandt (Employee) may not approve entries: \(lacks)",
        "To allow it: have their membership say that they may approve.",
      ])
    #expect(
      try await said(of: .viewer, 2_000_00) == [
        "Vivian Moss (Viewer) may not approve entries: "
          + lacks.replacing("Employee", with: "Viewer"),
        "To allow it: grant them journal.approve.",
      ])
  }

  @Test(arguments: ["2026-01-01T09:30", "2028-02-29T10:00", "2027-12-31T23:59"])
  func `the books are sound on the days on which years and leap years turn`(
    _ text: String
  ) async throws {
    let now = try #require(Timestamp(text))
    let workspace = try await TestBooks.demonstration(at: now)
    for (slug, owner) in try await Self.businesses(in: workspace) {
      try await checkBooks(slug, workspace, owner)
      try await checkYears(slug, workspace, owner, at: now)
      let newest = try await workspace.fetch(AuditPage(limit: 1), as: owner)
      #expect(newest.allSatisfy { $0.at <= now }, "\(slug)")
    }
  }

  @Test func `the same seed at the same time makes the same books, another seed others`()
    async throws
  {
    let first = try await Self.everything(in: TestBooks.demonstration(at: Self.now))
    #expect(first.count > 10_000)
    // Compared as a whole: the difference of so much would fill the log.
    let (same, other) = (try await Self.everything(seed: 1), try await Self.everything(seed: 2))
    let (isSame, isOther) = (first == same, first != other)
    #expect(isSame)
    #expect(isOther)
  }

  /// All that is in both books, as text. Costs are measured, and hashes cover them.
  private static func everything(seed: UInt64) async throws -> [String] {
    let workspace = try TestBooks.emptyWorkspace(at: now)
    try await workspace.makeDemonstration(seed: seed)
    return try await everything(in: workspace)
  }

  private static func everything(in workspace: Workspace) async throws -> [String] {
    var found: [String] = []
    for (_, owner) in try await businesses(in: workspace) {
      let chart = try await workspace.fetch(ChartOfAccounts(), as: owner)
      found += chart.map { "\($0)" }
      for account in chart {
        found += try await workspace.fetch(RegisterPage(account.id, limit: .max), as: owner)
          .map { "\($0)" }
      }
      found += try await workspace.fetch(JournalPage(limit: .max), as: owner).map { "\($0)" }
      found += try await workspace.fetch(Members(), as: owner).map {
        "\($0.email) \($0.name) \($0.role) \($0.department ?? "-") \($0.status)"
      }
      found += try await workspace.fetch(Periods(), as: owner).map { "\($0)" }
      found += try await workspace.fetch(AuditPage(limit: .max), as: owner).map {
        "\($0.sequence) \($0.at) \($0.actor) \($0.operation) \($0.resourceName) \($0.outcome)"
          + " \($0.reason ?? "-") \($0.errorCode ?? "-") \($0.oldValues ?? "-")"
          + " \($0.newValues ?? "-") \($0.decision) \($0.origin)"
      }
    }
    return found
  }

  private func checkBooks(
    _ slug: String, _ workspace: Workspace, _ owner: Principal
  ) async throws {
    for check in try await workspace.fetch(Examination(), as: owner) {
      #expect(check.findings.isEmpty, "\(slug), \(check.name)")
    }
    let report = try await workspace.fetch(TrialBalanceReport(asOf: .last), as: owner)
    #expect(try report.totalDebit() == report.totalCredit())
    #expect(try report.totalDebit() > Money(minorUnits: 100_000_00))
    let chart = try await workspace.fetch(ChartOfAccounts(), as: owner)
    for account in ["1120", "1110"] {
      let id = try #require(chart.first { $0.number == account }).id
      let register = try await workspace.fetch(RegisterPage(id, limit: .max), as: owner)
      let lowest = Self.endsOfDays(register).min() ?? .zero
      #expect(lowest >= .zero, "\(slug): \(account) is overdrawn")
    }
    let stock = report.lines.first { $0.number == "1310" }?.balance ?? .zero
    #expect(stock >= .zero)
  }

  /// Three fiscal years, the last of which holds today; what is past is closed, this month is open.
  private func checkYears(
    _ slug: String, _ workspace: Workspace, _ owner: Principal, at now: Timestamp
  ) async throws {
    let periods = try await workspace.fetch(Periods(), as: owner)
    let months = periods.filter { $0.kind == .normal }
    #expect(Set(periods.map(\.year)).count == 3, "\(slug)")
    #expect(months.count == 36, "\(slug)")
    let last = try #require(periods.map(\.year).max())
    let current = months.filter { $0.year == last }
    #expect(current.contains { $0.start <= now.day && now.day <= $0.end }, "\(slug)")
    let open = months.filter { $0.status == .open }
    #expect(open.contains { $0.start <= now.day && now.day <= $0.end }, "\(slug)")
    #expect((1...2).contains(open.count), "\(slug): \(open.map(\.name))")
    for month in months where month.status != .open {
      #expect(month.status == (month.end < now.day ? .closed : .future), "\(slug) \(month.name)")
    }
    // A month at least of every year that has begun is in use.
    let entries = try await workspace.fetch(JournalPage(.posted, limit: .max), as: owner)
    let first = try #require(months.first?.start)
    #expect(entries.allSatisfy { first <= $0.date && $0.date <= now.day }, "\(slug)")
    for year in [last - 2, last - 1] {
      let days = months.filter { $0.year == year }
      let used = days.filter { month in
        entries.contains { month.start <= $0.date && $0.date <= month.end }
      }
      #expect(used.count == 12, "\(slug) \(year)")
    }
  }

  private func checkPeople(
    _ slug: String, _ workspace: Workspace, _ owner: Principal
  ) async throws {
    let people = try await workspace.fetch(Members(), as: owner)
    // Whoever directs the first business owns the second.
    let roles = Role.allCases.filter { slug == "harbour" || $0 != .director }
    #expect(Set(people.map(\.role)) == Set(roles), "\(slug)")
    let (departments, used) = try await workspace.store.snapshot(
      of: owner.business, as: .system
    ) { snapshot in
      (
        try snapshot.rows(
          { (name: String, below: Bool) in "\(name)\(below ? " <" : "")" },
          """
          SELECT name, parent_id IS NOT NULL FROM departments WHERE business_id = :business
          """),
        try snapshot.one(
          Int.self,
          """
          SELECT count(DISTINCT department_id) FROM journal_lines WHERE business_id = :business
          """)
      )
    }
    #expect(departments.count >= 4 && departments.contains { $0.hasSuffix("<") }, "\(slug)")
    #expect(used >= 2, "\(slug)")
    #expect(people.contains { $0.department != nil }, "\(slug)")
  }

  /// Everybody who writes has left records, refusals too, in a chain that nobody touched.
  private func checkTrail(
    _ slug: String, _ workspace: Workspace, _ owner: Principal
  ) async throws {
    let result = try await workspace.fetch(VerifyAudit(), as: owner)
    #expect(result.isSound && result.findings.isEmpty, "\(slug)")
    let trail = try await workspace.fetch(AuditPage(limit: .max), as: owner)
    let people = try await workspace.fetch(Members(), as: owner)
    let actors = Set(trail.map(\.actor))
    for person in people where [.director, .manager, .employee].contains(person.role) {
      #expect(actors.contains(person.name), "\(slug): \(person.name)")
    }
    let operations = Set(trail.map(\.operation))
    #expect(operations.isSuperset(of: ["journal.create", "journal.approve", "journal.reject"]))
    if slug == "harbour" {
      let refusals = trail.filter { $0.outcome == .failure }
      #expect(!refusals.isEmpty && refusals.allSatisfy { $0.errorMessage?.isEmpty == false })
    }
    #expect(try #require(trail.last).at.day.year == 2024, "\(slug)")
  }

  private func checkDesks(
    _ slug: String, _ workspace: Workspace, _ owner: Principal
  ) async throws {
    func count(_ filter: JournalPage.Filter) async throws -> Int {
      try await workspace.fetch(JournalPage(filter, limit: .max), as: owner).count
    }
    #expect(try await (1_100...2_200).contains(count(.posted)), "\(slug)")
    #expect(try await count(.drafts) >= 1)
    #expect(try await count(.waiting) >= 1)
  }

  /// Balances after the last line of each day: within a day the order means nothing.
  private static func endsOfDays(_ register: [RegisterPage.Row]) -> [Money] {
    zip(register, register.dropFirst()).filter { $0.date != $1.date }.map(\.0.balance)
      + (register.last.map { [$0.balance] } ?? [])
  }

  private static func signIn(
    _ who: String, _ slug: String, _ workspace: Workspace
  ) async throws -> Principal {
    let lobby = try await workspace.signIn(
      email: "\(who)@demo.example", password: Demonstration.password, from: TestBooks.origin)
    let mine = try await workspace.fetch(MyBusinesses(), as: lobby)
    return try await workspace.enter(try #require(mine.first { $0.slug == slug }).id, as: lobby)
  }
}
