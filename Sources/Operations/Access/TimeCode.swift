import Crypto
package import Domain

/// Codes that change every half minute (RFC 6238), as authenticator apps make them: HMAC-SHA-1 and
/// six digits, which is what all of them can do.
package enum TimeCode {
  static let digits = 6
  private static let stepMilliseconds: Int64 = 30_000
  /// Clocks may differ by as many steps.
  private static let drift: Int64 = 1

  package static func step(at moment: Timestamp) -> Int64 {
    moment.milliseconds / stepMilliseconds
  }

  package static func code(of secret: [UInt8], step: Int64) -> String {
    let counter = withUnsafeBytes(of: step.bigEndian, Array.init)
    let mac = Array(
      HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
    let offset = Int(mac[mac.count - 1] & 0x0F)
    let number = mac[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
    let text = String(number % 1_000_000)
    return String(repeating: "0", count: digits - text.count) + text
  }

  /// The step that `code` is of: that of now, or one beside it, but none up to `last`. Nil where it
  /// is of none.
  static func step(
    of code: String, secret: [UInt8], at now: Timestamp, after last: Int64?
  ) -> Int64? {
    let current = step(at: now)
    return (current - drift...current + drift).first {
      $0 > last ?? -1 && Self.code(of: secret, step: $0) == code
    }
  }
}

/// Bytes as people type them into an authenticator app (RFC 4648), without padding.
package enum Base32 {
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

  package static func text(of bytes: [UInt8]) -> String {
    var (rest, bits, text) = (0, 0, "")
    for byte in bytes {
      rest = rest << 8 | Int(byte)
      bits += 8
      while bits >= 5 {
        bits -= 5
        text.append(letters[rest >> bits & 31])
      }
      rest &= (1 << bits) - 1
    }
    if bits > 0 { text.append(letters[rest << (5 - bits) & 31]) }
    return text
  }
}
