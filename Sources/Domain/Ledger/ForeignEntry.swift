/// One entry of another program's journal.
package struct ForeignEntry: Hashable, Sendable {
  package var day: Day
  /// A second day that the writer noted, such as the bank's.
  package var secondaryDay: Day?
  package var status: ForeignStatus
  /// A number of the writer's own, such as that of a cheque.
  package var code: String
  /// What stands before a `|` in the description; empty where there is none.
  package var payee: String
  package var description: String
  /// Lines as written, tags included, joined by line feeds.
  package var comment: String
  package var tags: [ForeignTag]
  package var position: SourcePosition
  package var postings: [ForeignPosting]

  package init(
    day: Day, secondaryDay: Day? = nil, status: ForeignStatus = .unmarked, code: String = "",
    payee: String = "", description: String, comment: String = "", tags: [ForeignTag] = [],
    position: SourcePosition, postings: [ForeignPosting]
  ) {
    self.day = day
    self.secondaryDay = secondaryDay
    self.status = status
    self.code = code
    self.payee = payee
    self.description = description
    self.comment = comment
    self.tags = tags
    self.position = position
    self.postings = postings
  }

  /// What the entry says, whatever its place in the file: a digest of this recognises it in a
  /// later import. Status, comments and tags aren't in it, so that clearing an entry or noting
  /// something beside it doesn't make it another one; neither are trailing zeros.
  package var content: String {
    let lines = postings.map { posting in
      JSON.array([
        .string(posting.account), .string(posting.kind.rawValue), .text(posting.day?.text),
        .string(posting.amount.quantity.reduced().text), .string(posting.amount.commodity),
        .text(posting.cost?.quantity.reduced().text), .text(posting.cost?.commodity),
      ])
    }
    return JSON.array([
      .string(day.text), .string(code), .string(payee), .string(description), .array(lines),
    ]).text
  }
}

/// How far the writer has come with an entry or a posting: nothing, `!`, `*`.
package enum ForeignStatus: String, Hashable, Sendable {
  case unmarked
  case pending
  case cleared
}

/// `name:value` in a comment. The value may be empty.
package struct ForeignTag: Hashable, Sendable {
  package let name: String
  package let value: String

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// An exact number of a commodity. Quantities keep the decimals they were written with.
package struct ForeignAmount: Hashable, Sendable {
  package var quantity: Quantity
  package var commodity: String

  package init(_ quantity: Quantity, _ commodity: String) {
    self.quantity = quantity
    self.commodity = commodity
  }
}

/// One line of an entry. A posting whose amount was left out stands once for each commodity.
package struct ForeignPosting: Hashable, Sendable {
  /// `Assets:Cash`, without the brackets of virtual postings.
  package var account: String
  package var amount: ForeignAmount
  /// What `amount` was exchanged for, in all and with the sign of its side: −10 EUR at 1.10 USD
  /// cost −11 USD.
  package var cost: ForeignAmount?
  package var kind: Kind
  package var status: ForeignStatus
  /// Where it differs from the entry's day.
  package var day: Day?
  package var secondaryDay: Day?
  package var comment: String
  package var tags: [ForeignTag]
  package var position: SourcePosition

  package enum Kind: String, Hashable, Sendable {
    case real
    /// `[account]`: balances among its own kind.
    case virtualBalanced = "virtual_balanced"
    /// `(account)`: need not balance.
    case virtualUnbalanced = "virtual_unbalanced"
  }

  package init(
    account: String, amount: ForeignAmount, cost: ForeignAmount? = nil, kind: Kind = .real,
    status: ForeignStatus = .unmarked, day: Day? = nil, secondaryDay: Day? = nil,
    comment: String = "", tags: [ForeignTag] = [], position: SourcePosition
  ) {
    self.account = account
    self.amount = amount
    self.cost = cost
    self.kind = kind
    self.status = status
    self.day = day
    self.secondaryDay = secondaryDay
    self.comment = comment
    self.tags = tags
    self.position = position
  }

  /// What the posting counts for when its entry is balanced.
  package var weight: ForeignAmount { cost ?? amount }
}
