import CLI
import Domain
import Foundation
import Operations

extension Surroundings {
  /// The real world: this process's environment, standard streams and clock.
  static func ofThisProcess() -> Surroundings {
    Surroundings(
      environment: ProcessInfo.processInfo.environment,
      workingFolder: FileManager.default.currentDirectoryPath,
      isTerminal: { stream in isatty(descriptor(of: stream)) == 1 },
      readInput: { try readAll(STDIN_FILENO) },
      askSecretly: askSecretly,
      write: { stream, text in try write(text, to: descriptor(of: stream)) },
      clock: { now() },
      origin: Origin(
        terminal: ttyname(STDIN_FILENO).map { String(cString: $0) } ?? "no terminal",
        host: hostName(), program: "coreflow"))
  }

  /// More than this on standard input is no document and no password.
  private static let mostInputBytes = 16 << 20

  private static func descriptor(of stream: Stream) -> Int32 {
    switch stream {
    case .input: STDIN_FILENO
    case .output: STDOUT_FILENO
    case .error: STDERR_FILENO
    }
  }

  private static func now() -> Timestamp {
    var moment = timespec()
    clock_gettime(CLOCK_REALTIME, &moment)
    return Timestamp(milliseconds: Int64(moment.tv_sec) * 1000 + Int64(moment.tv_nsec) / 1_000_000)
  }

  private static func readAll(_ file: Int32) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw StreamFault.unreadable(reason: String(cString: strerror(errno)))
      }
      guard count > 0 else { return bytes }
      bytes += chunk.prefix(count)
      guard bytes.count <= mostInputBytes else {
        throw StreamFault.inputTooLong(mostBytes: mostInputBytes)
      }
    }
  }

  private static func write(_ text: String, to file: Int32) throws {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw StreamFault.unwritable(reason: String(cString: strerror(errno)))
      }
      rest = rest.dropFirst(count)
    }
  }

  private static func hostName() -> String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// From the terminal itself, so that it works while standard input is a pipe.
  private static func askSecretly(_ prompt: String) -> String? {
    let terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard terminal >= 0 else { return nil }
    defer { close(terminal) }
    var before = termios()
    guard tcgetattr(terminal, &before) == 0 else { return nil }
    // Signals are off too, or ^C would leave a terminal that shows nothing.
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
    guard tcsetattr(terminal, TCSAFLUSH, &silent) == 0 else { return nil }
    defer { tcsetattr(terminal, TCSAFLUSH, &before) }
    try? write(prompt, to: terminal)  // without the prompt the answer is as good
    let answer = typedLine(on: terminal)
    try? write("\n", to: terminal)
    return answer.flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// Nil where the person gave up.
  private static func typedLine(on terminal: Int32) -> [UInt8]? {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while true {
      let count = read(terminal, &byte, 1)
      if count < 0, errno == EINTR { continue }
      guard count == 1 else { return nil }
      switch byte {
      case 0x03, 0x1B: return nil  // ^C, Esc
      case 0x0A, 0x0D: return line
      case 0x04: return line.isEmpty ? nil : line  // ^D
      case 0x15: line = []  // ^U
      case 0x08, 0x7F:
        while let last = line.popLast(), last & 0xC0 == 0x80 {}
      default: if line.count < mostLineBytes { line.append(byte) }
      }
    }
  }

  private static let mostLineBytes = 2048
}
