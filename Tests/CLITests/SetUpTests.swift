import Domain
import Foundation
import Testing

@testable import CLI

struct SetUpTests {
  private let make = [
    "init", "--business", "Acme Ltd", "--currency", "EUR", "--owner", "ada@example.com",
    "--password-stdin",
  ]

  private func mode(of path: String) throws -> Int16? {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.posixPermissions] as? NSNumber)?.int16Value
  }

  @Test func `init makes a database for its owner's eyes and shows the admin key once`()
    async throws
  {
    let shell = try Shell.empty()
    let answer = await shell.run(make, input: Shell.password + "\n")
    #expect(answer.status == 0, "\(answer.errors)")
    #expect(answer.lines[0] == "Created \(shell.database) with the business acme-ltd.")
    #expect(answer.lines[1].hasPrefix("Admin key (shown only now): cfa_"))
    #expect(try mode(of: shell.database) == 0o600)
    let left = try FileManager.default.contentsOfDirectory(atPath: shell.folder)
    #expect(left.allSatisfy { !$0.contains(".new") })
    let key = try #require(answer.lines[1].split(separator: " ").last)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: shell.database))
    #expect(bytes.range(of: Data(key.utf8)) == nil)
    #expect(bytes.range(of: Data(Shell.password.utf8)) == nil)
  }

  @Test func `init makes a first year of the shape and the days that are given`() async throws {
    let shell = try Shell.empty()
    let days = ["--from", "2026-06-10", "--to", "2026-12-31", "--shape", "months"]
    let answer = await shell.run(make + days, input: Shell.password + "\n")
    #expect(answer.status == 0, "\(answer.errors)")
    let refused = try Shell.empty()
    let weeks = ["--shape", "4-4-5", "--to", "2026-12-31"]
    let odd = await refused.run(make + weeks, input: Shell.password + "\n")
    #expect(odd.errors.hasPrefix("A fiscal year of weeks has 52 or 53 of them."), "\(odd)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: refused.folder).isEmpty)
  }

  @Test func `init leaves a database that is there alone`() async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.run(make, input: Shell.password)
    #expect(answer.status == 1)
    #expect(
      answer.errors
        == "\(shell.database) has a business already. "
        + "Sign in to it, or name another file with --db.\n")
    #expect(await shell.type("whoami").lines.last == "harbour   Harbour & Sons  owner")
    #expect(await shell.type("doctor").status == 0)
  }

  @Test(arguments: [
    (["--currency", "QQQ"], "QQQ is not a currency of ISO 4217, such as USD.\n"),
    (
      ["--chart", "spaceship"],
      "There is no chart spaceship. They are listed by: coreflow account charts\n"
    ),
    (["--owner", "nobody"], "nobody is not an e-mail address.\n"),
  ])
  func `what init can't make leaves nothing behind`(
    flags: [String], expected: String
  ) async throws {
    let shell = try Shell.empty()
    let answer = await shell.run(make + flags, input: Shell.password)
    #expect(answer == Answer(status: 1, output: "", errors: expected))
    #expect(try FileManager.default.contentsOfDirectory(atPath: shell.folder).isEmpty)
  }

  @Test func `a password that is too short is refused and nothing is left behind`() async throws {
    let shell = try Shell.empty()
    let answer = await shell.run(make, input: "short")
    #expect(answer.status == 1)
    #expect(answer.errors == "A password needs 10 characters or more.\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: shell.folder).isEmpty)
  }

  @Test func `a password can't be given as an argument`() async throws {
    let shell = try Shell.empty()
    let answer = await shell.run(make.dropLast() + ["--password", "open sesame 123"])
    #expect(answer.status == 2)
    #expect(answer.errors.contains("Unknown option '--password'"))
  }

  @Test func `without a terminal and a pipe there is no password`() async throws {
    let shell = try Shell.empty()
    let answer = await shell.run(Array(make.dropLast()))
    #expect(answer.status == 1)
    #expect(
      answer.errors
        == "There is no terminal to ask for the password. Pipe it in, with --password-stdin.\n")
  }

  @Test func `migrations run on an empty file, go back and run again`() async throws {
    let shell = try Shell.empty()
    #expect(await shell.type("migrate run").output == "Applied 001, 002, 003, 004, 005.\n")
    #expect(await shell.type("migrate run").output == "Nothing is pending.\n")
    let back = await shell.type("migrate rollback 003")
    #expect(
      back.output == "Rolled back 005, 004, 003. A backup is beside the database.\n",
      "\(back.errors)")
    let states = await shell.type("migrate status --format csv").lines.dropFirst().map {
      $0.split(separator: ",").last
    }
    #expect(states == ["applied", "applied", "rolled_back", "rolled_back", "rolled_back"])
    let again = await shell.type("migrate run")
    #expect(again.output == "Applied 003, 004, 005.\n", "\(again.errors)")
    let made = await shell.run(make, input: Shell.password)
    #expect(made.status == 0, "\(made.errors)")
  }

  @Test func `the status of migrations has the shape that scripts rely on`() async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.type("migrate status --format json")
    #expect(answer.status == 0)
    let first = try #require(answer.output.range(of: #"},{"#))
    let text = answer.output[..<first.lowerBound]
    #expect(
      text.hasPrefix(#"{"migrations":[{"number":"001","name":"core_tenant_users","checksum":""#))
    #expect(text.contains(#""applied_at":"2026-11-23T10:00:00.000Z","milliseconds":"#))
    #expect(text.hasSuffix(#","state":"applied""#))
  }

  @Test func `posted books are only destroyed by the name of their file`() async throws {
    let shell = try await Shell.withBooks()
    #expect(await shell.type("journal add 1120 5 4100 -d Fee --post").status == 0)
    let refused = await shell.type("migrate rollback 003")
    #expect(refused.status == 1)
    #expect(
      refused.errors
        == "This would destroy 1 posted entries. To do it all the same: --destroy-data books.db\n")
    let done = await shell.type("migrate rollback 003 --destroy-data books.db")
    #expect(done.status == 0, "\(done.errors)")
    #expect(await shell.type("whoami").errors.contains("coreflow migrate run"))
  }

  @Test func `a rollback is in the chain of the instance, refused or not`() async throws {
    let shell = try await Shell.withBooks()
    #expect(await shell.type("journal add 1120 5 4100 -d Fee --post").status == 0)
    #expect(await shell.type("migrate rollback 005").status == 1)
    #expect(await shell.type("migrate rollback 005 --destroy-data books.db").status == 0)
    #expect(await shell.type("migrate run").status == 0)
    let store = try OpenStore(shell)
    #expect(
      try await store.operations == [
        "migration.rollback failure", "migration.rollback success", "migration.run success",
      ])
    #expect(await shell.type("doctor").status == 0)
  }

  @Test(arguments: ["0", "x", "-1", "003x"])
  func `what is no number of a migration is refused`(number: String) async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.type("migrate rollback \(number)")
    #expect(answer.status == 1)
    #expect(answer.errors.hasSuffix("is not the number of a migration, such as 003.\n"))
  }
}
