/// Collects the bytes of one UTF-8 character; refuses overlong forms, surrogates and stray bytes.
struct UTF8Collector: Sendable {
  enum Step: Equatable {
    case more
    case scalar(Unicode.Scalar)
    /// The byte belongs to nothing.
    case invalid
    /// What came before is broken, and the byte begins something new.
    case invalidThenAgain
  }

  private var value: UInt32 = 0
  private var missing = 0
  /// Which byte may follow: narrower than 0x80...0xbf after some first bytes (Unicode, table 3-7).
  private var allowed: ClosedRange<UInt8> = 0x80...0xbf

  var isPending: Bool { missing > 0 }

  mutating func accept(_ byte: UInt8) -> Step {
    guard isPending else { return begin(byte) }
    guard allowed ~= byte else {
      missing = 0
      return .invalidThenAgain
    }
    value = value << 6 | UInt32(byte & 0x3f)
    missing -= 1
    allowed = 0x80...0xbf
    guard missing == 0 else { return .more }
    return Unicode.Scalar(value).map { .scalar($0) } ?? .invalid
  }

  private mutating func begin(_ byte: UInt8) -> Step {
    allowed = 0x80...0xbf
    switch byte {
    case 0x00..<0x80: return .scalar(Unicode.Scalar(byte))
    case 0xc2...0xdf: expect(1, value: byte & 0x1f)
    case 0xe0...0xef:
      expect(2, value: byte & 0x0f)
      if byte == 0xe0 { allowed = 0xa0...0xbf }
      if byte == 0xed { allowed = 0x80...0x9f }
    case 0xf0...0xf4:
      expect(3, value: byte & 0x07)
      if byte == 0xf0 { allowed = 0x90...0xbf }
      if byte == 0xf4 { allowed = 0x80...0x8f }
    default: return .invalid
    }
    return .more
  }

  private mutating func expect(_ count: Int, value: UInt8) {
    missing = count
    self.value = UInt32(value)
  }
}
