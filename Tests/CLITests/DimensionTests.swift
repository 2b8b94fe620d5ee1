import Testing

@testable import CLI

/// Projects, parties and tags on the command line.
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
      shown.lines[0] == "account,debit,credit,currency,base,project,counterparty,reference,tags")
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

  @Test func `what is no tag is told before anything is written`() async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.run([
      "journal", "add", "6210", "10", "1120", "-d", "Rent", "--tag", "two words",
    ])
    #expect(answer.status == 2)
    #expect(answer.errors.contains("two words is no tag; write it as rent or trip:Kiel."))
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
