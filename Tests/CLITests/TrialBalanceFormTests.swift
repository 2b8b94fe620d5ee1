import Domain
import Testing

@testable import CLI

/// The forms of the trial balance and its snapshots at the command line.
struct TrialBalanceFormTests {
  private func posted() async throws -> Shell {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 1120 900 3100 -d Capital --date 2 --post")
    _ = await shell.type("journal add 1120 400 4100 -d Fee --date 5 --post")
    _ = await shell.type("journal add 6210 100 1120 -d Rent --date 10 --post")
    _ = await shell.type("journal add 6210 50 1120 -d More --date 20 --post")
    return shell
  }

  @Test func `a roll-forward is what was before, in and after its days`() async throws {
    let shell = try await posted()
    let text = await shell.type(
      "report trial-balance --roll-forward --from 2026-11-05 --to 2026-11-15")
    #expect(
      text.output == """
        Roll-forward of Harbour & Sons from 2026-11-05 to 2026-11-15

        number  account                                opening   debit  credit   closing
        1120    Assets:Cash and banks:Current account   900.00  400.00  100.00  1,200.00
        3100    Equity:Partners' capital               -900.00                   -900.00
        4100    Income:Consulting fees                    0.00          400.00   -400.00
        6210    Running costs:Premises:Rent               0.00  100.00            100.00
        Total                                             0.00  500.00  500.00      0.00

        """, "\(text)")
    let csv = await shell.type(
      "report trial-balance --roll-forward --period 2026-11 --basis adjusted --format csv --raw")
    #expect(
      csv.lines == [
        "item,number,account,type,currency,opening,debit,credit,closing",
        "account,1120,Assets:Cash and banks:Current account,asset,USD,0.00,1300.00,150.00,1150.00",
        #"account,3100,"Equity:Partners' capital",equity,USD,0.00,0.00,900.00,-900.00"#,
        "account,4100,Income:Consulting fees,revenue,USD,0.00,0.00,400.00,-400.00",
        "account,6210,Running costs:Premises:Rent,expense,USD,0.00,150.00,0.00,150.00",
      ])
    let json = await shell.type(
      "report trial-balance --roll-forward --period 2026-11 --format json")
    #expect(
      json.output.hasPrefix(
        #"{"from":"2026-11-01","to":"2026-11-30","basis":"post-closing","known_at":null,"#
          + #""department":null,"lines":[{"item":"account","number":"1120","#))
    #expect(
      json.output.hasSuffix(
        #""totals":[{"currency":"USD","opening":0.00,"debit":1450.00,"credit":1450.00,"#
          + #""closing":0.00}],"balanced":true}"# + "\n"), "\(json)")
  }

  @Test func `a worksheet's two statements differ by net income alone`() async throws {
    let shell = try await posted()
    let text = await shell.type("report trial-balance --worksheet")
    #expect(
      text.lines.first == "Worksheet of Harbour & Sons from 2026-01-01 to 2026-11-23")
    let net = text.lines.first { $0.contains("Net income") }
    #expect(net?.split(separator: " ") == ["Net", "income", "250.00", "250.00"])
    #expect(
      text.lines.last?.split(separator: " ") == [
        "Total", "1,300.00", "1,300.00", "0.00", "0.00", "1,300.00", "1,300.00", "400.00",
        "400.00", "1,150.00", "1,150.00",
      ], "\(text)")
    let csv = await shell.type("report trial-balance --worksheet --period 2026-11 --format csv")
    #expect(
      csv.lines.last
        == "net_income,,,,0.00,0.00,0.00,0.00,0.00,0.00,250.00,0.00,0.00,250.00", "\(csv)")
    let json = await shell.type("report trial-balance --worksheet --format json").output
    #expect(json.contains(#""income_debit":400.00,"income_credit":400.00,"#))
    #expect(json.hasSuffix(#""net_income":250.00,"balanced":true}"# + "\n"))
  }

  @Test func `balances stand beside what they were, and the usual columns stay as they are`()
    async throws
  {
    let shell = try await posted()
    let csv = await shell.type("report trial-balance --compare prior-period --format csv")
    #expect(
      csv.lines.first
        == "number,account,type,currency,debit,credit,prior_period_debit,prior_period_credit,"
        + "prior_period_change,prior_period_percent,prior_period_favourable")
    #expect(
      csv.lines.last
        == "6210,Running costs:Premises:Rent,expense,USD,150.00,0.00,0.00,0.00,150.00,,false")
    let json = await shell.type("report trial-balance --compare prior-year --format json").output
    #expect(
      json.hasSuffix(
        #""balanced":true,"compared":[{"comparison":"prior-year","as_of":"2025-11-23"}]}"# + "\n"))
    let plain = await shell.type("report trial-balance --format csv")
    #expect(plain.lines.first == "number,account,type,currency,debit,credit")
  }

  @Test func `what a year earned that isn't closed is a row without a number in the next`()
    async throws
  {
    let shell = try await posted()
    _ = await shell.type("period create-year")
    let text = await shell.type("report trial-balance --as-of 2027-01-31")
    // 400 of fees and 150 of rent were 2026's.
    #expect(
      text.output == """
        Trial balance of Harbour & Sons as of 2027-01-31

        number  account                                   debit    credit
        1120    Assets:Cash and banks:Current account  1,150.00
        3100    Equity:Partners' capital                           900.00
                Earnings of earlier years, not closed              250.00
        Total                                          1,150.00  1,150.00

        """, "\(text)")
    let csv = await shell.type("report trial-balance --as-of 2027-01-31 --format csv")
    #expect(csv.lines.last == ",\"Earnings of earlier years, not closed\",,USD,0.00,250.00")
    let json = await shell.type("report trial-balance --as-of 2027-01-31 --format json").output
    #expect(
      json.contains(
        #"{"number":null,"account":"Earnings of earlier years, not closed","type":null,"#
          + #""currency":"USD","debit":0.00,"credit":250.00}"#), "\(json)")
  }

  @Test func `a department's balances are its lines`() async throws {
    let shell = try await posted()
    try shell.script(
      """
      UPDATE temp.scope SET business_id = 1;
      DROP TRIGGER journal_lines_update;
      UPDATE journal_lines SET department_id = 1 WHERE debit = 5000;
      """)
    let csv = await shell.type("report trial-balance --department OFF --format csv")
    #expect(csv.lines.dropFirst() == ["6210,Running costs:Premises:Rent,expense,USD,50.00,0.00"])
    let json = await shell.type("report trial-balance --department OFF --format json").output
    #expect(json.hasSuffix(#""balanced":false,"department":"OFF"}"# + "\n"), "\(json)")
  }

  @Test(arguments: [
    "--worksheet --roll-forward", "--worksheet --basis adjusted", "--worksheet --department OFF",
    "--worksheet --currency transaction", "--worksheet --compare prior-year", "--compare ytd",
    "--roll-forward --compare prior-year", "--from 2026-11-01", "--to 2026-11-05",
    "--as-of 2026-11-01 --period 2026-11", "--roll-forward --as-of 2026-11-01",
    "--compare prior-year --compare prior-year",
  ])
  func `what has no meaning together is refused`(_ options: String) async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.type("report trial-balance \(options)")
    #expect(answer.status == 2, "\(answer)")
    #expect(answer.output.isEmpty)
  }

  @Test func `a trial balance is kept, listed, shown and proved`() async throws {
    let shell = try await posted()
    let taken = await shell.type("report snapshot take --period 2026-11 --basis adjusted")
    #expect(taken.output.hasPrefix("Kept as snapshot 1, SHA-256 "), "\(taken)")
    let list = await shell.type("report snapshot list --format csv")
    #expect(
      list.lines.first
        == "id,from,as_of,known_at,basis,currency,run,total_debit,total_credit,taken_by,taken_at,"
        + "superseded_at,audit_sequence,sha256")
    #expect(
      list.lines.last?.hasPrefix(
        "1,2026-11-01,2026-11-30,,adjusted,base,1,1300.00,1300.00,Olive Owner,") == true, "\(list)")
    let shown = await shell.type("report snapshot show 1 --format csv --raw")
    #expect(
      shown.lines == [
        "number,account,currency,opening,debit,credit,closing",
        "1120,Current account,USD,0.00,1300.00,150.00,1150.00",
        #"3100,"Partners' capital",USD,0.00,0.00,900.00,-900.00"#,
        "4100,Consulting fees,USD,0.00,0.00,400.00,-400.00",
        "6210,Rent,USD,0.00,150.00,0.00,150.00",
      ])
    let later = Shell.now.adding(seconds: 60)
    _ = await shell.run(
      ["journal", "add", "6210", "3", "1120", "-d", "Late", "--date", "21", "--post"], at: later)
    let proved = await shell.run(["report", "snapshot", "verify", "1"], at: later)
    #expect(proved.status == 0, "\(proved)")
    #expect(proved.output.hasSuffix("Entries posted since: 1\n"))
    try shell.script(
      """
      UPDATE temp.scope SET business_id = 1;
      DROP TRIGGER trial_balance_lines_update;
      UPDATE trial_balance_lines SET account_name = 'Other' WHERE account_number = '6210';
      """)
    let altered = await shell.type("report snapshot verify 1 --format json")
    #expect(altered.status == 4)
    #expect(
      altered.output.hasPrefix(#"{"id":"1","ok":false,"intact":false,"#), "\(altered)")
    let refused = await shell.run(["report", "snapshot", "list"], as: .manager)
    #expect(refused.status == 3 && refused.errors.contains("report.read"), "\(refused)")
  }

  @Test func `headings stand for what is below them, and totals are those of the accounts`()
    async throws
  {
    let shell = try await posted()
    _ = await shell.type("journal add 6210 30 1900 -d Unclear --date 21 --post")
    let csv = await shell.type("report trial-balance --depth 1 --format csv").lines
    #expect(
      csv == [
        "number,account,type,currency,debit,credit", "1000,Assets,asset,USD,1120.00,0.00",
        "3000,Equity,equity,USD,0.00,900.00", "4000,Income,revenue,USD,0.00,400.00",
        "6000,Running costs,expense,USD,180.00,0.00",
      ])
    for depth in 1...4 {
      let text = await shell.type("report trial-balance --depth \(depth)")
      #expect(text.lines.first?.hasSuffix("as of 2026-11-23, depth \(depth)") == true)
      #expect(
        text.lines.last?.split(separator: " ") == ["Total", "1,330.00", "1,330.00"], "\(text)")
    }
    for wrong in ["--depth 0", "--depth 2 --worksheet", "--depth 2 --roll-forward"] {
      #expect(await shell.type("report trial-balance \(wrong)").status == 2, "\(wrong)")
    }
  }
}
