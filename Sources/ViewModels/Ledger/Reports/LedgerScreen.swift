import Domain
import Keys
import Operations
package import Phrases

/// The general ledger: what every account held before some days, its lines in them with what stands
/// against each, and what it held after. Of an account that is unfolded its lines are read a page at a
/// time.
package final class LedgerScreen: BalanceChoosing, ListScreen, Translatable {
  package static let keymap: [Binding] =
    [
      .ledgerOpen, .ledgerFold, .balanceEarlier, .balanceLater, .balanceKnown, .balanceSpan,
      .balanceBasis, .balanceDepartment, .translate,
    ] + lists
  static let listName = "ledger"
  private static let lists = Binding.lists.filter { $0.id != Binding.mark.id }
  /// How many lines of an account one page has.
  private static let pageLines = 100

  let desk: Desk
  var choice: BalanceChoice
  var translation: ConvenienceTranslation?
  /// Of the whole period that holds the day, or the year up to it.
  private var isOfPeriod: Bool
  var found: GeneralLedgerAccounts.Ledger?
  /// What of the accounts that are unfolded has been read.
  private var unfolded: [ID<Account>: Page] = [:]
  /// What those lines are of.
  private var linesOf: GeneralLedgerAccounts?
  var list = RowList<LedgerRow>([])

  private struct Page {
    var lines: [LedgerRow.Line] = []
    /// Where the next begins; nil where there is none.
    var next: RegisterPage.Key?
  }

  init(_ choice: BalanceChoice, isOfPeriod: Bool = false, at desk: Desk) {
    self.desk = desk
    self.choice = BalanceChoice(
      asOf: choice.asOf, knownAt: choice.knownAt, basis: choice.basis,
      department: choice.department)
    self.isOfPeriod = isOfPeriod
    list = RowList(columns)
    recall()
  }

  var columns: [ListColumn<LedgerRow>] {
    func amounts(
      _ id: String, _ title: Phrase, priority: Int = 0, showsZero: Bool = false,
      _ amount: @escaping (LedgerRow) -> Money?
    ) -> ListColumn<LedgerRow> {
      desk.rowAmounts(
        id, title, priority: priority, showsZero: showsZero, areInBase: false, by: shownBy,
        exponent: { [exponent = base.exponent] _ in exponent }, amount)
    }
    func summed(
      _ id: String, _ title: Phrase, _ amount: @escaping (LedgerRow) -> Money?
    ) -> ListColumn<LedgerRow> {
      var column = amounts(id, title, amount)
      // What an account debits has its lines in it.
      column.total = .sum(
        of: { $0.isAccount ? amount($0) ?? .zero : .zero },
        text: { [unowned desk, shownBy] in desk.text($0, by: shownBy) })
      return column
    }
    return [
      ListColumn("account", "Account", .text(atLeast: 12), total: .label, words: { $0.words }),
      ListColumn("date", "Date", .fixed(10), priority: 2) { $0.line?.date.text ?? "" },
      ListColumn("number", "No", .fixed(14), priority: 1) { $0.line?.number ?? "" },
      ListColumn("against", "Against", .text(atLeast: 10), priority: 3) {
        $0.line?.counterAccounts.asCounterAccounts ?? ""
      },
      // No line has one, and an unfolded account says it above its lines.
      amounts("opening", "Opening", priority: 4, showsZero: true) { $0.opening },
      summed("debit", "Debit") { $0.debit }, summed("credit", "Credit") { $0.credit },
      amounts("balance", "Balance", showsZero: true) { $0.balance },
    ]
  }

  package var title: Phrase { "General ledger" }

  private var span: StatementReport.Span { isOfPeriod ? .period(of: day) : .year(to: day) }
  var report: GeneralLedgerAccounts { GeneralLedgerAccounts(in: span, choice.scope) }

  // MARK: Reading

  package func load() -> [Effect] {
    let asked = report
    return [
      read(asked, at: desk) { [weak self] found in
        guard let self, asked == self.report else { return [] }
        self.found = found
        if self.linesOf != asked {
          self.linesOf = asked
          self.unfolded = self.unfolded.mapValues { _ in Page() }
        }
        self.list.take(self.rows(of: found))
        return found.rows.filter { self.unfolded[$0.account] != nil }.flatMap {
          self.readLines(of: $0)
        }
      }
    ]
  }

  /// From what the account opens with, as many lines as there were, or a page.
  private func readLines(of row: GeneralLedgerAccounts.Row) -> [Effect] {
    guard let found, let page = unfolded[row.account] else { return [] }
    let start = RegisterPage.Key(
      date: found.from, entry: nil, line: 0, balance: row.opening)
    return readLines(
      of: row.account, after: start, limit: max(page.lines.count, Self.pageLines), onto: [])
  }

  /// What is read stands behind `lines`.
  private func readLines(
    of account: ID<Account>, after key: RegisterPage.Key, limit: Int, onto lines: [LedgerRow.Line]
  ) -> [Effect] {
    let asked = linesOf
    let query = RegisterPage(account, in: registerScope, after: key, limit: limit + 1)
    return [
      read(query, at: desk) { [weak self] rows in
        guard let self, let found = self.found, asked == self.linesOf,
          self.unfolded[account] != nil
        else { return [] }
        let more = rows.count > limit ? rows.prefix(limit) : rows[...]
        self.unfolded[account] = Page(
          lines: lines + more.map(LedgerRow.Line.init),
          next: rows.count > limit ? more.last?.key : nil)
        if !lines.isEmpty, let first = more.first,
          let row = found.rows.first(where: { $0.account == account })
        {
          self.list.newcomer = LedgerRow(account: row, part: .line(LedgerRow.Line(first))).identity
        }
        self.list.take(self.rows(of: found))
        return []
      }
    ]
  }

  private var registerScope: RegisterScope {
    RegisterScope(
      from: found?.from ?? .first, to: found?.to ?? day, choice.scope, opening: .ofYear)
  }

  func rows(of ledger: GeneralLedgerAccounts.Ledger) -> [LedgerRow] {
    ledger.rows.flatMap { account in
      guard !list.arranges, let page = unfolded[account.account] else {
        return [LedgerRow(account: account, part: .account)]
      }
      return LedgerRow.all(of: account, page.lines, hasMore: page.next != nil)
    }
  }

  func arrange() -> [Effect] {
    if let found, list.hasLoaded { list.take(rows(of: found)) }
    return []
  }

  /// Every line of every account, whatever is folded, but where only accounts are filtered or sorted.
  func readForExport(limit: Int, _ then: @escaping ([LedgerRow], Footing?) -> [Effect]) -> [Effect]
  {
    guard !list.arranges else {
      return [
        desk.export(report) { ledger, footing in
          then(ledger.rows.map { LedgerRow(account: $0, part: .account) }, footing)
        }
      ]
    }
    let most = limit - 1
    return [
      desk.export(GeneralLedgerLines(in: span, choice.scope, limit: most)) {
        [weak self] accounts, footing in
        guard let accounts else {
          self?.navigator.tell(
            .error,
            """
            More than \(most.grouped) lines: choose the month instead of the year, or a \
            department.
            """)
          return []
        }
        return then(
          accounts.flatMap { account in
            LedgerRow.all(
              of: account.row, account.lines.map(LedgerRow.Line.init), hasMore: false)
          }, footing)
      }
    ]
  }

  func level(of row: LedgerRow) -> Int { row.isAccount ? 0 : 1 }

  func forget() { (found, linesOf, unfolded) = (nil, nil, [:]) }

  // MARK: Keys

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    let row = list.selected
    let isOpen = row.map { unfolded[$0.account.account] != nil } ?? false
    return [
      Action(.ledgerOpen, title: row?.leads, unavailable: list.unavailable ?? row?.sum) {
        [weak self] in self?.open() ?? []
      },
      Action(
        .ledgerFold, title: isOpen ? "fold" : nil, unavailable: list.unavailable ?? list.flat
      ) { [weak self] in
        self?.turn() ?? []
      },
      earlier, later, chooseMoment,
      Action(.balanceSpan, title: isOfPeriod ? "year" : "month") { [weak self] in
        guard let self else { return [] }
        self.isOfPeriod.toggle()
        return self.load()
      },
      turnBasis, chooseDepartment, translate,
    ] + listActions.filter { $0.id != Binding.mark.id }
  }

  private func open() -> [Effect] {
    guard let row = list.selected else { return [] }
    switch row.part {
    case .account:
      return navigator.show(
        RegisterScreen(
          row.account.account, row.account.label, in: registerScope,
          of: choice.departmentWords, at: desk))
    case .line(let line): return navigator.show(EntryScreen(line.entry, at: desk))
    case .more:
      guard let page = unfolded[row.account.account], let next = page.next else { return [] }
      return readLines(
        of: row.account.account, after: next, limit: Self.pageLines, onto: page.lines)
    case .opening, .closing: return []
    }
  }

  private func turn() -> [Effect] {
    guard let found, let row = list.selected?.account else { return [] }
    if unfolded.removeValue(forKey: row.account) != nil {
      let account = LedgerRow(account: row, part: .account).identity
      // What is folded is no row that could stay marked.
      list.view.marks = list.view.marks.filter { $0.account != row.account || $0 == account }
      list.newcomer = account
      list.take(rows(of: found))
      return []
    }
    unfolded[row.account] = Page()
    return readLines(of: row)
  }

  package var panels: [Panel] {
    var note: [Phrase] = []
    if let found {
      note = ["\(found.from.text) to \(found.to.text)"] + choice.knownAt.known
      note += shownWords + choice.words
      note += desk.unvalued(found.unvalued)
    }
    var panel = list.panel(
      "General ledger", note: .joined(note, separator: ", "), empty: emptiness
    ) { [unfolded, arranges = list.arranges] row in
      guard row.isAccount else {
        return TableRow.Shape(tone: row.line?.isVoid == true ? .muted : .plain, level: 1)
      }
      guard !arranges else { return .plain }
      let isOpen = unfolded[row.account.account] != nil
      return TableRow.Shape(tone: .heading, fold: isOpen ? .open : .closed)
    }
    panel.totals = list.totals()
    return [.table(panel)]
  }
}

/// An account of the general ledger, or what stands below it where it is unfolded.
nonisolated struct LedgerRow: Listed {
  let account: GeneralLedgerAccounts.Row
  let part: Part

  enum Part {
    case account
    case opening
    case line(Line)
    /// There are lines that weren't read.
    case more
    case closing
  }

  struct Line {
    let entry: ID<Entry>
    /// Which line of its entry: what it is told from the others by, on a page as in a file.
    let place: Int
    let number: String
    let date: Day
    let text: Phrase
    let isVoid: Bool
    let amount: Money
    let balance: Money
    let counterAccounts: [String]
  }

  struct Identity: Hashable {
    let account: ID<Account>
    let part: String
    let entry: ID<Entry>?
    let place: Int?
  }

  var identity: Identity {
    let name =
      switch part {
      case .account: "account"
      case .opening: "opening"
      case .line: "line"
      case .more: "more"
      case .closing: "closing"
      }
    return Identity(
      account: account.account, part: name, entry: line?.entry, place: line?.place)
  }

  /// The account, what it opens with, its lines, whether there are more, and what it closes with.
  fileprivate static func all(
    of account: GeneralLedgerAccounts.Row, _ lines: [Line], hasMore: Bool
  ) -> [LedgerRow] {
    let parts: [Part] =
      [.account, .opening] + lines.map(Part.line) + (hasMore ? [.more] : []) + [.closing]
    return parts.map { LedgerRow(account: account, part: $0) }
  }

  fileprivate var isAccount: Bool {
    if case .account = part { true } else { false }
  }

  fileprivate var line: Line? {
    guard case .line(let line) = part else { return nil }
    return line
  }

  fileprivate var words: Phrase {
    switch part {
    case .account: Phrase(verbatim: account.label)
    case .opening: "Opening"
    case .line(let line): line.text
    case .more: "There are more lines."
    case .closing: "Closing"
    }
  }

  fileprivate var opening: Money? {
    guard case .account = part else { return nil }
    return account.opening
  }

  fileprivate var debit: Money? {
    switch part {
    case .account, .closing: account.debit
    case .line(let line): line.amount.debit
    case .opening, .more: nil
    }
  }

  fileprivate var credit: Money? {
    switch part {
    case .account, .closing: account.credit
    case .line(let line): line.amount.credit
    case .opening, .more: nil
    }
  }

  fileprivate var balance: Money? {
    switch part {
    case .account, .closing: account.closing
    case .opening: account.opening
    case .line(let line): line.balance
    case .more: nil
    }
  }

  /// What the key that opens it leads to.
  fileprivate var leads: Phrase? {
    switch part {
    case .account, .opening, .closing: nil
    case .line: "entry"
    case .more: "more lines"
    }
  }

  /// Why there is nothing to open.
  fileprivate var sum: Phrase? {
    switch part {
    case .opening, .closing: "This is a sum. Open its account, or a line."
    case .account, .line, .more: nil
    }
  }
}

nonisolated extension LedgerRow.Line {
  init(_ row: RegisterPage.Row) {
    self.init(
      entry: row.entry, place: row.line, number: row.number, date: row.date,
      text: row.text, isVoid: row.isVoid, amount: row.amount, balance: row.balance,
      counterAccounts: row.counterAccounts)
  }

  init(_ line: GeneralLedgerDetail.Line) {
    self.init(
      entry: line.entry, place: line.line, number: line.number, date: line.date,
      text: line.text, isVoid: line.isVoid, amount: line.amount, balance: line.balance,
      counterAccounts: line.counterAccounts)
  }
}

nonisolated extension GeneralLedgerAccounts.Row {
  /// `1120 Current account`.
  fileprivate var label: String { "\(number) \(path.split(separator: ":").last ?? "")" }
}

extension Binding {
  static let ledger = Binding(
    "balance.ledger", ["L"], "ledger", "Every line, account by account",
    GeneralLedgerAccounts.permission)
  static let ledgerOpen = Binding(
    "ledger.open", [.enter, .right, "l"], "register", "The account's register, the line's entry",
    RegisterPage.permission)
  static let ledgerFold = Binding(
    "ledger.fold", [.space], "unfold", "Show or hide the account's lines",
    RegisterPage.permission)
}
