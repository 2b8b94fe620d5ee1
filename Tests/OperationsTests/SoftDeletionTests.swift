import Domain
import Foundation
import GRDB
import Operations
import TestSupport
import Testing

@testable import Store

/// What is taken away is only marked so: nothing shows or counts it, its name is free, and it comes
/// back.
@Suite struct SoftDeletionTests {
  /// How rows of one table are taken away and brought back.
  struct Kind: Sendable, CustomTestStringConvertible {
    let table: String
    let subject: Subject.Kind
    let make: @Sendable (Workplace) async throws -> Int64
    let remove: @Sendable (Workplace, Int64) async throws -> Void
    let restore: @Sendable (Workplace, Int64) async throws -> Void
    let deleted: @Sendable (Workplace) async throws -> [String]

    var testDescription: String { table }
  }

  /// The books that a test works on, and an entry in them.
  struct Workplace: Sendable {
    let books: TestBooks
    let things: Things

    func perform<C: Command>(_ command: C) async throws -> C.Output {
      try await books.workspace.perform(command, as: books.owner)
    }

    func fetch<Q: Query>(_ query: Q) async throws -> Q.Output {
      try await books.workspace.fetch(query, as: books.owner)
    }

    func lobby() async throws -> Principal {
      try await books.workspace.signIn(
        email: "owner@books.example", password: TestBooks.password, from: TestBooks.origin)
    }

    /// What every query says, and the journal as it would be exported.
    func answers() async throws -> [String: String] {
      var answers: [String: String] = [:]
      for (index, trial) in Trial.queries.enumerated() {
        // The log tells of everything for ever, and some lists are of what was taken away.
        guard !trial.name.hasPrefix("Deleted"), !trial.name.hasPrefix("Audit"),
          trial.name != "VerifyAudit",
          // One has something to transfer booked first, and the other says where the log ends.
          trial.name != "OpeningTransfer", trial.name != "Footed"
        else { continue }
        // The check-list also says where the log ends.
        answers["\(trial.name) \(index)"] = try await trial.answer(in: books, on: things).text
          .replacing(/chain: \(some: \(sequence: \d+\nhash: [0-9a-f]+/, with: "chain")
      }
      answers["ExportJournal"] = Trial.text(of: try await perform(ExportJournal(to: "out")).journal)
      return answers
    }
  }

  private static let name = "quokka"

  private static let kinds = [
    Kind(
      table: "departments", subject: .department,
      make: {
        try await $0.perform(CreateDepartment(DepartmentContent(code: name, name: name))).value
      },
      remove: { try await $0.perform(RemoveDepartment(ID($1))) },
      restore: { try await $0.perform(RestoreDepartment(ID($1))) },
      deleted: { try await $0.fetch(DeletedDepartments()).map(\.key) }),
    Kind(
      table: "accounts", subject: .account,
      make: {
        let content = AccountContent(number: name, name: name, type: .asset, category: .cash)
        return try await $0.perform(CreateAccount(content)).value
      },
      remove: { try await $0.perform(RemoveAccount(ID($1))) },
      restore: { try await $0.perform(RestoreAccount(ID($1))) },
      deleted: { try await $0.fetch(DeletedAccounts()).map(\.key) }),
    Kind(
      table: "entry_templates", subject: .template,
      make: { try await $0.perform(SaveTemplate(name, of: $0.things.posted)).value },
      remove: { try await $0.perform(RemoveTemplate(ID($1))) },
      restore: { try await $0.perform(RestoreTemplate(ID($1))) },
      deleted: { try await $0.fetch(DeletedTemplates()).map(\.key) }),
    Kind(
      table: "businesses", subject: .business,
      make: {
        try await $0.perform(
          CreateBusiness(BusinessPlan(name: name, baseCurrency: "USD", chart: nil))
        ).value
      },
      remove: { place, id in
        let workspace = place.books.workspace
        try await workspace.perform(
          RemoveBusiness(ID(id)), as: try await workspace.enter(ID(id), as: try await place.lobby())
        )
      },
      restore: { place, id in
        try await place.books.workspace.restore(ID(id), as: try await place.lobby())
      },
      deleted: { place in
        try await place.books.workspace.fetch(DeletedBusinesses(), as: try await place.lobby())
          .map(\.key)
      }),
  ]

  @Test func `every table whose rows can be marked deleted is among these`() async throws {
    let books = try await TestBooks.make()
    let tables = try await books.store.snapshot(of: books.business, as: .system) {
      try String.fetchAll(
        $0.scope.db,
        sql: """
          SELECT t.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
          WHERE t.type = 'table' AND c.name = 'deleted_at'
          """)
    }
    #expect(Set(tables) == Set(Self.kinds.map(\.table)))
    let statements = try Conformances.sources().flatMap { text in
      text.matches(of: /UPDATE (\w+) SET[^"]*?\bdeleted_at = :/).map { String($0.1) }
    }
    #expect(Set(statements) == Set(Self.kinds.map(\.table)))
  }

  @Test(arguments: kinds)
  func `nothing shows or counts what was taken away`(_ kind: Kind) async throws {
    let place = try await Self.workplace()
    let without = try await place.answers()
    let id = try await kind.make(place)
    let with = try await place.answers()
    #expect(with.values.contains { $0.contains(Self.name) }, "or nothing would be proved")
    try await kind.remove(place, id)
    let after = try await place.answers()
    for (query, answer) in after { #expect(answer == without[query], "\(query)") }
  }

  @Test(arguments: kinds)
  func `its name is free, it is listed as deleted, and it comes back where nobody has its name`(
    _ kind: Kind
  ) async throws {
    let place = try await Self.workplace()
    let first = try await kind.make(place)
    let with = try await place.answers()
    try await kind.remove(place, first)
    #expect(try await kind.deleted(place).first == Self.name)
    await #expect(throws: Refusal.self) { try await kind.remove(place, first) }
    let second = try await kind.make(place)
    await #expect(throws: Refusal.taken(kind: kind.subject, name: Self.name)) {
      try await kind.restore(place, first)
    }
    try await kind.remove(place, second)
    #expect(try await kind.deleted(place).filter { $0 == Self.name }.count == 2)
    try await kind.restore(place, first)
    #expect(try await kind.deleted(place).filter { $0 == Self.name }.count == 1)
    let again = try await place.answers()
    for (query, answer) in again {
      #expect(Self.unversioned(answer) == with[query].map(Self.unversioned), "\(query)")
    }
    await #expect(throws: Refusal.self) { try await kind.restore(place, first) }
  }

  @Test func `what stood below something deleted comes back after it`() async throws {
    let place = try await Self.workplace()
    let above = try await place.perform(
      CreateDepartment(DepartmentContent(code: "TOP", name: "Top")))
    let below = try await place.perform(
      CreateDepartment(DepartmentContent(code: "LOW", name: "Low", parent: above)))
    try await place.perform(RemoveDepartment(below))
    try await place.perform(RemoveDepartment(above))
    await #expect(throws: Refusal.belowDeleted(kind: .department, name: "TOP")) {
      try await place.perform(RestoreDepartment(below))
    }
    try await place.perform(RestoreDepartment(above))
    try await place.perform(RestoreDepartment(below))
    #expect(try await place.fetch(Departments()).contains { $0.parent == above })
  }

  @Test func `an account that anything names is archived, not taken away`() async throws {
    let place = try await Self.workplace()
    await #expect(throws: Refusal.account(.everUsed)) {
      try await place.perform(RemoveAccount(place.things.account))
    }
    let system = try #require(
      try await place.fetch(ChartOfAccounts()).first { $0.isSystem && !$0.isHeader })
    await #expect(throws: Refusal.account(.isSystem)) {
      try await place.perform(RemoveAccount(system.id))
    }
    try await place.perform(ArchiveAccount(place.things.spare))
    try await place.perform(RemoveAccount(place.things.spare))
    try await place.perform(RestoreAccount(place.things.spare))
    let back = try await place.fetch(ChartOfAccounts()).first { $0.id == place.things.spare }
    #expect(back?.status == "inactive", "as it was")
  }

  private static func workplace() async throws -> Workplace {
    let neighbours = try await Neighbours.make()
    return Workplace(books: try neighbours.alone(), things: neighbours.own)
  }

  private static func unversioned(_ text: String) -> String {
    text.replacing(/version: \d+/, with: "version")
  }
}
