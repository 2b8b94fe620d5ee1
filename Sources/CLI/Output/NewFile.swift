import Foundation

/// A file that is written whole or not at all, and only its owner may read.
enum NewFile {
  /// Throws `Failure.fileExists` rather than writing over anything.
  static func write(_ text: String, to path: String) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw errno == EEXIST ? Failure.fileExists(path: path) : cannotWrite(path)
    }
    defer { close(file) }
    guard writeAll(Array(text.utf8), to: file), fsync(file) == 0 else {
      let failure = cannotWrite(path)
      unlink(path)
      throw failure
    }
  }

  private static func writeAll(_ bytes: [UInt8], to file: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private static func cannotWrite(_ path: String) -> Failure {
    .cannotWrite(path: path, reason: String(cString: strerror(errno)))
  }
}
