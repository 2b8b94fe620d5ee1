import Domain
import Foundation
import Testing

@testable import CLI

struct UpkeepTests {
  private func posted() async throws -> Shell {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 10 1120 -d Rent --post")
    return shell
  }

  @Test func `the doctor finds nothing wrong with sound books, and needs nobody signed in`()
    async throws
  {
    let shell = try await posted()
    try FileManager.default.removeItem(atPath: shell.session(of: .owner))
    let answer = await shell.type("doctor")
    #expect(answer.status == 0, "\(answer.output)\(answer.errors)")
    #expect(answer.output.hasSuffix("All is well.\n"))
    let json = await shell.type("doctor --format json").output
    #expect(
      json.hasPrefix(
        #"{"ok":true,"checks":[{"business":null,"check":"file modes","findings":[],"notices":[],"#
          + #""id":"file.modes","severity":"high","explanation":"Whoever can "#))
    #expect(!json.contains(#""explanation":null"#))
    for check in ["integrity", "migrations", "audit chain", "numbers have no gaps"] {
      #expect(json.contains(#""check":"\#(check)""#))
    }
  }

  @Test func `the doctor finds an entry that was changed behind the program's back`() async throws {
    let shell = try await posted()
    try shell.script(
      """
      UPDATE temp.scope SET business_id = 1;
      DROP TRIGGER journal_entries_content;
      UPDATE journal_entries SET description = 'Bribe' WHERE description = 'Rent';
      """)
    let answer = await shell.type("doctor")
    #expect(answer.status == 4)
    #expect(answer.errors == "1 thing is wrong.\n")
    #expect(answer.output.contains("entry modified"))
    #expect(answer.output.contains("\naudit chain (critical): Every record follows "))
    let verify = await shell.type("audit verify --format json")
    #expect(verify.status == 4)
    #expect(verify.output.hasPrefix(#"{"ok":false,"records":"#))
    #expect(verify.output.contains(#""kind":"entry modified","expected":""#))
  }

  /// What nobody but posting may: the sums, with their lines as they were.
  private func breakSums(in shell: Shell) throws {
    try shell.script(
      """
      UPDATE temp.scope SET business_id = 1;
      DROP TRIGGER main.general_ledger_update;
      UPDATE general_ledger SET debit = debit + 5, base_debit = base_debit + 5 WHERE debit > 0;
      """)
  }

  @Test func `the doctor writes sums anew from their lines, where it is told to`() async throws {
    let shell = try await posted()
    try breakSums(in: shell)
    let before = await shell.type("doctor")
    #expect(before.status == 4 && before.output.contains("general ledger equals lines"))
    let repair = await shell.type("doctor --repair --format csv")
    #expect(repair.status == 0, "\(repair)")
    #expect(
      repair.lines.prefix(2) == [
        "business,check,state,finding",
        "harbour,general ledger equals lines,repaired,1 sum is written anew",
      ])
    #expect(!repair.lines.contains { $0.contains(",wrong,") })
    #expect(await shell.type("ledger verify").status == 0)
    let again = await shell.type("doctor --repair --format json")
    #expect(again.status == 0 && again.output.hasSuffix(#""repairs":[]}"# + "\n"), "\(again)")
    let log = await shell.type("audit list --format csv").output
    #expect(log.contains("ledger.repair"), "\(log)")
  }

  @Test func `the doctor repairs no sums of entries that were changed`() async throws {
    let shell = try await posted()
    try breakSums(in: shell)
    try shell.script(
      """
      UPDATE temp.scope SET business_id = 1;
      DROP TRIGGER journal_entries_content;
      UPDATE journal_entries SET description = 'Bribe' WHERE description = 'Rent';
      """)
    let repair = await shell.type("doctor --repair --format csv")
    #expect(repair.status == 4)
    #expect(
      repair.lines.dropFirst().first
        == "harbour,general ledger equals lines,refused,"
        + "The check audit chain found something wrong. See what with: coreflow doctor",
      "\(repair)")
    #expect(await shell.type("ledger verify").status == 4)
  }

  @Test func `the doctor sees a file that others can read, and one without all migrations`()
    async throws
  {
    let shell = try await posted()
    chmod(shell.database, 0o644)
    let open = await shell.type("doctor --format csv")
    #expect(open.status == 4)
    #expect(
      open.lines == [
        "business,check,state,finding",
        "(file),file modes,wrong,others may read \(shell.database): chmod 600 it",
      ])
    chmod(shell.database, 0o600)
    _ = await shell.type("migrate rollback 005 --destroy-data books.db")
    let behind = await shell.type("doctor --format csv")
    #expect(behind.status == 4)
    #expect(behind.lines.last == "(file),migrations,wrong,005 is rolled_back")
  }

  @Test(arguments: ["account list", "whoami", "migrate run"])
  func `a file of a newer program is left alone, and a sentence says so`(
    command: String
  ) async throws {
    let shell = try await posted()
    try shell.script(
      """
      INSERT INTO schema_migrations (number, name, checksum, applied_at, milliseconds, state)
      VALUES (6, 'future', 'x', 0, 0, 'applied')
      """)
    let answer = await shell.type(command)
    #expect(
      answer
        == Answer(
          status: 1, output: "",
          errors: "The database has migration 006, which is newer than this program. "
            + "Install the newer program.\n"))
    let status = await shell.type("migrate status --format csv").lines
    #expect(status.last?.hasSuffix("unknown") == true)
  }

  @Test func `the audit log is sound, and says how long it is`() async throws {
    let shell = try await posted()
    let answer = await shell.type("audit verify --format json")
    #expect(answer.status == 0)
    #expect(answer.output.hasPrefix(#"{"ok":true,"records":"#))
    #expect(answer.output.contains(#","head":{"sequence":"#))
    #expect(answer.output.hasSuffix(#"","findings":[]}"# + "\n") == false)
    #expect(answer.output.hasSuffix(#""},"findings":[]}"# + "\n"))
  }

  @Test func `the ledger is what its lines come to`() async throws {
    let shell = try await posted()
    let answer = await shell.type("ledger verify --format json")
    #expect(
      answer
        == Answer(status: 0, output: #"{"ok":true,"cells":2,"findings":[]}"# + "\n", errors: ""))
    let text = await shell.type("ledger verify")
    #expect(text.output == "2 sums\nEach is what its lines come to.\n")
    try shell.script(
      """
      UPDATE temp.scope SET business_id = 1;
      DROP TRIGGER general_ledger_update;
      UPDATE general_ledger SET base_debit = base_debit + 5 WHERE base_debit > 0;
      """)
    let wrong = await shell.type("ledger verify --format csv")
    #expect(wrong.status == 4 && wrong.errors == "1 thing is wrong.\n")
    #expect(wrong.lines.count == 2 && wrong.lines[1].contains(",USD,base_debit,"), "\(wrong)")
  }

  @Test func `the audit log is listed in pages, newest first`() async throws {
    let shell = try await posted()
    let first = await shell.type("audit list --limit 1 --format json").output
    let head = #""event_type":"create","resource_type":"journal_entry","resource_id":"1","#
    #expect(first.contains(head), "\(first)")
    #expect(first.contains(#""outcome":"success","cost":{"compute_ms":"#))
    let cursor = try #require(
      first.split(separator: #""next":""#).last?.split(separator: "\"").first)
    let second = await shell.type("audit list --limit 1 --after \(cursor) --format csv").lines
    #expect(
      second[0]
        == "sequence,at,actor,event_type,operation,resource_type,resource_name,outcome,reason")
    #expect(second[1].contains("journal.post,journal_entry,GJ-2026-000001,success,"))
  }

  @Test func `a refusal is in the audit log`() async throws {
    let shell = try await posted()
    _ = await shell.type("journal add 6210 10 1120 -d Rent", as: .viewer)
    let last = await shell.type("audit list --limit 1 --format csv").lines[1]
    #expect(last.contains("journal.create,report,EntryFormFacts,failure,"))
  }

  @Test func `a backup is whole, private and never written over another`() async throws {
    let shell = try await posted()
    let answer = await shell.type("backup copy.db")
    let copy = shell.folder + "/copy.db"
    #expect(
      answer
        == Answer(status: 0, output: "Copied \(shell.database) to \(copy).\n", errors: ""))
    #expect(await shell.type("doctor --db copy.db").status == 0)
    let again = await shell.type("backup copy.db")
    #expect(again.status == 1)
    #expect(again.errors == "\(copy) exists already. Name another file, or remove it first.\n")
  }

  @Test(arguments: ["account list", "doctor", "migrate status", "whoami", "backup x.db"])
  func `what is no database is told in one line`(command: String) async throws {
    let shell = try await Shell.withBooks()
    let binary = shell.file("binary.db", (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 7) })
    let cases = [
      (binary, "is not a CoreFlow database"), (shell.folder, "it is not a file"),
      (shell.folder + "/none.db", "There is no database at"),
    ]
    for (path, expected) in cases {
      let answer = await shell.type("--db \(path) \(command)")
      #expect(answer.status == 1, "\(path): \(answer)")
      #expect(answer.errors.contains(expected), "\(answer.errors)")
      #expect(answer.errors.filter { $0 == "\n" }.count == 1)
      #expect(answer.output.isEmpty)
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: shell.folder)
    #expect(!left.contains("none.db") && !left.contains("x.db"))
  }

  @Test func `a damaged database is told of`() async throws {
    let shell = try await posted()
    let file = try #require(FileHandle(forUpdatingAtPath: shell.database))
    let end = try file.seekToEnd()
    try file.seek(toOffset: end / 2)
    try file.write(contentsOf: Data(repeating: 0xA5, count: 64 << 10))
    try file.close()
    let answer = await shell.type("doctor")
    #expect([1, 4].contains(answer.status), "\(answer)")
    #expect(!answer.errors.isEmpty)
  }
}
