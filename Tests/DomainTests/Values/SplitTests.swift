import Domain
import Testing

@Suite struct SplitTests {
  @Test(
    arguments: [
      (10_000, [1, 1, 1], [3334, 3333, 3333]),
      (-10_000, [1, 1, 1], [-3334, -3333, -3333]),
      (100, [50, 30, 20], [50, 30, 20]),
      (1, [1, 1], [1, 0]),
      (5, [1, 2, 1], [1, 3, 1]),
      (0, [3, 4], [0, 0]),
      (7, [0, 1], [0, 7]),
    ] as [(Int64, [Int64], [Int64])])
  func `what rounding leaves goes to the largest remainders`(
    _ whole: Int64, _ weights: [Int64], _ parts: [Int64]
  ) throws {
    #expect(try Money(minorUnits: whole).split(by: weights).map(\.minorUnits) == parts)
  }

  @Test func `the parts always sum to the whole and differ from their share by less than one`()
    throws
  {
    var generator = SplitMix(seed: 28)
    for _ in 0..<2000 {
      let whole = Money(minorUnits: .random(in: -.max ... .max, using: &generator))
      let weights = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
        Int64.random(in: 0...1000, using: &generator)
      }
      let total = weights.reduce(0, +)
      guard total > 0 else { continue }
      let parts = try whole.split(by: weights)
      #expect(parts.reduce(Int128(0)) { $0 + Int128($1.minorUnits) } == Int128(whole.minorUnits))
      for (part, weight) in zip(parts, weights) {
        let error =
          Int128(part.minorUnits) * Int128(total) - Int128(whole.minorUnits) * Int128(weight)
        #expect(error.magnitude < Int128(total).magnitude)
      }
    }
  }

  @Test func `nothing can be split among nobody`() {
    #expect(throws: AmountError.divisionByZero) { try Money(minorUnits: 5).split(by: []) }
    #expect(throws: AmountError.divisionByZero) { try Money(minorUnits: 5).split(by: [0, 0]) }
  }
}
