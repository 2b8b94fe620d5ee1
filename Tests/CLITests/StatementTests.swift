import Domain
import Testing

@testable import CLI

struct StatementTests {
  private func posted() async throws -> Shell {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 1120 900 3100 -d Capital --date 2 --post")
    _ = await shell.type("journal add 1120 400 4100 -d Sale --date 5 --post")
    _ = await shell.type("journal add 6210 100 1120 -d Rent --date 10 --post")
    _ = await shell.type("journal add 1120 30 4400 -d Turned --date 10 --post")
    return shell
  }

  @Test func `a balance sheet balances by what isn't closed yet`() async throws {
    let shell = try await posted()
    let answer = await shell.type("report balance-sheet")
    #expect(
      answer.output == """
        Balance sheet of Harbour & Sons as of 2026-11-23, post-closing

        account                       2026-11-23
        Assets
          1000 Assets                   1,230.00
            1100 Cash and banks         1,230.00
              1120 Current account      1,230.00
        Total assets                    1,230.00
        Liabilities
        Total liabilities                   0.00
        Equity
          3000 Equity                     900.00
            3100 Partners' capital        900.00
          Earnings of the year            330.00
        Total equity                    1,230.00
        Total liabilities and equity    1,230.00

        """, "\(answer)")
  }

  @Test func `an income statement is compared, and what is worse has a mark`() async throws {
    let shell = try await posted()
    let answer = await shell.type(
      "report income-statement --from 2026-11-06 --to 2026-11-10 --compare prior-period")
    #expect(
      answer.lines.first
        == "Income statement of Harbour & Sons from 2026-11-06 to 2026-11-10, adjusted")
    let total = answer.lines.first { $0.hasPrefix("Total income") }
    #expect(
      total?.split(separator: " ").map(String.init)
        == ["Total", "income", "30.00", "400.00", "-370.00", "-92.5", "!"], "\(answer)")
    let rent = answer.lines.first { $0.contains("6210") }
    #expect(
      rent?.split(separator: " ").suffix(5) == ["100.00", "0.00", "100.00", "n/m", "!"], "\(answer)"
    )
  }

  @Test func `scripts get every row with its comparisons`() async throws {
    let shell = try await posted()
    let csv = await shell.type(
      "report income-statement --period 2026-11 --compare prior-year --format csv")
    #expect(
      csv.lines.first
        == "item,number,account,level,amount,prior_year,prior_year_change,prior_year_percent,prior_year_favourable"
    )
    #expect(csv.lines.last == "net_income,,,0,330.00,0.00,330.00,,true", "\(csv)")
    let json = await shell.type("report balance-sheet --as-of 2026-11-04 --format json")
    #expect(
      json.output.hasPrefix(
        #"{"statement":"balance-sheet","basis":"post-closing","known_at":null,"department":null,"columns":[{"comparison":null,"from":null,"to":"2026-11-04"}],"lines":[{"item":"asset","number":null,"account":null,"level":0,"amount":null},"#
      ),
      "\(json)")
    #expect(
      json.output.contains(
        #"{"item":"total_liabilities_and_equity","number":null,"account":null,"level":0,"amount":900.00}]}"#
      ))
  }

  @Test func `a cash-flow statement goes from net income to cash at the end`() async throws {
    let shell = try await posted()
    let answer = await shell.type("report cash-flow --period 2026-11")
    #expect(
      answer.output == """
        Cash flow statement of Harbour & Sons from 2026-11-01 to 2026-11-30, indirect

        account                         2026-11-01..2026-11-30
        Operating activities
          Net income                                    330.00
        Cash from operating activities                  330.00
        Investing activities
        Cash from investing activities                    0.00
        Financing activities
          3100 Partners' capital                        900.00
        Cash from financing activities                  900.00
        Net change in cash                            1,230.00
        Cash at the beginning                             0.00
        Cash at the end                               1,230.00

        """, "\(answer)")
  }

  @Test func `directly, scripts get what each account brought, beside another time`() async throws {
    let shell = try await posted()
    let csv = await shell.type(
      "report cash-flow --method direct --from 2026-11-05 --to 2026-11-10 --compare prior-period"
        + " --format csv --raw")
    #expect(
      csv.lines == [
        "item,number,account,level,amount,prior_period,prior_period_change,prior_period_percent,"
          + "prior_period_favourable",
        "operating,,,0,,,,,",
        "account,4100,Income:Consulting fees,1,400.00,0.00,400.00,,",
        "account,4400,Income:Training fees,1,30.00,0.00,30.00,,",
        "account,6210,Running costs:Premises:Rent,1,-100.00,0.00,-100.00,,",
        "total_operating,,,0,330.00,0.00,330.00,,true",
        "investing,,,0,,,,,", "total_investing,,,0,0.00,0.00,0.00,,",
        "financing,,,0,,,,,",
        #"account,3100,"Equity:Partners' capital",1,0.00,900.00,-900.00,-100.0,"#,
        "total_financing,,,0,0.00,900.00,-900.00,-100.0,",
        "net_change,,,0,330.00,900.00,-570.00,-63.3,",
        "cash_at_beginning,,,0,900.00,0.00,900.00,,",
        "cash_at_end,,,0,1230.00,900.00,330.00,36.7,",
      ], "\(csv)")
    let json = await shell.type("report cash-flow --to 2026-11-04 --method direct --format json")
    #expect(
      json.output.hasPrefix(
        #"{"statement":"direct-cash-flow","basis":"adjusted","known_at":null,"department":null,"columns":[{"comparison":null,"from":"2026-01-01","to":"2026-11-04"}],"lines":[{"item":"operating","#
      ), "\(json)")
  }

  @Test func `without an account of cash that is said`() async throws {
    let shell = try await posted()
    try shell.script(
      """
      UPDATE temp.scope SET business_id = 1;
      UPDATE accounts SET cash_flow_class = 'operating' WHERE category IN ('cash', 'bank');
      """)
    let answer = await shell.type("report cash-flow")
    #expect(answer.status == 0 && answer.lines.last?.hasSuffix(" 0.00") == true, "\(answer)")
    #expect(answer.errors == "No account is cash: none has the category cash or bank.\n")
  }

  @Test(arguments: [
    "balance-sheet --compare ytd", "income-statement --basis post-closing",
    "income-statement --period 2026-11 --from 2026-01-01", "balance-sheet --compare nothing",
    "income-statement --from 2026-12-01 --to 2026-01-01",
    "income-statement --compare prior-year --compare prior-year",
    "cash-flow --period 2026-11 --to 2026-11-10", "cash-flow --method either",
    "cash-flow --from 2026-12-01 --to 2026-01-01", "cash-flow --basis unadjusted",
  ])
  func `what means nothing is said to be so`(_ arguments: String) async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.type("report \(arguments)")
    #expect(answer.status == 2 && !answer.errors.isEmpty, "\(answer)")
  }

  @Test func `what went to retained earnings for an earlier year is disclosed beneath`()
    async throws
  {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 40 1120 -d Rent --date 5 --post")
    _ = await shell.type("period create-year")
    try shell.script(
      """
      UPDATE temp.scope SET business_id = 1;
      UPDATE accounting_periods SET status = 'open' WHERE name = '2027-01';
      """)
    let corrected = await shell.type(
      "journal correct GJ-2026-000001 3300 15 1120 --difference --date 2027-01-05 --reason Higher")
    #expect(corrected.status == 0, "\(corrected)")
    let shown = await shell.type("journal show CO-2027-000001").output
    #expect(shown.contains("prior period: straight to retained earnings\n"), "\(shown)")
    let json = await shell.type("journal show CO-2027-000001 --format json").output
    #expect(json.contains(#""prior_period":true,"corrects":"GJ-2026-000001""#), "\(json)")
    for report in ["balance-sheet --as-of 2027-01-31", "income-statement --period 2027-01"] {
      let text = await shell.type("report \(report)")
      let line = text.lines.last
      #expect(line?.hasPrefix("Prior-period adjustments, in retained earnings") == true, "\(text)")
      #expect(line?.hasSuffix(" -15.00") == true)
      let csv = await shell.type("report \(report) --format csv").lines.last
      #expect(csv == "prior_period_adjustments,,,0,-15.00")
    }
    let before = await shell.type("report balance-sheet --as-of 2027-01-04")
    #expect(!before.output.contains("Prior-period"))
  }

  @Test func `cash is of no department, which is said`() async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.type("report cash-flow --department OFF")
    #expect(answer.status == 2 && answer.errors.contains("Cash is of no department"), "\(answer)")
  }

  @Test func `who sees the trial balance only is told so`() async throws {
    let shell = try await posted()
    let answer = await shell.type("report balance-sheet", as: .employee)
    #expect(
      answer
        == Answer(
          status: 3, output: "",
          errors: "You hold report.read for the trial balance and one's own only.\n"))
  }
}
