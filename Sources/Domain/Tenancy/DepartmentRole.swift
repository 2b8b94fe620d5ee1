/// What somebody is in a department (SPEC 002).
package enum DepartmentRole: String, Sendable, CaseIterable {
  case head
  case manager
  case supervisor
  case lead
  case senior
  case member
  case junior
  case intern

  /// Whether what comes with it holds for the departments below too (RULES §4.2, 2c).
  package var leadsWhatIsBelow: Bool {
    switch self {
    case .head, .manager, .supervisor: true
    case .lead, .senior, .member, .junior, .intern: false
    }
  }
}

/// What may come with a role in a department (RULES §4.2, 2c), in that department alone.
package enum DepartmentPower: String, Sendable, CaseIterable {
  case approveBudget = "approve-budget"
  case manageMembers = "manage-members"
  case viewReports = "view-reports"
  case createRequests = "create-requests"

  package var patterns: [PermissionPattern] {
    let texts =
      switch self {
      case .approveBudget: ["budget.approve"]
      case .manageMembers: ["department.member.manage"]
      case .viewReports: ["report.*"]
      case .createRequests: ["journal.create", "journal.submit"]
      }
    return texts.compactMap(PermissionPattern.init)
  }
}
