import Domain
import Testing

@testable import CLI

/// Departments, projects, parties and tags on the command line.
struct DimensionTests {
  @Test func `every line of an entry gets what is named, and the list of it is shown`()
    async throws
  {
    let shell = try await Shell.withBooks()
    let added = await shell.run([
      "journal", "add", "6210", "10", "1120", "-d", "Rent", "--project", "Loft", "--counterparty",
      "Ms Lord", "--tag", "rent", "--tag", "trip:Kiel",
    ])
    #expect(added.status == 0, "\(added.errors)")
    let shown = await shell.type("journal show D-1 --format csv")
    #expect(
      shown.lines[0]
        == "account,debit,credit,currency,base,rate,rate_date,rate_id,rate_source,"
        + "tax_code,tax_amount,quantity,unit,department,project,counterparty,reference,tags")
    #expect(shown.lines[1].hasSuffix(",Loft,Ms Lord,,\"rent, trip:Kiel\""), "\(shown.output)")
    _ = await shell.run(["journal", "edit", "D-1", "--tag", "moved"])
    let edited = await shell.type("journal show D-1")
    #expect(edited.output.contains("Loft") && edited.output.contains("moved"))
    #expect(!edited.output.contains("trip:Kiel"))
  }

  @Test func `a document says it line by line`() async throws {
    let shell = try await Shell.withBooks()
    let document = """
      {"description": "Fee", "lines": [
        {"account": "1120", "amount": 5, "project": "Loft", "reference": "B-7",
         "tags": ["rent", "trip:Kiel"]},
        {"account": "4100", "amount": -5, "counterparty": "Ms Lord"}]}
      """
    let added = await shell.run(["journal", "add"], input: document)
    #expect(added.status == 0, "\(added.errors)")
    let lines = await shell.type("journal show D-1 --format csv").lines
    #expect(lines[1].hasSuffix(",Loft,,B-7,\"rent, trip:Kiel\""), "\(lines)")
    #expect(lines[2].hasSuffix(",,Ms Lord,,"), "\(lines)")
    let wrong = await shell.run(
      ["journal", "add"],
      input: "{\"lines\": [{\"account\": \"1120\", \"amount\": 5, \"tags\": [\"two words\"]}]}")
    #expect(wrong.errors == "stdin:1:54: a tag must be as rent or trip:Kiel.\n", "\(wrong.errors)")
  }

  @Test func `a document says of what tax and how much a line is, and a correction keeps it`()
    async throws
  {
    let shell = try await Shell.withBooks()
    let document = """
      {"description": "Paint", "lines": [
        {"account": "6210", "amount": 119, "tax_code": "V19", "tax_amount": 19,
         "quantity": "12,50", "unit": "kg"},
        {"account": "1120", "amount": -119}]}
      """
    let added = await shell.run(["journal", "add", "--post"], input: document)
    #expect(added.status == 0, "\(added.errors)")
    var lines = await shell.type("journal show GJ-2026-000001 --format csv").lines
    #expect(lines[1].hasSuffix(",119.00,,,,,V19,19.00,12.5,kg,,,,,"), "\(lines)")
    #expect(lines[2].hasSuffix(",-119.00,,,,,,,,,,,,,"), "\(lines)")
    let shown = await shell.type("journal show GJ-2026-000001 --format json").output
    #expect(
      shown.contains(#""tax_code":"V19","tax_amount":19.00,"quantity":"12.5","unit":"kg","#),
      "\(shown)")
    let text = await shell.type("journal show GJ-2026-000001").output
    #expect(text.contains("V19") && text.contains("12.5"), "\(text)")
    let same = await shell.type(
      "journal correct GJ-2026-000001 6210 119 1120 --date 2026-11-20 --reason Misdated")
    #expect(same.status == 0, "\(same.errors)")
    lines = await shell.type("journal show CO-2026-000001 --format csv").lines
    #expect(lines[1].hasSuffix(",V19,19.00,12.5,kg,,,,,"), "\(lines)")
    _ = await shell.run(["journal", "add", "--post"], input: document)
    let other = await shell.type("journal correct GJ-2026-000002 6210 238 1120 --reason Misread")
    #expect(other.status == 0, "\(other.errors)")
    lines = await shell.type("journal show CO-2026-000002 --format csv").lines
    #expect(lines[1].hasSuffix(",V19" + String(repeating: ",", count: 8)), "\(lines)")
  }

  @Test(arguments: [
    (#""quantity": "many""#, "quantity must be a number such as 12.5, and its unit a word"),
    (
      #""quantity": "1", "unit": "a,b""#,
      "quantity must be a number such as 12.5, and its unit a word"
    ),
    (#""unit": "kg""#, "quantity is missing here"),
  ])
  func `what is no quantity is pointed at`(_ field: String, _ words: String) async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.run(
      ["journal", "add"],
      input: #"{"lines": [{"account": "1120", "amount": 5, \#(field)}]}"#)
    #expect(answer.errors.hasSuffix(": \(words).\n"), "\(answer)")
  }

  @Test func `what is booked by hand on a control account says why in its notes`() async throws {
    let shell = try await Shell.withBooks()
    #expect(await shell.type("account update 2110 --control").status == 0)
    let bill = [
      "journal", "add", "6210", "10", "2110", "-d", "Bill", "--payee", "Acme", "--post",
    ]
    let refused = await shell.run(bill)
    #expect(
      refused.errors == "Line 2: 2110 Trade payables is a control account: "
        + "say in the entry's notes why it is booked by hand.\n")
    let posted = await shell.run(bill + ["--notes", "No invoice came."])
    #expect(posted.output == "Posted as GJ-2026-000001.\n", "\(posted.errors)")
  }

  @Test func `a line that names no department is of its account's`() async throws {
    let shell = try await Shell.withBooks()
    #expect(await shell.type("account update 6210 --usual-department office").status == 0)
    let listed = await shell.type("account list --format csv").lines
    #expect(
      listed.filter { $0.hasPrefix("6210,") }.map { $0.hasSuffix(",active,OFF") } == [true])
    #expect(listed.count { $0.hasSuffix(",OFF") } == 1, "\(listed)")
    _ = await shell.type("journal add 6210 10 1120 -d Rent")
    let lines = await shell.type("journal show D-1 --format csv").lines
    #expect(lines[1].contains(",OFF,") && !lines[2].contains(",OFF,"), "\(lines)")
    let unknown = await shell.type("account update 6210 --usual-department nowhere")
    #expect(unknown.status == 1, "\(unknown)")
    #expect(await shell.type("account update 6210 --usual-department -").status == 0)
    _ = await shell.type("journal add 6210 10 1120 -d Rent")
    #expect(!(await shell.type("journal show D-2 --format csv").output.contains("OFF")))
  }

  @Test func `a correction of other things leaves lines of no department so`() async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 10 1120 -d Rent --post")
    _ = await shell.type("account update 6210 --usual-department office")
    let corrected = await shell.type(
      "journal correct GJ-2026-000001 -d Lease --reason Misworded")
    #expect(corrected.status == 0, "\(corrected)")
    let lines = await shell.type("journal show CO-2026-000001 --format csv").lines
    #expect(lines.count == 3 && !lines.joined().contains(",OFF,"), "\(lines)")
  }

  @Test func `an account that needs a department takes lines that name one, by code or name`()
    async throws
  {
    let shell = try await Shell.withBooks()
    let changed = await shell.type("account update 6210 --requires-department")
    #expect(changed.status == 0, "\(changed.errors)")
    let refused = await shell.type("journal add 6210 10 1120 -d Rent --post")
    #expect(refused.errors == "Line 1: 6210 Rent needs a department.\n")
    let posted = await shell.type("journal add 6210 10 1120 -d Rent --department office --post")
    #expect(posted.output == "Posted as GJ-2026-000001.\n", "\(posted.errors)")
    let lines = await shell.type("journal show GJ-2026-000001 --format csv").lines
    #expect(
      lines[1].hasSuffix(",10.00,,,,,,,,,OFF,,,,") && lines[2].hasSuffix(",-10.00,,,,,,,,,OFF,,,,"))
    let document = await shell.type("journal show GJ-2026-000001 --format json").output
    #expect(document.contains(#""unit":"","department":"OFF","project":"#), "\(document)")
    #expect(await shell.type("journal show GJ-2026-000001").output.contains("department"))
  }

  @Test func `a department is said line by line, taken off, and put right`() async throws {
    let shell = try await Shell.withBooks()
    let document =
      #"{"description": "Rent", "lines": [{"account": "6210", "amount": 5, "#
      + #""department": "OFF"}, {"account": "1120", "amount": -5}]}"#
    let added = await shell.run(["journal", "add"], input: document)
    #expect(added.status == 0, "\(added.errors)")
    var lines = await shell.type("journal show D-1 --format csv").lines
    #expect(lines[1].hasSuffix(",OFF,,,,") && lines[2].hasSuffix(",-5.00,,,,,,,,,,,,,"), "\(lines)")
    _ = await shell.run(["journal", "edit", "D-1", "--department", "", "--post"])
    lines = await shell.type("journal show GJ-2026-000001 --format csv").lines
    #expect(lines[1].hasSuffix(",5.00,,,,,,,,,,,,,"), "\(lines)")
    let corrected = await shell.run([
      "journal", "correct", "GJ-2026-000001", "--department", "OFF", "--reason", "It is theirs",
    ])
    #expect(corrected.status == 0, "\(corrected.errors)")
    lines = await shell.type("journal show CO-2026-000001 --format csv").lines
    #expect(lines[1].hasSuffix(",5.00,,,,,,,,,OFF,,,,"), "\(lines)")
  }

  @Test func `whoever is in a department needn't name it where an account needs one`() async throws
  {
    let shell = try await Shell.withBooks()
    _ = await shell.type("account update 6210 --requires-department")
    let off = await shell.run(
      ["journal", "add", "6210", "10", "1120", "-d", "Rent", "--department", "", "--post"],
      as: .employee)
    #expect(off.errors == "Line 1: 6210 Rent needs a department.\n", "\(off)")
    let posted = await shell.type("journal add 6210 10 1120 -d Rent --post", as: .employee)
    #expect(posted.output == "Posted as GJ-2026-000001.\n", "\(posted.errors)")
    let lines = await shell.type("journal show GJ-2026-000001 --format csv").lines
    #expect(
      lines[1].hasSuffix(",10.00,,,,,,,,,OFF,,,,") && lines[2].hasSuffix(",-10.00,,,,,,,,,,,,,"),
      "\(lines)")
    let corrected = await shell.type(
      "journal correct GJ-2026-000001 6210 12 1120 --reason Miscounted")
    #expect(corrected.status == 0, "\(corrected.errors)")
    let anew = await shell.type("journal show CO-2026-000001 --format csv").lines
    #expect(anew[1].hasSuffix(",12.00,,,,,,,,,OFF,,,,"), "\(anew)")
  }

  @Test func `a department goes out with a journal and comes in again`() async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 10 1120 -d Rent --department OFF --post")
    let out = await shell.type("export journal -")
    #expect(out.output.contains("department:OFF"), "\(out)")
    let path = shell.file("out.journal", out.output.utf8)
    _ = await shell.type("business create Copy --currency USD --chart none")
    _ = await shell.type("department create OFF Office --business copy")
    let again = await shell.type("import journal \(path) --business copy")
    #expect(again.status == 0, "\(again.errors)")
    let lines = await shell.type("journal show GJ-2026-000001 --business copy --format csv").lines
    #expect(lines[1].hasSuffix(",10.00,,,,,,,,,OFF,,,,"), "\(lines)")
  }

  @Test func `a department that isn't there, or not on that day, is told`() async throws {
    let shell = try await Shell.withBooks()
    let unknown = await shell.type("journal add 6210 10 1120 -d Rent --department NIL")
    #expect(unknown.errors == "There is no department NIL in this business.\n")
    let item = #"{"account": "6210", "amount": 5, "department": "NIL"}"#
    let document = await shell.run(["journal", "add"], input: #"{"lines": [\#(item)]}"#)
    #expect(document.errors == "There is no department NIL in this business.\n")
    #expect(await shell.type("journal list --format csv").lines.count == 1)
    let ended = await shell.type("department update OFF --inactive-from 2026-11-23")
    #expect(ended.status == 0, "\(ended.errors)")
    let late = await shell.type("journal add 6210 10 1120 -d Rent --department OFF --post")
    #expect(
      late.errors.hasPrefix("Line 1: OFF Office is not in use any more on this date."),
      "\(late.errors)")
  }

  @Test func `what is no tag is told before anything is written`() async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.run([
      "journal", "add", "6210", "10", "1120", "-d", "Rent", "--tag", "two words",
    ])
    #expect(answer.status == 2)
    #expect(answer.errors.contains("two words is no tag; write it as rent or trip:Kiel."))
    let field = await shell.type("journal add 6210 10 1120 -d Rent --tag tax-amount:5")
    #expect(field.status == 2)
    #expect(
      field.errors.contains("tax-amount:5 is no tag: it says what has a field of its own."))
    let document = """
      {"description": "Rent", "lines": [
        {"account": "6210", "amount": "10", "tax_code": "V19, V7"},
        {"account": "1120", "amount": "-10"}]}
      """
    let code = await shell.run(["journal", "add"], input: document)
    #expect(
      code.errors
        == "Line 1: its tax code has a comma, a date or a line break, which journals can't hold.\n",
      "\(code)")
    #expect(await shell.type("journal list --format csv").lines.count == 1)
  }

  @Test func `an entry of which no line says any of it is shown without empty columns`()
    async throws
  {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 10 1120 -d Rent")
    #expect(!(await shell.type("journal show D-1").output.contains("project")))
  }
}
