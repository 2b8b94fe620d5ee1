import Domain
import Operations

/// What a grant depends on, in words: accounts and departments by what they are called, amounts as
/// they are written.
struct ConditionWords {
  private let accounts: [ID<Account>: String]
  private let departments: [ID<Department>: String]
  private let exponent: Int

  init(in seat: Seat) async throws {
    accounts = Dictionary(
      uniqueKeysWithValues: try await seat.fetch(ChartOfAccounts()).map { ($0.id, $0.label) })
    departments = Dictionary(
      uniqueKeysWithValues: try await seat.fetch(Departments()).map {
        ($0.id, "\($0.code) \($0.name)")
      })
    exponent = seat.place.exponent
  }

  /// The thing that a grant is for alone, `account 1120 Bank`.
  func text(_ kind: Thing.Kind, _ id: Int64) -> String {
    switch kind {
    case .account: "account \(accounts[ID(id)] ?? "#\(id)")"
    case .department: "department \(departments[ID(id)] ?? "#\(id)")"
    case .entry: "entry #\(id)"
    }
  }

  func text(_ grant: GrantsOf.Row) -> String {
    var parts = [text(grant.conditions)].filter { !$0.isEmpty }
    if let kind = grant.kind, let thing = grant.thing {
      parts.insert("for \(text(kind, thing)) alone", at: 0)
    }
    return parts.joined(separator: ", ")
  }

  /// Empty where it depends on nothing.
  func text(_ json: String) -> String {
    guard let conditions = Conditions(json: json) else { return "not understood: \(json)" }
    return (ofThings(conditions) + ofMoment(conditions)).joined(separator: ", ")
  }

  private func ofThings(_ conditions: Conditions) -> [String] {
    func list<Element>(
      _ set: Set<Element>?, _ what: String, _ name: (Element) -> String
    )
      -> String?
    {
      set.map { "\(what) \($0.map(name).sorted().joined(separator: " or "))" }
    }
    return [
      conditions.amountAtLeast.map { "from \(written($0)) on" },
      conditions.amountAtMost.map { "up to \(written($0))" },
      list(conditions.departments, "within") { departments[$0] ?? "#\($0.value)" },
      list(conditions.accounts, "with") { accounts[$0] ?? "#\($0.value)" },
      list(conditions.accountClasses, "with accounts of class", \.rawValue),
      list(conditions.entryTypes, "for entries of type", \.rawValue),
      list(conditions.sources, "for entries from", \.rawValue),
      list(conditions.periods, "in periods that are", \.rawValue),
      conditions.ownOnly ? "for their own only" : nil,
    ].compactMap(\.self)
  }

  private func ofMoment(_ conditions: Conditions) -> [String] {
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    return [
      conditions.weekdays.map { on in
        "on \(on.sorted().map { days[$0 - 1] }.joined(separator: ", "))"
      },
      conditions.hours.map { "from \($0.lowerBound):00 to \($0.upperBound):00" },
      conditions.origins.map { "from \($0.sorted().joined(separator: " or "))" },
      conditions.secondFactor ? "with a second factor" : nil,
      conditions.reason ? "with a reason" : nil,
    ].compactMap(\.self)
  }

  private func written(_ money: Money) -> String { AmountFormat().text(money, exponent: exponent) }
}

extension Timestamp? {
  /// ` until 2026-12-24T23:59:59.999Z`, or nothing.
  var untilWords: String { map { " until \($0.text)" } ?? "" }
}
