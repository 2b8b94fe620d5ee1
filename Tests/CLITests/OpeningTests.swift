import Domain
import Testing

@testable import CLI

struct OpeningTests {
  private let sheet = """
    number,debit,credit,currency,amount,counterparty,reference
    1120,500.00,,,,,
    1150,110.00,,EUR,100.00,,
    2110,,120.00,,,"Chandler, Ltd",B-7
    6210,,,,,,

    """

  @Test func `what accounts held comes out of a file, once it was looked at`() async throws {
    let shell = try await Shell.withBooks()
    let path = shell.file("opening.csv", sheet.utf8)
    let preview = await shell.type("journal opening \(path) --dry-run")
    let figures = """
        lines: 3
        total: 610.00 on each side
        to 3400 Opening balances: 490.00 credit

      """
    #expect(
      preview.output == "Would enter opening balances of 2026-01-01.\n" + figures,
      "\(preview.errors)")
    #expect(await shell.type("journal list --format csv").lines.count == 1)
    let early = await shell.type("journal opening \(path) --post")
    #expect(early.status == 1)
    #expect(
      early.errors == "Opening balances go into period Opening 2026, which is not open yet. "
        + "Open it, or keep a draft.\n")
    #expect(await shell.run(["period", "open", "Opening 2026"]).status == 0)
    let posted = await shell.type("journal opening \(path) --post")
    #expect(posted.output == "Posted as OB-2026-000001.\n" + figures, "\(posted.errors)")
    let again = await shell.type("journal opening - --format json", input: sheet)
    #expect(again.status == 1)
    #expect(
      again.errors
        == "OB-2026-000001 has the opening balances. Reverse it, then enter them anew.\n")
    let transfer = await shell.type("journal opening --transfer --post")
    #expect(transfer.output == "Posted as GJ-2026-000001.\n", "\(transfer.errors)")
    let balance = await shell.type("report trial-balance --format csv").lines
    #expect(balance.contains("3300,Equity:Retained earnings,equity,USD,0.00,490.00"), "\(balance)")
    #expect(!balance.contains { $0.hasPrefix("3400,") })
    #expect(await shell.type("journal opening --transfer").status == 1)
  }

  @Test func `what was earned before has a column of its own beside the year so far`()
    async throws
  {
    let shell = try await Shell.withBooks()
    let sheet = """
      number,debit,credit,currency,amount,counterparty,reference
      1120,490.00,,,,,
      4100,,900.00,,,,
      6210,410.00,,,,,

      """
    let path = shell.file("conversion.csv", sheet.utf8)
    _ = await shell.run(["period", "open", "Opening 2026"])
    let posted = await shell.type("journal opening \(path) --post")
    #expect(posted.status == 0, "\(posted.errors)")
    _ = await shell.type("journal add 1120 100 4100 -d Fee --date 5 --post")
    let csv = await shell.type("report income-statement --format csv").lines
    #expect(csv.first == "item,number,account,level,amount,before_conversion")
    #expect(csv.last == "net_income,,,0,590.00,490.00", "\(csv)")
    let text = await shell.type("report income-statement").lines
    #expect(text.contains { $0.hasSuffix("before conversion") }, "\(text)")
    #expect(
      text.last?.split(separator: " ") == ["Net", "income", "590.00", "490.00"], "\(text)")
    let json = await shell.type("report income-statement --format json").output
    #expect(
      json.contains(
        #"{"comparison":"before-conversion","from":"2026-01-01","to":"2026-11-23"}"#), "\(json)")
    let month = await shell.type("report income-statement --period 2026-11 --format csv").lines
    #expect(month.first == "item,number,account,level,amount")
    #expect(month.last == "net_income,,,0,100.00", "\(month)")
  }

  @Test func `what is looked at beside a draft says which, and how to be rid of it`() async throws {
    let shell = try await Shell.withBooks()
    #expect(await shell.type("journal opening -", input: sheet).status == 0)
    let preview = await shell.type("journal opening - --dry-run", input: sheet)
    #expect(preview.status == 0 && preview.output.hasPrefix("Would enter opening balances"))
    #expect(
      preview.errors == "D-1 has opening balances already. Before these are entered: coreflow "
        + "journal discard D-1\n")
    #expect(await shell.type("journal list --format csv").lines.count == 2)
    let second = await shell.type("journal opening -", input: sheet)
    #expect(second.status == 1 && second.errors.hasPrefix("D-1, "))
    #expect(await shell.type("journal discard D-1").status == 0)
    #expect(await shell.type("journal opening -", input: sheet).status == 0)
  }

  @Test func `scripts read what would become of it`() async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.type("journal opening - --dry-run --format json", input: sheet)
    #expect(
      answer.output
        == #"{"id":null,"status":"draft","dry_run":true,"date":"2026-01-01","lines":3,"#
        + #""total":610.00,"equity":"3400 Opening balances","to_equity":-490.00}"# + "\n",
      "\(answer.errors)")
  }

  @Test(arguments: [
    ("", "stdin:1: the first line names the columns, and none of them is number."),
    ("number,debit\n", "stdin:1: the first line names the columns, and none of them is credit."),
    ("number,debit,credit,memo\n", "stdin:1: there is no column memo."),
    ("number,debit,credit\n1120,5,5\n", "stdin:2: an account holds a debit or a credit, not both."),
    ("number,debit,credit\n1120,5x,\n", "stdin:2: An amount can't have x there"),
    ("number,debit,credit\n\n9999,5,\n", "stdin:3: There is no account 9999 in this business."),
    (
      "number,debit,credit,currency,amount\n1150,5,,EUR,\n",
      "stdin:2: an amount in EUR needs its amount and, as debit or credit, what that is in USD."
    ),
    (
      "number,debit,credit,currency,amount\n1120,5,,USD,6\n",
      "stdin:2: in USD the amount is the debit or the credit."
    ),
    ("number,debit,credit\n\"1120,5,\n", "stdin:2:1: the quote that begins here has no end"),
    ("number,debit,credit\n\"1120\"x,5,\n", "stdin:2:7: text follows a closing quote"),
    ("number,debit,credit\n1000,5,\n", "Line 2: 1000 Assets is a heading"),
  ])
  func `what is wrong with the file is told with its line`(
    _ text: String, _ words: String
  ) async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.run(["period", "open", "Opening 2026"])
    let answer = await shell.type("journal opening - --post", input: text)
    #expect(answer.status == 1)
    #expect(answer.errors.hasPrefix(words), "\(answer.errors)")
    #expect(await shell.type("journal list --format csv").lines.count == 1)
  }

  @Test func `all that is wrong with the file is told, a line for each`() async throws {
    let shell = try await Shell.withBooks()
    let text = "number,debit,credit\n1120,5,5\n1120,1,\n9999,5,\n"
    let answer = await shell.type("journal opening -", input: text)
    #expect(answer.status == 1)
    #expect(
      answer.errors == "stdin:2: an account holds a debit or a credit, not both.\n"
        + "stdin:4: There is no account 9999 in this business.\n")
  }
}

struct CorrectionTests {
  @Test func `a posted entry is corrected, and both say so`() async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 10 1120 -d Rent --post")
    let answer = await shell.run(
      ["journal", "correct", "GJ-2026-000001", "6210", "12", "1120", "--reason", "Misread it"])
    #expect(
      answer.output
        == "Reversed by RV-2026-000001 and booked anew as CO-2026-000001 of 2026-11-23.\n",
      "\(answer.errors)")
    let balance = await shell.type("report trial-balance --format csv").lines
    #expect(balance.contains("6210,Running costs:Premises:Rent,expense,USD,12.00,0.00"))
    let original = await shell.type("journal show GJ-2026-000001").output
    #expect(original.contains("corrected by: CO-2026-000001\n"), "\(original)")
    let correction = await shell.type("journal show CO-2026-000001 --format json").output
    #expect(
      correction.hasSuffix(
        #""corrects":"GJ-2026-000001","corrected_by":null,"kind":null,"files":[]}"# + "\n"),
      "\(correction)")
    #expect(correction.contains(#""description":"Rent""#))
  }

  @Test func `what the one line of an account says besides its amount stays`() async throws {
    let shell = try await Shell.withBooks()
    let document = """
      {"description": "Rent", "lines": [
        {"account": "6210", "amount": 10, "project": "Loft", "counterparty": "Ms Lord",
         "reference": "B-7", "tags": ["rent", "trip:Kiel"]},
        {"account": "1120", "amount": -10}]}
      """
    #expect(await shell.run(["journal", "add"], input: document).status == 0)
    try shell.script(
      """
      UPDATE temp.scope SET business_id = 1;
      UPDATE journal_lines SET department_id = 1 WHERE line_number = 1;
      """)
    let posted = await shell.type("journal post D-1")
    #expect(posted.status == 0, "\(posted)")
    let answer = await shell.run(
      ["journal", "correct", "GJ-2026-000001", "6210", "12", "1120", "--reason", "Misread it"])
    #expect(answer.status == 0, "\(answer.errors)")
    let lines = await shell.type("journal show CO-2026-000001 --format csv").lines
    #expect(lines[1].hasSuffix(",Loft,Ms Lord,B-7,\"rent, trip:Kiel\""), "\(lines)")
    #expect(lines[2].hasSuffix(",,,,"), "\(lines)")
    let departments = await shell.type("report departments --period 2026-11 --format csv").lines
    #expect(departments.last == "net_income,,,0,-12.00,-12.00,0.00", "\(departments)")
  }

  @Test func `of several lines of an account none says what the new one is`() async throws {
    let shell = try await Shell.withBooks()
    let document = """
      {"description": "Rent", "lines": [
        {"account": "6210", "amount": 4, "project": "Loft"},
        {"account": "6210", "amount": 6, "project": "Yard"},
        {"account": "1120", "amount": -10, "project": "Bank"}]}
      """
    #expect(await shell.run(["journal", "add", "--post"], input: document).status == 0)
    let answer = await shell.run(
      ["journal", "correct", "GJ-2026-000001", "6210", "12", "1120", "--reason", "Misread it"])
    #expect(answer.status == 0, "\(answer.errors)")
    let lines = await shell.type("journal show CO-2026-000001 --format csv").lines
    #expect(lines[1].hasSuffix(",,,,"), "\(lines)")
    #expect(lines[2].hasSuffix(",Bank,,,"), "\(lines)")
  }

  @Test func `what it is out by is added as a document says it`() async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 10 1120 -d Rent --post")
    let document = """
      {"description": "Rent, the rest", "lines": [
        {"account": "6210", "amount": 2}, {"account": "1120", "amount": -2}]}
      """
    let answer = await shell.run(
      ["journal", "correct", "GJ-2026-000001", "--difference", "--reason", "Misread it"],
      input: document)
    #expect(answer.output == "Posted as CO-2026-000001.\n", "\(answer.errors)")
    let original = await shell.type("journal show GJ-2026-000001 --format json").output
    #expect(original.contains(#""status":"posted""#), "\(original)")
  }

  @Test func `an employee sends both for approval`() async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 10 1120 -d Rent --post")
    let answer = await shell.run(
      ["journal", "correct", "GJ-2026-000001", "6210", "12", "1120", "--reason", "Misread it"],
      as: .employee)
    #expect(
      answer.output == "The reversal D-3 and the correction D-2 wait for approval.\n",
      "\(answer.errors)")
  }

  @Test func `a correction has no type but its own`() async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.run(
      ["journal", "correct", "GJ-2026-000001", "--type", "standard", "--reason", "Misread it"])
    #expect(answer.status == 2)
  }
}

struct OpenItemTests {
  private func books() async throws -> Shell {
    let shell = try await Shell.withBooks()
    for line in [
      "journal add 1210 100 4100 -d Invoice --payee Acme --reference I-1 --date 2 --post",
      "journal add 1120 60 1210 -d Paid --payee Acme --reference I-1 --date 12 --post",
    ] { #expect(await shell.type(line).status == 0) }
    return shell
  }

  @Test func `open items are printed by item and by party`() async throws {
    let shell = try await books()
    let items = await shell.type("report open-items 1210 --format csv")
    #expect(
      items.lines == [
        "party,reference,first_date,age_days,age,currency,invoiced,settled,open,base_invoiced,"
          + "base_settled,base_open",
        "Acme,I-1,2026-11-02,21,0-30,USD,100.00,60.00,40.00,100.00,60.00,40.00",
      ], "\(items.errors)")
    let parties = await shell.type("report open-items 1210 --by party --format csv")
    #expect(
      parties.lines == [
        "party,currency,items,open,base_open,days_0_30,days_31_60,days_61_90,days_over_90",
        "Acme,USD,1,40.00,40.00,40.00,0.00,0.00,0.00",
      ])
    let text = await shell.type("report open-items 1210 --as-of 2026-11-05").output
    #expect(
      text.hasPrefix(
        "Open items of 1210 Trade receivables, Harbour & Sons, as of 2026-11-05\n"), "\(text)")
    #expect(text.contains("100.00"))
  }

  @Test func `the items are proved by the account`() async throws {
    let shell = try await books()
    _ = await shell.type("journal add 1210 5 4100 -d Somebody --post")
    let answer = await shell.type("report open-items 1210 --format json")
    #expect(answer.status == 0)
    #expect(
      answer.output.hasSuffix(
        #""proof":[{"currency":"USD","items":45.00,"ledger":45.00,"base_items":45.00,"#
          + #""base_ledger":45.00,"proved":true}],"unnamed_lines":1,"proved":true}"# + "\n"),
      "\(answer.output)")
    #expect(answer.errors.contains("1 lines name no party"))
  }

  @Test func `an account that nobody owes on has none`() async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.type("report open-items 1120")
    #expect(answer.status == 1)
    #expect(answer.errors.hasPrefix("1120 Current account isn't kept by party"))
  }
}
