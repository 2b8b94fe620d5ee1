import Domain
import Testing

@testable import CLI

/// Programs at the command line, by the key in $COREFLOW_API_KEY.
struct APIKeyTests {
  private func make(_ shell: Shell, _ arguments: String...) async -> String {
    let answer = await shell.run(["apikey", "create"] + arguments + ["--format", "csv"])
    #expect(answer.status == 0, "\(answer.errors)")
    return answer.lines.last?.split(separator: ",").last.map(String.init) ?? ""
  }

  @Test func `a key goes before who is signed in, and does what it is for`() async throws {
    let shell = try await Shell.withBooks()
    let key = await make(
      shell, "Till", "--scope", "journal.*", "--scope", "account.read", "--calls-per-hour", "9")
    func type(_ line: String) async -> Answer {
      await shell.run(line.split(separator: " ").map(String.init), as: .viewer, key: key)
    }
    #expect(
      await type("whoami").output
        == "owner@books.example at \(shell.database)\nbusiness  name            role\n"
        + "harbour   Harbour & Sons  owner\n")
    #expect(await type("business list --format csv").lines.count == 2)
    let added = await type("journal add --date today -d Till 6100 12 1100")
    #expect(added.status == 0, "\(added.errors)")
    #expect(await type("account list --business harbour").status == 0)
    let elsewhere = await type("account list --business alpenrad")
    #expect(elsewhere.status == 3)
    let department = await type("department create X Y")
    #expect(department.status == 3)
    #expect(department.errors == "The key isn't for department.edit. Make another that is.\n")
    for line in ["logout", "session list", "session revoke --all-others"] {
      let answer = await type(line)
      #expect(answer.status == 3)
      #expect(answer.errors.contains("Unset $COREFLOW_API_KEY"), "\(line)")
    }
    let log = await shell.type("audit list --format csv")
    #expect(log.lines.contains { $0.contains("by key Till") && $0.contains("journal.create") })
    #expect(!log.output.contains(key.suffix(20)))
    for _ in 0..<3 { _ = await type("account list") }
    let late = await type("account list")
    #expect(late.status == 1)
    #expect(
      late.errors
        == "The API key has made its 9 calls of this hour. It works again in 3600 seconds.\n")
  }

  @Test func `keys are listed without what they are, and ended`() async throws {
    let shell = try await Shell.withBooks()
    let key = await make(shell, "Till", "--scope", "journal.read", "--until", "2026-12-31")
    let list = await shell.type("apikey list --format csv")
    #expect(
      list.lines[1].hasPrefix(
        #"1,Till,\#(key.prefix(11)),"[""journal.read""]",1000,0,,active,2026-12-31T23:59:59.999Z,"#)
    )
    #expect(!list.output.contains(key.suffix(20)))
    #expect(await shell.type("apikey list", as: .manager).status == 3)
    #expect(await shell.type("apikey create Till").status == 2)
    let much = await shell.type("apikey create Till --scope user.read")
    #expect(much.errors.hasPrefix("A program's key never does user.read."))
    let ended = await shell.run(["apikey", "revoke", "1", "--reason", "Replaced"])
    #expect(ended.output == "Key 1 has ended.\n", "\(ended.errors)")
    let after = await shell.run(["journal", "list"], key: key)
    #expect(
      after
        == Answer(
          status: 3, output: "", errors: "This API key was revoked. Ask for another.\n"))
    #expect(
      await shell.run(["journal", "list"], key: "cf_guess").errors
        == "This API key is unknown. Check that it was given whole.\n")
  }
}
