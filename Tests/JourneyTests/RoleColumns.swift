import Domain

extension RoleTable {
  /// What stands above the rows. What may not be seen is left out of rows and sums, and a screen
  /// without its permission is none, so that the only columns that a role takes away are people.
  static func columns(of screen: String, for role: Role) -> [String] {
    guard screen == "matrix" else { return columns[screen] ?? balanceColumns[screen] ?? [] }
    return ["Permission"]
      + (role == .manager
        ? ["[Max Man]", "Emma Em"] : ["[Olive O]", "Dora Di", "Max Man", "Emma Em", "Vera Vi"])
  }

  private static let columns: [String: [String]] = [
    "home": ["What", "No", "Sum"],
    "journal": ["No", "Date", "Description", "Amount", "Status", "By"],
    "recurring entries": [
      "Entry", "Comes", "Next on", "Then", "State", "Last on", "Written", "By",
    ],
    "allocations": ["Name", "Accounts", "Department", "Spread by", "Goes to", "By"],
    "entry": ["Account", "Debit", "Credit", "Memo"],
    "files": [
      "File", "Bytes", "State", "By", "When", "What it is", "Line", "Why hidden", "SHA-256",
    ],
    "accounts": ["Account", "Type", "Balance", "", "State"],
    "rates": ["Date", "One", "is worth", "In", "Kind", "State", "From", "Set by"],
    "revaluation": [
      "Account", "Holds", "Difference", "In the books", "Is worth", "Rate", "Of", "Kind",
    ],
    "reconciliations": ["Up to", "The bank says", "State", "Begun by", "Closed by", "Closed"],
    "reconciliation": ["Date", "Text", "Bank", "Books", "State", "Match", "Reference", "Entry"],
    "bank statements": [
      "First day", "Last day", "Opening", "Closing", "In", "Gap", "Lines", "Open", "State", "File",
      "By", "When",
    ],
    "bank statement": [
      "#", "Date", "Valued", "Text", "Amount", "Balance", "State", "Party", "Reference",
    ],
    "open items": [
      "Party", "Ref", "Since", "Days", "Invoiced", "Settled", "Open", "In the books",
    ],
    "register": ["Date", "No", "Description", "Against", "Debit", "Credit", "Balance"],
    "general ledger": [
      "Account", "Date", "No", "Against", "Opening", "Debit", "Credit", "Balance",
    ],
    "income by department": ["Account", "Total", "Untagged"],
    "statement": ["Account", "Amount", "", "Compared", "Change", "%", ""],
    "audit": ["#", "When", "Who", "What", "To", "Result", "Why"],
    "journal tests": ["Test", "Found"],
    "test findings": ["No", "Date", "Description", "Amount", "Posted by", "Why"],
    "periods": ["Period", "Dates", "State", "Entries", "Unposted", "By", "When"],
    "checks": ["What must be so", "State", "Found", "Accepted by", "Reason"],
    "exceptions": ["Period", "Who", "Series", "Until", "State", "By", "Reason"],
    "people": [
      "Name", "Role", "Department", "Title", "Reports to", "Limit", "State", "2nd",
      "Last sign-in",
    ],
    "departments": ["Code", "Name", "Kind", "Head", "Cost centre", "Inactive from"],
    "posts": ["Who", "Role", "May", "Limit", "From", "Until"],
    "budgets": [
      "Account", "Period", "Edition", "Budget", "Used", "Committed", "Left", "State", "Set by",
      "Note",
    ],
    "lent rights": [
      "Lender", "Borrower", "Rights", "Department", "Limit", "From", "Until", "Reason",
    ],
    "access lists": [
      "Kind", "What", "For whom", "How far", "Exports", "Share", "Until", "Reason",
    ],
    "requests": ["#", "What", "Asked for by", "State", "Until", "Answered by", "Reason"],
    "reviews": ["Title", "Begun", "By", "Lines", "To decide", "Signed", "Signed by"],
    "review": ["#", "Who", "What", "Decision", "By", "Comment"],
    "your account": ["Where", "Program", "Since", "Last active", ""],
    "sessions": ["Who", "Program", "Where", "Since", "Last active", "At the latest"],
    "keys": ["Name", "Key", "Rights", "Calls", "Last call", "State", "Until", "By"],
    "templates": ["Name", "Gives", "Forbids", "Limit", "Given", "In use", "What for"],
    "template": ["Who", "From", "Until", "By", "Reason"],
    "groups": ["Group", "Who", "Since"],
    "conflicts": [
      "Who", "One right", "The other", "Weight", "Waived until", "Waived by", "Reason",
      "What helps",
    ],
    "emergencies": [
      "Who", "Reason", "Begun", "Until", "State", "Review by", "Looked at by", "Found",
    ],
    "rights": ["Permission", "To do", "May", "How far, or why not"],
    "who may": ["Name", "Role", "Limit", "By which rule"],
    "another role": ["Permission", "To do", "Before", "After"],
    "grants": ["#", "Effect", "Permission", "State", "Limit", "Only", "Until", "By", "Reason"],
    "businesses": ["Business", "Role", "Currency", "Open period", "Usual"],
    "notices": ["When", "What", "State", "Reason"],
    "settings": ["Setting", "Value", "From"],
  ]
}
