import Domain

/// What each role finds where an account is held against what its bank says, typed by hand from
/// RULES §4.9, 52 and 53.
extension RoleTable {
  static func reconciling(_ role: Role, on screen: String) -> [String] {
    let (prepares, approves) = (role != .viewer, role != .viewer && role != .employee)
    if screen == "bank statements" {
      return ["bank.open"] + (prepares ? ["bank.remove"] : [])
    }
    guard screen == "reconciliations" else {
      let preparing = [
        "recon.accept", "recon.match", "recon.undo", "recon.clear", "recon.ignore", "recon.book",
      ]
      return (prepares ? preparing : []) + (approves ? ["recon.close"] : []) + ["recon.entry"]
    }
    return ["recon.open"] + (prepares ? ["recon.new", "recon.import", "recon.edit"] : [])
      + (approves ? ["recon.reopen"] : []) + (prepares ? ["recon.abandon"] : [])
      + ["recon.statements"]
  }
}
