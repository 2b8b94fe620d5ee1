import Domain

/// An entry as it stands in the file: amounts may be missing, nothing is known to balance.
struct RawEntry {
  var day: Day
  var secondaryDay: Day?
  var status = ForeignStatus.unmarked
  var code = ""
  var payee = ""
  var description = ""
  var comment = RawComment()
  var position: SourcePosition
  var postings: [RawPosting] = []

  func resolved(_ postings: [ForeignPosting]) -> ForeignEntry {
    ForeignEntry(
      day: day, secondaryDay: secondaryDay, status: status, code: code, payee: payee,
      description: description, comment: comment.text, tags: comment.tags, position: position,
      postings: postings)
  }
}

struct RawPosting {
  var account: String
  var kind: ForeignPosting.Kind
  var status: ForeignStatus
  var amount: ForeignAmount?
  var cost: RawCost?
  var assertion: RawAssertion?
  var comment = RawComment()
  var position: SourcePosition

  /// An amount that a balance decides: `a  = $500`.
  var isAssignment: Bool { amount == nil && assertion != nil }

  /// An amount that the other postings decide.
  var isElided: Bool { amount == nil && assertion == nil }

  /// What counts when the entry is balanced.
  var weight: ForeignAmount? { cost?.total ?? amount }

  func resolved(_ amount: ForeignAmount, cost: ForeignAmount?) -> ForeignPosting {
    ForeignPosting(
      account: account, amount: amount, cost: cost, kind: kind, status: status,
      day: comment.day, secondaryDay: comment.secondaryDay, comment: comment.text,
      tags: comment.tags, position: position)
  }
}

struct RawCost {
  /// With the sign of the posting's side.
  var total: ForeignAmount
  /// As written. They decide how exact a sum of costs must be where nothing else does.
  var decimals: Int
}

/// `= $5`, `== $5`, `=* $5`, `==* $5` after a posting.
struct RawAssertion {
  var amount: ForeignAmount
  /// No other commodity may be there.
  var isTotal: Bool
  /// The accounts below count too.
  var isInclusive: Bool
  var position: SourcePosition
}
