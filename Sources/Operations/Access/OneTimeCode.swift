import Crypto
import Domain

/// Codes that work once and are kept as hashes: of invitations, for new passwords, for recovery.
/// They have eighty bits of chance, so that their hashes need no slow one.
enum OneTimeCode {
  static func hash(of code: String) -> String {
    hexadecimal(SHA256.hash(data: Array(code.utf8)))
  }
}

extension Workspace {
  func newCode() -> String { hexadecimal(chance(10)) }
}
