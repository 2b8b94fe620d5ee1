import Domain
import Foundation
import Testing

@testable import CLI

struct SessionTests {
  @Test func `login keeps a session that only its owner can read`() async throws {
    let shell = try await Shell.withBooks()
    try FileManager.default.removeItem(atPath: shell.session(of: .owner))
    let login = await shell.run(
      ["login", "owner@books.example", "--password-stdin"], input: Shell.password)
    #expect(login == Answer(status: 0, output: "Signed in as owner@books.example.\n", errors: ""))
    let attributes = try FileManager.default.attributesOfItem(
      atPath: shell.session(of: .owner))
    #expect((attributes[.posixPermissions] as? NSNumber)?.int16Value == 0o600)
    #expect(await shell.type("account list").status == 0)
  }

  @Test func `a password may be typed where there is a terminal`() async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.run(["login", "owner@books.example"], typed: Shell.password)
    #expect(answer.status == 0)
  }

  @Test func `a wrong password is not signed in`() async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.run(
      ["login", "owner@books.example", "--password-stdin"], input: "not the password")
    #expect(answer == Answer(status: 3, output: "", errors: "Wrong user or password.\n"))
  }

  @Test func `who isn't signed in is told how to`() async throws {
    let shell = try await Shell.withBooks()
    try FileManager.default.removeItem(atPath: shell.session(of: .owner))
    for command in ["whoami", "logout", "account list", "business list", "journal list"] {
      #expect(
        await shell.type(command)
          == Answer(
            status: 3, output: "",
            errors: "You are not signed in to \(shell.database). Run: coreflow login EMAIL\n"))
    }
  }

  @Test func `entering a business happens once and is kept`() async throws {
    let shell = try await Shell.withBooks()
    #expect(await shell.type("account list").status == 0)
    let kept = try String(contentsOfFile: shell.session(of: .owner), encoding: .utf8)
    #expect(await shell.type("account list").status == 0)
    #expect(try String(contentsOfFile: shell.session(of: .owner), encoding: .utf8) == kept)
    #expect(kept.contains(#""businesses":{"1":""#))
  }

  @Test func `logout ends every session, also for whoever has copied the file`() async throws {
    let shell = try await Shell.withBooks()
    #expect(await shell.type("account list").status == 0)
    let copy = try Data(contentsOf: URL(fileURLWithPath: shell.session(of: .owner)))
    #expect(await shell.type("logout").output == "Signed out.\n")
    #expect(await shell.type("account list").status == 3)
    try copy.write(to: URL(fileURLWithPath: shell.session(of: .owner)))
    chmod(shell.session(of: .owner), 0o600)
    let answer = await shell.type("account list")
    #expect(
      answer
        == Answer(status: 3, output: "", errors: "Your session has ended. Sign in again.\n"))
  }

  @Test func `each database has a session of its own, and signing out of one leaves the other`()
    async throws
  {
    let shell = try await Shell.withBooks()
    let other = shell.folder + "/other.sqlite3"
    let setUp = await shell.run(
      [
        "init", "--db", other, "--business", "Other", "--currency", "EUR", "--owner",
        "olga@other.example", "--password-stdin",
      ], input: Shell.password)
    #expect(setUp.status == 0, "\(setUp)")
    let login = await shell.run(
      ["login", "olga@other.example", "--db", other, "--password-stdin"], input: Shell.password)
    #expect(login.status == 0, "\(login)")
    func who(_ arguments: [String]) async -> String {
      await shell.run(["whoami"] + arguments).lines.first ?? ""
    }
    #expect(await who([]).contains("owner@books.example"))
    #expect(await who(["--db", other]).contains("olga@other.example"))
    #expect(await shell.run(["logout", "--db", other]).status == 0)
    #expect(await shell.run(["whoami", "--db", other]).status == 3)
    #expect(await who([]).contains("owner@books.example"))
    #expect(await shell.type("account list").status == 0)
  }

  @Test func `a session ends by itself`() async throws {
    let shell = try await Shell.withBooks()
    let answer = await shell.run(["whoami"], at: Shell.now.adding(seconds: 13 * 3600))
    #expect(answer.status == 3)
  }

  @Test func `a session file that others can read proves nothing`() async throws {
    let shell = try await Shell.withBooks()
    chmod(shell.session(of: .owner), 0o644)
    let answer = await shell.type("whoami")
    #expect(answer.status == 1)
    #expect(answer.errors.hasPrefix("Others may read \(shell.session(of: .owner))."))
  }

  @Test func `a session file that isn't one is told of`() async throws {
    let shell = try await Shell.withBooks()
    try Data("nonsense".utf8).write(to: URL(fileURLWithPath: shell.session(of: .owner)))
    chmod(shell.session(of: .owner), 0o600)
    let answer = await shell.type("whoami")
    #expect(answer.status == 1)
    #expect(answer.errors.hasSuffix("can't be read. Remove it and sign in again.\n"))
  }

  @Test func `whoami says who and where`() async throws {
    let shell = try await Shell.withBooks()
    #expect(
      await shell.type("whoami --format json", as: .manager).output
        == #"{"email":"manager@books.example","database":"\#(shell.database)","#
        + #""businesses":[{"business":"harbour","name":"Harbour & Sons","role":"manager"}]}"#
        + "\n")
  }

  @Test func `the list of businesses says which there are, in which role and what is open`()
    async throws
  {
    let shell = try await Shell.withBooks()
    _ = await shell.run(["business", "create", "Alpenrad", "--currency", "EUR"])
    #expect(
      await shell.type("business list").output == """
        slug      name            role   base currency  open period  usual
        harbour   Harbour & Sons  owner  USD            2026-11      no
        alpenrad  Alpenrad        owner  EUR            2026-11      no

        """)
    #expect(
      await shell.type("business list --format csv", as: .viewer).lines == [
        "slug,name,role,base_currency,open_period,usual",
        "harbour,Harbour & Sons,viewer,USD,2026-11,false",
      ])
    #expect(
      await shell.type("business list --format json", as: .manager).output
        == #"{"items":[{"slug":"harbour","name":"Harbour & Sons","role":"manager","#
        + #""base_currency":"USD","open_period":"2026-11","usual":false}],"next":null}"# + "\n")
  }

  @Test func `of several businesses one must be named`() async throws {
    let shell = try await Shell.withBooks()
    #expect(
      await shell.run(["business", "create", "Alpenrad", "--currency", "EUR"]).output
        == "Created the business alpenrad.\n")
    let unclear = await shell.type("account list")
    #expect(unclear.status == 2)
    #expect(
      unclear.errors == "You belong to harbour, alpenrad. Say which with --business.\n")
    #expect(await shell.type("--business alpenrad account list").status == 0)
    #expect(await shell.type("account list --business harbour").status == 0)
    let foreign = await shell.type("account list --business nowhere")
    #expect(foreign.status == 3)
    let stranger = await shell.type("account list --business alpenrad", as: .manager)
    #expect(stranger.status == 3)
  }

  @Test func `an invitation works once`() async throws {
    let shell = try await Shell.withBooks()
    let invited = await shell.type("user invite new@books.example --role viewer --format csv")
    let code = try #require(invited.lines.last?.split(separator: ",").last)
    func accept() async -> Answer {
      await shell.run(
        ["user", "accept", String(code), "--name", "New", "--password-stdin"],
        input: Shell.password)
    }
    #expect(await accept().status == 0)
    #expect(
      await accept()
        == Answer(
          status: 1, output: "",
          errors: "This invitation is unknown, used or expired. Ask for a new one.\n"))
    let people = await shell.type("user list --format csv").lines
    #expect(people[0] == "email,name,role,title,department,reports_to,approves,status,last_sign_in")
    #expect(people.count == 7)
  }

  @Test func `sessions are listed, and ended by their numbers`() async throws {
    let shell = try await Shell.withBooks()
    #expect(await shell.type("account list", as: .employee).status == 0)
    #expect(await shell.type("account list").status == 0)
    func listed(_ options: String = "", as role: Role = .owner) async -> [[Substring]] {
      await shell.type("session list --format csv \(options)", as: role).lines.dropFirst().map {
        $0.split(separator: ",", omittingEmptySubsequences: false)
      }
    }
    let own = await listed(as: .employee)
    #expect(own.map { $0[2] } == ["", "harbour"])
    #expect(own.map { $0[9] } == ["true", "true"])
    let all = await listed("--everybody")
    #expect(all.allSatisfy { $0[2] == "harbour" })
    #expect(await listed("--everybody", as: .employee).count == 1)
    let theirs = String(own[1][0])
    #expect(await shell.type("session revoke \(theirs)").errors.hasPrefix("Say why"))
    #expect(await shell.type("session revoke \(theirs)", as: .viewer).status == 3)
    let ended = await shell.run(["session", "revoke", theirs, "--reason", "Lost laptop"])
    #expect(ended.output == "Session \(theirs) has ended.\n", "\(ended.errors)")
    #expect(await shell.type("account list", as: .employee).status == 3)
    let again = await shell.run(
      ["login", "employee@books.example", "--password-stdin"], as: .employee,
      input: Shell.password)
    #expect(again.status == 0)
    #expect(await shell.type("account list", as: .employee).status == 0)
    #expect(
      await shell.type("session revoke --all-others", as: .employee).output
        == "1 other sign-ins have ended.\n")
    let left = await listed(as: .employee)
    #expect(left.count == 2)
    #expect(await shell.type("session revoke \(left[1][0])", as: .employee).status == 0)
    #expect(await shell.type("session revoke \(left[0][0])", as: .employee).status == 0)
    #expect(await shell.type("session list", as: .employee).status == 3)
    #expect(await shell.type("session revoke").status == 2)
    #expect(await shell.type("session revoke 1 --all-others").status == 2)
  }
}
