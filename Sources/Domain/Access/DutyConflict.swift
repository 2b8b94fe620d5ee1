/// Two permissions that one person had better not hold together (RULES §4.6): who can do both can
/// hide what they did.
package struct DutyConflict: Hashable, Sendable {
  package let first: Permission
  package let second: Permission
  package let severity: Severity

  package enum Severity: String, Hashable, Sendable, CaseIterable {
    case high
    case medium
  }

  package static let all: [DutyConflict] = [
    DutyConflict(.accountCreate, .journalPost, .medium),
    DutyConflict(.userRoleAssign, .journalPost, .high),
    DutyConflict(.rateEdit, .revaluationRun, .medium),
    DutyConflict(.workflowPublish, .journalApprove, .high),
    DutyConflict(.periodClose, .periodReopen, .medium),
    DutyConflict(.auditRetention, .journalPost, .high),
    DutyConflict(.importRun, .reconApprove, .medium),
    DutyConflict(.apikeyCreate, .journalApprove, .high),
  ]

  private init(_ first: Permission, _ second: Permission, _ severity: Severity) {
    self.first = first
    self.second = second
    self.severity = severity
  }

  /// Whether somebody who holds these has both.
  package func isIn(_ held: Set<Permission>) -> Bool {
    held.contains(first) && held.contains(second)
  }
}
