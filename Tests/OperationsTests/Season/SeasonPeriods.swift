import Domain
import Store
import TestSupport

@testable import Operations

/// How periods come to be in every state. Their own rules are `LedgerSeasonTests`'s matter: here they
/// close whatever their checks say.
extension Season {
  mutating func open(_ period: Periods.Row) async throws {
    guard statuses[period.label] == .future else { return }
    try await books.workspace.perform(OpenPeriod(period.id, name: period.label), as: books.director)
    noteOpen(period)
  }

  mutating func openAny() async throws {
    if let period = anyPeriod(.future) { try await open(period) }
  }

  mutating func closeAny() async throws {
    guard let period = anyPeriod(.open) else { return }
    try await Self.close(period, in: books)
    statuses[period.label] = .closed
  }

  mutating func reopenAny() async throws {
    guard let period = anyPeriod(.closed) else { return }
    try await Self.reopen(period, in: books)
    noteOpen(period)
  }

  /// The employee may post into a closed month for ten minutes.
  mutating func exceptAny() async throws {
    guard let period = anyPeriod(.closed), period.kind == .normal else { return }
    let until = books.clock.now.adding(seconds: 600)
    _ = try await books.workspace.perform(
      GrantPeriodException(
        to: books.employee.user, in: period.id, name: period.label, until: until,
        reason: "At random."), as: books.owner)
    exceptions[period.label] = until
  }

  /// Only the first, so that the others can go on opening and closing.
  mutating func lockFirst() async throws {
    guard let period = periods.first, statuses[period.label] == .closed else { return }
    try await books.store.change(in: books.business, as: .system) { change in
      try change.execute(
        """
        UPDATE accounting_periods SET status = 'locked', locked_at = :now
        WHERE business_id = :business AND id = :period
        """, ["now": change.now, "period": period.id])
    }
    statuses[period.label] = .locked
  }

  private mutating func anyPeriod(_ status: PeriodStatus) -> Periods.Row? {
    periods.filter { statuses[$0.label] == status }.randomElement(using: &chance)
  }

  /// What waited for it is taken back.
  private mutating func noteOpen(_ period: Periods.Row) {
    statuses[period.label] = .open
    let due = waiting.filter { isOpen($0[0].day) }
    waiting = waiting.filter { !isOpen($0[0].day) }
    lines += due.joined()
  }

  static func close(_ period: Periods.Row, in books: TestBooks) async throws {
    try await books.store.change(in: books.business, as: .system) { change in
      try change.close(period.id)
    }
  }

  static func reopen(_ period: Periods.Row, in books: TestBooks) async throws {
    try await perform(
      ReopenPeriod(period: period.id, name: period.label, why: "At random."), in: books)
  }

  /// In the name of the system, which needs no second person.
  @discardableResult
  static func perform<C: Command>(
    _ command: C, in books: TestBooks
  ) async throws -> C.Output {
    try await books.store.change(in: books.business, as: .system) { change in
      Result { () throws -> C.Output in try change.perform(command) }
    }.get()
  }
}
