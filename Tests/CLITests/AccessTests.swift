import Domain
import Testing

@testable import CLI

struct AccessTests {
  @Test func `why somebody may not is a sentence, with what would change it`() async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 1500 1120 -d Crane --submit", as: .manager)
    let answer = await shell.type(
      "access explain manager@books.example journal.approve D-1")
    #expect(answer.status == 0)
    #expect(
      answer.lines.first?.hasSuffix(
        "may not approve D-1: they created it themselves, and somebody else must decide.") == true,
      "\(answer.output)")
    #expect(answer.output.contains("To allow it: let somebody else do it: "))
    #expect(answer.output.contains("The rules that spoke, in order:\n  1. "))
  }

  /// Whoever is asked about, what, on whom, and what begins the answer.
  private static let subjects = [
    ("director user.suspend owner", "may not suspend owner: their role never does it to an owner."),
    ("director user.suspend viewer", "may suspend viewer."),
    ("director user.suspend owner", "To allow it: let somebody else do it"),
    ("owner user.suspend owner", "may not suspend owner: nobody does it to themselves."),
    (
      "manager department.member.manage viewer",
      "may not put viewer into departments: it doesn't belong to their department."
    ),
    ("manager department.member.manage employee", "may put employee into departments."),
    ("manager department.edit OFF", "may not change OFF: the role Manager doesn't include it"),
    ("manager account.edit 1120", "may not change 1120: the role Manager doesn't include it"),
    ("employee session.revoke employee", "may end the sessions of employee."),
  ]

  @Test(arguments: subjects)
  func `people and departments are asked about as entries and accounts are`(
    _ asked: String, _ begins: String
  ) async throws {
    let shell = try await Shell.withBooks()
    let words = asked.split(separator: " ").map { word in
      Role(rawValue: String(word)) == nil ? String(word) : "\(word)@books.example"
    }
    let answer = await shell.run(["access", "explain"] + words)
    let sentence = answer.output.replacing("@books.example", with: "")
    #expect(sentence.contains(begins), "\(answer)")
  }

  @Test func `who made it and couldn't approve it is told that no grant would help`() async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 1500 1120 -d Crane --submit", as: .employee)
    let answer = await shell.type("access explain employee@books.example journal.approve D-1")
    #expect(
      answer.output.contains(
        "To allow it: let somebody else do it, as they had a hand in it themselves: Manager, "),
      "\(answer.output)")
    #expect(!answer.output.contains("grant them"), "\(answer.output)")
  }

  @Test func `what is asked about without a subject takes none`() async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.type("access explain owner@books.example business.read harbour")
    #expect(answer.status == 2, "\(answer)")
  }

  @Test func `who may do a thing is listed with the rule, and whether it is everybody`()
    async throws
  {
    let shell = try await Shell.withBooks()
    let all = await shell.type("access who-can account.edit 1120 --format csv")
    #expect(all.lines.first == "name,role,limit,how")
    #expect(all.lines.count == 3 && all.errors.isEmpty, "\(all)")
    let some = await shell.type("access who-can account.edit 1120", as: .manager)
    #expect(some.errors == "Others may too, of whose rights you don't hear.\n", "\(some)")
    let others = await shell.type("access who-can user.suspend director@books.example")
    #expect(!others.output.contains("Director "), "never oneself")
    _ = await shell.type("access grant manager@books.example user.suspend --reason Cover")
    let below = await shell.type("access who-can user.suspend viewer@books.example")
    #expect(below.output.contains("Manager "))
    let above = await shell.type("access who-can user.suspend director@books.example")
    #expect(!above.output.contains("Manager "), "never somebody above")
    #expect(
      await shell.type("access explain manager@books.example user.suspend director@books.example")
        .output.contains("the role Director is above theirs"))
  }

  @Test func `a grant is for one entry, and a place on a list ends`() async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 10 1120 -d Rent")
    let given = await shell.type(
      "access grant viewer@books.example journal.submit --entry D-1 --reason Once")
    #expect(given.status == 0, "\(given)")
    let ask = "access explain viewer@books.example journal.submit"
    #expect(await shell.type("\(ask) D-1").output.contains(" may submit D-1."))
    _ = await shell.type("journal add 6210 10 1120 -d Rent")
    #expect(await shell.type("\(ask) D-2").output.contains(" may not submit D-2"))
    let listed = await shell.type(
      "access acl add --account 1120 --role manager --level read --until 2027-01-31 --reason Bank")
    #expect(listed.status == 0, "\(listed)")
    #expect(
      await shell.type("access acl list --format csv").lines.last?.contains("2027-01-31") == true)
  }

  @Test func `a comparison of two moments says what it doesn't see`() async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.type("access diff viewer@books.example --from 2026-11-23T10:00")
    #expect(answer.output.hasPrefix("Nothing changed.\nTaken as they are now"), "\(answer)")
    #expect(answer.output.contains("what templates give"))
    let json = await shell.type(
      "access diff viewer@books.example --from 2026-11-23T10:00 --format json")
    #expect(json.output.contains(#""taken_as_now":["groups","what templates give""#), "\(json)")
  }

  @Test func `scripts get the verdict, each finding and what would change it`() async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.type(
      "access explain viewer@books.example journal.post --format json", as: .viewer)
    #expect(answer.status == 0, "\(answer.errors)")
    for part in [
      #""allowed":false"#, #""permission":"journal.post""#, #""decided_by":"allow""#,
      #""would_change":["To allow it: grant them journal.post."]"#,
      #"{"step":"gate","effect":"silent","#,
    ] { #expect(answer.output.contains(part), "\(part) in \(answer.output)") }
  }

  @Test func `others' rights are explained to whom that is permitted`() async throws {
    let shell = try await Shell.withBooks()
    let ask = "access explain owner@books.example journal.post"
    #expect(await shell.type(ask, as: .viewer).status == 0)
    let refused = await shell.type(ask, as: .employee)
    #expect(refused.status == 3)
    #expect(refused.errors.contains("permission.explain"))
  }

  @Test func `a right is given, listed and taken back`() async throws {
    let shell = try await Shell.withBooks()
    let given = await shell.run([
      "access", "grant", "employee@books.example", "journal.approve", "--limit", "500", "--reason",
      "Cover",
    ])
    #expect(
      given.output
        == "Granted journal.approve to Employee. "
        + "To take it back: coreflow access revoke 1 --reason WHY\n",
      "\(given.errors)")
    let asked = "access explain employee@books.example journal.approve --amount"
    #expect(await shell.type("\(asked) 500").output.contains(" may approve entries"))
    let over = await shell.type("\(asked) 500.01").output
    #expect(over.contains("its amount of 500.01 is over their limit of 500.00"))
    #expect(over.contains("grant them journal.approve with a limit of 500.01"))
    #expect(
      await shell.type("access grants employee@books.example --format csv").lines.last?
        .hasPrefix("1,allow,journal.approve,500.00,,") == true)
    #expect(await shell.run(["access", "revoke", "1", "--reason", "Back"]).status == 0)
    #expect(await shell.type("\(asked) 500").output.contains("may not approve entries"))
  }

  @Test func `whose limit is too low hears whom to ask`() async throws {
    let shell = try await Shell.withBooks()
    let limited = await shell.type("user limit manager@books.example 1000")
    #expect(limited.status == 0, "\(limited.errors)")
    _ = await shell.type("journal add 6210 1500 1120 -d Crane --submit", as: .employee)
    let ask = "access explain manager@books.example journal.approve D-1"
    let answer = await shell.type(ask)
    #expect(
      answer.lines.prefix(3).dropFirst() == [
        "To allow it: raise their limit to 1,500.00.", "Have Director approve it.",
      ], "\(answer.output)")
    let json = await shell.type("\(ask) --format json").output
    for part in [
      #""escalates_to":"Director""#,
      #""would_change":["To allow it: raise their limit to 1,500.00.","Have Director approve it."]"#,
    ] { #expect(json.contains(part), "\(part) in \(json)") }
    let refused = await shell.type("journal approve D-1", as: .manager)
    #expect(refused.status == 3)
    #expect(
      refused.errors.contains("over your limit for journal.approve. Have Director approve it."))
  }

  @Test func `a list keeps an account to those who are on it`() async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 5 1120 -d Rent --post")
    let listed = await shell.run([
      "access", "acl", "add", "--account", "6210", "--role", "director", "--level", "write",
      "--reason", "Rent is secret",
    ])
    #expect(listed.status == 0, "\(listed.errors)")
    #expect(await shell.type("journal list --format csv", as: .employee).lines.count == 1)
    #expect(await shell.type("journal list --format csv", as: .director).lines.count == 2)
    #expect(
      await shell.type("access acl list --format csv").lines.last?
        .contains("role director,write") == true)
    _ = await shell.run(["access", "acl", "remove", "1", "--reason", "Over"])
    #expect(await shell.type("journal list --format csv", as: .employee).lines.count == 2)
  }

  @Test func `another role is tried on, and who may do a thing is listed`() async throws {
    let shell = try await Shell.withBooks()
    let tried = await shell.type("access simulate employee@books.example --role manager")
    #expect(tried.output.contains("gained"))
    #expect(tried.output.contains("journal.approve"))
    let able = await shell.type("access who-can journal.approve --format csv")
    #expect(
      able.lines.map { $0.split(separator: ",")[1] } == ["role", "manager", "director", "owner"])
    let matrix = await shell.type("access matrix --format csv")
    #expect(matrix.lines.count == Permission.allCases.count + 1)
    #expect(await shell.type("access show", as: .viewer).output.contains("see the business"))
  }
}
