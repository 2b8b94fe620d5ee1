import Domain
import Interchange
import Keys
import Operations
package import Phrases

/// The trial balance of several businesses as one, by a file that says how, or their balance sheet,
/// income statement or cash flow statement as a tree.
package final class ConsolidationScreen: StatementTree, ListScreen, Translatable {
  package static let keymap: [Binding] =
    [
      .consolidationPair, .statementFold, .consolidationOther, .statementEarlier, .statementLater,
      .statementDeeper, .statementShallower, .consolidationFile, .translate,
    ] + lists
  static let listName = "consolidation"
  /// Nothing of it is exported here: what of a business may leave its books is for each to say.
  private static let lists = Binding.lists.filter { !left.contains($0.id) }
  private static let left = [Binding.exportList.id, Binding.mark.id]

  let desk: Desk
  /// Nil is today.
  private var asOf: Day?
  /// As known at which moment; nil is the newest.
  private let knownAt: Timestamp?
  /// Nil is the trial balance.
  private var kind: FinancialStatement.Kind?
  /// Of the group's file; nil until one is named.
  private var path: String?
  private var consolidation: Consolidation?
  var translation: ConvenienceTranslation?
  /// What the amounts in the columns are in, or are translated from.
  private var columnsOf: Currency?
  /// The businesses that were entered for it, by slug, from one sign-in: entering them anew with each
  /// reading would be a change that asks for another.
  private var visits: (lobby: Principal, inside: [String: Principal])?
  private(set) var lines: [ConsolidatedLine] = []
  var folding = Folding<ConsolidatedLine.Place>()
  var depth: Int?
  var list = RowList<ConsolidatedLine>([])

  /// As of a day, or of today.
  init(asOf: Day?, knownAt: Timestamp?, at desk: Desk) {
    self.desk = desk
    self.asOf = asOf
    self.knownAt = knownAt
    list = RowList(columns)
    recall()
  }

  package var title: Phrase { "Consolidation" }
  package var section: Section? { .trialBalance }
  var navigator: Navigator { desk.navigator }
  var day: Day { asOf ?? desk.today }

  /// That of the group, once it is read.
  var base: Currency { consolidation?.group.currency ?? desk.base }
  var rounding: Rounding { consolidation?.group.rounding ?? desk.place.rounding }

  var untranslatable: Phrase? { consolidation == nil ? "There is nothing here." : nil }

  /// The members drop out first where room is short, the last before the others. In a tree a number
  /// stands before its name.
  var columns: [ListColumn<ConsolidatedLine>] {
    let members = consolidation?.members.map(\.slug) ?? []
    let exponent = base.exponent
    func amounts(
      _ id: String, _ title: Phrase, _ priority: Int, _ index: Int
    ) -> ListColumn<ConsolidatedLine> {
      let amount = { (line: ConsolidatedLine) -> Money in line.amounts.element(index) ?? .zero }
      let text = { [unowned desk, shownBy] (money: Money) -> String in
        desk.text(money, by: shownBy, exponent: exponent)
      }
      return ListColumn(
        id, title, exponent: exponent, priority: priority,
        total: .sum(of: amount, text: text), amount: amount,
        text: { amount($0).isZero ? "" : text(amount($0)) })
    }
    let number: [ListColumn<ConsolidatedLine>] =
      kind == nil ? [ListColumn("number", "No", .fixed(8)) { $0.number }] : []
    let account: ListColumn<ConsolidatedLine> =
      ListColumn("account", "Account", .text(atLeast: 16), total: .label, words: { $0.title })
    let own = members.indices.map { index in
      amounts(
        "member.\(members[index])", Phrase(verbatim: members[index]), 3 + index, index)
    }
    let last = [
      amounts("eliminations", "Eliminations", 1, members.count),
      amounts("adjustments", "Adjustments", 2, members.count + 1),
      amounts("group", "Group", 0, members.count + 2),
    ]
    return number + [account] + own + last
  }

  // MARK: Reading

  package func load() -> [Effect] {
    guard let path else {
      list.take([])
      return []
    }
    let asked = day
    return [
      navigator.attempt("Reading the group", holding: list.hasLoaded ? .nothing : .keys) {
        [weak self, workspace = desk.workspace, knownAt] in
        let group = try GroupFile.read(path: path)
        return try await workspace.consolidate(group, through: asked, knownAt: knownAt) { slug in
          guard let self else { throw CancellationError() }
          return try await self.enter(slug)
        }.consolidation
      } failed: { [weak self] error in
        guard let self else { return }
        if let denied = error as? MemberRefusal, denied.refusal == .sessionEnded {
          self.visits?.inside[denied.member] = nil
        }
        guard asked == self.day, path == self.path else { return }
        self.forget()
        let fault = (error as? YAMLFileFault).map { Phrase(verbatim: $0.words) }
        self.list.removeAll(because: fault ?? self.navigator.absence(because: error))
      } then: { [weak self] consolidation in
        guard let self, asked == self.day, path == self.path else { return [] }
        self.consolidation = consolidation
        self.show(consolidation)
        return []
      }
    ]
  }

  private func show(_ consolidation: Consolidation) {
    let columns = columns
    if base != columnsOf || columns.map(\.id) != list.columns.map(\.id) {
      columnsOf = base
      list = RowList(columns)
      recall()
    }
    do {
      lines = try rows(of: consolidation)
      fold()
    } catch {
      list.removeAll(because: UserMessage(error).phrase)
    }
  }

  private func rows(of consolidation: Consolidation) throws -> [ConsolidatedLine] {
    guard let kind else {
      return consolidation.rows.map { ConsolidatedLine($0, of: consolidation) }
    }
    let language = navigator.settings.language
    let words = { (line: Consolidation.Line) in
      consolidation.phrase(of: line).text(in: language)
    }
    let statement =
      try kind == .cashFlow
      ? consolidation.cashFlow(title: words) : consolidation.statement(kind, title: words)
    let lines = statement.rows.indices.map { index in
      ConsolidatedLine(
        statement.rows[index], isGroup: statement.isGroup(at: index), of: consolidation)
    }
    guard kind == .incomeStatement, let income = try consolidation.attribution() else {
      return lines
    }
    let none = consolidation.members.map { _ in Money.zero } + [.zero, .zero]
    return lines + [
      ConsolidatedLine(.ofParent, "Of the parent", none + [income.parent]),
      ConsolidatedLine(.ofOthers, "Of others", none + [income.others]),
    ]
  }

  /// Whoever asks, in the business that is called so. Throws `notAMember`.
  private func enter(_ slug: String) async throws -> Principal {
    if slug == desk.place.slug { return desk.principal }
    guard let lobby = navigator.lobby else { throw Refusal.sessionEnded }
    if visits?.lobby != lobby { visits = (lobby, [:]) }
    if let inside = visits?.inside[slug] { return inside }
    let mine = try await desk.workspace.fetch(MyBusinesses(), as: lobby)
    guard let business = mine.first(where: { $0.slug == slug }) else { throw Refusal.notAMember }
    let inside = try await desk.workspace.enter(business.id, as: lobby)
    visits?.inside[slug] = inside
    return inside
  }

  func readForExport(
    limit: Int, _ then: @escaping ([ConsolidatedLine], Footing?) -> [Effect]
  ) -> [Effect] {
    then(list.whole ?? [], nil)
  }

  func forget() { (consolidation, lines) = (nil, []) }

  // MARK: Keys

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    let nothing: Phrase? =
      list.selected?.matches.isEmpty == true ? "Nothing is eliminated from it." : nil
    return [
      Action(.consolidationPair, unavailable: list.unavailable ?? nothing) { [weak self] in
        self?.choosePair() ?? []
      },
      foldOne,
      Action(.consolidationOther, title: next.title) { [weak self] in
        guard let self else { return [] }
        self.kind = self.next.kind
        if let consolidation = self.consolidation { self.show(consolidation) }
        return []
      },
      Action(.statementEarlier) { [weak self] in
        self?.turn { $0.firstOfMonth.adding(days: -1) } ?? []
      },
      Action(.statementLater) { [weak self] in
        self?.turn { $0.adding(days: 1).lastOfMonth } ?? []
      },
    ] + foldLevels(unavailable: kind == nil ? "A trial balance has no levels." : nil) + [
      Action(.consolidationFile) { [weak self] in
        self?.askForFile(self?.path ?? "group.yaml") ?? []
      }, translate,
    ] + listActions.filter { !Self.left.contains($0.id) }
  }

  /// What comes after, and what the key to it says.
  private var next: (kind: FinancialStatement.Kind?, title: Phrase) {
    switch kind {
    case nil: (.balanceSheet, "balance")
    case .balanceSheet: (.incomeStatement, "income")
    case .incomeStatement: (.cashFlow, "cash flow")
    default: (nil, "trial balance")
    }
  }

  private func turn(_ step: (Day) -> Day) -> [Effect] {
    asOf = step(day)
    return load()
  }

  private func askForFile(_ typed: String, fault: Phrase? = nil) -> [Effect] {
    navigator.ask(
      Dialog(
        title: "Which group?",
        body: "A YAML file says which businesses it has, and how they add up.",
        confirm: "Show", field: FieldState("File", typed, fault: fault)
      ) { [weak self] typed in self?.open(typed) ?? [] })
  }

  private func open(_ typed: String) -> [Effect] {
    let path = NewFile.path(typed, in: navigator.settings.workingFolder)
    do {
      _ = try GroupFile.read(path: path)
    } catch { return askForFile(typed, fault: Phrase(verbatim: error.words)) }
    self.path = path
    list.removeAll(because: Panel.loading)
    return load()
  }

  /// What both sides of a pair hold; what is in the books where one works leads to its register.
  private func choosePair() -> [Effect] {
    guard let line = list.selected, let consolidation else { return [] }
    let entries = line.matches.flatMap { match in
      (match.here + match.there).map { item in
        Chooser.Entry(
          Phrase(verbatim: words(of: item, in: consolidation)), note: match.pass.phrase
        ) { [weak self] in self?.open(item) ?? [] }
      }
    }
    return navigator.choose(Chooser(title: "What is eliminated", entries: entries))
  }

  private func words(of item: Consolidation.Item, in consolidation: Consolidation) -> String {
    let (amounts, currency) = (navigator.settings.amounts, consolidation.group.currency)
    let worth = amounts.text(item.amount, exponent: currency.exponent)
    let words = "\(item.member) \(item.account): \(worth) \(currency.code)"
    guard item.currency != currency.code, let document = Currency.iso(item.currency) else {
      return words
    }
    let amount = amounts.text(item.document, exponent: document.exponent)
    return "\(words), \(amount) \(document.code)"
  }

  private func open(_ item: Consolidation.Item) -> [Effect] {
    let account = consolidation?.members.first { $0.slug == item.member }?.chart
      .first { $0.number == item.account }
    guard let account, item.member == desk.place.slug else {
      navigator.tell(
        .notice,
        "It is in the books of \(item.member). \(navigator.key(of: .business)) leads there.")
      return []
    }
    return navigator.show(
      RegisterScreen(
        account.id, account.label, in: RegisterScope(to: day, LedgerScope(knownAt: knownAt)),
        at: desk))
  }

  package var panels: [Panel] {
    let name = consolidation.map { Phrase(verbatim: $0.group.name) } ?? title
    let unvalued = consolidation?.members.map(\.unvalued).reduce(0, +) ?? 0
    var panel = list.panel(
      name,
      note: .joined(note + knownAt.known + equity + desk.unvalued(unvalued), separator: ", "),
      empty: path == nil
        ? "No group is read yet. \(navigator.key(of: .consolidationFile)) names its file."
        : "Nothing is posted yet."
    ) { [weak self] line in self?.shape(of: line) ?? .plain }
    // A statement has its sums among its rows.
    if kind == nil { panel.totals = list.totals() }
    return [.table(panel)]
  }

  /// What says whose equity isn't at historical rates; none of it is income or cash.
  private var equity: [Phrase] {
    let members = consolidation?.atClosingRate.joined(separator: ", ") ?? ""
    guard isOfOneDay, !members.isEmpty else { return [] }
    return ["equity of \(members) at the closing rate"]
  }

  /// Or of all days up to the last.
  private var isOfOneDay: Bool { kind == nil || kind == .balanceSheet }

  private var note: [Phrase] {
    guard let consolidation, let parent = consolidation.members.first else { return [] }
    let days: Phrase =
      isOfOneDay
      ? "as of \(parent.through.text)" : "\(parent.from.text) to \(parent.through.text)"
    let currency = shownBy?.currency ?? consolidation.group.currency
    return [kind?.phrase ?? .empty, days, Phrase(verbatim: currency.code)] + shownBy.label
  }
}

/// A row of a group's trial balance or statement, with what is eliminated from it.
nonisolated struct ConsolidatedLine: TreeLine {
  let place: Place
  /// Empty for what is on no account, and on a statement.
  let number: String
  let title: Phrase
  let level: Int
  let isGroup: Bool
  let tone: TableRow.Tone
  /// In the order of `Consolidation.columns`; empty where they stand further down.
  let amounts: [Money]
  let matches: [Elimination.Match]

  enum Place: Hashable {
    case line(Consolidation.Line)
    case item(FinancialStatement.Item)
    case ofParent
    case ofOthers
  }

  init(_ row: Consolidation.Row, of consolidation: Consolidation) {
    place = .line(row.line)
    if case .account(let number) = row.line, let account = consolidation.account(number) {
      self.number = number
      title = Phrase(verbatim: account.path)
    } else {
      number = ""
      title = consolidation.phrase(of: row.line)
    }
    (level, isGroup, tone, amounts) = (0, false, .plain, row.columns)
    matches = consolidation.matches(on: row.line)
  }

  init(
    _ row: FinancialStatement.Row, isGroup: Bool, of consolidation: Consolidation
  ) {
    place = .item(row.item)
    number = ""
    (level, self.isGroup, tone, amounts) = (row.level, isGroup, row.item.tone, row.amounts)
    if let account = row.item.ofAccount, account.number.isEmpty {
      title = Phrase(verbatim: account.name)
    } else {
      title = row.item.phrase
    }
    matches = row.item.ofAccount.map { consolidation.matches(on: .account($0.number)) } ?? []
  }

  /// Whose a part of the net income is.
  init(_ place: Place, _ title: Phrase, _ amounts: [Money]) {
    self.place = place
    self.title = title
    self.amounts = amounts
    (number, level, isGroup, tone, matches) = ("", 1, false, .plain, [])
  }

  var identity: Place { place }
}

nonisolated extension Consolidation {
  /// What is eliminated from a row.
  fileprivate func matches(on line: Line) -> [Elimination.Match] {
    eliminations.flatMap { elimination in
      elimination.matches.filter { match in
        line == .difference(elimination.pair, match.pass)
          || (match.here + match.there).contains { $0.line == line }
      }
    }
  }
}

extension Binding {
  static let consolidation = Binding(
    "balance.group", ["m"], "group", "Several businesses as one", ConsolidationBalances.permission)
  static let consolidationPair = Binding(
    "consolidation.pair", [.enter, .right, "l"], "pair", "What is eliminated from the row",
    ConsolidationBalances.permission)
  static let consolidationOther = Binding(
    "consolidation.other", ["t"], "balance", "Trial balance, statements, cash flow",
    ConsolidationBalances.permission)
  static let consolidationFile = Binding(
    "consolidation.file", ["f"], "file", "Name the file of the group",
    ConsolidationBalances.permission)
}
