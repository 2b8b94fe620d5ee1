package import Domain
package import Phrases
import Store

/// All that two people do together, one asking and another confirming, with what it takes to do it
/// (RULES §4.9, "2").
package enum JointAct: Codable, Hashable, Sendable {
  case reopenPeriod(period: ID<Period>, name: String)
  case lockPeriod(period: ID<Period>, name: String)
  case closeYear(Int, byDepartment: Bool = false, twoStage: Bool = false)
  case reopenYear(Int)
  case archiveBusiness(business: ID<Business>)
  /// For whoever asks.
  case breakGlass(minutes: Int)

  /// `reopen period 2026-10`.
  package var phrase: Phrase {
    switch self {
    case .reopenPeriod(_, let name): "reopen period \(name)"
    case .lockPeriod(_, let name): "lock period \(name) for ever"
    case .closeYear(let year, byDepartment: false, twoStage: false):
      "close the year \(String(year))"
    case .closeYear(let year, byDepartment: true, twoStage: false):
      "close the year \(String(year)) by department"
    case .closeYear(let year, byDepartment: false, twoStage: true):
      "close the year \(String(year)) in two stages"
    case .closeYear(let year, byDepartment: true, twoStage: true):
      "close the year \(String(year)) by department, in two stages"
    case .reopenYear(let year): "reopen the year \(String(year))"
    case .archiveBusiness: "archive the business"
    case .breakGlass(let minutes): "lift limits and separate duties for \(minutes) minutes"
    }
  }

  /// All that an act may take.
  static let rights: Set = [
    ReopenPeriod.right, LockPeriod.right, CloseYear.right, ReopenYear.right,
    ArchiveBusiness.right, BreakGlass.right,
  ]

  /// What whoever asks and whoever confirms must hold.
  package var permission: Permission { kind.right }
  package var leastReason: Int { kind.leastReason }

  /// What does it.
  private var kind: any JointCommand.Type {
    switch self {
    case .reopenPeriod: ReopenPeriod.self
    case .lockPeriod: LockPeriod.self
    case .closeYear: CloseYear.self
    case .reopenYear: ReopenYear.self
    case .archiveBusiness: ArchiveBusiness.self
    case .breakGlass: BreakGlass.self
    }
  }

  /// Whether it does something for whoever asks, so that two may ask for the same.
  var isForRequester: Bool {
    switch self {
    case .breakGlass: true
    case .reopenPeriod, .lockPeriod, .closeYear, .reopenYear, .archiveBusiness: false
    }
  }

  /// The files that are what was attached, where doing it looks at all of them: read before the
  /// transaction.
  func intactFiles(in workspace: Workspace, as principal: Principal) async -> Set<IntactFile> {
    switch self {
    case .lockPeriod: await workspace.intactFiles(for: principal)
    case .reopenPeriod, .closeYear, .reopenYear, .archiveBusiness, .breakGlass: []
    }
  }

  /// What does it, because `requester` asked.
  func command(
    for requester: ID<User>, reason: String, intact: Set<IntactFile> = []
  ) -> any JointCommand {
    switch self {
    case .reopenPeriod(let period, let name):
      ReopenPeriod(period: period, name: name, why: reason)
    case .lockPeriod(let period, let name):
      LockPeriod(period: period, name: name, why: reason, intact: intact)
    case .closeYear(let year, let byDepartment, let twoStage):
      CloseYear(year: year, byDepartment: byDepartment, twoStage: twoStage, why: reason)
    case .reopenYear(let year): ReopenYear(year: year, why: reason)
    case .archiveBusiness(let business): ArchiveBusiness(business: business, why: reason)
    case .breakGlass(let minutes): BreakGlass(user: requester, minutes: minutes, why: reason)
    }
  }
}

extension JointAct: KeptAsJSON {}

/// What does a joint act.
protocol JointCommand: Command {
  /// What whoever asks and whoever confirms must hold.
  static var right: Permission { get }
  /// Who can neither ask for it nor confirm it, whatever they hold.
  func outsiders(in reading: some Reading) throws -> Set<ID<User>>
}

extension JointCommand {
  static var permission: Permission? { right }
  func outsiders(in reading: some Reading) throws -> Set<ID<User>> { [] }

  /// What it is done to, once a second person has confirmed it.
  func confirmedResource(in change: Change) throws -> Resource {
    var resource = try resource(in: change)
    resource.isConfirmed = true
    return resource
  }
}
