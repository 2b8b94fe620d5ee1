import Domain
import Interchange
import Operations

/// What accounts hold when the books begin, as a file of comma-separated values says it: `number`,
/// `debit` and `credit` in the base currency and, where there are, `currency` and `amount` of what
/// is kept in another one, `counterparty` and `reference`.
struct OpeningSheet {
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

  /// `file` is `-` for standard input. Throws `SheetFault` or `ImportError`.
  init(_ file: String, in surroundings: Surroundings) throws {
    self.file = file == "-" ? "stdin" : file
    let found = try Self.records(of: file, in: surroundings)
    guard let head = found.first else { throw SheetFault(self.file, 1, .noColumn("number")) }
    var places: [Column: Int] = [:]
    for (place, name) in head.cells.enumerated() {
      guard let column = Column(rawValue: name.trimmed.lowercased()) else {
        throw SheetFault(self.file, head.line, .unknownColumn(name.trimmed))
      }
      places[column] = place
    }
    if let missing = Column.allCases.first(where: { $0.isNeeded && places[$0] == nil }) {
      throw SheetFault(self.file, head.line, .noColumn(missing.rawValue))
    }
    self.places = places
    records = Array(found.dropFirst())
  }

  private static func records(
    of file: String, in surroundings: Surroundings
  ) throws -> [CommaSeparated.Record] {
    let bytes: [UInt8]
    if file == "-" {
      bytes = try surroundings.readInput()
    } else {
      do { bytes = try JournalFiles.onDisk().contents(file, nil) } catch {
        throw ImportError(file: file, fault: .unreadable(error))
      }
    }
    return try CommaSeparated.records(in: bytes, file: file == "-" ? "stdin" : file)
  }

  /// One line of an entry for each line of the sheet that has an amount, and where it stands there.
  func lines(at desk: EntryDesk) throws -> [(line: Int, content: LineContent)] {
    try records.compactMap { record in
      try content(of: record, at: desk).map {
        (line: record.line, content: $0)
      }
    }
  }

  /// Nil where the account holds nothing.
  private func content(
    of record: CommaSeparated.Record, at desk: EntryDesk
  ) throws -> LineContent? {
    let base = try base(of: record, at: desk)
    let written = try amount(of: record, at: desk)
    guard !base.isZero || !written.amount.isZero else { return nil }
    let amount = try sided(written, base, in: record, at: desk)
    let account = try placed(record) { try desk.account(text(.number, of: record)) }
    return LineContent(
      account: account.id, currency: written.currency.code, amount: amount, base: base,
      counterparty: text(.counterparty, of: record), reference: text(.reference, of: record))
  }

  /// Debit-positive, in the base currency.
  private func base(of record: CommaSeparated.Record, at desk: EntryDesk) throws -> Money {
    let (debit, credit) = (
      try number(.debit, of: record, in: desk.base), try number(.credit, of: record, in: desk.base)
    )
    guard debit.isZero || credit.isZero else { throw SheetFault(file, record.line, .bothSides) }
    return try debit - credit
  }

  /// As it stands there, in the currency that it is in.
  private func amount(
    of record: CommaSeparated.Record, at desk: EntryDesk
  ) throws -> (currency: Currency, amount: Money) {
    let code = text(.currency, of: record)
    let currency = code.isEmpty ? desk.base : try placed(record) { try desk.currency(code) }
    return (currency, try number(.amount, of: record, in: currency))
  }

  /// The amount on the side that the base amount is on. A foreign one needs both (RULES §3.8).
  private func sided(
    _ written: (currency: Currency, amount: Money), _ base: Money,
    in record: CommaSeparated.Record, at desk: EntryDesk
  ) throws -> Money {
    let size = max(written.amount.debit, written.amount.credit)
    guard written.currency.code != desk.base.code else {
      guard size.isZero || size == max(base.debit, base.credit) else {
        throw SheetFault(file, record.line, .twoAmounts(desk.base.code))
      }
      return base
    }
    guard !size.isZero, !base.isZero else {
      throw SheetFault(
        file, record.line, .worthNeeded(written.currency.code, base: desk.base.code))
    }
    return base < .zero ? try size.negated() : size
  }

  private func number(
    _ column: Column, of record: CommaSeparated.Record, in currency: Currency
  ) throws -> Money {
    let text = text(column, of: record)
    guard !text.isEmpty else { return .zero }
    return try placed(record) {
      try AmountExpression.parse(text, exponent: currency.exponent)
    }
  }

  private func text(_ column: Column, of record: CommaSeparated.Record) -> String {
    guard let place = places[column], record.cells.indices.contains(place) else { return "" }
    return record.cells[place].trimmed
  }

  /// What goes wrong in `body` is told with its place.
  private func placed<Value>(
    _ record: CommaSeparated.Record, _ body: () throws -> Value
  ) throws -> Value {
    do { return try body() } catch {
      throw SheetFault(file, record.line, .inWords(UserMessage(error).text))
    }
  }
}

/// What is wrong with a file of comma-separated values, at a line that counts from 1.
struct SheetFault: Error, Hashable, Sendable {
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

  var words: String { "\(file):\(line): \(problem.words)" }
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
