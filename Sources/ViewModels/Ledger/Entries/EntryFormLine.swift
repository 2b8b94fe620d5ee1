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
    /// What a form of its own asks for.
    var details = Details()
    /// The draft's line that it was read from, with all that the form doesn't show.
    var original: LineContent?
    /// What its amounts were then.
    var readAs: [String] = []

    init() {}

    /// What few lines say: of which department and project they are, whom they are with, which
    /// document they are of where that isn't the entry's, how they are found, of what tax and how
    /// much they are.
    struct Details: Hashable {
      var department: ID<Department>?
      /// Whether somebody took off the one that its account says.
      var isUntagged = false
      var project = ""
      var party = ""
      var reference = ""
      var tags: [EntryTag] = []
      var taxCode = ""
      /// Without the currency, which may be changed before the line is left.
      var tax: Quantity?
      var quantity: LineQuantity?

      private static let untagged = "-"

      init() {}

      /// Of a line whose currency has `exponent` decimals.
      init(_ line: LineContent, exponent: Int) {
        (department, project, party) = (line.department, line.project, line.counterparty)
        reference = line.reference
        tags = Self.tags(of: line)
        taxCode = line.particulars.taxCode
        tax = line.particulars.tax.map { Quantity($0, exponent: exponent) }
        quantity = line.particulars.quantity
      }

      private static func tags(of line: LineContent) -> [EntryTag] {
        [EntryTag](json: line.tags).filter { !$0.isNote }
      }

      /// As they are kept between runs of the program; an older one kept no department, no
      /// reference, or nothing of tax and quantity.
      init(_ texts: [String]) {
        (project, party, tags) = (texts[0], texts[1], [EntryTag](json: texts[2]))
        department = texts.element(3).flatMap { Int64($0) }.map { ID($0) }
        isUntagged = texts.element(3) == Self.untagged
        reference = texts.element(4) ?? ""
        taxCode = texts.element(5) ?? ""
        tax = texts.element(6).flatMap { Quantity($0) }
        quantity = texts.element(7).flatMap { LineQuantity(typed: $0) }
      }

      var texts: [String] {
        [
          project, party, tags.json,
          department.map { "\($0.value)" } ?? (isUntagged ? Self.untagged : ""), reference, taxCode,
          tax?.text ?? "", quantity?.text ?? "",
        ]
      }

      var isBlank: Bool { self == Details() }

      /// All of it, as people read it: one of `departments` by its code.
      func text(among departments: [Departments.Row]) -> String {
        let code = department.map { id in departments.first { $0.id == id }?.code ?? "?" }
        let taxes = [taxCode, tax?.text ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
        return [code ?? "", project, party, reference, tags.text, taxes, quantity?.text ?? ""]
          .filter { !$0.isEmpty }.joined(separator: ", ")
      }

      /// What was of another document: its reference, how much tax and how much of anything.
      mutating func forgetDocument() { (reference, tax, quantity) = ("", nil, nil) }

      /// Puts it into a line, of whose tags those stay that nobody typed, and whose currency has
      /// `exponent` decimals. Throws where the tax has more.
      func write(to line: inout LineContent, exponent: Int) throws(AmountError) {
        (line.department, line.project, line.counterparty) = (department, project, party)
        line.reference = reference
        if tags != Self.tags(of: line) { line.retag(tags) }
        line.particulars = LineParticulars(
          taxCode: taxCode, tax: try tax?.money(exponent: exponent), quantity: quantity)
      }
    }

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
