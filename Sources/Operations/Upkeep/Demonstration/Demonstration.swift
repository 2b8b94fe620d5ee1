package import Domain
import Store

/// Books to look at and play with: two businesses of different kinds with three fiscal years each,
/// made by the same commands that people use, at the times when people would have used them.
package enum Demonstration {
  /// Of everybody in it.
  package static let password = "coreflow-demo"

  /// The end of every address in it. Nobody owns such a domain, so no real books have it.
  static let addresses = "@demo.example"
}

/// Somebody whom a demonstration offers to sign in as.
package struct DemonstrationPerson: Hashable, Sendable {
  package let email: String
  package let name: String
  /// In the first business.
  package let role: Role
}

extension Workspace {
  /// Makes the demonstration in a database that has nothing but its schema. The last fiscal year of
  /// each business is the one that holds the clock's day; the same seed on the same day makes the
  /// same books.
  package func makeDemonstration(seed: UInt64 = 1) async throws {
    let system = Actor(user: nil, name: "system", request: newRequest())
    try await beginInstance(as: system)
    let passwordHash = try newPasswordHash(Demonstration.password)
    let businesses: [any DemonstrationBusiness] = [
      Harbour(until: store.now(), seed: seed), Alpenrad(until: store.now(), seed: seed &+ 1),
    ]
    for (index, business) in businesses.enumerated() {
      let owner = try await account(of: business.owner, passwordHash, as: system)
      try await store.change(in: ID(Int64(index + 1)), as: system) { change in
        try change.whole {
          var builder = try DemonstrationBuilder(
            business, owner: owner, passwordHash: passwordHash, in: change)
          try builder.build()
        }
      }
    }
  }

  /// The user with that address, who is made where there is none yet.
  private func account(
    of person: DemonstrationMember, _ passwordHash: String, as actor: Actor
  ) async throws -> ID<User> {
    try await store.change(in: Business.instance, as: actor) { change in
      let known = try change.row(
        { (id: ID<User>) in id },
        """
        SELECT id FROM users
        WHERE lower(email) = lower(:email) AND :business = 0
        """, ["email": person.email])
      return try known
        ?? change.insertUser(
          email: person.email, name: person.name, passwordHash: passwordHash)
    }
  }

  /// Who can sign in to a demonstration, the owner first; nobody where the books are real.
  package func demonstrationPeople() async throws -> [DemonstrationPerson] {
    let people = try await store.snapshot(of: Business.instance, as: .system) { snapshot in
      try snapshot.rows(
        DemonstrationPerson.init,
        """
        SELECT u.email, u.display_name, m.role FROM businesses b
        JOIN business_memberships m ON m.business_id = b.id AND m.status = 'active'
        JOIN users u ON u.id = m.user_id
        WHERE b.id = 1 AND u.email LIKE '%' || :addresses AND :business = 0
        """, ["addresses": Demonstration.addresses])
    }
    return people.sorted { $0.role > $1.role }
  }
}
