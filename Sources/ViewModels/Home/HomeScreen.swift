import Domain
import Keys
import Operations
package import Phrases

/// What a business asks of whoever comes to work: what waits for them, the cash, how it goes, what
/// was done last, and whether the books are sound. Every number leads to what it counts.
package final class HomeScreen: Screen {
  package static let keymap: [Binding] = [
    .homeOpen, .homeNext, .homeBefore, .homeEarlier, .homeLater, .journalNew,
  ]

  /// The panels, in the order in which Tab goes through them.
  enum Part: CaseIterable {
    case toDo
    case cash
    case result
    case health
    case activity
    case cashByMonth

    var isChart: Bool { self == .result || self == .cashByMonth }

    /// Which column it stands in where there are two.
    var isAtRight: Bool { self == .health || self == .activity || self == .cashByMonth }
  }

  private let desk: Desk
  private var found = HomeFindings()
  private var focus = Part.toDo
  private var cursors: [Part: Int] = [:]

  init(at desk: Desk) { self.desk = desk }

  package var title: Phrase { "Home" }
  package var section: Section? { .home }

  // MARK: Reading

  package func load() -> [Effect] {
    let today = desk.today
    return [
      read(WorkToDo(), \.work), read(OverduePeriods(), \.overdue),
      read(Confirmations(), \.requests), read(UnreadNotices(), \.notices),
      read(Schedules(), \.schedules),
      read(CashPosition(on: today), \.cash), read(MonthlyFigures(to: today), \.months),
      read(LedgerDifference(), \.difference), read(AuditHead(), \.head),
      read(AuditPage(limit: HomeFindings.mostRecords), \.records),
    ].compactMap(\.self)
  }

  /// Nothing where the reader's role doesn't hold what the query needs.
  private func read<Q: Query>(
    _ query: Q, _ place: WritableKeyPath<HomeFindings, Q.Output?>
  ) -> Effect? {
    guard desk.holds(Q.permission) else { return nil }
    return desk.fetch(
      query,
      failed: { [weak self, navigator = desk.navigator] error in
        self?.found.fault = navigator.absence(because: error)
      },
      then: { [weak self] output in
        self?.found[keyPath: place] = output
        return []
      })
  }

  // MARK: Moving

  package func move(_ movement: Movement) -> [Effect] {
    cursors[focused] = movement.cursor(
      from: cursor(of: focused), count: count(of: focused), page: desk.navigator.pageRows)
    return []
  }

  package func point(at target: Target) -> [Effect] {
    guard case .row(let panel, let index) = target, panes.indices.contains(panel),
      index < count(of: panes[panel])
    else { return [] }
    let wasThere = focused == panes[panel] && cursor(of: focused) == index
    focus = panes[panel]
    cursors[focus] = index
    // The first click goes there, the second in.
    return wasThere ? open() : []
  }

  private func turn(by step: Int) -> [Effect] {
    let now = panes.firstIndex(of: focused) ?? 0
    if !panes.isEmpty { focus = panes[(now + step + panes.count) % panes.count] }
    return []
  }

  package var parts: [ScreenPart] { HomeFindings.parts }

  package var actions: [Action] {
    let chart: Phrase? = focused.isChart ? nil : "Tab goes to a chart first."
    return [
      Action(.homeOpen, unavailable: count(of: focused) == 0 ? "There is nothing here." : nil) {
        [weak self] in self?.open() ?? []
      },
      Action(.homeNext) { [weak self] in self?.turn(by: 1) ?? [] },
      Action(.homeBefore) { [weak self] in self?.turn(by: -1) ?? [] },
      Action(.homeEarlier, unavailable: chart) { [weak self] in self?.move(.up) ?? [] },
      Action(.homeLater, unavailable: chart) { [weak self] in self?.move(.down) ?? [] },
      Action(.journalNew) { [desk] in desk.navigator.show(EntryFormScreen(at: desk)) },
    ]
  }

  // MARK: What is shown

  /// Those that the reader may see, and that the terminal has room for.
  private var panes: [Part] {
    Part.allCases.filter { part in
      if part.isChart, desk.navigator.rows < HomeLayout.leastChartScreenRows { return false }
      return HomeFindings.permissions(of: part).contains(where: desk.holds)
    }
  }

  /// Another one's panel is gone once the terminal is small or the role has changed.
  private var focused: Part { panes.contains(focus) ? focus : panes.first ?? .toDo }

  private func count(of part: Part) -> Int {
    part.isChart ? found.months?.count ?? 0 : rows(of: part).count
  }

  private func rows(of part: Part) -> [HomeRow] { found.rows(of: part, at: desk) }

  /// A chart begins with its last month, a table with its first row.
  private func cursor(of part: Part) -> Int? {
    let count = count(of: part)
    guard count > 0 else { return nil }
    return min(cursors[part] ?? (part.isChart ? count - 1 : 0), count - 1)
  }

  private func open() -> [Effect] {
    guard let cursor = cursor(of: focused) else { return [] }
    if focused.isChart {
      guard let month = found.months?[cursor] else { return [] }
      return desk.navigator.show(TrialBalanceScreen(asOf: month.end, at: desk))
    }
    return rows(of: focused)[cursor].open()
  }

  package var panels: [Panel] {
    panes.map { part in
      let isFocused = part == focused
      if part.isChart {
        return .chart(found.chart(part, selected: cursor(of: part), isFocused, at: desk))
      }
      var table = found.table(part, cursor: isFocused ? cursor(of: part) : nil, at: desk)
      table.isBeside = !isFocused
      return .table(table)
    }
  }

  package var layout: [[PanelPlace]]? {
    let sizes = panes.enumerated().map { index, part in
      HomeLayout.Item(
        index: index, isChart: part.isChart, isAtRight: part.isAtRight,
        rows: max(count(of: part), 1), isFirst: part == .toDo)
    }
    return HomeLayout(columns: desk.navigator.columns, rows: desk.navigator.rows)
      .places(sizes, focus: panes.firstIndex(of: focused) ?? 0)
  }
}

extension Binding {
  static let homeOpen = Binding("home.open", [.enter], "open", "What the number counts")
  static let homeNext = Binding("home.next", [.tab], "next", "To the next panel")
  static let homeBefore = Binding("home.before", [.backTab], "before", "To the panel before")
  static let homeEarlier = Binding("home.earlier", [.left, "h"], "earlier", "One month back")
  static let homeLater = Binding("home.later", [.right, "l"], "later", "One month on")
}
