import Domain
import Foundation
import Keys
import Operations
import Phrases

/// A screen whose main panel is a list: moving, marking, filtering, sorting, choosing columns,
/// copying and exporting are the same on all of them.
protocol ListScreen: Screen {
  associatedtype Row: Listed
  var list: RowList<Row> { get set }
  var navigator: Navigator { get }
  /// What the program remembers how the list is shown by.
  static var listName: String { get }
  /// What reads the rows that `request` asks for; nothing where the list is small enough to be whole
  /// always.
  func fetch(_ request: RowList<Row>.Request) -> [Effect]
  /// Reads all rows there are, of more than `limit` the newest: sorting needs them. Nothing as above.
  func readAll(limit: Int, _ then: @escaping ([Row]) -> [Effect]) -> [Effect]
  /// Reads the rows as their reader may take them out of the books, of more than `limit` the newest,
  /// and how far the books had come then: nil where they aren't made of entries.
  func readForExport(limit: Int, _ then: @escaping ([Row], Footing?) -> [Effect]) -> [Effect]
  /// The newest `count` of all that were read.
  func newest(_ count: Int, of rows: [Row]) -> [Row]
  /// Shows what the filter leaves, once it has changed.
  func filterChanged() -> [Effect]
  /// Shows what the filter leaves, in the order that was asked for, of what was read.
  func arrange() -> [Effect]
  /// Lets go of what it keeps besides its rows, once they may not be seen any more.
  func forget()
  /// The key of exporting, with what that asks for here.
  static var exportBinding: Binding { get }
  /// Whether it is a report, which the command line prints for people too: so does exporting it.
  static var isReport: Bool { get }
  /// What a file without a heading must say of what is in it, and so must what is copied.
  var caveats: [Phrase] { get }
  /// How far in a row stands where it is printed: a tree's rows have levels.
  func level(of row: Row) -> Int
  /// What records that the list leaves the books.
  func record(_ list: ExportedList) -> any Command<[String]>
}

extension Binding {
  static let filter = Binding("list.filter", ["/", .alt("s")], "filter", "Show only what matches")
  static let filterKeep = Binding("list.filter.keep", [.enter], "keep", "Keep the filter")
  static let filterClear = Binding(
    "list.filter.clear", [.escape, .ctrl("g")], "clear", "Show all rows again")
  static let sort = Binding("list.sort", ["s"], "sort", "Sort by a column")
  static let columns = Binding("list.columns", ["C"], "columns", "Which columns, in which order")
  static let mark = Binding("list.mark", [.space, .insert], "mark", "Mark the row, or not")
  static let markAll = Binding("list.mark.all", ["*"], "mark all", "Mark all rows, or none")
  static let copyCell = Binding("list.copy.cell", ["y"], "copy", "Copy a cell of the row")
  static let copyRow = Binding("list.copy.row", ["Y"], "copy row", "Copy the row, or marked rows")
  static let copyTable = Binding("list.copy.table", [.alt("y")], "copy all", "Copy the table")

  /// What every list can do.
  static let lists: [Binding] = [
    .filter, .sort, .columns, .mark, .markAll, .copyCell, .copyRow, .copyTable, .exportList,
  ]

  /// While a filter is typed, or leaves rows out.
  package static let filtering: [Binding] = [.filterKeep, .filterClear]
}

extension ListScreen {
  func fetch(_ request: RowList<Row>.Request) -> [Effect] { [] }

  func readAll(limit: Int, _ then: @escaping ([Row]) -> [Effect]) -> [Effect] { [] }
  func newest(_ count: Int, of rows: [Row]) -> [Row] { Array(rows.prefix(count)) }
  func filterChanged() -> [Effect] { arrange() }
  func forget() {}

  /// Sorts and filters here, which takes all rows; back to pages when there is nothing to arrange.
  func arrange() -> [Effect] {
    guard list.arranges else {
      if list.isPaged { return list.hasLoaded ? [] : load() }
      let wasArranged = list.endArranging()
      return wasArranged ? load() : []
    }
    if list.isPaged { return readAgain() }
    list.arrange()
    return []
  }

  /// Reads anew what a list that is read in pages shows: all rows where they are arranged here.
  func readAgain() -> [Effect] {
    guard list.arranges else { return fetch(list.again) }
    let most = navigator.settings.mostArrangedRows
    return readAll(limit: most + 1) { [weak self] rows in
      // Whoever has cleared the filter meanwhile sees pages again.
      guard let self, self.list.arranges else { return [] }
      guard rows.count > most else {
        self.list.takeForArranging(rows)
        return []
      }
      if self.list.view.sort != nil {
        self.list.view.sort = nil
        self.remember()
        self.navigator.tell(
          .notice,
          "More than \(most.grouped) rows are read a page at a time, in their own order.")
      }
      guard self.list.arranges else { return self.arrange() }
      self.list.takeForArranging(self.newest(most, of: rows), areAll: false)
      return []
    }
  }

  package var takesText: Bool { list.view.isFiltering }

  package var bookmark: Bookmark? { list.bookmark }
  package func restore(_ bookmark: Bookmark) { list.restore(bookmark) }

  package func move(_ movement: Movement) -> [Effect] {
    list.move(movement, page: navigator.pageRows)
    return list.wanted.map(fetch) ?? []
  }

  package func type(_ key: Key) -> Bool {
    if let movement = Movement(key), key.text == nil, !key.isEditing {
      list.move(movement, page: navigator.pageRows)
      return true
    }
    return list.view.filter.handle(key)
  }

  /// A key that only moved the cursor asks for no more than moving does.
  package func typed() -> [Effect] {
    guard list.view.filter.text != list.view.applied else { return list.wanted.map(fetch) ?? [] }
    list.view.applied = list.view.filter.text
    return filterChanged()
  }

  package func paste(_ text: String) -> Int {
    guard list.view.isFiltering else { return 0 }
    return list.view.filter.insert(text)
  }

  package func point(at target: Target) -> [Effect] {
    switch target {
    case .row(panel: 0, let index):
      let wasThere = list.isPointed(at: index)
      list.point(at: index)
      // The first click goes there, the second in.
      let open = wasThere ? actions.first { $0.keys.contains(.enter) } : nil
      return open.map(navigator.perform) ?? []
    case .column(panel: 0, let index):
      let shown = list.shownColumns
      guard shown.indices.contains(index) else { return [] }
      return sort(by: shown[index])
    default: return []
    }
  }

  /// The actions of every list, behind those of the screen.
  var listActions: [Action] {
    if list.view.isFiltering {
      return [
        Action(.filterKeep) { [weak self] in
          self?.list.view.isFiltering = false
          return []
        },
        Action(.filterClear) { [weak self] in self?.clearFilter() ?? [] },
      ]
    }
    var actions = [
      Action(.filter) { [weak self] in
        self?.list.view.isFiltering = true
        return []
      },
      Action(.sort) { [weak self] in self?.chooseSort() ?? [] },
      Action(.columns) { [weak self] in self?.chooseColumns() ?? [] },
      Action(.mark, unavailable: list.unavailable) { [weak self] in self?.mark() ?? [] },
      Action(.markAll, unavailable: list.unavailable) { [weak self] in self?.markAll() ?? [] },
      Action(.copyCell, unavailable: list.unavailable) { [weak self] in
        self?.copyCell() ?? []
      },
      Action(.copyRow, unavailable: list.unavailable) { [weak self] in
        self?.copyRows() ?? []
      },
      Action(.copyTable, unavailable: list.unavailable) { [weak self] in
        guard let self else { return [] }
        let table = self.list.text(of: self.list.rows, withTitles: true)
        let caveats = self.caveats.map { $0.text(in: self.list.language) }
        return self.copy(([table] + caveats).joined(separator: "\n"), "table")
      },
      exportAction,
    ]
    if !list.view.filter.text.isEmpty {
      actions.insert(Action(.filterClear) { [weak self] in self?.clearFilter() ?? [] }, at: 0)
    }
    return actions
  }

  private func clearFilter() -> [Effect] {
    list.view.filter = LineEditor()
    list.view.applied = ""
    list.view.isFiltering = false
    return filterChanged()
  }

  // MARK: Order and columns

  private func sort(by column: ListColumn<Row>) -> [Effect] {
    let isAgain = list.view.sort?.column == column.id
    list.view.sort =
      isAgain && list.view.sort?.isDescending == true
      ? nil : ListView.Sort(column: column.id, isDescending: isAgain)
    remember()
    return arrange()
  }

  private func chooseSort() -> [Effect] {
    let entries = list.columns.filter(\.isNamed).map { column in
      let sort = list.view.sort
      let now: Phrase =
        sort?.column == column.id ? (sort?.isDescending == true ? "down" : "up") : .empty
      return Chooser.Entry(column.title, note: now) { [weak self] in
        self?.sort(by: column) ?? []
      }
    }
    return navigator.choose(
      Chooser(title: "Sort by: once up, again down, again as it was", entries: entries))
  }

  private func chooseColumns() -> [Effect] {
    let columns = list.orderedColumns.filter(\.isNamed)
    let entries = columns.map { column in
      Chooser.Entry(
        column.title, note: list.view.hidden.contains(column.id) ? "hidden" : "shown"
      ) { [weak self] in self?.turn(column) ?? [] }
    }
    let moves = columns.dropFirst().map { column in
      Chooser.Entry("\(column.title): one place to the left") { [weak self] in
        self?.move(column) ?? []
      }
    }
    return navigator.choose(
      Chooser(title: "Columns: Enter shows or hides", entries: entries + moves))
  }

  private func turn(_ column: ListColumn<Row>) -> [Effect] {
    if list.view.hidden.remove(column.id) == nil {
      guard list.shownColumns.contains(where: { $0.isNamed && $0.id != column.id }) else {
        navigator.tell(.notice, "The last column stays.")
        return []
      }
      list.view.hidden.insert(column.id)
    }
    remember()
    return chooseColumns()
  }

  private func move(_ column: ListColumn<Row>) -> [Effect] {
    var ids = list.orderedColumns.map(\.id)
    guard let place = ids.firstIndex(of: column.id), place > 0 else { return [] }
    ids.swapAt(place, place - 1)
    list.view.order = ids
    remember()
    return chooseColumns()
  }

  // MARK: What is remembered

  /// Shows the list as its reader left it the last time.
  func recall() {
    list.language = navigator.settings.language
    guard let text = navigator.settings.memory.read("list.\(Self.listName)"),
      // What can't be read was written by another version, and is worth no error.
      let kept = try? JSONDecoder().decode(KeptView.self, from: Data(text.utf8))
    else { return }
    let known = Set(list.columns.map(\.id))
    let named = Set(list.columns.filter(\.isNamed).map(\.id))
    // Columns that the program has since gained or lost make the order nobody's.
    list.view.order = Set(kept.order) == known ? kept.order : []
    list.view.hidden = Set(kept.hidden).intersection(known)
    if list.view.hidden.isSuperset(of: named) { list.view.hidden = [] }
    if let column = kept.sort, known.contains(column) {
      list.view.sort = ListView.Sort(column: column, isDescending: kept.isDescending)
    }
  }

  private func remember() {
    let kept = KeptView(
      order: list.view.order, hidden: list.view.hidden.sorted(), sort: list.view.sort?.column,
      isDescending: list.view.sort?.isDescending ?? false)
    guard let data = try? JSONEncoder().encode(kept) else { return }  // it is texts and a flag
    navigator.settings.memory.write(
      "list.\(Self.listName)", String(decoding: data, as: UTF8.self))
  }

  // MARK: Marks and copies

  private func mark() -> [Effect] {
    guard let identity = list.selected?.identity else { return [] }
    if list.view.marks.remove(identity) == nil { list.view.marks.insert(identity) }
    return move(.down)
  }

  private func markAll() -> [Effect] {
    let all = list.rows.map(\.identity)
    let areMarked = all.allSatisfy(list.view.marks.contains)
    list.view.marks = areMarked ? [] : Set(all)
    return []
  }

  private func copyCell() -> [Effect] {
    guard let row = list.selected else { return [] }
    let entries = list.shownColumns.map { column in
      let text = column.text(row).text(in: navigator.settings.language)
      return Chooser.Entry(Phrase(verbatim: text), note: column.title) { [weak self] in
        self?.copy(text, "cell") ?? []
      }
    }
    return navigator.choose(Chooser(title: "Copy which cell?", entries: entries))
  }

  /// A long list has let go of rows that are marked still.
  private func copyRows() -> [Effect] {
    let (rows, marked) = (list.chosen, list.view.marks.count)
    guard !rows.isEmpty else {
      navigator.tell(.notice, "Nothing of what is marked is shown now.")
      return []
    }
    let note: Phrase =
      rows.count < marked
      ? "\(rows.count.grouped) of \(marked.grouped) marked: no others are at hand." : .empty
    return copy(list.text(of: rows, withTitles: false), "row", note)
  }

  private func copy(_ text: String, _ what: Phrase, _ note: Phrase = .empty) -> [Effect] {
    navigator.copy(text, what, note)
    return []
  }
}

/// What is remembered of how a list is shown, columns by their ids.
private struct KeptView: Codable {
  let order: [String]
  let hidden: [String]
  let sort: String?
  let isDescending: Bool
}

extension Navigator {
  /// More than this no terminal's clipboard takes in one go.
  private static let mostCopiedBytes = 74_994

  /// `note` says what else there is to know about it.
  func copy(_ text: String, _ what: Phrase, _ note: Phrase = .empty) {
    guard settings.canCopy else {
      return tell(.notice, "This terminal has no clipboard that a program could write to.")
    }
    let bytes = text.utf8.count
    guard bytes <= Self.mostCopiedBytes else {
      return tell(
        .error,
        """
        The \(what) has \(bytes.grouped) bytes; a terminal's clipboard takes \
        \(Self.mostCopiedBytes.grouped). Mark fewer rows, or export them.
        """)
    }
    request(.copy(text))
    tell(
      .done,
      .joined([
        "The \(what) is sent to the terminal's clipboard, \(bytes.grouped) bytes.", note,
      ]))
  }
}
