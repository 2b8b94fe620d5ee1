import Domain
import Operations

/// Who may post into which day (RULES §3.5), typed by hand: what the random season holds every
/// posting to.
enum PeriodGuard {
  /// What the books have of a day.
  enum State: String, Hashable, CaseIterable {
    /// No fiscal year was made for it.
    case unmade
    case future
    case open
    case closed
    /// Closed, but the employee may post into it for now.
    case excepted
    case locked
  }

  /// One day's state and who posts.
  struct Case: Hashable {
    let state: State
    let role: Role

    static let all = Set(
      State.allCases.flatMap { state in Role.allCases.map { Case(state: state, role: $0) } })
  }

  /// By state, what an entry of an owner, director, manager, employee and viewer meets: P it is
  /// posted, N there is no period, F, C and L it is future, closed or locked, V they write none.
  private static let table: [State: String] = [
    .unmade: "NNNNV",
    .future: "FFFFV",
    .open: "PPPPV",
    .closed: "CCCCV",
    .excepted: "CCCPV",
    .locked: "LLLLV",
  ]

  private static let roles: [Role] = [.owner, .director, .manager, .employee, .viewer]

  /// What stands against it, with the day that it could move to; nil where nothing does, or where it is another matter than the period's.
  static func fault(
    _ tried: Case, on day: Day, in period: String, firstOpen: Day?
  ) -> EntryFault? {
    let row = Array(table[tried.state] ?? "")
    switch row[roles.firstIndex(of: tried.role) ?? 0] {
    case "N": return .noPeriod(day)
    case "F": return .periodNotOpen(name: period, .future, firstOpen: firstOpen)
    case "C": return .periodNotOpen(name: period, .closed, firstOpen: firstOpen)
    case "L": return .periodNotOpen(name: period, .locked, firstOpen: firstOpen)
    default: return nil
    }
  }
}
