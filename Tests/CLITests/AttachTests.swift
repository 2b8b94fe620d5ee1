import Domain
import Foundation
import Testing

@testable import CLI

struct AttachTests {
  /// As `printf paid | sha256sum` prints it.
  private static let hashOfPaid = "268ad70eb5bc4737a2ae28162cbca30118cc94520e49ef1ac5f72c85d3f2caa9"

  private func shell() async throws -> Shell {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 10 1120 -d Rent", as: .employee)
    _ = shell.file("receipt.txt", "paid".utf8)
    return shell
  }

  @Test func `a file is attached, listed, shown with its entry and saved again`() async throws {
    let shell = try await shell()
    let added = await shell.run(
      ["attach", "receipt.txt", "--entry", "d-1", "--description", "Rent of May"], as: .employee)
    #expect(
      added
        == Answer(
          status: 0, output: "Attached receipt.txt to d-1, with the id 1.\n", errors: ""))
    let list = await shell.type("attach list D-1 --format csv", as: .viewer)
    #expect(
      list.lines == [
        "id,file,media_type,bytes,sha256,description,line,added_by,added_at,after_posting,hidden_by,"
          + "hidden_at,hidden_reason",
        "1,receipt.txt,text/plain,4,\(Self.hashOfPaid),Rent of May,,Employee,"
          + "2026-11-23T10:00:00.000Z,false,,,",
      ])
    #expect(await shell.type("journal show D-1").output.contains("files: receipt.txt\n"))
    let shown = await shell.type("journal show D-1 --format json").output
    #expect(
      shown.hasSuffix(
        #""files":[{"id":"1","file":"receipt.txt","sha256":"\#(Self.hashOfPaid)","#
          + #""line":null,"after_posting":false,"hidden":false}]}"# + "\n"), "\(shown)")
    let saved = await shell.type("attach save 1 copy.txt", as: .viewer)
    let path = shell.folder + "/copy.txt"
    #expect(saved.status == 0, "\(saved.errors)")
    #expect(FileManager.default.contents(atPath: path) == Data("paid".utf8))
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    #expect(mode as? Int == 0o600)
  }

  @Test func `a file of a line is told from one of all of them`() async throws {
    let shell = try await shell()
    let added = await shell.type("attach receipt.txt --entry D-1 --line 2")
    #expect(added.output == "Attached receipt.txt to line 2 of D-1, with the id 1.\n", "\(added)")
    #expect(await shell.type("attach receipt.txt --entry D-1").status == 0)
    let list = await shell.type("attach list D-1 --format csv").lines
    #expect(list[1].contains(",,2,") && list[2].contains(",,,"), "\(list)")
    let shown = await shell.type("journal show D-1 --format json").output
    #expect(shown.contains(#""line":2,"after_posting""#), "\(shown)")
    let none = await shell.type("attach receipt.txt --entry D-1 --line 3")
    #expect(none.status == 1)
    #expect(
      none.errors
        == "The entry has no line 3. Name one of its own, or none for the whole entry.\n")
    #expect(await shell.type("attach receipt.txt --period 2026-11 --line 1").status == 2)
  }

  @Test func `from the amount on that the business says nothing is posted without a file`()
    async throws
  {
    let shell = try await shell()
    #expect(await shell.type("business update --evidence-from 500").status == 0)
    let shown = await shell.type("business show --format json").output
    #expect(shown.contains(#""evidence_from":500.00,"#), "\(shown)")
    let refused = await shell.type("journal add 6210 500 1120 -d Rent --post", as: .employee)
    #expect(refused.status == 1, "\(refused)")
    #expect(
      refused.errors == """
        From 500.00 USD on an entry needs a file that proves it. Keep it as a draft and attach \
        one (v there, or coreflow attach), then go on. For a correction, attach it to what it puts \
        right.

        """)
    #expect(await shell.type("journal add 6210 500 1120 -d Rent", as: .employee).status == 0)
    #expect(await shell.type("attach receipt.txt --entry D-2", as: .employee).status == 0)
    #expect(await shell.type("journal post D-2", as: .employee).status == 0)
    #expect(await shell.type("business update --evidence-from -").status == 0)
    #expect(
      await shell.type("business show --format json").output.contains(#""evidence_from":null"#))
    let negative = await shell.run(["business", "update", "--evidence-from=-1"])
    #expect(
      negative.errors == "Entries need files from nothing or more on, not from less.\n",
      "\(negative)")
  }

  @Test func `a copy is never written over another file`() async throws {
    let shell = try await shell()
    _ = await shell.type("attach receipt.txt --entry D-1", as: .employee)
    let path = shell.file("copy.txt", "mine".utf8)
    let saved = await shell.type("attach save 1 copy.txt")
    #expect(saved.status == 1)
    #expect(saved.errors.hasSuffix("exists already. Name another file, or remove it first.\n"))
    #expect(FileManager.default.contents(atPath: path) == Data("mine".utf8))
  }

  @Test func `a file that isn't there is told, and so is what isn't taken`() async throws {
    let shell = try await shell()
    let missing = await shell.type("attach none.txt --entry D-1", as: .employee)
    #expect(missing.status == 1)
    #expect(missing.errors.hasPrefix("There is no file /"), "\(missing.errors)")
    _ = shell.file("empty.txt", "".utf8)
    let empty = await shell.type("attach empty.txt --entry D-1", as: .employee)
    #expect(empty.errors == "The file is empty, so it proves nothing. Choose another.\n")
    let viewer = await shell.type("attach receipt.txt --entry D-1", as: .viewer)
    #expect(viewer.status == 3)
    for line in ["attach receipt.txt", "attach receipt.txt --entry D-1 --period 2026-11"] {
      #expect(await shell.type(line).status == 2, "\(line)")
    }
    #expect(await shell.type("attach list").status == 2)
    #expect(await shell.type("attach list D-1 --format csv").lines.count == 1)
  }

  @Test func `a file comes off a fresh draft, and is hidden where it stays`() async throws {
    let shell = try await shell()
    _ = await shell.type("attach receipt.txt --entry D-1", as: .employee)
    let removed = await shell.type("attach remove 1", as: .employee)
    #expect(removed.output == "The file 1 is taken off.\n", "\(removed.errors)")
    _ = await shell.type("attach receipt.txt --entry D-1", as: .employee)
    _ = await shell.type("journal post D-1")
    let kept = await shell.type("attach remove 2", as: .employee)
    #expect(kept.status == 1)
    let hidden = await shell.run(["attach", "hide", "2", "--reason", "Wrong entry"])
    #expect(hidden.output == "The file 2 is hidden.\n", "\(hidden.errors)")
    let list = await shell.type("attach list GJ-2026-000001 --format json").output
    #expect(list.contains(#""hidden_reason":"Wrong entry"}"#), "\(list)")
    #expect(!(await shell.type("journal show GJ-2026-000001").output.contains("files: ")))
  }

  @Test func `a period has files of its own`() async throws {
    let shell = try await shell()
    let added = await shell.type("attach receipt.txt --period 2026-11 --format json")
    #expect(added.output == #"{"id":"1"}"# + "\n", "\(added.errors)")
    let list = await shell.type("attach list --period 2026-11 --format csv")
    #expect(list.lines.count == 2)
    #expect(await shell.type("attach hide 1 --reason Outdated").status == 0)
  }

  @Test func `bytes that were exchanged behind the program's back are found and not given`()
    async throws
  {
    let shell = try await shell()
    _ = await shell.type("attach receipt.txt --entry D-1", as: .employee)
    #expect(await shell.type("doctor").status == 0)
    try shell.script(
      """
      UPDATE temp.scope SET business_id = 1;
      DROP TRIGGER attachment_contents_update;
      UPDATE attachment_contents SET content = CAST('owed' AS BLOB);
      """)
    let doctor = await shell.type("doctor --format csv")
    #expect(doctor.status == 4)
    #expect(
      doctor.lines.contains(
        #"harbour,attached files are what was attached,wrong,"receipt.txt isn't what was attached""#
      ))
    let saved = await shell.type("attach save 1 copy.txt")
    #expect(saved.status == 1)
    #expect(!FileManager.default.fileExists(atPath: shell.folder + "/copy.txt"))
  }
}
