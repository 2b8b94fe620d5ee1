package import Domain
import Synchronization

/// Chance that comes out the same each time.
package typealias SeededChance = SplitMix

extension SplitMix {
  /// A source of bytes for tokens, as `Workspace` takes it.
  package static func bytes(seed: UInt64) -> @Sendable (Int) -> [UInt8] {
    let source = ByteSource(seed: seed)
    return source.bytes
  }
}

private final class ByteSource: Sendable {
  private let chance: Mutex<SplitMix>

  init(seed: UInt64) { chance = Mutex(SplitMix(seed: seed)) }

  func bytes(_ count: Int) -> [UInt8] {
    chance.withLock { chance in
      (0..<count).map { _ in UInt8.random(in: 0...255, using: &chance) }
    }
  }
}
