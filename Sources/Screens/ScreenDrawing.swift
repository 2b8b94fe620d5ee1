import Keys
import Phrases
package import ViewModels
package import Widgets

/// Draws whatever the navigator shows: one function for each kind of panel, none for a screen.
package final class ScreenDrawing {
  /// Below this a message asks for more room; what was typed stays.
  package static let smallest = Size(columns: Navigator.leastColumns, rows: Navigator.leastRows)

  /// The first row shown of each list, so that a list moves only when its cursor leaves it.
  private var tops: [String: Int] = [:]
  /// Whether work takes long enough to say so.
  private var saysLoading = false
  private(set) var isUnicode = true
  /// The last code for a camera: making one takes longer than drawing it.
  var madeCode: (text: String, code: QRCode?)?
  /// What is drawn is put into words here, in the language of whoever looks.
  private(set) var language = Language.english

  package init() {}

  package func draw(_ navigator: Navigator, size: Size) -> Frame {
    language = navigator.settings.language
    var frame = Frame(size)
    saysLoading = navigator.showsWork
    isUnicode = navigator.settings.isUnicode
    guard size.columns >= Self.smallest.columns, size.rows >= Self.smallest.rows else {
      var message = MessageTooSmall(needed: Self.smallest)
      message.text = { [language, leaves = navigator.leavesUnseen] given, needed in
        let words: Phrase =
          leaves
          ? """
          This window is \(given.columns) by \(given.rows); \(needed.columns) by \(needed.rows) is \
          needed. Make it larger, or quit: q. Nothing is lost.
          """
          : """
          This window is \(given.columns) by \(given.rows); \(needed.columns) by \(needed.rows) is \
          needed. Make it larger. Nothing is lost.
          """
        return words.text(in: language)
      }
      frame.cursor = message.draw(on: &frame.surface, in: frame.surface.bounds)
      return frame
    }
    let parts = frame.surface.bounds.split(
      rows: [.fixed(1), .fixed(1), .fill, .fixed(1), .fixed(1)])
    HeaderBar(left: shown(navigator.whereabouts), right: shown(navigator.identity))
      .draw(on: &frame.surface, in: parts[0])
    drawPlace(of: navigator, on: &frame, in: parts[1])
    drawPanels(of: navigator, on: &frame, in: parts[2])
    drawStatus(of: navigator, on: &frame, in: parts[3])
    drawFooter(of: navigator, on: &frame, in: parts[4])
    if let overlay = navigator.overlay {
      frame.cover()
      draw(overlay, on: &frame, in: frame.surface.bounds)
    }
    return frame
  }

  func shown(_ phrase: Phrase) -> String { phrase.text(in: language) }

  // MARK: Around the panels

  /// The period is what goes where there isn't room for all.
  private func shown(_ place: Navigator.Whereabouts) -> String {
    [place.business, shown(place.banner), shown(place.period)].filter { !$0.isEmpty }
      .joined(separator: " | ")
  }

  /// Tabs on a section's own screen, else the way that led here.
  private func drawPlace(of navigator: Navigator, on frame: inout Frame, in rect: Rect) {
    guard navigator.stack.count > 1 || navigator.desk == nil else {
      let tabs = Tabs(
        navigator.sections.map { Tabs.Tab($0.rawValue, shown($0.title)) },
        active: navigator.top?.section?.rawValue ?? 0)
      tabs.draw(on: &frame.surface, in: rect)
      for place in tabs.places(in: rect) { frame.mark(place.rect, .section(place.number)) }
      return
    }
    let titles = navigator.stack.map { shown($0.title) }
    let path = " " + titles.joined(separator: " > ")
    guard TextWidth.columns(of: path) <= rect.columns else {
      let shown = TextWidth.truncated(path, to: rect.columns, at: .middle)
      frame.surface.write(shown, in: rect, role: .title)
      return
    }
    var column = rect.column + 1
    for (index, title) in titles.enumerated() {
      let start = column
      let text = index == titles.count - 1 ? title : title + " > "
      column = frame.surface.write(
        text, at: Point(column: column, row: rect.row), in: rect, role: .title)
      frame.mark(
        Rect(column: start, row: rect.row, columns: column - start, rows: 1), .crumb(index))
    }
  }

  /// What goes on before what was said: it can be cancelled only while it does.
  private func drawStatus(of navigator: Navigator, on frame: inout Frame, in rect: Rect) {
    if let work = navigator.work {
      var line = WorkingLine(shown(work.title), fraction: work.fraction)
      line.lead = shown("working: ")
      line.way = shown("\(Key.escape.name) cancels")
      line.draw(on: &frame.surface, in: rect)
    } else if let message = navigator.message {
      var line = StatusLine(message.severity.shown, shown(message.text))
      line.word = shown(Phrase(word: line.word))
      line.draw(on: &frame.surface, in: rect)
    }
  }

  private func drawFooter(of navigator: Navigator, on frame: inout Frame, in rect: Rect) {
    // What lies over the screen has the keys, and says which.
    guard navigator.overlay == nil else {
      Footer([]).draw(on: &frame.surface, in: rect)
      return
    }
    let offered = navigator.actions
    let isText = navigator.top?.takesText ?? false
    func key(_ action: Action) -> String {
      (action.keys.first { !isText || $0.text == nil || action.binding.worksInText })?.name ?? ""
    }
    let own = offered.enumerated().map { index, action in
      Footer.Hint(
        key: key(action), title: shown(action.title),
        // Nobody should have to guess what Esc does.
        priority: action.keys.contains(.escape)
          ? 1 : action.unavailable == nil ? index + 2 : index + 60,
        isAvailable: action.unavailable == nil)
    }
    let everywhere = navigator.globalActions.filter { action in
      ["help", "back", "palette"].contains(action.id) && action.unavailable == nil
        && !own.contains { $0.key == key(action) }
    }
    let hints = everywhere.map { Footer.Hint(key: key($0), title: shown($0.title), priority: 1) }
    let footer = Footer(own + hints)
    footer.draw(on: &frame.surface, in: rect)
    let actions = Dictionary(
      zip((own + hints), (offered + everywhere).map(\.id)), uniquingKeysWith: { first, _ in first })
    for place in footer.places(in: rect) {
      if let id = actions[place.hint] { frame.mark(place.rect, .action(id)) }
    }
  }

  // MARK: Panels

  /// Beside each other where there is room for what is under the cursor, else the screen alone.
  private func drawPanels(of navigator: Navigator, on frame: inout Frame, in rect: Rect) {
    guard let top = navigator.top else { return }
    let details = navigator.showsDetails ? top.details : []
    if let layout = top.layout {
      frame.cursor = draw(top.panels, at: layout, of: navigator, on: &frame, in: rect)
      return
    }
    guard navigator.showsDetails, top.hasDetails else {
      let rest = drawCode(of: top.panels, on: &frame, in: rect)
      frame.cursor = draw(top.panels, of: navigator, on: &frame, in: rest)
      return
    }
    let parts = rect.split(columns: [.fill(weight: 11), .fixed(1), .fill(weight: 9)])
    drawBorder(on: &frame.surface, in: parts[1])
    frame.cursor = draw(top.panels, of: navigator, place: .withDetails, on: &frame, in: parts[0])
    // A frame of its own, since nothing beside the list can be pointed at.
    var beside = Frame(Size(columns: 0, rows: 0))
    swap(&beside.surface, &frame.surface)
    _ = draw(details, of: navigator, place: .beside, on: &beside, in: parts[2])
    swap(&beside.surface, &frame.surface)
  }

  private func drawBorder(on surface: inout Surface, in rect: Rect) {
    for row in rect.row..<rect.endRow {
      surface.write("│", at: Point(column: rect.column, row: row), in: rect, role: .border)
    }
  }

  /// Where the screen itself says.
  private func draw(
    _ panels: [Panel], at layout: [[PanelPlace]], of navigator: Navigator,
    on frame: inout Frame, in rect: Rect
  ) -> Point? {
    let columns = rect.split(columns: layout.map { _ in .fill }, gap: 1)
    var cursor: Point?
    for (places, column) in zip(layout, columns) {
      if column.column > rect.column {
        let line = Rect(column: column.column - 1, row: rect.row, columns: 1, rows: rect.rows)
        drawBorder(on: &frame.surface, in: line)
      }
      let parts = column.split(rows: places.map { $0.rows.map(Length.fixed) ?? .fill })
      for (place, part) in zip(places, parts) {
        let found = draw(
          panels[place.index], index: place.index, key: key(place.index, of: navigator), .alone,
          on: &frame, in: part)
        cursor = found ?? cursor
      }
    }
    return cursor
  }

  private func key(_ index: Int, of navigator: Navigator) -> String {
    "\(navigator.stack.count).\(index).\(navigator.top?.title.english ?? "")"
  }

  private func draw(
    _ panels: [Panel], of navigator: Navigator, place: PanelsPlace = .alone,
    on frame: inout Frame, in rect: Rect
  ) -> Point? {
    let parts = rect.split(
      rows: panels.map { length(of: $0, in: rect, place, isAlone: panels.count == 1) })
    var cursor: Point?
    for (index, panel) in panels.enumerated() {
      let key = (place == .beside ? "beside " : "") + key(index, of: navigator)
      cursor =
        draw(panel, index: index, key: key, place, on: &frame, in: parts[index]) ?? cursor
    }
    return cursor
  }

  /// Where the panels of a screen stand.
  private enum PanelsPlace {
    case alone
    /// To the left of what is shown of the row under their cursor.
    case withDetails
    /// To the right of the list.
    case beside
  }

  /// What is said of an entry leaves half of the room to its lines. Beside a list it has a third
  /// even where less would do, so that what stands below isn't moved by each row.
  private func length(
    of panel: Panel, in rect: Rect, _ place: PanelsPlace, isAlone: Bool
  ) -> Length {
    switch panel {
    case .table: .fill(weight: 2)
    case .form(let form): form.grid == nil ? .fixed(form.fields.count + 3) : .fill
    case .facts(let facts):
      .fixed(
        min(
          max(
            factLines(facts, columns: rect.columns).count + 2,
            place == .beside ? rect.rows / 3 : 0), isAlone ? rect.rows : rect.rows / 2))
    case .text, .chart, .diff, .code: .fill
    }
  }

  private func draw(
    _ panel: Panel, index: Int, key: String, _ place: PanelsPlace, on frame: inout Frame,
    in rect: Rect
  ) -> Point? {
    switch panel {
    case .table(let table): draw(table, index: index, key: key, place, on: &frame, in: rect)
    case .form(let form): draw(form, key: key, on: &frame, in: rect)
    case .facts(let facts): draw(facts, on: &frame, in: rect)
    case .text(let text): draw(text, on: &frame, in: rect)
    case .chart(let chart): draw(chart, index: index, on: &frame, in: rect)
    case .diff(let diff): draw(diff, on: &frame, in: rect)
    case .code(let code): draw(code, on: &frame, in: rect)
    }
  }

  /// What is there in a moment flashes no words before.
  func said(_ text: Phrase) -> String {
    text == Panel.loading && !saysLoading ? "" : shown(text)
  }

  func drawTitle(_ title: Phrase, note: Phrase, on surface: inout Surface, in rect: Rect) {
    let (title, note) = (shown(title), shown(note))
    let line = rect.line(0).inset(columns: 1)
    let room = line.columns - TextWidth.columns(of: note) - 2
    surface.write(TextWidth.truncated(title, to: max(room, 0)), in: line, role: .heading)
    surface.write(trailing: TextWidth.truncated(note, to: line.columns), in: line, role: .muted)
  }

  private func draw(
    _ panel: TablePanel, index: Int, key: String, _ place: PanelsPlace, on frame: inout Frame,
    in rect: Rect
  ) -> Point? {
    drawTitle(panel.title, note: panel.note, on: &frame.surface, in: rect)
    let typing = panel.filter.flatMap { filter in
      draw(filter, isTyped: panel.isFiltering, on: &frame.surface, in: rect.line(1))
    }
    var table = Table(
      columns: panel.columns.map { $0.shown(in: language) }, rows: [],
      totals: panel.totals.map { TableRow($0).shown(under: panel.columns, in: language) },
      emptyText: said(panel.emptyText))
    table.hiddenTitle = shown("cols")
    var below = rect.below(panel.filter == nil ? 1 : 2)
    if !panel.foot.isEmpty, below.rows > 5 {
      let foot = below.line(below.rows - 1).inset(columns: 1)
      frame.surface.write(
        TextWidth.truncated(shown(panel.foot), to: foot.columns), in: foot, role: .muted)
      below = Rect(
        column: below.column, row: below.row, columns: below.columns, rows: below.rows - 1)
    }
    let height = table.pageRows(height: below.rows)
    // Terminals scroll whole lines only, so beside something else each scrolled row is sent anew.
    let top = Viewport.top(
      (tops[key] ?? 0) - panel.start, showing: panel.cursor, height: height,
      count: panel.rows.count, step: place == .withDetails ? height / 2 : 1)
    tops[key] = top + panel.start
    table.rows = panel.rows.dropFirst(top).prefix(height).map {
      $0.shown(under: panel.columns, in: language)
    }
    table.cursor = panel.cursor.map { $0 - top }
    let places = table.places(in: below)
    for place in places.rows {
      frame.mark(place.rect, .row(panel: index, panel.start + top + place.index))
    }
    for place in places.columns { frame.mark(place.rect, .column(panel: index, place.index)) }
    let cursor = table.draw(on: &frame.surface, in: below)
    return typing ?? cursor
  }

  /// Gives the cursor's place while it is being typed.
  private func draw(
    _ filter: LineEditor, isTyped: Bool, on surface: inout Surface, in rect: Rect
  ) -> Point? {
    let field = Field(shown("Filter")).editing(filter)
    return Form([field], focus: isTyped ? 0 : nil)
      .draw(on: &surface, in: rect.inset(columns: 1))
  }

  private func draw(_ panel: FactsPanel, on frame: inout Frame, in rect: Rect) -> Point? {
    let inside = rect.below(1).inset(columns: 1)
    let lines = factLines(panel, columns: rect.columns)
    let first = Viewport.top(panel.top, showing: nil, height: inside.rows, count: lines.count)
    let note = Self.scrolled(first, of: lines.count, in: inside.rows)
    drawTitle(panel.title, note: note, on: &frame.surface, in: rect)
    for (index, line) in lines.dropFirst(first).prefix(inside.rows).enumerated() {
      frame.surface.write(line.label, in: inside.line(index), role: .label)
      let room = inside.line(index).split(columns: [.fixed(labelColumns(panel)), .fill])
      frame.surface.write(line.value, in: room[1], role: .text)
    }
    return nil
  }

  private func labelColumns(_ panel: FactsPanel) -> Int {
    TextWidth.columns(of: shown(panel.longestLabel)) + 2
  }

  /// Values that are longer than a line go on below.
  private func factLines(_ panel: FactsPanel, columns: Int) -> [(label: String, value: String)] {
    let room = columns - 2 - labelColumns(panel)
    return panel.facts.flatMap { fact in
      TextWidth.wrapped(shown(fact.value), to: room).enumerated().map { index, value in
        (index == 0 ? shown(fact.label) : "", value)
      }
    }
  }

  private func draw(_ panel: DiffPanel, on frame: inout Frame, in rect: Rect) -> Point? {
    let fields = panel.fields.map { DiffView.Field($0.name, old: $0.old, new: $0.new) }
    let view = DiffView(
      fields: fields, top: panel.top, oldTitle: shown("before"), newTitle: shown("after"),
      equalTitle: shown("equal fields"))
    let inside = rect.below(1).inset(columns: 1)
    let count = view.rowCount(columns: inside.columns)
    let height = view.shownRows(height: inside.rows)
    let first = Viewport.top(panel.top, showing: nil, height: height, count: count)
    drawTitle(
      panel.title, note: Self.scrolled(first, of: count, in: height), on: &frame.surface, in: rect)
    view.draw(on: &frame.surface, in: inside)
    return nil
  }

  /// `1 line above, +12 lines`; nothing where all are seen.
  static func scrolled(_ first: Int, of count: Int, in height: Int) -> Phrase {
    let hidden = count - height - first
    return .joined(
      [
        first == 1 ? "1 line above" : first > 0 ? "\(first) lines above" : .empty,
        hidden == 1 ? "+1 line" : hidden > 0 ? "+\(hidden) lines" : .empty,
      ], separator: ", ")
  }

  private func draw(_ panel: TextPanel, on frame: inout Frame, in rect: Rect) -> Point? {
    let view = TextView(said(panel.text), top: panel.top)
    let inside = rect.below(1).inset(columns: 1)
    let count = view.lineCount(columns: inside.columns)
    let first = Viewport.top(panel.top, showing: nil, height: inside.rows, count: count)
    drawTitle(
      panel.title, note: Self.scrolled(first, of: count, in: inside.rows), on: &frame.surface,
      in: rect)
    view.draw(on: &frame.surface, in: inside)
    return nil
  }
}
