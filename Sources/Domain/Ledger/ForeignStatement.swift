/// A bank's file, read whole: what an import of statements is given.
package struct ForeignStatement: Hashable, Sendable {
  /// As the bank lists them, the oldest first.
  package var lines: [ForeignStatementLine]
  /// What was read although it may not mean what its writer thinks.
  package var warnings: [ForeignWarning]
  /// The file itself, so that nobody need doubt later which one it was.
  package var bytes: [UInt8]

  package init(
    lines: [ForeignStatementLine], warnings: [ForeignWarning] = [], bytes: [UInt8] = []
  ) {
    self.lines = lines
    self.warnings = warnings
    self.bytes = bytes
  }
}

/// A line of a bank's file, before anybody says which of the books' accounts it is about.
package struct ForeignStatementLine: Hashable, Sendable {
  package let position: SourcePosition
  package var booked: Day
  package var valued: Day?
  /// What comes in is positive.
  package var amount: Quantity
  /// A code or a sign, as written; empty where neither the file nor the rules have one.
  package var currency: String
  /// What is in the account after it, where the file says so.
  package var balance: Quantity?
  package var description: String
  package var comment: String
  package var code: String
  package var counterparty: String
  package var reference: String
  /// What the bank calls it and no other line.
  package var bankID: String
  /// The account that it moved and the one on the other side, as the rules name them; empty where
  /// they don't.
  package var account: String
  package var counterAccount: String

  package init(
    position: SourcePosition, booked: Day, valued: Day? = nil, amount: Quantity,
    currency: String = "", balance: Quantity? = nil, description: String = "",
    comment: String = "", code: String = "", counterparty: String = "", reference: String = "",
    bankID: String = "", account: String = "", counterAccount: String = ""
  ) {
    self.position = position
    self.booked = booked
    self.valued = valued
    self.amount = amount
    self.currency = currency
    self.balance = balance
    self.description = description
    self.comment = comment
    self.code = code
    self.counterparty = counterparty
    self.reference = reference
    self.bankID = bankID
    self.account = account
    self.counterAccount = counterAccount
  }

  /// What the line says, on one line.
  package var text: String {
    [description, comment].filter { !$0.isEmpty }.joined(separator: " ")
  }
}
