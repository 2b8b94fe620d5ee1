/// One line of a bank's statement, as the bank wrote it (RULES §3.14).
package struct StatementLine: Hashable, Sendable {
  package let booked: Day
  /// When it began to bear interest; nil where the bank doesn't say.
  package let valued: Day?
  /// Debit-positive, in minor units of the statement's currency: what comes in is positive.
  package let amount: Money
  package let text: String
  package let counterparty: String
  package let reference: String
  /// What the bank calls it and no other line of the account.
  package let bankID: String?
  /// The account that the rules for the bank's files name for the other side; empty for none.
  package let suggestion: String
  /// What is in the account after it, where the bank says so.
  package let balance: Money?
  /// Counts equal lines of a day: two identical coffees are two lines.
  package fileprivate(set) var occurrence = 1

  package init(
    booked: Day, valued: Day? = nil, amount: Money, text: String, counterparty: String = "",
    reference: String = "", bankID: String? = nil, suggestion: String = "", balance: Money? = nil
  ) {
    self.booked = booked
    self.valued = valued
    self.amount = amount
    self.text = text
    self.counterparty = counterparty
    self.reference = reference
    self.bankID = bankID
    self.suggestion = suggestion
    self.balance = balance
  }

  /// What it is known by when it comes again within its account.
  package var key: Key {
    bankID.map(Key.bankID) ?? Key(booked: booked, amount: amount, text: text, occurrence)
  }

  package enum Key: Hashable, Sendable {
    case bankID(String)
    /// The text is as `init(booked:amount:text:_:)` makes it.
    case content(Day, Money, text: String, occurrence: Int)

    /// Banks write the same text with other spaces, or in capitals, from one export to the next.
    package init(booked: Day, amount: Money, text: String, _ occurrence: Int) {
      let words = text.lowercased().split(whereSeparator: \.isWhitespace)
      self = .content(
        booked, amount, text: words.joined(separator: " "), occurrence: occurrence)
    }
  }
}

/// How far a line of a statement is.
package enum StatementLineStatus: String, Sendable, CaseIterable {
  case unmatched
  case matched
  case ignored
}

extension [StatementLine] {
  /// Each with how many lines of its day that are equal to it stand up to there.
  var counted: [StatementLine] {
    var seen: [StatementLine.Key: Int] = [:]
    return map { line in
      var line = line
      line.occurrence = 1
      let count = seen[line.key, default: 0] + 1
      seen[line.key] = count
      line.occurrence = count
      return line
    }
  }
}
