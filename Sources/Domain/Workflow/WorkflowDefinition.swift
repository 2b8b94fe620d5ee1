/// What happens to something that goes through several hands: nodes, and the edges between them
/// (RULES §5.1). A published one never changes; an edit is a draft of the next version (§5.6).
///
/// Any of these can be made, sound or not: `flaws(_:)` says what keeps one from being published.
package struct WorkflowDefinition: Hashable, Sendable {
  /// What all versions have in common: `[a-z0-9_.-]`, at most 64.
  package let key: String
  /// From 1.
  package let version: Int
  package let name: String
  package let description: String
  package let type: WorkflowType
  package let trigger: WorkflowTrigger
  /// What an instance keeps besides its subject, in the order they are asked for.
  package let variables: [WorkflowVariable]
  /// Hours of the calendar after which an instance expires; nil is never.
  package let timeoutHours: Int?
  /// What approves by itself. Nothing else does, and no time that passes (RULES §5.3).
  package let automaticApprovals: [AutomaticApproval]
  package let canBeCancelled: Bool
  package let canBePaused: Bool
  /// Whether every decision says why.
  package let requiresComments: Bool
  package let nodes: [WorkflowNode]
  /// Those that leave one node stand in the order in which they are tried.
  package let edges: [WorkflowEdge]

  /// Of each id its place in `nodes`; the first, where several have it.
  let places: [String: Int]
  /// Of each node the places in `edges` of those that leave it, in order; and of those that enter.
  let leaving: [[Int]]
  let entering: [[Int]]

  package init(
    key: String, version: Int = 1, name: String, description: String = "",
    type: WorkflowType = .approval, trigger: WorkflowTrigger = WorkflowTrigger(.entry),
    variables: [WorkflowVariable] = [], timeoutHours: Int? = nil,
    automaticApprovals: [AutomaticApproval] = [], canBeCancelled: Bool = true,
    canBePaused: Bool = true, requiresComments: Bool = false, nodes: [WorkflowNode],
    edges: [WorkflowEdge]
  ) {
    self.key = key
    self.version = version
    self.name = name
    self.description = description
    self.type = type
    self.trigger = trigger
    self.variables = variables
    self.timeoutHours = timeoutHours
    self.automaticApprovals = automaticApprovals
    self.canBeCancelled = canBeCancelled
    self.canBePaused = canBePaused
    self.requiresComments = requiresComments
    self.nodes = nodes
    self.edges = edges
    let places = Dictionary(
      nodes.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var leaving = Array(repeating: [Int](), count: nodes.count)
    var entering = leaving
    for (index, edge) in edges.enumerated() {
      if let from = places[edge.from] { leaving[from].append(index) }
      if let to = places[edge.to] { entering[to].append(index) }
    }
    self.places = places
    self.leaving = leaving
    self.entering = entering
  }

  package func node(_ id: String) -> WorkflowNode? { places[id].map { nodes[$0] } }

  /// Where it stands in `nodes`; nil where there is none.
  package func place(of id: String) -> Int? { places[id] }

  /// The edges that leave a node, in the order in which they are tried; none for an unknown one.
  package func edges(from id: String) -> [WorkflowEdge] {
    places[id].map { leaving[$0].map { edges[$0] } } ?? []
  }

  /// The edges that enter a node; none for an unknown one.
  package func edges(into id: String) -> [WorkflowEdge] {
    places[id].map { entering[$0].map { edges[$0] } } ?? []
  }

  /// Where an instance begins; nil where that isn't one node, which can't be published.
  package var start: WorkflowNode? {
    let starts = nodes.filter { $0.kind == .start }
    return starts.count == 1 ? starts[0] : nil
  }

  /// Of the calendar; nil is without end.
  package var timeout: WorkflowDuration? {
    timeoutHours.map { WorkflowDuration(minutes: $0 * 60, .calendar) }
  }

  package func variable(_ name: String) -> WorkflowVariable? {
    variables.first { $0.name == name }
  }
}

/// What a definition is for, as lists are sorted by it.
package enum WorkflowType: String, Sendable, CaseIterable {
  case approval
  case review
  case document
  case onboarding
  case procurement
  case expense
  case leave
  case invoice
  case payment
  case custom
}

/// How far a definition is (RULES §5.6): only an active one starts instances.
package enum WorkflowDefinitionStatus: String, Sendable, CaseIterable {
  case draft
  case active
  case inactive
  case archived
}

/// What an instance is about.
package enum WorkflowSubject: String, Sendable, CaseIterable {
  case entry = "journal_entry"
  /// What somebody asks for by filling in the definition's variables: nothing of the books.
  case request
}

/// What starts an instance.
package struct WorkflowTrigger: Hashable, Sendable {
  package let subject: WorkflowSubject
  /// Nil is every one.
  package let condition: GuardExpression?

  package init(_ subject: WorkflowSubject, when condition: GuardExpression? = nil) {
    self.subject = subject
    self.condition = condition
  }
}

/// What every instance keeps under a name: filled in at its start or in a task, and asked for by
/// guards.
package struct WorkflowVariable: Hashable, Sendable {
  package let name: String
  package let type: WorkflowValueType

  package init(_ name: String, _ type: WorkflowValueType) {
    self.name = name
    self.type = type
  }
}

/// A rule by which approvals happen at once, recorded as the system's with the rule's id and what
/// it asked for (RULES §5.3).
package struct AutomaticApproval: Hashable, Sendable {
  package let id: String
  package let condition: GuardExpression

  package init(id: String, when condition: GuardExpression) {
    self.id = id
    self.condition = condition
  }
}

/// A way from one node to another. Only those that leave a condition have guards: each but the
/// default, which is taken where no guard holds.
package struct WorkflowEdge: Hashable, Sendable {
  package let from: String
  package let to: String
  package let condition: GuardExpression?
  package let isDefault: Bool

  package init(
    _ from: String, _ to: String, when condition: GuardExpression? = nil, isDefault: Bool = false
  ) {
    self.from = from
    self.to = to
    self.condition = condition
    self.isDefault = isDefault
  }
}
