import Domain
import Testing

@testable import CLI

/// Reports in another currency at one stated rate (RULES R33).
struct ConvenienceTranslationTests {
  /// Bank 293.00, fees 400.00, rent 100.00, supplies 7.00.
  private func posted() async throws -> Shell {
    let shell = try await Shell.withBooks()
    for entry in ["1120 400 4100", "6210 100 1120", "6310 7 1120"] {
      let answer = await shell.type("journal add \(entry) -d Things --date 5 --post")
      #expect(answer.status == 0, "\(answer)")
    }
    return shell
  }

  /// 293 : 7 = 41.857…, 400 : 7 = 57.142…, 100 : 7 = 14.285…, and 41.86 + 14.29 + 1.00 is 57.15.
  @Test func `a trial balance has equal sums though its lines don't add up to them`() async throws {
    let shell = try await posted()
    let answer = await shell.type("report trial-balance --in EUR --rate 7")
    #expect(
      answer.lines.first
        == "Trial balance of Harbour & Sons as of 2026-11-23, convenience translation at 7 USD per "
        + "EUR", "\(answer)")
    let cells = answer.lines.dropFirst(2).map { $0.split(separator: " ") }
    #expect(cells.compactMap(\.last) == ["41.86", "57.14", "14.29", "1.00", "57.14"])
    #expect(cells.last == ["Total", "57.14", "57.14"])
    let lines = await shell.type("report trial-balance --in eur --rate 7 --format csv").lines
    #expect(lines.last == "6310,Running costs:Office:Office supplies,expense,EUR,1.00,0.00")
    let json = await shell.type("report trial-balance --in EUR --rate 7 --format json").output
    #expect(
      json.contains(
        #""total_debit":57.14,"total_credit":57.14,"balanced":true,"#
          + #""convenience_translation":{"currency":"EUR","base_currency":"USD","rate":7}"#),
      "\(json)")
    let page = await shell.type("report trial-balance --in EUR --rate 7 --format html").output
    #expect(page.contains("convenience translation at 7 USD per EUR") && page.contains("57.14"))
  }

  /// 107 : 7 = 15.285…, and 57.14 − 15.29 would be 41.85.
  @Test func `sums are translated as sums, and nothing is plugged`() async throws {
    let shell = try await posted()
    let answer = await shell.type(
      "report income-statement --period 2026-11 --in EUR --rate 7 --format csv")
    #expect(answer.lines.contains("total_revenue,,,0,57.14"), "\(answer)")
    #expect(answer.lines.contains("total_expense,,,0,15.29"), "\(answer)")
    #expect(answer.lines.last == "net_income,,,0,41.86", "\(answer)")
    let sheet = await shell.type("report balance-sheet --in EUR --rate 7 --format json").output
    #expect(sheet.contains(#""convenience_translation":{"currency":"EUR""#), "\(sheet)")
    #expect(!sheet.contains("293") && sheet.contains("41.86"), "\(sheet)")
    let flow = await shell.type("report cash-flow --period 2026-11 --in JPY --rate 0.0067")
    #expect(
      flow.lines.first?.hasSuffix(", convenience translation at 0.0067 USD per JPY") == true,
      "\(flow)")
    // 293 : 0.0067 = 43,731.34…, and yen have no decimals.
    #expect(flow.lines.last?.hasSuffix(" 43,731") == true, "\(flow)")
  }

  /// 0.05 : 2 = 0.025.
  @Test func `half a minor unit goes where the business rounds it`() async throws {
    let shell = try await Shell.withBooks()
    let made = await shell.type("business create Pier --currency EUR --rounding half-even")
    #expect(made.status == 0, "\(made)")
    for (business, currency, expected) in [("harbour", "EUR", "0.03"), ("pier", "USD", "0.02")] {
      let options = "--business \(business)"
      let added = await shell.type("journal add 1120 0.05 3100 -d Cash \(options) --post")
      #expect(added.status == 0, "\(added)")
      let lines = await shell.type(
        "report trial-balance --in \(currency) --rate 2 --format csv \(options)"
      ).lines
      #expect(lines[1].hasSuffix(",asset,\(currency),\(expected),0.00"), "\(lines)")
    }
  }

  private static let label = ", convenience translation at 7 USD per EUR"
  private static let field =
    #""convenience_translation":{"currency":"EUR","base_currency":"USD","rate":7}"#

  /// 300 : 7 = 42.857…, and 57.14 − 14.29 would be 42.85.
  @Test func `a register's balances are translated as balances`() async throws {
    let shell = try await posted()
    let lines = await shell.type("report register 1120 --in EUR --rate 7 --format csv").lines
    #expect(
      lines.dropFirst().map { $0.split(separator: ",").suffix(4).joined(separator: ",") } == [
        "57.14,0.00,57.14,false", "0.00,14.29,42.86,false", "0.00,1.00,41.86,false",
      ], "\(lines)")
    let text = await shell.type("report register 1120 --in EUR --rate 7").lines
    #expect(text.first?.hasSuffix(Self.label) == true, "\(text)")
    let json = await shell.type("report register 1120 --in EUR --rate 7 --format json").output
    #expect(json.contains(#""currency":"EUR","lines":[{"#) && json.contains(Self.field), "\(json)")
  }

  @Test func `a ledger's sums are translated as sums`() async throws {
    let shell = try await posted()
    let report = "report ledger --account 1120 --period 2026-11 --in EUR --rate 7"
    let csv = await shell.type("\(report) --format csv").lines
    #expect(csv.last?.hasSuffix(",closing,,,,,57.14,15.29,41.86,") == true, "\(csv)")
    let text = await shell.type(report).lines
    #expect(text.first?.hasSuffix(Self.label) == true, "\(text)")
    #expect(
      text.last { $0.contains("Closing") }?.split(separator: " ")
        == ["Closing", "57.14", "15.29", "41.86"], "\(text)")
    let json = await shell.type("\(report) --format json").output
    #expect(json.contains(#""currency":"EUR",\#(Self.field),"accounts":["#), "\(json)")
    #expect(json.contains(#""debit":57.14,"credit":15.29,"closing":41.86"#), "\(json)")
  }

  @Test func `both other forms of the trial balance can be translated`() async throws {
    let shell = try await posted()
    let forward = "report trial-balance --roll-forward --period 2026-11 --in EUR --rate 7"
    let csv = await shell.type("\(forward) --format csv").lines
    #expect(csv.contains { $0.hasSuffix(",asset,EUR,0.00,57.14,15.29,41.86") }, "\(csv)")
    // 507 : 7 = 72.428…
    let text = await shell.type(forward).lines
    #expect(text.first?.hasSuffix(Self.label) == true, "\(text)")
    #expect(text.last?.split(separator: " ") == ["Total", "0.00", "72.43", "72.43", "0.00"])
    let json = await shell.type("\(forward) --format json").output
    #expect(
      json.contains(#""totals":[{"currency":"EUR","opening":0.00,"debit":72.43,"#), "\(json)")
    #expect(json.contains(#""balanced":true,\#(Self.field)"#), "\(json)")
    let sheet = await shell.type("report trial-balance --worksheet --in EUR --rate 7 --format json")
    #expect(
      sheet.output.contains(#""net_income":41.86,"balanced":true,\#(Self.field)"#), "\(sheet)")
    let paper = await shell.type("report trial-balance --worksheet --in EUR --rate 7").lines
    #expect(paper.first?.hasSuffix(Self.label) == true, "\(paper)")
    #expect(paper.last?.contains("57.14") == true, "\(paper)")
    #expect(paper.contains { $0.contains("41.86") } && !paper.contains { $0.contains("400.00") })
  }

  /// 380 : 7 = 54.285… is planned, and 87 : 7 = 12.428… less was earned; per cents are what they are.
  @Test func `plans are translated like what came of them`() async throws {
    let shell = try await posted()
    for budget in ["4100 500", "6210 120"] {
      #expect(await shell.type("budget set \(budget) --period 2026-11").status == 0)
    }
    let report = "report budget --period 2026-11 --drafts --in EUR --rate 7"
    let csv = await shell.type("\(report) --format csv").lines
    #expect(csv.last == "net_income,,,0,54.29,41.86,-12.43,-22.9,false", "\(csv)")
    let text = await shell.type(report).lines
    #expect(text.first?.hasSuffix(Self.label) == true, "\(text)")
    #expect(await shell.type("\(report) --format json").output.contains(Self.field))
  }

  @Test func `departments are translated each by itself`() async throws {
    let shell = try await posted()
    let report = "report departments --period 2026-11 --in EUR --rate 7"
    let csv = await shell.type("\(report) --format csv").lines
    #expect(csv.last?.hasPrefix("net_income,,,0,41.86,") == true, "\(csv)")
    // What is of no department, in the last column.
    #expect(csv.last?.hasSuffix(",41.86") == true, "\(csv)")
    let text = await shell.type(report).lines
    #expect(text.first?.hasSuffix(Self.label) == true, "\(text)")
    let json = await shell.type("\(report) --format json").output
    #expect(json.contains(#""amounts":[41.86,"#) && json.contains(",41.86]"), "\(json)")
    #expect(json.contains(Self.field), "\(json)")
  }

  /// 100 : 7 = 14.285…, 60 : 7 = 8.571… and 40 : 7 = 5.714…; what was invoiced stays in dollars.
  @Test func `open items are translated as the books have them`() async throws {
    let shell = try await Shell.withBooks()
    for line in [
      "journal add 1210 100 4100 -d Invoice --payee Acme --reference I-1 --date 2 --post",
      "journal add 1120 60 1210 -d Paid --payee Acme --reference I-1 --date 12 --post",
    ] { #expect(await shell.type(line).status == 0) }
    let report = "report open-items 1210 --in EUR --rate 7"
    let items = await shell.type("\(report) --format csv").lines
    #expect(
      items.last == "Acme,I-1,2026-11-02,21,0-30,USD,100.00,60.00,40.00,14.29,8.57,5.71", "\(items)"
    )
    let parties = await shell.type("\(report) --by party --format csv").lines
    #expect(parties.last == "Acme,USD,1,40.00,5.71,5.71,0.00,0.00,0.00", "\(parties)")
    #expect(await shell.type(report).lines.first?.hasSuffix(Self.label) == true)
    let json = await shell.type("\(report) --format json").output
    #expect(json.contains(#""base_items":5.71,"base_ledger":5.71,"proved":true}],"#), "\(json)")
    #expect(json.contains(#""proved":true,\#(Self.field)"#), "\(json)")
  }

  @Test func `a snapshot is translated unless its rows are in their own currencies`() async throws {
    let shell = try await posted()
    for currency in ["base", "transaction"] {
      let taken = await shell.type("report snapshot take --currency \(currency)")
      #expect(taken.status == 0, "\(taken)")
    }
    let show = "report snapshot show 1 --in EUR --rate 7"
    let csv = await shell.type("\(show) --format csv").lines
    #expect(csv[1] == "1120,Current account,EUR,0.00,57.14,15.29,41.86", "\(csv)")
    let text = await shell.type(show).lines
    #expect(text.first?.hasPrefix("Snapshot 1 of ") == true, "\(text)")
    #expect(text.first?.hasSuffix(Self.label) == true, "\(text)")
    #expect(await shell.type("\(show) --format json").output.contains(Self.field))
    let own = await shell.type("report snapshot show 2 --in EUR --rate 7")
    #expect(own.status == 2 && own.errors.contains("Only amounts in the base"), "\(own)")
  }

  @Test func `without a rate it is the closing rate of the report's last day`() async throws {
    let shell = try await posted()
    let missing = await shell.type("report balance-sheet --in EUR")
    #expect(missing.status == 1, "\(missing)")
    #expect(
      missing.errors.contains(
        "No rate of EUR in USD is kept that is new enough for 2026-11-23. Enter one. Or say it for "
          + "this report alone: --rate 1.08"), "\(missing)")
    for rate in ["1.25 --date 2026-11-20", "9 --date 2026-11-23"] {
      #expect(await shell.type("fx rate EUR \(rate) --kind closing").status == 0)
    }
    #expect(await shell.type("fx rate EUR 5 --date 2026-11-22").status == 0, "a spot rate")
    let answer = await shell.type("report balance-sheet --as-of 2026-11-22 --in EUR")
    #expect(
      answer.lines.first?.hasSuffix(", convenience translation at 1.25 USD per EUR") == true,
      "\(answer)")
    // 293 : 1.25
    #expect(answer.output.contains("234.40"), "\(answer)")
    #expect(await shell.type("report balance-sheet").output.contains("293.00"), "nothing is kept")
  }

  @Test func `what can't be translated is said`() async throws {
    let shell = try await Shell.withBooks()
    let refused = [
      ("trial-balance --rate 1.08", "say in which currency"),
      ("trial-balance --in USD --rate 1", "The books are in USD"),
      ("balance-sheet --in XYZ --rate 1", "There is no currency XYZ"),
      ("cash-flow --in EUR --rate 0", "0 is not a rate"),
      ("trial-balance --in EUR --rate 1 --currency transaction", "Only amounts in the base"),
      ("register 1120 --in EUR --rate 1 --currency EUR", "Only amounts in the base currency"),
      ("ledger --in EUR --rate 1 --currency EUR", "Only amounts in the base currency"),
      ("budget --rate 1", "say in which currency"),
      ("open-items 1210 --rate 1", "say in which currency"),
    ]
    for (line, words) in refused {
      let answer = await shell.type("report \(line)")
      #expect(answer.status == 2 && answer.errors.contains(words), "\(line): \(answer)")
    }
  }
}
