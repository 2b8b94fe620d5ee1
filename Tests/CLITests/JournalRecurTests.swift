import Domain
import Testing

@testable import CLI

/// Entries that come again, at the command line. It is the 23rd of November 2026, and only that
/// month is open.
struct JournalRecurTests {
  /// With a template of 5.00 of rent, the owner's.
  private func shell() async throws -> Shell {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 5 1120 -d Rent")
    _ = await shell.type("journal template create D-1 Rent")
    return shell
  }

  private static let monthly =
    "journal recur add Rent --every monthly --on 31 --from 2026-10-01 --then post"

  @Test func `what comes again is added and listed, with what has to be looked at`() async throws {
    let shell = try await shell()
    #expect(
      await shell.type(Self.monthly)
        == Answer(
          status: 0,
          output: """
            Rent comes every month on the 31st (or the last day), as schedule 1: 2026-10-31, \
            2026-11-30, 2026-12-31, 2027-01-31, 2027-02-28.
            Written: 0. To look at: 1.

            """, errors: ""))
    #expect(
      await shell.type("journal recur list --format csv").lines == [
        "id,template,rule,action,status,next,made,last,last_entry,flagged,owner",
        "1,Rent,every month on the 31st (or the last day),post,active,2026-11-30,0,,,1,Olive Owner",
      ])
    #expect(
      await shell.type("journal recur list --flagged --format csv").lines == [
        "id,template,date,reason,draft", "1,Rent,2026-10-31,Period 2026-10 is not open.,",
      ])
  }

  @Test func `what was flagged is written on another date, and the next is skipped`() async throws {
    let shell = try await shell()
    _ = await shell.type(Self.monthly)
    let refused = await shell.type("journal recur make 1 2026-10-31")
    #expect(refused.status == 1)
    #expect(refused.errors.contains("Period 2026-10 is not open yet."), "\(refused.errors)")
    #expect(
      await shell.type("journal recur make 1 2026-10-31 --on 2026-11-02")
        == Answer(status: 0, output: "Posted as RC-2026-000001.\n", errors: ""))
    #expect(
      await shell.type("journal recur skip 1 2026-11-30 --reason Holidays")
        == Answer(status: 0, output: "2026-11-30 is skipped.\n", errors: ""))
    let line = await shell.type("journal recur list --format csv").lines.last
    #expect(line?.contains(",active,2026-12-31,1,2026-10-31,RC-2026-000001,0,") == true)
    #expect(await shell.type("journal recur run").output == "Nothing is due.\n")
    #expect(
      await shell.type("journal recur run --format csv").lines == ["written,flagged", "0,0"])
  }

  @Test func `it is paused, goes on and ends`() async throws {
    let shell = try await shell()
    _ = await shell.type("journal recur add Rent --every weekly --from 2026-11-30")
    #expect(await shell.type("journal recur pause 1").status == 0)
    #expect(
      await shell.type("journal recur pause 1")
        == Answer(status: 1, output: "", errors: "The schedule is paused already.\n"))
    #expect(
      await shell.type("journal recur resume 1").output == "It goes on. Nothing is due.\n")
    #expect(await shell.type("journal recur end 1").output == "It has ended.\n")
    #expect(
      await shell.type("journal recur resume 1").errors
        == "The schedule is over. Make another.\n")
    #expect(
      await shell.type("journal recur end 2").errors
        == "There is no such schedule in this business.\n")
  }

  @Test(arguments: [
    ("--every weekly --step 0", 1, "Every how many? From 1 to 120."),
    ("--every monthly-last-day --until 2026-11-29", 1, "It would never come."),
    ("--every daily", 2, "daily"), ("--every weekly --from 2025-01-01", 1, "366 days ago"),
  ])
  func `what can't come again is told`(
    _ words: String, _ status: Int32, _ told: String
  )
    async throws
  {
    let shell = try await shell()
    let answer = await shell.type("journal recur add Rent \(words)")
    #expect(answer.status == status)
    #expect(answer.errors.contains(told), "\(answer.errors)")
  }

  @Test func `a template says where its amounts come from`() async throws {
    let shell = try await shell()
    for words in ["1 --share -5 --of 4100", "2 --last"] {
      let answer = await shell.type("journal template amount Rent \(words)")
      #expect(answer.status == 0, "\(answer.errors)")
    }
    #expect(
      await shell.type("journal template show Rent --format csv").lines == [
        "line,account,amount,currency,rule,percent,share_of",
        "1,6210,5.00,USD,share,-5.0000,4100", "2,1120,-5.00,USD,last,,",
      ])
    _ = await shell.type("journal template amount Rent 1 --fixed 7.50")
    #expect(
      await shell.type("journal template show Rent --format csv").lines[1]
        == "1,6210,7.50,USD,fixed,,")
    #expect(await shell.type("journal template amount Rent 1 --share 5").status == 2)
    #expect(
      await shell.type("journal template amount Rent 9 --last").errors
        == "The template has no line 9.\n")
  }

  @Test func `a viewer has none, and somebody else's aren't an employee's to end`() async throws {
    let shell = try await shell()
    _ = await shell.type(Self.monthly)
    for (words, role) in [("journal recur list", Role.viewer), ("journal recur end 1", .employee)] {
      let answer = await shell.type(words, as: role)
      #expect(answer.status == 3)
      #expect(answer.errors.contains("recurring.manage"), "\(answer.errors)")
    }
    #expect(await shell.type("journal recur list --format csv", as: .employee).lines.count == 1)
  }
}
