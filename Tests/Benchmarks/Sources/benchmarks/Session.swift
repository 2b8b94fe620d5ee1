import Foundation

/// A program at a terminal that nothing draws: keys in, bytes out, and the time between them.
final class Session {
  /// What a key cost: until the last byte of what it changed, and how many bytes that was.
  struct Answer {
    let milliseconds: Double
    let bytes: Int
  }

  private let master: Int32
  private let program: pid_t
  /// After so long without a byte a frame has ended.
  private static let settleMilliseconds: Int32 = 40
  /// What takes longer has gone wrong.
  private static let limitMilliseconds: Int32 = 120_000

  init(
    _ words: [String], environment: [String: String], columns: UInt16, rows: UInt16
  ) throws {
    var (near, far): (Int32, Int32) = (-1, -1)
    var name = [CChar](repeating: 0, count: 256)
    var size = winsize()
    (size.ws_col, size.ws_row) = (columns, rows)
    guard openpty(&near, &far, &name, nil, &size) == 0 else {
      throw Failure(description: "there is no pseudo-terminal")
    }
    master = near
    defer { Foundation.close(far) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor: Int32 in 0...2 {
      posix_spawn_file_actions_addopen(&actions, descriptor, name, O_RDWR, 0)
    }
    let all = environment.merging(["TERM": "xterm-256color", "LANG": "C.UTF-8"]) { $1 }
    let texts = (["/usr/bin/env", "setsid", "--ctty"] + words).map { strdup($0) }
    let settings = all.map { strdup("\($0)=\($1)") }
    defer { for text in texts + settings { free(text) } }
    var id: pid_t = 0
    guard posix_spawn(&id, "/usr/bin/env", &actions, nil, texts + [nil], settings + [nil]) == 0
    else { throw Failure(description: "\(words[0]) can't be started") }
    program = id
  }

  func close() {
    kill(program, SIGKILL)
    waitpid(program, nil, 0)
    Foundation.close(master)
  }

  /// The next bytes; none if there are none for so long.
  private func read(within milliseconds: Int32) -> [UInt8] {
    var descriptor = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&descriptor, 1, milliseconds) == 1 else { return [] }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = Foundation.read(master, &buffer, buffer.count)
    return Array(buffer.prefix(max(count, 0)))
  }

  /// Types keys and waits until `text` has come and nothing comes after it.
  func go(_ keys: String, until text: String) throws {
    write(master, keys, keys.utf8.count)
    var bytes: [UInt8] = []
    while true {
      let new = read(within: Self.limitMilliseconds)
      bytes += new
      let words = String(decoding: bytes, as: UTF8.self)
        .replacing(/\u{1B}(?:\[[0-?]*[ -\/]*[@-~]|[()][A-Z0-9]|[=>78])/, with: "")
      if words.contains(text) { break }
      guard !new.isEmpty else { throw Failure(description: "“\(text)” never came: \(words)") }
    }
    while !read(within: 500).isEmpty {}
  }

  /// Presses a key once for each time.
  func press(_ key: String, times: Int = 1) -> [Answer] {
    (0..<times).compactMap { _ in
      let start = ContinuousClock.now
      write(master, key, key.utf8.count)
      var (last, count) = (start, 0)
      var bytes = read(within: 2_000)
      while !bytes.isEmpty {
        last = .now
        count += bytes.count
        bytes = read(within: Self.settleMilliseconds)
      }
      return count == 0 ? nil : Answer(milliseconds: (last - start).milliseconds, bytes: count)
    }
  }
}
