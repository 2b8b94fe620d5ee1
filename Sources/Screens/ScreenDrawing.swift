import Keys
package import ViewModels
package import Widgets

/// Draws whatever the navigator shows: one function for each kind of panel, none for a screen.
package final class ScreenDrawing {
  /// Below this a message asks for more room; what was typed stays.
  package static let smallest = Size(columns: 60, rows: 16)

  /// The first row shown of each list, so that a list moves only when its cursor leaves it.
  private var tops: [String: Int] = [:]

  package init() {}

  /// The whole screen, and where the terminal's cursor belongs.
  package func draw(_ navigator: Navigator, size: Size) -> (surface: Surface, cursor: Point?) {
    var surface = Surface(size)
    guard size.columns >= Self.smallest.columns, size.rows >= Self.smallest.rows else {
      let cursor = MessageTooSmall(needed: Self.smallest).draw(on: &surface, in: surface.bounds)
      return (surface, cursor)
    }
    let parts = surface.bounds.split(rows: [.fixed(1), .fixed(1), .fill, .fixed(1), .fixed(1)])
    header(of: navigator).draw(on: &surface, in: parts[0])
    drawPlace(of: navigator, on: &surface, in: parts[1])
    var cursor = draw(navigator, on: &surface, in: parts[2])
    status(of: navigator)?.draw(on: &surface, in: parts[3])
    footer(of: navigator).draw(on: &surface, in: parts[4])
    if let overlay = navigator.overlay {
      cursor = draw(overlay, on: &surface, in: surface.bounds)
    }
    return (surface, cursor)
  }

  // MARK: Around the panels

  private func header(of navigator: Navigator) -> HeaderBar {
    HeaderBar(left: navigator.whereabouts, right: navigator.identity)
  }

  /// Tabs on a section's own screen, else the way that led here.
  private func drawPlace(of navigator: Navigator, on surface: inout Surface, in rect: Rect) {
    if navigator.stack.count == 1, navigator.desk != nil {
      let tabs = navigator.sections.map { Tabs.Tab($0.rawValue, $0.title) }
      Tabs(tabs, active: navigator.top?.section?.rawValue ?? 0).draw(on: &surface, in: rect)
    } else {
      let path = navigator.stack.map(\.title).joined(separator: " > ")
      let shown = TextWidth.truncated(" " + path, to: rect.columns, at: .middle)
      surface.write(shown, in: rect, role: .title)
    }
  }

  private func status(of navigator: Navigator) -> StatusLine? {
    if let message = navigator.message {
      return StatusLine(message.severity.shown, message.text)
    }
    return navigator.showsWork
      ? navigator.running.first.map { StatusLine(.info, "\($0)… (Esc cancels)") } : nil
  }

  private func footer(of navigator: Navigator) -> Footer {
    let shown = navigator.overlay == nil ? navigator.actions : []
    let own = shown.enumerated().map { index, action in
      Footer.Hint(
        key: action.keys.first?.name ?? "", title: action.title,
        priority: action.unavailable == nil ? index + 2 : index + 40,
        isAvailable: action.unavailable == nil)
    }
    let everywhere = navigator.globalActions.filter { ["help", "back"].contains($0.id) }.map {
      Footer.Hint(key: $0.keys.first?.name ?? "", title: $0.title, priority: 1)
    }
    return Footer(own + everywhere)
  }

  // MARK: Panels

  private func draw(_ navigator: Navigator, on surface: inout Surface, in rect: Rect) -> Point? {
    guard let panels = navigator.top?.panels else { return nil }
    let parts = rect.split(
      rows: panels.map { length(of: $0, in: rect, isAlone: panels.count == 1) })
    var cursor: Point?
    for (index, panel) in panels.enumerated() {
      let key = "\(navigator.stack.count).\(index).\(navigator.top?.title ?? "")"
      cursor = draw(panel, key: key, on: &surface, in: parts[index]) ?? cursor
    }
    return cursor
  }

  /// What is said of an entry leaves half of the room to its lines.
  private func length(of panel: Panel, in rect: Rect, isAlone: Bool) -> Length {
    switch panel {
    case .table: .fill(weight: 2)
    case .form(let form): form.grid == nil ? .fixed(form.fields.count + 3) : .fill
    case .facts(let facts):
      .fixed(
        min(
          factLines(facts, columns: rect.columns).count + 2, isAlone ? rect.rows : rect.rows / 2))
    case .text: .fill
    }
  }

  private func draw(
    _ panel: Panel, key: String, on surface: inout Surface, in rect: Rect
  )
    -> Point?
  {
    switch panel {
    case .table(let table): draw(table, key: key, on: &surface, in: rect)
    case .form(let form): draw(form, key: key, on: &surface, in: rect)
    case .facts(let facts): draw(facts, on: &surface, in: rect)
    case .text(let text): draw(text, on: &surface, in: rect)
    }
  }

  private func drawTitle(_ title: String, note: String, on surface: inout Surface, in rect: Rect) {
    let line = rect.line(0).inset(columns: 1)
    surface.write(title, in: line, role: .heading)
    surface.write(trailing: note, in: line, role: .muted)
  }

  private func draw(
    _ panel: TablePanel, key: String, on surface: inout Surface, in rect: Rect
  )
    -> Point?
  {
    drawTitle(panel.title, note: panel.note, on: &surface, in: rect)
    var table = Table(
      columns: panel.columns.map(\.shown), rows: panel.rows.map { $0.shown(under: panel.columns) },
      cursor: panel.cursor, top: tops[key] ?? 0,
      totals: panel.totals.map { TableRow($0).shown(under: panel.columns) },
      emptyText: panel.placeholder)
    let below = rect.below(1)
    table.top = Viewport.top(
      table.top, showing: panel.cursor, height: table.pageRows(height: below.rows),
      count: panel.rows.count)
    tops[key] = table.top
    return table.draw(on: &surface, in: below)
  }

  private func draw(_ panel: FactsPanel, on surface: inout Surface, in rect: Rect) -> Point? {
    let inside = rect.below(1).inset(columns: 1)
    let lines = factLines(panel, columns: rect.columns)
    let hidden = lines.count - inside.rows
    drawTitle(
      panel.title, note: hidden > 0 ? "+\(hidden) lines" : "", on: &surface, in: rect)
    for (index, line) in lines.enumerated() {
      surface.write(line.label, in: inside.line(index), role: .label)
      let room = inside.line(index).split(columns: [.fixed(labelColumns(panel)), .fill])
      surface.write(line.value, in: room[1], role: .text)
    }
    return nil
  }

  private func labelColumns(_ panel: FactsPanel) -> Int {
    (panel.facts.map { TextWidth.columns(of: $0.label) }.max() ?? 0) + 2
  }

  /// Values that are longer than a line go on below.
  private func factLines(_ panel: FactsPanel, columns: Int) -> [(label: String, value: String)] {
    let room = columns - 2 - labelColumns(panel)
    return panel.facts.flatMap { fact in
      TextWidth.wrapped(fact.value, to: room).enumerated().map { index, value in
        (index == 0 ? fact.label : "", value)
      }
    }
  }

  private func draw(_ panel: TextPanel, on surface: inout Surface, in rect: Rect) -> Point? {
    drawTitle(panel.title, note: "", on: &surface, in: rect)
    return TextView(panel.text, top: panel.top)
      .draw(on: &surface, in: rect.below(1).inset(columns: 1))
  }
}
