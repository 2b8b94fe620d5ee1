import Domain

/// What stands below what, and above what.
struct Tree<Node> {
  private var parents: [ID<Node>: ID<Node>] = [:]
  private var children: [ID<Node>: [ID<Node>]] = [:]

  init(_ links: [(ID<Node>, ID<Node>?)]) {
    for (node, parent) in links {
      guard let parent else { continue }
      parents[node] = parent
      children[parent, default: []].append(node)
    }
  }

  /// Those, and all below them, but for what is or stands below where `isEnd` says so.
  func below(
    _ tops: [ID<Node>], stoppingAt isEnd: (ID<Node>) -> Bool = { _ in false }
  ) -> Set<ID<Node>> {
    var found: Set<ID<Node>> = []
    var waiting = tops
    while let node = waiting.popLast() {
      guard found.insert(node).inserted else { continue }
      waiting += (children[node] ?? []).filter { !isEnd($0) }
    }
    return found
  }

  /// That, and all above it.
  func above(_ node: ID<Node>?) -> Set<ID<Node>> {
    var found: Set<ID<Node>> = []
    var next = node
    while let node = next, found.insert(node).inserted { next = parents[node] }
    return found
  }

  /// Those, then what they stand below, and so on upwards; nothing twice.
  func levels(upFrom nodes: [ID<Node>]) -> [[ID<Node>]] {
    var levels: [[ID<Node>]] = []
    var seen = Set(nodes)
    var level = nodes
    while !level.isEmpty {
      levels.append(level)
      level = level.compactMap { parents[$0] }.filter { seen.insert($0).inserted }
    }
    return levels
  }

  /// Those of them that stand below no other, in the order in which they were made.
  func uppermost(of nodes: Set<ID<Node>>) -> [ID<Node>] {
    nodes.filter { above(parents[$0]).isDisjoint(with: nodes) }.sorted { $0.value < $1.value }
  }
}
