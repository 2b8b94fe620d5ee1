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

  @Test func `a business is taken away, listed as that, and brought back`() async throws {
    let shell = try await Shell.withBooks()
    #expect(await shell.type("business create Pier --currency EUR").status == 0)
    let sold = "journal add 6210 10 1120 -10 -d Rent --post --business harbour"
    #expect(await shell.type(sold).status == 0)
    let posted = await shell.type("business remove harbour")
    #expect(posted.status == 1)
    #expect(posted.errors.hasSuffix("Archive the business instead.\n"), "\(posted)")
    let removed = await shell.type("business remove pier")
    #expect(removed == Answer(status: 0, output: "Removed the business pier.\n", errors: ""))
    #expect(await shell.type("business list --format csv").lines.count == 2)
    let deleted = await shell.type("business list --deleted --format csv")
    #expect(deleted.lines.first == "slug,name,deleted_at")
    #expect(deleted.lines.last?.hasPrefix("pier,Pier,2026-11-") == true)
    #expect(await shell.type("business create Pier --currency EUR").status == 0)
    let taken = await shell.type("business restore pier")
    #expect(taken.status == 1 && taken.errors.contains("pier"), "\(taken)")
    #expect(await shell.type("business remove pier").status == 0)
    #expect(
      await shell.type("business restore Pier").output == "The business pier is back.\n")
    #expect(await shell.type("business list --format csv").lines.count == 3)
  }

  @Test func `a business begins with a fiscal year of any start and shape`() async throws {
    let shell = try await Shell.withBooks()
    let made = await shell.type(
      "business create Pier --currency EUR --shape 4-4-5 --from 2026-02-02")
    #expect(made.status == 0, "\(made.errors)")
    let lines = await shell.type("period list --business pier --format csv").lines
    for line in [
      // Of four, four and five weeks, through Sunday, 31 January.
      "2027,2027-P01,normal,2026-02-02,2026-03-01,future",
      "2027,2027-P03,normal,2026-03-30,2026-05-03,future",
      "2027,2027-P10,normal,2026-11-02,2026-11-29,open",
      "2027,2027-P12,normal,2026-12-28,2027-01-31,future",
    ] { #expect(lines.contains(line), "\(line) in \(lines)") }
    let shown = await shell.type("business show --business pier --format json")
    #expect(shown.output.contains(#""fiscal_year_start_month":2"#), "\(shown.output)")
    let over = await shell.type("business create Quay --currency EUR --from 2025-01-06")
    #expect(
      over.errors == "A year from 2025-01-06 to 2026-01-05 doesn't hold today. "
        + "Choose days around it.\n")
    #expect(await shell.type("business create Quay --currency EUR --shape 4-4").status == 2)
  }

  @Test func `how halves are rounded is said when a business is made`() async throws {
    let shell = try await Shell.withBooks()
    let made = await shell.type("business create Pier --currency EUR --rounding half-even")
    #expect(made.status == 0, "\(made.errors)")
    let pier = await shell.type("business show --business pier --format json")
    #expect(pier.output.contains(#""rounding":"half_even""#), "\(pier.output)")
    let usual = await shell.type("business show --business harbour --format json")
    #expect(usual.output.contains(#""rounding":"half_away""#), "\(usual.output)")
    #expect(
      await shell.type("business create Quay --currency EUR --rounding up").status == 2)
  }

  @Test func `of several businesses the usual one is meant where none is named`() async throws {
    let shell = try await Shell.withBooks()
    #expect(await shell.type("business create Pier --currency EUR").status == 0)
    let unclear = await shell.type("business show")
    #expect(unclear.status != 0 && unclear.errors.contains("harbour, pier"), "\(unclear)")
    #expect(
      await shell.type("business usual pier").output == "Your usual business is pier now.\n")
    let shown = await shell.type("business show --format json")
    #expect(shown.output.contains(#""slug":"pier""#), "\(shown)")
    #expect(await shell.type("business usual other").status != 0)
    #expect(await shell.type("business usual -").status == 0)
    #expect(await shell.type("business show").status == unclear.status)
  }

  @Test func `whoever has the file says what is paid, and nobody need sign in for it`()
    async throws
  {
    let shell = try await Shell.withBooks()
    try FileManager.default.removeItem(atPath: shell.session(of: .viewer))
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
    let shown = await shell.type("business show --format json")
    #expect(shown.output.contains(#""calls_per_hour":1000,"takes_changes":false"#), "\(shown)")
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
    #expect(await shell.type("business update --city X", as: .manager).status == 3)
  }
}
