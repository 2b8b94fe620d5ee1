package import Domain
package import Phrases

/// What stands against a step in the life of a period (RULES §3.5).
package enum PeriodProblem: Hashable, Sendable {
  /// Only one that hasn't been open yet can be opened.
  case begun(name: String, PeriodStatus)
  /// It is closed, or locked, already.
  case ended(name: String, PeriodStatus)
  /// Only a closed one is reopened, locked or posted into by an exception.
  case notClosed(name: String, PeriodStatus)
  /// That one must be closed before.
  case earlierOpen(String)
  /// As many as may be are open (R19): these.
  case enoughOpen([String])
  /// That one of the same year is closed, or locked, and stands on it.
  case laterEnded(String, PeriodStatus)
  /// That many entries of it aren't posted yet.
  case entriesWaiting(Int)
  /// They found something that nobody accepted.
  case checks([PeriodCheck])

  var code: String {
    switch self {
    case .begun, .ended, .notClosed, .earlierOpen, .enoughOpen, .laterEnded: "period"
    case .entriesWaiting: "entries-waiting"
    case .checks: "check"
    }
  }
}

extension ReopenedPeriod {
  package var phrase: Phrase { "\(label) reopened since, on \(day.text)" }
}

extension UserMessage {
  static func words(_ problem: PeriodProblem) -> Phrase {
    switch problem {
    case .begun(let name, .open): "Period \(name) is open already."
    case .begun(let name, let status):
      "Period \(name) is \(status.phrase). Only one that hasn't been open yet can be opened."
    case .ended(let name, .locked), .notClosed(let name, .locked):
      "Period \(name) is locked for good."
    case .ended(let name, _): "Period \(name) is closed already."
    case .notClosed(let name, _): "Period \(name) isn't closed, and that takes a closed one."
    case .earlierOpen(let name): "Period \(name) isn't closed yet. Close that first."
    case .enoughOpen(let names):
      """
      \(.joined(names.map { Phrase(verbatim: $0) }, separator: ", ")) are open, and no more may be \
      at once. Close one first, or allow more in the settings of the business.
      """
    case .laterEnded(let name, .locked):
      "Period \(name) after it is locked for good, so this stays."
    case .laterEnded(let name, _): "Period \(name) after it is closed. Reopen that first."
    case .entriesWaiting(let count):
      "\(count) entries aren't posted yet. Post them or give them another date."
    case .checks(let checks) where checks.contains(.chain):
      """
      These checks fail: \(.joined(checks.map(\.phrase), separator: ", ")). Stop working and call \
      your auditor.
      """
    case .checks(let checks):
      "These checks fail: \(.joined(checks.map(\.phrase), separator: ", ")). See what they found."
    }
  }
}
