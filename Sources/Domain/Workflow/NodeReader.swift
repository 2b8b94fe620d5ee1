/// Reads one node of a definition.
struct NodeReader {
  private let id: String
  private let names: DefinitionNames
  private var reader: DocumentReader

  init(_ json: JSON, id: String, names: DefinitionNames) throws(DefinitionFault) {
    self.id = id
    self.names = names
    reader = try DocumentReader(json, at: .node(id: id))
  }

  func node() throws(DefinitionFault) -> WorkflowNode {
    var copy = self
    return try copy.read()
  }

  private mutating func read() throws(DefinitionFault) -> WorkflowNode {
    _ = reader.take("id")
    let name = try reader.textIfAny("name") ?? ""
    let maxVisits = try reader.number("max_visits", WorkflowLimits.visits)
    let kind = try kind(try reader.word("kind"))
    try reader.finish()
    return WorkflowNode(id, kind, name: name, maxVisits: maxVisits)
  }

  private mutating func kind(
    _ name: WorkflowNode.KindName
  ) throws(DefinitionFault) -> WorkflowNode.Kind {
    switch name {
    case .start: .start
    case .task: .task(TaskStep(try assignees(), form: try form(), deadline: try deadline()))
    case .approval: .approval(try approval())
    case .review:
      .review(
        ReviewStep(
          try assignees(), mustAcknowledge: try reader.flag("must_acknowledge", usual: false),
          deadline: try deadline()))
    case .notification: .notification(try notification())
    case .condition: .condition
    case .parallel: .parallel(join: try reader.identifier("join"))
    case .join: .join(try joinMode())
    case .wait: .wait(try wait())
    case .system:
      .system(
        SystemStep(
          try reader.word("action"),
          retries: try reader.number("retries", WorkflowLimits.retries) ?? 3))
    case .end: .end(try reader.word("result"))
    }
  }

  private mutating func approval() throws(DefinitionFault) -> ApprovalStep {
    ApprovalStep(
      try assignees(), mode: try approvalMode(), hasVeto: try reader.flag("veto", usual: false),
      needsOtherPersons: try reader.flag("other_persons", usual: true),
      isWithinLimits: try reader.flag("within_limits", usual: true),
      keepsVotes: try reader.flag("keeps_votes", usual: false), deadline: try deadline())
  }

  private mutating func approvalMode() throws(DefinitionFault) -> ApprovalMode {
    switch reader.take("mode") {
    case nil, .string("any"): return .any
    case .string("all"): return .all
    case .string("sequential"): return .sequential
    case .object(let fields)?:
      return .quorum(try count("quorum", of: .object(fields)))
    default: throw reader.fault("mode", .unknownWord(known: ["any", "all", "sequential"]))
    }
  }

  private mutating func joinMode() throws(DefinitionFault) -> JoinMode {
    switch reader.take("mode") {
    case nil, .string("all"): return .all
    case .string("any"): return .any
    case .object(let fields)?: return .count(try count("count", of: .object(fields)))
    default: throw reader.fault("mode", .unknownWord(known: ["all", "any"]))
    }
  }

  /// `{"quorum": 2}`
  private func count(_ key: String, of json: JSON) throws(DefinitionFault) -> Int {
    var reader = try DocumentReader(json, at: reader.place, key: "mode")
    guard let count = try reader.number(key, WorkflowLimits.people) else {
      throw reader.fault(key, .missing)
    }
    try reader.finish()
    return count
  }

  private mutating func form() throws(DefinitionFault) -> [TaskField] {
    var fields: [TaskField] = []
    for var reader in try reader.objects("form", most: WorkflowLimits.formFields) {
      fields.append(
        TaskField(
          try reader.identifier("variable"), label: try reader.textIfAny("label") ?? "",
          isRequired: try reader.flag("required", usual: true)))
      try reader.finish()
    }
    return fields
  }

  private mutating func notification() throws(DefinitionFault) -> NotificationStep {
    var recipients: [AssigneeRule] = []
    for (index, item) in try reader.list("to", most: WorkflowLimits.recipients).enumerated() {
      recipients.append(try rule(item, in: reader, "to.\(index + 1)"))
    }
    return NotificationStep(
      to: recipients, template: try reader.text("text", most: WorkflowLimits.textCharacters))
  }

  private mutating func wait() throws(DefinitionFault) -> WaitStep {
    var found: [WaitStep] = []
    if let text = try reader.textIfAny("day") {
      guard let day = Day(text) else { throw reader.fault("day", .expected(.day)) }
      found.append(.day(day))
    }
    if let value = reader.take("day_of") {
      found.append(
        .dayOf(variable: try reader.text(value, "day_of", most: WorkflowLimits.keyCharacters)))
    }
    if let duration = try duration(&reader, "for") { found.append(.lasting(duration)) }
    if let key = try reader.textIfAny("event", most: WorkflowLimits.keyCharacters) {
      guard key.isWorkflowKey else { throw reader.fault("event", .notAKey) }
      found.append(.event(key))
    }
    guard found.count == 1 else {
      throw reader.fault("", .oneOf(["day", "day_of", "for", "event"]))
    }
    return found[0]
  }

  private mutating func deadline() throws(DefinitionFault) -> Deadline {
    let due = try duration(&reader, "due")
    var escalations: [Escalation] = []
    for var reader in try reader.objects("escalations", most: WorkflowLimits.escalations) {
      escalations.append(
        Escalation(
          after: try duration(&reader, "after") ?? WorkflowDuration(minutes: 0),
          to: try rule(try reader.need("to"), in: reader, "to"),
          try reader.word("effect", usual: .adds)))
      try reader.finish()
    }
    return Deadline(due: due, escalations: escalations)
  }

  /// `{"minutes": 90}`, `{"hours": 16, "clock": "working"}` or `{"days": 2}`, which are of the
  /// calendar: how long a working day is, a definition doesn't know.
  private func duration(
    _ reader: inout DocumentReader, _ key: String
  ) throws(DefinitionFault) -> WorkflowDuration? {
    guard var inner = try reader.objectIfAny(key) else { return nil }
    let clock: WorkflowDuration.Clock = try inner.word("clock", usual: .calendar)
    let most = WorkflowLimits.minutes.upperBound
    let given = [
      try inner.number("minutes", 0...most),
      try inner.number("hours", 0...(most / 60)).map { $0 * 60 },
      clock == .calendar ? try inner.number("days", 0...(most / 1_440)).map { $0 * 1_440 } : nil,
    ].compactMap(\.self)
    try inner.finish()
    guard given.count == 1 else { throw reader.fault(key, .oneOf(["minutes", "hours", "days"])) }
    return WorkflowDuration(minutes: given[0], clock)
  }

  private mutating func assignees() throws(DefinitionFault) -> Assignees {
    Assignees(
      try rule(try reader.need("assignee"), in: reader, "assignee"),
      fallback: try fallback(), canPassOn: try reader.flag("can_pass_on", usual: false))
  }

  private mutating func fallback() throws(DefinitionFault) -> AssigneeRule? {
    guard let json = reader.take("fallback") else { return nil }
    return try rule(json, in: reader, "fallback")
  }

  private static let ruleKeys = [
    "user", "role", "department_role", "reports_to", "group", "limit_chain", "department_heads",
  ]

  /// `"limit_chain"`, `"department_heads"`, or an object: `{"role": "manager"}`,
  /// `{"department_role": "head", "department": 3}`.
  private func rule(
    _ json: JSON, in outer: DocumentReader, _ key: String
  ) throws(DefinitionFault) -> AssigneeRule {
    switch json {
    case .string("limit_chain"): return .limitChain
    case .string("department_heads"): return .departmentHeads
    case .string: throw outer.fault(key, .unknownWord(known: Self.ruleKeys))
    default: break
    }
    var reader = try outer.under(key, json)
    var found: [AssigneeRule] = []
    if let value = reader.take("user") { found.append(.user(try user(value, reader))) }
    if let role = try reader.wordIfAny("role", Role.self) { found.append(.role(role)) }
    if let role = try reader.wordIfAny("department_role", DepartmentRole.self) {
      found.append(.department(try department(&reader), role))
    }
    if let levels = try reader.number("reports_to", WorkflowLimits.levels) {
      found.append(.reportsTo(levels: levels))
    }
    if let group = try reader.textIfAny("group") { found.append(.group(group)) }
    try reader.finish()
    guard found.count == 1 else { throw outer.fault(key, .oneOf(Self.ruleKeys)) }
    return found[0]
  }

  private func user(_ json: JSON, _ reader: DocumentReader) throws(DefinitionFault) -> ID<User> {
    if case .integer(let id) = json { return ID(id) }
    let name = try reader.text(json, "user", most: WorkflowLimits.nameCharacters)
    guard let id = names.user(name) else { throw reader.fault("user", .unknownUser(name)) }
    return id
  }

  /// Nil is that of whoever started the instance.
  private func department(
    _ reader: inout DocumentReader
  ) throws(DefinitionFault) -> ID<Department>? {
    guard let json = reader.take("department") else { return nil }
    if case .integer(let id) = json { return ID(id) }
    let name = try reader.text(json, "department", most: WorkflowLimits.nameCharacters)
    guard let id = names.department(name) else {
      throw reader.fault("department", .unknownDepartment(name))
    }
    return id
  }
}
