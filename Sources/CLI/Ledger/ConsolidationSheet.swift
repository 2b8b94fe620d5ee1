import Domain
import Operations
import Phrases

/// A group's trial balance or statement laid out for people and for scripts: a column for each
/// member, then eliminations, adjustments and the group.
struct ConsolidationSheet {
  enum Kind: String, Sendable, CaseIterable {
    case trialBalance = "trial-balance"
    case balanceSheet = "balance-sheet"
    case incomeStatement = "income-statement"
    case cashFlow = "cash-flow"
  }

  private let consolidation: Consolidation
  private let kind: Kind
  private let knownAt: Timestamp?
  private let translation: ConvenienceTranslation?

  /// In the currency of the group, or translated from that.
  init(
    _ consolidation: Consolidation, _ kind: Kind, knownAt: Timestamp? = nil,
    _ translation: ConvenienceTranslation?
  ) {
    self.consolidation = consolidation
    self.kind = kind
    self.knownAt = knownAt
    self.translation = translation
  }

  /// What its amounts are in.
  private var currency: String { translation.code(consolidation.group.currency.code) }

  private var heading: String {
    let last = consolidation.members[0]
    let (title, days) =
      switch kind {
      case .trialBalance: ("trial balance", "as of \(last.through.text)")
      case .balanceSheet: ("balance sheet", "as of \(last.through.text)")
      case .incomeStatement: ("income statement", "from \(last.from.text) to \(last.through.text)")
      case .cashFlow: ("cash flow", "from \(last.from.text) to \(last.through.text)")
      }
    let group = consolidation.group
    return "Consolidated \(title) of \(group.name) \(days), \(currency)"
      + (knownAt.map { ", known at \($0.text)" } ?? "") + translation.label
  }

  /// What its reader must know beside it.
  private var notices: [String] {
    let atClosingRate = Set(kind == .cashFlow ? [] : consolidation.atClosingRate)
    return consolidation.members.flatMap { balances in
      let equity =
        atClosingRate.contains(balances.slug)
        ? "Equity of \(balances.slug) is at the closing rate, but for accounts with one of their own: "
          + "the file gives no historical rate."
        : nil
      let unvalued = TrialBalanceSheet.notice(unvalued: balances.unvalued).map {
        "\(balances.slug): \($0)"
      }
      return [equity, unvalued].compactMap(\.self)
    }
  }

  // MARK: Rows

  private struct Row {
    /// What stands before the amounts, by column.
    let first: [(name: String, cell: Table.Cell)]
    /// As people read it.
    let title: [Table.Cell]
    /// Empty where they stand further down.
    let amounts: [Money]
  }

  private func rows() throws -> [Row] {
    switch kind {
    case .trialBalance: trialBalance
    case .balanceSheet: try lines(of: consolidation.statement(.balanceSheet, title: title))
    case .incomeStatement:
      try lines(of: consolidation.statement(.incomeStatement, title: title)) + attribution()
    case .cashFlow: try lines(of: consolidation.cashFlow(title: title))
    }
  }

  private var trialBalance: [Row] {
    consolidation.rows.map { row in
      let account: FinancialStatement.Account? =
        if case .account(let number) = row.line { consolidation.account(number) } else { nil }
      let name = account?.path ?? consolidation.phrase(of: row.line).english
      return Row(
        first: [
          ("number", .optional(account?.number)), ("account", .text(name)),
          ("type", .text(consolidation.type(of: row.line).rawValue)),
        ],
        title: [.optional(account?.number), .text(name)], amounts: row.columns)
    }
  }

  private func title(_ line: Consolidation.Line) -> String {
    consolidation.phrase(of: line).english
  }

  private func lines(of statement: FinancialStatement) -> [Row] {
    statement.rows.map { row in
      let account = row.item.account
      let title = account.map(\.label) ?? row.item.phrase.english
      return Row(
        first: [
          ("item", .text(row.item.name)),
          ("number", account?.number.isEmpty == false ? .optional(account?.number) : .none),
          ("account", .optional(account?.path)), ("level", .count(row.level)),
        ],
        title: [.text(String(repeating: "  ", count: row.level) + title)], amounts: row.amounts)
    }
  }

  /// Whose the net income of the group is.
  private func attribution() throws -> [Row] {
    guard let income = try consolidation.attribution() else { return [] }
    let parts = [
      ("net_income_of_parent", "Of the parent", income.parent),
      ("net_income_of_others", "Of others", income.others),
    ]
    let none = consolidation.columns.dropLast().map { _ in Money.zero }
    return parts.map { name, title, amount in
      Row(
        first: [
          ("item", .text(name)), ("number", .none), ("account", .none), ("level", .count(1)),
        ],
        title: [.text("  " + title)], amounts: none + [amount])
    }
  }

  // MARK: Formats

  /// `footings` are those of the members, in their order.
  func report(_ footings: [Footing]) throws -> Report {
    let matches = try matches
    return Report(
      title: "Consolidation", heading: heading, notices: notices, sheet: try sheet(),
      annex: matches.rows.isEmpty ? nil : matches, table: try table(), json: try json(),
      footing: footings[0],
      members: zip(consolidation.members, footings).map { (slug: $0.slug, footing: $1) })
  }

  private func table() throws -> Table {
    let rows = try rows()
    let first = rows.first?.first.map(\.name) ?? ["number", "account", "type"]
    return Table(
      first + consolidation.columns,
      try rows.map { try $0.first.map(\.cell) + cells($0.amounts) })
  }

  /// The rows, and of a trial balance the sums, which are nothing.
  private func sheet() throws -> Table {
    let isBalance = kind == .trialBalance
    let columns = (isBalance ? ["number"] : []) + ["account"] + consolidation.columns
    var table = Table(columns, try rows().map { try $0.title + cells($0.amounts) })
    if isBalance {
      let sums = try consolidation.columns.indices.map { index in
        try consolidation.rows.map { $0.columns[index] }.total()
      }
      table.totals = [[.text("Total"), .none] + (try cells(sums))]
    }
    return table
  }

  private func json() throws -> JSON {
    let fields = [
      JSON.Field("statement", .string(kind.rawValue)),
      JSON.Field("group", .string(consolidation.group.name)),
      JSON.Field("currency", .string(currency)),
      JSON.Field("from", .string(consolidation.members[0].from.text)),
      JSON.Field("as_of", .string(consolidation.members[0].through.text)),
      JSON.Field("known_at", .text(knownAt?.text)),
      JSON.Field(
        "members",
        .array(zip(consolidation.group.members, consolidation.members).map { member($0, $1) })),
      JSON.Field("lines", .array(try rows().map(line))),
      JSON.Field("eliminations", .array(try matches.json)),
    ]
    return .object(fields + translation.json)
  }

  private func line(_ row: Row) throws -> JSON {
    let amounts = try cells(row.amounts)
    let names = consolidation.columns
    let own = names.count - 3
    func fields(_ columns: Range<Int>) -> [(name: String, cell: Table.Cell)] {
      columns.map { (names[$0], amounts[$0]) }
    }
    let members = JSON.object(fields(0..<own).map { JSON.Field($0.name, $0.cell.json) })
    return .object(
      row.first.map { JSON.Field($0.name, $0.cell.json) } + [JSON.Field("members", members)]
        + fields(own..<names.count).map { JSON.Field($0.name, $0.cell.json) })
  }

  private func member(
    _ member: ConsolidationGroup.Member, _ balances: MemberBalances
  ) -> JSON {
    func rate(_ rate: ExchangeRate?) -> JSON { rate.map { .decimal($0.text) } ?? .null }
    return [
      "slug": .string(member.slug), "name": .string(balances.name),
      "currency": .string(balances.currency.code),
      "ownership": .decimal(member.ownership.percent.text), "closing": rate(member.rates.closing),
      "average": rate(member.rates.average), "historical": rate(member.rates.historical),
      "opening": rate(member.rates.opening),
    ]
  }

  /// What was found to be the same on both sides of each pair.
  private var matches: Table {
    get throws {
      Table(
        ["pair", "match", "here", "there", "difference"],
        try consolidation.eliminations.flatMap { elimination in
          try elimination.matches.map { match -> [Table.Cell] in
            [
              .text(elimination.pair.phrase.english), .text(match.pass.rawValue),
              try sum(match.here), try sum(match.there), try amount(match.difference),
            ]
          }
        })
    }
  }

  /// Its difference has been added up of the same.
  private func sum(_ items: [Consolidation.Item]) throws -> Table.Cell {
    try amount(Money(minorUnits: items.reduce(0) { $0 + $1.amount.minorUnits }))
  }

  private func amount(_ money: Money) throws -> Table.Cell {
    try translation.amount(money, exponent: consolidation.group.currency.exponent)
  }

  private func cells(_ amounts: [Money]) throws -> [Table.Cell] {
    guard !amounts.isEmpty else { return consolidation.columns.map { _ in .none } }
    return try amounts.map(amount)
  }
}

extension FinancialStatement.Account {
  /// What is on no account has no number.
  fileprivate var label: String { number.isEmpty ? name : "\(number) \(name)" }
}
