package import Domain

/// What accounts hold when the books begin, as a file of comma-separated values says it: `number`,
/// `debit` and `credit` in the base currency and, where there are, `currency` and `amount` of what
/// is kept in another one, `counterparty` and `reference`.
package struct OpeningSheet: Sendable {
  private let file: String
  private let records: [CommaSeparated.Record]
  /// Where each column stands.
  private let places: [Column: Int]

  private enum Column: String, CaseIterable {
    case number
    case debit
    case credit
    case currency
    case amount
    case counterparty
    case reference

    var isNeeded: Bool { [.number, .debit, .credit].contains(self) }
  }

  /// Errors show `path` as the person gave it. Throws `ImportError` or `SheetFaults`.
  package static func read(path: String, files: JournalFiles = .onDisk()) throws -> OpeningSheet {
    let bytes: [UInt8]
    do { bytes = try files.contents(path, nil) } catch {
      throw ImportError(file: path, fault: .unreadable(error))
    }
    return try OpeningSheet(bytes, file: path)
  }

  /// The same of bytes that are at hand; faults call them `file`.
  package init(_ bytes: [UInt8], file: String) throws {
    self.file = file
    let found = try CommaSeparated.records(in: bytes, file: file)
    func fault(_ line: Int, _ problem: SheetFault.Problem) -> SheetFaults {
      SheetFaults([SheetFault(file, line, problem)])
    }
    guard let head = found.first else { throw fault(1, .noColumn("number")) }
    var places: [Column: Int] = [:]
    for (place, name) in head.cells.enumerated() {
      let name = name.trimmingSpaces
      guard let column = Column(rawValue: name.lowercased()) else {
        throw fault(head.line, .unknownColumn(name))
      }
      places[column] = place
    }
    if let missing = Column.allCases.first(where: { $0.isNeeded && places[$0] == nil }) {
      throw fault(head.line, .noColumn(missing.rawValue))
    }
    self.places = places
    records = Array(found.dropFirst())
  }

  /// What the books know of what a sheet names. Each throws where there is no such thing, and
  /// `words` says what that or an unreadable amount means.
  package struct Names {
    let base: Currency
    let account: (String) throws -> ID<Account>
    let currency: (String) throws -> Currency
    let words: (any Error) -> String

    package init(
      base: Currency, account: @escaping (String) throws -> ID<Account>,
      currency: @escaping (String) throws -> Currency, words: @escaping (any Error) -> String
    ) {
      self.base = base
      self.account = account
      self.currency = currency
      self.words = words
    }
  }

  /// One line of an entry for each line of the sheet that has an amount, and where it stands there,
  /// from 1. All that is wrong comes out as one error.
  package func lines(
    by names: Names
  ) throws(SheetFaults) -> [(line: Int, content: LineContent)] {
    var lines: [(line: Int, content: LineContent)] = []
    var faults: [SheetFault] = []
    for record in records {
      do throws(SheetFault) {
        guard let content = try content(of: record, by: names) else { continue }
        lines.append((line: record.line, content: content))
      } catch {
        faults.append(error)
      }
    }
    guard faults.isEmpty else { throw SheetFaults(faults) }
    return lines
  }

  /// Nil where the account holds nothing.
  private func content(
    of record: CommaSeparated.Record, by names: Names
  ) throws(SheetFault) -> LineContent? {
    let base = try base(of: record, by: names)
    let written = try amount(of: record, by: names)
    guard !base.isZero || !written.amount.isZero else { return nil }
    let amount = try sided(written, base, in: record, by: names)
    let account = try placed(record, names) { try names.account(text(.number, of: record)) }
    return LineContent(
      account: account, currency: written.currency.code, amount: amount, base: base,
      counterparty: text(.counterparty, of: record), reference: text(.reference, of: record))
  }

  /// Debit-positive, in the base currency.
  private func base(
    of record: CommaSeparated.Record, by names: Names
  ) throws(SheetFault) -> Money {
    let debit = try number(.debit, of: record, in: names.base, by: names)
    let credit = try number(.credit, of: record, in: names.base, by: names)
    guard debit.isZero || credit.isZero else { throw SheetFault(file, record.line, .bothSides) }
    return try placed(record, names) { try debit - credit }
  }

  /// As it stands there, in the currency that it is in.
  private func amount(
    of record: CommaSeparated.Record, by names: Names
  ) throws(SheetFault) -> (currency: Currency, amount: Money) {
    let code = text(.currency, of: record)
    let currency =
      code.isEmpty ? names.base : try placed(record, names) { try names.currency(code) }
    return (currency, try number(.amount, of: record, in: currency, by: names))
  }

  /// The amount on the side that the base amount is on. A foreign one needs both (RULES §3.8).
  private func sided(
    _ written: (currency: Currency, amount: Money), _ base: Money,
    in record: CommaSeparated.Record, by names: Names
  ) throws(SheetFault) -> Money {
    let size = max(written.amount.debit, written.amount.credit)
    guard written.currency.code != names.base.code else {
      guard size.isZero || size == max(base.debit, base.credit) else {
        throw SheetFault(file, record.line, .twoAmounts(names.base.code))
      }
      return base
    }
    guard !size.isZero, !base.isZero else {
      throw SheetFault(
        file, record.line, .worthNeeded(written.currency.code, base: names.base.code))
    }
    return base < .zero ? try placed(record, names) { try size.negated() } : size
  }

  private func number(
    _ column: Column, of record: CommaSeparated.Record, in currency: Currency, by names: Names
  ) throws(SheetFault) -> Money {
    let text = text(column, of: record)
    guard !text.isEmpty else { return .zero }
    return try placed(record, names) {
      try AmountExpression.parse(text, exponent: currency.exponent)
    }
  }

  private func text(_ column: Column, of record: CommaSeparated.Record) -> String {
    guard let place = places[column], record.cells.indices.contains(place) else { return "" }
    return record.cells[place].trimmingSpaces
  }

  /// What goes wrong in `body` is told with its place.
  private func placed<Value>(
    _ record: CommaSeparated.Record, _ names: Names, _ body: () throws -> Value
  ) throws(SheetFault) -> Value {
    do { return try body() } catch {
      throw SheetFault(file, record.line, .inWords(names.words(error)))
    }
  }
}

/// All that is wrong with a file of comma-separated values.
package struct SheetFaults: Error, Hashable, Sendable {
  package let faults: [SheetFault]

  init(_ faults: [SheetFault]) { self.faults = faults }

  /// A line for each.
  package var words: String { faults.map(\.words).joined(separator: "\n") }
}

/// What is wrong there at a line that counts from 1.
package struct SheetFault: Error, Hashable, Sendable {
  private let file: String
  private let line: Int
  private let problem: Problem

  enum Problem: Hashable, Sendable {
    case noColumn(String)
    case unknownColumn(String)
    case bothSides
    /// In the base currency there is one amount.
    case twoAmounts(String)
    case worthNeeded(String, base: String)
    case inWords(String)
  }

  init(_ file: String, _ line: Int, _ problem: Problem) {
    self.file = file
    self.line = line
    self.problem = problem
  }

  package var words: String { "\(file):\(line): \(problem.words)" }
}

extension SheetFault.Problem {
  fileprivate var words: String {
    switch self {
    case .noColumn(let name):
      "the first line names the columns, and none of them is \(name). There must be number, debit "
        + "and credit."
    case .unknownColumn(let name):
      "there is no column \(name). There are number, debit, credit, currency, amount, counterparty "
        + "and reference."
    case .bothSides: "an account holds a debit or a credit, not both."
    case .twoAmounts(let code):
      "in \(code) the amount is the debit or the credit. Leave it out."
    case .worthNeeded(let code, let base):
      "an amount in \(code) needs its amount and, as debit or credit, what that is in \(base)."
    case .inWords(let words): words
    }
  }
}
