import Glibc
import Testing

/// The far side of a terminal: what a terminal program would show and a person would type.
@MainActor
final class PseudoTerminal {
  /// Nothing takes so long unless it is broken.
  private static let limitMilliseconds: CInt = 10_000
  private static let endMark = Array("\u{1}end of frame\u{1}".utf8)

  let path: String
  private var master: CInt
  private var slave: CInt

  init(columns: Int = 80, rows: Int = 24) throws {
    var ends: (master: CInt, slave: CInt) = (-1, -1)
    var name = [CChar](repeating: 0, count: 256)
    try #require(openpty(&ends.master, &ends.slave, &name, nil, nil) == 0)
    path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
    (master, slave) = ends
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
    var bytes: [UInt8] = []
    while !bytes.suffix(Self.endMark.count).elementsEqual(Self.endMark) {
      var descriptor = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      try #require(poll(&descriptor, 1, Self.limitMilliseconds) == 1, "the mark never came")
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = read(master, &buffer, buffer.count)
      try #require(count > 0)
      bytes += buffer.prefix(count)
    }
    return String(decoding: bytes.dropLast(Self.endMark.count), as: UTF8.self)
  }

  /// The terminal's modes, as `stty` would show them.
  var modes: [tcflag_t] {
    var attributes = termios()
    #expect(tcgetattr(slave, &attributes) == 0)
    return [attributes.c_iflag, attributes.c_oflag, attributes.c_cflag, attributes.c_lflag]
  }

  func hangUp() {
    close(slave)
    close(master)
    master = -1
    slave = -1
  }
}
