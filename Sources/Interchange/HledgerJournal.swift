package import Domain

/// hledger's journal format, to and from a `ForeignJournal`.
package enum HledgerJournal {
  /// Reads a journal with all that it includes: whole, or not at all.
  ///
  /// Errors and warnings show `path` as the person gave it. `defaultYear` is that of days which name
  /// none, until a `Y` directive says otherwise; without either they are refused.
  package static func read(
    path: String, files: JournalFiles = .onDisk(), defaultYear: Int? = nil
  ) throws(ImportError) -> ForeignJournal {
    var reader = JournalReader(files: files, defaultYear: defaultYear)
    try reader.readFile(path)
    let readings = reader.commodities
    let warnings = try reader.warnings + readings.judgeMarks()
    let entries = try Balancing.balance(reader.entries) { readings.decimals(of: $0) }
    var needed: [String: Int] = [:]
    for posting in entries.lazy.flatMap(\.postings) {
      let decimals = posting.amount.quantity.reduced().decimals
      needed[posting.amount.commodity] = max(needed[posting.amount.commodity] ?? 0, decimals)
    }
    return ForeignJournal(
      accounts: reader.accounts, commodities: readings.commodities(needing: needed),
      prices: reader.prices, entries: entries, warnings: warnings)
  }

  /// Reads a journal that is at hand as text and includes no files.
  package static func read(
    text: String, name: String = "journal", defaultYear: Int? = nil
  ) throws(ImportError) -> ForeignJournal {
    try read(
      path: name, files: .inMemory([name: Array(text.utf8)]), defaultYear: defaultYear)
  }

  /// A journal from which hledger gets the same balances. What text could be taken for syntax is
  /// changed, never what is counted.
  package static func write(_ journal: ForeignJournal) -> String { JournalWriter.write(journal) }
}
