import Domain
import Testing

@testable import CLI

/// Spreading what an account took (RULES R35).
struct AllocationTests {
  private func posted() async throws -> Shell {
    let shell = try await Shell.withBooks()
    #expect(await shell.type("department create SAL Sales").status == 0)
    let answer = await shell.type("journal add 6210 100.01 1120 -d Rent --date 5 --post")
    #expect(answer.status == 0, "\(answer)")
    return shell
  }

  @Test func `fixed shares make a draft of the period's last day`() async throws {
    let shell = try await posted()
    let made = await shell.type(
      "journal allocate --from 6210 --to OFF=50 --to SAL=50 --period 2026-11 --format json")
    #expect(made.output == #"{"id":"D-2","status":"draft","warnings":[]}"# + "\n", "\(made)")
    // 50.005 each: of equals the first takes the cent.
    let lines = await shell.type("journal show D-2 --format csv").lines
    #expect(lines.count == 4, "\(lines)")
    #expect(lines[1].contains("100.01") && !lines[1].contains("OFF"), "\(lines)")
    #expect(lines[2].contains("50.01") && lines[2].contains(",OFF,"), "\(lines)")
    #expect(lines[3].contains("50.00") && lines[3].contains(",SAL,"), "\(lines)")
    let listed = await shell.type("journal list --status drafts --format csv").lines
    #expect(
      listed.last?.hasPrefix(
        "D-2,2026-11-30,adjusting,draft,\"Allocation of 6210 Rent, 2026-11, by fixed shares\","
          + "100.01,"
      )
        == true, "\(listed)")
  }

  @Test func `people and another account's balance are counted for whoever asks`() async throws {
    let shell = try await posted()
    // The manager and the employee are of the office, and nobody of sales.
    let people = await shell.type(
      "journal allocate --from 6210 --to OFF@6310 --to SAL --by headcount --period 2026-11")
    #expect(people.output == "Kept as the draft D-2.\n", "\(people)")
    let lines = await shell.type("journal show D-2 --format csv").lines
    #expect(lines.count == 3 && lines[2].contains("100.01"), "\(lines)")
    #expect(lines[2].contains("Office supplies") || lines[2].contains("6310"), "\(lines)")
    let again = await shell.type("journal allocate --from 6210 --to OFF=100 --period 2026-11")
    #expect(again.status == 1 && again.errors.contains("spread by D-2 already"), "\(again)")
    #expect(await shell.type("journal discard D-2").status == 0)
    let balance = await shell.type(
      "journal allocate --from 6210 --to OFF --to SAL --by-balance 4100 --period 2026-11")
    #expect(balance.status == 1 && balance.errors.contains("zero for all of them"), "\(balance)")
    let none = await shell.type(
      "journal allocate --from 6210 --from-department SAL --to OFF=100 --period 2026-11")
    #expect(
      none.errors.contains("Nothing is left on 6210 Rent in 2026-11 that could be spread."),
      "\(none)")
  }

  @Test func `a rule is kept, listed, run and ended by its name`() async throws {
    let shell = try await posted()
    let kept = await shell.type(
      "journal allocation add Rent --from 6210 --to OFF@6310=25 --to SAL=75")
    #expect(kept.output == "The allocation Rent is kept.\n", "\(kept)")
    let listed = await shell.type("journal allocation list --format csv").lines
    #expect(
      listed.first == "id,name,accounts,department,basis,basis_account,targets,made_by", "\(listed)"
    )
    #expect(
      listed.last?.hasPrefix("1,Rent,6210 Rent,,shares,,OFF@6310=25 SAL=75,") == true,
      "\(listed)")
    let run = await shell.type("journal allocation run rent --period 2026-11")
    #expect(run.output == "Kept as the draft D-2.\n", "\(run)")
    // 25.0025 and 75.0075.
    let lines = await shell.type("journal show D-2 --format csv").lines
    #expect(lines.count == 4 && lines[2].contains("25.00"), "\(lines)")
    #expect(lines[3].contains("75.01") && lines[3].contains(",SAL,"), "\(lines)")
    #expect(await shell.type("journal edit D-2 -d Spread").status == 0)
    let again = await shell.type("journal allocation run Rent --period 2026-11")
    #expect(again.status == 1 && again.errors.contains("spread by D-2 already"), "\(again)")
    let ended = await shell.type("journal allocation remove Rent")
    #expect(ended.output == "The allocation Rent has ended.\n", "\(ended)")
    let gone = await shell.type("journal allocation run Rent --period 2026-11")
    #expect(gone.status == 1 && gone.errors.contains("Rent"), "\(gone)")
    #expect(await shell.type("journal allocation list --format csv").lines.count == 1)
  }

  @Test func `several accounts are spread by one rule, each by itself in one draft`() async throws {
    let shell = try await posted()
    let supplies = await shell.type("journal add 6310 50.01 1120 -d Paper --date 5 --post")
    #expect(supplies.status == 0, "\(supplies)")
    let kept = await shell.type(
      "journal allocation add Office --from 6210 --from 6310 --to OFF=75 --to SAL=25")
    #expect(kept.output == "The allocation Office is kept.\n", "\(kept)")
    let listed = await shell.type("journal allocation list --format csv").lines
    #expect(
      listed.last?.hasPrefix(
        #"1,Office,"6210 Rent, 6310 Office supplies",,shares,,OFF=75 SAL=25,"#) == true,
      "\(listed)")
    let run = await shell.type("journal allocation run Office --period 2026-11")
    #expect(run.output == "Kept as the draft D-3.\n", "\(run)")
    // 75.0075 and 25.0025 of 100.01; 37.5075 and 12.5025 of 50.01.
    let lines = await shell.type("journal show D-3 --format csv").lines
    #expect(lines.count == 7, "\(lines)")
    for (line, amount) in zip(
      lines.dropFirst(),
      ["100.01", "75.01", "25.00", "50.01", "37.51", "12.50"])
    {
      #expect(line.contains(amount), "\(line)")
    }
    let again = await shell.type(
      "journal allocate --from 6310 --to OFF=100 --period 2026-11")
    #expect(again.status == 1 && again.errors.contains("spread by D-3 already"), "\(again)")
  }

  @Test func `what makes no rule is said before anything is asked`() async throws {
    let shell = try await posted()
    let refused = [
      ("--to OFF --to SAL=40", "Say how many percent each takes"),
      ("--to OFF=60 --by headcount", "Leave the percents out"),
      ("--to OFF --by headcount --by-balance 4100", "Take either"),
      ("--to OFF=many", "many is no percentage"), ("--to =60", "=60 is no target"),
    ]
    for (line, words) in refused {
      let answer = await shell.type("journal allocate --from 6210 \(line) --period 2026-11")
      #expect(answer.status == 2 && answer.errors.contains(words), "\(line): \(answer)")
    }
    let nowhere = await shell.type("journal allocate --to OFF=100 --period 2026-11")
    #expect(nowhere.status == 2 && nowhere.errors.contains("--from"), "\(nowhere)")
    let short = await shell.type(
      "journal allocate --from 6210 --to OFF=60 --to SAL=30 --period 2026-11")
    #expect(short.status == 1 && short.errors.contains("The shares come to 90 %."), "\(short)")
    let denied = await shell.type(
      "journal allocate --from 6210 --to OFF=100 --period 2026-11", as: .employee)
    #expect(denied.status == 3 && denied.output.isEmpty, "\(denied)")
  }
}
