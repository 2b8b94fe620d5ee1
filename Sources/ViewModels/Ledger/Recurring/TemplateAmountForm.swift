import Domain
import Keys
import Operations
import Phrases

/// Where the amount of a template's line comes from when a schedule writes it (RULES §3.8,
/// Recurring).
struct TemplateAmountForm {
  let templates: [EntryTemplates.Template]
  let facts: EntryFormFacts.Value

  private enum Field: Int {
    case template
    case line
    case rule
    case percent
    case account
    case amount
  }

  /// `name` is that of the template to begin with.
  func screen(of name: String?, at desk: Desk) -> FormScreen {
    let rules = Self.rules(desk.words)
    let accounts = facts.accounts.filter { !$0.isHeader }.map(\.label)
    let preview: ([String]) -> Phrase = { now(of: $0, at: desk) }
    return FormScreen(
      "Amounts of a template",
      [
        FormField(label: "Template", text: name ?? "") { _ in templates.map(\.name) },
        FormField(label: "Line") { choices(of: $0) },
        FormField(label: "Amount is", text: rules[0].text) { _ in rules.map(\.text) },
        FormField(label: "Per cent"),
        FormField(label: "Of account") { _ in accounts },
        FormField(label: "Amount", hint: "above zero a debit, below it a credit"),
      ], in: .journal, SetTemplateAmount.permission, at: desk, preview: preview
    ) { save($0, at: desk) }
  }

  private static func rules(_ words: ChoiceWords) -> [(text: String, value: AmountRule.Kind)] {
    AmountRule.Kind.allCases.map { (words.text($0.phrase, $0.rawValue), $0) }
  }

  private func template(called name: String) -> EntryTemplates.Template? {
    templates.first { $0.name == name.trimmingSpaces }
  }

  /// `1 6200 Rent`.
  private func lines(of template: EntryTemplates.Template) -> [String] {
    template.content.lines.enumerated().map { index, line in
      "\(index + 1) \(label(of: line.account))"
    }
  }

  private func label(of account: ID<Account>) -> String {
    facts.accounts.first { $0.id == account }?.label ?? ""
  }

  /// Whoever typed the number of a line doesn't want another whose account holds it.
  private func choices(of texts: [String]) -> [String] {
    guard let template = template(called: texts[Field.template.rawValue]) else { return [] }
    let (lines, typed) = (lines(of: template), texts[Field.line.rawValue])
    return lines.filter { $0.hasPrefix(typed) } + lines.filter { !$0.hasPrefix(typed) }
  }

  /// Where the amount of the line comes from so far.
  private func now(of texts: [String], at desk: Desk) -> Phrase {
    guard let template = template(called: texts[Field.template.rawValue]),
      let index = lines(of: template)
        .firstIndex(of: texts[Field.line.rawValue].trimmingSpaces),
      let currency = facts.valuation.currency(template.content.lines[index].currency)
    else { return .empty }
    let number = desk.navigator.settings.amounts.text(
      template.content.lines[index].amount, exponent: currency.exponent)
    let amount = "\(number) \(currency.code)"
    switch template.rules[index] {
    case .fixed: return "Now: \(amount)"
    case .last: return "Now: what it was the last time, at first \(amount)"
    case .share(let millionths, let account):
      let percent = Quantity(Int128(millionths), decimals: AmountRule.percentDecimals)
      return "Now: \(percent.reduced().text) % of \(label(of: account))"
    }
  }

  private func save(_ form: FormScreen, at desk: Desk) -> [Effect] {
    let template = form.choice(
      Field.template.rawValue, templates.map { ($0.name, $0) }, "There is no such template.")
    let kind = form.choice(
      Field.rule.rawValue, Self.rules(desk.words), "An amount can't come from there.")
    guard let template, let kind else { return [] }
    let line = form.choice(
      Field.line.rawValue, lines(of: template).enumerated().map { ($0.element, $0.offset) },
      "The template has no such line.")
    guard let line, let rule = rule(kind, in: form) else { return [] }
    let isGiven = !form.text(Field.amount.rawValue).isEmpty
    let amount =
      isGiven
      ? form.reading(Field.amount.rawValue) {
        try AmountExpression.parse(
          $0, exponent: facts.currency(template.content.lines[line].currency).exponent)
      } : nil
    guard !isGiven || amount != nil else { return [] }
    return form.perform(
      SetTemplateAmount(rule, amount, of: line + 1, in: template.id), place: Self.place
    ) { _ in "Line \(line + 1) of \(template.name) is kept." }
  }

  /// Nil, and that is said, where what a share needs is missing, or is there without one.
  private func rule(_ kind: AmountRule.Kind, in form: FormScreen) -> AmountRule? {
    guard kind == .share else {
      let needless = [Field.percent, .account].filter { !form.text($0.rawValue).isEmpty }
      for field in needless { form.fault(field.rawValue, "Only a share is of a balance.") }
      return needless.isEmpty ? (kind == .last ? .last : .fixed) : nil
    }
    let percent = form.reading(Field.percent.rawValue, orElse: "How many per cent?") {
      try AmountExpression.parse($0, exponent: AmountRule.percentDecimals).minorUnits
    }
    let account = form.reading(Field.account.rawValue, orElse: "Which account?") {
      try facts.accounts.named($0).id
    }
    guard let percent, let account else { return nil }
    return .share(percent, of: account)
  }

  private static func place(_ refusal: Refusal) -> Int? {
    switch refusal {
    case .recurrence(.share): Field.percent.rawValue
    case .recurrence(.noLine): Field.line.rawValue
    default: nil
    }
  }
}
