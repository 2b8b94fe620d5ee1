import Domain
import Testing

@testable import CLI

/// Several entries in one command, finding them, giving them up and reading what was done to one.
struct JournalManyTests {
  private func shell(drafts amounts: [Int]) async throws -> Shell {
    let shell = try await Shell.withBooks()
    for amount in amounts {
      _ = await shell.type("journal add 6210 \(amount) 1120 -d Rent", as: .employee)
    }
    return shell
  }

  @Test func `several entries are posted in their order, and their numbers told`() async throws {
    let shell = try await shell(drafts: [10, 20, 30])
    let answer = await shell.type("journal post D-1 d-2 D-3 --format csv")
    #expect(answer.status == 0, "\(answer.errors)")
    #expect(
      answer.lines == [
        "entry,id,status,message",
        "D-1,GJ-2026-000001,posted,Posted as GJ-2026-000001.",
        "D-2,GJ-2026-000002,posted,Posted as GJ-2026-000002.",
        "D-3,GJ-2026-000003,posted,Posted as GJ-2026-000003.",
      ])
    let more = try await self.shell(drafts: [10, 20])
    let text = await more.type("journal post D-1 D-2").output
    #expect(text.hasSuffix("Posted 2 of 2 entries: GJ-2026-000001..000002.\n"), "\(text)")
  }

  @Test func `one that is refused holds up no other, and the shell is told`() async throws {
    let shell = try await shell(drafts: [10, 1_500, 30])
    let answer = await shell.type("journal post D-1 D-2 D-9 D-3 --format json", as: .employee)
    #expect(answer.status == 1)
    #expect(answer.errors == "2 entries stayed as they were.\n")
    #expect(
      answer.output.contains(
        #"{"entry":"D-2","id":null,"status":"refused","message":"An entry of this amount "#
          + #"needs approval by a manager: submit it."}"#), "\(answer.output)")
    #expect(
      answer.output.contains(
        #"{"entry":"D-9","id":null,"status":"refused","message":"There is no entry D-9 in this "#
          + #"business."}"#), "\(answer.output)")
    let list = await shell.type("journal list --status posted --format csv").lines
    #expect(list.count == 3)
    let text = await shell.type("journal submit D-2 D-1", as: .employee)
    #expect(text.status == 1 && text.errors == "1 entry stayed as it was.\n")
    #expect(text.output.contains("D-2 waits for approval by a manager."))
    #expect(text.output.hasSuffix("Submitted 1 of 2 entries.\n"), "\(text.output)")
  }

  @Test func `what isn't posted is voided for a reason, and stays to be read`() async throws {
    let shell = try await shell(drafts: [10])
    let bare = await shell.run(["journal", "void", "D-1", "--reason", "no"], as: .employee)
    #expect(bare.status == 1 && bare.errors == "Say why, in 5 characters or more.\n")
    let void = ["journal", "void", "d-1", "--reason", "Booked by the bank"]
    let viewer = await shell.run(void, as: .viewer)
    #expect(viewer.status == 3)
    #expect(viewer.errors == "Your role (Viewer) does not hold journal.void.\n")
    let answer = await shell.run(void + ["--format", "json"], as: .employee)
    #expect(
      answer.output == #"{"id":"D-1","status":"voided","warnings":[]}"# + "\n", "\(answer.errors)")
    #expect(await shell.type("journal show D-1").output.contains("Booked by the bank"))
    #expect(await shell.type("journal list --status voided --format csv").lines.count == 2)
    #expect(await shell.type("report trial-balance --format csv").lines.count == 1)
    _ = await shell.type("journal add 6210 10 1120 -d Rent --post")
    let posted = await shell.run(
      ["journal", "void", "GJ-2026-000001", "--reason", "Booked twice"])
    #expect(posted.status == 1)
    #expect(
      posted.errors == "An entry that is posted can't be voided. Reverse it instead.\n")
  }

  @Test func `what is taken back on its own day is printed as void`() async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 10 1120 -d Rent --date 5 --post")
    let reversed = await shell.run(
      ["journal", "reverse", "GJ-2026-000001", "--date", "2026-11-05", "--reason", "Booked twice"])
    #expect(reversed.status == 0, "\(reversed)")
    let list = await shell.type("journal list").output
    #expect(list.split(separator: "\n").count { $0.contains("  VOID  ") } == 2, "\(list)")
    let csv = await shell.type("journal list --format csv").lines
    #expect(csv.dropFirst().allSatisfy { $0.hasSuffix(",true,") }, "\(csv)")
    #expect(
      csv.last == "GJ-2026-000001,2026-11-05,standard,reversed,Rent,10.00,Olive Owner,true,")
    #expect(await shell.type("journal show GJ-2026-000001").output.contains("  VOID  Rent"))
    for report in ["report ledger --account 6210", "report register 6210"] {
      #expect(await shell.type(report).output.contains("VOID: Rent"), "\(report)")
      let rows = await shell.type("\(report) --format csv").lines
      #expect(rows.count { $0.hasSuffix(",true") } == 2, "\(rows)")
    }
  }

  @Test func `the list is searched as the journal's filter is`() async throws {
    let shell = try await shell(drafts: [10, 20])
    _ = await shell.type("journal add 6210 30 1120 -d Paper --type adjusting")
    func found(_ words: String) async -> [String] {
      let answer = await shell.run(["journal", "list", "--search", words, "--format", "csv"])
      return answer.lines.dropFirst().map { $0.split(separator: ",").prefix(1).joined() }
    }
    #expect(await found("rent amount>15") == ["D-2"])
    #expect(await found("type:adj") == ["D-3"])
    #expect(await found("by:employee source:manual") == ["D-2", "D-1"])
    let wrong = await shell.run(["journal", "list", "--search", "colour:red"])
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("There is no field colour."), "\(wrong.errors)")
  }

  @Test func `the audit log is read of one entry`() async throws {
    let shell = try await shell(drafts: [10, 20])
    _ = await shell.type("journal post D-1 D-2")
    let lines = await shell.type("audit list --entry GJ-2026-000001 --format csv").lines
    #expect(lines.count == 3)
    #expect(lines[1].contains(",journal.post,journal_entry,GJ-2026-000001,success,"), "\(lines)")
    #expect(lines[2].contains(",journal.create,journal_entry,"), "\(lines)")
    let none = await shell.type("audit list --entry D-9")
    #expect(none.errors == "There is no entry D-9 in this business.\n")
  }
}
