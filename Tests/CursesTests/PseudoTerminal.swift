import Glibc
import Testing

/// The far side of a terminal: what a terminal program would show and a person would type.
@MainActor
final class PseudoTerminal {
  /// Nothing takes so long unless it is broken.
  private static let limitMilliseconds = 10_000
  private static let endMark = Array("\u{1}end of frame\u{1}".utf8)

  let path: String
  private var master: CInt
  private var slave: CInt
  private let receiver: Receiver

  init(columns: Int = 80, rows: Int = 24) throws {
    var ends: (master: CInt, slave: CInt) = (-1, -1)
    var name = [CChar](repeating: 0, count: 256)
    try #require(openpty(&ends.master, &ends.slave, &name, nil, nil) == 0)
    path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
    (master, slave) = ends
    receiver = try Receiver(reading: ends.master)
    resize(columns: columns, rows: rows)
  }

  func resize(columns: Int, rows: Int) {
    var size = winsize()
    size.ws_col = UInt16(columns)
    size.ws_row = UInt16(rows)
    #expect(ioctl(master, UInt(TIOCSWINSZ), &size) == 0)
  }

  func type(_ text: String) {
    #expect(write(master, text, text.utf8.count) == text.utf8.count)
  }

  /// All that was sent to the screen since last asked.
  func output() throws -> String {
    // A mark sent after everything else says where to stop, so that nothing has to be waited for.
    #expect(write(slave, Self.endMark, Self.endMark.count) == Self.endMark.count)
    return String(
      decoding: try receiver.take(upTo: Self.endMark, milliseconds: Self.limitMilliseconds),
      as: UTF8.self)
  }

  /// The terminal's modes, as `stty` would show them.
  var modes: [tcflag_t] {
    var attributes = termios()
    #expect(tcgetattr(slave, &attributes) == 0)
    return [attributes.c_iflag, attributes.c_oflag, attributes.c_cflag, attributes.c_lflag]
  }

  func hangUp() {
    receiver.end()
    close(slave)
    close(master)
    master = -1
    slave = -1
  }
}
