/// A chart of accounts to start a business with.
package struct ChartTemplate: Hashable, Sendable {
  /// What the command line calls it.
  package let name: String
  /// Whom it is for.
  package let title: String
  /// Each after the heading it stands under.
  package let accounts: [ChartAccount]

  package static let all: [ChartTemplate] = [.services, .trading]

  package static func named(_ name: String) -> ChartTemplate? { all.first { $0.name == name } }
}

/// An account as a template lists it.
package struct ChartAccount: Hashable, Sendable {
  package let number: String
  package let name: String
  /// The number of the heading it stands under.
  package let parent: String?
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
  /// Reads a chart of one line for each account: number, name, type, category (or `heading`) and
  /// perhaps words of `control`, `closes`, `revalue` and `system`, in columns with two spaces or
  /// more between them. An account stands under the nearest line above it that is indented less.
  init(name: String, title: String, chart: String) {
    var above: [(indentation: Int, number: String)] = []
    self.name = name
    self.title = title
    accounts = chart.split(separator: "\n").map { line in
      let indentation = line.prefix { $0 == " " }.count
      above.removeAll { $0.indentation >= indentation }
      guard let account = ChartAccount(line, under: above.last?.number) else {
        preconditionFailure("charts are written by us and read by a test: \(line)")
      }
      above.append((indentation, account.number))
      return account
    }
  }
}

extension ChartAccount {
  fileprivate init?(_ line: Substring, under parent: String?) {
    let fields = line.split(separator: "  ").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
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
}
