import Domain
import Keys
import Operations
package import Phrases

/// The lines of one account with the balance after each, the newest under the cursor.
package final class RegisterScreen: ListScreen, Translatable {
  package static let keymap = [.registerOpen, .translate] + Binding.lists
  static let listName = "register"
  static let isReport = true

  let desk: Desk
  private let account: ID<Account>
  private let label: String
  private let scope: RegisterScope
  /// Whose lines it has; empty is everybody's.
  private let department: Phrase
  /// How many decimals its amounts have.
  private let exponent: Int
  var translation: ConvenienceTranslation?
  var list = RowList<RegisterPage.Row>([])

  /// `exponent` is that of the scope's currency, `department` whose lines it names.
  init(
    _ account: ID<Account>, _ label: String, in scope: RegisterScope = RegisterScope(),
    exponent: Int? = nil, of department: Phrase = .empty, at desk: Desk
  ) {
    self.account = account
    self.label = label
    self.scope = scope
    self.department = department
    self.desk = desk
    self.exponent = exponent ?? desk.place.exponent
    list = RowList(columns)
    recall()
    list.move(.last, page: 1)
  }

  var columns: [ListColumn<RegisterPage.Row>] {
    func amounts(
      _ id: String, _ title: Phrase, showsZero: Bool = false,
      _ amount: @escaping (RegisterPage.Row) -> Money
    ) -> ListColumn<RegisterPage.Row> {
      desk.rowAmounts(
        id, title, showsZero: showsZero, areInBase: false, by: shownBy,
        exponent: { [exponent] _ in exponent }, amount)
    }
    var balance = amounts("balance", "Balance", showsZero: true) { $0.balance }
    balance.runsAlong = "date"
    return [
      ListColumn("date", "Date", .fixed(10)) { $0.date.text },
      ListColumn("number", "No", .fixed(14)) { $0.number },
      ListColumn(
        "description", "Description", .text(atLeast: 12), priority: 1,
        words: { $0.text }),
      ListColumn("against", "Against", .text(atLeast: 10), priority: 2) {
        $0.counterAccounts.asCounterAccounts
      },
      amounts("debit", "Debit") { $0.amount.debit },
      amounts("credit", "Credit") { $0.amount.credit },
      balance,
    ]
  }

  package var title: Phrase { Phrase(verbatim: label) }
  package var section: Section? { .accounts }
  var navigator: Navigator { desk.navigator }
  var day: Day { scope.to < .last ? scope.to : desk.today }

  var untranslatable: Phrase? {
    scope.currency == nil ? nil : "Only amounts in the base currency are translated."
  }

  package func load() -> [Effect] {
    if list.arranges { return readAgain() }
    // Before anything is read the newest page is what is wanted.
    return fetch(list.hasLoaded ? list.again : .last(limit: RowList<RegisterPage.Row>.pageRows + 1))
      + [
        desk.fetch(RegisterSize(account, in: scope)) { [weak self] size in
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
          try RegisterPage(account, in: scope, before: nil, limit: limit), at: desk, then: then)
      ]
    } catch {
      navigator.tell(.error, UserMessage(error).phrase)
      return []
    }
  }

  func readForExport(
    limit: Int, _ then: @escaping ([RegisterPage.Row], Footing?) -> [Effect]
  ) -> [Effect] {
    [desk.export(RegisterPage(account, in: scope, limit: limit), then: then)]
  }

  func newest(_ count: Int, of rows: [RegisterPage.Row]) -> [RegisterPage.Row] {
    Array(rows.suffix(count))
  }

  func fetch(_ request: RowList<RegisterPage.Row>.Request) -> [Effect] {
    let (account, scope) = (account, scope)
    let query: RegisterPage
    do {
      query =
        switch request {
        case .first(let limit): RegisterPage(account, in: scope, limit: limit)
        case .last(let limit): try RegisterPage(account, in: scope, before: nil, limit: limit)
        case .after(let row, let limit):
          RegisterPage(account, in: scope, after: row.key, limit: limit)
        case .before(let row, let limit):
          try RegisterPage(account, in: scope, before: row, limit: limit)
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
      }, translate,
    ] + listActions
  }

  package var panels: [Panel] {
    [
      .table(list.panel(title, note: note, empty: emptiness) { $0.isVoid ? .muted : .plain })
    ]
  }

  /// Of which days, on which basis, in which currency, whose, and as known when.
  private var note: Phrase {
    let basis = scope.ledger.basis
    return .joined(
      [days] + scope.ledger.knownAt.known + [
        basis == .postClosing ? .empty : Phrase(word: basis.rawValue),
        Phrase(verbatim: scope.currency ?? ""),
      ] + shownBy.label + [department], separator: ", ")
  }

  private var days: Phrase {
    if scope.from > .first { return "\(scope.from.text) to \(scope.to.text)" }
    return scope.to < .last ? "to \(scope.to.text)" : .empty
  }

  private var emptiness: Phrase {
    scope == RegisterScope()
      ? "Nothing is posted to this account yet."
      : "Nothing of that is posted to this account."
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
