package import Domain
package import Phrases

extension Permission {
  /// What it lets somebody do: `approve entries`, or `approve D-31` where one thing is meant.
  package func phrase(_ thing: Phrase? = nil) -> Phrase {
    ofPeople(thing) ?? ofBooks(thing)
  }

  /// Nil of what is done with books.
  private func ofPeople(_ thing: Phrase?) -> Phrase? {
    func one(_ many: Phrase) -> Phrase { thing ?? many }
    return switch self {
    case .businessRead: "see \(one("the business"))"
    case .businessCreate: "create another business"
    case .businessSettingsEdit: "change \(one("the settings of the business"))"
    case .businessArchive: "archive \(one("the business"))"
    case .userRead: "see \(one("people"))"
    case .userInvite: "invite \(one("people"))"
    case .userRoleAssign: "change the role of \(one("people"))"
    case .userSuspend: "suspend \(one("people"))"
    case .sessionRevoke: thing.map { "end the sessions of \($0)" } ?? "end sessions"
    case .apikeyCreate: "make \(one("keys for programs"))"
    case .apikeyRevoke: "revoke \(one("keys for programs"))"
    case .departmentRead: "see \(one("departments"))"
    case .departmentEdit: "change \(one("departments"))"
    case .departmentMemberManage:
      thing.map { "put \($0) into departments" } ?? "put people into departments"
    case .permissionRead: "see what is granted to \(one("people"))"
    case .permissionManage:
      thing.map { "grant rights to \($0) and forbid them" } ?? "grant and forbid rights"
    case .permissionExplain: "ask why \(one("people")) may or may not do something"
    case .delegationCreate: "delegate \(one("rights"))"
    case .breakglassUse: "lift limits in an emergency"
    case .auditRead: "read \(one("the audit log"))"
    case .auditVerify: "verify \(one("the audit log"))"
    case .auditReveal: "reveal \(one("masked values"))"
    case .auditExport: "export \(one("the audit log"))"
    case .auditRetention: "archive \(one("old audit records"))"
    case .costRead: "see \(one("what things cost"))"
    case .priceEdit: "change \(one("the price list"))"
    case .migrationRun: "migrate \(one("the database"))"
    case .migrationRollback: "roll back \(one("migrations"))"
    case .migrationBackup: "back up \(one("the database"))"
    case .accountRead, .accountCreate, .accountEdit, .accountArchive, .accountControlPost,
      .journalRead, .journalCreate, .journalEditOwn, .journalEditAny, .journalDeleteOwn,
      .journalSubmit, .journalWithdrawAny, .journalApprove, .journalPost, .journalRecall,
      .journalVoid, .journalReverse, .journalTypeAdjusting, .recurringManage,
      .attachmentAdd, .attachmentHide, .periodRead, .periodOpen, .periodClose,
      .periodReopen, .periodLock, .periodAdjust, .periodExceptionGrant, .yearClose,
      .yearReopen, .reportRead, .reportExport, .snapshotCreate, .consolidationRun,
      .budgetEdit, .budgetApprove, .rateEdit, .revaluationRun, .importRun, .reconPrepare,
      .reconApprove, .workflowRead, .workflowEdit, .workflowPublish, .taskReassign,
      .instanceCancel, .instancePause:
      nil
    }
  }

  private func ofBooks(_ thing: Phrase?) -> Phrase {
    func one(_ many: Phrase) -> Phrase { thing ?? many }
    return switch self {
    case .accountRead: "see \(one("accounts"))"
    case .accountCreate: "open \(one("accounts"))"
    case .accountEdit: "change \(one("accounts"))"
    case .accountArchive: "archive \(one("accounts"))"
    case .accountControlPost: "post by hand to \(one("control accounts"))"
    case .journalRead: "see \(one("entries"))"
    case .journalCreate: "enter \(one("entries"))"
    case .journalEditOwn: "change drafts of their own"
    case .journalEditAny: "change \(one("drafts of others"))"
    case .journalDeleteOwn: "discard drafts of their own"
    case .journalSubmit: "submit \(one("entries"))"
    case .journalWithdrawAny: "withdraw \(one("what others submitted"))"
    case .journalApprove: "approve \(one("entries"))"
    case .journalPost: "post \(one("entries"))"
    case .journalRecall: "recall \(one("approved entries"))"
    case .journalVoid: "void \(one("entries that aren't posted"))"
    case .journalReverse: "reverse \(one("posted entries"))"
    case .journalTypeAdjusting: "enter adjusting entries"
    case .recurringManage: "manage \(one("templates and recurring entries"))"
    case .attachmentAdd: "attach files to \(one("entries"))"
    case .attachmentHide: "hide \(one("attached files"))"
    case .periodRead: "see \(one("periods"))"
    case .periodOpen: "open \(one("periods"))"
    case .periodClose: "close \(one("periods"))"
    case .periodReopen: "reopen \(one("closed periods"))"
    case .periodLock: "lock \(one("periods"))"
    case .periodAdjust: "post to the adjusting period"
    case .periodExceptionGrant: "let somebody post to \(one("a closed period"))"
    case .yearClose: "close \(one("a fiscal year"))"
    case .yearReopen: "reopen \(one("a fiscal year"))"
    case .reportRead: "see \(one("reports"))"
    case .reportExport: "export \(one("lists and reports"))"
    case .snapshotCreate: "keep a snapshot of \(one("a trial balance"))"
    case .consolidationRun: "consolidate businesses"
    case .budgetEdit: "change \(one("budgets"))"
    case .budgetApprove: "approve \(one("budgets"))"
    case .rateEdit: "enter \(one("exchange rates"))"
    case .revaluationRun: "revalue \(one("foreign balances"))"
    case .importRun: "import \(one("files"))"
    case .reconPrepare: "prepare \(one("reconciliations"))"
    case .reconApprove: "approve \(one("reconciliations"))"
    case .workflowRead: "see \(one("workflows"))"
    case .workflowEdit: "draft \(one("workflows"))"
    case .workflowPublish: "publish \(one("workflows"))"
    case .taskReassign: "give \(one("tasks")) to somebody else"
    case .instanceCancel: "cancel \(one("a running workflow"))"
    case .instancePause: "pause \(one("a running workflow"))"
    case .businessRead, .businessCreate, .businessSettingsEdit, .businessArchive, .userRead,
      .userInvite, .userRoleAssign, .userSuspend, .sessionRevoke, .apikeyCreate,
      .apikeyRevoke, .departmentRead, .departmentEdit, .departmentMemberManage,
      .permissionRead, .permissionManage, .permissionExplain, .delegationCreate,
      .breakglassUse, .auditRead, .auditVerify, .auditReveal, .auditExport, .auditRetention,
      .costRead, .priceEdit, .migrationRun, .migrationRollback, .migrationBackup:
      Phrase(verbatim: rawValue)
    }
  }
}
