package import Domain
package import Keys
package import Operations
import Phrases
package import Screens
package import ViewModels
package import Widgets

/// Somebody at a terminal, without a terminal: keys in, the screen as text out. It takes the same
/// steps as `Interface`, but each key's work is done before the next key is pressed, unless a test
/// sends events without settling.
@MainActor
package final class Driver {
  package let navigator: Navigator
  private let drawing = ScreenDrawing()
  private var pending: [Effect] = []
  package private(set) var size: Size
  /// What the terminal was asked to do, the last of all.
  package private(set) var requests: [TerminalRequest] = []
  private var reading = LinearReading()
  /// How many keys were pressed since it was last set.
  package var keyCount = 0

  package init(
    _ workspace: Workspace, size: Size = Size(columns: 80, rows: 24),
    settings: Settings = Settings()
  ) async {
    navigator = Navigator(workspace: workspace, origin: TestBooks.origin, settings: settings)
    self.size = size
    send(.resized(columns: size.columns, rows: size.rows))
    begin(navigator.start())
    await settle()
  }

  /// Somebody of the role who has signed in and gone to the journal, or to where `startsAt` leads
  /// from the first screen; nil stays there.
  package convenience init(
    _ role: Domain.Role, in books: TestBooks, size: Size = Size(columns: 80, rows: 24),
    settings: Settings = Settings(), startsAt: Stroke? = "2"
  ) async {
    await self.init(books.workspace, size: size, settings: settings)
    await paste("\(role.rawValue)@books.example")
    await press(.enter)
    await paste(TestBooks.password)
    await press(.enter)
    if let startsAt { await press(startsAt) }
    keyCount = 0
  }

  /// Somebody of the role who has signed in and pressed `keys`, in the journal if they don't begin
  /// with the number of a section that the role has.
  package convenience init(
    _ role: Domain.Role, in books: TestBooks, size: Size = Size(columns: 80, rows: 24),
    settings: Settings = Settings(), pressing keys: [Stroke]
  ) async {
    await self.init(role, in: books, size: size, settings: settings, startsAt: nil)
    let digit = keys.first?.keys.first?.text.flatMap { Int(String($0)) }
    if !navigator.sections.contains(where: { $0.rawValue == digit }) { await press("2") }
    for key in keys { await press(key) }
    keyCount = 0
  }

  /// Has something happen without waiting for what follows.
  package func send(_ event: Event) {
    begin(navigator.update(event))
    requests += navigator.takeRequests()
  }

  private func begin(_ effects: [Effect]) {
    for effect in effects { navigator.began(effect) }
    pending += effects
  }

  /// Clicks on the first place where `text` stands on the screen.
  package func click(_ text: String) async {
    guard let row = lines.firstIndex(where: { $0.contains(text) }),
      let start = lines[row].firstRange(of: text)
    else { return }
    let before = String(lines[row][..<start.lowerBound])
    let point = Point(column: TextWidth.columns(of: before), row: row)
    if let target = drawing.draw(navigator, size: size).target(at: point) {
      send(.click(target))
      await settle()
    }
  }

  /// Does all work that is under way and all that comes of it.
  package func settle() async {
    while !pending.isEmpty {
      let effect = pending.removeFirst()
      let apply = await effect.run()
      navigator.ended(effect)
      send(.finished(effect, apply))
    }
  }

  package func press(_ strokes: Stroke...) async {
    for key in strokes.flatMap(\.keys) {
      keyCount += 1
      send(.key(key))
      await settle()
    }
  }

  package func paste(_ text: String) async {
    send(.paste(text, leftOut: 0))
    await settle()
  }

  package func resize(columns: Int, rows: Int) {
    size = Size(columns: columns, rows: rows)
    send(.resized(columns: columns, rows: rows))
  }

  // MARK: What is heard

  /// What is said since it was last asked for, the line that is typed on first.
  package func heard(
    on occasion: LinearReading.Occasion = .input, again: TerminalRequest.Extent? = nil
  ) -> [String] {
    let news = reading.news(of: navigator, on: occasion, again: again)
    return (news.echo.isEmpty ? [] : [news.echo]) + news.lines
  }

  /// Presses one key after the other and gives all that is said meanwhile; what is typed on one
  /// line is one line.
  package func hear(_ strokes: Stroke...) async -> [String] {
    var (lines, isTyping) = ([String](), false)
    for key in strokes.flatMap(\.keys) {
      await press(Stroke(key))
      let news = reading.news(of: navigator)
      if isTyping, !news.echo.isEmpty {
        lines[lines.count - 1] += news.echo
      } else if !news.echo.isEmpty {
        lines.append(news.echo)
      }
      isTyping = news.lines.isEmpty && (isTyping || !news.echo.isEmpty)
      lines += news.lines
    }
    return lines
  }

  // MARK: What is seen

  /// Drawn anew each time: who asks for several things of it keeps it.
  package var frame: Frame { drawing.draw(navigator, size: size) }
  package var surface: Surface { frame.surface }
  package var cursor: Point? { frame.cursor }

  /// The screen as text, without blanks at the ends of lines.
  package var screen: String { surface.text() }
  package var lines: [String] { surface.textLines }

  /// The last line but one: what was said.
  package var message: String {
    lines.dropLast().last?.trimmingPrefix(" ").description ?? ""
  }

  package func shows(_ text: String) -> Bool { screen.contains(text) }

  /// What the question says that lies over the screen.
  package var question: String? {
    guard case .dialog(let dialog)? = navigator.overlay else { return nil }
    return dialog.body.english
  }

  /// Titles of the stacked screens, the first first.
  package var path: [String] { navigator.stack.map(\.title.english) }

  /// What may be done on the screen, everywhere's left out.
  package var actionIDs: [String] { navigator.actions.map(\.id) }

  /// The rows of the table on the screen.
  package var rows: [[String]] { table?.rows.map { $0.cells.map(\.english) } ?? [] }

  package var table: TablePanel? {
    for case .table(let table) in navigator.top?.panels ?? [] { return table }
    return nil
  }

  /// The tables on the screen by their titles.
  package var tables: [String: TablePanel] {
    var found: [String: TablePanel] = [:]
    for case .table(let table) in navigator.top?.panels ?? [] { found[table.title.english] = table }
    return found
  }

  package var charts: [ChartPanel] {
    (navigator.top?.panels ?? []).compactMap { panel in
      if case .chart(let chart) = panel { chart } else { nil }
    }
  }

  package var form: FormPanel? {
    for case .form(let form) in navigator.top?.panels ?? [] { return form }
    return nil
  }

  /// The field that is typed in.
  package var field: FieldState? {
    guard let form else { return nil }
    if let focus = form.focus { return form.fields[focus] }
    return form.grid?.focus.flatMap { form.grid?.lines[$0.line][$0.column] }
  }

  /// The texts of an entry's lines: account, debit, credit, memo of each.
  package var grid: [[String]] { form?.grid?.lines.map { $0.map(\.text) } ?? [] }
}

extension Surface {
  /// As text, without blanks at their ends.
  package var textLines: [String] {
    text().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}

/// Keys as a test writes them: `press("n", .enter, "Lamp oil")`.
package struct Stroke: ExpressibleByStringInterpolation, Sendable {
  package let keys: [Key]

  package init(_ keys: Key...) { self.keys = keys }
  package init(stringLiteral text: String) { keys = text.map(Key.character) }

  package static let enter = Stroke(Key.enter)
  package static let tab = Stroke(Key.tab)
  package static let backTab = Stroke(Key.backTab)
  package static let escape = Stroke(Key.escape)
  package static let backspace = Stroke(Key.backspace)
  package static let up = Stroke(Key.up)
  package static let down = Stroke(Key.down)
  package static let home = Stroke(Key.home)
  package static let end = Stroke(Key.end)
  package static let right = Stroke(Key.right)
  package static let pageUp = Stroke(Key.pageUp)
  package static let pageDown = Stroke(Key.pageDown)
  package static let space = Stroke(Key.space)

  package static func function(_ number: Int) -> Stroke { Stroke(Key.function(number)) }
  package static func ctrl(_ character: Character) -> Stroke { Stroke(Key.ctrl(character)) }
  package static func alt(_ character: Character) -> Stroke { Stroke(Key.alt(character)) }
}
