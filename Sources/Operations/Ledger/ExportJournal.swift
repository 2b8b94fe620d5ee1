package import Domain
package import Store

/// The posted books as another program's journal: every entry with its lines, the accounts with
/// their types, the rates. What a writer makes of it gives the same balances.
///
/// It is a command although it changes nothing: what leaves the books is recorded (RULES §6.1).
package struct ExportJournal: Command {
  package static let permission: Permission? = .reportExport
  package static let event = AuditEvent.export
  let file: String
  let days: ClosedRange<Day>

  /// - Parameters:
  ///   - file: what the audit log calls the destination.
  ///   - days: the entries that it takes.
  package init(to file: String, days: ClosedRange<Day> = .first ... .last) {
    self.file = file
    self.days = days
  }

  package var subject: Subject { Subject(.journalFile, name: file) }

  /// Whoever takes it out has made it; what they take is what they may see and export.
  package func resource(in change: Change) -> Resource { Resource(creator: change.actor.user) }

  package struct Export: Sendable {
    package let journal: ForeignJournal
    /// What the file must say of itself, line by line: who took it out (RULES §4.9, 44), and that
    /// it isn't all there is.
    package let remarks: [String]
  }

  package func run(in change: Change) throws -> Export {
    let view = try change.view(by: .reportExport)
    let paths = try ChartOfAccounts().run(in: view)
    let base = try change.businessFacts()
    let entries = try view.exportedEntries(days, paths: paths, base: base)
    let used = Set(entries.lazy.flatMap(\.postings).map(\.account))
    let journal = ForeignJournal(
      accounts: paths.filter { used.contains($0.path) || !$0.isHeader }.map(\.foreignAccount),
      commodities: try change.exportedCurrencies(usedBy: entries, base: base),
      prices: try change.exportedRates(days), entries: entries)
    return Export(
      journal: journal, remarks: try change.remarks(on: resource(in: change), seen: view))
  }
}

extension ChartOfAccounts.Row {
  /// Where it came from in these books; nothing in a journal points at it.
  fileprivate static let nowhere = SourcePosition(file: "", line: 0)

  fileprivate var foreignAccount: ForeignAccount {
    ForeignAccount(path: path, type: foreignType, position: Self.nowhere)
  }

  private var foreignType: ForeignAccountType {
    switch type.accountClass {
    case .asset: category == .cash || category == .bank ? .cash : .asset
    case .liability: .liability
    case .equity: .equity
    case .revenue: .revenue
    case .expense: .expense
    }
  }
}

/// A line as the export reads it, with what is told of its entry on each of them.
private struct ExportedLine {
  let entry: ID<Entry>
  let number: String
  let date: Day
  let reference: String
  let payee: String
  let description: String
  let notes: String
  let mark: String?
  let secondDay: Day?
  let account: ID<Account>
  let currency: String
  let exponent: Int
  let amount: Money
  let base: Money
  let isUnvalued: Bool
  let comment: String
  let lineMark: String?
  let cost: String?
  let costCurrency: String?
  let entryTags: String
  /// Its code, or nothing.
  let department: String
  let project: String
  let counterparty: String
  let lineReference: String
  let taxCode: String
  let tax: Money?
  let quantityMantissa: Int64?
  let quantityScale: Int?
  let unit: String?
  let tags: String
}

extension Reading {
  fileprivate func exportedEntries(
    _ days: ClosedRange<Day>, paths: [ChartOfAccounts.Row], base: BusinessFacts
  ) throws -> [ForeignEntry] {
    let paths = Dictionary(uniqueKeysWithValues: paths.map { ($0.id, $0.path) })
    var entries: [ForeignEntry] = []
    var last: ID<Entry>?
    for line in try exportedLines(days) {
      if line.entry != last { entries.append(line.foreignEntry) }
      last = line.entry
      guard let path = paths[line.account] else { throw StoreError.noRow }
      entries[entries.count - 1].postings.append(line.posting(on: path, base))
    }
    return entries
  }

  private func exportedLines(_ days: ClosedRange<Day>) throws -> [ExportedLine] {
    try rows(
      ExportedLine.init,
      """
      SELECT e.id, e.number, e.entry_date, e.reference, e.payee, e.description, e.notes,
        (SELECT json_extract(t.value, '$[0]') FROM json_each(e.tags) t
         WHERE json_extract(t.value, '$[0]') IN ('*', '!')),
        (SELECT max(json_extract(t.value, '$[1]')) FROM json_each(e.tags) t
         WHERE json_extract(t.value, '$[0]') = 'date2'
           AND date(json_extract(t.value, '$[1]')) IS json_extract(t.value, '$[1]')),
        l.account_id, l.currency, c.exponent, l.debit - l.credit, l.base_debit - l.base_credit,
        l.unvalued, l.description,
        (SELECT json_extract(t.value, '$[0]') FROM json_each(l.tags) t
         WHERE json_extract(t.value, '$[0]') IN ('*', '!')),
        (SELECT max(json_extract(t.value, '$[1]')) FROM json_each(l.tags) t
         WHERE json_extract(t.value, '$[0]') = 'cost'),
        (SELECT max(json_extract(t.value, '$[1]')) FROM json_each(l.tags) t
         WHERE json_extract(t.value, '$[0]') = 'cost-in'),
        e.tags, coalesce(d.code, ''), l.project, l.counterparty, l.reference,
        coalesce(l.tax_code, ''), l.tax_amount, l.quantity_mantissa, l.quantity_scale,
        l.unit, l.tags
      FROM journal_entries e
      JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.id
      JOIN currencies c ON c.business_id = :business AND c.code = l.currency
      LEFT JOIN departments d ON d.business_id = :business AND d.id = l.department_id
      WHERE e.business_id = :business AND e.status IN ('posted', 'reversed')
        AND e.entry_date BETWEEN :from AND :to
      ORDER BY e.entry_date, e.series, e.sequence, l.line_number
      """, ["from": days.lowerBound, "to": days.upperBound])
  }

  fileprivate func exportedCurrencies(
    usedBy entries: [ForeignEntry], base: BusinessFacts
  ) throws -> [ForeignCommodity] {
    var used = Set(entries.lazy.flatMap(\.postings).map(\.amount.commodity))
    used.insert(base.baseCurrency)
    return try rows(
      { (code: String, exponent: Int) in
        ForeignCommodity(
          symbol: code, decimals: exponent, neededDecimals: exponent,
          isDeclared: used.contains(code))
      },
      "SELECT code, exponent FROM currencies WHERE business_id = :business ORDER BY code"
    ).filter(\.isDeclared)
  }

  fileprivate func exportedRates(_ days: ClosedRange<Day>) throws -> [ForeignPrice] {
    try rows(
      { (from: String, to: String, day: Day, mantissa: Int64, scale: Int) in
        ForeignPrice(
          day: day, commodity: from,
          rate: ForeignAmount(Quantity(Int128(mantissa), decimals: scale), to),
          position: ChartOfAccounts.Row.nowhere)
      },
      """
      SELECT from_currency, to_currency, rate_date, rate_mantissa, rate_scale FROM exchange_rates
      WHERE business_id = :business AND kind = 'spot' AND status = 'confirmed'
        AND superseded_at IS NULL AND rate_date BETWEEN :from AND :to
      ORDER BY rate_date, from_currency, to_currency
      """, ["from": days.lowerBound, "to": days.upperBound])
  }
}

extension ExportedLine {
  fileprivate var foreignEntry: ForeignEntry {
    ForeignEntry(
      day: date, secondaryDay: secondDay, status: Self.status(mark),
      code: reference.isEmpty ? number : reference, payee: payee, description: description,
      comment: notes,
      tags: [ForeignTag(name: "number", value: number)] + [EntryTag](json: entryTags).foreign,
      position: ChartOfAccounts.Row.nowhere, postings: [])
  }

  fileprivate func posting(on path: String, _ base: BusinessFacts) -> ForeignPosting {
    // A revaluation changes the base amount alone, which a journal has no other way to say.
    let isRevaluation = amount.isZero
    let baseAmount = ForeignAmount(
      Quantity(self.base, exponent: base.baseExponent), base.baseCurrency)
    return ForeignPosting(
      account: path,
      amount: isRevaluation
        ? baseAmount : ForeignAmount(Quantity(amount, exponent: exponent), currency),
      cost: currency == base.baseCurrency || isRevaluation
        ? nil : foreignCost ?? valued(baseAmount),
      status: Self.status(lineMark), comment: comment, tags: foreignTags,
      position: ChartOfAccounts.Row.nowhere)
  }

  private var foreignTags: [ForeignTag] {
    let columns: [(String, String)] = [
      (EntryTag.department, department), (LineText.project.tag, project),
      (LineText.counterparty.tag, counterparty), (LineText.reference.tag, lineReference),
      (LineText.taxCode.tag, taxCode),
      (EntryTag.taxAmount, tax.map { Quantity($0, exponent: exponent).text } ?? ""),
      (EntryTag.quantity, quantity?.text ?? ""),
    ].filter { !$1.isEmpty }
    // What was named where it came from is another one now.
    let named = Set(columns.map(\.0))
    let others = [EntryTag](json: tags).filter { !named.contains($0.name) }
    return columns.map { ForeignTag(name: $0, value: $1) } + others.foreign
  }

  private var quantity: LineQuantity? {
    LineQuantity(kept: quantityMantissa, scale: quantityScale, unit: unit)
  }

  /// What the line was imported with, where that was in neither currency of it.
  private var foreignCost: ForeignAmount? {
    guard let costCurrency, let quantity = cost.flatMap({ Quantity($0) }) else { return nil }
    return ForeignAmount(quantity, costCurrency)
  }

  private func valued(_ amount: ForeignAmount) -> ForeignAmount? { isUnvalued ? nil : amount }

  private static func status(_ mark: String?) -> ForeignStatus {
    switch mark {
    case "*": .cleared
    case "!": .pending
    default: .unmarked
    }
  }
}

extension [EntryTag] {
  /// Those that a journal says by no other means.
  fileprivate var foreign: [ForeignTag] {
    filter { !$0.isNote }.map { ForeignTag(name: $0.name, value: $0.value) }
  }
}
