package import Domain
import Phrases
package import Store

/// The fiscal years of the business, in the order of time.
package struct FiscalYears: Query {
  package static let permission: Permission? = .periodRead

  package init() {}

  package struct Row: Hashable, Sendable {
    package let year: Int
    package let start: Day
    package let end: Day
    package let isClosed: Bool
  }

  package func run(in snapshot: Snapshot) throws -> [Row] { try snapshot.fiscalYears() }
}

extension Reading {
  func fiscalYears() throws -> [FiscalYears.Row] {
    try rows(
      FiscalYears.Row.init,
      """
      SELECT year, start_date, end_date, status = 'closed' FROM fiscal_years
      WHERE business_id = :business ORDER BY start_date
      """)
  }

  /// Throws `noSuchNamed`.
  func fiscalYear(_ year: Int) throws -> FiscalYears.Row {
    guard let found = try fiscalYears().first(where: { $0.year == year }) else {
      throw Refusal.noSuchNamed(kind: .period, name: String(year))
    }
    return found
  }
}

/// Makes a fiscal year with its periods. The one that holds today is open at once where one more may
/// be.
struct OpenFiscalYear: Command {
  static let permission: Permission? = .periodOpen
  static let operation = "period.create-year"
  static let event = AuditEvent.create
  let plan: FiscalYearPlan

  init(_ plan: FiscalYearPlan) { self.plan = plan }

  var subject: Subject { Subject(.period, name: String(plan.year)) }

  func run(in change: Change) throws { try change.insertFiscalYear(plan) }
}

/// Makes the fiscal year that follows the last, in the shape of that or another, through a day or as
/// long as such a year usually is.
package struct AddFiscalYear: Command {
  package static let permission: Permission? = .periodOpen
  package static let operation = OpenFiscalYear.operation
  package static let event = AuditEvent.create
  let end: Day?
  let shape: FiscalYearShape?

  package init(through end: Day? = nil, _ shape: FiscalYearShape? = nil) {
    self.end = end
    self.shape = shape
  }

  package var subject: Subject { Subject(.period) }
  package func subject(after plan: FiscalYearPlan) -> Subject {
    Subject(.period, name: String(plan.year))
  }

  package func run(in change: Change) throws -> FiscalYearPlan {
    let years = try change.fiscalYears()
    guard let last = years.last else { throw StoreError.noRow }
    let plan: FiscalYearPlan
    do {
      plan = try FiscalYearPlan(
        from: last.end.adding(days: 1), through: end, shape ?? change.shape(of: last.year))
    } catch let fault as FiscalYearFault { throw Refusal.year(.fault(fault)) }
    guard !years.contains(where: { $0.year == plan.year }) else {
      throw Refusal.year(.named(plan.year))
    }
    try change.insertFiscalYear(plan)
    return plan
  }
}

extension Reading {
  func shape(of year: Int) throws -> FiscalYearShape {
    FiscalYearShape(
      days: try rows(
        { (start: Day, end: Day) in Int(end.sinceEpoch - start.sinceEpoch) + 1 },
        """
        SELECT start_date, end_date FROM accounting_periods
        WHERE business_id = :business AND fiscal_year = :year AND kind = 'normal' ORDER BY number
        """, ["year": year]))
  }
}

/// What stands against making, closing or re-opening a fiscal year (RULES §3.5, §3.6).
package enum YearProblem: Hashable, Sendable {
  case fault(FiscalYearFault)
  case closed(Int)
  /// Nothing of it can be reopened, or posted into by an exception.
  case behindClosing(Int)
  /// Another one is called so.
  case named(Int)
  /// What a business begins with would be over already, or not yet there.
  case notNow(Day, Day)
  case notClosed(Int)
  /// That one must be closed before.
  case earlierOpen(Int)
  /// Only the latest closed year opens again.
  case laterClosed(Int)
  /// A period of it isn't closed.
  case periodOpen(String)
  /// That many entries of it aren't posted yet.
  case entriesWaiting(Int)
  /// It opens and closes by the closing of its year alone.
  case ofTheYear(String)
  case noRetainedEarnings
  case noIncomeSummary
  /// What its closing was posted into is final.
  case locked(Int)
}

extension UserMessage {
  static func words(_ problem: YearProblem) -> Phrase {
    switch problem {
    case .fault(.endsBeforeItBegins): "A fiscal year ends after it begins."
    case .fault(.tooLong): "A fiscal year has twelve periods at the most. Choose an earlier end."
    case .fault(.notWholeWeeks):
      "A fiscal year of weeks has 52 or 53 of them. Choose an end that fits."
    case .closed(let year): "The year \(String(year)) is closed: there is nothing to close."
    case .behindClosing(let year): "The year \(String(year)) is closed. Reopen the year first."
    case .named(let year):
      "Another fiscal year ends in \(String(year)) and is called so. Choose an end in another year."
    case .notNow(let start, let end):
      "A year from \(start.text) to \(end.text) doesn't hold today. Choose days around it."
    case .entriesWaiting(let count):
      "\(count) entries aren't posted yet. Post them or give them another date."
    case .notClosed(let year): "The year \(String(year)) isn't closed."
    case .earlierOpen(let year): "The year \(String(year)) isn't closed yet. Close that first."
    case .laterClosed(let year):
      "The year \(String(year)) is closed after it. Re-open that first."
    case .periodOpen(let name): "Period \(name) isn't closed. Close the year's periods first."
    case .ofTheYear(let name): "Period \(name) opens and closes with the closing of its year."
    case .noRetainedEarnings:
      "No account is of the category retained earnings. Make one: the result goes there."
    case .noIncomeSummary:
      "No account is of the category income summary. Make one, or close the year in one stage."
    case .locked(let year): "The closing of \(String(year)) is locked and stays."
    }
  }
}
