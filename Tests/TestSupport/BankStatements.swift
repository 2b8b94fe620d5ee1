package import Domain
import Operations
import Store

/// What a bank writes of one line.
package struct BankText: Sendable {
  let amount: Money
  let day: Day
  let text: String
  let reference: String
  let suggestion: String

  package init(
    _ minorUnits: Int64, on day: Day = TestBooks.today, _ text: String = "",
    reference: String = "", suggestion: String = ""
  ) {
    amount = Money(minorUnits: minorUnits)
    self.day = day
    self.text = text
    self.reference = reference
    self.suggestion = suggestion
  }
}

extension TestBooks {
  /// Puts a statement of an account into the books, as from a bank; from the first to the last day
  /// of its lines, and its closing balance is what they make of `opening`.
  package func bankStatement(
    of account: ID<Account>, in currency: String = "USD", opening: Int64 = 0,
    called name: String = "",
    _ lines: [BankText]
  ) async throws -> (id: ID<BankStatement>, lines: [ID<StatementLine>]) {
    let days = lines.map(\.day)
    let (first, last) = (days.min() ?? Self.today, days.max() ?? Self.today)
    let opening = Money(minorUnits: opening)
    let closing = try opening + lines.map(\.amount).total()
    let owner = self.owner.user
    return try await store.change(in: business, as: .system) { change in
      let statement = try change.insert(
        BankStatement.self,
        """
        INSERT INTO bank_statements (business_id, account_id, currency, from_date, to_date,
          opening_balance, closing_balance, reference, file_name, imported_by, imported_at)
        VALUES (:business, :account, :currency, :first, :last, :opening, :closing, :name, :name,
          :owner, :now)
        """,
        [
          "account": account, "currency": currency, "first": first, "last": last,
          "opening": opening, "closing": closing, "name": name, "owner": owner, "now": change.now,
        ])
      let ids = try lines.enumerated().map { index, line in
        try change.insert(
          StatementLine.self,
          """
          INSERT INTO bank_statement_lines (business_id, statement_id, account_id, line_number,
            booked_on, amount, text, counterparty, reference, bank_id, suggestion)
          VALUES (:business, :statement, :account, :number, :day, :amount, :text, :name, :reference,
            :statement || '-' || :number, :suggestion)
          """,
          [
            "statement": statement, "account": account, "number": index + 1, "day": line.day,
            "amount": line.amount, "text": line.text, "name": name, "reference": line.reference,
            "suggestion": line.suggestion,
          ])
      }
      return (statement, ids)
    }
  }
}
