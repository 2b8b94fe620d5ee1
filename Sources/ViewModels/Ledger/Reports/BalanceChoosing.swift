import Domain
import Keys
import Operations
import Phrases

/// What a trial balance is of, in whichever form.
struct BalanceChoice {
  /// Nil is today.
  var asOf: Day?
  /// As known at which moment; nil is the newest.
  var knownAt: Timestamp?
  var basis = LedgerScope.Basis.postClosing
  var currency = TrialBalanceReport.Currency.base
  /// Whose lines count, with those of the departments below; nil is all.
  var department: Departments.Row?
  /// Whether rows that hold nothing at the end are left out.
  var hidesZeros = false

  var scope: LedgerScope { LedgerScope(basis, knownAt: knownAt, department: department?.id) }
  var isInBase: Bool { currency == .base }

  /// What stands beside the days.
  var words: [Phrase] {
    (basis == .postClosing ? [] : [Phrase(word: basis.rawValue)])
      + [departmentWords]
  }

  var departmentWords: Phrase { Phrase(verbatim: department?.name ?? "") }
}

/// A form of the trial balance of which its reader chooses what it is of.
protocol BalanceChoosing: ListScreen {
  associatedtype Report: Query, Equatable
  var desk: Desk { get }
  var choice: BalanceChoice { get set }
  /// What it shows of such a choice.
  var columns: [ListColumn<Row>] { get }
  /// What is read of it.
  var report: Report { get }
  /// As it was when it was last read; nil before.
  var found: Report.Output? { get set }
  /// Those that the choice leaves.
  func rows(of found: Report.Output) -> [Row]
  /// What else is read once that is there.
  func readMore() -> [Effect]
}

extension BalanceChoosing {
  var day: Day { choice.asOf ?? desk.today }
  static var isReport: Bool { true }
  var navigator: Navigator { desk.navigator }
  package var section: Section? { .trialBalance }

  package func load() -> [Effect] {
    let asked = report
    return [
      read(asked, at: desk) { [weak self] found in
        guard let self, asked == self.report else { return [] }
        self.found = found
        self.list.take(self.rows(of: found))
        return (self.navigator.showsDetails ? self.loadDetails() : []) + self.readMore()
      }
    ]
  }

  func readMore() -> [Effect] { [] }

  func readForExport(limit: Int, _ then: @escaping ([Row], Footing?) -> [Effect]) -> [Effect] {
    [desk.export(report) { [weak self] in then(self?.rows(of: $0) ?? [], $1) }]
  }

  func forget() { found = nil }

  /// What the amounts are in.
  var currencyWords: Phrase {
    choice.isInBase ? Phrase(verbatim: desk.place.baseCurrency) : "each in its own currency"
  }

  /// What stands there where no row does.
  var emptiness: Phrase {
    if let known = choice.knownAt { return "Nothing was posted by \(known.minute)." }
    guard let department = choice.department else { return "Nothing is posted yet." }
    return "Nothing of \(department.name) is posted yet."
  }

  /// Reads anew what is of something else now.
  func change(_ change: (inout BalanceChoice) -> Void) -> [Effect] {
    change(&choice)
    return show()
  }

  /// Reads it anew, under other columns where it has others now.
  func show() -> [Effect] {
    let columns = columns
    if columns.map(\.id) != list.columns.map(\.id) { list = list.showing(columns) }
    return load()
  }

  /// Leads from the row, which is `item`, to the lines of its account that `scope` has, in amounts
  /// of `exponent` decimals where they aren't in the base currency; `closed` is why there are none.
  func openRegister(
    of item: @escaping (Row) -> FinancialStatement.Item,
    unless closed: (Row) -> Phrase? = { _ in nil }, in scope: RegisterScope,
    exponent: Int? = nil
  ) -> Action {
    let fixed = list.selected.flatMap { closed($0) ?? item($0).sum }
    return Action(.balanceOpen, unavailable: list.unavailable ?? fixed) { [weak self] in
      guard let self, let account = self.list.selected.map(item)?.ofAccount else { return [] }
      return self.navigator.show(
        RegisterScreen(
          account.id, account.label, in: scope, exponent: exponent,
          of: self.choice.departmentWords, at: self.desk))
    }
  }

  var earlier: Action {
    Action(.balanceEarlier) { [weak self] in
      self?.turn { $0.firstOfMonth.adding(days: -1) } ?? []
    }
  }

  var later: Action {
    Action(.balanceLater) { [weak self] in
      self?.turn { $0.adding(days: 1).lastOfMonth } ?? []
    }
  }

  private func turn(_ step: (Day) -> Day) -> [Effect] {
    let day = step(day)
    return change { $0.asOf = day }
  }

  var turnBasis: Action {
    Action(.balanceBasis) { [weak self] in
      self?.change { $0.basis = LedgerScope.Basis.allCases.reversed().after($0.basis) } ?? []
    }
  }

  var chooseMoment: Action {
    Action(.balanceKnown) { [weak self] in
      guard let self else { return [] }
      return self.desk.askForMoment(self.choice.knownAt) { [weak self] moment in
        self?.change { $0.knownAt = moment } ?? []
      }
    }
  }

  /// `fixed` is why there are none to hide.
  func turnZeros(unavailable fixed: Phrase? = nil) -> Action {
    Action(
      .balanceZeros, title: choice.hidesZeros ? "show zeros" : nil, unavailable: fixed
    ) { [weak self] in
      self?.change { $0.hidesZeros.toggle() } ?? []
    }
  }

  var turnCurrency: Action {
    Action(.balanceCurrency) { [weak self] in
      self?.change { $0.currency = $0.isInBase ? .transaction : .base } ?? []
    }
  }

  var chooseDepartment: Action {
    Action(.balanceDepartment) { [weak self] in
      guard let self else { return [] }
      return [
        self.desk.chooseDepartment(now: self.choice.department?.id) { [weak self] department in
          self?.change { $0.department = department } ?? []
        }
      ]
    }
  }

  /// Keeps what is shown, of such days, for ever.
  func keep(_ span: StatementReport.Span) -> Action {
    Action(
      .snapshotTake,
      unavailable: choice.department == nil
        ? nil : "A snapshot is of the whole business. Choose all departments."
    ) { [weak self] in
      guard let self else { return [] }
      return self.desk.askToKeep(span, self.choice)
    }
  }
}

nonisolated extension FinancialStatement.Item {
  /// Why there is no register of it; nil of an account.
  var sum: Phrase? { ofAccount == nil ? "This is a sum. Open an account of it." : nil }
}

nonisolated extension FinancialStatement.Account {
  /// `1120 Current account`.
  var label: String { "\(number) \(name)" }
}

nonisolated extension Timestamp? {
  /// What says that a report isn't of the newest knowledge.
  var known: [Phrase] { map { ["known at \($0.minute)"] } ?? [] }
}

extension Timestamp {
  /// What is read as it again, as short as that can be.
  fileprivate var answer: String {
    [day.text, typed].first { Timestamp($0) == self } ?? text
  }
}

extension Desk {
  /// Asks as known at which moment books are shown; nil is the newest.
  func askForMoment(
    _ known: Timestamp?, then: @escaping (Timestamp?) -> [Effect]
  ) -> [Effect] {
    let (today, now) = (workspace.today, workspace.now)
    func isEmpty(_ typed: String) -> Bool { typed.allSatisfy(\.isWhitespace) }
    return navigator.ask(
      Dialog(
        title: "Known at which moment?",
        body: "What was posted later is left out. Without a moment it is as the books stand.",
        confirm: "Show", field: FieldState("Moment", known?.answer ?? ""),
        fault: { [self] typed in
          isEmpty(typed) || moment(typed) != nil
            ? nil : "\(typed) is no moment; write it as -7, \(today.text) or \(now.typed)."
        }
      ) { [self] typed in
        then(isEmpty(typed) ? nil : moment(typed))
      })
  }

  fileprivate func askToKeep(
    _ span: StatementReport.Span, _ choice: BalanceChoice
  ) -> [Effect] {
    navigator.ask(
      Dialog(
        title: "Keep this trial balance?",
        body: choice.knownAt.map {
          "Of the whole business, known at \($0.minute), for ever, with a SHA-256 that proves it."
        } ?? "Of the whole business, as it is now, for ever, with a SHA-256 that proves it.",
        confirm: "Keep"
      ) { [self] _ in
        [
          perform(
            TakeSnapshot(
              span, choice.basis, currency: choice.currency, knownAt: choice.knownAt), "Saving"
          ) { [navigator] taken in
            navigator.tell(.done, "It is kept as snapshot \(taken.id.value).")
            return navigator.top?.load() ?? []
          }
        ]
      })
  }
}

extension Binding {
  static let balanceOpen = Binding(
    "balance.open", [.enter, .right, "l"], "register", "Lines of the account",
    RegisterPage.permission)
  static let balanceEarlier = Binding(
    "balance.earlier", ["["], "earlier", "As of the end of the month before",
    TrialBalanceReport.permission)
  static let balanceLater = Binding(
    "balance.later", ["]"], "later", "As of the end of the next month",
    TrialBalanceReport.permission)
  static let balanceKnown = Binding(
    "balance.known", ["i"], "known at", "As the books stood at a moment",
    TrialBalanceReport.permission)
  static let balanceBasis = Binding(
    "balance.basis", ["a"], "basis", "With or without adjustments and closing",
    TrialBalanceReport.permission)
  static let balanceZeros = Binding(
    "balance.zeros", ["z"], "hide zeros", "Leave out what holds nothing, or not",
    TrialBalanceReport.permission)
  static let balanceCurrency = Binding(
    "balance.currency", ["x"], "currency", "In the base currency, or each in its own",
    TrialBalanceReport.permission)
  static let balanceDepartment = Binding(
    "balance.department", ["d"], "department", "The lines of one department, or all",
    TrialBalanceReport.permission)
  static let snapshotTake = Binding(
    "balance.keep", ["n"], "keep", "Keep it as a snapshot, for ever", TakeSnapshot.permission)
}
