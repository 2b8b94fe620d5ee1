import Synchronization

/// Chance that comes out the same each time: SplitMix64.
package struct SeededChance: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A source of bytes for tokens, as `Workspace` takes it.
  package static func bytes(seed: UInt64) -> @Sendable (Int) -> [UInt8] {
    let source = ByteSource(seed: seed)
    return source.bytes
  }
}

private final class ByteSource: Sendable {
  private let chance: Mutex<SeededChance>

  init(seed: UInt64) { chance = Mutex(SeededChance(seed: seed)) }

  func bytes(_ count: Int) -> [UInt8] {
    chance.withLock { chance in
      (0..<count).map { _ in UInt8.random(in: 0...255, using: &chance) }
    }
  }
}
