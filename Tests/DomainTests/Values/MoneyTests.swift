import Domain
import Testing

@Suite struct MoneyTests {
  @Test func `adding and taking away again gives the same amount`() throws {
    var generator = SplitMix(seed: 1)
    for _ in 0..<2000 {
      let (one, other) = (half(&generator), half(&generator))
      #expect(try one + other - other == one)
      #expect(try one + other == other + one)
      #expect(try one - other == (other - one).negated())
    }
  }

  @Test(arguments: [
    (Int64.max, Int64(1)), (.max, .max), (-.max, -1), (-.max, -.max),
  ])
  func `a sum beyond 2⁶³ is refused`(_ left: Int64, _ right: Int64) {
    #expect(throws: AmountError.tooLarge) {
      try Money(minorUnits: left) + Money(minorUnits: right)
    }
    #expect(throws: AmountError.tooLarge) {
      try Money(minorUnits: left) - Money(minorUnits: -right)
    }
    #expect(throws: AmountError.tooLarge) {
      try [Money(minorUnits: left), Money(minorUnits: right)].total()
    }
  }

  @Test func `the largest amounts cancel out exactly`() throws {
    #expect(try Money(minorUnits: .max) + Money(minorUnits: -.max) == .zero)
    #expect(try Money(minorUnits: .max) - Money(minorUnits: .max) == .zero)
  }

  @Test func `nothing adds up to nothing`() throws {
    #expect(try [Money]().total() == .zero)
    #expect(Money.zero.isZero)
    #expect(!Money(minorUnits: 1).isZero)
  }

  @Test(arguments: [(500, 500, 0), (-500, 0, 500), (0, 0, 0)] as [(Int64, Int64, Int64)])
  func `an amount stands in the debit or the credit column`(
    _ amount: Int64, _ debit: Int64, _ credit: Int64
  ) {
    #expect(Money(minorUnits: amount).debit.minorUnits == debit)
    #expect(Money(minorUnits: amount).credit.minorUnits == credit)
  }

  @Test func `on the credit side what is shown has the other sign`() throws {
    let owed = Money(minorUnits: -300)
    #expect(try owed.shown(on: .credit).minorUnits == 300)
    #expect(try owed.shown(on: .debit).minorUnits == -300)
  }

  private func half(_ generator: inout SplitMix) -> Money {
    Money(minorUnits: .random(in: Int64.min / 2 + 1...Int64.max / 2, using: &generator))
  }
}
