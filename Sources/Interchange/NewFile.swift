import Foundation
package import Phrases

/// A file that is written whole or not at all, and only its owner may read.
package enum NewFile {
  /// Why there is none.
  package enum Fault: Error, Hashable, Sendable {
    case exists(path: String)
    case cannotWrite(path: String, reason: String)

    /// What happened, and what to do.
    package var phrase: Phrase {
      switch self {
      case .exists(let path):
        "\(path) exists already. Name another file, or remove it first."
      case .cannotWrite(let path, let reason): "Can't write \(path): \(reason)."
      }
    }

    /// As the command line says it.
    package var words: String { phrase.english }
  }

  /// Throws `Fault`: nothing is written over.
  package static func write(_ text: String, to path: String) throws(Fault) {
    try write(Array(text.utf8), to: path)
  }

  /// The same of bytes that are no text.
  package static func write(_ bytes: [UInt8], to path: String) throws(Fault) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw errno == EEXIST ? .exists(path: path) : cannotWrite(path) }
    defer { close(file) }
    guard writeAll(bytes, to: file), fsync(file) == 0 else {
      let fault = cannotWrite(path)
      unlink(path)
      throw fault
    }
  }

  /// The whole path of what somebody typed: `~` is their own folder, and what doesn't begin at the
  /// root begins in `folder`.
  package static func path(_ typed: String, in folder: String) -> String {
    let path = (typed.trimmingCharacters(in: .whitespaces) as NSString).expandingTildeInPath
    return path.hasPrefix("/") ? path : (folder as NSString).appendingPathComponent(path)
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

  private static func cannotWrite(_ path: String) -> Fault {
    .cannotWrite(path: path, reason: String(cString: strerror(errno)))
  }
}
