import Domain
package import Keys
import Operations
package import Phrases

/// Where an account is added or changed.
package final class AccountFormScreen: Screen {
  package static let keymap: [Binding] = [.accountSave] + Binding.fields

  private enum Field: Int, CaseIterable {
    case number
    case name
    case parent
    case type
    case category
    case heading
    case currency

    var label: Phrase {
      switch self {
      case .number: "Number"
      case .name: "Name"
      case .parent: "Below"
      case .type: "Type"
      case .category: "Category"
      case .heading: "Heading"
      case .currency: "Currency"
      }
    }
  }

  private let desk: Desk
  private let chart: [ChartOfAccounts.Row]
  private let editing: ChartOfAccounts.Row?
  private let words: Words
  private var fields: [FieldState]
  private var focus = Field.number
  private var highlighted: Int?
  private let opened: [String]
  /// While it is, saving again would find the number taken by itself.
  private var isSaving = false

  /// A new account, at first below the heading that `below` is or stands under.
  init(at desk: Desk, chart: [ChartOfAccounts.Row], below: ChartOfAccounts.Row?) {
    self.desk = desk
    self.chart = chart
    editing = nil
    let parent = below.flatMap { row in
      row.isHeader ? row : chart.first { $0.id == row.parent }
    }
    let type = parent?.type ?? .asset
    words = Words(desk.navigator.settings.language)
    fields = Self.fields([
      "", "", parent?.label ?? "", words.text(type), words.text(AccountCategory.usual(for: type)),
      words.no, "",
    ])
    opened = fields.map(\.text)
  }

  init(at desk: Desk, chart: [ChartOfAccounts.Row], editing row: ChartOfAccounts.Row) {
    self.desk = desk
    self.chart = chart
    editing = row
    words = Words(desk.navigator.settings.language)
    fields = Self.fields([
      row.number, row.name, chart.first { $0.id == row.parent }?.label ?? "", words.text(row.type),
      words.text(row.category), row.isHeader ? words.yes : words.no, row.currency ?? "",
    ])
    opened = fields.map(\.text)
  }

  private static func fields(_ texts: [String]) -> [FieldState] {
    zip(Field.allCases, texts).map { FieldState($0.label, $1) }
  }

  package var isRevisited: Bool { false }
  package var title: Phrase {
    editing.map { Phrase(verbatim: $0.label) } ?? "New account"
  }
  package var section: Section? { .accounts }
  package var takesText: Bool { true }
  package var unsaved: Phrase? {
    fields.map(\.text) == opened ? nil : "What you typed is not saved yet. F10 saves it."
  }

  package func load() -> [Effect] { [] }

  package func type(_ key: Key) -> Bool {
    guard fields[focus.rawValue].editor.handle(key) else { return false }
    changed()
    return true
  }

  package func paste(_ text: String) -> Int {
    defer { changed() }
    return fields[focus.rawValue].editor.insert(text)
  }

  private func changed() {
    fields[focus.rawValue].fault = nil
    highlighted = matches.isEmpty ? nil : 0
  }

  package func point(at target: Target) -> [Effect] {
    switch target {
    case .field(let index): if let field = Field(rawValue: index) { focus = field }
    case .choice(let index):
      highlighted = index
      go(1)
    default: break
    }
    return []
  }

  private func step(_ step: FieldStep) -> [Effect] {
    switch step {
    case .take where focus == Field.allCases.last: return save()
    case .take, .next: go(1)
    case .previous: go(-1)
    case .down where highlighted != nil: highlight(1)
    case .up where highlighted != nil: highlight(-1)
    case .down: go(1)
    case .up: go(-1)
    }
    return []
  }

  private func go(_ step: Int) {
    if let highlighted, matches.indices.contains(highlighted) {
      fields[focus.rawValue].editor = LineEditor(matches[highlighted])
    }
    highlighted = nil
    let count = Field.allCases.count
    focus = Field.allCases[(focus.rawValue + step + count) % count]
    fields[focus.rawValue].editor.selectAll()
  }

  private func highlight(_ step: Int) {
    highlighted = highlighted.map { min(max($0 + step, 0), matches.count - 1) }
  }

  /// What may stand in the field and fits what was typed.
  private var matches: [String] {
    let wanted = fields[focus.rawValue].text.lowercased()
    let all: [String] =
      switch focus {
      case .number, .name, .currency: []
      case .parent: chart.filter(\.isHeader).map(\.label)
      case .type: AccountType.allCases.map(words.text)
      case .category:
        AccountCategory.allCases.filter { category in
          words.type(text(.type)).map(category.types.contains) ?? true
        }.map(words.text)
      case .heading: [words.yes, words.no]
      }
    return all.filter { wanted.isEmpty || $0.lowercased().contains(wanted) }
  }

  private func text(_ field: Field) -> String { fields[field.rawValue].text }

  package var actions: [Action] {
    let save = Binding.accountSave.asked(
      editing == nil ? CreateAccount.permission : UpdateAccount.permission)
    return [Action(save) { [weak self] in self?.save() ?? [] }]
      + fieldActions { [weak self] in self?.step($0) ?? [] }
  }

  private func save() -> [Effect] {
    guard !isSaving, let content = content() else { return [] }
    isSaving = true
    let navigator = desk.navigator
    func saved() -> [Effect] {
      let effects = navigator.close(self)
      navigator.tell(.done, "\(content.number) \(content.name) is saved.")
      return effects
    }
    let failed: (any Error) -> Void = { [weak self] in self?.point(at: $0) }
    guard let editing else {
      return [
        desk.perform(CreateAccount(content), "Saving", failed: failed, then: { _ in saved() })
      ]
    }
    let update = UpdateAccount(editing.id, content: content, version: editing.version)
    return [desk.perform(update, "Saving", failed: failed, then: saved)]
  }

  /// Nil when something won't do; then each field says what, and the cursor stands on the first.
  private func content() -> AccountContent? {
    for index in fields.indices { fields[index].fault = nil }
    let (type, category) = (words.type(text(.type)), words.category(text(.category)))
    if type == nil { fault(.type, "There is no such type.") }
    if category == nil { fault(.category, "There is no such category.") }
    if ![words.yes, words.no].contains(text(.heading)) { fault(.heading, "yes or no?") }
    var content = AccountContent(
      number: text(.number), name: text(.name), type: type ?? .asset, category: category,
      isHeader: text(.heading) == words.yes, isControl: editing?.isControl ?? false,
      currency: text(.currency).isEmpty ? nil : text(.currency), closes: editing?.closes ?? false,
      revalues: editing?.revalues ?? false,
      requiresDepartment: editing?.requiresDepartment ?? false,
      isSystem: editing?.isSystem ?? false)
    for problem in content.problems {
      if type == nil, case .categoryOfOtherType = problem { continue }
      tell(of: .account(problem))
    }
    if !text(.parent).isEmpty {
      do { content.parent = try chart.named(text(.parent)).id } catch {
        fault(.parent, UserMessage(error).phrase)
      }
    }
    return goToFault() ? nil : content
  }

  private func fault(_ field: Field, _ words: Phrase) { fields[field.rawValue].fault = words }

  @discardableResult
  private func goToFault() -> Bool {
    guard let first = Field.allCases.first(where: { fields[$0.rawValue].fault != nil }) else {
      return false
    }
    focus = first
    return true
  }

  private func point(at error: any Error) {
    isSaving = false
    guard let refusal = error as? Refusal else { return }
    tell(of: refusal)
    goToFault()
  }

  /// Beside the field that it is about.
  private func tell(of refusal: Refusal) {
    let field: Field? =
      switch refusal {
      case .taken, .account(.numberInvalid): .number
      case .account(.nameMissing): .name
      case .account(.parentOfOtherClass): .parent
      case .account(.categoryOfOtherType): .category
      case .account(.unknownCurrency): .currency
      case .account(.fixedOncePosted), .account(.hasLines): .type
      default: nil
      }
    if let field { fault(field, UserMessage(refusal).phrase) }
  }

  package var panels: [Panel] {
    var panel = FormPanel(title: title, fields: fields, focus: focus.rawValue)
    let matches = matches
    if highlighted != nil, !matches.isEmpty {
      panel.choices = ChoiceList(
        choices: matches.map {
          ChoiceList.Choice(text: Phrase(verbatim: $0), note: .empty, refusal: nil)
        },
        highlighted: highlighted)
    }
    return [.form(panel)]
  }
}

/// What is chosen from a list, as it stands in its field: in the language of whoever chooses.
private struct Words {
  private let language: Language

  init(_ language: Language) { self.language = language }

  var yes: String { ("yes" as Phrase).text(in: language) }
  var no: String { ("no" as Phrase).text(in: language) }

  func text(_ type: AccountType) -> String { text(type.phrase, type.rawValue) }
  func text(_ category: AccountCategory) -> String { text(category.phrase, category.rawValue) }

  func type(_ typed: String) -> AccountType? {
    AccountType.allCases.first { text($0) == typed }
  }

  func category(_ typed: String) -> AccountCategory? {
    AccountCategory.allCases.first { text($0) == typed }
  }

  /// In English they are typed as the command line takes them.
  private func text(_ phrase: Phrase, _ name: String) -> String {
    let text = phrase.text(in: language)
    return text == phrase.english ? name : text
  }
}

extension Binding {
  static let accountSave = Binding(
    "account.save", [.function(10), .alt("f")], "save", "Save the account", UpdateAccount.permission
  )
}
