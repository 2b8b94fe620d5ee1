import Crypto
import CryptoExtras
import Domain
import Foundation

/// Password hashes as text that carries its own parameters (RULES D12, RELIABILITY §3, 1):
/// `$scrypt$32768$8$3$<salt>$<hash>`, salt and hash in base 64.
package enum Passwords {
  package static let leastCharacters = 10
  static let mostBytes = 1024
  private static let keyBytes = 32

  /// 190 ms and 32 MiB on a machine of today; one of OWASP's equivalents.
  package struct Parameters: Hashable, Sendable {
    package var rounds: Int
    package var blockSize: Int
    package var parallelism: Int

    /// What scrypt can work with, in no more than a quarter of a gibibyte: somebody who writes to
    /// the file mustn't make signing in take all memory or fail.
    fileprivate var areBearable: Bool {
      (2...1 << 20).contains(rounds) && rounds.nonzeroBitCount == 1
        && (1...32).contains(blockSize) && (1...16).contains(parallelism)
        && 128 * rounds * blockSize <= 1 << 28
    }

    package init(rounds: Int = 32_768, blockSize: Int = 8, parallelism: Int = 3) {
      self.rounds = rounds
      self.blockSize = blockSize
      self.parallelism = parallelism
    }
  }

  package static func hash(
    _ password: String, salt: [UInt8], _ parameters: Parameters
  )
    throws -> String
  {
    let key = try derive(password, salt: salt, parameters)
    return [
      "", "scrypt", String(parameters.rounds), String(parameters.blockSize),
      String(parameters.parallelism), Foundation.Data(salt).base64EncodedString(),
      Foundation.Data(key).base64EncodedString(),
    ].joined(separator: "$")
  }

  /// Compares in constant time; a hash that can't be read fits nothing. `hash` nil is a person who doesn't exist or has no password: the
  /// same work is done, by `usual` parameters, so that the answer's time tells nothing.
  package static func verify(
    _ password: String, against hash: String?, usual: Parameters
  ) throws -> Bool {
    let stored = hash.flatMap(parse)
    let parameters = stored?.parameters ?? usual
    let key = try derive(password, salt: stored?.salt ?? Array("nobody's salt...".utf8), parameters)
    guard let stored else { return false }
    return constantTimeEqual(key, stored.key)
  }

  private static func derive(
    _ password: String, salt: [UInt8], _ parameters: Parameters
  ) throws
    -> [UInt8]
  {
    let composed = password.precomposedStringWithCanonicalMapping
    let key = try KDF.Scrypt.deriveKey(
      from: Array(composed.utf8), salt: salt, outputByteCount: keyBytes, rounds: parameters.rounds,
      blockSize: parameters.blockSize, parallelism: parameters.parallelism)
    return key.withUnsafeBytes(Array.init)
  }

  private static func parse(
    _ hash: String
  )
    -> (parameters: Parameters, salt: [UInt8], key: [UInt8])?
  {
    let parts = hash.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 7, parts[1] == "scrypt", let rounds = Int(parts[2]),
      let blockSize = Int(parts[3]), let parallelism = Int(parts[4]),
      let salt = Foundation.Data(base64Encoded: parts[5]),
      let key = Foundation.Data(base64Encoded: parts[6]), key.count == keyBytes
    else { return nil }
    let parameters = Parameters(
      rounds: rounds, blockSize: blockSize, parallelism: parallelism)
    return parameters.areBearable ? (parameters, Array(salt), Array(key)) : nil
  }

  private static func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
