import Domain
import Foundation
import Testing

@testable import CLI

struct ImportTests {
  private let journal = """
    2026-11-02 * Coffee
        expenses:food   4.50 USD
        assets:cash
    2026-11-03 Euro lunch
        expenses:food   10.00 EUR @ 1.10 USD
        assets:cash    -11.00 USD
    """

  @Test func `a journal comes in whole, and only once`() async throws {
    let shell = try await Shell.withBooks()
    let path = shell.file("a.journal", journal.utf8)
    let before = await shell.type("import journal \(path) --dry-run")
    #expect(before.output.hasPrefix("Would import 2 entries.\n"), "\(before.errors)")
    #expect(await shell.type("journal list --format csv").lines.count == 1)
    let first = await shell.type("import journal \(path)")
    #expect(first.status == 0)
    #expect(first.output.hasPrefix("Imported 2 entries.\n"), "\(first)")
    let balance = await shell.type("report trial-balance --format csv").output
    let again = await shell.type("import journal \(path)")
    #expect(
      again
        == Answer(
          status: 0, output: "Nothing changed: all 2 entries were imported before.\n", errors: ""))
    #expect(await shell.type("report trial-balance --format csv").output == balance)
    #expect(await shell.type("doctor").status == 0)
  }

  @Test func `what is exported comes in again with the same balances`() async throws {
    let shell = try await Shell.withBooks()
    let path = shell.file("a.journal", journal.utf8)
    _ = await shell.type("import journal \(path)")
    let export = await shell.type("export journal out.journal")
    #expect(
      export.output == "Wrote 2 entries to \(shell.folder)/out.journal.\n", "\(export.errors)")
    let attributes = try FileManager.default.attributesOfItem(
      atPath: shell.folder + "/out.journal")
    #expect((attributes[.posixPermissions] as? NSNumber)?.int16Value == 0o600)
    #expect(await shell.type("export journal out.journal").status == 1)
    _ = await shell.run(
      ["business", "create", "Copy", "--currency", "USD", "--chart", "none"])
    let copied = await shell.type(
      "import journal \(shell.folder)/out.journal --business copy")
    #expect(copied.status == 0, "\(copied.errors)")
    func sums(_ slug: String) async -> [String] {
      await shell.type(
        "report trial-balance --currency transaction --format csv --business \(slug)"
      ).lines.map { $0.split(separator: ",").dropFirst().joined(separator: ",") }.sorted()
    }
    #expect(await sums("copy") == sums("harbour"))
  }

  @Test(arguments: [
    (
      "2026-11-02 x\n    expenses:food  5 USD\n    assets:cash  -4 USD\n",
      ":1:1: the entry doesn't balance"
    ),
    ("2026-02-31 x\n", ":1:1: 2026-02-31 is not a day"),
    ("2026-11-02 x\n    foo  5 USD\n    bar\n", "The types of 2 accounts are unknown: bar, foo."),
    ("\u{0}\u{1}", ":1:1: the control character U+0000"),
  ])
  func `a journal that isn't taken is pointed at and leaves nothing`(
    text: String, expected: String
  ) async throws {
    let shell = try await Shell.withBooks()
    let path = shell.file("a.journal", text.utf8)
    let answer = await shell.type("import journal \(path)")
    #expect(answer.status == 1)
    #expect(answer.output.isEmpty)
    #expect(answer.errors.contains(expected), "\(answer.errors)")
    #expect(answer.errors.filter { $0 == "\n" }.count == 1)
    #expect(await shell.type("journal list --format csv").lines.count == 1)
  }

  @Test func `what is no file is told`() async throws {
    let shell = try await Shell.withBooks()
    let binary = shell.file("x.bin", (0..<512).map { UInt8(truncatingIfNeeded: $0 &* 37) })
    for path in [shell.folder, shell.folder + "/none.journal", binary, "/dev/zero"] {
      let answer = await shell.type("import journal \(path)")
      #expect(answer.status == 1, "\(path)")
      #expect(answer.errors.hasPrefix(path + ":"), "\(answer.errors)")
    }
  }

  @Test func `accounts of other languages are typed by the person`() async throws {
    let shell = try await Shell.withBooks()
    let path = shell.file(
      "a.journal", "2026-11-02 Kaffee\n    Aufwand:Kaffee  5 USD\n    Kasse\n".utf8)
    let mapped = await shell.run(
      ["import", "journal", path, "--map", "Aufwand=expense", "--map", "Kasse=asset"])
    #expect(mapped.status == 0, "\(mapped.errors)")
    let wrong = await shell.run(["import", "journal", path, "--map", "Kasse"])
    #expect(
      wrong
        == Answer(
          status: 1, output: "",
          errors: "--map Kasse has no =; write it as Name=type or $=USD.\n"))
  }

  @Test func `a viewer imports nothing`() async throws {
    let shell = try await Shell.withBooks()
    let path = shell.file("a.journal", journal.utf8)
    let answer = await shell.type("import journal \(path)", as: .viewer)
    #expect(answer.status == 3)
    #expect(answer.errors == "Your role (Viewer) does not hold import.run.\n")
  }
}
