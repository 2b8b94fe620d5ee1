import Domain
import Interchange
import Testing

/// Charts of GnuCash, ERPNext and Frappe Books, against the accounts that were found in them apart
/// from this program.
@Suite(.enabled(if: Oracles.folder != nil, "COREFLOW_ORACLES names no folder of oracles"))
struct OtherProgramsChartTests {
  private let folder: String

  init() throws { folder = try #require(Oracles.folder) + "/charts/" }

  @Test(arguments: [
    ("erpnext-au-EXCERPT.json", 41), ("frappe-fr-PCG.json", 993), ("frappe-in.json", 77),
    ("frappe-standardCOA.json", 75),
  ])
  func `a chart of ERPNext's or Frappe Books' has its accounts`(name: String, count: Int) throws {
    let chart = try ChartFile.read(path: folder + name, format: .erpnext)
    let rows = try Oracles.table(folder + name + ".accounts.tsv")
    // A rate of tax that was taken for an account, and what stands above it for a group.
    let strange = rows.filter { $0["type"] == "UNEXPECTED-VALUE" }.compactMap { $0["path"] }
    let expected = rows.filter { $0["type"] != "UNEXPECTED-VALUE" }.map { row in
      let isAbove = strange.contains { $0.hasPrefix((row["path"] ?? "") + ":tax") }
      return [
        Self.normal(row["path"]), row["type"], row["code"], row["commodity_or_roottype"],
        isAbove ? "" : row["flag"],
      ].map { $0 ?? "" }.joined(separator: "|")
    }
    let found = zip(chart.paths, chart.accounts).map { path, account in
      [
        Self.normal(path), account.word, account.number, Self.roots[account.type ?? .contraAsset],
        account.isHeading ? "group" : "",
      ].map { $0 ?? "" }.joined(separator: "|")
    }
    #expect(found.count == count)
    #expect(found.sorted() == expected.sorted())
  }

  @Test(arguments: [
    ("gnucash-C-business.gnucash-xea", 75), ("gnucash-C-checkbook.gnucash-xea", 7),
    ("gnucash-C-fixedassets.gnucash-xea", 5),
  ])
  func `an account template of GnuCash's has its accounts`(name: String, count: Int) throws {
    let chart = try ChartFile.read(path: folder + name, format: .gnucash)
    let rows = try Oracles.table(folder + name + ".accounts.tsv")
    let expected = rows.map { row in
      ["path", "type", "code", "commodity_or_roottype", "description"].map { row[$0] ?? "" }
        .joined(separator: "|")
    }
    let found = zip(chart.paths, chart.accounts).map { path, account in
      [path, account.word, account.number, account.commodity, account.description]
        .joined(separator: "|")
    }
    #expect(found.count == count)
    #expect(found.sorted() == expected.sorted())
    #expect(chart.accounts.allSatisfy { $0.type != nil })
  }

  private static let roots: [AccountType: String] = [
    .asset: "Asset", .liability: "Liability", .equity: "Equity", .revenue: "Income",
    .expense: "Expense",
  ]

  /// A path without the spaces around its names. The oracles have wide colons where a name has one.
  private static func normal(_ path: String?) -> String? {
    path?.replacing("：", with: ":").split(separator: ":").map { String($0).trimmingSpaces }
      .joined(separator: ":")
  }
}
