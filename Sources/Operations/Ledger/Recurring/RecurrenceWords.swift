package import Domain
package import Phrases

extension RecurrenceRule {
  /// `every month on the 31st (or the last day), 12 times`.
  package var phrase: Phrase {
    .joined(
      [
        .joined([comingPhrase, mayBeClamped ? "(or the last day)" : .empty]),
        end.map { "until \($0.text)" as Phrase } ?? .empty,
        count.map { "\($0) times" as Phrase } ?? .empty,
      ], separator: ", ")
  }

  private var comingPhrase: Phrase {
    let first = next() ?? start
    switch rhythm {
    case .weekly:
      let day = Phrase(word: first.weekdayName)
      return step == 1 ? "every week on \(day)" : "every \(step) weeks on \(day)"
    case .monthly:
      return step == 1 ? "every month on the \(ordinal)" : "every \(step) months on the \(ordinal)"
    case .monthlyLastDay:
      return step == 1
        ? "every month on its last day" : "every \(step) months on the last day"
    case .monthlyLastBusinessDay:
      return step == 1
        ? "every month on its last business day" : "every \(step) months on the last business day"
    case .quarterly:
      return step == 1
        ? "every quarter on the \(ordinal)" : "every \(step) quarters on the \(ordinal)"
    case .yearly:
      let month = Self.monthNames[first.month - 1]
      let day = min(anchor ?? first.dayOfMonth, Day.daysInMonth(first.month, of: 2_000))
      return step == 1 ? "every year on \(day) \(month)" : "every \(step) years on \(day) \(month)"
    }
  }

  /// Whether some of its months are too short for its day.
  private var mayBeClamped: Bool {
    guard let anchor, anchor > 28 else { return false }
    return rhythm != .yearly || (next() ?? start).month == 2
  }

  private var ordinal: Phrase {
    let day = anchor ?? start.dayOfMonth
    return switch day {
    case 1, 21, 31: "\(day)st"
    case 2, 22: "\(day)nd"
    case 3, 23: "\(day)rd"
    default: "\(day)th"
    }
  }

  private static let monthNames: [Phrase] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}

extension RecurrenceRule.Rhythm {
  package var phrase: Phrase {
    Phrase(word: rawValue.replacing("_", with: " "), context: "rhythm")
  }
}

extension ScheduleAction {
  package var phrase: Phrase { Phrase(word: rawValue, context: "schedule") }
}

extension ScheduleStatus {
  package var phrase: Phrase { Phrase(word: rawValue, context: "schedule") }
}

extension RunOutcome {
  package var phrase: Phrase {
    made + flagged == 0 ? "Nothing is due." : "Written: \(made). To look at: \(flagged)."
  }
}

/// Why an occurrence wasn't written, or not as it was meant. Kept as facts, as a notice is: its
/// words are made where it is shown.
package enum OccurrenceFlag: Codable, Hashable, Sendable {
  case notOpen(period: String)
  case noPeriod
  case archived(account: String)
  case unbalanced
  /// Every line comes to nothing.
  case nothing
  case noRate(currency: String)
  case ownerGone(String)
  case ownerMayNot(String, permission: String)
  case discarded
  case ended
  case other(String)

  init(_ refusal: Refusal) {
    switch refusal {
    case .faults(let faults): self = faults.lazy.compactMap { Self($0) }.first ?? .rest(refusal)
    case .recurrence(.ownerGone(let name)): self = .ownerGone(name)
    case .recurrence(.ownerMayNot(let name, let permission)):
      self = .ownerMayNot(name, permission: permission)
    case .rate(.missing(let code, _, _)): self = .noRate(currency: code)
    default: self = .rest(refusal)
    }
  }

  private init?(_ fault: EntryFault) {
    switch fault {
    case .periodNotOpen(let name, _, _): self = .notOpen(period: name)
    case .noPeriod: self = .noPeriod
    case .line(_, .archived(let label)): self = .archived(account: label)
    case .fewerThanTwoLines: self = .nothing
    default: return nil
    }
  }

  /// In English, as the audit log has it; no longer than the schema takes, written as JSON too.
  private static func rest(_ refusal: Refusal) -> OccurrenceFlag {
    .other(String(UserMessage(refusal).text.prefix(200)))
  }

  /// As it was kept; what this program can't read says what it is.
  init(kept text: String) { self = Self(json: text) ?? .other(text) }

  /// Whether it is written by itself once its period is open.
  var endsWithOpening: Bool {
    switch self {
    case .notOpen, .noPeriod: true
    case .archived, .unbalanced, .nothing, .noRate, .ownerGone, .ownerMayNot, .discarded, .ended,
      .other:
      false
    }
  }

  package var phrase: Phrase {
    switch self {
    case .notOpen(let period): "Period \(period) is not open."
    case .noPeriod: "No period holds its day."
    case .archived(let account): "\(account) is archived."
    case .unbalanced: "Debits and credits differ. Finish the draft."
    case .nothing: "Its amounts come to nothing."
    case .noRate(let currency): "No rate of \(currency) is kept for its day."
    case .ownerGone(let name): UserMessage.words(RecurrenceProblem.ownerGone(name))
    case .ownerMayNot(let name, let permission):
      UserMessage.words(RecurrenceProblem.ownerMayNot(name, permission))
    case .discarded: "Its draft was discarded."
    case .ended: "The schedule was ended."
    case .other(let words): Phrase(verbatim: words)
    }
  }
}

extension OccurrenceFlag: KeptAsJSON {}

/// What stands against a schedule, or against what is done about one of its days.
package enum RecurrenceProblem: Hashable, Sendable {
  case fault(RecurrenceFault)
  /// It would begin longer ago than so many days.
  case tooFarBack(days: Int)
  /// What is so isn't changed that way.
  case status(ScheduleStatus)
  /// Nothing of that day waits for anybody.
  case notDue(Day)
  /// It was, as an entry called so.
  case written(String)
  /// In whose name it would be written isn't here any more, or may not do it.
  case ownerGone(String)
  case ownerMayNot(String, String)
  /// A schedule writes the template.
  case scheduled
  /// The template has no such line.
  case noLine(Int)
  /// More of a balance than there is of it.
  case share

  var code: String {
    switch self {
    case .fault: "rule"
    case .tooFarBack, .notDue: "day"
    case .status: "status"
    case .written, .scheduled: "in-use"
    case .ownerGone, .ownerMayNot: "owner"
    case .noLine: "line"
    case .share: "share"
    }
  }
}

extension UserMessage {
  static func words(_ problem: RecurrenceProblem) -> Phrase {
    switch problem {
    case .fault(let fault): words(fault)
    case .tooFarBack(let days): "A schedule begins no more than \(days) days ago."
    case .status(.active): "The schedule goes on already."
    case .status(.paused): "The schedule is paused already."
    case .status(.ended): "The schedule is over. Make another."
    case .notDue(let day): "Nothing of \(day.text) waits to be written."
    case .written(let name): "It is written as \(name). Go on with that, or discard it."
    case .ownerGone(let name):
      "\(name) isn't an active member any more. Change the schedule to make it yours."
    case .ownerMayNot(let name, let permission):
      "\(name) may not do this (\(permission)). Change the schedule to make it yours."
    case .scheduled: "A schedule writes this template. End that first."
    case .noLine(let line): "The template has no line \(line)."
    case .share: "A share is of 100 per cent or less, on either side."
    }
  }

  static func words(_ fault: RecurrenceFault) -> Phrase {
    let (steps, counts) = (RecurrenceRule.steps, RecurrenceRule.counts)
    return switch fault {
    case .step: "Every how many? From \(steps.lowerBound) to \(steps.upperBound)."
    case .anchor: "A month has days from 1 to 31."
    case .count: "How many times? From \(counts.lowerBound) to \(counts.upperBound)."
    case .noDay: "It would never come. Choose another end or another day."
    }
  }
}
