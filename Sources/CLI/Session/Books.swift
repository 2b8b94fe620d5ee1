import Domain
import Foundation
import Operations

/// An open database, and who is signed in to it from here.
struct Books {
  let path: String
  let workspace: Workspace
  private var session: SessionFile
  private let origin: Origin
  /// What a program acts by; it goes before whoever is signed in.
  private let key: String?

  /// Throws where there is no database, or it isn't one of this program's.
  init(_ options: BooksOptions, in surroundings: Surroundings) throws {
    let places = Places(surroundings)
    path = try places.database(options.db)
    guard FileManager.default.fileExists(atPath: path) else {
      throw Failure.noDatabase(path: path)
    }
    workspace = try Workspace.open(
      at: path, clock: surroundings.clock, chance: surroundings.chance,
      sealing: places.sealing(chance: surroundings.chance))
    session = try SessionFile(at: places.session(for: path), for: path)
    origin = surroundings.origin
    key = surroundings.environment["COREFLOW_API_KEY"].flatMap { $0.isEmpty ? nil : $0 }
  }

  var isByKey: Bool { key != nil }

  /// The business that the key is for; nil where none is given.
  func openByKey() async throws -> Principal? {
    guard let key else { return nil }
    return try await workspace.open(key: key, from: origin)
  }

  /// Keeps a new sign-in; `nil` forgets who was.
  mutating func keep(_ signIn: SessionFile.SignIn?, in surroundings: Surroundings) throws {
    try Places(surroundings).makeFolder(of: session.path)
    try session.keep(signIn)
  }

  /// The person, signed in to the instance but to no business.
  func lobby() throws -> (SessionFile.SignIn, Principal) {
    guard key == nil else { throw Failure.notByKey }
    guard let signIn = session.signIn else { throw Failure.notSignedIn(path: path) }
    return (signIn, principal(signIn, in: Business.instance, signIn.token))
  }

  func principal(
    _ signIn: SessionFile.SignIn, in business: ID<Business>, _ token: String
  ) -> Principal {
    Principal(user: ID(signIn.user), business: business, token: token, origin: origin)
  }
}

/// A person at work in one business.
struct Seat {
  let workspace: Workspace
  let principal: Principal
  let place: WhereIAm.Place

  /// Takes the person who is signed in to the business that they name or, where that is clear, to
  /// theirs. Entering it happens once: the session is kept for the commands that follow.
  init(_ options: BooksOptions, in surroundings: Surroundings) async throws {
    var books = try Books(options, in: surroundings)
    if let principal = try await books.openByKey() {
      workspace = books.workspace
      self.principal = principal
      place = try await workspace.fetch(WhereIAm(), as: principal)
      if let slug = options.business, slug != place.slug {
        throw Failure.notYourBusiness(slug: slug)
      }
      return
    }
    var (signIn, lobby) = try books.lobby()
    workspace = books.workspace
    let theirs = try await workspace.fetch(MyBusinesses(), as: lobby)
    let business = try Self.chosen(options.business, of: theirs)
    if let token = signIn.businesses[business.value] {
      let principal = books.principal(signIn, in: business, token)
      do {
        place = try await workspace.fetch(WhereIAm(), as: principal)
        self.principal = principal
        return
      } catch Refusal.sessionEnded {
        // That session is over but the person's own isn't, or asking for their businesses would
        // have said so: they enter again.
      }
    }
    principal = try await workspace.enter(business, as: lobby)
    place = try await workspace.fetch(WhereIAm(), as: principal)
    signIn.businesses[business.value] = principal.token
    try books.keep(signIn, in: surroundings)
  }

  private static func chosen(
    _ slug: String?, of theirs: [MyBusinesses.Row]
  ) throws -> ID<Business> {
    if let slug {
      guard let match = theirs.first(where: { $0.slug == slug }) else {
        throw Failure.notYourBusiness(slug: slug)
      }
      return match.id
    }
    guard let first = theirs.first else { throw Failure.noBusiness }
    let usual = theirs.first(where: \.isUsual)
    guard theirs.count == 1 || usual != nil else {
      throw Failure.businessNotChosen(slugs: theirs.map(\.slug))
    }
    return usual?.id ?? first.id
  }

  func fetch<Q: Query>(_ query: Q) async throws -> Q.Output {
    try await workspace.fetch(query, as: principal)
  }

  /// The day that it is in the business.
  var today: Day { workspace.now.day(in: place.timeZone) }

  /// The day that `text` names: on a command line nothing but today has it to go by.
  func day(_ text: String) throws -> Day {
    try DayExpression.parse(text, today: today, reference: today)
  }

  func perform<C: Command>(_ command: C) async throws -> C.Output {
    try await workspace.perform(command, as: principal)
  }

  /// The account that a person calls `name`: by number, path, or a name that only it has.
  func account(_ name: String) async throws -> ChartOfAccounts.Row {
    try await fetch(ChartOfAccounts()).named(name.trimmed)
  }

  /// The entry that a person calls `name`: `GJ-2026-000123` or `D-31`.
  func entry(_ name: String) async throws -> ID<Entry> {
    try await fetch(EntryNamed(name.trimmed))
  }

  /// The member whom a person calls `name`, by e-mail address or by name.
  func person(_ name: String) async throws -> ID<User> { try await member(name).user }

  func member(_ name: String) async throws -> Members.Row {
    try await fetch(Members()).called(name.trimmed)
  }

  /// The department that a person calls `name`, by code or by name.
  func department(_ name: String) async throws -> Departments.Row {
    try await fetch(Departments()).called(name.trimmed)
  }

  /// An amount of the base currency, as people write it.
  func money(_ text: String) throws -> Money {
    try AmountExpression.parse(text, exponent: place.exponent)
  }

  /// That of the books.
  var baseCurrency: Currency { Currency(code: place.baseCurrency, exponent: place.exponent) }

  /// An amount of the base currency as a cell of a table.
  func amount(_ money: Money) -> Table.Cell { .amount(money, exponent: place.exponent) }
}

extension String {
  /// Without the spaces around it: one may stand before what starts with `-` and a digit.
  var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
