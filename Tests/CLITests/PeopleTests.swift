import Domain
import Testing

@testable import CLI

/// People and departments at the command line.
struct PeopleTests {
  @Test func `one department is made of two, and the first ends`() async throws {
    let shell = try await Shell.withBooks()
    for line in [
      "department create SAL Sales", "department create EXP Export",
      "department create OVS Overseas --parent EXP",
    ] {
      #expect(await shell.type(line).status == 0)
    }
    let merged = await shell.type("department merge EXP --into SAL --from 2026-12-01")
    #expect(
      merged.output
        == "Merged EXP into SAL: people 0, departments 1. It is inactive from 2026-12-01 on.\n",
      "\(merged.errors)")
    let list = await shell.type("department list --format csv").lines
    #expect(list.contains("EXP,Export,other,SAL,,,2026-12-01"), "\(list)")
    #expect(list.contains("OVS,Overseas,other,SAL,,,"), "\(list)")
    let back = await shell.type("department merge SAL --into EXP")
    #expect(back.status == 1)
    #expect(
      back.errors == "Export is to end itself. Choose a department that goes on.\n", "\(back)")
    #expect(await shell.type("department merge SAL --into OVS", as: .manager).status == 3)
  }

  @Test func `departments are a tree that is listed, changed and taken away`() async throws {
    let shell = try await Shell.withBooks()
    for line in [
      "department create OPS Operations --type operations --head manager@books.example",
      "department create SHP Shop --type sales --parent ops",
      "department create ADM Office",
    ] {
      let answer = await shell.type(line)
      #expect(answer.status == 0, "\(answer.errors)")
    }
    func listed() async -> [String] {
      await shell.type("department list --format csv").lines.map {
        $0.split(separator: ",", omittingEmptySubsequences: false).prefix(4)
          .joined(separator: ",")
      }
    }
    let before = await listed()
    #expect(before.contains("ADM,Office,other,"))
    #expect(
      before.drop { $0 != "OPS,Operations,operations," }.prefix(2) == [
        "OPS,Operations,operations,", "SHP,Shop,sales,OPS",
      ])
    #expect(await shell.type("department update SHP --parent ADM --head -").status == 0)
    #expect(await listed().contains("SHP,Shop,sales,ADM"))
    #expect(
      await shell.type("department list --format csv").lines.contains {
        $0.hasPrefix("SHP,Shop,sales,ADM,,")
      })
    #expect(await shell.type("department update SHP --inactive-from 2026-12-01").status == 0)
    func end() async -> String? {
      await shell.type("department list --format csv").lines.first { $0.hasPrefix("SHP") }?
        .split(separator: ",", omittingEmptySubsequences: false).last.map(String.init)
    }
    #expect(await end() == "2026-12-01")
    #expect(await shell.type("department update SHP --inactive-from -").status == 0)
    #expect(await end() == "")
    #expect(await shell.type("department update SHP --inactive-from never").status == 1)
    #expect(await shell.type("department remove ADM").status == 1, "Shop stands below it")
    #expect(await shell.type("user place employee@books.example SHP").status == 0)
    let inUse = await shell.type("department remove SHP")
    #expect(inUse.status == 1)
    #expect(inUse.errors.hasPrefix("People are still in the department (1)."), "\(inUse.errors)")
    #expect(await shell.type("user place employee@books.example").status == 2)
    _ = await shell.type("user place employee@books.example -")
    #expect(await shell.type("department remove SHP").output == "Removed the department SHP.\n")
    #expect(await shell.type("department create shp Shop").status == 0, "its code is free again")
    let twice = await shell.type("department create SHP Shop")
    #expect(twice.errors.contains("SHP exists already"))
    #expect(await shell.type("department create X Y", as: .manager).status == 3)
    let log = await shell.type("audit list --limit 200 --format csv")
    #expect(log.lines.contains { $0.contains("department.create") && $0.contains("Office") })
  }

  @Test func `a member's role, limit and place are changed, and they are let go and taken back`()
    async throws
  {
    let shell = try await Shell.withBooks()
    #expect(
      await shell.type("user limit manager@books.example 5000").output.hasSuffix(
        "'s limit is 5,000.00.\n"))
    let negative = await shell.type("user limit manager@books.example -5")
    #expect(negative.status == 1)
    #expect(negative.errors == "A limit is nothing or more, not less.\n")
    #expect(
      await shell.type("access who-can journal.approve --format csv").lines[1]
        .contains(",manager,5000.00,"))
    #expect(
      await shell.type("user role employee@books.example viewer").output.hasSuffix(
        " is viewer now.\n"))
    let suspended = await shell.run([
      "user", "suspend", "viewer@books.example", "--reason", "On leave",
    ])
    #expect(suspended.status == 0, "\(suspended.errors)")
    #expect(await shell.type("account list", as: .viewer).status == 3)
    #expect(await shell.type("user reinstate viewer@books.example").status == 0)
    #expect(await shell.type("account list", as: .viewer).status == 0)
    let own = await shell.run(["user", "remove", "owner@books.example", "--reason", "Tired"])
    #expect(own.errors.hasPrefix("A business keeps an active owner"))
    #expect(await shell.type("user unlock director@books.example").status == 0)
  }

  @Test func `whom somebody reports to, and whether they approve, is said and listed`()
    async throws
  {
    let shell = try await Shell.withBooks()
    _ = await shell.type("department create SAL Sales")
    _ = await shell.type("user place employee@books.example SAL")
    let explained = await shell.type("access explain employee@books.example journal.approve")
    #expect(
      explained.output.contains("To allow it: have their membership say that they may approve."),
      "\(explained)")
    #expect(
      await shell.type("user reports-to employee@books.example manager@books.example").output
        == "Employee reports to Manager now.\n")
    #expect(
      await shell.type("user approves employee@books.example yes").output
        == "Employee may approve what belongs to their departments.\n")
    func listed() async -> String? {
      await shell.type("user list --format csv").lines.first { $0.contains(",Employee,") }
    }
    #expect(await listed()?.contains(",employee,,Sales,Manager,true,active,") == true)
    #expect(
      await shell.type("access explain employee@books.example journal.approve").output
        .contains("may approve entries, up to their limit, within their department."))
    #expect(
      await shell.run(["user", "title", "employee@books.example", "Chief clerk"]).output
        == "The title of Employee is Chief clerk now.\n")
    #expect(
      await shell.type("user list --format csv").lines.contains { $0.contains(",Chief clerk,") })
    #expect(await shell.type("user title employee@books.example -").status == 0)
    let circle = await shell.type("user reports-to manager@books.example employee@books.example")
    #expect(circle.errors.hasPrefix("That person reports to them already"), "\(circle)")
    #expect(await shell.type("user reports-to employee@books.example -").status == 0)
    #expect(await shell.type("user approves employee@books.example no").status == 0)
    #expect(await listed()?.contains(",employee,,Sales,,false,active,") == true)
    #expect(await shell.type("user approves employee@books.example perhaps").status == 2)
  }

  @Test func `rights are lent and taken back`() async throws {
    let shell = try await Shell.withBooks()
    let lent = await shell.run(
      [
        "delegation", "create", "employee@books.example", "--until", "2026-12-24", "--limit",
        "2000", "--reason", "Leave",
      ], as: .manager)
    #expect(lent.output.contains("coreflow delegation revoke 1"), "\(lent.errors)")
    #expect(
      await shell.type("delegation list --format csv", as: .employee).lines.last?
        .contains(",2000.00,2026-11-23T10:00:00.000Z,2026-12-24T23:59:59.999Z,Leave") == true)
    #expect(await shell.type("delegation list --format csv", as: .viewer).lines.count == 1)
    #expect(await shell.type("delegation revoke 1", as: .employee).status == 3)
    #expect(await shell.type("delegation revoke 1", as: .manager).status == 0)
    #expect(await shell.type("delegation list --format csv").lines.count == 1)
  }
}

@Suite struct DepartmentPostCommandTests {
  @Test func `somebody is appointed, listed and dismissed`() async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("department create SAL Sales")
    let done = await shell.type(
      "department appoint SAL employee@books.example head --limit 500 --may view-reports "
        + "--until 2027-01-31")
    #expect(done.output.hasPrefix("Employee is head of SAL until 2027-01-31"), "\(done)")
    #expect(
      await shell.type("department posts SAL --format csv").lines.last?
        .hasPrefix("Employee,head,view-reports,500.00,2026-11-23") == true)
    #expect(
      await shell.type("access explain employee@books.example journal.approve").output
        .contains("head of Sales"))
    #expect(await shell.type("department dismiss SAL viewer@books.example head").status == 1)
    // Now, and what is yet to come: both end.
    #expect(
      await shell.type(
        "department appoint SAL employee@books.example head --from 2027-02-01"
      ).status == 0)
    #expect(
      await shell.type("department dismiss SAL employee@books.example head").output
        == "Employee is head of SAL no more.\n")
    #expect(await shell.type("department posts SAL --format csv").lines.count == 1)
  }
}

@Suite struct BudgetCommandTests {
  @Test func `a budget is set, used, changed and approved by somebody else`() async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("department create SAL Sales")
    let which = "6210 --period 2026-12 --department SAL"
    #expect(
      await shell.type("budget set \(which) 1200 --note Loft").output
        == "The budget of 6210 SAL 2026-12 original is set.\n")
    #expect(
      await shell.type("budget set \(which) 1,250.50").output
        == "The budget of 6210 SAL 2026-12 original is set.\n")
    let lines = await shell.type("budget list --department SAL --format csv").lines
    #expect(
      lines[0]
        == "period,account,name,department,edition,budget,used,committed,left,status,set_by,"
        + "approved_by,note")
    #expect(lines[1].hasPrefix("2026-12,6210,"), "\(lines)")
    #expect(lines[1].contains(",SAL,original,1250.50,0.00,0.00,1250.50,draft,"), "\(lines)")
    #expect(lines[1].hasSuffix(",Loft"), "\(lines)")
    #expect(await shell.type("budget approve \(which)").status != 0)
    let none = await shell.type("budget approve \(which) --edition revised")
    #expect(none.errors.contains("There is no budget 6210 SAL 2026-12 revised"), "\(none)")
    #expect(
      await shell.type("budget approve \(which)", as: .director).output
        == "The budget of 6210 SAL 2026-12 original is approved.\n")
    let late = await shell.type("budget set \(which) 1300")
    #expect(late.errors.contains("stays as it is. Choose another edition."), "\(late)")
    #expect(
      await shell.type("budget list --period 2026-12 --format json").output
        .contains("\"approved\""))
    #expect(await shell.type("budget list --period 2026-11 --format csv").lines.count == 1)
    #expect(await shell.type("budget list --whole --format csv").lines.count == 1)
    #expect(await shell.type("budget set 6210 900 --period 2026-12").status == 0)
    let whole = await shell.type("budget list --whole --format csv").lines
    #expect(whole.count == 2 && whole.last?.contains(",900.00,") == true, "\(whole)")
    let both = await shell.type("budget list --whole --department SAL")
    #expect(both.errors.contains("--whole and --department: choose one"), "\(both)")
  }

  @Test func `an entry that takes more than is planned warns or is refused, as is set`()
    async throws
  {
    let shell = try await Shell.withBooks()
    #expect(await shell.type("budget set 6210 50 --period 2026-11").status == 0)
    #expect(await shell.type("budget approve 6210 --period 2026-11", as: .director).status == 0)
    let shown = await shell.type("business show --format json")
    #expect(shown.output.contains(#""budget_check":"none""#), "\(shown)")
    #expect(await shell.type("business update --budget-check warn").status == 0)
    let rent = "journal add 6210 60 1120 -d Rent --format json"
    let over = "USD: 6210 Rent of the whole business in 2026-11; budget 50.00 USD, actual"
    let warned = await shell.type("\(rent) --post")
    let words = "Over budget by 10.00 \(over) 0.00 USD, committed 0.00 USD, this 60.00 USD."
    #expect(
      warned.output
        == #"{"id":"GJ-2026-000001","status":"posted","warnings":["\#(words)"]}"# + "\n",
      "\(warned)")
    #expect(await shell.type(rent).status == 0)
    let submitted = await shell.type("journal submit D-2")
    #expect(submitted.status == 0 && submitted.errors.contains("by 70.00 \(over)"), "\(submitted)")
    #expect(await shell.type("business update --budget-check block").status == 0)
    #expect(await shell.type(rent).status == 0)
    let refused = await shell.type("journal post D-3")
    #expect(refused.status == 1 && refused.output.isEmpty, "\(refused)")
    #expect(refused.errors.contains("by 130.00 \(over)"), "\(refused)")
    #expect(refused.errors.contains("have a revised budget approved first."), "\(refused)")
    let lines = await shell.type("budget list --period 2026-11 --format csv").lines
    #expect(lines.last?.contains(",50.00,60.00,60.00,-10.00,approved,") == true, "\(lines)")
  }
}
