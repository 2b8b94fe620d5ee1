import Domain
import Foundation
import Testing

/// Whatever is done to whatever is well-formed, in whatever order (RULES §5.2, §5.4).
@Suite struct WorkflowPropertyTests {
  private static let shards = 8
  private static let runs = 10_000

  @Test(arguments: 0..<shards)
  func `no token is lost or doubled, and all wait for somebody or end`(_ shard: Int) throws {
    var seen: [String: Int] = [:]
    for seed in stride(from: shard, to: Self.runs, by: Self.shards) {
      var run = RandomRun(seed: UInt64(seed))
      try run.run(actions: 60)
      for name in Self.names(run) { seen[name, default: 0] += 1 }
    }
    // It was no idle walk: all of these were come by, and often.
    for name in ["completed", "cancelled", "expired", "rejected", "failed", "returned", "joined"] {
      #expect(seen[name, default: 0] >= 10, "\(name) of \(seen)")
    }
  }

  private static func names(_ run: RandomRun) -> Set<String> {
    var names: Set<String> = [run.instance.status.rawValue]
    if run.instance.ending == .completed(.rejected) { names.insert("rejected") }
    if run.history.contains(where: { $0.move.toStatus == "failed" }) { names.insert("failed") }
    if run.instance.round > 1 { names.insert("returned") }
    if run.instance.steps.values.contains(where: { !$0.arrivals.isEmpty && $0.status == .completed }
    ) {
      names.insert("joined")
    }
    return names
  }

  @Test func `a history that was written down makes the same instance`() throws {
    let encoder = JSONEncoder()
    let decoder = JSONDecoder()
    var transitions = 0
    for seed in 0..<200 {
      var run = RandomRun(seed: UInt64(seed))
      try run.run(actions: 60)
      let written = try run.history.map { try encoder.encode($0) }
      let read = try written.map { try decoder.decode(WorkflowTransition.self, from: $0) }
      #expect(read == run.history)
      transitions += read.count
    }
    #expect(transitions > 2_000)
  }
}
