import Domain

/// What each role finds on the trial balance in its forms, typed by hand from RULES §4.9. Snapshots are
/// of the whole business, so for whoever reads the reports of all of it.
extension RoleTable {
  static let balanceColumns: [String: [String]] = [
    "trial balance": ["No", "Account", "Debit", "Credit", ""],
    "roll-forward": ["Account", "Opening", "Debit", "Credit", "Closing"],
    "worksheet": [
      "Account", "Unadjusted Dr", "Unadjusted Cr", "Adjusting Dr", "Adjusting Cr", "Adjusted Dr",
      "Adjusted Cr", "Income Dr", "Income Cr", "Balance Dr", "Balance Cr",
    ],
    "consolidation": ["No", "Account", "Eliminations", "Adjustments", "Group"],
    "ledger check": ["Account", "Period", "In", "What", "Its lines", "In the ledger"],
    "snapshots": ["#", "First day", "Last day", "Basis", "Sum", "By", "Taken", "State"],
    "snapshot": ["No", "Account", "In", "Opening", "Debit", "Credit", "Closing"],
  ]

  static func balancing(_ role: Role, on screen: String) -> [String] {
    let readsAll = role != .employee && role != .manager
    let consolidates = role == .owner || role == .director
    let keeps = role == .employee || role == .viewer ? [] : ["balance.keep"]
    let days = ["balance.open", "balance.earlier", "balance.later"]
    let choices = [
      "balance.zeros", "balance.currency", "balance.department", "balance.known",
    ]
    switch screen {
    case "roll-forward":
      return days + ["balance.span", "balance.basis"] + choices + keeps + ["balance.translate"]
        + list(role)
    case "worksheet":
      return days + ["balance.known", "balance.zeros", "balance.translate"] + list(role)
    // What of a business may leave its books isn't for another to say.
    case "consolidation" where consolidates:
      return [
        "consolidation.pair", "statement.fold", "consolidation.other", "statement.earlier",
        "statement.later", "statement.deeper", "statement.shallower", "consolidation.file",
        "balance.translate",
      ] + looking.filter { $0 != "list.mark" }
    case "general ledger" where readsAll:
      return [
        "ledger.open", "ledger.fold", "balance.earlier", "balance.later", "balance.known",
        "balance.span", "balance.basis", "balance.department", "balance.translate",
      ] + list(role).filter { $0 != "list.mark" }
    case "income by department" where readsAll:
      return [
        "departments.open", "statement.fold", "statement.earlier", "statement.later",
        "balance.known", "statement.basis", "statement.span", "statement.deeper",
        "statement.shallower", "balance.translate",
      ] + list(role).filter { $0 != "list.mark" }
    case "snapshots" where readsAll: return ["snapshot.open", "snapshot.verify"] + list(role)
    case "snapshot" where readsAll:
      return ["balance.open", "snapshot.verify", "balance.translate"] + list(role)
    case "snapshot": return actions(of: role, on: "register")
    default:
      let forms = ["balance.unposted", "balance.forward", "balance.worksheet"]
      return days + ["balance.basis", "balance.compare"] + choices + forms
        + (readsAll ? ["balance.ledger", "balance.statements"] : [])
        + (consolidates ? ["balance.group"] : []) + keeps
        + (readsAll ? ["balance.snapshots"] : []) + ["balance.verify", "balance.translate"]
        + ["statement.deeper", "statement.shallower"] + list(role)
    }
  }
}
