import Domain
import Testing

@testable import CLI

/// What is taken away is listed apart, and comes back.
struct DeletionTests {
  @Test(arguments: [
    ("department", ["create", "EXP", "Export"], "EXP", "code,name,deleted_at"),
    ("account", ["create", "1015", "Petty", "--type", "asset"], "1015", "number,name,deleted_at"),
    ("journal template", ["create", "D-1", "Rent"], "Rent", "name,description,deleted_at"),
  ])
  func `it is listed with --deleted, and restored until its name is taken`(
    group: String, create: [String], name: String, columns: String
  ) async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("journal add 6210 5 1120 -d Office")
    func run(_ words: [String]) async -> Answer {
      await shell.run(group.split(separator: " ").map(String.init) + words)
    }
    #expect(await run(create).status == 0)
    #expect(await run(["list", "--deleted", "--format", "csv"]).lines == [columns])
    #expect(await run(["remove", name]).status == 0)
    let deleted = await run(["list", "--deleted", "--format", "csv"]).lines
    #expect(deleted.count == 2)
    #expect(deleted.last?.hasPrefix("\(name),") == true)
    #expect(deleted.last?.hasSuffix(",2026-11-23T10:00:00.000Z") == true)
    #expect(await !run(["list", "--format", "csv"]).output.contains("\(name),"))
    #expect(await run(["restore", name]).output.hasSuffix(" is back.\n"))
    #expect(await run(["list", "--format", "csv"]).output.contains("\(name),"))
    let again = await run(["restore", name])
    #expect(again.status == 1)
    #expect(again.errors.hasPrefix("There is no "), "\(again.errors)")
    #expect(await run(["remove", name]).status == 0)
    #expect(await run(create).status == 0)
    #expect(await run(["restore", name]).errors.contains("\(name) exists already."))
  }

  @Test func `whoever may not take away may not bring back`() async throws {
    let shell = try await Shell.withBooks()
    _ = await shell.type("department create EXP Export")
    _ = await shell.type("department remove EXP")
    #expect(await shell.type("department restore EXP", as: .employee).status == 3)
    _ = await shell.type("account create 1015 Petty --type asset")
    _ = await shell.type("account remove 1015")
    #expect(await shell.type("account restore 1015", as: .viewer).status == 3)
    _ = await shell.type("journal add 6210 5 1120 -d Office")
    let used = await shell.type("account remove 1120")
    #expect(used.errors == "The account has been used, so it can only be archived.\n")
  }
}
