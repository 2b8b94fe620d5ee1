import Domain
import Foundation
import Operations
import Store
import TestSupport
import Testing

/// What is kept of a password, and what fits it (RELIABILITY §3, 1).
@Suite struct PasswordTests {
  private typealias Vector = (
    password: String, salt: String, parameters: Passwords.Parameters, key: String
  )

  /// RFC 7914, section 12; of each key the 32 bytes that are kept.
  private static let vectors: [Vector] = [
    (
      "", "", Passwords.Parameters(rounds: 16, blockSize: 1, parallelism: 1),
      "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
    ),
    (
      "password", "NaCl", Passwords.Parameters(rounds: 1024, blockSize: 8, parallelism: 16),
      "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
    ),
    (
      "pleaseletmein", "SodiumChloride",
      Passwords.Parameters(rounds: 16_384, blockSize: 8, parallelism: 1),
      "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
    ),
  ]

  @Test(arguments: 0..<3)
  func `the hash is scrypt's`(_ index: Int) throws {
    let vector = Self.vectors[index]
    let hash = try Passwords.hash(
      vector.password, salt: Array(vector.salt.utf8), vector.parameters)
    let key = try #require(hash.split(separator: "$").last.flatMap { Data(base64Encoded: "\($0)") })
    #expect(key.map { String(format: "%02x", $0) }.joined() == vector.key)
  }

  @Test func `a hash carries its parameters and its salt`() throws {
    let hash = try Passwords.hash(
      "secret", salt: Array(0..<16), Passwords.Parameters(rounds: 8, blockSize: 2, parallelism: 3))
    #expect(hash.hasPrefix("$scrypt$8$2$3$AAECAwQFBgcICQoLDA0ODw==$"))
    #expect(try Passwords.verify("secret", against: hash, usual: Passwords.Parameters()))
    #expect(try !Passwords.verify("Secret", against: hash, usual: Passwords.Parameters()))
  }

  @Test func `new passwords cost what OWASP asks for`() {
    let usual = Passwords.Parameters()
    #expect((usual.rounds, usual.blockSize, usual.parallelism) == (32_768, 8, 3))
  }

  @Test func `letters written two ways are the same password`() throws {
    let hash = try Passwords.hash("caf\u{E9}", salt: [1], TestBooks.cheapPasswords)
    #expect(try Passwords.verify("cafe\u{301}", against: hash, usual: TestBooks.cheapPasswords))
  }

  @Test func `two people with one password have two hashes`() async throws {
    let books = try await TestBooks.make()
    let hashes = try await books.store.snapshot(of: books.business, as: .system) {
      try $0.rows(
        { (hash: String) in hash },
        "SELECT password_hash FROM users WHERE :business > 0 AND password_hash IS NOT NULL")
    }
    #expect(hashes.count == 5)
    #expect(Set(hashes).count == 5)
  }

  private static let key = Data(repeating: 0, count: 32).base64EncodedString()
  private static let malformed = [
    "", "secret", "$scrypt$", "$scrypt$2$1$1$AA==", "$argon2id$2$1$1$AA==$\(key)",
    "$scrypt$x$1$1$AA==$\(key)", "$scrypt$2$1$1$!$\(key)", "$scrypt$2$1$1$AA==$AA==",
    "$scrypt$0$1$1$AA==$\(key)", "$scrypt$3$1$1$AA==$\(key)", "$scrypt$-2$1$1$AA==$\(key)",
    "$scrypt$2$0$1$AA==$\(key)", "$scrypt$2$1$0$AA==$\(key)",
    "$scrypt$1099511627776$8$1$AA==$\(key)", "$scrypt$1048576$32$16$AA==$\(key)",
  ]

  @Test(arguments: malformed)
  func `a hash that can't be read fits nothing, and is no error`(_ hash: String) throws {
    for password in ["", "secret", hash] {
      #expect(try !Passwords.verify(password, against: hash, usual: TestBooks.cheapPasswords))
    }
  }

  @Test func `who has no readable hash is told what everybody is told`() async throws {
    let books = try await TestBooks.make()
    try books.store.script(
      "UPDATE users SET password_hash = '$scrypt$0$1$1$AA==$\(Self.key)'")
    await #expect(throws: Refusal.wrongCredentials) {
      try await books.workspace.signIn(
        email: "owner@books.example", password: TestBooks.password, from: TestBooks.origin)
    }
  }
}
