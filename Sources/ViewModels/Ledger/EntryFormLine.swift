import Domain
import Keys
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
    /// What its amounts were then.
    var readAs: [String] = []

    init() {}

    /// Of both sides, one of which is empty.
    var amountText: [String] { [debit.text, credit.text] }

    /// Puts an amount on its side.
    mutating func write(_ text: String, of amount: Money) {
      debit.editor = LineEditor(amount < .zero ? "" : text)
      credit.editor = LineEditor(amount < .zero ? text : "")
    }

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
  }
}
