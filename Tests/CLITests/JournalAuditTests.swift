import Domain
import Testing

@testable import CLI

/// The journal put to auditors' tests at the command line.
struct JournalAuditTests {
  /// Two that are the same, and one just below what a manager must approve.
  private func posted() async throws -> Shell {
    let shell = try await Shell.withBooks()
    for line in ["6210 5 1120", "6210 5 1120", "6210 950 1120"] {
      let words = line.split(separator: " ").map(String.init)
      let answer = await shell.run(["journal", "add"] + words + ["-d", "Rent", "--post"])
      #expect(answer.status == 0, "\(answer.errors)")
    }
    return shell
  }

  @Test func `scripts get what is found, a row each`() async throws {
    let shell = try await posted()
    let answer = await shell.type("audit journal --format csv", as: .viewer)
    #expect(answer.status == 0 && answer.errors.isEmpty, "\(answer)")
    #expect(
      answer.lines == [
        "test,number,date,amount,who,why",
        "one-person,GJ-2026-000001,2026-11-23,5.00,Olive Owner,nobody else had a hand in it",
        "one-person,GJ-2026-000002,2026-11-23,5.00,Olive Owner,nobody else had a hand in it",
        "one-person,GJ-2026-000003,2026-11-23,950.00,Olive Owner,nobody else had a hand in it",
        "below-band,GJ-2026-000003,2026-11-23,950.00,Olive Owner,"
          + "\"just below 1,000.00 USD, which must be approved\"",
        "twice,GJ-2026-000002,2026-11-23,5.00,Olive Owner,the same as GJ-2026-000001",
      ])
    let some = await shell.type("audit journal --test twice --test round --format csv")
    #expect(some.lines.map { $0.prefix { $0 != "," } } == ["test", "twice"])
  }

  @Test func `what is dated on the last day of a period is found by the test of that name`()
    async throws
  {
    let shell = try await posted()
    let added = await shell.type("journal add 6210 7 1120 -d Rent --date 2026-11-30 --post")
    #expect(added.status == 0, "\(added.errors)")
    let answer = await shell.type(
      "audit journal --test period-end --test system --to 2026-11-30 --format csv")
    #expect(
      answer.lines == [
        "test,number,date,amount,who,why",
        "period-end,GJ-2026-000004,2026-11-30,7.00,Olive Owner,the last day of period 2026-11",
      ], "\(answer)")
  }

  @Test func `people see first that all of it was tested`() async throws {
    let shell = try await posted()
    let answer = await shell.type("audit journal --test round")
    let heading = "Journal of Harbour & Sons from 2026-01-01 to 2026-11-23"
    #expect(answer.lines.first == heading, "\(answer)")
    let words = answer.lines.map { $0.split(separator: " ").map(String.init) }
    #expect(words.contains(["3", "6", "960.00", "960.00"]), "\(answer.output)")
    #expect(words.contains(["2026", "GJ", "1", "3", "3", "0", "3", "0"]), "\(answer.output)")
    #expect(answer.lines.contains("Complete: debits are credits, and no number is missing."))
    #expect(answer.lines.last == "Nothing was found.")
    // Of other days: the numbers are there, and none of them was tested.
    let none = await shell.type("audit journal --from 2026-11-24 --to 2026-12-31")
    #expect(none.status == 0)
    let numbers = none.lines.map { $0.split(separator: " ").map(String.init) }
    #expect(numbers.contains(["2026", "GJ", "0", "3", "3", "0"]), "\(none.output)")
  }

  @Test func `the document has the population, and each test with what it found`() async throws {
    let shell = try await posted()
    let answer = await shell.type("audit journal --test twice --format json")
    let start =
      #"{"from":"2026-01-01","to":"2026-11-23","population":{"entries":3,"lines":6,"#
      + #""debits":960.00,"credits":960.00,"sha256":""#
    #expect(answer.output.hasPrefix(start), "\(answer.output)")
    let rest = [
      #""whole":true,"complete":true,"series":[{"year":2026,"series":"GJ","first":1,"last":3,"#
        + #""entries":3,"others":0,"issued":3,"missing":0}]"#,
      #""first_digits":[{"digit":1,"found":0,"expected":1}"#,
      #""tests":[{"test":"twice","name":"The same once more","count":1,"findings":[{"#
        + #""test":"twice","number":"GJ-2026-000002","date":"2026-11-23","amount":5.00,"#
        + #""who":"Olive Owner","why":"the same as GJ-2026-000001"}]}]}"#,
    ]
    for part in rest { #expect(answer.output.contains(part), "\(answer.output)") }
    let again = await shell.type("audit journal --test twice --format json", as: .director)
    #expect(again.output == answer.output)
  }

  @Test(arguments: ["html", "paged"])
  func `on paper stands what was tested, what was found and what it rests on`(
    _ format: String
  ) async throws {
    let shell = try await posted()
    let answer = await shell.type("audit journal --test twice --test round --format \(format)")
    #expect(answer.status == 0 && answer.errors.isEmpty, "\(answer)")
    let output = answer.output
    for part in [
      "Journal tests", "from 2026-01-01 to 2026-11-23", "What was tested", "960.00",
      "0 others, 3 issued, 0 missing", "The same once more", "GJ-2026-000002",
      "the same as GJ-2026-000001", "Ledger high-water: record ", "Chain head: ",
    ] {
      // Pages fold what is wide.
      let words = part.split(separator: " ").map(String.init)
      #expect(words.allSatisfy { output.contains($0) }, "\(part) in \(output)")
    }
    #expect(await shell.type("audit journal --format pdf").status == 2)
  }

  @Test func `a number that is missing is found, and the exit status is 0 all the same`()
    async throws
  {
    let shell = try await posted()
    try shell.script(
      """
      UPDATE temp.scope SET business_id = 1;
      DROP TRIGGER main.entry_sequences_update;
      UPDATE entry_sequences SET last_number = 4 WHERE business_id = 1;
      """)
    let answer = await shell.type("audit journal --test gap")
    #expect(answer.status == 0)
    #expect(answer.output.contains("NOT COMPLETE"), "\(answer.output)")
    let words = answer.lines.last?.split(separator: " ").prefix(2).map(String.init)
    #expect(words == ["gap", "GJ-2026-000004"], "\(answer.output)")
  }

  @Test(arguments: [
    "audit journal --test nonsense", "audit journal --from 2026-12-01 --to 2026-11-01",
  ])
  func `a command line that is wrong exits 2`(_ line: String) async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.type(line)
    #expect(answer.status == 2 && answer.output.isEmpty, "\(answer)")
  }

  @Test(arguments: [Role.manager, .employee])
  func `who may not take out the log is told by which permission`(_ role: Role) async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.type("audit journal", as: role)
    #expect(answer.status == 3)
    #expect(answer.errors.contains("audit.export"), "\(answer.errors)")
  }
}
