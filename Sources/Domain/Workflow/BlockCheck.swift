/// Whether what forks meets again: each fork has a join of its own, and nothing gets into or out of
/// the branches between them but there. Then no token is lost, and none comes to a join twice.
struct BlockCheck {
  private let definition: WorkflowDefinition
  private let start: Int
  private var nodes: [WorkflowNode] { definition.nodes }

  /// A branch of a fork; the whole, where there is none.
  private struct Branch {
    let fork: Int?
    /// The branch that the fork lies in.
    let outer: Int
  }

  init(_ definition: WorkflowDefinition, start: Int) {
    self.definition = definition
    self.start = start
  }

  var flaws: [WorkflowFlaw] {
    let pairs = pairFlaws
    return pairs.isEmpty ? branchFlaws : pairs
  }

  private var pairFlaws: [WorkflowFlaw] {
    var forks: [String: [String]] = [:]
    var flaws: [WorkflowFlaw] = []
    for node in nodes {
      guard case .parallel(let join) = node.kind else { continue }
      guard case .join? = definition.node(join)?.kind else {
        flaws.append(.unknownJoin(fork: node.id, join: join))
        continue
      }
      forks[join, default: []].append(node.id)
    }
    for node in nodes {
      guard case .join(let mode) = node.kind else { continue }
      guard let own = forks[node.id] else {
        flaws.append(.joinWithoutFork(node.id))
        continue
      }
      if own.count > 1 { flaws.append(.sharedJoin(node.id, forks: own)) }
      let branches = definition.edges(from: own[0]).count
      if case .count(let count) = mode, !(1...max(1, branches)).contains(count) {
        flaws.append(.joinCount(node.id, count: count, branches: branches))
      }
    }
    return flaws
  }

  /// Goes along every edge once and keeps for each node the branch that it lies in and the node by
  /// which it was come to. The first that lies in two branches is told: the rest may follow from it.
  private var branchFlaws: [WorkflowFlaw] {
    var branches = [Branch(fork: nil, outer: 0)]
    var found = Array(repeating: (branch: -1, from: -1), count: nodes.count)
    found[start] = (0, start)
    var ends: [WorkflowFlaw] = []
    var waiting = [start]
    while let node = waiting.popLast() {
      let branch = found[node].branch
      if case .end = nodes[node].kind, let fork = branches[branch].fork {
        ends.append(.endInBlock(nodes[node].id, fork: nodes[fork].id))
      }
      let isFork = nodes[node].kind.name == .parallel
      for edge in definition.leaving[node] {
        guard let next = definition.places[definition.edges[edge].to] else { continue }
        if isFork { branches.append(Branch(fork: node, outer: branch)) }
        let inside = isFork ? branches.count - 1 : branch
        guard let lies = place(next, comingBy: branches[inside], inside) else {
          return [.foreignJoin(nodes[next].id, from: nodes[node].id)]
        }
        if found[next].branch < 0 {
          found[next] = (lies, node)
          waiting.append(next)
        } else if found[next].branch != lies {
          let sources = [found[next].from, node].sorted().map { nodes[$0].id }
          return [.reachedAcross(nodes[next].id, from: sources)]
        }
      }
    }
    return ends
  }

  /// The branch that `node` lies in where it is come to along `branch`; nil for a join of another.
  private func place(_ node: Int, comingBy branch: Branch, _ number: Int) -> Int? {
    guard nodes[node].kind.name == .join else { return number }
    guard let fork = branch.fork, nodes[fork].kind == .parallel(join: nodes[node].id) else {
      return nil
    }
    return branch.outer
  }
}
