import Domain
import Interchange
import Keys
import Phrases

/// A row that can be told from all others of its list.
nonisolated protocol Listed {
  associatedtype Identity: Hashable
  var identity: Identity { get }
}

/// The rows of a list as far as they have been read, the one under the cursor, and how its reader
/// wants them shown. Long lists keep a window of rows and read pages before and behind it by key.
struct RowList<Row: Listed> {
  /// What one page asks for.
  static var pageRows: Int { 100 }
  /// More than this many are let go at the end that is farther from the cursor.
  static var mostRows: Int { 400 }

  private(set) var columns: [ListColumn<Row>]
  var view: ListView<Row.Identity>
  /// That of its reader, who filters by what they see.
  var language = Language.english
  private(set) var rows: [Row] = []
  /// Of each column of amounts the characters of the longest that was read, so that it is as wide on
  /// every page.
  private var longest: [String: Int] = [:]
  private(set) var cursor: Int?
  private(set) var hasLoaded = false { didSet { fault = nil } }
  /// Why rows couldn't be read, and what to do.
  var fault: Phrase?
  /// How many there are in all; nil while nobody has counted.
  var total: Int? {
    didSet {
      if isLast, offset == nil { offset = total.map { $0 - rows.count } }
    }
  }
  /// How many come before the first that is kept; nil where that isn't known.
  private var offset: Int? = 0
  private var isFirst = true
  private var isLast = true
  /// The row just before the window, from which it is read again.
  private var anchor: Row?
  /// Where the cursor goes once the page that was asked for is there.
  private var jump: Movement?
  /// Everything, where it is sorted and filtered here.
  private(set) var whole: [Row]? { didSet { searched = nil } }
  /// What stands in each of them, column by column in lower case: made once, as each character of a
  /// filter looks through it all.
  private var searched: [[String]]?
  /// Whether everything is there only for as long as it is sorted.
  private var isArranged = false
  /// Whether there are more rows than were taken for arranging.
  private var isCut = false
  /// What has just been written: the cursor goes there with the next rows, if it is among them.
  var newcomer: Row.Identity?
  /// Where the cursor was when the list was left, until it is there again.
  private var wish: Bookmark?
  /// Whether what reads the rows leaves out what the filter doesn't want.
  var isFilteredByQuery = false

  init(_ columns: [ListColumn<Row>], view: ListView<Row.Identity> = ListView()) {
    let ids = Set(columns.map(\.id))
    precondition(ids.count == columns.count, "two columns have one id")
    precondition(ids.isSuperset(of: columns.compactMap(\.runsAlong)), "runs along no column")
    self.columns = columns
    self.view = view
  }

  /// The same list under other columns, before its rows are read for them.
  func showing(_ columns: [ListColumn<Row>]) -> RowList {
    var list = RowList(columns, view: view)
    // An order is one of the columns that it was made of.
    list.view.order = []
    (list.language, list.newcomer) = (language, selected?.identity)
    return list
  }

  /// Shows the rows it has under columns that are called as they were.
  mutating func recast(_ columns: [ListColumn<Row>]) {
    self.columns = columns
    (searched, longest) = (nil, [:])
    measure(whole ?? rows)
    arrange()
  }

  // MARK: Whole lists

  /// Takes all rows there are.
  mutating func take(_ all: [Row]) {
    whole = all
    hasLoaded = true
    longest = [:]
    measure(all)
    arrange()
  }

  /// Takes all rows of a list that is read in pages otherwise, or as many as can be arranged.
  mutating func takeForArranging(_ rows: [Row], areAll: Bool = true) {
    isArranged = true
    isCut = !areAll
    take(rows)
  }

  /// Whether the rows had been taken for arranging only; they go, and pages can come again.
  mutating func endArranging() -> Bool {
    guard isArranged else {
      arrange()
      return false
    }
    (whole, isArranged, isCut) = (nil, false, false)
    return true
  }

  /// Whether the rows are shown out of their own order or not all of them, which takes them all.
  var arranges: Bool { view.sort != nil || !isFilteredByQuery && !view.filter.text.isEmpty }

  /// Filters and sorts anew; the cursor stays on its row.
  mutating func arrange() {
    guard let whole else { return }
    let old = selected?.identity
    (rows, isFirst, isLast, offset, anchor, jump) = (whole, true, true, 0, nil, nil)
    if let filter = view.expression, !isFilteredByQuery {
      rows = matching(filter, in: whole)
    }
    if let sort = view.sort, let column = columns.first(where: { $0.id == sort.column }) {
      // Equal rows keep their order, so that sorting by two columns is sorting twice.
      let valued = rows.enumerated().map { index, row in
        (index, column.value(row, language), row)
      }
      rows = valued.sorted { left, right in
        if left.1 == right.1 { return left.0 < right.0 }
        return sort.isDescending ? right.1 < left.1 : left.1 < right.1
      }.map(\.2)
    }
    total = whole.count
    place(on: old)
  }

  /// These rows instead of those it has, filtered and sorted as those are.
  func arranged(_ rows: [Row]) -> [Row] {
    guard arranges else { return rows }
    var other = self
    other.take(rows)
    return other.rows
  }

  private mutating func matching(_ filter: FilterExpression, in whole: [Row]) -> [Row] {
    let names = columns.map { $0.title.text(in: language).lowercased() }
    let searched =
      searched
      ?? whole.map { row in columns.map { $0.text(row).text(in: language).lowercased() } }
    self.searched = searched
    return zip(whole, searched).filter { _, texts in
      filter.matches { field in
        guard let field else { return texts }
        return zip(names, texts).filter { $0.0.hasPrefix(field) }.map(\.1)
      }
    }.map(\.0)
  }

  // MARK: Pages

  enum Request {
    case first(limit: Int)
    case last(limit: Int)
    case after(Row, limit: Int)
    case before(Row, limit: Int)
  }

  /// What reads the same window again.
  var again: Request {
    let limit = max(rows.count, Self.pageRows, wish.map { $0.rank + Self.pageRows } ?? 0)
    if let anchor, !isFirst { return .after(anchor, limit: limit) }
    return .first(limit: limit)
  }

  /// What the cursor's place calls for, if anything.
  var wanted: Request? {
    if let jump {
      return jump == .first ? .first(limit: Self.pageRows) : .last(limit: Self.pageRows + 1)
    }
    guard whole == nil, let cursor, let first = rows.first, let last = rows.last else { return nil }
    if !isLast, cursor >= rows.count - Self.pageRows / 4 {
      return .after(last, limit: Self.pageRows)
    }
    if !isFirst, cursor < Self.pageRows / 4 { return .before(first, limit: Self.pageRows + 1) }
    return nil
  }

  /// Takes what came of `request`. A page that goes on from a row which isn't at that end any more
  /// came too late and is dropped.
  mutating func take(_ page: [Row], for request: Request) {
    hasLoaded = true
    measure(page)
    switch request {
    case .first(let limit): takeFirst(page, limit)
    case .last(let limit): takeLast(page, limit)
    case .after(let row, let limit):
      if row.identity == rows.last?.identity {
        takeMore(page, limit)
      } else if row.identity == anchor?.identity {
        let old = selected?.identity
        rows = page
        isLast = page.count < limit
        place(on: old)
      }
    case .before(let row, let limit):
      if row.identity == rows.first?.identity { takeEarlier(page, limit) }
    }
  }

  private mutating func takeFirst(_ page: [Row], _ limit: Int) {
    let old = jump == .first ? nil : selected?.identity
    if jump == .first { (jump, cursor) = (nil, nil) }
    (rows, anchor, offset, isFirst, isLast) = (page, nil, 0, true, page.count < limit)
    place(on: old)
  }

  private mutating func takeLast(_ page: [Row], _ limit: Int) {
    jump = nil
    isFirst = page.count < limit
    isLast = true
    anchor = isFirst ? nil : page.first
    rows = isFirst ? page : Array(page.dropFirst())
    offset = isFirst ? 0 : total.map { $0 - rows.count }
    cursor = rows.isEmpty ? nil : rows.count - 1
  }

  private mutating func takeMore(_ page: [Row], _ limit: Int) {
    rows += page
    isLast = page.count < limit
    let surplus = rows.count - Self.mostRows
    guard surplus > 0 else { return }
    anchor = rows[surplus - 1]
    rows.removeFirst(surplus)
    isFirst = false
    offset = offset.map { $0 + surplus }
    cursor = cursor.map { max($0 - surplus, 0) }
  }

  private mutating func takeEarlier(_ page: [Row], _ limit: Int) {
    isFirst = page.count < limit
    anchor = isFirst ? nil : page.first
    let more = isFirst ? page[...] : page.dropFirst()
    rows = more + rows
    cursor = cursor.map { $0 + more.count }
    offset = isFirst ? 0 : offset.map { $0 - more.count }
    if rows.count > Self.mostRows {
      rows.removeLast(rows.count - Self.mostRows)
      isLast = false
    }
  }

  /// None is left, as where they may not be seen any more.
  mutating func removeAll(because fault: Phrase) {
    (rows, whole, total, cursor, hasLoaded) = ([], nil, nil, nil, false)
    (isArranged, isCut) = (false, false)
    self.fault = fault
  }

  private mutating func place(on identity: Row.Identity?) {
    let found =
      wished
      ?? [newcomer, identity].compactMap { row in
        row.flatMap { row in self.rows.firstIndex { $0.identity == row } }
      }.first
    (wish, newcomer) = (nil, nil)
    cursor = rows.isEmpty ? nil : found ?? min(cursor ?? 0, rows.count - 1)
  }

  // MARK: Going on later

  var bookmark: Bookmark {
    let rank = (offset ?? 0) + (cursor ?? 0)
    // At the top what is new is waited for. One that lies deep is looked for by a filter rather than
    // by reading all before it.
    let isNear = offset != nil && 1...Self.mostRows - Self.pageRows ~= rank
    let row = isNear ? selected?.identity : nil
    return Bookmark(
      filter: view.filter.text, row: row.map { "\($0)" }, rank: row == nil ? 0 : rank)
  }

  mutating func restore(_ bookmark: Bookmark) {
    view.filter = LineEditor(bookmark.filter)
    view.applied = bookmark.filter
    wish = bookmark
  }

  private var wished: Int? {
    wish?.row.flatMap { name in rows.firstIndex { "\($0.identity)" == name } }
  }

  private mutating func measure(_ more: [Row]) {
    for column in columns where column.column.kind == .amount {
      let most = more.lazy.map { column.text($0).english.count }.max() ?? 0
      longest[column.id] = max(longest[column.id] ?? 0, most)
    }
  }

  // MARK: The cursor

  mutating func move(_ movement: Movement, page: Int) {
    switch movement {
    case .first where !isFirst: jump = .first
    case .last where !isLast: jump = .last
    case .up, .down, .pageUp, .pageDown, .first, .last:
      cursor = movement.cursor(from: cursor, count: rows.count, page: page)
    }
  }

  /// Whether the cursor is on the row that has so many of all there are before it.
  func isPointed(at place: Int) -> Bool { cursor == place - (offset ?? 0) }

  mutating func point(at place: Int) {
    let index = place - (offset ?? 0)
    if rows.indices.contains(index) { cursor = index }
  }

  var selected: Row? { cursor.flatMap { rows.indices.contains($0) ? rows[$0] : nil } }

  /// Those that are marked, as far as they are there, or else the one under the cursor. A filter
  /// hides marked rows and lets go of none.
  var chosen: [Row] {
    guard !view.marks.isEmpty else { return [selected].compactMap(\.self) }
    let shown = rows.filter { view.marks.contains($0.identity) }
    guard shown.count < view.marks.count, let whole else { return shown }
    return whole.filter { view.marks.contains($0.identity) }
  }

  /// Why nothing can be done to a row.
  var unavailable: Phrase? { selected == nil ? "There is nothing here." : nil }

  /// Why there are no levels.
  var flat: Phrase? { arranges ? "What is filtered or sorted has no levels." : nil }

  /// Whether rows are read in pages, so that they can't be sorted here.
  var isPaged: Bool { whole == nil }

  /// `3 of 240`.
  var position: Phrase {
    guard let cursor else { return .empty }
    let place = offset.map { ($0 + cursor + 1).grouped } ?? "?"
    if !isPaged, let total, total != rows.count {
      return "\(place) of \(rows.count), \(total) in all"
    }
    if let total { return "\(place) of \(total.grouped)" }
    guard let offset else { return "\(place)" }
    return "\(place) of \((offset + rows.count).grouped)\(isLast ? "" : "+")"
  }

  // MARK: As a panel

  /// All columns, in their reader's order.
  var orderedColumns: [ListColumn<Row>] {
    view.order.isEmpty
      ? columns : view.order.compactMap { id in columns.first { $0.id == id } }
  }

  /// The columns that are shown, in their order.
  var shownColumns: [ListColumn<Row>] {
    orderedColumns.filter { !view.hidden.contains($0.id) && !isOutOfOrder($0) }
  }

  /// Whether what the column runs along is not how the rows stand now.
  private func isOutOfOrder(_ column: ListColumn<Row>) -> Bool {
    guard let sort = view.sort, let order = column.runsAlong else { return false }
    return sort.column != order
  }

  func panel(
    _ title: Phrase, note: Phrase, empty: Phrase,
    shaped: @escaping (Row) -> TableRow.Shape = { _ in .plain }
  ) -> TablePanel {
    let (shown, rows, marks) = (shownColumns, rows, view.marks)
    var panel = TablePanel(
      title: title,
      columns: shown.map { column in
        var shown = column.column
        shown.atLeast = longest[column.id] ?? 0
        if view.sort?.column == column.id {
          shown.sort = view.sort?.isDescending == true ? .descending : .ascending
        }
        return shown
      },
      rows: TableRows(count: rows.count) { index in
        let row = rows[index]
        return TableRow(
          shown.map { $0.text(row) }, shape: shaped(row), isMarked: marks.contains(row.identity))
      }, cursor: cursor, emptyText: emptyText(otherwise: empty))
    panel.start = offset ?? 0
    let marked: Phrase = view.marks.isEmpty ? .empty : "\(view.marks.count) marked"
    let left = columns.filter { isOutOfOrder($0) && !view.hidden.contains($0.id) }
    let without: Phrase =
      left.isEmpty ? .empty : "without \(Phrase.joined(left.map(\.title), separator: ", "))"
    let cut: Phrase = isCut ? "among the newest \((whole?.count ?? 0).grouped)" : .empty
    panel.scope = .joined([note, without, cut, marked], separator: ", ")
    panel.position = position
    panel.filter = view.isFiltering || !view.filter.text.isEmpty ? view.filter : nil
    panel.isFiltering = view.isFiltering
    return panel
  }

  /// The line of totals: `label` and, of each column that adds up, what `sum` makes of its amounts.
  /// Nil where none is shown, or one has no sum: larger than books can hold, it has no row to stand
  /// in.
  func totals(
    _ label: Phrase, _ sum: (_ amount: (Row) -> Money) throws -> Money?
  ) -> [Phrase]? {
    var totals: [Phrase] = []
    var adds = false
    for column in shownColumns {
      switch column.total {
      case .nothing: totals.append(.empty)
      case .label: totals.append(label)
      case .sum(let amount, let text):
        guard let total = try? sum(amount) else { return nil }
        totals.append(Phrase(verbatim: text(total)))
        adds = true
      }
    }
    return adds ? totals : nil
  }

  /// The line of totals of all rows that are here, which are not all there are where a filter, or
  /// the screen by `leavesOut`, hides some. Rows that don't count are in no sum.
  func totals(
    leavesOut: Bool = false, counting counts: (Row) -> Bool = { _ in true }
  ) -> [Phrase]? {
    guard !rows.isEmpty else { return nil }
    let isAll = view.filter.text.isEmpty && !leavesOut
    let counted = rows.filter(counts)
    return totals(isAll ? "Total" : "Total of what is shown") { try counted.map($0).total() }
  }

  /// The table as text: a line a row, cells apart by tabs, under the titles.
  func text(of rows: [Row], withTitles: Bool) -> String {
    let shown = shownColumns
    let lines = rows.map { row in
      shown.map { $0.text(row).text(in: language) }.joined(separator: "\t")
    }
    let titles = shown.map { $0.title.text(in: language) }.joined(separator: "\t")
    return ((withTitles ? [titles] : []) + lines).joined(separator: "\n")
  }
}
