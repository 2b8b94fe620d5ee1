import Domain
import Foundation
import Operations
import Store
import TestSupport
import Testing

/// The codes themselves.
@Suite struct TimeCodeTests {
  /// RFC 6238, appendix B, for SHA-1; of its eight digits the last six, which are those of six.
  @Test(arguments: [
    (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"),
    (1_234_567_890, "005924"), (2_000_000_000, "279037"), (20_000_000_000, "353130"),
  ])
  func `codes are the standard's`(_ seconds: Int64, _ code: String) {
    let step = TimeCode.step(at: Timestamp(milliseconds: seconds * 1000))
    #expect(TimeCode.code(of: Array("12345678901234567890".utf8), step: step) == code)
  }

  /// RFC 4648, section 10, without the padding.
  @Test(arguments: [
    ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"),
    ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
  ])
  func `secrets are written as the standard says`(_ text: String, _ written: String) {
    #expect(Base32.text(of: Array(text.utf8)) == written)
  }

  @Test func `an app is told all that it needs`() {
    let enrolment = Enrolment(secret: Array("12345678901234567890".utf8), account: "a+b@x.example")
    #expect(
      enrolment.uri == "otpauth://totp/CoreFlow:a%2Bb@x.example"
        + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
  }
}

/// A second factor from its enrolment to its end (RELIABILITY §3, 5).
@Suite struct SecondFactorTests {
  private let email = "employee@books.example"

  private func signIn(
    _ books: TestBooks, _ code: String? = nil, password: String = TestBooks.password
  ) async throws -> Principal {
    try await books.workspace.signIn(
      email: email, password: password, code: code, from: TestBooks.origin)
  }

  private func code(_ books: TestBooks, _ secret: [UInt8], steps: Int64 = 0) -> String {
    TimeCode.code(of: secret, step: TimeCode.step(at: books.clock.now) + steps)
  }

  /// The employee's session in the instance, the secret and the recovery codes.
  private func enrolled(
    _ books: TestBooks
  ) async throws -> (lobby: Principal, secret: [UInt8], codes: [String]) {
    let lobby = try await signIn(books)
    let secret = try await books.workspace.beginSecondFactor(as: lobby).secret
    let codes = try await books.workspace.confirmSecondFactor(code(books, secret), as: lobby)
    // What was used to confirm it works no second time.
    books.clock.advance(seconds: 30)
    return (lobby, secret, codes)
  }

  @Test func `it holds from the first right code on, not before`() async throws {
    let books = try await TestBooks.make()
    let lobby = try await signIn(books)
    await #expect(throws: Refusal.secondFactor(.notBegun)) {
      try await books.workspace.confirmSecondFactor("123456", as: lobby)
    }
    let enrolment = try await books.workspace.beginSecondFactor(as: lobby)
    #expect(enrolment.account == email)
    _ = try await signIn(books)
    await #expect(throws: Refusal.secondFactor(.wrongCode)) {
      try await books.workspace.confirmSecondFactor(
        code(books, enrolment.secret, steps: 5), as: lobby)
    }
    let codes = try await books.workspace.confirmSecondFactor(
      code(books, enrolment.secret), as: lobby)
    #expect(Set(codes).count == 10)
    await #expect(throws: Refusal.secondFactor(.needed)) { try await signIn(books) }
    await #expect(throws: Refusal.secondFactor(.isOn)) {
      try await books.workspace.beginSecondFactor(as: lobby)
    }
    let state = try await books.workspace.fetch(MySecondFactor(), as: lobby)
    #expect(state.since == books.clock.now)
    #expect(state.recoveryCodesLeft == 10)
  }

  @Test func `a code works once, also for whoever saw it typed`() async throws {
    let books = try await TestBooks.make()
    let (_, secret, _) = try await enrolled(books)
    let now = code(books, secret)
    _ = try await signIn(books, now.prefix(3) + " " + now.suffix(3))
    await #expect(throws: Refusal.secondFactor(.wrongCode)) { try await signIn(books, now) }
    await #expect(throws: Refusal.secondFactor(.wrongCode)) {
      try await signIn(books, code(books, secret, steps: -1))
    }
    _ = try await signIn(books, code(books, secret, steps: 1))
  }

  @Test(arguments: [(-3, false), (-1, true), (0, true), (1, true), (3, false)])
  func `clocks may differ by half a minute, not by a minute and a half`(
    _ steps: Int64, _ isTaken: Bool
  ) async throws {
    let books = try await TestBooks.make()
    let (_, secret, _) = try await enrolled(books)
    books.clock.advance(seconds: 600)
    let typed = code(books, secret, steps: steps)
    if isTaken {
      _ = try await signIn(books, typed)
    } else {
      await #expect(throws: Refusal.secondFactor(.wrongCode)) { try await signIn(books, typed) }
    }
  }

  @Test func `wrong codes lock as wrong passwords do, and asking for one lifts no lock`()
    async throws
  {
    let books = try await TestBooks.make()
    let (_, secret, _) = try await enrolled(books)
    for attempt in 0..<5 {
      await #expect(throws: Refusal.secondFactor(.wrongCode)) {
        try await signIn(books, code(books, secret, steps: 9))
      }
      if attempt < 4 {
        await #expect(throws: Refusal.secondFactor(.needed)) { try await signIn(books) }
      }
    }
    await #expect(throws: Refusal.lockedOut(seconds: 30)) {
      try await signIn(books, code(books, secret))
    }
    books.clock.advance(seconds: 30)
    _ = try await signIn(books, code(books, secret))
  }

  @Test func `who knows the password alone can't have wrong codes forgiven by it`() async throws {
    let books = try await TestBooks.make()
    let (mine, secret, _) = try await enrolled(books)
    var (lobby, password) = (mine, TestBooks.password)
    for attempt in 0..<5 {
      await #expect(throws: Refusal.secondFactor(.wrongCode)) {
        try await signIn(books, code(books, secret, steps: 9), password: password)
      }
      guard attempt < 4 else { break }
      let next = "another horse, number \(attempt)"
      lobby = try await books.workspace.changePassword(from: password, to: next, as: lobby)
      password = next
    }
    await #expect(throws: Refusal.lockedOut(seconds: 30)) {
      try await signIn(books, code(books, secret), password: password)
    }
  }

  @Test func `without the password a code says nothing`() async throws {
    let books = try await TestBooks.make()
    let (_, secret, codes) = try await enrolled(books)
    for typed in [nil, code(books, secret), codes[0]] {
      await #expect(throws: Refusal.wrongCredentials) {
        try await signIn(books, typed, password: "a wrong guess")
      }
    }
    _ = try await signIn(books, codes[0])
  }

  @Test func `a recovery code works once, however it is written`() async throws {
    let books = try await TestBooks.make()
    let (lobby, secret, codes) = try await enrolled(books)
    _ = try await signIn(books, codes[3].uppercased().replacing("-", with: " "))
    await #expect(throws: Refusal.secondFactor(.wrongCode)) { try await signIn(books, codes[3]) }
    #expect(
      try await books.workspace.fetch(MySecondFactor(), as: lobby).recoveryCodesLeft == 9)
    let renewed = try await books.workspace.renewRecoveryCodes(
      password: TestBooks.password, code: code(books, secret), as: lobby)
    await #expect(throws: Refusal.secondFactor(.wrongCode)) { try await signIn(books, codes[4]) }
    _ = try await signIn(books, renewed[4])
  }

  @Test func `it is switched off by password and code, never by one of them`() async throws {
    let books = try await TestBooks.make()
    let (lobby, secret, codes) = try await enrolled(books)
    func disable(_ password: String, _ code: String) async throws {
      try await books.workspace.disableSecondFactor(password: password, code: code, as: lobby)
    }
    await #expect(throws: Refusal.wrongCredentials) {
      try await disable("a wrong guess", code(books, secret))
    }
    await #expect(throws: Refusal.secondFactor(.needed)) {
      try await disable(TestBooks.password, "")
    }
    await #expect(throws: Refusal.secondFactor(.wrongCode)) {
      try await disable(TestBooks.password, "not a code")
    }
    try await disable(TestBooks.password, codes[0])
    _ = try await signIn(books)
    await #expect(throws: Refusal.secondFactor(.isOff)) {
      try await disable(TestBooks.password, codes[1])
    }
  }

  @Test func `a grant that needs a second factor holds in the session that was proved by one`()
    async throws
  {
    let books = try await TestBooks.make()
    let (_, secret, _) = try await enrolled(books)
    var allowed = NewGrant(.allow, "audit.export", to: books.employee.user, reason: "Codes only")
    allowed.conditions = "{\"mfa\":true}"
    _ = try await books.workspace.perform(GrantPermission(allowed), as: books.owner)
    func holds(_ principal: Principal) async throws -> Bool {
      try await books.workspace.fetch(WhereIAm(), as: principal).permissions
        .contains(.auditExport)
    }
    #expect(try await !holds(books.employee))
    let lobby = try await signIn(books, code(books, secret))
    #expect(try await holds(try await books.workspace.enter(books.business, as: lobby)))
    // Another password is no reason to forget it.
    let next = try await books.workspace.changePassword(
      from: TestBooks.password, to: "another horse entirely", as: lobby)
    #expect(try await holds(try await books.workspace.enter(books.business, as: next)))
  }

  @Test func `a secret opens for its person only`() async throws {
    let books = try await TestBooks.make()
    let (_, secret, _) = try await enrolled(books)
    try books.store.script(
      """
      UPDATE users SET totp_enabled_at = 1, totp_secret =
        (SELECT totp_secret FROM users WHERE email = 'employee@books.example')
      WHERE email = 'manager@books.example'
      """)
    await #expect(throws: Refusal.secondFactor(.keyMissing)) {
      try await books.workspace.signIn(
        email: "manager@books.example", password: TestBooks.password, code: code(books, secret),
        from: TestBooks.origin)
    }
    let kept = try await books.store.snapshot(of: Business.instance, as: .system) {
      try $0.one(
        String.self,
        "SELECT totp_secret FROM users WHERE email = 'employee@books.example' AND :business = 0")
    }
    let bytes = try #require(Data(base64Encoded: kept))
    #expect(bytes.range(of: Data(secret)) == nil)
  }

  @Test func `without the key a recovery code still works, and that is said`() async throws {
    let books = try await TestBooks.make()
    let (_, secret, codes) = try await enrolled(books)
    let elsewhere = Workspace(
      store: books.store, chance: SeededChance.bytes(seed: 3), passwords: TestBooks.cheapPasswords)
    func signIn(_ code: String) async throws -> Principal {
      try await elsewhere.signIn(
        email: email, password: TestBooks.password, code: code, from: TestBooks.origin)
    }
    for _ in 0..<6 {
      await #expect(throws: Refusal.secondFactor(.keyMissing)) {
        try await signIn(code(books, secret))
      }
    }
    #expect(
      UserMessage(Refusal.secondFactor(.keyMissing)).text.hasSuffix(
        "A recovery code still works."))
    _ = try await signIn(codes[0])
  }

  @Test func `the books keep no recovery code and nothing to make one from`() async throws {
    let books = try await TestBooks.make()
    let (_, secret, codes) = try await enrolled(books)
    let text = try await books.store.snapshot(of: Business.instance, as: .system) {
      try $0.one(
        String.self,
        """
        SELECT json_array((SELECT json_group_array(code_hash) FROM recovery_codes),
          (SELECT json_group_array(json_array(old_values, new_values, decision, resource_name))
            FROM audit_logs WHERE business_id = :business))
        """)
    }
    for code in codes {
      #expect(!text.contains(code) && !text.contains(code.replacing("-", with: "")))
    }
    #expect(!text.contains(Base32.text(of: secret)))
    #expect(text.contains("second_factor_at"))
  }
}

/// The file of the key that secrets are sealed with.
@Suite struct SealFileTests {
  private let folder: TemporaryFolder
  private var path: String { folder.location + "/coreflow/seal.key" }
  private var sealing: Sealing { .file(at: path) }

  init() throws { folder = try TemporaryFolder() }

  private func books(_ sealing: Sealing) async throws -> (Workspace, Principal) {
    let books = try await TestBooks.make()
    let workspace = Workspace(
      store: books.store, chance: SeededChance.bytes(seed: 3), passwords: TestBooks.cheapPasswords,
      sealing: sealing)
    return (
      workspace,
      try await workspace.signIn(
        email: "owner@books.example", password: TestBooks.password, from: TestBooks.origin)
    )
  }

  @Test func `it is made when it is first needed, for its owner only, and then kept`()
    async throws
  {
    let (workspace, lobby) = try await books(sealing)
    #expect(!FileManager.default.fileExists(atPath: path))
    _ = try await workspace.beginSecondFactor(as: lobby)
    let key = try Data(contentsOf: URL(filePath: path))
    #expect(key.count == 32)
    #expect(try TemporaryFolder.mode(path) == 0o600)
    #expect(try TemporaryFolder.mode(folder.location + "/coreflow") == 0o700)
    _ = try await workspace.beginSecondFactor(as: lobby)
    #expect(try Data(contentsOf: URL(filePath: path)) == key)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.location + "/coreflow")
        == ["seal.key"])
  }

  @Test func `one that others may read, or that is no key, is refused`() async throws {
    let (workspace, lobby) = try await books(sealing)
    _ = try await workspace.beginSecondFactor(as: lobby)
    chmod(path, 0o640)
    await #expect(throws: SealFault.openToOthers(path: path)) {
      try await workspace.beginSecondFactor(as: lobby)
    }
    chmod(path, 0o600)
    try Data(repeating: 1, count: 31).write(to: URL(filePath: path))
    chmod(path, 0o600)
    await #expect(throws: SealFault.damaged(path: path, bytes: 32)) {
      try await workspace.confirmSecondFactor("123456", as: lobby)
    }
    #expect(UserMessage(SealFault.openToOthers(path: path)).text.contains("chmod 600 \(path)"))
  }
}
