import Domain
import Keys
import Operations
package import Phrases

/// The periods of a fiscal year: how far each is from being final, what is in it, who closed it.
package final class PeriodsScreen: ListScreen {
  package static let keymap: [Binding] =
    [.periodChecks, .periodEarlier, .periodLater, .periodEntries] + PeriodActions.keymap
    + [.yearNew, .yearClose, .yearReopen, .periodExceptions] + Binding.lists
  static let listName = "periods"

  private let desk: Desk
  /// Nil is the one that goes on.
  private var year: Int?
  private var overview: PeriodOverview.Value?
  var list: RowList<PeriodOverview.Row>

  init(of year: Int? = nil, at desk: Desk) {
    self.desk = desk
    self.year = year
    list = RowList([
      ListColumn("period", "Period", .text(atLeast: 10), words: { $0.period.phrase }),
      ListColumn("dates", "Dates", .fixed(12)) {
        "\($0.period.start.text.dropFirst(5))..\($0.period.end.text.dropFirst(5))"
      },
      ListColumn("status", "State", .fixed(15), words: { $0.period.status.phrase }),
      ListColumn("entries", "Entries", .amount, number: { Int64($0.entries) }) {
        $0.entries.grouped
      },
      ListColumn("unposted", "Unposted", .amount, number: { Int64($0.unposted) }) {
        $0.unposted == 0 ? "" : $0.unposted.grouped
      },
      ListColumn("by", "By", .text(atLeast: 8), priority: 1) { $0.by ?? "" },
      ListColumn("at", "When", .fixed(16), priority: 2) { $0.at?.minute ?? "" },
    ])
    recall()
  }

  package var title: Phrase { "Periods" }
  package var section: Section? { .periods }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] {
    let asked = year
    return [
      read(PeriodOverview(of: asked), at: desk) { [weak self] overview in
        guard let self, asked == self.year else { return [] }
        self.overview = overview
        let isNew = !self.list.hasLoaded
        self.list.take(overview.periods)
        if isNew { self.goToOpen() }
        return []
      }
    ] + desk.readConfirmers()
  }

  /// To the first that is open, which is the next to close.
  private func goToOpen() {
    list.rows.firstIndex { $0.period.status == .open }.map { list.point(at: $0) }
  }

  func forget() { overview = nil }

  func readForExport(
    limit: Int, _ then: @escaping ([PeriodOverview.Row], Footing?) -> [Effect]
  ) -> [Effect] {
    then(list.whole ?? [], nil)
  }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(.periodChecks, unavailable: list.unavailable) { [weak self] in
        guard let self, let row = self.list.selected else { return [] }
        return self.navigator.show(PeriodScreen(row.period, at: self.desk))
      },
      turning(.periodEarlier, by: -1, end: "This is the first fiscal year."),
      turning(.periodLater, by: 1, end: "This is the last fiscal year."),
      Action(.periodEntries, unavailable: list.unavailable ?? ofOneDay) { [weak self] in
        guard let self, let period = self.list.selected?.period else { return [] }
        return self.navigator.show(
          JournalScreen(
            at: self.desk,
            searching: "date>=\(period.start.text) date<=\(period.end.text)"))
      },
    ] + PeriodActions(list.selected?.period, unavailable: list.unavailable, desk).all + yearActions
      + [
        Action(.periodExceptions) { [weak self] in
          guard let self else { return [] }
          return self.navigator.show(PeriodExceptionsScreen(at: self.desk))
        }
      ] + listActions
  }

  private var ofOneDay: Phrase? {
    list.selected?.period.kind == .normal ? nil : "Only months have a journal of their days."
  }

  private func turning(_ binding: Binding, by step: Int, end: Phrase) -> Action {
    let years = overview?.years ?? []
    let place = years.firstIndex { $0.year == overview?.year.year }
    let next = place.flatMap { years.element($0 + step) }
    return Action(binding, unavailable: next == nil ? end : nil) { [weak self] in
      self?.year = next?.year
      return self?.load() ?? []
    }
  }

  // MARK: Years

  private var yearActions: [Action] {
    guard let found = overview?.year else { return [] }
    return [
      Action(.yearNew) { [weak self] in
        guard let self else { return [] }
        return self.navigator.show(self.newYear)
      }
    ]
      + desk.asking(
        of: JointAct.closings(of: found.year), by: .yearClose,
        unavailable: found.isClosed ? UserMessage(Refusal.year(.closed(found.year))).phrase : nil)
      + desk.asking(
        .reopenYear(found.year), by: .yearReopen,
        unavailable: found.isClosed
          ? nil : UserMessage(Refusal.year(.notClosed(found.year))).phrase)
  }

  package func absence(of binding: Binding) -> Phrase? { PeriodActions.absence(of: binding) }

  /// What is asked of a new year, which follows the last.
  private var newYear: FormScreen {
    // Left empty, as the year before.
    let shapes = FiscalYearShape.choices(in: desk.words)
    let last = overview?.years.last
    let start = last?.end.adding(days: 1)
    return FormScreen(
      "New fiscal year, from \(start?.text ?? "")",
      [
        FormField(label: "Shape") { _ in shapes.map(\.text) },
        FormField(label: "Last day"),
      ], in: .periods, AddFiscalYear.permission, at: desk
    ) { [desk] form in
      var shape: FiscalYearShape?
      if !form.text(0).isEmpty {
        shape = form.choice(0, shapes, "There is no such shape.")
        guard shape != nil else { return [] }
      }
      var end: Day?
      if !form.text(1).isEmpty {
        end = form.reading(1) {
          try DayExpression.parse($0, today: desk.today, reference: start ?? desk.today)
        }
        guard end != nil else { return [] }
      }
      return form.perform(
        AddFiscalYear(through: end, shape), place: { _ in 1 }
      ) { plan in
        "The fiscal year \(String(plan.year)) lasts from \(plan.start.text) to \(plan.end.text)."
      }
    }
  }

  package var panels: [Panel] {
    let note = overview.map { overview -> Phrase in
      let year = overview.year
      let state = (year.isClosed ? PeriodStatus.closed : .open).phrase
      return "fiscal year \(String(year.year)), \(year.start.text) to \(year.end.text), \(state)"
    }
    return [
      .table(
        list.panel("Periods", note: note ?? .empty, empty: Panel.loading) { row in
          switch row.period.status {
          case .future, .locked: .muted
          case .closed: .plain
          case .open: TableRow.Shape(tone: .heading)
          }
        })
    ]
  }
}

extension Periods.Row {
  /// The schema keeps the names of what isn't a month in English.
  fileprivate var phrase: Phrase {
    kind == .normal ? Phrase(verbatim: name) : Phrase(word: kind.rawValue, context: "period")
  }
}

extension FiscalYearShape {
  /// In the person's words, months first.
  static func choices(in words: ChoiceWords) -> [(text: String, value: FiscalYearShape)] {
    allCases.map { (text: words.text($0.phrase, $0.rawValue), value: $0) }
  }

  private var phrase: Phrase {
    switch self {
    case .months: "months"
    case .weeks445: "weeks, 4-4-5"
    case .weeks454: "weeks, 4-5-4"
    case .weeks544: "weeks, 5-4-4"
    }
  }
}

nonisolated extension PeriodOverview.Row: Listed {
  var identity: ID<Period> { period.id }
}

extension Binding {
  static let periodChecks = Binding(
    "period.checks", [.enter, .right, "l"], "checks", "What stands against closing it",
    PeriodChecks.permission)
  static let periodEarlier = Binding(
    "period.earlier", ["["], "year before", "The fiscal year before", PeriodOverview.permission)
  static let periodLater = Binding(
    "period.later", ["]"], "year after", "The fiscal year after", PeriodOverview.permission)
  static let periodEntries = Binding(
    "period.entries", ["v"], "entries", "The journal of its days", JournalPage.permission)
  static let periodExceptions = Binding(
    "period.exceptions", ["x"], "exceptions", "Who may post into closed periods",
    PeriodExceptions.permission)
  static let yearNew = Binding(
    "year.new", ["n"], "new year", "Make the next fiscal year", AddFiscalYear.permission)
  static let yearClose = Binding(
    "year.close", ["e"], "year end", "Close the year, with a second person",
    RequestConfirmation.permission)
  static let yearReopen = Binding(
    "year.reopen", ["u"], "reopen year", "Take the closing of the year back",
    RequestConfirmation.permission)
}
