import Domain
import Testing

@testable import CLI

/// An account held against what its bank says, from the command line (RULES §3.14).
struct ReconcileTests {
  /// In the books 90.00 − 50.00; the bank says the same, 90.00 of it a day later.
  private func begun() async throws -> Shell {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 50 1120 -d Rent --date 20 --post")
    _ = await shell.type("journal add 1120 90 4100 -d Sale --date 21 --post")
    try shell.script(
      """
      UPDATE temp.scope SET business_id = 1;
      INSERT INTO bank_statements (id, business_id, account_id, currency, from_date, to_date,
        opening_balance, closing_balance, imported_by, imported_at)
      SELECT 1, 1, a.id, 'USD', '2026-11-20', '2026-11-22', 0, 4000, m.user_id, 1
      FROM accounts a JOIN business_memberships m ON m.business_id = 1 AND m.role = 'owner'
      WHERE a.business_id = 1 AND a.number = '1120';
      INSERT INTO bank_statement_lines (id, business_id, statement_id, account_id, line_number,
        booked_on, amount, text)
      SELECT 1, 1, 1, account_id, 1, '2026-11-20', -5000, 'Rent' FROM bank_statements
      WHERE business_id = 1;
      INSERT INTO bank_statement_lines (id, business_id, statement_id, account_id, line_number,
        booked_on, amount, text)
      SELECT 2, 1, 1, account_id, 2, '2026-11-22', 9000, 'Till' FROM bank_statements
      WHERE business_id = 1;
      """)
    let answer = await shell.type("reconcile start 1120", as: .employee)
    #expect(
      answer.output == "The reconciliation of 1120 Current account to 2026-11-22 is begun.\n",
      "\(answer)")
    return shell
  }

  /// The id of the line of the books with that amount.
  private func booked(_ amount: String, in shell: Shell) async throws -> String {
    let shown = await shell.type("reconcile show 1120 --format csv")
    let line = shown.lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
      .first { $0[0] == "books" && $0[3] == amount }
    let found = try #require(line)
    return String(found[1])
  }

  @Test func `both sides are shown with the proof`() async throws {
    let shell = try await begun()
    let shown = await shell.type("reconcile show 1120")
    #expect(
      shown.lines.suffix(2) == [
        "In the books 40.00 USD, without 90.00 USD received and 50.00 USD paid that the bank "
          + "doesn't have yet: 0.00 USD.",
        "The bank says 40.00 USD; the difference is 40.00 USD.",
      ], "\(shown)")
    let json = await shell.type("reconcile show 1120 --format json")
    #expect(
      json.output.contains(
        #""proof":{"book_balance":40.00,"outstanding_receipts":90.00,"#
          + #""outstanding_payments":50.00,"cleared_balance":0.00,"statement_balance":40.00,"#
          + #""difference":40.00}"#), "\(json)")
    #expect(json.output.contains(#"{"side":"bank","id":"1","date":"2026-11-20","amount":-50.00,"#))
  }

  @Test func `what is proposed or named is matched, and somebody else closes it`() async throws {
    let shell = try await begun()
    let proposed = await shell.type("reconcile propose 1120 --format csv", as: .employee)
    #expect(proposed.lines.count == 5, "\(proposed)")
    #expect(
      proposed.lines[1]
        == #"1,800,bank,1,2026-11-20,-50.00,Rent,"the same day, 100 % of the words""#)
    #expect(proposed.lines[3] == "2,670,bank,2,2026-11-22,90.00,Till,1 days apart")
    let taken = await shell.type("reconcile match 1120 --proposed 700", as: .employee)
    #expect(taken.output == "Matched: 1 proposals.\n")
    let line = try await booked("90.00", in: shell)
    let named = await shell.type("reconcile match 1120 --bank 2 --line \(line)", as: .employee)
    #expect(named.output == "Matched.\n", "\(named)")
    #expect(await shell.type("reconcile close 1120", as: .employee).status == 3)
    let closed = await shell.type("reconcile close 1120", as: .manager)
    #expect(closed.output == "1120 Current account is reconciled to 2026-11-22.\n", "\(closed)")
    let list = await shell.type("reconcile list 1120 --format csv", as: .viewer)
    #expect(
      list.lines[1].hasPrefix(
        "1120,Current account,2026-11-22,USD,,40.00,closed,Employee,Manager,false,"), "\(list)")
    #expect(await shell.type("reconcile show 1120").status == 1, "none is open")
    #expect(await shell.type("reconcile show 1120 --date 22").status == 0)
  }

  @Test func `a closed one is opened again, undone and given up`() async throws {
    let shell = try await begun()
    _ = await shell.type("reconcile match 1120 --proposed 600", as: .employee)
    _ = await shell.type("reconcile close 1120", as: .manager)
    let reopened = await shell.run(
      ["reconcile", "reopen", "1120", "--reason", "A cheque came back"], as: .manager)
    #expect(
      reopened.output
        == "The reconciliation of 1120 Current account to 2026-11-22 is open again.\n")
    #expect(await shell.type("reconcile undo 1120 --bank 1").output == "Undone.\n")
    let again = await shell.type("reconcile undo 1120 --bank 1")
    #expect(again.status == 1 && again.errors.contains("Nothing was done to these lines"))
    let ignored = await shell.run(
      ["reconcile", "ignore", "1120", "--bank", "1", "--reason", "Sent by mistake"])
    #expect(ignored.output == "The line is ignored.\n", "\(ignored)")
    let refused = await shell.type("reconcile close 1120", as: .manager)
    #expect(refused.status == 1)
    // The bank says 40.00, and of the books it has 90.00.
    #expect(refused.errors.contains("differ by -50.00 USD"), "\(refused)")
    let cleared = await shell.type("reconcile clear 1120 --through 2026-11-20")
    #expect(cleared.output == "Cleared: 1 lines.\n")
    let amended = await shell.type("reconcile amend 1120 40 --date 2026-11-23")
    #expect(amended.status == 0, "\(amended)")
    let gone = await shell.type("reconcile abandon 1120")
    #expect(
      gone.output == "The reconciliation of 1120 Current account to 2026-11-23 is gone.\n")
    #expect(await shell.type("reconcile list --format csv").lines.count == 1)
  }

  @Test(arguments: [
    "reconcile match 1120", "reconcile match 1120 --bank 1", "reconcile undo 1120",
    "reconcile match 1120 --bank 1 --line 1 --proposed 5", "reconcile clear 1120",
    "reconcile clear 1120 --line 1 --through 20", "reconcile start 1130",
  ])
  func `what is missing is said`(line: String) async throws {
    let shell = try await begun()
    #expect(await shell.type(line).status == 2)
  }
}
