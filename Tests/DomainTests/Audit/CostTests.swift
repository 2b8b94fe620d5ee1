import Domain
import Testing

@Suite struct CostTests {
  /// RULES §6.7's price table, in micro-credits.
  private let prices = [
    Price(resource: "compute", microCreditsPerUnit: 20),
    Price(resource: "db_read", microCreditsPerUnit: 1),
    Price(resource: "db_write", microCreditsPerUnit: 10),
    Price(resource: "storage", microCreditsPerUnit: 50),
    Price(resource: "network", microCreditsPerUnit: 30),
    Price(resource: "api_call", microCreditsPerUnit: 100),
  ]

  @Test func `what was used is priced resource by resource`() {
    var cost = Cost()
    cost.computeMilliseconds = 3
    cost.rowsReturned = 7
    cost.rowsWritten = 2
    cost.storageBytes = 2048
    cost.networkBytes = 1024
    cost.apiCalls = 1
    #expect(cost.priced(by: prices) == 60 + 7 + 20 + 100 + 30 + 100)
  }

  @Test(arguments: [(0, 0), (1, 50), (1024, 50), (1025, 100), (10_240, 500)] as [(Int64, Int64)])
  func `a kibibyte begun is a kibibyte paid`(_ bytes: Int64, _ microCredits: Int64) {
    var cost = Cost()
    cost.storageBytes = bytes
    #expect(cost.priced(by: prices) == microCredits)
  }

  @Test func `what has no price costs nothing, and steps are a measure only`() {
    var cost = Cost()
    cost.steps = 1_000_000
    cost.rowsReturned = 5
    #expect(cost.priced(by: []) == 0)
    #expect(cost.priced(by: prices) == 5)
    #expect(cost.priced(by: [Price(resource: "unheard of", microCreditsPerUnit: 9)]) == 0)
  }

  @Test func `every part of a cost is in its bytes`() {
    let parts: [WritableKeyPath<Cost, Int64>] = [
      \.computeMilliseconds, \.rowsReturned, \.rowsWritten, \.steps, \.storageBytes,
      \.networkBytes, \.apiCalls, \.microCredits, \.aiTokens,
    ]
    var seen: Set<[UInt8]> = [bytes(of: Cost())]
    for part in parts {
      var cost = Cost()
      cost[keyPath: part] = 1
      seen.insert(bytes(of: cost))
    }
    var cost = Cost()
    cost.priceVersion = 0
    seen.insert(bytes(of: cost))
    cost = Cost()
    cost.aiModel = ""
    seen.insert(bytes(of: cost))
    #expect(seen.count == parts.count + 3)
  }

  private func bytes(of cost: Cost) -> [UInt8] {
    var canonical = CanonicalBytes(version: "v")
    cost.add(to: &canonical)
    return canonical.bytes
  }
}
