import Domain
import Keys
import Operations
import Phrases

/// One field of a form, before anybody typed.
struct FormField {
  let label: Phrase
  var text = ""
  var isSecret = false
  /// What it takes, where its label doesn't say.
  var hint = Phrase.empty
  /// What may stand in it, given what all fields hold; none where anything may.
  var choices: ([String]) -> [String] = { _ in [] }

  /// One that `FormScreen.conditions` reads.
  static func conditions(_ conditions: Conditions, exponent: Int) -> FormField {
    FormField(label: "Only where", text: conditions.text(exponent: exponent))
  }

  /// One that `FormScreen.answer` reads.
  static func yesOrNo(_ label: Phrase, _ isSo: Bool, _ words: ChoiceWords) -> FormField {
    FormField(label: label, text: words.yesOrNo(isSo)) { _ in [words.yes, words.no] }
  }
}

/// Fields that are filled in one after the other. Of what may be chosen those are offered that
/// hold what was typed, and going on takes the one that is lit.
struct FieldForm {
  private(set) var fields: [FieldState]
  private(set) var focus = 0 {
    // What is offered is for the field that was typed in.
    didSet { if focus != oldValue { (offers, highlighted) = (.nothing, nil) } }
  }
  private let choices: [([String]) -> [String]]
  private let opened: [String]
  private var offers = Offers.nothing
  private var highlighted: Int?

  private enum Offers {
    case nothing
    /// Of the choices those that hold what was typed.
    case matching
    case all
  }

  init(_ fields: [FormField]) {
    self.fields = fields.map { field in
      var state = FieldState(field.label, field.text, isSecret: field.isSecret)
      state.note = field.hint
      return state
    }
    choices = fields.map(\.choices)
    opened = fields.map(\.text)
    self.fields[0].editor.selectAll()
  }

  var texts: [String] { fields.map(\.text) }
  var hasChanged: Bool { texts != opened }

  mutating func type(_ key: Key) -> Bool {
    let before = fields[focus].text
    guard fields[focus].editor.handle(key) else { return false }
    if fields[focus].text != before { changed() }
    return true
  }

  mutating func paste(_ text: String) -> Int {
    defer { changed() }
    return fields[focus].editor.insert(text)
  }

  private mutating func changed() {
    fields[focus].fault = nil
    offers = .matching
    // Who cleared the field wants nothing in it.
    highlighted = matches.isEmpty || fields[focus].text.isEmpty ? nil : exactMatch ?? 0
  }

  /// Who typed all of one doesn't want another that holds it.
  private var exactMatch: Int? {
    let wanted = fields[focus].text.lowercased()
    return matches.firstIndex { $0.lowercased() == wanted }
  }

  mutating func point(at target: Target) {
    switch target {
    case .field(let index):
      guard fields.indices.contains(index), index != focus else { return }
      takeChoice()
      focus = index
    case .choice(let index):
      highlighted = index
      go(1)
    default: break
    }
  }

  /// Gives whether the last field was taken, which sends the form.
  mutating func step(_ step: FieldStep) -> Bool {
    switch step {
    case .take where focus == fields.count - 1:
      takeChoice()
      return true
    case .take, .next: go(1)
    case .previous: go(-1)
    case .down where isOffering: highlight(1)
    case .up where highlighted != nil: highlight(-1)
    case .down: go(1)
    case .up: go(-1)
    }
    return false
  }

  private mutating func go(_ step: Int) {
    takeChoice()
    focus = (focus + step + fields.count) % fields.count
    fields[focus].editor.selectAll()
  }

  private mutating func takeChoice() {
    let matches = matches
    if let highlighted, matches.indices.contains(highlighted) {
      fields[focus].editor = LineEditor(matches[highlighted])
    }
    closeList()
  }

  // MARK: Choices

  /// Whether anything is to be chosen for the field.
  var hasChoices: Bool { !choices[focus](texts).isEmpty }

  /// Offers all there are; that which stands there already is lit.
  mutating func openList() {
    offers = .all
    highlighted = exactMatch
  }

  /// Offers nothing more, and takes nothing; false where nothing was offered.
  @discardableResult
  mutating func closeList() -> Bool {
    let wasOffering = isOffering
    (offers, highlighted) = (.nothing, nil)
    return wasOffering
  }

  private var isOffering: Bool { offers != .nothing && !matches.isEmpty }

  private mutating func highlight(_ step: Int) {
    highlighted = highlighted.map { min(max($0 + step, 0), matches.count - 1) } ?? 0
  }

  private var matches: [String] {
    let wanted = offers == .all ? "" : fields[focus].text.lowercased()
    return choices[focus](texts).filter { wanted.isEmpty || $0.lowercased().contains(wanted) }
  }

  // MARK: Faults

  mutating func clearFaults() {
    for index in fields.indices { fields[index].fault = nil }
  }

  mutating func fault(_ index: Int, _ words: Phrase) { fields[index].fault = words }

  /// Puts the cursor on a field whose text is to be typed anew.
  mutating func retype(_ index: Int, because fault: Phrase?) {
    focus = index
    fields[index].fault = fault
    fields[index].editor.selectAll()
  }

  /// Puts the cursor on the first field that won't do, if one doesn't.
  mutating func goToFault() -> Bool {
    guard let first = fields.firstIndex(where: { $0.fault != nil }) else { return false }
    focus = first
    return true
  }

  func panel(_ title: Phrase) -> FormPanel {
    var panel = FormPanel(title: title, fields: fields, focus: focus)
    if isOffering {
      panel.choices = ChoiceList(
        choices: matches.map {
          ChoiceList.Choice(text: Phrase(verbatim: $0), note: .empty, refusal: nil)
        },
        highlighted: highlighted)
    }
    return panel
  }
}
