import ArgumentParser
import Domain
import Testing

@testable import CLI

struct UsageTests {
  @Test(arguments: [
    "nonsense", "account", "account list --format xml", "login", "journal show",
    "journal add 6210 5 1120 --post --submit", "journal list --limit 0", "journal edit D-1",
    "journal list --status lost", "report trial-balance --currency both", "init --currency USD",
    "journal list --after tomorrow", "journal reverse GJ-2026-000001", "account list --bogus",
    "import journal x --format gnucash", "user invite x@example.com --role king",
  ])
  func `a command line that is wrong is told in one line and exits 2`(line: String) async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.type(line)
    #expect(answer.status == (line == "account" ? 0 : 2), "\(answer)")
    guard line != "account" else { return }
    #expect(answer.output.isEmpty)
    #expect(answer.errors.filter { $0 == "\n" }.count == 1, "\(answer.errors)")
    #expect(answer.errors.contains("--help'"), "\(answer.errors)")
  }

  @Test func `the version and the help are no errors`() async throws {
    let shell = try Shell.empty()
    #expect(await shell.type("--version") == Answer(status: 0, output: "test\n", errors: ""))
    let help = await shell.type("--help")
    #expect(help.status == 0)
    for name in ["init", "journal", "report", "doctor", "migrate"] {
      #expect(help.output.contains("\n  \(name) "))
    }
  }

  @Test func `the help of every subcommand has an example and what all of them take`() async throws
  {
    let shell = try Shell.empty()
    for words in Self.leaves(of: TestRoot.self) {
      let help = await shell.run(words + ["--help"])
      #expect(help.status == 0)
      #expect(help.output.contains("Example: coreflow "), "\(words)")
      for flag in ["--db", "--business", "--format", "--no-colour"] {
        #expect(help.output.contains(flag), "\(words)")
      }
    }
  }

  /// The words of every command that has no subcommands.
  private static func leaves(of command: any ParsableCommand.Type) -> [[String]] {
    command.configuration.subcommands.flatMap { child -> [[String]] in
      let name = child._commandName
      return child.configuration.subcommands.isEmpty
        ? [[name]] : leaves(of: child).map { [name] + $0 }
    }
  }

  @Test(arguments: [
    "--format json account create 1112 Box --type asset --parent 1100",
    "account archive 1110 --format csv --no-colour", "--business harbour logout --format json",
  ])
  func `flags of all commands are taken by those that print no rows too`(
    line: String
  ) async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.type(line)
    #expect(answer.status == 0, "\(answer)")
  }

  @Test func `a hostile name reaches no terminal as it is, and no pipe changed`() async throws {
    let shell = try await Shell.withBooks()
    let name = "Fee\u{1B}]52;c;evil\u{7}\u{202E}"
    _ = await shell.run(["journal", "add", "6210", "5", "1120", "-d", name])
    for format in ["text", "csv", "json"] {
      let seen = await shell.run(["journal", "list", "--format", format], terminal: true)
      #expect(!seen.output.unicodeScalars.contains("\u{1B}"), "\(format)")
      #expect(!seen.output.unicodeScalars.contains("\u{202E}"), "\(format)")
    }
    let piped = await shell.type("journal list --format csv")
    #expect(piped.output.contains(name))
  }

  @Test func `a formula in a description isn't one in CSV`() async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.run(["journal", "add", "6210", "5", "1120", "-d", "=HYPERLINK(1)"])
    #expect(await shell.type("journal list --format csv").output.contains("\"'=HYPERLINK(1)\""))
    #expect(
      await shell.type("journal list --format csv --raw").output.contains(",=HYPERLINK(1),"))
  }
}
