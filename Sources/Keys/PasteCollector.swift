/// Collects a bracketed paste until its end mark, keeping no more than the limit.
struct PasteCollector: Sendable {
  private static let endMark: [UInt8] = [0x1b, 0x5b, 0x32, 0x30, 0x31, 0x7e]

  private var bytes: [UInt8] = []
  private var droppedBytes = 0
  private var matched = 0

  /// Takes a byte; true when it was the end mark's last.
  mutating func accept(_ byte: UInt8) -> Bool {
    if byte == Self.endMark[matched] {
      matched += 1
      return matched == Self.endMark.count
    }
    for held in Self.endMark.prefix(matched) { keep(held) }
    matched = byte == Self.endMark[0] ? 1 : 0
    if matched == 0 { keep(byte) }
    return false
  }

  private mutating func keep(_ byte: UInt8) {
    if bytes.count < KeyDecoder.pasteLimitBytes {
      bytes.append(byte)
    } else {
      droppedBytes += 1
    }
  }

  /// What was collected. Broken UTF-8 becomes U+FFFD; a character cut by the limit goes with it.
  var paste: Paste {
    var kept = bytes[...]
    var cut = 0
    if droppedBytes > 0 {
      while let last = kept.last, last & 0xc0 == 0x80, cut < 3 {
        kept.removeLast()
        cut += 1
      }
      if let last = kept.last, last >= 0xc0 {
        kept.removeLast()
        cut += 1
      }
    }
    var text = String.UnicodeScalarView()
    var previous: Unicode.Scalar = " "
    for scalar in String(decoding: kept, as: UTF8.self).unicodeScalars {
      defer { previous = scalar }
      switch scalar.value {
      case 0x0d: text.append("\n")
      case 0x0a: if previous != "\r" { text.append("\n") }
      case 0x09: text.append(scalar)
      case 0x00..<0x20, 0x7f..<0xa0: break
      default: text.append(scalar)
      }
    }
    return Paste(text: String(text), droppedBytes: droppedBytes + cut)
  }
}
