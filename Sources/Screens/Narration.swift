import Keys
import Phrases
import ViewModels

/// All that can be heard of the navigator's state, in the order in which it is said. Whatever a
/// screen shows by a colour or by a place stands here as a word.
struct Narration {
  private(set) var sentences: [Sentence] = []
  private(set) var typing: Typing?
  /// Whether something lies over the screen, whose own sentences are left out then.
  let isCovered: Bool
  private let language: Language

  init(of navigator: Navigator) {
    isCovered = navigator.overlay != nil
    language = navigator.settings.language
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
    _ about: String, _ words: Phrase, _ set: (inout Sentence) -> Void = { _ in }
  ) {
    let text = words.text(in: language)
    guard !text.isEmpty, words != Panel.loading else { return }
    var sentence = Sentence(about, text)
    set(&sentence)
    sentences.append(sentence)
  }

  private mutating func sayHere(_ about: String, _ text: Phrase, aside: Phrase = .empty) {
    let aside = aside.text(in: language)
    say("here.\(about)", text) {
      $0.isHere = true
      $0.patience = .pause
      $0.aside = aside
    }
  }

  // MARK: Around the panels

  private static func whereabouts(of navigator: Navigator) -> Phrase {
    let place = navigator.whereabouts
    return .joined(
      [Phrase(verbatim: place.business), place.period, place.banner, navigator.identity],
      separator: ", ")
  }

  private mutating func tellScreen(of navigator: Navigator) {
    let panels = navigator.top?.panels ?? []
    // What it is called may be known only once it has been read.
    if case .text(let text)? = panels.first, text.text == Panel.loading { return }
    let titles = navigator.stack.map(\.title)
    let above = titles.dropLast().reversed().map { "in \($0)" as Phrase }
    say("screen.title", .joined(["Screen \(titles.last ?? .empty)"] + above, separator: ", "))
    sayList("sections", "Sections", navigator.sections.map { "\($0.rawValue) \($0.title)" })
    let parts = panels.contains(where: \.isBeside) ? panels.map(\.title) : []
    sayList("screen.parts", "Parts", parts, at: .shown)
    for (index, panel) in panels.enumerated() {
      let about = "screen.\(index)"
      guard panel.isBeside else {
        tell(panel, about, under: titles.last ?? .empty)
        continue
      }
      // What keys don't go to is heard when they do, or when all is asked for.
      let start = sentences.count
      tell(panel, about + ".beside", under: titles.last ?? .empty)
      for place in start..<sentences.count {
        sentences[place].moment = .asked
        sentences[place].isHere = false
      }
    }
    sayKeys(of: navigator)
  }

  private mutating func sayList(
    _ about: String, _ title: Phrase, _ items: [Phrase], at moment: Sentence.Moment = .asked
  ) {
    say(about, items.isEmpty ? .empty : "\(title): \(Phrase.joined(items, separator: ", "))") {
      $0.moment = moment
    }
  }

  private mutating func sayKeys(of navigator: Navigator) {
    let isText = navigator.top?.takesText ?? false
    let keys = (navigator.actions + navigator.globalActions).compactMap { action -> Phrase? in
      let key = action.keys.first { !isText || $0.text == nil || action.binding.worksInText }
      guard let key, action.unavailable == nil else { return nil }
      return "\(key.name) \(action.title)"
    }
    sayList("keys", "Keys", keys)
  }

  // MARK: Panels

  private mutating func tell(_ panel: Panel, _ about: String, under title: Phrase) {
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
        let words: Phrase =
          switch (field.old, field.new) {
          case (let old?, let new?): "from \(old) to \(new)"
          case (nil, let new?): Phrase(verbatim: new)
          case (let old?, nil): "no longer \(old)"
          case (nil, nil): .empty
          }
        say("\(about).change.\(index)", "\(field.name): \(words)")
      }
    case .code(let code):
      sayTitle(code.title, about, under: title)
      say("\(about).text", code.text)
    }
  }

  private mutating func sayTitle(
    _ title: Phrase, note: Phrase = .empty, _ about: String, under screen: Phrase
  ) {
    let isKnown = title == screen
    let words: Phrase =
      note.isEmpty
      ? (isKnown ? .empty : title)
      : isKnown ? "Shown: \(note)" : .joined([title, note], separator: ", ")
    say("\(about).title", words)
  }

  private mutating func tell(_ table: TablePanel, _ about: String, under title: Phrase) {
    sayTitle(table.title, note: table.scope, about, under: title)
    for column in table.columns where column.sort != nil {
      say(
        "\(about).sort",
        column.sort == .descending
          ? "Sorted by \(column.title), descending" : "Sorted by \(column.title), ascending")
    }
    if let filter = table.filter {
      var field = FieldState("Filter")
      field.editor = filter
      tell(field, "Filter", "\(about).filter", isTyped: table.isFiltering)
    }
    if table.rows.isEmpty {
      sayHere(about, table.emptyText)
    } else if let cursor = table.cursor, table.rows.indices.contains(cursor) {
      let position: Phrase =
        table.position.isEmpty ? "\(cursor + 1) of \(table.rows.count)" : table.position
      // Of how many is known only later; the same row in another place is another row.
      let place = String(position.english.prefix { $0 != " " })
      sayHere(
        "\(about).\(place)", words(of: table.rows[cursor], under: table.columns),
        aside: position.english.contains("…") ? Phrase(verbatim: place) : position)
    } else {
      // What has no cursor can't be gone through, so it is said whole.
      for (index, row) in table.rows.enumerated() {
        say("\(about).row.\(index)", words(of: row, under: table.columns))
      }
    }
    if let totals = table.totals {
      say("\(about).totals", words(of: totals, under: table.columns)) { $0.patience = .field }
    }
    if !table.foot.isEmpty { say("\(about).foot", table.foot) { $0.patience = .field } }
  }

  private mutating func tell(_ chart: ChartPanel, _ about: String, under title: Phrase) {
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
      say("\(about).points", .joined(points.map(\.words), separator: ", "))
    }
  }

  private mutating func tell(_ form: FormPanel, _ about: String, under title: Phrase) {
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
      say("\(about).totals", words(of: grid.totals, under: grid.columns)) {
        $0.moment = .changed
        $0.patience = .field
      }
    }
    let remarks = form.remarks.map { "\($0.severity.word) \($0.text)" as Phrase }
    say("\(about).remarks", .joined(remarks, separator: "; ")) { $0.patience = .field }
    if let choices = form.choices { tell(choices) }
  }

  /// The field that is typed in is said as the place where one is, when one comes to it.
  private mutating func tell(_ field: FieldState, _ label: Phrase, _ about: String, isTyped: Bool) {
    let words = field.words(label)
    let fault = field.fault?.text(in: language)
    say(about, words) {
      $0.isBlank = field.text.isEmpty && field.fault == nil
      $0.fault = fault
    }
    guard isTyped else { return }
    typing = Typing(field, label, about: about, in: language)
    say("here.field", .joined([words, field.offer], separator: ", ")) {
      $0.isHere = true
      $0.fault = fault
      $0.identity = about
    }
  }

  private mutating func tell(_ list: ChoiceList) {
    guard let highlighted = list.highlighted, list.choices.indices.contains(highlighted) else {
      return sayHere("choice", "There is a list to choose from: Down goes into it")
    }
    let choice = list.choices[highlighted]
    let note = choice.refusal.map { "can't be taken: \($0)" as Phrase } ?? choice.note
    sayHere(
      "choice", .joined(["Choice \(choice.text)", note], separator: ", "),
      aside: "\(highlighted + 1) of \(list.choices.count)")
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
    let keys: Phrase =
      entry.keys.isEmpty ? .empty : "keys \(entry.keys.joined(separator: " "))"
    let note = entry.isAvailable ? entry.note : "not available: \(entry.note)"
    sayHere(
      "entry", .joined([entry.title, keys, note], separator: ", "),
      aside: "\(chooser.cursor + 1) of \(chooser.matches.count)")
  }

  private mutating func tell(_ picker: DayPicker) {
    say("over.title", "Month: Choose a day")
    say(
      "over.keys",
      """
      Left and Right go by a day, Up and Down by a week, PgUp and PgDn by a month, t to today, \
      Enter takes, Esc leaves
      """)
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
    case .form, .facts, .text, .diff, .code: false
    }
  }

  fileprivate var title: Phrase {
    switch self {
    case .table(let table): table.title
    case .form(let form): form.title
    case .facts(let facts): facts.title
    case .text(let text): text.title
    case .chart(let chart): chart.title
    case .diff(let diff): diff.title
    case .code(let code): code.title
    }
  }
}

extension ChartPanel.Point {
  fileprivate var words: Phrase { "\(label) \(text.spokenAmount)" }
}

extension FieldState {
  /// `Text: Lamp oil`, with what the program makes of it. What is secret is only said to be there.
  fileprivate func words(_ label: Phrase) -> Phrase {
    let said: Phrase =
      text.isEmpty ? "empty" : isSecret ? "filled in, not read aloud" : Phrase(verbatim: text)
    return .joined(["\(label): \(said)", note], separator: ", ")
  }

  /// What stands behind an empty field.
  var offer: Phrase { text.isEmpty && !ghost.isEmpty ? "suggested \(ghost)" : .empty }
}

extension Narration {
  /// `marked, No D-3, Date 2026-11-23, Amount 99.00`.
  private func words(of row: TableRow, under columns: [TableColumn]) -> Phrase {
    // Some of it is still being read.
    if row.cells.contains("…") { return .empty }
    var parts: [Phrase] = row.isMarked ? ["marked"] : []
    let shape = row.shape
    switch shape.tone {
    case .plain, .muted: break
    case .inactive: parts.append("inactive")
    case .ghost: parts.append("not posted")
    case .heading: parts.append("heading")
    case .warning: parts.append("attention")
    }
    if shape.level > 0 || shape.fold != nil { parts.append("level \(shape.level + 1)") }
    switch shape.fold {
    case nil: break
    case .open: parts.append(Phrase(word: "open", context: "fold"))
    case .closed: parts.append("folded")
    }
    for (column, cell) in zip(columns, row.cells) where !cell.isEmpty {
      let text = column.kind == .amount ? cell.text(in: language).spokenAmount : cell
      parts.append(column.title.isEmpty ? text : "\(column.title) \(text)")
    }
    return .joined(parts, separator: ", ")
  }

  /// `Total, Debit 99.00, Credit 99.00`: only sums need their columns' titles.
  private func words(of totals: [Phrase], under columns: [TableColumn]) -> Phrase {
    let words = zip(columns, totals).filter { !$1.isEmpty }.map { column, total -> Phrase in
      column.kind == .amount
        ? "\(column.title) \(total.text(in: language).spokenAmount)" : total
    }
    return .joined(words, separator: ", ")
  }
}

extension String {
  /// However negative amounts are written: screen readers pass over signs.
  fileprivate var spokenAmount: Phrase {
    guard hasPrefix("-") || hasPrefix("(") || hasSuffix("-") else {
      return Phrase(verbatim: self)
    }
    return "minus \(filter { !"-()".contains($0) })"
  }
}
