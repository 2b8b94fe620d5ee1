/// What is to be done outside an instance, in the transaction that keeps its transitions. Only
/// telling people may come later, and may fail (RULES §5.7).
package enum WorkflowEffect: Hashable, Sendable {
  case notify([ID<User>], WorkflowNotice, step: WorkflowStepKey?)
  /// What a notification of the definition says, to its recipients.
  case send(WorkflowStepKey)
  /// Its outcome comes back as `actionSucceeded` or `actionFailed`. What was done under a key is
  /// done: the key is the same however often it is tried.
  case run(SystemAction, WorkflowStepKey, key: String)
  case set(WorkflowTimer)
  case cancel(WorkflowTimer)
  case subject(WorkflowSubjectOutcome)
  /// As a system event of high severity.
  case report(WorkflowFailure)
}

/// What becomes of the subject.
package enum WorkflowSubjectOutcome: String, Hashable, Sendable, CaseIterable {
  case approved
  case rejected
  case returnedToDraft
}

/// What people are told.
package enum WorkflowNotice: Hashable, Sendable {
  case asked
  case reminded
  case overdue
  case escalated
  case returned
  case ended(WorkflowEnding)
}
