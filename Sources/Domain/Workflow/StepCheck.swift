/// Whether each step can be done by somebody, in time, with what there is (RULES §5.2).
struct StepCheck {
  private let definition: WorkflowDefinition
  private let context: PublishingContext
  private let vocabulary: GuardVocabulary

  init(_ definition: WorkflowDefinition, _ context: PublishingContext) {
    self.definition = definition
    self.context = context
    vocabulary = definition.vocabulary(exponent: context.exponent)
  }

  var flaws: [WorkflowFlaw] {
    variableFlaws + definition.nodes.flatMap { kindFlaws($0) + peopleFlaws($0) + timeFlaws($0) }
  }

  private var variableFlaws: [WorkflowFlaw] {
    var seen: Set<String> = []
    return definition.variables.compactMap { variable in
      let name = variable.name
      let isName = name.isWorkflowKey && GuardToken.isWord(name)
      if !isName || GuardAttribute(rawValue: name) != nil { return .variableName(name) }
      return seen.insert(name).inserted ? nil : .repeatedVariable(name)
    }
  }

  private func kindFlaws(_ node: WorkflowNode) -> [WorkflowFlaw] {
    switch node.kind {
    case .task(let step):
      step.form.filter { definition.variable($0.variable) == nil }
        .map { .unknownVariable(node.id, variable: $0.variable) }
    case .approval(let step): quorumFlaws(node, step)
    case .notification(let step): notificationFlaws(node, step)
    case .wait(let step): waitFlaws(node, step)
    case .system(let step): systemFlaws(node, step)
    case .start, .review, .condition, .parallel, .join, .end: []
    }
  }

  private func quorumFlaws(_ node: WorkflowNode, _ step: ApprovalStep) -> [WorkflowFlaw] {
    guard case .quorum(let needed) = step.mode else { return [] }
    let people = people(of: step.assignees)
    guard people > 0, !(1...people).contains(needed) else { return [] }
    return [.quorum(node.id, needed: needed, people: people)]
  }

  private func notificationFlaws(
    _ node: WorkflowNode, _ step: NotificationStep
  ) -> [WorkflowFlaw] {
    if step.recipients.isEmpty { return [.noRecipients(node.id)] }
    if isWithoutEntry(step.recipients) { return [.needsEntry(node.id)] }
    return step.placeholders.filter { vocabulary.type(of: $0) == nil }
      .map { .unknownVariable(node.id, variable: $0) }
  }

  private func waitFlaws(_ node: WorkflowNode, _ step: WaitStep) -> [WorkflowFlaw] {
    switch step {
    case .dayOf(let name):
      guard let variable = definition.variable(name) else {
        return [.unknownVariable(node.id, variable: name)]
      }
      return variable.type == .day ? [] : [.notADay(node.id, variable: name)]
    case .lasting(let duration):
      if duration.minutes < 1 { return [.noTime(node.id)] }
      return isAfterTimeout(duration.minutes) ? [.afterTimeout(node.id)] : []
    case .day, .event: return []
    }
  }

  private func systemFlaws(_ node: WorkflowNode, _ step: SystemStep) -> [WorkflowFlaw] {
    if definition.trigger.subject != .entry { return [.needsEntry(node.id)] }
    let permission = step.action.permission
    return context.permissions.contains(permission)
      ? [] : [.actionNotHeld(node.id, permission)]
  }

  private func peopleFlaws(_ node: WorkflowNode) -> [WorkflowFlaw] {
    guard let assignees = node.kind.assignees else { return [] }
    let escalations = node.kind.deadline?.escalations.map(\.to) ?? []
    let rules = [assignees.rule, assignees.fallback].compactMap(\.self) + escalations
    if isWithoutEntry(rules) { return [.needsEntry(node.id)] }
    var flaws: [WorkflowFlaw] = []
    if people(of: assignees) < 1 { flaws.append(.nobody(node.id)) }
    if escalations.contains(where: { context.people($0) < 1 }) {
      flaws.append(.nobodyToEscalateTo(node.id))
    }
    return flaws
  }

  private func people(of assignees: Assignees) -> Int {
    let found = context.people(assignees.rule)
    return found > 0 ? found : assignees.fallback.map(context.people) ?? 0
  }

  private func isWithoutEntry(_ rules: [AssigneeRule]) -> Bool {
    definition.trigger.subject != .entry && rules.contains(where: \.needsEntry)
  }

  private func timeFlaws(_ node: WorkflowNode) -> [WorkflowFlaw] {
    guard let deadline = node.kind.deadline else { return [] }
    let escalations = deadline.escalations
    guard let due = deadline.due else {
      return escalations.isEmpty ? [] : [.escalatesWithoutDue(node.id)]
    }
    if due.minutes < 1 { return [.noTime(node.id)] }
    let latest = escalations.map(\.after.minutes).max() ?? 0
    if isAfterTimeout(due.minutes + latest) { return [.afterTimeout(node.id)] }
    let isInOrder = zip(escalations, escalations.dropFirst()).allSatisfy { first, second in
      first.after.clock != second.after.clock || first.after.minutes <= second.after.minutes
    }
    return isInOrder ? [] : [.escalationsOutOfOrder(node.id)]
  }

  /// Working time is never over before as much time of the calendar is.
  private func isAfterTimeout(_ minutes: Int) -> Bool {
    definition.timeout.map { minutes > $0.minutes } ?? false
  }
}

extension NotificationStep {
  /// What stands in braces in its text, in order.
  package var placeholders: [String] {
    template.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap {
      part in
      part.firstIndex(of: "}").map { String(part[..<$0]) }
    }
  }
}
