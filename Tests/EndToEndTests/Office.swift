import Foundation
import Testing

/// A folder of its own with books in it, where people sit at terminals.
struct Office {
  let folder: String
  /// The database that everybody in here works on.
  let books: String

  /// The business of the demonstration books that tests work in.
  static let business = "harbour"
  static let password = "coreflow-demo"

  /// Opens an office on a copy of the demonstration books, and clears it away afterwards.
  static func withDemonstration(_ body: (Office) async throws -> Void) async throws {
    let original = try await Demonstration.folder.value
    try await empty { office in
      try FileManager.default.copyItem(atPath: original, toPath: office.folder + "/books")
      try await body(Office(folder: office.folder, books: office.folder + "/books/demo.db"))
    }
  }

  /// Opens an office without any books.
  static func empty(_ body: (Office) async throws -> Void) async throws {
    let folder = try TemporaryFolder.make()
    defer { TemporaryFolder.remove(folder) }
    try await body(Office(folder: folder, books: folder + "/books.db"))
  }

  /// What programs see of the world. Everybody keeps their session in a place of their own.
  func environment(of person: String) -> [String: String] {
    [
      "PATH": Executable.folder + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/bin"),
      "LANG": "C.UTF-8", "HOME": folder, "XDG_DATA_HOME": folder + "/share",
      "XDG_STATE_HOME": folder + "/" + person, "COREFLOW_DB": books,
    ]
  }

  /// Types a command in the name of `person`, and waits for its end.
  func run(
    _ arguments: String..., as person: String = "owner", input: String = ""
  ) async throws -> Answer {
    try await start(arguments, as: person, input: input).answer()
  }

  func start(
    _ arguments: [String], as person: String = "owner", input: String = ""
  ) throws -> Running {
    try Running(
      Executable.path, arguments, environment: environment(of: person), folder: folder,
      input: input)
  }

  /// Runs a line of bash in the name of `person`.
  func shell(_ line: String, as person: String = "owner") async throws -> Answer {
    try await Running(
      "/bin/bash", ["-c", line], environment: environment(of: person), folder: folder
    ).answer()
  }

  /// Signs a person of the demonstration books in at the command line.
  func signIn(_ person: String) async throws {
    let answer = try await run(
      "login", "\(person)@demo.example", "--password-stdin", as: person, input: Self.password)
    try #require(answer.status == 0, "\(answer.errors)")
  }

  /// The balance of each account of the business by its number, debit-positive, in cents.
  func trialBalance(as person: String = "owner") async throws -> [String: Int] {
    let answer = try await run(
      "--business", Self.business, "report", "trial-balance", "--format", "csv", as: person)
    try #require(answer.status == 0, "\(answer.errors)")
    #expect(answer.lines.first == "number,account,type,currency,debit,credit")
    return try answer.lines.dropFirst().reduce(into: [:]) { balances, line in
      // Only the account's name may have commas of its own.
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      let (debit, credit) = (cells[cells.count - 2], cells[cells.count - 1])
      balances[String(cells[0])] = try Self.cents(debit) - Self.cents(credit)
    }
  }

  private static func cents(_ text: Substring) throws -> Int {
    text.isEmpty ? 0 : try #require(Int(text.filter { $0 != "." }))
  }

  /// The names in a folder of the office; none where there is no such folder.
  func files(in place: String) throws -> [String] {
    let path = folder + "/" + place
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: path)
  }

  func mode(of place: String) throws -> Int16? {
    let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/" + place)
    return (attributes[.posixPermissions] as? NSNumber)?.int16Value
  }

  /// Expects the books to be sound.
  func expectSoundBooks(_ comment: Comment? = nil) async throws {
    let answer = try await run("doctor")
    #expect(answer.status == 0, comment ?? "\(answer.output)\(answer.errors)")
  }
}

/// The program that was built together with these tests.
enum Executable {
  static let path = folder + "/coreflow"

  /// The folder of the build: the first one above this process's own program that has it.
  static let folder: String = {
    var place = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    while place.path != "/" {
      place.deleteLastPathComponent()
      let program = place.appendingPathComponent("coreflow").path
      if isProgram(program) { return place.path }
    }
    preconditionFailure("the build makes coreflow beside the tests")
  }()

  private static func isProgram(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && !isFolder.boolValue && FileManager.default.isExecutableFile(atPath: path)
  }
}

/// The demonstration books, made once for all tests: they take a while.
enum Demonstration {
  static let folder = Task {
    let folder = try TemporaryFolder.make()
    atexit { TemporaryFolder.removeAll() }
    let made = try await Running(
      Executable.path, ["demo", "--no-ui", "--db", folder + "/books/demo.db"],
      environment: ["HOME": folder], folder: folder
    ).answer()
    try #require(made.status == 0, "\(made.errors)")
    return folder + "/books"
  }
}

/// Folders with short names, as the path of a terminal's socket has to be short.
enum TemporaryFolder {
  private static let prefix = "/tmp/coreflow-\(getpid())-"

  static func make() throws -> String {
    var template = Array((prefix + "XXXXXX").utf8CString)
    try #require(mkdtemp(&template) != nil)
    return String(decoding: template.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
  }

  static func remove(_ folder: String) {
    // What can't be removed is left to the system's own cleaning.
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Those of this process.
  static func removeAll() {
    // As above.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/tmp")) ?? []
    for name in names where "/tmp/\(name)".hasPrefix(prefix) { remove("/tmp/\(name)") }
  }
}
