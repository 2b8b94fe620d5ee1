import Domain
import Testing

@testable import CLI

/// What people are told, at the command line.
struct NoticeTests {
  private func shell() async throws -> Shell {
    let shell = try await Shell.withBooks()
    for reason in ["Bank closes", "Payroll must go out"] {
      let asked = await shell.run(
        ["access", "break-glass", reason, "--minutes", reason == "Bank closes" ? "5" : "30"],
        as: .director)
      #expect(asked.status == 0, "\(asked.errors)")
    }
    return shell
  }

  @Test func `notices are listed, marked and then left out`() async throws {
    let shell = try await shell()
    let list = await shell.type("notice list --format csv")
    #expect(
      list.lines == [
        "id,at,notice,reason,subject_type,subject_id,read_at",
        "2,2026-11-23T10:00:00.000Z,Director asks you to confirm: lift limits and separate duties"
          + " for 30 minutes,Payroll must go out,confirmation,2,",
        "1,2026-11-23T10:00:00.000Z,Director asks you to confirm: lift limits and separate duties"
          + " for 5 minutes,Bank closes,confirmation,1,",
      ], "\(list.errors)")
    #expect(await shell.type("notice read 1").output == "Notice 1 is read.\n")
    let unread = await shell.type("notice list --unread --format json")
    #expect(
      unread.output == """
        {"items":[{"id":"2","at":"2026-11-23T10:00:00.000Z","notice":"Director asks you to \
        confirm: lift limits and separate duties for 30 minutes","reason":"Payroll must go out",\
        "subject_type":"confirmation","subject_id":"2","read_at":null}],"next":null}

        """)
    #expect(await shell.type("notice read --all").output == "1 unread notices are read now.\n")
    #expect(await shell.type("notice list --unread --format csv").lines.count == 1)
    #expect(await shell.type("notice list --format csv").lines.count == 3)
  }

  @Test func `pages go on, and others' notices are nobody's`() async throws {
    let shell = try await shell()
    let first = await shell.type("notice list --limit 1 --format json")
    #expect(first.output.contains("\"next\":\"2\""))
    let second = await shell.type("notice list --limit 1 --after 2 --format json")
    #expect(second.output.contains("\"id\":\"1\""))
    #expect(second.output.contains("\"next\":null"))
    let other = await shell.type("notice read 1", as: .director)
    #expect(other.status == 1)
    #expect(other.errors.contains("notice"), "\(other.errors)")
    #expect(await shell.type("notice list --unread --format csv").lines.count == 3)
  }

  @Test(arguments: ["notice read", "notice read 1 --all", "notice list --after x"])
  func `one is named or all are`(line: String) async throws {
    let answer = await (try Shell.withBooks()).type(line)
    #expect(answer.status == 2, "\(answer)")
  }
}
