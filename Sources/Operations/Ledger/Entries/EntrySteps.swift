import Domain
import Store

extension EntryAction {
  /// By which permission the step is taken.
  var permission: Permission? {
    switch self {
    case .edit: EditEntry.permission
    case .discard: DiscardEntry.permission
    case .submit: SubmitEntry.permission
    case .withdraw: WithdrawEntry.permission
    case .reject: RejectEntry.permission
    case .approve: ApproveEntry.permission
    case .recall: RecallEntry.permission
    case .post: PostEntry.permission
    case .void: VoidEntry.permission
    case .reverse: ReverseEntry.permission
    }
  }
}

extension Reading {
  /// What a step needs besides its own permission: one's own work, or more for what others wrote or
  /// submitted (RULES §3.3). The system needs nothing. Throws `notPermitted` or `submittedOnce`.
  func requireOwn(_ record: EntryRecord, or step: EntryAction) throws {
    guard let me = actor.user else { return }
    switch step {
    case .edit, .submit:
      if record.creator != me { try requirePermission(.journalEditAny, on: record.id) }
    case .withdraw:
      if record.submitter != me { try requirePermission(.journalWithdrawAny, on: record.id) }
    case .discard:
      if record.creator != me { throw Refusal.notPermitted(.journalDeleteOwn, .notOwn) }
      if record.wasSubmitted { throw Refusal.submittedOnce }
    case .approve, .reject, .recall, .post, .reverse, .void: break
    }
  }

  /// The system needs none. Throws `notPermitted`.
  func requirePermission(_ permission: Permission, on entry: ID<Entry>) throws {
    try decide(permission, on: try resource(of: entry))?.require()
  }

  /// Throws `irreversible` where the entry isn't one to take back, or is being taken back already.
  func requireReversible(_ record: EntryRecord) throws {
    guard record.reverses == nil else { throw Refusal.irreversible(.reversal) }
    guard record.type != .closing else { throw Refusal.irreversible(.closing) }
    if let waiting = try waitingReversal(of: record.id) {
      throw Refusal.irreversible(.waits(waiting))
    }
  }

  /// What people call the reversal of an entry that is on its way; nil where none is.
  func waitingReversal(of entry: ID<Entry>) throws -> String? {
    try row(
      { (name: String) in name },
      """
      SELECT 'D-' || draft_number FROM journal_entries
      WHERE business_id = :business AND reverses_entry_id = :entry AND status <> 'voided'
        AND status NOT IN ('posted', 'reversed')
      LIMIT 1
      """, ["entry": entry])
  }

  /// What a submitted entry still waits for after the vote of somebody who is `role`. Throws
  /// `approvalNotYours` where it brings the entry no further.
  func awaited(after role: Role, on record: EntryRecord) throws -> [Role] {
    let policy = try approvalPolicy()
    let given = try approvingRoles(of: record)
    let wanted = policy.awaited(for: record.total, given: given)
    let left = policy.awaited(for: record.total, given: given + [role])
    guard left.count < wanted.count else { throw Refusal.approvalNotYours(wanted: wanted) }
    return left
  }
}
