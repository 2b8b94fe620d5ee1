import Domain
import Foundation
import Operations
import Testing

@testable import CLI

/// Passwords and second factors at the command line.
struct SecondFactorTests {
  private let new = "another horse entirely"

  private func piped(
    _ shell: Shell, _ line: String, _ lines: String..., at now: Timestamp = Shell.now
  ) async -> Answer {
    await shell.run(
      line.split(separator: " ").map(String.init) + ["--password-stdin"], as: .employee,
      input: lines.joined(separator: "\n") + "\n", at: now)
  }

  @Test func `one's own password is changed by the old one, and work goes on`() async throws {
    let shell = try await Shell.withBooks()
    let later = Shell.now.adding(seconds: 1)
    #expect(await shell.type("account list", as: .employee).status == 0)
    let copy = try Data(contentsOf: URL(filePath: shell.session(of: .employee)))
    let wrong = await piped(shell, "user password", "not the password", new)
    #expect(wrong == Answer(status: 3, output: "", errors: "Wrong user or password.\n"))
    let short = await piped(shell, "user password", Shell.password, "short")
    #expect(short.errors == "A password needs 10 characters or more.\n")
    let one = await piped(shell, "user password", Shell.password)
    #expect(one.errors.hasPrefix("Standard input must have 2 lines"))
    let changed = await piped(shell, "user password", Shell.password, new, at: later)
    #expect(
      changed
        == Answer(
          status: 0,
          output: "Your password is changed. Sessions that you had elsewhere are over.\n",
          errors: ""))
    #expect(await shell.run(["account", "list"], as: .employee, at: later).status == 0)
    let old = await piped(shell, "login employee@books.example", Shell.password)
    #expect(old.status == 3)
    try copy.write(to: URL(filePath: shell.session(of: .employee)))
    chmod(shell.session(of: .employee), 0o600)
    #expect(await shell.run(["account", "list"], as: .employee, at: later).status == 3)
    #expect(await piped(shell, "login employee@books.example", new, at: later).status == 0)
  }

  @Test func `a forgotten password is set by a code`() async throws {
    let shell = try await Shell.withBooks()
    let made = await shell.type("user password employee@books.example --reset --format csv")
    let code = String(try #require(made.lines.last?.split(separator: ",").last))
    let refused = await shell.type("user password owner@books.example --reset", as: .director)
    #expect(refused.status == 3)
    let redeem = "user password employee@books.example --code"
    #expect(await piped(shell, redeem, "0123456789", new).status == 3)
    let set = await piped(shell, redeem, code, new)
    #expect(
      set.output == "Your password is set. Go on with: coreflow login employee@books.example\n")
    let again = await piped(shell, redeem, code, new)
    #expect(again.errors == "This code is unknown, used or expired. Ask for a new one.\n")
    #expect(await piped(shell, "login employee@books.example", new).status == 0)
    for line in ["user password --code", "user password x", "user password x --code --reset"] {
      #expect(await shell.type(line).status == 2, "\(line)")
    }
  }

  @Test func `a second factor is set up, signed in with and switched off`() async throws {
    let shell = try await Shell.withBooks()
    let status = await shell.type("user second-factor status", as: .employee)
    #expect(status.output.hasPrefix("You have no second factor."))
    let begun = await shell.type("user second-factor enrol --format csv", as: .employee)
    let secret = try bytes(of: try #require(begun.lines.last?.split(separator: ",").first))
    func code(_ now: Timestamp) -> String {
      TimeCode.code(of: secret, step: TimeCode.step(at: now))
    }
    let key = "\(shell.folder)/employee/coreflow/seal.key"
    #expect(FileManager.default.contents(atPath: key)?.count == 32)
    let wrong = await piped(shell, "user second-factor confirm", "000000")
    #expect(wrong.status == 3)
    let confirmed = await piped(shell, "user second-factor confirm", code(Shell.now))
    #expect(confirmed.lines.count == 12)
    let recovery = try #require(confirmed.lines.last)
    let login = "login employee@books.example"
    #expect(
      await piped(shell, login, Shell.password)
        == Answer(
          status: 3, output: "",
          errors: "Type the code of your second factor too, or a recovery code.\n"))
    let later = Shell.now.adding(seconds: 60)
    let signedIn = await piped(shell, login, Shell.password, code(later), at: later)
    #expect(signedIn.status == 0, "\(signedIn.errors)")
    #expect(await piped(shell, login, Shell.password, code(later), at: later).status == 3)
    #expect(await piped(shell, login, Shell.password, recovery, at: later).status == 0)
    let left = await shell.run(
      ["user", "second-factor", "status", "--format", "json"], as: .employee, at: later)
    #expect(left.output.hasSuffix("\"recovery_codes\":9}\n"))
    let latest = later.adding(seconds: 60)
    let off = await piped(
      shell, "user second-factor disable", Shell.password, code(latest), at: latest)
    #expect(off.output == "Your second factor is off.\n", "\(off.errors)")
  }

  @Test func `without the key file a recovery code still signs in`() async throws {
    let shell = try await Shell.withBooks()
    let begun = await shell.type("user second-factor enrol --format csv", as: .employee)
    let secret = try bytes(of: try #require(begun.lines.last?.split(separator: ",").first))
    let step = TimeCode.step(at: Shell.now)
    let confirmed = await piped(
      shell, "user second-factor confirm", TimeCode.code(of: secret, step: step))
    let recovery = try #require(confirmed.lines.last)
    let key = "\(shell.folder)/employee/coreflow/seal.key"
    let login = "login employee@books.example"
    chmod(key, 0o644)
    let open = await piped(
      shell, login, Shell.password, TimeCode.code(of: secret, step: step + 1))
    #expect(open.errors.hasPrefix("Others may read \(key)"))
    try FileManager.default.removeItem(atPath: key)
    let missing = await piped(
      shell, login, Shell.password, TimeCode.code(of: secret, step: step + 1))
    #expect(missing.errors.hasSuffix("A recovery code still works.\n"))
    #expect(await piped(shell, login, Shell.password, recovery).status == 0)
  }

  @Test func `who lost the app and the codes is let in by somebody who may`() async throws {
    let shell = try await Shell.withBooks()
    let enrolled = await shell.type("user second-factor enrol --format csv", as: .employee)
    let secret = try bytes(of: try #require(enrolled.lines.last?.split(separator: ",").first))
    let code = TimeCode.code(of: secret, step: TimeCode.step(at: Shell.now))
    #expect(await piped(shell, "user second-factor confirm", code).status == 0)
    #expect(await piped(shell, "login employee@books.example", Shell.password).status == 3)
    let remove = "user second-factor remove employee@books.example --reason Lost"
    #expect(await shell.type(remove, as: .manager).status == 3)
    let removed = await shell.type(remove, as: .director)
    #expect(
      removed.output
        == "Employee signs in by their password alone now. Their sessions are over.\n",
      "\(removed)")
    #expect(await shell.type("account list", as: .employee).status == 3)
    #expect(await piped(shell, "login employee@books.example", Shell.password).status == 0)
    let again = await shell.type(remove, as: .director)
    #expect(again.errors == "They have no second factor.\n")
  }

  @Test func `the code for a camera is drawn in Unicode, or in ASCII where that is all`()
    async throws
  {
    let shell = try await Shell.withBooks()
    let drawn = await shell.type("user second-factor enrol", as: .employee)
    #expect(drawn.output.contains("█▀▀▀▀▀█"))
    #expect(!drawn.output.contains("\u{1B}"))
    let onTerminal = await shell.run(
      ["user", "second-factor", "enrol"], as: .employee, terminal: true)
    #expect(onTerminal.output.hasPrefix("\u{1B}[30;107m    "))
    #expect(onTerminal.output.contains("Secret, shown only now: "))
    let plain = await shell.run(
      ["user", "second-factor", "enrol", "--no-colour"], as: .employee, terminal: true,
      locale: "C")
    #expect(plain.output.contains("##############"))
    #expect(!plain.output.contains("\u{1B}") && !plain.output.contains("█"))
  }

  private func bytes(of text: Substring) throws -> [UInt8] {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    let values = try text.map { try #require(letters.firstIndex(of: $0)) }
    let bits = values.flatMap { value in (0..<5).map { value >> (4 - $0) & 1 } }
    return (0..<bits.count / 8).map { index in
      bits[8 * index..<8 * index + 8].reduce(0) { $0 << 1 | UInt8($1) }
    }
  }
}
