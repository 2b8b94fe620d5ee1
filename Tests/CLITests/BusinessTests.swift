import Domain
import Foundation
import Testing

@testable import CLI

/// A business at the command line.
struct BusinessTests {
  @Test func `what is given of a business changes, and the rest stays`() async throws {
    let shell = try await Shell.withBooks()
    let changed = await shell.run([
      "business", "update", "--city", "Bregenz", "--country", "AT", "--time-zone",
      "Europe/Vienna", "--posts-on-approval", "off", "--legal-name", "Harbour & Sons Ltd",
    ])
    #expect(changed.output == "Changed the business Harbour & Sons.\n", "\(changed.errors)")
    #expect(await shell.type("business update --legal-name -").status == 0)
    let shown = await shell.type("business show --format json", as: .viewer)
    for part in [
      #""city":"Bregenz""#, #""country":"AT""#, #""time_zone":"Europe/Vienna""#,
      #""posts_on_approval":false"#, #""legal_name":null"#, #""self_approval":false"#,
      #""name":"Harbour & Sons""#, #""members":5"#,
    ] { #expect(shown.output.contains(part), "\(part) in \(shown.output)") }
    #expect(
      await shell.type("business show").lines.contains {
        $0.hasPrefix("city ") && $0.hasSuffix(" Bregenz")
      })
    #expect(await shell.type("business show --format csv").lines.count == 2)
  }

  @Test func `whoever has the file says what is paid, and nobody need sign in for it`()
    async throws
  {
    let shell = try await Shell.withBooks()
    try FileManager.default.removeItem(atPath: shell.sessions(of: .viewer))
    func type(_ line: String) async -> Answer {
      await shell.type("business subscription " + line, as: .viewer)
    }
    let changed = await type("--tier starter --status suspended --until 2027-12-31")
    #expect(
      changed
        == Answer(
          status: 0, output: "Changed the subscription of Harbour & Sons.\n", errors: ""))
    let listed = await type("--format csv")
    #expect(
      listed.lines.last
        == "harbour,Harbour & Sons,starter,suspended,2027-12-31T23:59:59.999Z,5,10",
      "\(listed)")
    let refused = await shell.type("account archive 1110")
    #expect(refused.status == 3, "\(refused)")
    #expect(await shell.type("account list").status == 0)
    #expect(await type("--status active --until never --business harbour").status == 0)
    #expect(await shell.type("business show").lines.contains { $0.hasSuffix(" active") })
  }

  @Test func `a subscription that won't do is refused`() async throws {
    let shell = try await Shell.withBooks()
    #expect(
      await shell.type("user invite sixth@books.example --role viewer").status == 0)
    let small = await shell.type("business subscription --tier trial")
    #expect(small.status == 1)
    #expect(
      small.errors == "The trial subscription has room for 5 members. Choose a larger one.\n")
    let over = await shell.type("business subscription --until 2026-11-01")
    #expect(over.errors.hasPrefix("It would be over already."))
    #expect(await shell.type("business subscription --tier gold").status == 2)
    #expect(await shell.type("business subscription --until soon").status == 2)
    let elsewhere = await shell.type("business subscription --tier trial --business other")
    #expect(elsewhere.errors == "There is no business other in this database.\n")
  }

  @Test func `whoever owns several businesses creates another without naming one`() async throws {
    let shell = try await Shell.withBooks()
    for name in ["Acme Europe", "Acme Asia"] {
      let created = await shell.run(["business", "create", name, "--currency", "EUR"])
      #expect(created.status == 0, "\(created.errors)")
    }
    #expect(await shell.type("business list --format csv").lines.count == 4)
    let refused = await shell.run(
      ["business", "create", "Mine", "--currency", "EUR"], as: .director)
    #expect(refused.status == 3, "\(refused)")
  }

  @Test func `a change that makes no sense, or isn't one, is refused`() async throws {
    let shell = try await Shell.withBooks()
    let zone = await shell.type("business update --time-zone Mars/Base")
    #expect(zone.status == 1)
    #expect(zone.errors == "There is no time zone Mars/Base; write it as Europe/Vienna.\n")
    #expect(await shell.type("business update").status == 2)
    #expect(await shell.type("business update --date-format YY").status == 2)
    #expect(await shell.type("business update --city X", as: .manager).status == 3)
  }
}
