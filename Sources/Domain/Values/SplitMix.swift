/// Chance that comes out the same for the same seed, on every machine and in every version: SplitMix64.
package struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// From 0 up to `bound`, which is above zero and not reached: each as likely as any other. How
  /// the standard library draws may change with it; this never does.
  package mutating func number(below bound: UInt64) -> UInt64 {
    precondition(bound > 0, "there is nothing below nothing")
    // What is left of chance's numbers once all have the same count of them is drawn anew.
    let left = (0 &- bound) % bound
    while true {
      let (high, low) = bound.multipliedFullWidth(by: next())
      if low >= left { return high }
    }
  }
}
