import Domain
import Keys
import Operations
package import Phrases

/// The lines of one account with the balance after each, the newest under the cursor.
package final class RegisterScreen: ListScreen {
  package static let keymap = [.registerOpen] + Binding.lists
  static let listName = "register"
  static let isReport = true

  private let desk: Desk
  private let account: ID<Account>
  private let label: String
  /// The last day that counts; nil is all there are.
  private let lastDay: Day?
  /// As known at which moment it is shown; nil is the newest.
  private let knownAt: Timestamp?
  var list: RowList<RegisterPage.Row>

  init(
    _ account: ID<Account>, _ label: String, to lastDay: Day? = nil, knownAt: Timestamp? = nil,
    at desk: Desk
  ) {
    self.account = account
    self.label = label
    self.lastDay = lastDay
    self.knownAt = knownAt
    self.desk = desk
    var balance: ListColumn<RegisterPage.Row> = desk.amounts(
      "balance", "Balance", showsZero: true
    ) { $0.balance }
    balance.runsAlong = "date"
    list = RowList([
      ListColumn("date", "Date", .fixed(10)) { $0.date.text },
      ListColumn("number", "No", .fixed(14)) { $0.number },
      ListColumn("description", "Description", .text(atLeast: 12), priority: 1) {
        $0.description
      },
      ListColumn("against", "Against", .text(atLeast: 10), priority: 2) {
        $0.counterAccounts.asCounterAccounts
      },
      desk.amounts("debit", "Debit") { $0.amount.debit },
      desk.amounts("credit", "Credit") { $0.amount.credit },
      balance,
    ])
    recall()
    list.move(.last, page: 1)
  }

  package var title: Phrase { Phrase(verbatim: label) }
  package var section: Section? { .accounts }
  var navigator: Navigator { desk.navigator }
  private var to: Day { lastDay ?? .last }

  package func load() -> [Effect] {
    if list.arranges { return readAgain() }
    // Before anything is read the newest page is what is wanted.
    return fetch(list.hasLoaded ? list.again : .last(limit: RowList<RegisterPage.Row>.pageRows + 1))
      + [
        desk.fetch(RegisterSize(account, to: to, knownAt: knownAt)) { [weak self] size in
          self?.list.total = size
          return []
        }
      ]
  }

  func readAll(
    limit: Int, _ then: @escaping ([RegisterPage.Row]) -> [Effect]
  ) -> [Effect] {
    do {
      return [
        read(
          try RegisterPage(account, to: to, knownAt: knownAt, before: nil, limit: limit), at: desk,
          then: then)
      ]
    } catch {
      navigator.tell(.error, UserMessage(error).phrase)
      return []
    }
  }

  func readForExport(
    limit: Int, _ then: @escaping ([RegisterPage.Row]) -> [Effect]
  ) -> [Effect] {
    [
      desk.fetch(
        Exported(RegisterPage(account, to: to, knownAt: knownAt, limit: limit)), then: then)
    ]
  }

  func newest(_ count: Int, of rows: [RegisterPage.Row]) -> [RegisterPage.Row] {
    Array(rows.suffix(count))
  }

  func fetch(_ request: RowList<RegisterPage.Row>.Request) -> [Effect] {
    let (account, to, knownAt) = (account, to, knownAt)
    let query: RegisterPage
    do {
      query =
        switch request {
        case .first(let limit): RegisterPage(account, to: to, knownAt: knownAt, limit: limit)
        case .last(let limit):
          try RegisterPage(account, to: to, knownAt: knownAt, before: nil, limit: limit)
        case .after(let row, let limit):
          RegisterPage(account, to: to, knownAt: knownAt, after: row.key, limit: limit)
        case .before(let row, let limit):
          try RegisterPage(account, to: to, knownAt: knownAt, before: row, limit: limit)
        }
    } catch {
      navigator.tell(.error, UserMessage(error).phrase)
      return []
    }
    return readPage(query, for: request, at: desk)
  }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.registerOpen, unavailable: list.unavailable) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.desk.navigator.show(EntryScreen(row.entry, at: self.desk))
      }
    ] + listActions
  }

  package var panels: [Panel] {
    let note: [Phrase] = (lastDay.map { ["to \($0.text)"] } ?? []) + knownAt.known
    return [
      .table(
        list.panel(
          title, note: .joined(note, separator: ", "),
          empty: "Nothing is posted to this account yet."))
    ]
  }
}

nonisolated extension RegisterPage.Row: Listed {
  struct Identity: Hashable {
    let entry: ID<Entry>
    let line: Int
  }

  var identity: Identity { Identity(entry: entry, line: line) }
}

extension Binding {
  static let registerOpen = Binding(
    "register.open", [.enter, .right, "l"], "entry", "Look at the entry", EntryDetail.permission)
}
