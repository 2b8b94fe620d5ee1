extension WorkflowDefinition {
  /// Reads a definition as `json` writes it, also with defaults written out. Its keys are the
  /// columns of `workflow_definitions`; `names` finds users and departments that are named.
  ///
  /// What can be read may still be unsound: see `flaws(_:)`.
  package init(_ json: JSON, names: DefinitionNames = .none) throws(DefinitionFault) {
    var reader = try DocumentReader(json, at: .definition)
    let key = try reader.identifier("key")
    let version = try reader.number("version", 1...Int(Int32.max)) ?? 1
    let name = try reader.text("name")
    guard !name.trimmingSpaces.isEmpty else { throw reader.fault("name", .missing) }
    let trigger = try reader.objectIfAny("start_on").map(Self.trigger)
    var steps = try reader.object("steps")
    // Ten thousand nodes are refused before one of them is read.
    let nodes = try steps.list("nodes", most: WorkflowLimits.nodes)
    let edges = try steps.list("edges", most: WorkflowLimits.edges)
    self.init(
      key: key, version: version, name: name,
      description: try reader.textIfAny("description", most: WorkflowLimits.textCharacters) ?? "",
      type: try reader.word("type", usual: .approval),
      trigger: trigger ?? WorkflowTrigger(.entry),
      variables: try Self.variables(&steps),
      timeoutHours: try reader.number("timeout_hours", WorkflowLimits.timeoutHours),
      automaticApprovals: try Self.automaticApprovals(&reader),
      canBeCancelled: try reader.flag("can_be_cancelled", usual: true),
      canBePaused: try reader.flag("can_be_paused", usual: true),
      requiresComments: try reader.flag("requires_comments", usual: false),
      nodes: try Self.nodes(nodes, names), edges: try Self.edges(edges))
    try steps.finish()
    try reader.finish()
  }

  private static func trigger(
    _ reader: DocumentReader
  ) throws(DefinitionFault) -> WorkflowTrigger {
    var reader = reader
    let trigger = WorkflowTrigger(
      try reader.word("subject", usual: .entry), when: try reader.expression("when"))
    try reader.finish()
    return trigger
  }

  private static func variables(
    _ steps: inout DocumentReader
  ) throws(DefinitionFault) -> [WorkflowVariable] {
    var variables: [WorkflowVariable] = []
    for var reader in try steps.objects("variables", most: WorkflowLimits.variables) {
      let name = try reader.identifier("name")
      guard !variables.contains(where: { $0.name == name }) else {
        throw reader.fault("name", .repeated)
      }
      variables.append(WorkflowVariable(name, try type(&reader)))
      try reader.finish()
    }
    return variables
  }

  private static func type(
    _ reader: inout DocumentReader
  ) throws(DefinitionFault) -> WorkflowValueType {
    switch try reader.word("type") as WorkflowValueType.Name {
    case .amount: return .amount
    case .number: return .number
    case .text: return .text
    case .flag: return .flag
    case .day: return .day
    case .choice:
      let items = try reader.list("choices", most: WorkflowLimits.choices)
      guard !items.isEmpty else { throw reader.fault("choices", .missing) }
      var words: [String] = []
      for item in items {
        let word = try reader.text(item, "choices", most: WorkflowLimits.nameCharacters)
        guard !words.contains(word) else { throw reader.fault("choices", .repeated) }
        words.append(word)
      }
      return .choice(words)
    }
  }

  private static func automaticApprovals(
    _ reader: inout DocumentReader
  ) throws(DefinitionFault) -> [AutomaticApproval] {
    var rules: [AutomaticApproval] = []
    let key = "auto_approve_conditions"
    for var reader in try reader.objects(key, most: WorkflowLimits.automaticApprovals) {
      let id = try reader.identifier("id")
      guard !rules.contains(where: { $0.id == id }) else { throw reader.fault("id", .repeated) }
      guard let condition = try reader.expression("when") else {
        throw reader.fault("when", .missing)
      }
      rules.append(AutomaticApproval(id: id, when: condition))
      try reader.finish()
    }
    return rules
  }

  private static func nodes(
    _ items: [JSON], _ names: DefinitionNames
  ) throws(DefinitionFault) -> [WorkflowNode] {
    var nodes: [WorkflowNode] = []
    var ids: Set<String> = []
    for (index, item) in items.enumerated() {
      var numbered = try DocumentReader(item, at: .nodeNumber(index + 1))
      let id = try numbered.identifier("id")
      guard ids.insert(id).inserted else {
        throw DefinitionFault(.node(id: id), "id", .repeated)
      }
      nodes.append(try NodeReader(item, id: id, names: names).node())
    }
    return nodes
  }

  private static func edges(_ items: [JSON]) throws(DefinitionFault) -> [WorkflowEdge] {
    var edges: [WorkflowEdge] = []
    for (index, item) in items.enumerated() {
      var reader = try DocumentReader(item, at: .edge(index + 1))
      edges.append(
        WorkflowEdge(
          try reader.identifier("from"), try reader.identifier("to"),
          when: try reader.expression("when"),
          isDefault: try reader.flag("default", usual: false)))
      try reader.finish()
    }
    return edges
  }
}

extension WorkflowValueType {
  /// As documents call it.
  enum Name: String, CaseIterable {
    case amount
    case number
    case text
    case flag
    case day
    case choice
  }

  var name: Name {
    switch self {
    case .amount: .amount
    case .number: .number
    case .text: .text
    case .flag: .flag
    case .day: .day
    case .choice: .choice
    }
  }
}
