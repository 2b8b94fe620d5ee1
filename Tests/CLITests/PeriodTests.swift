import Domain
import Testing

@testable import CLI

struct PeriodTests {
  private static let december = Timestamp("2026-12-01T09:00:00Z") ?? Shell.now

  private func signedIn(_ role: Role, at now: Timestamp) async throws -> Shell {
    let shell = try await Shell.withBooks()
    let login = await shell.run(
      ["login", "\(role.rawValue)@books.example", "--password-stdin"], as: role,
      input: Shell.password, at: now)
    #expect(login.status == 0, "\(login.errors)")
    return shell
  }

  @Test func `a month that has begun is opened and then posted into`() async throws {
    let shell = try await signedIn(.owner, at: Self.december)
    let rent = ["journal", "add", "6210", "5", "1120", "-d", "Rent", "--post"]
    let early = await shell.run(rent, at: Self.december)
    #expect(early.status == 1)
    #expect(early.errors.contains("Period 2026-12 is not open yet."), "\(early.errors)")
    #expect(
      await shell.run(["period", "open", "2026-12"], at: Self.december)
        == Answer(status: 0, output: "Period 2026-12 is open.\n", errors: ""))
    #expect(await shell.run(rent, at: Self.december).output == "Posted as GJ-2026-000001.\n")
    #expect(
      await shell.run(["period", "open", "2026-12"], at: Self.december)
        == Answer(status: 1, output: "", errors: "Period 2026-12 is open already.\n"))
    #expect(await shell.type("doctor").status == 0)
  }

  @Test func `the list says what state each period is in`() async throws {
    let shell = try await Shell.withBooks()
    let lines = await shell.type("period list --format csv", as: .viewer).lines
    #expect(lines[0] == "year,period,kind,from,to,status")
    #expect(lines[1] == "2026,Opening,opening,2026-01-01,2026-01-01,future")
    #expect(lines.contains("2026,2026-11,normal,2026-11-01,2026-11-30,open"))
    #expect(lines.contains("2026,2026-12,normal,2026-12-01,2026-12-31,future"))
    #expect(lines.count == 16)
  }

  @Test func `what is closed isn't opened, and what isn't there is told`() async throws {
    let shell = try await Shell.withBooks()
    try shell.script(
      """
      UPDATE temp.scope SET business_id = 1;
      UPDATE accounting_periods SET status = 'open' WHERE business_id = 1 AND name = '2026-10';
      UPDATE accounting_periods SET status = 'closed', closed_by = 1, closed_at = 0
        WHERE business_id = 1 AND name = '2026-10';
      """)
    let closed = await shell.type("period open 2026-10")
    #expect(
      closed.errors
        == "Period 2026-10 is closed. Only one that hasn't been open yet can be opened.\n")
    #expect(closed.status == 1)
    for name in ["2031-01", "Adjusting"] {
      let missing = await shell.type("period open \(name)")
      #expect(missing.status == 1)
      #expect(missing.errors.contains(name), "\(missing.errors)")
    }
  }

  @Test(arguments: [Role.manager, .employee, .viewer])
  func `who may not open periods is told by which permission`(role: Role) async throws {
    let shell = try await Shell.withBooks()
    let refused = await shell.type("period open 2026-12", as: role)
    #expect(refused.status == 3)
    #expect(refused.errors.contains("period.open"))
    let list = await shell.type("period list --format csv").lines
    #expect(list.contains("2026,2026-12,normal,2026-12-01,2026-12-31,future"))
  }
}
