import Domain
import Store

/// What somebody types for their second factor: the six digits of the moment, or a recovery code.
/// Blanks and dashes are for the eye.
struct SecondFactorCode: Hashable, Sendable {
  private let text: String

  init(_ typed: String) {
    text = typed.lowercased().filter { !$0.isWhitespace && $0 != "-" }
  }

  var isEmpty: Bool { text.isEmpty }
  var isTimed: Bool {
    text.count == TimeCode.digits && text.allSatisfy { "0"..."9" ~= $0 }
  }
  fileprivate var hash: String { OneTimeCode.hash(of: text) }

  /// The step that it is of, by the sealed secret; what isn't so is thrown.
  func step(
    by sealed: String, of user: ID<User>, key: [UInt8]?, at now: Timestamp, after last: Int64?
  ) throws -> Int64 {
    guard let key, let secret = Sealing.open(sealed, for: user, key: key) else {
      throw Refusal.secondFactor(.keyMissing)
    }
    guard let step = TimeCode.step(of: text, secret: secret, at: now, after: last) else {
      throw Refusal.secondFactor(.wrongCode)
    }
    return step
  }

  /// As people copy it: `3f9c2-7ab41-…`.
  static func shown(_ code: String) -> String {
    let characters = Array(code)
    return stride(from: 0, to: characters.count, by: 5).map {
      String(characters[$0..<min($0 + 5, characters.count)])
    }.joined(separator: "-")
  }
}

extension Change {
  /// Takes the code, so that it works only once. Gives why it is none.
  func takeCode(_ code: SecondFactorCode?, of person: Credentials, key: [UInt8]?) throws -> Refusal?
  {
    guard let factor = person.secondFactor else { return nil }
    guard let code, !code.isEmpty else { return .secondFactor(.needed) }
    guard code.isTimed else { return try takeRecoveryCode(code, of: person.user) }
    do {
      let step = try code.step(
        by: factor.sealedSecret, of: person.user, key: key, at: now, after: factor.lastStep)
      try setLastStep(step, of: person.user)
      return nil
    } catch let refusal as Refusal { return refusal }
  }

  private func takeRecoveryCode(_ code: SecondFactorCode, of user: ID<User>) throws -> Refusal? {
    let isOne = try one(
      Bool.self,
      """
      SELECT EXISTS (SELECT 1 FROM recovery_codes
        WHERE user_id = :user AND code_hash = :hash AND used_at IS NULL AND :business = 0)
      """, ["user": user, "hash": code.hash])
    guard isOne else { return .secondFactor(.wrongCode) }
    try execute(
      """
      UPDATE recovery_codes SET used_at = :now
      WHERE user_id = :user AND code_hash = :hash AND :business = 0
      """, ["now": now, "user": user, "hash": code.hash])
    return nil
  }
}
