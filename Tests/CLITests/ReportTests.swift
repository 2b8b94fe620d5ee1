import Domain
import Testing

@testable import CLI

struct ReportTests {
  private func posted() async throws -> Shell {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 1120 900 3100 -d Capital --date 2 --post")
    _ = await shell.type("journal add 6210 100 1120 -d Rent --date 10 --post")
    _ = await shell.type("journal add 6210 50 1120 -d More --date 20 --post")
    return shell
  }

  @Test func `the trial balance ends in equal sums`() async throws {
    let shell = try await posted()
    #expect(
      await shell.type("report trial-balance").output == """
        Trial balance of Harbour & Sons as of 2026-11-23

        number  account                                 debit  credit
        1120    Assets:Cash and banks:Current account  750.00
        3100    Equity:Partners' capital                       900.00
        6210    Running costs:Premises:Rent            150.00
        Total                                          900.00  900.00

        """)
  }

  @Test func `the trial balance as JSON has its totals`() async throws {
    let shell = try await posted()
    #expect(
      await shell.type("report trial-balance --as-of 2026-11-05 --format json").output
        == #"{"as_of":"2026-11-05","known_at":null,"lines":["#
        + #"{"number":"1120","account":"Assets:Cash and banks:Current account","type":"asset","#
        + #""currency":"USD","debit":900.00,"credit":0.00},"#
        + #"{"number":"3100","account":"Equity:Partners' capital","type":"equity","#
        + #""currency":"USD","debit":0.00,"credit":900.00}],"#
        + #""total_debit":900.00,"total_credit":900.00,"balanced":true}"# + "\n")
  }

  @Test func `empty books have a trial balance of nothing`() async throws {
    let shell = try await Shell.withBooks()
    #expect(
      await shell.type("report trial-balance --format json").output
        == #"{"as_of":"2026-11-23","known_at":null,"lines":[],"total_debit":0.00,"#
        + #""total_credit":0.00,"balanced":true}"# + "\n")
    let last = await shell.type("report trial-balance").lines.last
    #expect(last?.split(separator: " ") == ["Total", "0.00", "0.00"])
  }

  @Test func `the books can be seen as they stood`() async throws {
    let shell = try await posted()
    let later = Shell.now.adding(seconds: 3600)
    _ = await shell.run(
      ["journal", "add", "6210", "7", "1120", "-d", "Late", "--date", "3", "--post"], at: later)
    let known = await shell.run(
      ["report", "trial-balance", "--known-at", "2026-11-23T10:30:00Z", "--format", "csv"],
      at: later)
    #expect(known.lines.contains("6210,Running costs:Premises:Rent,expense,USD,150.00,0.00"))
    let register = await shell.run(
      ["report", "register", "6210", "--known-at", "2026-11-23T10:30:00Z", "--format", "csv"],
      at: later)
    #expect(!register.output.contains("Late"))
    let now = await shell.run(["report", "trial-balance", "--format", "csv"], at: later)
    #expect(now.lines.contains("6210,Running costs:Premises:Rent,expense,USD,157.00,0.00"))
  }

  @Test func `a day to know the books by counts whole`() async throws {
    let shell = try await posted()
    for day in ["2026-11-23", "today", "23"] {
      let known = await shell.run(
        ["report", "trial-balance", "--known-at", day, "--format", "json"])
      #expect(known.output.contains(#""known_at":"2026-11-23T23:59:59.999Z""#), "\(known)")
      #expect(known.output.contains(#""total_debit":900.00"#), "\(day)")
    }
    let before = await shell.run(["report", "trial-balance", "--known-at", "-1"])
    #expect(before.lines.last?.split(separator: " ") == ["Total", "0.00", "0.00"])
    let help = await shell.type("report trial-balance --help").output
    #expect(help.contains("at the end of a day"))
  }

  @Test func `in transaction currency every currency has its own amounts and sums`() async throws {
    let shell = try await posted()
    let document = """
      {"description": "Euro fee", "lines": [
        {"account": "1150", "amount": "100", "currency": "EUR", "base": 110},
        {"account": "4100", "amount": "-100", "currency": "EUR", "base": -110}]}
      """
    #expect(await shell.run(["journal", "add", "--post"], input: document).status == 0)
    let lines = await shell.type("report trial-balance --currency transaction --format csv").lines
    #expect(
      lines.contains("1150,Assets:Cash and banks:Foreign currency account,asset,EUR,100.00,0.00"))
    let json = await shell.type("report trial-balance --currency transaction --format json").output
    #expect(
      json.hasSuffix(
        #""total_debit":{"EUR":100.00,"USD":900.00},"total_credit":{"EUR":100.00,"USD":900.00},"#
          + #""balanced":true}"# + "\n"))
  }

  @Test func `a register carries its balance from what came before`() async throws {
    let shell = try await posted()
    #expect(
      await shell.type("report register 1120 --from 2026-11-10 --format csv").lines == [
        "date,number,description,debit,credit,balance,void",
        "2026-11-10,GJ-2026-000002,Rent,0.00,100.00,800.00,false",
        "2026-11-20,GJ-2026-000003,More,0.00,50.00,750.00,false",
      ])
    #expect(
      await shell.type("report register 1120 --to 2026-11-02 --format json").output
        == #"{"account":"Assets:Cash and banks:Current account","from":null,"to":"2026-11-02","#
        + #""basis":"post-closing","known_at":null,"department":null,"currency":"USD","lines":["#
        + #"{"date":"2026-11-02","number":"GJ-2026-000001","description":"Capital","#
        + #""debit":900.00,"credit":0.00,"balance":900.00,"void":false}]}"# + "\n")
  }

  @Test func `a register is of a period, a department or a basis`() async throws {
    let shell = try await posted()
    #expect(
      await shell.type("report register 6210 --period 2026-11 --basis adjusted").output == """
        6210 Running costs:Premises:Rent of Harbour & Sons from 2026-11-01 to 2026-11-30, adjusted

        date        number          description   debit  credit  balance
        2026-11-10  GJ-2026-000002  Rent         100.00           100.00
        2026-11-20  GJ-2026-000003  More          50.00           150.00

        """)
    let adjusted = await shell.type(
      "journal add 6210 7 1120 -d Late --date 21 --type adjusting --post")
    #expect(adjusted.status == 0, "\(adjusted)")
    #expect(
      await shell.type("report register 6210 --from 2026-11-15 --basis unadjusted --format csv")
        .lines
        == [
          "date,number,description,debit,credit,balance,void",
          "2026-11-20,GJ-2026-000003,More,50.00,0.00,150.00,false",
        ])
    let ofOffice = await shell.type("report register 6210 --department OFF --format json")
    #expect(
      ofOffice.output
        == #"{"account":"Running costs:Premises:Rent","from":null,"to":null,"#
        + #""basis":"post-closing","known_at":null,"department":"OFF","currency":"USD","#
        + #""lines":[]}"# + "\n")
    let both = await shell.type("report register 6210 --period 2026-11 --from 2026-11-02")
    #expect(both.errors.contains("Give either a period or its first and last day"), "\(both)")
  }

  @Test func `a register and a ledger in one currency have its lines alone, in its own amounts`()
    async throws
  {
    let shell = try await posted()
    let document = """
      {"description": "Euro fee", "date": "2026-11-21", "lines": [
        {"account": "1150", "amount": "100", "currency": "EUR", "base": 110},
        {"account": "4100", "amount": "-100", "currency": "EUR", "base": -110}]}
      """
    #expect(await shell.run(["journal", "add", "--post"], input: document).status == 0)
    #expect(await shell.type("journal add 1120 7 4100 -d Fee --date 22 --post").status == 0)
    let head = "date,number,description,debit,credit,balance,void"
    #expect(
      await shell.type("report register 4100 --format csv").lines == [
        head, "2026-11-21,GJ-2026-000004,Euro fee,0.00,110.00,-110.00,false",
        "2026-11-22,GJ-2026-000005,Fee,0.00,7.00,-117.00,false",
      ])
    let line = "2026-11-21,GJ-2026-000004,Euro fee"
    #expect(
      await shell.type("report register 4100 --currency eur --format csv").lines == [
        head, "\(line),0.00,100.00,-100.00,false",
      ])
    let json = await shell.type("report register 4100 --currency EUR --format json").output
    #expect(json.contains(#""currency":"EUR","lines":[{"date":"2026-11-21","#), "\(json)")
    let text = await shell.type("report register 4100 --currency EUR").lines
    #expect(text.first?.hasSuffix(" of Harbour & Sons, in EUR") == true, "\(text)")
    let rows = await shell.type(
      "report ledger --account 4100 --from 2026-11-22 --currency EUR --format csv"
    ).lines
    #expect(rows.count == 3 && rows[1].hasSuffix(",opening,,,,,,,-100.00,"), "\(rows)")
    #expect(rows.last?.hasSuffix(",closing,,,,,0.00,0.00,-100.00,") == true, "\(rows)")
    for report in ["report register 4100", "report ledger"] {
      let unknown = await shell.type("\(report) --currency XQX")
      #expect(unknown.errors.contains("There is no currency XQX"), "\(unknown)")
    }
  }

  @Test func `a register tells of lines that no rate has valued`() async throws {
    let shell = try await posted()
    let path = shell.file(
      "shares.journal",
      """
      2026-11-02 Shares
          assets:shares    10 ACME
          equity:opening
      """.utf8)
    #expect(await shell.type("import journal \(path)").status == 0)
    let register = await shell.type("report register assets:shares --format json")
    #expect(
      register.errors == "1 line in a foreign currency has no rate yet and counts as 0.\n")
    #expect(register.output.hasSuffix(#","unvalued":1}"# + "\n"), "\(register.output)")
    let trial = await shell.type("report trial-balance")
    #expect(trial.errors == "2 lines in a foreign currency have no rate yet and count as 0.\n")
    for earlier in ["1120", "assets:shares --to 2026-11-01"] {
      let answer = await shell.type("report register \(earlier) --format json")
      #expect(answer.errors.isEmpty && !answer.output.contains("unvalued"), "\(answer)")
    }
  }

  @Test func `a report of a period that was opened again says so`() async throws {
    let shell = try await posted()
    try shell.script(
      """
      UPDATE temp.scope SET business_id = 1;
      UPDATE accounting_periods SET status = 'open' WHERE name = '2026-10';
      UPDATE accounting_periods SET status = 'closed', closed_at = 0 WHERE name = '2026-10';
      """)
    _ = await shell.run(["period", "reopen", "2026-10", "--reason", "Late bill"], as: .director)
    #expect(await shell.type("confirmation confirm 1").status == 0)
    for report in ["trial-balance", "balance-sheet"] {
      let answer = await shell.type("report \(report) --as-of 2026-10-31 --format json")
      #expect(answer.errors == "2026-10 reopened since, on 2026-11-23.\n", "\(report)")
      #expect(
        answer.output.contains(#""reopened":[{"period":"2026-10","day":"2026-11-23"}]"#),
        "\(answer.output)")
    }
    let later = await shell.type("report trial-balance --format json")
    #expect(later.errors.isEmpty && !later.output.contains("reopened"))
  }

  @Test func `the chart of accounts has the shape that scripts rely on`() async throws {
    let shell = try await Shell.withBooks()
    let lines = await shell.type("account list --format csv").lines
    #expect(
      lines[0]
        == "number,name,path,type,category,normal_balance,currency,posting,status,usual_department")
    #expect(lines[1] == "1000,Assets,Assets,asset,other_assets,debit,,false,active,")
    #expect(
      lines.contains(
        "1120,Current account,Assets:Cash and banks:Current account,asset,bank,debit,,true,active,")
    )
  }

  @Test func `the tree sums what stands under a heading`() async throws {
    let shell = try await posted()
    let lines = await shell.type("account tree").lines
    #expect(
      lines.contains { $0.hasPrefix("  1100 Cash and banks") && $0.hasSuffix("750.00") })
  }

  @Test func `accounts are made, and archived while nothing is on them`() async throws {
    let shell = try await Shell.withBooks()
    let made = await shell.run(
      ["account", "create", "1111", "Cash box", "--type", "asset", "--parent", "1100"])
    #expect(made.output == "Created the account 1111 Cash box.\n", "\(made.errors)")
    #expect(await shell.type("account archive 1111").output == "1111 Cash box is archived.\n")
    #expect(
      await shell.type("account archive 1111 --restore").output
        == "1111 Cash box is in use again.\n"
    )
    let taken = await shell.run(["account", "create", "1111", "Other", "--type", "asset"])
    #expect(
      taken
        == Answer(
          status: 1, output: "", errors: "The account 1111 exists already. Choose another.\n"))
    let refused = await shell.run(
      ["account", "create", "1112", "Other", "--type", "asset"], as: .employee)
    #expect(refused.status == 3)
    #expect(refused.errors.contains("account.create"))
  }
}
