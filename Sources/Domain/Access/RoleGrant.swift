/// What a role holds of a permission: one cell of RULES §4.9.
package enum RoleGrant: Hashable, Sendable {
  case no
  case yes
  /// O: on what the person made.
  case own
  /// D: within the person's department and those below it.
  case department
  /// L: up to the person's monetary limit.
  case limited
  /// LD: both.
  case limitedInDepartment
  /// 2: a second holder must confirm.
  case secondPerson
  /// Allowed, with a reservation.
  case only(Reservation)
}

extension RoleGrant {
  /// Whether a reservation takes some things out of it.
  var isReservedForSome: Bool {
    if case .only(let reservation) = self { reservation.isForSome } else { false }
  }
}

extension Reservation {
  /// Whether it says on whom a permission may be used.
  package var isForSome: Bool {
    switch self {
    case .rolesUpToManager, .notAnOwner, .notOneself: true
    case .approvedOrExempt, .bySubmission, .trialBalanceAndOwn, .watermarked, .asDraft, .withReason:
      false
    }
  }
}

/// What narrows a grant beyond whose and how much.
package enum Reservation: String, Hashable, Sendable, CaseIterable {
  case rolesUpToManager = "roles up to manager"
  case notAnOwner = "never an owner"
  case notOneself = "never one's own"
  case approvedOrExempt = "what is approved, or exempt from approval"
  case bySubmission = "by submitting it for approval"
  case trialBalanceAndOwn = "the trial balance and one's own"
  case watermarked = "with a watermark"
  case asDraft = "as a draft"
  case withReason = "with a reason"
}

extension Permission {
  /// What `role` holds of this permission by itself: RULES §4.9, the only place that says so.
  package func grant(to role: Role) -> RoleGrant {
    let row = grants
    return switch role {
    case .owner: row.owner
    case .director: row.director
    case .manager: row.manager
    case .employee: row.employee
    case .viewer: row.viewer
    }
  }

  private typealias Row = (
    owner: RoleGrant, director: RoleGrant, manager: RoleGrant, employee: RoleGrant,
    viewer: RoleGrant
  )

  private var grants: Row {
    switch self {
    case .businessRead, .userRead, .departmentRead, .accountRead, .journalRead, .periodRead,
      .workflowRead, .auditVerify:
      (.yes, .yes, .yes, .yes, .yes)
    case .businessCreate: (.yes, .no, .no, .no, .no)
    case .businessSettingsEdit, .apikeyCreate, .apikeyRevoke, .departmentEdit, .accountCreate,
      .accountEdit, .accountArchive, .accountControlPost, .attachmentHide, .periodOpen,
      .periodClose, .periodExceptionGrant, .consolidationRun, .workflowEdit:
      (.yes, .yes, .no, .no, .no)
    case .businessArchive, .periodLock, .auditRetention: (.secondPerson, .no, .no, .no, .no)
    case .userInvite, .departmentMemberManage, .journalEditAny, .journalWithdrawAny, .budgetEdit,
      .taskReassign:
      (.yes, .yes, .department, .no, .no)
    case .userRoleAssign: (.yes, .only(.rolesUpToManager), .no, .no, .no)
    case .userSuspend: (.yes, .only(.notAnOwner), .no, .no, .no)
    case .sessionRevoke: (.yes, .yes, .own, .own, .own)
    case .permissionRead: (.yes, .yes, .department, .own, .own)
    case .permissionManage: (.yes, .only(.notOneself), .no, .no, .no)
    case .permissionExplain: (.yes, .yes, .department, .no, .yes)
    case .delegationCreate: (.yes, .yes, .own, .no, .no)
    case .breakglassUse: (.yes, .secondPerson, .no, .no, .no)
    case .journalCreate, .journalEditOwn, .journalDeleteOwn, .journalSubmit, .attachmentAdd,
      .reconPrepare:
      (.yes, .yes, .yes, .yes, .no)
    case .journalApprove: (.yes, .limited, .limitedInDepartment, .no, .no)
    case .journalPost: (.yes, .yes, .yes, .only(.approvedOrExempt), .no)
    case .journalRecall: (.yes, .yes, .own, .own, .no)
    case .journalVoid, .instanceCancel, .instancePause: (.yes, .yes, .department, .own, .no)
    case .journalReverse: (.yes, .yes, .limited, .only(.bySubmission), .no)
    case .journalTypeAdjusting: (.yes, .yes, .yes, .only(.bySubmission), .no)
    case .recurringManage: (.yes, .yes, .yes, .own, .no)
    case .periodReopen, .yearClose: (.secondPerson, .secondPerson, .no, .no, .no)
    case .yearReopen: (.secondPerson, .no, .no, .no, .no)
    case .periodAdjust, .snapshotCreate, .revaluationRun, .reconApprove:
      (.yes, .yes, .yes, .no, .no)
    case .reportRead: (.yes, .yes, .department, .only(.trialBalanceAndOwn), .yes)
    case .reportExport: (.yes, .yes, .department, .no, .only(.watermarked))
    case .budgetApprove: (.yes, .yes, .limitedInDepartment, .no, .no)
    case .rateEdit: (.yes, .yes, .no, .only(.asDraft), .no)
    case .importRun: (.yes, .yes, .yes, .only(.asDraft), .no)
    case .workflowPublish: (.yes, .secondPerson, .no, .no, .no)
    case .auditRead: (.yes, .yes, .department, .own, .yes)
    case .auditReveal: (.only(.withReason), .no, .no, .no, .no)
    case .auditExport: (.yes, .yes, .no, .no, .yes)
    case .costRead: (.yes, .yes, .department, .own, .yes)
    case .priceEdit, .migrationRun, .migrationRollback, .migrationBackup:
      (.yes, .no, .no, .no, .no)
    }
  }
}
