import Domain
import Foundation
import Operations
import Store
import Synchronization
import TestSupport
import Testing

/// Every key of RULES §4.9 for every role, asked of the gate with a command that does nothing else,
/// and held to the table that was typed by hand.
@Suite(.serialized) struct PermissionGateTests {
  /// Needs whatever permission is being asked about, on whatever it is told.
  private struct Probe: Command {
    /// One test of this suite runs at a time, and nothing else uses it.
    static let asked = Mutex(Permission.businessRead)
    static var permission: Permission? { asked.withLock { $0 } }
    static var event: AuditEvent { .systemEvent }
    let resource: Resource

    var subject: Subject { Subject(.report, name: "probe") }
    var reason: String? { "To see" }
    func resource(in change: Change) throws -> Resource { resource }
    func run(in change: Change) throws {}
  }

  private struct Asker {
    let principal: Principal
    let own: ID<User>
    let inside: ID<Department>
    let outside: ID<Department>

    /// Somebody else's, in another department, of more than anybody's limit.
    var foreign: Resource {
      var resource = Resource(
        creator: ID(99), departments: [outside], amount: Money(minorUnits: 1_001))
      resource.roles = [.owner]
      resource.concerned = ID(99)
      return resource
    }

    var small: Resource { changed { $0.amount = Money(minorUnits: 1_000) } }
    var ownThing: Resource { changed { $0.creator = own } }
    var near: Resource { changed { $0.departments = [inside] } }
    var nearAndSmall: Resource {
      changed {
        $0.departments = [inside]
        $0.amount = Money(minorUnits: 1_000)
      }
    }
    var ofManager: Resource { changed { $0.roles = [.manager] } }
    var ofOneself: Resource { changed { $0.concerned = own } }
    var confirmed: Resource { changed { $0.isConfirmed = true } }

    private func changed(_ change: (inout Resource) -> Void) -> Resource {
      var resource = foreign
      change(&resource)
      return resource
    }

    /// What a cell of the table promises: each thing with nil where it is allowed, or else why not.
    func promises(_ cell: String, _ role: Role) throws -> [(Resource, String?)] {
      switch cell {
      case "Y", "Y (approved or exempt)", "Y (submit)", "Y (TB and own)", "Y (watermarked)",
        "Y (draft)", "Y (reason)":
        [(foreign, nil), (small, nil), (ownThing, nil)]
      case "–": [(foreign, "no-grant"), (ownThing, "no-grant"), (near, "no-grant")]
      case "O": [(ownThing, nil), (foreign, "not-own"), (near, "not-own")]
      case "D": [(near, nil), (ownThing, nil), (foreign, "department")]
      case "L": [(small, nil), (foreign, "limit")]
      case "LD": [(nearAndSmall, nil), (near, "limit"), (small, "department")]
      case "2": [(foreign, "second-person"), (confirmed, nil)]
      case "Y (up to manager)": [(ofManager, nil), (foreign, "reserved")]
      case "Y (not owner)": [(ofManager, nil), (foreign, "reserved")]
      case "Y (not own)": [(foreign, nil), (ofOneself, "reserved")]
      default: throw UnknownCell(cell: cell)
      }
    }
  }

  private struct UnknownCell: Error { let cell: String }

  /// What a cell reserves and the record of its decision says, for the command to see to.
  private static let reservations = [
    "Y (approved or exempt)": "what is approved, or exempt from approval",
    "Y (submit)": "by submitting it for approval",
    "Y (TB and own)": "the trial balance and one's own",
    "Y (watermarked)": "with a watermark",
    "Y (draft)": "as a draft",
    "Y (reason)": "with a reason",
  ]

  @Test(arguments: Role.allCases)
  func `the gate does what the table says, and records it`(_ role: Role) async throws {
    let books = try await TestBooks.make()
    let outside = try await books.department("SAL", under: nil)
    try await books.limit(books.principal(role), to: 1_000)
    try await books.limit(books.owner, to: nil)
    let asker = Asker(
      principal: books.principal(role), own: books.principal(role).user,
      inside: books.department, outside: outside)
    let column = try #require(Role.allCases.firstIndex(of: role))
    for (key, cells) in try Self.rows() {
      let permission = try #require(Permission(rawValue: key))
      Probe.asked.withLock { $0 = permission }
      for (resource, code) in try asker.promises(cells[column], role) {
        let found = await Self.code(books, asker, resource)
        #expect(found == code, "\(key) \(cells[column]): \(resource)")
        let record = try #require(try await books.trail(1).first)
        #expect(record.operation == key && record.errorCode == code)
        #expect(record.outcome == (code == nil ? .success : .failure))
        if code == nil, let reservation = Self.reservations[cells[column]] {
          #expect(record.decision.contains(reservation), "\(key): \(record.decision)")
        }
      }
    }
  }

  @Test(arguments: Role.allCases)
  func `a suspended business only lets itself be looked at`(_ role: Role) async throws {
    let books = try await TestBooks.make()
    try books.store.script("UPDATE businesses SET status = 'suspended' WHERE id = 1")
    let asker = Asker(
      principal: books.principal(role), own: books.principal(role).user,
      inside: books.department, outside: books.department)
    for permission in Permission.allCases {
      Probe.asked.withLock { $0 = permission }
      let code = await Self.code(books, asker, asker.ownThing)
      #expect(permission.onlyReads ? code != "read-only" : code == "read-only", "\(permission)")
    }
  }

  private static func code(
    _ books: TestBooks, _ asker: Asker, _ resource: Resource
  ) async -> String? {
    do {
      try await books.workspace.perform(Probe(resource: resource), as: asker.principal)
      return nil
    } catch let refusal as Refusal { return refusal.code } catch { return "\(error)" }
  }

  private static func rows() throws -> [(String, [String])] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/permission-matrix.txt")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    let rows = lines.filter { !$0.hasPrefix("#") }.map { line in
      let cells = line.split(separator: "  ").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty }
      return (cells[0], Array(cells.dropFirst()))
    }
    try #require(rows.count == Permission.allCases.count)
    return rows
  }
}
