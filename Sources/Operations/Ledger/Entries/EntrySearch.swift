import Domain
package import Phrases
import Store

/// What somebody typed to find entries, as the journal's queries ask for it.
///
/// Words are looked for in description, payee, reference and notes, or in what one of the lines says,
/// each as the beginning of a word there. The fields are those of the list, those of lines, and `is`
/// for what concerns whoever looks; `by:me` is by them, `tag:trip:kiel` a tag with its value.
package struct EntrySearch: Hashable, Sendable {
  /// Why nothing can be found by it.
  package private(set) var fault: Phrase?
  private var words: [String] = []
  private var unwanted: [String] = []
  private var statuses: [String]?
  private var types: [String]?
  private var adjustments: [String]?
  private var sources: [String]?
  private var number: String?
  private var creator: String?
  private var isOwn = false
  private var concerns: [EntryConcern] = []
  private var account: String?
  private var project: String?
  private var party: String?
  private var department: String?
  private var tag: String?
  /// Days as texts, which begin with their year and month: from the first on, before the other.
  private var since = ""
  private var until = "~"
  private var least: Bound?
  private var most: Bound?
  package let isEmpty: Bool

  private struct Bound: Hashable {
    let value: Quantity
    let isIncluded: Bool
  }

  package init(_ text: String) {
    let terms = FilterExpression(text).terms
    isEmpty = terms.isEmpty
    for term in terms where fault == nil { fault = take(term) }
  }

  private static let fields = """
    no, date, from, to, description, amount, status, type, kind, source, by, account, \
    department, project, party, tag, is
    """

  /// Gives what is wrong with the term.
  private mutating func take(_ term: FilterExpression.Term) -> Phrase? {
    let value = term.values[0]
    guard let field = term.field else {
      if term.isNegated { unwanted.append(value) } else { words.append(value) }
      return nil
    }
    guard !term.isNegated else { return "! works before words only, not before \(field)." }
    switch field {
    case "no", "number": number = value
    case "by" where value == "me": isOwn = true
    case "by": creator = value
    case "is": return take(concern: value)
    case "account", "acct": account = value
    case "department": department = value
    case "project": project = value
    case "party", "counterparty": party = value
    case "tag": tag = value
    case "from": return take(date: value, .greaterOrEqual)
    case "to": return take(date: value, .lessOrEqual)
    case "description", "text": words.append(value)
    case "status": return take(statuses: term.values)
    case "type": return Self.take(term.values, among: EntryType.self, &types)
    case "kind": return Self.take(term.values, among: AdjustmentKind.self, &adjustments)
    case "source": return Self.take(term.values, among: EntrySource.self, &sources)
    case "date": return take(date: value, term.comparison)
    case "amount", "amt": return take(amount: value, term.comparison)
    default: return "There is no field \(field). Fields: \(Self.fields)."
    }
    return nil
  }

  private mutating func take(statuses wanted: [String]) -> Phrase? {
    let found = EntryStatus.allCases.filter { status in
      wanted.contains { status.title.hasPrefix($0) }
    }
    statuses = (statuses ?? []) + found.map(\.rawValue)
    let all = EntryStatus.allCases.map(\.title).joined(separator: ", ")
    return found.isEmpty ? "There is no such status. There are: \(all)." : nil
  }

  /// Each that begins like one of `wanted`; none is told with all that there are.
  private static func take<Word: CaseIterable & RawRepresentable<String>>(
    _ wanted: [String], among _: Word.Type, _ found: inout [String]?
  ) -> Phrase? {
    let all = Word.allCases.map(\.rawValue)
    let fitting = all.filter { word in wanted.contains { word.hasPrefix($0) } }
    found = (found ?? []) + fitting
    return fitting.isEmpty ? "Entries can be \(all.joined(separator: ", "))." : nil
  }

  private mutating func take(concern: String) -> Phrase? {
    guard let found = EntryConcern(rawValue: concern) else {
      let all = EntryConcern.allCases.map(\.rawValue).joined(separator: ", ")
      return "Entries can be \(all)."
    }
    concerns.append(found)
    return nil
  }

  /// `2026-11` is a whole month; `~` comes after every digit.
  private mutating func take(date: String, _ comparison: FilterExpression.Comparison) -> Phrase? {
    guard Self.begins(day: date) else {
      return "A date is 2026-11-05, 2026-11 or 2026."
    }
    switch comparison {
    case .contains, .equals: (since, until) = (max(since, date), min(until, date + "~"))
    case .greater: since = max(since, date + "~")
    case .greaterOrEqual: since = max(since, date)
    case .less: until = min(until, date)
    case .lessOrEqual: until = min(until, date + "~")
    }
    return nil
  }

  /// Whether some day's text begins so, as far as it is typed.
  private static func begins(day text: String) -> Bool {
    ["2000-10-10", "2000-01-01"].contains { Day(text + $0.dropFirst(text.count)) != nil }
  }

  private mutating func take(amount: String, _ comparison: FilterExpression.Comparison) -> Phrase? {
    guard let value = Quantity(shown: amount) else { return "\(amount) is no amount." }
    let bound = Bound(value: value, isIncluded: comparison != .greater && comparison != .less)
    switch comparison {
    case .contains, .equals: (least, most) = (bound, bound)
    case .greater, .greaterOrEqual: least = bound
    case .less, .lessOrEqual: most = bound
    }
    return nil
  }

  /// What the statements' `:names` stand for.
  struct Criteria {
    let words: String?
    let unwanted: String?
    let statuses: String?
    let types: String?
    let adjustments: String?
    let sources: String?
    let number: String?
    let creator: String?
    /// Who looks, where only their own entries are wanted.
    let me: ID<User>?
    /// JSON: the only ids that are wanted.
    let only: String?
    let account: String?
    let project: String?
    let party: String?
    let department: String?
    let tag: String?
    let since: String
    let until: String
    let least: Int64
    let most: Int64
  }

  /// Throws where an amount is larger than books can hold.
  func criteria(in snapshot: Snapshot) throws -> Criteria {
    let exponent = try snapshot.businessFacts().baseExponent
    func minorUnits(_ bound: Bound?, _ step: Int64, _ open: Int64) throws -> Int64 {
      guard let bound else { return open }
      let units = try bound.value.rounded(to: exponent).money(exponent: exponent).minorUnits
      return bound.isIncluded ? units : units + step
    }
    func list(_ words: [String]?) -> String? { words.map { ",\($0.joined(separator: ","))," } }
    return Criteria(
      words: match(words, joined: " "), unwanted: match(unwanted, joined: " OR "),
      statuses: list(statuses), types: list(types), adjustments: list(adjustments),
      sources: list(sources), number: number, creator: creator,
      me: isOwn ? snapshot.actor.user : nil,
      only: try only(in: snapshot),
      account: account, project: project, party: party, department: department, tag: tag,
      since: since, until: until,
      least: try minorUnits(least, 1, .min), most: try minorUnits(most, -1, .max))
  }

  /// Entries that have all that is wanted of them.
  private func only(in snapshot: Snapshot) throws -> String? {
    guard let first = concerns.first else { return nil }
    var ids = Set(try snapshot.entries(of: first).map(\.id))
    for concern in concerns.dropFirst() {
      ids.formIntersection(try snapshot.entries(of: concern).map(\.id))
    }
    return "[\(ids.sorted().map { String($0.value) }.joined(separator: ","))]"
  }

  /// For the full-text index: each word in quotes, so that nothing in it is taken for a command.
  private func match(_ words: [String], joined separator: String) -> String? {
    let quoted = words.flatMap { $0.split { !$0.isLetter && !$0.isNumber } }.map { "\"\($0)\"*" }
    return quoted.isEmpty ? nil : quoted.joined(separator: separator)
  }
}
