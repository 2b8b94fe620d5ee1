extension WorkflowDefinition {
  /// The canonical document: equal definitions have the same text. Fields stand in the order of
  /// their names, and what is as usual isn't written.
  package var json: JSON {
    .compact([
      "key": .string(key), "version": .integer(Int64(version)), "name": .string(name),
      "description": description.isEmpty ? nil : .string(description),
      "type": .string(type.rawValue), "start_on": startOn, "steps": steps,
      "timeout_hours": timeoutHours.map { .integer(Int64($0)) },
      "auto_approve_conditions": .listIfAny(automaticApprovals.map(\.json)),
      "can_be_cancelled": .flag(canBeCancelled, usual: true),
      "can_be_paused": .flag(canBePaused, usual: true),
      "requires_comments": .flag(requiresComments, usual: false),
    ])
  }

  /// What the schema keeps of what starts it.
  package var startOn: JSON {
    .compact([
      "subject": .string(trigger.subject.rawValue), "when": trigger.condition.map(\.json),
    ])
  }

  /// What the schema keeps of variables, nodes and edges.
  package var steps: JSON {
    .compact([
      "variables": .listIfAny(variables.map(\.json)), "nodes": .array(nodes.map(\.json)),
      "edges": .array(edges.map(\.json)),
    ])
  }
}

extension JSON {
  /// Sorted, without what is nil.
  fileprivate static func compact(_ fields: KeyValuePairs<String, JSON?>) -> JSON {
    .sorted(fields.compactMap { name, value in value.map { Field(name, $0) } })
  }

  fileprivate static func flag(_ flag: Bool, usual: Bool) -> JSON? {
    flag == usual ? nil : .bool(flag)
  }

  fileprivate static func listIfAny(_ items: [JSON]) -> JSON? {
    items.isEmpty ? nil : .array(items)
  }

  fileprivate static func number(_ number: Int) -> JSON { .integer(Int64(number)) }
}

extension GuardExpression {
  fileprivate var json: JSON { .string(text) }
}

extension AutomaticApproval {
  package var json: JSON { .compact(["id": .string(id), "when": condition.json]) }
}

extension WorkflowVariable {
  fileprivate var json: JSON {
    var choices: [JSON] = []
    if case .choice(let words) = type { choices = words.map(JSON.string) }
    return .compact([
      "name": .string(name), "type": .string(type.name.rawValue), "choices": .listIfAny(choices),
    ])
  }
}

extension WorkflowEdge {
  fileprivate var json: JSON {
    .compact([
      "from": .string(from), "to": .string(to), "when": condition.map(\.json),
      "default": .flag(isDefault, usual: false),
    ])
  }
}

extension WorkflowDuration {
  fileprivate var json: JSON {
    .compact([
      "minutes": .number(minutes), "clock": clock == .calendar ? nil : .string(clock.rawValue),
    ])
  }
}

extension AssigneeRule {
  package var json: JSON {
    switch self {
    case .user(let id): ["user": .integer(id.value)]
    case .role(let role): ["role": .string(role.rawValue)]
    case .department(let id, let role):
      .compact([
        "department_role": .string(role.rawValue),
        "department": id.map { .integer($0.value) },
      ])
    case .reportsTo(let levels): ["reports_to": .number(levels)]
    case .limitChain: .string("limit_chain")
    case .departmentHeads: .string("department_heads")
    case .group(let name): ["group": .string(name)]
    }
  }
}

extension Escalation {
  fileprivate var json: JSON {
    .compact([
      "after": after == WorkflowDuration(minutes: 0) ? nil : after.json, "to": to.json,
      "effect": effect == .adds ? nil : .string(effect.rawValue),
    ])
  }
}

extension TaskField {
  fileprivate var json: JSON {
    .compact([
      "variable": .string(variable), "label": label.isEmpty ? nil : .string(label),
      "required": .flag(isRequired, usual: true),
    ])
  }
}

extension WorkflowNode {
  fileprivate var json: JSON {
    let common: [JSON.Field?] = [
      JSON.Field("id", .string(id)), JSON.Field("kind", .string(kind.name.rawValue)),
      name.isEmpty ? nil : JSON.Field("name", .string(name)),
      maxVisits.map { JSON.Field("max_visits", .number($0)) },
    ]
    let own = kind.fields.compactMap { name, value in value.map { JSON.Field(name, $0) } }
    return .sorted(common.compactMap(\.self) + own + peopleFields)
  }

  /// What all that people do has.
  private var peopleFields: [JSON.Field] {
    guard let assignees = kind.assignees, let deadline = kind.deadline else { return [] }
    let fields: KeyValuePairs<String, JSON?> = [
      "assignee": assignees.rule.json, "fallback": assignees.fallback?.json,
      "can_pass_on": .flag(assignees.canPassOn, usual: false), "due": deadline.due?.json,
      "escalations": .listIfAny(deadline.escalations.map(\.json)),
    ]
    return fields.compactMap { name, value in value.map { JSON.Field(name, $0) } }
  }
}

extension WorkflowNode.Kind {
  fileprivate var fields: KeyValuePairs<String, JSON?> {
    switch self {
    case .start, .condition: [:]
    case .task(let step): ["form": .listIfAny(step.form.map(\.json))]
    case .approval(let step):
      [
        "mode": step.mode.json, "veto": .flag(step.hasVeto, usual: false),
        "other_persons": .flag(step.needsOtherPersons, usual: true),
        "within_limits": .flag(step.isWithinLimits, usual: true),
        "keeps_votes": .flag(step.keepsVotes, usual: false),
      ]
    case .review(let step): ["must_acknowledge": .flag(step.mustAcknowledge, usual: false)]
    case .notification(let step):
      ["to": .array(step.recipients.map(\.json)), "text": .string(step.template)]
    case .parallel(let join): ["join": .string(join)]
    case .join(let mode): ["mode": mode.json]
    case .wait(let step): step.fields
    case .system(let step):
      [
        "action": .string(step.action.rawValue),
        "retries": step.retries == 3 ? nil : .number(step.retries),
      ]
    case .end(let result): ["result": .string(result.rawValue)]
    }
  }
}

extension ApprovalMode {
  fileprivate var json: JSON? {
    switch self {
    case .any: nil
    case .all: .string("all")
    case .quorum(let count): ["quorum": .number(count)]
    case .sequential: .string("sequential")
    }
  }
}

extension JoinMode {
  fileprivate var json: JSON? {
    switch self {
    case .all: nil
    case .any: .string("any")
    case .count(let count): ["count": .number(count)]
    }
  }
}

extension WaitStep {
  fileprivate var fields: KeyValuePairs<String, JSON?> {
    switch self {
    case .day(let day): ["day": .string(day.text)]
    case .dayOf(let variable): ["day_of": .string(variable)]
    case .lasting(let duration): ["for": duration.json]
    case .event(let key): ["event": .string(key)]
    }
  }
}
