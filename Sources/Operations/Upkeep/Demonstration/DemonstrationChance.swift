import Domain

/// Chance that comes out the same for the same seed.
struct DemonstrationChance: RandomNumberGenerator {
  private var source: SplitMix

  init(seed: UInt64) { source = SplitMix(seed: seed) }

  mutating func next() -> UInt64 { source.next() }

  mutating func number(_ range: ClosedRange<Int64>) -> Int64 { .random(in: range, using: &self) }

  mutating func happens(oneIn count: Int64) -> Bool { number(1...count) == 1 }

  mutating func pick<Thing>(_ things: [Thing]) -> Thing {
    things[Int(number(0...Int64(things.count - 1)))]
  }
}
