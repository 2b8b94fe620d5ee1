package import Domain
import Store

extension Workspace {
  /// Makes the first business and its owner in an empty database. Throws `weakPassword`,
  /// `invalidEmail` or what is wrong with the plan.
  package func initialise(
    _ plan: BusinessPlan, ownerEmail: String, ownerName: String, password: String
  ) async throws -> ID<Business> {
    let command = Initialise(
      plan: plan, ownerEmail: ownerEmail, ownerName: ownerName,
      passwordHash: Result { try newPasswordHash(password) })
    let actor = Actor(user: nil, name: "system", request: newRequest())
    try await beginInstance(as: actor)
    return try await store.change(in: Business.instance, as: actor) {
      try Gate.answer(
        command, by: .unasked(actor, at: $0.now), in: $0)
    }.get()
  }

  /// Starts the chain of the instance itself, once.
  func beginInstance(as actor: Actor) async throws {
    try await store.change(in: Business.instance, as: actor) { change in
      if try !change.hasChain() { try AuditTrail.begin(of: Business.instance, in: change) }
    }
  }

  func newPasswordHash(_ password: String) throws -> String {
    guard password.count >= Passwords.leastCharacters,
      password.utf8.count <= Passwords.mostBytes
    else { throw Refusal.weakPassword(least: Passwords.leastCharacters) }
    return try Passwords.hash(password, salt: chance(16), passwordParameters)
  }
}

/// What counts as an e-mail address here: somebody, at something with a dot or a machine's name.
package enum EmailAddress {
  package static func isValid(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && text.utf8.count <= 254
      && !text.contains { $0.isWhitespace || $0.isNewline }
  }
}
