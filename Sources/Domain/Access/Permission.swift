/// A thing that may or may not be done: the keys of RULES §4.9, `noun.verb`.
package enum Permission: String, Sendable, CaseIterable {
  case businessRead = "business.read"
  case businessCreate = "business.create"
  case businessSettingsEdit = "business.settings.edit"
  case businessArchive = "business.archive"
  case userRead = "user.read"
  case userInvite = "user.invite"
  case userRoleAssign = "user.role.assign"
  case userSuspend = "user.suspend"
  case sessionRevoke = "session.revoke"
  case apikeyCreate = "apikey.create"
  case apikeyRevoke = "apikey.revoke"
  case departmentRead = "department.read"
  case departmentEdit = "department.edit"
  case departmentMemberManage = "department.member.manage"
  case permissionRead = "permission.read"
  case permissionManage = "permission.manage"
  case permissionExplain = "permission.explain"
  case delegationCreate = "delegation.create"
  case breakglassUse = "breakglass.use"
  case accountRead = "account.read"
  case accountCreate = "account.create"
  case accountEdit = "account.edit"
  case accountArchive = "account.archive"
  case accountControlPost = "account.control.post"
  case journalRead = "journal.read"
  case journalCreate = "journal.create"
  case journalEditOwn = "journal.edit.own"
  case journalEditAny = "journal.edit.any"
  case journalDeleteOwn = "journal.delete.own"
  case journalSubmit = "journal.submit"
  case journalWithdrawAny = "journal.withdraw.any"
  case journalApprove = "journal.approve"
  case journalPost = "journal.post"
  case journalRecall = "journal.recall"
  case journalVoid = "journal.void"
  case journalReverse = "journal.reverse"
  case journalTypeAdjusting = "journal.type.adjusting"
  case recurringManage = "recurring.manage"
  case attachmentAdd = "attachment.add"
  case attachmentHide = "attachment.hide"
  case periodRead = "period.read"
  case periodOpen = "period.open"
  case periodClose = "period.close"
  case periodReopen = "period.reopen"
  case periodLock = "period.lock"
  case periodAdjust = "period.adjust"
  case periodExceptionGrant = "period.exception.grant"
  case yearClose = "year.close"
  case yearReopen = "year.reopen"
  case reportRead = "report.read"
  case reportExport = "report.export"
  case snapshotCreate = "snapshot.create"
  case consolidationRun = "consolidation.run"
  case budgetEdit = "budget.edit"
  case budgetApprove = "budget.approve"
  case rateEdit = "rate.edit"
  case revaluationRun = "revaluation.run"
  case importRun = "import.run"
  case reconPrepare = "recon.prepare"
  case reconApprove = "recon.approve"
  case workflowRead = "workflow.read"
  case workflowEdit = "workflow.edit"
  case workflowPublish = "workflow.publish"
  case taskReassign = "task.reassign"
  case instanceCancel = "instance.cancel"
  case instancePause = "instance.pause"
  case auditRead = "audit.read"
  case auditVerify = "audit.verify"
  case auditReveal = "audit.reveal"
  case auditExport = "audit.export"
  case auditRetention = "audit.retention"
  case costRead = "cost.read"
  case priceEdit = "price.edit"
  case migrationRun = "migration.run"
  case migrationRollback = "migration.rollback"
  case migrationBackup = "migration.backup"

  /// Whether a grant of it ends at an amount (RULES §4.2, 7): where some role's does.
  package var isMonetary: Bool {
    Role.allCases.contains { [.limited, .limitedInDepartment].contains(grant(to: $0)) }
  }

  /// What no key of a program ever does (RULES §4.2, 1). By lending it would give away more than it
  /// is for itself, and an emergency is a person's to declare.
  package var isForPeopleOnly: Bool {
    let nouns = ["period.", "user.", "permission.", "apikey."]
    return [.journalApprove, .delegationCreate, .breakglassUse].contains(self)
      || nouns.contains { rawValue.hasPrefix($0) }
  }

  /// Whether somebody can lend it: what they do, but neither what they see nor what decides over
  /// rights, or what is lent for a day would be kept for ever (RULES §4.5).
  package var isLendable: Bool {
    let rights: [Permission] = [
      .delegationCreate, .permissionManage, .userInvite, .userRoleAssign, .userSuspend,
      .departmentMemberManage, .apikeyCreate, .breakglassUse,
    ]
    return !onlyReads && !rights.contains(self)
  }

  /// Whether whoever had a hand in a thing may not do this to it (RULES §4.6).
  package var isJudgement: Bool { [.journalApprove, .budgetApprove, .reconApprove].contains(self) }

  /// Whether nobody does it to themselves or to somebody of a higher role, whatever they hold.
  package var sparesOneselfAndThoseAbove: Bool {
    [.userRoleAssign, .userSuspend, .departmentMemberManage].contains(self)
  }

  /// What is done to a thing by it, from the least to the most.
  package enum Act: Hashable, Sendable {
    case look
    case takeOut
    case change
    case remove
    case administer
  }

  package var act: Act {
    switch self {
    case .businessRead, .userRead, .departmentRead, .permissionRead, .permissionExplain,
      .accountRead, .journalRead, .periodRead, .reportRead, .workflowRead, .auditRead,
      .auditVerify, .costRead:
      .look
    case .reportExport, .auditExport: .takeOut
    case .permissionManage: .administer
    case .businessArchive, .accountArchive, .journalDeleteOwn, .journalVoid, .attachmentHide:
      .remove
    case .businessCreate, .businessSettingsEdit, .userInvite, .userRoleAssign, .userSuspend,
      .sessionRevoke, .apikeyCreate, .apikeyRevoke, .departmentEdit, .departmentMemberManage,
      .delegationCreate, .breakglassUse, .accountCreate, .accountEdit, .accountControlPost,
      .journalCreate, .journalEditOwn, .journalEditAny, .journalSubmit, .journalWithdrawAny,
      .journalApprove, .journalPost, .journalRecall, .journalReverse, .journalTypeAdjusting,
      .recurringManage, .attachmentAdd, .periodOpen, .periodClose, .periodReopen, .periodLock,
      .periodAdjust, .periodExceptionGrant, .yearClose, .yearReopen, .snapshotCreate,
      .consolidationRun, .budgetEdit, .budgetApprove, .rateEdit, .revaluationRun, .importRun,
      .reconPrepare, .reconApprove, .workflowEdit, .workflowPublish, .taskReassign,
      .instanceCancel, .instancePause, .auditReveal, .auditRetention, .priceEdit, .migrationRun,
      .migrationRollback, .migrationBackup:
      .change
    }
  }

  /// Whether the permission only looks: what a suspended business still allows (RULES §4.2, 1).
  package var onlyReads: Bool { act == .look || act == .takeOut }

  package var isExport: Bool { act == .takeOut }

  /// What a thing's own list must give for it (RULES §4.2, 5).
  package var neededLevel: AccessLevel {
    switch act {
    case .look, .takeOut: .read
    case .change: .write
    case .remove: .delete
    case .administer: .admin
    }
  }
}

extension Permission {
  /// What somebody may have meant who wrote `name`; nil where nothing is near.
  package static func nearest(to name: String) -> Permission? {
    let name = name.lowercased()
    let distances = allCases.map { ($0, distance(from: Array(name), to: Array($0.rawValue))) }
    guard let nearest = distances.min(by: { $0.1 < $1.1 }), nearest.1 <= 1 + name.count / 5 else {
      return nil
    }
    return nearest.0
  }

  /// How many letters must be put in, taken out or replaced.
  private static func distance(from left: [Character], to right: [Character]) -> Int {
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let replaced = diagonal + (right[column] == letter ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}
