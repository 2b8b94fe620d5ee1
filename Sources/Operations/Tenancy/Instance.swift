package import Domain
import Store

extension Workspace {
  /// Makes the first business and its owner in an empty database. Throws `weakPassword`,
  /// `invalidEmail` or what is wrong with the plan.
  package func initialise(
    _ plan: BusinessPlan, ownerEmail: String, ownerName: String, password: String
  ) async throws -> ID<Business> {
    let hash = try newPasswordHash(password)
    guard EmailAddress.isValid(ownerEmail) else { throw Refusal.invalidEmail(ownerEmail) }
    let actor = Actor(user: nil, name: "system", request: newRequest())
    try await beginInstance(as: actor)
    let owner = try await change(in: Business.instance, as: actor) {
      try $0.insertUser(email: ownerEmail, name: ownerName, passwordHash: hash)
    }
    return try await found(plan, owner: owner, as: actor)
  }

  /// Makes another business for an owner of the one that `principal` is in.
  package func createBusiness(
    _ plan: BusinessPlan, as principal: Principal
  ) async throws
    -> ID<Business>
  {
    let request = newRequest()
    let standing = try await store.snapshot(of: principal.business, as: .system) {
      let standing = try principal.standing(in: $0, request: request)
      _ = try standing.allow(.businessCreate)
      return standing
    }
    return try await found(plan, owner: principal.user, as: standing.actor)
  }

  /// Starts the chain of the instance itself, once.
  func beginInstance(as actor: Actor) async throws {
    try await change(in: Business.instance, as: actor) { change in
      if try !change.hasChain() { try AuditTrail.begin(of: Business.instance, in: change) }
    }
  }

  private func found(
    _ plan: BusinessPlan, owner: ID<User>, as actor: Actor
  ) async throws
    -> ID<Business>
  {
    let business = try await store.snapshot(of: Business.instance, as: actor) {
      ID<Business>(
        try $0.one(Int64.self, "SELECT max(id) + 1 FROM businesses WHERE :business = 0"))
    }
    try await change(in: business, as: actor) { change in
      try change.whole {
        let taken = try change.one(
          Bool.self,
          "SELECT EXISTS (SELECT 1 FROM businesses WHERE slug = :slug AND :business > 0)",
          ["slug": plan.slug])
        guard !taken else { throw Refusal.taken(kind: .business, name: plan.slug) }
        try FoundBusiness.insertRow(plan, in: change)
        let founding = FoundBusiness(business: business, plan: plan, owner: owner)
        let standing = Standing(actor: actor, person: nil, state: .active)
        try Gate.answer(founding, by: standing, in: change).get()
      }
    }
    return business
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
