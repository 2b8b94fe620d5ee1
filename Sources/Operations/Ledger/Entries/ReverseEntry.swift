package import Domain
import Phrases
package import Store

/// Takes a posted entry back by another that is its mirror image; both stay (RULES §3.8).
package struct ReverseEntry: Command {
  package static let permission: Permission? = .journalReverse
  package static let event = AuditEvent.reverse
  package static let leastReason = RejectEntry.leastReason
  let entry: ID<Entry>
  let day: Day?
  let why: String
  let ending: EntryEnding

  /// `day` nil: today where its period is open, else the first open day from the original's on.
  package init(_ entry: ID<Entry>, on day: Day? = nil, reason: String) {
    self.init(entry, on: day, reason: reason, then: .finish)
  }

  /// `ending` says whether it is to be asked for although nobody need be: `submit`.
  init(_ entry: ID<Entry>, on day: Day?, reason: String, then ending: EntryEnding) {
    self.entry = entry
    self.day = day
    why = reason
    self.ending = ending
  }

  package enum Outcome: Hashable, Sendable {
    case posted(reversal: ID<Entry>, number: String)
    /// Who may not reverse alone has asked for it.
    case submitted(reversal: ID<Entry>, to: [Role])
  }

  package var subject: Subject { .entry(entry) }
  package var reason: String? { why }

  package func resource(in change: Change) throws -> Resource { try change.resource(of: entry) }

  package func run(in change: Change) throws -> Outcome {
    guard why.count >= Self.leastReason else {
      throw Refusal.reasonNeeded(least: Self.leastReason)
    }
    try change.requireReversible(try change.entry(entry, for: .reverse))
    let number = try change.number(of: entry)
    let day = try change.reversalDay(of: entry, wanted: day)
    var content = try change.reversal(of: entry, on: day)
    content.notes = why
    let reversal = try change.insertDraft(content, reverses: entry)
    if ending != .submit, try change.approvalsBeforePosting(of: change.entry(reversal)).isEmpty {
      let posted = try change.perform(PostEntry(reversal, exemption: "reversal of \(number)"))
      return .posted(reversal: reversal, number: posted.number)
    }
    return .submitted(reversal: reversal, to: try change.perform(SubmitEntry(reversal)).roles)
  }
}

extension Change {
  /// Never before the original. Throws `faults` where no period is open.
  fileprivate func reversalDay(of entry: ID<Entry>, wanted: Day?) throws -> Day {
    let original = try content(of: entry).date
    if let wanted {
      guard wanted >= original else { throw Refusal.faults([.noPeriod(wanted)]) }
      return wanted
    }
    let today = try today()
    for day in [today, original] where day >= original {
      let period = try period(of: .reversing, on: day, reversing: entry)
      if period?.status == .open { return day }
    }
    guard let opens = try firstOpenDay(from: original) else {
      throw Refusal.faults([.noPeriod(today)])
    }
    return opens
  }
}

extension Reading {
  /// The first day from `day` on that is in an open normal period; nil where there is none.
  func firstOpenDay(from day: Day) throws -> Day? {
    let opens = try one(
      Day?.self,
      """
      SELECT min(start_date) FROM accounting_periods
      WHERE business_id = :business AND kind = 'normal' AND status = 'open' AND end_date >= :day
      """, ["day": day])
    return opens.map { max($0, day) }
  }
}

extension UserMessage {
  static func words(_ reason: Irreversible) -> Phrase {
    switch reason {
    case .waits(let name): "Its reversal waits, as \(name). Go on with that."
    case .replaced(let name):
      "\(name) is to be booked in place of what this takes back. Void that first."
    case .reversal: "A reversal can't be reversed. Enter it again as a new entry instead."
    case .opening:
      "Opening balances are entered anew: reverse them, then use coreflow journal opening."
    case .closing: "A closing stays: what it took to equity isn't earned anew."
    }
  }
}
