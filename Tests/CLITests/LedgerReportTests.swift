import Domain
import Synchronization
import Testing

@testable import CLI

/// The general ledger, the budget against actual and the income statement by department.
struct LedgerReportTests {
  private func posted(_ entries: [String]) async throws -> Shell {
    let shell = try await Shell.withBooks()
    for entry in entries {
      let answer = await shell.type("journal add \(entry) --post")
      #expect(answer.status == 0, "\(answer)")
    }
    return shell
  }

  private static let usual = [
    "1120 900 3100 -d Capital --date 2", "6210 100 1120 -d Rent --date 10",
    "6210 50 1120 -d More --date 20",
  ]

  @Test func `each account's lines stand between what it held before and after`() async throws {
    let shell = try await posted(Self.usual)
    let answer = await shell.type("report ledger")
    #expect(
      answer.output == """
        General ledger of Harbour & Sons from 2026-01-01 to 2026-11-23, post-closing

        date        number          description      debit  credit  balance
        1120 Assets:Cash and banks:Current account
                                    Opening                            0.00
        2026-11-02  GJ-2026-000001  Capital (3100)  900.00           900.00
        2026-11-10  GJ-2026-000002  Rent (6210)             100.00   800.00
        2026-11-20  GJ-2026-000003  More (6210)              50.00   750.00
                                    Closing         900.00  150.00   750.00
        3100 Equity:Partners' capital
                                    Opening                            0.00
        2026-11-02  GJ-2026-000001  Capital (1120)          900.00  -900.00
                                    Closing           0.00  900.00  -900.00
        6210 Running costs:Premises:Rent
                                    Opening                            0.00
        2026-11-10  GJ-2026-000002  Rent (1120)     100.00           100.00
        2026-11-20  GJ-2026-000003  More (1120)      50.00           150.00
                                    Closing         150.00    0.00   150.00

        """, "\(answer)")
  }

  @Test func `scripts get a row for what was held, for each line and for what is`() async throws {
    let shell = try await posted(Self.usual)
    let rent = "6210,Running costs:Premises:Rent"
    #expect(
      await shell.type("report ledger --account 6210 --from 2026-11-15 --format csv").lines == [
        "account,path,kind,date,number,description,counter_accounts,debit,credit,balance,void",
        "\(rent),opening,,,,,,,100.00,",
        "\(rent),line,2026-11-20,GJ-2026-000003,More,1120,50.00,0.00,150.00,false",
        "\(rent),closing,,,,,50.00,0.00,150.00,",
      ])
    #expect(
      await shell.type("report ledger --account 3100 --to 2026-11-05 --format json").output
        == #"{"from":"2026-01-01","to":"2026-11-05","basis":"post-closing","known_at":null,"#
        + #""department":null,"currency":"USD","#
        + #""accounts":[{"number":"3100","account":"Equity:Partners' capital","#
        + #""opening":0.00,"debit":0.00,"credit":900.00,"closing":-900.00,"lines":["#
        + #"{"date":"2026-11-02","number":"GJ-2026-000001","description":"Capital","#
        + #""counter_accounts":["1120"],"debit":0.00,"credit":900.00,"balance":-900.00,"#
        + #""void":false}]}]}"# + "\n"
    )
  }

  @Test(arguments: ["text", "csv", "json", "html", "paged"])
  func `a ledger is written while it is read, and what can't be written ends it`(
    _ format: String
  ) async throws {
    let shell = try await Shell.withBooks()
    let lines = (1...1_500).map { _ in "{\"account\":\"6210\",\"amount\":0.50}" }
    let document =
      "{\"lines\":[\(lines.joined(separator: ",")),"
      + "{\"account\":\"1120\",\"amount\":-750}]}"
    let added = await shell.run(["journal", "add", "--post", "-d", "Rent"], input: document)
    #expect(added.status == 0, "\(added)")
    let command = ["report", "ledger", "--format", format]
    let whole = await shell.run(command)
    #expect(whole.status == 0 && whole.output.contains("749.50"), "\(whole)")
    let pieces = Mutex(0)
    let broken = await shell.run(command) { stream in
      guard stream == .output else { return }
      let count = pieces.withLock { count in
        count += 1
        return count
      }
      if count == 2 { throw StreamFault.unwritable(reason: "No space left on device") }
    }
    #expect(broken.status == 1 && broken.errors.contains("No space left"), "\(broken.errors)")
    #expect(pieces.withLock { $0 } == 2)
    #expect(!broken.output.isEmpty && whole.output.hasPrefix(broken.output))
    #expect(broken.output.utf8.count < whole.output.utf8.count)
    #expect(await shell.run(command) == whole)
  }

  @Test(arguments: [
    ("--account 6000", ["6210"]), ("--account 1000..3999", ["1120", "3100"]),
    ("--account rent --account 3100", ["3100", "6210"]), ("--account 6220", []),
  ])
  func `accounts are asked for one by one, by what they stand below, or from one to another`(
    _ arguments: String, _ expected: [String]
  ) async throws {
    let shell = try await posted(Self.usual)
    let lines = await shell.type("report ledger \(arguments) --format csv").lines
    let numbers = lines.dropFirst().filter { $0.contains(",opening,") }.map { $0.prefix(4) }
    #expect(numbers.map(String.init) == expected)
  }

  @Test func `a range without accounts is said to have none`() async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.type("report ledger --account 9100..9200")
    #expect(answer.status == 1 && answer.errors.contains("9100..9200"), "\(answer)")
  }

  @Test func `who sees the trial balance only sees no general ledger`() async throws {
    let shell = try await posted(Self.usual)
    for report in ["ledger", "budget", "departments"] {
      let answer = await shell.type("report \(report)", as: .employee)
      #expect(answer.status == 3 && answer.output.isEmpty, "\(answer)")
    }
  }

  @Test func `what was earned and spent stands against what was planned`() async throws {
    let shell = try await posted([
      "1120 400 4100 -d Sale --date 5", "6210 100 1120 -d Rent --date 10",
      "6310 7 1120 -d Pens --date 11",
    ])
    for budget in ["4100 500", "6210 120"] {
      #expect(await shell.type("budget set \(budget) --period 2026-11").status == 0)
    }
    let drafts = await shell.type("report budget --period 2026-11 --format csv")
    #expect(drafts.lines.last == "net_income,,,0,0.00,293.00,293.00,,true", "\(drafts)")
    #expect(
      drafts.errors == "Nothing in the original budget is approved for these days. To count drafts "
        + "too: --drafts\n")
    let asked = await shell.type("report budget --period 2026-11 --drafts --format csv")
    #expect(asked.errors.isEmpty, "\(asked)")
    #expect(asked.lines.last == "net_income,,,0,380.00,293.00,-87.00,-22.9,false", "\(asked)")
    for account in ["4100", "6210"] {
      let answer = await shell.type("budget approve \(account) --period 2026-11", as: .director)
      #expect(answer.status == 0, "\(answer)")
    }
    let days = "from 2026-11-01 to 2026-11-10, original budget of 2026-11-01 to 2026-11-30"
    let part = await shell.type("report budget --from 2026-11-01 --to 2026-11-10")
    #expect(
      part.errors == "The budget is of whole periods, 2026-11-01 to 2026-11-30: what is of a part "
        + "of them is neither favourable nor not.\n", "\(part)")
    #expect(part.lines.first == "Budget against actual of Harbour & Sons \(days)")
    let csv = await shell.type("report budget --from 2026-11-01 --to 2026-11-10 --format csv")
    // 400 less 100 of rent; 80 of 380 are 21.05 %.
    #expect(csv.lines.last == "net_income,,,0,380.00,300.00,-80.00,-21.1,", "\(csv)")
    #expect(
      await shell.type("report budget --period 2026-11").lines.dropFirst() == [
        "account                     budget  actual  variance  percent  favourable", "Income",
        "  4000 Income               500.00  400.00   -100.00  -20.0    no",
        "    4100 Consulting fees    500.00  400.00   -100.00  -20.0    no",
        "Total income                500.00  400.00   -100.00  -20.0    no", "Expenses",
        "  6000 Running costs        120.00  107.00    -13.00  -10.8    yes",
        "    6200 Premises           120.00  100.00    -20.00  -16.7    yes",
        "      6210 Rent             120.00  100.00    -20.00  -16.7    yes",
        "    6300 Office               0.00    7.00      7.00  n/m      no",
        "      6310 Office supplies    0.00    7.00      7.00  n/m      no",
        "Total expenses              120.00  107.00    -13.00  -10.8    yes",
        "Net income                  380.00  293.00    -87.00  -22.9    no",
      ])
    let compared = await shell.type(
      "report income-statement --period 2026-11 --compare budget --format csv")
    #expect(
      compared.lines.first
        == "item,number,account,level,amount,budget,budget_change,budget_percent,budget_favourable")
    #expect(compared.lines.last == "net_income,,,0,293.00,380.00,-87.00,-22.9,false")
  }

  @Test func `a plan of the balance sheet isn't lost without a word`() async throws {
    let shell = try await Shell.withBooks()
    #expect(await shell.type("budget set 1520 700 --period 2026-11").status == 0)
    let answer = await shell.type("report budget --period 2026-11 --drafts")
    #expect(
      answer.errors
        == "1 account of the balance sheet has a plan that isn't on it: see budget list.\n")
  }

  @Test func `departments stand beside each other, and what is of none behind them`() async throws {
    let shell = try await posted(["1120 400 4100 -d Sale --date 5"])
    #expect(await shell.type("journal add 6210 100 1120 -d Rent --date 10").status == 0)
    try shell.script(
      """
      UPDATE temp.scope SET business_id = 1;
      UPDATE journal_lines SET department_id = 1
      WHERE entry_id = (SELECT id FROM journal_entries WHERE status = 'draft');
      """)
    let posted = await shell.type("journal post D-2")
    #expect(posted.status == 0, "\(posted)")
    let answer = await shell.type("report departments --period 2026-11")
    #expect(
      answer.output == """
        Income statement of Harbour & Sons by department from 2026-11-01 to 2026-11-30, adjusted

        account                    total      OFF  untagged
        Income
          4000 Income             400.00     0.00    400.00
            4100 Consulting fees  400.00     0.00    400.00
        Total income              400.00     0.00    400.00
        Expenses
          6000 Running costs      100.00   100.00      0.00
            6200 Premises         100.00   100.00      0.00
              6210 Rent           100.00   100.00      0.00
        Total expenses            100.00   100.00      0.00
        Net income                300.00  -100.00    400.00

        """, "\(answer)")
    let csv = await shell.type("report departments --period 2026-11 --format csv").lines
    #expect(csv.first == "item,number,account,level,total,OFF,untagged")
    #expect(csv.last == "net_income,,,0,300.00,-100.00,400.00")
    let json = await shell.type("report departments --period 2026-11 --format json").output
    #expect(
      json.contains(
        #""columns":[{"kind":"total","code":null,"name":null},"#
          + #"{"kind":"department","code":"OFF","name":"Office"},"#
          + #"{"kind":"untagged","code":null,"name":null}]"#), "\(json)")
    #expect(
      json.hasSuffix(
        #"{"item":"net_income","number":null,"account":null,"level":0,"#
          + #""amounts":[300.00,-100.00,400.00]}]}"# + "\n"), "\(json)")
  }

  @Test(arguments: [
    "departments --basis post-closing", "budget --drafts --known-at 2026-11-01",
    "budget --edition last", "cash-flow --compare budget", "balance-sheet --compare budget",
    "ledger --from 2026-12-01 --to 2026-01-01", "departments --period 2026-11 --to 2026-11-10",
  ])
  func `what means nothing is said to be so`(_ arguments: String) async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.type("report \(arguments)")
    #expect(answer.status == 2 && !answer.errors.isEmpty, "\(answer)")
  }
}
