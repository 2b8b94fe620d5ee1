import Keys
import ViewModels

/// All that can be heard of the navigator's state, in the order in which it is said. Whatever a
/// screen shows by a colour or by a place stands here as a word.
struct Narration {
  private(set) var sentences: [Sentence] = []
  private(set) var typing: Typing?
  /// Whether something lies over the screen, whose own sentences are left out then.
  let isCovered: Bool

  init(of navigator: Navigator) {
    isCovered = navigator.overlay != nil
    if navigator.desk != nil { say("where", Self.whereabouts(of: navigator)) }
    switch navigator.overlay {
    case .dialog(let dialog): tell(dialog)
    case .chooser(let chooser): tell(chooser)
    case .days(let picker): tell(picker)
    case nil: tellScreen(of: navigator)
    }
    if let work = navigator.work { say("work", "Working: \(work.title). Esc cancels") }
    // Last, as that is where one goes on.
    sentences = sentences.filter { !$0.isHere } + sentences.filter(\.isHere)
  }

  private mutating func say(
    _ about: String, _ text: String, _ set: (inout Sentence) -> Void = { _ in }
  ) {
    guard !text.isEmpty, text != Panel.loading else { return }
    var sentence = Sentence(about, text)
    set(&sentence)
    sentences.append(sentence)
  }

  private mutating func sayHere(_ about: String, _ text: String, aside: String = "") {
    say("here.\(about)", text) {
      $0.isHere = true
      $0.patience = .pause
      $0.aside = aside
    }
  }

  // MARK: Around the panels

  private static func whereabouts(of navigator: Navigator) -> String {
    let place = navigator.whereabouts.replacing(" | ", with: ", ").replacing("  ", with: ", ")
    return navigator.identity.isEmpty ? place : place + ", " + navigator.identity
  }

  private mutating func tellScreen(of navigator: Navigator) {
    let panels = navigator.top?.panels ?? []
    // What it is called may be known only once it has been read.
    if case .text(let text)? = panels.first, text.text == Panel.loading { return }
    let titles = navigator.stack.map(\.title)
    let above = titles.dropLast().reversed().map { ", in \($0)" }.joined()
    say("screen.title", "Screen \(titles.last ?? "")\(above)")
    sayList("sections", "Sections", navigator.sections.map { "\($0.rawValue) \($0.title)" })
    let parts = panels.contains(where: \.isBeside) ? panels.map(\.title) : []
    sayList("screen.parts", "Parts", parts, at: .shown)
    for (index, panel) in panels.enumerated() {
      let about = "screen.\(index)"
      guard panel.isBeside else {
        tell(panel, about, under: titles.last ?? "")
        continue
      }
      // What keys don't go to is heard when they do, or when all is asked for.
      let start = sentences.count
      tell(panel, about + ".beside", under: titles.last ?? "")
      for place in start..<sentences.count {
        sentences[place].moment = .asked
        sentences[place].isHere = false
      }
    }
    sayKeys(of: navigator)
  }

  private mutating func sayList(
    _ about: String, _ title: String, _ items: [String], at moment: Sentence.Moment = .asked
  ) {
    say(about, items.isEmpty ? "" : "\(title): " + items.joined(separator: ", ")) {
      $0.moment = moment
    }
  }

  private mutating func sayKeys(of navigator: Navigator) {
    let isText = navigator.top?.takesText ?? false
    let keys = (navigator.actions + navigator.globalActions).compactMap { action -> String? in
      let key = action.keys.first { !isText || $0.text == nil || action.binding.worksInText }
      guard let key, action.unavailable == nil else { return nil }
      return "\(key.name) \(action.title)"
    }
    sayList("keys", "Keys", keys)
  }

  // MARK: Panels

  private mutating func tell(_ panel: Panel, _ about: String, under title: String) {
    switch panel {
    case .table(let table): tell(table, about, under: title)
    case .form(let form): tell(form, about, under: title)
    case .facts(let facts):
      sayTitle(facts.title, about, under: title)
      for (index, fact) in facts.facts.enumerated() {
        say("\(about).fact.\(index)", "\(fact.label): \(fact.value)")
      }
    case .text(let text):
      sayTitle(text.title, about, under: title)
      say("\(about).text", text.text)
    case .chart(let chart): tell(chart, about, under: title)
    case .diff(let diff):
      sayTitle(diff.title, about, under: title)
      for (index, field) in diff.fields.enumerated() {
        let words =
          switch (field.old, field.new) {
          case (let old?, let new?): "from \(old) to \(new)"
          case (nil, let new?): new
          case (let old?, nil): "no longer \(old)"
          case (nil, nil): ""
          }
        say("\(about).change.\(index)", "\(field.name): \(words)")
      }
    }
  }

  private mutating func sayTitle(
    _ title: String, note: String = "", _ about: String, under screen: String
  ) {
    let isKnown = title == screen
    let words = note.isEmpty ? (isKnown ? "" : title) : (isKnown ? "Shown: " : title + ", ") + note
    say("\(about).title", words)
  }

  private mutating func tell(_ table: TablePanel, _ about: String, under title: String) {
    sayTitle(table.title, note: table.scope, about, under: title)
    for column in table.columns where column.sort != nil {
      let order = column.sort == .descending ? "descending" : "ascending"
      say("\(about).sort", "Sorted by \(column.title), \(order)")
    }
    if let filter = table.filter {
      var field = FieldState("Filter")
      field.editor = filter
      tell(field, "Filter", "\(about).filter", isTyped: table.isFiltering)
    }
    if table.rows.isEmpty {
      sayHere(about, table.emptyText)
    } else if let cursor = table.cursor, table.rows.indices.contains(cursor) {
      let position =
        table.position.isEmpty ? "\(cursor + 1) of \(table.rows.count)" : table.position
      // Of how many is known only later; the same row in another place is another row.
      let place = String(position.prefix { $0 != " " })
      sayHere(
        "\(about).\(place)", table.rows[cursor].words(under: table.columns),
        aside: position.contains("…") ? place : position)
    } else {
      // What has no cursor can't be gone through, so it is said whole.
      for (index, row) in table.rows.enumerated() {
        say("\(about).row.\(index)", row.words(under: table.columns))
      }
    }
    if let totals = table.totals {
      say("\(about).totals", totals.totalWords(under: table.columns)) { $0.patience = .field }
    }
  }

  private mutating func tell(_ chart: ChartPanel, _ about: String, under title: String) {
    sayTitle(chart.title, note: chart.note, about, under: title)
    let points = chart.points
    guard let least = points.min(by: { $0.value < $1.value }),
      let most = points.max(by: { $0.value < $1.value })
    else { return sayHere(about, chart.emptyText) }
    say("\(about).range", "Chart of \(points.count), least \(least.words), most \(most.words)")
    if chart.isFocused, let selected = chart.selected, points.indices.contains(selected) {
      sayHere(
        "\(about).\(selected)", points[selected].words,
        aside: "\(selected + 1) of \(points.count)")
    } else {
      say("\(about).points", points.map(\.words).joined(separator: ", "))
    }
  }

  private mutating func tell(_ form: FormPanel, _ about: String, under title: String) {
    sayTitle(form.title, note: form.note, about, under: title)
    for (index, field) in form.fields.enumerated() {
      tell(field, field.label, "\(about).field.\(index)", isTyped: form.focus == index)
    }
    if let grid = form.grid {
      for (line, fields) in grid.lines.enumerated() {
        for (column, field) in fields.enumerated() where grid.columns.indices.contains(column) {
          tell(
            field, "Line \(line + 1) \(grid.columns[column].title)",
            "\(about).cell.\(line).\(column)",
            isTyped: grid.focus == GridState.Place(line: line, column: column))
        }
      }
      say("\(about).totals", grid.totals.totalWords(under: grid.columns)) {
        $0.moment = .changed
        $0.patience = .field
      }
    }
    let remarks = form.remarks.map { "\($0.severity.word) \($0.text)" }
    say("\(about).remarks", remarks.joined(separator: "; ")) { $0.patience = .field }
    if let choices = form.choices { tell(choices) }
  }

  /// The field that is typed in is said as the place where one is, when one comes to it.
  private mutating func tell(_ field: FieldState, _ label: String, _ about: String, isTyped: Bool) {
    let words = field.words(label)
    say(about, words) {
      $0.isBlank = field.text.isEmpty && field.fault == nil
      $0.fault = field.fault
    }
    guard isTyped else { return }
    typing = Typing(field, label, about: about)
    say("here.field", words + (field.offer.isEmpty ? "" : ", \(field.offer)")) {
      $0.isHere = true
      $0.fault = field.fault
      $0.identity = about
    }
  }

  private mutating func tell(_ list: ChoiceList) {
    guard let highlighted = list.highlighted, list.choices.indices.contains(highlighted) else {
      return sayHere("choice", "There is a list to choose from: Down goes into it")
    }
    let choice = list.choices[highlighted]
    let note = choice.refusal.map { "can't be taken: \($0)" } ?? choice.note
    let parts = ["Choice " + choice.text, note].filter { !$0.isEmpty }.joined(separator: ", ")
    sayHere("choice", parts, aside: "\(highlighted + 1) of \(list.choices.count)")
  }

  // MARK: What lies over the screen

  private mutating func tell(_ dialog: ViewModels.Dialog) {
    say("over.title", "Question: \(dialog.title)")
    say("over.body", dialog.body)
    if let field = dialog.field {
      tell(field, field.label, "over.field", isTyped: dialog.focus == nil)
      say(
        "over.keys",
        "Tab goes on to \(dialog.confirm) and \(dialog.cancel), Enter takes, Esc cancels")
    } else {
      say("over.keys", "y \(dialog.confirm), n \(dialog.cancel), Tab changes, Enter takes")
    }
    if let focus = dialog.focus {
      let title = focus == 0 ? dialog.confirm : dialog.cancel
      sayHere("button", "Button \(title), \(focus + 1) of 2")
    }
  }

  private mutating func tell(_ chooser: Chooser) {
    say("over.title", "List: \(chooser.title)")
    var field = FieldState("Find")
    field.editor = chooser.filter
    tell(field, "Find", "over.find", isTyped: true)
    guard chooser.matches.indices.contains(chooser.cursor) else {
      return sayHere("entry", "Nothing here matches. Delete letters to see more.")
    }
    let entry = chooser.matches[chooser.cursor]
    let keys = entry.keys.isEmpty ? "" : "keys " + entry.keys.joined(separator: " ")
    let note = entry.isAvailable ? entry.note : "not available: \(entry.note)"
    let words = [entry.title, keys, note].filter { !$0.isEmpty }.joined(separator: ", ")
    sayHere("entry", words, aside: "\(chooser.cursor + 1) of \(chooser.matches.count)")
  }

  private mutating func tell(_ picker: DayPicker) {
    say("over.title", "Month: Choose a day")
    say(
      "over.keys",
      "Left and Right go by a day, Up and Down by a week, PgUp and PgDn by a month, t to today,"
        + " Enter takes, Esc leaves")
    sayHere("day", picker.words)
  }
}

// MARK: Words

extension Panel {
  /// Whether keys go to another part of the screen.
  fileprivate var isBeside: Bool {
    switch self {
    case .table(let table): table.isBeside
    case .chart(let chart): !chart.isFocused
    case .form, .facts, .text, .diff: false
    }
  }

  fileprivate var title: String {
    switch self {
    case .table(let table): table.title
    case .form(let form): form.title
    case .facts(let facts): facts.title
    case .text(let text): text.title
    case .chart(let chart): chart.title
    case .diff(let diff): diff.title
    }
  }
}

extension ChartPanel.Point {
  fileprivate var words: String { "\(label) \(text.spokenAmount)" }
}

extension FieldState {
  /// `Text: Lamp oil`, with what the program makes of it. What is secret is only said to be there.
  fileprivate func words(_ label: String) -> String {
    let said = text.isEmpty ? "empty" : isSecret ? "filled in, not read aloud" : text
    return "\(label): \(said)" + (note.isEmpty ? "" : ", \(note)")
  }

  /// What stands behind an empty field.
  var offer: String { text.isEmpty && !ghost.isEmpty ? "suggested \(ghost)" : "" }
}

extension TableRow {
  /// `marked, No D-3, Date 2026-11-23, Amount 99.00`.
  fileprivate func words(under columns: [TableColumn]) -> String {
    // Some of it is still being read.
    if cells.contains("…") { return "" }
    var parts = isMarked ? ["marked"] : []
    switch shape.tone {
    case .plain, .muted: break
    case .inactive: parts.append("inactive")
    case .heading: parts.append("heading")
    case .warning: parts.append("attention")
    }
    if shape.level > 0 || shape.fold != nil { parts.append("level \(shape.level + 1)") }
    switch shape.fold {
    case nil: break
    case .open: parts.append("open")
    case .closed: parts.append("folded")
    }
    for (column, cell) in zip(columns, cells) where !cell.isEmpty {
      let text = column.kind == .amount ? cell.spokenAmount : cell
      parts.append(column.title.isEmpty ? text : "\(column.title) \(text)")
    }
    return parts.joined(separator: ", ")
  }
}

extension [String] {
  /// `Total, Debit 99.00, Credit 99.00`: only sums need their columns' titles.
  fileprivate func totalWords(under columns: [TableColumn]) -> String {
    zip(columns, self).filter { !$1.isEmpty }
      .map { $0.kind == .amount ? "\($0.title) \($1.spokenAmount)" : $1 }
      .joined(separator: ", ")
  }
}

extension String {
  /// However negative amounts are written: screen readers pass over signs.
  fileprivate var spokenAmount: String {
    guard hasPrefix("-") || hasPrefix("(") || hasSuffix("-") else { return self }
    return "minus " + filter { !"-()".contains($0) }
  }
}
