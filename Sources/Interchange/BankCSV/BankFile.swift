package import Domain

/// What banks let people save as CSV, read by rules in hledger's language: whole, or not at all.
package enum BankFile {
  /// Errors and warnings show `path` and `rules` as the person gave them. What rules say of
  /// accounts is passed on as names: the books' own accounts are chosen elsewhere.
  package static func read(
    path: String, rules: String, files: JournalFiles = .onDisk(mostBytes: BankLimits.fileBytes)
  ) throws(ImportError) -> ForeignStatement {
    let parsed = try CSVRulesReader.read(try contents(rules, files), file: rules)
    let bytes = try contents(path, files)
    let records = try records(of: bytes, path, parsed)
    var marks = DecimalMarks(declared: parsed.decimalMark)
    var raw: [RawLine] = []
    for record in records { raw.append(try RawLine(record, parsed, &marks)) }
    let mark = try marks.judged()
    var lines: [ForeignStatementLine] = []
    for line in raw { lines.append(try line.line(decimalMark: mark, parsed.minorDigits)) }
    return ForeignStatement(
      lines: isNewestFirst(lines, parsed) ? lines.reversed() : lines, warnings: parsed.warnings,
      bytes: bytes)
  }

  private static func contents(
    _ path: String, _ files: JournalFiles
  ) throws(ImportError) -> [UInt8] {
    do {
      return try files.contents(path, nil)
    } catch {
      throw ImportError(file: path, fault: .unreadable(error))
    }
  }

  /// Those that are lines of the statement.
  private static func records(
    of bytes: [UInt8], _ path: String, _ rules: CSVRules
  ) throws(ImportError) -> [CSVRecord] {
    var reader = try CSVReader(
      bytes, file: path, separator: rules.separator ?? separator(of: path))
    for _ in 0..<rules.skip { _ = try reader.next() }
    var records: [CSVRecord] = []
    var leftOut = 0
    while let record = try reader.next() {
      if leftOut == 0 { leftOut = rules.skipped(from: record) ?? 0 }
      guard leftOut == 0 else {
        leftOut -= 1
        continue
      }
      guard record.fields.count > 1 else { throw ImportError(record.position, .csv(.oneValue)) }
      records.append(record)
      guard records.count <= BankLimits.records else {
        throw ImportError(
          file: path, fault: .csv(.tooManyRecords(most: BankLimits.records)))
      }
    }
    return records
  }

  private static func separator(of path: String) -> UInt8 {
    let name = path.lowercased()
    if name.hasSuffix(".tsv") { return UInt8(ascii: "\t") }
    return UInt8(ascii: name.hasSuffix(".ssv") ? ";" : ",")
  }

  /// The rules know, or the days of the first and the last line tell, as in hledger.
  private static func isNewestFirst(_ lines: [ForeignStatementLine], _ rules: CSVRules) -> Bool {
    guard let first = lines.first, let last = lines.last else { return false }
    return rules.isNewestFirst || first.booked > last.booked
  }
}

/// A record with its amounts as they are written.
private struct RawLine {
  /// Without its amounts.
  private let facts: ForeignStatementLine
  private let amounts: [(amount: BankAmount, isOut: Bool)]
  private let balance: BankAmount?
  private let position: SourcePosition

  init(
    _ record: CSVRecord, _ rules: CSVRules, _ marks: inout DecimalMarks
  ) throws(ImportError) {
    let values = rules.values(of: record)
    func text(_ target: CSVRules.Target) -> String {
      values[target].map { $0.text.onOneLine } ?? ""
    }
    guard let booked = try Self.day(values[.date], rules) else {
      throw ImportError(record.position, .csv(.noDate))
    }
    position = record.position
    facts = ForeignStatementLine(
      position: record.position, booked: booked, valued: try Self.day(values[.date2], rules),
      amount: .zero, currency: text(.currency), description: text(.description),
      comment: text(.comment), code: text(.code), counterparty: text(.counterparty),
      reference: text(.reference), bankID: text(.bankID), account: text(.account1),
      counterAccount: text(.account2))
    var amounts: [(amount: BankAmount, isOut: Bool)] = []
    for target in [CSVRules.Target.amount, .amountIn, .amountOut] {
      guard let amount = try Self.amount(values[target], &marks) else { continue }
      amounts.append((amount, target == .amountOut))
    }
    self.amounts = amounts
    balance = try Self.amount(values[.balance], &marks)
  }

  private static func day(
    _ value: CSVRules.Value?, _ rules: CSVRules
  ) throws(ImportError) -> Day? {
    guard let value, !value.text.isEmpty else { return nil }
    let patterns = rules.datePattern.map { [$0] } ?? DatePattern.usual
    for pattern in patterns {
      if let day = pattern.day(value.text) { return day }
    }
    throw ImportError(
      value.position, .csv(.date(value.text, format: rules.datePattern?.text)))
  }

  private static func amount(
    _ value: CSVRules.Value?, _ marks: inout DecimalMarks
  ) throws(ImportError) -> BankAmount? {
    guard let value, !value.text.isEmpty else { return nil }
    let amount = try BankAmount(value.text, at: value.position)
    marks.note(amount)
    return amount
  }

  /// The columns of what came in and of what went out may both have a number, one of them nothing.
  func line(decimalMark: UInt8?, _ minorDigits: Int) throws(ImportError) -> ForeignStatementLine {
    func quantity(_ amount: BankAmount) throws(ImportError) -> Quantity {
      let written = try amount.quantity(decimalMark: decimalMark)
      return Quantity(written.mantissa, decimals: written.decimals + minorDigits)
    }
    var line = facts
    var found: (quantity: Quantity, symbol: String)?
    for (amount, isOut) in amounts {
      let moved = try quantity(amount)
      if let found, !found.quantity.isZero {
        guard moved.isZero else { throw ImportError(position, .csv(.severalAmounts)) }
        continue
      }
      found = (isOut ? moved.negated() : moved, amount.symbol)
    }
    guard let found else { throw ImportError(position, .csv(.noAmount)) }
    line.amount = found.quantity
    if !found.symbol.isEmpty { line.currency = found.symbol }
    if let balance { line.balance = try quantity(balance) }
    return line
  }
}

/// What a file's numbers show of its decimal mark where the rules don't say.
private struct DecimalMarks {
  let declared: UInt8?
  private var proven: Set<UInt8> = []
  /// The first that shows another mark than one before it, and the first that could be read in two
  /// ways.
  private var contradicting: BankAmount?
  private var ambiguous: BankAmount?

  init(declared: UInt8?) { self.declared = declared }

  mutating func note(_ amount: BankAmount) {
    if let mark = amount.number.provenMark {
      proven.insert(mark)
      if proven.count > 1, contradicting == nil { contradicting = amount }
    } else if amount.number.isAmbiguous, ambiguous == nil {
      ambiguous = amount
    }
  }

  /// The mark; nil where no number has one. Throws where nobody can tell: a thousand times too much
  /// is in no sum that anybody would notice.
  func judged() throws(ImportError) -> UInt8? {
    if let declared { return declared }
    if let doubtful = contradicting ?? (proven.isEmpty ? ambiguous : nil) {
      throw ImportError(doubtful.position, .csv(.ambiguousMark(doubtful.written)))
    }
    return proven.first
  }
}

extension String {
  /// With a space for each line end and tab.
  fileprivate var onOneLine: String {
    String(map { $0.isNewline || $0 == "\t" ? " " : $0 }).trimmingSpaces
  }
}
