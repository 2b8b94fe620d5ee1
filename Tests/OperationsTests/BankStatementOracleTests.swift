import Domain
import Foundation
import Interchange
import Operations
import TestSupport
import Testing

/// Files of banks that overlap, with what a generator knows to be in them: how many lines are new
/// and what is in the account in the end.
@Suite struct BankStatementOracleTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/bankcsv").path

  private struct Expected: Decodable {
    let opening: String
    let rows: Int
    let closing: String
    let overlappingRows: Int
    let newRows: Int
    let closingAfterOverlapImport: String

    init(_ name: String) throws {
      let url = URL(filePath: "\(BankStatementOracleTests.folder)/\(name).expected.json")
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      self = try decoder.decode(Self.self, from: Data(contentsOf: url))
    }
  }

  private static func cents(_ text: String) throws -> Money {
    try #require(Quantity(text)).money(exponent: 2)
  }

  private static func file(_ name: String) throws -> ForeignStatement {
    let path = "\(folder)/\(name).csv"
    return try BankFile.read(path: path, rules: path + ".rules")
  }

  /// The account of the file's currency.
  private static func account(_ name: String, in books: TestBooks) async throws -> ID<Account> {
    guard name == "gen-de" else { return books.account("1120") }
    return try await books.workspace.perform(
      CreateAccount(
        AccountContent(
          number: "1199", name: "Girokonto", type: .asset, category: .bank, currency: "EUR")),
      as: books.owner)
  }

  @Test(arguments: ["gen-us", "gen-de"])
  func `a file and one that overlaps it bring every line once`(name: String) async throws {
    let books = try await TestBooks.make()
    let account = try await Self.account(name, in: books)
    let expected = try Expected(name)
    func run(_ name: String, opening: Money?) async throws -> BankStatementImport {
      try await books.workspace.perform(
        ImportBankStatement(
          Self.file(name), named: "\(name).csv", into: account, opening: opening),
        as: books.employee)
    }
    let opening = try Self.cents(expected.opening)
    let closing = try Self.cents(expected.closing)
    let first = try await run(name, opening: opening)
    #expect(first.lines == expected.rows && first.known == 0)
    #expect(first.statements.map(\.span.closing) == [closing])
    // What the account had before the overlapping file: the German bank says it in a field that the
    // rules don't name, -79,027.08 after a first line of -2,247.74.
    let before = name == "gen-us" ? nil : try Self.cents("-76779.34")
    let second = try await run("\(name)-overlap", opening: before)
    #expect(second.known == expected.overlappingRows && second.lines == expected.newRows)
    let end = try Self.cents(expected.closingAfterOverlapImport)
    #expect(second.statements.map(\.span.opening) == [closing])
    #expect(second.statements.map(\.span.closing) == [end])
    let again = try await run(name, opening: opening)
    #expect(again.statements == [] && again.known == expected.rows)
  }

  /// Lines of some weeks, with few different texts and amounts, and the balance after each.
  private static func weeks(using chance: inout SeededChance) -> [StatementLine] {
    var balance = Money(minorUnits: 100_000)
    var lines: [StatementLine] = []
    for day in 0..<14 {
      for _ in 0..<Int.random(in: 0...3, using: &chance) {
        let amount = Money(minorUnits: [-450, -1_200].randomElement(using: &chance) ?? -1)
        balance = Money(minorUnits: balance.minorUnits + amount.minorUnits)
        lines.append(
          StatementLine(
            booked: TestBooks.today.adding(days: day - 20),
            amount: amount,
            text: ["Coffee", "Rent"].randomElement(using: &chance) ?? "", balance: balance))
      }
    }
    return lines
  }

  private static func foreign(_ lines: some Sequence<StatementLine>) -> ForeignStatement {
    ForeignStatement(
      lines: lines.map { line in
        ForeignStatementLine(
          position: SourcePosition(file: "bank.csv", line: 1), booked: line.booked,
          amount: Quantity(line.amount, exponent: 2),
          balance: line.balance.map { Quantity($0, exponent: 2) }, description: line.text)
      })
  }

  @Test(arguments: UInt64(1)...8)
  func `exports that overlap, in any order, leave the same lines as one of all`(
    seed: UInt64
  ) async throws {
    var chance = SeededChance(seed: seed)
    let lines = Self.weeks(using: &chance)
    // From the beginning of a day to any line.
    var exports: [ArraySlice<StatementLine>] = []
    var end = 0
    while end < lines.count {
      let day = lines[Int.random(in: 0...end, using: &chance)].booked
      let begin = lines.firstIndex { $0.booked == day } ?? 0
      let last = Int.random(in: end..<min(lines.count, end + 6), using: &chance)
      exports.append(lines[begin...last])
      end = last + 1
    }
    let books = try await TestBooks.make()
    for export in exports.shuffled(using: &chance) {
      try await books.workspace.perform(
        ImportBankStatement(
          Self.foreign(export), named: "bank.csv", into: books.account("1120")),
        as: books.employee)
    }
    let rows = try await books.workspace.fetch(BankStatements(), as: books.owner)
    #expect(rows.map(\.lines).reduce(0, +) == lines.count)
    #expect(rows.allSatisfy { $0.gap == nil })
    #expect(rows.last?.span.closing == lines.last?.balance)
    let whole = try await books.workspace.perform(
      ImportBankStatement(Self.foreign(lines), named: "all.csv", into: books.account("1120")),
      as: books.employee)
    #expect(whole.statements == [] && whole.known == lines.count)
  }
}
