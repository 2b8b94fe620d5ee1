import Domain
import Operations
import TestSupport
import Testing
import ViewModels

/// What comes with each thing that somebody may do in a department, typed by hand from RULES §4.2,
/// 2c, for an employee and a viewer: panes and keys that their role lacks.
nonisolated enum DepartmentRoleTable {
  struct Case: Sendable, CustomTestStringConvertible {
    /// Nil is being named the head of it, with no post.
    let post: DepartmentPost?
    /// By the role that holds it: the keys that are there besides the role's own, by screen.
    let gained: [Role: [String: Set<String>]]

    var testDescription: String {
      guard let post else { return "named head" }
      return
        "\(post.role) \(post.powers.map(\.rawValue).sorted()) \(post.limit.map(\.minorUnits) ?? 0)"
    }
  }

  private static let forms: Set<String> = ["journal.new"]
  private static let drafting: Set<String> = [
    "journal.submit", "journal.withdraw", "journal.duplicate", "journal.template",
  ]
  private static let judging: Set<String> = ["journal.approve", "journal.reject"]

  static let cases: [Case] = [
    Case(post: DepartmentPost(.member), gained: [:]), Case(post: nil, gained: [:]),
    Case(
      post: DepartmentPost(.lead, [.createRequests]),
      gained: [
        .viewer: [
          "home": forms, "journal": forms.union(drafting), "entry": drafting,
          "accounts": ["account.opening"], "allocations": ["allocation.run"],
        ]
      ]),
    Case(
      post: DepartmentPost(.head, limit: Money(minorUnits: 50_000)),
      gained: [
        .employee: ["journal": judging, "entry": judging],
        .viewer: ["journal": judging, "entry": judging],
      ]),
    Case(
      post: DepartmentPost(.manager, [.manageMembers]),
      gained: [
        .employee: [
          "people": ["member.place", "member.superior", "member.title"],
          "posts": ["post.new", "post.end"],
        ],
        .viewer: [
          "people": ["member.place", "member.superior", "member.title"],
          "posts": ["post.new", "post.end"],
        ],
      ]),
    Case(
      post: DepartmentPost(.supervisor, [.viewReports]),
      gained: [
        .employee: Dictionary(
          uniqueKeysWithValues: RoleTable.lists.map { ($0, ["list.export"]) })
      ]),
    Case(
      post: DepartmentPost(.head, [.approveBudget]),
      gained: [
        .employee: ["budgets": ["budget.approve"]], .viewer: ["budgets": ["budget.approve"]],
      ]),
  ]
}

@Suite struct DepartmentRoleTables {
  @Test(arguments: DepartmentRoleTable.cases, [Role.employee, .viewer])
  func `what somebody is in a department gives them its keys and commands, and no others`(
    _ given: DepartmentRoleTable.Case, _ role: Role
  ) async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    _ = try await books.workspace.perform(StartAccessReview("2026"), as: books.owner)
    let before = try await offered(role, in: books)
    try await give(given.post, to: books.principal(role).user, in: books)
    let after = try await offered(role, in: books)
    for (screen, actions) in after {
      let gained = given.gained[role]?[screen] ?? []
      #expect(actions.subtracting(before[screen] ?? []) == gained, "\(role) \(screen)")
      #expect(before[screen]?.subtracting(actions) == [], "\(role) \(screen)")
    }
  }

  private func give(_ post: DepartmentPost?, to user: ID<User>, in books: TestBooks) async throws {
    if let post {
      _ = try await books.workspace.perform(
        Appoint(user, to: post, in: books.department), as: books.owner)
    } else {
      let row = try #require(
        try await books.workspace.fetch(Departments(), as: books.owner)
          .first { $0.id == books.department })
      var content = row.content
      content.head = user
      try await books.workspace.perform(
        UpdateDepartment(row.id, content: content), as: books.owner)
    }
  }

  /// The keys that a screen offers, by screen; those that don't open are left out.
  private func offered(_ role: Role, in books: TestBooks) async throws -> [String: Set<String>] {
    let driver = await Driver(role, in: books)
    #expect(driver.navigator.sections == RoleTable.tabs(of: role))
    var found: [String: Set<String>] = [:]
    var seen: [String: String] = [:]
    for (name, keys) in RoleTable.screens {
      for key in keys { await driver.press(key) }
      await driver.expectColumnsAndCommands(of: name, for: role, seen: &seen)
      if seen.values.contains(name) { found[name] = Set(driver.actionIDs) }
      while driver.path.count > 1 { await driver.press(.escape) }
    }
    return found
  }
}
