/// A station of a workflow: V4's ten kinds of step, and an explicit join (RULES §5.1).
package struct WorkflowNode: Hashable, Sendable {
  /// `[a-z0-9_-]`, at most 64.
  package let id: String
  package let name: String
  package let kind: Kind
  /// How often one instance may come here; nil is as often as there are ways, which is once unless
  /// it lies on a loop.
  package let maxVisits: Int?

  package init(_ id: String, _ kind: Kind, name: String = "", maxVisits: Int? = nil) {
    self.id = id
    self.kind = kind
    self.name = name
    self.maxVisits = maxVisits
  }

  package enum Kind: Hashable, Sendable {
    case start
    case task(TaskStep)
    case approval(ApprovalStep)
    case review(ReviewStep)
    case notification(NotificationStep)
    /// Goes where the first guard holds, or by the default.
    case condition
    /// One token goes along each edge; they meet again at the join of that id.
    case parallel(join: String)
    case join(JoinMode)
    case wait(WaitStep)
    case system(SystemStep)
    case end(WorkflowResult)
  }

  /// A kind as the schema and files call it.
  package enum KindName: String, Sendable, CaseIterable {
    case start
    case task
    case approval
    case review
    case notification
    case condition
    case parallel
    case join
    case wait
    case system
    case end
  }
}

extension WorkflowNode.Kind {
  package var name: WorkflowNode.KindName {
    switch self {
    case .start: .start
    case .task: .task
    case .approval: .approval
    case .review: .review
    case .notification: .notification
    case .condition: .condition
    case .parallel: .parallel
    case .join: .join
    case .wait: .wait
    case .system: .system
    case .end: .end
    }
  }

  /// Whom it is for; nil where no person has to do anything.
  package var assignees: Assignees? {
    switch self {
    case .task(let step): step.assignees
    case .approval(let step): step.assignees
    case .review(let step): step.assignees
    case .start, .notification, .condition, .parallel, .join, .wait, .system, .end: nil
    }
  }

  package var deadline: Deadline? {
    switch self {
    case .task(let step): step.deadline
    case .approval(let step): step.deadline
    case .review(let step): step.deadline
    case .start, .notification, .condition, .parallel, .join, .wait, .system, .end: nil
    }
  }
}

/// By when a step must be done, and who is asked then. Reminders go out at 50 % and 90 % of the time
/// and when it is over (RULES §5.5).
package struct Deadline: Hashable, Sendable {
  /// From the step's activation; nil is never.
  package let due: WorkflowDuration?
  /// In the order of time; none without `due`.
  package let escalations: [Escalation]

  package init(due: WorkflowDuration? = nil, escalations: [Escalation] = []) {
    self.due = due
    self.escalations = escalations
  }

  package static let none = Deadline()
}

/// Who is asked where a step isn't done in time. Time that passes never approves (RULES §5.3).
package struct Escalation: Hashable, Sendable {
  package enum Effect: String, Sendable, CaseIterable {
    /// Those who had it keep it too.
    case adds
    case replaces
  }

  /// After the step was due; zero is then.
  package let after: WorkflowDuration
  package let to: AssigneeRule
  package let effect: Effect

  package init(
    after: WorkflowDuration = WorkflowDuration(minutes: 0), to: AssigneeRule,
    _ effect: Effect = .adds
  ) {
    self.after = after
    self.to = to
    self.effect = effect
  }
}

/// What somebody does and fills in.
package struct TaskStep: Hashable, Sendable {
  package let assignees: Assignees
  package let form: [TaskField]
  package let deadline: Deadline

  package init(_ assignees: Assignees, form: [TaskField] = [], deadline: Deadline = .none) {
    self.assignees = assignees
    self.form = form
    self.deadline = deadline
  }
}

/// A variable of the definition that a task asks for.
package struct TaskField: Hashable, Sendable {
  package let variable: String
  package let label: String
  package let isRequired: Bool

  package init(_ variable: String, label: String = "", isRequired: Bool = true) {
    self.variable = variable
    self.label = label
    self.isRequired = isRequired
  }
}

/// How many of those who are asked must approve (RULES §5.3).
package enum ApprovalMode: Hashable, Sendable {
  case any
  case all
  case quorum(Int)
  /// One after the other, in the order in which the assignee rule names them.
  case sequential
}

/// A decision of people. A rejection ends the instance as rejected; a return sends it to whoever
/// started it (RULES §5.3).
package struct ApprovalStep: Hashable, Sendable {
  package let assignees: Assignees
  package let mode: ApprovalMode
  /// Whether one rejection rejects.
  package let hasVeto: Bool
  /// Whether nobody counts who approved another step of the instance (n eyes, RULES §4.6).
  package let needsOtherPersons: Bool
  /// Whether only those are asked whose limit reaches the amount (RULES §4.7).
  package let isWithinLimits: Bool
  /// Whether votes stand when only texts and attachments were changed before it is submitted again.
  package let keepsVotes: Bool
  package let deadline: Deadline

  package init(
    _ assignees: Assignees, mode: ApprovalMode = .any, hasVeto: Bool = false,
    needsOtherPersons: Bool = true, isWithinLimits: Bool = true, keepsVotes: Bool = false,
    deadline: Deadline = .none
  ) {
    self.assignees = assignees
    self.mode = mode
    self.hasVeto = hasVeto
    self.needsOtherPersons = needsOtherPersons
    self.isWithinLimits = isWithinLimits
    self.keepsVotes = keepsVotes
    self.deadline = deadline
  }
}

/// Something to look at; it goes on without, once it was due, unless it must be acknowledged.
package struct ReviewStep: Hashable, Sendable {
  package let assignees: Assignees
  package let mustAcknowledge: Bool
  package let deadline: Deadline

  package init(
    _ assignees: Assignees, mustAcknowledge: Bool = false, deadline: Deadline = .none
  ) {
    self.assignees = assignees
    self.mustAcknowledge = mustAcknowledge
    self.deadline = deadline
  }
}

/// What is told to people, whether or not they can be reached.
package struct NotificationStep: Hashable, Sendable {
  package let recipients: [AssigneeRule]
  /// What it says, with what guards can ask for in braces: `{amount}`.
  package let template: String

  package init(to recipients: [AssigneeRule], template: String) {
    self.recipients = recipients
    self.template = template
  }
}

/// How many branches a join waits for; the rest are cancelled.
package enum JoinMode: Hashable, Sendable {
  case all
  case any
  case count(Int)
}

/// What goes on by itself.
package enum WaitStep: Hashable, Sendable {
  /// The beginning of the day, by the business's clock.
  case day(Day)
  /// The beginning of the day that a variable holds.
  case dayOf(variable: String)
  case lasting(WorkflowDuration)
  /// What something outside reports under that key: `[a-z0-9_.-]`, at most 64.
  case event(String)
}

/// What the system may do by itself: nothing else can be named (RULES §5.1).
package enum SystemAction: String, Sendable, CaseIterable {
  case approveEntry = "journal.approve"
  case postEntry = "journal.post"
  case reverseEntry = "create_reversal"
  /// The checks of the entry's period.
  case runChecks = "run_check"

  /// What whoever publishes the definition must hold themselves.
  package var permission: Permission {
    switch self {
    case .approveEntry: .journalApprove
    case .postEntry: .journalPost
    case .reverseEntry: .journalReverse
    case .runChecks: .periodRead
    }
  }
}

/// What the system does, in the transaction of its transition (RULES §5.7).
package struct SystemStep: Hashable, Sendable {
  package let action: SystemAction
  /// How often it is tried again before it has failed.
  package let retries: Int

  package init(_ action: SystemAction, retries: Int = 3) {
    self.action = action
    self.retries = retries
  }

  /// How long is waited before each retry, in minutes: 1, 5, and from then on 30.
  package static func backOffMinutes(beforeRetry retry: Int) -> Int {
    retry <= 1 ? 1 : retry == 2 ? 5 : 30
  }
}

/// How an instance ends.
package enum WorkflowResult: String, Sendable, CaseIterable {
  case approved
  case rejected
  case cancelled
  case done
}
