import Domain
import Interchange
import Keys
import Operations
package import Phrases

/// The trial balance of several businesses as one, by a file that says how.
package final class ConsolidationScreen: ListScreen {
  package static let keymap: [Binding] =
    [.consolidationPair, .consolidationFile] + lists
  static let listName = "consolidation"
  /// Nothing of it is exported here: what of a business may leave its books is for each to say.
  private static let lists = Binding.lists.filter { $0.id != Binding.exportList.id }

  private let desk: Desk
  /// Nil is today.
  private let asOf: Day?
  /// As known at which moment; nil is the newest.
  private let knownAt: Timestamp?
  /// Of the group's file; nil until one is named.
  private var path: String?
  private var consolidation: Consolidation?
  /// Of the amounts in the columns.
  private var shownExponent: Int?
  /// The businesses that were entered for it, by slug, from one sign-in: entering them anew with each
  /// reading would be a change that asks for another.
  private var visits: (lobby: Principal, inside: [String: Principal])?
  var list: RowList<ConsolidatedLine>

  /// As of a day, or of today.
  init(asOf: Day?, knownAt: Timestamp?, at desk: Desk) {
    self.desk = desk
    self.asOf = asOf
    self.knownAt = knownAt
    list = RowList(Self.columns(of: [], desk.place.exponent, at: desk))
    recall()
  }

  package var title: Phrase { "Consolidation" }
  package var section: Section? { .trialBalance }
  var navigator: Navigator { desk.navigator }
  private var day: Day { asOf ?? desk.today }

  /// The members drop out first where room is short, the last before the others.
  private static func columns(
    of members: [String], _ exponent: Int, at desk: Desk
  ) -> [ListColumn<ConsolidatedLine>] {
    func amounts(
      _ id: String, _ title: Phrase, _ priority: Int,
      _ amount: @escaping (Consolidation.Row) -> Money
    ) -> ListColumn<ConsolidatedLine> {
      let text = { [unowned desk] (money: Money) -> String in
        desk.navigator.settings.amounts.text(money, exponent: exponent)
      }
      return ListColumn(
        id, title, exponent: exponent, priority: priority,
        total: .sum(of: { amount($0.row) }, text: text), amount: { amount($0.row) },
        text: { amount($0.row).isZero ? "" : text(amount($0.row)) })
    }
    let first: [ListColumn<ConsolidatedLine>] = [
      ListColumn("number", "No", .fixed(8)) { $0.number },
      ListColumn("account", "Account", .text(atLeast: 16), total: .label, words: { $0.title }),
    ]
    let own = members.indices.map { index in
      amounts("member.\(members[index])", Phrase(verbatim: members[index]), 3 + index) {
        $0.members[index]
      }
    }
    let last = [
      amounts("eliminations", "Eliminations", 1) { $0.eliminations },
      amounts("adjustments", "Adjustments", 2) { $0.adjustments },
      amounts("group", "Group", 0) { $0.group },
    ]
    return first + own + last
  }

  // MARK: Reading

  package func load() -> [Effect] {
    guard let path else {
      list.take([])
      return []
    }
    return [
      navigator.attempt("Reading the group", holding: list.hasLoaded ? .nothing : .keys) {
        [weak self, workspace = desk.workspace, day, knownAt] in
        let group = try GroupFile.read(path: path)
        return try await workspace.consolidate(group, through: day, knownAt: knownAt) { slug in
          guard let self else { throw CancellationError() }
          return try await self.enter(slug)
        }.consolidation
      } failed: { [weak self] error in
        guard let self else { return }
        if let denied = error as? MemberRefusal, denied.refusal == .sessionEnded {
          self.visits?.inside[denied.member] = nil
        }
        self.consolidation = nil
        let fault = (error as? GroupFileFault).map { Phrase(verbatim: $0.words) }
        self.list.removeAll(because: fault ?? self.navigator.absence(because: error))
      } then: { [weak self] consolidation in
        self?.take(consolidation)
        return []
      }
    ]
  }

  private func take(_ consolidation: Consolidation) {
    self.consolidation = consolidation
    let exponent = consolidation.group.currency.exponent
    let columns = Self.columns(of: consolidation.members.map(\.slug), exponent, at: desk)
    if exponent != shownExponent || columns.map(\.id) != list.columns.map(\.id) {
      shownExponent = exponent
      list = RowList(columns)
      recall()
    }
    list.take(consolidation.rows.map { ConsolidatedLine($0, of: consolidation) })
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
    limit: Int, _ then: @escaping ([ConsolidatedLine]) -> [Effect]
  ) -> [Effect] {
    then(list.whole ?? [])
  }

  func forget() { consolidation = nil }

  // MARK: Keys

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    let nothing: Phrase? =
      list.selected?.matches.isEmpty == true ? "Nothing is eliminated from it." : nil
    return [
      Action(.consolidationPair, unavailable: list.unavailable ?? nothing) { [weak self] in
        self?.choosePair() ?? []
      },
      Action(.consolidationFile) { [weak self] in
        self?.askForFile(self?.path ?? "group.yaml") ?? []
      },
    ] + listActions.filter { $0.id != Binding.exportList.id }
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
    let note: Phrase =
      consolidation.map { "as of \(day.text), \($0.group.currency.code)" } ?? .empty
    let unvalued = consolidation?.members.map(\.unvalued).reduce(0, +) ?? 0
    let atClosingRate = consolidation?.atClosingRate.joined(separator: ", ") ?? ""
    let equity: [Phrase] =
      atClosingRate.isEmpty ? [] : ["equity of \(atClosingRate) at the closing rate"]
    var panel = list.panel(
      name,
      note: .joined([note] + knownAt.known + equity + desk.unvalued(unvalued), separator: ", "),
      empty: path == nil
        ? "No group is read yet. \(navigator.key(of: .consolidationFile)) names its file."
        : "Nothing is posted yet.")
    panel.totals = list.totals()
    return [.table(panel)]
  }
}

/// A row of a group's trial balance, with what is eliminated from it.
nonisolated struct ConsolidatedLine: Listed {
  let row: Consolidation.Row
  /// Empty for what is on no account.
  let number: String
  let title: Phrase
  let matches: [Elimination.Match]

  init(_ row: Consolidation.Row, of consolidation: Consolidation) {
    self.row = row
    if case .account(let number) = row.line, let account = consolidation.account(number) {
      self.number = number
      title = Phrase(verbatim: account.path)
    } else {
      number = ""
      title = consolidation.phrase(of: row.line)
    }
    matches = consolidation.eliminations.flatMap { elimination in
      elimination.matches.filter { match in
        row.line == .difference(elimination.pair, match.pass)
          || (match.here + match.there).contains { $0.line == row.line }
      }
    }
  }

  var identity: Consolidation.Line { row.line }
}

extension Binding {
  static let consolidation = Binding(
    "balance.group", ["m"], "group", "Several businesses as one", ConsolidationBalances.permission)
  static let consolidationPair = Binding(
    "consolidation.pair", [.enter, .right, "l"], "pair", "What is eliminated from the row",
    ConsolidationBalances.permission)
  static let consolidationFile = Binding(
    "consolidation.file", ["f"], "file", "Name the file of the group",
    ConsolidationBalances.permission)
}
