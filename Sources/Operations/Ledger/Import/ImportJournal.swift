import Crypto
package import Domain
package import Store

/// Books another program's journal: whole or not at all.
///
/// Each entry goes the way that a person's goes. What was imported before is recognised and left as
/// it is, so that the same file, longer by a month, brings the month. Who may import to drafts only
/// gets drafts; posting past months needs the rights over periods too, and new accounts the right
/// to make accounts.
package struct ImportJournal: Command {
  package static let permission: Permission? = .importRun
  package static let event = AuditEvent.imported
  let journal: ForeignJournal
  let file: String
  let mapping: ForeignMapping?
  let untyped: AccountType?

  /// `file` is what the audit log and the exceptions call it; `mapping` is what the person says of
  /// account types and commodities; `untyped` is what accounts of unknown type become, where nil
  /// refuses them.
  package init(
    _ journal: ForeignJournal, file: String, mapping: ForeignMapping? = nil,
    untyped: AccountType? = nil
  ) {
    self.journal = journal
    self.file = file
    self.mapping = mapping
    self.untyped = untyped
  }

  package var subject: Subject { Subject(.journalFile, name: file) }

  package func run(in change: Change) throws -> ImportReport {
    let standing = try change.ownStanding()
    var report = ImportReport()
    let facts = try change.businessFacts()
    report.areDrafts =
      standing.importsDrafts || change.actor.user != nil && !facts.allowsOwnPosting
    let entries = try newEntries(in: change, &report)
    guard !entries.isEmpty || report.known == 0 else { return report }

    let currencies = try ImportCurrencies(
      journal, mapped: mapping?.currencies ?? [:], facts: facts, in: change)
    var rates = try ImportRates(journal.prices, currencies, in: change)
    let accounts = try ImportAccounts(
      journal, entries: entries.map(\.entry), mapped: mapping?.accountTypes ?? [:],
      untyped: untyped, in: change, by: standing)
    report.currencies = currencies.uses
    report.accounts = accounts.made
    report.opened = accounts.opened
    report.warnings += rates.warnings
    if !report.areDrafts { report.rates = try store(&rates, in: change, by: standing) }

    let departments = try Departments().run(in: change.snapshot)
    let valuation = ImportValuation(
      currencies: currencies, rates: rates, rounding: facts.rounding, account: accounts.id,
      // One that is unknown, or fits several, stays a tag.
      department: { try? departments.called($0).id },
      roundingAccount: { try change.roundingAccount() })
    try book(entries, valuation, facts, in: change, by: standing, &report)
    return report
  }

  /// An entry and what it is recognised by.
  private typealias Keyed = (entry: ForeignEntry, key: String)

  /// Those that no earlier import has brought, in the order of their days.
  private func newEntries(in change: Change, _ report: inout ImportReport) throws -> [Keyed] {
    let known = try change.sourceKeys()
    let keyed = zip(journal.entries, journal.identities).map { entry, identity in
      (entry: entry, key: hexadecimal(SHA256.hash(data: Array(identity.utf8))))
    }
    let new = keyed.filter { !known.contains($0.key) }
    report.known = keyed.count - new.count
    return new.enumerated().sorted {
      ($0.element.entry.day, $0.offset) < ($1.element.entry.day, $1.offset)
    }.map(\.element)
  }

  private func store(
    _ rates: inout ImportRates, in change: Change, by standing: Standing
  ) throws -> Int {
    guard !rates.new.isEmpty else { return 0 }
    try change.perform(StoreRates(rates: rates.new, file: file), by: standing)
    try rates.takeKept(in: change)
    return rates.new.count
  }

  private func book(
    _ entries: [Keyed], _ valuation: ImportValuation, _ facts: BusinessFacts, in change: Change,
    by standing: Standing, _ report: inout ImportReport
  ) throws {
    var periods = ImportPeriods(file: file, in: change, by: standing)
    var totals: [String: Money] = [:]
    for (entry, key) in entries {
      let content = try located(entry) { try self.content(of: entry, valuation) }
      report.note(entry, content)
      guard !content.lines.isEmpty else { continue }
      if !report.areDrafts { try periods.prepare(for: entry) }
      let command = ImportEntry(
        content: content, key: key, ending: report.areDrafts ? .draft : .post(file: file))
      try located(entry) {
        if let fault = try content.imbalance(baseCurrency: facts.baseCurrency) {
          throw Refusal.faults([fault])
        }
        try change.perform(command, by: standing)
        for line in content.lines {
          totals[line.currency] = try (totals[line.currency] ?? .zero) + line.amount.debit
        }
      }
    }
    try periods.finish()
    report.years = periods.years
    report.exceptions = periods.exceptions
    report.setTotals(totals, base: valuation.currencies.base)
  }

  /// Says where in the file a refusal comes from.
  private func located<Output>(
    _ entry: ForeignEntry, _ body: () throws -> Output
  ) throws -> Output {
    do { return try body() } catch let error {
      guard let refusal = Refusal(error, subject: subject) else { throw error }
      switch refusal {
      case .importing, .notPermitted: throw refusal
      default: throw Refusal.importing(ImportProblem(entry.position, .refused(refusal)))
      }
    }
  }

  private func content(
    of entry: ForeignEntry, _ valuation: ImportValuation
  ) throws -> EntryContent {
    try check(entry)
    let words = [entry.description, entry.payee, entry.code].first {
      !$0.allSatisfy(\.isWhitespace)
    }
    var tags = entry.status.tags
    if let day = entry.secondaryDay { tags.append(EntryTag("date2", day.text)) }
    return EntryContent(
      date: entry.day, source: .imported, reference: entry.code,
      description: words ?? "(no description)", notes: entry.comment, payee: entry.payee,
      tags: (tags + entry.tags.map { EntryTag($0) }).json,
      lines: try valuation.lines(of: entry))
  }

  private func check(_ entry: ForeignEntry) throws {
    try check(entry.code, .code, at: entry.position)
    try check(entry.payee, .payee, at: entry.position)
    try check(entry.description, .description, at: entry.position)
    try check(entry.comment, .comment, at: entry.position, most: 16_000)
    for posting in entry.postings {
      try check(posting.comment, .comment, at: posting.position, most: 1000)
    }
  }

  private func check(
    _ text: String, _ kind: ImportProblem.Text, at position: SourcePosition, most: Int? = nil
  ) throws {
    let most = most ?? kind.mostCharacters
    guard text.utf8.count > most, text.unicodeScalars.count > most else { return }
    throw Refusal.importing(ImportProblem(position, .textTooLong(kind, most: most)))
  }
}

extension ImportProblem.Text {
  /// As the schema has it; a comment's room differs between entries and lines.
  fileprivate var mostCharacters: Int {
    switch self {
    case .code: 200
    case .payee: 500
    case .description, .comment: 1000
    }
  }
}

extension ImportReport {
  fileprivate mutating func note(_ entry: ForeignEntry, _ content: EntryContent) {
    zeroLines += entry.postings.filter { $0.amount.quantity.isZero }.count
    if content.lines.isEmpty { emptyEntries += 1 } else { entries += 1 }
    unvalued += content.lines.filter(\.isUnvalued).count
    for posting in entry.postings {
      if let day = posting.day, day != entry.day {
        warnings.append(Warning(position: posting.position, fact: .lineOnOtherDay(day)))
      }
    }
  }

  fileprivate mutating func setTotals(_ sums: [String: Money], base: ImportCurrencies.Unit) {
    var seen: Set<String> = []
    totals = currencies.compactMap { use in
      guard let sum = sums[use.code], seen.insert(use.code).inserted else { return nil }
      return Total(currency: use.code, decimals: use.decimals, debit: sum)
    }
    // The base currency may come from costs alone.
    if let sum = sums[base.code], !seen.contains(base.code) {
      totals.append(Total(currency: base.code, decimals: base.exponent, debit: sum))
    }
  }
}

extension Standing {
  /// Whether they import to drafts only (RULES §4.9, row 51).
  fileprivate var importsDrafts: Bool {
    let decision = rights?.decide(.importRun, on: Resource(), in: circumstances)
    return decision?.obligations.contains(.only(.asDraft)) ?? false
  }
}

extension Reading {
  fileprivate func sourceKeys() throws -> Set<String> {
    Set(
      try rows(
        { (key: String) in key },
        """
        SELECT source_key FROM journal_entries
        WHERE business_id = :business AND source_key IS NOT NULL
        """))
  }
}

extension Change {
  /// The account for what rounding leaves; a business without one gets it.
  fileprivate func roundingAccount() throws -> ID<Account> {
    if let account = try bookedAccount(of: .rounding) { return account }
    let chart = try ChartOfAccounts().run(in: snapshot)
    var numbers = ImportNumbers(taken: chart.map(\.number))
    return try perform(
      CreateAccount(
        AccountContent(
          number: numbers.next(below: nil, in: .expense), name: "Rounding", type: .expense,
          category: .rounding, isSystem: true)))
  }
}
