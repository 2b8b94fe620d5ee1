import Domain
package import Operations
import Phrases

extension EntryForm {
  /// One line as it is typed.
  package struct Line {
    package var account = FieldState("Account")
    /// What the account field stands for; nil until one is taken.
    package var chosen: ChartOfAccounts.Row?
    package var debit = FieldState("Debit")
    package var credit = FieldState("Credit")
    package var memo = FieldState("Memo")
    /// The draft's line that it was read from, with all that the form doesn't show.
    var original: LineContent?

    init() {}

    var isBlank: Bool {
      [account, debit, credit, memo].allSatisfy(\.text.isEmpty)
    }

    subscript(column: Column) -> FieldState {
      get {
        switch column {
        case .account: account
        case .debit: debit
        case .credit: credit
        case .memo: memo
        }
      }
      set {
        switch column {
        case .account: account = newValue
        case .debit: debit = newValue
        case .credit: credit = newValue
        case .memo: memo = newValue
        }
      }
    }

    /// What it is in the entry, with what the form doesn't show as it was. Nil when the amount of a
    /// line in another currency than the form's was changed, which the form can't say.
    func content(account: ID<Account>, amount: Money, currency: String) -> LineContent? {
      var content =
        original
        ?? LineContent(account: account, currency: currency, amount: amount)
      content.account = account
      content.description = memo.text
      guard content.base != amount else { return content }
      guard content.currency == currency else { return nil }
      content.amount = amount
      content.base = amount
      return content
    }
  }
}
