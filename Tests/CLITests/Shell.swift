import ArgumentParser
import CLI
import Domain
import Foundation
import Operations
import Store
import Synchronization

/// A root command as the executable has one, without its screen.
struct TestRoot: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coreflow", version: "test", subcommands: CLI.subcommands)
}

/// What a command left behind.
struct Answer: Equatable {
  let status: Int32
  let output: String
  let errors: String

  /// The lines of the output; CSV's line ends count too.
  var lines: [String] { output.split(whereSeparator: \.isNewline).map(String.init) }
}

/// A folder of its own with a database in it, and people who type commands.
///
/// The books are those of the services chart in US dollars, on a clock that stands still on
/// 23 November 2026; from 1,000.00 on a manager must approve, from 10,000.00 on a director too.
final class Shell: Sendable {
  static let password = "correct horse battery"
  static let now = Timestamp("2026-11-23T10:00:00Z") ?? Timestamp(milliseconds: 0)

  let folder: String
  var database: String { folder + "/books.db" }

  private init() throws {
    folder = NSTemporaryDirectory() + "coreflow-cli-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    // Paths that links lead to would be shown otherwise than they are named here.
    umask(0o077)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Nothing is there yet.
  static func empty() throws -> Shell { try Shell() }

  /// A business with somebody signed in in every role.
  static func withBooks() async throws -> Shell {
    let shell = try Shell()
    let original = try await Self.original.value
    let files = FileManager.default
    try files.copyItem(atPath: original.database, toPath: shell.database)
    for role in Role.allCases {
      try files.createDirectory(
        atPath: (shell.session(of: role) as NSString).deletingLastPathComponent,
        withIntermediateDirectories: true)
      try files.copyItem(
        atPath: original.session(of: role), toPath: shell.session(of: role))
    }
    return shell
  }

  /// Made once, with the commands that everybody uses.
  private static let original = Task {
    let shell = try Shell()
    try await shell.setUp()
    return shell
  }

  private func setUp() async throws {
    try await must(
      [
        "init", "--business", "Harbour & Sons", "--slug", "harbour", "--currency", "USD",
        "--owner", "owner@books.example", "--name", "Olive Owner", "--password-stdin",
      ], as: .owner)
    try await must(["login", "owner@books.example", "--password-stdin"], as: .owner)
    for role in Role.allCases where role != .owner {
      let email = "\(role.rawValue)@books.example"
      let code = try await must(
        ["user", "invite", email, "--role", role.rawValue, "--format", "csv"], as: .owner
      ).lines[1].split(separator: ",")[1]
      try await must(
        ["user", "accept", String(code), "--name", role.title, "--password-stdin"], as: role)
      try await must(["login", email, "--password-stdin"], as: role)
    }
    try script(
      """
      UPDATE temp.scope SET business_id = 1;
      INSERT INTO approval_bands (business_id, minimum_amount, role)
        VALUES (1, 100000, 'manager'), (1, 1000000, 'director');
      INSERT INTO departments (id, business_id, name, code, created_at, updated_at)
        VALUES (1, 1, 'Office', 'OFF', 0, 0);
      UPDATE business_memberships SET department_id = 1 WHERE role IN ('manager', 'employee');
      """)
  }

  @discardableResult
  private func must(_ arguments: [String], as role: Role) async throws -> Answer {
    let answer = await run(arguments, as: role, input: Self.password)
    guard answer.status == 0 else { throw SetUpFailed(arguments: arguments, answer: answer) }
    return answer
  }

  private struct SetUpFailed: Error {
    let arguments: [String]
    let answer: Answer
  }

  func session(of role: Role) -> String {
    "\(folder)/\(role.rawValue)/coreflow/sessions\(database).json"
  }

  /// Runs any SQL, past every rule of the program.
  func script(_ sql: String) throws {
    let store = try Store.open(at: database, clock: { Self.now })
    try store.script(sql)
    try store.flush()
    try store.close()
  }

  /// Types a command in the name of whoever is `role`, or by a program's `key`. `terminal` is what
  /// they read on; what `writing` throws keeps a piece of it from being written.
  func run(
    _ arguments: [String], as role: Role = .owner, input: String = "",
    terminal: Bool = false, typed: String? = nil, at now: Timestamp = Shell.now,
    locale: String = "C.UTF-8", key: String? = nil,
    writing: @escaping @Sendable (Surroundings.Stream) throws -> Void = { _ in }
  ) async -> Answer {
    let printed = Mutex<[Surroundings.Stream: String]>([:])
    let status = await CLI.run(
      TestRoot.self, arguments: arguments,
      in: Surroundings(
        environment: [
          "XDG_STATE_HOME": "\(folder)/\(role.rawValue)", "COREFLOW_DB": database,
          "LC_ALL": locale, "COREFLOW_API_KEY": key ?? "",
        ],
        workingFolder: folder, isTerminal: { $0 == .input ? false : terminal },
        readInput: { Array(input.utf8) }, askSecretly: { _ in typed },
        write: { stream, text in
          try writing(stream)
          printed.withLock { $0[stream, default: ""] += text }
        },
        clock: { now },
        origin: Origin(terminal: "tty1", host: "test", program: "tests")))
    return printed.withLock {
      Answer(status: status, output: $0[.output] ?? "", errors: $0[.error] ?? "")
    }
  }

  /// Splits at spaces; for commands without any inside their words.
  func type(_ line: String, as role: Role = .owner, input: String = "") async -> Answer {
    await run(line.split(separator: " ").map(String.init), as: role, input: input)
  }

  /// Puts a file, for its owner's eyes, into the folder and gives its path.
  func file(_ name: String, _ bytes: some Sequence<UInt8>) -> String {
    let path = folder + "/" + name
    let made = FileManager.default.createFile(
      atPath: path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
    precondition(made, "the folder is ours")
    return path
  }
}
