import Domain
import Store
import TestSupport

@testable import Operations

/// What is owed to somebody in a currency, and how much of it is left.
struct SeasonItem: Hashable {
  let party: String
  let currency: String
  let day: Day
  var left: SeasonSum
}

extension Season {
  private static let reason = "At random."

  /// Any of everybody, now and then somebody who may not.
  private mutating func anybody() -> Role {
    Role.allCases.randomElement(using: &chance) ?? .owner
  }

  mutating func post() async throws {
    let types: [EntryType] = [.standard, .standard, .standard, .adjusting, .correction]
    let type = types.randomElement(using: &chance) ?? .standard
    let (day, role) = (anyDay(), anybody())
    var made = anyEntry(type, on: day)
    if type == .adjusting, day <= Self.end, Bool.random(using: &chance) {
      made.content.reversesOn = day.lastOfMonth.adding(days: 1)
    }
    let (content, back) = (made.content, made.content.reversesOn)
    let foreseen = foresee(
      type, on: day, by: role, total: made.total, faults: made.faults, reversesOn: back)
    let entered = try await attempt(
      "\(type) on \(day.text) by \(role)", foreseen: foreseen
    ) {
      try await $0.workspace.perform(CreateEntry(content, then: .post), as: $0.principal(role))
    }
    guard let entered else { return }
    let period = period(of: type, on: day)
    lines += made.lines
    if let back {
      takeBack(made.lines, on: back)
    } else {
      standing.append((entered.entry, made.lines, period))
    }
  }

  /// Later by itself, or at once where that day's period is open.
  private mutating func takeBack(_ booked: [SeasonLine], on day: Day) {
    let reversed = booked.map { $0.reversed(on: day) }
    if isOpen(day) { lines += reversed } else { waiting.append(reversed) }
  }

  mutating func reverse() async throws {
    guard let index = standing.indices.randomElement(using: &chance) else { return }
    let original = standing[index]
    let day = max(anyDay(), original.lines[0].day)
    let own = day == original.lines[0].day ? original.period : nil
    let roles: [Role] =
      isOpen(day) && own?.kind != .adjusting
      ? [.owner, .director, .employee] : [.owner, .director]
    let role = roles.randomElement(using: &chance) ?? .owner
    let foreseen = foresee(.reversing, on: day, by: role, own: own)
    let done = try await attempt("a reversal on \(day.text) by \(role)", foreseen: foreseen) {
      books in
      let outcome = try await books.workspace.perform(
        ReverseEntry(original.entry, on: day, reason: Self.reason), as: books.principal(role))
      // An employee asks for it, and somebody else approves.
      guard case .submitted(let reversal, _) = outcome else { return role != .employee }
      guard
        case .posted = try await books.workspace.perform(ApproveEntry(reversal), as: books.owner)
      else { return false }
      return role == .employee
    }
    guard let done else { return }
    if !done { fail(.periodGuard, "a reversal by \(role) came about in another way") }
    standing.remove(at: index)
    lines += original.lines.map { $0.reversed(on: day) }
  }

  mutating func correct() async throws {
    guard let index = standing.indices.randomElement(using: &chance) else { return }
    let original = standing[index]
    let replaces = Bool.random(using: &chance)
    let day = replaces ? max(anyDay(), original.lines[0].day) : anyDay()
    let made = anyEntry(.correction, on: day, whole: true)
    let role: Role = Bool.random(using: &chance) ? .owner : .director
    let own = replaces && day == original.lines[0].day ? original.period : nil
    // What takes the original back goes to a month, or where that is on its own day; what is added
    // may go to the adjusting period.
    let foreseen = foresee(replaces ? .reversing : .correction, on: day, by: role, own: own)
    let period = period(of: .correction, on: day)
    let done = try await attempt("a correction on \(day.text) by \(role)", foreseen: foreseen) {
      try await $0.workspace.perform(
        CorrectEntry(
          original.entry, by: made.content, as: replaces ? .replacement : .difference,
          reason: Self.reason), as: $0.principal(role))
    }
    guard let done else { return }
    if replaces {
      standing.remove(at: index)
      lines += original.lines.map { $0.reversed(on: day) }
    }
    lines += made.lines
    standing.append((done.correction.entry, made.lines, period))
  }

  // MARK: What is owed

  mutating func settle() async throws {
    let open = items.indices.filter { items[$0].left.amount != 0 }
    guard Bool.random(using: &chance), let index = open.randomElement(using: &chance) else {
      return try await invoice()
    }
    let item = items[index]
    let whole = item.left.amount < 5_000 || Bool.random(using: &chance)
    let amount = whole ? item.left.amount : item.left.amount / 2
    // R32: the last settlement takes what is left.
    let relief = whole ? item.left.base : divided(item.left.base * amount, by: item.left.amount)
    let rate = anyRate(of: item.currency)
    let paid = valued(amount, item.currency, at: rate)
    var parts = [
      ("2110", item.currency, amount, relief), ("1140", item.currency, -amount, -paid),
    ]
    if paid != relief { parts.append(("7300", "USD", paid - relief, paid - relief)) }
    let day = max(anyDay(), item.day)
    guard try await owe(parts, to: item.party, on: day) else { return }
    items[index].left.amount -= amount
    items[index].left.base -= relief
    settlements += 1
  }

  private mutating func invoice() async throws {
    let currency = Bool.random(using: &chance) ? "EUR" : "JPY"
    let amount = Int64.random(in: 10_000...900_000, using: &chance)
    let rate = anyRate(of: currency)
    let base = valued(amount, currency, at: rate)
    let (party, day) = ("Supplier \(items.count + 1)", anyDay())
    let parts = [("2110", currency, -amount, -base), ("6400", "USD", base, base)]
    guard try await owe(parts, to: party, on: day) else { return }
    items.append(
      SeasonItem(
        party: party, currency: currency, day: day, left: SeasonSum(amount: amount, base: base)))
  }

  /// The first line is of what is owed. Gives whether it was posted.
  private mutating func owe(
    _ parts: [(String, String, Int64, Int64)], to party: String, on day: Day
  ) async throws -> Bool {
    var made = entry(parts, .standard, on: day)
    made.content.lines[0].counterparty = party
    made.content.lines[0].reference = party
    let content = made.content
    let foreseen = foresee(.standard, on: day, by: .manager)
    let entered = try await attempt("owed on \(day.text)", foreseen: foreseen) {
      try await $0.workspace.perform(CreateEntry(content, then: .post), as: $0.manager)
    }
    seen[.openItems, default: 0] += 1
    guard let entered else { return false }
    lines += made.lines
    kept.append(entered.entry)
    return true
  }

  mutating func checkItems() async throws {
    let query = OpenItems(books.account("2110"), asOf: .last)
    let value = try await books.workspace.fetch(query, as: books.owner)
    let found = value.items.filter { !$0.party.isEmpty }.map {
      "\($0.party): \($0.remaining.amount.minorUnits) \($0.remaining.base.minorUnits)"
    }
    let expected = items.filter { $0.left != SeasonSum() }.map {
      "\($0.party): \($0.left.amount) \($0.left.base)"
    }
    if found.sorted() != expected.sorted() || !value.isProved {
      fail(.openItems, "\(found.sorted()), not \(expected.sorted())")
    }
  }

  // MARK: Rates and revaluations

  mutating func revalue() async throws {
    let month = Int.random(in: 0...11, using: &chance)
    let day = Self.start.adding(months: month).lastOfMonth
    var rates: [String: Int64] = [:]
    for currency in ["EUR", "JPY"] {
      let rate = anyRate(of: currency)
      rates[currency] = rate
      let quote = RateQuote(
        from: currency, to: "USD", day: day, rate: ExchangeRate(mantissa: rate, scale: 4))
      _ = try await books.workspace.perform(
        SetRate(RateContent(quote, .closing)), as: books.director)
    }
    let expected = differences(on: day, at: rates)
    let rows = try await books.workspace.fetch(Revaluations(on: day), as: books.manager)
    let found = rows.filter { !$0.revaluation.difference.isZero }.map {
      "\($0.number) \($0.revaluation.position.currency) \($0.revaluation.difference.minorUnits)"
    }
    let shown = expected.map { "\($0.cell.account) \($0.cell.currency) \($0.difference)" }
    if found.sorted() != shown.sorted() {
      fail(.revaluation, "\(day.text): \(found.sorted()), not \(shown.sorted())")
    }
    try await book(expected, of: rows, on: day)
  }

  /// What each foreign balance gains in the base currency (R31).
  private struct Difference {
    let cell: SeasonCell
    let difference: Int64
    /// Nothing is left in the currency.
    let isRealised: Bool
  }

  private func differences(on day: Day, at rates: [String: Int64]) -> [Difference] {
    var found: [Difference] = []
    for (cell, sum) in sums(through: day) where ["1140", "2110"].contains(cell.account) {
      guard let rate = rates[cell.currency] else { continue }
      let difference = valued(sum.amount, cell.currency, at: rate) - sum.base
      guard difference != 0 else { continue }
      found.append(
        Difference(cell: cell, difference: difference, isRealised: sum.amount == 0))
    }
    return found
  }

  private mutating func book(
    _ differences: [Difference], of rows: [Revaluations.Row], on day: Day
  ) async throws {
    let isUnrealised = differences.contains { !$0.isRealised }
    let next = day.adding(days: 1)
    let met = foresee(
      .adjusting, on: day, by: .manager, reversesOn: isUnrealised ? next : nil)
    let nothing = Refusal.rate(.nothingToRevalue(day))
    let done = try await attempt(
      "revaluing \(day.text)", foreseen: differences.isEmpty ? nothing : met
    ) { try await $0.workspace.perform(Revalue(on: day, seen: rows), as: $0.manager) }
    guard let done else { return }
    for isRealised in [false, true] {
      let part = differences.filter { $0.isRealised == isRealised }
      guard !part.isEmpty else { continue }
      let sum = part.map(\.difference).reduce(0, +)
      let counter = SeasonCell(account: isRealised ? "7300" : "7400", currency: "USD")
      let all =
        part.map { SeasonLine(cell: $0.cell, sum: SeasonSum(base: $0.difference), day: day) }
        + [SeasonLine(cell: counter, sum: SeasonSum(amount: -sum, base: -sum), day: day)]
      lines += all
      if !isRealised { takeBack(all, on: next) }
    }
    if differences.contains(where: \.isRealised), let realised = done.last?.entry {
      kept.append(realised)
    }
    try await bookAgain(on: day, refused: nothing)
  }

  /// At the same rates there is nothing left to do.
  private mutating func bookAgain(on day: Day, refused: Refusal) async throws {
    revaluations += 1
    let rows = try await books.workspace.fetch(Revaluations(on: day), as: books.manager)
    for row in rows where !row.revaluation.difference.isZero {
      fail(.revaluation, "\(day.text): \(row.label) again")
    }
    do {
      _ = try await books.workspace.perform(Revalue(on: day, seen: rows), as: books.manager)
      fail(.revaluation, "\(day.text) was revalued twice")
    } catch let refusal as Refusal {
      if refusal != refused { fail(.revaluation, "\(day.text), again: \(refusal)") }
    }
  }
}
