import Domain
import Testing

@testable import CLI

struct JournalTests {
  @Test func `an entry is posted from pairs, the last amount left out`() async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.run(
      ["journal", "add", "6210", "120*3+5.50", "1120", "-d", "Rent", "--post"], as: .employee)
    #expect(answer == Answer(status: 0, output: "Posted as GJ-2026-000001.\n", errors: ""))
    let lines = await shell.type("report trial-balance --format csv").lines
    #expect(
      lines == [
        "number,account,type,currency,debit,credit",
        "1120,Assets:Cash and banks:Current account,asset,USD,0.00,365.50",
        "6210,Running costs:Premises:Rent,expense,USD,365.50,0.00",
      ])
  }

  /// The shell's clock says 10:00 UTC.
  @Test func `today is the day that it is in the business`() async throws {
    let shell = try await Shell.withBooks()
    #expect(await shell.type("business update --time-zone Pacific/Kiritimati").status == 0)
    let answer = await shell.type("journal add 6210 10 1120 -d Rent --post")
    #expect(answer.status == 0, "\(answer.errors)")
    let day = await shell.type("report register 1120 --format csv").lines.last
    #expect(day?.hasPrefix("2026-11-24") == true, "\(day ?? "")")
  }

  @Test func `accounts are named by number, path or the name that only they have`() async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.run(
      ["journal", "add", "rent", "10", "assets:cash and banks:current account", "-10", "-d", "x"])
    #expect(answer.output == "Kept as the draft D-1.\n", "\(answer.errors)")
  }

  @Test func `a draft may be unbalanced, with a warning, and isn't posted then`() async throws {
    let shell = try await Shell.withBooks()
    let draft = await shell.type("journal add 6210 10 1120 -7.5 -d Rent --format json")
    #expect(
      draft
        == Answer(
          status: 0,
          output:
            #"{"id":"D-1","status":"draft","warnings":["Debits and credits differ by 2.50 USD, "#
            + #"too much debit."]}"# + "\n",
          errors: "Debits and credits differ by 2.50 USD, too much debit.\n"))
    for step in ["post", "submit"] {
      let refused = await shell.type("journal \(step) D-1")
      #expect(refused.status == 1)
      #expect(refused.errors == "Debits and credits differ by 2.50 USD, too much debit.\n")
    }
    let refused = await shell.type("journal add 6210 10 1120 -7.5 -d Rent --post")
    #expect(refused.status == 1)
    #expect(await shell.type("journal list --format csv").lines.count == 2)
  }

  @Test func `a draft is edited, and what isn't named stays`() async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 10 1120 -d Rent --payee Landlord --date 2026-11-02")
    let edited = await shell.type("journal edit D-1 --date 5")
    #expect(edited.output == "Kept as the draft D-1.\n", "\(edited.errors)")
    _ = await shell.run(["journal", "edit", "d-1", "6210", "12", "1120", "-d", "-5 days"])
    let shown = await shell.type("journal show D-1 --format json").output
    #expect(
      shown.hasPrefix(
        #"{"id":"D-1","number":null,"status":"draft","type":"standard","date":"2026-11-05","#
          + #""description":"-5 days","self_approved":false,"lines":[{"account":"Running costs:Premises:Rent","#
          + #""debit":12.00,"credit":0.00,"currency":"USD","base":12.00,"#
          + #""rate":"","rate_date":"","rate_id":"","rate_source":"","tax_code":"","#
          + #""tax_amount":null,"quantity":"","unit":"","#
          + #""department":"","project":"","counterparty":"","reference":"","tags":""},"#
          + #"{"account":"Assets:Cash and banks:Current account","debit":0.00,"credit":12.00,"#
          + #""currency":"USD","base":-12.00,"rate":"","rate_date":"","rate_id":"","rate_source":"","#
          + #""tax_code":"","tax_amount":null,"quantity":"","unit":"","department":"","project":"","#
          + #""counterparty":"","reference":"","tags":""}],"history":[{"at":"2026-11-23T10:00:00.000Z","#
          + #""actor":"Olive Owner","operation":"journal.create","outcome":"success","#
          + #""reason":null,"message":null},"#), "\(shown)")
    let text = await shell.type("journal show D-1").output
    #expect(text.contains("payee: Landlord\n") && text.contains("Olive Owner  created"), "\(text)")
  }

  @Test func `an entry comes from standard input as a document`() async throws {
    let shell = try await Shell.withBooks()
    let document = """
      {"date": "2026-11-20", "description": "Fee", "reference": "R-7",
       "lines": [
         {"account": "1120", "amount": 99.10},
         {"account": "4100", "credit": "99.10", "description": "November"}]}
      """
    let answer = await shell.run(
      ["journal", "add", "--post", "--format", "csv"], input: document)
    #expect(
      answer
        == Answer(
          status: 0, output: "id,status\r\nGJ-2026-000001,posted\r\n", errors: ""))
    // What is named beside it comes in its place.
    _ = await shell.run(["journal", "add", "--date", "2026-11-21", "-d", "Dues"], input: document)
    let list = await shell.type("journal list --format csv")
    #expect(list.lines.contains { $0.contains("2026-11-21") && $0.contains("Dues") }, "\(list)")
  }

  @Test(arguments: [
    ("{\"lines\": 5}", "stdin:1:11: lines must be a list in []."),
    ("{\"description\": \"x\"}", "stdin:1:1: lines is missing here."),
    ("{\"lines\": [\n {\"amount\": 5}]}", "stdin:2:2: account is missing here."),
    (
      "{\"lines\": [{\"acount\": \"1120\"}]}",
      "stdin:1:23: there is no field acount here; check its name."
    ),
    (
      "{\"lines\": [{\"account\": \"1120\", \"amount\": 1, \"debit\": 1}]}",
      "stdin:1:12: one of amount, debit and credit is missing here."
    ),
    (
      "{\"lines\": [{\"account\": \"1120\", \"amount\": 5, \"currency\": \"EUR\"}]}",
      "stdin:1:12: base is missing here."
    ),
    ("not json", "stdin:1:1: “not json” was not expected here; the document isn't JSON."),
  ])
  func `what is wrong in a document is pointed at`(
    document: String, expected: String
  ) async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.run(["journal", "add"], input: document)
    #expect(answer == Answer(status: 1, output: "", errors: expected + "\n"))
    #expect(await shell.type("journal list --format csv").lines.count == 1)
  }

  @Test func `a large entry goes through the hands that its amount asks for`() async throws {
    let shell = try await Shell.withBooks()
    let add = await shell.type("journal add 6210 1,500 1120 -d Rent --post", as: .employee)
    #expect(add.status == 1)
    #expect(
      add.errors == "An entry of this amount needs approval by a manager: submit it.\n")
    let submitted = await shell.type(
      "journal add 6210 1,500 1120 -d Rent --submit", as: .employee)
    #expect(submitted.output == "D-1 waits for approval by a manager.\n")
    let own = await shell.type("journal approve D-1", as: .employee)
    #expect(own.status == 3)
    #expect(own.errors == "Your role (Employee) does not hold journal.approve.\n")
    let rejected = await shell.run(
      ["journal", "reject", "D-1", "--reason", "Which month?"], as: .manager)
    #expect(rejected.output == "Rejected D-1; it is a draft again.\n", "\(rejected.errors)")
    #expect(await shell.type("journal submit D-1", as: .employee).status == 0)
    let recalled = await shell.type("journal recall D-1", as: .employee)
    #expect(recalled.errors == "An entry that is pending approval can't be recalled.\n")
    let withdrawn = await shell.type("journal withdraw D-1", as: .employee)
    #expect(withdrawn.output == "D-1 is a draft again.\n", "\(withdrawn.errors)")
    #expect(await shell.type("journal submit D-1", as: .employee).status == 0)
    let approved = await shell.type("journal approve D-1 --format json", as: .manager)
    #expect(
      approved.output == #"{"id":"GJ-2026-000001","status":"posted","warnings":[]}"# + "\n",
      "\(approved.errors)")
  }

  @Test func `the largest entries wait for a director too`() async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 15000 1120 -d Rent --submit", as: .employee)
    #expect(
      await shell.type("journal approve D-1", as: .manager).output
        == "Approved D-1; it still waits for approval by a director.\n")
    #expect(
      await shell.type("journal approve D-1", as: .director).output
        == "Approved D-1 and posted it as GJ-2026-000001.\n")
  }

  @Test func `a posted entry is taken back once, by its mirror image`() async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 10 1120 -d Rent --post")
    let reverse = ["journal", "reverse", "GJ-2026-000001", "--reason", "Booked twice"]
    #expect(await shell.run(reverse).output == "Reversed by RV-2026-000001.\n")
    let again = await shell.run(reverse)
    #expect(again.status == 1)
    #expect(await shell.type("report trial-balance --format csv").lines.count == 1)
  }

  @Test func `a draft of one's own is discarded, somebody else's isn't`() async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 10 1120 -d Rent", as: .employee)
    let refused = await shell.type("journal discard D-1", as: .manager)
    #expect(refused.status == 3)
    #expect(await shell.type("journal discard D-1", as: .employee).output == "Discarded D-1.\n")
    #expect(await shell.type("journal show D-1").status == 1)
  }

  @Test func `a viewer enters nothing and is told which permission is missing`() async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.type("journal add 6210 10 1120 -d Rent", as: .viewer)
    #expect(
      answer
        == Answer(
          status: 3, output: "",
          errors: "Your role (Viewer) does not hold journal.create.\n"))
  }

  @Test func `the journal is listed in pages`() async throws {
    let shell = try await Shell.withBooks()
    for day in 1...5 {
      _ = await shell.type("journal add 6210 10 1120 -d Rent --date \(day) --post")
    }
    let first = await shell.type("journal list --limit 2 --format json").output
    let cursor = try #require(
      first.split(separator: #""next":""#).last?.split(separator: "\"").first)
    #expect(first.hasPrefix(#"{"items":[{"number":"GJ-2026-000005","date":"2026-11-05","#))
    let second = await shell.type("journal list --limit 2 --format csv --after \(cursor)")
    #expect(
      second.lines == [
        "number,date,type,status,description,total,created_by,void,kind",
        "GJ-2026-000003,2026-11-03,standard,posted,Rent,10.00,Olive Owner,false,",
        "GJ-2026-000002,2026-11-02,standard,posted,Rent,10.00,Olive Owner,false,",
      ])
    #expect(second.errors.hasPrefix("There are more. Go on with: --after 2026-11-02."))
    let last = await shell.type("journal list --limit 5 --format json").output
    #expect(last.hasSuffix(#"],"next":null}"# + "\n"))
  }

  @Test func `submitting for a period that isn't open names the first open day`() async throws {
    let shell = try await Shell.withBooks()
    let words = "Period 2026-10 is not open yet. The first open day after it is 2026-11-01.\n"
    let added = await shell.type(
      "journal add 6210 5 1120 -d Rent --date 2026-10-15 --submit", as: .employee)
    #expect(added.status == 0 && added.errors == words)
    _ = await shell.type("journal add 6210 5 1120 -d Rent --date 2026-10-16", as: .employee)
    let submitted = await shell.type("journal submit D-2", as: .employee)
    #expect(submitted.status == 0 && submitted.errors == words)
  }

  @Test(arguments: [
    (["6210", "1O0", "1120"], "An amount can't have O there (column 2); write it as 1,234.50."),
    (["6210", "9223372036854775808", "1120"], "The amount is larger than books can hold."),
    (["6210", "1.005", "1120"], "The currency has 2 decimals; the amount has more."),
    (["9999", "1", "1120"], "There is no account 9999 in this business."),
    (["6210", "1", "1120", "--date", "2026-02-31"], "The calendar has no 2026-02-31."),
    (
      ["6210", "1", "1120", "--date", "soon"],
      "soon is not a date; write it as 2026-01-31, today, +3 or a day of the month."
    ),
    (
      ["6200", "1", "1120", "--post"],
      "Line 1: 6200 Premises is a heading; choose an account below it."
    ),
    (
      ["6210", "1", "1120", "--post", "--date", "2026-10-01"],
      "Period 2026-10 is not open yet. The first open day after it is 2026-11-01."
    ),
  ])
  func `bad input is refused with one line, and nothing is kept`(
    words: [String], expected: String
  ) async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.run(["journal", "add"] + words + ["-d", "Rent"])
    #expect(answer == Answer(status: 1, output: "", errors: expected + "\n"))
    #expect(await shell.type("journal list --format csv").lines.count == 1)
  }

  @Test func `nothing of another business is found by its name`() async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.run(["business", "create", "Alpenrad", "--currency", "EUR"])
    _ = await shell.run(
      ["account", "create", "1199", "Secret", "--type", "asset", "--business", "alpenrad"])
    _ = await shell.run(
      ["journal", "add", "1199", "5", "4100", "-d", "x", "--business", "alpenrad"])
    let account = await shell.run(
      ["journal", "add", "1199", "5", "4100", "-d", "x", "--business", "harbour"])
    #expect(account.errors == "There is no account 1199 in this business.\n")
    let entry = await shell.type("journal show D-1 --business harbour")
    #expect(entry.errors == "There is no entry D-1 in this business.\n")
  }
}
