/// What was used up to a moment.
package struct Usage: Hashable, Sendable {
  package var time: Duration
  package var rowsReturned: Int64
  package var rowsWritten: Int64
  package var steps: Int64

  package init(
    time: Duration = .zero, rowsReturned: Int64 = 0, rowsWritten: Int64 = 0, steps: Int64 = 0
  ) {
    self.time = time
    self.rowsReturned = rowsReturned
    self.rowsWritten = rowsWritten
    self.steps = steps
  }

  package static func + (left: Usage, right: Usage) -> Usage {
    Usage(
      time: left.time + right.time, rowsReturned: left.rowsReturned + right.rowsReturned,
      rowsWritten: left.rowsWritten + right.rowsWritten, steps: left.steps + right.steps)
  }

  package static func - (after: Usage, before: Usage) -> Usage {
    Usage(
      time: after.time - before.time, rowsReturned: after.rowsReturned - before.rowsReturned,
      rowsWritten: after.rowsWritten - before.rowsWritten, steps: after.steps - before.steps)
  }
}

/// What an operation used (RULES §6.7). Everything but the time is the same each time it runs.
package struct Cost: Hashable, Sendable {
  /// Wall time inside the transaction, in milliseconds, rounded up.
  package var computeMilliseconds: Int64 = 0
  package var rowsReturned: Int64 = 0
  /// Inserted, changed or deleted, by triggers too.
  package var rowsWritten: Int64 = 0
  /// Steps of SQLite's virtual machine: a measure of the work behind an aggregate.
  package var steps: Int64 = 0
  package var storageBytes: Int64 = 0
  package var networkBytes: Int64 = 0
  package var apiCalls: Int64 = 0
  /// Millionths of a credit, by the prices of `priceVersion`.
  package var microCredits: Int64 = 0
  /// Nil where there were no prices.
  package var priceVersion: Int64?
  /// Nil where no model was asked.
  package var aiModel: String?
  package var aiTokens: Int64 = 0

  package init() {}

  package init(_ usage: Usage) {
    computeMilliseconds = Int64((usage.time / .milliseconds(1)).rounded(.up))
    rowsReturned = usage.rowsReturned
    rowsWritten = usage.rowsWritten
    steps = usage.steps
  }

  package func add(to canonical: inout CanonicalBytes) {
    for field in [
      computeMilliseconds, rowsReturned, rowsWritten, steps, storageBytes, networkBytes, apiCalls,
      microCredits,
    ] { canonical.add(field) }
    canonical.add(priceVersion)
    canonical.add(aiModel)
    canonical.add(aiTokens)
  }
}

/// One price: micro-credits for a unit of a resource.
package struct Price: Hashable, Sendable {
  package let resource: String
  package let microCreditsPerUnit: Int64
  /// Of the price list; one more with each change of it.
  package let version: Int64

  package init(resource: String, microCreditsPerUnit: Int64, version: Int64 = 1) {
    self.resource = resource
    self.microCreditsPerUnit = microCreditsPerUnit
    self.version = version
  }
}

extension Cost {
  /// The same with what it costs, by the newest version that any of `prices` is of.
  package func priced(at prices: [Price]) -> Cost {
    var cost = self
    cost.microCredits = priced(by: prices)
    cost.priceVersion = prices.map(\.version).max()
    return cost
  }

  /// Σ of each resource's units × price, rounded up per resource.
  package func priced(by prices: [Price]) -> Int64 {
    prices.reduce(0) { sum, price in sum + units(of: price.resource) * price.microCreditsPerUnit }
  }

  private func units(of resource: String) -> Int64 {
    switch resource {
    case "compute": computeMilliseconds
    case "db_read": rowsReturned
    case "db_write": rowsWritten
    case "storage": (storageBytes + 1023) / 1024
    case "network": (networkBytes + 1023) / 1024
    case "api_call": apiCalls
    default: 0
    }
  }
}
