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
  private let words: ChoiceWords
  private var form: FieldForm
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
    words = desk.words
    form = Self.form(
      [
        "", "", parent?.label ?? "", words.text(type),
        words.text(AccountCategory.usual(for: type)), words.no, "",
      ], chart, words)
  }

  init(at desk: Desk, chart: [ChartOfAccounts.Row], editing row: ChartOfAccounts.Row) {
    self.desk = desk
    self.chart = chart
    editing = row
    words = desk.words
    form = Self.form(
      [
        row.number, row.name, chart.first { $0.id == row.parent }?.label ?? "",
        words.text(row.type), words.text(row.category), words.yesOrNo(row.isHeader),
        row.currency ?? "",
      ], chart, words)
  }

  private static func form(
    _ texts: [String], _ chart: [ChartOfAccounts.Row], _ words: ChoiceWords
  ) -> FieldForm {
    FieldForm(
      zip(Field.allCases, texts).map { field, text in
        FormField(label: field.label, text: text) { texts in
          switch field {
          case .number, .name, .currency: []
          case .parent: chart.filter(\.isHeader).map(\.label)
          case .type: AccountType.allCases.map(words.text)
          case .category:
            AccountCategory.allCases.filter { category in
              words.type(texts[Field.type.rawValue]).map(category.types.contains) ?? true
            }.map(words.text)
          case .heading: [words.yes, words.no]
          }
        }
      })
  }

  package var isRevisited: Bool { false }
  package var title: Phrase {
    editing.map { Phrase(verbatim: $0.label) } ?? "New account"
  }
  package var section: Section? { .accounts }
  package var takesText: Bool { true }
  package var unsaved: Phrase? { form.hasChanged ? .unsavedFields : nil }
  package func load() -> [Effect] { [] }
  package func type(_ key: Key) -> Bool { form.type(key) }
  package func paste(_ text: String) -> Int { form.paste(text) }

  package func point(at target: Target) -> [Effect] {
    form.point(at: target)
    return []
  }

  private func step(_ step: FieldStep) -> [Effect] { form.step(step) ? save() : [] }

  private func text(_ field: Field) -> String { form.texts[field.rawValue] }

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
    form.clearFaults()
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
    return form.goToFault() ? nil : content
  }

  private func fault(_ field: Field, _ words: Phrase) { form.fault(field.rawValue, words) }

  private func point(at error: any Error) {
    isSaving = false
    guard let refusal = error as? Refusal else { return }
    tell(of: refusal)
    _ = form.goToFault()
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

  package var panels: [Panel] { [.form(form.panel(title))] }
}

extension ChoiceWords {
  fileprivate func text(_ type: AccountType) -> String { text(type.phrase, type.rawValue) }
  fileprivate func text(_ category: AccountCategory) -> String {
    text(category.phrase, category.rawValue)
  }

  fileprivate func type(_ typed: String) -> AccountType? {
    AccountType.allCases.first { text($0) == typed }
  }

  fileprivate func category(_ typed: String) -> AccountCategory? {
    AccountCategory.allCases.first { text($0) == typed }
  }
}

extension Binding {
  static let accountSave = Binding(
    "account.save", [.function(10), .alt("f")], "save", "Save the account", UpdateAccount.permission
  )
}
