import Domain
import Operations
import TestSupport
import Testing

/// What a bank says of an account, held against the books.
struct BankThings: Sendable {
  let account: ID<Account>
  let statement: ID<BankStatement>
  /// That isn't closed.
  let reconciliation: ID<Reconciliation>
  /// A line on each side that nothing was done to, of the same amount.
  let bankLine: ID<StatementLine>
  let line: ID<Line>
  /// A line of the bank that is matched.
  let matched: ID<StatementLine>

  /// In the first books that have any, the reconciliation is 1.
  init(in books: TestBooks, called text: String) async throws {
    func perform<C: Command>(_ command: C) async throws -> C.Output {
      try await books.workspace.perform(command, as: books.owner)
    }
    let currency = try await books.workspace.fetch(WhereIAm(), as: books.owner).baseCurrency
    account = try await perform(
      CreateAccount(AccountContent(number: "1196", name: "\(text) bank", type: .asset)))
    for amount: Int64 in [100, 40] {
      let lines = [(account, amount), (books.account("3100"), -amount)].map {
        LineContent(account: $0, currency: currency, amount: Money(minorUnits: $1))
      }
      _ = try await perform(
        CreateEntry(
          EntryContent(date: TestBooks.today, description: "\(text) deposit", lines: lines),
          then: .post))
    }
    let said = try await books.bankStatement(
      of: account, in: currency, called: text,
      [
        BankText(100, "\(text) deposit", reference: "\(text) 1"),
        BankText(40, "\(text) deposit", reference: "\(text) 2"),
      ])
    statement = said.id
    (matched, bankLine) = (said.lines[0], said.lines[1])
    reconciliation = try await perform(
      StartReconciliation(account, .balance(Money(minorUnits: 140), on: TestBooks.today)))
    let sheet = try await books.workspace.fetch(
      ReconciliationSheet(reconciliation), as: books.owner)
    func booked(_ minorUnits: Int64) throws -> ID<Line> {
      try #require(sheet.books.first { $0.amount.minorUnits == minorUnits }).id
    }
    line = try booked(40)
    try await perform(MatchLines(in: reconciliation, bank: [matched], books: [booked(100)]))
  }
}
