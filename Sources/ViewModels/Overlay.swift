package import Keys
import Operations
package import Phrases

/// What lies over a screen and takes the keys.
package enum Overlay {
  case dialog(Dialog)
  case chooser(Chooser)
  case days(DayPicker)
}

/// A question. Its default is to cancel, unless nothing could be lost.
package struct Dialog {
  package let title: Phrase
  /// What follows from saying yes.
  package internal(set) var body: Phrase
  package let confirm: Phrase
  package let cancel: Phrase
  /// A text that goes with the answer: a reason.
  package var field: FieldState?
  /// 0 is confirm, 1 cancel; nil while the field has the cursor.
  package private(set) var focus: Int?
  /// What is wrong with the field's text, which then can't be the answer; nil if nothing.
  private let fault: (String) -> Phrase?
  let cancelled: () -> [Effect]
  let confirmed: (String) -> [Effect]

  init(
    title: Phrase, body: Phrase, confirm: Phrase, cancel: Phrase = "Cancel",
    field: FieldState? = nil, fault: @escaping (String) -> Phrase? = { _ in nil },
    defaultsToConfirm: Bool = false,
    cancelled: @escaping () -> [Effect] = { [] }, confirmed: @escaping (String) -> [Effect]
  ) {
    self.title = title
    self.body = body
    self.confirm = confirm
    self.cancel = cancel
    self.field = field
    // What is suggested is typed over, as in a form; what was refused is mended.
    if field?.fault == nil { self.field?.editor.selectAll() }
    self.fault = fault
    focus = field != nil ? nil : defaultsToConfirm ? 0 : 1
    self.cancelled = cancelled
    self.confirmed = confirmed
  }

  enum Answer {
    case stays
    case cancelled
    case confirmed
  }

  mutating func focus(on button: Int) { focus = button }

  mutating func press(_ key: Key) -> Answer {
    switch key {
    case .escape, .function(12), .ctrl("g"), .ctrl("c"): return .cancelled
    case .enter:
      if focus == 1 { return .cancelled }
      return answer()
    case .tab, .down: focus = next(1)
    case .backTab, .up: focus = next(-1)
    case .left where focus != nil, .right where focus != nil: focus = focus == 0 ? 1 : 0
    default:
      if focus == nil {
        _ = field?.editor.handle(key)
        field?.fault = nil
        return .stays
      }
      if key == "y" { return answer() }
      if key == "n" { return .cancelled }
    }
    return .stays
  }

  /// A text with a fault keeps the question, and what was typed.
  private mutating func answer() -> Answer {
    guard let typed = field?.text, let fault = fault(typed) else { return .confirmed }
    field?.fault = fault
    focus = nil
    return .stays
  }

  /// Where a reason must be given, of as many characters as what is done asks for.
  static func shortReason(_ typed: String, least: Int) -> Phrase? {
    typed.drop(while: \.isWhitespace).count < least
      ? UserMessage(Refusal.reasonNeeded(least: least)).phrase : nil
  }

  /// Field, confirm, cancel, and round again.
  private func next(_ step: Int) -> Int? {
    let places: [Int?] = field == nil ? [0, 1] : [nil, 0, 1]
    let now = places.firstIndex(of: focus) ?? 0
    return places[(now + step + places.count) % places.count]
  }
}

/// A list to find something in by typing, and to take it by Enter: the keys of a screen, everything
/// that there is, the ways to sort.
package struct Chooser {
  package struct Entry {
    package let title: Phrase
    package let keys: [String]
    package let note: Phrase
    /// What else people call it; found by it, not shown.
    let alias: Phrase
    package let isAvailable: Bool
    /// Whether it stands behind what the letters match, where it was found for a text.
    let isLast: Bool
    let chosen: () -> [Effect]

    init(
      _ title: Phrase, keys: [String] = [], note: Phrase = .empty, alias: Phrase = .empty,
      isAvailable: Bool = true, isLast: Bool = false, chosen: @escaping () -> [Effect]
    ) {
      self.title = title
      self.keys = keys
      self.note = note
      self.alias = alias
      self.isAvailable = isAvailable
      self.isLast = isLast
      self.chosen = chosen
    }
  }

  package let title: Phrase
  /// That of the person who types.
  var language = Language.english {
    didSet { searched = nil }
  }
  private var entries: [Entry] {
    didSet { searched = nil }
  }
  /// What letters are looked for in, by entry: made once, not with every letter that is typed.
  private var searched: [[[Character]]]?
  /// What else there is for a text that was typed, before all others or behind them.
  private let found: (String) -> [Entry]
  /// Shows what taking the entry under the cursor would mean.
  private let preview: (Entry) -> Void
  let cancelled: () -> [Effect]
  package private(set) var filter = LineEditor()
  package private(set) var cursor = 0
  /// What the filter leaves, the best first.
  package private(set) var matches: [Entry] = []

  init(
    title: Phrase, entries: [Entry], cursor: Int = 0,
    found: @escaping (String) -> [Entry] = { _ in [] },
    preview: @escaping (Entry) -> Void = { _ in }, cancelled: @escaping () -> [Effect] = { [] }
  ) {
    self.title = title
    self.entries = entries
    self.cursor = cursor
    self.found = found
    self.preview = preview
    self.cancelled = cancelled
    refresh()
  }

  /// How many there are before letters leave any out.
  package var count: Int { entries.count }

  /// More entries, once they have been looked up.
  mutating func add(_ more: [Entry]) {
    entries += more
    refresh()
  }

  /// Kept rather than computed: the list is drawn more often than it changes.
  private mutating func refresh() {
    let wanted = filter.text
    guard !wanted.isEmpty else {
      matches = entries
      return
    }
    let searched =
      searched
      ?? entries.map { entry in
        [
          entry.title.text(in: language), entry.keys.joined(separator: " "),
          entry.note.text(in: language), entry.alias.text(in: language),
        ].map { Array($0.lowercased()) }
      }
    self.searched = searched
    let letters = Array(wanted.lowercased())
    let ranked = zip(entries, searched).compactMap { entry, texts -> (Entry, Int)? in
      texts.compactMap { FuzzyMatch.score(letters, in: $0) }.max().map { (entry, $0) }
    }
    // The order of the list decides between equals, so it must be kept.
    let sorted = ranked.enumerated().sorted {
      ($1.element.1, $0.offset) < ($0.element.1, $1.offset)
    }.map(\.element.0)
    let found = found(wanted)
    matches = found.filter { !$0.isLast } + sorted + found.filter(\.isLast)
  }

  enum Answer {
    case stays([Effect])
    case closed
    case chosen(Entry)
  }

  mutating func press(_ key: Key, page: Int) -> Answer {
    switch key {
    case .escape, .function(12), .function(1), .ctrl("g"), .ctrl("c"): return .closed
    case .enter:
      return matches.indices.contains(cursor) ? .chosen(matches[cursor]) : .closed
    default:
      if key.text == nil, let movement = Movement(key) {
        return .stays(move(movement, page: page))
      }
      if filter.handle(key) { filterChanged() }
      return .stays([])
    }
  }

  mutating func move(_ movement: Movement, page: Int) -> [Effect] {
    cursor = movement.cursor(from: cursor, count: matches.count, page: page) ?? 0
    previewSelected()
    return []
  }

  mutating func point(at index: Int) {
    cursor = matches.isEmpty ? 0 : min(max(index, 0), matches.count - 1)
  }

  mutating func paste(_ text: String) -> Int {
    let lost = filter.insert(text)
    filterChanged()
    return lost
  }

  private mutating func filterChanged() {
    refresh()
    cursor = 0
    previewSelected()
  }

  private func previewSelected() {
    if matches.indices.contains(cursor) { preview(matches[cursor]) }
  }
}

/// How well a few letters name something.
enum FuzzyMatch {
  /// Nil where the letters of `wanted` don't stand in `text` in their order; else the higher, the
  /// better: a whole phrase before letters here and there, a word's start before its middle. Both
  /// are in lower case.
  static func score(_ wanted: [Character], in text: [Character]) -> Int? {
    guard !wanted.isEmpty, wanted.count <= text.count else { return nil }
    if let start = start(of: wanted, in: text) {
      let isWordStart = start == 0 || !text[start - 1].isLetter
      return 1_000 + (isWordStart ? 500 : 0) + (start == 0 ? 200 : 0) - text.count
    }
    var (position, score) = (0, 0)
    for letter in wanted where letter != " " {
      guard let next = text[position...].firstIndex(of: letter) else { return nil }
      let isWordStart = next == 0 || !(text[next - 1].isLetter || text[next - 1].isNumber)
      score += next == position ? 5 : isWordStart ? 8 : -1
      position = next + 1
    }
    return score
  }

  private static func start(of wanted: [Character], in text: [Character]) -> Int? {
    (0...text.count - wanted.count).first { text[$0..<$0 + wanted.count].elementsEqual(wanted) }
  }
}
