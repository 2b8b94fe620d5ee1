import Domain
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
