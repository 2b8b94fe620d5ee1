import Domain
import Testing

@testable import CLI

/// Templates, groups, reviews and the past of rights, at the command line.
struct AccessAdministrationTests {
  @Test func `a template is made, given, changed and taken back`() async throws {
    let shell = try await Shell.withBooks()
    let made = await shell.type(
      "access template create Clerk --allow journal.create --deny journal.void --account 1120")
    #expect(made.status == 0, "\(made.errors)")
    let given = await shell.run([
      "access", "template", "assign", "clerk", "--role", "viewer", "--until", "2026-12-31",
      "--reason", "Year end",
    ])
    #expect(
      given.output == """
        Gave Clerk to every viewer until 2026-12-31T23:59:59.999Z. \
        To take it back: coreflow access template unassign 1 --reason WHY

        """, "\(given.errors)")
    #expect(
      await shell.type("access template list --format csv").lines == [
        "template,in_use,assignments,effect,permission,limit,conditions",
        "Clerk,true,1,allow,journal.create,,with 1120 Current account",
        "Clerk,true,1,deny,journal.void,,with 1120 Current account",
      ])
    #expect(
      await shell.type("access template assigned --format csv").lines.last?
        .hasPrefix("1,Clerk,role viewer,2026-11-23T10:00:00.000Z,2026-12-31") == true)
    #expect(await shell.type("access template update Clerk --use off").status == 0)
    #expect(await shell.type("access template list --format csv").lines[1].contains("Clerk,false"))
    #expect(
      await shell.run(["access", "template", "unassign", "1", "--reason", "Over"]).status == 0)
    #expect(await shell.type("access template assigned --format csv").lines.count == 1)
    #expect(
      await shell.type("access template create X --allow journal.pst").errors
        == "journal.pst is no permission. Did you mean journal.post?\n")
  }

  @Test func `a group is on a list, and its members with it`() async throws {
    let shell = try await Shell.withBooks()
    #expect(
      await shell.type("access group add rent employee@books.example").output
        == "Employee is in rent now.\n")
    let listed = await shell.run([
      "access", "acl", "add", "--account", "6210", "--group", "rent", "--level", "write",
      "--reason", "Rent is secret",
    ])
    #expect(listed.output.hasPrefix("Group rent may read and change 6210."), "\(listed.errors)")
    let enter = "journal add 6210 5 1120 -d Rent"
    #expect(await shell.type(enter, as: .employee).status == 0)
    // Whoever isn't on its list doesn't see that there is such an account.
    #expect(await shell.type(enter, as: .manager).status == 1)
    #expect(await shell.type("access group remove rent employee@books.example").status == 0)
    #expect(await shell.type(enter, as: .employee).status == 1)
    #expect(await shell.type("access group list --format csv").lines.count == 1)
  }

  @Test func `what is granted is said in words, and what is mistyped is guessed`() async throws {
    let shell = try await Shell.withBooks()
    let given = await shell.run([
      "access", "grant", "employee@books.example", "journal.approve", "--limit", "500",
      "--account", "1120", "--up-to", "1000", "--department", "OFF", "--own", "--until",
      "2026-12-24", "--reason", "Cover",
    ])
    #expect(
      given.output.hasPrefix("Granted journal.approve to Employee until 2026-12-24T23:59:59.999Z."),
      "\(given.errors)")
    #expect(
      await shell.type("access grants employee@books.example --format json").output.contains(
        #""conditions":"up to 1,000.00, within OFF Office, with 1120 Current account, for their own only""#
      ))
    let mistyped = await shell.type("access explain employee@books.example journal.aprove")
    #expect(mistyped.status == 2)
    #expect(mistyped.errors.contains("Did you mean journal.approve? See"), "\(mistyped.errors)")
    #expect(
      await shell.type("access explain employee@books.example fly").errors.contains(
        "See them all with: coreflow access show"))
  }

  @Test func `why somebody could is told of a past moment, and of an entry that is done`()
    async throws
  {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 5 1120 -d Rent --post")
    let posted = await shell.type("access explain owner@books.example journal.approve D-1")
    #expect(
      posted.output.contains("D-1 is posted, and that isn't done to such an entry."),
      "\(posted.output)")
    let later = Shell.now.adding(seconds: 60)
    let changed = await shell.run(
      ["user", "role", "employee@books.example", "manager"], at: later)
    #expect(changed.status == 0, "\(changed.errors)")
    let asked = ["access", "explain", "employee@books.example", "period.adjust"]
    let then = await shell.run(asked + ["--at", "2026-11-23T10:00:30"], at: later)
    #expect(then.lines.first?.contains("(Employee) may not post to the adjusting") == true)
    #expect(then.output.contains("This is as of 2026-11-23T10:00:30.000Z. Taken as they are now"))
    #expect(await shell.run(asked, at: later).lines.first?.contains("(Manager) may") == true)
    let before = await shell.run(asked + ["--at", "2026-11-22"], at: later)
    #expect(before.errors == "They were no active member of this business at that moment.\n")
    let diff = await shell.run(
      [
        "access", "diff", "employee@books.example", "--from", "2026-11-23T10:00", "--format",
        "csv",
      ], at: later)
    #expect(diff.lines.starts(with: ["what,before,after", "role,employee,manager"]))
    #expect(diff.lines.contains("period.adjust,no,yes"), "\(diff.output)")
    func compared(_ from: String, _ to: String...) async -> Answer {
      await shell.run(
        ["access", "diff", "employee@books.example", "--from", from]
          + to.flatMap { ["--to", $0] }, at: later)
    }
    let toCome = "That moment is later than now. Give one that has been.\n"
    #expect(await compared("2030-01-01").errors == toCome)
    #expect(await compared("2026-11-23T10:00", "2026-11-24").errors == toCome)
    #expect(
      await compared("2026-11-23T10:00", "2026-11-22").errors.contains("Give it a later end."))
    // Today is as far as it has come.
    #expect(await compared("2026-11-23T10:00", "2026-11-23").output.contains("period.adjust"))
    #expect(
      await compared("2026-11-23T10:00", "2026-11-23T10:00").output.hasPrefix("Nothing changed.\n"))
  }

  @Test func `duties that conflict are listed, and waived for a time`() async throws {
    let shell = try await Shell.withBooks()
    let line = "Manager,manager,import.run,recon.approve,medium,"
    #expect(
      await shell.type("access conflicts --format csv").lines.contains { $0.hasPrefix(line) })
    let waived = await shell.run([
      "access", "conflicts", "waive", "manager@books.example", "import.run", "recon.approve",
      "--until", "2026-12-31", "--reason", "Two of us",
    ])
    #expect(waived.output.hasPrefix("Waived for Manager until 2026-12-31T23:59:59.999Z."))
    #expect(
      await shell.type("access conflicts --format csv").lines.contains {
        $0.hasPrefix(line) && $0.hasSuffix(",Olive Owner,Two of us")
      })
    #expect(
      await shell.run(["access", "conflicts", "end", "1", "--reason", "Three now"]).status == 0)
  }

  @Test func `a review is begun, decided line by line and signed`() async throws {
    let shell = try await Shell.withBooks()
    let begun = await shell.run(["access", "review", "start", "Fourth quarter"])
    #expect(
      begun.output == "Started. To see its lines: coreflow access review show 1\n",
      "\(begun.errors)")
    #expect(await shell.type("access review sign-off 1").status == 1)
    let own = await shell.type("access review decide 1 1 keep")
    #expect(own.errors.hasPrefix("Nobody changes rights of their own."), "\(own.output)")
    #expect(await shell.type("access review decide 1 1 keep", as: .director).status == 0)
    for line in 2...5 {
      #expect(await shell.type("access review decide 1 \(line) keep").status == 0)
    }
    #expect(await shell.type("access review decide 1 5 revoke --comment Left").status == 0)
    #expect(await shell.type("access review sign-off 1").output == "Signed review 1.\n")
    let shown = await shell.type("access review show 1", as: .viewer)
    #expect(shown.output.hasSuffix("As it was signed.\n"), "\(shown.errors)")
    #expect(shown.lines.contains { $0.contains("revoke") && $0.contains("to revoke") })
    #expect(
      await shell.type("access review list --format csv", as: .viewer).lines.last
        == "1,Fourth quarter,Olive Owner,2026-11-23T10:00:00.000Z,5,0,Olive Owner,"
        + "2026-11-23T10:00:00.000Z")
    try shell.script(
      """
      UPDATE temp.scope SET business_id = 1;
      DROP TRIGGER access_review_lines_signed;
      UPDATE access_review_lines SET decision = 'keep' WHERE line_number = 5;
      """)
    let altered = await shell.type("access review show 1")
    #expect(altered.status == 4)
    #expect(altered.output.hasSuffix("Not as it was signed!\n"))
  }
}
