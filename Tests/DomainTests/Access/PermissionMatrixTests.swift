import Domain
import Foundation
import Testing

@Suite struct PermissionMatrixTests {
  private struct Row {
    let key: String
    let cells: [String]
  }

  @Test func `the table has every key once, with a cell for each role`() throws {
    let rows = try Self.rows()
    #expect(Set(rows.map(\.key)) == Set(Permission.allCases.map(\.rawValue)))
    #expect(rows.count == Permission.allCases.count)
    #expect(rows.allSatisfy { $0.cells.count == Role.allCases.count })
  }

  @Test(arguments: Role.allCases)
  func `a role holds what the table says and nothing else`(_ role: Role) throws {
    let column = try #require(Role.allCases.firstIndex(of: role))
    for row in try Self.rows() {
      let permission = try #require(Permission(rawValue: row.key))
      let expected = try #require(Self.grant(of: row.cells[column]), "\(row.key)")
      #expect(permission.grant(to: role) == expected, "\(row.key)")
    }
  }

  @Test func `only looking is what a suspended business allows`() {
    let looking = Permission.allCases.filter(\.onlyReads).map(\.rawValue)
    #expect(
      looking.joined(separator: " ")
        == "business.read user.read department.read permission.read permission.explain "
        + "account.read journal.read period.read report.read report.export workflow.read "
        + "audit.read audit.verify audit.export cost.read")
  }

  @Test func `what only people do, what judges others' work and what isn't lent is typed by hand`()
  {
    func all(_ holds: (Permission) -> Bool) -> String {
      Permission.allCases.filter(holds).map(\.rawValue).joined(separator: " ")
    }
    #expect(all(\.isJudgement) == "journal.approve budget.approve recon.approve")
    #expect(
      all(\.isForPeopleOnly)
        == "user.read user.invite user.role.assign user.suspend apikey.create apikey.revoke "
        + "permission.read permission.manage permission.explain delegation.create breakglass.use "
        + "journal.approve period.read period.open period.close period.reopen period.lock "
        + "period.adjust period.exception.grant")
    #expect(
      all { !$0.isLendable && !$0.onlyReads }
        == "user.invite user.role.assign user.suspend apikey.create department.member.manage "
        + "permission.manage delegation.create breakglass.use")
    #expect(
      all(\.sparesOneselfAndThoseAbove)
        == "user.role.assign user.suspend department.member.manage")
  }

  @Test func `a viewer changes nothing but their own session`() {
    let changes = Permission.allCases.filter { !$0.onlyReads && $0.grant(to: .viewer) != .no }
    #expect(changes == [.sessionRevoke])
  }

  @Test func `roles are ordered from the most to the least`() {
    #expect(Role.allCases.sorted(by: >) == Role.allCases)
    #expect(Role.allCases.map(\.title) == ["Owner", "Director", "Manager", "Employee", "Viewer"])
  }

  private static func rows() throws -> [Row] {
    let file = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/permission-matrix.txt")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    return lines.filter { !$0.hasPrefix("#") }.map { line in
      let cells = line.split(separator: "  ").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty }
      return Row(key: cells[0], cells: Array(cells.dropFirst()))
    }
  }

  private static func grant(of cell: String) -> RoleGrant? {
    switch cell {
    case "Y": .yes
    case "–": .no
    case "O": .own
    case "D": .department
    case "L": .limited
    case "LD": .limitedInDepartment
    case "2": .secondPerson
    case "Y (up to manager)": .only(.rolesUpToManager)
    case "Y (not owner)": .only(.notAnOwner)
    case "Y (not own)": .only(.notOneself)
    case "Y (approved or exempt)": .only(.approvedOrExempt)
    case "Y (submit)": .only(.bySubmission)
    case "Y (TB and own)": .only(.trialBalanceAndOwn)
    case "Y (watermarked)": .only(.watermarked)
    case "Y (draft)": .only(.asDraft)
    case "Y (reason)": .only(.withReason)
    default: nil
    }
  }
}
