import Domain
import Foundation
import Testing

@testable import CLI

struct ChartTests {
  private let chart = """
    {"tree": {"Assets": {"root_type": "Asset", "account_number": "10",
      "Till": {"account_type": "Cash"}}, "Odd": {"Below": {}}}}
    """

  @Test func `charts are listed without books`() async throws {
    let shell = try Shell.empty()
    let csv = await shell.type("account charts --format csv")
    #expect(csv.status == 0, "\(csv.errors)")
    #expect(csv.lines.count == 21)
    #expect(csv.lines[0] == "name,title,country,accounts")
    #expect(csv.lines[1] == #"services,"Consultancies, agencies and other services",,89"#)
    let json = await shell.type("account charts --format json")
    #expect(
      json.output.contains(
        #"{"name":"trading-de","title":"Shops, wholesalers and other traders in goods","#
          + #""country":"DE","accounts":122}"#))
    let text = await shell.type("account charts")
    #expect(
      text.lines.last
        == "nonprofit-de      Associations, charities and other nonprofits    DE            128")
  }

  @Test(arguments: ["services-us", "hospitality-uk", "trading-de"])
  func `a chart is taken by its name`(name: String) async throws {
    let shell = try Shell.empty()
    let made = await shell.run(
      [
        "init", "--business", "Acme", "--currency", "EUR", "--owner", "ada@example.com",
        "--password-stdin", "--chart", name,
      ], input: Shell.password)
    #expect(made.status == 0, "\(made.errors)")
    #expect(
      await shell.type("login ada@example.com --password-stdin", input: Shell.password).status == 0)
    let template = try #require(ChartTemplate.named(name))
    let accounts = await shell.type("account list --format csv")
    #expect(accounts.lines.count == template.accounts.count + 1, "\(accounts.errors)")
    let balance = await shell.type("report trial-balance --format json")
    #expect(balance.output.contains(#""lines":[]"#), "\(balance)")
    #expect(balance.output.contains(#""balanced":true"#))
    #expect(await shell.type("doctor").status == 0)
  }

  @Test func `a chart of another program comes in whole, and only once`() async throws {
    let shell = try await Shell.withBooks()
    let path = shell.file("chart.json", chart.utf8)
    let before = await shell.type("account list --format csv").output
    let unknown = await shell.type("import accounts \(path) --format erpnext")
    #expect(unknown.status == 1)
    #expect(unknown.errors.hasPrefix("The types of 2 accounts are unknown: Odd, Odd:Below. "))
    let rehearsed = await shell.type(
      "import accounts \(path) --format erpnext --untyped expense --dry-run")
    #expect(rehearsed.output.hasPrefix("Would import 3 accounts.\n"), "\(rehearsed.errors)")
    #expect(await shell.type("account list --format csv").output == before)
    let first = await shell.type("import accounts \(path) --format erpnext --map Odd=expense")
    #expect(
      first
        == Answer(
          status: 0,
          output: """
            Imported 3 accounts.
              there already, as they are: 1
              numbers given to those without: 3
              of a type that you said: 2

            """, errors: ""))
    let after = await shell.type("account list --format csv")
    #expect(after.lines.contains("1000.01,Till,Assets:Till,asset,cash,debit,,true,active,"))
    let again = await shell.type("import accounts \(path) --format erpnext --map Odd=expense")
    #expect(
      again
        == Answer(
          status: 0, output: "Nothing changed: 4 accounts are there already.\n", errors: ""))
    #expect(await shell.type("account list --format csv").output == after.output)
  }

  @Test func `what is left out is told with its place`() async throws {
    let shell = try await Shell.withBooks()
    let path = shell.file(
      "chart.json", #"{"Sales": {"root_type": "Income", "account_number": "1000"}}"#.utf8)
    let answer = await shell.type("import accounts \(path) --format erpnext")
    #expect(answer.status == 0)
    #expect(
      answer.errors
        == "\(path):1:11: Sales is left out: 1000 Assets has its number and is of another class.\n")
    #expect(
      answer.output
        == "Nothing changed: nothing of it can be taken.\n  left out, as told above: 1\n")
  }

  @Test(arguments: [
    ("{\"A\": 5}", "erpnext", ":1:7: A must be an object in {}"),
    ("{}", "gnucash", ":1:1: “{}” was not expected here; the file isn't XML"),
  ])
  func `a chart that isn't taken is pointed at and leaves nothing`(
    text: String, format: String, expected: String
  ) async throws {
    let shell = try await Shell.withBooks()
    let path = shell.file("chart", text.utf8)
    let before = await shell.type("account list --format csv").output
    let answer = await shell.type("import accounts \(path) --format \(format)")
    #expect(answer == Answer(status: 1, output: "", errors: "\(path)\(expected)\n"))
    #expect(await shell.type("account list --format csv").output == before)
    let none = await shell.type("import accounts \(path).none --format \(format)")
    #expect(none.errors == "\(path).none: there is no such file\n")
  }

  @Test(arguments: [
    "import accounts x", "import accounts x --format hledger",
    "import accounts x --format erpnext --map A=USD",
    "import accounts x --format gnucash --untyped money",
  ])
  func `a command line that is wrong exits 2`(line: String) async throws {
    let shell = try await Shell.withBooks()
    #expect(await shell.type(line).status == 2)
  }

  @Test func `an employee makes no accounts by importing them`() async throws {
    let shell = try await Shell.withBooks()
    let path = shell.file("chart.json", #"{"New": {"root_type": "Asset"}}"#.utf8)
    let answer = await shell.type("import accounts \(path) --format erpnext", as: .employee)
    #expect(answer.status == 3)
    #expect(answer.errors == "Your role (Employee) does not hold account.create.\n")
  }

  @Test func `the chart is exported, as a file that only its owner reads`() async throws {
    let shell = try await Shell.withBooks()
    let listed = await shell.type("account list --format csv").output
    let export = await shell.type("export accounts out.csv")
    let count = listed.split(whereSeparator: \.isNewline).count - 1
    #expect(export.output == "Wrote \(count) accounts to \(shell.folder)/out.csv.\n", "\(export)")
    #expect(try String(contentsOfFile: shell.folder + "/out.csv", encoding: .utf8) == listed)
    let attributes = try FileManager.default.attributesOfItem(atPath: shell.folder + "/out.csv")
    #expect((attributes[.posixPermissions] as? NSNumber)?.int16Value == 0o600)
    #expect(await shell.type("export accounts out.csv").status == 1)
    let json = await shell.type("export accounts - --format json")
    #expect(
      json.output.hasPrefix(
        #"{"items":[{"number":"1000","name":"Assets","path":"Assets","type":"asset","#))
    #expect(json.output.hasSuffix("],\"remarks\":[]}\n"))
    let viewer = await shell.type("export accounts -", as: .viewer)
    #expect(viewer.output.hasPrefix(listed))
    #expect(viewer.lines.last?.hasPrefix("\"Exported by ") == true, "\(viewer)")
    #expect(await shell.type("export accounts -", as: .employee).status == 3)
  }
}
