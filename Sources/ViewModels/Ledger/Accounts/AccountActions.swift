import Domain
import Keys
import Operations
import Phrases

/// What is done to an account of the chart besides archiving it.
struct AccountActions {
  let desk: Desk
  /// Parents before children.
  let chart: [ChartOfAccounts.Row]

  func edit(_ row: ChartOfAccounts.Row) -> [Effect] {
    desk.fetch(AccountToEdit(row.id), Departments()) { [desk, chart] account, departments in
      desk.navigator.show(
        AccountFormScreen(at: desk, chart: chart, departments: departments, editing: account))
    }
  }

  func add(below row: ChartOfAccounts.Row?) -> [Effect] {
    [
      desk.fetch(Departments(), holding: .keys) { [desk, chart] departments in
        desk.navigator.show(
          AccountFormScreen(at: desk, chart: chart, departments: departments, below: row))
      }
    ]
  }

  // MARK: Another heading

  /// Under which heading of its class it stands, or at the top.
  func move(_ row: ChartOfAccounts.Row) -> [Effect] {
    let headings = chart.headings(for: row).map {
      entry(Phrase(verbatim: $0.label), $0.id, for: row)
    }
    return desk.navigator.choose(
      Chooser(
        title: "Where \(row.label) stands",
        entries: headings + [entry("at the top", nil, for: row)]))
  }

  private func entry(
    _ heading: Phrase, _ parent: ID<Account>?, for row: ChartOfAccounts.Row
  ) -> Chooser.Entry {
    let isNow = parent == row.parent
    return Chooser.Entry(heading, note: isNow ? "now" : .empty) { [desk] in
      guard !isNow else { return [] }
      return desk.carryOut(
        MoveAccount(row.id, under: parent, version: row.version),
        "\(row.label) has moved: \(heading).")
    }
  }

  // MARK: One account of two

  /// Why it can't be made one with another, as far as the chart tells; nil where it may.
  func cannotMerge(_ row: ChartOfAccounts.Row) -> Phrase? {
    func words(_ problem: AccountProblem) -> Phrase {
      UserMessage(Refusal.account(problem)).phrase
    }
    if row.isSystem { return words(.isSystem) }
    if row.isHeader { return words(.merging(.heading)) }
    if let below = chart.first(where: { $0.parent == row.id }) {
      return words(.hasBelow(below.label))
    }
    return row.uses > 0 ? words(.merging(.posted)) : nil
  }

  func merge(_ row: ChartOfAccounts.Row) -> [Effect] {
    let twins = chart.twins(of: row)
    guard !twins.isEmpty else {
      desk.navigator.tell(.notice, "No other account is of the same type, currency and rules.")
      return []
    }
    desk.navigator.tell(
      .notice, "Listed are accounts in use of the same type, currency and rules.")
    return desk.navigator.choose(
      Chooser(
        title: "Into which account \(row.label) goes",
        entries: twins.map { twin in
          Chooser.Entry(Phrase(verbatim: twin.label), alias: Phrase(verbatim: twin.path)) {
            [desk] in
            [
              desk.fetch(WhatMerges(row.id, into: twin.id), holding: .keys) {
                confirm(row, into: twin, $0)
              }
            ]
          }
        }))
  }

  /// What goes over is said before anybody says yes.
  private func confirm(
    _ row: ChartOfAccounts.Row, into twin: ChartOfAccounts.Row, _ use: AccountUse
  ) -> [Effect] {
    desk.navigator.ask(
      Dialog(
        title: "Merge \(row.label) into \(twin.label)?",
        body: """
          What goes over: drafts \(use.drafts), templates \(use.templates), \
          budgets \(use.budgets). Then \(row.label) is deleted.
          """, confirm: "Merge"
      ) { [desk] _ in
        desk.carryOut(
          MergeAccounts(row.id, into: twin.id), "\(row.label) is merged into \(twin.label).")
      })
  }
}

extension Binding {
  static let accountMove = Binding(
    "account.move", ["m"], "move", "Put it under another heading", MoveAccount.permission)
  static let accountMerge = Binding(
    "account.merge", ["M"], "merge", "Make one account of two", MergeAccounts.permission)
}
