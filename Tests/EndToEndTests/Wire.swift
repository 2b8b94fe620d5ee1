import Foundation
import Testing

/// The line between the program and a terminal that is looked at for its bytes alone.
final class Wire {
  private let master: Int32
  private let program: pid_t

  /// Nothing takes so long unless it is broken.
  private static let limit = Duration.seconds(60)
  /// After so long without a byte no more belongs to what was done last.
  private static let quiet = Duration.milliseconds(150)

  /// Starts the program at a terminal of this size, hands the line to `body`, and ends it.
  static func open(
    in office: Office, columns: Int, rows: Int, _ body: (Wire) async throws -> Void
  ) async throws {
    let wire = try Wire(in: office, columns: columns, rows: rows)
    defer { wire.close() }
    try await body(wire)
  }

  private init(in office: Office, columns: Int, rows: Int) throws {
    var ends: (master: Int32, slave: Int32) = (-1, -1)
    var name = [CChar](repeating: 0, count: 256)
    var size = winsize()
    (size.ws_col, size.ws_row) = (UInt16(columns), UInt16(rows))
    try #require(openpty(&ends.master, &ends.slave, &name, nil, &size) == 0)
    master = ends.master
    defer { Foundation.close(ends.slave) }
    let path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
    let environment = office.environment(of: "owner").merging(["TERM": "xterm-256color"]) { $1 }
    program = try Running.spawn(
      ["/usr/bin/env", "-C", office.folder, "setsid", "--ctty", Executable.path],
      environment.map { "\($0)=\($1)" }, streams: (0...2).map { ($0, path, O_RDWR) })
  }

  private func close() {
    kill(program, SIGKILL)
    waitpid(program, nil, 0)
    Foundation.close(master)
  }

  /// What has come by now.
  private func read() -> [UInt8] {
    var bytes: [UInt8] = []
    var descriptor = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    while poll(&descriptor, 1, 0) == 1, descriptor.revents & Int16(POLLIN) != 0 {
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = Foundation.read(master, &buffer, buffer.count)
      if count <= 0 { break }
      bytes += buffer.prefix(count)
    }
    return bytes
  }

  func type(_ text: String) {
    #expect(write(master, text, text.utf8.count) == text.utf8.count)
  }

  /// Waits until `text` has come, however it was coloured and whatever was moved over.
  func wait(for text: String) async throws {
    let deadline = ContinuousClock.now + Self.limit
    var bytes: [UInt8] = []
    while true {
      bytes += read()
      let words = String(decoding: bytes, as: UTF8.self)
        .replacing(/\u{1B}(?:\[[0-?]*[ -\/]*[@-~]|[()][A-Z0-9]|[=>78])/, with: "")
      if words.contains(text) { return }
      try #require(ContinuousClock.now < deadline, "never came: \(text); but \(words)")
      // Not a wait for time to pass: the question is asked again until the deadline.
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  /// How many bytes come until there is quiet, counted from the first one where some are awaited.
  @discardableResult
  private func bytesUntilQuiet(isAwaited: Bool = false) async throws -> Int {
    let deadline = ContinuousClock.now + Self.limit
    var (count, last) = (0, ContinuousClock.now)
    while ContinuousClock.now - last < Self.quiet || isAwaited && count == 0 {
      try #require(ContinuousClock.now < deadline, "there was no answer to a key, or no end of it")
      let new = read().count
      if new > 0 { (count, last) = (count + new, .now) }
      // Silence can't be seen but by waiting.
      try await Task.sleep(for: .milliseconds(10))
    }
    return count
  }

  /// Types keys that lead to where `text` stands, and waits until all is drawn.
  func open(_ keys: String, _ text: String) async throws {
    type(keys)
    try await wait(for: text)
    try await bytesUntilQuiet()
  }

  /// How many bytes come of a key.
  func bytes(of key: String) async throws -> Int {
    type(key)
    return try await bytesUntilQuiet(isAwaited: true)
  }

  /// How many bytes come by themselves.
  func bytes(within time: Duration) async throws -> Int {
    // Here the silence itself is what is tested.
    try await Task.sleep(for: time)
    return read().count
  }
}
