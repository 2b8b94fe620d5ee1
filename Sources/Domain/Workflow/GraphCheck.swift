/// Whether every token that a start makes comes to an end, once (RULES §5.2).
struct GraphCheck {
  private let definition: WorkflowDefinition
  private var nodes: [WorkflowNode] { definition.nodes }

  init(_ definition: WorkflowDefinition) { self.definition = definition }

  /// What follows from something that is wrong already isn't told as well.
  var flaws: [WorkflowFlaw] {
    let names = nameFlaws
    guard names.isEmpty else { return names }
    let starts = nodes.indices.filter { nodes[$0].kind == .start }
    let ends = nodes.indices.filter { nodes[$0].kind.name == .end }
    let basics = startFlaws(starts) + (ends.isEmpty ? [.noEnd] : []) + wayFlaws
    guard starts.count == 1 else { return basics }
    let reached = closure(of: starts) { next($0) }
    let unreachable = nodes.indices.filter { !reached[$0] }
      .map { WorkflowFlaw.unreachable(nodes[$0].id) }
    let blocks = BlockCheck(definition, start: starts[0])
    return basics + unreachable + endFlaws(ends, reached) + loopFlaws(reached) + blocks.flaws
  }

  private var nameFlaws: [WorkflowFlaw] {
    let repeated = nodes.indices.filter { definition.places[nodes[$0].id] != $0 }
      .map { WorkflowFlaw.repeatedNode(nodes[$0].id) }
    return repeated
      + definition.edges.enumerated().flatMap { index, edge in
        [edge.from, edge.to].filter { definition.places[$0] == nil }
          .map { .unknownNode($0, edge: index + 1) }
      }
  }

  private func startFlaws(_ starts: [Int]) -> [WorkflowFlaw] {
    guard starts.count == 1 else {
      return [starts.isEmpty ? .noStart : .severalStarts(starts.map { nodes[$0].id })]
    }
    return definition.entering[starts[0]].map { .entersStart(from: definition.edges[$0].from) }
  }

  /// How many ways lead out of each node.
  private var wayFlaws: [WorkflowFlaw] {
    zip(nodes, definition.leaving).compactMap { node, ways in
      switch node.kind {
      case .end: ways.isEmpty ? nil : .leavesEnd(node.id)
      case .condition, .parallel: ways.count < 2 ? .tooFewWays(node.id) : nil
      case .start, .task, .approval, .review, .notification, .join, .wait, .system:
        ways.isEmpty ? .deadEnd(node.id) : ways.count > 1 ? .severalWays(node.id) : nil
      }
    }
  }

  private func next(_ node: Int) -> [Int] {
    definition.leaving[node].compactMap { definition.places[definition.edges[$0].to] }
  }

  private func previous(_ node: Int) -> [Int] {
    definition.entering[node].compactMap { definition.places[definition.edges[$0].from] }
  }

  /// Which nodes are come to from `roots`.
  private func closure(of roots: [Int], by step: (Int) -> [Int]) -> [Bool] {
    var reached = Array(repeating: false, count: nodes.count)
    for root in roots { reached[root] = true }
    var waiting = roots
    while let node = waiting.popLast() {
      for other in step(node) where !reached[other] {
        reached[other] = true
        waiting.append(other)
      }
    }
    return reached
  }

  private func endFlaws(_ ends: [Int], _ reached: [Bool]) -> [WorkflowFlaw] {
    guard !ends.isEmpty else { return [] }
    // Nodes without a way out are told as such.
    let stops = nodes.indices.filter { definition.leaving[$0].isEmpty }
    let leads = closure(of: ends + stops) { previous($0) }
    return nodes.indices.filter { reached[$0] && !leads[$0] }.map { .noWayToEnd(nodes[$0].id) }
  }

  /// One loop, the others are found when it is mended.
  private func loopFlaws(_ reached: [Bool]) -> [WorkflowFlaw] {
    var left = nodes.indices.map { reached[$0] && !isBounded(nodes[$0]) }
    var counts = nodes.indices.map { node in previous(node).count { left[$0] } }
    var waiting = nodes.indices.filter { left[$0] && counts[$0] == 0 }
    while let node = waiting.popLast() {
      left[node] = false
      for other in next(node) where left[other] {
        counts[other] -= 1
        if counts[other] == 0 { waiting.append(other) }
      }
    }
    guard let first = left.firstIndex(of: true) else { return [] }
    return [.endlessLoop(loop(behind: first, in: left).map { nodes[$0].id })]
  }

  private func isBounded(_ node: WorkflowNode) -> Bool {
    switch node.kind {
    case .task, .approval: node.maxVisits != nil
    case .start, .review, .notification, .condition, .parallel, .join, .wait, .system, .end: false
    }
  }

  /// Each node that is left has one before it that is left too: going back comes to a loop.
  private func loop(behind node: Int, in left: [Bool]) -> [Int] {
    var order: [Int] = []
    var places = Array(repeating: -1, count: nodes.count)
    var current = node
    while places[current] < 0 {
      places[current] = order.count
      order.append(current)
      guard let before = previous(current).first(where: { left[$0] }) else { return order }
      current = before
    }
    let loop = Array(order[places[current]...].reversed())
    let first = loop.indices.min { loop[$0] < loop[$1] } ?? 0
    return Array(loop[first...] + loop[..<first])
  }
}
