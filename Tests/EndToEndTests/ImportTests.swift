import Foundation
import Testing

extension EndToEnd {
  /// Files that are no journals, and disks that take no more of one.
  @Suite struct ImportTests {
    @Test(arguments: [
      ("binary.journal", "binary.journal:1:"), ("folder", "folder: this is a folder"),
      ("missing.journal", "missing.journal: there is no such file"),
    ])
    func `what is no journal is refused in one line`(_ name: String, _ said: String) async throws {
      try await Office.withDemonstration { office in
        try await office.signIn("owner")
        let before = try await office.trialBalance()
        try Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 128) })
          .write(to: URL(fileURLWithPath: office.folder + "/binary.journal"))
        try FileManager.default.createDirectory(
          atPath: office.folder + "/folder", withIntermediateDirectories: false)

        let answer = try await office.run(
          "--business", Office.business, "import", "journal", name)

        #expect(answer.status == 1)
        #expect(answer.errors.contains(said))
        #expect(answer.errors.split(whereSeparator: \.isNewline).count == 1)
        #expect(answer.output.isEmpty)
        #expect(try await office.trialBalance() == before)
        try await office.expectSoundBooks()
      }
    }

    /// No file may grow beyond this many KiB: as good as a full disk, and everybody may set it.
    private static let mostKilobytes = 2000

    @Test func `a disk that fills up during an import leaves the books as they were`() async throws
    {
      try await Office.empty { office in
        let made = try await office.run(
          "init", "--business", "Acme", "--currency", "USD", "--owner", "ada@example.com",
          "--password-stdin", input: Office.password)
        try #require(made.status == 0, "\(made.errors)")
        let login = try await office.run(
          "login", "ada@example.com", "--password-stdin", input: Office.password)
        try #require(login.status == 0, "\(login.errors)")
        let entries = (0..<4000).map { number in
          "2026-01-02 Purchase \(number)\n  Expenses:Food  10.00 USD\n  Assets:Cash\n"
        }
        try Data(entries.joined(separator: "\n").utf8)
          .write(to: URL(fileURLWithPath: office.folder + "/long.journal"))

        let answer = try await office.shell(
          "ulimit -f \(Self.mostKilobytes); coreflow import journal long.journal")

        #expect(!answer.wasKilled)
        #expect(answer.status == 1)
        #expect(answer.errors.split(whereSeparator: \.isNewline).count == 1, "\(answer.errors)")
        #expect(answer.errors.contains("disk"), "\(answer.errors)")
        #expect(try await office.run("journal", "list", "--format", "csv").lines.count == 1)
        try await office.expectSoundBooks()
      }
    }
  }
}
