import Domain
import Keys
import Operations
package import Phrases

/// What foreign balances are worth at the end of a period, and what booking that would change.
package final class RevaluationScreen: WholeListScreen {
  package static let keymap: [Binding] =
    [.revaluationPost, .revaluationEarlier, .revaluationLater, .revaluationOpen] + Binding.lists
  static let listName = "revaluation"

  private let desk: Desk
  /// Of the periods, in the order of time.
  private let ends: [Day]
  private var place: Int
  var list: RowList<Revaluations.Row>

  /// At the last of `ends` that is over on `day`; there must be one.
  init(on day: Day, of ends: [Day], at desk: Desk) {
    self.desk = desk
    self.ends = ends
    place = ends.lastIndex { $0 <= day } ?? 0
    list = RowList([
      ListColumn("account", "Account", .text(atLeast: 12), total: .label) { $0.label },
      ListColumn("amount", "Holds", .text(atLeast: 14)) { row in
        let position = row.revaluation.position
        let number = desk.navigator.settings.amounts.text(
          position.amount, exponent: row.exponent)
        return "\(number) \(position.currency)"
      },
      desk.summedAmounts("difference", "Difference", showsZero: true) {
        $0.revaluation.difference
      },
      desk.amounts("base", "In the books", showsZero: true) { $0.revaluation.position.base },
      desk.amounts("worth", "Is worth", showsZero: true) { $0.revaluation.target },
      ListColumn("rate", "Rate", .fixed(12), priority: 1) { $0.revaluation.rate?.rate.text ?? "" },
      ListColumn("of", "Of", .fixed(10), priority: 2) { $0.revaluation.rate?.day.text ?? "" },
      ListColumn(
        "kind", "Kind", .fixed(10), priority: 1,
        words: { Phrase(word: $0.revaluation.isRealised ? "realised" : "unrealised") }),
    ])
    recall()
  }

  package var title: Phrase { "Revaluation" }
  package var section: Section? { .accounts }
  var navigator: Navigator { desk.navigator }

  private var day: Day { ends[place] }

  package func load() -> [Effect] {
    let asked = day
    return [
      read(Revaluations(on: asked), at: desk) { [weak self] rows in
        if self?.day == asked { self?.list.take(rows) }
        return []
      }
    ]
  }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.revaluationPost, unavailable: nothing) { [weak self] in self?.post() ?? [] },
      turning(.revaluationEarlier, by: -1, end: "This is the first period."),
      turning(.revaluationLater, by: 1, end: "This is the last period."),
      Action(.revaluationOpen, unavailable: list.unavailable) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.navigator.show(
          RegisterScreen(row.account, row.label, in: RegisterScope(to: self.day), at: self.desk))
      },
    ] + listActions
  }

  private var nothing: Phrase? {
    guard let rows = list.whole, !rows.isEmpty else {
      return list.unavailable ?? "There is nothing to book."
    }
    let isMoved = rows.contains { !$0.revaluation.difference.isZero }
    return isMoved ? nil : UserMessage(Refusal.rate(.nothingToRevalue(day))).phrase
  }

  private func post() -> [Effect] {
    guard let rows = list.whole else { return [] }
    let sizes = rows.map { row in
      let difference = row.revaluation.difference
      return max(difference.debit, difference.credit)
    }
    // More than books hold can't be booked either.
    guard let amount = try? sizes.total() else { return [] }
    return desk.confirm(
      "Book what changed up to \(day.text)?",
      body: "What isn't realised is taken back when the next period begins.", verb: "Book",
      amount: amount
    ) { [desk, day] in
      [
        desk.perform(Revalue(on: day, seen: rows), "Booking") { entries in
          desk.navigator.tell(.done, .joined(entries.map(\.words), separator: " "))
          return desk.navigator.top?.load() ?? []
        }
      ]
    }
  }

  private func turning(_ binding: Binding, by step: Int, end: Phrase) -> Action {
    let next = place + step
    return Action(binding, unavailable: ends.indices.contains(next) ? nil : end) { [weak self] in
      guard let self else { return [] }
      self.place = next
      // What was read is of another day.
      self.list.removeAll(because: Panel.loading)
      return self.load()
    }
  }

  package var panels: [Panel] {
    var panel = list.panel(
      "Foreign balances", note: "at the rates of \(day.text), in \(desk.place.baseCurrency)",
      empty: "No account that is revalued holds anything in another currency.")
    panel.totals =
      list.rows.isEmpty
      ? nil
      : list.totals("Total") { try list.rows.map($0).total() }
    return [.table(panel)]
  }
}

nonisolated extension Revaluations.Row: Listed {
  struct Identity: Hashable {
    let account: ID<Account>
    let currency: String
  }

  var identity: Identity {
    Identity(account: account, currency: revaluation.position.currency)
  }
}

extension Binding {
  static let revaluationPost = Binding(
    "revaluation.post", ["p"], "book", "Book the differences", Revalue.permission)
  static let revaluationEarlier = Binding(
    "revaluation.earlier", ["["], "earlier", "At the end of the period before",
    Revaluations.permission)
  static let revaluationLater = Binding(
    "revaluation.later", ["]"], "later", "At the end of the next period", Revaluations.permission)
  static let revaluationOpen = Binding(
    "revaluation.open", [.enter, .right, "l"], "register", "Lines of the account",
    RegisterPage.permission)
}

extension Desk {
  /// Shows it as of the last period that has ended, or had on `day`.
  func showRevaluation(on day: Day? = nil) -> [Effect] {
    [
      fetch(Periods(), holding: .keys) { [self] periods in
        let ends = periods.filter { $0.kind == .normal }.map(\.end)
        guard !ends.isEmpty else {
          navigator.tell(.notice, "There is no fiscal year yet.")
          return []
        }
        return navigator.show(RevaluationScreen(on: day ?? today, of: ends, at: self))
      }
    ]
  }
}
