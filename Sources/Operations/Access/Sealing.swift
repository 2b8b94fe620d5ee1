import Crypto
import Domain
import Foundation

/// The key that the seeds of second factors are sealed with. It isn't in the database: whoever reads
/// that file, or a backup of it, can't make codes.
package struct Sealing: Sendable {
  static let keyBytes = 32

  /// Nil where there is none yet.
  let key: @Sendable () throws -> [UInt8]?
  /// The same, made where there is none.
  let makeKey: @Sendable () throws -> [UInt8]

  package init(
    key: @escaping @Sendable () throws -> [UInt8]?,
    makeKey: @escaping @Sendable () throws -> [UInt8]
  ) {
    self.key = key
    self.makeKey = makeKey
  }

  /// Nowhere to keep a key.
  package static let none = Sealing(key: { nil }, makeKey: { throw SealFault.nowhere })

  /// A file that only its owner may read, in a folder that only they may enter.
  package static func file(
    at path: String, chance: @escaping @Sendable (Int) -> [UInt8] = systemChance
  ) -> Sealing {
    let file = SealFile(path: path)
    return Sealing(key: file.read) {
      if let key = try file.read() { return key }
      try file.make(chance(keyBytes))
      guard let key = try file.read() else { throw SealFault.unreadable(path: path, reason: "") }
      return key
    }
  }

  /// The secret of a person: what is sealed for one opens for nobody else.
  static func seal(
    _ secret: [UInt8], for user: ID<User>, key: [UInt8], nonce: [UInt8]
  ) throws -> String {
    let box = try AES.GCM.seal(
      secret, using: SymmetricKey(data: key), nonce: AES.GCM.Nonce(data: nonce),
      authenticating: context(of: user))
    return Foundation.Data(box.nonce + box.ciphertext + box.tag).base64EncodedString()
  }

  /// Nil where it was sealed by another key, or for somebody else.
  static func open(_ sealed: String, for user: ID<User>, key: [UInt8]) -> [UInt8]? {
    guard let bytes = Foundation.Data(base64Encoded: sealed),
      // Whatever is wrong with it, it doesn't open.
      let box = try? AES.GCM.SealedBox(combined: bytes),
      let secret = try? AES.GCM.open(
        box, using: SymmetricKey(data: key), authenticating: context(of: user))
    else { return nil }
    return Array(secret)
  }

  private static func context(of user: ID<User>) -> [UInt8] { Array("totp \(user.value)".utf8) }
}

/// What is wrong with the file of the key.
package enum SealFault: Error, Hashable, Sendable {
  case openToOthers(path: String)
  /// It isn't a file of so many bytes.
  case damaged(path: String, bytes: Int)
  case unreadable(path: String, reason: String)
  case unwritable(path: String, reason: String)
  case nowhere
}

private struct SealFile {
  let path: String

  /// Nil where there is no such file.
  @Sendable func read() throws -> [UInt8]? {
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw SealFault.unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    defer { close(file) }
    var facts = stat()
    guard fstat(file, &facts) == 0 else {
      throw SealFault.unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    guard facts.st_mode & 0o077 == 0 else { throw SealFault.openToOthers(path: path) }
    var bytes = [UInt8](repeating: 0, count: Sealing.keyBytes)
    guard facts.st_mode & S_IFMT == S_IFREG, facts.st_size == bytes.count,
      Foundation.read(file, &bytes, bytes.count) == bytes.count
    else { throw SealFault.damaged(path: path, bytes: Sealing.keyBytes) }
    return bytes
  }

  /// Whole or not at all, and never over one that somebody else has made meanwhile.
  func make(_ key: [UInt8]) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch { throw SealFault.unwritable(path: path, reason: error.localizedDescription) }
    let draft = path + ".\(getpid())"
    unlink(draft)
    defer { unlink(draft) }
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw cannotWrite }
    defer { close(file) }
    guard write(file, key, key.count) == key.count, fsync(file) == 0 else { throw cannotWrite }
    guard link(draft, path) == 0 || errno == EEXIST else { throw cannotWrite }
  }

  private var cannotWrite: SealFault {
    .unwritable(path: path, reason: String(cString: strerror(errno)))
  }
}
