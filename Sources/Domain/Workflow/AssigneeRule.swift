/// Whom a step is for, found out when it becomes active (RULES §5.1).
package enum AssigneeRule: Hashable, Sendable {
  case user(ID<User>)
  case role(Role)
  /// Those who are that in a department; nil is the department of whoever started the instance.
  case department(ID<Department>?, DepartmentRole)
  /// Whom whoever started the instance reports to, so many levels up; 1 is their superior.
  case reportsTo(levels: Int)
  /// The first of RULES §4.7 who may approve the amount.
  case limitChain
  /// The heads of every department on the entry.
  case departmentHeads
  case group(String)

  /// Whether it follows from the lines or the amount of an entry.
  package var needsEntry: Bool {
    switch self {
    case .limitChain, .departmentHeads: true
    case .user, .role, .department, .reportsTo, .group: false
    }
  }
}

/// Whom a step is for. Where nobody is left of them, those of `fallback` are asked at once: nothing
/// is approved because nobody could.
package struct Assignees: Hashable, Sendable {
  package let rule: AssigneeRule
  package let fallback: AssigneeRule?
  /// Whether an assignee may hand the step to somebody else (RULES §5.4, reassign).
  package let canPassOn: Bool

  package init(_ rule: AssigneeRule, fallback: AssigneeRule? = nil, canPassOn: Bool = false) {
    self.rule = rule
    self.fallback = fallback
    self.canPassOn = canPassOn
  }
}
