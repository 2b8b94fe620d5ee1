import Domain
import Operations
import TestSupport
import Testing

/// The books that `coreflow demo` shows.
@Suite struct DemonstrationTests {
  private static let now = Timestamp(milliseconds: 1_795_532_400_000)

  @Test func `both businesses have sound books of three years that nobody would take for random`()
    async throws
  {
    let workspace = try TestBooks.emptyWorkspace(at: Self.now)
    try await workspace.makeDemonstration()
    for slug in ["harbour", "alpenrad"] {
      let owner = try await Self.signIn(slug == "harbour" ? "owner" : "director", slug, workspace)
      try await checkBooks(slug, workspace, owner)
      try await checkDesks(slug, workspace, owner)
    }
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
