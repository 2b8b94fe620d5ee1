import Domain
import Operations
import TestSupport
import Testing
import ViewModels

/// What comes with each thing that somebody may do in a department, typed by hand from RULES §4.2,
/// 2c, for an employee and a viewer: panes and keys that their role lacks.
nonisolated enum DepartmentRoleTable {
  struct Case: Sendable, CustomTestStringConvertible {
    let post: DepartmentPost
    /// By the role that holds it: the keys that are there besides the role's own, by screen.
    let gained: [Role: [String: Set<String>]]

    var testDescription: String {
      "\(post.role) \(post.powers.map(\.rawValue).sorted()) \(post.limit.map(\.minorUnits) ?? 0)"
    }
  }

  private static let forms: Set<String> = ["journal.new"]
  private static let drafting: Set<String> = [
    "journal.submit", "journal.withdraw", "journal.duplicate", "journal.template",
  ]
  private static let judging: Set<String> = ["journal.approve", "journal.reject"]

  static let cases: [Case] = [
    Case(post: DepartmentPost(.member), gained: [:]),
    Case(
      post: DepartmentPost(.lead, [.createRequests]),
      gained: [
        .viewer: [
          "home": forms, "journal": forms.union(drafting), "entry": drafting,
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
          "people": ["member.place", "member.superior"], "posts": ["post.new", "post.end"],
        ],
        .viewer: [
          "people": ["member.place", "member.superior"], "posts": ["post.new", "post.end"],
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
    _ = try await books.workspace.perform(
      Appoint(books.principal(role).user, to: given.post, in: books.department), as: books.owner)
    let after = try await offered(role, in: books)
    for (screen, actions) in after {
      let gained = given.gained[role]?[screen] ?? []
      #expect(actions.subtracting(before[screen] ?? []) == gained, "\(role) \(screen)")
      #expect(before[screen]?.subtracting(actions) == [], "\(role) \(screen)")
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
