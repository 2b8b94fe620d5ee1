/// Why nothing was done, with what a message needs to say so.
package enum WorkflowRefusal: Error, Hashable, Sendable {
  case alreadyStarted
  /// It hasn't begun, is stopped, or is over.
  case notRunning(WorkflowInstanceStatus)
  /// It was returned, and waits for the subject to be changed and submitted again.
  case awaitsChanges
  case notReturned
  case unknownStep(WorkflowStepKey)
  /// By whom and when it was completed, where it was.
  case stepNotActive(WorkflowStepStatus, by: ID<User>?, at: Timestamp?)
  case wrongKind(WorkflowNode.KindName)

  case notYours(asked: [ID<User>])
  case notYourTurn(next: ID<User>)
  case excluded(ID<User>, WorkflowExclusion.Reason)
  /// In one's own name, or in one's place.
  case alreadyDecided(by: ID<User>, at: Timestamp)
  /// One has voted already, in another's place.
  case alreadyVoted(for: ID<User>, at: Timestamp)
  case claimed(by: ID<User>, until: Timestamp)
  case notClaimed
  /// Several decide on it together.
  case notClaimable
  case reasonRequired(atLeast: Int)
  case valueRequired(String)
  case valueUnknown(String)
  case valueUnfit(String)
  /// Since one looked at it.
  case subjectChanged

  case notPassedOn
  case notAsked(ID<User>)
  case alreadyAsked(ID<User>)
  case tooManyReassignments(most: Int)
  case notInitiator(ID<User>?)
  case notCancellable
  case notPausable
  /// Four eyes are asked for.
  case approvalNotSkipped
  case nobodyToEscalateTo

  case noSuchTimer
  case notDue(until: Timestamp)
  case notWaitedFor(event: String)
}
