import Domain
import Foundation
import Operations

/// The demonstration for pipes and scripts: who can sign in, how to go on, and a trial balance.
package struct DemonstrationSheet {
  private let path: String
  private let adminKey: String
  private let people: [DemonstrationPerson]
  private let businessName: String
  private let day: Day
  private let sheet: TrialBalanceSheet

  /// Of the books at `path`. The trial balance is that of the business which `options` name, else of
  /// the first. Throws `Failure.notYourBusiness` where nobody of the demonstration is in it.
  package init(
    of path: String, adminKey: String, _ options: BooksOptions, in surroundings: Surroundings
  ) async throws {
    self.path = path
    self.adminKey = adminKey
    day = surroundings.today
    let workspace = try Workspace.open(
      at: path, clock: surroundings.clock, chance: surroundings.chance)
    people = try await workspace.demonstrationPeople()
    let balance: TrialBalance
    let place: WhereIAm.Place
    (place, balance) = try await Self.books(
      of: options.business ?? "harbour", on: day, people, workspace, surroundings)
    try workspace.close()
    businessName = place.businessName
    sheet = TrialBalanceSheet(
      balance, inBase: Currency(code: place.baseCurrency, exponent: place.exponent))
  }

  /// Looks with the eyes of the first of `people` who belongs to the business.
  private static func books(
    of slug: String, on day: Day, _ people: [DemonstrationPerson], _ workspace: Workspace,
    _ surroundings: Surroundings
  ) async throws -> (WhereIAm.Place, TrialBalance) {
    for person in people {
      let lobby = try await workspace.signIn(
        email: person.email, password: Demonstration.password, from: surroundings.origin)
      let theirs = try await workspace.fetch(MyBusinesses(), as: lobby)
      guard let business = theirs.first(where: { $0.slug == slug }) else {
        try await workspace.perform(SignOut(), as: lobby)
        continue
      }
      let principal = try await workspace.enter(business.id, as: lobby)
      let place = try await workspace.fetch(WhereIAm(), as: principal)
      let balance = try await workspace.fetch(TrialBalanceReport(asOf: day), as: principal)
      for session in [principal, lobby] { try await workspace.perform(SignOut(), as: session) }
      return (place, balance)
    }
    throw Failure.notYourBusiness(slug: slug)
  }

  package func show(_ options: OutputOptions, in surroundings: Surroundings) throws {
    try Output(to: surroundings, options).show(
      sheet.table,
      json: [
        "database": .string(path), "admin_key": .string(adminKey),
        "password": .string(Demonstration.password),
        "people": .array(
          people.map {
            [
              "email": .string($0.email), "name": .string($0.name),
              "role": .string($0.role.rawValue),
            ]
          }),
        "trial_balance": try sheet.json(balanced: sheet.isBalanced),
      ],
      text: text)
  }

  private var text: String {
    get throws {
      let width = people.map(\.email.count).max() ?? 0
      let lines = people.map { person in
        let email = person.email.padding(toLength: width, withPad: " ", startingAt: 0)
        return "  \(email)  \(person.role.title), \(person.name)"
      }
      return """
        Demonstration books: \(path)

        Who can sign in, with the password \(Demonstration.password):
        \(lines.joined(separator: "\n"))
        Admin key: \(adminKey)

        Go on with:
          coreflow demo                                  the application on these books
          coreflow --db \(path) login owner@demo.example
          coreflow --db \(path) --business harbour report trial-balance

        Trial balance of \(businessName) as of \(day.text)

        \(try sheet.sheet().text)
        """
    }
  }
}
