import Domain
import Keys
import Operations
import Phrases

/// What is asked of a set of rights, a new one or one that is there.
struct TemplateForm {
  let row: PermissionTemplates.Row?
  let departments: [Departments.Row]
  let accounts: [ChartOfAccounts.Row]

  func screen(at desk: Desk) -> FormScreen {
    let permissions = Permission.allCases.map(\.rawValue)
    let content = row?.content
    let narrowing = narrowing
    return FormScreen(
      content.map { Phrase(verbatim: $0.name) } ?? "New template",
      [
        FormField(label: "Name", text: content?.name ?? ""),
        FormField(label: "What for", text: content?.description ?? ""),
        FormField(label: "Gives", text: content?.names(.allow) ?? "") { _ in permissions },
        FormField(label: "Forbids", text: content?.names(.deny) ?? "") { _ in permissions },
        FormField(label: "Limit", text: content?.limit.map(desk.text) ?? ""),
        FormField(
          label: "Departments only",
          text: departments.filter { narrowing.departments?.contains($0.id) ?? false }.map(\.code)
            .joined(separator: ", ")
        ) { _ in departments.map(\.code) },
        FormField(
          label: "Accounts only",
          text: accounts.filter { narrowing.accounts?.contains($0.id) ?? false }.map(\.number)
            .joined(separator: ", ")
        ) { _ in accounts.map(\.label) },
        .conditions(narrowing, exponent: desk.place.exponent),
        .yesOrNo("In use", content?.isInUse ?? true, desk.words),
      ], in: .people,
      row == nil ? CreatePermissionTemplate.permission : UpdatePermissionTemplate.permission,
      at: desk
    ) { send($0) }
  }

  private func send(_ form: FormScreen) -> [Effect] {
    let (limit, narrowing) = (form.amount(4), typed(in: form))
    let forbidden = form.words(3)
    let content = TemplateContent(
      form.text(0), description: form.text(1),
      items: items(.allow, form.words(2), limit, narrowing)
        + items(.deny, forbidden, nil, narrowing),
      isInUse: form.answer(8) ?? true)
    let place: (Refusal) -> Int? = {
      switch $0 {
      case .taken, .nameLength: 0
      case .access(.tooLong): 1
      case .access(.unknownPermission(let name)): forbidden.contains(name) ? 3 : 2
      case .access(.emptyTemplate), .access(.notHeld): 2
      case .access(.negativeLimit): 4
      default: nil
      }
    }
    guard let row else {
      return form.perform(CreatePermissionTemplate(content), place: place) { _ in
        "\(content.name) is there. Nobody has it yet."
      }
    }
    return form.perform(
      UpdatePermissionTemplate(row.id, content: content, version: row.version), place: place
    ) { "\(content.name) is saved." }
  }

  private func typed(in form: FormScreen) -> Conditions {
    var narrowing = form.conditions(7)
    let (within, with) = (
      form.parts(5) { try departments.called($0).id }, form.parts(6) { try accounts.named($0).id }
    )
    narrowing.departments = within.isEmpty ? nil : Set(within)
    narrowing.accounts = with.isEmpty ? nil : Set(with)
    return narrowing
  }

  /// What narrows it, which is the same for all that it gives unless another program wrote it.
  private var narrowing: Conditions {
    row?.content.items.first.flatMap { Conditions(json: $0.conditions) } ?? Conditions()
  }

  /// What was there stays exactly as it was where nothing was said of what narrows it.
  private func items(
    _ effect: Grant.Effect, _ patterns: [String], _ limit: Money?, _ narrowing: Conditions
  ) -> [TemplateContent.Item] {
    let old = row?.content.items.filter { $0.effect == effect } ?? []
    let isUnchanged =
      narrowing == self.narrowing && (effect == .deny || limit == row?.content.limit)
    return patterns.flatMap { pattern in
      let kept = old.filter { $0.pattern == pattern }
      if isUnchanged, !kept.isEmpty { return kept }
      return [TemplateContent.Item(effect, pattern, limit: limit, conditions: narrowing.json)]
    }
  }
}
