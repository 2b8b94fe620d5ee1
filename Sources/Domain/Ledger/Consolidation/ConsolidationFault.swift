/// Why a group can't be consolidated: what has to be said in its file, or put right in a member's
/// books.
package enum ConsolidationFault: Hashable, Sendable {
  /// Debits of the member exceed credits by so much: translating would hide that.
  case unbalanced(member: String, Money, Currency)
  /// The member's account, as `1120 Current account`, has no account of the group.
  case unmapped(member: String, account: String, to: String)
  /// The two are of different classes, which would put the balance on another statement.
  case otherClass(member: String, account: String, AccountType.Class, to: String, AccountType.Class)
  case noRate(member: String, RateKind, of: String, in: String)
  /// What the member's cash was before the days has no rate of that day.
  case noOpeningRate(member: String, of: String, in: String, on: Day)
  /// A member is translated, and no account of equity takes what that leaves.
  case noTranslationAccount
  /// A pair names what the member's chart lacks.
  case unknownAccount(member: String, account: String)
  /// What is eliminated once isn't there to be eliminated again.
  case pairedTwice(member: String, account: String)
  /// An adjustment names what the group's chart lacks.
  case adjustsUnknown(String, account: String)
  /// Its lines come to so much.
  case adjustsUnbalanced(String, Money)
}

/// All of them at once.
package struct ConsolidationFaults: Error, Hashable, Sendable {
  package let faults: [ConsolidationFault]
  /// Of the group, in which amounts are.
  package let currency: Currency

  package init(_ faults: [ConsolidationFault], _ currency: Currency) {
    self.faults = faults
    self.currency = currency
  }
}
