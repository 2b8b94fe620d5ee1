import Domain
import Operations
import Phrases

/// A line of the home screen and where it leads.
struct HomeRow {
  let cells: [Phrase]
  var tone = TableRow.Tone.plain
  let open: () -> [Effect]
}

/// What the home screen has read so far, and the lines and charts made of it.
struct HomeFindings {
  static let mostRecords = 5

  var work: WorkToDo.Value?
  var overdue: [OverduePeriods.Row]?
  var requests: [Confirmations.Row]?
  var notices: Int?
  var schedules: [Schedules.Row]?
  var cash: CashPosition.Value?
  var months: [MonthlyFigures.Month]?
  var difference: Money?
  var head: Int64?
  var records: [AuditPage.Row]?
  /// Why some of it couldn't be read.
  var fault: Phrase?

  /// Lines and panels that not everybody has.
  static let parts = [
    ScreenPart(title: approvable, permission: ApproveEntry.permission),
    ScreenPart(title: drafts, permission: CreateEntry.permission),
    ScreenPart(title: "Periods to close", permission: OverduePeriods.permission),
    ScreenPart(title: "All cash", permission: CashPosition.permission),
    ScreenPart(title: "Result by month", permission: MonthlyFigures.permission),
    ScreenPart(title: "Trial balance", permission: LedgerDifference.permission),
    ScreenPart(title: "Audit chain, last record", permission: AuditHead.permission),
    ScreenPart(title: "Last activity", permission: AuditPage.permission),
  ]

  private static let approvable: Phrase = "Wait for my approval"
  private static let drafts: Phrase = "My drafts"

  /// Any of them gives the panel something to show.
  static func permissions(of part: HomeScreen.Part) -> [Permission?] {
    switch part {
    case .toDo: [WorkToDo.permission, OverduePeriods.permission, UnreadNotices.permission]
    case .cash: [CashPosition.permission]
    case .result, .cashByMonth: [MonthlyFigures.permission]
    case .health: [LedgerDifference.permission, WorkToDo.permission, AuditHead.permission]
    case .activity: [AuditPage.permission]
    }
  }

  func rows(of part: HomeScreen.Part, at desk: Desk) -> [HomeRow] {
    switch part {
    case .toDo: toDo(at: desk)
    case .cash: cash(at: desk)
    case .health: health(at: desk)
    case .activity: activity(at: desk)
    case .result, .cashByMonth: []
    }
  }

  // MARK: Lines

  private func toDo(at desk: Desk) -> [HomeRow] {
    var rows: [HomeRow] = []
    func add(
      _ title: Phrase, _ permission: Permission?, _ tally: KeyPath<WorkToDo.Value, EntryTally>,
      _ search: String
    ) {
      guard desk.holds(WorkToDo.permission), desk.holds(permission) else { return }
      let tally = work?[keyPath: tally]
      rows.append(
        HomeRow(
          cells: [title] + desk.cells(tally), tone: tally?.entries == 0 ? .muted : .plain
        ) { desk.journal(search) })
    }
    add(Self.approvable, ApproveEntry.permission, \.toApprove, "is:approvable")
    rows += [toConfirm(at: desk), unread(at: desk), flagged(at: desk)].compactMap(\.self)
    add(Self.drafts, CreateEntry.permission, \.drafts, "by:me status:draft")
    add("My drafts out of balance", CreateEntry.permission, \.unbalanced, "is:unbalanced")
    add("Sent back to me", CreateEntry.permission, \.returned, "is:returned")
    add("Mine, waiting for others", CreateEntry.permission, \.waiting, "by:me status:pending")
    if desk.holds(OverduePeriods.permission) {
      rows.append(
        HomeRow(
          cells: [
            "Periods to close", overdue.map { Phrase(verbatim: $0.count.grouped) } ?? "…", "",
          ],
          tone: overdue?.isEmpty == true ? .muted : .plain
        ) { periodsToClose(at: desk) })
    }
    return rows
  }

  /// What somebody else asked for and waits for a second person; it waits seldom, so nobody is told
  /// that nothing does.
  private func toConfirm(at desk: Desk) -> HomeRow? {
    let waiting = requests?.filter(\.mayAnswer) ?? []
    guard !waiting.isEmpty else { return nil }
    return HomeRow(
      cells: ["Wait for my confirmation", Phrase(verbatim: waiting.count.grouped), ""]
    ) { desk.navigator.show(RequestsScreen(at: desk)) }
  }

  private func unread(at desk: Desk) -> HomeRow? {
    guard let notices, notices > 0 else { return nil }
    return HomeRow(
      cells: ["Unread notices", Phrase(verbatim: notices.grouped), ""], tone: .warning
    ) { desk.navigator.show(NoticesScreen(at: desk)) }
  }

  /// Recurring entries that couldn't be written as they were meant.
  private func flagged(at desk: Desk) -> HomeRow? {
    let count = schedules?.map(\.flagged.count).reduce(0, +) ?? 0
    guard count > 0 else { return nil }
    return HomeRow(
      cells: ["Recurring to check", Phrase(verbatim: count.grouped), ""], tone: .warning
    ) { desk.navigator.show(SchedulesScreen(at: desk)) }
  }

  /// The year of the first.
  private func periodsToClose(at desk: Desk) -> [Effect] {
    guard let first = overdue?.first else {
      desk.navigator.tell(.done, "No period is past its end and still open.")
      return []
    }
    return desk.navigator.show(PeriodsScreen(of: first.year, at: desk))
  }

  private func cash(at desk: Desk) -> [HomeRow] {
    guard let cash else { return [] }
    let today = desk.today
    let accounts = cash.accounts.map { account in
      HomeRow(cells: [account.label, desk.text(account.balance)].map { Phrase(verbatim: $0) }) {
        desk.navigator.show(
          RegisterScreen(account.account, account.label, in: RegisterScope(to: today), at: desk))
      }
    }
    let total = HomeRow(
      cells: ["All cash", Phrase(verbatim: desk.text(cash.total))], tone: .heading
    ) {
      desk.navigator.show(TrialBalanceScreen(asOf: today, at: desk))
    }
    return [total] + accounts
  }

  private func health(at desk: Desk) -> [HomeRow] {
    var rows: [HomeRow] = []
    if desk.holds(LedgerDifference.permission) {
      let words: Phrase? = difference.map { $0.isZero ? "balanced" : "OUT BY \(desk.text($0))" }
      rows.append(
        HomeRow(
          cells: ["Trial balance", words ?? "…"],
          tone: difference.map(\.isZero) == false ? .warning : .plain
        ) { desk.navigator.show(TrialBalanceScreen(at: desk)) })
    }
    if desk.holds(WorkToDo.permission) {
      rows.append(
        desk.row("Unposted entries", work?.unposted, "status:draft,pending,approved"))
      // They are few, so nobody is told that there are none.
      if let scheduled = work?.scheduled, scheduled.entries > 0 {
        rows.append(desk.row("Scheduled reversals", scheduled, "is:scheduled"))
      }
    }
    if desk.holds(AuditHead.permission) {
      rows.append(
        HomeRow(cells: ["Audit chain, last record", head.map { "#\($0)" as Phrase } ?? "…"]) {
          desk.navigator.show(AuditScreen(at: desk))
        })
    }
    return rows
  }

  private func activity(at desk: Desk) -> [HomeRow] {
    // Records are told by the clock of UTC.
    let today = desk.workspace.today
    return (records ?? []).map { record in
      let isRefused = record.outcome != .success
      let operation = Phrase(verbatim: record.operation)
      return HomeRow(
        cells: [
          Phrase(verbatim: record.at.day == today ? record.at.clock : record.at.day.text),
          Phrase(verbatim: record.actor), isRefused ? "REFUSED \(operation)" : operation,
        ], tone: isRefused ? .warning : .plain
      ) { desk.navigator.show(AuditRecordScreen(record, in: desk.navigator)) }
    }
  }

  // MARK: Panels

  func table(_ part: HomeScreen.Part, cursor: Int?, at desk: Desk) -> TablePanel {
    let rows = rows(of: part, at: desk)
    let (title, columns) = Self.head(of: part)
    var panel = TablePanel(
      title: title, columns: columns,
      rows: rows.map { TableRow($0.cells, shape: TableRow.Shape(tone: $0.tone)) }, cursor: cursor,
      emptyText: isRead(part) ? "Nothing yet." : fault ?? Panel.loading)
    switch part {
    case .toDo: panel.scope = "\(desk.place.userName), \(desk.place.baseCurrency)"
    case .cash: panel.scope = "\(desk.today.text), \(desk.place.baseCurrency)"
    case .activity, .health, .result, .cashByMonth: break
    }
    return panel
  }

  private func isRead(_ part: HomeScreen.Part) -> Bool {
    part == .activity ? records != nil : part == .cash ? cash != nil : true
  }

  private static func head(of part: HomeScreen.Part) -> (Phrase, [TableColumn]) {
    switch part {
    case .toDo:
      (
        "To do",
        [TableColumn("What", .text(atLeast: 16)), TableColumn("No", .amount), sum]
      )
    case .cash: ("Cash", [TableColumn("Account", .text(atLeast: 12)), balance])
    case .health:
      ("Health", [TableColumn("What", .text(atLeast: 12)), TableColumn("Now", .amount)])
    case .activity, .result, .cashByMonth:
      (
        "Last activity",
        [
          TableColumn("When", .fixed(10)), TableColumn("Who", .text(atLeast: 6), priority: 1),
          TableColumn("What", .text(atLeast: 10)),
        ]
      )
    }
  }

  private static let sum = TableColumn("Sum", .amount, priority: 1)
  private static let balance = TableColumn("Balance", .amount)

  func chart(
    _ part: HomeScreen.Part, selected: Int?, _ isFocused: Bool, at desk: Desk
  ) -> ChartPanel {
    let isResult = part == .result
    let points = (months ?? []).map { month in
      let value = isResult ? month.result : month.cash
      return ChartPanel.Point(
        Self.monthNames[month.end.month - 1], value.minorUnits, text: desk.text(value))
    }
    var panel = ChartPanel(
      title: isResult ? "Result by month" : "Cash at month ends",
      kind: isResult ? .column : .line, points: points, selected: selected)
    panel.note =
      (months?.last).map { "to \($0.end.yearAndMonth), \(desk.place.baseCurrency)" } ?? .empty
    panel.isFocused = isFocused
    panel.emptyText = fault ?? Panel.loading
    return panel
  }

  private static let monthNames: [Phrase] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}

extension Desk {
  fileprivate func journal(_ search: String) -> [Effect] {
    navigator.show(JournalScreen(at: self, searching: search))
  }

  /// `3 (181.00)`, and where the journal shows them.
  fileprivate func row(_ title: Phrase, _ tally: EntryTally?, _ search: String) -> HomeRow {
    let cells = cells(tally)
    let sum: Phrase = cells[1].isEmpty ? .empty : "(\(cells[1]))"
    return HomeRow(cells: [title, .joined([cells[0], sum])]) { [self] in journal(search) }
  }

  /// How many, and how much.
  fileprivate func cells(_ tally: EntryTally?) -> [Phrase] {
    guard let tally else { return ["…", ""] }
    return [
      Phrase(verbatim: tally.entries.grouped + (tally.isMore ? "+" : "")),
      tally.total.map { Phrase(verbatim: column($0)) } ?? "too large",
    ]
  }
}
