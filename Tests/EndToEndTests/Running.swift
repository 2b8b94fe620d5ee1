import Foundation
import Testing

/// What a program left behind.
struct Answer {
  /// The exit status, or the signal that ended it.
  let status: Int32
  let wasKilled: Bool
  let output: String
  let errors: String

  var lines: [String] { output.split(whereSeparator: \.isNewline).map(String.init) }
}

/// A program under way. Its output goes to files, so that none of it waits for a reader.
struct Running {
  private let process: Process
  private let end: AsyncStream<Void>
  private let output: String
  private let errors: String

  init(
    _ program: String, _ arguments: [String], environment: [String: String], folder: String,
    input: String = ""
  ) throws {
    let name = folder + "/" + UUID().uuidString
    (output, errors) = (name + ".out", name + ".err")
    process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = environment
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    try Data(input.utf8).write(to: URL(fileURLWithPath: name + ".in"))
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: name + ".in"))
    process.standardOutput = try Self.handle(output)
    process.standardError = try Self.handle(errors)
    let (end, continuation) = AsyncStream<Void>.makeStream()
    self.end = end
    process.terminationHandler = { _ in continuation.finish() }
    try process.run()
  }

  private static func handle(_ path: String) throws -> FileHandle {
    try Data().write(to: URL(fileURLWithPath: path))
    return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  }

  /// Ends it without giving it a chance to tidy up.
  func kill() { _ = Foundation.kill(process.processIdentifier, SIGKILL) }

  func answer() async throws -> Answer {
    for await _ in end {}
    return Answer(
      status: process.terminationStatus,
      wasKilled: process.terminationReason == .uncaughtSignal,
      output: String(decoding: try Data(contentsOf: URL(fileURLWithPath: output)), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: URL(fileURLWithPath: errors)), as: UTF8.self))
  }
}
