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
///
/// Not Foundation's `Process`: that holds a program for running as long as any descendant of it
/// does, and tmux leaves its server behind.
struct Running {
  private let id: pid_t
  private let output: String
  private let errors: String

  init(
    _ program: String, _ arguments: [String], environment: [String: String], folder: String,
    input: String = ""
  ) throws {
    let name = folder + "/" + UUID().uuidString
    (output, errors) = (name + ".out", name + ".err")
    try Data(input.utf8).write(to: URL(fileURLWithPath: name + ".in"))
    id = try Self.spawn(
      ["/usr/bin/env", "-C", folder, program] + arguments,
      environment.map { "\($0)=\($1)" },
      streams: [
        (0, name + ".in", O_RDONLY), (1, output, O_WRONLY | O_CREAT),
        (2, errors, O_WRONLY | O_CREAT),
      ])
  }

  static func spawn(
    _ words: [String], _ environment: [String],
    streams: [(descriptor: Int32, path: String, mode: Int32)]
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for stream in streams {
      posix_spawn_file_actions_addopen(
        &actions, stream.descriptor, stream.path, stream.mode, 0o600)
    }
    // This thread blocks signals, which its children would inherit.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let (texts, settings) = (words.map { strdup($0) }, environment.map { strdup($0) })
    defer { for text in texts + settings { free(text) } }
    var id: pid_t = 0
    try #require(
      posix_spawn(&id, words[0], &actions, &attributes, texts + [nil], settings + [nil]) == 0)
    return id
  }

  /// Ends it without giving it a chance to tidy up.
  func kill() { _ = Foundation.kill(id, SIGKILL) }

  /// Waits for its end. Once only.
  func answer() async throws -> Answer {
    var status: Int32 = 0
    while waitpid(id, &status, WNOHANG) == 0 {
      // Not a wait for time to pass: the question is asked again until it has ended.
      try await Task.sleep(for: .milliseconds(5))
    }
    let signal = status & 0x7F
    return Answer(
      status: signal == 0 ? (status >> 8) & 0xFF : signal, wasKilled: signal != 0,
      output: try Self.text(output), errors: try Self.text(errors))
  }

  private static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }
}
