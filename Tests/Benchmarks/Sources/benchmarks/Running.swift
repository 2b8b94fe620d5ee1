import Foundation

/// What the benchmark can't go on with.
struct Failure: Error, CustomStringConvertible {
  let description: String
}

/// Runs a program to its end.
func run(
  _ words: [String], environment: [String: String], input: String = ""
) throws -> (output: String, seconds: Double) {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = words
  process.environment = environment
  let (output, typed) = (Pipe(), Pipe())
  process.standardOutput = output
  process.standardInput = typed
  let start = ContinuousClock.now
  try process.run()
  try typed.fileHandleForWriting.write(contentsOf: Data(input.utf8))
  try typed.fileHandleForWriting.close()
  let data = try output.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  guard process.terminationStatus == 0 else {
    throw Failure(description: "\(words.joined(separator: " ")) failed")
  }
  return (String(decoding: data, as: UTF8.self), (ContinuousClock.now - start).seconds)
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
  var milliseconds: Double { seconds * 1000 }
}
