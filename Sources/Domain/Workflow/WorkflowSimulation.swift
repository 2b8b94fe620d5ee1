/// The way that something takes through a definition where everybody does and approves what they are
/// asked to (RULES §5.2).
package struct SimulatedPath: Hashable, Sendable {
  package enum Ending: Hashable, Sendable {
    /// The trigger doesn't ask for it.
    case notStarted
    case ended(WorkflowResult)
    /// It comes to a node again, and will as long as nobody changes what is known.
    case repeats(String)
    /// It doesn't go on from there: an unsound definition.
    case stops(String)
  }

  /// Ids in the order in which they are come to; of a fork one branch after the other.
  package let nodes: [String]
  package let ending: Ending
  /// The rule by which approvals on it happen at once; nil where people decide.
  package let automaticApproval: String?

  package init(nodes: [String], ending: Ending, automaticApproval: String? = nil) {
    self.nodes = nodes
    self.ending = ending
    self.automaticApproval = automaticApproval
  }
}

/// A path, and what takes it.
package struct WorkflowSimulation: Hashable, Sendable {
  package let path: SimulatedPath
  /// At least one.
  package let samples: [GuardFacts]
}

extension WorkflowDefinition {
  package static let mostSamples = 1_000

  /// The way that something takes of which `facts` are known throughout.
  package func path(of facts: GuardFacts) -> SimulatedPath {
    let automatic = automaticApprovals.first { $0.condition.holds(of: facts) }?.id
    guard trigger.condition?.holds(of: facts) != false else {
      return SimulatedPath(nodes: [], ending: .notStarted)
    }
    guard let start else {
      return SimulatedPath(nodes: [], ending: .stops(""), automaticApproval: automatic)
    }
    var walk = SimulatedWalk(self, facts)
    let ending = walk.ending(from: start)
    return SimulatedPath(nodes: walk.nodes, ending: ending, automaticApproval: automatic)
  }

  /// Every way that samples take: amounts just below, at and just above each threshold that guards
  /// name, each word that they name and another. Where those are too many to mix, one of them is
  /// changed at a time. In the order in which the ways are found; none where an expression has a
  /// fault.
  package func simulations(_ context: PublishingContext) -> [WorkflowSimulation] {
    let vocabulary = vocabulary(exponent: context.exponent, departments: context.departments)
    let expressions =
      [trigger.condition].compactMap(\.self) + automaticApprovals.map(\.condition)
      + edges.compactMap(\.condition)
    guard nodes.count <= WorkflowLimits.nodes, edges.count <= WorkflowLimits.edges,
      expressions.allSatisfy({ vocabulary.faults(in: $0).isEmpty })
    else { return [] }
    var places: [SimulatedPath: Int] = [:]
    var found: [(path: SimulatedPath, samples: [GuardFacts])] = []
    for facts in GuardProbe.samples(of: expressions, vocabulary, most: Self.mostSamples) {
      let path = path(of: facts)
      if let place = places[path] {
        found[place].samples.append(facts)
      } else {
        places[path] = found.count
        found.append((path, [facts]))
      }
    }
    return found.map { WorkflowSimulation(path: $0.path, samples: $0.samples) }
  }
}

/// Goes one way. Comes to no node twice but joins, so it ends whatever the definition is.
private struct SimulatedWalk {
  private let definition: WorkflowDefinition
  private let facts: GuardFacts
  private(set) var nodes: [String] = []
  private var visited: Set<String> = []
  /// How many branches are still under way to each join.
  private var awaited: [String: Int] = [:]

  init(_ definition: WorkflowDefinition, _ facts: GuardFacts) {
    self.definition = definition
    self.facts = facts
  }

  mutating func ending(from start: WorkflowNode) -> SimulatedPath.Ending {
    var waiting = [start]
    var last = start.id
    while let node = waiting.popLast() {
      last = node.id
      if case .join = node.kind, let count = awaited[node.id] {
        awaited[node.id] = count - 1
        guard count == 1 else { continue }
      }
      guard visited.insert(node.id).inserted else { return .repeats(node.id) }
      nodes.append(node.id)
      if case .end(let result) = node.kind { return .ended(result) }
      let ways = ways(from: node)
      guard !ways.isEmpty else { return .stops(node.id) }
      if case .parallel(let join) = node.kind { awaited[join] = ways.count }
      waiting += ways.reversed()
    }
    return .stops(last)
  }

  private func ways(from node: WorkflowNode) -> [WorkflowNode] {
    let edges = definition.edges(from: node.id)
    switch node.kind {
    case .parallel: return edges.compactMap { definition.node($0.to) }
    case .condition:
      let chosen =
        edges.first { $0.condition?.holds(of: facts) == true } ?? edges.first(where: \.isDefault)
      return chosen.flatMap { definition.node($0.to) }.map { [$0] } ?? []
    case .start, .task, .approval, .review, .notification, .join, .wait, .system, .end:
      return edges.first.flatMap { definition.node($0.to) }.map { [$0] } ?? []
    }
  }
}
