/// Whether guards stand where they belong, mean something, and each leads somewhere (RULES §5.2).
struct GuardCheck {
  private let definition: WorkflowDefinition
  private let vocabulary: GuardVocabulary
  private let triggerVocabulary: GuardVocabulary
  /// How many more comparisons are made to find out what guards come to: past that they are
  /// taken as they are.
  private var comparisonsLeft = 500_000

  init(_ definition: WorkflowDefinition, _ context: PublishingContext) {
    self.definition = definition
    vocabulary = definition.vocabulary(
      exponent: context.exponent, departments: context.departments)
    // An entry has none of the variables yet when it is asked whether it starts anything.
    triggerVocabulary = GuardVocabulary(
      subject: definition.trigger.subject,
      variables: definition.trigger.subject == .entry ? [] : definition.variables,
      exponent: context.exponent, departments: context.departments)
  }

  mutating func flaws() -> [WorkflowFlaw] {
    var flaws: [WorkflowFlaw] = []
    if let condition = definition.trigger.condition {
      flaws += triggerVocabulary.faults(in: condition).map { .expression(.trigger, $0) }
    }
    for rule in definition.automaticApprovals {
      flaws += vocabulary.faults(in: rule.condition)
        .map { .expression(.automaticApproval(id: rule.id), $0) }
    }
    for (node, ways) in zip(definition.nodes, definition.leaving) {
      let edges = ways.map { definition.edges[$0] }
      flaws += node.kind == .condition ? conditionFlaws(node, edges) : elsewhere(edges)
    }
    return flaws
  }

  private func elsewhere(_ edges: [WorkflowEdge]) -> [WorkflowFlaw] {
    edges.filter { $0.condition != nil || $0.isDefault }
      .map { .guardElsewhere($0.from, to: $0.to) }
  }

  private mutating func conditionFlaws(
    _ node: WorkflowNode, _ edges: [WorkflowEdge]
  ) -> [WorkflowFlaw] {
    var flaws: [WorkflowFlaw] = []
    let defaults = edges.count(where: \.isDefault)
    if defaults != 1 {
      flaws.append(defaults == 0 ? .noDefault(node.id) : .severalDefaults(node.id))
    }
    for edge in edges {
      switch (edge.condition, edge.isDefault) {
      case (nil, false): flaws.append(.noGuard(node.id, to: edge.to))
      case (_?, true): flaws.append(.guardedDefault(node.id, to: edge.to))
      case (let condition?, false):
        let place = WorkflowGuardPlace.edge(from: node.id, to: edge.to)
        flaws += vocabulary.faults(in: condition).map { .expression(place, $0) }
      case (nil, true): break
      }
    }
    return flaws.isEmpty ? decided(node, edges.compactMap(\.condition)) : flaws
  }

  /// What guards come to where all that makes a difference to them can be tried.
  private mutating func decided(
    _ node: WorkflowNode, _ guards: [GuardExpression]
  ) -> [WorkflowFlaw] {
    let overlaps = overlaps(guards)
    let told = Set(overlaps.flatMap { [$0.0, $0.1] })
    let never = untaken(guards).subtracting(told)
    return overlaps.map { .overlapping(node.id, guards[$0.0], guards[$0.1]) }
      + never.sorted().map { .neverTaken(node.id, guards[$0]) }
  }

  /// Pairs of guards on the same one name that hold at once.
  private mutating func overlaps(_ guards: [GuardExpression]) -> [(Int, Int)] {
    let groups = Dictionary(grouping: guards.indices.filter { guards[$0].names.count == 1 }) {
      guards[$0].names
    }
    var pairs: Set<[Int]> = []
    for group in groups.values where group.count > 1 {
      guard let probe = affordable(group.map { guards[$0] }) else { continue }
      probe.tryAll { facts in
        let holding = group.filter { guards[$0].holds(of: facts) }
        // Of many that hold at once each is told with the first.
        for other in holding.dropFirst() { pairs.insert([holding[0], other]) }
      }
    }
    return pairs.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }.map { ($0[0], $0[1]) }
  }

  /// The guards that are never the first to hold; where that would take too long to find out, those
  /// that never hold.
  private mutating func untaken(_ guards: [GuardExpression]) -> Set<Int> {
    var untaken = Set(guards.indices)
    if let probe = affordable(guards) {
      probe.tryAll { facts in
        if let first = guards.firstIndex(where: { $0.holds(of: facts) }) { untaken.remove(first) }
      }
      return untaken
    }
    for index in guards.indices {
      guard let probe = affordable([guards[index]]) else {
        untaken.remove(index)
        continue
      }
      probe.tryAll { if guards[index].holds(of: $0) { untaken.remove(index) } }
    }
    return untaken
  }

  private mutating func affordable(_ guards: [GuardExpression]) -> GuardProbe? {
    let probe = GuardProbe(guards, vocabulary)
    guard probe.isComplete else { return nil }
    let comparisons = guards.reduce(1) { $0 + $1.comparisons.count }
    let (cost, overflow) = probe.count.multipliedReportingOverflow(by: comparisons)
    guard !overflow, cost <= comparisonsLeft else { return nil }
    comparisonsLeft -= cost
    return probe
  }
}
