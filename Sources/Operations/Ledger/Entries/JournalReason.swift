package import Domain
package import Phrases

/// Why a test of journals found what it did.
package enum JournalReason: Hashable, Sendable {
  case onePerson
  case round
  /// The days that are on a weekend; one of them at the least.
  case weekend(dated: Day?, posted: Day?)
  /// At that time of the business's clock, `23:05`.
  case night(String)
  /// So many lines are on the account in all the days.
  case seldomUsed(account: String, lines: Int)
  /// So many of the entries of all the days are by whoever posted it.
  case unusualPoster(entries: Int)
  case system
  case afterClose(period: String, closed: Day)
  case periodEnd(period: String)
  case backdated(days: Int)
  /// Its number comes after that one, its date so many days before.
  case outOfOrder(days: Int, after: String)
  /// From the number that is found through that one.
  case gap(through: String, count: Int)
  case noText
  /// From that amount on somebody must approve.
  case belowBand(Money, in: String)
  /// An earlier one is called so.
  case twice(String)

  package var phrase: Phrase {
    switch self {
    case .onePerson: "nobody else had a hand in it"
    case .round: "a multiple of \(JournalTest.roundUnits)"
    case .weekend(let dated?, let posted?): "dated \(dated.phrase), posted \(posted.phrase)"
    case .weekend(let dated?, nil): "dated \(dated.phrase)"
    case .weekend(nil, let posted): posted.map { "posted \($0.phrase)" } ?? .empty
    case .night(let time): "posted at \(time)"
    case .seldomUsed(let account, let lines): "\(account): lines in all these days: \(lines)"
    case .unusualPoster(let entries): "entries by the same person in all these days: \(entries)"
    case .system: "no person posted it"
    case .afterClose(let period, let day): "period \(period) was closed on \(day.text)"
    case .periodEnd(let period): "the last day of period \(period)"
    case .backdated(let days): "posted \(days) days after its date"
    case .outOfOrder(let days, let number):
      "dated \(days) days before \(number), the number before it"
    case .gap(let last, let count): "missing up to \(last): \(count)"
    case .noText: "its text says nothing"
    case .belowBand(let minimum, let currency):
      "just below \(minimum.shown(in: currency)), which must be approved"
    case .twice(let number): "the same as \(number)"
    }
  }
}

extension JournalTest {
  package var phrase: Phrase {
    switch self {
    case .onePerson: "Made and posted by one person alone"
    case .round: "Round amounts"
    case .weekend: "Dated or posted on a weekend"
    case .night: "Posted at night"
    case .seldomUsed: "On accounts that are seldom used"
    case .unusualPoster: "Posted by somebody who seldom posts"
    case .system: "Posted by the system"
    case .afterClose: "Posted after the period was closed"
    case .periodEnd: "Dated on the last day of a period"
    case .backdated: "Posted long after its date"
    case .gap: "Numbers that are missing"
    case .noText: "Without a text that says anything"
    case .belowBand: "Just below what must be approved"
    case .twice: "The same once more"
    }
  }
}
