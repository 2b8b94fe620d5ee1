import Domain
import Testing

@testable import CLI

/// What takes two people, at the command line.
struct ConfirmationTests {
  @Test func `a director asks, an owner confirms, and the period is open again`() async throws {
    let shell = try await Shell.withBooks()
    try shell.script(
      """
      UPDATE temp.scope SET business_id = 1;
      UPDATE accounting_periods SET status = 'open' WHERE name = '2026-01';
      UPDATE accounting_periods SET status = 'closed', closed_by = 1, closed_at = 1
        WHERE name = '2026-01';
      """)
    let asked = await shell.run(
      ["period", "reopen", "2026-01", "--reason", "Late invoice"], as: .director)
    #expect(
      asked.output == """
        Asked for: reopen period 2026-01. Until 2026-11-30T10:00:00.000Z it can be confirmed by \
        Olive Owner, with: coreflow confirmation confirm 1

        """, "\(asked.errors)")
    #expect(
      await shell.type("confirmation list --format csv").lines.last?
        .hasPrefix("1,reopen period 2026-01,period.reopen,Late invoice,Director,") == true)
    #expect(await shell.type("confirmation confirm 1", as: .director).status == 1)
    #expect(
      await shell.type("confirmation confirm 1").output == "Confirmed request 1, and done.\n")
    #expect(await shell.type("period list --format csv").output.contains("2026-01-31,open"))
    let again = await shell.type("confirmation confirm 1")
    #expect(
      again.errors == "The request is confirmed, so nobody can answer it any more.\n")
    let lock = await shell.run(["period", "lock", "2026-01", "--reason", "Filed"])
    #expect(lock.status == 1)
    #expect(lock.errors.hasPrefix("Nobody else here could confirm it"), "\(lock.errors)")
    let archive = await shell.run(["business", "archive", "--reason", "Sold"])
    #expect(archive.errors.contains("a second holder of business.archive"))
  }

  @Test func `an emergency is begun, listed and reviewed by somebody else`() async throws {
    let shell = try await Shell.withBooks()
    let broken = await shell.run([
      "access", "break-glass", "Payroll must go out", "--minutes", "30",
    ])
    #expect(
      broken.output == "Limits and separate duties don't bind you for 30 minutes.\n",
      "\(broken.errors)")
    #expect(
      await shell.type("access break-glass list --format csv").lines.last
        == "1,Olive Owner,Payroll must go out,2026-11-23T10:00:00.000Z,"
        + "2026-11-23T10:30:00.000Z,in force,2026-11-27T00:00:00.000Z,,")
    let own = await shell.run(["access", "break-glass", "review", "1", "In order"])
    #expect(own.errors.hasPrefix("Nobody changes rights of their own."))
    #expect(
      await shell.type("access break-glass end").output
        == "Limits and separate duties bind you again.\n")
    let over = await shell.run(
      ["access", "break-glass", "end"], at: Shell.now.adding(seconds: 60))
    #expect(over.errors.hasPrefix("It is over"), "\(over)")
    #expect(await shell.type("access break-glass").status == 2)
    #expect(await shell.type("access break-glass --list").status == 2)
    let short = await shell.type("access break-glass lsit")
    #expect(short.status == 1)
    #expect(short.errors.contains("5"), "\(short.errors)")
    let asked = await shell.run(
      ["access", "break-glass", "Bank closes", "--format", "json"], as: .director)
    #expect(asked.output == #"{"id":"1","status":"requested"}"# + "\n")
    let withdrawn = await shell.type("confirmation withdraw 1", as: .director)
    #expect(withdrawn.output == "Withdrew request 1.\n", "\(withdrawn.errors)")
  }
}
