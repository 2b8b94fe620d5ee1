import Domain
import Testing

/// Shares of a balance (RULES §3.8 and R28).
@Suite struct AmountRuleTests {
  @Test(
    arguments: [
      (10_000, [50_000], [500]), (-10_000, [50_000], [-500]), (10_000, [-50_000], [-500]),
      // A third each: all of it, the first of equals takes what rounding leaves.
      (10_000, [333_333, 333_333, 333_334], [3_333, 3_333, 3_334]),
      (100, [333_333, 333_333, 333_333], [34, 33, 33]),
      // What is taken off one side is what comes to the other.
      (10_001, [-1_000_000, 600_000, 400_000], [-10_001, 6_001, 4_000]),
      (-10_001, [-1_000_000, 600_000, 400_000], [10_001, -6_001, -4_000]),
      (5, [100_000], [1]), (4, [100_000], [0]), (0, [500_000, -500_000], [0, 0]),
      (700, [0, 500_000], [0, 350]), (700, [], []),
    ] as [(Int64, [Int64], [Int64])])
  func `a share is so many millionths, and shares of one side sum to theirs`(
    _ balance: Int64, _ millionths: [Int64], _ shares: [Int64]
  ) throws {
    #expect(
      try Money(minorUnits: balance).shares(millionths, .halfAwayFromZero).map(\.minorUnits)
        == shares)
  }

  @Test func `half a unit is rounded as the business does`() throws {
    let five = Money(minorUnits: 5)
    #expect(try five.shares([500_000], .halfAwayFromZero) == [Money(minorUnits: 3)])
    #expect(try five.shares([500_000], .halfEven) == [Money(minorUnits: 2)])
  }

  @Test func `more than books can hold is refused`() {
    #expect(throws: AmountError.tooLarge) {
      try Money(minorUnits: .max).shares([1_000_000, 1_000_000], .halfAwayFromZero)
    }
  }
}
