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

/// Closing at the command line.
struct PeriodClosingTests {
  private func closed(_ shell: Shell, through last: Int) async {
    for month in 1...last {
      let name = "2026-" + (month < 10 ? "0" : "") + String(month)
      let answer = await shell.type("period close \(name)", as: .director)
      #expect(answer.output == "Period \(name) is closed.\n", "\(answer.errors)")
    }
  }

  @Test func `a month's checks say what stands against closing it`() async throws {
    let shell = try await Shell.withBooks()
    let early = await shell.type("period close 2026-11", as: .director)
    #expect(early.errors == "Period 2026-01 isn't closed yet. Close that first.\n")
    await closed(shell, through: 10)
    #expect(
      await shell.run(["journal", "add", "1900", "5", "1120", "-d", "Odd", "--post"]).status == 0)
    let checks = await shell.type("period checks 2026-11 --format csv", as: .manager)
    #expect(checks.status == 4)
    #expect(checks.lines.first == "check,state,found,finding")
    #expect(checks.lines.contains("posted,ok,0,Everything dated in it is posted"))
    #expect(checks.lines.contains("chain,ok,0,The audit log is as it was written"))
    #expect(
      checks.lines.contains("suspense,open,1,1900 Suspense: 5.00 USD debit"), "\(checks.output)")
    let accept = ["period", "accept", "2026-11", "suspense", "--reason", "With the bank"]
    #expect(await shell.run(accept, as: .manager).status == 3)
    #expect(
      await shell.run(accept, as: .director).output
        == "Accepted for 2026-11: 1900 Suspense: 5.00 USD debit.\n")
    #expect(await shell.type("period checks 2026-11").status == 0)
    #expect(
      await shell.run(["period", "accept", "2026-11", "nothing", "--reason", "Why"]).status == 2)
    #expect(
      await shell.type("period close 2026-11").output == "Period 2026-11 is closed.\n")
  }

  @Test func `a year is closed and opened by two, and made in another shape`() async throws {
    let shell = try await Shell.withBooks()
    await closed(shell, through: 12)
    let asked = await shell.run(
      ["period", "year-end", "2026", "--reason", "Audited"], as: .director)
    #expect(asked.output.hasPrefix("Asked for: close the year 2026."), "\(asked.errors)")
    #expect(
      await shell.type("confirmation confirm 1").output == "Confirmed request 1, and done.\n")
    let lines = await shell.type("period list --format csv").lines
    #expect(lines.contains("2026,Closing,closing,2026-12-31,2026-12-31,closed"))
    #expect(lines.contains("2027,2027-01,normal,2027-01-01,2027-01-31,open"))
    let reopen = await shell.run(["period", "reopen-year", "2026", "--reason", "Audit"])
    #expect(reopen.errors.hasPrefix("Nobody else here could confirm it"), "\(reopen.errors)")
    #expect(
      await shell.run(["period", "create-year", "--shape", "4-4-5", "--to", "2029-01-05"]).output
        == "The fiscal year 2028 lasts from 2028-01-01 to 2029-01-05.\n")
    #expect(await shell.type("period create-year --shape 4-4").status == 2)
    let long = await shell.type("period create-year --to 2031-01-01 --shape months")
    #expect(long.errors.hasPrefix("A fiscal year has twelve periods at the most."))
  }

  @Test func `a year is closed by department where that is said`() async throws {
    let shell = try await Shell.withBooks()
    let rent = "journal add 6210 10 1120 -d Rent --department office --post"
    #expect(await shell.type(rent).status == 0)
    await closed(shell, through: 12)
    let asked = await shell.run(
      ["period", "year-end", "2026", "--by-department", "--reason", "Audited"], as: .director)
    #expect(
      asked.output.hasPrefix("Asked for: close the year 2026 by department."), "\(asked.errors)")
    #expect(await shell.type("confirmation confirm 1").status == 0)
    let left = await shell.type(
      "report trial-balance --as-of 2026-12-31 --department office --format csv")
    #expect(left.status == 0, "\(left.errors)")
    #expect(left.output.contains("3300") && !left.output.contains("6210"), "\(left.output)")
  }

  @Test func `a year is closed in two stages by way of the income summary, once there is one`()
    async throws
  {
    let shell = try await Shell.withBooks()
    #expect(await shell.type("journal add 6210 10 1120 -d Rent --post").status == 0)
    await closed(shell, through: 12)
    let asking = ["period", "year-end", "2026", "--two-stage", "--reason", "Audited"]
    let refused = await shell.run(asking, as: .director)
    #expect(
      refused.errors.hasPrefix("No account is of the category income summary."),
      "\(refused.errors)")
    let made = await shell.run([
      "account", "create", "3600", "Income summary", "--type", "equity", "--category",
      "income_summary",
    ])
    #expect(made.status == 0, "\(made.errors)")
    let asked = await shell.run(asking, as: .director)
    #expect(
      asked.output.hasPrefix("Asked for: close the year 2026 in two stages."), "\(asked.errors)")
    #expect(await shell.type("confirmation confirm 1").status == 0)
    let journal = await shell.type("report register 3600 --format csv")
    #expect(journal.output.contains("CL-2026-000001"), "\(journal.output)")
    #expect(journal.output.contains("CL-2026-000002"), "\(journal.output)")
    let left = await shell.type("report trial-balance --as-of 2026-12-31 --format csv")
    #expect(left.output.contains("3300") && !left.output.contains("3600"), "\(left.output)")
  }

  @Test func `an exception is granted, listed and ended`() async throws {
    let shell = try await Shell.withBooks()
    await closed(shell, through: 1)
    let granted = await shell.run([
      "period", "exception", "grant", "2026-01", "employee@books.example", "--until",
      "2026-11-24", "--type", "standard", "--reason", "Late invoice",
    ])
    #expect(
      granted.output.hasSuffix("To end it: coreflow period exception end 1\n"), "\(granted.errors)")
    #expect(
      await shell.type("period exception list --format csv", as: .viewer).lines.last
        == "1,2026-01,Employee,GJ,2026-11-24T23:59:59.999Z,yes,Olive Owner,Late invoice")
    #expect(
      await shell.type("period exception end 1").output == "The exception has ended.\n")
    let again = await shell.type("period exception end 1")
    #expect(again.errors == "The exception is over already.\n")
    #expect(await shell.type("period exception end 1", as: .employee).status == 3)
  }
}

/// Entries of other types than the standard one.
struct EntryTypeTests {
  @Test func `an adjusting entry has a series of its own, written as words or as a document`()
    async throws
  {
    let shell = try await Shell.withBooks()
    let words = ["journal", "add", "6210", "5", "1120", "-d", "Accrued", "--post"]
    #expect(
      await shell.run(words + ["--type", "adjusting"]).output == "Posted as AJ-2026-000001.\n")
    #expect(
      await shell.run(words + ["--type", "correction"]).output == "Posted as CO-2026-000001.\n")
    let document = await shell.run(
      ["journal", "add", "--post"],
      input: #"{"type":"adjusting","description":"Accrued","lines":["#
        + #"{"account":"6210","amount":5},{"account":"1120","credit":5}]}"#)
    #expect(document.output == "Posted as AJ-2026-000002.\n", "\(document.errors)")
    let closing = await shell.run(words + ["--type", "closing"])
    #expect(closing.status == 2)
    #expect(closing.errors.contains("not closing"), "\(closing.errors)")
    let basis = "report trial-balance --basis unadjusted --format csv"
    #expect(!(await shell.type(basis).output.contains("10.00")))
  }
}
