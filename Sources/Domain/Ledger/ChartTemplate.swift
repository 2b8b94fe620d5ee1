/// A chart of accounts to start a business with.
package struct ChartTemplate: Hashable, Sendable {
  /// What the command line calls it: `services`, `services-de`.
  package let name: String
  /// Whom it is for.
  package let title: String
  /// The ISO 3166 code of the country whose taxes and words it has; nil where it has those of none.
  package let country: String?
  /// In the order of their numbers, which is each after the heading it stands under.
  package let accounts: [ChartAccount]

  /// Of every chart there is, the usual one first.
  package static let names = plans.map(\.name)

  package static let all = plans.map { ChartTemplate($0) }

  package static func named(_ name: String) -> ChartTemplate? {
    plans.first { $0.name == name }.map { ChartTemplate($0) }
  }

  private static let plans: [Plan] =
    ChartKind.allCases.filter { !$0.neutral.isEmpty }.map { Plan(kind: $0, country: nil) }
    + ChartKind.allCases.flatMap { kind in
      ChartCountry.allCases.map { Plan(kind: kind, country: $0) }
    }
}

/// An account as a template lists it.
package struct ChartAccount: Hashable, Sendable {
  package fileprivate(set) var number: String
  package fileprivate(set) var name: String
  /// The number of the heading it stands under.
  package fileprivate(set) var parent: String?
  package let type: AccountType
  package let category: AccountCategory
  /// A heading sums up what stands under it and takes no lines (R6).
  package let isHeader: Bool
  /// Kept by a subledger: every line names a party (R9).
  package let isControl: Bool
  /// Equity that year-end close empties.
  package let closes: Bool
  /// A monetary item, revalued where it is held in a foreign currency (R31).
  package let revalues: Bool
  /// One of those no books can do without (R10).
  package let isSystem: Bool
}

extension ChartTemplate {
  /// What a chart is put together from: what its kind of business has everywhere, in the words and
  /// numbers of its country, and what only that country has.
  private struct Plan: Sendable {
    let kind: ChartKind
    let country: ChartCountry?

    var name: String { country.map { "\(kind.rawValue)-\($0.rawValue)" } ?? kind.rawValue }
  }

  private init(_ plan: Plan) {
    name = plan.name
    title = plan.kind.title
    country = plan.country?.code
    let common = plan.kind.parts.flatMap(ChartAccount.read)
    let accounts =
      if let country = plan.country {
        common.map { $0.put(into: country) }
          + country.parts(of: plan.kind).flatMap(ChartAccount.read)
      } else {
        common + plan.kind.neutral.flatMap(ChartAccount.read)
      }
    self.accounts = accounts.sorted { $0.number < $1.number }
  }
}

extension ChartAccount {
  /// Reads a part of a chart, a line for each account: number, name, type, category (or `heading`)
  /// and perhaps words of `control`, `closes`, `revalue` and `system`, in columns with two spaces
  /// or more between them. An account stands under the nearest line above it that is indented
  /// less. A line of a number alone names a heading of another part.
  fileprivate static func read(_ part: String) -> [ChartAccount] {
    var above: [(indentation: Int, number: String)] = []
    return part.split(separator: "\n").compactMap { line in
      let indentation = line.prefix { $0 == " " }.count
      above.removeAll { $0.indentation >= indentation }
      let fields = line.split(separator: "  ").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
      guard fields.count > 1 else {
        above.append((indentation, String(fields.first ?? "")))
        return nil
      }
      guard let account = ChartAccount(fields, under: above.last?.number) else {
        preconditionFailure("charts are written by us and read by a test: \(line)")
      }
      above.append((indentation, account.number))
      return account
    }
  }

  private init?(_ fields: [Substring], under parent: String?) {
    guard (4...5).contains(fields.count), let type = AccountType(rawValue: String(fields[2]))
    else { return nil }
    let use = fields[3]
    let flags = Set(fields.dropFirst(4).flatMap { $0.split(separator: " ") })
    isHeader = use == "heading"
    guard let category = isHeader ? .usual(for: type) : AccountCategory(rawValue: String(use)),
      flags.isSubset(of: ["control", "closes", "revalue", "system"])
    else { return nil }
    number = String(fields[0])
    name = String(fields[1])
    self.parent = parent
    self.type = type
    self.category = category
    isControl = flags.contains("control")
    closes = flags.contains("closes")
    revalues = flags.contains("revalue")
    isSystem = flags.contains("system")
  }

  fileprivate func put(into country: ChartCountry) -> ChartAccount {
    var account = self
    account.number = country.number(of: number)
    account.name = country.name(of: name)
    account.parent = parent.map { country.number(of: $0) }
    return account
  }
}
