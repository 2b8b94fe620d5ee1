import Domain
import Keys
import Operations
package import Phrases

/// Every account's balance on a day, debits and credits proved equal; beside it what it was on another.
package final class TrialBalanceScreen: BalanceChoosing, ListScreen, Leveled, Translatable {
  package static let keymap: [Binding] =
    [
      .balanceOpen, .balanceEarlier, .balanceLater, .balanceBasis, .balanceCompare, .balanceZeros,
      .balanceCurrency, .balanceDepartment, .balanceKnown, .balanceUnposted, .statementDeeper,
      .statementShallower, .rollForward,
      .worksheet, .ledger, .statements, .consolidation, .snapshotTake, .snapshots, .balanceVerify,
      .translate,
    ] + Binding.lists
  static let listName = "trial-balance"

  let desk: Desk
  var choice: BalanceChoice
  var translation: ConvenienceTranslation?
  /// Nil is with nothing.
  private var comparison: Comparison?
  var found: TrialBalance?
  /// What isn't posted yet, and what was asked for it.
  private var unposted: (asked: UnpostedBalances, found: UnpostedBalances.Value)?
  /// Whether what isn't posted stands among the rows.
  private var showsUnposted = false
  var depth: Int?
  var list = RowList<BalanceLine>([])
  /// Of the row under the cursor, or of the one before while that is read, so that nothing blinks.
  private var preview: (row: BalanceLine, lines: [RegisterPage.Row])?

  /// As of a day, or of today.
  init(asOf: Day? = nil, at desk: Desk) {
    self.desk = desk
    choice = BalanceChoice(asOf: asOf)
    list = RowList(columns)
    recall()
  }

  var columns: [ListColumn<BalanceLine>] {
    func amounts(
      _ id: String, _ title: Phrase, adds: Bool, _ amount: @escaping (BalanceLine) -> Money?
    ) -> ListColumn<BalanceLine> {
      desk.rowAmounts(
        id, title, areInBase: adds && choice.isInBase, by: shownBy,
        exponent: { $0.balance.exponent }, amount)
    }
    var columns: [ListColumn<BalanceLine>] = [
      ListColumn("number", "No", .fixed(8)) { $0.balance.number },
      ListColumn("account", "Account", .text(atLeast: 12), total: .label, words: { $0.title }),
    ]
    if !choice.isInBase {
      columns.append(ListColumn("currency", "In", .fixed(5)) { $0.balance.currency })
    }
    columns += [
      amounts("debit", "Debit", adds: true) { $0.balance.balance.debit },
      amounts("credit", "Credit", adds: true) { $0.balance.balance.credit },
      ListColumn(
        "abnormal", "", .fixed(1),
        words: { $0.isGhost ? "~" : $0.balance.isAbnormal ? "!" : .empty }),
    ]
    guard comparison != nil else { return columns }
    columns += [
      amounts("compared", "Compared", adds: false) { $0.compared },
      amounts("change", "Change", adds: false) { $0.variance?.amount },
    ]
    columns.append(
      ListColumn(
        "percent", "%", .fixed(8), priority: 1, number: { $0.variance?.tenths ?? .min },
        words: { $0.variance?.percent ?? .empty }))
    columns.append(
      ListColumn("mark", "", .fixed(1), words: { $0.variance?.mark ?? .empty }))
    return columns
  }

  package var title: Phrase { "Trial balance" }

  var report: TrialBalanceReport {
    TrialBalanceReport(
      asOf: day, choice.scope, currency: choice.currency,
      comparing: [comparison].compactMap(\.self))
  }

  func rows(of balance: TrialBalance) -> [BalanceLine] {
    let posted = folded(balance.lines, in: balance.chart).filter(isShown).map { BalanceLine($0) }
    guard showsUnposted, let waiting else { return posted }
    let ghosts = folded(waiting.lines, in: balance.chart).filter { !$0.balance.isZero }
    return (posted + ghosts.map { BalanceLine($0, isGhost: true) }).sorted()
  }

  private func isShown(_ line: AccountBalance) -> Bool {
    !choice.hidesZeros || !line.balance.isZero
  }

  /// As deep as is asked for; all accounts where a heading's sum is larger than books can hold.
  private func folded(
    _ lines: [AccountBalance], in chart: [FinancialStatement.Account]
  ) -> [AccountBalance] {
    guard isFolded, let depth else { return lines }
    return (try? lines.folded(to: depth, in: chart)) ?? lines
  }

  /// What is filtered or sorted has no levels.
  private var isFolded: Bool {
    guard let depth, !list.arranges else { return false }
    return depth < levels.upperBound
  }

  var levels: ClosedRange<Int> {
    let lines = (found?.lines ?? []) + (showsUnposted ? waiting?.lines ?? [] : [])
    return 1...lines.deepest(in: found?.chart ?? [])
  }

  func fold() { arrangeAnew() }

  func arrange() -> [Effect] {
    if list.hasLoaded { arrangeAnew() }
    return []
  }

  private func posted(in balance: TrialBalance) -> [BalanceLine] {
    balance.lines.filter(isShown).map { BalanceLine($0) }
  }

  /// What isn't in the books leaves no books.
  func readForExport(
    limit: Int, _ then: @escaping ([BalanceLine], Footing?) -> [Effect]
  ) -> [Effect] {
    [
      desk.export(report) { [weak self] in then(self?.posted(in: $0) ?? [], $1) }
    ]
  }

  func forget() { (found, preview, unposted) = (nil, nil, nil) }

  // MARK: What isn't posted

  /// Nil as known at another moment: what wasn't posted then is on no record.
  private var unpostedBalances: UnpostedBalances? {
    choice.knownAt == nil
      ? UnpostedBalances(
        asOf: day, choice.basis, department: choice.department?.id, currency: choice.currency)
      : nil
  }

  /// Nil before it is read.
  private var waiting: UnpostedBalances.Value? {
    unposted.flatMap { $0.asked == unpostedBalances ? $0.found : nil }
  }

  func readMore() -> [Effect] {
    guard let asked = unpostedBalances else { return [] }
    return [
      desk.fetch(asked) { [weak self] value in
        guard let self, asked == self.unpostedBalances else { return [] }
        self.unposted = (asked, value)
        if self.showsUnposted { self.arrangeAnew() }
        return []
      }
    ]
  }

  private func arrangeAnew() {
    if let found { list.take(rows(of: found)) }
  }

  private var turnUnposted: Action {
    let nothing: Phrase? =
      waiting?.entries == 0 && !showsUnposted ? "No entry up to this day waits to be posted." : nil
    return Action(
      .balanceUnposted, title: showsUnposted ? "posted only" : nil,
      unavailable: choice.knownAt == nil ? nothing : "What isn't posted is known of now only."
    ) { [weak self] in
      guard let self else { return [] }
      self.showsUnposted.toggle()
      self.arrangeAnew()
      return self.navigator.showsDetails ? self.loadDetails() : []
    }
  }

  /// What is said of them below the rows.
  private var foot: Phrase {
    let net: Phrase = isFolded ? "Headings are net; totals are those of the accounts." : .empty
    return .joined([net, unpostedWords])
  }

  private var unpostedWords: Phrase {
    guard let waiting, waiting.entries > 0 else { return .empty }
    let (count, key) = (waiting.entries, navigator.key(of: .balanceUnposted))
    guard showsUnposted else {
      return count == 1
        ? "1 entry isn't posted. \(key) shows what it would move."
        : "\(count) entries aren't posted. \(key) shows what they would move."
    }
    let words: Phrase =
      count == 1
      ? "~ is what 1 entry that isn't posted would move; no total has it."
      : "~ is what \(count) entries that aren't posted would move; no total has it."
    return .joined([words] + (choice.isInBase ? desk.unvalued(waiting.unvalued) : []))
  }

  // MARK: Keys

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    let fixed: Phrase? = comparison == nil ? "Only what holds something is listed." : nil
    let readsAll = desk.place.readsStatements
    var actions = [
      openRegister(
        of: \.balance.item, unless: \.closed, in: registerScope,
        exponent: list.selected?.balance.exponent),
      earlier, later, turnBasis,
      Action(.balanceCompare) { [weak self] in self?.compare() ?? [] },
      turnZeros(unavailable: fixed), turnCurrency, chooseDepartment, chooseMoment, turnUnposted,
      Action(.rollForward) { [desk, choice] in
        desk.navigator.show(RollForwardScreen(choice, at: desk))
      },
      Action(.worksheet) { [desk, choice] in
        desk.navigator.show(WorksheetScreen(asOf: choice.asOf, knownAt: choice.knownAt, at: desk))
      },
    ]
    if readsAll { actions += [ledger, statements, consolidation] }
    actions.append(keep(.year(to: day)))
    if readsAll { actions.append(snapshots) }
    return actions + [verify, translate] + foldLevels() + listActions
  }

  /// Of income and expenses since their fiscal year began, as the row has them.
  private var registerScope: RegisterScope {
    let line = list.selected?.balance
    let from = line?.type.isTemporary == true ? found?.earnedSince : nil
    return RegisterScope(
      from: from ?? .first, to: day, choice.scope,
      currency: choice.isInBase ? nil : line?.currency, opening: .ofYear)
  }

  /// With the end of the period before, of the same period a year before, with nothing.
  private func compare() -> [Effect] {
    let others: [Comparison?] = [nil, .priorPeriod, .priorYear]
    comparison = others.after(comparison)
    if comparison == nil { choice.hidesZeros = false }
    return show()
  }

  private var ledger: Action {
    Action(.ledger) { [desk, choice] in desk.navigator.show(LedgerScreen(choice, at: desk)) }
  }

  private var statements: Action {
    Action(.statements) { [desk, choice] in
      desk.navigator.show(StatementScreen(asOf: choice.asOf, knownAt: choice.knownAt, at: desk))
    }
  }

  private var consolidation: Action {
    Action(.consolidation) { [desk, choice] in
      desk.navigator.show(ConsolidationScreen(asOf: choice.asOf, knownAt: choice.knownAt, at: desk))
    }
  }

  private var verify: Action {
    Action(.balanceVerify) { [desk] in desk.navigator.show(LedgerCheckScreen(at: desk)) }
  }

  private var snapshots: Action {
    Action(.snapshots) { [desk] in desk.navigator.show(SnapshotsScreen(at: desk)) }
  }

  package func absence(of binding: Binding) -> Phrase? {
    switch binding.id {
    case Binding.statements.id, Binding.consolidation.id:
      "Statements are for whoever reads the reports of the whole business."
    case Binding.ledger.id:
      "The general ledger is for whoever reads the reports of the whole business."
    case Binding.snapshots.id:
      "Snapshots are for whoever reads the reports of the whole business."
    default: nil
    }
  }

  package var panels: [Panel] {
    var note: [Phrase] = []
    if let found {
      note = ["as of \(found.asOf.text)"] + choice.knownAt.known + shownWords + choice.words
      if isFolded, let depth { note.append("depth \(depth)") }
      note += found.comparisons.map { other -> Phrase in "against \(other.asOf.text)" }
      note += desk.unvalued(found.unvalued) + found.reopened.map(\.phrase)
    }
    var panel = list.panel(
      "Trial balance", note: .joined(note, separator: ", "), empty: emptiness
    ) { $0.isGhost ? .ghost : $0.balance.isAbnormal ? .warning : .plain }
    // Without a filter that is the proof.
    panel.totals = totals
    panel.foot = foot
    return [.table(panel)]
  }

  /// Headings are net, and so less than what their accounts come to on either side.
  private var totals: [Phrase]? {
    guard isFolded, let found else { return list.totals { !$0.isGhost } }
    let all = posted(in: found)
    return list.totals("Total") { try all.map($0).total() }
  }

  package var hasDetails: Bool { true }
  package var details: [Panel] {
    guard list.selected?.account != nil, let preview else { return [] }
    return [
      .table(desk.lastLines(preview.lines, of: preview.row.account?.label, by: shownBy))
    ]
  }

  package func loadDetails() -> [Effect] {
    guard let line = list.selected, let account = line.account else { return [] }
    var scope = registerScope
    scope.currency = nil
    return desk.lastLines(of: account.id, in: scope) { [weak self] lines in
      if self?.list.selected == line { self?.preview = (line, lines) }
    }
  }
}

extension Desk {
  /// What whoever reads base amounts must know of lines that no rate has valued.
  func unvalued(_ count: Int) -> [Phrase] {
    switch count {
    case 0: []
    case 1: ["1 line not valued"]
    default: ["\(count) lines not valued"]
    }
  }
}

/// A row of the trial balance and how far it is from what it is compared with; a difference that books
/// can't hold is left out.
nonisolated struct BalanceLine: Listed, Hashable {
  let balance: AccountBalance
  /// Whether it is what entries that aren't posted would move.
  let isGhost: Bool
  let compared: Money?
  let variance: Variance?

  init(_ balance: AccountBalance, isGhost: Bool = false) {
    self.balance = balance
    self.isGhost = isGhost
    // Neither is, where it can't be worked out.
    compared = (try? balance.shown(comparedWith: 0)) ?? nil
    variance = (try? balance.variance(against: 0)) ?? nil
  }

  struct Identity: Hashable {
    let item: FinancialStatement.Item
    let currency: String
    let isGhost: Bool
  }

  var identity: Identity {
    Identity(item: balance.item, currency: balance.currency, isGhost: isGhost)
  }

  /// Why there is no register of it.
  var closed: Phrase? { isGhost ? "It isn't posted. The journal has its entries." : nil }

  /// Nil for what is on none.
  var account: FinancialStatement.Account? { balance.item.ofAccount }

  fileprivate var title: Phrase {
    balance.item.account.map { Phrase(verbatim: $0.path) } ?? balance.item.phrase
  }
}

nonisolated extension BalanceLine: Comparable {
  /// By number, what isn't posted below what is, and what is on no account below all.
  static func < (left: BalanceLine, right: BalanceLine) -> Bool { left.place < right.place }

  private var place: (Int, String, String, Int) {
    (balance.item.account == nil ? 1 : 0, balance.number, balance.currency, isGhost ? 1 : 0)
  }
}

extension Binding {
  static let balanceUnposted = Binding(
    "balance.unposted", ["u"], "unposted", "Show what unposted entries would move",
    UnpostedBalances.permission)
  static let balanceCompare = Binding(
    "balance.compare", ["c"], "compare", "Compare with another time",
    TrialBalanceReport.permission)
  static let rollForward = Binding(
    "balance.forward", ["f"], "roll-forward", "Opening, debits, credits and closing",
    RollForwardReport.permission)
  static let worksheet = Binding(
    "balance.worksheet", ["W"], "worksheet", "Adjustments and statements beside it",
    WorksheetReport.permission)
  static let snapshots = Binding(
    "balance.snapshots", ["S"], "snapshots", "Trial balances that were kept",
    Snapshots.permission)
}
