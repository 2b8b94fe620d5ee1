import Domain
import Keys
import Operations
import Phrases

/// What brings a period further in its life, wherever it is shown.
struct PeriodActions {
  static let keymap: [Binding] = [.periodOpen, .periodClose, .periodReopen, .periodLock]

  private let period: Periods.Row?
  private let missing: Phrase?
  private let desk: Desk

  init(_ period: Periods.Row?, unavailable: Phrase?, _ desk: Desk) {
    self.period = period
    missing = unavailable
    self.desk = desk
  }

  var all: [Action] {
    let (desk, period) = (desk, period)
    let label = period?.label ?? ""
    return [
      Action(.periodOpen, unavailable: missing ?? begun(.future)) {
        guard let period else { return [] }
        return desk.carryOut(
          OpenPeriod(period.id, name: label), "Period \(label) is open.")
      },
      Action(.periodClose, unavailable: missing ?? begun(.future, .open)) {
        guard let period else { return [] }
        return desk.navigator.ask(
          Dialog(
            title: "Close period \(label)?",
            body: desk.today <= period.end
              ? "It hasn't ended yet. Nothing more is posted to it, except by exception."
              : "Nothing more is posted to it, except by exception.",
            confirm: "Close"
          ) { _ in
            desk.carryOut(ClosePeriod(period.id, name: label), "Period \(label) is closed.")
          })
      },
    ]
      + desk.asking(
        .reopenPeriod(period: period?.id ?? ID(0), name: label), by: .periodReopen,
        unavailable: missing ?? unclosed)
      + desk.asking(
        .lockPeriod(period: period?.id ?? ID(0), name: label), by: .periodLock,
        unavailable: missing ?? unclosed)
  }

  /// Why it can be neither reopened nor locked.
  private var unclosed: Phrase? {
    guard let period, period.status != .closed else { return nil }
    return UserMessage(Refusal.period(.notClosed(name: period.label, period.status))).phrase
  }

  /// Why a period that is none of `wanted` can't be opened or closed.
  private func begun(_ wanted: PeriodStatus...) -> Phrase? {
    guard let period else { return nil }
    if period.kind == .closing {
      return UserMessage(Refusal.year(.ofTheYear(period.label))).phrase
    }
    guard !wanted.contains(period.status) else { return nil }
    let problem: PeriodProblem =
      wanted.contains(.open)
      ? .ended(name: period.label, period.status) : .begun(name: period.label, period.status)
    return UserMessage(Refusal.period(problem)).phrase
  }

  /// Of what takes two people, and isn't there for whoever couldn't ask for it.
  static func absence(of binding: Binding) -> Phrase? {
    [Binding.periodReopen, .periodLock, .yearClose, .yearReopen].contains { $0.id == binding.id }
      ? "It takes two people who may, and you aren't one of those." : nil
  }
}

extension Binding {
  static let periodOpen = Binding(
    "period.open", ["o"], "open", "Open a period that hasn't been yet", OpenPeriod.permission)
  static let periodClose = Binding(
    "period.close", ["c"], "close", "Close it, once its checks pass", ClosePeriod.permission)
  static let periodReopen = Binding(
    "period.reopen", ["R"], "reopen", "Reopen it, with a second person",
    RequestConfirmation.permission)
  static let periodLock = Binding(
    "period.lock", ["L"], "lock", "Make it final, with a second person",
    RequestConfirmation.permission)
}
