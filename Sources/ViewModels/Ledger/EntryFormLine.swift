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
    /// document they are of where that isn't the entry's, how they are found.
    struct Details: Hashable {
      var department: ID<Department>?
      var project = ""
      var party = ""
      var reference = ""
      var tags: [EntryTag] = []

      init() {}

      init(_ line: LineContent) {
        (department, project, party) = (line.department, line.project, line.counterparty)
        reference = line.reference
        tags = [EntryTag](json: line.tags).filter { !$0.isNote }
      }

      /// As they are kept between runs of the program; an older one kept no department, or no
      /// reference.
      init(_ texts: [String]) {
        (project, party, tags) = (texts[0], texts[1], [EntryTag](json: texts[2]))
        department = texts.element(3).flatMap { Int64($0) }.map { ID($0) }
        reference = texts.element(4) ?? ""
      }

      var texts: [String] {
        [project, party, tags.json, department.map { "\($0.value)" } ?? "", reference]
      }

      var isBlank: Bool { self == Details() }

      /// All of it, as people read it: one of `departments` by its code.
      func text(among departments: [Departments.Row]) -> String {
        let code = department.map { id in departments.first { $0.id == id }?.code ?? "?" }
        return [code ?? "", project, party, reference, tags.text].filter { !$0.isEmpty }
          .joined(separator: ", ")
      }

      /// Puts it into a line, of whose tags those stay that nobody typed.
      func write(to line: inout LineContent) {
        (line.department, line.project, line.counterparty) = (department, project, party)
        line.reference = reference
        if tags != Details(line).tags { line.retag(tags) }
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
