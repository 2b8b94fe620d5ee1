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
    switch self {
    case .approveBudget: [PermissionPattern(.budgetApprove)]
    case .manageMembers: [PermissionPattern(.departmentMemberManage)]
    // Reports that are yet to come too.
    case .viewReports: [PermissionPattern("report.*")].compactMap(\.self)
    case .createRequests: [PermissionPattern(.journalCreate), PermissionPattern(.journalSubmit)]
    }
  }
}
