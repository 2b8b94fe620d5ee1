import Domain
package import Keys
import Operations
package import Phrases

/// Where an account is added or changed: all that can be said of one. What is nothing for such an
/// account, or can't change any more, says so beside its field.
package final class AccountFormScreen: Screen {
  package static let keymap: [Binding] = [.accountSave, .fieldList] + Binding.fields

  private static let attributes = AccountAttribute.allCases
  private static let answers: [AccountAttribute] = [
    .heading, .control, .closes, .revalues, .department,
  ]

  private let desk: Desk
  private let chart: [ChartOfAccounts.Row]
  private let departments: [Departments.Row]
  private let editing: AccountToEdit.Value?
  private let words: ChoiceWords
  private var form: FieldForm
  /// While it is, saving again would find the number taken by itself.
  private var isSaving = false

  /// A new account, at first below the heading that `below` is or stands under.
  init(
    at desk: Desk, chart: [ChartOfAccounts.Row], departments: [Departments.Row],
    below: ChartOfAccounts.Row?
  ) {
    self.desk = desk
    self.chart = chart
    self.departments = departments
    editing = nil
    let parent = below.flatMap { row in
      row.isHeader ? row : chart.first { $0.id == row.parent }
    }
    words = desk.words
    form = Self.form(
      AccountContent(number: "", name: "", parent: parent?.id, type: parent?.type ?? .asset),
      chart, departments, words)
  }

  init(
    at desk: Desk, chart: [ChartOfAccounts.Row], departments: [Departments.Row],
    editing account: AccountToEdit.Value
  ) {
    self.desk = desk
    self.chart = chart
    self.departments = departments
    editing = account
    words = desk.words
    form = Self.form(account.content, chart, departments, words)
  }

  private static func form(
    _ content: AccountContent, _ chart: [ChartOfAccounts.Row],
    _ departments: [Departments.Row], _ words: ChoiceWords
  ) -> FieldForm {
    let usual = departments.first { $0.id == content.usualDepartment }?.facts.label ?? ""
    return FieldForm(
      attributes.map { attribute in
        guard attribute != .usualDepartment else {
          return FormField(label: attribute.phrase, text: usual) { _ in
            departments.map(\.facts.label)
          }
        }
        return FormField(label: attribute.phrase, text: content.text(of: attribute, chart, words)) {
          choices(of: attribute, $0, chart, words)
        }
      })
  }

  private static func choices(
    of attribute: AccountAttribute, _ texts: [String], _ chart: [ChartOfAccounts.Row],
    _ words: ChoiceWords
  ) -> [String] {
    switch attribute {
    case .parent: chart.filter(\.isHeader).map(\.label)
    case .type: AccountType.allCases.map(words.text)
    case .category:
      AccountCategory.allCases.filter { category in
        words.type(texts[place(of: .type)]).map(category.types.contains) ?? true
      }.map(words.text)
    case .heading, .control, .closes, .revalues, .department: [words.yes, words.no]
    case .cashFlow: CashFlowClass.allCases.map(words.text)
    case .number, .name, .currency, .usualDepartment, .description, .bankName, .bankNumber,
      .bankCode:
      []
    }
  }

  private static func place(of attribute: AccountAttribute) -> Int {
    attributes.firstIndex(of: attribute) ?? 0
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

  package func dismiss() -> Bool { form.closeList() }

  package func point(at target: Target) -> [Effect] {
    form.point(at: target)
    return []
  }

  private func step(_ step: FieldStep) -> [Effect] { form.step(step) ? save() : [] }

  private func text(_ attribute: AccountAttribute) -> String {
    form.texts[Self.place(of: attribute)]
  }

  package var actions: [Action] {
    let save = Binding.accountSave.asked(
      editing == nil ? CreateAccount.permission : UpdateAccount.permission)
    return [Action(save) { [weak self] in self?.save() ?? [] }]
      + fieldActions { [weak self] in self?.step($0) ?? [] }
      + [listAction(form) { [weak self] in self?.form.openList() }]
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

  // MARK: What stands in the fields

  /// What can't be read counts as the usual; below what it stands isn't looked up.
  private var typed: AccountContent {
    func says(_ attribute: AccountAttribute) -> Bool { text(attribute) == words.yes }
    return AccountContent(
      number: text(.number), name: text(.name), type: words.type(text(.type)) ?? .asset,
      category: words.category(text(.category)), isHeader: says(.heading),
      isControl: says(.control), currency: text(.currency).isEmpty ? nil : text(.currency),
      closes: says(.closes), revalues: says(.revalues), requiresDepartment: says(.department),
      isSystem: editing?.content.isSystem ?? false, cashFlow: words.cashFlow(text(.cashFlow)),
      description: text(.description), bankName: text(.bankName), bankNumber: text(.bankNumber),
      bankCode: text(.bankCode))
  }

  /// Nil when something won't do; then each field says what, and the cursor stands on the first.
  private func content() -> AccountContent? {
    form.closeList()
    form.clearFaults()
    var content = typed
    content.usualDepartment = usualDepartment()
    let isRead = requireReadable()
    for problem in content.problems where isRead || problem.isOfNames {
      tell(of: .account(problem))
    }
    if let was = editing?.content, editing?.isPosted == true {
      let fixed = UserMessage(Refusal.account(.fixedOncePosted)).phrase
      if content.type != was.type { fault(.type, fixed) }
      if content.currency != was.currency { fault(.currency, fixed) }
      if content.isHeader != was.isHeader { fault(.heading, fixed) }
    }
    if !text(.parent).isEmpty {
      do { content.parent = try chart.named(text(.parent)).id } catch {
        fault(.parent, UserMessage(error).phrase)
      }
    }
    return form.goToFault() ? nil : content
  }

  /// Nil where none is typed, or none that there is, which is said beside the field.
  private func usualDepartment() -> ID<Department>? {
    let typed = text(.usualDepartment)
    guard !typed.isEmpty else { return nil }
    do {
      return try departments.first { $0.facts.label == typed }?.id ?? departments.called(typed).id
    } catch {
      fault(.usualDepartment, UserMessage(error).phrase)
      return nil
    }
  }

  /// Whether type and category, on which the other rules depend, are any.
  private func requireReadable() -> Bool {
    let (type, category) = (words.type(text(.type)), words.category(text(.category)))
    if type == nil { fault(.type, "There is no such type.") }
    if category == nil { fault(.category, "There is no such category.") }
    for attribute in Self.answers where ![words.yes, words.no].contains(text(attribute)) {
      fault(attribute, "yes or no?")
    }
    if !text(.cashFlow).isEmpty, words.cashFlow(text(.cashFlow)) == nil {
      fault(.cashFlow, "There is no such class.")
    }
    return type != nil && category != nil
  }

  private func fault(_ attribute: AccountAttribute, _ words: Phrase) {
    form.fault(Self.place(of: attribute), words)
  }

  private func point(at error: any Error) {
    isSaving = false
    guard let refusal = error as? Refusal else { return }
    tell(of: refusal)
    _ = form.goToFault()
  }

  /// Beside the field that it is about.
  private func tell(of refusal: Refusal) {
    let attribute: AccountAttribute? =
      switch refusal {
      case .taken: .number
      case .account(let problem): problem.attribute
      default: nil
      }
    if let attribute { fault(attribute, UserMessage(refusal).phrase) }
  }

  // MARK: What is said beside them

  package var panels: [Panel] {
    var panel = form.panel(title)
    let content = typed
    for (index, attribute) in Self.attributes.enumerated() {
      panel.fields[index].note = note(beside: attribute, of: content)
    }
    return [.form(panel)]
  }

  private func note(beside attribute: AccountAttribute, of content: AccountContent) -> Phrase {
    switch content.objection(to: attribute) {
    case .notOfHeading?: return "not for a heading"
    case .onlyOfBanks?: return "only for a bank"
    case .neverCloses?: return "not for its type"
    case .resultStays?: return "takes the result"
    case .notMonetary?: return "only money and claims"
    default: break
    }
    switch attribute {
    case .type, .category, .heading, .currency:
      let isFixed = attribute != .category && editing?.isPosted == true
      if isFixed { return "fixed: something is posted" }
      return attribute != .currency && content.isSystem ? "the books need it so" : .empty
    case .closes: return content.type.isTemporary ? "closed in any case" : .empty
    case .cashFlow:
      guard text(.cashFlow).isEmpty else { return .empty }
      guard let usual = content.category.cashFlowClass else { return "its category doesn't say" }
      return "\(usual.phrase), by its category"
    case .usualDepartment: return "of lines that name none"
    case .number, .name, .parent, .control, .revalues, .department, .description, .bankName,
      .bankNumber, .bankCode:
      return .empty
    }
  }
}

extension AccountProblem {
  /// Whether it stays one whatever the account's type.
  fileprivate var isOfNames: Bool { self == .numberInvalid || self == .nameMissing }
}

extension AccountContent {
  /// As it stands in its field.
  fileprivate func text(
    of attribute: AccountAttribute, _ chart: [ChartOfAccounts.Row], _ words: ChoiceWords
  ) -> String {
    switch attribute {
    case .number: number
    case .name: name
    case .parent: chart.first { $0.id == parent }?.label ?? ""
    case .type: words.text(type)
    case .category: words.text(category)
    case .heading: words.yesOrNo(isHeader)
    case .control: words.yesOrNo(isControl)
    case .currency: currency ?? ""
    case .closes: words.yesOrNo(closes)
    case .revalues: words.yesOrNo(revalues)
    case .department: words.yesOrNo(requiresDepartment)
    case .usualDepartment: ""
    case .cashFlow: cashFlow.map { words.text($0) } ?? ""
    case .description: description
    case .bankName: bankName
    case .bankNumber: bankNumber
    case .bankCode: bankCode
    }
  }
}

extension ChoiceWords {
  fileprivate func text(_ type: AccountType) -> String { text(type.phrase, type.rawValue) }
  fileprivate func text(_ category: AccountCategory) -> String {
    text(category.phrase, category.rawValue)
  }
  fileprivate func text(_ cashFlow: CashFlowClass) -> String {
    text(cashFlow.phrase, cashFlow.rawValue)
  }

  fileprivate func type(_ typed: String) -> AccountType? {
    AccountType.allCases.first { text($0) == typed }
  }

  fileprivate func category(_ typed: String) -> AccountCategory? {
    AccountCategory.allCases.first { text($0) == typed }
  }

  fileprivate func cashFlow(_ typed: String) -> CashFlowClass? {
    CashFlowClass.allCases.first { text($0) == typed }
  }
}

extension Binding {
  static let accountSave = Binding(
    "account.save", [.function(10), .alt("f")], "save", "Save the account", UpdateAccount.permission
  )
}
